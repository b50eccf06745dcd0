// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/standard.h"

#include "script/library.h"

#include <algorithm>
#include <limits>
#include <charconv>
#include <cmath>

/// Python library reference, "json". Own text for dumps(), since it must equal CPython's to the letter; own reader for
/// loads(), since integers have no bounds and the order of keys is kept.
namespace stillroom::script {

using namespace python;

namespace {

constexpr int kDepthLimit = 200;

struct Layout {
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
    std::string indent;
    bool hasIndent = false;
    bool ensureAscii = true;
    bool sortKeys = false;
    bool skipKeys = false;
    bool allowsNan = true;
    Value fallback; // default=
};

class Writer {
public:
    Writer(Interpreter &interpreter, Layout layout) : m_in(interpreter), m_layout(std::move(layout)) {}

    void write(const Value &value, int depth)
    {
        m_in.known(value, "the JSON text");
        if (depth > kDepthLimit)
            m_in.raise("RecursionError", "maximum recursion depth exceeded while encoding a JSON object");
        if (value.isNone())
            m_out += "null";
        else if (value.isBoolean())
            m_out += value.isTrue() ? "true" : "false";
        else if (value.isString())
            quote(value);
        else if (m_in.isInstance(value, m_in.builtin("int")))
            m_out += m_in.integerText(value);
        else if (const auto number = value.isKind(ObjectKind::Float) ? Interpreter::toDouble(value) : std::nullopt)
            writeFloat(*number, value);
        else if (m_in.isInstance(value, m_in.builtin("dict")))
            writeDict(value, depth);
        else if (m_in.isInstance(value, m_in.builtin("list")) || m_in.isInstance(value, m_in.builtin("tuple")))
            writeList(value, depth);
        else if (m_in.isInstance(value, m_in.builtin("str")))
            quote(m_in.string(m_in.str(value)));
        else if (m_layout.fallback && !m_layout.fallback.isNone())
            writeFallback(value, depth);
        else
            m_in.raise("TypeError", "Object of type " + m_in.className(value) + " is not JSON serializable");
    }

    [[nodiscard]] Value take() { return m_in.string(m_out, m_varies); }

private:
    void newline(int depth)
    {
        if (m_out.size() >= m_charged) { // what is being made counts before it is a string
            m_in.charge(m_out.size());
            m_charged = std::max<std::size_t>(m_out.size() * 2, 1 << 20);
        }
        if (!m_layout.hasIndent)
            return;
        m_out += '\n';
        for (int i = 0; i < depth; ++i)
            m_out += m_layout.indent;
    }

    /// A container within itself would never end.
    class Within {
    public:
        Within(Writer &writer, const Value &value) : m_writer(writer)
        {
            const auto same = [&](const Value &each) { return each.isSame(value); };
            if (std::ranges::any_of(m_writer.m_within, same))
                m_writer.m_in.raise("ValueError", "Circular reference detected");
            m_writer.m_within.push_back(value);
        }
        ~Within() { m_writer.m_within.pop_back(); }
        Within(const Within &) = delete;
        Within &operator=(const Within &) = delete;

    private:
        Writer &m_writer;
    };

    void writeFloat(double number, const Value &value)
    {
        if (!std::isfinite(number) && !m_layout.allowsNan)
            m_in.raise("ValueError", "Out of range float values are not JSON compliant");
        if (std::isnan(number))
            m_out += "NaN";
        else if (std::isinf(number))
            m_out += number < 0 ? "-Infinity" : "Infinity";
        else
            m_out += m_in.repr(value);
        m_varies = m_varies || m_in.varies(value);
    }

    void writeList(const Value &value, int depth)
    {
        const Within within(*this, value);
        const Values items = m_in.toVector(value);
        if (items.empty()) {
            m_out += "[]";
            return;
        }
        m_out += '[';
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i)
                m_out += m_layout.itemSeparator;
            newline(depth + 1);
            write(items[i], depth + 1);
        }
        newline(depth);
        m_out += ']';
    }

    void writeFallback(const Value &value, int depth)
    {
        const Within within(*this, value);
        write(m_in.invoke(m_layout.fallback, Arguments{{value}, {}}), depth + 1);
    }

    [[nodiscard]] bool isKey(const Value &key) const
    {
        return key.isUnknown() || key.isNone() || key.isKind(ObjectKind::Float) || m_in.isInstance(key, m_in.builtin("str")) ||
               m_in.isInstance(key, m_in.builtin("int"));
    }

