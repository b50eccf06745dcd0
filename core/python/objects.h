// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "python/latenames.h"
#include "python/value.h"

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// The objects that only the interpreter itself looks into (Python reference, "Data model").
namespace stillroom::python {

struct Code;
struct Frame;

struct ComplexObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Complex;
    ComplexObject(double re, double im) : Object(kKind), real(re), imaginary(im) {}
    double real;
    double imaginary;
};

struct ByteArrayObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::ByteArray;
    explicit ByteArrayObject(std::string b) : Object(kKind), bytes(std::move(b)) {}
    std::string bytes;
};

/// Insertion-ordered hash table. Key comparison may run script code, which may change the table: lookups start anew then.
class HashTable {
public:
    struct Entry {
        Value key; ///< Empty: deleted
        Value value;
        std::uint64_t hash = 0;
    };
    [[nodiscard]] std::size_t size() const { return m_used; }
    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    [[nodiscard]] Value *find(Interpreter &py, const Value &key, std::uint64_t hash);
    [[nodiscard]] Value *findName(const StringObject *interned, std::uint64_t hash);
    /// True when the key was new.
    bool insert(Interpreter &py, const Value &key, std::uint64_t hash, const Value &value);
    bool insertName(StringObject *interned, std::uint64_t hash, const Value &value);
    /// Gives what was removed; Empty value and key if it was not there.
    Entry remove(Interpreter &py, const Value &key, std::uint64_t hash);
    void removeAt(std::size_t entry);
    void clear();
    void copyFrom(const HashTable &other);
    /// Puts a set of numbers, and of tuples of them, into the order in which CPython's sets give them: it follows from their hashes, and
    /// from the order in which they came where two meet. False for any other set of two or more: its order is that of insertion
    /// here; CPython's differs from run to run.
    bool orderAsSet();
    [[nodiscard]] std::size_t bytes() const;
    bool isShared = false; ///< of a shared dict or set: changes are noticed

private:
    void noticeChange() const
    {
        if (isShared && sharedWatch.making == 0)
            sharedWatch.isTouched = true;
    }
    static constexpr std::size_t kNone = ~std::size_t{0};
    [[nodiscard]] std::size_t locate(Interpreter &py, const Value &key, std::uint64_t hash);
    [[nodiscard]] std::size_t locateName(const StringObject *name, std::uint64_t hash) const;
    void append(const Value &key, std::uint64_t hash, const Value &value);
    void rebuild();
    std::vector<Entry> m_entries;
    std::vector<std::int32_t> m_index; ///< empty while there are few entries
    std::size_t m_used = 0;
    std::uint64_t m_version = 0;
    std::uint64_t m_orderedVersion = 0; ///< that orderAsSet() has seen
    bool m_hasOrder = true;             ///< what it found then
};

struct DictObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Dict;
    DictObject() : Tracked(kKind) {}
    void clear() noexcept override
    {
        table.clear();
        late.reset();
    }
    HashTable table;
    std::unique_ptr<LateModule> late; ///< of globals whose names are made when they are asked for
};

struct SetObject final : Tracked { ///< Set or FrozenSet
    static constexpr ObjectKind kKind = ObjectKind::Set;
    explicit SetObject(bool frozen) : Tracked(frozen ? ObjectKind::FrozenSet : ObjectKind::Set) {}
    void clear() noexcept override { table.clear(); }
    HashTable table;
    std::uint64_t hash = 0;
    bool isScripts = false; ///< made by code of the project, not of a library: CPython has a set there as well
};

struct DictViewObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::DictView;
    enum class Part : std::uint8_t { Keys, ValuesOnly, Items, Proxy };
    DictViewObject(Value d, Part p) : Object(kKind), dict(std::move(d)), part(p) {}
    Value dict;
    Part part; ///< Proxy: a read-only dict, as a class's __dict__
};

struct RangeObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Range;
    RangeObject(std::int64_t a, std::int64_t b, std::int64_t c) : Object(kKind), start(a), stop(b), step(c) {}
    std::int64_t start, stop, step;
    [[nodiscard]] std::int64_t size() const;
};

struct SliceObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Slice;
    SliceObject(Value a, Value b, Value c) : Object(kKind), start(std::move(a)), stop(std::move(b)), step(std::move(c)) {}
    Value start, stop, step;
};

struct CellObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Cell;
    CellObject() : Tracked(kKind) {}
    void clear() noexcept override { content = Value(); }
    Value content;
};

