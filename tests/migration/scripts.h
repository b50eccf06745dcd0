// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"
#include "migration/planning.h"
#include "migration/runner.h"
#include "result.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

/// What the tests of runs share: a project of small scripts, and the events of a run to look into.
namespace stillroom::testsupport {

/// A project in a temporary folder: one script for each call of add(), each the child of the one before.
class Scripts {
public:
    explicit Scripts(bool transactionPerMigration = false)
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("scripts/versions"));
        write(QStringLiteral("alembic.ini"), QStringLiteral("[alembic]\nscript_location = %(here)s/scripts\n"));
        write(QStringLiteral("scripts/env.py"), QStringLiteral("from alembic import context\ncontext.configure(url='sqlite:///x.db'%1)\n")
                                                    .arg(transactionPerMigration ? QStringLiteral(", transaction_per_migration=True") : QString()));
    }
    void add(const QString &id, const QStringList &upgrade, const QStringList &downgrade = {QStringLiteral("pass")})
    {
        write(QStringLiteral("scripts/versions/%1.py").arg(id),
              QStringLiteral("\"\"\"step %1\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = '%1'\ndown_revision = %2\n\n\n"
                             "def upgrade():\n    %3\n\n\ndef downgrade():\n    %4\n")
                  .arg(id, m_last.isEmpty() ? QStringLiteral("None") : QStringLiteral("'%1'").arg(m_last), upgrade.join(QStringLiteral("\n    ")),
                       downgrade.join(QStringLiteral("\n    "))));
        m_last = id;
    }
    /// Each makes two tables named after it, `t_<id>` and `u_<id>`, with a row in the first.
    void addTables(const QString &id, int rows = 1)
    {
        const QString table = QStringLiteral("op.create_table('%1_%2', sa.Column('id', sa.Integer, primary_key=True))");
        add(id,
            {table.arg(QStringLiteral("t"), id),
             QStringLiteral("op.execute('INSERT INTO t_%1 %2')").arg(id, rows == 1 ? QStringLiteral("VALUES (1)") : counting(rows)),
             table.arg(QStringLiteral("u"), id)},
            {QStringLiteral("op.drop_table('u_%1')").arg(id), QStringLiteral("op.drop_table('t_%1')").arg(id)});
    }
    /// A query for the numbers up to `rows`, on either kind of database.
    [[nodiscard]] static QString counting(int rows)
    {
        return QStringLiteral("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) SELECT i FROM n").arg(rows);
    }
    [[nodiscard]] Result<project::Project> open() const { return project::Project::open(m_folder.path()); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }

private:
    QTemporaryDir m_folder;
    QString m_last;
};

/// The events of a run, each kind where the tests look for it.
struct Told {
    std::vector<migration::RunEvent> all;
    template<class Event>
    [[nodiscard]] std::vector<Event> of() const
    {
        std::vector<Event> found;
        for (const migration::RunEvent &event : all) {
            if (const auto *one = std::get_if<Event>(&event))
                found.push_back(*one);
        }
        return found;
    }
    std::function<void(const migration::RunEvent &)> listener()
    {
        return [this](const migration::RunEvent &event) { all.push_back(event); };
    }
};

inline const sql::QualifiedName kVersionTable{{}, sql::Identifier{QStringLiteral("alembic_version")}};

inline Result<revision::Plan> planTo(const project::Project &project, database::Session &session, const QString &target,
                                     revision::Plan::Kind kind = revision::Plan::Kind::Upgrade)
{
    return migration::makePlan(project, session, {.kind = kind, .targets = {target}});
}

inline QStringList versionRows(database::Session &session)
{
    const auto rows = database::readVersionRows(session, kVersionTable);
    return rows ? rows->rows : QStringList{QStringLiteral("(unreadable)")};
}

} // namespace stillroom::testsupport
