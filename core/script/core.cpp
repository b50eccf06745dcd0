// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"

/// Methods of expressions. Source: SQLAlchemy 2.0, "Column Elements and Expressions".
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::Value;

namespace {

sql::ExpressionPtr own(Library &library, const Value &self) { return toExpression(library, self); }

python::Native unary(Library &library, sql::UnaryExpression::Kind kind)
{
    return [&library, kind](Interpreter &, const Value &self, Arguments &) {
        return makeElement(library, sql::makeExpression(sql::UnaryExpression{kind, own(library, self), {}}));
    };
}

python::Native binary(Library &library, sql::BinaryKind kind)
{
    return [&library, kind](Interpreter &, const Value &self, Arguments &arguments) {
        sql::BinaryExpression expression{};
        expression.kind = kind;
        expression.left = own(library, self);
        expression.right = toExpression(library, arguments.positional.at(0));
        return makeElement(library, sql::makeExpression(std::move(expression)));
    };
}

} // namespace

void addColumnOperators(Library &library, ClassBuilder &columnElement)
{
    using Unary = sql::UnaryExpression::Kind;
    columnElement.method("desc", unary(library, Unary::Descending));
    columnElement.method("asc", unary(library, Unary::Ascending));
    columnElement.method("nulls_first", unary(library, Unary::NullsFirst));
    columnElement.method("nulls_last", unary(library, Unary::NullsLast));
    columnElement.method("__eq__", binary(library, sql::BinaryKind::Equal));
    columnElement.method("__ne__", binary(library, sql::BinaryKind::NotEqual));
    columnElement.method("__hash__", [](Interpreter &, const Value &self, Arguments &) {
        return Value::integer(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(self.object()) >> 4U));
    });
    columnElement.method("label", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        const sql::Identifier name = toIdentifier(library, arguments.positional.at(0), "the name of a label");
        return makeElement(library, sql::makeExpression(sql::LabelExpression{name, own(library, self)}));
    });
    columnElement.method("collate", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        const QString collation = toText(library, arguments.positional.at(0), "the name of a collation");
        return makeElement(library, sql::makeExpression(sql::CollateExpression{own(library, self), collation}));
    });
}

void addFunctionMethods(Library &, ClassBuilder &) {}
void addTextMethods(Library &, ClassBuilder &) {}
void addFromMethods(Library &, ClassBuilder &) {}
void addTableMethods(Library &, ClassBuilder &) {}

} // namespace stillroom::script
