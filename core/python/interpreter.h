// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "python/tree.h"
#include "python/value.h"

#include <QString>

#include <atomic>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Evaluates a tree (Python reference, "Data model", "Execution model", "Expressions", "Simple/Compound statements").
/// Inside this wing (core/python and core/script) a Python exception travels as the C++ exception Raised and "cannot go
/// on" as Stopped: native functions may throw them, the interpreter unwinds Python frames with them. Neither leaves
/// through the doors runModule(), call() and script's evaluate(), which give Result.
namespace stillroom::python {

/// A Python exception on its way: the instance. Scripts can catch it.
class Raised : public std::exception {
public:
    explicit Raised(Value exceptionInstance) : exception(std::move(exceptionInstance)) {}
    Value exception;
    [[nodiscard]] const char *what() const noexcept override { return "python exception"; }
};

/// Evaluation cannot go on. Scripts cannot catch it; finally and __exit__ are not run.
class Stopped : public std::exception {
public:
    Stopped(StopKind k, std::string r, std::string n = {}) : kind(k), reason(std::move(r)), name(std::move(n)) {}
    StopKind kind;
    std::string reason;
    std::string name; ///< name whose value would help, if any
    [[nodiscard]] const char *what() const noexcept override { return reason.c_str(); }
};

/// Limits of one interpreter; passing one ends evaluation with OverBudget and a sentence that names the limit.
struct Budget {
    std::uint64_t steps = 50'000'000;
    std::size_t memoryBytes = std::size_t{512} * 1024 * 1024;
    int depth = 400;                                       ///< Python calls within calls (RecursionError at this depth, as CPython)
    std::size_t textBytes = std::size_t{64} * 1024 * 1024; ///< one string
};

/// Where a module comes from: core/script gives sqlalchemy, alembic, the standard library and the project's own files.
class ModuleSource {
public:
    virtual ~ModuleSource();
    /// The module of this dotted name, imported now; Empty if there is none, which the interpreter turns into an Unknown
    /// with a reason (never ImportError: the module may well exist on a machine with Python), unless `isKnownAbsent`.
    virtual Value importModule(Interpreter &interpreter, const std::string &dottedName) = 0;
    /// `from .x import y` in the script itself: the package name the script counts as, or empty.
    virtual std::string packageOf(const std::string &fileName);
};

/// Defines a native class. Every method may also be a dunder ("__eq__", "__getattr__", "__call__", "__getitem__", …):
/// operators, attribute fallback and calls of instances go through them exactly as for script classes. Script classes
/// may inherit from native ones: __init__ of the base is found by the mro; `onSubclass` runs after the class body.
class ClassBuilder {
public:
    ClassBuilder(Interpreter &interpreter, std::string_view name, std::vector<Value> bases = {}, std::string_view module = {});
    ClassBuilder &method(std::string_view name, Native native);
    ClassBuilder &classMethod(std::string_view name, Native native);
    ClassBuilder &staticMethod(std::string_view name, Native native);
    ClassBuilder &property(std::string_view name, Native getter, Native setter = {});
    ClassBuilder &attribute(std::string_view name, Value value);
    ClassBuilder &actsOutside(); ///< the database may be changed through its instances (lostcalls.h)
    /// The class's own class, made with a base builtin("type"): its methods are those of the class object itself (iteration
    /// over an Enum, Base.__getitem__, …).
    ClassBuilder &metaclass(const Value &metaclass);
    ClassBuilder &onSubclass(std::function<void(Interpreter &, const Value &newClass, Arguments &classKeywords)> hook);
    [[nodiscard]] Value build();

private:
    Value m_class;
    Interpreter &m_interpreter;
};

/// One source line that is being executed, innermost last.
struct FrameLine {
    QString file;
    int line = 0;
    QString function;
};

class LateNames; ///< latenames.h

/// How a run of script code ended other than well, with the place in the script.
struct Failure {
    enum class Kind { Exception, Stopped } kind = Kind::Exception;
    StopKind stopKind = StopKind::NotUnderstood; ///< for Stopped
    QString exceptionType;                       ///< "ValueError", for Exception
    QString text;                                ///< str(exception), or the reason
    bool isOfScript = false;                     ///< the project's own code raises that exception: Python would end there as well
    QString unknownName;                         ///< name whose value would help, if any
    std::vector<FrameLine> trace;                ///< outermost first
};
template<class T>
using Evaluated = std::expected<T, Failure>;

class Interpreter {
public:
    explicit Interpreter(ModuleSource *modules, Budget budget = {});
    ~Interpreter();
    Interpreter(const Interpreter &) = delete;
    Interpreter &operator=(const Interpreter &) = delete;

