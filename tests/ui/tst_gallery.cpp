// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "livestage.h"
#include "ui/chip.h"
#include "ui/database/backupsdialog.h"
#include "ui/database/repairdialog.h"
#include "ui/emptystate.h"
#include "ui/preferencesdialog.h"
#include "ui/project/connectdialog.h"
#include "ui/project/newrevisiondialog.h"
#include "ui/project/passworddialog.h"
#include "ui/project/valuedialog.h"
#include "ui/run/alembicdialog.h"
#include "ui/run/runspage.h"
#include "ui/run/targetdialog.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHash>
#include <QKeySequence>
#include <QLayout>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QTreeWidget>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QToolButton>
#include <QTranslator>

#include <set>

using namespace stillroom;
using namespace stillroom::ui;
using namespace livestage;

namespace {

/// Every word a third longer, as German has it.
class LongWords final : public QTranslator {
public:
    [[nodiscard]] QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        const qsizetype more = text.startsWith(QLatin1String("yyyy")) || text.size() < 2 ? 0 : (text.size() + 2) / 3;
        return text + QString(more, QLatin1Char('n'));
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

QString named(const QWidget *w, const QString &text)
{
    return QStringLiteral("%1 \"%2\" (%3 wide)").arg(QString::fromLatin1(w->metaObject()->className()), text).arg(w->width());
}

/// Words that are cut off, and controls that stick out of the window.
QStringList cutIn(QWidget *root)
{
    QStringList found;
    for (QWidget *w : root->findChildren<QWidget *>()) {
        if (!w->isVisible() || w->window() != root->window())
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(w)) {
            const QString text = QString(label->text()).remove(QLatin1Char('&'));
            if (text.isEmpty() || qobject_cast<const ElidedLabel *>(w) || label->textFormat() == Qt::RichText)
                continue;
            const bool isCut = label->wordWrap() ? label->heightForWidth(label->width()) > label->height() + 2
                                                 : label->fontMetrics().size(0, text).width() > label->contentsRect().width() + 1;
            if (isCut)
                found += named(w, text);
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(w)) {
            const auto *tool = qobject_cast<const QToolButton *>(w);
            if (button->text().isEmpty() || (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull()))
                continue;
            if (button->sizeHint().width() > button->width() + 2)
                found += named(w, button->text());
        } else if (const auto *chip = qobject_cast<const Chip *>(w)) {
            if (chip->minimumSizeHint().width() > chip->width())
                found += named(w, chip->text());
        } else {
            continue;
        }
        bool isScrolled = false;
        for (const QWidget *p = w->parentWidget(); p && p != root; p = p->parentWidget())
            isScrolled = isScrolled || p->objectName() == QLatin1String("scrolled") || p->inherits("QAbstractScrollArea");
        if (!isScrolled && !root->rect().adjusted(-1, -1, 1, 1).contains(QRect(w->mapTo(root, QPoint()), w->size())))
            found += QStringLiteral("outside: ") + named(w, w->accessibleName());
    }
    return found;
}

} // namespace

/// Letters that more than one control takes with Alt, and push buttons of the run page that take none.
QStringList keysIn(QWidget *window)
{
    QHash<QChar, QString> taken;
    QStringList found;
    const auto take = [&](const QString &text, const QString &whose) {
        const QKeySequence key = QKeySequence::mnemonic(text);
        if (key.isEmpty())
            return;
        const QChar letter = key.toString().back();
        if (taken.contains(letter))
            found += QStringLiteral("Alt+%1: %2 and %3").arg(letter).arg(taken[letter], whose);
        taken[letter] = whose;
    };
    if (const auto *main = qobject_cast<QMainWindow *>(window)) {
        for (const QAction *menu : main->menuBar()->actions())
            take(menu->text(), menu->text());
    }
    for (QWidget *w : window->findChildren<QWidget *>()) {
        if (!w->isVisible() || w->window() != window)
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(w))
            take(button->text(), named(w, button->text()));
        else if (const auto *label = qobject_cast<const QLabel *>(w); label && label->buddy())
            take(label->text(), named(w, label->text()));
        if (const auto *push = qobject_cast<const QPushButton *>(w); push && QKeySequence::mnemonic(push->text()).isEmpty()) {
            for (const QWidget *p = w->parentWidget(); p; p = p->parentWidget()) {
                if (qobject_cast<const RunPage *>(p) && !w->parentWidget()->inherits("stillroom::ui::EmptyState"))
                    found += QStringLiteral("no key: ") + named(w, push->text());
            }
        }
    }
    return found;
}