struct FunctionObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Function;
    FunctionObject() : Tracked(kKind) {}
    void clear() noexcept override;
    Code *code = nullptr;
    Value globals;
    Values defaults;
    std::vector<std::pair<StringObject *, Value>> keywordDefaults;
    Values closure;
    Value name, qualifiedName, doc, module;
    Value attributes;  ///< dict, made when needed
    Value annotations; ///< dict, evaluated when asked for
};

struct NativeFunctionObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::NativeFunction;
    NativeFunctionObject() : Tracked(kKind) {}
    void clear() noexcept override
    {
        native = {};
        attributes = Value();
    }
    Native native;
    std::string name;
    bool isMethod = false;      ///< takes self: binds to instances
    bool passesUnknown = false; ///< an Unknown among self and arguments is the result
    bool checksSelf = false;    ///< a method of a built-in class: self must be of that class
    ClassObject *owner = nullptr;
    Value attributes;
};

struct BoundMethodObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::BoundMethod;
    BoundMethodObject(Value f, Value s) : Object(kKind), function(std::move(f)), self(std::move(s)) {}
    Value function;
    Value self;
};

struct PropertyObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Property;
    PropertyObject() : Tracked(kKind) {}
    void clear() noexcept override { getter = setter = deleter = doc = name = Value(); }
    Value getter, setter, deleter, doc, name;
};

struct ClassMethodObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::ClassMethod;
    explicit ClassMethodObject(Value f) : Tracked(kKind), function(std::move(f)) {}
    void clear() noexcept override { function = Value(); }
    Value function;
};

struct StaticMethodObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::StaticMethod;
    explicit StaticMethodObject(Value f) : Tracked(kKind), function(std::move(f)) {}
    void clear() noexcept override { function = Value(); }
    Value function;
};

struct SuperObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Super;
    SuperObject(Value c, Value o) : Object(kKind), startClass(std::move(c)), object(std::move(o)) {}
    Value startClass;
    Value object;
};

/// The classes that are there without an import. `Layout` of a script class is the built-in class whose state its
/// instances carry.
enum class BuiltinClass : std::uint8_t {
    Object,
    Type,
    Int,
    Bool,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    Tuple,
    List,
    Dict,
    Set,
    FrozenSet,
    Range,
    Slice,
    NoneType,
    EllipsisType,
    NotImplementedType,
    Function,
    BuiltinFunction,
    Method,
    Module,
    Generator,
    Coroutine,
    Property,
    ClassMethod,
    StaticMethod,
    Super,
    Cell,
    DictKeys,
    DictValues,
    DictItems,
    MappingProxy,
    GenericAlias,
    UnionType,
    Iterator,
    Enumerate,
    Zip,
    Map,
    Filter,
    Reversed,
    TypeVar,
    CodeType,
    TemplateType,
    BaseException,
    Exception,
    GeneratorExit,
    KeyboardInterrupt,
    SystemExit,
    BaseExceptionGroup,
    ExceptionGroup,
    ArithmeticError,
    FloatingPointError,
    OverflowError,
    ZeroDivisionError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    ImportError,
    ModuleNotFoundError,
    LookupError,
    IndexError,
    KeyError,
    MemoryError,
    NameError,
    UnboundLocalError,
    OSError,
    BlockingIOError,
    ChildProcessError,
    ConnectionError,
    BrokenPipeError,
    ConnectionAbortedError,
    ConnectionRefusedError,
    ConnectionResetError,
    FileExistsError,
    FileNotFoundError,
    InterruptedError,
    IsADirectoryError,
    NotADirectoryError,
    PermissionError,
    ProcessLookupError,
    TimeoutError,
    ReferenceError,
    RuntimeError,
    NotImplementedError,
    RecursionError,
    StopAsyncIteration,
    StopIteration,
    SyntaxError,
    IndentationError,
    TabError,
    SystemError,
    TypeError,
    ValueError,
    UnicodeError,
    UnicodeDecodeError,
    UnicodeEncodeError,
    UnicodeTranslateError,
    Warning,
    BytesWarning,
    DeprecationWarning,
    EncodingWarning,
    FutureWarning,
    ImportWarning,
    PendingDeprecationWarning,
    ResourceWarning,
    RuntimeWarning,
    SyntaxWarning,
    UnicodeWarning,
    UserWarning,
    Count
};

