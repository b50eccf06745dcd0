// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

#include <algorithm>
#include <limits>

/// list, tuple, range and slice (Python library reference, "Sequence Types").
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

/// For methods that change the list.
ListObject *listOf(const Value &self)
{
    touchShared(plain(self));
    return plain(self).as<ListObject>();
}
const Values &itemsOf(const Value &self)
{
    const Value &v = plain(self);
    return v.isKind(ObjectKind::List) ? v.as<ListObject>()->items : v.as<TupleObject>()->items;
}
void recount(Interpreter &py, ListObject *list) { py.state().account(list, list->items.capacity() * sizeof(Value)); }

Value constructList(Interpreter &py, const Value &cls, Arguments &a)
{
    const bool derived = !cls.as<ClassObject>()->row;
    if (!derived)
        expectArguments(py, "list", a, 0, 1);
    if (!derived && !a.positional.empty())
        return py.list(py.toVector(a.positional[0]));
    return wrapBase(py, cls, py.list());
}

Value listInit(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "list", a, 0, 1);
    ListObject *list = listOf(self);
    list->items = a.positional.empty() ? Values() : py.toVector(a.positional[0]);
    recount(py, list);
    return Value::none();
}

Value constructTuple(Interpreter &py, const Value &cls, Arguments &a)
{
    const bool ownInit = !cls.as<ClassObject>()->row;
    if (!ownInit || a.positional.size() > 1)
        expectArguments(py, "tuple", a, 0, 1);
    if (a.positional.empty())
        return wrapBase(py, cls, py.tuple({}));
    if (!ownInit && a.positional[0].isKind(ObjectKind::Tuple) && !a.positional[0].as<TupleObject>()->namedClass)
        return a.positional[0];
    return wrapBase(py, cls, py.tuple(py.toVector(a.positional[0])));
}

Value listAppend(Interpreter &py, const Value &self, Arguments &a)
{
    appendTo(py, listOf(self), onlyArgument(py, "append", a));
    return Value::none();
}
Value listExtend(Interpreter &py, const Value &self, Arguments &a)
{
    const Values more = py.toVector(onlyArgument(py, "extend", a));
    ListObject *list = listOf(self);
    list->items.insert(list->items.end(), more.begin(), more.end());
    recount(py, list);
    return Value::none();
}
Value listInsert(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "insert", a, 2, 2);
    ListObject *list = listOf(self);
    std::int64_t i = indexOf(py, a.positional[0]);
    const std::int64_t size = std::ssize(list->items);
    if (i < 0)
        i = std::max<std::int64_t>(0, i < -size ? 0 : i + size);
    i = std::min(i, size);
    py.state().countSteps(static_cast<std::uint64_t>(size - i) / 16);
    list->items.insert(list->items.begin() + i, a.positional[1]);
    recount(py, list);
    return Value::none();
}
Value listPop(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "pop", a, 0, 1);
    ListObject *list = listOf(self);
    std::int64_t i = a.positional.empty() ? -1 : indexOf(py, a.positional[0]);
    if (list->items.empty())
        raiseException(py, BuiltinClass::IndexError, "pop from empty list");
    if (i < 0)
        i += std::ssize(list->items);
    if (i < 0 || i >= std::ssize(list->items))
        raiseException(py, BuiltinClass::IndexError, "pop index out of range");
    Value gone = std::move(list->items[static_cast<std::size_t>(i)]);
    py.state().countSteps(static_cast<std::uint64_t>(std::ssize(list->items) - i) / 16);
    list->items.erase(list->items.begin() + i);
    return gone;
}

std::int64_t positionOf(Interpreter &py, const Value &self, const Value &wanted, std::int64_t from, std::int64_t to)
{
    for (std::int64_t i = from; i < to && i < std::ssize(itemsOf(self)); ++i) {
        py.state().countSteps(1);
        const Value item = itemsOf(self)[static_cast<std::size_t>(i)];
        if (py.equals(item, wanted))
            return i;
    }
    return -1;
}

