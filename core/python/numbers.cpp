// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

/// Floats as Python computes, reads and rounds them (Python library reference, "Numeric Types").
namespace stillroom::python {

bool isNumber(const Value &v) { return isInteger(v) || v.isKind(ObjectKind::Float); }

double doubleOf(Interpreter &py, const Value &value)
{
    const Value &v = plain(value);
    if (const auto *f = v.to<FloatObject>())
        return f->value;
    if (isInteger(v))
        return integerToDouble(py, v);
    Value result;
    if (callSpecial(py, value, Word::float_, {}, result) && result.isKind(ObjectKind::Float))
        return result.as<FloatObject>()->value;
    if (callSpecial(py, value, Word::index, {}, result) && isInteger(result))
        return integerToDouble(py, result);
    raiseException(py, BuiltinClass::TypeError, "must be real number, not " + py.className(value));
}

double pythonModulo(double a, double b)
{
    double m = std::fmod(a, b);
    if (m != 0) {
        if ((b < 0) != (m < 0))
            m += b;
    } else {
        m = std::copysign(0.0, b);
    }
    return m;
}

double pythonFloorDivide(double a, double b)
{
    const double m = std::fmod(a, b);
    double d = (a - m) / b;
    if (m != 0 && (b < 0) != (m < 0))
        d -= 1.0;
    if (d == 0)
        return std::copysign(0.0, a / b);
    double floored = std::floor(d);
    if (d - floored > 0.5)
        floored += 1.0;
    return floored;
}

std::optional<double> parseFloat(std::string_view given)
{
    std::size_t first = 0;
    std::size_t last = given.size();
    while (first < last && isSpace(static_cast<unsigned char>(given[first])))
        ++first;
    while (last > first && isSpace(static_cast<unsigned char>(given[last - 1])))
        --last;
    std::string text;
    for (std::size_t i = first; i < last; ++i) {
        const char c = given[i];
        if (c == '_') {
            const auto digit = [&](std::size_t k) { return k < given.size() && given[k] >= '0' && given[k] <= '9'; };
            if (i == 0 || !digit(i - 1) || !digit(i + 1))
                return std::nullopt;
            continue;
        }
        text.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
    bool negative = false;
    std::string_view rest = text;
    if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
        negative = rest[0] == '-';
        rest.remove_prefix(1);
    }
    if (rest == "inf" || rest == "infinity")
        return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    if (rest == "nan")
        return std::numeric_limits<double>::quiet_NaN();
    if (rest.empty() || !((rest[0] >= '0' && rest[0] <= '9') || (rest[0] == '.' && rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9')))
        return std::nullopt;
    double d = 0;
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), d);
    if (end != rest.data() + rest.size())
        return std::nullopt;
    if (code == std::errc::result_out_of_range) {
        const auto e = rest.find('e');
        const bool small = (e != std::string_view::npos && e + 1 < rest.size() && rest[e + 1] == '-') || rest.starts_with("0.");
        d = small ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return negative ? -d : d;
}

namespace {
Value roundInteger(Interpreter &py, const Value &number, std::int64_t digits)
{
    if (digits >= 0)
        return number.isBoolean() ? Value::integer(smallOf(number)) : number;
    if (digits < -5000)
        return Value::integer(0);
    const Value power = integerBinary(py, BinaryOperator::Power, Value::integer(10), Value::integer(-digits));
    const Value remainder = integerBinary(py, BinaryOperator::Modulo, number, power);
    const Value down = integerBinary(py, BinaryOperator::Subtract, number, remainder);
    const Value twice = integerBinary(py, BinaryOperator::Multiply, remainder, Value::integer(2));
    const int c = integerCompare(twice, power);
    const Value quotient = integerBinary(py, BinaryOperator::FloorDivide, down, power);
    const bool odd = integerSign(integerBinary(py, BinaryOperator::Modulo, quotient, Value::integer(2))) != 0;
    return c > 0 || (c == 0 && odd) ? integerBinary(py, BinaryOperator::Add, down, power) : down;
}
} // namespace

Value roundValue(Interpreter &py, const Value &number, const Value &digits)
{
    const bool toInteger = !digits || digits.isNone();
    if (number.isUnknown())
        return number;
    if (number.isKind(ObjectKind::Instance)) {
        Value result;
        if (toInteger ? callSpecial(py, number, Word::round, {}, result) : callSpecial(py, number, Word::round, {digits}, result))
            return result;
    }
    const Value &v = plain(number);
    if (isInteger(v))
        return roundInteger(py, v, toInteger ? 0 : indexOf(py, digits));
    const auto *f = v.to<FloatObject>();
    if (!f)
        raiseException(py, BuiltinClass::TypeError, "type " + py.className(number) + " doesn't define __round__ method");
    if (toInteger) {
        double r = std::round(f->value);
        if (std::fabs(f->value - std::trunc(f->value)) == 0.5)
            r = 2.0 * std::round(f->value / 2.0);
        return integerFromDouble(py, r);
    }
    const std::int64_t n = indexOf(py, digits);
    if (!std::isfinite(f->value) || n > 323)
        return v;
    if (n < -308)
        return py.state().newFloat(std::copysign(0.0, f->value), f->varies);
    std::array<char, 1400> buffer{};
    if (n >= 0) { // the correctly rounded decimal, read back
        const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), f->value, std::chars_format::fixed, static_cast<int>(n));
        double d = f->value;
        if (code == std::errc{})
            std::from_chars(buffer.data(), end, d);
        return py.state().newFloat(d, f->varies);
    }
    const double power = std::pow(10.0, static_cast<double>(-n));
    const double scaled = f->value / power;
    double r = std::round(scaled);
    if (std::fabs(scaled - std::trunc(scaled)) == 0.5)
        r = 2.0 * std::round(scaled / 2.0);
    return py.state().newFloat(r * power, f->varies);
}

} // namespace stillroom::python
