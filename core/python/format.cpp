// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include "python/formatspec.h"

#include <algorithm>
#include <charconv>
#include <cmath>

/// The format specification mini-language and str.format (Python library reference, "Format String Syntax").
namespace stillroom::python {

namespace {

[[noreturn]] void unknownCode(Interpreter &py, char code, const Value &v)
{
    raiseException(py, BuiltinClass::ValueError, "Unknown format code '" + std::string(1, code) + "' for object of type '" + py.className(v) + "'");
}

std::string grouped(std::string_view digits, char separator, std::size_t every)
{
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % every == 0)
            out.push_back(separator);
        out.push_back(digits[i]);
    }
    return out;
}

/// Fills up to the width with zeros behind the sign, with separators among them.
std::string zeroFilled(const FormatSpec &spec, std::string_view sign, std::string whole, std::string_view tail, std::size_t every)
{
    if (!(spec.fill == "0" && spec.align == '=') || !spec.separator)
        return spec.separator ? grouped(whole, spec.separator, every) : whole;
    const auto size = [&] { return sign.size() + grouped(whole, spec.separator, every).size() + tail.size(); };
    while (size() < static_cast<std::size_t>(spec.width))
        whole.insert(whole.begin(), '0');
    return grouped(whole, spec.separator, every);
}

std::string signText(const FormatSpec &spec, bool negative) { return negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : ""; }

} // namespace

FormatSpec parseFormatSpec(Interpreter &py, std::string_view text, const Value &forValue)
{
    FormatSpec spec;
    std::size_t i = 0;
    const auto isAlign = [](char c) { return c == '<' || c == '>' || c == '=' || c == '^'; };
    std::size_t afterFirst = 0;
    if (!text.empty())
        static_cast<void>(nextCodePoint(text, afterFirst));
    if (afterFirst < text.size() && afterFirst > 0 && isAlign(text[afterFirst])) {
        spec.fill = text.substr(0, afterFirst);
        spec.align = text[afterFirst];
        i = afterFirst + 1;
    } else if (!text.empty() && isAlign(text[0])) {
        spec.align = text[0];
        i = 1;
    }
    const auto at = [&] { return i < text.size() ? text[i] : '\0'; };
    if (at() == '+' || at() == '-' || at() == ' ')
        spec.sign = text[i++];
    if (at() == 'z') {
        spec.noNegativeZero = true;
        ++i;
    }
    if (at() == '#') {
        spec.alternate = true;
        ++i;
    }
    if (at() == '0') {
        if (!spec.align) {
            spec.fill = "0";
            spec.align = '=';
            spec.zero = true;
        } else if (spec.fill == " ") {
            spec.fill = "0";
        }
        ++i;
    }
    const auto number = [&](std::int64_t &out) {
        out = 0;
        while (at() >= '0' && at() <= '9') {
            out = out * 10 + (at() - '0');
            ++i;
            if (out > std::int64_t{1} << 40)
                raiseException(py, BuiltinClass::ValueError, "Too many decimal digits in format string");
        }
    };
    if (at() >= '0' && at() <= '9')
        number(spec.width);
    if (at() == ',' || at() == '_')
        spec.separator = text[i++];
    if (at() == ',' || at() == '_')
        raiseException(py, BuiltinClass::ValueError, "Cannot specify both ',' and '_'.");
    if (at() == '.') {
        ++i;
        if (!(at() >= '0' && at() <= '9'))
            raiseException(py, BuiltinClass::ValueError, "Format specifier missing precision");
        number(spec.precision);
    }
    if (i < text.size())
        spec.type = text[i++];
    if (i < text.size())
        raiseException(py, BuiltinClass::ValueError,
                       "Invalid format specifier '" + std::string(text) + "' for object of type '" + py.className(forValue) + "'");
    py.state().willAllocate(static_cast<std::size_t>(std::max<std::int64_t>(spec.width, 0) + std::max<std::int64_t>(spec.precision, 0)));
    return spec;
}