Value listRemove(Interpreter &py, const Value &self, Arguments &a)
{
    const std::int64_t i = positionOf(py, self, onlyArgument(py, "remove", a), 0, std::numeric_limits<std::int64_t>::max());
    if (i < 0)
        raiseException(py, BuiltinClass::ValueError, "list.remove(x): x not in list");
    ListObject *list = listOf(self);
    if (i >= std::ssize(list->items)) // the script's __eq__ has changed the list
        raiseException(py, BuiltinClass::ValueError, "list.remove(x): x not in list");
    const Value held = list->items[static_cast<std::size_t>(i)];
    list->items.erase(list->items.begin() + i);
    return Value::none();
}
Value listClear(Interpreter &py, const Value &self, Arguments &)
{
    Values old;
    old.swap(listOf(self)->items);
    recount(py, listOf(self));
    return Value::none();
}
Value listCopy(Interpreter &py, const Value &self, Arguments &) { return py.list(listOf(self)->items); }
Value listReverse(Interpreter &, const Value &self, Arguments &)
{
    std::reverse(listOf(self)->items.begin(), listOf(self)->items.end());
    return Value::none();
}
Value listSort(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "sort", a, {"*", "key=", "reverse="});
    ListObject *list = listOf(self);
    Values items;
    items.swap(list->items); // the script sees an empty list while it is sorted, as in CPython
    struct PutBack {
        ListObject *to;
        Values &from;
        ~PutBack() { to->items = std::move(from); }
    } const back{list, items};
    sortValues(py, items, r["key"], r.has("reverse") && py.truth(r["reverse"]));
    return Value::none();
}

Value sequenceIndex(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "index", a, 1, 3);
    const std::int64_t size = std::ssize(itemsOf(self));
    const auto bound = [&](std::size_t i, std::int64_t otherwise) {
        if (a.positional.size() <= i)
            return otherwise;
        std::int64_t v = indexOf(py, a.positional[i]);
        if (v < 0)
            v = v < -size ? 0 : v + size;
        return v;
    };
    const std::int64_t i = positionOf(py, self, a.positional[0], bound(1, 0), bound(2, size));
    if (i < 0)
        raiseException(py, BuiltinClass::ValueError,
                       plain(self).isKind(ObjectKind::List) ? py.repr(a.positional[0]) + " is not in list" : "tuple.index(x): x not in tuple");
    return Value::integer(i);
}
Value sequenceCount(Interpreter &py, const Value &self, Arguments &a)
{
    const Value wanted = onlyArgument(py, "count", a);
    std::int64_t n = 0;
    for (std::size_t i = 0; i < itemsOf(self).size(); ++i) {
        const Value item = itemsOf(self)[i];
        py.state().countSteps(1);
        n += py.equals(item, wanted);
    }
    return Value::integer(n);
}
Value listReversed(Interpreter &py, const Value &self, Arguments &) { return reversedOf(py, plain(self)); }

Value classGetItem(Interpreter &py, const Value &cls, Arguments &a) { return genericAlias(py, cls, onlyArgument(py, "__class_getitem__", a)); }

const NativeMethod kSequence[] = {
    {"__add__", plainDunder<BinaryOperator::Add>},
    {"__mul__", plainDunder<BinaryOperator::Multiply>},
    {"__rmul__", reflectedDunder<BinaryOperator::Multiply>},
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__contains__", containsDunder},
    {"__getitem__", getItemDunder},
    {"__repr__", reprDunder},
    {"index", sequenceIndex},
    {"count", sequenceCount},
    {"__class_getitem__", classGetItem, Sort::ClassMethod},
};

const NativeMethod kList[] = {
    {"__hash__", hashDunder}, // which refuses
    {"__init__", listInit},
    {"__iadd__", inPlaceDunder<BinaryOperator::Add>},
    {"__imul__", inPlaceDunder<BinaryOperator::Multiply>},
    {"__setitem__", setItemDunder},
    {"__delitem__", deleteItemDunder},
    {"__reversed__", listReversed},
    {"append", listAppend},
    {"extend", listExtend},
    {"insert", listInsert},
    {"pop", listPop},
    {"remove", listRemove},
    {"clear", listClear},
    {"copy", listCopy},
    {"reverse", listReverse},
    {"sort", listSort},
};
const NativeMethod kTuple[] = {{"__hash__", hashDunder}};

