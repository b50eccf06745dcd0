// SPDX-License-Identifier: GPL-3.0-or-later
// stillroom: the window. Options open what the menus open; --screenshot draws the window into a file and ends.
#include "base/sentence.h"
#include "project/databaseurl.h"
#include "ui/editor/revisionpane.h"
#include "ui/mainwindow.h"
#include "ui/project/secrets.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>

using namespace stillroom;

namespace {

void complain(const QString &text) { std::fprintf(stderr, "stillroom: %s\n", qPrintable(text)); }

/// On Linux, Qt ends the program by force where it finds no display.
bool hasDisplay()
{
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return true;
    }
    return false;
}

/// The demo lies in the source tree beside a build, or where it was installed.
ui::Demo findDemo()
{
    const QString program = QCoreApplication::applicationDirPath();
    QStringList places;
    for (const char *up : {"/../share/stillroom/migrations", "/../../../migrations", "/../../migrations"})
        places += program + QString::fromLatin1(up);
    places += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QStringLiteral("stillroom/migrations"), QStandardPaths::LocateDirectory);
    for (const QString &place : places) {
        if (QFileInfo::exists(place + QStringLiteral("/alembic.ini")))
            return {QDir::cleanPath(place),
                    QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/stillroom/demo/library.db")};
    }
    return {};
}

std::optional<QSize> sizeFrom(const QString &text)
{
    const int width = text.section(QLatin1Char('x'), 0, 0).toInt();
    const int height = text.section(QLatin1Char('x'), 1, 1).toInt();
    return width > 0 && height > 0 ? std::optional(QSize(width, height)) : std::nullopt;
}

struct Wishes {
    QString project, url, screenshot, page, revision;
    bool readOnly = false, demo = false;
};

bool connectTo(ui::MainWindow &window, const Wishes &wishes)
{
    const auto url = project::DatabaseUrl::parse(wishes.url, QDir::currentPath());
    if (!url) {
        complain(sentence(url.error()));
        return false;
    }
    database::ConnectionSpec spec;
    spec.kind = url->kind;
    spec.keywords = url->keywords;
    spec.sqliteFile = url->sqliteFile;
    spec.readOnly = wishes.readOnly;
    spec.createIfMissing = !wishes.readOnly; // as SQLAlchemy does with an address
    window.connectTo(spec);
    return true;
}

/// Draws the window once nothing is under way any more, and ends the program.
class Picture : public QObject {
public:
    Picture(ui::MainWindow &window, Wishes wishes) : m_window(window), m_wishes(std::move(wishes))
    {
        connect(window.workbench(), &ui::Workbench::idle, this, &Picture::settled);
        for (const auto signal : {&ui::Workbench::connectFailed, &ui::Workbench::stateFailed, &ui::Workbench::planFailed})
            connect(window.workbench(), signal, this, [this](const Error &error) { failed(error); });
        connect(window.workbench(), &ui::Workbench::projectFailed, this, [this](const QString &, const Error &error) { failed(error); });
        if (window.workbench()->isIdle())
            QTimer::singleShot(0, this, &Picture::settled);
    }

private:
    void failed(const Error &error)
    {
        complain(sentence(error));
        m_result = 1;
    }
    void settled()
    {
        if (m_wishes.page == QLatin1String("plan") && !m_hasAskedPlan && (m_window.workbench()->target() || m_wishes.url.isEmpty())) {
            m_hasAskedPlan = true;
            m_window.actionRegistry()->action(QStringLiteral("migrate.upgradeToHead"))->trigger();
            if (!m_window.workbench()->isIdle())
                return;
        }
        // What the last answer made has yet to be laid out.
        QTimer::singleShot(0, this, [this] {
            if (!m_window.workbench()->isIdle())
                return;
            QCoreApplication::sendPostedEvents();
            if (!m_window.grab().save(m_wishes.screenshot)) {
                complain(QStringLiteral("cannot write %1").arg(m_wishes.screenshot));
                m_result = 1;
            }
            QCoreApplication::exit(m_result);
        });
    }
    ui::MainWindow &m_window;
    Wishes m_wishes;
    int m_result = 0;
    bool m_hasAskedPlan = false;
};

} // namespace

