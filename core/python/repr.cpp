// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <array>
#include <algorithm>
#include <charconv>
#include <cmath>

/// str() and repr() (Python library reference, "Built-in Functions"; floats by the shortest digits that round-trip).
namespace stillroom::python {

namespace {

void appendHex(std::string &out, char32_t c, int digits)
{
    constexpr std::string_view hex = "0123456789abcdef";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out.push_back(hex[(c >> shift) & 0xF]);
}

void appendEscaped(std::string &out, char32_t c)
{
    if (c <= 0xff) {
        out += "\\x";
        appendHex(out, c, 2);
    } else if (c <= 0xffff) {
        out += "\\u";
        appendHex(out, c, 4);
    } else {
        out += "\\U";
        appendHex(out, c, 8);
    }
}

/// Marks an object as being written, so that one that contains itself ends.
class Writing {
public:
    Writing(Interpreter &py, const Object *object)
        : m_stack(py.state().reprStack), m_again(std::find(m_stack.begin(), m_stack.end(), object) != m_stack.end())
    {
        m_stack.push_back(object);
    }
    ~Writing() { m_stack.pop_back(); }
    Writing(const Writing &) = delete;
    Writing &operator=(const Writing &) = delete;
    [[nodiscard]] bool again() const { return m_again; }

private:
    std::vector<const Object *> &m_stack;
    bool m_again;
};

std::string partRepr(Interpreter &py, const Value &v)
{
    const Value text = reprOf(py, v);
    if (text.isUnknown())
        py.known(text);
    return text.as<StringObject>()->text;
}

void checkLength(Interpreter &py, const std::string &text)
{
    if (text.size() > py.state().budget.textBytes)
        py.state().willAllocate(text.size());
}

std::string itemsRepr(Interpreter &py, const Values &items, std::string_view open, std::string_view close, bool isTuple)
{
    std::string text(open);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += ", ";
        const Value item = items[i];
        text += partRepr(py, item);
        checkLength(py, text);
        py.state().countSteps(1);
    }
    if (isTuple && items.size() == 1)
        text += ',';
    return text.append(close);
}

std::string dictRepr(Interpreter &py, const HashTable &table)
{
    std::string text = "{";
    const auto entries = table.entries();
    for (const HashTable::Entry &e : entries) {
        if (!e.key)
            continue;
        if (text.size() > 1)
            text += ", ";
        text += partRepr(py, e.key);
        text += ": ";
        text += partRepr(py, e.value);
        checkLength(py, text);
        py.state().countSteps(1);
    }
    return text + "}";
}

std::string setRepr(Interpreter &py, SetObject *set, const std::string &name)
{
    const Values items = itemsOfSet(py, set);
    if (items.empty())
        return name + "()";
    const std::string inner = itemsRepr(py, items, "{", "}", false);
    return name == "set" ? inner : name + "(" + inner + ")";
}

std::string address(Interpreter &py, const Value &v)
{
    char buffer[20];
    const std::uint64_t id = objectId(py, v);
    py.state().variesSeen = true; // CPython's objects stand elsewhere in each run
    const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, id, 16);
    return code == std::errc{} ? "0x" + std::string(buffer, end) : std::string();
}

std::string nameText(const Value &v) { return v.isString() ? v.as<StringObject>()->text : std::string("?"); }

std::string classRepr(Interpreter &py, const Value &v)
{
    const auto *c = v.as<ClassObject>();
    if (c->row)
        return "<class '" + c->name + "'>";
    const Value module = py.findAttribute(v, "__module__");
    const Value qualified = py.findAttribute(v, "__qualname__");
    std::string name = qualified && qualified.isString() ? nameText(qualified) : c->name;
    if (module && module.isString() && nameText(module) != "builtins")
        name = nameText(module) + "." + name;
    return "<class '" + name + "'>";
}

} // namespace

