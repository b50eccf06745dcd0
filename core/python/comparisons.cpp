// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <cmath>
#include <string>

/// Equality, ordering, hashing, truth, membership, sorting (Python reference, "Value comparisons"; "sorted").
namespace stillroom::python {

namespace {

bool isOrdering(ComparisonOperator op)
{
    return op == ComparisonOperator::Less || op == ComparisonOperator::LessEqual || op == ComparisonOperator::Greater ||
           op == ComparisonOperator::GreaterEqual;
}

Value fromSign(ComparisonOperator op, int sign)
{
    switch (op) {
    case ComparisonOperator::Equal:
        return Value::boolean(sign == 0);
    case ComparisonOperator::NotEqual:
        return Value::boolean(sign != 0);
    case ComparisonOperator::Less:
        return Value::boolean(sign < 0);
    case ComparisonOperator::LessEqual:
        return Value::boolean(sign <= 0);
    case ComparisonOperator::Greater:
        return Value::boolean(sign > 0);
    case ComparisonOperator::GreaterEqual:
        return Value::boolean(sign >= 0);
    case ComparisonOperator::Is:
    case ComparisonOperator::IsNot:
    case ComparisonOperator::In:
    case ComparisonOperator::NotIn:
        break;
    }
    return {};
}

Word wordOf(ComparisonOperator op)
{
    switch (op) {
    case ComparisonOperator::Equal:
        return Word::eq;
    case ComparisonOperator::NotEqual:
        return Word::ne;
    case ComparisonOperator::Less:
        return Word::lt;
    case ComparisonOperator::LessEqual:
        return Word::le;
    case ComparisonOperator::Greater:
        return Word::gt;
    case ComparisonOperator::GreaterEqual:
        return Word::ge;
    case ComparisonOperator::Is:
    case ComparisonOperator::IsNot:
    case ComparisonOperator::In:
    case ComparisonOperator::NotIn:
        break;
    }
    return Word::eq;
}

ComparisonOperator swapped(ComparisonOperator op)
{
    switch (op) {
    case ComparisonOperator::Less:
        return ComparisonOperator::Greater;
    case ComparisonOperator::LessEqual:
        return ComparisonOperator::GreaterEqual;
    case ComparisonOperator::Greater:
        return ComparisonOperator::Less;
    case ComparisonOperator::GreaterEqual:
        return ComparisonOperator::LessEqual;
    case ComparisonOperator::Equal:
    case ComparisonOperator::NotEqual:
    case ComparisonOperator::Is:
    case ComparisonOperator::IsNot:
    case ComparisonOperator::In:
    case ComparisonOperator::NotIn:
        return op;
    }
    return op;
}

Value compareNumbers(ComparisonOperator op, const Value &a, const Value &b)
{
    if (isInteger(a) && isInteger(b))
        return fromSign(op, integerCompare(a, b));
    const auto *x = a.to<FloatObject>();
    const auto *y = b.to<FloatObject>();
    if ((x && std::isnan(x->value)) || (y && std::isnan(y->value)))
        return Value::boolean(op == ComparisonOperator::NotEqual);
    if (x && y)
        return fromSign(op, x->value < y->value ? -1 : x->value > y->value ? 1 : 0);
    return x ? fromSign(op, -compareIntegerWithDouble(b, x->value)) : fromSign(op, compareIntegerWithDouble(a, y->value));
}

Value compareSequences(Interpreter &py, ComparisonOperator op, const Values &a, const Values &b)
{
    const DepthGuard guard(py);
    if (!isOrdering(op) && a.size() != b.size())
        return Value::boolean(op == ComparisonOperator::NotEqual);
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        py.state().countSteps(1);
        const Value x = a[i];
        const Value y = b[i];
        if (py.equals(x, y)) {
            if (!isOrdering(op) && a.size() != b.size()) // the script's __eq__ has changed one of them
                return Value::boolean(op == ComparisonOperator::NotEqual);
            continue;
        }
        return isOrdering(op) ? compareValues(py, op, x, y) : Value::boolean(op == ComparisonOperator::NotEqual);
    }
    return fromSign(op, a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0);
}

bool contains(Interpreter &py, const Value &set, const Value &item)
{
    if (SetObject *s = asSet(set))
        return s->table.find(py, item, py.hash(item)) != nullptr;
    return containsValue(py, set, item).isTrue();
}

bool isSubset(Interpreter &py, const Value &a, const Value &b)
{
    bool all = true;
    forEach(py, a, [&](const Value &v) {
        all = contains(py, b, v);
        return all;
    });
    return all;
}

Value compareSets(Interpreter &py, ComparisonOperator op, const Value &a, const Value &b)
{
    const DepthGuard guard(py);
    const std::int64_t x = py.length(a);
    const std::int64_t y = py.length(b);
    switch (op) {
    case ComparisonOperator::Equal:
        return Value::boolean(x == y && isSubset(py, a, b));
    case ComparisonOperator::NotEqual:
        return Value::boolean(!(x == y && isSubset(py, a, b)));
    case ComparisonOperator::Less:
        return Value::boolean(x < y && isSubset(py, a, b));
    case ComparisonOperator::LessEqual:
        return Value::boolean(x <= y && isSubset(py, a, b));
    case ComparisonOperator::Greater:
        return Value::boolean(y < x && isSubset(py, b, a));
    case ComparisonOperator::GreaterEqual:
        return Value::boolean(y <= x && isSubset(py, b, a));
    case ComparisonOperator::Is:
    case ComparisonOperator::IsNot:
    case ComparisonOperator::In:
    case ComparisonOperator::NotIn:
        break;
    }
    return py.state().notImplemented;
}

bool equalDicts(Interpreter &py, DictObject *a, DictObject *b)
{
    const DepthGuard guard(py);
    if (a->table.size() != b->table.size())
        return false;
    const auto entries = a->table.entries();
    for (const HashTable::Entry &e : entries) {
        if (!e.key)
            continue;
        py.state().countSteps(1);
        const Value *other = b->table.find(py, e.key, e.hash);
        if (!other)
            return false;
        const Value held = *other;
        if (!py.equals(e.value, held))
            return false;
    }
    return true;
}

const std::string *bytesOf(const Value &v)
{
    if (v.isKind(ObjectKind::Bytes))
        return &v.as<BytesObject>()->bytes;
    return v.isKind(ObjectKind::ByteArray) ? &v.as<ByteArrayObject>()->bytes : nullptr;
}

bool isSetLike(const Value &v)
{
    return asSet(v) || (v.isKind(ObjectKind::DictView) && v.as<DictViewObject>()->part != DictViewObject::Part::ValuesOnly);
}

bool hasDunders(const Value &v)
{
    return v.isKind(ObjectKind::Instance) || v.isKind(ObjectKind::Class) || (v.isKind(ObjectKind::Tuple) && v.as<TupleObject>()->namedClass);
}

Value richCompare(Interpreter &py, ComparisonOperator op, const Value &a, const Value &b)
{
    if (!hasDunders(a) && !hasDunders(b))
        return plainCompare(py, op, a, b);
    Interpreter::State &st = py.state();
    ClassObject *classA = st.classOf(a);
    ClassObject *classB = st.classOf(b);
    Value result;
    const bool reflectedFirst = classA != classB && isSubclassOf(classB, classA);
    const auto attempt = [&](const Value &self, const Value &other, ComparisonOperator o) {
        return callSpecial(py, self, wordOf(o), {other}, result) && !result.isKind(ObjectKind::NotImplemented);
    };
    if (reflectedFirst && attempt(b, a, swapped(op)))
        return result;
    if (attempt(a, b, op))
        return result;
    if (!reflectedFirst && attempt(b, a, swapped(op)))
        return result;
    if (op == ComparisonOperator::Equal)
        return Value::boolean(a.isSame(b));
    if (op == ComparisonOperator::NotEqual)
        return Value::boolean(!a.isSame(b));
    return st.notImplemented;
}

} // namespace

