// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/formatspec.h"
#include "python/textmethods.h"

#include <algorithm>
#include <cmath>

/// The % operator of strings (Python library reference, "printf-style String Formatting") and str.format.
namespace stillroom::python {

namespace {

struct Conversion {
    Value key;
    bool minus = false, plus = false, space = false, zero = false, alternate = false;
    std::int64_t width = 0;
    std::int64_t precision = -1;
    char type = '\0';
};

/// Reads one conversion after another out of a % template.
class PercentWriter {
public:
    PercentWriter(Interpreter &py, std::string_view format, const Value &arguments, bool ofBytes)
        : m_py(py), m_format(format), m_arguments(arguments), m_ofBytes(ofBytes)
    {
        const Value &a = plain(arguments);
        m_isTuple = a.isKind(ObjectKind::Tuple);
        const bool subscriptable = asDict(a) || a.isKind(ObjectKind::List) || a.isKind(ObjectKind::Range) || a.isKind(ObjectKind::Bytes) ||
                                   a.isKind(ObjectKind::ByteArray) ||
                                   (arguments.isKind(ObjectKind::Instance) && specialMethod(py, arguments, Word::getitem));
        const bool isBytes = a.isKind(ObjectKind::Bytes) || a.isKind(ObjectKind::ByteArray);
        m_isMapping = !m_isTuple && !a.isString() && subscriptable && !(ofBytes && isBytes);
    }

    Value write(bool formatVaries)
    {
        bool varies = formatVaries;
        while (m_position < m_format.size()) {
            const auto percent = m_format.find('%', m_position);
            m_out += m_format.substr(m_position, percent == std::string_view::npos ? percent : percent - m_position);
            if (percent == std::string_view::npos)
                break;
            m_position = percent + 1;
            if (at() == '%') {
                m_out += '%';
                ++m_position;
                continue;
            }
            const Conversion c = read();
            const Value v = argument(c);
            if (v.isUnknown())
                return v;
            const Value text = convert(c, v);
            if (text.isUnknown())
                return text;
            varies = varies || text.as<StringObject>()->varies;
            m_out += text.as<StringObject>()->text;
            if (m_out.size() > m_py.state().budget.textBytes)
                m_py.state().willAllocate(m_out.size());
        }
        const bool leftOver = m_isTuple ? m_next < plain(m_arguments).as<TupleObject>()->items.size() : !m_isMapping && m_next == 0;
        if (leftOver && m_arguments.isUnknown())
            return m_arguments;
        if (leftOver)
            raiseException(m_py, BuiltinClass::TypeError, "not all arguments converted during string formatting");
        return m_py.state().newString(std::move(m_out), varies);
    }

private:
    char at() const { return m_position < m_format.size() ? m_format[m_position] : '\0'; }

    std::int64_t number()
    {
        if (at() == '*') {
            ++m_position;
            const Value v = nextArgument();
            if (!isInteger(v))
                raiseException(m_py, BuiltinClass::TypeError, "* wants int");
            return indexOf(m_py, v);
        }
        std::int64_t n = 0;
        while (at() >= '0' && at() <= '9') {
            n = n * 10 + (at() - '0');
            ++m_position;
            if (n > std::int64_t{1} << 40)
                raiseException(m_py, BuiltinClass::ValueError, "width too big");
        }
        return n;
    }

