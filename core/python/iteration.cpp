// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lostcalls.h"
#include "python/runtime.h"

#include <algorithm>

/// Iterators (Python library reference, "Iterator Types").
namespace stillroom::python {

namespace {

struct SequenceIterator final : IteratorObject {
    explicit SequenceIterator(Value s) : IteratorObject(BuiltinClass::Iterator), source(std::move(s)) {}
    void clear() noexcept override { source = Value(); }
    bool next(Interpreter &py, Value &out) override
    {
        if (!source)
            return false;
        const Values &items = source.isKind(ObjectKind::List) ? source.as<ListObject>()->items : source.as<TupleObject>()->items;
        if (index < items.size()) {
            out = items[index++];
            return true;
        }
        static_cast<void>(py);
        source = Value();
        return false;
    }
    Value source;
    std::size_t index = 0;
};

struct TextIterator final : IteratorObject {
    explicit TextIterator(Value s) : IteratorObject(BuiltinClass::Iterator), source(std::move(s)) {}
    void clear() noexcept override { source = Value(); }
    bool next(Interpreter &py, Value &out) override
    {
        if (!source)
            return false;
        const auto *s = source.as<StringObject>();
        if (position >= s->text.size()) {
            source = Value();
            return false;
        }
        const std::size_t from = position;
        static_cast<void>(nextCodePoint(s->text, position));
        if (position - from == 1 && !s->varies)
            out = py.state().characterString(s->text[from]);
        else
            out = py.string(std::string_view(s->text).substr(from, position - from), s->varies);
        return true;
    }
    Value source;
    std::size_t position = 0;
};

struct BytesIterator final : IteratorObject {
    explicit BytesIterator(Value s) : IteratorObject(BuiltinClass::Iterator), source(std::move(s)) {}
    void clear() noexcept override { source = Value(); }
    bool next(Interpreter &, Value &out) override
    {
        if (!source)
            return false;
        const std::string &bytes = source.isKind(ObjectKind::Bytes) ? source.as<BytesObject>()->bytes : source.as<ByteArrayObject>()->bytes;
        if (position >= bytes.size())
            return false;
        out = Value::integer(static_cast<unsigned char>(bytes[position++]));
        return true;
    }
    Value source;
    std::size_t position = 0;
};

struct RangeIterator final : IteratorObject {
    explicit RangeIterator(const RangeObject *r) : IteratorObject(BuiltinClass::Iterator), value(r->start), step(r->step), left(r->size()) {}
    void clear() noexcept override { left = 0; }
    bool next(Interpreter &, Value &out) override
    {
        if (left <= 0)
            return false;
        out = Value::integer(value);
        if (--left > 0)
            value += step;
        return true;
    }
    std::int64_t value, step, left;
};

struct TableIterator final : IteratorObject {
    TableIterator(Value s, const HashTable *t, DictViewObject::Part p)
        : IteratorObject(BuiltinClass::Iterator), source(std::move(s)), table(t), part(p), size(t->size())
    {
    }
    void clear() noexcept override { source = Value(); }
    bool next(Interpreter &py, Value &out) override
    {
        if (!source)
            return false;
        if (table->size() != size)
            raiseException(py, BuiltinClass::RuntimeError,
                           asSet(source) ? "Set changed size during iteration" : "dictionary changed size during iteration");
        const auto &entries = table->entries();
        while (index < entries.size() && !entries[index].key)
            ++index;
        if (index >= entries.size()) {
            source = Value();
            return false;
        }
        const HashTable::Entry &e = entries[index++];
        switch (part) {
        case DictViewObject::Part::Keys:
        case DictViewObject::Part::Proxy:
            out = e.key;
            break;
        case DictViewObject::Part::ValuesOnly:
            out = e.value;
            break;
        case DictViewObject::Part::Items:
            out = py.tuple({e.key, e.value});
            break;
        }
        return true;
    }
    Value source;
    const HashTable *table;
    DictViewObject::Part part;
    std::size_t size;
    std::size_t index = 0;
};

/// Iterates by __getitem__ with 0, 1, 2, …
struct ItemIterator final : IteratorObject {
    explicit ItemIterator(Value s) : IteratorObject(BuiltinClass::Iterator), source(std::move(s)) {}
    void clear() noexcept override { source = Value(); }
    bool next(Interpreter &py, Value &out) override
    {
        if (!source)
            return false;
        try {
            out = py.getItem(source, Value::integer(index++));
            return true;
        } catch (const Raised &raised) {
            const ClassObject *c = py.state().classOf(raised.exception);
            if (!isSubclassOf(c, py.state().cls(BuiltinClass::IndexError)) && !isSubclassOf(c, py.state().cls(BuiltinClass::StopIteration)))
                throw;
            source = Value();
            return false;
        }
    }
    Value source;
    std::int64_t index = 0;
};

struct FunctionIterator final : IteratorObject {
    FunctionIterator(BuiltinClass c, std::function<bool(Interpreter &, Value &)> f, Value h)
        : IteratorObject(c), step(std::move(f)), held(std::move(h))
    {
    }
    void clear() noexcept override
    {
        step = {};
        held = {};
    }
    bool next(Interpreter &py, Value &out) override
    {
        const DepthGuard guard(py); // iterators over iterators over …
        return step && step(py, out);
    }
    std::function<bool(Interpreter &, Value &)> step;
    Value held;
};

Value tableIterator(Interpreter &py, const Value &source, const HashTable *table, DictViewObject::Part part)
{
    return Value::fromObject(py.state().make<TableIterator>(source, table, part));
}

/// The order of a set that differs from run to run; the iterator notices a change of the set as any other does.
struct OtherOrderIterator final : IteratorObject {
    OtherOrderIterator(Value s, Values i) : IteratorObject(BuiltinClass::Iterator), source(std::move(s)), items(std::move(i)) {}
    void clear() noexcept override
    {
        source = Value();
        items.clear();
    }
    bool next(Interpreter &py, Value &out) override
    {
        if (!source)
            return false;
        if (source.as<SetObject>()->table.size() != items.size())
            raiseException(py, BuiltinClass::RuntimeError, "Set changed size during iteration");
        if (index == items.size()) {
            source = Value();
            return false;
        }
        out = items[index++];
        return true;
    }
    Value source;
    Values items;
    std::size_t index = 0;
};

Value setIterator(Interpreter &py, const Value &source)
{
    auto *set = source.as<SetObject>();
    const bool isSettled = orderIsSettled(py, set);
    if (isSettled || py.state().otherRun == 0)
        return tableIterator(py, source, &set->table, DictViewObject::Part::Keys);
    return Value::fromObject(py.state().make<OtherOrderIterator>(source, itemsOfSet(py, set)));
}

} // namespace

bool orderIsSettled(Interpreter &py, SetObject *set)
{
    if (set->table.orderAsSet() || !set->isScripts)
        return true;
    py.state().sawSetOrder = true;
    return false;
}

Values itemsOfSet(Interpreter &py, SetObject *set)
{
    const bool isSettled = orderIsSettled(py, set);
    Values items;
    std::uint64_t mixed = 0;
    for (const HashTable::Entry &e : set->table.entries()) {
        if (e.key) {
            items.push_back(e.key);
            mixed ^= e.hash;
        }
    }
    if (isSettled)
        return items;
    switch (py.state().otherRun) {
    case 0:
        break;
    case 1:
        std::ranges::reverse(items);
        break;
    case 2:
        std::ranges::rotate(items, items.begin() + 1);
        break;
    default: // sets beside each other change differently
        mixed += static_cast<std::uint64_t>(py.state().otherRun);
        for (std::size_t left = items.size(); left > 1; --left) {
            mixed = mixed * 6364136223846793005u + 1442695040888963407u;
            std::swap(items[left - 1], items[(mixed >> 33) % left]);
        }
    }
    return items;
}

Value nativeIterator(Interpreter &py, BuiltinClass cls, std::function<bool(Interpreter &, Value &)> next, Value held)
{
    return Value::fromObject(py.state().make<FunctionIterator>(cls, std::move(next), std::move(held)));
}

Value plainIterator(Interpreter &py, const Value &object)
{
    Interpreter::State &st = py.state();
    switch (object.object() ? object.object()->kind : ObjectKind::Float) {
    case ObjectKind::List:
    case ObjectKind::Tuple:
        return Value::fromObject(st.make<SequenceIterator>(object));
    case ObjectKind::String:
        return Value::fromObject(st.make<TextIterator>(object));
    case ObjectKind::Bytes:
    case ObjectKind::ByteArray:
        return Value::fromObject(st.make<BytesIterator>(object));
    case ObjectKind::Range:
        return Value::fromObject(st.make<RangeIterator>(object.as<RangeObject>()));
    case ObjectKind::Dict:
        return tableIterator(py, object, &object.as<DictObject>()->table, DictViewObject::Part::Keys);
    case ObjectKind::Set:
    case ObjectKind::FrozenSet:
        return setIterator(py, object);
    case ObjectKind::DictView: {
        const auto *view = object.as<DictViewObject>();
        if (DictObject *d = asDict(view->dict))
            return tableIterator(py, Value::fromObject(d), &d->table, view->part);
        return {};
    }
    case ObjectKind::Iterator:
    case ObjectKind::Generator:
        return object;
    default:
        return {};
    }
}

Value iteratorOf(Interpreter &py, const Value &object)
{
    py.known(object, "iterated over");
    const bool dunders = object.isKind(ObjectKind::Instance) || object.isKind(ObjectKind::Class) ||
                         (object.isKind(ObjectKind::Tuple) && object.as<TupleObject>()->namedClass);
    if (!dunders) {
        if (object.isKind(ObjectKind::Generator) && object.as<GeneratorObject>()->isCoroutine)
            raiseException(py, BuiltinClass::TypeError, "'coroutine' object is not iterable");
        if (object.isKind(ObjectKind::Generator) && object.as<GeneratorObject>()->isAsyncGenerator)
            raiseException(py, BuiltinClass::TypeError, "'async_generator' object is not iterable");
        if (Value it = plainIterator(py, object))
            return it;
        raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object is not iterable");
    }
    Value result;
    const Value *method = py.state().lookup(py.state().classOf(object), Word::iter);
    if (method && method->isNone())
        raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object is not iterable");
    if (callSpecial(py, object, Word::iter, {}, result)) {
        py.known(result, "iterated over");
        const bool iterator = result.isKind(ObjectKind::Iterator) || result.isKind(ObjectKind::Generator) || specialMethod(py, result, Word::next);
        if (!iterator)
            raiseException(py, BuiltinClass::TypeError, "iter() returned non-iterator of type '" + py.className(result) + "'");
        return result;
    }
    if (specialMethod(py, object, Word::getitem))
        return Value::fromObject(py.state().make<ItemIterator>(object));
    raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object is not iterable");
}

bool nextOf(Interpreter &py, const Value &iterator, Value &out)
{
    if (iterator.isKind(ObjectKind::Iterator)) {
        const Value held = iterator;
        return static_cast<IteratorObject *>(held.object())->next(py, out);
    }
    if (auto *generator = iterator.to<GeneratorObject>())
        return resumeGenerator(py, generator, {}, {}, out);
    try {
        if (!callSpecial(py, iterator, Word::next, {}, out))
            raiseException(py, BuiltinClass::TypeError, "'" + py.className(iterator) + "' object is not an iterator");
        return true;
    } catch (const Raised &raised) {
        if (!isSubclassOf(py.state().classOf(raised.exception), py.state().cls(BuiltinClass::StopIteration)))
            throw;
        const ExceptionPayload *p = exceptionOf(raised.exception);
        out = p && !p->arguments.as<TupleObject>()->items.empty() ? p->arguments.as<TupleObject>()->items[0] : Value();
        return false;
    }
}

void forEach(Interpreter &py, const Value &iterable, const std::function<bool(const Value &)> &each)
{
    const DepthGuard guard(py);
    const Value iterator = iteratorOf(py, iterable);
    Value item;
    while (nextOf(py, iterator, item)) {
        py.state().countSteps(1);
        if (!each(item))
            return;
    }
}

Value reversedOf(Interpreter &py, const Value &object)
{
    py.known(object, "iterated over");
    if (object.isKind(ObjectKind::Instance) || object.isKind(ObjectKind::Class)) {
        Value result;
        if (callSpecial(py, object, Word::reversed, {}, result))
            return result;
    }
    const Value source = plain(object);
    if (const auto *r = source.to<RangeObject>()) {
        const std::int64_t n = r->size();
        const auto wrapped = [](std::uint64_t i) { return static_cast<std::int64_t>(i); };
        const auto step = static_cast<std::uint64_t>(r->step);
        const auto start = static_cast<std::uint64_t>(r->start);
        const RangeObject backwards(wrapped(start + static_cast<std::uint64_t>(n - 1) * step), wrapped(start - step), wrapped(0 - step));
        return Value::fromObject(py.state().make<RangeIterator>(&backwards));
    }
    if (source.isKind(ObjectKind::Dict) || source.isKind(ObjectKind::DictView)) {
        const Values items = py.toVector(source);
        auto index = items.size();
        return nativeIterator(
            py, BuiltinClass::Reversed,
            [items, index](Interpreter &, Value &out) mutable {
                if (index == 0)
                    return false;
                out = items[--index];
                return true;
            },
            source);
    }
    if (asSet(source) || source.isKind(ObjectKind::Iterator) || source.isKind(ObjectKind::Generator) ||
        (!plainLength(source) && !specialMethod(py, object, Word::len)))
        raiseException(py, BuiltinClass::TypeError, "'" + py.className(object) + "' object is not reversible");
    std::int64_t index = py.length(object);
    const Value held = source.isKind(ObjectKind::List) || source.isKind(ObjectKind::Tuple) || source.isString() ? source : object;
    return nativeIterator(
        py, BuiltinClass::Reversed,
        [held, index](Interpreter &p, Value &out) mutable {
            if (index <= 0)
                return false;
            --index;
            if (held.isKind(ObjectKind::List) && index >= std::ssize(held.as<ListObject>()->items))
                return false;
            out = p.getItem(held, Value::integer(index));
            return true;
        },
        held);
}

Value iteratedBy(const IteratorObject &iterator)
{
    if (const auto *sequence = dynamic_cast<const SequenceIterator *>(&iterator))
        return sequence->source;
    if (const auto *table = dynamic_cast<const TableIterator *>(&iterator))
        return table->source;
    if (const auto *items = dynamic_cast<const ItemIterator *>(&iterator))
        return items->source;
    if (const auto *other = dynamic_cast<const OtherOrderIterator *>(&iterator))
        return other->source;
    if (const auto *function = dynamic_cast<const FunctionIterator *>(&iterator))
        return function->held;
    return {};
}

} // namespace stillroom::python