Value plainCompare(Interpreter &py, ComparisonOperator op, const Value &a, const Value &b)
{
    if (isNumber(a) && isNumber(b))
        return compareNumbers(op, a, b);
    if (a.isString() && b.isString()) {
        const int c = a.as<StringObject>()->text.compare(b.as<StringObject>()->text); // UTF-8 sorts as code points do
        return fromSign(op, c);
    }
    if (const std::string *x = bytesOf(a))
        if (const std::string *y = bytesOf(b))
            return fromSign(op, x->compare(*y));
    if (a.isKind(ObjectKind::List) && b.isKind(ObjectKind::List))
        return compareSequences(py, op, a.as<ListObject>()->items, b.as<ListObject>()->items);
    if (a.isKind(ObjectKind::Tuple) && b.isKind(ObjectKind::Tuple))
        return compareSequences(py, op, a.as<TupleObject>()->items, b.as<TupleObject>()->items);
    if (isSetLike(a) && isSetLike(b))
        return compareSets(py, op, a, b);
    if (op == ComparisonOperator::Equal || op == ComparisonOperator::NotEqual) {
        bool equal = a.isSame(b);
        if (DictObject *x = asDict(a))
            if (DictObject *y = asDict(b))
                equal = equalDicts(py, x, y);
        if (a.isKind(ObjectKind::Range) && b.isKind(ObjectKind::Range)) {
            const auto *x = a.as<RangeObject>();
            const auto *y = b.as<RangeObject>();
            equal = x->size() == y->size() && (x->size() == 0 || (x->start == y->start && (x->size() == 1 || x->step == y->step)));
        }
        if (a.isKind(ObjectKind::Slice) && b.isKind(ObjectKind::Slice)) {
            const auto *x = a.as<SliceObject>();
            const auto *y = b.as<SliceObject>();
            equal = py.equals(x->start, y->start) && py.equals(x->stop, y->stop) && py.equals(x->step, y->step);
        }
        if (a.isKind(ObjectKind::Complex) || b.isKind(ObjectKind::Complex)) {
            const auto *x = a.to<ComplexObject>();
            const auto *y = b.to<ComplexObject>();
            if ((x || isNumber(a)) && (y || isNumber(b)))
                equal = (x ? x->real : doubleOf(py, a)) == (y ? y->real : doubleOf(py, b)) && (x ? x->imaginary : 0) == (y ? y->imaginary : 0);
        }
        if (a.isKind(ObjectKind::BoundMethod) && b.isKind(ObjectKind::BoundMethod))
            equal = a.as<BoundMethodObject>()->function.isSame(b.as<BoundMethodObject>()->function) &&
                    a.as<BoundMethodObject>()->self.isSame(b.as<BoundMethodObject>()->self);
        return Value::boolean(equal == (op == ComparisonOperator::Equal));
    }
    return py.state().notImplemented;
}

