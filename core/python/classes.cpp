// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"
#include "python/lostcalls.h"
#include "python/runtime.h"

#include <algorithm>

/// Classes (Python reference, "Customizing class creation"; the C3 linearisation of method resolution order).
namespace stillroom::python {

ClassObject *Interpreter::State::newClass(std::string name)
{
    auto *c = make<ClassObject>();
    classes.push_back(Value::fromObject(c));
    constexpr std::size_t kAround = 1500; // its mro, its place among its base's subclasses, its namespace
    account(c, kAround);
    c->name = std::move(name);
    c->attributes = newDict();
    return c;
}

ClassObject *Interpreter::State::makeBuiltinClass(BuiltinClass id)
{
    const Sharing sharing(*this);
    const BuiltinRow &row = builtinRow(id);
    ClassObject *c = newClass(std::string(row.name));
    builtinClasses[static_cast<std::size_t>(id)] = c;
    c->row = &row;
    c->builtin = c->layout = id;
    c->isNative = c->isSealed = true;
    c->mro.push_back(c);
    if (id != BuiltinClass::Object) {
        ClassObject *base = cls(row.base);
        c->bases.push_back(Value::fromObject(base));
        c->mro.insert(c->mro.end(), base->mro.begin(), base->mro.end());
        if (id == BuiltinClass::ExceptionGroup) {
            ClassObject *exception = cls(BuiltinClass::Exception);
            c->bases.push_back(Value::fromObject(exception));
            c->mro.insert(c->mro.begin() + 2, exception);
        }
        base->subclasses.push_back(c);
        if (id >= BuiltinClass::BaseException)
            c->layout = BuiltinClass::BaseException;
    }
    return c;
}

ClassObject *Interpreter::State::classOf(const Value &value)
{
    switch (value.tag()) {
    case Value::Tag::Empty:
    case Value::Tag::None:
        return cls(BuiltinClass::NoneType);
    case Value::Tag::False:
    case Value::Tag::True:
        return cls(BuiltinClass::Bool);
    case Value::Tag::Integer:
        return cls(BuiltinClass::Int);
    case Value::Tag::Object:
        break;
    }
    switch (value.object()->kind) {
    case ObjectKind::BigInteger:
        return cls(BuiltinClass::Int);
    case ObjectKind::Float:
        return cls(BuiltinClass::Float);
    case ObjectKind::Complex:
        return cls(BuiltinClass::Complex);
    case ObjectKind::String:
        return cls(BuiltinClass::Str);
    case ObjectKind::Bytes:
        return cls(BuiltinClass::Bytes);
    case ObjectKind::ByteArray:
        return cls(BuiltinClass::ByteArray);
    case ObjectKind::Tuple: {
        ClassObject *named = value.as<TupleObject>()->namedClass;
        return named ? named : cls(BuiltinClass::Tuple);
    }
    case ObjectKind::List:
        return cls(BuiltinClass::List);
    case ObjectKind::Dict:
        return cls(BuiltinClass::Dict);
    case ObjectKind::Set:
        return cls(BuiltinClass::Set);
    case ObjectKind::FrozenSet:
        return cls(BuiltinClass::FrozenSet);
    case ObjectKind::DictView:
        switch (value.as<DictViewObject>()->part) {
        case DictViewObject::Part::Keys:
            return cls(BuiltinClass::DictKeys);
        case DictViewObject::Part::ValuesOnly:
            return cls(BuiltinClass::DictValues);
        case DictViewObject::Part::Items:
            return cls(BuiltinClass::DictItems);
        case DictViewObject::Part::Proxy:
            return cls(BuiltinClass::MappingProxy);
        }
        break;
    case ObjectKind::Range:
        return cls(BuiltinClass::Range);
    case ObjectKind::Slice:
        return cls(BuiltinClass::Slice);
    case ObjectKind::Function:
        return cls(BuiltinClass::Function);
    case ObjectKind::Code:
        return cls(BuiltinClass::CodeType);
    case ObjectKind::Cell:
        return cls(BuiltinClass::Cell);
    case ObjectKind::NativeFunction:
        return cls(BuiltinClass::BuiltinFunction);
    case ObjectKind::BoundMethod:
        return cls(BuiltinClass::Method);
    case ObjectKind::Class: {
        ClassObject *meta = value.as<ClassObject>()->metaclass;
        return meta ? meta : cls(BuiltinClass::Type);
    }
    case ObjectKind::Instance:
        return value.as<InstanceObject>()->cls;
    case ObjectKind::Module:
        return cls(BuiltinClass::Module);
    case ObjectKind::Generator:
        return cls(value.as<GeneratorObject>()->isCoroutine ? BuiltinClass::Coroutine : BuiltinClass::Generator);
    case ObjectKind::Iterator:
        return cls(value.as<IteratorObject>()->cls);
    case ObjectKind::Property:
        return cls(BuiltinClass::Property);
    case ObjectKind::ClassMethod:
        return cls(BuiltinClass::ClassMethod);
    case ObjectKind::StaticMethod:
        return cls(BuiltinClass::StaticMethod);
    case ObjectKind::Super:
        return cls(BuiltinClass::Super);
    case ObjectKind::Unknown:
        return cls(BuiltinClass::Object);
    case ObjectKind::Ellipsis:
        return cls(BuiltinClass::EllipsisType);
    case ObjectKind::NotImplemented:
        return cls(BuiltinClass::NotImplementedType);
    }
    return cls(BuiltinClass::Object);
}

bool isSubclassOf(const ClassObject *cls, const ClassObject *base)
{
    return cls == base || std::find(cls->mro.begin(), cls->mro.end(), base) != cls->mro.end();
}

bool isBuiltin(Interpreter &py, const Value &value, BuiltinClass id) { return isSubclassOf(py.state().classOf(value), py.state().cls(id)); }

Value isInstanceValue(Interpreter &py, const Value &value, const Value &info, bool subclassTest)
{
    if (info.isUnknown())
        return info;
    if (value.isUnknown())
        return value;
    if (const auto *tuple = info.to<TupleObject>()) {
        const DepthGuard guard(py);
        Value unknown;
        for (const Value &one : tuple->items) {
            const Value answer = isInstanceValue(py, value, one, subclassTest);
            if (answer.isUnknown())
                unknown = answer;
            else if (answer.isTrue())
                return answer;
        }
        return unknown ? unknown : Value::boolean(false);
    }
    Interpreter::State &st = py.state();
    if (info.isKind(ObjectKind::Class)) {
        auto *base = info.as<ClassObject>();
        if (base->metaclass) {
            const Value *hook = st.lookup(base->metaclass, subclassTest ? Word::subclasscheck : Word::instancecheck);
            if (hook && !(hook->isKind(ObjectKind::NativeFunction) && hook->as<NativeFunctionObject>()->owner == st.cls(BuiltinClass::Type))) {
                const Value held = *hook;
                const Value answer = callFunction(py, held, {{info, value}, {}});
                return answer.isUnknown() ? answer : Value::boolean(py.truth(answer));
            }
        }
        if (!subclassTest)
            return Value::boolean(isSubclassOf(st.classOf(value), base));
        if (!value.isKind(ObjectKind::Class))
            raiseException(py, BuiltinClass::TypeError, "issubclass() arg 1 must be a class");
        return Value::boolean(isSubclassOf(value.as<ClassObject>(), base));
    }
    if (info.isKind(ObjectKind::Instance)) {
        const ClassObject *cls = info.as<InstanceObject>()->cls;
        if (cls == st.cls(BuiltinClass::UnionType))
            return isInstanceValue(py, value, py.getAttribute(info, "__args__"), subclassTest);
        Value answer;
        if (callSpecial(py, info, subclassTest ? Word::subclasscheck : Word::instancecheck, {value}, answer))
            return answer.isUnknown() ? answer : Value::boolean(py.truth(answer));
    }
    if (info.isNone() && !subclassTest)
        return Value::boolean(value.isNone());
    raiseException(py, BuiltinClass::TypeError,
                   subclassTest ? "issubclass() arg 2 must be a class, a tuple of classes, or a union"
                                : "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

namespace {

std::vector<ClassObject *> linearised(Interpreter &py, ClassObject *cls, const std::vector<ClassObject *> &bases)
{
    std::vector<std::vector<ClassObject *>> lists;
    for (const ClassObject *b : bases)
        lists.push_back(b->mro);
    lists.push_back(bases);
    std::vector<ClassObject *> order{cls};
    for (;;) {
        std::erase_if(lists, [](const auto &l) { return l.empty(); });
        if (lists.empty())
            return order;
        py.state().countSteps(lists.front().size());
        ClassObject *next = nullptr;
        for (const auto &l : lists) {
            const bool inTail = std::any_of(lists.begin(), lists.end(),
                                            [&](const auto &other) { return std::find(other.begin() + 1, other.end(), l.front()) != other.end(); });
            if (!inTail) {
                next = l.front();
                break;
            }
        }
        if (!next)
            raiseException(py, BuiltinClass::TypeError, "Cannot create a consistent method resolution order (MRO) for bases");
        order.push_back(next);
        for (auto &l : lists)
            if (l.front() == next)
                l.erase(l.begin());
    }
}

BuiltinClass layoutOf(Interpreter &py, const std::vector<ClassObject *> &bases)
{
    BuiltinClass layout = BuiltinClass::Object;
    for (const ClassObject *b : bases) {
        if (b->layout == BuiltinClass::Object || b->layout == layout)
            continue;
        if (layout != BuiltinClass::Object)
            raiseException(py, BuiltinClass::TypeError, "multiple bases have instance lay-out conflict");
        layout = b->layout;
    }
    return layout;
}

bool isFinal(BuiltinClass id)
{
    return id == BuiltinClass::Bool || id == BuiltinClass::NoneType || id == BuiltinClass::Function || id == BuiltinClass::Range ||
           id == BuiltinClass::Slice || id == BuiltinClass::Method || id == BuiltinClass::BuiltinFunction || id == BuiltinClass::Generator ||
           id == BuiltinClass::EllipsisType || id == BuiltinClass::NotImplementedType;
}

void setNames(Interpreter &py, const Value &cls)
{
    const auto entries = cls.as<ClassObject>()->attributes.as<DictObject>()->table.entries();
    for (const HashTable::Entry &e : entries) {
        if (!e.key || !e.value.isKind(ObjectKind::Instance))
            continue;
        Value ignored;
        callSpecial(py, e.value, Word::set_name, {cls, e.key}, ignored);
    }
}

void initSubclass(Interpreter &py, const Value &cls, Arguments &keywords)
{
    Interpreter::State &st = py.state();
    auto *c = cls.as<ClassObject>();
    for (std::size_t i = 1; i < c->mro.size(); ++i) {
        const Value *hook = st.ownAttribute(c->mro[i], st.word(Word::init_subclass));
        if (!hook)
            continue;
        const Value held = *hook;
        const Value function = held.isKind(ObjectKind::ClassMethod) ? held.as<ClassMethodObject>()->function : held;
        Arguments arguments;
        arguments.positional.push_back(cls);
        arguments.keywords = keywords.keywords;
        static_cast<void>(callFunction(py, function, std::move(arguments)));
        return;
    }
}

} // namespace

Value buildClass(Interpreter &py, const std::string &name, const Values &givenBases, const Value &namespaceDict, Arguments &keywords,
                 ClassObject *metaclass)
{
    Interpreter::State &st = py.state();
    Values baseValues = givenBases;
    if (baseValues.empty())
        baseValues.push_back(st.classValue(BuiltinClass::Object));
    std::vector<ClassObject *> bases;
    for (const Value &b : baseValues) {
        if (!b.isKind(ObjectKind::Class))
            raiseException(py, BuiltinClass::TypeError, "bases must be types");
        auto *base = b.as<ClassObject>();
        if (base->row && isFinal(base->builtin))
            raiseException(py, BuiltinClass::TypeError, "type '" + base->name + "' is not an acceptable base type");
        if (std::find(bases.begin(), bases.end(), base) != bases.end())
            raiseException(py, BuiltinClass::TypeError, "duplicate base class " + base->name);
        bases.push_back(base);
    }
    ClassObject *c = st.newClass(name);
    const Value cls = Value::fromObject(c);
    c->bases = baseValues;
    c->layout = layoutOf(py, bases);
    c->mro = linearised(py, c, bases);
    c->metaclass = metaclass == st.cls(BuiltinClass::Type) ? nullptr : metaclass;
    for (ClassObject *b : bases) {
        b->subclasses.push_back(c);
        c->isNative = false;
    }
    auto *attributes = c->attributes.as<DictObject>();
    if (DictObject *source = asDict(namespaceDict))
        attributes->table.copyFrom(source->table);
    const auto own = [&](Word w) { return attributes->table.findName(st.word(w), nameHash(st.word(w))); };
    if (own(Word::eq) && !own(Word::hash))
        dictInsertName(py, attributes, st.word(Word::hash), Value::none());
    for (const Word w : {Word::init_subclass, Word::class_getitem})
        if (const Value *v = own(w); v && v->isKind(ObjectKind::Function))
            dictInsertName(py, attributes, st.word(w), Value::fromObject(st.make<ClassMethodObject>(*v)));
    if (const Value *v = own(Word::new_); v && v->isKind(ObjectKind::Function))
        dictInsertName(py, attributes, st.word(Word::new_), Value::fromObject(st.make<StaticMethodObject>(*v)));
    if (const Value *cell = own(Word::classcell); cell && cell->isKind(ObjectKind::Cell)) {
        cell->as<CellObject>()->content = cls;
        static_cast<void>(attributes->table.remove(py, Value::fromObject(st.word(Word::classcell)), nameHash(st.word(Word::classcell))));
    }
    if (!own(Word::doc))
        dictInsertName(py, attributes, st.word(Word::doc), Value::none());
    ++st.classVersion;
    setNames(py, cls);
    std::vector<std::function<void(Interpreter &, const Value &, Arguments &)>> hooks;
    for (std::size_t i = 1; i < c->mro.size(); ++i)
        hooks.insert(hooks.end(), c->mro[i]->subclassHooks.begin(), c->mro[i]->subclassHooks.end());
    if (hooks.empty()) {
        initSubclass(py, cls, keywords);
    } else {
        for (const auto &hook : hooks)
            hook(py, cls, keywords);
        initSubclass(py, cls, keywords);
    }
    return cls;
}

namespace {
Values resolvedBases(Interpreter &py, const Values &bases)
{
    Values resolved;
    for (const Value &b : bases) {
        if (b.isKind(ObjectKind::Class)) {
            resolved.push_back(b);
            continue;
        }
        if (b.isKind(ObjectKind::Instance) && b.as<InstanceObject>()->cls == py.state().cls(BuiltinClass::GenericAlias)) {
            resolved.push_back(py.getAttribute(b, "__origin__"));
            continue;
        }
        Value entries;
        if (callSpecial(py, b, Word::mro_entries, {py.tuple(bases)}, entries)) {
            for (Value &v : py.toVector(entries))
                resolved.push_back(std::move(v));
            continue;
        }
        resolved.push_back(b);
    }
    return resolved;
}
} // namespace

Value buildClassStatement(Interpreter &py, const Value &functionValue, const Values &givenBases, Arguments &keywords)
{
    Interpreter::State &st = py.state();
    auto *function = functionValue.as<FunctionObject>();
    if (const auto unknown = std::ranges::find_if(givenBases, &Value::isUnknown); unknown != givenBases.end()) {
        for (const Value &b : givenBases) // a base may keep account of its subclasses
            if (b.isKind(ObjectKind::Class))
                if (const Value told = py.findAttribute(b, "__unknown_subclass__"))
                    static_cast<void>(callFunction(py, told, Arguments{{py.string(function->code->name->text)}, {}}));
        return *unknown;
    }
    const Values bases = resolvedBases(py, givenBases);
    for (const Value &b : bases)
        if (b.isUnknown())
            return b;
    Value metaValue = keywords.take("metaclass");
    if (metaValue.isUnknown())
        return metaValue;
    const bool callableMeta = metaValue && !metaValue.isKind(ObjectKind::Class);
    ClassObject *meta = metaValue && !callableMeta ? metaValue.as<ClassObject>() : st.cls(BuiltinClass::Type);
    for (const Value &b : bases) {
        if (!b.isKind(ObjectKind::Class))
            continue;
        ClassObject *other = st.classOf(b);
        if (isSubclassOf(other, meta))
            meta = other;
        else if (!isSubclassOf(meta, other))
            raiseException(py, BuiltinClass::TypeError,
                           "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                           "metaclasses of all its bases");
    }
    const std::string name = function->code->name->text;
    Value space;
    if (const Value *prepare = st.lookup(meta, Word::prepare); meta != st.cls(BuiltinClass::Type) && prepare && !callableMeta) {
        Arguments arguments;
        arguments.positional = {py.string(name), py.tuple(bases)};
        arguments.keywords = keywords.keywords;
        space = callFunction(py, bindAttribute(py, *prepare, {}, meta), std::move(arguments));
    }
    if (!space || !asDict(space))
        space = st.newDict();
    DictObject *dict = asDict(space);
    const auto *globals = function->globals.as<DictObject>();
    StringObject *nameWord = st.word(Word::name);
    if (const Value *module = const_cast<DictObject *>(globals)->table.findName(nameWord, nameHash(nameWord)))
        dictInsertName(py, dict, st.word(Word::module), *module);
    dictInsertName(py, dict, st.word(Word::qualname), function->qualifiedName);

    compileBody(py, *function->code);
    Value cell;
    if (!function->code->cellLocals.empty()) {
        cell = st.newCell();
        dictInsertName(py, dict, st.word(Word::classcell), cell);
    }
    static_cast<void>(runCode(py, function->code, function->globals, Value::fromObject(dict), function->closure, cell));
    if (callableMeta || meta != st.cls(BuiltinClass::Type)) {
        Arguments arguments;
        arguments.positional = {py.string(name), py.tuple(bases), space};
        arguments.keywords = keywords.keywords;
        Value made = callFunction(py, callableMeta ? metaValue : Value::fromObject(meta), std::move(arguments));
        if (cell && made.isKind(ObjectKind::Class))
            cell.as<CellObject>()->content = made;
        return made;
    }
    return buildClass(py, name, bases, space, keywords, meta);
}

Value wrapBase(Interpreter &py, const Value &cls, Value base)
{
    auto *c = cls.as<ClassObject>();
    if (c->row && c->builtin == c->layout)
        return base;
    Value instance = py.instance(cls);
    instance.as<InstanceObject>()->base = std::move(base);
    return instance;
}

Value newInstance(Interpreter &py, const Value &cls, Arguments &arguments)
{
    Interpreter::State &st = py.state();
    auto *c = cls.as<ClassObject>();
    ClassObject *layout = st.cls(c->layout);
    for (const ClassObject *l = c->row ? c : layout; l; l = l->builtin == BuiltinClass::Object ? nullptr : st.cls(l->row->base))
        if (l->row && l->row->construct)
            return l->row->construct(py, cls, arguments);
    const auto overrides = [&](Word w) {
        const Value *v = st.lookup(c, w);
        if (!v)
            return false;
        const auto *native = v->to<NativeFunctionObject>();
        if (!native && v->isKind(ObjectKind::StaticMethod))
            native = v->as<StaticMethodObject>()->function.to<NativeFunctionObject>();
        return !(native && native->owner == st.cls(BuiltinClass::Object));
    };
    if ((!arguments.positional.empty() || !arguments.keywords.empty()) && !overrides(Word::init))
        raiseException(py, BuiltinClass::TypeError,
                       overrides(Word::new_) ? "object.__new__() takes exactly one argument (the type to instantiate)"
                                             : c->name + "() takes no arguments");
    return py.instance(cls);
}

Value construct(Interpreter &py, ClassObject *cls, Arguments &arguments)
{
    Interpreter::State &st = py.state();
    const Value self = Value::fromObject(cls);
    if (cls->metaclass) {
        const Value *call = st.lookup(cls->metaclass, Word::call);
        if (call && !(call->isKind(ObjectKind::NativeFunction) && call->as<NativeFunctionObject>()->owner == st.cls(BuiltinClass::Type))) {
            arguments.positional.insert(arguments.positional.begin(), self);
            const Value held = *call;
            return callFunction(py, held, std::move(arguments));
        }
    }
    if (cls == st.cls(BuiltinClass::Type) && arguments.positional.size() == 1 && arguments.keywords.empty())
        return arguments.positional[0].isUnknown() ? arguments.positional[0] : py.classOf(arguments.positional[0]);
    Value instance;
    const Value *creator = st.lookup(cls, Word::new_);
    const Value held = creator ? *creator : Value();
    const Value inner = held.isKind(ObjectKind::StaticMethod) ? held.as<StaticMethodObject>()->function : held;
    const auto *nativeCreator = inner.to<NativeFunctionObject>();
    if (!inner || (nativeCreator && nativeCreator->owner == st.cls(BuiltinClass::Object))) {
        Arguments copy = arguments;
        instance = newInstance(py, self, copy);
    } else {
        Arguments copy = arguments;
        if (held.isKind(ObjectKind::ClassMethod)) {
            instance = callFunction(py, bindAttribute(py, held, {}, cls), std::move(copy));
        } else {
            copy.positional.insert(copy.positional.begin(), self);
            instance = callFunction(py, inner, std::move(copy));
        }
    }
    if (instance.isUnknown() || !isSubclassOf(st.classOf(instance), cls))
        return instance;
    if (cls->row && cls->builtin < BuiltinClass::BaseException)
        return instance; // built-in classes fill their instances when they make them
    const Value *init = st.lookup(st.classOf(instance), Word::init);
    if (!init)
        return instance;
    const Value initHeld = *init;
    if (const auto *native = initHeld.to<NativeFunctionObject>(); native && native->owner == st.cls(BuiltinClass::Object))
        return instance;
    if (auto *native = initHeld.to<NativeFunctionObject>(); native && native->isMethod) {
        static_cast<void>(callNative(py, native, instance, arguments));
        return instance;
    }
    arguments.positional.insert(arguments.positional.begin(), instance);
    const Value result =
        callFunction(py, initHeld.isKind(ObjectKind::Function) ? initHeld : bindAttribute(py, initHeld, {}, cls), std::move(arguments));
    if (!result.isNone() && !result.isUnknown())
        raiseException(py, BuiltinClass::TypeError, "__init__() should return None, not '" + py.className(result) + "'");
    return instance;
}

// --- ClassBuilder ---

ClassBuilder::ClassBuilder(Interpreter &interpreter, std::string_view name, std::vector<Value> bases, std::string_view module)
    : m_interpreter(interpreter)
{
    std::vector<std::pair<std::string, Value>> attributes;
    if (!module.empty())
        attributes.emplace_back("__module__", interpreter.string(module));
    m_class = interpreter.makeClass(name, bases, attributes);
    m_class.as<ClassObject>()->isNative = true;
}

namespace {
void put(Interpreter &py, const Value &cls, std::string_view name, const Value &value)
{
    Interpreter::State &st = py.state();
    ++st.classVersion;
    dictInsertName(py, cls.as<ClassObject>()->attributes.as<DictObject>(), st.intern(name), value);
    if (name == "__eq__") { // a class with its own equality is not hashable, unless it says how
        StringObject *hash = st.word(Word::hash);
        auto *dict = cls.as<ClassObject>()->attributes.as<DictObject>();
        if (!dict->table.findName(hash, nameHash(hash)))
            dictInsertName(py, dict, hash, Value::none());
    }
}
} // namespace

ClassBuilder &ClassBuilder::method(std::string_view name, Native native)
{
    const Value function = makeNative(m_interpreter, name, std::move(native), true, m_class.as<ClassObject>());
    if (name == "__init_subclass__" || name == "__class_getitem__")
        put(m_interpreter, m_class, name, Value::fromObject(m_interpreter.state().make<ClassMethodObject>(function)));
    else
        put(m_interpreter, m_class, name, function);
    return *this;
}

ClassBuilder &ClassBuilder::classMethod(std::string_view name, Native native)
{
    const Value function = makeNative(m_interpreter, name, std::move(native), true, m_class.as<ClassObject>());
    put(m_interpreter, m_class, name, Value::fromObject(m_interpreter.state().make<ClassMethodObject>(function)));
    return *this;
}

ClassBuilder &ClassBuilder::staticMethod(std::string_view name, Native native)
{
    const Value function = makeNative(m_interpreter, name, std::move(native), false, m_class.as<ClassObject>());
    put(m_interpreter, m_class, name, Value::fromObject(m_interpreter.state().make<StaticMethodObject>(function)));
    return *this;
}

ClassBuilder &ClassBuilder::property(std::string_view name, Native getter, Native setter)
{
    put(m_interpreter, m_class, name, m_interpreter.property(std::move(getter), std::move(setter)));
    return *this;
}

ClassBuilder &ClassBuilder::attribute(std::string_view name, Value value)
{
    put(m_interpreter, m_class, name, value);
    return *this;
}

ClassBuilder &ClassBuilder::actsOutside() { return attribute(kActsOutside, Value::boolean(true)); }

ClassBuilder &ClassBuilder::metaclass(const Value &metaclass)
{
    m_class.as<ClassObject>()->metaclass = metaclass.as<ClassObject>();
    ++m_interpreter.state().classVersion;
    return *this;
}

ClassBuilder &ClassBuilder::onSubclass(std::function<void(Interpreter &, const Value &, Arguments &)> hook)
{
    m_class.as<ClassObject>()->subclassHooks.push_back(std::move(hook));
    return *this;
}

Value ClassBuilder::build() { return m_class; }

} // namespace stillroom::python