std::string paddedText(const FormatSpec &spec, std::string_view sign, std::string_view body, char defaultAlign)
{
    const std::int64_t length = codePointCount(sign) + codePointCount(body);
    if (length >= spec.width)
        return std::string(sign) + std::string(body);
    const std::int64_t total = spec.width - length;
    const char align = spec.align ? spec.align : defaultAlign;
    const std::int64_t left = align == '>' || align == '=' ? total : align == '^' ? total / 2 : 0;
    const auto fill = [&](std::int64_t count) {
        std::string s;
        s.reserve(static_cast<std::size_t>(count) * spec.fill.size());
        for (std::int64_t k = 0; k < count; ++k)
            s += spec.fill;
        return s;
    };
    if (align == '=')
        return std::string(sign) + fill(left) + std::string(body);
    return fill(left) + std::string(sign) + std::string(body) + fill(total - left);
}

std::string formatText(Interpreter &py, std::string_view text, const FormatSpec &spec, const Value &v)
{
    if (spec.type && spec.type != 's')
        unknownCode(py, spec.type, v);
    if (spec.sign)
        raiseException(py, BuiltinClass::ValueError, "Sign not allowed in string format specifier");
    if (spec.alternate)
        raiseException(py, BuiltinClass::ValueError, "Alternate form (#) not allowed in string format specifier");
    if (spec.separator)
        raiseException(py, BuiltinClass::ValueError, "Cannot specify '" + std::string(1, spec.separator) + "' with 's'.");
    if (spec.align == '=' && !spec.zero)
        raiseException(py, BuiltinClass::ValueError, "'=' alignment not allowed in string format specifier");
    FormatSpec used = spec;
    if (used.zero)
        used.align = '<';
    if (spec.precision >= 0) {
        std::size_t i = 0;
        for (std::int64_t k = 0; k < spec.precision && i < text.size(); ++k)
            static_cast<void>(nextCodePoint(text, i));
        text = text.substr(0, i);
    }
    return paddedText(used, "", text, '<');
}

std::string formatInteger(Interpreter &py, const Value &v, const FormatSpec &spec)
{
    if (spec.noNegativeZero)
        raiseException(py, BuiltinClass::ValueError, "Negative zero coercion (z) not allowed in format specifier with integer format code");
    if (spec.precision >= 0)
        raiseException(py, BuiltinClass::ValueError, "Precision not allowed in integer format specifier");
    if (spec.type == 'c') {
        if (spec.sign)
            raiseException(py, BuiltinClass::ValueError, "Sign not allowed with integer format specifier 'c'");
        std::string text;
        const std::int64_t c = indexOf(py, v);
        if (c < 0 || c > 0x10ffff)
            raiseException(py, BuiltinClass::OverflowError, "%c arg not in range(0x110000)");
        appendUtf8(text, static_cast<char32_t>(c));
        return paddedText(spec, "", text, '<');
    }
    int base = 10;
    std::string prefix;
    switch (spec.type) {
    case '\0':
    case 'd':
    case 'n':
        break;
    case 'b':
        base = 2;
        prefix = "0b";
        break;
    case 'o':
        base = 8;
        prefix = "0o";
        break;
    case 'x':
    case 'X':
        base = 16;
        prefix = spec.type == 'x' ? "0x" : "0X";
        break;
    default:
        unknownCode(py, spec.type, v);
    }
    if (spec.separator == ',' && base != 10)
        raiseException(py, BuiltinClass::ValueError, "Cannot specify ',' with '" + std::string(1, spec.type) + "'.");
    std::string digits = integerText(py, v, base);
    const bool negative = digits[0] == '-';
    if (negative)
        digits.erase(0, 1);
    if (spec.type == 'X')
        for (char &c : digits)
            c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    const std::string sign = signText(spec, negative) + (spec.alternate ? prefix : "");
    return paddedText(spec, sign, zeroFilled(spec, sign, digits, "", base == 10 ? 3 : 4), '>');
}

