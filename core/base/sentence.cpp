// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sentence.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace stillroom {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("stillroom::Error", text); }

QString place(const Error &e)
{
    if (e.file.isEmpty())
        return {};
    if (e.line == 0)
        return e.file;
    return e.column ? QStringLiteral("%1:%2:%3").arg(e.file).arg(e.line).arg(e.column) : QStringLiteral("%1:%2").arg(e.file).arg(e.line);
}

QString named(const Error &e) { return e.candidates.join(QStringLiteral(", ")); }

/// What a server or a library said, made part of our sentence: without its line breaks and its own full stop.
QString asClause(const QString &detail)
{
    static const QRegularExpression breaks(QStringLiteral("\\s*\\n\\s*"));
    QString clause = detail.trimmed();
    if (clause.endsWith(QLatin1Char('.')) && !clause.endsWith(QLatin1String("..")))
        clause.chop(1);
    return clause.replace(breaks, QStringLiteral(" "));
}

QString wording(const Error &e)
{
    switch (e.code) {
    case ErrorCode::FileNotReadable:
        return tr("Cannot read %1: %2. Check that the file exists and that you may read it.").arg(place(e), e.detail);
    case ErrorCode::FileNotWritable:
        return tr("Cannot write %1: %2. Nothing was changed.").arg(place(e), e.detail);
    case ErrorCode::Cancelled:
        return tr("Cancelled.");
    case ErrorCode::ClientLibraryMissing:
        return tr("%1 cannot be loaded: %2. Install it to reach PostgreSQL (on Debian the package libpq5); everything else works without it.")
            .arg(e.subject, e.detail);
    case ErrorCode::ScriptSyntax:
        return tr("%1: syntax error: %2. Correct the script; the other revisions are not affected.").arg(place(e), e.detail);
    case ErrorCode::ScriptIsPython2:
        return tr("%1: this script is Python 2 (%2). Convert it to Python 3, as Alembic would need as well.").arg(place(e), e.detail);
    case ErrorCode::ScriptRaised:
        return tr("%1: the script of revision %2 raises %3.").arg(place(e), e.revision, e.detail);
    case ErrorCode::ScriptNotUnderstood:
        if (e.revision.isEmpty())
            return tr("%1 cannot be read as a revision script: %2. Alembic refuses the whole history because of it.").arg(place(e), e.detail);
        return tr("%1: revision %2 cannot be evaluated without Python: %3.").arg(place(e), e.revision, e.detail);
    case ErrorCode::ScriptNeedsDatabase:
        return tr("%1: revision %2 needs a database: %3.").arg(place(e), e.revision, e.detail);
    case ErrorCode::ScriptOverBudget:
        return tr("%1: the script of revision %2 was stopped: %3.").arg(place(e), e.revision, e.detail);
    case ErrorCode::DirectionMissing:
        return tr("%1: revision %2 has no %3() function.").arg(place(e), e.revision, e.subject);
    case ErrorCode::GivenValueNotUnderstood:
        return tr("'%1' cannot be taken as a value for %2: %3. Give a Python expression, such as 'sa.Uuid()' or '\"text\"'.")
            .arg(e.statement, e.subject, e.detail);
    case ErrorCode::TemplateNotUnderstood:
        return tr("%1: %2.").arg(place(e), e.detail);
    case ErrorCode::OperationNotSupported:
        return tr("%1: %2.").arg(place(e), e.detail);
    case ErrorCode::RebuildNeedsTable:
        return tr("%1: rebuilding table %2 on SQLite needs to know how it stands. Connect to the database, or give copy_from.")
            .arg(place(e), e.subject);
    case ErrorCode::NoSuchRevision:
        return e.candidates.isEmpty() ? tr("Can't locate revision identified by '%1'.").arg(e.subject)
                                      : tr("Can't locate revision identified by '%1'. Did you mean %2?").arg(e.subject, named(e));
    case ErrorCode::AmbiguousRevision:
        return tr("Multiple revisions start with '%1': %2. Give more characters.").arg(e.subject, named(e));
    case ErrorCode::AmbiguousWalk:
        return tr("Ambiguous walk: '%1' could go to %2. Name the revision, or the branch as in 'label@+1'.").arg(e.subject, named(e));
    case ErrorCode::AmbiguousCurrent:
        return tr("'%1' is ambiguous: the database has several current revisions (%2). Name the branch as in 'label@+1'.").arg(e.subject, named(e));
    case ErrorCode::MultipleHeads:
        return tr("There are several heads (%1), so '%2' is not one revision. Use 'heads', 'label@head' or an id.").arg(named(e), e.subject);
    case ErrorCode::NoSuchBranch:
        return e.candidates.isEmpty() ? tr("No such branch: '%1'.").arg(e.subject)
                                      : tr("No such branch: '%1'. Branch labels are: %2.").arg(e.subject, named(e));
    case ErrorCode::NotInBranch:
        return tr("Revision %1 is not a member of branch '%2'.").arg(e.subject, e.detail);
    case ErrorCode::TargetsOverlap:
        return tr("Revision %1 overlaps with %2: one is an ancestor of the other. Name only the later one.").arg(e.subject, named(e));
    case ErrorCode::NotAnAncestor:
        return tr("Revision %1 is not an ancestor of revision %2.").arg(e.subject, e.detail);
    case ErrorCode::IllegalTarget:
        return tr("'%1' is not a revision identifier: %2.").arg(e.subject, e.detail);
    case ErrorCode::WalkTooFar:
        return tr("Relative revision '%1' didn't produce %2 migrations.").arg(e.subject, e.detail);
    case ErrorCode::RevisionCycle:
        return tr("The history has a cycle: %1 follow each other. Correct down_revision or depends_on in one of them.").arg(named(e));
    case ErrorCode::RevisionMissing:
        return tr("%1 names revision '%2', but no file has it. Restore that file or correct the line.").arg(place(e), e.subject);
    case ErrorCode::DuplicateRevision:
        return tr("Revision id '%1' stands in several files: %2. Give one of them another id.").arg(e.subject, named(e));
    case ErrorCode::DuplicateBranchLabel:
        return tr("Branch label '%1' is used by several revisions: %2.").arg(e.subject, named(e));
    case ErrorCode::RangeNeedsSql:
        return tr("Range '%1' is allowed only with --sql.").arg(e.subject);
    case ErrorCode::DowngradeNeedsRange:
        return tr("downgrade with --sql needs a range FROM:TO, since no database is asked.");
    case ErrorCode::HeadNeedsSplice:
        return tr("Revision %1 is not a head: %2 already follows it. Say --splice to begin a new branch there.").arg(e.subject, named(e));
    case ErrorCode::DuplicateHeads:
        return tr("Revision %1 is named twice. Name each head once.").arg(e.subject);
    case ErrorCode::IllegalRevisionId:
        return tr("'%1' cannot be a revision id: %2.").arg(e.subject, e.detail);
    case ErrorCode::RevisionExists:
        return tr("There is already a revision '%1', in %2. Choose another id.").arg(e.subject, place(e));
    case ErrorCode::ConfigurationNotFound:
        if (!e.candidates.isEmpty())
            return tr("There are several Alembic projects under %1: %2. Open one of them.").arg(e.subject, named(e));
        return tr("No Alembic project at %1: neither alembic.ini nor a pyproject.toml with [tool.alembic] is there. Give its path, or choose another "
                  "folder.")
            .arg(e.subject);
    case ErrorCode::ConfigurationSyntax:
        return tr("%1: %2.").arg(place(e), e.detail);
    case ErrorCode::SectionMissing:
        if (!e.candidates.isEmpty())
            return tr("%1 has no section [%2]. Sections with a script_location are: %3.").arg(place(e), e.subject, named(e));
        return tr("%1 has no section [%2].").arg(place(e), e.subject);
    case ErrorCode::ScriptLocationMissing:
        return tr("%1 does not say script_location. Add the line, as in 'script_location = migrations'.").arg(place(e));
    case ErrorCode::ScriptLocationNotFound:
        return tr("%1: script_location points to %2, which does not exist.").arg(place(e), e.subject);
    case ErrorCode::UrlNotUnderstood:
        return tr("This is not a database address: %1. Write it as postgresql://user@host/database, as libpq keywords, or as sqlite:///file.db.")
            .arg(e.detail);
    case ErrorCode::UrlMissing:
        return tr("No database address: %1 names none. Give one with --url, or connect.").arg(e.subject);
    case ErrorCode::DialectUnknown:
        return tr("Databases of kind '%1' are not supported; PostgreSQL and SQLite are.").arg(e.subject);
    case ErrorCode::VersionPathUnknown:
        return tr("%1 is none of the project's version folders: %2.").arg(e.subject, named(e));
    case ErrorCode::VersionPathNeeded:
        return tr("The project has several version folders: %1. Say with --version-path which one the new base goes to.").arg(named(e));
    case ErrorCode::TimeZoneUnknown:
        return tr("%1: there is no time zone '%2' on this machine.").arg(place(e), e.subject);
    case ErrorCode::EncodingUnknown:
        return tr("The script cannot be written in the encoding '%1' (output_encoding): %2.").arg(e.subject, e.detail);
    case ErrorCode::FileNameNotUsable:
        return tr("file_template '%1' gives no usable file name: %2.").arg(e.subject, e.detail);
    case ErrorCode::FileExists:
        return tr("%1 exists already. Nothing was written.").arg(place(e));
    case ErrorCode::FolderNotEmpty:
        return tr("Folder %1 exists already and is not empty. Nothing was written.").arg(e.subject);
    case ErrorCode::NoSuchTemplate:
        return tr("There is no project template '%1'. There are: %2.").arg(e.subject, named(e));
    case ErrorCode::TemplateDropsText:
        return tr("%1 leaves out %2, so the new script would not say it. Nothing was written; add it to the template.").arg(place(e), e.subject);
    case ErrorCode::HeaderNotEditable:
        return tr("%1: %2 cannot be changed: %3. Nothing was written; change it by hand.").arg(place(e), e.subject, e.detail);
    case ErrorCode::ParentNotPossible:
        return tr("Revision %1 cannot get this parent: %2. Nothing was written.").arg(e.subject, e.detail);
    case ErrorCode::EditOutdated:
        return tr("%1 was changed since. Nothing was written, so nothing of that is lost.").arg(place(e));
    case ErrorCode::NothingToUndo:
        return tr("There is no change of a parent in this project that could be taken back.");
    case ErrorCode::NothingToCompare:
        return tr("There is nothing to compare: %1 is one revision. Name two or more.").arg(e.subject);
    case ErrorCode::SqlNotWritable:
        return tr("This SQL cannot be written as op.execute(): %1.").arg(e.detail);
    case ErrorCode::HookNotUnderstood:
        return tr("Post-write hook '%1' cannot be run: %2.").arg(e.subject, e.detail);
    case ErrorCode::ProgramFailed:
        return tr("'%1' failed: %2.").arg(e.subject, e.detail);
    case ErrorCode::NeedsModels:
        return tr("%1 compares a database with the application's models, which only Alembic in Python can load. Use Alembic for it.").arg(e.subject);
    case ErrorCode::ConnectionRefused:
        if (!e.file.isEmpty())
            return tr("Cannot open %1: %2. Check that it is a database, and that this account may read it and write into its folder, where SQLite "
                      "keeps files of its own beside it.")
                .arg(e.subject, e.detail);
        return tr("Cannot connect to %1: %2. Check that the server runs and that the address is right.").arg(e.subject, e.detail);
    case ErrorCode::AuthenticationFailed:
        return tr("The server refused the user or the password for %1: %2.").arg(e.subject, e.detail);
    case ErrorCode::PasswordNeeded:
        return tr("The server asks for a password for %1, and none was given. Give one, or put it into ~/.pgpass or PGPASSWORD.").arg(e.subject);
    case ErrorCode::DatabaseMissing:
        return tr("There is no database %1: %2.").arg(e.subject, e.detail);
    case ErrorCode::DatabaseFileMissing:
        return tr("There is no database file %1.").arg(e.subject);
    case ErrorCode::StatementFailed:
        return tr("The database refused a statement: %1.").arg(e.detail) +
               (e.serverDetail.isEmpty() ? QString() : QLatin1Char(' ') + e.serverDetail) +
               (e.sqlState.isEmpty() ? QString() : (e.sqlState.size() == 5 ? tr(" (SQLSTATE %1)") : tr(" (SQLite error %1)")).arg(e.sqlState)) +
               (e.file.isEmpty() ? QString() : tr(" It comes from %1.").arg(place(e)));
    case ErrorCode::CopyRefused:
        return tr("COPY from or to the client is not possible in a migration run. Use INSERT, or COPY with a file of the server.");
    case ErrorCode::ConnectionLost:
        return tr("The connection was lost: %1. Whether the last transaction took effect is to be looked up in the database.").arg(e.detail);
    case ErrorCode::ReadOnlyConnection:
        return tr("The connection to %1 is read-only, so nothing can be run on it. Connect again without read-only to do so.").arg(e.subject);
    case ErrorCode::VersionRowsChanged:
        return tr("The version table is not as the plan assumes: expected %1, found %2. Nothing more was done; look again.").arg(e.subject, e.detail);
    case ErrorCode::VersionTableUnreadable:
        return tr("Cannot read the version table %1: %2.").arg(e.subject, e.detail);
    case ErrorCode::VersionTableUnknown:
        return tr("%1: env.py's %2 cannot be known without Python: %3. Say it with --%4, or in .stillroom.json beside the configuration: "
                  "{\"settings\": {\"%2\": \"…\"}}.")
            .arg(place(e), e.subject, e.detail, QString(e.subject).replace(QLatin1Char('_'), QLatin1Char('-')));
    case ErrorCode::RunLockTimeout:
        return e.detail.isEmpty()
                   ? tr("Another program kept the database for %1 s, so nothing was done. Try again when it has ended.").arg(e.subject)
                   : tr("Another run holds the database (%1). It was waited for for %2 s, and nothing was done. Try again when it has ended.")
                         .arg(e.detail, e.subject);
    case ErrorCode::BackupFailed:
        return tr("%1 could not be backed up: %2. Nothing was run.").arg(e.subject, e.detail);
    case ErrorCode::RestoreFailed:
        return tr("%1 could not be restored: %2. It is as it was.").arg(e.subject, e.detail);
    case ErrorCode::NotConnected:
        return tr("No database is connected. Choose File > Connect first.");
    case ErrorCode::UnknownRevisionInDatabase:
        return tr("The database is at revision '%1', which no script of this project has. The database may be newer than the project (fetch), or of "
                  "another one.")
            .arg(e.subject);
    case ErrorCode::NothingToDo:
        return tr("Nothing to do.");
    case ErrorCode::PlanStopped:
        return tr("Stopped after revision %1.").arg(e.revision);
    case ErrorCode::PolicyRefused:
        return tr("Refused: %1.").arg(e.detail);
    case ErrorCode::RehearsalNeedsCopy:
        return tr("This plan cannot be rehearsed in a transaction that is rolled back: %1. Rehearse it on a copy "
                  "(on the command line: --rehearse-on-copy).")
            .arg(e.detail);
    case ErrorCode::NoSuchRun:
        return tr("There is no record of a run %1.").arg(e.subject);
    }
    return {};
}

} // namespace

QString sentence(const Error &e)
{
    Error told = e;
    if (e.code == ErrorCode::ConnectionRefused || e.code == ErrorCode::ConnectionLost || e.code == ErrorCode::AuthenticationFailed) {
        // libpq begins each of its sentences on a line of its own, some without an end.
        static const QRegularExpression unended(QStringLiteral("([^.?!:,;\\s])\\s*\\n\\s*(?=\\p{Lu})"));
        told.detail = QString(e.detail).replace(unended, QStringLiteral("\\1. ")).simplified();
    }
    told.detail = asClause(told.detail);
    return wording(told).replace(QLatin1String("?."), QLatin1String("?"));
}

} // namespace stillroom
