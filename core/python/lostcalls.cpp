// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lostcalls.h"

#include "python/compiler.h"
#include "python/runtime.h"
#include "python/state.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace stillroom::python {

namespace {

/// Words by which loggers, printers and modules of Python's library go: what they do is no SQL.
bool isTalk(const std::string &name)
{
    static const std::set<std::string, std::less<>> words{
        "debug",  "info",     "warning",         "warn",         "error",      "critical",   "exception", "log", "print", "echo",   "secho",
        "logger", "logging",  "capture_message", "gc",           "locale",     "signal",     "atexit",    "os",  "sys",   "shutil", "resource",
        "tqdm",   "warnings", "tracemalloc",     "faulthandler", "sentry_sdk", "load_dotenv"};
    std::size_t from = 0;
    while (from <= name.size()) {
        const std::size_t end = std::min(name.find('.', from), name.size());
        if (words.contains(std::string_view(name).substr(from, end - from)))
            return true;
        from = end + 1;
    }
    return false;
}

/// Looks through what a value holds. Each object is looked at once, and so many of them at most: beyond that, it is taken to act.
class Search {
public:
    explicit Search(Interpreter &py) : m_py(py), m_state(py.state()) {}

    bool in(const Value &value)
    {
        const Object *object = value.object();
        if (!object || object->kind == ObjectKind::String || !m_seen.insert(object).second)
            return false;
        if (m_seen.size() > kMost)
            return true;
        m_state.countSteps(1);
        switch (object->kind) {
        case ObjectKind::Unknown:
            return value.as<UnknownObject>()->mayAct;
        case ObjectKind::Instance:
            return inInstance(value.as<InstanceObject>());
        case ObjectKind::Module:
            return isMarked(value);
        case ObjectKind::Function:
            return inFunction(value.as<FunctionObject>());
        case ObjectKind::NativeFunction:
            return in(value.as<NativeFunctionObject>()->attributes) || isMarked(value);
        case ObjectKind::BoundMethod:
            return in(value.as<BoundMethodObject>()->self) || in(value.as<BoundMethodObject>()->function);
        case ObjectKind::Class:
            return inClass(value.as<ClassObject>());
        case ObjectKind::Generator:
            return inFrame(value.as<GeneratorObject>()->frame.get());
        case ObjectKind::Cell:
            return in(value.as<CellObject>()->content);
        case ObjectKind::Property:
            return in(value.as<PropertyObject>()->getter);
        case ObjectKind::ClassMethod:
            return in(value.as<ClassMethodObject>()->function);
        case ObjectKind::StaticMethod:
            return in(value.as<StaticMethodObject>()->function);
        case ObjectKind::Super:
            return in(value.as<SuperObject>()->object);
        case ObjectKind::Tuple:
            return inAll(value.as<TupleObject>()->items);
        case ObjectKind::List:
            return inAll(value.as<ListObject>()->items);
        case ObjectKind::Dict:
            return inTable(value.as<DictObject>()->table);
        case ObjectKind::Iterator:
            return in(iteratedBy(*value.as<IteratorObject>()));
        case ObjectKind::DictView:
            return in(value.as<DictViewObject>()->dict);
        case ObjectKind::Set:
        case ObjectKind::FrozenSet:
            return inTable(value.as<SetObject>()->table);
        case ObjectKind::BigInteger:
        case ObjectKind::Float:
        case ObjectKind::Complex:
        case ObjectKind::String:
        case ObjectKind::Bytes:
        case ObjectKind::ByteArray:
        case ObjectKind::Range:
        case ObjectKind::Slice:
        case ObjectKind::Code:
        case ObjectKind::Ellipsis:
        case ObjectKind::NotImplemented:
            return false;
        }
        return false;
    }

private:
    static constexpr std::size_t kMost = 1'000'000;

    bool inAll(const Values &values)
    {
        return std::ranges::any_of(values, [this](const Value &each) { return in(each); });
    }

    bool inTable(const HashTable &table)
    {
        return std::ranges::any_of(table.entries(), [this](const HashTable::Entry &e) { return e.key && (in(e.key) || in(e.value)); });
    }

    bool isMarked(const Value &value) { return m_py.findAttribute(value, kActsOutside).isTrue(); }

    bool inInstance(const InstanceObject *instance)
    {
        const Value *mark = m_state.lookup(instance->cls, m_state.intern(kActsOutside));
        if ((mark && mark->isTrue()) || in(instance->attributes) || in(instance->base))
            return true;
        return std::ranges::any_of(instance->cls->mro, [this](ClassObject *each) { return in(Value::fromObject(each)); });
    }

    /// A class that the script defines: what its methods do.
    bool inClass(const ClassObject *cls)
    {
        if (cls->isNative || cls->row)
            return false;
        return in(cls->attributes);
    }

    bool inFunction(FunctionObject *function)
    {
        return inAll(function->closure) || inAll(function->defaults) ||
               (!function->code->unit->isLibrary && inCode(*function->code, function->globals));
    }

    /// The globals that code refers to, also in functions within it.
    bool inCode(Code &code, const Value &globals)
    {
        if (!m_codes.insert(&code).second)
            return false;
        if (!code.compiled)
            compileBody(m_py, code);
        for (const Instruction &in : code.instructions)
            if (in.op == Op::MakeFunction && inCode(code.unit->codes[static_cast<std::size_t>(in.argument)], globals))
                return true;
        auto *names = globals.to<DictObject>();
        return names && std::ranges::any_of(code.names, [&](StringObject *name) {
                   const Value *value = names->table.findName(name, nameHash(name));
                   return value && in(Value(*value));
               });
    }

    bool inFrame(Frame *frame)
    {
        return frame && !frame->code->unit->isLibrary && (inAll(frame->locals) || inAll(frame->stack) || inCode(*frame->code, frame->globals));
    }

    Interpreter &m_py;
    Interpreter::State &m_state;
    std::unordered_set<const Object *> m_seen;
    std::unordered_set<const Code *> m_codes;
};

} // namespace

bool actsOutside(Interpreter &py, const Value &value) { return Search(py).in(value); }

Value callUnknown(Interpreter &py, const Value &callee, const Value *positional, std::size_t count, const Value *keywords, std::size_t keywordCount,
                  bool isResultDropped)
{
    const Interpreter::State &st = py.state();
    const auto *unknown = callee.as<UnknownObject>();
    if (isTalk(unknown->name))
        return callee;
    const bool isBody = st.calls > 0 && st.frame && !st.frame->code->isModule;
    if (isBody && (unknown->mayAct || (isResultDropped && unknown->why == StopKind::NotUnderstood && st.runsProjectCode())))
        py.known(callee, "called");
    Search search(py);
    const auto acts = [&search](const Value &each) { return search.in(each); };
    if (unknown->mayAct || (!std::any_of(positional, positional + count, acts) && !std::any_of(keywords, keywords + keywordCount, acts)))
        return callee;
    if (isBody)
        py.stop(unknown->why, unknown->reason + "; what is called here is given the means to change the database", unknown->name);
    Value result = py.unknown(unknown->why, unknown->reason, unknown->name);
    result.as<UnknownObject>()->mayAct = true; // @app.retry on a function of the script: calling the result calls that
    return result;
}

} // namespace stillroom::python