    Conversion read()
    {
        Conversion c;
        if (at() == '(') {
            int depth = 1;
            const std::size_t from = ++m_position;
            while (m_position < m_format.size() && depth > 0) {
                depth += at() == '(' ? 1 : at() == ')' ? -1 : 0;
                ++m_position;
            }
            if (depth > 0)
                raiseException(m_py, BuiltinClass::ValueError, "incomplete format key");
            if (!m_isMapping)
                raiseException(m_py, BuiltinClass::TypeError, "format requires a mapping");
            const std::string_view name = m_format.substr(from, m_position - from - 1);
            c.key = m_ofBytes ? m_py.bytes(bytesOfText(name)) : m_py.string(name);
        }
        for (;; ++m_position) {
            if (at() == '-')
                c.minus = true;
            else if (at() == '+')
                c.plus = true;
            else if (at() == ' ')
                c.space = true;
            else if (at() == '0')
                c.zero = true;
            else if (at() == '#')
                c.alternate = true;
            else
                break;
        }
        c.width = number();
        if (c.width < 0) {
            c.minus = true;
            c.width = -c.width;
        }
        if (at() == '.') {
            ++m_position;
            c.precision = std::max<std::int64_t>(number(), 0);
        }
        while (at() == 'l' || at() == 'h' || at() == 'L')
            ++m_position;
        if (m_position >= m_format.size())
            raiseException(m_py, BuiltinClass::ValueError, "incomplete format");
        c.type = m_format[m_position++];
        m_py.state().willAllocate(static_cast<std::size_t>(c.width) + static_cast<std::size_t>(std::max<std::int64_t>(c.precision, 0)));
        return c;
    }

    Value nextArgument()
    {
        if (m_isTuple) {
            const Values &items = plain(m_arguments).as<TupleObject>()->items;
            if (m_next >= items.size())
                raiseException(m_py, BuiltinClass::TypeError, "not enough arguments for format string");
            return items[m_next++];
        }
        if (m_next++ > 0)
            raiseException(m_py, BuiltinClass::TypeError, "not enough arguments for format string");
        return m_arguments;
    }

    Value argument(const Conversion &c) { return c.key ? m_py.getItem(m_arguments, c.key) : nextArgument(); }

    Value padded(const Conversion &c, std::string_view sign, std::string_view body, bool numeric, bool varies)
    {
        FormatSpec spec;
        spec.width = c.width;
        spec.align = c.minus ? '<' : numeric && c.zero ? '=' : '>';
        if (numeric && c.zero && !c.minus)
            spec.fill = "0";
        return m_py.state().newString(paddedText(spec, sign, body, '>'), varies);
    }

    /// %s and %b of bytes take bytes.
    Value bytesArgument(const Value &v)
    {
        m_py.known(v, "part of bytes");
        if (const auto *b = plain(v).to<BytesObject>())
            return m_py.string(textOfBytes(b->bytes));
        if (const auto *b = plain(v).to<ByteArrayObject>())
            return m_py.string(textOfBytes(b->bytes));
        Value made;
        if (callSpecial(m_py, v, Word::bytes, {}, made) && made.isKind(ObjectKind::Bytes))
            return m_py.string(textOfBytes(made.as<BytesObject>()->bytes));
        raiseException(m_py, BuiltinClass::TypeError,
                       "%b requires a bytes-like object, or an object that implements __bytes__, not '" + m_py.className(v) + "'");
    }

    Value convertText(const Conversion &c, const Value &v)
    {
        const Value text = m_ofBytes && (c.type == 's' || c.type == 'b') ? bytesArgument(v)
                           : m_ofBytes                                   ? asciiOf(m_py, v)
                           : c.type == 's'                               ? strOf(m_py, v)
                           : c.type == 'r'                               ? reprOf(m_py, v)
                                                                         : asciiOf(m_py, v);
        if (text.isUnknown())
            return text;
        std::string_view s = text.as<StringObject>()->text;
        if (c.precision >= 0) {
            std::size_t i = 0;
            for (std::int64_t k = 0; k < c.precision && i < s.size(); ++k)
                static_cast<void>(nextCodePoint(s, i));
            s = s.substr(0, i);
        }
        return padded(c, "", s, false, text.as<StringObject>()->varies);
    }

    Value integerArgument(const Conversion &c, const Value &given)
    {
        const Value &v = plain(given);
        if (isInteger(v))
            return v;
        if (c.type == 'd' || c.type == 'i' || c.type == 'u') {
            if (const auto *f = v.to<FloatObject>())
                return integerFromDouble(m_py, f->value);
            Value result;
            if (given.isKind(ObjectKind::Instance) && callSpecial(m_py, given, Word::int_, {}, result) && isInteger(result))
                return result;
        }
        Value result;
        if (given.isKind(ObjectKind::Instance) && callSpecial(m_py, given, Word::index, {}, result) && isInteger(result))
            return result;
        const std::string wanted = c.type == 'd' || c.type == 'i' || c.type == 'u' ? "a real number is required" : "an integer is required";
        raiseException(m_py, BuiltinClass::TypeError, "%" + std::string(1, c.type) + " format: " + wanted + ", not " + m_py.className(given));
    }