    // --- doors: give Result, never throw ---
    /// Runs a module's top level. The tree must outlive the interpreter. The module's globals are in the result.
    [[nodiscard]] Evaluated<Value> runModule(const Tree &tree, const std::string &moduleName, const QString &fileName);
    /// Makes a module of our own, each of whose statements runs when a name that it binds is first asked for. `names` must
    /// outlive the interpreter.
    [[nodiscard]] Evaluated<Value> defineModule(const LateNames &names, const std::string &moduleName, const QString &fileName);
    [[nodiscard]] Evaluated<Value> call(const Value &callable, const Values &arguments,
                                        const std::vector<std::pair<std::string, Value>> &keywords = {});
    [[nodiscard]] Evaluated<Value> evaluate(const Tree &expression, const Value &module);
    /// Runs native code within a door, turning Raised and Stopped into a Failure.
    [[nodiscard]] Evaluated<Value> guarded(const std::function<Value(Interpreter &)> &body);

    /// May be set from another thread; evaluation stops with Cancelled within a few thousand steps.
    void setCancelFlag(const std::atomic<bool> *flag);
    /// Starts the step budget anew (for each body).
    void resetSteps();

    // --- one script after another ---
    /// What `make` makes is for every script that runs here, as modules of a library are: it outlives forget(). It must not
    /// hold anything that a script made.
    [[nodiscard]] Value shared(const std::function<Value()> &make);
    /// Lets go of everything but what was shared(). False when a script changed something shared, or something outside still
    /// holds what it made: the next script would see it, so this interpreter must not run one.
    [[nodiscard]] bool forget();

    // --- making values ---
    [[nodiscard]] Value string(std::string_view utf8, bool varies = false);
    [[nodiscard]] Value string(const QString &text);
    [[nodiscard]] Value string(const char *utf8) { return string(std::string_view(utf8)); }
    [[nodiscard]] Value string(const std::string &utf8) { return string(std::string_view(utf8)); }
    [[nodiscard]] Value bytes(std::string_view bytes);
    [[nodiscard]] Value floating(double value);
    [[nodiscard]] Value integerFromText(std::string_view decimalDigits); ///< any size
    [[nodiscard]] Value tuple(Values items);
    [[nodiscard]] Value list(Values items = {});
    [[nodiscard]] Value set(const Values &items);
    [[nodiscard]] Value dict();
    [[nodiscard]] Value function(std::string_view name, Native native);
    [[nodiscard]] Value module(std::string_view dottedName); ///< a new, empty module object
    /// A module whose missing attributes are made on demand (func.X); `getter` gives Empty for "no such attribute".
    [[nodiscard]] Value module(std::string_view dottedName, std::function<Value(Interpreter &, const std::string &attribute)> getter);
    [[nodiscard]] Value unknown(StopKind why, std::string reason, std::string name = {});
    /// One through which something may be done outside the script: calls of it, and of what it is given to, end a body (lostcalls.h).
    [[nodiscard]] Value actingUnknown(StopKind why, std::string reason, std::string name = {});
    /// A new instance of a class without calling __init__.
    [[nodiscard]] Value instance(const Value &classValue, std::unique_ptr<Payload> payload = nullptr);
    [[nodiscard]] Value property(Native getter, Native setter = {});
    [[nodiscard]] Value floating(double value, bool varies);
    [[nodiscard]] Value frozenSet(const Values &items);
    [[nodiscard]] Value method(std::string_view name, Native native); ///< a function that binds to instances, for makeClass
    /// An instance of a script class that derives from str, int, dict, … carrying that built-in value.
    [[nodiscard]] Value instanceOver(const Value &classValue, const Value &builtinValue);

    // --- payload of an instance ---
    [[nodiscard]] static Payload *payload(const Value &instance); ///< null when there is none
    static void setPayload(const Value &instance, std::unique_ptr<Payload> payload);
    template<class T>
    [[nodiscard]] static T *payloadAs(const Value &instance)
    {
        return dynamic_cast<T *>(payload(instance));
    }