/// Each page and dialog as people see it: in light and dark, small and large, with words as long as German ones.
class TestGallery : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    static QString demo() { return QStringLiteral(STILLROOM_SOURCE_DIR "/migrations"); }

    static void look(QWidget *widget, const QString &name, QStringList *problems)
    {
        QCoreApplication::processEvents();
        picture(widget, qPrintable(name));
        for (const QString &cut : cutIn(widget) + keysIn(widget)) {
            problems->append(name + QStringLiteral(": ") + cut);
            qWarning("%s", qPrintable(problems->last()));
        }
    }
    static void addLooks()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<bool>("isLong");
        QTest::newRow("small") << QSize(900, 600) << false << false;
        QTest::newRow("dark") << QSize(1400, 900) << true << false;
        QTest::newRow("large") << QSize(1920, 1080) << false << false;
        QTest::newRow("long-words") << QSize(900, 600) << true << true;
    }

private Q_SLOTS:
    void noPageCutsItsWords_data() { addLooks(); }
    void noPageCutsItsWords()
    {
        QFETCH(QSize, size);
        QFETCH(bool, isDark);
        QFETCH(bool, isLong);
        LongWords words;
        if (isLong)
            QCoreApplication::installTranslator(&words);
        const QString tag = QString::fromUtf8(QTest::currentDataTag());
        Theme theme;
        theme.setChoice(isDark ? ThemeChoice::Dark : ThemeChoice::Light);
        QStringList problems;
        MainWindow window(&theme, nullptr, {demo(), m_folder.filePath(q("demo.db"))});
        window.resize(size);
        window.show();
        for (const auto &[page, name] : {std::pair{MainWindow::Page::History, "history"},
                                         {MainWindow::Page::Database, "database"},
                                         {MainWindow::Page::Run, "run"},
                                         {MainWindow::Page::Project, "project"},
                                         {MainWindow::Page::Runs, "runs"}}) {
            window.showPage(page);
            look(&window, QStringLiteral("%1-empty-%2").arg(tag, q(name)), &problems);
        }
        Connection connection;
        connection.name = q("Library of the seventh district, branch at the northern bank");
        connection.environment = Environment::Production;
        connection.policy = database::policyOf(database::ServerEnvironment::Production);
        connection.spec.kind = dialect::DialectKind::Sqlite;
        connection.spec.sqliteFile = m_folder.filePath(tag + q(".db"));
        connection.spec.createIfMissing = true;
        window.openProject(demo());
        VERIFY_IN_TIME(window.workbench()->project() != nullptr);
        connectTo(window, connection);
        window.selectRevision(q("a3d5f0c1b7e2"));
        window.actionRegistry()->action(q("migrate.upgradeToSelected"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        window.runPage()->setConfirmed(true);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        look(&window, tag + q("-ended"), &problems);
        window.actionRegistry()->action(q("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        look(&window, tag + q("-planned"), &problems);
        window.actionRegistry()->action(q("migrate.downgradeByOne"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        look(&window, tag + q("-downgrade"), &problems);
        window.selectRevision(q("d07f5b3e9c62"));
        VERIFY_IN_TIME(window.workbench()->isIdle());
        for (const auto &[page, name] : {std::pair{MainWindow::Page::History, "history"},
                                         {MainWindow::Page::Database, "database"},
                                         {MainWindow::Page::Project, "project"},
                                         {MainWindow::Page::Runs, "runs"}}) {
            window.showPage(page);
            VERIFY_IN_TIME(window.workbench()->isIdle());
            look(&window, QStringLiteral("%1-%2").arg(tag, q(name)), &problems);
        }
        window.runsPage()->setSource(RunsPage::Source::Database);
        VERIFY_IN_TIME(window.workbench()->isIdle());
        look(&window, tag + q("-ledger"), &problems);
        window.showPage(MainWindow::Page::History);
        window.actionRegistry()->action(q("view.details"))->trigger();
        look(&window, tag + q("-details"), &problems);
        window.workbench()->disconnectDatabase();
        window.actionRegistry()->action(q("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        look(&window, tag + q("-offline"), &problems);
        QCOMPARE(window.size(), size);
        QCOMPARE(problems.join(QLatin1Char('\n')), QString());
    }

    void noDialogCutsItsWords_data() { addLooks(); }
    void noDialogCutsItsWords()
    {
        QFETCH(QSize, size);
        QFETCH(bool, isDark);
        QFETCH(bool, isLong);
        if (size.width() > 1400)
            return; // a dialog has its own size
        LongWords words;
        if (isLong)
            QCoreApplication::installTranslator(&words);
        const QString tag = QString::fromUtf8(QTest::currentDataTag()) + q("-dialog-");
        Theme theme;
        theme.setChoice(isDark ? ThemeChoice::Dark : ThemeChoice::Light);
        QStringList problems;
        const auto opened = project::Project::open(demo());
        QVERIFY(opened);
        const auto project = std::make_shared<const project::Project>(*opened);
        const auto show = [&](QDialog &dialog, const char *name) {
            dialog.show();
            look(&dialog, tag + q(name), &problems);
        };
        {
            ConnectDialog dialog(&theme, nullptr);
            dialog.setProject(project);
            Connection production;
            production.name = q("Shop, production");
            production.spec.kind = dialect::DialectKind::PostgreSql;
            production.spec.keywords = {{q("host"), q("db-primary.europe-central2.shop.example.com")},
                                        {q("dbname"), q("shop")},
                                        {q("user"), q("ops")},
                                        {q("sslmode"), q("verify-full")}};
            production.environment = Environment::Production;
            production.policy = database::policyOf(database::ServerEnvironment::Production);
            production.ssh.destination = q("ops@bastion.example.com");
            dialog.setConnections({production}, production.name);
            dialog.showConnection(production);
            dialog.setHasKeyring(false);
            for (int tab = 0; tab < dialog.tabs()->count(); ++tab) {
                dialog.tabs()->setCurrentIndex(tab);
                show(dialog, qPrintable(QStringLiteral("connect-%1").arg(tab)));
            }
            dialog.setKind(dialect::DialectKind::Sqlite);
            dialog.tabs()->setCurrentIndex(0);
            show(dialog, "connect-sqlite");
        }
        PasswordDialog password({.database = q("ops@db-primary.europe-central2.shop.example.com/shop"),
                                 .problem = q("The server refused the password of ops."),
                                 .remark = q("No keyring service answers on this desktop, so the password is kept nowhere and asked for each time."),
                                 .offersKeyring = true,
                                 .isKept = false},
                                nullptr);
        show(password, "password");
        ValueDialog value({.name = q("shop.config.settings.SCHEMA"),
                           .reason = q("the module 'shop.config' opens a file"),
                           .given = {},
                           .file = q(".stillroom.json"),
                           .waiting = {q("a1"), q("b2")}},
                          nullptr);
        show(value, "value");
        TargetDialog target(QCoreApplication::translate("x", "Stamp"),
                            QCoreApplication::translate("x", "Writes a revision into the version table without running any script."),
                            QCoreApplication::translate("x", "Show the plan"), {q("head")}, nullptr);
        target.offerPurge();
        show(target, "stamp");
        NewRevisionDialog writing(&theme, HighlightingBackend::create(), project, {.heads = {q("head")}, .isMerge = false}, nullptr);
        show(writing, "new-revision");
        Target production = fabricated::target();
        production.environment = Environment::Production;
        production.policy = database::policyOf(database::ServerEnvironment::Production);
        RepairDialog repair(&theme, production,
                            {{.kind = migration::VersionDefect::Kind::Implied,
                              .row = q("a1"),
                              .words = q("The row a1 is an ancestor of b2, which says as much; Alembic refuses to go on from both."),
                              .remedy = {q("DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1'")},
                              .advice = {}},
                             {.kind = migration::VersionDefect::Kind::UnknownRevision,
                              .row = q("zz"),
                              .words = q("No script has the revision zz: a branch that is not checked out, or a script that was deleted."),
                              .remedy = {},
                              .advice = q("Check out the branch that has it, or say where the database stands with a stamp that purges.")}},
                            nullptr);
        show(repair, "repair");
        BackupsDialog backups(&theme, production, m_folder.path(), nullptr, nullptr);
        std::vector<migration::ListedBackup> listed;
        for (int day = 9; day > 0; --day)
            listed.push_back(
                {.backup = {.file = QStringLiteral("/home/ops/.local/share/stillroom/backups/library.db/2024030%1-120000-000.sqlite").arg(day),
                            .databaseName = q("library.db"),
                            .madeAt = QDateTime(QDate(2024, 3, day), QTime(12, 0), QTimeZone::utc()),
                            .bytes = 4'200'000 * day,
                            .from = {}},
                 .versions = database::VersionRows{true, {q("d07f5b3e9c62")}}});
        backups.showBackups(listed);
        show(backups, "backups");
        backups.list()->sortByColumn(2, Qt::AscendingOrder);
        QCOMPARE(backups.list()->topLevelItem(0)->text(0).left(10), q("2024-03-01"));
        QVERIFY(backups.list()->currentItem()->text(0).startsWith(q("2024-03-09"))); // it stays with its row
        backups.askRestore();
        QVERIFY2(backups.question().contains(q("2024-03-09")), qPrintable(backups.question()));
        show(backups, "backups-restore");
        AlembicDialog alembic(
            &theme,
            {.target = production,
             .steps = {{.revision = q("a3d5f0c1b7e2"),
                        .message = q("sizes as the machine has them, for each of the tenants, and for those that come later"),
                        .reason = q("the module 'ctypes' is neither part of the project nor one that Stillroom knows"),
                        .choice = AlembicDialog::Choice::Runs},
                       {.revision = q("b2"), .message = q("names"), .reason = q("it reads rows"), .choice = AlembicDialog::Choice::Writes}},
             .python = {q("/home/ops/shop/.venv/bin/python"), q(".venv")},
             .problem = {},
             .keptIn = q(".stillroom.json")},
            nullptr);
        show(alembic, "alembic");
        // What it says grows with what is chosen, and the dialog with it.
        AlembicDialog growing(
            &theme,
            {.target = production,
             .steps = {{.revision = q("b2"), .message = q("names"), .reason = q("it reads rows"), .choice = AlembicDialog::Choice::Here}},
             .python = {},
             .problem = {},
             .keptIn = q(".stillroom.json")},
            nullptr);
        show(growing, "alembic-begins");
        growing.program()->setText(q("/bin/sh"));
        for (const auto choice : {AlembicDialog::Choice::Writes, AlembicDialog::Choice::Runs}) {
            growing.choice(q("b2"))->setCurrentIndex(growing.choice(q("b2"))->findData(int(choice)));
            show(growing, choice == AlembicDialog::Choice::Writes ? "alembic-writes" : "alembic-runs");
            QVERIFY(growing.height() >= growing.layout()->totalMinimumHeightForWidth(growing.width()));
        }
        PreferencesDialog preferences(&theme, {}, m_folder.path(), nullptr);
        show(preferences, "preferences");
        std::set<int> lefts, rights; // of the choices in all groups
        for (const QWidget *choice : preferences.findChildren<QWidget *>()) {
            if (!choice->inherits("QSpinBox") && !choice->inherits("QComboBox"))
                continue;
            lefts.insert(choice->mapTo(&preferences, QPoint()).x());
            rights.insert(choice->mapTo(&preferences, QPoint(choice->width(), 0)).x());
        }
        QCOMPARE(lefts.size(), std::size_t(1));
        QCOMPARE(rights.size(), std::size_t(1));
        MainWindow window(&theme, nullptr, {});
        window.show();
        for (const char *id : {"help.shortcuts", "help.about"}) {
            window.actionRegistry()->action(q(id))->trigger();
            auto *dialog = window.findChild<QDialog *>();
            QVERIFY(dialog);
            look(dialog, tag + q(id), &problems);
            delete dialog;
        }
        QCOMPARE(problems.join(QLatin1Char('\n')), QString());
    }
};

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
