// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

#include <algorithm>
#include <charconv>
#include <cmath>

/// int, bool, float and complex (Python library reference, "Numeric Types").
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

std::string trimmed(std::string_view text)
{
    std::size_t from = 0;
    std::size_t to = text.size();
    while (from < to && isSpace(static_cast<unsigned char>(text[from])))
        ++from;
    while (to > from && isSpace(static_cast<unsigned char>(text[to - 1])))
        --to;
    return std::string(text.substr(from, to - from));
}

/// Text whose other scripts' digits and white space are those of ASCII.
std::string withAsciiDigits(std::string_view text)
{
    std::string ascii;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = nextCodePoint(text, i);
        const int d = c < 0x80 ? -1 : digitValue(c);
        if (d >= 0)
            ascii.push_back(static_cast<char>('0' + d));
        else if (isSpace(c))
            ascii.push_back(' ');
        else
            appendUtf8(ascii, c);
    }
    return ascii;
}

Value integerOf(Interpreter &py, const Value &given, const Value &baseValue)
{
    const Value &v = plain(given);
    const bool hasBase = static_cast<bool>(baseValue);
    const std::int64_t base = hasBase ? indexOf(py, baseValue) : 10;
    if (hasBase && base != 0 && (base < 2 || base > 36))
        raiseException(py, BuiltinClass::ValueError, "int() base must be >= 2 and <= 36, or 0");
    if (v.isString() || v.isKind(ObjectKind::Bytes)) {
        const std::string text = v.isString() ? v.as<StringObject>()->text : v.as<BytesObject>()->bytes;
        std::string digits = trimmed(text);
        if (v.isString() && !v.as<StringObject>()->isAscii())
            digits = trimmed(withAsciiDigits(text));
        if (const auto parsed = integerParse(py, digits, static_cast<int>(base)))
            return *parsed;
        raiseException(py, BuiltinClass::ValueError,
                       "invalid literal for int() with base " + std::to_string(base) + ": " + (v.isString() ? quotedText(text) : quotedBytes(text)));
    }
    if (hasBase)
        raiseException(py, BuiltinClass::TypeError, "int() can't convert non-string with explicit base");
    if (isInteger(v))
        return v.isBoolean() ? Value::integer(smallOf(v)) : v;
    if (const auto *f = v.to<FloatObject>())
        return integerFromDouble(py, f->value);
    Value result;
    for (const Word w : {Word::int_, Word::index}) {
        if (callSpecial(py, given, w, {}, result)) {
            if (result.isUnknown() || isInteger(result))
                return result;
            raiseException(py, BuiltinClass::TypeError, "__int__ returned non-int (type " + py.className(result) + ")");
        }
    }
    raiseException(py, BuiltinClass::TypeError,
                   "int() argument must be a string, a bytes-like object or a real number, not '" + py.className(given) + "'");
}

Value constructInt(Interpreter &py, const Value &cls, Arguments &a)
{
    const Value base = a.take("base");
    expectArguments(py, "int", a, 0, 2);
    if (a.positional.empty())
        return wrapBase(py, cls, Value::integer(0));
    if (const Value *unknown = unknownAmong(a))
        return *unknown;
    const Value number = integerOf(py, a.positional[0], a.positional.size() > 1 ? a.positional[1] : base);
    if (number.isUnknown())
        return number;
    if (py.varies(a.positional[0]) && cls.as<ClassObject>()->row) { // an int that varies is carried by an instance
        Value carrier = py.instance(cls);
        carrier.as<InstanceObject>()->base = number;
        carrier.as<InstanceObject>()->varies = true;
        return carrier;
    }
    return wrapBase(py, cls, number);
}

Value constructBool(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "bool", a, 0, 1);
    return Value::boolean(!a.positional.empty() && py.truth(a.positional[0]));
}

