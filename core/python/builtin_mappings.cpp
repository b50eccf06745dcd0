// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

/// dict, its views, set and frozenset (Python library reference, "Mapping Types", "Set Types").
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

DictObject *dictOf(Interpreter &py, const Value &self)
{
    DictObject *d = asDict(self);
    if (!d)
        raiseException(py, BuiltinClass::TypeError, "descriptor requires a 'dict' object but received a '" + py.className(self) + "'");
    return d;
}

void fill(Interpreter &py, DictObject *dict, Arguments &a)
{
    if (a.positional.size() > 1)
        raiseException(py, BuiltinClass::TypeError, "dict expected at most 1 argument, got " + std::to_string(a.positional.size()));
    if (!a.positional.empty())
        dictUpdate(py, dict, a.positional[0]);
    for (const auto &[name, value] : a.keywords)
        dictInsert(py, dict, Value::fromObject(py.state().intern(name)), value);
}

Value constructDict(Interpreter &py, const Value &cls, Arguments &a)
{
    const Value dict = py.dict();
    if (cls.as<ClassObject>()->row)
        fill(py, dict.as<DictObject>(), a);
    return wrapBase(py, cls, dict);
}
Value dictInit(Interpreter &py, const Value &self, Arguments &a)
{
    fill(py, dictOf(py, self), a);
    return Value::none();
}

Value dictGetItem(Interpreter &py, const Value &self, Arguments &a)
{
    const Value key = onlyArgument(py, "__getitem__", a);
    if (const Value *v = dictFind(py, dictOf(py, self), key))
        return *v;
    Value result;
    if (self.isKind(ObjectKind::Instance) && callSpecial(py, self, Word::missing, {key}, result))
        return result;
    raiseValue(py, BuiltinClass::KeyError, {key});
}

Value dictContains(Interpreter &py, const Value &self, Arguments &a)
{
    return Value::boolean(dictFind(py, dictOf(py, self), onlyArgument(py, "__contains__", a)) != nullptr);
}

Value dictGetMethod(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "get", a, 1, 2);
    const Value *v = dictFind(py, dictOf(py, self), a.positional[0]);
    return v ? *v : a.positional.size() > 1 ? a.positional[1] : Value::none();
}
Value dictSetDefault(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "setdefault", a, 1, 2);
    DictObject *d = dictOf(py, self);
    if (const Value *v = dictFind(py, d, a.positional[0]))
        return *v;
    Value v = a.positional.size() > 1 ? a.positional[1] : Value::none();
    dictInsert(py, d, a.positional[0], v);
    return v;
}
Value dictPop(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "pop", a, 1, 2);
    py.known(a.positional[0]);
    HashTable::Entry gone = dictOf(py, self)->table.remove(py, a.positional[0], py.hash(a.positional[0]));
    if (gone.key)
        return gone.value;
    if (a.positional.size() > 1)
        return a.positional[1];
    raiseValue(py, BuiltinClass::KeyError, {a.positional[0]});
}
Value dictPopItem(Interpreter &py, const Value &self, Arguments &)
{
    HashTable &table = dictOf(py, self)->table;
    for (std::size_t i = table.entries().size(); i-- > 0;) {
        if (table.entries()[i].key) {
            const HashTable::Entry e = table.entries()[i];
            table.removeAt(i);
            return py.tuple({e.key, e.value});
        }
    }
    raiseValue(py, BuiltinClass::KeyError, {py.string("popitem(): dictionary is empty")});
}
Value dictUpdateMethod(Interpreter &py, const Value &self, Arguments &a)
{
    fill(py, dictOf(py, self), a);
    return Value::none();
}
Value dictClear(Interpreter &py, const Value &self, Arguments &)
{
    DictObject *d = dictOf(py, self);
    d->table.clear();
    py.state().account(d, 0);
    return Value::none();
}
Value dictCopy(Interpreter &py, const Value &self, Arguments &)
{
    Value copy = py.dict();
    copy.as<DictObject>()->table.copyFrom(dictOf(py, self)->table);
    py.state().account(copy.as<DictObject>(), copy.as<DictObject>()->table.bytes());
    return copy;
}
Value view(Interpreter &py, const Value &self, DictViewObject::Part part)
{
    return Value::fromObject(py.state().make<DictViewObject>(Value::fromObject(dictOf(py, self)), part));
}
Value dictKeys(Interpreter &py, const Value &self, Arguments &) { return view(py, self, DictViewObject::Part::Keys); }
Value dictValues(Interpreter &py, const Value &self, Arguments &) { return view(py, self, DictViewObject::Part::ValuesOnly); }
Value dictItems(Interpreter &py, const Value &self, Arguments &) { return view(py, self, DictViewObject::Part::Items); }
Value dictFromKeys(Interpreter &py, const Value &cls, Arguments &a)
{
    expectArguments(py, "fromkeys", a, 1, 2);
    const Value value = a.positional.size() > 1 ? a.positional[1] : Value::none();
    const Value dict = callFunction(py, cls, {});
    forEach(py, a.positional[0], [&](const Value &key) {
        py.setItem(dict, key, value);
        return true;
    });
    return dict;
}
Value dictReversed(Interpreter &py, const Value &self, Arguments &) { return reversedOf(py, plain(self)); }
Value classGetItem(Interpreter &py, const Value &cls, Arguments &a) { return genericAlias(py, cls, onlyArgument(py, "__class_getitem__", a)); }

