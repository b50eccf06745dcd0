// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

/// stillroom-cli on a project of its own.
namespace stillroom::testsupport {

struct Finished {
    int status = -1;
    QString output, errors;
};

/// A project in a temporary folder, one script for each "id:parent" with a body.
class TemporaryProject {
public:
    TemporaryProject()
    {
        write(QStringLiteral("alembic.ini"), QStringLiteral("[alembic]\nscript_location = %(here)s/scripts\n"));
        QDir(m_folder.path()).mkpath(QStringLiteral("scripts/versions"));
    }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    void revision(const QString &id, const QString &parent, const QString &upgrade = QStringLiteral("pass"), const QString &file = {}) const
    {
        const QString down = parent.isEmpty() ? QStringLiteral("None") : QStringLiteral("'%1'").arg(parent);
        write(QStringLiteral("scripts/versions/%1.py").arg(file.isEmpty() ? id : file),
              QStringLiteral("\"\"\"step %1\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = '%1'\ndown_revision = %2\n\n\n"
                             "def upgrade():\n    %3\n\n\ndef downgrade():\n    pass\n")
                  .arg(id, down, upgrade));
    }
    [[nodiscard]] Finished run(const QStringList &arguments, const QProcessEnvironment &environment = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        if (!environment.isEmpty())
            process.setProcessEnvironment(environment);
        process.start(QStringLiteral(STILLROOM_CLI), arguments);
        if (!process.waitForFinished(60000))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    [[nodiscard]] QString database() const { return QStringLiteral("sqlite:///") + m_folder.filePath(QStringLiteral("test.db")); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

inline QString tableCall(const QString &name)
{
    return QStringLiteral("op.create_table('%1', sa.Column('id', sa.Integer(), primary_key=True))").arg(name);
}

} // namespace stillroom::testsupport