    std::string oneByte(const Value &v)
    {
        if (isInteger(v)) {
            const std::int64_t byte = indexOf(m_py, v);
            if (byte < 0 || byte > 255)
                raiseException(m_py, BuiltinClass::OverflowError, "%c arg not in range(256)");
            return std::string(1, static_cast<char>(byte));
        }
        const std::string bytes = v.isKind(ObjectKind::Bytes)       ? v.as<BytesObject>()->bytes
                                  : v.isKind(ObjectKind::ByteArray) ? v.as<ByteArrayObject>()->bytes
                                                                    : std::string();
        if (bytes.size() != 1)
            raiseException(m_py, BuiltinClass::TypeError, "%c requires an integer in range(256) or a single byte");
        return bytes;
    }

    Value convertInteger(const Conversion &c, const Value &given)
    {
        const Value v = integerArgument(c, given);
        const int base = c.type == 'o' ? 8 : c.type == 'x' || c.type == 'X' ? 16 : 10;
        std::string digits = integerText(m_py, v, base);
        const bool negative = digits[0] == '-';
        if (negative)
            digits.erase(0, 1);
        if (c.precision > static_cast<std::int64_t>(digits.size()))
            digits.insert(0, static_cast<std::size_t>(c.precision) - digits.size(), '0');
        std::string sign = negative ? "-" : c.plus ? "+" : c.space ? " " : "";
        if (c.alternate && base != 10)
            sign += base == 8 ? "0o" : c.type == 'x' ? "0x" : "0X";
        if (c.type == 'X')
            for (char &ch : digits)
                ch = ch >= 'a' && ch <= 'f' ? static_cast<char>(ch - 32) : ch;
        return padded(c, sign, digits, true, m_py.varies(given));
    }

    Value convert(const Conversion &c, const Value &v)
    {
        switch (m_ofBytes && c.type == 'b' ? 's' : c.type) {
        case 's':
        case 'r':
        case 'a':
            return convertText(c, v);
        case 'd':
        case 'i':
        case 'u':
        case 'o':
        case 'x':
        case 'X':
            return convertInteger(c, v);
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G': {
            const double d = doubleOf(m_py, v);
            const bool negative = std::signbit(d) && !std::isnan(d);
            const std::string body = floatDigits(std::fabs(d), c.type, c.precision < 0 ? 6 : c.precision, c.alternate);
            return padded(c, negative ? "-" : c.plus ? "+" : c.space ? " " : "", body, std::isfinite(d) || c.zero, m_py.varies(v));
        }
        case 'c': {
            const Value &character = plain(v);
            if (m_ofBytes)
                return padded(c, "", textOfBytes(oneByte(character)), false, false);
            if (character.isString()) {
                if (character.as<StringObject>()->codePoints != 1)
                    raiseException(m_py, BuiltinClass::TypeError, "%c requires int or char");
                return padded(c, "", character.as<StringObject>()->text, false, character.as<StringObject>()->varies);
            }
            if (!isInteger(character))
                raiseException(m_py, BuiltinClass::TypeError, "%c requires int or char");
            const std::int64_t code = indexOf(m_py, character);
            if (code < 0 || code > 0x10ffff)
                raiseException(m_py, BuiltinClass::OverflowError, "%c arg not in range(0x110000)");
            std::string text;
            appendUtf8(text, static_cast<char32_t>(code));
            return padded(c, "", text, false, false);
        }
        default:
            raiseException(m_py, BuiltinClass::ValueError,
                           "unsupported format character '" + std::string(1, c.type) + "' at index " + std::to_string(m_position - 1));
        }
    }