    std::string keyText(const Value &key)
    {
        m_in.known(key, "a key of the JSON text");
        if (key.isNone())
            return "null";
        if (key.isBoolean())
            return key.isTrue() ? "true" : "false";
        if (m_in.isInstance(key, m_in.builtin("str")))
            return m_in.str(key);
        if (m_in.isInstance(key, m_in.builtin("int")))
            return m_in.integerText(key);
        if (const auto number = key.isKind(ObjectKind::Float) ? Interpreter::toDouble(key) : std::nullopt)
            return std::isnan(*number) ? "NaN" : std::isinf(*number) ? (*number < 0 ? "-Infinity" : "Infinity") : m_in.repr(key);
        m_in.raise("TypeError", "keys must be str, int, float, bool or None, not " + m_in.className(key));
    }

    void writeDict(const Value &value, int depth)
    {
        const Within within(*this, value);
        auto entries = m_in.dictEntries(value);
        if (entries.empty()) {
            m_out += "{}";
            return;
        }
        if (m_layout.sortKeys) {
            const Value sorted =
                m_in.invoke(m_in.builtin("sorted"), Arguments{{m_in.invokeMethod(value, "items")},
                                                              {{"key", m_in.function("key", [](Interpreter &in, const Value &, Arguments &a) {
                                                                    return in.getItem(a.positional[0], Value::integer(0));
                                                                })}}});
            entries.clear();
            m_in.iterate(sorted, [&](const Value &pair) {
                entries.emplace_back(m_in.getItem(pair, Value::integer(0)), m_in.getItem(pair, Value::integer(1)));
                return true;
            });
        }
        m_out += '{';
        bool isFirst = true;
        for (const auto &[key, item] : entries) {
            if (m_layout.skipKeys && !isKey(key))
                continue;
            if (!isFirst)
                m_out += m_layout.itemSeparator;
            isFirst = false;
            newline(depth + 1);
            quote(m_in.string(keyText(key), m_in.varies(key)));
            m_out += m_layout.keySeparator;
            write(item, depth + 1);
        }
        newline(depth);
        m_out += '}';
    }

    void escape(char32_t code)
    {
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(code));
        m_out += buffer;
    }

    void quote(const Value &value)
    {
        m_varies = m_varies || m_in.varies(value);
        const std::string_view text = Interpreter::text(value);
        m_out += '"';
        for (std::size_t i = 0; i < text.size();) {
            const auto c = static_cast<unsigned char>(text[i]);
            if (c < 0x80) {
                ++i;
                switch (c) {
                case '"':
                    m_out += "\\\"";
                    break;
                case '\\':
                    m_out += "\\\\";
                    break;
                case '\n':
                    m_out += "\\n";
                    break;
                case '\r':
                    m_out += "\\r";
                    break;
                case '\t':
                    m_out += "\\t";
                    break;
                case '\b':
                    m_out += "\\b";
                    break;
                case '\f':
                    m_out += "\\f";
                    break;
                default:
                    if (c < 0x20 || (c == 0x7f && m_layout.ensureAscii))
                        escape(c);
                    else
                        m_out += static_cast<char>(c);
                }
                continue;
            }
            const std::size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
            char32_t code = c & (0xffu >> (length + 1));
            for (std::size_t k = 1; k < length; ++k)
                code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fu);
            if (!m_layout.ensureAscii)
                m_out.append(text, i, length);
            else if (code >= 0x10000) {
                escape(0xd800 + ((code - 0x10000) >> 10));
                escape(0xdc00 + ((code - 0x10000) & 0x3ff));
            } else {
                escape(code);
            }
            i += length;
        }
        m_out += '"';
    }

    Interpreter &m_in;
    Layout m_layout;
    std::string m_out;
    std::size_t m_charged = 1 << 20;
    Values m_within;
    bool m_varies = false;
};

/// What the script makes of parts of the text itself.
struct Hooks {
    Value object, pairs, parseFloat, parseInt, parseConstant;
};

class Reader {
public:
    Reader(Interpreter &interpreter, std::string_view text, bool varies, Value errorClass, Hooks hooks)
        : m_in(interpreter), m_text(text), m_varies(varies), m_errorClass(std::move(errorClass)), m_hooks(std::move(hooks))
    {
    }