std::string floatDigits(double d, char type, std::int64_t precision, bool alternate)
{
    // as C's printf with exact decimal expansion
    const bool upper = type == 'E' || type == 'G' || type == 'F';
    const char lower = upper ? static_cast<char>(type + 32) : type;
    if (!std::isfinite(d)) {
        const std::string text = std::isnan(d) ? "nan" : "inf";
        return upper ? (text == "nan" ? "NAN" : "INF") : text;
    }
    std::string buffer(static_cast<std::size_t>(precision) + 400, '\0');
    if (lower == 'f' || lower == 'e') {
        const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d,
                                               lower == 'f' ? std::chars_format::fixed : std::chars_format::scientific, static_cast<int>(precision));
        buffer.resize(code == std::errc{} ? static_cast<std::size_t>(end - buffer.data()) : 0);
        if (alternate && precision == 0) {
            const auto e = buffer.find('e');
            buffer.insert(e == std::string::npos ? buffer.size() : e, ".");
        }
    } else { // g
        const std::int64_t digits = precision == 0 ? 1 : precision;
        const auto [end, code] =
            std::to_chars(buffer.data(), buffer.data() + buffer.size(), d, std::chars_format::scientific, static_cast<int>(digits - 1));
        std::string scientific(buffer.data(), code == std::errc{} ? static_cast<std::size_t>(end - buffer.data()) : 0);
        const auto e = scientific.find('e');
        int exponent = 0;
        const char *from = scientific.data() + e + (scientific[e + 1] == '+' ? 2 : 1);
        std::from_chars(from, scientific.data() + scientific.size(), exponent);
        const auto stripped = [&](std::string s) {
            if (!alternate && s.find('.') != std::string::npos) {
                s.erase(s.find_last_not_of('0') + 1);
                if (s.ends_with('.'))
                    s.pop_back();
            }
            return s;
        };
        if (exponent < -4 || exponent >= digits) {
            buffer = stripped(scientific.substr(0, e)) + scientific.substr(e);
        } else {
            const auto [fixedEnd, fixedCode] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d, std::chars_format::fixed,
                                                             static_cast<int>(std::max<std::int64_t>(0, digits - 1 - exponent)));
            buffer.resize(fixedCode == std::errc{} ? static_cast<std::size_t>(fixedEnd - buffer.data()) : 0);
            buffer = stripped(buffer);
        }
    }
    if (upper)
        for (char &c : buffer)
            c = c == 'e' ? 'E' : c;
    return buffer;
}

std::string formatFloat(Interpreter &py, double d, const FormatSpec &spec, const Value &v)
{
    constexpr std::string_view allowed = "eEfFgGn%";
    if (spec.type && allowed.find(spec.type) == std::string_view::npos)
        unknownCode(py, spec.type, v);
    const bool negative = std::signbit(d) && !std::isnan(d);
    double magnitude = std::fabs(d);
    std::string body;
    if (!spec.type && spec.precision < 0) {
        body = floatRepr(magnitude);
    } else if (!spec.type) { // like g, but with at least one digit after the point
        body = floatDigits(magnitude, 'g', spec.precision, spec.alternate);
        if (std::isfinite(d) && body.find_first_of(".e") == std::string::npos) {
            if (static_cast<std::int64_t>(body.size()) < std::max<std::int64_t>(spec.precision, 1))
                body += ".0";
            else
                body = floatDigits(magnitude, 'e', std::max<std::int64_t>(spec.precision, 1) - 1, false);
            if (body.find('e') != std::string::npos && body.find('.') != std::string::npos) {
                const auto e = body.find('e');
                std::string mantissa = body.substr(0, e);
                mantissa.erase(mantissa.find_last_not_of('0') + 1);
                if (mantissa.ends_with('.'))
                    mantissa.pop_back();
                body = mantissa + body.substr(e);
            }
        }
    } else {
        const std::int64_t precision = spec.precision < 0 ? 6 : spec.precision;
        if (spec.type == '%')
            body = floatDigits(magnitude * 100, 'f', precision, spec.alternate) + "%";
        else
            body = floatDigits(magnitude, spec.type == 'n' ? 'g' : spec.type, precision, spec.alternate);
    }
    const bool zeroText = body.find_first_of("123456789in") == std::string::npos;
    const std::string sign = signText(spec, negative && !(spec.noNegativeZero && zeroText));
    const auto tailAt = body.find_first_not_of("0123456789");
    const std::string tail = tailAt == std::string::npos ? "" : body.substr(tailAt);
    const std::string whole = body.substr(0, tailAt == std::string::npos ? body.size() : tailAt);
    const std::string shown = whole.empty() ? "" : zeroFilled(spec, sign, whole, tail, 3);
    return paddedText(spec, sign, shown + tail, '>');
}

