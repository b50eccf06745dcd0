// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/runtime.h"

/// The special methods that built-in classes have in common, for derived classes, super() and explicit calls.
namespace stillroom::python {

inline const Value &onlyArgument(Interpreter &py, std::string_view name, const Arguments &a)
{
    expectArguments(py, name, a, 1, 1);
    return a.positional[0];
}

/// Whether the method of an int leaves this operand to a float or a complex.
inline bool isLeftToFloat(const Value &self, const Value &other)
{
    return isInteger(plain(self)) && (plain(other).isKind(ObjectKind::Float) || plain(other).isKind(ObjectKind::Complex));
}
template<BinaryOperator op>
Value plainDunder(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &other = onlyArgument(py, "operator", a);
    return isLeftToFloat(self, other) ? py.state().notImplemented : plainBinary(py, op, plain(self), plain(other));
}
template<BinaryOperator op>
Value reflectedDunder(Interpreter &py, const Value &self, Arguments &a)
{
    return plainBinary(py, op, plain(onlyArgument(py, "operator", a)), plain(self));
}
template<BinaryOperator op>
Value inPlaceDunder(Interpreter &py, const Value &self, Arguments &a)
{
    const Value result = binaryOperation(py, op, plain(self), plain(onlyArgument(py, "operator", a)), true);
    return result.isSame(plain(self)) ? self : result;
}
template<ComparisonOperator op>
Value compareDunder(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &other = onlyArgument(py, "comparison", a);
    if (other.isKind(ObjectKind::Instance) && !other.as<InstanceObject>()->base)
        return py.state().notImplemented;
    const bool isText = plain(self).isString() != plain(other).isString();
    if (!other.isUnknown() && (isText || isLeftToFloat(self, other)))
        return py.state().notImplemented;
    return plainCompare(py, op, plain(self), plain(other));
}
template<UnaryOperator op>
Value unaryDunder(Interpreter &py, const Value &self, Arguments &)
{
    return plainUnary(py, op, plain(self));
}
inline Value reprDunder(Interpreter &py, const Value &self, Arguments &) { return py.reprValue(plain(self)); }
inline Value strDunder(Interpreter &py, const Value &self, Arguments &) { return py.strValue(plain(self)); }
inline Value hashDunder(Interpreter &py, const Value &self, Arguments &)
{
    return Value::integer(static_cast<std::int64_t>(plainHash(py, plain(self))));
}
inline Value lengthDunder(Interpreter &, const Value &self, Arguments &)
{
    const auto n = plainLength(plain(self));
    return Value::integer(n ? *n : 0);
}
inline Value iterDunder(Interpreter &py, const Value &self, Arguments &) { return plainIterator(py, plain(self)); }
inline Value getItemDunder(Interpreter &py, const Value &self, Arguments &a)
{
    return plainGetItem(py, plain(self), onlyArgument(py, "__getitem__", a));
}
inline Value setItemDunder(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__setitem__", a, 2, 2);
    plainSetItem(py, plain(self), a.positional[0], a.positional[1]);
    return Value::none();
}
inline Value deleteItemDunder(Interpreter &py, const Value &self, Arguments &a)
{
    plainDeleteItem(py, plain(self), onlyArgument(py, "__delitem__", a));
    return Value::none();
}
Value containsDunder(Interpreter &py, const Value &self, Arguments &a);
Value formatDunder(Interpreter &py, const Value &self, Arguments &a);

using MethodTable = std::span<const NativeMethod>;
[[nodiscard]] MethodTable comparisonDunders();

BuiltinRow objectRow();
BuiltinRow typeRow();
BuiltinRow intRow();
BuiltinRow boolRow();
BuiltinRow floatRow();
BuiltinRow complexRow();
BuiltinRow strRow();
BuiltinRow bytesRow();
BuiltinRow byteArrayRow();
BuiltinRow tupleRow();
BuiltinRow listRow();
BuiltinRow rangeRow();
BuiltinRow sliceRow();
BuiltinRow dictRow();
BuiltinRow setRow();
BuiltinRow frozenSetRow();
BuiltinRow dictViewRow(std::string_view name);
BuiltinRow mappingProxyRow();
BuiltinRow functionRow();
BuiltinRow builtinFunctionRow();
BuiltinRow methodRow();
BuiltinRow moduleRow();
BuiltinRow generatorRow();
BuiltinRow coroutineRow();
BuiltinRow propertyRow();
BuiltinRow classMethodRow();
BuiltinRow staticMethodRow();
BuiltinRow superRow();
BuiltinRow cellRow();
BuiltinRow codeRow();
BuiltinRow genericAliasRow();
BuiltinRow unionTypeRow();
BuiltinRow typeVarRow();
BuiltinRow noneRow();
BuiltinRow iteratorRow(BuiltinClass id);
BuiltinRow exceptionRow(std::string_view name, BuiltinClass base);

} // namespace stillroom::python
