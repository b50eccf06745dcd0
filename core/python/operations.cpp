// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"
#include "python/textmethods.h"

#include <algorithm>
#include <array>
#include <cmath>

/// Operators (Python reference, "Emulating numeric types", "Comparisons"; library reference, "Sequence Types").
namespace stillroom::python {

namespace {

struct OperatorNames {
    std::string_view plain, reflected, inPlace, sign;
};
constexpr std::array<OperatorNames, 13> kOperators{{{"__add__", "__radd__", "__iadd__", "+"},
                                                    {"__sub__", "__rsub__", "__isub__", "-"},
                                                    {"__mul__", "__rmul__", "__imul__", "*"},
                                                    {"__matmul__", "__rmatmul__", "__imatmul__", "@"},
                                                    {"__truediv__", "__rtruediv__", "__itruediv__", "/"},
                                                    {"__floordiv__", "__rfloordiv__", "__ifloordiv__", "//"},
                                                    {"__mod__", "__rmod__", "__imod__", "%"},
                                                    {"__pow__", "__rpow__", "__ipow__", "** or pow()"},
                                                    {"__lshift__", "__rlshift__", "__ilshift__", "<<"},
                                                    {"__rshift__", "__rrshift__", "__irshift__", ">>"},
                                                    {"__or__", "__ror__", "__ior__", "|"},
                                                    {"__xor__", "__rxor__", "__ixor__", "^"},
                                                    {"__and__", "__rand__", "__iand__", "&"}}};

bool hasDunders(const Value &v)
{
    return v.isKind(ObjectKind::Instance) || v.isKind(ObjectKind::Class) || (v.isKind(ObjectKind::Tuple) && v.as<TupleObject>()->namedClass);
}

/// Calls a dunder by name; false when the class has none or it answers NotImplemented.
bool tryDunder(Interpreter &py, const Value &object, std::string_view name, const Value &argument, Value &result)
{
    Interpreter::State &st = py.state();
    ClassObject *cls = st.classOf(object);
    const Value *found = st.lookup(cls, st.intern(name));
    if (!found || found->isNone())
        return false;
    const Value held = *found;
    if (auto *native = held.to<NativeFunctionObject>(); native && native->isMethod) {
        const DepthGuard guard(py);
        Arguments a{{argument}, {}};
        result = callNative(py, native, object, a);
    } else {
        result = callFunction(py, bindAttribute(py, held, object, cls), {{argument}, {}});
    }
    return !result.isKind(ObjectKind::NotImplemented);
}

Value floatBinary(Interpreter &py, BinaryOperator op, double x, double y, bool varies)
{
    const auto make = [&](double d) { return py.state().newFloat(d, varies); };
    switch (op) {
    case BinaryOperator::Add:
        return make(x + y);
    case BinaryOperator::Subtract:
        return make(x - y);
    case BinaryOperator::Multiply:
        return make(x * y);
    case BinaryOperator::Divide:
        if (y == 0)
            raiseException(py, BuiltinClass::ZeroDivisionError, "float division by zero");
        return make(x / y);
    case BinaryOperator::FloorDivide:
        if (y == 0)
            raiseException(py, BuiltinClass::ZeroDivisionError, "float floor division by zero");
        return make(pythonFloorDivide(x, y));
    case BinaryOperator::Modulo:
        if (y == 0)
            raiseException(py, BuiltinClass::ZeroDivisionError, "float modulo");
        return make(pythonModulo(x, y));
    case BinaryOperator::Power: {
        if (x == 0 && y < 0)
            raiseException(py, BuiltinClass::ZeroDivisionError, "0.0 cannot be raised to a negative power");
        if (x < 0 && std::isfinite(x) && std::isfinite(y) && std::floor(y) != y) {
            const double magnitude = std::pow(-x, y);
            const double angle = std::acos(-1.0) * y;
            return Value::fromObject(py.state().make<ComplexObject>(magnitude * std::cos(angle), magnitude * std::sin(angle)));
        }
        const double r = std::pow(x, y);
        if (std::isinf(r) && std::isfinite(x) && std::isfinite(y))
            raiseException(py, BuiltinClass::OverflowError, "(34, 'Numerical result out of range')");
        return make(r);
    }
    case BinaryOperator::MatrixMultiply:
    case BinaryOperator::LeftShift:
    case BinaryOperator::RightShift:
    case BinaryOperator::BitOr:
    case BinaryOperator::BitXor:
    case BinaryOperator::BitAnd:
        return py.state().notImplemented;
    }
    return {};
}

Value complexBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b)
{
    struct Parts {
        double re, im;
    };
    const auto parts = [&](const Value &v) -> Parts {
        if (const auto *c = v.to<ComplexObject>())
            return {c->real, c->imaginary};
        return {doubleOf(py, v), 0.0};
    };
    const Parts x = parts(a);
    const Parts y = parts(b);
    const auto make = [&](double re, double im) { return Value::fromObject(py.state().make<ComplexObject>(re, im)); };
    switch (op) {
    case BinaryOperator::Add:
        return make(x.re + y.re, x.im + y.im);
    case BinaryOperator::Subtract:
        return make(x.re - y.re, x.im - y.im);
    case BinaryOperator::Multiply:
        return make(x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
    case BinaryOperator::Divide: {
        if (y.re == 0 && y.im == 0)
            raiseException(py, BuiltinClass::ZeroDivisionError, "complex division by zero");
        if (std::fabs(y.re) >= std::fabs(y.im)) { // as CPython divides, against overflow
            const double ratio = y.im / y.re;
            const double d = y.re + y.im * ratio;
            return make((x.re + x.im * ratio) / d, (x.im - x.re * ratio) / d);
        }
        const double ratio = y.re / y.im;
        const double d = y.re * ratio + y.im;
        return make((x.re * ratio + x.im) / d, (x.im * ratio - x.re) / d);
    }
    case BinaryOperator::Power: {
        if (y.im == 0 && y.re == std::floor(y.re) && std::fabs(y.re) <= 100) { // by multiplication, as CPython does
            Parts power{1, 0};
            Parts factor = x;
            for (auto n = static_cast<unsigned>(std::fabs(y.re)); n > 0; n >>= 1) {
                if (n & 1)
                    power = {power.re * factor.re - power.im * factor.im, power.re * factor.im + power.im * factor.re};
                factor = {factor.re * factor.re - factor.im * factor.im, 2 * factor.re * factor.im};
            }
            const Value whole = make(power.re, power.im);
            return y.re < 0 ? complexBinary(py, BinaryOperator::Divide, make(1, 0), whole) : whole;
        }
        if (x.re == 0 && x.im == 0) {
            if (y.im != 0 || y.re < 0)
                raiseException(py, BuiltinClass::ZeroDivisionError, "zero to a negative or complex power");
            return make(0, 0);
        }
        const double magnitude = std::hypot(x.re, x.im);
        const double angle = std::atan2(x.im, x.re);
        const double length = std::pow(magnitude, y.re) / std::exp(angle * y.im);
        const double phase = angle * y.re + y.im * std::log(magnitude);
        return make(length * std::cos(phase), length * std::sin(phase));
    }
    default:
        return py.state().notImplemented;
    }
}

Value repeated(Interpreter &py, const Value &sequence, const Value &times)
{
    const auto count64 = Interpreter::toInt64(times);
    if (!count64 && integerSign(times) > 0)
        py.state().overMemory();
    const std::size_t count = count64 && *count64 > 0 ? static_cast<std::size_t>(*count64) : 0;
    const auto check = [&](std::size_t unit) {
        if (unit > 0 && count > py.state().budget.memoryBytes / unit)
            py.state().overMemory();
        py.state().willAllocate(unit * count);
    };
    if (const auto *s = sequence.to<StringObject>()) {
        check(s->text.size());
        std::string text;
        text.reserve(s->text.size() * count);
        for (std::size_t i = 0; i < count && !s->text.empty(); ++i)
            text += s->text;
        return py.state().newString(std::move(text), s->varies);
    }
    if (sequence.isKind(ObjectKind::Bytes) || sequence.isKind(ObjectKind::ByteArray)) {
        const bool isArray = sequence.isKind(ObjectKind::ByteArray);
        const std::string &bytes = isArray ? sequence.as<ByteArrayObject>()->bytes : sequence.as<BytesObject>()->bytes;
        check(bytes.size());
        std::string out;
        for (std::size_t i = 0; i < count && !bytes.empty(); ++i)
            out += bytes;
        return isArray ? Value::fromObject(py.state().make<ByteArrayObject>(std::move(out))) : py.bytes(out);
    }
    const Values &items = sequence.isKind(ObjectKind::List) ? sequence.as<ListObject>()->items : sequence.as<TupleObject>()->items;
    check(items.size() * sizeof(Value));
    py.state().countSteps(items.size() * count / 16);
    Values out;
    out.reserve(items.size() * count);
    for (std::size_t i = 0; i < count && !items.empty(); ++i)
        out.insert(out.end(), items.begin(), items.end());
    return sequence.isKind(ObjectKind::List) ? py.list(std::move(out)) : py.tuple(std::move(out));
}

bool isRepeatable(const Value &v)
{
    return v.isString() || v.isKind(ObjectKind::List) || v.isKind(ObjectKind::Tuple) || v.isKind(ObjectKind::Bytes) ||
           v.isKind(ObjectKind::ByteArray);
}

const std::string *byteText(const Value &v)
{
    if (v.isKind(ObjectKind::Bytes))
        return &v.as<BytesObject>()->bytes;
    if (v.isKind(ObjectKind::ByteArray))
        return &v.as<ByteArrayObject>()->bytes;
    return nullptr;
}

Value concatenated(Interpreter &py, const Value &a, const Value &b)
{
    if (a.isString() && b.isString()) {
        const auto *x = a.as<StringObject>();
        const auto *y = b.as<StringObject>();
        py.state().willAllocate(x->text.size() + y->text.size());
        return py.state().newString(x->text + y->text, x->varies || y->varies);
    }
    if (a.isKind(ObjectKind::List) && b.isKind(ObjectKind::List)) {
        py.state().willAllocate((a.as<ListObject>()->items.size() + b.as<ListObject>()->items.size()) * sizeof(Value));
        Values out = a.as<ListObject>()->items;
        out.insert(out.end(), b.as<ListObject>()->items.begin(), b.as<ListObject>()->items.end());
        return py.list(std::move(out));
    }
    if (a.isKind(ObjectKind::Tuple) && b.isKind(ObjectKind::Tuple)) {
        py.state().willAllocate((a.as<TupleObject>()->items.size() + b.as<TupleObject>()->items.size()) * sizeof(Value));
        Values out = a.as<TupleObject>()->items;
        out.insert(out.end(), b.as<TupleObject>()->items.begin(), b.as<TupleObject>()->items.end());
        return py.tuple(std::move(out));
    }
    if (byteText(a) && byteText(b)) {
        py.state().willAllocate(byteText(a)->size() + byteText(b)->size());
        std::string out = *byteText(a) + *byteText(b);
        return a.isKind(ObjectKind::Bytes) ? py.bytes(out) : Value::fromObject(py.state().make<ByteArrayObject>(std::move(out)));
    }
    return py.state().notImplemented;
}

bool inSetLike(Interpreter &py, const Value &container, const Value &item)
{
    if (SetObject *s = asSet(container))
        return s->table.find(py, item, py.hash(item)) != nullptr;
    return containsValue(py, container, item).isTrue();
}

bool isSetLike(const Value &v)
{
    return asSet(v) || (v.isKind(ObjectKind::DictView) &&
                        (v.as<DictViewObject>()->part == DictViewObject::Part::Keys || v.as<DictViewObject>()->part == DictViewObject::Part::Items));
}

Value setBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b)
{
    const bool frozen = a.isKind(ObjectKind::FrozenSet);
    auto *out = py.state().make<SetObject>(frozen);
    out->isScripts = py.state().runsProjectCode() || (asSet(a) && asSet(a)->isScripts) || (asSet(b) && asSet(b)->isScripts);
    const Value held = Value::fromObject(out);
    const auto add = [&](const Value &from, bool inOther, const Value &other, bool always) {
        forEach(py, from, [&](const Value &v) {
            if (always || inSetLike(py, other, v) == inOther)
                setAdd(py, out, v);
            return true;
        });
    };
    switch (op) {
    case BinaryOperator::BitOr:
        add(a, true, b, true);
        add(b, true, a, true);
        return held;
    case BinaryOperator::BitAnd:
        add(a, true, b, false);
        return held;
    case BinaryOperator::Subtract:
        add(a, false, b, false);
        return held;
    case BinaryOperator::BitXor:
        add(a, false, b, false);
        add(b, false, a, false);
        return held;
    default:
        return py.state().notImplemented;
    }
}

bool isTypeLike(Interpreter &py, const Value &v)
{
    if (v.isKind(ObjectKind::Class) || v.isNone())
        return true;
    if (!v.isKind(ObjectKind::Instance))
        return false;
    const ClassObject *c = v.as<InstanceObject>()->cls;
    return c == py.state().cls(BuiltinClass::GenericAlias) || c == py.state().cls(BuiltinClass::UnionType) ||
           c == py.state().cls(BuiltinClass::TypeVar);
}

/// `a op= b` for built-in containers: changes a. Empty if this kind has no operation in place.
Value changedInPlace(Interpreter &py, BinaryOperator op, const Value &a, const Value &b)
{
    if (auto *list = a.to<ListObject>()) {
        touch(list);
        if (op == BinaryOperator::Add) {
            if (b.isUnknown())
                return b;
            const Values more = py.toVector(b);
            for (const Value &v : more)
                appendTo(py, list, v);
            return a;
        }
        if (op == BinaryOperator::Multiply && isInteger(b)) {
            const Value product = repeated(py, a, b);
            list->items = std::move(product.as<ListObject>()->items);
            py.state().account(list, list->items.capacity() * sizeof(Value));
            return a;
        }
        return {};
    }
    if (auto *array = a.to<ByteArrayObject>(); array && op == BinaryOperator::Add && byteText(b)) {
        array->bytes += *byteText(b);
        return a;
    }
    if (auto *dict = a.to<DictObject>(); dict && op == BinaryOperator::BitOr) {
        if (b.isUnknown())
            return b;
        dictUpdate(py, dict, b);
        return a;
    }
    if (a.isKind(ObjectKind::Set) && isSetLike(b)) {
        const Value result = setBinary(py, op, a, b);
        if (SetObject *made = asSet(result)) {
            a.as<SetObject>()->table.copyFrom(made->table);
            return a;
        }
    }
    return {};
}

} // namespace

