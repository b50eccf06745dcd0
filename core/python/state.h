// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/code.h"
#include "python/objects.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

/// The inside of an Interpreter: its heap, names, classes and frames.
namespace stillroom::python {

/// Names that the machine itself asks for.
enum class Word : std::uint8_t {
    init,
    new_,
    call,
    getattribute,
    getattr,
    setattr,
    delattr,
    get,
    set,
    delete_,
    set_name,
    init_subclass,
    class_getitem,
    iter,
    next,
    aiter,
    anext,
    await,
    enter,
    exit,
    aenter,
    aexit,
    len,
    length_hint,
    bool_,
    eq,
    ne,
    lt,
    le,
    gt,
    ge,
    hash,
    str,
    repr,
    format,
    bytes,
    getitem,
    setitem,
    delitem,
    contains,
    missing,
    reversed,
    neg,
    pos,
    invert,
    abs,
    int_,
    float_,
    complex_,
    index,
    round,
    instancecheck,
    subclasscheck,
    prepare,
    dict,
    class_,
    name,
    qualname,
    module,
    doc,
    annotations,
    file,
    builtins,
    all,
    path,
    package,
    match_args,
    mro,
    bases,
    slots,
    classcell,
    super_,
    mro_entries,
    send,
    throw_,
    close,
    dir,
    main,
    call_method,
    value,
    fspath,
    Count
};

struct Frame {
    Code *code = nullptr;
    Value owner;   ///< the function or code's holder, kept alive
    Values locals; ///< locals, then free variables
    Values stack;
    Value globals;
    Value names; ///< dict of a class body; Empty in functions
    Values handled;
    std::int32_t pc = 0;
    Frame *back = nullptr;
    GeneratorObject *generator = nullptr;
    Value constructed; ///< the instance whose __init__ this is
};

/// Counts native code that calls itself through Python's protocols (repr of a list in a list, …).
class DepthGuard {
public:
    explicit DepthGuard(Interpreter &py);
    ~DepthGuard();
    DepthGuard(const DepthGuard &) = delete;
    DepthGuard &operator=(const DepthGuard &) = delete;

private:
    Interpreter &m_py;
};

/// The interned strings, found by their text: every name that is compiled is looked for here.
class InternTable {
public:
    /// The place of the string with this text, which is null when there is none yet.
    [[nodiscard]] StringObject *&place(std::string_view text, std::uint64_t hash);
    void added(); ///< after a place was filled: places found before are not to be used any more
    [[nodiscard]] std::size_t size() const { return m_used; }
    [[nodiscard]] const std::vector<StringObject *> &places() const { return m_places; } ///< some are null

private:
    std::vector<StringObject *> m_places = std::vector<StringObject *>(256); ///< a power of two of them, at most half used
    std::size_t m_used = 0;
};

struct Interpreter::State {
    State(Interpreter &interpreter, ModuleSource *source, Budget limits);
    ~State();

    Interpreter &py;
    ModuleSource *modules;
    Budget budget;
    const std::atomic<bool> *cancelFlag = nullptr;
    std::uint64_t steps = 0;
    std::int64_t liveAtStart = 0;
    std::int64_t charged = 0;
    int depth = 0;       ///< Python frames
    int nativeDepth = 0; ///< native recursion
    int runDepth = 0;    ///< machines within machines

    // the heap
    struct Sentinel final : Tracked {
        Sentinel() : Tracked(ObjectKind::Cell) { heapPrevious = heapNext = this; }
        ~Sentinel() override { heapPrevious = heapNext = nullptr; }
        void clear() noexcept override {}
    };
    Sentinel heap;       ///< what scripts made
    Sentinel sharedHeap; ///< what libraries made for them
    /// While one lives, what is made is for every script: it outlives forget().
    class Sharing {
    public:
        explicit Sharing(State &state);
        ~Sharing();
        Sharing(const Sharing &) = delete;
        Sharing &operator=(const Sharing &) = delete;

