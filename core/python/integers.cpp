// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/integers.h"

#include "python/runtime.h"
#include "python/state.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace stillroom::python {

namespace {
constexpr std::int64_t kMinimum = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t kTextDigits = 4300; // sys.int_info.default_max_str_digits

void assign(mpz_ptr target, std::int64_t i)
{
    static_assert(sizeof(long) == sizeof(std::int64_t));
    mpz_set_si(target, static_cast<long>(i));
}

/// Work on large numbers counts as steps, so that a runaway product ends.
void payFor(Interpreter &py, std::size_t bits)
{
    py.state().willAllocate(bits / 8);
    const std::size_t limbs = bits / 64 + 1;
    py.state().countSteps(limbs / 8 * (limbs > 100000 ? 64 : limbs > 1000 ? 16 : 1));
}

Value powerOf(Interpreter &py, const Value &a, const Value &b)
{
    if (integerSign(b) < 0 && integerSign(a) == 0)
        raiseException(py, BuiltinClass::ZeroDivisionError, "0.0 cannot be raised to a negative power");
    if (integerSign(b) < 0)
        return py.state().newFloat(std::pow(integerToDouble(py, a), integerToDouble(py, b)));
    const std::size_t bits = integerBitLength(a);
    if (bits > 1) {
        const auto exponent = Interpreter::toInt64(b);
        if (!exponent || static_cast<std::uint64_t>(*exponent) > (std::uint64_t{1} << 40) / bits)
            py.state().overMemory();
        payFor(py, static_cast<std::size_t>(*exponent) * bits);
    }
    Number base(a);
    Number result;
    if (bits <= 1) { // -1, 0, 1
        const bool odd = isSmall(b) ? (smallOf(b) & 1) != 0 : mpz_odd_p(b.as<BigIntegerObject>()->number) != 0;
        if (integerSign(b) == 0)
            return Value::integer(1);
        return Value::integer(integerSign(a) < 0 ? (odd ? -1 : 1) : integerSign(a));
    }
    mpz_pow_ui(result.get(), base.get(), static_cast<unsigned long>(*Interpreter::toInt64(b)));
    return result.take(py);
}

Value shifted(Interpreter &py, bool left, const Value &a, const Value &b)
{
    if (integerSign(b) < 0)
        py.raise("ValueError", "negative shift count");
    const auto count = Interpreter::toInt64(b);
    if (integerSign(a) == 0)
        return Value::integer(0);
    if (!left) {
        if (!count || *count > (std::int64_t{1} << 40))
            return Value::integer(integerSign(a) < 0 ? -1 : 0);
        Number n(a);
        mpz_fdiv_q_2exp(n.get(), n.get(), static_cast<mp_bitcnt_t>(*count));
        return n.take(py);
    }
    if (!count || *count > (std::int64_t{1} << 40))
        py.state().overMemory();
    payFor(py, integerBitLength(a) + static_cast<std::size_t>(*count));
    Number n(a);
    mpz_mul_2exp(n.get(), n.get(), static_cast<mp_bitcnt_t>(*count));
    return n.take(py);
}

Value smallDivision(Interpreter &py, BinaryOperator op, std::int64_t x, std::int64_t y)
{
    if (y == 0)
        py.raise("ZeroDivisionError", "integer division or modulo by zero");
    std::int64_t quotient = x / y;
    std::int64_t remainder = x % y;
    if (remainder != 0 && ((remainder < 0) != (y < 0))) {
        --quotient;
        remainder += y;
    }
    return Value::integer(op == BinaryOperator::FloorDivide ? quotient : remainder);
}

Value bigBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b)
{
    const std::size_t bits = integerBitLength(a) + integerBitLength(b);
    payFor(py, bits);
    Number x(a);
    Number y(b);
    Number r;
    switch (op) {
    case BinaryOperator::Add:
        mpz_add(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::Subtract:
        mpz_sub(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::Multiply:
        mpz_mul(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::FloorDivide:
    case BinaryOperator::Modulo:
        if (mpz_sgn(y.get()) == 0)
            py.raise("ZeroDivisionError", "integer division or modulo by zero");
        if (op == BinaryOperator::FloorDivide)
            mpz_fdiv_q(r.get(), x.get(), y.get());
        else
            mpz_fdiv_r(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::BitOr:
        mpz_ior(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::BitXor:
        mpz_xor(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::BitAnd:
        mpz_and(r.get(), x.get(), y.get());
        break;
    case BinaryOperator::MatrixMultiply:
    case BinaryOperator::Divide:
    case BinaryOperator::Power:
    case BinaryOperator::LeftShift:
    case BinaryOperator::RightShift:
        return py.state().notImplemented;
    }
    return r.take(py);
}
} // namespace

BigIntegerObject::~BigIntegerObject()
{
    liveBytes -= accounted;
    mpz_clear(number);
}

void BigIntegerObject::account()
{
    const auto bytes = static_cast<std::int64_t>(mpz_size(number) * sizeof(mp_limb_t));
    liveBytes += bytes - accounted;
    accounted = bytes;
}

Number::Number(const Value &integer)
{
    mpz_init(m_number);
    if (integer.isKind(ObjectKind::BigInteger))
        mpz_set(m_number, integer.as<BigIntegerObject>()->number);
    else
        assign(m_number, smallOf(integer));
}

Value Number::take(Interpreter &py)
{
    if (mpz_fits_slong_p(m_number))
        return Value::integer(mpz_get_si(m_number));
    auto *object = py.state().make<BigIntegerObject>();
    mpz_swap(object->number, m_number);
    object->account();
    return Value::fromObject(object);
}

Value integerBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b)
{
    if (op == BinaryOperator::Power)
        return powerOf(py, a, b);
    if (op == BinaryOperator::LeftShift || op == BinaryOperator::RightShift) {
        if (isSmall(a) && isSmall(b) && op == BinaryOperator::RightShift && smallOf(b) >= 0)
            return Value::integer(smallOf(a) >> std::min<std::int64_t>(smallOf(b), 63));
        return shifted(py, op == BinaryOperator::LeftShift, a, b);
    }
    if (!isSmall(a) || !isSmall(b))
        return bigBinary(py, op, a, b);
    const std::int64_t x = smallOf(a);
    const std::int64_t y = smallOf(b);
    std::int64_t r = 0;
    switch (op) {
    case BinaryOperator::Add:
        if (!__builtin_add_overflow(x, y, &r))
            return Value::integer(r);
        break;
    case BinaryOperator::Subtract:
        if (!__builtin_sub_overflow(x, y, &r))
            return Value::integer(r);
        break;
    case BinaryOperator::Multiply:
        if (!__builtin_mul_overflow(x, y, &r))
            return Value::integer(r);
        break;
    case BinaryOperator::FloorDivide:
    case BinaryOperator::Modulo:
        if (x != kMinimum)
            return smallDivision(py, op, x, y);
        break;
    case BinaryOperator::BitOr:
        return a.isBoolean() && b.isBoolean() ? Value::boolean((x | y) != 0) : Value::integer(x | y);
    case BinaryOperator::BitXor:
        return a.isBoolean() && b.isBoolean() ? Value::boolean((x ^ y) != 0) : Value::integer(x ^ y);
    case BinaryOperator::BitAnd:
        return a.isBoolean() && b.isBoolean() ? Value::boolean((x & y) != 0) : Value::integer(x & y);
    case BinaryOperator::MatrixMultiply:
    case BinaryOperator::Divide:
    case BinaryOperator::Power:
    case BinaryOperator::LeftShift:
    case BinaryOperator::RightShift:
        return py.state().notImplemented;
    }
    return bigBinary(py, op, a, b);
}

Value integerTrueDivide(Interpreter &py, const Value &a, const Value &b)
{
    if (integerSign(b) == 0)
        py.raise("ZeroDivisionError", "division by zero");
    constexpr std::int64_t kExact = std::int64_t{1} << 53;
    if (isSmall(a) && isSmall(b) && std::abs(smallOf(a) / 2) < kExact / 2 && std::abs(smallOf(b) / 2) < kExact / 2)
        return py.state().newFloat(static_cast<double>(smallOf(a)) / static_cast<double>(smallOf(b)));
    // correctly rounded: scale so that the quotient has 66 bits or more, with a sticky bit below
    Number x(a);
    Number y(b);
    const bool negative = (mpz_sgn(x.get()) < 0) != (mpz_sgn(y.get()) < 0);
    mpz_abs(x.get(), x.get());
    mpz_abs(y.get(), y.get());
    if (mpz_sgn(x.get()) == 0)
        return py.state().newFloat(negative ? -0.0 : 0.0);
    const auto shift = static_cast<long>(mpz_sizeinbase(y.get(), 2)) - static_cast<long>(mpz_sizeinbase(x.get(), 2)) + 66;
    if (shift > 0)
        mpz_mul_2exp(x.get(), x.get(), static_cast<mp_bitcnt_t>(shift));
    else
        mpz_mul_2exp(y.get(), y.get(), static_cast<mp_bitcnt_t>(-shift));
    Number q;
    Number r;
    mpz_tdiv_qr(q.get(), r.get(), x.get(), y.get());
    if (mpz_sgn(r.get()) != 0)
        mpz_setbit(q.get(), 0);
    const Value quotient = q.take(py);
    // round half to even on 53 bits
    Number n(quotient);
    const auto bits = mpz_sizeinbase(n.get(), 2);
    const auto drop = bits - 53;
    Number high;
    mpz_fdiv_q_2exp(high.get(), n.get(), drop);
    Number low;
    mpz_fdiv_r_2exp(low.get(), n.get(), drop);
    Number half;
    mpz_set_ui(half.get(), 1);
    mpz_mul_2exp(half.get(), half.get(), drop - 1);
    const int c = mpz_cmp(low.get(), half.get());
    if (c > 0 || (c == 0 && mpz_odd_p(high.get())))
        mpz_add_ui(high.get(), high.get(), 1);
    const double result = std::ldexp(mpz_get_d(high.get()), static_cast<int>(std::clamp<long>(static_cast<long>(drop) - shift, -5000, 5000)));
    if (std::isinf(result))
        py.raise("OverflowError", "integer division result too large for a float");
    return py.state().newFloat(negative ? -result : result);
}

Value integerPowerModulo(Interpreter &py, const Value &base, const Value &exponent, const Value &modulus)
{
    if (integerSign(modulus) == 0)
        py.raise("ValueError", "pow() 3rd argument cannot be 0");
    payFor(py, (integerBitLength(exponent) + 64) * (integerBitLength(modulus) + 64));
    Number b(base);
    Number e(exponent);
    Number m(modulus);
    Number r;
    if (mpz_sgn(e.get()) < 0) {
        if (!mpz_invert(b.get(), b.get(), m.get()))
            py.raise("ValueError", "base is not invertible for the given modulus");
        mpz_neg(e.get(), e.get());
    }
    mpz_powm(r.get(), b.get(), e.get(), m.get());
    if (mpz_sgn(m.get()) < 0 && mpz_sgn(r.get()) > 0)
        mpz_add(r.get(), r.get(), m.get());
    return r.take(py);
}

int integerCompare(const Value &a, const Value &b)
{
    if (isSmall(a) && isSmall(b))
        return smallOf(a) < smallOf(b) ? -1 : smallOf(a) > smallOf(b) ? 1 : 0;
    const Number x(a);
    const Number y(b);
    return mpz_cmp(x.get(), y.get());
}

int integerSign(const Value &a)
{
    if (isSmall(a))
        return smallOf(a) < 0 ? -1 : smallOf(a) > 0 ? 1 : 0;
    return mpz_sgn(a.as<BigIntegerObject>()->number);
}

Value integerNegate(Interpreter &py, const Value &a) { return integerBinary(py, BinaryOperator::Subtract, Value::integer(0), a); }
Value integerInvert(Interpreter &py, const Value &a) { return integerBinary(py, BinaryOperator::Subtract, Value::integer(-1), a); }

double integerToDouble(Interpreter &py, const Value &a)
{
    if (isSmall(a))
        return static_cast<double>(smallOf(a));
    const Value quotient = integerBitLength(a) > 1100 ? Value() : integerTrueDivide(py, a, Value::integer(1));
    if (!quotient)
        py.raise("OverflowError", "int too large to convert to float");
    return quotient.as<FloatObject>()->value;
}

Value integerFromDouble(Interpreter &py, double d)
{
    if (std::isnan(d))
        py.raise("ValueError", "cannot convert float NaN to integer");
    if (std::isinf(d))
        py.raise("OverflowError", "cannot convert float infinity to integer");
    d = std::trunc(d);
    if (d >= -9223372036854775808.0 && d < 9223372036854775808.0)
        return Value::integer(static_cast<std::int64_t>(d));
    Number n;
    mpz_set_d(n.get(), d);
    return n.take(py);
}

std::string integerText(Interpreter &py, const Value &a, int base)
{
    if (isSmall(a)) {
        char buffer[72];
        const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, smallOf(a), base);
        return code == std::errc{} ? std::string(buffer, end) : std::string();
    }
    mpz_srcptr n = a.as<BigIntegerObject>()->number;
    if (base == 10 && mpz_sizeinbase(n, 2) > kTextDigits * 333 / 100) {
        const std::size_t digits = mpz_sizeinbase(n, 10);
        if (digits > kTextDigits + 1)
            py.raise("ValueError",
                     "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
    }
    payFor(py, mpz_sizeinbase(n, 2) * 8);
    std::string text(mpz_sizeinbase(n, base) + 2, '\0');
    mpz_get_str(text.data(), base, n);
    text.resize(std::strlen(text.c_str()));
    if (base == 10 && text.size() - (text[0] == '-' ? 1 : 0) > kTextDigits)
        py.raise("ValueError",
                 "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
    return text;
}

std::optional<Value> integerParse(Interpreter &py, std::string_view text, int base)
{
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const auto prefixed = [&](char c) { return text.size() > 1 && text[0] == '0' && (text[1] | 0x20) == c; };
    bool prefix = false;
    if ((base == 16 || base == 0) && prefixed('x')) {
        base = 16;
        prefix = true;
    } else if ((base == 8 || base == 0) && prefixed('o')) {
        base = 8;
        prefix = true;
    } else if ((base == 2 || base == 0) && prefixed('b')) {
        base = 2;
        prefix = true;
    }
    const bool wasZero = base == 0;
    if (prefix)
        text.remove_prefix(2);
    if (wasZero)
        base = 10;
    std::string digits;
    bool underscoreAllowed = prefix;
    for (const char c : text) {
        if (c == '_') {
            if (!underscoreAllowed)
                return std::nullopt;
            underscoreAllowed = false;
            continue;
        }
        const int value = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (c | 0x20) - 'a' + 10 : 99;
        if (value >= base)
            return std::nullopt;
        digits.push_back(c);
        underscoreAllowed = true;
    }
    if (digits.empty() || !underscoreAllowed)
        return std::nullopt;
    if (wasZero && digits[0] == '0' && digits.find_first_not_of('0') != std::string::npos)
        return std::nullopt;
    if (digits.size() <= 18) {
        std::int64_t i = 0;
        const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), i, base);
        if (code == std::errc{} && end == digits.data() + digits.size())
            return Value::integer(negative ? -i : i);
    }
    if ((base & (base - 1)) != 0 && digits.size() > kTextDigits)
        py.raise("ValueError", "Exceeds the limit (4300 digits) for integer string conversion: value has " + std::to_string(digits.size()) +
                                   " digits; use sys.set_int_max_str_digits() to increase the limit");
    payFor(py, digits.size() * 5);
    Number n;
    if (mpz_set_str(n.get(), digits.c_str(), base) != 0)
        return std::nullopt;
    if (negative)
        mpz_neg(n.get(), n.get());
    return n.take(py);
}

namespace {
constexpr std::uint64_t kModulus = (std::uint64_t{1} << 61) - 1; // sys.hash_info.modulus
std::uint64_t signedHash(std::uint64_t h, bool negative)
{
    if (!negative)
        return h;
    const std::uint64_t n = 0 - h;
    return n == ~std::uint64_t{0} ? n - 1 : n;
}
} // namespace

std::uint64_t integerHash(const Value &a)
{
    if (isSmall(a)) {
        const std::int64_t i = smallOf(a);
        const std::uint64_t magnitude = i < 0 ? 0 - static_cast<std::uint64_t>(i) : static_cast<std::uint64_t>(i);
        return signedHash(magnitude % kModulus, i < 0);
    }
    mpz_srcptr n = a.as<BigIntegerObject>()->number;
    return signedHash(mpz_tdiv_ui(n, kModulus), mpz_sgn(n) < 0);
}

std::uint64_t doubleHash(double d)
{
    if (std::isinf(d))
        return d > 0 ? 314159 : static_cast<std::uint64_t>(-314159);
    if (std::isnan(d))
        return 0;
    int exponent = 0;
    double m = std::frexp(d, &exponent);
    const bool negative = m < 0;
    m = std::fabs(m);
    std::uint64_t x = 0;
    while (m != 0) {
        x = ((x << 28) & kModulus) | x >> (61 - 28);
        m *= 268435456.0;
        exponent -= 28;
        const auto y = static_cast<std::uint64_t>(m);
        m -= static_cast<double>(y);
        x += y;
        if (x >= kModulus)
            x -= kModulus;
    }
    exponent = exponent >= 0 ? exponent % 61 : 61 - 1 - ((-1 - exponent) % 61);
    x = ((x << exponent) & kModulus) | x >> (61 - exponent);
    return signedHash(x, negative);
}

std::size_t integerBitLength(const Value &a)
{
    if (isSmall(a)) {
        const std::int64_t i = smallOf(a);
        std::uint64_t magnitude = i < 0 ? 0 - static_cast<std::uint64_t>(i) : static_cast<std::uint64_t>(i);
        std::size_t bits = 0;
        while (magnitude) {
            ++bits;
            magnitude >>= 1;
        }
        return bits;
    }
    return mpz_sizeinbase(a.as<BigIntegerObject>()->number, 2);
}

int compareIntegerWithDouble(const Value &a, double b)
{
    if (std::isinf(b))
        return b > 0 ? -1 : 1;
    const Number n(a);
    return mpz_cmp_d(n.get(), b);
}

std::string integerBytes(Interpreter &py, const Value &a, std::size_t length, bool bigEndian, bool isSigned)
{
    const bool negative = integerSign(a) < 0;
    if (negative && !isSigned)
        py.raise("OverflowError", "can't convert negative int to unsigned");
    py.state().willAllocate(length);
    Number n(a);
    if (negative)
        mpz_add_ui(n.get(), n.get(), 1); // two's complement: invert |a| - 1
    const std::size_t bits = mpz_sgn(n.get()) == 0 ? 0 : mpz_sizeinbase(n.get(), 2);
    if (bits + (isSigned ? 1 : 0) > length * 8)
        py.raise("OverflowError", "int too big to convert");
    std::string bytes(length, '\0');
    std::size_t count = 0;
    std::string digits((bits + 7) / 8 + 1, '\0');
    mpz_export(digits.data(), &count, -1, 1, 0, 0, n.get());
    for (std::size_t i = 0; i < length; ++i) {
        const char byte = i < count ? digits[i] : '\0';
        bytes[i] = negative ? static_cast<char>(~byte) : byte;
    }
    if (bigEndian)
        std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

Value integerFromBytes(Interpreter &py, std::string_view bytes, bool bigEndian, bool isSigned)
{
    Number n;
    mpz_import(n.get(), bytes.size(), bigEndian ? 1 : -1, 1, 0, 0, bytes.data());
    if (isSigned && !bytes.empty() && (static_cast<unsigned char>(bigEndian ? bytes.front() : bytes.back()) & 0x80)) {
        Number power;
        mpz_set_ui(power.get(), 1);
        mpz_mul_2exp(power.get(), power.get(), bytes.size() * 8);
        mpz_sub(n.get(), n.get(), power.get());
    }
    return n.take(py);
}

} // namespace stillroom::python