Value constructFloat(Interpreter &py, const Value &cls, Arguments &a)
{
    expectArguments(py, "float", a, 0, 1);
    if (a.positional.empty())
        return wrapBase(py, cls, py.floating(0.0));
    const Value &given = a.positional[0];
    if (given.isUnknown())
        return given;
    const Value &v = plain(given);
    if (v.isString() || v.isKind(ObjectKind::Bytes)) {
        const std::string &text = v.isString() ? v.as<StringObject>()->text : v.as<BytesObject>()->bytes;
        const auto d = parseFloat(v.isString() && !v.as<StringObject>()->isAscii() ? withAsciiDigits(text) : text);
        if (!d)
            raiseException(py, BuiltinClass::ValueError, "could not convert string to float: " + quotedText(text));
        return wrapBase(py, cls, py.floating(*d, py.varies(given)));
    }
    if (v.isKind(ObjectKind::Float))
        return wrapBase(py, cls, v);
    if (isInteger(v))
        return wrapBase(py, cls, py.floating(integerToDouble(py, v), py.varies(given)));
    Value result;
    if (callSpecial(py, given, Word::float_, {}, result)) {
        if (result.isUnknown() || result.isKind(ObjectKind::Float))
            return result;
        raiseException(py, BuiltinClass::TypeError, py.className(given) + ".__float__ returned non-float (type " + py.className(result) + ")");
    }
    if (callSpecial(py, given, Word::index, {}, result) && isInteger(result))
        return wrapBase(py, cls, py.floating(integerToDouble(py, result)));
    raiseException(py, BuiltinClass::TypeError, "float() argument must be a string or a real number, not '" + py.className(given) + "'");
}

/// The literal that complex() reads: a real part, an imaginary part behind j, or both.
std::optional<std::pair<double, double>> parseComplex(std::string_view text)
{
    if (text.size() > 2 && text.front() == '(' && text.back() == ')')
        text = text.substr(1, text.size() - 2);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    const auto number = [](std::string_view part) -> std::optional<double> {
        return part.find_first_of(" \t\n\r\f\v") == std::string_view::npos ? parseFloat(part) : std::nullopt;
    };
    if (text.empty())
        return std::nullopt;
    if (text.back() != 'j' && text.back() != 'J') {
        const auto real = number(text);
        return real ? std::optional(std::pair(*real, 0.0)) : std::nullopt;
    }
    text.remove_suffix(1);
    // the sign between the parts is the last one that is not an exponent's
    std::size_t split = text.size();
    while (split > 0 && !((text[split - 1] == '+' || text[split - 1] == '-') && (split < 2 || (text[split - 2] != 'e' && text[split - 2] != 'E'))))
        --split;
    const std::size_t from = split == 0 ? 0 : split - 1;
    const std::string_view imaginaryText = text.substr(from);
    const bool isBare = imaginaryText.empty() || imaginaryText == "+" || imaginaryText == "-";
    const auto imaginary = isBare ? std::optional(imaginaryText == "-" ? -1.0 : 1.0) : number(imaginaryText);
    const auto real = from == 0 ? std::optional(0.0) : number(text.substr(0, from));
    return real && imaginary ? std::optional(std::pair(*real, *imaginary)) : std::nullopt;
}

Value constructComplex(Interpreter &py, const Value &, Arguments &a)
{
    const Value imaginaryKeyword = a.take("imag");
    const Value realKeyword = a.take("real");
    expectArguments(py, "complex", a, 0, 2);
    const Value re = !a.positional.empty() ? a.positional[0] : realKeyword;
    const Value im = a.positional.size() > 1 ? a.positional[1] : imaginaryKeyword;
    if (re && re.isUnknown())
        return re;
    if (im && plain(im).isString())
        raiseException(py, BuiltinClass::TypeError, "complex() second arg can't be a string");
    if (re && plain(re).isString()) {
        if (im)
            raiseException(py, BuiltinClass::TypeError, "complex() can't take second arg if first is a string");
        const auto parts = parseComplex(trimmed(plain(re).as<StringObject>()->text));
        if (!parts)
            raiseException(py, BuiltinClass::ValueError, "complex() arg is a malformed string");
        return Value::fromObject(py.state().make<ComplexObject>(parts->first, parts->second));
    }
    Value own;
    if (re && re.isKind(ObjectKind::Instance) && py.findAttribute(re, "__complex__"))
        own = py.invokeMethod(re, "__complex__");
    const auto *c = own ? own.to<ComplexObject>() : re ? re.to<ComplexObject>() : nullptr;
    double real = c ? c->real : re ? doubleOf(py, re) : 0.0;
    double imaginary = c ? c->imaginary : 0.0;
    if (const auto *second = im ? im.to<ComplexObject>() : nullptr) {
        real -= second->imaginary;
        imaginary += second->real;
    } else if (im) {
        imaginary += doubleOf(py, im);
    }
    return Value::fromObject(py.state().make<ComplexObject>(real, imaginary));
}

