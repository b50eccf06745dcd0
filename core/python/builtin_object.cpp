// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

#include <algorithm>

/// object, type and the small classes without much of their own.
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

Value objectEq(Interpreter &py, const Value &self, Arguments &a)
{
    return onlyArgument(py, "__eq__", a).isSame(self) ? Value::boolean(true) : py.state().notImplemented;
}

Value objectNe(Interpreter &py, const Value &self, Arguments &a)
{
    Value equal;
    if (!callSpecial(py, self, Word::eq, {onlyArgument(py, "__ne__", a)}, equal))
        return py.state().notImplemented;
    if (equal.isKind(ObjectKind::NotImplemented) || equal.isUnknown())
        return equal;
    return Value::boolean(!py.truth(equal));
}

Value notImplemented(Interpreter &py, const Value &, Arguments &) { return py.state().notImplemented; }

Value objectHash(Interpreter &py, const Value &self, Arguments &) { return Value::integer(static_cast<std::int64_t>(objectId(py, self) >> 4)); }
Value objectRepr(Interpreter &py, const Value &self, Arguments &) { return py.string(plainRepr(py, self)); }
Value objectStr(Interpreter &py, const Value &self, Arguments &) { return reprOf(py, self); }

Value objectFormat(Interpreter &py, const Value &self, Arguments &a)
{
    const Value spec = onlyArgument(py, "__format__", a);
    if (!py.str(spec).empty())
        raiseException(py, BuiltinClass::TypeError, "unsupported format string passed to " + py.className(self) + ".__format__");
    return strOf(py, self);
}

Value objectInit(Interpreter &, const Value &, Arguments &) { return Value::none(); }

Value objectNew(Interpreter &py, const Value &, Arguments &a)
{
    if (a.positional.empty() || !a.positional[0].isKind(ObjectKind::Class))
        raiseException(py, BuiltinClass::TypeError, "object.__new__(X): X is not a type object");
    const Value cls = a.positional[0];
    a.positional.erase(a.positional.begin());
    return newInstance(py, cls, a);
}

Value objectGetAttribute(Interpreter &py, const Value &self, Arguments &a)
{
    StringObject *name = py.state().intern(onlyArgument(py, "__getattribute__", a));
    Value v = self.isKind(ObjectKind::Class) ? py.findAttribute(self, name->text) : genericGetAttribute(py, self, name);
    if (!v)
        raiseAttributeError(py, self, name);
    return v;
}

Value objectSetAttribute(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__setattr__", a, 2, 2);
    genericSetAttribute(py, self, py.state().intern(a.positional[0]), a.positional[1]);
    return Value::none();
}

Value objectDeleteAttribute(Interpreter &py, const Value &self, Arguments &a)
{
    genericSetAttribute(py, self, py.state().intern(onlyArgument(py, "__delattr__", a)), {});
    return Value::none();
}

Value objectInitSubclass(Interpreter &py, const Value &self, Arguments &a)
{
    if (!a.keywords.empty() || !a.positional.empty())
        raiseException(py, BuiltinClass::TypeError, py.nameOfClass(self) + ".__init_subclass__() takes no keyword arguments");
    return Value::none();
}

Value objectClass(Interpreter &py, const Value &self, Arguments &) { return py.classOf(self); }

