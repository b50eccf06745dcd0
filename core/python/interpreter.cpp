// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/interpreter.h"

#include "python/compiler.h"
#include "python/runtime.h"

#include <new>
#include <stdexcept>

namespace stillroom::python {

ModuleSource::~ModuleSource() = default;
std::string ModuleSource::packageOf(const std::string &) { return {}; }

Interpreter::Interpreter(ModuleSource *modules, Budget budget) : m_state(std::make_unique<State>(*this, modules, budget)) {}
Interpreter::~Interpreter() = default;

Value Interpreter::shared(const std::function<Value()> &make)
{
    const State::Sharing sharing(*m_state);
    return make();
}

bool Interpreter::forget()
{
    const bool isClean = m_state->forget();
    resetSteps();
    return isClean;
}

// --- doors ---

namespace {
Failure failureOf(Interpreter &py, const Raised &raised)
{
    Failure f;
    f.kind = Failure::Kind::Exception;
    f.exceptionType = QString::fromStdString(py.className(raised.exception));
    if (const ExceptionPayload *payload = exceptionOf(raised.exception)) {
        f.trace.assign(payload->trace.rbegin(), payload->trace.rend());
        f.isOfScript = payload->isOfScript;
    }
    try {
        f.text = QString::fromUtf8(exceptionText(py, raised.exception));
    } catch (const Raised &) {
        f.text = QStringLiteral("<exception str() failed>");
    } catch (const Stopped &stopped) {
        f.text = QString::fromStdString(stopped.reason);
    }
    return f;
}

Failure failureOf(Interpreter &py, StopKind kind, std::string_view reason, const std::string &name)
{
    Failure f;
    f.kind = Failure::Kind::Stopped;
    f.stopKind = kind;
    f.text = QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size()));
    f.unknownName = QString::fromStdString(name);
    f.trace = py.state().stopTraceTaken ? py.state().stopTrace : py.trace();
    py.state().stopTraceTaken = false; // a door within a door: the outer run may stop once more, elsewhere
    return f;
}
} // namespace

Evaluated<Value> Interpreter::guarded(const std::function<Value(Interpreter &)> &body)
{
    State &st = *m_state;
    Frame *const frame = st.frame;
    const int depth = st.depth;
    const int nativeDepth = st.nativeDepth;
    const int runDepth = st.runDepth;
    const auto restore = [&] {
        st.frame = frame;
        st.depth = depth;
        st.nativeDepth = nativeDepth;
        st.runDepth = runDepth;
    };
    if (!frame)
        st.stopTraceTaken = false;
    try {
        return body(*this);
    } catch (const Raised &raised) {
        restore();
        return std::unexpected(failureOf(*this, raised));
    } catch (const Stopped &stopped) {
        restore();
        return std::unexpected(failureOf(*this, stopped.kind, stopped.reason, stopped.name));
    } catch (const std::bad_alloc &) {
        restore();
        return std::unexpected(failureOf(*this, StopKind::OverBudget, "the script needs more memory than there is", {}));
    } catch (const std::length_error &) {
        restore();
        return std::unexpected(failureOf(*this, StopKind::OverBudget, "the script makes something larger than can be held", {}));
    } catch (const std::exception &) {
        restore();
        return std::unexpected(failureOf(*this, StopKind::NotUnderstood, "the script does something that is not evaluated here", {}));
    }
}

Value beginModule(Interpreter &py, const Tree &tree, Unit &unit, const std::string &moduleName, const QString &fileName)
{
    Interpreter::State &st = py.state();
    unit.file = fileName;
    unit.isLibrary = fileName.startsWith(QLatin1Char('<'));
    const Value module = py.importedModule(moduleName).isKind(ObjectKind::Module) ? py.importedModule(moduleName) : py.module(moduleName);
    auto *globals = module.as<ModuleObject>()->globals.as<DictObject>();
    dictInsertName(py, globals, st.word(Word::name), py.string(moduleName));
    dictInsertName(py, globals, st.word(Word::file), py.string(fileName));
    dictInsertName(py, globals, st.word(Word::doc), tree.docstring() ? py.string(*tree.docstring()) : Value::none());
    return module;
}

Evaluated<Value> Interpreter::runModule(const Tree &tree, const std::string &moduleName, const QString &fileName)
{
    return guarded([&](Interpreter &py) {
        Unit &unit = py.state().newUnit();
        const Value module = beginModule(py, tree, unit, moduleName, fileName);
        Code *code = compileModule(py, tree.body(), unit);
        static_cast<void>(runCode(py, code, module.as<ModuleObject>()->globals, {}, {}));
        return module;
    });
}