    Value whole()
    {
        blanks();
        Value value = read(0);
        blanks();
        if (m_at != m_text.size())
            fail("Extra data");
        return value;
    }

private:
    [[noreturn]] void fail(std::string_view what)
    {
        std::size_t line = 1;
        std::size_t column = 1;
        std::size_t points = 0;
        for (std::size_t i = 0; i < m_at && i < m_text.size(); ++i) {
            if ((static_cast<unsigned char>(m_text[i]) & 0xc0) == 0x80)
                continue;
            ++points;
            ++column;
            if (m_text[i] == '\n') {
                ++line;
                column = 1;
            }
        }
        const std::string text =
            std::string(what) + ": line " + std::to_string(line) + " column " + std::to_string(column) + " (char " + std::to_string(points) + ")";
        const Value error = m_in.invoke(m_errorClass, Arguments{{m_in.string(text)}, {}});
        m_in.setAttribute(error, "msg", m_in.string(what));
        m_in.setAttribute(error, "doc", m_in.string(m_text));
        m_in.setAttribute(error, "pos", Value::integer(static_cast<std::int64_t>(points)));
        m_in.setAttribute(error, "lineno", Value::integer(static_cast<std::int64_t>(line)));
        m_in.setAttribute(error, "colno", Value::integer(static_cast<std::int64_t>(column)));
        throw Raised(error);
    }