Value objectSetClass(Interpreter &py, const Value &self, Arguments &a)
{
    auto *instance = self.to<InstanceObject>();
    const auto *cls = a.positional.at(0).to<ClassObject>();
    if (!instance || !cls || cls->layout != instance->cls->layout)
        raiseException(py, BuiltinClass::TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    instance->cls = a.positional[0].as<ClassObject>();
    return Value::none();
}

Value objectDict(Interpreter &py, const Value &self, Arguments &)
{
    if (DictObject *d = attributesOf(py, self, true)) {
        if (self.isKind(ObjectKind::Class))
            return Value::fromObject(py.state().make<DictViewObject>(Value::fromObject(d), DictViewObject::Part::Proxy));
        return Value::fromObject(d);
    }
    raiseAttributeError(py, self, py.state().word(Word::dict));
}

Value objectSetDict(Interpreter &py, const Value &self, Arguments &a)
{
    DictObject *d = attributesOf(py, self, true);
    const DictObject *other = asDict(a.positional.at(0));
    if (!d || !other || self.isKind(ObjectKind::Class))
        raiseException(py, BuiltinClass::TypeError, "__dict__ must be set to a dictionary, not a '" + py.className(a.positional.at(0)) + "'");
    d->table.copyFrom(other->table);
    return Value::none();
}

Value objectDir(Interpreter &py, const Value &self, Arguments &) { return py.list(attributeNames(py, self)); }

const NativeMethod kObject[] = {
    {"__eq__", objectEq},
    {"__ne__", objectNe},
    {"__lt__", notImplemented},
    {"__le__", notImplemented},
    {"__gt__", notImplemented},
    {"__ge__", notImplemented},
    {"__hash__", objectHash},
    {"__repr__", objectRepr},
    {"__str__", objectStr},
    {"__format__", objectFormat},
    {"__init__", objectInit},
    {"__new__", objectNew, Sort::StaticMethod},
    {"__getattribute__", objectGetAttribute},
    {"__setattr__", objectSetAttribute},
    {"__delattr__", objectDeleteAttribute},
    {"__init_subclass__", objectInitSubclass, Sort::ClassMethod},
    {"__class__", objectClass, Sort::Property, objectSetClass},
    {"__dict__", objectDict, Sort::Property, objectSetDict},
    {"__dir__", objectDir},
};

// --- type ---

Value typeConstruct(Interpreter &py, const Value &meta, Arguments &a)
{
    if (a.positional.size() != 3)
        raiseException(py, BuiltinClass::TypeError, "type() takes 1 or 3 arguments");
    if (const Value *unknown = unknownAmong(a))
        return *unknown;
    const std::string name = stringArgument(py, a.positional[0], "type.__new__()")->text;
    if (!plain(a.positional[1]).isKind(ObjectKind::Tuple))
        raiseException(py, BuiltinClass::TypeError, "type.__new__() argument 2 must be tuple, not " + py.className(a.positional[1]));
    const Values bases = plain(a.positional[1]).as<TupleObject>()->items;
    for (const Value &b : bases)
        if (b.isUnknown())
            return b;
    if (!asDict(a.positional[2]))
        raiseException(py, BuiltinClass::TypeError, "type.__new__() argument 3 must be dict, not " + py.className(a.positional[2]));
    auto *metaclass = meta.as<ClassObject>();
    for (const Value &b : bases) {
        ClassObject *other = py.state().classOf(b);
        if (b.isKind(ObjectKind::Class) && isSubclassOf(other, metaclass))
            metaclass = other;
    }
    const Value space = py.dict();
    space.as<DictObject>()->table.copyFrom(asDict(a.positional[2])->table);
    StringObject *module = py.state().word(Word::module);
    if (!space.as<DictObject>()->table.findName(module, nameHash(module)))
        if (const Value globals = py.globalsOfCaller())
            if (const Value name2 = py.dictGet(globals, "__name__"))
                dictInsertName(py, space.as<DictObject>(), module, name2);
    Arguments keywords;
    keywords.keywords = std::move(a.keywords);
    return buildClass(py, name, bases, space, keywords, metaclass);
}

Value typeCall(Interpreter &py, const Value &self, Arguments &a)
{
    auto *cls = self.as<ClassObject>();
    // the metaclass's own __call__ has come here by super(): make the instance as type does
    ClassObject *meta = cls->metaclass;
    cls->metaclass = nullptr;
    struct Restore {
        ClassObject *c, *m;
        ~Restore() { c->metaclass = m; }
    } const restore{cls, meta};
    return construct(py, cls, a);
}

Value typeName(Interpreter &py, const Value &self, Arguments &) { return py.string(self.as<ClassObject>()->name); }
Value typeSetName(Interpreter &py, const Value &self, Arguments &a)
{
    self.as<ClassObject>()->name = py.str(a.positional.at(0));
    return Value::none();
}

Value ownOr(Interpreter &py, const Value &self, Word w, const Value &otherwise)
{
    StringObject *name = py.state().word(w);
    const Value *v = py.state().ownAttribute(self.as<ClassObject>(), name);
    return v ? *v : otherwise;
}
Value setOwn(Interpreter &py, const Value &self, Word w, const Value &value)
{
    ++py.state().classVersion;
    dictInsertName(py, self.as<ClassObject>()->attributes.as<DictObject>(), py.state().word(w), value);
    return Value::none();
}

Value typeQualifiedName(Interpreter &py, const Value &self, Arguments &)
{
    return ownOr(py, self, Word::qualname, py.string(self.as<ClassObject>()->name));
}
Value typeSetQualifiedName(Interpreter &py, const Value &self, Arguments &a) { return setOwn(py, self, Word::qualname, a.positional.at(0)); }
Value typeModule(Interpreter &py, const Value &self, Arguments &)
{
    return ownOr(py, self, Word::module, py.string(self.as<ClassObject>()->row ? "builtins" : "__main__"));
}
Value typeSetModule(Interpreter &py, const Value &self, Arguments &a) { return setOwn(py, self, Word::module, a.positional.at(0)); }
Value typeDoc(Interpreter &py, const Value &self, Arguments &) { return ownOr(py, self, Word::doc, Value::none()); }
Value typeSetDoc(Interpreter &py, const Value &self, Arguments &a) { return setOwn(py, self, Word::doc, a.positional.at(0)); }
Value typeAnnotations(Interpreter &py, const Value &self, Arguments &)
{
    if (!py.state().ownAttribute(self.as<ClassObject>(), py.state().word(Word::annotations)))
        setOwn(py, self, Word::annotations, py.dict());
    return ownOr(py, self, Word::annotations, Value::none());
}
Value typeSetAnnotations(Interpreter &py, const Value &self, Arguments &a) { return setOwn(py, self, Word::annotations, a.positional.at(0)); }
Value typeBases(Interpreter &py, const Value &self, Arguments &) { return py.tuple(self.as<ClassObject>()->bases); }
Value typeBase(Interpreter &, const Value &self, Arguments &)
{
    const Values &bases = self.as<ClassObject>()->bases;
    return bases.empty() ? Value::none() : bases[0];
}
Value typeMroTuple(Interpreter &py, const Value &self, Arguments &) { return py.tuple(py.mro(self)); }
Value typeMro(Interpreter &py, const Value &self, Arguments &) { return py.list(py.mro(self)); }

Value typeSubclasses(Interpreter &py, const Value &self, Arguments &)
{
    Values all;
    for (ClassObject *c : self.as<ClassObject>()->subclasses)
        all.push_back(Value::fromObject(c));
    return py.list(std::move(all));
}

Value typeRepr(Interpreter &py, const Value &self, Arguments &) { return py.string(plainRepr(py, self)); }
Value typeInit(Interpreter &, const Value &, Arguments &) { return Value::none(); }

Value typeSetAttribute(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__setattr__", a, 2, 2);
    ++py.state().classVersion;
    dictInsertName(py, self.as<ClassObject>()->attributes.as<DictObject>(), py.state().intern(a.positional[0]), a.positional[1]);
    return Value::none();
}

Value typeInstanceCheck(Interpreter &py, const Value &self, Arguments &a)
{
    return Value::boolean(isSubclassOf(py.state().classOf(onlyArgument(py, "__instancecheck__", a)), self.as<ClassObject>()));
}

Value typeSubclassCheck(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &other = onlyArgument(py, "__subclasscheck__", a);
    return Value::boolean(other.isKind(ObjectKind::Class) && isSubclassOf(other.as<ClassObject>(), self.as<ClassObject>()));
}

Value typePrepare(Interpreter &py, const Value &, Arguments &) { return py.dict(); }

const NativeMethod kType[] = {
    {"__call__", typeCall},
    {"__init__", typeInit},
    {"__setattr__", typeSetAttribute},
    {"__name__", typeName, Sort::Property, typeSetName},
    {"__qualname__", typeQualifiedName, Sort::Property, typeSetQualifiedName},
    {"__module__", typeModule, Sort::Property, typeSetModule},
    {"__doc__", typeDoc, Sort::Property, typeSetDoc},
    {"__annotations__", typeAnnotations, Sort::Property, typeSetAnnotations},
    {"__bases__", typeBases, Sort::Property},
    {"__base__", typeBase, Sort::Property},
    {"__mro__", typeMroTuple, Sort::Property},
    {"mro", typeMro},
    {"__subclasses__", typeSubclasses},
    {"__repr__", typeRepr},
    {"__instancecheck__", typeInstanceCheck},
    {"__subclasscheck__", typeSubclassCheck},
    {"__prepare__", typePrepare, Sort::ClassMethod},
};

// --- generic aliases and unions ---

Value aliasRepr(Interpreter &py, const Value &self, Arguments &)
{
    const Value origin = py.getAttribute(self, "__origin__");
    std::string text = (origin.isKind(ObjectKind::Class) ? py.nameOfClass(origin) : py.repr(origin)) + "[";
    bool first = true;
    for (const Value &v : py.toVector(py.getAttribute(self, "__args__"))) {
        text += first ? "" : ", ";
        first = false;
        text += v.isKind(ObjectKind::Class) && v.as<ClassObject>()->row ? v.as<ClassObject>()->name
                : v.isKind(ObjectKind::Ellipsis)                        ? "..."
                                                                        : py.repr(v);
    }
    return py.string(text + "]");
}

Value aliasConstruct(Interpreter &py, const Value &, Arguments &a)
{
    ArgumentReader read(py, "GenericAlias", a, {"origin", "args"});
    return genericAlias(py, read["origin"], read["args"]);
}
Value aliasCall(Interpreter &py, const Value &self, Arguments &a) { return callFunction(py, py.getAttribute(self, "__origin__"), std::move(a)); }
Value aliasItem(Interpreter &py, const Value &self, Arguments &a)
{
    return genericAlias(py, py.getAttribute(self, "__origin__"), onlyArgument(py, "__getitem__", a));
}
Value aliasEq(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &other = onlyArgument(py, "__eq__", a);
    if (py.state().classOf(other) != py.state().classOf(self))
        return py.state().notImplemented;
    const Value origin = py.findAttribute(self, "__origin__");
    return Value::boolean((!origin || py.equals(origin, py.getAttribute(other, "__origin__"))) &&
                          py.equals(py.getAttribute(self, "__args__"), py.getAttribute(other, "__args__")));
}
Value aliasHash(Interpreter &py, const Value &self, Arguments &)
{
    return Value::integer(static_cast<std::int64_t>(py.hash(py.getAttribute(self, "__args__"))));
}
Value aliasOr(Interpreter &py, const Value &self, Arguments &a) { return unionType(py, self, onlyArgument(py, "__or__", a)); }
Value aliasReflectedOr(Interpreter &py, const Value &self, Arguments &a) { return unionType(py, onlyArgument(py, "__ror__", a), self); }

const NativeMethod kAlias[] = {{"__repr__", aliasRepr}, {"__call__", aliasCall}, {"__getitem__", aliasItem},   {"__eq__", aliasEq},
                               {"__hash__", aliasHash}, {"__or__", aliasOr},     {"__ror__", aliasReflectedOr}};

Value unionRepr(Interpreter &py, const Value &self, Arguments &)
{
    std::string text;
    for (const Value &v : py.toVector(py.getAttribute(self, "__args__"))) {
        text += text.empty() ? "" : " | ";
        const auto *c = v.to<ClassObject>();
        text += c && c->builtin == BuiltinClass::NoneType ? "None" : c && c->row ? c->name : py.repr(v);
    }
    return py.string(text);
}
/// The order of the members does not matter.
Value unionEq(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &other = onlyArgument(py, "__eq__", a);
    if (py.state().classOf(other) != py.state().classOf(self))
        return py.state().notImplemented;
    const Values mine = py.toVector(py.getAttribute(self, "__args__"));
    const Values theirs = py.toVector(py.getAttribute(other, "__args__"));
    const auto has = [&](const Value &member) {
        return std::any_of(theirs.begin(), theirs.end(), [&](const Value &v) { return py.equals(member, v); });
    };
    return Value::boolean(mine.size() == theirs.size() && std::all_of(mine.begin(), mine.end(), has));
}
Value unionHash(Interpreter &py, const Value &self, Arguments &)
{
    std::uint64_t hash = 0;
    for (const Value &member : py.toVector(py.getAttribute(self, "__args__")))
        hash ^= py.hash(member);
    return Value::integer(static_cast<std::int64_t>(hash >> 1));
}
const NativeMethod kUnion[] = {
    {"__repr__", unionRepr}, {"__eq__", unionEq}, {"__hash__", unionHash}, {"__or__", aliasOr}, {"__ror__", aliasReflectedOr}};

Value typeVarRepr(Interpreter &py, const Value &self, Arguments &) { return py.string("~" + py.str(py.getAttribute(self, "__name__"))); }
const NativeMethod kTypeVar[] = {{"__repr__", typeVarRepr}, {"__or__", aliasOr}, {"__ror__", aliasReflectedOr}};

Value noneConstruct(Interpreter &, const Value &, Arguments &) { return Value::none(); }
Value noneBool(Interpreter &, const Value &, Arguments &) { return Value::boolean(false); }
const NativeMethod kNone[] = {{"__bool__", noneBool}};

} // namespace

