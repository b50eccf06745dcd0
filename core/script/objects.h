// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "sql/operation.h"
#include "sql/table.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The C++ state behind the Python objects that scripts make: one payload struct for each family of classes. A Python
/// object's own class says what it is to the script (isinstance), its payload what it is to us.
namespace stillroom::script {

class Library;

/// An instance of a type class (sa.String(20)). Subclasses that the script defines inherit the payload of the native class.
struct TypePayload : python::Payload {
    sql::SqlType type;
    python::Value enumClass; ///< Enum(SomeEnum): the class
    python::Value itemType;  ///< ARRAY, PickleType(impl=), DOMAIN: the type as the script gave it, resolved when read
    python::Value impl;      ///< TypeDecorator: its impl
    std::map<QString, python::Value> variants;
    python::Value metadata;        ///< Enum(metadata=)
    std::optional<bool> asDecimal; ///< Numeric(asdecimal=): what its values in a result are
    std::optional<int> decimalReturnScale;
};

/// A SQL expression: everything below ClauseElement that can stand in a statement. `expression()` is what counts; columns
/// make theirs when asked, since a column may get its table later.
struct ExpressionPayload : python::Payload {
    ExpressionPayload() = default;
    explicit ExpressionPayload(sql::ExpressionPtr e, python::Value t = {}) : fixed(std::move(e)), type(std::move(t)) {}
    [[nodiscard]] virtual sql::ExpressionPtr expression(Library &library) const;
    sql::ExpressionPtr fixed;
    python::Value type; ///< the SQLAlchemy type object, Empty: not known (NullType)
};

/// sa.text(): an expression and a statement in one. `binds` are bindparams given so far.
struct TextPayload final : ExpressionPayload {
    QString text;
    std::map<QString, sql::ExpressionPtr> binds;
    bool varies = false;
    [[nodiscard]] sql::ExpressionPtr expression(Library &library) const override;
};

/// sa.bindparam(). `value` Empty: none given.
struct BindPayload final : ExpressionPayload {
    QString name;
    python::Value value;
    bool isExpanding = false;
    mutable sql::ExpressionPtr kept; ///< one object however often it is asked for
    [[nodiscard]] sql::ExpressionPtr expression(Library &library) const override;
};

/// sa.func.x(...): a call, which .over(), .filter(), … copy and extend.
struct FunctionPayload final : ExpressionPayload {
    sql::FunctionCall call;
    mutable sql::ExpressionPtr kept; ///< one object however often it is asked for: SELECT labels what it lists twice by that
    [[nodiscard]] sql::ExpressionPtr expression(Library &library) const override;
};

/// sa.column() and sa.Column(). For a schema column the rest of the state is in `column`.
struct ColumnPayload : ExpressionPayload {
    QString key; ///< what .c knows it by; the name unless key= was given
    sql::Identifier name;
    sql::FromPtr table; ///< what it belongs to; null: nothing yet
    [[nodiscard]] sql::ExpressionPtr expression(Library &library) const override;
};

/// Something that can stand in FROM: table(), Table, alias, subquery, join, CTE. `columns` by key, in order.
struct FromPayload : python::Payload {
    sql::FromPtr from;
    std::vector<std::pair<std::string, python::Value>> columns;
};

/// A statement that can be executed: select(), insert(), …; op.execute and connections ask for `statement()`.
struct StatementPayload : python::Payload {
    [[nodiscard]] virtual sql::StatementPtr statement(Library &library) const;
    sql::StatementPtr fixed;
    bool isAutocommit = false; ///< execution_options(isolation_level="AUTOCOMMIT")
};

/// A DDL element that op.execute and connections run: DDL(), CreateSchema(), CreateTable(), …
struct DdlPayload : python::Payload {
    std::vector<sql::Operation::Kind> operations;
};

/// A Python value that becomes a literal and is no str, int, float, bytes, list or dict: datetime, date, time, timedelta,
/// Decimal, UUID. The standard library's payloads derive from it, and the conversions here know nothing else of them.
struct LiteralPayload : python::Payload {
    [[nodiscard]] virtual sql::Literal literal() const = 0;
};

// --- schema items ---

struct ForeignKeyPayload final : python::Payload {
    python::Value target; ///< "schema.table.column" or a Column
    sql::ForeignKeyOptions options;
    sql::Identifier name;
    bool isNamed = false;
    std::optional<bool> deferrable;
    QString initially, comment;
    sql::DialectOptions dialectOptions;
    bool linksToName = false;
};

struct ConstraintPayload final : python::Payload {
    sql::Constraint constraint; ///< columns and names are resolved when the table takes it
    bool isNamed = false;       ///< name=None leaves the name to the naming convention
    bool isNameSkipped = false; ///< name given as None to a type's CHECK: no convention either
    std::vector<python::Value> columns;
    std::vector<python::Value> referred; ///< ForeignKeyConstraint: targets as given
    python::Value condition;             ///< CheckConstraint: as given
    int creationOrder = 0;
    bool isAttached = false;
};

struct IndexPayload final : python::Payload {
    sql::Index index;
    bool isNamed = false;
    std::vector<python::Value> elements;
    bool isAttached = false;
};

struct SequencePayload final : python::Payload {
    sql::Sequence sequence;
};
struct IdentityPayload final : python::Payload {
    sql::Identity identity;
};
struct ComputedPayload final : python::Payload {
    sql::Computed computed;
};
struct DefaultPayload final : python::Payload { ///< DefaultClause, FetchedValue
    python::Value argument;                     ///< Empty: FetchedValue, nothing to write
};

/// sa.Column(): arguments are kept and turned into sql::Column when a table, or op.add_column, takes it.
struct SchemaColumnPayload final : ColumnPayload {
    sql::Column column; ///< everything but type, names of constraints and expressions
    python::Value serverDefault;
    bool hasPythonDefault = false;
    python::Value insertDefault, updateDefault; ///< default=, onupdate=: a value, a callable or an expression
    std::vector<python::Value> foreignKeys;     ///< ForeignKey objects
    std::vector<python::Value> constraints;     ///< CheckConstraint objects given to the column
    bool isUnique = false, hasIndex = false;
    int creationOrder = 0;
};

struct MetaDataPayload final : python::Payload {
    std::map<QString, QString> namingConvention;
    std::map<QString, python::Value> namingFunctions; ///< tokens that the script computes
    sql::Identifier schema;
    std::vector<std::pair<std::string, python::Value>> tables; ///< by key, in order of definition
    std::string missing;                                       ///< why there may be more tables than these; empty: there are not
    bool isOfModule = false;                                   ///< made by a module of the project, not by the script
};

struct TablePayload final : FromPayload {
    sql::QualifiedName name;
    std::map<QString, QString> namingConvention;
    std::vector<python::Value> constraints; ///< Constraint objects in the order in which they were created
    std::vector<python::Value> indexes;
    python::Value primaryKey; ///< explicit PrimaryKeyConstraint, or Empty
    QStringList prefixes;
    std::optional<QString> comment;
    sql::DialectOptions options;
    python::Value metadata;
};

} // namespace stillroom::script