Value intBitLength(Interpreter &, const Value &self, Arguments &) { return Value::integer(static_cast<std::int64_t>(integerBitLength(plain(self)))); }
Value intBitCount(Interpreter &py, const Value &self, Arguments &)
{
    const Value &v = plain(self);
    const std::string bits = integerText(py, v, 2);
    return Value::integer(std::count(bits.begin(), bits.end(), '1'));
}

Value intToBytes(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "to_bytes", a, {"length=", "byteorder=", "*", "signed="});
    const std::int64_t length = r.has("length") ? indexOf(py, r["length"]) : 1;
    if (length < 0)
        raiseException(py, BuiltinClass::ValueError, "length argument must be non-negative");
    const std::string order = r.has("byteorder") ? py.str(r["byteorder"]) : "big";
    if (order != "big" && order != "little")
        raiseException(py, BuiltinClass::ValueError, "byteorder must be either 'little' or 'big'");
    return py.bytes(integerBytes(py, plain(self), static_cast<std::size_t>(length), order == "big", r.has("signed") && py.truth(r["signed"])));
}

Value intFromBytes(Interpreter &py, const Value &cls, Arguments &a)
{
    const ArgumentReader r(py, "from_bytes", a, {"bytes", "byteorder=", "*", "signed="});
    const std::string order = r.has("byteorder") ? py.str(r["byteorder"]) : "big";
    std::string bytes;
    if (const auto *b = plain(r["bytes"]).to<BytesObject>())
        bytes = b->bytes;
    else
        for (const Value &v : py.toVector(r["bytes"]))
            bytes.push_back(static_cast<char>(indexOf(py, v)));
    return wrapBase(py, cls, integerFromBytes(py, bytes, order == "big", r.has("signed") && py.truth(r["signed"])));
}

Value intAsRatio(Interpreter &py, const Value &self, Arguments &) { return py.tuple({plain(self), Value::integer(1)}); }
Value intSelf(Interpreter &, const Value &self, Arguments &)
{
    const Value &v = plain(self);
    return v.isBoolean() ? Value::integer(smallOf(v)) : v;
}
Value intZero(Interpreter &, const Value &, Arguments &) { return Value::integer(0); }
Value intOne(Interpreter &, const Value &, Arguments &) { return Value::integer(1); }
Value numberBool(Interpreter &py, const Value &self, Arguments &) { return Value::boolean(py.truth(plain(self))); }
Value numberFloat(Interpreter &py, const Value &self, Arguments &) { return py.floating(doubleOf(py, plain(self)), py.varies(self)); }
Value numberAbs(Interpreter &py, const Value &self, Arguments &)
{
    const Value &v = plain(self);
    if (isInteger(v))
        return integerSign(v) < 0 ? integerNegate(py, v) : Value(v.isBoolean() ? Value::integer(smallOf(v)) : v);
    if (const auto *c = v.to<ComplexObject>())
        return py.floating(std::hypot(c->real, c->imaginary));
    return py.floating(std::fabs(v.as<FloatObject>()->value), v.as<FloatObject>()->varies);
}
Value numberRound(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__round__", a, 0, 1);
    return roundValue(py, plain(self), a.positional.empty() ? Value() : a.positional[0]);
}
Value numberTrunc(Interpreter &py, const Value &self, Arguments &) { return integerOf(py, plain(self), {}); }
Value numberFloor(Interpreter &py, const Value &self, Arguments &)
{
    const auto *f = plain(self).to<FloatObject>();
    return f ? integerFromDouble(py, std::floor(f->value)) : plain(self);
}
Value numberCeil(Interpreter &py, const Value &self, Arguments &)
{
    const auto *f = plain(self).to<FloatObject>();
    return f ? integerFromDouble(py, std::ceil(f->value)) : plain(self);
}
Value numberDivmod(Interpreter &py, const Value &self, Arguments &a)
{
    const Value other = onlyArgument(py, "__divmod__", a);
    return py.tuple({plainBinary(py, BinaryOperator::FloorDivide, plain(self), plain(other)),
                     plainBinary(py, BinaryOperator::Modulo, plain(self), plain(other))});
}
Value numberConjugate(Interpreter &py, const Value &self, Arguments &)
{
    const auto *c = plain(self).to<ComplexObject>();
    return c ? Value::fromObject(py.state().make<ComplexObject>(c->real, -c->imaginary)) : plain(self);
}
Value numberPower(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__pow__", a, 1, 2);
    return a.positional.size() == 2 ? integerPowerModulo(py, plain(self), plain(a.positional[0]), plain(a.positional[1]))
                                    : plainBinary(py, BinaryOperator::Power, plain(self), plain(a.positional[0]));
}
/// str() and repr() of an int that varies must vary.
Value numberRepr(Interpreter &py, const Value &self, Arguments &)
{
    const Value text = py.reprValue(plain(self));
    return py.varies(self) ? py.varying(text) : text;
}