std::uint64_t objectId(Interpreter &py, const Value &v)
{
    if (!v.object())
        return v.isSmallInteger() ? static_cast<std::uint64_t>(v.smallInteger()) * 32 + 0x100 : static_cast<std::uint64_t>(v.tag()) + 16;
    Interpreter::State &st = py.state();
    auto [it, fresh] = st.ids.try_emplace(v.object(), v, st.nextId);
    if (fresh)
        st.nextId += 16;
    return it->second.second;
}

std::string floatRepr(double d)
{
    if (std::isnan(d))
        return "nan";
    if (std::isinf(d))
        return d > 0 ? "inf" : "-inf";
    std::array<char, 64> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d, std::chars_format::scientific);
    if (code != std::errc{})
        return {};
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const auto e = text.find('e');
    std::string digits;
    const bool negative = text[0] == '-';
    for (const char c : text.substr(0, e))
        if (c >= '0' && c <= '9')
            digits.push_back(c);
    int exponent = 0;
    const std::string_view exponentText = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
    std::from_chars(exponentText.data(), exponentText.data() + exponentText.size(), exponent);
    std::string out = negative ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
        out += digits[0];
        if (digits.size() > 1)
            out += "." + digits.substr(1);
        out += exponent < 0 ? "e-" : "e+";
        const int magnitude = exponent < 0 ? -exponent : exponent;
        return out + (magnitude < 10 ? "0" : "") + std::to_string(magnitude);
    }
    if (exponent < 0)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        return out + digits + std::string(whole - digits.size(), '0') + ".0";
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string complexRepr(const ComplexObject *c)
{
    const auto part = [](double d) {
        std::string s = floatRepr(d);
        return s.ends_with(".0") ? s.substr(0, s.size() - 2) : s;
    };
    if (c->real == 0 && !std::signbit(c->real))
        return part(c->imaginary) + "j";
    const std::string im = part(c->imaginary);
    return "(" + part(c->real) + (im[0] == '-' ? "" : "+") + im + "j)";
}

std::string quotedText(std::string_view utf8)
{
    const bool useDouble = utf8.find('\'') != std::string_view::npos && utf8.find('"') == std::string_view::npos;
    const char quote = useDouble ? '"' : '\'';
    std::string out(1, quote);
    out.reserve(utf8.size() + 2);
    for (std::size_t i = 0; i < utf8.size();) {
        const std::size_t from = i;
        const char32_t c = nextCodePoint(utf8, i);
        if (c == static_cast<char32_t>(quote) || c == '\\') {
            out.push_back('\\');
            out.push_back(static_cast<char>(c));
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (isPrintable(c)) {
            out += utf8.substr(from, i - from);
        } else {
            appendEscaped(out, c);
        }
    }
    out.push_back(quote);
    return out;
}

std::string quotedBytes(std::string_view bytes)
{
    const bool useDouble = bytes.find('\'') != std::string_view::npos && bytes.find('"') == std::string_view::npos;
    const char quote = useDouble ? '"' : '\'';
    std::string out = "b";
    out.push_back(quote);
    for (const char ch : bytes) {
        const auto c = static_cast<unsigned char>(ch);
        if (ch == quote || ch == '\\') {
            out.push_back('\\');
            out.push_back(ch);
        } else if (ch == '\n') {
            out += "\\n";
        } else if (ch == '\r') {
            out += "\\r";
        } else if (ch == '\t') {
            out += "\\t";
        } else if (c >= 0x20 && c < 0x7f) {
            out.push_back(ch);
        } else {
            appendEscaped(out, c);
        }
    }
    out.push_back(quote);
    return out;
}

std::string asciiEscaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = nextCodePoint(text, i);
        if (c < 0x80)
            out.push_back(static_cast<char>(c));
        else
            appendEscaped(out, c);
    }
    return out;
}