std::string_view operatorSign(BinaryOperator op) { return kOperators[static_cast<std::size_t>(op)].sign; }

Value plainBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b)
{
    const bool integerA = isInteger(a);
    const bool integerB = isInteger(b);
    if (integerA && integerB)
        return op == BinaryOperator::Divide ? integerTrueDivide(py, a, b) : integerBinary(py, op, a, b);
    const auto *floatA = a.to<FloatObject>();
    const auto *floatB = b.to<FloatObject>();
    if ((floatA || integerA) && (floatB || integerB))
        return floatBinary(py, op, floatA ? floatA->value : integerToDouble(py, a), floatB ? floatB->value : integerToDouble(py, b),
                           (floatA && floatA->varies) || (floatB && floatB->varies));
    if (op == BinaryOperator::Modulo && a.isString())
        return percentFormat(py, a, b);
    if (op == BinaryOperator::Modulo && byteText(a)) {
        const Value formatted = percentFormat(py, py.string(textOfBytes(*byteText(a))), b, true);
        if (formatted.isUnknown())
            return formatted;
        const std::string bytes = bytesOfText(formatted.as<StringObject>()->text);
        return a.isKind(ObjectKind::Bytes) ? py.bytes(bytes) : Value::fromObject(py.state().make<ByteArrayObject>(bytes));
    }
    if (op == BinaryOperator::Add) {
        Value joined = concatenated(py, a, b);
        if (!joined.isKind(ObjectKind::NotImplemented))
            return joined;
    }
    if (op == BinaryOperator::Multiply) {
        if (isRepeatable(a) && integerB)
            return repeated(py, a, b);
        if (isRepeatable(b) && integerA)
            return repeated(py, b, a);
    }
    const bool numberA = integerA || floatA || a.isKind(ObjectKind::Complex);
    const bool numberB = integerB || floatB || b.isKind(ObjectKind::Complex);
    if (numberA && numberB)
        return complexBinary(py, op, a, b);
    if (isSetLike(a) && isSetLike(b))
        return setBinary(py, op, a, b);
    if (op == BinaryOperator::BitOr) {
        if (a.isKind(ObjectKind::Dict) && b.isKind(ObjectKind::Dict)) {
            Value out = py.dict();
            out.as<DictObject>()->table.copyFrom(a.as<DictObject>()->table);
            dictUpdate(py, out.as<DictObject>(), b);
            return out;
        }
        if (isTypeLike(py, a) && isTypeLike(py, b) && !(a.isNone() && b.isNone()))
            return unionType(py, a, b);
    }
    return py.state().notImplemented;
}