Evaluated<Value> Interpreter::call(const Value &callable, const Values &arguments, const std::vector<std::pair<std::string, Value>> &keywords)
{
    ++m_state->calls;
    auto called = guarded([&](Interpreter &py) {
        const Value result = callFunction(py, callable, {arguments, keywords});
        const auto *generator = result.to<GeneratorObject>();
        return generator && generator->isCoroutine ? runCoroutine(py, result) : result;
    });
    --m_state->calls;
    return called;
}

Evaluated<Value> Interpreter::evaluate(const Tree &expression, const Value &module)
{
    return guarded([&](Interpreter &py) -> Value {
        const Block body = expression.body();
        if (body.size() != 1 || body[0]->kind != StatementKind::ExpressionStatement)
            py.stop(StopKind::NotUnderstood, "this is not one expression");
        State &st = py.state();
        Unit &unit = st.newUnit();
        Code *code = compileExpression(py, *static_cast<const ExpressionStatement *>(body[0])->value, unit);
        const auto *m = module.to<ModuleObject>();
        const Value globals = m ? m->globals : asDict(module) ? module : py.dict();
        return runCode(py, code, globals, {}, {});
    });
}

void Interpreter::setCancelFlag(const std::atomic<bool> *flag) { m_state->cancelFlag = flag; }
void Interpreter::resetSteps()
{
    m_state->steps = 0;
    m_state->nextCheck = std::min<std::uint64_t>(4096, m_state->budget.steps);
}

// --- making values ---

Value Interpreter::string(std::string_view utf8, bool varies) { return m_state->newString(std::string(utf8), varies); }
Value Interpreter::string(const QString &text) { return m_state->newString(text.toStdString()); }
Value Interpreter::bytes(std::string_view b) { return Value::fromObject(m_state->make<BytesObject>(std::string(b))); }
Value Interpreter::floating(double value) { return m_state->newFloat(value); }
Value Interpreter::floating(double value, bool varies) { return m_state->newFloat(value, varies); }

Value Interpreter::integerFromText(std::string_view digits)
{
    const auto value = integerParse(*this, digits, 10);
    if (!value)
        raise("ValueError", "invalid literal for int() with base 10: " + quotedText(digits));
    return *value;
}

Value Interpreter::tuple(Values items) { return m_state->newTuple(std::move(items)); }
Value Interpreter::list(Values items) { return m_state->newList(std::move(items)); }
Value Interpreter::dict() { return m_state->newDict(); }

Value Interpreter::set(const Values &items)
{
    auto *s = m_state->make<SetObject>(false);
    Value v = Value::fromObject(s);
    for (const Value &item : items)
        setAdd(*this, s, item);
    return v;
}

Value Interpreter::frozenSet(const Values &items)
{
    auto *s = m_state->make<SetObject>(true);
    Value v = Value::fromObject(s);
    for (const Value &item : items)
        setAdd(*this, s, item);
    return v;
}

Value makeNative(Interpreter &py, std::string_view name, Native native, bool isMethod, ClassObject *owner)
{
    auto *f = py.state().make<NativeFunctionObject>();
    f->name = name;
    f->native = std::move(native);
    f->isMethod = isMethod;
    f->owner = owner;
    f->passesUnknown = owner && owner->row && builtinPassesUnknown(owner->builtin);
    return Value::fromObject(f);
}

Value Interpreter::function(std::string_view name, Native native) { return makeNative(*this, name, std::move(native), false); }
Value Interpreter::method(std::string_view name, Native native) { return makeNative(*this, name, std::move(native), true); }

Value Interpreter::module(std::string_view dottedName)
{
    auto *m = m_state->make<ModuleObject>();
    m->name = dottedName;
    Value v = Value::fromObject(m);
    m->globals = m_state->newDict();
    dictInsertName(*this, m->globals.as<DictObject>(), m_state->word(Word::name), string(dottedName));
    return v;
}

Value Interpreter::module(std::string_view dottedName, std::function<Value(Interpreter &, const std::string &)> getter)
{
    Value v = module(dottedName);
    v.as<ModuleObject>()->getter = std::move(getter);
    return v;
}