using NativePointer = Value (*)(Interpreter &, const Value &, Arguments &);

struct NativeMethod {
    enum class Sort : std::uint8_t { Method, ClassMethod, StaticMethod, Property, Operator };
    std::string_view name;
    NativePointer function;
    Sort sort = Sort::Method;
    NativePointer setter = nullptr; ///< of a Property
};

/// What a built-in class is, as a row of a constant table.
struct BuiltinRow {
    std::string_view name;
    BuiltinClass base;
    Value (*construct)(Interpreter &, const Value &cls, Arguments &) = nullptr; ///< null: as the base
    std::array<std::span<const NativeMethod>, 3> methods{};
};

struct ClassObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Class;
    ClassObject() : Tracked(kKind) {}
    void clear() noexcept override;
    std::string name;
    Values bases;
    std::vector<ClassObject *> mro; ///< itself first; classes live as long as their interpreter
    Value attributes;               ///< dict
    ClassObject *metaclass = nullptr;
    const BuiltinRow *row = nullptr; ///< of a built-in class
    BuiltinClass builtin = BuiltinClass::Count;
    BuiltinClass layout = BuiltinClass::Object;
    std::vector<std::function<void(Interpreter &, const Value &, Arguments &)>> subclassHooks;
    std::vector<ClassObject *> subclasses;
    bool isNative = false;
    bool isSealed = false; ///< attributes cannot be set by scripts
    // what instances' attribute access must look out for; found anew when any class changes
    std::uint64_t slotsVersion = 0;
    Value slotGetAttribute, slotGetAttr, slotSetAttr, slotDelAttr;
};

struct InstanceObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Instance;
    explicit InstanceObject(ClassObject *c) : Tracked(kKind), cls(c) {}
    void clear() noexcept override;
    ClassObject *cls;
    Value attributes; ///< dict, made when needed
    std::unique_ptr<Payload> payload;
    Value base; ///< the built-in value of an instance of a class derived from str, int, dict, …
    bool varies = false;
};

struct ModuleObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Module;
    ModuleObject() : Tracked(kKind) {}
    void clear() noexcept override;
    std::string name;
    Value globals; ///< dict
    std::function<Value(Interpreter &, const std::string &)> getter;
};

struct ExceptionPayload final : Payload {
    Value arguments; ///< tuple
    Value cause, context;
    bool suppressContext = false;
    bool isOfScript = false; ///< a raise statement of the project's own code made it
    Value notes;
    std::vector<FrameLine> trace; ///< innermost first, grows while unwinding
};

/// An iterator made by native code.
struct IteratorObject : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Iterator;
    explicit IteratorObject(BuiltinClass c) : Tracked(kKind), cls(c) {}
    /// False at the end.
    virtual bool next(Interpreter &py, Value &out) = 0;
    BuiltinClass cls;
};

struct GeneratorObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::Generator;
    explicit GeneratorObject(Interpreter &interpreter); ///< outside, where Frame is complete
    ~GeneratorObject() override;
    void clear() noexcept override;
    Interpreter &py;
    std::unique_ptr<Frame> frame; ///< null once it has ended
    Value name;
    bool isCoroutine = false;
    bool isAsyncGenerator = false;
    bool started = false;
    bool running = false;
};

/// To be called before an object is changed other than through a HashTable.
inline void touchShared(const Value &v)
{
    switch (v.object() ? v.object()->kind : ObjectKind::Float) {
    case ObjectKind::List:
    case ObjectKind::Function:
    case ObjectKind::NativeFunction:
    case ObjectKind::Property:
    case ObjectKind::ClassMethod:
    case ObjectKind::StaticMethod:
    case ObjectKind::Class:
    case ObjectKind::Instance:
    case ObjectKind::Module:
        touch(static_cast<const Tracked *>(v.object()));
        break;
    default:
        break; // not changed in place, or watched by their HashTable
    }
}

[[nodiscard]] inline SetObject *asSet(const Value &v)
{
    return v.isKind(ObjectKind::Set) || v.isKind(ObjectKind::FrozenSet) ? v.as<SetObject>() : nullptr;
}

/// The built-in value that stands in an instance of a class derived from a built-in one; else the value itself.
[[nodiscard]] inline const Value &plain(const Value &v)
{
    if (v.isKind(ObjectKind::Instance)) {
        const Value &base = v.as<InstanceObject>()->base;
        if (base)
            return base;
    }
    return v;
}

} // namespace stillroom::python
