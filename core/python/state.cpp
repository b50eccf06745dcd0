// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/state.h"

#include "python/runtime.h"

#include <algorithm>
#include <array>

namespace stillroom::python {

namespace {
constexpr std::array<std::string_view, static_cast<std::size_t>(Word::Count)> kWords{"__init__",
                                                                                     "__new__",
                                                                                     "__call__",
                                                                                     "__getattribute__",
                                                                                     "__getattr__",
                                                                                     "__setattr__",
                                                                                     "__delattr__",
                                                                                     "__get__",
                                                                                     "__set__",
                                                                                     "__delete__",
                                                                                     "__set_name__",
                                                                                     "__init_subclass__",
                                                                                     "__class_getitem__",
                                                                                     "__iter__",
                                                                                     "__next__",
                                                                                     "__aiter__",
                                                                                     "__anext__",
                                                                                     "__await__",
                                                                                     "__enter__",
                                                                                     "__exit__",
                                                                                     "__aenter__",
                                                                                     "__aexit__",
                                                                                     "__len__",
                                                                                     "__length_hint__",
                                                                                     "__bool__",
                                                                                     "__eq__",
                                                                                     "__ne__",
                                                                                     "__lt__",
                                                                                     "__le__",
                                                                                     "__gt__",
                                                                                     "__ge__",
                                                                                     "__hash__",
                                                                                     "__str__",
                                                                                     "__repr__",
                                                                                     "__format__",
                                                                                     "__bytes__",
                                                                                     "__getitem__",
                                                                                     "__setitem__",
                                                                                     "__delitem__",
                                                                                     "__contains__",
                                                                                     "__missing__",
                                                                                     "__reversed__",
                                                                                     "__neg__",
                                                                                     "__pos__",
                                                                                     "__invert__",
                                                                                     "__abs__",
                                                                                     "__int__",
                                                                                     "__float__",
                                                                                     "__complex__",
                                                                                     "__index__",
                                                                                     "__round__",
                                                                                     "__instancecheck__",
                                                                                     "__subclasscheck__",
                                                                                     "__prepare__",
                                                                                     "__dict__",
                                                                                     "__class__",
                                                                                     "__name__",
                                                                                     "__qualname__",
                                                                                     "__module__",
                                                                                     "__doc__",
                                                                                     "__annotations__",
                                                                                     "__file__",
                                                                                     "__builtins__",
                                                                                     "__all__",
                                                                                     "__path__",
                                                                                     "__package__",
                                                                                     "__match_args__",
                                                                                     "__mro__",
                                                                                     "__bases__",
                                                                                     "__slots__",
                                                                                     "__classcell__",
                                                                                     "super",
                                                                                     "__mro_entries__",
                                                                                     "send",
                                                                                     "throw",
                                                                                     "close",
                                                                                     "__dir__",
                                                                                     "__main__",
                                                                                     "__call_method__",
                                                                                     "value",
                                                                                     "__fspath__"};
constexpr std::size_t kPooledFrames = 64;
} // namespace

std::uint64_t hashText(std::string_view text) noexcept
{
    // below 2**60, so that hash() of an integer with this value is the same again
    const std::uint64_t h = std::hash<std::string_view>{}(text) >> 4;
    return h ? h : 1;
}

StringObject *&InternTable::place(std::string_view text, std::uint64_t hash)
{
    const std::size_t mask = m_places.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
        StringObject *&there = m_places[i];
        if (!there || (there->hash == hash && there->text == text))
            return there;
    }
}

void InternTable::added()
{
    if (++m_used * 2 <= m_places.size())
        return;
    const std::vector<StringObject *> old = std::exchange(m_places, std::vector<StringObject *>(m_places.size() * 2));
    for (StringObject *s : old)
        if (s)
            place(s->text, s->hash) = s;
}

DepthGuard::DepthGuard(Interpreter &py) : m_py(py)
{
    constexpr int kNative = 200;
    if (py.state().nativeDepth >= kNative)
        raiseException(py, BuiltinClass::RecursionError, "maximum recursion depth exceeded");
    ++py.state().nativeDepth;
}
DepthGuard::~DepthGuard() { --m_py.state().nativeDepth; }

Interpreter::State::State(Interpreter &interpreter, ModuleSource *source, Budget limits)
    : py(interpreter), modules(source), budget(limits), liveAtStart(liveBytes)
{
    const Sharing sharing(*this);
    emptyString = Value::fromObject(make<StringObject>(std::string()));
    emptyTuple = Value::fromObject(make<TupleObject>(Values()));
    struct Singleton final : Object {
        explicit Singleton(ObjectKind k) : Object(k) {}
    };
    ellipsis = Value::fromObject(make<Singleton>(ObjectKind::Ellipsis));
    notImplemented = Value::fromObject(make<Singleton>(ObjectKind::NotImplemented));
    builtins = make<DictObject>();
    builtinsHolder = Value::fromObject(builtins);
}

