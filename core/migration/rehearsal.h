// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"
#include "migration/planning.h"
#include "migration/runner.h"

/// A plan run for real where it cannot hurt: in a transaction that is rolled back, or on a copy of the database. Source: PostgreSQL,
/// "pg_locks", "CREATE DATABASE" (TEMPLATE); what ALTER TABLE says at DEBUG1 of the tables that it rewrites and scans.
namespace stillroom::migration {

struct RehearsedStatement {
    int step = 0;
    int index = 0;
    QString revision, sql;
    bool isVersionStatement = false, isOutsideTransaction = false;
    qint64 microseconds = 0;
    qint64 rows = -1;
    QStringList locks{};     ///< taken by this statement: "AccessExclusiveLock on account"; PostgreSQL, inside a transaction
    QStringList rewritten{}; ///< tables that stood before and have new files now
    QStringList scanned{};   ///< tables that were read as a whole, as far as the server says
};

struct RehearsalRequest {
    revision::Plan plan;
    database::ConnectionSpec connection;
    QString databaseName; ///< as in RunRequest
    database::ConnectionPolicy policy{};
    database::Consent consent{};
    bool onCopy = false;                       ///< CREATE DATABASE … TEMPLATE, for which nobody else may be connected; a copied file
    bool goesBackAndForth = false;             ///< afterwards down and up again, with a comparison of the schemas; needs onCopy
    std::vector<TakenBody> taken{};            ///< as in RunRequest
    const std::atomic<bool> *cancel = nullptr; ///< as in RunRequest
    std::function<void(std::shared_ptr<database::CancelHandle>)> runsIn{}; ///< told what cancels it on the copy, and then again the session's
};

struct Rehearsal {
    std::vector<RehearsedStatement> statements;
    std::optional<Error> failure; ///< what the plan met; all else was rehearsed up to there
    QString whereItRan;           ///< name of the copy; empty: the database itself
    QString leftOver;             ///< why the copy is still there, and what removes it; empty: it is gone
    bool stopped = false;         ///< what comes after the last statement was not rehearsed
    bool wentBack = false, wentForthAgain = false;
    QString whyNotBack;         ///< why the way back was not tried or broke off
    QStringList notRestored;    ///< differences between before and after up and down
    QStringList differentAgain; ///< differences between the first and the second time up
};

/// Leaves the database as it was: the transaction is rolled back, the copy removed. It takes the locks of a real run, unless it is
/// on a copy. Errors: RehearsalNeedsCopy, PolicyRefused, ReadOnlyConnection, BackupFailed (no copy could be made), StatementFailed.
[[nodiscard]] Result<Rehearsal> rehearse(const project::Project &project, database::Session &session, const RehearsalRequest &request,
                                         const std::atomic<bool> &stop, const std::function<void(const RunEvent &)> &tell);

/// What tells one schema from another, one line for each difference. The version table is left out.
[[nodiscard]] QStringList schemaDifferences(const database::CatalogSnapshot &before, const database::CatalogSnapshot &after,
                                            const sql::QualifiedName &versionTable);

} // namespace stillroom::migration