Value compareValues(Interpreter &py, ComparisonOperator op, const Value &a, const Value &b)
{
    if (a.isSmallInteger() && b.isSmallInteger() && op < ComparisonOperator::Is)
        return fromSign(op, a.smallInteger() < b.smallInteger() ? -1 : a.smallInteger() > b.smallInteger() ? 1 : 0);
    if (op == ComparisonOperator::In || op == ComparisonOperator::NotIn) {
        const Value found = containsValue(py, b, a);
        return found.isUnknown() ? found : Value::boolean(found.isTrue() == (op == ComparisonOperator::In));
    }
    if (a.isUnknown())
        return a;
    if (b.isUnknown())
        return b;
    if (op == ComparisonOperator::Is || op == ComparisonOperator::IsNot)
        return Value::boolean(a.isSame(b) == (op == ComparisonOperator::Is));
    Value result = richCompare(py, op, a, b);
    if (!result.isKind(ObjectKind::NotImplemented))
        return result;
    constexpr std::string_view signs[] = {"==", "!=", "<", "<=", ">", ">="};
    raiseException(py, BuiltinClass::TypeError,
                   "'" + std::string(signs[static_cast<std::size_t>(op)]) + "' not supported between instances of '" + py.className(a) + "' and '" +
                       py.className(b) + "'");
}

bool Interpreter::equals(const Value &a, const Value &b)
{
    if (a.isSame(b))
        return true;
    if (a.isString() && b.isString())
        return a.as<StringObject>()->text == b.as<StringObject>()->text;
    const Value result = compareValues(*this, ComparisonOperator::Equal, a, b);
    return result.isBoolean() ? result.isTrue() : truth(result);
}

bool lessThan(Interpreter &py, const Value &a, const Value &b) { return py.truth(compareValues(py, ComparisonOperator::Less, a, b)); }

bool Interpreter::truth(const Value &value)
{
    switch (value.tag()) {
    case Value::Tag::Empty:
    case Value::Tag::None:
    case Value::Tag::False:
        return false;
    case Value::Tag::True:
        return true;
    case Value::Tag::Integer:
        return value.smallInteger() != 0;
    case Value::Tag::Object:
        break;
    }
    switch (value.object()->kind) {
    case ObjectKind::Unknown:
        known(value, "decides");
        return false;
    case ObjectKind::Float:
        return value.as<FloatObject>()->value != 0;
    case ObjectKind::Complex:
        return value.as<ComplexObject>()->real != 0 || value.as<ComplexObject>()->imaginary != 0;
    case ObjectKind::Class:
        if (!value.as<ClassObject>()->metaclass)
            return true;
        break;
    case ObjectKind::Instance:
        break;
    default: {
        const auto n = plainLength(value);
        return !n || *n != 0;
    }
    }
    Value result;
    if (callSpecial(*this, value, Word::bool_, {}, result)) {
        if (result.isUnknown())
            known(result, "decides");
        if (!result.isBoolean())
            raiseException(*this, BuiltinClass::TypeError, "__bool__ should return bool, returned " + className(result));
        return result.isTrue();
    }
    if (callSpecial(*this, value, Word::len, {}, result)) {
        known(result, "decides");
        return indexOf(*this, result) != 0;
    }
    if (value.isKind(ObjectKind::Instance) && value.as<InstanceObject>()->base)
        return truth(value.as<InstanceObject>()->base);
    return true;
}