    Interpreter &m_py;
    std::string_view m_format;
    const Value &m_arguments;
    std::string m_out;
    std::size_t m_position = 0;
    std::size_t m_next = 0;
    bool m_isTuple = false;
    bool m_isMapping = false;
    bool m_ofBytes = false;
};

/// Writes a str.format template. Nested replacement fields of format specs take the same numbering.
class BraceWriter {
public:
    BraceWriter(Interpreter &py, const Arguments &arguments, const Value &mapping) : m_py(py), m_arguments(arguments), m_mapping(mapping) {}

    /// Empty when an Unknown came in: then unknown() is it.
    std::string write(std::string_view format, int depth)
    {
        if (depth > 2)
            raiseException(m_py, BuiltinClass::ValueError, "Max string recursion exceeded");
        std::string out;
        for (std::size_t i = 0; i < format.size();) {
            const char c = format[i];
            if (c != '{' && c != '}') {
                const auto next = format.find_first_of("{}", i);
                out += format.substr(i, next == std::string_view::npos ? next : next - i);
                i = next == std::string_view::npos ? format.size() : next;
                continue;
            }
            if (i + 1 < format.size() && format[i + 1] == c) {
                out.push_back(c);
                i += 2;
                continue;
            }
            if (c == '}')
                raiseException(m_py, BuiltinClass::ValueError, "Single '}' encountered in format string");
            const std::size_t end = fieldEnd(format, i + 1);
            out += field(format.substr(i + 1, end - i - 1), depth);
            if (m_unknown)
                return {};
            i = end + 1;
            if (out.size() > m_py.state().budget.textBytes)
                m_py.state().willAllocate(out.size());
        }
        return out;
    }
    [[nodiscard]] const Value &unknown() const { return m_unknown; }
    [[nodiscard]] bool varies() const { return m_varies; }

private:
    std::size_t fieldEnd(std::string_view format, std::size_t i)
    {
        int nested = 1;
        bool inBrackets = false;
        if (i >= format.size())
            raiseException(m_py, BuiltinClass::ValueError, "Single '{' encountered in format string");
        for (; i < format.size(); ++i) {
            const char c = format[i];
            if (inBrackets) {
                inBrackets = c != ']';
            } else if (c == '[' && nested == 1) {
                inBrackets = true;
            } else if (c == '{') {
                ++nested;
            } else if (c == '}' && --nested == 0) {
                return i;
            }
        }
        raiseException(m_py, BuiltinClass::ValueError, "expected '}' before end of string");
    }

    Value positional(std::int64_t index)
    {
        if (index < 0 || static_cast<std::size_t>(index) >= m_arguments.positional.size())
            raiseException(m_py, BuiltinClass::IndexError, "Replacement index " + std::to_string(index) + " out of range for positional args tuple");
        return m_arguments.positional[static_cast<std::size_t>(index)];
    }

    Value first(std::string_view name)
    {
        if (m_mapping && name.empty())
            raiseException(m_py, BuiltinClass::ValueError, "Format string contains positional fields");
        if (name.empty()) {
            if (m_numbering == Numbering::Manual)
                raiseException(m_py, BuiltinClass::ValueError, "cannot switch from manual field specification to automatic field numbering");
            m_numbering = Numbering::Automatic;
            return positional(m_next++);
        }
        if (name.find_first_not_of("0123456789") == std::string_view::npos) {
            if (m_mapping)
                raiseException(m_py, BuiltinClass::ValueError, "Format string contains positional fields");
            if (m_numbering == Numbering::Automatic)
                raiseException(m_py, BuiltinClass::ValueError, "cannot switch from automatic field numbering to manual field specification");
            m_numbering = Numbering::Manual;
            return positional(name.size() > 9 ? -1 : std::stoll(std::string(name)));
        }
        if (m_mapping)
            return m_py.getItem(m_mapping, m_py.string(name));
        if (const Value *v = m_arguments.keyword(name))
            return *v;
        raiseValue(m_py, BuiltinClass::KeyError, {m_py.string(name)});
    }