const NativeMethod kDict[] = {
    {"__hash__", hashDunder}, // which refuses
    {"__init__", dictInit},
    {"__getitem__", dictGetItem},
    {"__setitem__", setItemDunder},
    {"__delitem__", deleteItemDunder},
    {"__contains__", dictContains},
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__repr__", reprDunder},
    {"__eq__", compareDunder<ComparisonOperator::Equal>},
    {"__ne__", compareDunder<ComparisonOperator::NotEqual>},
    {"__or__", plainDunder<BinaryOperator::BitOr>},
    {"__ror__", reflectedDunder<BinaryOperator::BitOr>},
    {"__ior__", inPlaceDunder<BinaryOperator::BitOr>},
    {"__reversed__", dictReversed},
    {"get", dictGetMethod},
    {"setdefault", dictSetDefault},
    {"pop", dictPop},
    {"popitem", dictPopItem},
    {"update", dictUpdateMethod},
    {"clear", dictClear},
    {"copy", dictCopy},
    {"keys", dictKeys},
    {"values", dictValues},
    {"items", dictItems},
    {"fromkeys", dictFromKeys, Sort::ClassMethod},
    {"__class_getitem__", classGetItem, Sort::ClassMethod},
};

// --- views ---

Value viewIsDisjoint(Interpreter &py, const Value &self, Arguments &a)
{
    bool disjoint = true;
    forEach(py, onlyArgument(py, "isdisjoint", a), [&](const Value &v) {
        disjoint = !containsValue(py, self, v).isTrue();
        return disjoint;
    });
    return Value::boolean(disjoint);
}
const NativeMethod kView[] = {
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__contains__", containsDunder},
    {"__repr__", reprDunder},
    {"__reversed__", dictReversed},
    {"__and__", plainDunder<BinaryOperator::BitAnd>},
    {"__or__", plainDunder<BinaryOperator::BitOr>},
    {"__sub__", plainDunder<BinaryOperator::Subtract>},
    {"__xor__", plainDunder<BinaryOperator::BitXor>},
    {"isdisjoint", viewIsDisjoint},
};

const NativeMethod kProxy[] = {
    {"__getitem__", getItemDunder},
    {"__contains__", dictContains},
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__repr__", reprDunder},
    {"get", dictGetMethod},
    {"keys", dictKeys},
    {"values", dictValues},
    {"items", dictItems},
    {"copy", dictCopy},
};

// --- sets ---

SetObject *setOf(Interpreter &py, const Value &self)
{
    SetObject *s = asSet(plain(self));
    if (!s)
        raiseException(py, BuiltinClass::TypeError, "descriptor requires a 'set' object but received a '" + py.className(self) + "'");
    return s;
}

Value made(Interpreter &py, bool frozen, const Value &source)
{
    auto *s = py.state().make<SetObject>(frozen);
    const SetObject *from = source ? asSet(source) : nullptr;
    s->isScripts = from ? from->isScripts : py.state().runsProjectCode();
    Value v = Value::fromObject(s);
    if (source)
        forEach(py, source, [&](const Value &item) {
            setAdd(py, s, item);
            return true;
        });
    return v;
}

Value constructSet(Interpreter &py, const Value &cls, Arguments &a)
{
    if (!cls.as<ClassObject>()->row)
        return wrapBase(py, cls, made(py, false, {}));
    expectArguments(py, "set", a, 0, 1);
    return made(py, false, a.positional.empty() ? Value() : a.positional[0]);
}
Value constructFrozenSet(Interpreter &py, const Value &cls, Arguments &a)
{
    expectArguments(py, "frozenset", a, 0, 1);
    if (cls.as<ClassObject>()->row && !a.positional.empty() && a.positional[0].isKind(ObjectKind::FrozenSet))
        return a.positional[0];
    return wrapBase(py, cls, made(py, true, a.positional.empty() ? Value() : a.positional[0]));
}
Value setInit(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "set", a, 0, 1);
    SetObject *s = setOf(py, self);
    const Value fresh = made(py, false, a.positional.empty() ? Value() : a.positional[0]);
    s->table.copyFrom(fresh.as<SetObject>()->table);
    return Value::none();
}