int main(int argc, char **argv)
{
    if (!hasDisplay()) {
        const bool needsNone = std::any_of(argv + 1, argv + argc, [](const char *given) {
            const std::string_view word = given;
            return word.starts_with("--screenshot") || word == "--help" || word == "-h" || word == "--version" || word == "-v";
        });
        if (!needsNone) {
            complain(QStringLiteral(
                "there is no display (DISPLAY and WAYLAND_DISPLAY are not set). 'stillroom-cli --help' tells what works in a terminal."));
            return 1;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("stillroom"));
    QApplication::setApplicationDisplayName(QStringLiteral("Stillroom"));
    QApplication::setApplicationVersion(QStringLiteral(STILLROOM_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.stillroom.Stillroom"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Database migrations on the desktop: opens Alembic projects without Python."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto option = [&parser](const char *name, const char *words, const char *value = nullptr) {
        QCommandLineOption made(QString::fromLatin1(name), QString::fromLatin1(words));
        if (value)
            made.setValueName(QString::fromLatin1(value));
        parser.addOption(made);
        return made;
    };
    const auto project = option("project", "Open this folder, alembic.ini or pyproject.toml.", "path");
    const auto url = option("url", "Connect to this database: a URL, libpq keywords, or sqlite:///file.", "url");
    const auto readOnly = option("read-only", "Connect read-only, enforced by the server.");
    const auto demo = option("demo", "Open the demo project on a SQLite database in your data folder.");
    const auto page = option("page", "Show this page: history, database, plan, project or runs.", "page");
    const auto select = option("select", "Select this revision.", "revision");
    const auto theme = option("theme", "light or dark; without it the system's.", "theme");
    const auto size = option("size", "Size of the window, as in 1280x800.", "size");
    const auto screenshot = option("screenshot", "Draw the window into this file when all is loaded, and end.", "file");
    parser.addPositionalArgument(QStringLiteral("project"), QStringLiteral("As --project."), QStringLiteral("[project]"));
    parser.process(application);

    Wishes wishes{.project = parser.isSet(project) ? parser.value(project) : parser.positionalArguments().value(0),
                  .url = parser.value(url),
                  .screenshot = parser.value(screenshot),
                  .page = parser.value(page),
                  .revision = parser.value(select),
                  .readOnly = parser.isSet(readOnly),
                  .demo = parser.isSet(demo)};
    const bool isPicture = !wishes.screenshot.isEmpty();
    const QStringList pages{QStringLiteral("history"), QStringLiteral("database"), QStringLiteral("plan"), QStringLiteral("project"),
                            QStringLiteral("runs")};
    if (!wishes.page.isEmpty() && !pages.contains(wishes.page)) {
        complain(QStringLiteral("there is no page %1; pages are %2").arg(wishes.page, pages.join(QStringLiteral(", "))));
        return 1;
    }
    const auto wantedSize = sizeFrom(parser.value(size));
    if (parser.isSet(size) && !wantedSize) {
        complain(QStringLiteral("a size is written as in 1280x800"));
        return 1;
    }

    std::optional<QSettings> settings;
    if (!isPicture)
        settings.emplace(QStringLiteral("stillroom"), QStringLiteral("stillroom"));
    ui::Theme look;
    if (parser.isSet(theme))
        look.setChoice(parser.value(theme) == QLatin1String("dark") ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    else if (settings)
        look.setChoice(ui::ThemeChoice(settings->value(QStringLiteral("theme")).toInt()));

    ui::KeyringSecrets secrets;
    ui::MainWindow window(&look, settings ? &*settings : nullptr, findDemo());
    if (!isPicture)
        window.setSecrets(&secrets);
    if (wantedSize || isPicture || settings->value(QStringLiteral("window/geometry")).isNull())
        window.resize(wantedSize.value_or(QSize(1280, 800)));
    if (wishes.demo)
        window.openDemo();
    else if (!wishes.project.isEmpty())
        window.openProject(wishes.project);
    else if (settings && wishes.url.isEmpty())
        window.openLastProject();
    if (!wishes.url.isEmpty() && !connectTo(window, wishes))
        return 1;
    if (!wishes.revision.isEmpty())
        window.selectRevision(wishes.revision);
    if (!wishes.page.isEmpty())
        window.showPage(ui::MainWindow::Page(pages.indexOf(wishes.page)));
    window.show();
    std::optional<Picture> picture;
    if (isPicture)
        picture.emplace(window, wishes);
    return QApplication::exec();
}
