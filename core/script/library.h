// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "script/evaluation.h"
#include "script/modules.h"
#include "script/projectmodules.h"
#include "sql/operation.h"

#include <QSet>
#include <QString>

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stillroom::script {

/// A name that is more than a str: op.f() and quoted_name(). The string itself stays a plain Python string.
struct NameMark {
    python::Value keepsAlive;
    bool isConventional = false;
    std::optional<bool> quote;
};

/// What the scripts of one interpreter see: the modules they import and the place their operations go to. One library
/// for one interpreter and one evaluation; belongs to its thread. Its methods are called from native functions and may throw
/// python::Raised and python::Stopped.
class Library final : public python::ModuleSource {
public:
    /// `sink` may be null: then operations are refused (reading env.py, evaluating a module's top level).
    Library(const Environment &environment, OperationSink *sink, QString scriptFile);
    ~Library() override;

    /// The interpreter must have been made with this library as its module source, and lives longer than the calls.
    void attach(python::Interpreter &interpreter);
    /// Lets go of every value, before the interpreter goes away.
    void release();
    /// The next script: its file and where its operations go. Only after forget().
    void begin(OperationSink *sink, QString scriptFile);
    /// Lets go of everything that belongs to the last script; false when this library and its interpreter must not see another.
    [[nodiscard]] bool forget();
    /// A module of the library itself registers something that scripts ask for later: that is not kept for the next script.
    void noteRegistration();
    [[nodiscard]] python::Interpreter &interpreter() { return *m_interpreter; }
    [[nodiscard]] const ProjectModules &projectModules() const { return m_projectModules; }
    [[nodiscard]] const Environment &environment() const { return m_environment; }
    [[nodiscard]] const QString &scriptFile() const { return m_scriptFile; }
    [[nodiscard]] bool isPostgreSql() const { return m_environment.dialectName == QLatin1String("postgresql"); }
    [[nodiscard]] bool isSqlite() const { return m_environment.dialectName == QLatin1String("sqlite"); }

    // --- modules ---
    python::Value importModule(python::Interpreter &interpreter, const std::string &dottedName) override;
    std::string packageOf(const std::string &fileName) override;
    /// The value that the user gave for this dotted name, or Empty.
    [[nodiscard]] python::Value givenValue(const std::string &dottedName);
    [[nodiscard]] python::Value givenAttribute(const std::string &dottedName, const python::Value &underlying, const std::string &name);
    /// The object that this maker makes under this name, made at the first call.
    [[nodiscard]] python::Value named(NameMaker make, std::string_view name);

    // --- operations ---
    /// Hands an operation on to the sink. Ends the evaluation when the sink refuses.
    void emit(sql::Operation::Kind kind, QStringList notes = {});
    void send(sql::Operation operation); ///< one that has its origin already
    /// Runs a statement whose result the script may read; nullopt: not known in this evaluation.
    [[nodiscard]] std::optional<QueryResult> query(sql::Execute statement, QStringList notes = {});
    /// What the database holds (OperationSink::inventory); nullopt: not known in this evaluation.
    [[nodiscard]] std::optional<QVariantMap> inventory(const QString &table);
    /// The text of an operation, for a script that compiles SQL by itself; stops where it is not known.
    [[nodiscard]] QString compiled(const QString &dialectName, sql::Operation::Kind kind, bool hasLiteralValues);
    [[nodiscard]] sql::Origin origin() const;
    /// Operations are taken only while a body runs: while the script's top level runs, Alembic's `op` has no context.
    void setAcceptsOperations(bool accepts) { m_acceptsOperations = accepts; }
    void requireContext(const char *what);

    /// What the sink returned, when it refused: evaluation ends with it.
    [[nodiscard]] const std::optional<Error> &sinkError() const { return m_sinkError; }

    // --- notes of the revision ---
    void note(const QString &text);
    [[nodiscard]] const QStringList &notes() const { return m_notes; }
    /// Of the operation that comes next: a name in it might be another one.
    void noteName(const QString &text);
    [[nodiscard]] QStringList takeNameNotes() { return std::exchange(m_nameNotes, {}); }

    // --- small state that several files share ---
    [[nodiscard]] int nextCreationOrder() { return ++m_creationOrder; }
    [[nodiscard]] python::Value markedName(std::string_view text, NameMark mark);
    [[nodiscard]] const NameMark *markOf(const python::Value &name) const;
    /// True the first time for each named type: CREATE TABLE makes a named enum once in an evaluation.
    [[nodiscard]] bool claimNamedType(const QString &schema, const QString &name);
    [[nodiscard]] QString variable(const QString &name, bool *isSet) const; ///< os.environ

    /// Any object that other files keep for the length of the evaluation (a registry of compiles() functions, …).
    template<class T>
    [[nodiscard]] T &shared()
    {
        struct Holder final : Shared {
            T value;
        };
        static const char kKey = 0;
        auto &slot = m_shared[&kKey];
        if (!slot)
            slot = std::make_unique<Holder>();
        return static_cast<Holder *>(slot.get())->value;
    }
    /// The same, kept for as long as the modules are: what they know of each other.
    template<class T>
    [[nodiscard]] T &kept()
    {
        struct Holder final : Shared {
            T value;
        };
        static const char kKey = 0;
        auto &slot = m_kept[&kKey];
        if (!slot)
            slot = std::make_unique<Holder>();
        return static_cast<Holder *>(slot.get())->value;
    }

private:
    struct Shared {
        virtual ~Shared() = default;
    };
    [[nodiscard]] python::Value tableModule(const std::string &dottedName, const ModuleDescription &description);
    void runSource(const std::string &dottedName, const ModuleDescription &description);
    [[nodiscard]] python::Value publicNames(const std::string &dottedName, const ModuleDescription &description);
    [[nodiscard]] python::Value tableName(const std::string &dottedName, const ModuleDescription &description, const std::string &name);
    [[nodiscard]] python::Value givenNamespace(const std::string &dottedName, const python::Value &underlying);
    [[nodiscard]] bool hasGivenBelow(const std::string &dottedName) const;
    [[nodiscard]] python::Value givenType(const python::Value &value);

    const Environment &m_environment;
    OperationSink *m_sink;
    QString m_scriptFile;
    python::Interpreter *m_interpreter = nullptr;
    bool m_acceptsOperations = false;
    std::optional<Error> m_sinkError;
    QStringList m_notes, m_nameNotes;
    int m_creationOrder = 0;
    std::map<std::pair<NameMaker, std::string>, python::Value> m_named;
    std::unordered_map<const void *, NameMark> m_marks;
    QSet<QString> m_namedTypes;
    std::map<const void *, std::unique_ptr<Shared>> m_shared, m_kept;
    bool m_keepsModules = true;
    ProjectModules m_projectModules;
    std::vector<std::unique_ptr<python::Tree>> m_givenTrees;
};

} // namespace stillroom::script