Value Interpreter::unknown(StopKind why, std::string reason, std::string name)
{
    m_state->countSteps(20); // its texts are copied wherever it goes
    return Value::fromObject(m_state->make<UnknownObject>(why, std::move(reason), std::move(name)));
}

Value Interpreter::actingUnknown(StopKind why, std::string reason, std::string name)
{
    Value value = unknown(why, std::move(reason), std::move(name));
    value.as<UnknownObject>()->mayAct = true;
    return value;
}

Value Interpreter::instance(const Value &classValue, std::unique_ptr<Payload> payload)
{
    auto *cls = classValue.as<ClassObject>();
    auto *i = m_state->make<InstanceObject>(cls);
    Value v = Value::fromObject(i);
    i->payload = std::move(payload);
    if (!i->payload && cls->layout == BuiltinClass::BaseException) {
        auto state = std::make_unique<ExceptionPayload>();
        state->arguments = m_state->emptyTuple;
        i->payload = std::move(state);
    }
    return v;
}

Value Interpreter::instanceOver(const Value &classValue, const Value &builtinValue) { return wrapBase(*this, classValue, builtinValue); }

Value Interpreter::property(Native getter, Native setter)
{
    auto *p = m_state->make<PropertyObject>();
    Value v = Value::fromObject(p);
    p->getter = makeNative(*this, "property", std::move(getter), true);
    if (setter)
        p->setter = makeNative(*this, "property", std::move(setter), true);
    return v;
}

Payload *Interpreter::payload(const Value &v)
{
    const auto *i = v.to<InstanceObject>();
    return i ? i->payload.get() : nullptr;
}

void Interpreter::setPayload(const Value &v, std::unique_ptr<Payload> payload)
{
    if (auto *i = v.to<InstanceObject>())
        i->payload = std::move(payload);
}

// --- protocols ---

Value Interpreter::getAttribute(const Value &object, std::string_view name) { return python::getAttribute(*this, object, m_state->intern(name)); }
Value Interpreter::findAttribute(const Value &object, std::string_view name) { return python::findAttribute(*this, object, m_state->intern(name)); }
void Interpreter::setAttribute(const Value &object, std::string_view name, const Value &value)
{
    python::setAttribute(*this, object, m_state->intern(name), value);
}
Value Interpreter::invoke(const Value &callable, Arguments arguments) { return callFunction(*this, callable, std::move(arguments)); }

Value Interpreter::invokeMethod(const Value &object, std::string_view name, Values arguments)
{
    Value function;
    Value self;
    loadMethod(*this, object, m_state->intern(name), function, self);
    if (self)
        arguments.insert(arguments.begin(), self);
    return callFunction(*this, function, {std::move(arguments), {}});
}

std::string Interpreter::str(const Value &value)
{
    const Value s = strOf(*this, value);
    known(s, "made into text");
    return s.as<StringObject>()->text;
}

std::string Interpreter::repr(const Value &value)
{
    const Value s = reprOf(*this, value);
    known(s, "made into text");
    return s.as<StringObject>()->text;
}

Value Interpreter::strValue(const Value &value) { return strOf(*this, value); }
Value Interpreter::reprValue(const Value &value) { return reprOf(*this, value); }
Value Interpreter::format(const Value &value, std::string_view spec) { return formatValue(*this, value, string(spec)); }
const Value &Interpreter::plainValue(const Value &value) { return plain(value); }
Value Interpreter::awaitResult(const Value &awaitable) { return runCoroutine(*this, awaitable); }
Value Interpreter::super(const Value &classValue, const Value &object) { return Value::fromObject(m_state->make<SuperObject>(classValue, object)); }

Value Interpreter::binary(BinaryOperator op, const Value &a, const Value &b) { return binaryOperation(*this, op, a, b); }
Value Interpreter::compare(ComparisonOperator op, const Value &a, const Value &b) { return compareValues(*this, op, a, b); }

void Interpreter::iterate(const Value &iterable, const std::function<bool(const Value &)> &each) { forEach(*this, iterable, each); }

Values Interpreter::toVector(const Value &iterable)
{
    Values items;
    std::size_t promised = 0;
    forEach(*this, iterable, [&](const Value &v) {
        if (items.size() == promised) {
            promised = promised ? promised * 2 : 64;
            m_state->willAllocate(promised * sizeof(Value));
        }
        items.push_back(v);
        return true;
    });
    return items;
}