    // --- Python's protocols; these throw Raised or Stopped ---
    [[nodiscard]] Value getAttribute(const Value &object, std::string_view name);
    [[nodiscard]] Value findAttribute(const Value &object, std::string_view name); ///< Empty instead of AttributeError
    void setAttribute(const Value &object, std::string_view name, const Value &value);
    [[nodiscard]] Value invoke(const Value &callable, Arguments arguments);
    [[nodiscard]] Value invokeMethod(const Value &object, std::string_view name, Values arguments = {});
    [[nodiscard]] bool truth(const Value &value); ///< Unknown stops
    [[nodiscard]] bool equals(const Value &a, const Value &b);
    [[nodiscard]] std::string str(const Value &value); ///< Unknown stops
    [[nodiscard]] std::string repr(const Value &value);
    [[nodiscard]] std::uint64_t hash(const Value &value);
    [[nodiscard]] Value binary(BinaryOperator op, const Value &a, const Value &b);
    [[nodiscard]] Value compare(ComparisonOperator op, const Value &a, const Value &b);
    [[nodiscard]] Value getItem(const Value &object, const Value &key);
    void setItem(const Value &object, const Value &key, const Value &value);
    [[nodiscard]] std::int64_t length(const Value &object);
    /// Calls `each` for every element; stops early when it returns false.
    void iterate(const Value &iterable, const std::function<bool(const Value &)> &each);
    [[nodiscard]] Values toVector(const Value &iterable);
    [[nodiscard]] bool isCallable(const Value &value) const;
    [[nodiscard]] bool varies(const Value &value) const; ///< derived from clock, random, uuid4
    /// 0: this run. Any other: what another run of Python might give, for the order of sets of texts and for the clock; comparing what a
    /// script does in both tells what hangs on them. There are kOtherRuns that order sets differently.
    static constexpr int kOtherRuns = 4;
    void setOtherRun(int run);
    [[nodiscard]] int otherRun() const;
    [[nodiscard]] bool sawSetOrder() const; ///< the order of a set that differs from run to run was asked for
    [[nodiscard]] bool sawClock() const;    ///< clock, or random
    void noteClock();
    /// Marks a value as varying: an Instance or float in place (its str() varies as well), a string by a copy; other values as they are.
    [[nodiscard]] Value varying(const Value &value);
    [[nodiscard]] Value strValue(const Value &value);  ///< str(value) as a String that knows whether it varies; Unknown stays Unknown
    [[nodiscard]] Value reprValue(const Value &value); ///< repr(value), the same way
    [[nodiscard]] Value format(const Value &value, std::string_view spec); ///< format(value, spec)
    /// The built-in value under an instance of a class derived from str, int, dict, …; else the value itself.
    [[nodiscard]] static const Value &plainValue(const Value &value);
    /// Runs a coroutine to its end, without an event loop; other awaitables likewise.
    [[nodiscard]] Value awaitResult(const Value &awaitable);
    [[nodiscard]] Value super(const Value &classValue, const Value &instance);

    // --- plain access, for code that turns values into data ---
    [[nodiscard]] static std::string_view text(const Value &string); ///< of a String, unchecked
    [[nodiscard]] static QString qtext(const Value &string);
    [[nodiscard]] static std::optional<std::int64_t> toInt64(const Value &value); ///< integers and booleans that fit
    [[nodiscard]] static std::optional<double> toDouble(const Value &value);
    [[nodiscard]] std::string integerText(const Value &integer); ///< decimal digits, any size
    [[nodiscard]] std::vector<std::pair<Value, Value>> dictEntries(const Value &dict);
    [[nodiscard]] Value dictGet(const Value &dict, std::string_view key); ///< Empty if missing
    void dictSet(const Value &dict, const Value &key, const Value &value);

    // --- classes ---
    [[nodiscard]] Value classOf(const Value &value);
    [[nodiscard]] std::string className(const Value &value); ///< of the value's class
    [[nodiscard]] bool isInstance(const Value &value, const Value &classValue);
    [[nodiscard]] bool isSubclass(const Value &classValue, const Value &base);
    [[nodiscard]] std::string nameOfClass(const Value &classValue);
    [[nodiscard]] std::vector<Value> mro(const Value &classValue);
    /// Own attributes of a class or instance, in order of definition.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> ownAttributes(const Value &object);
    [[nodiscard]] Value builtin(std::string_view name); ///< "int", "ValueError", "object", …
    [[nodiscard]] Value makeClass(std::string_view name, const std::vector<Value> &bases,
                                  const std::vector<std::pair<std::string, Value>> &attributes);
    [[nodiscard]] Value exceptionClass(std::string_view name, const Value &base); ///< a new exception class

    // --- ending ---
    [[noreturn]] void raise(std::string_view builtinExceptionName, std::string message);
    [[noreturn]] void raise(const Value &exceptionClass, std::string message);
    [[noreturn]] void stop(StopKind kind, std::string reason, std::string unknownName = {});
    /// Stops if `value` is Unknown, with its reason; otherwise gives it back. `use` says what it was needed for.
    const Value &known(const Value &value, std::string_view use = {});

    // --- where we are ---
    /// Line being executed in `file`: of the innermost frame whose code stands in that file; 0 if none.
    [[nodiscard]] int currentLine(const QString &file) const;
    [[nodiscard]] std::vector<FrameLine> trace() const;
    [[nodiscard]] Value globalsOfCaller() const; ///< dict of the innermost Python frame

    /// Text that print() and logging wrote, for the revision's notes; called on the interpreter's thread.
    void setOutput(std::function<void(std::string_view text)> output);
    void writeOutput(std::string_view text);

    /// Replaces or adds a builtin ("open").
    void setBuiltin(std::string_view name, const Value &value);

    // --- modules ---
    /// sys.modules: what has been imported, by dotted name.
    [[nodiscard]] Value importedModule(const std::string &dottedName) const;
    void registerModule(const std::string &dottedName, const Value &module);
    [[nodiscard]] Value importModule(const std::string &dottedName); ///< asks the ModuleSource; never Empty

    void charge(std::size_t bytes); ///< counts against the memory budget

    struct State;
    [[nodiscard]] State &state() { return *m_state; }

private:
    std::unique_ptr<State> m_state;
};

} // namespace stillroom::python