Value floatIsInteger(Interpreter &, const Value &self, Arguments &)
{
    const double d = plain(self).as<FloatObject>()->value;
    return Value::boolean(std::isfinite(d) && std::floor(d) == d);
}

Value floatAsRatio(Interpreter &py, const Value &self, Arguments &)
{
    const double d = plain(self).as<FloatObject>()->value;
    if (std::isnan(d))
        raiseException(py, BuiltinClass::ValueError, "cannot convert NaN to integer ratio");
    if (std::isinf(d))
        raiseException(py, BuiltinClass::OverflowError, "cannot convert Infinity to integer ratio");
    int exponent = 0;
    double mantissa = std::frexp(d, &exponent);
    for (int i = 0; i < 300 && mantissa != std::floor(mantissa); ++i) {
        mantissa *= 2;
        --exponent;
    }
    const Value m = integerFromDouble(py, mantissa);
    const auto power = [&](int n) { return integerBinary(py, BinaryOperator::LeftShift, Value::integer(1), Value::integer(n)); };
    return exponent > 0 ? py.tuple({integerBinary(py, BinaryOperator::Multiply, m, power(exponent)), Value::integer(1)})
                        : py.tuple({m, power(-exponent)});
}

Value floatHex(Interpreter &py, const Value &self, Arguments &)
{
    const double d = plain(self).as<FloatObject>()->value;
    if (!std::isfinite(d))
        return py.string(floatRepr(d));
    const std::string sign = std::signbit(d) ? "-" : "";
    if (d == 0)
        return py.string(sign + "0x0.0p+0");
    int exponent = 0;
    double m = std::frexp(std::fabs(d), &exponent) * 2;
    --exponent;
    std::string text = sign + "0x1.";
    m -= 1;
    for (int i = 0; i < 13; ++i) {
        m *= 16;
        const int digit = static_cast<int>(m);
        text.push_back("0123456789abcdef"[digit]);
        m -= digit;
    }
    return py.string(text + "p" + (exponent < 0 ? "-" : "+") + std::to_string(exponent < 0 ? -exponent : exponent));
}