bool Interpreter::isCallable(const Value &value) const
{
    switch (value.object() ? value.object()->kind : ObjectKind::Float) {
    case ObjectKind::Function:
    case ObjectKind::NativeFunction:
    case ObjectKind::BoundMethod:
    case ObjectKind::Class:
    case ObjectKind::StaticMethod:
    case ObjectKind::Unknown:
        return true;
    case ObjectKind::Instance:
        return m_state->lookup(value.as<InstanceObject>()->cls, Word::call) != nullptr;
    default:
        return false;
    }
}

void Interpreter::setOtherRun(int run) { m_state->otherRun = run; }
int Interpreter::otherRun() const { return m_state->otherRun; }
bool Interpreter::sawSetOrder() const { return m_state->sawSetOrder; }
bool Interpreter::sawClock() const { return m_state->sawClock; }
void Interpreter::noteClock() { m_state->sawClock = true; }

bool Interpreter::varies(const Value &value) const
{
    if (const auto *s = value.to<StringObject>())
        return s->varies;
    if (const auto *f = value.to<FloatObject>())
        return f->varies;
    if (const auto *i = value.to<InstanceObject>())
        return i->varies || (i->base && varies(i->base));
    return false;
}

Value Interpreter::varying(const Value &value)
{
    if (const auto *s = value.to<StringObject>())
        return m_state->newString(s->text, true);
    if (const auto *f = value.to<FloatObject>())
        return m_state->newFloat(f->value, true);
    if (auto *i = value.to<InstanceObject>())
        i->varies = true;
    return value;
}

// --- plain access ---

std::string_view Interpreter::text(const Value &v) { return plain(v).as<StringObject>()->text; }
QString Interpreter::qtext(const Value &v)
{
    const std::string_view s = text(v);
    return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size()));
}

std::optional<std::int64_t> Interpreter::toInt64(const Value &value)
{
    const Value &v = plain(value);
    if (v.isSmallInteger() || v.isBoolean())
        return smallOf(v);
    return std::nullopt;
}

std::optional<double> Interpreter::toDouble(const Value &value)
{
    const Value &v = plain(value);
    if (const auto *f = v.to<FloatObject>())
        return f->value;
    if (v.isSmallInteger() || v.isBoolean())
        return static_cast<double>(smallOf(v));
    if (const auto *big = v.to<BigIntegerObject>())
        return mpz_get_d(big->number);
    return std::nullopt;
}

std::string Interpreter::integerText(const Value &integer) { return python::integerText(*this, plain(integer)); }

std::vector<std::pair<Value, Value>> Interpreter::dictEntries(const Value &dict)
{
    std::vector<std::pair<Value, Value>> entries;
    if (const DictObject *d = asDict(dict))
        for (const HashTable::Entry &e : d->table.entries())
            if (e.key)
                entries.emplace_back(e.key, e.value);
    return entries;
}

Value Interpreter::dictGet(const Value &dict, std::string_view key)
{
    DictObject *d = asDict(dict);
    if (!d)
        return {};
    StringObject *name = m_state->intern(key);
    const Value *v = d->table.findName(name, nameHash(name));
    return v ? *v : Value();
}

void Interpreter::dictSet(const Value &dict, const Value &key, const Value &value)
{
    if (DictObject *d = asDict(dict))
        dictInsert(*this, d, key, value);
}

// --- classes ---

Value Interpreter::classOf(const Value &value) { return Value::fromObject(m_state->classOf(value)); }
std::string Interpreter::className(const Value &value) { return m_state->classOf(value)->name; }

bool Interpreter::isInstance(const Value &value, const Value &classValue)
{
    const Value answer = isInstanceValue(*this, value, classValue, false);
    known(answer, "tested");
    return answer.isTrue();
}

bool Interpreter::isSubclass(const Value &classValue, const Value &base)
{
    return classValue.isKind(ObjectKind::Class) && base.isKind(ObjectKind::Class) &&
           isSubclassOf(classValue.as<ClassObject>(), base.as<ClassObject>());
}

std::string Interpreter::nameOfClass(const Value &classValue)
{
    const auto *c = classValue.to<ClassObject>();
    return c ? c->name : std::string();
}

std::vector<Value> Interpreter::mro(const Value &classValue)
{
    std::vector<Value> order;
    if (const auto *c = classValue.to<ClassObject>())
        for (ClassObject *one : c->mro)
            order.push_back(Value::fromObject(one));
    return order;
}

