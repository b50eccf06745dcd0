// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "script/objects.h"
#include "sql/operation.h"

#include <string_view>

/// From Python values to the plain data of core/sql. All of them stop on an Unknown with its reason, and raise what
/// SQLAlchemy would raise (ArgumentError and the like) for a value of the wrong kind. `use` says what the value was for.
namespace stillroom::script {

class Library;

// --- plain values ---
[[nodiscard]] QString toText(Library &library, const python::Value &value, std::string_view use);                        ///< a str (or str subclass)
[[nodiscard]] std::optional<QString> toOptionalText(Library &library, const python::Value &value, std::string_view use); ///< None, Empty: nullopt
[[nodiscard]] bool toBool(Library &library, const python::Value &value, bool whenEmpty);
[[nodiscard]] std::optional<bool> toOptionalBool(Library &library, const python::Value &value); ///< None, Empty: nullopt
[[nodiscard]] std::optional<qint64> toOptionalInteger(Library &library, const python::Value &value, std::string_view use);
/// A name with its marks: op.f(), quoted_name(). None and Empty: an empty identifier.
[[nodiscard]] sql::Identifier toIdentifier(Library &library, const python::Value &value, std::string_view use);
[[nodiscard]] std::vector<sql::Identifier> toIdentifiers(Library &library, const python::Value &list, std::string_view use);

// --- types ---
/// A type object, a type class, None (NullType). TypeDecorator and UserDefinedType subclasses are evaluated for the dialect.
[[nodiscard]] sql::SqlType toSqlType(Library &library, const python::Value &type);
[[nodiscard]] sql::SqlTypePtr toSqlTypePtr(Library &library, const python::Value &type); ///< null for Empty, None, NullType
/// The type object SQLAlchemy gives a plain value: Integer for 5, String for "x", NullType for the rest.
[[nodiscard]] sql::SqlTypePtr typeOfLiteral(const sql::Literal &literal);
[[nodiscard]] bool isTypeObject(Library &library, const python::Value &value); ///< instance or class

// --- expressions ---
[[nodiscard]] sql::Literal toLiteral(Library &library, const python::Value &value, std::string_view use = {});
/// An expression object as it is; any other value as a bound literal of `type` (null: the type the value implies).
[[nodiscard]] sql::ExpressionPtr toExpression(Library &library, const python::Value &value, const sql::SqlTypePtr &type = nullptr);
/// Where SQLAlchemy takes a plain string as SQL text (CheckConstraint, Index(postgresql_where=…), server_default=text).
[[nodiscard]] sql::ExpressionPtr toTextExpression(Library &library, const python::Value &value, std::string_view use);
/// statement.compile(bind, dialect=, compile_kwargs=): an object whose str() is the text. (compile.cpp)
[[nodiscard]] python::Value compile(Library &library, const python::Value &element, python::Arguments &arguments);
/// What compiling an element by itself writes: a statement, DDL, or an expression alone.
[[nodiscard]] sql::Operation::Kind compiledOperation(Library &library, const python::Value &element);
[[nodiscard]] QString compiledType(Library &library, const python::Value &type, python::Arguments &arguments);
/// What a function that the script gave to compiles() writes for an element; nullopt: there is none.
[[nodiscard]] std::optional<QString> compiledElement(Library &library, const python::Value &element);
/// The expression of an object that has one (also __clause_element__() and __html__-free wrappers); null if it has none.
[[nodiscard]] sql::ExpressionPtr expressionOf(Library &library, const python::Value &value);
[[nodiscard]] sql::FromPtr toFrom(Library &library, const python::Value &value, std::string_view use);

// --- making objects ---
/// A new instance of ColumnElement (or of the class given) with this expression, as operators and functions return it.
/// The __table__ of a mapped class, which a statement of that class is about; Empty: it has none. Stops for one that inherits.
[[nodiscard]] python::Value mappedTable(Library &library, const python::Value &mapped);
/// Stops where expressions, FROM clauses and statements stand so deep in each other that walking them would not end well.
void refuseDepth(Library &library, int depth);
/// The statement, with its depth; stops where that is too much.
[[nodiscard]] sql::StatementPtr keptStatement(Library &library, sql::Statement statement);
[[nodiscard]] python::Value makeElement(Library &library, sql::ExpressionPtr expression, const python::Value &type = {});
[[nodiscard]] python::Value makeElement(Library &library, const python::Value &elementClass, std::unique_ptr<ExpressionPayload> payload);
/// sa.text(text) as an object.
[[nodiscard]] python::Value makeText(Library &library, const QString &text);

// --- options ---
/// Keywords of a dialect (`postgresql_using=`, …) out of what is left of a call's keywords. Others raise TypeError as SQLAlchemy's do.
[[nodiscard]] sql::DialectOptions toDialectOptions(Library &library, std::vector<std::pair<std::string, python::Value>> &keywords,
                                                   std::string_view className);

/// Raises one of sqlalchemy.exc's exceptions. (engine.cpp)
[[noreturn]] void raiseSqlAlchemy(Library &library, std::string_view exceptionName, std::string message);

/// The dialect object of this evaluation: `.name`, `.type_descriptor()`, … (engine.cpp)
[[nodiscard]] python::Value dialectObject(Library &library);

/// Runs what op.execute or a connection was given: a string, text(), a statement, DDL. `parameters` may be Empty.
/// `wantsResult`: the caller may read the rows. The result object, None offline.
python::Value execute(Library &library, const python::Value &statement, const python::Value &parameters, bool wantsResult, bool isAutocommit = false);

} // namespace stillroom::script