    private:
        State &m_state;
        Sentinel m_marker; ///< stands in the heap before what is made from now on
    };
    [[nodiscard]] bool forget();
    template<class T, class... A>
    T *make(A &&...arguments)
    {
        T *object = new T(std::forward<A>(arguments)...);
        if constexpr (std::is_base_of_v<Tracked, T>) {
            object->heapPrevious = &heap;
            object->heapNext = heap.heapNext;
            heap.heapNext->heapPrevious = object;
            heap.heapNext = object;
        }
        if (liveBytes - liveAtStart + charged > static_cast<std::int64_t>(budget.memoryBytes)) [[unlikely]]
            overMemory(object);
        return object;
    }
    [[noreturn]] void overMemory(Object *object);
    [[noreturn]] void overMemory();
    void willAllocate(std::size_t bytes); ///< stops before an allocation that the budget forbids
    void account(Tracked *object, std::size_t bytes);
    void countSteps(std::uint64_t n)
    {
        steps += n;
        if (steps >= nextCheck) [[unlikely]]
            checkSteps();
    }
    void checkSteps();
    std::uint64_t nextCheck = 4096;

    // names
    InternTable interned;
    std::array<StringObject *, static_cast<std::size_t>(Word::Count)> words{};
    StringObject *intern(std::string_view name);
    StringObject *intern(const Value &string);
    StringObject *word(Word w)
    {
        StringObject *s = words[static_cast<std::size_t>(w)];
        return s ? s : makeWord(w);
    }
    StringObject *makeWord(Word w);

    // classes
    std::array<ClassObject *, static_cast<std::size_t>(BuiltinClass::Count)> builtinClasses{};
    Values classes; ///< keeps all classes
    std::uint64_t classVersion = 1;
    struct CacheLine {
        const ClassObject *cls = nullptr;
        const StringObject *name = nullptr;
        std::uint64_t version = 0;
        const Value *value = nullptr;
    };
    std::array<CacheLine, 256> cache{};
    ClassObject *cls(BuiltinClass id)
    {
        ClassObject *c = builtinClasses[static_cast<std::size_t>(id)];
        return c ? c : makeBuiltinClass(id);
    }
    Value classValue(BuiltinClass id) { return Value::fromObject(cls(id)); }
    ClassObject *makeBuiltinClass(BuiltinClass id);
    ClassObject *newClass(std::string name);
    ClassObject *classOf(const Value &value);
    /// Attribute of the class or its bases; null if none.
    const Value *lookup(ClassObject *c, StringObject *name);
    const Value *lookup(ClassObject *c, Word w) { return lookup(c, word(w)); }
    const Value *lookupUncached(ClassObject *c, StringObject *name);
    const Value *ownAttribute(ClassObject *c, StringObject *name); ///< materialises rows of the built-in tables

    // builtins and modules
    DictObject *builtins = nullptr;
    Value builtinsHolder;
    Value findBuiltin(StringObject *name); ///< Empty if none
    std::map<std::string, Value, std::less<>> importedModules;
    std::unordered_map<const Object *, Values> unknownStars; ///< globals → Unknown modules star-imported there

    // running
    Frame *frame = nullptr;
    std::vector<std::unique_ptr<Frame>> framePool;
    std::vector<std::unique_ptr<Frame>> abandoned; ///< of generators that went away within a try or with: these are closed soon
    bool isEnding = false;
    std::deque<Unit> units, sharedUnits;
    Unit &newUnit() { return sharedWatch.making > 0 ? sharedUnits.emplace_back() : units.emplace_back(); }
    std::vector<FrameLine> stopTrace;
    bool stopTraceTaken = false;
    bool variesSeen = false; ///< set by str and repr when a varying text went in
    int otherRun = 0;        ///< Interpreter::setOtherRun
    bool sawSetOrder = false, sawClock = false;
    int calls = 0; ///< of Interpreter::call() that are under way: a body runs, not a module's top level
    [[nodiscard]] bool runsProjectCode() const; ///< the innermost frame is not a library's
    std::unique_ptr<Frame> takeFrame();
    void giveBack(std::unique_ptr<Frame> frame);
    std::function<void(std::string_view)> output;
    std::vector<const Object *> reprStack;
    static constexpr std::uint64_t kFirstId = 0x7f0000001000;
    std::uint64_t nextId = kFirstId;
    std::unordered_map<const Object *, std::pair<Value, std::uint64_t>> ids;

    // values often needed
    Value emptyString, emptyTuple;
    Value ellipsis, notImplemented;
    std::array<StringObject *, 128> asciiCharacters{};
    Value characterString(char c);

    Value newString(std::string text, bool varies = false);
    Value newDict();
    Value newList(Values items);
    Value newTuple(Values items);
    Value newFloat(double d, bool varies = false);
    Value newCell();
};

[[nodiscard]] std::uint64_t hashText(std::string_view text) noexcept;
inline std::uint64_t nameHash(StringObject *name)
{
    if (name->hash == 0)
        name->hash = hashText(name->text);
    return name->hash;
}

} // namespace stillroom::python
