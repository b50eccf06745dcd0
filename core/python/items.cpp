// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <algorithm>
#include <limits>

/// Subscription, slices, length, and the containers' insertions (Python reference, "Emulating container types").
namespace stillroom::python {

DictObject *asDict(const Value &v)
{
    const Value &p = plain(v);
    if (p.isKind(ObjectKind::Dict))
        return p.as<DictObject>();
    if (p.isKind(ObjectKind::DictView) && p.as<DictViewObject>()->part == DictViewObject::Part::Proxy)
        return p.as<DictViewObject>()->dict.to<DictObject>();
    return nullptr;
}

void dictInsert(Interpreter &py, DictObject *dict, const Value &key, const Value &value)
{
    py.known(key, "used as a key");
    if (dict->table.insert(py, key, py.hash(key), value))
        py.state().account(dict, dict->table.bytes());
}

Value *dictFind(Interpreter &py, DictObject *dict, const Value &key)
{
    py.known(key, "used as a key");
    return dict->table.find(py, key, py.hash(key));
}

void dictInsertName(Interpreter &py, DictObject *dict, StringObject *name, const Value &value)
{
    if (dict->table.insertName(name, nameHash(name), value))
        py.state().account(dict, dict->table.bytes());
}

void dictUpdate(Interpreter &py, DictObject *dict, const Value &source)
{
    py.known(source, "used as a mapping");
    if (const DictObject *other = asDict(source)) {
        const auto entries = other->table.entries();
        py.state().countSteps(entries.size() / 8);
        for (const HashTable::Entry &e : entries)
            if (e.key && dict->table.insert(py, e.key, e.hash, e.value))
                py.state().account(dict, dict->table.bytes());
        return;
    }
    if (const Value keys = findAttribute(py, source, py.state().intern("keys"))) {
        forEach(py, callFunction(py, keys, {}), [&](const Value &key) {
            dictInsert(py, dict, key, py.getItem(source, key));
            return true;
        });
        return;
    }
    std::size_t index = 0;
    forEach(py, source, [&](const Value &pair) {
        const Values items = py.toVector(pair);
        if (items.size() != 2)
            raiseException(py, BuiltinClass::ValueError,
                           "dictionary update sequence element #" + std::to_string(index) + " has length " + std::to_string(items.size()) +
                               "; 2 is required");
        ++index;
        dictInsert(py, dict, items[0], items[1]);
        return true;
    });
}

void setAdd(Interpreter &py, SetObject *set, const Value &item)
{
    py.known(item, "put into a set");
    const std::uint64_t hash = py.hash(item);
    if (set->table.find(py, item, hash))
        return;
    set->table.insert(py, item, hash, Value());
    py.state().account(set, set->table.bytes());
}

void appendTo(Interpreter &py, ListObject *list, const Value &item)
{
    touch(list);
    const std::size_t before = list->items.capacity();
    if (list->items.size() == before)
        py.state().willAllocate(before * sizeof(Value));
    list->items.push_back(item);
    if (list->items.capacity() != before)
        py.state().account(list, list->items.capacity() * sizeof(Value));
}

Value indexValue(Interpreter &py, const Value &value)
{
    if (isInteger(value))
        return value;
    py.known(value, "used as an index");
    if (value.isKind(ObjectKind::Instance)) {
        const Value &base = plain(value);
        if (isInteger(base))
            return base;
        Value result;
        if (callSpecial(py, value, Word::index, {}, result)) {
            if (!isInteger(result))
                raiseException(py, BuiltinClass::TypeError, "__index__ returned non-int (type " + py.className(result) + ")");
            return result;
        }
    }
    raiseException(py, BuiltinClass::TypeError, "'" + py.className(value) + "' object cannot be interpreted as an integer");
}

std::int64_t indexOf(Interpreter &py, const Value &value, std::string_view)
{
    const Value v = indexValue(py, value);
    if (isSmall(v))
        return smallOf(v);
    return integerSign(v) < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

SliceBounds sliceBounds(Interpreter &py, const SliceObject *slice, std::int64_t length)
{
    const auto part = [&](const Value &v) { return indexOf(py, v); };
    const std::int64_t step = slice->step.isNone() ? 1 : std::max(part(slice->step), -std::numeric_limits<std::int64_t>::max());
    if (step == 0)
        raiseException(py, BuiltinClass::ValueError, "slice step cannot be zero");
    const std::int64_t lower = step < 0 ? -1 : 0;
    const std::int64_t upper = step < 0 ? length - 1 : length;
    const auto bound = [&](const Value &v, std::int64_t whenNone) {
        if (v.isNone())
            return whenNone;
        std::int64_t i = part(v);
        if (i < 0) {
            i = i < -length ? lower : i + length;
            return std::max(i, lower);
        }
        return std::min(i, upper);
    };
    SliceBounds b{bound(slice->start, step < 0 ? upper : lower), bound(slice->stop, step < 0 ? lower : upper), step, 0};
    if (step > 0 && b.start < b.stop)
        b.count = (b.stop - b.start - 1) / step + 1;
    else if (step < 0 && b.stop < b.start)
        b.count = (b.start - b.stop - 1) / -step + 1;
    return b;
}

namespace {

void payForSlice(Interpreter &py, std::int64_t count) { py.state().willAllocate(static_cast<std::size_t>(count) * sizeof(Value)); }

Values slicedItems(Interpreter &py, const Values &items, const SliceObject *slice)
{
    const SliceBounds b = sliceBounds(py, slice, std::ssize(items));
    payForSlice(py, b.count);
    Values out;
    out.reserve(static_cast<std::size_t>(b.count));
    for (std::int64_t i = 0; i < b.count; ++i)
        out.push_back(items[static_cast<std::size_t>(b.start + i * b.step)]);
    return out;
}

std::string slicedBytes(Interpreter &py, const std::string &bytes, const SliceObject *slice)
{
    const SliceBounds b = sliceBounds(py, slice, std::ssize(bytes));
    if (b.step == 1)
        return bytes.substr(static_cast<std::size_t>(b.start), static_cast<std::size_t>(b.count));
    std::string out;
    out.reserve(static_cast<std::size_t>(b.count));
    for (std::int64_t i = 0; i < b.count; ++i)
        out.push_back(bytes[static_cast<std::size_t>(b.start + i * b.step)]);
    return out;
}

Value slicedString(Interpreter &py, const Value &string, const SliceObject *slice)
{
    const auto *s = string.as<StringObject>();
    if (s->isAscii())
        return py.state().newString(slicedBytes(py, s->text, slice), s->varies);
    const SliceBounds b = sliceBounds(py, slice, s->codePoints);
    if (b.step == 1) {
        if (b.count == 0)
            return py.state().newString({}, s->varies);
        const std::size_t from = byteOffset(s, b.start);
        const std::size_t to = byteOffset(s, b.start + b.count);
        return py.state().newString(s->text.substr(from, to - from), s->varies);
    }
    const std::u32string all = decodeUtf8(s->text);
    std::u32string out;
    for (std::int64_t i = 0; i < b.count; ++i)
        out.push_back(all[static_cast<std::size_t>(b.start + i * b.step)]);
    return py.state().newString(encodeUtf8(out), s->varies);
}

std::size_t position(Interpreter &py, const Value &key, std::size_t size, std::string_view sort, std::string_view verb = "")
{
    if (!isInteger(key) && !key.isKind(ObjectKind::Instance))
        raiseException(py, BuiltinClass::TypeError,
                       sort == "string" ? "string indices must be integers, not '" + py.className(key) + "'"
                                        : std::string(sort) + " indices must be integers or slices, not " + py.className(key));
    std::int64_t i = indexOf(py, key);
    if (i < 0)
        i += static_cast<std::int64_t>(size);
    if (i < 0 || i >= static_cast<std::int64_t>(size))
        raiseException(py, BuiltinClass::IndexError, std::string(sort) + (verb.empty() ? "" : " " + std::string(verb)) + " index out of range");
    return static_cast<std::size_t>(i);
}

Value rangeItem(Interpreter &py, const RangeObject *r, const Value &key)
{
    if (const auto *slice = key.to<SliceObject>()) {
        const SliceBounds b = sliceBounds(py, slice, r->size());
        const auto at = [&](std::int64_t i) { // the end may lie beyond what 64 bits hold; it is never reached then
            return static_cast<std::int64_t>(static_cast<std::uint64_t>(r->start) +
                                             static_cast<std::uint64_t>(i) * static_cast<std::uint64_t>(r->step));
        };
        const auto step = static_cast<std::int64_t>(static_cast<std::uint64_t>(r->step) * static_cast<std::uint64_t>(b.step));
        return Value::fromObject(py.state().make<RangeObject>(at(b.start), at(b.stop), step ? step : 1));
    }
    const auto i = static_cast<std::int64_t>(position(py, key, static_cast<std::size_t>(r->size()), "range object"));
    return Value::integer(r->start + i * r->step);
}

Value classItem(Interpreter &py, const Value &cls, const Value &key)
{
    if (const Value method = findAttribute(py, cls, py.state().word(Word::class_getitem)))
        return callFunction(py, method, {{key}, {}});
    const auto *c = cls.as<ClassObject>();
    if (c->row)
        return genericAlias(py, cls, key);
    raiseException(py, BuiltinClass::TypeError, "type '" + c->name + "' is not subscriptable");
}

/// The index with every __index__ called: what runs script code must be over before sizes are looked at.
Value settledIndex(Interpreter &py, const Value &key)
{
    if (key.isKind(ObjectKind::Instance) && (plain(key).isSmallInteger() || specialMethod(py, key, Word::index)))
        return indexValue(py, key);
    const auto *slice = key.to<SliceObject>();
    if (!slice ||
        !(slice->start.isKind(ObjectKind::Instance) || slice->stop.isKind(ObjectKind::Instance) || slice->step.isKind(ObjectKind::Instance)))
        return key;
    const auto part = [&](const Value &v) { return v.isNone() ? v : indexValue(py, v); };
    const Value start = part(slice->start);
    const Value stop = part(slice->stop);
    const Value step = part(slice->step);
    return Value::fromObject(py.state().make<SliceObject>(start, stop, step));
}

} // namespace

Value plainGetItem(Interpreter &py, const Value &object, const Value &given)
{
    const Value key = object.isKind(ObjectKind::Dict) ? given : settledIndex(py, given);
    const auto *slice = key.to<SliceObject>();
    switch (object.object() ? object.object()->kind : ObjectKind::Float) {
    case ObjectKind::List: {
        const Values &items = object.as<ListObject>()->items;
        return slice ? py.list(slicedItems(py, items, slice)) : items[position(py, key, items.size(), "list")];
    }
    case ObjectKind::Tuple: {
        const Values &items = object.as<TupleObject>()->items;
        return slice ? py.tuple(slicedItems(py, items, slice)) : items[position(py, key, items.size(), "tuple")];
    }
    case ObjectKind::Dict: {
        if (const Value *v = dictFind(py, object.as<DictObject>(), key))
            return *v;
        raiseValue(py, BuiltinClass::KeyError, {key});
    }
    case ObjectKind::String: {
        if (slice)
            return slicedString(py, object, slice);
        const auto *s = object.as<StringObject>();
        const std::size_t i = position(py, key, static_cast<std::size_t>(s->codePoints), "string");
        if (s->isAscii())
            return s->varies ? py.string(std::string_view(s->text).substr(i, 1), true) : py.state().characterString(s->text[i]);
        std::size_t at = byteOffset(s, static_cast<std::int64_t>(i));
        const std::size_t from = at;
        static_cast<void>(nextCodePoint(s->text, at));
        return py.string(std::string_view(s->text).substr(from, at - from), s->varies);
    }
    case ObjectKind::Bytes:
    case ObjectKind::ByteArray: {
        const bool isArray = object.isKind(ObjectKind::ByteArray);
        const std::string &bytes = isArray ? object.as<ByteArrayObject>()->bytes : object.as<BytesObject>()->bytes;
        if (slice)
            return isArray ? Value::fromObject(py.state().make<ByteArrayObject>(slicedBytes(py, bytes, slice)))
                           : py.bytes(slicedBytes(py, bytes, slice));
        return Value::integer(static_cast<unsigned char>(bytes[position(py, key, bytes.size(), isArray ? "bytearray" : "index")]));
    }
    case ObjectKind::Range:
        return rangeItem(py, object.as<RangeObject>(), key);
    case ObjectKind::DictView:
        if (object.as<DictViewObject>()->part == DictViewObject::Part::Proxy)
            return plainGetItem(py, object.as<DictViewObject>()->dict, key);
        break;
    default:
        break;
    }
    raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object is not subscriptable");
}

Value Interpreter::getItem(const Value &object, const Value &key)
{
    if (object.isUnknown())
        return object;
    if (object.isKind(ObjectKind::Instance) || (object.isKind(ObjectKind::Tuple) && object.as<TupleObject>()->namedClass)) {
        Value result;
        if (callSpecial(*this, object, Word::getitem, {key}, result))
            return result;
        raiseException(*this, BuiltinClass::TypeError, "'" + className(object) + "' object is not subscriptable");
    }
    if (object.isKind(ObjectKind::Class)) {
        if (object.as<ClassObject>()->metaclass) {
            Value result;
            if (callSpecial(*this, object, Word::getitem, {key}, result))
                return result;
        }
        return classItem(*this, object, key);
    }
    if (key.isUnknown() && !object.isKind(ObjectKind::Dict))
        return key;
    return plainGetItem(*this, object, key);
}

namespace {
void setListSlice(Interpreter &py, ListObject *list, const SliceObject *slice, const Value &value)
{
    const Values source = py.toVector(value);
    const SliceBounds b = sliceBounds(py, slice, std::ssize(list->items));
    if (b.step == 1) {
        const auto first = list->items.begin() + b.start;
        const auto last = list->items.begin() + std::max(b.start, b.stop);
        Values items(list->items.begin(), first);
        items.insert(items.end(), source.begin(), source.end());
        items.insert(items.end(), last, list->items.end());
        list->items = std::move(items);
        py.state().account(list, list->items.capacity() * sizeof(Value));
        return;
    }
    if (std::ssize(source) != b.count)
        raiseException(py, BuiltinClass::ValueError,
                       "attempt to assign sequence of size " + std::to_string(source.size()) + " to extended slice of size " +
                           std::to_string(b.count));
    for (std::int64_t i = 0; i < b.count; ++i)
        list->items[static_cast<std::size_t>(b.start + i * b.step)] = source[static_cast<std::size_t>(i)];
}

void deleteListSlice(Interpreter &py, ListObject *list, const SliceObject *slice)
{
    const SliceBounds b = sliceBounds(py, slice, std::ssize(list->items));
    if (b.count == 0)
        return;
    const std::int64_t first = b.step > 0 ? b.start : b.start + (b.count - 1) * b.step;
    const std::int64_t step = b.step > 0 ? b.step : -b.step;
    Values kept;
    for (std::int64_t i = 0; i < std::ssize(list->items); ++i) {
        const bool gone = i >= first && (i - first) % step == 0 && (i - first) / step < b.count;
        if (!gone)
            kept.push_back(list->items[static_cast<std::size_t>(i)]);
    }
    list->items = std::move(kept);
    py.state().account(list, list->items.capacity() * sizeof(Value));
}
} // namespace

void plainSetItem(Interpreter &py, const Value &object, const Value &given, const Value &value)
{
    if (auto *dict = object.to<DictObject>()) {
        dictInsert(py, dict, given, value);
        return;
    }
    const Value key = settledIndex(py, given);
    if (auto *list = object.to<ListObject>()) {
        touch(list);
        if (const auto *slice = key.to<SliceObject>())
            setListSlice(py, list, slice, value);
        else
            list->items[position(py, key, list->items.size(), "list", "assignment")] = value;
        return;
    }
    if (auto *array = object.to<ByteArrayObject>(); array && !key.isKind(ObjectKind::Slice)) {
        const std::int64_t byte = indexOf(py, value);
        if (byte < 0 || byte > 255)
            raiseException(py, BuiltinClass::ValueError, "byte must be in range(0, 256)");
        array->bytes[position(py, key, array->bytes.size(), "bytearray")] = static_cast<char>(byte);
        return;
    }
    raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object does not support item assignment");
}

void Interpreter::setItem(const Value &object, const Value &key, const Value &value)
{
    if (object.isUnknown())
        return;
    if (object.isKind(ObjectKind::Instance) || object.isKind(ObjectKind::Class)) {
        Value ignored;
        if (!callSpecial(*this, object, Word::setitem, {key, value}, ignored))
            raiseException(*this, BuiltinClass::TypeError, "'" + className(object) + "' object does not support item assignment");
        return;
    }
    known(key, "used as a key");
    plainSetItem(*this, object, key, value);
}

void plainDeleteItem(Interpreter &py, const Value &object, const Value &given)
{
    if (auto *dict = object.to<DictObject>()) {
        py.known(given, "used as a key");
        if (!dict->table.remove(py, given, py.hash(given)).key)
            raiseValue(py, BuiltinClass::KeyError, {given});
        return;
    }
    const Value key = settledIndex(py, given);
    if (auto *list = object.to<ListObject>()) {
        touch(list);
        if (const auto *slice = key.to<SliceObject>()) {
            deleteListSlice(py, list, slice);
        } else {
            const std::size_t i = position(py, key, list->items.size(), "list", "assignment");
            const Value held = list->items[i];
            list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return;
    }
    raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object doesn't support item deletion");
}

void deleteItem(Interpreter &py, const Value &object, const Value &key)
{
    if (object.isUnknown())
        return;
    if (object.isKind(ObjectKind::Instance) || object.isKind(ObjectKind::Class)) {
        Value ignored;
        if (!callSpecial(py, object, Word::delitem, {key}, ignored))
            raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object doesn't support item deletion");
        return;
    }
    plainDeleteItem(py, object, key);
}

std::optional<std::int64_t> plainLength(const Value &object)
{
    switch (object.object() ? object.object()->kind : ObjectKind::Float) {
    case ObjectKind::String:
        return object.as<StringObject>()->codePoints;
    case ObjectKind::Bytes:
        return std::ssize(object.as<BytesObject>()->bytes);
    case ObjectKind::ByteArray:
        return std::ssize(object.as<ByteArrayObject>()->bytes);
    case ObjectKind::Tuple:
        return std::ssize(object.as<TupleObject>()->items);
    case ObjectKind::List:
        return std::ssize(object.as<ListObject>()->items);
    case ObjectKind::Dict:
        return static_cast<std::int64_t>(object.as<DictObject>()->table.size());
    case ObjectKind::Set:
    case ObjectKind::FrozenSet:
        return static_cast<std::int64_t>(object.as<SetObject>()->table.size());
    case ObjectKind::DictView:
        return plainLength(object.as<DictViewObject>()->dict);
    case ObjectKind::Range:
        return object.as<RangeObject>()->size();
    default:
        return std::nullopt;
    }
}

std::int64_t Interpreter::length(const Value &object)
{
    known(object, "measured");
    if (const auto n = plainLength(object); n && !(object.isKind(ObjectKind::Tuple) && object.as<TupleObject>()->namedClass))
        return *n;
    Value result;
    if (!callSpecial(*this, object, Word::len, {}, result))
        raiseException(*this, BuiltinClass::TypeError, "object of type '" + className(object) + "' has no len()");
    known(result, "measured");
    const std::int64_t n = indexOf(*this, result);
    if (n < 0)
        raiseException(*this, BuiltinClass::ValueError, "__len__() should return >= 0");
    return n;
}

Value genericAlias(Interpreter &py, const Value &origin, const Value &arguments)
{
    Value alias = py.instance(py.state().classValue(BuiltinClass::GenericAlias));
    py.setAttribute(alias, "__origin__", origin);
    py.setAttribute(alias, "__args__", arguments.isKind(ObjectKind::Tuple) ? arguments : py.tuple({arguments}));
    return alias;
}

Value unionType(Interpreter &py, const Value &a, const Value &b)
{
    Values members;
    const auto add = [&](const Value &v) {
        for (const Value &m : members)
            if (m.isSame(v))
                return;
        members.push_back(v);
    };
    for (const Value &v : {a, b}) {
        if (v.isKind(ObjectKind::Instance) && v.as<InstanceObject>()->cls == py.state().cls(BuiltinClass::UnionType)) {
            for (const Value &m : py.toVector(py.getAttribute(v, "__args__")))
                add(m);
        } else {
            add(v.isNone() ? py.state().classValue(BuiltinClass::NoneType) : v);
        }
    }
    if (members.size() == 1)
        return members[0];
    Value result = py.instance(py.state().classValue(BuiltinClass::UnionType));
    py.setAttribute(result, "__args__", py.tuple(std::move(members)));
    return result;
}

} // namespace stillroom::python
