// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

/// Attribute access (Python reference, "Customizing attribute access", "Implementing Descriptors").
namespace stillroom::python {

namespace {
Value nativeOfRow(Interpreter::State &st, ClassObject *owner, const NativeMethod &row)
{
    const Value function = makeNative(st.py, row.name, row.function, row.sort != NativeMethod::Sort::StaticMethod, owner);
    function.as<NativeFunctionObject>()->checksSelf = row.sort != NativeMethod::Sort::StaticMethod && row.sort != NativeMethod::Sort::ClassMethod;
    switch (row.sort) {
    case NativeMethod::Sort::Method:
    case NativeMethod::Sort::Operator:
        return function;
    case NativeMethod::Sort::ClassMethod:
        return Value::fromObject(st.make<ClassMethodObject>(function));
    case NativeMethod::Sort::StaticMethod:
        return Value::fromObject(st.make<StaticMethodObject>(function));
    case NativeMethod::Sort::Property: {
        auto *p = st.make<PropertyObject>();
        const Value held = Value::fromObject(p);
        p->getter = function;
        if (row.setter) {
            p->setter = makeNative(st.py, row.name, row.setter, true, owner);
            p->setter.as<NativeFunctionObject>()->checksSelf = true;
        }
        return held;
    }
    }
    return {};
}

void refreshSlots(Interpreter::State &st, ClassObject *cls)
{
    const auto overridden = [&](Word w) {
        const Value *v = st.lookup(cls, w);
        if (!v)
            return Value();
        const auto *native = v->to<NativeFunctionObject>();
        return native && native->owner == st.cls(BuiltinClass::Object) ? Value() : *v;
    };
    cls->slotGetAttribute = overridden(Word::getattribute);
    cls->slotGetAttr = overridden(Word::getattr);
    cls->slotSetAttr = overridden(Word::setattr);
    cls->slotDelAttr = overridden(Word::delattr);
    cls->slotsVersion = st.classVersion;
}

bool isDataDescriptor(Interpreter &py, const Value &raw)
{
    if (raw.isKind(ObjectKind::Property))
        return true;
    if (!raw.isKind(ObjectKind::Instance))
        return false;
    ClassObject *cls = raw.as<InstanceObject>()->cls;
    return py.state().lookup(cls, Word::set) || py.state().lookup(cls, Word::delete_);
}

Value classAttribute(Interpreter &py, ClassObject *cls, StringObject *name)
{
    Interpreter::State &st = py.state();
    ClassObject *meta = cls->metaclass ? cls->metaclass : st.cls(BuiltinClass::Type);
    const Value *onMeta = st.lookup(meta, name);
    const Value self = Value::fromObject(cls);
    if (onMeta && isDataDescriptor(py, *onMeta)) {
        const Value held = *onMeta;
        return bindAttribute(py, held, self, meta);
    }
    if (const Value *own = st.lookup(cls, name)) {
        const Value held = *own;
        return bindAttribute(py, held, {}, cls);
    }
    if (onMeta) {
        const Value held = *onMeta;
        return bindAttribute(py, held, self, meta);
    }
    if (const Value *fallback = st.lookup(meta, Word::getattr))
        return callFunction(py, *fallback, {{self, Value::fromObject(name)}, {}});
    return {};
}

Value moduleAttribute(Interpreter &py, const Value &object, StringObject *name)
{
    auto *module = object.as<ModuleObject>();
    Interpreter::State &st = py.state();
    auto *globals = module->globals.to<DictObject>();
    if (!globals)
        return {};
    if (const Value *v = globals->table.findName(name, nameHash(name)))
        return *v;
    if (globals->late) {
        if (const Value *v = lateName(py, globals, name))
            return *v;
    }
    if (name == st.word(Word::dict)) {
        finishLateNames(py, module->globals);
        return module->globals;
    }
    if (name == st.word(Word::name))
        return py.string(module->name);
    if (module->getter) {
        const auto getter = module->getter;
        if (Value v = getter(py, name->text)) {
            if (module->isShared) { // the getter's answers are shared as well
                const Interpreter::State::Sharing sharing(st);
                dictInsertName(py, globals, name, v);
            } else {
                dictInsertName(py, globals, name, v);
            }
            return v;
        }
    }
    StringObject *getattr = st.word(Word::getattr);
    const Value *fallback = globals->table.findName(getattr, nameHash(getattr));
    if (!fallback && globals->late)
        fallback = lateName(py, globals, getattr);
    if (fallback)
        return callFunction(py, *fallback, {{Value::fromObject(name)}, {}});
    const auto stars = st.unknownStars.find(globals);
    if (stars != st.unknownStars.end())
        return extendedUnknown(py, stars->second.back(), name->text);
    if (const Value *onClass = st.lookup(st.cls(BuiltinClass::Module), name))
        return bindAttribute(py, *onClass, object, st.cls(BuiltinClass::Module));
    return {};
}

Value superAttribute(Interpreter &py, const Value &object, StringObject *name)
{
    Interpreter::State &st = py.state();
    const auto *super = object.as<SuperObject>();
    if (name == st.word(Word::class_))
        return st.classValue(BuiltinClass::Super);
    const bool forClass =
        super->object.isKind(ObjectKind::Class) && isSubclassOf(super->object.as<ClassObject>(), super->startClass.as<ClassObject>());
    ClassObject *cls = forClass ? super->object.as<ClassObject>() : st.classOf(super->object);
    const std::vector<ClassObject *> order = cls->mro;
    bool after = false;
    for (ClassObject *c : order) {
        if (after) {
            if (const Value *v = st.ownAttribute(c, name)) {
                const Value held = *v;
                return bindAttribute(py, held, forClass ? Value() : super->object, cls);
            }
        }
        after = after || c == super->startClass.as<ClassObject>();
    }
    return {};
}
} // namespace

const Value *Interpreter::State::ownAttribute(ClassObject *c, StringObject *name)
{
    auto *dict = c->attributes.to<DictObject>();
    if (!dict)
        return nullptr;
    if (const Value *v = dict->table.findName(name, nameHash(name)))
        return v;
    if (!c->row)
        return nullptr;
    for (const auto &rows : c->row->methods) {
        for (const NativeMethod &row : rows) {
            if (row.name == name->text) {
                const Sharing sharing(*this);
                dict->table.insertName(name, nameHash(name), nativeOfRow(*this, c, row));
                ++classVersion;
                return dict->table.findName(name, nameHash(name));
            }
        }
    }
    return nullptr;
}

const Value *Interpreter::State::lookupUncached(ClassObject *c, StringObject *name)
{
    for (ClassObject *base : c->mro)
        if (const Value *v = ownAttribute(base, name))
            return v;
    return nullptr;
}

const Value *Interpreter::State::lookup(ClassObject *c, StringObject *name)
{
    const auto mix = (reinterpret_cast<std::uintptr_t>(c) >> 5) ^ (reinterpret_cast<std::uintptr_t>(name) >> 4);
    CacheLine &line = cache[mix % cache.size()];
    if (line.cls == c && line.name == name && line.version == classVersion)
        return line.value;
    const Value *v = lookupUncached(c, name);
    line = {c, name, classVersion, v};
    return v;
}

Value bindAttribute(Interpreter &py, const Value &raw, const Value &instance, ClassObject *cls)
{
    Interpreter::State &st = py.state();
    switch (raw.object() ? raw.object()->kind : ObjectKind::Float) {
    case ObjectKind::Function:
        return instance ? Value::fromObject(st.make<BoundMethodObject>(raw, instance)) : raw;
    case ObjectKind::NativeFunction:
        return instance && raw.as<NativeFunctionObject>()->isMethod ? Value::fromObject(st.make<BoundMethodObject>(raw, instance)) : raw;
    case ObjectKind::ClassMethod: {
        const Value inner = raw.as<ClassMethodObject>()->function;
        if (inner.isKind(ObjectKind::Property))
            return bindAttribute(py, inner, Value::fromObject(cls), cls);
        return Value::fromObject(st.make<BoundMethodObject>(inner, Value::fromObject(cls)));
    }
    case ObjectKind::StaticMethod:
        return raw.as<StaticMethodObject>()->function;
    case ObjectKind::Property: {
        if (!instance)
            return raw;
        const Value getter = raw.as<PropertyObject>()->getter;
        if (!getter || getter.isNone())
            raiseException(py, BuiltinClass::AttributeError, "property of '" + cls->name + "' object has no getter");
        if (auto *native = getter.to<NativeFunctionObject>(); native && native->isMethod) {
            Arguments none;
            return callNative(py, native, instance, none);
        }
        return callFunction(py, getter, {{instance}, {}});
    }
    case ObjectKind::Instance: {
        Value result;
        if (callSpecial(py, raw, Word::get, {instance ? instance : Value::none(), Value::fromObject(cls)}, result))
            return result;
        return raw;
    }
    default:
        return raw;
    }
}

Value extendedUnknown(Interpreter &py, const Value &unknown, std::string_view attribute)
{
    const auto *u = unknown.as<UnknownObject>();
    if (u->name.empty())
        return unknown;
    Value extended = py.unknown(u->why, u->reason, u->name + "." + std::string(attribute));
    extended.as<UnknownObject>()->mayAct = u->mayAct;
    return extended;
}

DictObject *attributesOf(Interpreter &py, const Value &object, bool make)
{
    Value *slot = nullptr;
    switch (object.object() ? object.object()->kind : ObjectKind::Float) {
    case ObjectKind::Instance:
        slot = &object.as<InstanceObject>()->attributes;
        break;
    case ObjectKind::Function:
        slot = &object.as<FunctionObject>()->attributes;
        break;
    case ObjectKind::NativeFunction:
        slot = &object.as<NativeFunctionObject>()->attributes;
        break;
    case ObjectKind::Module:
        slot = &object.as<ModuleObject>()->globals;
        break;
    case ObjectKind::Class:
        slot = &object.as<ClassObject>()->attributes;
        break;
    default:
        return nullptr;
    }
    if (!*slot && make)
        *slot = py.state().newDict();
    return slot->to<DictObject>();
}

void raiseAttributeError(Interpreter &py, const Value &object, StringObject *name)
{
    std::string text;
    if (object.isKind(ObjectKind::Class))
        text = "type object '" + object.as<ClassObject>()->name + "' has no attribute '" + name->text + "'";
    else if (object.isKind(ObjectKind::Module))
        text = "module '" + object.as<ModuleObject>()->name + "' has no attribute '" + name->text + "'";
    else
        text = "'" + py.className(object) + "' object has no attribute '" + name->text + "'";
    const Value error = makeException(py, BuiltinClass::AttributeError, {py.string(text)});
    py.setAttribute(error, "name", Value::fromObject(name));
    py.setAttribute(error, "obj", object);
    setContext(py, error);
    throw Raised(error);
}

Value genericGetAttribute(Interpreter &py, const Value &object, StringObject *name)
{
    Interpreter::State &st = py.state();
    ClassObject *cls = st.classOf(object);
    const Value *found = st.lookup(cls, name);
    const Value onClass = found ? *found : Value();
    if (onClass && isDataDescriptor(py, onClass))
        return bindAttribute(py, onClass, object, cls);
    if (DictObject *own = attributesOf(py, object, false))
        if (const Value *v = own->table.findName(name, nameHash(name)))
            return *v;
    return onClass ? bindAttribute(py, onClass, object, cls) : Value();
}

Value findAttribute(Interpreter &py, const Value &object, StringObject *name)
{
    Interpreter::State &st = py.state();
    switch (object.object() ? object.object()->kind : ObjectKind::Float) {
    case ObjectKind::Unknown:
        return extendedUnknown(py, object, name->text);
    case ObjectKind::Class:
        return classAttribute(py, object.as<ClassObject>(), name);
    case ObjectKind::Module:
        return moduleAttribute(py, object, name);
    case ObjectKind::Super:
        return superAttribute(py, object, name);
    case ObjectKind::BoundMethod: {
        if (Value v = genericGetAttribute(py, object, name))
            return v;
        return findAttribute(py, object.as<BoundMethodObject>()->function, name);
    }
    case ObjectKind::Instance: {
        ClassObject *cls = object.as<InstanceObject>()->cls;
        if (cls->slotsVersion != st.classVersion)
            refreshSlots(st, cls);
        if (cls->slotGetAttribute || cls->slotGetAttr) {
            const Value whole = cls->slotGetAttribute;
            const Value fallback = cls->slotGetAttr;
            const auto isAttributeError = [&](const Raised &r) {
                return isSubclassOf(st.classOf(r.exception), st.cls(BuiltinClass::AttributeError));
            };
            try {
                Value v = whole ? callFunction(py, whole, {{object, Value::fromObject(name)}, {}}) : genericGetAttribute(py, object, name);
                if (v)
                    return v;
            } catch (const Raised &raised) {
                if (!isAttributeError(raised))
                    throw;
            }
            if (!fallback)
                return {};
            try {
                return callFunction(py, fallback, {{object, Value::fromObject(name)}, {}});
            } catch (const Raised &raised) {
                if (!isAttributeError(raised))
                    throw;
                return {};
            }
        }
        return genericGetAttribute(py, object, name);
    }
    default:
        return genericGetAttribute(py, object, name);
    }
}

Value getAttribute(Interpreter &py, const Value &object, StringObject *name)
{
    if (object.isKind(ObjectKind::Instance)) {
        // an AttributeError of the script's own __getattr__ keeps its words
        Interpreter::State &st = py.state();
        ClassObject *cls = object.as<InstanceObject>()->cls;
        if (cls->slotsVersion != st.classVersion)
            refreshSlots(st, cls);
        if (cls->slotGetAttribute || cls->slotGetAttr) {
            const Value whole = cls->slotGetAttribute;
            const Value fallback = cls->slotGetAttr;
            if (!fallback)
                return callFunction(py, whole, {{object, Value::fromObject(name)}, {}});
            try {
                if (Value v = whole ? callFunction(py, whole, {{object, Value::fromObject(name)}, {}}) : genericGetAttribute(py, object, name))
                    return v;
            } catch (const Raised &raised) {
                if (!isSubclassOf(st.classOf(raised.exception), st.cls(BuiltinClass::AttributeError)))
                    throw;
            }
            return callFunction(py, fallback, {{object, Value::fromObject(name)}, {}});
        }
    }
    if (Value v = findAttribute(py, object, name))
        return v;
    raiseAttributeError(py, object, name);
}

void loadMethod(Interpreter &py, const Value &object, StringObject *name, Value &function, Value &self)
{
    Interpreter::State &st = py.state();
    if (object.isKind(ObjectKind::Instance)) {
        ClassObject *cls = object.as<InstanceObject>()->cls;
        if (cls->slotsVersion != st.classVersion)
            refreshSlots(st, cls);
        if (cls->slotGetAttribute) {
            function = getAttribute(py, object, name);
            return;
        }
        const DictObject *own = attributesOf(py, object, false);
        if (own && const_cast<DictObject *>(own)->table.findName(name, nameHash(name))) {
            function = getAttribute(py, object, name);
            return;
        }
    } else if (object.isKind(ObjectKind::Class) || object.isKind(ObjectKind::Module) || object.isKind(ObjectKind::Super) || object.isUnknown() ||
               object.isKind(ObjectKind::Function)) {
        function = getAttribute(py, object, name);
        return;
    }
    const Value *found = st.lookup(st.classOf(object), name);
    if (found &&
        (found->isKind(ObjectKind::Function) || (found->isKind(ObjectKind::NativeFunction) && found->as<NativeFunctionObject>()->isMethod))) {
        function = *found;
        self = object;
        return;
    }
    function = getAttribute(py, object, name);
}

void genericSetAttribute(Interpreter &py, const Value &object, StringObject *name, const Value &value)
{
    Interpreter::State &st = py.state();
    ClassObject *cls = st.classOf(object);
    if (const Value *found = st.lookup(cls, name)) {
        const Value onClass = *found;
        if (const auto *p = onClass.to<PropertyObject>()) {
            const Value accessor = value ? p->setter : p->deleter;
            if (!accessor || accessor.isNone())
                raiseException(py, BuiltinClass::AttributeError,
                               "property '" + name->text + "' of '" + cls->name + "' object has no " + (value ? "setter" : "deleter"));
            static_cast<void>(callFunction(py, accessor, value ? Arguments{{object, value}, {}} : Arguments{{object}, {}}));
            return;
        }
        if (onClass.isKind(ObjectKind::Instance)) {
            Value ignored;
            if (value ? callSpecial(py, onClass, Word::set, {object, value}, ignored) : callSpecial(py, onClass, Word::delete_, {object}, ignored))
                return;
        }
    }
    DictObject *own = attributesOf(py, object, true);
    if (!own)
        raiseException(py, BuiltinClass::AttributeError,
                       "'" + cls->name + "' object has no attribute '" + name->text + "'" + (st.lookup(cls, name) ? " that can be set" : ""));
    if (value) {
        dictInsertName(py, own, name, value);
        return;
    }
    if (!own->table.remove(py, Value::fromObject(name), nameHash(name)).key)
        raiseAttributeError(py, object, name);
}

namespace {
void changeClass(Interpreter &py, const Value &object, StringObject *name, const Value &value)
{
    Interpreter::State &st = py.state();
    auto *cls = object.as<ClassObject>();
    if (cls->isSealed && st.frame && cls->row)
        raiseException(py, BuiltinClass::TypeError,
                       std::string("cannot ") + (value ? "set" : "delete") + " '" + name->text + "' attribute of immutable type '" + cls->name + "'");
    ClassObject *meta = cls->metaclass ? cls->metaclass : st.cls(BuiltinClass::Type);
    if (const Value *onMeta = st.lookup(meta, name); onMeta && onMeta->isKind(ObjectKind::Property)) {
        const Value setter = onMeta->as<PropertyObject>()->setter;
        if (!setter || !value)
            raiseException(py, BuiltinClass::AttributeError, "attribute '" + name->text + "' of 'type' objects is not writable");
        static_cast<void>(callFunction(py, setter, {{object, value}, {}}));
        return;
    }
    if (meta->row == nullptr) {
        const Value *hook = st.lookup(meta, value ? Word::setattr : Word::delattr);
        if (hook && hook->isKind(ObjectKind::Function)) {
            static_cast<void>(callFunction(
                py, *hook, value ? Arguments{{object, Value::fromObject(name), value}, {}} : Arguments{{object, Value::fromObject(name)}, {}}));
            return;
        }
    }
    ++st.classVersion;
    auto *dict = cls->attributes.as<DictObject>();
    if (value)
        dictInsertName(py, dict, name, value);
    else if (!dict->table.remove(py, Value::fromObject(name), nameHash(name)).key)
        raiseAttributeError(py, object, name);
}
} // namespace

void setAttribute(Interpreter &py, const Value &object, StringObject *name, const Value &value)
{
    Interpreter::State &st = py.state();
    if (object.isUnknown())
        return; // what is set on something unknown is not seen again: reading it gives Unknown
    touchShared(object);
    if (object.isKind(ObjectKind::Class)) {
        changeClass(py, object, name, value);
        return;
    }
    if (object.isKind(ObjectKind::Instance)) {
        ClassObject *cls = object.as<InstanceObject>()->cls;
        if (cls->slotsVersion != st.classVersion)
            refreshSlots(st, cls);
        if (cls->slotSetAttr) {
            const Value hook = cls->slotSetAttr;
            static_cast<void>(callFunction(py, hook, {{object, Value::fromObject(name), value}, {}}));
            return;
        }
    }
    genericSetAttribute(py, object, name, value);
}

void deleteAttribute(Interpreter &py, const Value &object, StringObject *name)
{
    Interpreter::State &st = py.state();
    if (object.isUnknown())
        return;
    touchShared(object);
    if (object.isKind(ObjectKind::Class)) {
        changeClass(py, object, name, {});
        return;
    }
    if (object.isKind(ObjectKind::Instance)) {
        ClassObject *cls = object.as<InstanceObject>()->cls;
        if (cls->slotsVersion != st.classVersion)
            refreshSlots(st, cls);
        if (cls->slotDelAttr) {
            const Value hook = cls->slotDelAttr;
            static_cast<void>(callFunction(py, hook, {{object, Value::fromObject(name)}, {}}));
            return;
        }
    }
    genericSetAttribute(py, object, name, {});
}

Value specialMethod(Interpreter &py, const Value &object, Word word)
{
    Interpreter::State &st = py.state();
    ClassObject *cls = st.classOf(object);
    const Value *found = st.lookup(cls, word);
    if (!found || found->isNone())
        return {};
    const Value held = *found;
    return bindAttribute(py, held, object, cls);
}

bool callSpecial(Interpreter &py, const Value &object, Word word, std::initializer_list<Value> arguments, Value &result)
{
    Interpreter::State &st = py.state();
    ClassObject *cls = st.classOf(object);
    const Value *found = st.lookup(cls, word);
    if (!found || found->isNone())
        return false;
    const Value held = *found;
    Arguments all;
    if (auto *native = held.to<NativeFunctionObject>(); native && native->isMethod) {
        const DepthGuard guard(py);
        all.positional = arguments;
        result = callNative(py, native, object, all);
        return true;
    }
    if (held.isKind(ObjectKind::Function)) {
        all.positional.reserve(arguments.size() + 1);
        all.positional.push_back(object);
        all.positional.insert(all.positional.end(), arguments.begin(), arguments.end());
        result = callFunction(py, held, std::move(all));
        return true;
    }
    all.positional = arguments;
    result = callFunction(py, bindAttribute(py, held, object, cls), std::move(all));
    return true;
}

} // namespace stillroom::python