Value setAddMethod(Interpreter &py, const Value &self, Arguments &a)
{
    setAdd(py, setOf(py, self), onlyArgument(py, "add", a));
    return Value::none();
}
Value setDiscard(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &item = onlyArgument(py, "discard", a);
    static_cast<void>(setOf(py, self)->table.remove(py, item, py.hash(item)));
    return Value::none();
}
Value setRemove(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &item = onlyArgument(py, "remove", a);
    if (!setOf(py, self)->table.remove(py, item, py.hash(item)).key)
        raiseValue(py, BuiltinClass::KeyError, {item});
    return Value::none();
}
Value setPop(Interpreter &py, const Value &self, Arguments &)
{
    SetObject *set = setOf(py, self);
    HashTable &table = set->table;
    if (!orderIsSettled(py, set) && py.state().otherRun != 0) {
        const Value first = itemsOfSet(py, set).front();
        static_cast<void>(table.remove(py, first, py.hash(first)));
        return first;
    }
    for (std::size_t i = 0; i < table.entries().size(); ++i) {
        if (table.entries()[i].key) {
            Value v = table.entries()[i].key;
            table.removeAt(i);
            return v;
        }
    }
    raiseValue(py, BuiltinClass::KeyError, {py.string("pop from an empty set")});
}
Value setClear(Interpreter &py, const Value &self, Arguments &)
{
    setOf(py, self)->table.clear();
    return Value::none();
}
Value setCopy(Interpreter &py, const Value &self, Arguments &)
{
    return made(py, plain(self).isKind(ObjectKind::FrozenSet), Value::fromObject(setOf(py, self)));
}

template<BinaryOperator op>
Value setCombine(Interpreter &py, const Value &self, Arguments &a)
{
    Value result = setCopy(py, self, a);
    for (const Value &other : a.positional)
        result = plainBinary(py, op, result, asSet(plain(other)) ? plain(other) : made(py, false, other));
    return result;
}
template<BinaryOperator op>
Value setChange(Interpreter &py, const Value &self, Arguments &a)
{
    const Value result = setCombine<op>(py, self, a);
    SetObject *s = setOf(py, self);
    s->table.copyFrom(asSet(result)->table);
    py.state().account(s, s->table.bytes());
    return Value::none();
}
template<ComparisonOperator op>
Value setTest(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &other = onlyArgument(py, "issubset", a);
    return plainCompare(py, op, plain(self), asSet(plain(other)) ? plain(other) : made(py, false, other));
}

const NativeMethod kSet[] = {
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__contains__", containsDunder},
    {"__repr__", reprDunder},
    {"__and__", plainDunder<BinaryOperator::BitAnd>},
    {"__rand__", reflectedDunder<BinaryOperator::BitAnd>},
    {"__or__", plainDunder<BinaryOperator::BitOr>},
    {"__ror__", reflectedDunder<BinaryOperator::BitOr>},
    {"__sub__", plainDunder<BinaryOperator::Subtract>},
    {"__rsub__", reflectedDunder<BinaryOperator::Subtract>},
    {"__xor__", plainDunder<BinaryOperator::BitXor>},
    {"__rxor__", reflectedDunder<BinaryOperator::BitXor>},
    {"copy", setCopy},
    {"union", setCombine<BinaryOperator::BitOr>},
    {"intersection", setCombine<BinaryOperator::BitAnd>},
    {"difference", setCombine<BinaryOperator::Subtract>},
    {"symmetric_difference", setCombine<BinaryOperator::BitXor>},
    {"issubset", setTest<ComparisonOperator::LessEqual>},
    {"issuperset", setTest<ComparisonOperator::GreaterEqual>},
    {"isdisjoint", viewIsDisjoint},
    {"__class_getitem__", classGetItem, Sort::ClassMethod},
};
const NativeMethod kMutableSet[] = {
    {"__hash__", hashDunder}, // which refuses
    {"__init__", setInit},
    {"__iand__", inPlaceDunder<BinaryOperator::BitAnd>},
    {"__ior__", inPlaceDunder<BinaryOperator::BitOr>},
    {"__isub__", inPlaceDunder<BinaryOperator::Subtract>},
    {"__ixor__", inPlaceDunder<BinaryOperator::BitXor>},
    {"add", setAddMethod},
    {"discard", setDiscard},
    {"remove", setRemove},
    {"pop", setPop},
    {"clear", setClear},
    {"update", setChange<BinaryOperator::BitOr>},
    {"intersection_update", setChange<BinaryOperator::BitAnd>},
    {"difference_update", setChange<BinaryOperator::Subtract>},
    {"symmetric_difference_update", setChange<BinaryOperator::BitXor>},
};
const NativeMethod kFrozen[] = {{"__hash__", hashDunder}};

} // namespace

BuiltinRow dictRow() { return {"dict", BuiltinClass::Object, constructDict, {kDict}}; }
BuiltinRow dictViewRow(std::string_view name) { return {name, BuiltinClass::Object, nullptr, {kView, comparisonDunders()}}; }
BuiltinRow mappingProxyRow() { return {"mappingproxy", BuiltinClass::Object, nullptr, {kProxy}}; }
BuiltinRow setRow() { return {"set", BuiltinClass::Object, constructSet, {kSet, comparisonDunders(), kMutableSet}}; }
BuiltinRow frozenSetRow() { return {"frozenset", BuiltinClass::Object, constructFrozenSet, {kSet, comparisonDunders(), kFrozen}}; }

} // namespace stillroom::python
