// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a script's expressions evaluate to. A Value is a 16-byte handle: None, booleans and small integers stand in it,
/// everything else is an Object with an intrusive, non-atomic reference count. Values belong to the Interpreter that
/// made them and never leave its thread. Objects that may form cycles are listed by the interpreter's heap, which
/// empties them when the interpreter goes away, so nothing leaks.
namespace stillroom::python {

class Interpreter;
struct Object;
struct ClassObject;
struct InstanceObject;
struct ModuleObject;

enum class ObjectKind : std::uint8_t {
    BigInteger,
    Float,
    Complex,
    String,
    Bytes,
    ByteArray,
    Tuple,
    List,
    Dict,
    Set,
    FrozenSet,
    DictView,
    Range,
    Slice,
    Function,
    Code,
    Cell,
    NativeFunction,
    BoundMethod,
    Class,
    Instance,
    Module,
    Generator,
    Iterator,
    Property,
    ClassMethod,
    StaticMethod,
    Super,
    Unknown,
    Ellipsis,
    NotImplemented,
};

/// Bytes that living objects of this thread hold; the memory budget looks at its growth.
extern constinit thread_local std::int64_t liveBytes;

struct Object {
    std::uint32_t references = 0;
    ObjectKind kind;
    static constexpr std::int64_t kOwnBytes = 64;
    explicit Object(ObjectKind objectKind) : kind(objectKind) { liveBytes += kOwnBytes; }
    virtual ~Object();
    Object(const Object &) = delete;
    Object &operator=(const Object &) = delete;
    /// Deletes; puts off what hangs on long chains, so that the C++ stack does not grow with them.
    static void dispose(Object *object) noexcept;
};

/// An object that may be part of a cycle. The interpreter lists it and empties it at its own end.
struct Tracked : Object {
    explicit Tracked(ObjectKind objectKind) : Object(objectKind) {}
    ~Tracked() override;
    virtual void clear() noexcept = 0;
    void accountFor(std::size_t bytes); ///< counts the memory held besides the object itself
    Tracked *heapPrevious = nullptr;
    Tracked *heapNext = nullptr;
    std::size_t accounted = 0;
    bool isShared = false; ///< made by a library, for every script that this interpreter runs (Interpreter::forget)
};

/// Whether a script changed something of this thread that other scripts would see (Interpreter::forget).
struct SharedWatch {
    int making = 0; ///< a library makes things: they, and changes to shared ones, are for all scripts
    bool isTouched = false;
};
extern constinit thread_local SharedWatch sharedWatch;
inline void touch(const Tracked *object)
{
    if (object->isShared && sharedWatch.making == 0)
        sharedWatch.isTouched = true;
}

class Value {
public:
    enum class Tag : std::uint8_t { Empty, None, False, True, Integer, Object };

    Value() = default; ///< Empty: "no value", never seen by scripts
    Value(const Value &other) noexcept : m_tag(other.m_tag), m_bits(other.m_bits) { retain(); }
    Value(Value &&other) noexcept : m_tag(other.m_tag), m_bits(other.m_bits) { other.m_tag = Tag::Empty; }
    Value &operator=(Value other) noexcept
    {
        std::swap(m_tag, other.m_tag);
        std::swap(m_bits, other.m_bits);
        return *this;
    }
    ~Value() { release(); }

    static Value none() { return Value(Tag::None); }
    static Value boolean(bool b) { return Value(b ? Tag::True : Tag::False); }
    static Value integer(std::int64_t i)
    {
        Value v(Tag::Integer);
        v.m_bits.integer = i;
        return v;
    }
    static Value fromObject(Object *object)
    {
        Value v(Tag::Object);
        v.m_bits.object = object;
        v.retain();
        return v;
    }

    [[nodiscard]] Tag tag() const { return m_tag; }
    explicit operator bool() const { return m_tag != Tag::Empty; } ///< false only for Empty; not Python's truth
    [[nodiscard]] bool isNone() const { return m_tag == Tag::None; }
    [[nodiscard]] bool isBoolean() const { return m_tag == Tag::True || m_tag == Tag::False; }
    [[nodiscard]] bool isTrue() const { return m_tag == Tag::True; }
    [[nodiscard]] bool isSmallInteger() const { return m_tag == Tag::Integer; }
    [[nodiscard]] std::int64_t smallInteger() const { return m_bits.integer; }
    [[nodiscard]] Object *object() const { return m_tag == Tag::Object ? m_bits.object : nullptr; }
    [[nodiscard]] bool isKind(ObjectKind kind) const { return m_tag == Tag::Object && m_bits.object->kind == kind; }
    [[nodiscard]] bool isString() const { return isKind(ObjectKind::String); }
    [[nodiscard]] bool isUnknown() const { return isKind(ObjectKind::Unknown); }
    [[nodiscard]] bool isSame(const Value &other) const; ///< Python's `is`