std::string plainRepr(Interpreter &py, const Value &v)
{
    switch (v.tag()) {
    case Value::Tag::Empty:
    case Value::Tag::None:
        return "None";
    case Value::Tag::False:
        return "False";
    case Value::Tag::True:
        return "True";
    case Value::Tag::Integer:
        return std::to_string(v.smallInteger());
    case Value::Tag::Object:
        break;
    }
    const DepthGuard guard(py);
    const Writing writing(py, v.object());
    switch (v.object()->kind) {
    case ObjectKind::BigInteger:
        return integerText(py, v);
    case ObjectKind::Float:
        py.state().variesSeen = py.state().variesSeen || v.as<FloatObject>()->varies;
        return floatRepr(v.as<FloatObject>()->value);
    case ObjectKind::Complex:
        return complexRepr(v.as<ComplexObject>());
    case ObjectKind::String:
        py.state().variesSeen = py.state().variesSeen || v.as<StringObject>()->varies;
        py.state().willAllocate(v.as<StringObject>()->text.size());
        return quotedText(v.as<StringObject>()->text);
    case ObjectKind::Bytes:
        return quotedBytes(v.as<BytesObject>()->bytes);
    case ObjectKind::ByteArray:
        return "bytearray(" + quotedBytes(v.as<ByteArrayObject>()->bytes) + ")";
    case ObjectKind::Tuple:
        return writing.again() ? "(...)" : itemsRepr(py, v.as<TupleObject>()->items, "(", ")", true);
    case ObjectKind::List:
        return writing.again() ? "[...]" : itemsRepr(py, v.as<ListObject>()->items, "[", "]", false);
    case ObjectKind::Dict:
        return writing.again() ? "{...}" : dictRepr(py, v.as<DictObject>()->table);
    case ObjectKind::Set:
    case ObjectKind::FrozenSet:
        return writing.again() ? "set(...)" : setRepr(py, v.as<SetObject>(), v.isKind(ObjectKind::Set) ? "set" : "frozenset");
    case ObjectKind::DictView: {
        const auto *view = v.as<DictViewObject>();
        if (view->part == DictViewObject::Part::Proxy)
            return "mappingproxy(" + partRepr(py, view->dict) + ")";
        return py.className(v) + "(" + itemsRepr(py, py.toVector(v), "[", "]", false) + ")";
    }
    case ObjectKind::Range: {
        const auto *r = v.as<RangeObject>();
        return "range(" + std::to_string(r->start) + ", " + std::to_string(r->stop) + (r->step == 1 ? "" : ", " + std::to_string(r->step)) + ")";
    }
    case ObjectKind::Slice: {
        const auto *s = v.as<SliceObject>();
        return "slice(" + partRepr(py, s->start) + ", " + partRepr(py, s->stop) + ", " + partRepr(py, s->step) + ")";
    }
    case ObjectKind::Function:
        return "<function " + nameText(v.as<FunctionObject>()->qualifiedName) + " at " + address(py, v) + ">";
    case ObjectKind::NativeFunction: {
        const auto *f = v.as<NativeFunctionObject>();
        if (f->owner)
            return "<method '" + f->name + "' of '" + f->owner->name + "' objects>";
        return "<built-in function " + f->name + ">";
    }
    case ObjectKind::BoundMethod: {
        const auto *m = v.as<BoundMethodObject>();
        if (const auto *f = m->function.to<NativeFunctionObject>())
            return "<built-in method " + f->name + " of " + py.className(m->self) + " object at " + address(py, m->self) + ">";
        const auto *f = m->function.to<FunctionObject>();
        return "<bound method " + (f ? nameText(f->qualifiedName) : std::string("?")) + " of " + partRepr(py, m->self) + ">";
    }
    case ObjectKind::Class:
        return classRepr(py, v);
    case ObjectKind::Module:
        return "<module '" + v.as<ModuleObject>()->name + "'>";
    case ObjectKind::Generator:
        return std::string("<") + (v.as<GeneratorObject>()->isCoroutine ? "coroutine" : "generator") + " object " +
               nameText(v.as<GeneratorObject>()->name) + " at " + address(py, v) + ">";
    case ObjectKind::Super:
        return "<super: " + partRepr(py, v.as<SuperObject>()->startClass) + ", <" + py.className(v.as<SuperObject>()->object) + " object>>";
    case ObjectKind::Ellipsis:
        return "Ellipsis";
    case ObjectKind::NotImplemented:
        return "NotImplemented";
    case ObjectKind::Instance: {
        ClassObject *cls = v.as<InstanceObject>()->cls;
        const Value module = py.findAttribute(Value::fromObject(cls), "__module__");
        const Value qualified = py.findAttribute(Value::fromObject(cls), "__qualname__");
        std::string name = qualified && qualified.isString() ? nameText(qualified) : cls->name;
        if (module && module.isString() && nameText(module) != "builtins")
            name = nameText(module) + "." + name;
        return "<" + name + " object at " + address(py, v) + ">";
    }
    case ObjectKind::Unknown:
        return "<unknown>";
    case ObjectKind::Code:
    case ObjectKind::Cell:
    case ObjectKind::Iterator:
    case ObjectKind::Property:
    case ObjectKind::ClassMethod:
    case ObjectKind::StaticMethod:
        return "<" + py.className(v) + " object at " + address(py, v) + ">";
    }
    return {};
}

