// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "sql/operation.h"

#include <QHash>
#include <QString>
#include <QVariant>
#include <QVariantMap>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// Evaluates one script's upgrade() or downgrade() into operations. Opening a script runs nothing outside the
/// interpreter: no files but the project's own, no network, no processes, a budget of steps and memory.
namespace stillroom::script {

enum class Direction { Upgrade, Downgrade };

/// Rows of a query that a script ran, as the executing sink gives them.
struct QueryResult {
    QStringList columns;
    std::vector<std::vector<QVariant>> rows;
    qint64 rowCount = -1; ///< rows changed, or number of rows
    bool returnsRows = false;
    QStringList types{}; ///< as database::Outcome's; empty: what a value says itself
};

/// Takes operations in the order in which the script asks for them.
class OperationSink {
public:
    virtual ~OperationSink();
    /// An error ends the evaluation with it (a statement that failed, a dialect that cannot).
    [[nodiscard]] virtual Result<void> take(sql::Operation operation) = 0;
    /// As take(), of an operation that stays with who gives it: a sink that does not keep it need not copy it.
    [[nodiscard]] virtual Result<void> show(const sql::Operation &operation) { return take(operation); }
    /// Runs a statement whose result the script may read. nullopt: not known here (preview without a database); the
    /// statement itself has been taken. Otherwise the rows.
    [[nodiscard]] virtual Result<std::optional<QueryResult>> query(sql::Operation operation) = 0;
    /// What the database holds as it stands now, as plain values for a script's inspector; `table`: those of that name alone, empty: all.
    /// nullopt: not known here.
    [[nodiscard]] virtual Result<std::optional<QVariantMap>> inventory(const QString &table);
    /// The text of an operation for a script that compiles SQL by itself (dialect::compiledText). nullopt: this sink writes no text.
    [[nodiscard]] virtual Result<std::optional<QString>> compiled(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues);
};

/// Keeps the operations; knows no results.
class CollectingSink final : public OperationSink {
public:
    [[nodiscard]] Result<void> take(sql::Operation operation) override;
    [[nodiscard]] Result<std::optional<QueryResult>> query(sql::Operation operation) override;
    std::vector<sql::Operation> operations;
};

/// What evaluation may know beside the script. All plain values; the caller keeps them alive during the call.
/// What a script may know of the address it is connected to (`bind.engine.url`): never the password.
struct ConnectedTo {
    QString user, host; ///< empty: none, as on SQLite
    QString database;   ///< SQLite: the file
    int port = 0;
    bool operator==(const ConnectedTo &) const = default;
};

struct Environment {
    QString dialectName = QStringLiteral("postgresql");
    QString projectRoot;                   ///< folder of alembic.ini: what prepend_sys_path is relative to
    QString repositoryRoot;                ///< nothing outside of it is read; empty: projectRoot
    QString scriptDirectory;               ///< script_location, absolute
    QStringList importRoots;               ///< folders that `import x` is looked up in (prepend_sys_path), inside the project
    QHash<QString, QString> variables;     ///< os.environ as far as it is known: the project's .env and what the user set
    bool knowsAllVariables = false;        ///< a name that `variables` does not have is not set (env.py, asked as this process would run it)
    QHash<QString, QString> givenValues;   ///< dotted unknown name → Python expression, given by the user
    QHash<QString, QString> configOptions; ///< main section of alembic.ini
    QHash<QString, QString> xArguments;
    std::optional<QString> tag;               ///< --tag
    QHash<QString, QString> namingConvention; ///< target_metadata's
    QString conventionProblem;                ///< why target_metadata's convention cannot be known, though the project's text has one
    QStringList namedByConvention;            ///< then: kinds ("ck") of which that text says that a name that was given is extended
    bool offline = true;                      ///< context.is_offline_mode()
    std::optional<ConnectedTo> connectedTo;   ///< nullopt: to no database
    bool renderAsBatch = false;
    /// 0, or which of BodyOutcome::otherRuns: the script as another run of Python might have it, with other orders of sets and another clock.
    int otherRun = 0;
    QString versionTable = QStringLiteral("alembic_version"), versionTableSchema; ///< schema empty: none
    QString versionTableProblem;                                                  ///< why env.py's cannot be known; then neither is
    const std::atomic<bool> *cancel = nullptr;
    /// Where files may be read.
    [[nodiscard]] QString readableRoot() const { return repositoryRoot.isEmpty() ? projectRoot : repositoryRoot; }
    bool operator==(const Environment &) const = default;
};

enum class BodyStatus { Complete, NeedsDatabase, NotUnderstood };

/// How one body came out. Operations up to the point where it stopped have gone to the sink.
struct BodyOutcome {
    BodyStatus status = BodyStatus::Complete;
    bool isMissing = false; ///< the script has no such function: Complete with nothing to do, and said so
    QString reason;         ///< one sentence, when not Complete
    QString file;           ///< of the place that `line` counts in
    int line = 0;           ///< 1-based, 0: none
    QString unknownName;    ///< dotted name that a given value would make known, if any
    QString raises;         ///< "NotImplementedError: no way back": what the script itself raises, in Python as well; empty: nothing
    QStringList notes;      ///< printed text, logging, "varies", moduleless downgrade, …
    int otherRuns = 0;      ///< how many other runs (Environment::otherRun) could give other operations; 0: every run gives these
};

/// What bodies evaluated one after another on one thread share: the modules that scripts import, made once. No body sees
/// what another one did: a body that changed something shared is the last one that sees it. Values, belongs to its thread.
class Evaluator {
public:
    Evaluator();
    ~Evaluator();
    Evaluator(const Evaluator &) = delete;
    Evaluator &operator=(const Evaluator &) = delete;