    template<class T>
    [[nodiscard]] T *as() const ///< unchecked; T::kKind says which kind it is
    {
        return static_cast<T *>(m_bits.object);
    }
    template<class T>
    [[nodiscard]] T *to() const ///< null unless it is one
    {
        return isKind(T::kKind) ? static_cast<T *>(m_bits.object) : nullptr;
    }

private:
    explicit Value(Tag tag) : m_tag(tag) {}
    void retain() const
    {
        if (m_tag == Tag::Object)
            ++m_bits.object->references;
    }
    void release()
    {
        if (m_tag == Tag::Object && --m_bits.object->references == 0)
            Object::dispose(m_bits.object);
    }

    Tag m_tag = Tag::Empty;
    union {
        std::int64_t integer;
        Object *object;
    } m_bits{0};
};

using Values = std::vector<Value>;

struct FloatObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Float;
    explicit FloatObject(double v) : Object(kKind), value(v) {}
    double value;
    bool varies = false; ///< derived from clock or random
};

struct StringObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::String;
    explicit StringObject(std::string t);
    ~StringObject() override;
    std::string text;        ///< UTF-8; lone surrogates as three bytes
    std::int64_t codePoints; ///< length as Python counts
    std::uint64_t hash = 0;  ///< 0: not computed yet
    bool interned = false;   ///< the one string with this text that names are compared by
    bool varies = false;     ///< derived from clock, random or uuid4: another run gives another text
    [[nodiscard]] bool isAscii() const { return codePoints == static_cast<std::int64_t>(text.size()); }
};

struct BytesObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Bytes;
    explicit BytesObject(std::string b);
    ~BytesObject() override;
    std::string bytes;
};

struct TupleObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Tuple;
    explicit TupleObject(Values v);
    ~TupleObject() override;
    Values items;
    ClassObject *namedClass = nullptr; ///< set for an instance of a NamedTuple
};

struct ListObject final : Tracked {
    static constexpr ObjectKind kKind = ObjectKind::List;
    ListObject() : Tracked(kKind) {}
    void clear() noexcept override;
    Values items;
};

/// Why something is not known. Travels with Unknown values; becomes the reason of an evaluation that stops.
enum class StopKind : std::uint8_t {
    NotUnderstood, ///< a name, module or feature that cannot be evaluated here
    NeedsDatabase, ///< the answer of a query or an inspection
    OverBudget,    ///< steps, memory, depth or text size ran out
    Cancelled,
};

struct UnknownObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::Unknown;
    UnknownObject(StopKind k, std::string r, std::string n = {}) : Object(kKind), why(k), reason(std::move(r)), name(std::move(n)) {}
    StopKind why;
    std::string reason;  ///< one sentence without the final stop: what is not known, and from where
    std::string name;    ///< dotted name that the user could give a value for (`settings.DATABASE_SCHEMA`), or empty
    bool mayAct = false; ///< calling it, or what is reached through it, may change the database: no call may be passed over
};

/// C++ state of an instance of a native class.
struct Payload {
    virtual ~Payload();
};

/// The arguments of one call, as a native function sees them. Valid during the call.
struct Arguments {
    std::vector<Value> positional; ///< without self
    std::vector<std::pair<std::string, Value>> keywords;
    [[nodiscard]] const Value *keyword(std::string_view name) const;
    /// Takes the keyword out and gives it; Empty if it is not there.
    Value take(std::string_view name);
};

/// A native function: `self` is Empty for plain functions, the instance for methods, the class for class methods.
/// Signals a Python exception by Interpreter::raise (which does not return), and "cannot go on" by Interpreter::stop.
using Native = std::function<Value(Interpreter &, const Value &self, Arguments &)>;

/// Binds arguments to parameter names as Python does, for native functions:
///     ArgumentReader a(interpreter, "create_index", arguments, {"index_name", "table_name", "columns", "*", "schema=", "**"});
/// Names before "*" may be positional; "name=" is optional; "*args" takes further positionals; "**" allows further
/// keywords (left in rest()). Raises TypeError with CPython's wording for missing, surplus, or doubled arguments.
class ArgumentReader {
public:
    ArgumentReader(Interpreter &interpreter, std::string_view functionName, Arguments &arguments, std::initializer_list<std::string_view> parameters);
    /// Empty when an optional argument was not given.
    [[nodiscard]] const Value &operator[](std::string_view parameter) const;
    [[nodiscard]] bool has(std::string_view parameter) const;
    [[nodiscard]] const Values &starArguments() const { return m_starArguments; }
    [[nodiscard]] std::vector<std::pair<std::string, Value>> &rest() { return m_rest; }

private:
    std::vector<std::pair<std::string_view, Value>> m_bound;
    Values m_starArguments;
    std::vector<std::pair<std::string, Value>> m_rest;
};

} // namespace stillroom::python