Value binaryOperation(Interpreter &py, BinaryOperator op, const Value &a, const Value &b, bool inPlace)
{
    if (a.isSmallInteger() && b.isSmallInteger() && op != BinaryOperator::Divide && op != BinaryOperator::MatrixMultiply)
        return integerBinary(py, op, a, b);
    if (a.isUnknown())
        return a;
    const OperatorNames &names = kOperators[static_cast<std::size_t>(op)];
    const bool dundersA = hasDunders(a);
    const bool dundersB = hasDunders(b);
    Value result;
    if (inPlace) {
        if (dundersA) {
            if (b.isUnknown())
                return b;
            if (tryDunder(py, a, names.inPlace, b, result))
                return result;
        } else if ((result = changedInPlace(py, op, a, b))) {
            return result;
        }
    }
    if (b.isUnknown())
        return b;
    if (!dundersA && !dundersB) {
        result = plainBinary(py, op, a, b);
    } else {
        Interpreter::State &st = py.state();
        const ClassObject *classA = st.classOf(a);
        ClassObject *classB = st.classOf(b);
        const bool sameClass = classA == classB;
        // the right operand goes first when its class is derived from the left one's and has its own reflected method
        bool reflectedFirst = false;
        if (!sameClass && isSubclassOf(classB, classA)) {
            StringObject *name = st.intern(names.reflected);
            const Value *own = st.lookup(classB, name);
            reflectedFirst = own && own != st.lookup(const_cast<ClassObject *>(classA), name);
        }
        if (reflectedFirst && tryDunder(py, b, names.reflected, a, result))
            return result;
        if (tryDunder(py, a, names.plain, b, result))
            return result;
        if (!reflectedFirst && !sameClass && tryDunder(py, b, names.reflected, a, result))
            return result;
        result = (isTypeLike(py, a) && isTypeLike(py, b)) || (a.isString() && op == BinaryOperator::Modulo) ? plainBinary(py, op, a, b)
                                                                                                            : st.notImplemented;
    }
    if (!result.isKind(ObjectKind::NotImplemented))
        return result;
    if (a.isString() && op == BinaryOperator::Add)
        raiseException(py, BuiltinClass::TypeError, "can only concatenate str (not \"" + py.className(b) + "\") to str");
    raiseException(py, BuiltinClass::TypeError,
                   "unsupported operand type(s) for " + std::string(names.sign) + (inPlace ? "=" : "") + ": '" + py.className(a) + "' and '" +
                       py.className(b) + "'");
}