/// Text as float.hex() gives it.
Value floatFromHex(Interpreter &py, const Value &cls, Arguments &a)
{
    const std::string text = trimmed(stringArgument(py, onlyArgument(py, "fromhex", a), "fromhex()")->text);
    std::string_view rest = text;
    const bool isNegative = rest.starts_with('-');
    if (isNegative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (const auto special = parseFloat(rest); special && !std::isfinite(*special) && !rest.empty() && !(rest[0] >= '0' && rest[0] <= '9'))
        return wrapBase(py, cls, py.floating(isNegative ? -*special : *special));
    if (rest.starts_with("0x") || rest.starts_with("0X"))
        rest.remove_prefix(2);
    double value = 0;
    const char *const end = rest.data() + rest.size();
    const auto [stop, failure] = std::from_chars(rest.data(), end, value, std::chars_format::hex);
    if (failure == std::errc::result_out_of_range)
        raiseException(py, BuiltinClass::OverflowError, "hexadecimal value too large to represent as a float");
    if (failure != std::errc() || stop != end || rest.starts_with('-') || rest.starts_with('+'))
        raiseException(py, BuiltinClass::ValueError, "invalid hexadecimal floating-point string");
    return wrapBase(py, cls, py.floating(isNegative ? -value : value));
}

Value complexReal(Interpreter &py, const Value &self, Arguments &) { return py.floating(self.as<ComplexObject>()->real); }
Value complexImaginary(Interpreter &py, const Value &self, Arguments &) { return py.floating(self.as<ComplexObject>()->imaginary); }

const NativeMethod kNumber[] = {
    {"__add__", plainDunder<BinaryOperator::Add>},
    {"__radd__", reflectedDunder<BinaryOperator::Add>},
    {"__sub__", plainDunder<BinaryOperator::Subtract>},
    {"__rsub__", reflectedDunder<BinaryOperator::Subtract>},
    {"__mul__", plainDunder<BinaryOperator::Multiply>},
    {"__rmul__", reflectedDunder<BinaryOperator::Multiply>},
    {"__truediv__", plainDunder<BinaryOperator::Divide>},
    {"__rtruediv__", reflectedDunder<BinaryOperator::Divide>},
    {"__floordiv__", plainDunder<BinaryOperator::FloorDivide>},
    {"__rfloordiv__", reflectedDunder<BinaryOperator::FloorDivide>},
    {"__mod__", plainDunder<BinaryOperator::Modulo>},
    {"__rmod__", reflectedDunder<BinaryOperator::Modulo>},
    {"__pow__", numberPower},
    {"__rpow__", reflectedDunder<BinaryOperator::Power>},
    {"__neg__", unaryDunder<UnaryOperator::Minus>},
    {"__pos__", unaryDunder<UnaryOperator::Plus>},
    {"__abs__", numberAbs},
    {"__bool__", numberBool},
    {"__hash__", hashDunder},
    {"__repr__", numberRepr},
    {"__format__", formatDunder},
    {"__divmod__", numberDivmod},
    {"conjugate", numberConjugate},
};

const NativeMethod kInt[] = {
    {"__and__", plainDunder<BinaryOperator::BitAnd>},
    {"__rand__", reflectedDunder<BinaryOperator::BitAnd>},
    {"__or__", plainDunder<BinaryOperator::BitOr>},
    {"__ror__", reflectedDunder<BinaryOperator::BitOr>},
    {"__xor__", plainDunder<BinaryOperator::BitXor>},
    {"__rxor__", reflectedDunder<BinaryOperator::BitXor>},
    {"__lshift__", plainDunder<BinaryOperator::LeftShift>},
    {"__rlshift__", reflectedDunder<BinaryOperator::LeftShift>},
    {"__rshift__", plainDunder<BinaryOperator::RightShift>},
    {"__rrshift__", reflectedDunder<BinaryOperator::RightShift>},
    {"__invert__", unaryDunder<UnaryOperator::Invert>},
    {"__int__", intSelf},
    {"__index__", intSelf},
    {"__float__", numberFloat},
    {"__round__", numberRound},
    {"__trunc__", intSelf},
    {"__floor__", intSelf},
    {"__ceil__", intSelf},
    {"bit_length", intBitLength},
    {"bit_count", intBitCount},
    {"to_bytes", intToBytes},
    {"from_bytes", intFromBytes, Sort::ClassMethod},
    {"as_integer_ratio", intAsRatio},
    {"real", intSelf, Sort::Property},
    {"imag", intZero, Sort::Property},
    {"numerator", intSelf, Sort::Property},
    {"denominator", intOne, Sort::Property},
};

const NativeMethod kFloat[] = {
    {"__int__", numberTrunc},
    {"__trunc__", numberTrunc},
    {"__floor__", numberFloor},
    {"__ceil__", numberCeil},
    {"__float__", numberFloat},
    {"__round__", numberRound},
    {"is_integer", floatIsInteger},
    {"as_integer_ratio", floatAsRatio},
    {"hex", floatHex},
    {"fromhex", floatFromHex, Sort::ClassMethod},
    {"real", numberFloat, Sort::Property},
    {"imag", [](Interpreter &py, const Value &, Arguments &) { return py.floating(0.0); }, Sort::Property},
};

const NativeMethod kComplex[] = {{"real", complexReal, Sort::Property}, {"imag", complexImaginary, Sort::Property}};

} // namespace

BuiltinRow intRow() { return {"int", BuiltinClass::Object, constructInt, {kNumber, comparisonDunders(), kInt}}; }
BuiltinRow boolRow() { return {"bool", BuiltinClass::Int, constructBool, {}}; }
BuiltinRow floatRow() { return {"float", BuiltinClass::Object, constructFloat, {kNumber, comparisonDunders(), kFloat}}; }
BuiltinRow complexRow() { return {"complex", BuiltinClass::Object, constructComplex, {kNumber, comparisonDunders(), kComplex}}; }

} // namespace stillroom::python