std::vector<std::pair<std::string, Value>> Interpreter::ownAttributes(const Value &object)
{
    std::vector<std::pair<std::string, Value>> attributes;
    if (const auto *module = object.to<ModuleObject>())
        finishLateNames(*this, module->globals);
    if (const DictObject *d = attributesOf(*this, object, false))
        for (const HashTable::Entry &e : d->table.entries())
            if (e.key.isString())
                attributes.emplace_back(e.key.as<StringObject>()->text, e.value);
    return attributes;
}

Value Interpreter::builtin(std::string_view name) { return m_state->findBuiltin(m_state->intern(name)); }

Value Interpreter::makeClass(std::string_view name, const std::vector<Value> &bases, const std::vector<std::pair<std::string, Value>> &attributes)
{
    const Value space = dict();
    for (const auto &[key, value] : attributes)
        dictInsertName(*this, space.as<DictObject>(), m_state->intern(key), value);
    ClassObject *meta = m_state->cls(BuiltinClass::Type);
    for (const Value &b : bases)
        if (ClassObject *other = m_state->classOf(b); b.isKind(ObjectKind::Class) && isSubclassOf(other, meta))
            meta = other;
    Arguments none;
    return buildClass(*this, std::string(name), bases, space, none, meta);
}

Value Interpreter::exceptionClass(std::string_view name, const Value &base) { return makeClass(name, {base}, {}); }

// --- ending ---

void Interpreter::raise(std::string_view name, std::string message) { raise(builtin(name), std::move(message)); }

void Interpreter::raise(const Value &exceptionClass, std::string message)
{
    const Value exception = callFunction(*this, exceptionClass, {{string(message)}, {}});
    setContext(*this, exception);
    throw Raised(exception);
}

void Interpreter::stop(StopKind kind, std::string reason, std::string unknownName) { throw Stopped(kind, std::move(reason), std::move(unknownName)); }

const Value &Interpreter::known(const Value &value, std::string_view)
{
    if (value.isUnknown()) {
        const auto *u = value.as<UnknownObject>();
        throw Stopped(u->why, u->reason, u->name);
    }
    return value;
}

// --- where we are ---

int Interpreter::currentLine(const QString &file) const
{
    for (const Frame *f = m_state->frame; f; f = f->back)
        if (f->code->unit->file == file)
            return f->code->instructions[static_cast<std::size_t>(f->pc > 0 ? f->pc - 1 : 0)].line;
    return 0;
}

std::vector<FrameLine> Interpreter::trace() const
{
    std::vector<FrameLine> lines;
    for (const Frame *f = m_state->frame; f; f = f->back)
        lines.push_back({f->code->unit->file, f->code->instructions[static_cast<std::size_t>(f->pc > 0 ? f->pc - 1 : 0)].line,
                         QString::fromUtf8(f->code->name->text)});
    std::reverse(lines.begin(), lines.end());
    return lines;
}

Value Interpreter::globalsOfCaller() const { return m_state->frame ? m_state->frame->globals : Value(); }

void Interpreter::setOutput(std::function<void(std::string_view)> output) { m_state->output = std::move(output); }
void Interpreter::writeOutput(std::string_view text)
{
    charge(text.size()); // somebody keeps it
    if (m_state->output)
        m_state->output(text);
}

void Interpreter::setBuiltin(std::string_view name, const Value &value) { dictInsertName(*this, m_state->builtins, m_state->intern(name), value); }

// --- modules ---

Value Interpreter::importedModule(const std::string &dottedName) const
{
    const auto it = m_state->importedModules.find(dottedName);
    return it == m_state->importedModules.end() ? Value() : it->second;
}

void Interpreter::registerModule(const std::string &dottedName, const Value &module) { m_state->importedModules[dottedName] = module; }

Value Interpreter::importModule(const std::string &dottedName)
{
    if (Value known = importedModule(dottedName))
        return known;
    Value module = m_state->modules ? m_state->modules->importModule(*this, dottedName) : Value();
    if (!module)
        module = unknown(StopKind::NotUnderstood, "the module '" + dottedName + "' is not part of the project and cannot be evaluated", dottedName);
    if (!importedModule(dottedName))
        registerModule(dottedName, module);
    return module;
}

void Interpreter::charge(std::size_t bytes)
{
    m_state->willAllocate(0);
    m_state->charged += static_cast<std::int64_t>(bytes);
    m_state->willAllocate(0);
}

} // namespace stillroom::python