Value plainUnary(Interpreter &py, UnaryOperator op, const Value &a)
{
    switch (op) {
    case UnaryOperator::Not:
        return Value::boolean(!py.truth(a));
    case UnaryOperator::Plus:
        if (isInteger(a))
            return a.isBoolean() ? Value::integer(smallOf(a)) : a;
        if (a.isKind(ObjectKind::Float) || a.isKind(ObjectKind::Complex))
            return a;
        break;
    case UnaryOperator::Minus:
        if (isInteger(a))
            return integerNegate(py, a);
        if (const auto *f = a.to<FloatObject>())
            return py.state().newFloat(-f->value, f->varies);
        if (const auto *c = a.to<ComplexObject>())
            return Value::fromObject(py.state().make<ComplexObject>(-c->real, -c->imaginary));
        break;
    case UnaryOperator::Invert:
        if (isInteger(a))
            return integerInvert(py, a);
        break;
    }
    return py.state().notImplemented;
}

Value unaryOperation(Interpreter &py, UnaryOperator op, const Value &a)
{
    if (a.isUnknown())
        return a;
    Value result;
    if (hasDunders(a)) {
        const Word w = op == UnaryOperator::Minus ? Word::neg : op == UnaryOperator::Plus ? Word::pos : Word::invert;
        if (op != UnaryOperator::Not && callSpecial(py, a, w, {}, result))
            return result;
        result = op == UnaryOperator::Not ? Value::boolean(!py.truth(a)) : py.state().notImplemented;
    } else {
        result = plainUnary(py, op, a);
    }
    if (result.isKind(ObjectKind::NotImplemented))
        raiseException(py, BuiltinClass::TypeError,
                       std::string("bad operand type for unary ") +
                           (op == UnaryOperator::Minus  ? "-"
                            : op == UnaryOperator::Plus ? "+"
                                                        : "~") +
                           ": '" + py.className(a) + "'");
    return result;
}

} // namespace stillroom::python
