// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/objects.h"

#include <gmp.h>

#include <optional>
#include <string>

/// Integers without bounds: those that fit stand in the Value, the others are a BigIntegerObject. Every result is normal
/// in that sense. Sizes are checked against the budget before anything large is made.
namespace stillroom::python {

struct BigIntegerObject final : Object {
    static constexpr ObjectKind kKind = ObjectKind::BigInteger;
    BigIntegerObject() : Object(kKind) { mpz_init(number); }
    ~BigIntegerObject() override;
    void account();
    mpz_t number;
    std::int64_t accounted = 0;
};

/// A GMP number with the lifetime of a scope.
class Number {
public:
    Number() { mpz_init(m_number); }
    explicit Number(const Value &integer);
    ~Number() { mpz_clear(m_number); }
    Number(const Number &) = delete;
    Number &operator=(const Number &) = delete;
    mpz_ptr get() { return m_number; }
    [[nodiscard]] mpz_srcptr get() const { return m_number; }
    Value take(Interpreter &py); ///< the value, normal

private:
    mpz_t m_number;
};

[[nodiscard]] inline bool isInteger(const Value &v) { return v.isSmallInteger() || v.isBoolean() || v.isKind(ObjectKind::BigInteger); }
[[nodiscard]] inline std::int64_t smallOf(const Value &v) { return v.isBoolean() ? (v.isTrue() ? 1 : 0) : v.smallInteger(); }
[[nodiscard]] inline bool isSmall(const Value &v) { return v.isSmallInteger() || v.isBoolean(); }

/// Both operands integers; the operator is not Divide.
[[nodiscard]] Value integerBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b);
[[nodiscard]] Value integerTrueDivide(Interpreter &py, const Value &a, const Value &b);
[[nodiscard]] Value integerPowerModulo(Interpreter &py, const Value &base, const Value &exponent, const Value &modulus);
[[nodiscard]] int integerCompare(const Value &a, const Value &b);
[[nodiscard]] Value integerNegate(Interpreter &py, const Value &a);
[[nodiscard]] Value integerInvert(Interpreter &py, const Value &a);
[[nodiscard]] int integerSign(const Value &a);
[[nodiscard]] double integerToDouble(Interpreter &py, const Value &a);                             ///< OverflowError
[[nodiscard]] Value integerFromDouble(Interpreter &py, double d);                                  ///< truncates; ValueError, OverflowError
[[nodiscard]] std::string integerText(Interpreter &py, const Value &a, int base = 10);             ///< digits with sign, no prefix
[[nodiscard]] std::optional<Value> integerParse(Interpreter &py, std::string_view text, int base); ///< as int(text, base); nullopt: not a number
[[nodiscard]] std::uint64_t integerHash(const Value &a);
[[nodiscard]] std::uint64_t doubleHash(double d);
[[nodiscard]] std::size_t integerBitLength(const Value &a);
[[nodiscard]] int compareIntegerWithDouble(const Value &a, double b); ///< b is not NaN
[[nodiscard]] std::string integerBytes(Interpreter &py, const Value &a, std::size_t length, bool bigEndian, bool isSigned);
[[nodiscard]] Value integerFromBytes(Interpreter &py, std::string_view bytes, bool bigEndian, bool isSigned);

} // namespace stillroom::python