    struct Kept;

private:
    friend class ScriptFile;
    std::unique_ptr<Kept> m_kept;
};

/// A script that has been read and whose top level has been evaluated. Belongs to one thread.
class Script {
public:
    /// Reads and parses. Errors: FileNotReadable, ScriptSyntax, ScriptIsPython2.
    [[nodiscard]] static Result<std::unique_ptr<Script>> load(const QString &fileName);
    /// Parses what was read already.
    [[nodiscard]] static Result<std::unique_ptr<Script>> load(const QString &fileName, const QByteArray &source);
    virtual ~Script();

    /// Evaluates a body (no state is left from one call to the next). With an evaluator, what scripts import is taken from it
    /// and left in it. Errors: only what the sink returned, and Cancelled; everything else is in the outcome.
    [[nodiscard]] virtual Result<BodyOutcome> evaluate(Direction direction, const Environment &environment, OperationSink &sink,
                                                       Evaluator *evaluator = nullptr) = 0;
    [[nodiscard]] virtual QString fileName() const = 0;
};

/// What env.py says in context.configure(...), evaluated within the same rules with a recording `context`.
struct EnvironmentSettings {
    struct Setting {
        QString value;
        int line = 0;
        bool isKnown = false;
        QString reason;
    };
    QHash<QString, Setting> settings; ///< version_table, version_table_schema, transaction_per_migration, render_as_batch, …
    QHash<QString, QString> namingConvention;
    QString conventionProblem;  ///< why target_metadata, or its convention, cannot be known; empty: it is, or there is none
    std::optional<QString> url; ///< as set_main_option or configure(url=) left it
    QString problem;            ///< why env.py could not be evaluated to its end, empty if it was
    int problemLine = 0;
    bool mentionsVersionTable = true; ///< false: nowhere in env.py's text, so Alembic's default counts however env.py ends
};
[[nodiscard]] EnvironmentSettings readEnvironmentScript(const QString &envPyFile, const Environment &environment);

/// What the Python files below a folder say of naming conventions, by their text alone. `except`: folders that are not looked into.
struct ConventionMention {
    bool isThere = false; ///< some file has the words, or there are too many files to look
    QStringList extended; ///< kinds ("ck") whose formats have %(constraint_name)s
};
[[nodiscard]] ConventionMention conventionsMentioned(const QString &folder, const QStringList &except);

/// Whether a value that a person gives for an unknown name (Environment::givenValues) can be understood, with `sa`, `sqlalchemy`
/// and `postgresql` in scope. Error: GivenValueNotUnderstood.
[[nodiscard]] Result<void> checkGivenValue(const QString &name, const QString &expression);

/// Runs a Python program of our own making under the rules of scripts and gives the text that it leaves in `result`. Errors:
/// TemplateNotUnderstood with the program's line, Cancelled.
[[nodiscard]] Result<QString> textOfProgram(const QString &program, const Environment &environment);

/// The header of a revision script, without evaluating more than its top-level assignments.
struct HeaderFields {
    QString revision;
    QStringList downRevisions;
    QStringList branchLabels;
    QStringList dependsOn;
    QString docstring;
    int revisionLine = 0, downRevisionLine = 0;
    bool hasUpgrade = false, hasDowngrade = false;
};
/// Errors: FileNotReadable, ScriptSyntax, ScriptIsPython2, ScriptNotUnderstood (no `revision` assignment: code with file;
/// Alembic ignores such files as well, the caller decides).
[[nodiscard]] Result<HeaderFields> readHeader(const QString &fileName);
/// The header of a file that was read already.
[[nodiscard]] Result<HeaderFields> readHeader(const QString &fileName, const QByteArray &source);

} // namespace stillroom::script