Value containsValue(Interpreter &py, const Value &container, const Value &item)
{
    if (container.isUnknown())
        return container;
    Value result;
    if (hasDunders(container)) {
        if (callSpecial(py, container, Word::contains, {item}, result))
            return result.isUnknown() ? result : Value::boolean(py.truth(result));
    } else if (DictObject *dict = asDict(container)) {
        return item.isUnknown() ? item : Value::boolean(dictFind(py, dict, item) != nullptr);
    } else if (SetObject *set = asSet(container)) {
        if (item.isUnknown())
            return item;
        if (item.isKind(ObjectKind::Set)) { // a set is looked for as a frozenset
            const Value frozen = py.frozenSet(py.toVector(item));
            return Value::boolean(set->table.find(py, frozen, py.hash(frozen)) != nullptr);
        }
        return Value::boolean(set->table.find(py, item, py.hash(item)) != nullptr);
    } else if (const auto *text = container.to<StringObject>()) {
        if (item.isUnknown())
            return item;
        const Value &wanted = plain(item);
        if (!wanted.isString())
            raiseException(py, BuiltinClass::TypeError, "'in <string>' requires string as left operand, not " + py.className(item));
        py.state().countSteps(text->text.size() >> 8);
        return Value::boolean(text->text.find(wanted.as<StringObject>()->text) != std::string::npos);
    } else if (const std::string *bytes = bytesOf(container)) {
        if (item.isUnknown())
            return item;
        if (const std::string *part = bytesOf(item))
            return Value::boolean(bytes->find(*part) != std::string::npos);
        const std::int64_t byte = indexOf(py, item);
        if (byte < 0 || byte > 255)
            raiseException(py, BuiltinClass::ValueError, "byte must be in range(0, 256)");
        return Value::boolean(bytes->find(static_cast<char>(byte)) != std::string::npos);
    } else if (const auto *range = container.to<RangeObject>(); range && isSmall(item)) {
        const std::int64_t i = smallOf(item);
        const bool inside = range->step > 0 ? i >= range->start && i < range->stop : i <= range->start && i > range->stop;
        return Value::boolean(inside &&
                              (static_cast<std::uint64_t>(i) - static_cast<std::uint64_t>(range->start)) %
                                      (range->step > 0 ? static_cast<std::uint64_t>(range->step) : 0 - static_cast<std::uint64_t>(range->step)) ==
                                  0);
    } else if (const auto *view = container.to<DictViewObject>();
               view && (view->part == DictViewObject::Part::Keys || view->part == DictViewObject::Part::Proxy)) {
        return containsValue(py, view->dict, item);
    }
    bool found = false;
    Value unknown;
    forEach(py, container, [&](const Value &v) {
        if (v.isSame(item)) {
            found = true;
        } else {
            const Value equal = compareValues(py, ComparisonOperator::Equal, v, item);
            if (equal.isUnknown())
                unknown = equal;
            else
                found = py.truth(equal);
        }
        return !found;
    });
    return !found && unknown ? unknown : Value::boolean(found);
}

std::uint64_t Interpreter::hash(const Value &value)
{
    if (auto *s = value.to<StringObject>())
        return nameHash(s);
    if (value.isSmallInteger() || value.isBoolean())
        return integerHash(value);
    if (!hasDunders(value))
        return plainHash(*this, value);
    State &st = *m_state;
    const Value *found = st.lookup(st.classOf(value), Word::hash);
    if (!found || found->isNone())
        raiseException(*this, BuiltinClass::TypeError, "unhashable type: '" + className(value) + "'");
    Value result;
    callSpecial(*this, value, Word::hash, {}, result);
    known(result, "used as a key");
    if (!isInteger(result))
        raiseException(*this, BuiltinClass::TypeError, "__hash__ method should return an integer");
    if (isSmall(result)) // as it is, so that it can be another object's hash; -1 is none
        return static_cast<std::uint64_t>(smallOf(result) == -1 ? -2 : smallOf(result));
    return integerHash(result);
}