Interpreter::State::~State()
{
    isEnding = true;
    ++sharedWatch.making; // what goes away with its interpreter has not been changed by a script
    // Emptied one by one: cycles fall apart, and what somebody outside still holds stays valid but empty.
    std::vector<Value> all;
    for (const Sentinel *list : {&heap, &sharedHeap}) {
        for (Tracked *t = list->heapNext; t != list; t = t->heapNext)
            all.push_back(Value::fromObject(t));
    }
    for (const Value &v : all)
        static_cast<Tracked *>(v.object())->clear();
    frame = nullptr;
    importedModules.clear();
    unknownStars.clear();
    ids.clear();
    units.clear();
    sharedUnits.clear();
    framePool.clear();
    abandoned.clear();
    classes.clear();
    all.clear();
    for (StringObject *s : interned.places()) {
        if (!s)
            continue;
        s->interned = false;
        if (--s->references == 0)
            Object::dispose(s);
    }
    for (Sentinel *list : {&heap, &sharedHeap}) {
        for (Tracked *t = list->heapNext; t != list;) {
            Tracked *following = t->heapNext;
            t->heapPrevious = t->heapNext = nullptr;
            t = following;
        }
        list->heapPrevious = list->heapNext = list;
    }
    --sharedWatch.making;
}

Interpreter::State::Sharing::Sharing(State &state) : m_state(state)
{
    ++sharedWatch.making;
    m_marker.heapPrevious = &state.heap;
    m_marker.heapNext = state.heap.heapNext;
    state.heap.heapNext->heapPrevious = &m_marker;
    state.heap.heapNext = &m_marker;
}

Interpreter::State::Sharing::~Sharing()
{
    --sharedWatch.making;
    Tracked *const first = m_state.heap.heapNext;
    Tracked *const last = m_marker.heapPrevious;
    m_state.heap.heapNext = m_marker.heapNext;
    m_marker.heapNext->heapPrevious = &m_state.heap;
    if (first == &m_marker)
        return;
    for (Tracked *t = first; t != &m_marker; t = t->heapNext) {
        t->isShared = true;
        if (t->kind == ObjectKind::Dict)
            static_cast<DictObject *>(t)->table.isShared = true;
        else if (t->kind == ObjectKind::Set || t->kind == ObjectKind::FrozenSet)
            static_cast<SetObject *>(t)->table.isShared = true;
    }
    first->heapPrevious = &m_state.sharedHeap;
    last->heapNext = m_state.sharedHeap.heapNext;
    m_state.sharedHeap.heapNext->heapPrevious = last;
    m_state.sharedHeap.heapNext = first;
}

bool Interpreter::State::runsProjectCode() const { return frame && sharedWatch.making == 0 && !frame->code->unit->isLibrary; }

bool Interpreter::State::forget()
{
    isEnding = true;
    const auto isSharedObject = [](const Value &v) { return v.object() && static_cast<const Tracked *>(v.object())->isShared; };
    frame = nullptr;
    depth = nativeDepth = runDepth = 0;
    std::erase_if(importedModules, [&](const auto &module) { return !module.second.isKind(ObjectKind::Module) || !isSharedObject(module.second); });
    unknownStars.clear();
    ids.clear();
    nextId = kFirstId;
    reprStack.clear();
    stopTrace.clear();
    stopTraceTaken = variesSeen = sawSetOrder = sawClock = false;
    for (CacheLine &line : cache) {
        if (line.cls && !line.cls->isShared)
            line = {};
    }
    for (const Value &v : classes) {
        if (isSharedObject(v))
            continue;
        for (const Value &base : v.as<ClassObject>()->bases)
            std::erase(base.as<ClassObject>()->subclasses, v.as<ClassObject>());
    }
    std::vector<Value> all;
    for (Tracked *t = heap.heapNext; t != &heap; t = t->heapNext)
        all.push_back(Value::fromObject(t));
    for (const Value &v : all)
        static_cast<Tracked *>(v.object())->clear();
    std::erase_if(classes, [&](const Value &v) { return !isSharedObject(v); });
    abandoned.clear();
    all.clear();
    units.clear();
    isEnding = false;
    liveAtStart = liveBytes;
    charged = 0;
    constexpr std::size_t kMostNames = 20'000;
    const bool isTouched = std::exchange(sharedWatch.isTouched, false);
    return !isTouched && heap.heapNext == &heap && interned.size() < kMostNames;
}

void Interpreter::State::overMemory(Object *object)
{
    const Value dropped = Value::fromObject(object);
    overMemory();
}