namespace {
bool hasOwnText(const Value &v)
{
    return v.isKind(ObjectKind::Instance) || (v.isKind(ObjectKind::Class) && v.as<ClassObject>()->metaclass) ||
           (v.isKind(ObjectKind::Tuple) && v.as<TupleObject>()->namedClass);
}

Value checkedText(Interpreter &py, const Value &object, Value text, std::string_view method)
{
    if (text.isUnknown())
        return text;
    const Value &s = plain(text);
    if (!s.isString())
        raiseException(py, BuiltinClass::TypeError, std::string(method) + " returned non-string (type " + py.className(text) + ")");
    const bool marked = object.isKind(ObjectKind::Instance) && object.as<InstanceObject>()->varies;
    if (marked && !s.as<StringObject>()->varies)
        return py.string(s.as<StringObject>()->text, true);
    return s;
}

/// Runs `write` and gives its text, marked if something that varies went in.
template<class F>
Value watched(Interpreter &py, F &&write)
{
    Interpreter::State &st = py.state();
    const bool before = st.variesSeen;
    st.variesSeen = false;
    try {
        std::string text = write();
        const bool varies = st.variesSeen;
        st.variesSeen = before || varies;
        return st.newString(std::move(text), varies);
    } catch (const Stopped &stopped) {
        st.variesSeen = before;
        throw;
    } catch (const Raised &) {
        st.variesSeen = before;
        throw;
    }
}
} // namespace

Value reprOf(Interpreter &py, const Value &v)
{
    if (v.isUnknown())
        return v;
    if (!hasOwnText(v))
        return watched(py, [&] { return plainRepr(py, v); });
    const DepthGuard guard(py);
    Value result;
    if (!callSpecial(py, v, Word::repr, {}, result))
        return watched(py, [&] { return plainRepr(py, v); });
    Value text = checkedText(py, v, result, "__repr__");
    if (text.isString() && text.as<StringObject>()->varies)
        py.state().variesSeen = true;
    return text;
}

Value strOf(Interpreter &py, const Value &v)
{
    if (v.isUnknown() || v.isString())
        return v;
    if (!hasOwnText(v))
        return reprOf(py, v);
    const DepthGuard guard(py);
    Value result;
    if (!callSpecial(py, v, Word::str, {}, result))
        return reprOf(py, v);
    return checkedText(py, v, result, "__str__");
}

Value asciiOf(Interpreter &py, const Value &v)
{
    const Value text = reprOf(py, v);
    return text.isUnknown() ? text : py.string(asciiEscaped(text.as<StringObject>()->text), text.as<StringObject>()->varies);
}

} // namespace stillroom::python