std::uint64_t plainHash(Interpreter &py, const Value &value)
{
    if (isInteger(value))
        return integerHash(value);
    if (value.isNone())
        return 0xfca86420;
    switch (value.object()->kind) {
    case ObjectKind::String:
        return nameHash(value.as<StringObject>());
    case ObjectKind::Float:
        return doubleHash(value.as<FloatObject>()->value);
    case ObjectKind::Complex:
        if (value.as<ComplexObject>()->imaginary == 0)
            return doubleHash(value.as<ComplexObject>()->real);
        return (doubleHash(value.as<ComplexObject>()->real) + 1000003 * doubleHash(value.as<ComplexObject>()->imaginary)) >> 4;
    case ObjectKind::Bytes:
        return hashText(value.as<BytesObject>()->bytes);
    case ObjectKind::Tuple: {
        const DepthGuard guard(py);
        std::uint64_t h = 2870177450012600261u;
        for (const Value &v : value.as<TupleObject>()->items) {
            h += py.hash(v) * 14029467366897019727u;
            h = (h << 31 | h >> 33) * 11400714785074694791u;
        }
        h += value.as<TupleObject>()->items.size() ^ (2870177450012600261u ^ 3527539u);
        return h == ~std::uint64_t{0} ? 1546275796u : h; // as CPython's, since the order of sets follows from it
    }
    case ObjectKind::FrozenSet: {
        std::uint64_t h = 1927868237;
        for (const HashTable::Entry &e : value.as<SetObject>()->table.entries())
            if (e.key)
                h ^= (e.hash ^ 89869747 ^ e.hash << 16) * 3644798167u;
        return h >> 4;
    }
    case ObjectKind::Range: {
        const auto *r = value.as<RangeObject>();
        return static_cast<std::uint64_t>(r->size()) * 31 + static_cast<std::uint64_t>(r->size() ? r->start : 0) * 7;
    }
    case ObjectKind::BoundMethod:
        return reinterpret_cast<std::uintptr_t>(value.as<BoundMethodObject>()->function.object()) >> 4;
    case ObjectKind::List:
    case ObjectKind::Dict:
    case ObjectKind::Set:
    case ObjectKind::ByteArray:
    case ObjectKind::Slice:
    case ObjectKind::DictView:
        raiseException(py, BuiltinClass::TypeError, "unhashable type: '" + py.className(value) + "'");
    case ObjectKind::Unknown:
        py.known(value, "used as a key");
        return 0;
    default:
        return reinterpret_cast<std::uintptr_t>(value.object()) >> 4;
    }
}

namespace {
/// A stable merge sort of our own: std::stable_sort may run out of bounds when a script's __lt__ contradicts itself.
void mergeSort(Interpreter &py, std::vector<std::pair<Value, Value>> &items, std::vector<std::pair<Value, Value>> &space, std::size_t first,
               std::size_t last)
{
    if (last - first < 2)
        return;
    const std::size_t middle = first + (last - first) / 2;
    mergeSort(py, items, space, first, middle);
    mergeSort(py, items, space, middle, last);
    py.state().countSteps(last - first);
    if (!lessThan(py, items[middle].first, items[middle - 1].first))
        return;
    std::size_t a = first;
    std::size_t b = middle;
    for (std::size_t i = first; i < last; ++i) {
        const bool takeB = a == middle || (b < last && lessThan(py, items[b].first, items[a].first));
        space[i] = items[takeB ? b++ : a++];
    }
    for (std::size_t i = first; i < last; ++i)
        items[i] = std::move(space[i]);
}
} // namespace

void sortValues(Interpreter &py, Values &items, const Value &key, bool reverse)
{
    std::vector<std::pair<Value, Value>> keyed;
    keyed.reserve(items.size());
    for (const Value &v : items)
        keyed.emplace_back(key && !key.isNone() ? callFunction(py, key, {{v}, {}}) : v, v);
    std::vector<std::pair<Value, Value>> space(keyed.size());
    if (reverse) // stable in reverse, too
        std::reverse(keyed.begin(), keyed.end());
    mergeSort(py, keyed, space, 0, keyed.size());
    if (reverse)
        std::reverse(keyed.begin(), keyed.end());
    for (std::size_t i = 0; i < items.size(); ++i)
        items[i] = std::move(keyed[i].second);
}

} // namespace stillroom::python