Values attributeNames(Interpreter &py, const Value &object)
{
    Values names;
    const auto add = [&](const HashTable &table) {
        for (const HashTable::Entry &e : table.entries())
            if (e.key.isString())
                names.push_back(e.key);
    };
    if (const auto *module = object.to<ModuleObject>())
        finishLateNames(py, module->globals);
    if (const DictObject *own = attributesOf(py, object, false))
        add(own->table);
    if (!object.isKind(ObjectKind::Module)) {
        ClassObject *cls = object.isKind(ObjectKind::Class) ? object.as<ClassObject>() : py.state().classOf(object);
        for (ClassObject *c : cls->mro) {
            add(c->attributes.as<DictObject>()->table);
            if (!c->row)
                continue;
            for (const auto &rows : c->row->methods)
                for (const NativeMethod &m : rows)
                    names.push_back(py.string(m.name));
        }
    }
    std::sort(names.begin(), names.end(), [](const Value &a, const Value &b) { return a.as<StringObject>()->text < b.as<StringObject>()->text; });
    names.erase(std::unique(names.begin(), names.end(),
                            [](const Value &a, const Value &b) { return a.as<StringObject>()->text == b.as<StringObject>()->text; }),
                names.end());
    return names;
}

BuiltinRow objectRow() { return {"object", BuiltinClass::Object, nullptr, {kObject}}; }
BuiltinRow typeRow() { return {"type", BuiltinClass::Object, typeConstruct, {kType}}; }
BuiltinRow genericAliasRow() { return {"GenericAlias", BuiltinClass::Object, aliasConstruct, {kAlias}}; }
BuiltinRow unionTypeRow() { return {"UnionType", BuiltinClass::Object, nullptr, {kUnion}}; }
BuiltinRow typeVarRow() { return {"TypeVar", BuiltinClass::Object, nullptr, {kTypeVar}}; }
BuiltinRow noneRow() { return {"NoneType", BuiltinClass::Object, noneConstruct, {kNone}}; }

} // namespace stillroom::python
