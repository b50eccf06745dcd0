// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"

#include "database/savedconnections.h"
#include "database/session.h"
#include "migration/rehearsal.h"
#include "project/project.h"

#include <memory>

/// The verbs. Each prints and gives the exit status.
namespace stillroom::cli {

int showHistory(const CommandLine &line, const project::Project &project);
int showHeads(const CommandLine &line, const project::Project &project);
int showBranches(const CommandLine &line, const project::Project &project);
int showRevisions(const CommandLine &line, const project::Project &project);
int showCurrent(const CommandLine &line, const project::Project &project);
int inspectDatabase(const CommandLine &line, const project::Project &project);
int renderRevisions(const CommandLine &line, const project::Project &project);
/// upgrade, downgrade, stamp and reset: run, printed (--sql), or shown as a run would be (--preview).
int migrate(const CommandLine &line, const project::Project &project);

int showUnknowns(const CommandLine &line, const project::Project &project);
/// unknowns --set and --unset: keeps what was told beside the project's configuration.
[[nodiscard]] Result<void> tellUnknowns(const CommandLine &line, const project::Project &project);

int writeRevision(const CommandLine &line, const project::Project &project);
int mergeRevisions(const CommandLine &line, const project::Project &project);
/// merge --compare: what the heads share, and whether they commute.
int compareHeads(const CommandLine &line, const project::Project &project);
int reparentRevision(const CommandLine &line, const project::Project &project);
int editRevisions(const CommandLine &line, const project::Project &project);
int drawGraph(const CommandLine &line, const project::Project &project);
int showStatus(const CommandLine &line, const project::Project &project);
int ensureVersionTable(const CommandLine &line, const project::Project &project);
int validateHistory(const CommandLine &line, const project::Project &project);
/// These need no project.
int makeProject(const CommandLine &line);
int listTemplates(const CommandLine &line);

int backUp(const CommandLine &line, const project::Project &project);
int showBackups(const CommandLine &line, const project::Project &project);
int restore(const CommandLine &line, const project::Project &project);
int showLeftovers(const CommandLine &line, const project::Project &project);
/// upgrade, downgrade or stamp with --rehearse or --rehearse-on-copy.
int rehearsePlan(const CommandLine &line, const project::Project &project, database::Session &session, const migration::RehearsalRequest &request,
                 const std::atomic<bool> &stop);
/// What a run of the plan would send (--preview).
int showPreview(const CommandLine &line, const project::Project &project, database::Session &session, const revision::Plan &plan,
                const std::atomic<bool> &stop, const std::vector<migration::TakenBody> &taken);
/// What --run-with-python names, of this plan. One that is applied already is told, as in every second run of a pipeline. Errors: NoSuchRevision.
[[nodiscard]] Result<QStringList> runThere(const CommandLine &line, const project::Project &project, const revision::Plan &plan);
/// --with-python: the bodies of this plan that are not understood, as the project's own Alembic writes them. Runs nothing without that option.
[[nodiscard]] Result<std::vector<migration::TakenBody>> takenBodies(const CommandLine &line, const project::Project &project,
                                                                    dialect::DialectKind kind, const revision::Plan &plan,
                                                                    const std::atomic<bool> *stop);
int repairVersions(const CommandLine &line, const project::Project &project);
/// Where backups are kept: --backup-folder, else the data folder.
[[nodiscard]] QString backupFolderOf(const CommandLine &line);
/// The records of runs on this machine; needs no project.
int showRuns(const CommandLine &line);
/// runs --database: what the database itself keeps of them.
int showLedger(const CommandLine &line, const project::Project &project);

/// --connection: what the window has saved under that name; nullopt without the option. The error is what is wrong with the command line.
[[nodiscard]] std::expected<std::optional<database::SavedConnection>, QString> chosenConnection(const CommandLine &line,
                                                                                                const project::Project &project);
/// What is wrong with --connection and --ssh in this project, as a sentence; empty: nothing. Asked before any command begins.
[[nodiscard]] QString wrongConnection(const CommandLine &line, const project::Project &project);
/// chosenConnection() for the commands. Errors: UrlMissing.
[[nodiscard]] Result<std::optional<database::SavedConnection>> namedConnection(const CommandLine &line, const project::Project &project);
/// The same with the password of the keyring, or as the person types it.
[[nodiscard]] Result<std::optional<database::SavedConnection>> namedConnectionWithPassword(const CommandLine &line, const project::Project &project);
int showConnections(const CommandLine &line, const project::Project &project);
/// How carefully the database is to be treated: what the named connection and .stillroom.json say, with the options of the command line.
/// Errors: those of policyFor(); PolicyRefused where an option would loosen what they say.
[[nodiscard]] Result<database::ConnectionPolicy> policyOf(const CommandLine &line, const project::Project &project,
                                                          const database::ConnectionSpec &spec);
/// Where to connect: --connection, --url, else the best address that the project mentions. Errors: UrlMissing and those of DatabaseUrl.
[[nodiscard]] Result<database::ConnectionSpec> connectionOf(const CommandLine &line, const project::Project &project);
/// Where that address was found: "--url", "alembic.ini:3 (sqlalchemy.url)", "DATABASE_URL of the environment"; empty: nowhere.
[[nodiscard]] QString addressSource(const CommandLine &line, const project::Project &project);
/// Version rows of the database of connectionOf(), opened read-only.
[[nodiscard]] Result<QStringList> versionRowsOf(const CommandLine &line, const project::Project &project);
/// --sqlalchemy.
[[nodiscard]] dialect::RenderOptions renderOptions(const CommandLine &line);
/// The dialect to write SQL for without a database: --dialect, else that of the project's address.
[[nodiscard]] Result<dialect::DialectKind> dialectOf(const CommandLine &line, const project::Project &project);

} // namespace stillroom::cli