    void blanks()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }

    bool word(std::string_view expected)
    {
        if (m_text.substr(m_at, expected.size()) != expected)
            return false;
        m_at += expected.size();
        return true;
    }

    Value read(int depth)
    {
        if (depth > kDepthLimit)
            m_in.raise("RecursionError", "maximum recursion depth exceeded while decoding a JSON array from a unicode string");
        if (m_at >= m_text.size())
            fail("Expecting value");
        switch (m_text[m_at]) {
        case '"':
            return m_in.string(string(), m_varies);
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        default:
            break;
        }
        if (word("null"))
            return Value::none();
        if (word("true"))
            return Value::boolean(true);
        if (word("false"))
            return Value::boolean(false);
        for (const auto &[name, number] : {std::pair<std::string_view, double>{"NaN", std::numeric_limits<double>::quiet_NaN()},
                                           {"Infinity", std::numeric_limits<double>::infinity()},
                                           {"-Infinity", -std::numeric_limits<double>::infinity()}})
            if (word(name))
                return m_hooks.parseConstant ? m_in.invoke(m_hooks.parseConstant, Arguments{{m_in.string(name)}, {}}) : m_in.floating(number);
        return number();
    }

    Value number()
    {
        const std::size_t start = m_at;
        std::size_t at = m_at;
        const auto digits = [&] {
            const std::size_t from = at;
            while (at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9')
                ++at;
            return at > from;
        };
        if (at < m_text.size() && m_text[at] == '-')
            ++at;
        if (at < m_text.size() && m_text[at] == '0')
            ++at;
        else if (!digits())
            fail("Expecting value");
        bool isFloat = false;
        if (at + 1 < m_text.size() && m_text[at] == '.' && m_text[at + 1] >= '0' && m_text[at + 1] <= '9') {
            ++at;
            digits();
            isFloat = true;
        }
        if (at < m_text.size() && (m_text[at] == 'e' || m_text[at] == 'E')) {
            const std::size_t back = at++;
            if (at < m_text.size() && (m_text[at] == '+' || m_text[at] == '-'))
                ++at;
            if (digits())
                isFloat = true;
            else
                at = back;
        }
        m_at = at;
        const std::string_view text = m_text.substr(start, at - start);
        if (const Value &hook = isFloat ? m_hooks.parseFloat : m_hooks.parseInt)
            return m_in.invoke(hook, Arguments{{m_in.string(text, m_varies)}, {}});
        if (!isFloat)
            return m_in.invoke(m_in.builtin("int"), Arguments{{m_in.string(text)}, {}});
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return m_in.floating(value);
    }

    char32_t hex4()
    {
        unsigned code = 0;
        const std::string_view digits = m_text.substr(m_at, 4);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (error != std::errc{} || digits.size() != 4 || end != digits.data() + 4)
            fail("Invalid \\uXXXX escape");
        m_at += 4;
        return code;
    }

    static void append(std::string &out, char32_t code)
    {
        const auto byte = [&out](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
        if (code < 0x80) {
            byte(code);
        } else if (code < 0x800) {
            byte(0xc0 | (code >> 6));
            byte(0x80 | (code & 0x3f));
        } else if (code < 0x10000) {
            byte(0xe0 | (code >> 12));
            byte(0x80 | ((code >> 6) & 0x3f));
            byte(0x80 | (code & 0x3f));
        } else {
            byte(0xf0 | (code >> 18));
            byte(0x80 | ((code >> 12) & 0x3f));
            byte(0x80 | ((code >> 6) & 0x3f));
            byte(0x80 | (code & 0x3f));
        }
    }

    std::string string()
    {
        std::string out;
        const std::size_t start = m_at++;
        for (;;) {
            if (m_at >= m_text.size()) {
                m_at = start;
                fail("Unterminated string starting at");
            }
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return out;
            }
            if (static_cast<unsigned char>(c) < 0x20)
                fail("Invalid control character at");
            if (c != '\\') {
                out += c;
                ++m_at;
                continue;
            }
            ++m_at;
            const char escaped = m_at < m_text.size() ? m_text[m_at] : '\0';
            static constexpr std::string_view kNames = "\"\\/bfnrt";
            static constexpr std::string_view kChars = "\"\\/\b\f\n\r\t";
            if (const std::size_t index = escaped ? kNames.find(escaped) : std::string_view::npos; index != std::string_view::npos) {
                out += kChars[index];
                ++m_at;
                continue;
            }
            if (escaped != 'u') {
                --m_at;
                fail("Invalid \\escape");
            }
            ++m_at;
            char32_t code = hex4();
            if (code >= 0xd800 && code < 0xdc00 && m_text.substr(m_at, 2) == "\\u") {
                const std::size_t back = m_at;
                m_at += 2;
                const char32_t low = hex4();
                if (low >= 0xdc00 && low < 0xe000)
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                else
                    m_at = back;
            }
            append(out, code);
        }
    }

    Value array(int depth)
    {
        ++m_at;
        Values items;
        blanks();
        if (m_at < m_text.size() && m_text[m_at] == ']') {
            ++m_at;
            return m_in.list();
        }
        for (;;) {
            blanks();
            items.push_back(read(depth + 1));
            blanks();
            if (m_at < m_text.size() && m_text[m_at] == ']')
                break;
            if (m_at >= m_text.size() || m_text[m_at] != ',')
                fail("Expecting ',' delimiter");
            ++m_at;
        }
        ++m_at;
        return m_in.list(std::move(items));
    }

    Value object(int depth)
    {
        ++m_at;
        Value made = m_in.dict();
        Values pairs;
        blanks();
        if (m_at < m_text.size() && m_text[m_at] == '}') {
            ++m_at;
            return finished(made, pairs);
        }
        for (;;) {
            blanks();
            if (m_at >= m_text.size() || m_text[m_at] != '"')
                fail("Expecting property name enclosed in double quotes");
            const Value key = m_in.string(string(), m_varies);
            blanks();
            if (m_at >= m_text.size() || m_text[m_at] != ':')
                fail("Expecting ':' delimiter");
            ++m_at;
            blanks();
            const Value item = read(depth + 1);
            if (m_hooks.pairs)
                pairs.push_back(m_in.tuple({key, item}));
            else
                m_in.dictSet(made, key, item);
            blanks();
            if (m_at < m_text.size() && m_text[m_at] == '}')
                break;
            if (m_at >= m_text.size() || m_text[m_at] != ',')
                fail("Expecting ',' delimiter");
            ++m_at;
        }
        ++m_at;
        return finished(made, pairs);
    }

    Value finished(const Value &made, const Values &pairs)
    {
        if (m_hooks.pairs)
            return m_in.invoke(m_hooks.pairs, Arguments{{m_in.list(pairs)}, {}});
        return m_hooks.object ? m_in.invoke(m_hooks.object, Arguments{{made}, {}}) : made;
    }

    Interpreter &m_in;
    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_varies;
    Value m_errorClass;
    Hooks m_hooks;
};

std::string indentation(Interpreter &in, const Value &given)
{
    const auto width = Interpreter::toInt64(in.known(given, "an indentation"));
    if (!width || *width > 1000)
        in.stop(StopKind::NotUnderstood, "JSON text with an indentation this wide is not made here");
    return std::string(static_cast<std::size_t>(std::max<std::int64_t>(*width, 0)), ' ');
}