/// Both parts by the same specification; without a type as repr() writes them.
std::string formatComplex(Interpreter &py, const ComplexObject &c, const FormatSpec &spec, const Value &v)
{
    if (spec.zero)
        raiseException(py, BuiltinClass::ValueError, "Zero padding is not allowed in complex format specifier");
    if (spec.align == '=')
        raiseException(py, BuiltinClass::ValueError, "'=' alignment flag is not allowed in complex format specifier");
    FormatSpec part = spec;
    part.width = 0;
    part.align = '\0';
    const auto written = [&](double d, char sign) {
        part.sign = sign;
        if (spec.type || spec.precision >= 0) {
            part.type = spec.type ? spec.type : 'g';
            return formatFloat(py, d, part, v);
        }
        std::string s = formatFloat(py, d, part, v);
        return s.ends_with(".0") ? s.substr(0, s.size() - 2) : s;
    };
    if (spec.type == '%')
        unknownCode(py, spec.type, v);
    if (!spec.type && c.real == 0 && !std::signbit(c.real))
        return paddedText(spec, "", written(c.imaginary, spec.sign) + "j", '>');
    const std::string both = written(c.real, spec.sign) + written(c.imaginary, '+') + "j";
    return paddedText(spec, "", spec.type ? both : "(" + both + ")", '>');
}

std::string plainFormat(Interpreter &py, const Value &value, std::string_view text)
{
    const Value &v = plain(value);
    if (text.empty()) {
        const Value s = strOf(py, value);
        return s.as<StringObject>()->text;
    }
    if (v.isString())
        return formatText(py, v.as<StringObject>()->text, parseFormatSpec(py, text, v), v);
    if (isInteger(v)) {
        const FormatSpec spec = parseFormatSpec(py, text, v);
        constexpr std::string_view floats = "eEfFgG%";
        if (spec.type && floats.find(spec.type) != std::string_view::npos)
            return formatFloat(py, integerToDouble(py, v), spec, v);
        if (v.isBoolean() && !spec.type)
            return formatInteger(py, Value::integer(smallOf(v)), spec);
        return formatInteger(py, v, spec);
    }
    if (const auto *f = v.to<FloatObject>())
        return formatFloat(py, f->value, parseFormatSpec(py, text, v), v);
    if (const auto *c = v.to<ComplexObject>()) {
        return formatComplex(py, *c, parseFormatSpec(py, text, v), v);
    }
    raiseException(py, BuiltinClass::TypeError, "unsupported format string passed to " + py.className(value) + ".__format__");
}

Value formatValue(Interpreter &py, const Value &value, const Value &spec)
{
    if (value.isUnknown())
        return value;
    if (spec.isUnknown())
        return spec;
    const Value &specText = plain(spec);
    if (!specText.isString())
        raiseException(py, BuiltinClass::TypeError, "format() argument 2 must be str, not " + py.className(spec));
    const bool ownFormat = value.isKind(ObjectKind::Instance) || (value.isKind(ObjectKind::Class) && value.as<ClassObject>()->metaclass) ||
                           (value.isKind(ObjectKind::Tuple) && value.as<TupleObject>()->namedClass);
    if (ownFormat) {
        Value result;
        if (callSpecial(py, value, Word::format, {specText}, result)) {
            if (result.isUnknown())
                return result;
            const Value text = plain(result);
            if (!text.isString())
                raiseException(py, BuiltinClass::TypeError, "__format__ must return a str, not " + py.className(result));
            return py.varies(value) && !text.as<StringObject>()->varies ? py.string(text.as<StringObject>()->text, true) : text;
        }
    }
    const bool varies = py.varies(value) || specText.as<StringObject>()->varies;
    if (specText.as<StringObject>()->text.empty()) {
        const Value text = strOf(py, value);
        return text.isUnknown() || !varies || text.as<StringObject>()->varies ? text : py.string(text.as<StringObject>()->text, true);
    }
    return py.state().newString(plainFormat(py, value, specText.as<StringObject>()->text), varies);
}

} // namespace stillroom::python
