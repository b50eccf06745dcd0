// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "ui/mainwindow.h"
#include "ui/run/runpage.h"
#include "waiting.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

/// A small project on disk and the window on it, for tests that let the worker work on a real database.
namespace livestage {

using namespace stillroom;

inline QString q(const char *text) { return QString::fromUtf8(text); }

/// Keeps what is seen as a picture where STILLROOM_PICTURES names a folder.
inline void picture(QWidget *widget, const char *name)
{
    const QString folder = qEnvironmentVariable("STILLROOM_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QCoreApplication::processEvents();
    widget->grab().save(QStringLiteral("%1/%2.png").arg(folder, QString::fromUtf8(name)));
}

class Scripts {
public:
    Scripts()
    {
        QDir(m_folder.path()).mkpath(q("m/versions"));
        write(q("alembic.ini"), q("[alembic]\nscript_location = %(here)s/m\n"));
        write(q("m/env.py"), q("from alembic import context\ncontext.configure(url='sqlite://')\n"));
    }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text.toUtf8());
    }
    /// A revision after the one before; `up` are SQL statements.
    void add(const char *id, const char *message, const QStringList &up, const QStringList &down = {})
    {
        const auto body = [](const QStringList &statements) {
            QString text;
            for (const QString &sql : statements)
                text += QStringLiteral("    op.execute(\"\"\"%1\"\"\")\n").arg(sql);
            return text.isEmpty() ? q("    pass\n") : text;
        };
        write(QStringLiteral("m/versions/%1.py").arg(q(id)),
              QStringLiteral(
                  "\"\"\"%1\"\"\"\nfrom alembic import op\n\nrevision = '%2'\ndown_revision = %3\n\n\ndef upgrade():\n%4\n\ndef downgrade():\n%5")
                  .arg(q(message), q(id), m_last.isEmpty() ? q("None") : QLatin1Char('\'') + m_last + QLatin1Char('\''), body(up), body(down)));
        m_last = q(id);
    }
    [[nodiscard]] QString root() const { return m_folder.path(); }
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(q(name)); }

private:
    QTemporaryDir m_folder;
    QString m_last;
};

inline void open(ui::MainWindow &window, const Scripts &scripts)
{
    window.openProject(scripts.root());
    VERIFY_IN_TIME(window.workbench()->project() != nullptr);
}

inline void connectTo(ui::MainWindow &window, const ui::Connection &connection)
{
    window.connectTo(connection);
    VERIFY_IN_TIME(window.workbench()->snapshot().has_value() && window.workbench()->isIdle());
}

/// By the actions of the window, up to the end of the run.
inline void upgrade(ui::MainWindow &window, const char *action = "migrate.upgradeToHead")
{
    window.actionRegistry()->action(q(action))->trigger();
    VERIFY_IN_TIME(window.runPage()->phase() == ui::RunPage::Phase::Planned);
    window.runPage()->setConfirmed(true);
    window.runPage()->startRun();
    VERIFY_IN_TIME(window.runPage()->phase() == ui::RunPage::Phase::Ended && window.workbench()->isIdle());
}

} // namespace livestage