    Value lookedUp(std::string_view path)
    {
        const auto cut = path.find_first_of(".[");
        Value v = first(path.substr(0, cut));
        std::size_t i = cut;
        while (i < path.size()) {
            if (path[i] == '.') {
                const auto end = path.find_first_of(".[", i + 1);
                const std::string_view name = path.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
                if (name.empty())
                    raiseException(m_py, BuiltinClass::ValueError, "Empty attribute in format string");
                v = m_py.getAttribute(v, name);
                i = end;
            } else if (path[i] == '[') {
                const auto end = path.find(']', i);
                if (end == std::string_view::npos)
                    raiseException(m_py, BuiltinClass::ValueError, "Missing ']' in format string");
                const std::string_view key = path.substr(i + 1, end - i - 1);
                if (key.empty())
                    raiseException(m_py, BuiltinClass::ValueError, "Empty attribute in format string");
                const bool number = key.find_first_not_of("0123456789") == std::string_view::npos;
                if (number && key.size() > 18)
                    raiseException(m_py, BuiltinClass::ValueError, "Too many decimal digits in format string");
                v = m_py.getItem(v, number ? Value::integer(std::stoll(std::string(key))) : m_py.string(key));
                i = end + 1;
            } else {
                raiseException(m_py, BuiltinClass::ValueError, "Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return v;
    }

    std::string field(std::string_view text, int depth)
    {
        std::size_t split = 0;
        bool inBrackets = false;
        for (; split < text.size(); ++split) {
            if (text[split] == '[')
                inBrackets = true;
            else if (text[split] == ']')
                inBrackets = false;
            else if (!inBrackets && (text[split] == '!' || text[split] == ':'))
                break;
            else if (!inBrackets && text[split] == '{')
                raiseException(m_py, BuiltinClass::ValueError, "unexpected '{' in field name");
        }
        Value v = lookedUp(text.substr(0, split));
        std::string_view rest = text.substr(split);
        if (rest.starts_with('!')) {
            if (rest.size() < 2)
                raiseException(m_py, BuiltinClass::ValueError, "end of string while looking for conversion specifier");
            if (rest.size() > 2 && rest[2] != ':')
                raiseException(m_py, BuiltinClass::ValueError, "expected ':' after conversion specifier");
            switch (rest[1]) {
            case 'r':
                v = reprOf(m_py, v);
                break;
            case 's':
                v = strOf(m_py, v);
                break;
            case 'a':
                v = asciiOf(m_py, v);
                break;
            default:
                raiseException(m_py, BuiltinClass::ValueError, "Unknown conversion specifier " + std::string(1, rest[1]));
            }
            rest.remove_prefix(2);
        }
        std::string spec;
        if (rest.starts_with(':'))
            spec = rest.find('{') == std::string_view::npos ? std::string(rest.substr(1)) : write(rest.substr(1), depth + 1);
        if (m_unknown)
            return {};
        const Value formatted = formatValue(m_py, v, m_py.string(spec));
        if (formatted.isUnknown()) {
            m_unknown = formatted;
            return {};
        }
        m_varies = m_varies || formatted.as<StringObject>()->varies;
        return formatted.as<StringObject>()->text;
    }

    enum class Numbering : std::uint8_t { None, Automatic, Manual };
    Interpreter &m_py;
    const Arguments &m_arguments;
    const Value &m_mapping;
    Value m_unknown;
    Numbering m_numbering = Numbering::None;
    std::int64_t m_next = 0;
    bool m_varies = false;
};

} // namespace

Value percentFormat(Interpreter &py, const Value &format, const Value &arguments, bool ofBytes)
{
    const auto *f = format.as<StringObject>();
    return PercentWriter(py, f->text, arguments, ofBytes).write(f->varies);
}

Value braceFormat(Interpreter &py, const Value &format, const Arguments &arguments, const Value &mapping)
{
    const auto *f = format.as<StringObject>();
    BraceWriter writer(py, arguments, mapping);
    std::string text = writer.write(f->text, 1);
    if (writer.unknown())
        return writer.unknown();
    return py.state().newString(std::move(text), f->varies || writer.varies());
}

} // namespace stillroom::python