Layout layoutOf(Interpreter &in, ArgumentReader &a)
{
    Layout layout;
    if (a.has("indent") && !a["indent"].isNone()) {
        layout.hasIndent = true;
        layout.itemSeparator = ",";
        if (a["indent"].isString())
            layout.indent = Interpreter::text(a["indent"]);
        else
            layout.indent = indentation(in, a["indent"]);
    }
    if (a.has("separators") && !a["separators"].isNone()) {
        layout.itemSeparator = in.str(in.getItem(a["separators"], Value::integer(0)));
        layout.keySeparator = in.str(in.getItem(a["separators"], Value::integer(1)));
    }
    layout.ensureAscii = !a.has("ensure_ascii") || in.truth(a["ensure_ascii"]);
    layout.sortKeys = a.has("sort_keys") && in.truth(a["sort_keys"]);
    layout.skipKeys = a.has("skipkeys") && in.truth(a["skipkeys"]);
    layout.allowsNan = !a.has("allow_nan") || in.truth(a["allow_nan"]);
    if (a.has("default"))
        layout.fallback = a["default"];
    return layout;
}

Value dumps(Interpreter &in, const Value &, Arguments &arguments)
{
    ArgumentReader a(
        in, "dumps", arguments,
        {"obj", "*", "skipkeys=", "ensure_ascii=", "check_circular=", "allow_nan=", "cls=", "indent=", "separators=", "default=", "sort_keys="});
    if (a["obj"].isUnknown())
        return a["obj"];
    if (a.has("cls") && !a["cls"].isNone()) {
        Arguments options;
        for (const char *name : {"skipkeys", "ensure_ascii", "check_circular", "allow_nan", "indent", "separators", "default", "sort_keys"})
            if (a.has(name))
                options.keywords.emplace_back(name, a[name]);
        return in.invokeMethod(in.invoke(a["cls"], std::move(options)), "encode", {a["obj"]});
    }
    Writer writer(in, layoutOf(in, a));
    writer.write(a["obj"], 0);
    return writer.take();
}

Value decodeErrorClass(Library &library, std::string_view);

Value loadText(Interpreter &in, Library &library, const Value &text, const ArgumentReader &a)
{
    if (text.isUnknown())
        return text;
    const auto *bytes = text.to<BytesObject>();
    if (!bytes && !text.isString())
        in.raise("TypeError", "the JSON object must be str, bytes or bytearray, not " + in.className(text));
    const std::string_view content = bytes ? std::string_view(bytes->bytes) : Interpreter::text(text);
    const auto hook = [&](std::string_view name) { return a.has(name) && !a[name].isNone() ? a[name] : Value(); };
    if (hook("cls"))
        in.stop(StopKind::NotUnderstood, "json.loads(cls=…) with a decoder of the script's own is not followed here");
    Hooks hooks{hook("object_hook"), hook("object_pairs_hook"), hook("parse_float"), hook("parse_int"), hook("parse_constant")};
    return Reader(in, content, in.varies(text), library.named(decodeErrorClass, "JSONDecodeError"), std::move(hooks)).whole();
}

Value decodeErrorClass(Library &library, std::string_view)
{
    Interpreter &in = library.interpreter();
    return in.exceptionClass("JSONDecodeError", in.builtin("ValueError"));
}

Value makeFunction(Library &library, std::string_view name)
{
    Interpreter &in = library.interpreter();
    if (name == "dumps")
        return in.function("dumps", dumps);
    if (name == "loads") {
        return in.function("loads", [&library](Interpreter &i, const Value &, Arguments &arguments) {
            ArgumentReader a(i, "loads", arguments,
                             {"s", "*", "cls=", "object_hook=", "parse_float=", "parse_int=", "parse_constant=", "object_pairs_hook=", "strict="});
            return loadText(i, library, a["s"], a);
        });
    }
    return in.function("load", [&library](Interpreter &i, const Value &, Arguments &arguments) {
        ArgumentReader a(i, "load", arguments,
                         {"fp", "*", "cls=", "object_hook=", "parse_float=", "parse_int=", "parse_constant=", "object_pairs_hook="});
        return loadText(i, library, i.invokeMethod(a["fp"], "read"), a);
    });
}

} // namespace

void addJsonModule(ModuleTable &table)
{
    table.add({"json", "json.decoder"},
              {{"dumps", makeFunction}, {"loads", makeFunction}, {"load", makeFunction}, {"JSONDecodeError", decodeErrorClass}});
}

} // namespace stillroom::script