std::int64_t rangePart(Interpreter &py, const Value &v)
{
    const Value i = indexValue(py, v);
    if (!isSmall(i))
        py.stop(StopKind::NotUnderstood, "a range of numbers this large is not evaluated");
    return smallOf(i);
}

Value constructRange(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "range", a, 1, 3);
    const std::size_t n = a.positional.size();
    const std::int64_t step = n == 3 ? rangePart(py, a.positional[2]) : 1;
    if (step == 0)
        raiseException(py, BuiltinClass::ValueError, "range() arg 3 must not be zero");
    const std::int64_t start = n > 1 ? rangePart(py, a.positional[0]) : 0;
    const std::int64_t stop = rangePart(py, a.positional[n > 1 ? 1 : 0]);
    Value range = Value::fromObject(py.state().make<RangeObject>(start, stop, step));
    if (range.as<RangeObject>()->size() < 0) // more than 2**63 - 1 elements
        py.stop(StopKind::NotUnderstood, "a range of numbers this large is not evaluated");
    return range;
}
Value rangeStart(Interpreter &, const Value &self, Arguments &) { return Value::integer(self.as<RangeObject>()->start); }
Value rangeStop(Interpreter &, const Value &self, Arguments &) { return Value::integer(self.as<RangeObject>()->stop); }
Value rangeStep(Interpreter &, const Value &self, Arguments &) { return Value::integer(self.as<RangeObject>()->step); }
Value rangeIndex(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &v = onlyArgument(py, "index", a);
    if (!isSmall(v) || !containsValue(py, self, v).isTrue())
        raiseException(py, BuiltinClass::ValueError, py.repr(v) + " is not in range");
    return Value::integer((smallOf(v) - self.as<RangeObject>()->start) / self.as<RangeObject>()->step);
}
Value rangeCount(Interpreter &py, const Value &self, Arguments &a)
{
    return Value::integer(containsValue(py, self, onlyArgument(py, "count", a)).isTrue() ? 1 : 0);
}
const NativeMethod kRange[] = {
    {"start", rangeStart, Sort::Property},
    {"stop", rangeStop, Sort::Property},
    {"step", rangeStep, Sort::Property},
    {"index", rangeIndex},
    {"count", rangeCount},
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__contains__", containsDunder},
    {"__getitem__", getItemDunder},
    {"__hash__", hashDunder},
    {"__repr__", reprDunder},
    {"__reversed__", listReversed},
};

Value constructSlice(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "slice", a, 1, 3);
    const Values &p = a.positional;
    if (p.size() == 1)
        return Value::fromObject(py.state().make<SliceObject>(Value::none(), p[0], Value::none()));
    return Value::fromObject(py.state().make<SliceObject>(p[0], p[1], p.size() > 2 ? p[2] : Value::none()));
}
Value sliceStart(Interpreter &, const Value &self, Arguments &) { return self.as<SliceObject>()->start; }
Value sliceStop(Interpreter &, const Value &self, Arguments &) { return self.as<SliceObject>()->stop; }
Value sliceStep(Interpreter &, const Value &self, Arguments &) { return self.as<SliceObject>()->step; }
Value sliceIndices(Interpreter &py, const Value &self, Arguments &a)
{
    const SliceBounds b = sliceBounds(py, self.as<SliceObject>(), indexOf(py, onlyArgument(py, "indices", a)));
    return py.tuple({Value::integer(b.start), Value::integer(b.stop), Value::integer(b.step)});
}
const NativeMethod kSlice[] = {{"start", sliceStart, Sort::Property},
                               {"stop", sliceStop, Sort::Property},
                               {"step", sliceStep, Sort::Property},
                               {"indices", sliceIndices},
                               {"__repr__", reprDunder}};

} // namespace

BuiltinRow listRow() { return {"list", BuiltinClass::Object, constructList, {kSequence, comparisonDunders(), kList}}; }
BuiltinRow tupleRow() { return {"tuple", BuiltinClass::Object, constructTuple, {kSequence, comparisonDunders(), kTuple}}; }
BuiltinRow rangeRow() { return {"range", BuiltinClass::Object, constructRange, {kRange, comparisonDunders()}}; }
BuiltinRow sliceRow() { return {"slice", BuiltinClass::Object, constructSlice, {kSlice, comparisonDunders()}}; }

} // namespace stillroom::python
