// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <expected>
#include <memory>

namespace stillroom {

/// What went wrong, as an identity. Closed set: sentence.cpp switches over it without a default, so a new code does
/// not compile until it has a sentence. One block for each room; add to the block of the room that returns it.
enum class ErrorCode {
    // base
    FileNotReadable,
    FileNotWritable,
    Cancelled,
    ClientLibraryMissing,

    // python
    ScriptSyntax,
    ScriptIsPython2,

    // script
    ScriptRaised,
    ScriptNotUnderstood,
    ScriptNeedsDatabase,
    ScriptOverBudget,
    DirectionMissing,
    GivenValueNotUnderstood,
    TemplateNotUnderstood,

    // dialect
    OperationNotSupported,
    RebuildNeedsTable,

    // revision
    NoSuchRevision,
    AmbiguousRevision,
    AmbiguousWalk,
    AmbiguousCurrent,
    MultipleHeads,
    NoSuchBranch,
    NotInBranch,
    TargetsOverlap,
    NotAnAncestor,
    IllegalTarget,
    WalkTooFar,
    RevisionCycle,
    RevisionMissing,
    DuplicateRevision,
    DuplicateBranchLabel,
    RangeNeedsSql,
    DowngradeNeedsRange,
    HeadNeedsSplice,
    DuplicateHeads,
    IllegalRevisionId,
    RevisionExists,

    // project
    ConfigurationNotFound,
    ConfigurationSyntax,
    ScriptLocationMissing,
    ScriptLocationNotFound,
    SectionMissing,
    UrlNotUnderstood,
    UrlMissing,
    DialectUnknown,
    VersionPathUnknown,
    VersionPathNeeded,
    TimeZoneUnknown,
    EncodingUnknown,
    FileNameNotUsable,
    FileExists,
    FolderNotEmpty,
    NoSuchTemplate,
    TemplateDropsText,
    SqlNotWritable,
    HeaderNotEditable,
    ParentNotPossible,
    EditOutdated,
    NothingToUndo,
    NothingToCompare,
    HookNotUnderstood,
    ProgramFailed,
    NeedsModels,

    // database
    ConnectionRefused,
    AuthenticationFailed,
    PasswordNeeded,
    DatabaseMissing,
    DatabaseFileMissing,
    StatementFailed,
    CopyRefused,
    ConnectionLost,
    ReadOnlyConnection,
    VersionRowsChanged,
    VersionTableUnreadable,
    VersionTableUnknown,
    RunLockTimeout,
    BackupFailed,
    RestoreFailed,

    // migration
    NotConnected,
    UnknownRevisionInDatabase,
    NothingToDo,
    PlanStopped,
    PolicyRefused,
    RehearsalNeedsCopy,
    NoSuchRun,
};

/// An error is data: the code and the fields that its sentence needs (style.md, "Errors"). Sentences are made by
/// sentence.h. Fields that do not apply stay empty; line and column count from 1, 0 is "none".
struct Error {
    ErrorCode code{};
    QString subject{};                               ///< what it is about: an id, a target, a name, a path
    QString detail{};                                ///< the other side's own words: server, operating system, parser, script
    QString file{};                                  ///< absolute path of the file concerned
    int line = 0;                                    ///< 1-based line in file
    int column = 0;                                  ///< 1-based column (code points) in that line
    QString revision{};                              ///< id of the revision concerned
    QStringList candidates{};                        ///< what could have been meant
    QString sqlState{};                              ///< five characters of the server, or SQLite's extended result code as a number
    QString statement{};                             ///< the SQL text that failed
    int position = 0;                                ///< 1-based position in statement, in code points, as PostgreSQL counts
    QString hint{};                                  ///< the server's HINT
    QString constraintName{};                        ///< constraint named by the server
    QString serverDetail{};                          ///< the server's DETAIL
    QString schemaName{}, tableName{}, columnName{}; ///< named by the server beside the constraint
    QString internalQuery{};                         ///< the statement inside a function or DO block that failed, and
    int internalPosition = 0;                        ///< the position in it
    std::shared_ptr<const Error> cause{};

    bool operator==(const Error &) const = default;
};

template<class T>
using Result = std::expected<T, Error>;

} // namespace stillroom