void Interpreter::State::overMemory()
{
    throw Stopped(StopKind::OverBudget,
                  "the script needs more memory than the " + std::to_string(budget.memoryBytes / (1024 * 1024)) + " MB that it may use");
}

void Interpreter::State::willAllocate(std::size_t bytes)
{
    if (bytes > budget.textBytes && bytes <= budget.memoryBytes)
        throw Stopped(StopKind::OverBudget,
                      "the script makes one value larger than the " + std::to_string(budget.textBytes / (1024 * 1024)) + " MB that a value may have");
    if (bytes > budget.memoryBytes ||
        liveBytes - liveAtStart + charged + static_cast<std::int64_t>(bytes) > static_cast<std::int64_t>(budget.memoryBytes))
        overMemory();
    countSteps(bytes >> 6); // work on large texts is not free
}

void Interpreter::State::account(Tracked *object, std::size_t bytes)
{
    if (bytes == object->accounted)
        return;
    object->accountFor(bytes);
    if (liveBytes - liveAtStart + charged > static_cast<std::int64_t>(budget.memoryBytes))
        overMemory();
}

void Interpreter::State::checkSteps()
{
    if (steps >= budget.steps)
        throw Stopped(StopKind::OverBudget, "the script takes more than the " + std::to_string(budget.steps) + " steps that it may take");
    if (cancelFlag && cancelFlag->load(std::memory_order_relaxed))
        throw Stopped(StopKind::Cancelled, "the evaluation was cancelled");
    nextCheck = std::min(budget.steps, steps + 4096);
}

StringObject *Interpreter::State::intern(std::string_view name)
{
    const std::uint64_t hash = hashText(name);
    if (StringObject *there = interned.place(name, hash))
        return there;
    auto *s = make<StringObject>(std::string(name));
    s->hash = hash;
    s->interned = true;
    s->references = 1;
    interned.place(name, hash) = s;
    interned.added();
    return s;
}

StringObject *Interpreter::State::intern(const Value &string)
{
    const Value &v = plain(string);
    if (!v.isString())
        raiseException(py, BuiltinClass::TypeError, "attribute name must be string, not '" + py.className(string) + "'");
    auto *s = v.as<StringObject>();
    return s->interned ? s : intern(s->text);
}

StringObject *Interpreter::State::makeWord(Word w)
{
    StringObject *s = intern(kWords[static_cast<std::size_t>(w)]);
    words[static_cast<std::size_t>(w)] = s;
    return s;
}

std::unique_ptr<Frame> Interpreter::State::takeFrame()
{
    if (framePool.empty())
        return std::make_unique<Frame>();
    std::unique_ptr<Frame> f = std::move(framePool.back());
    framePool.pop_back();
    return f;
}

void Interpreter::State::giveBack(std::unique_ptr<Frame> f)
{
    if (framePool.size() >= kPooledFrames || f->locals.capacity() > 256 || f->stack.capacity() > 256)
        return;
    f->stack.clear();
    f->locals.clear();
    f->handled.clear();
    f->owner = f->globals = f->names = f->constructed = Value();
    f->code = nullptr;
    f->pc = 0;
    f->generator = nullptr;
    f->back = nullptr;
    framePool.push_back(std::move(f));
}

Value Interpreter::State::characterString(char c)
{
    const auto i = static_cast<std::size_t>(static_cast<unsigned char>(c));
    if (!asciiCharacters[i])
        asciiCharacters[i] = intern(std::string_view(&c, 1));
    return Value::fromObject(asciiCharacters[i]);
}

Value Interpreter::State::newString(std::string text, bool varies)
{
    if (text.size() > 4096) {
        if (text.size() > budget.textBytes)
            willAllocate(text.size());
        countSteps(text.size() >> 8);
    }
    auto *s = make<StringObject>(std::move(text));
    s->varies = varies;
    return Value::fromObject(s);
}

Value Interpreter::State::newDict() { return Value::fromObject(make<DictObject>()); }

Value Interpreter::State::newList(Values items)
{
    auto *list = make<ListObject>();
    Value v = Value::fromObject(list);
    list->items = std::move(items);
    account(list, list->items.capacity() * sizeof(Value));
    return v;
}

Value Interpreter::State::newTuple(Values items)
{
    if (items.empty() && emptyTuple)
        return emptyTuple;
    return Value::fromObject(make<TupleObject>(std::move(items)));
}

Value Interpreter::State::newFloat(double d, bool varies)
{
    auto *f = make<FloatObject>(d);
    f->varies = varies;
    return Value::fromObject(f);
}

Value Interpreter::State::newCell() { return Value::fromObject(make<CellObject>()); }

} // namespace stillroom::python
