// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/identifier.h"
#include "sql/type.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

/// SQL expressions and DML statements as scripts build them with SQLAlchemy Core, before a dialect writes them with
/// literal values. Trees of immutable nodes. Source: SQLAlchemy 2.0, "SQL Statements and Expressions API".
namespace stillroom::sql {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;
struct Statement;
using StatementPtr = std::shared_ptr<const Statement>;
struct FromClause;
using FromPtr = std::shared_ptr<const FromClause>;

/// A value that becomes a literal. `text` holds digits for Integer and Decimal, ISO forms for dates and times as
/// Python's str() gives them, JSON as json.dumps gives it, repr() for floats.
struct Literal {
    enum class Kind { Null, Boolean, Integer, Float, Decimal, String, Bytes, Date, Time, DateTime, Interval, Uuid, Json, List };
    Kind kind = Kind::Null;
    bool boolean = false;
    QString text;
    QByteArray bytes;
    std::vector<Literal> items; ///< List (arrays, IN)
    bool varies = false;        ///< another run would give another value
    bool operator==(const Literal &) const = default;
};

enum class BinaryKind {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Concat,
    Is,
    IsNot,
    IsDistinctFrom,
    IsNotDistinctFrom,
    Like,
    NotLike,
    ILike,
    NotILike,
    RegexpMatch,
    NotRegexpMatch,
    In,
    NotIn,
    Between,
    NotBetween,
    Custom, ///< `custom` holds the operator (`@>`, `->>`, op('&'))
};

struct TextClause { ///< sa.text(); `:name` binds found in the text, in order
    QString text;
    std::map<QString, ExpressionPtr> binds;
};
struct LiteralColumn {
    QString text;
}; ///< literal_column(): verbatim
struct ColumnReference {
    FromPtr table; ///< null: column('x') alone
    Identifier name;
};
struct BoundValue {
    Literal value;
    QString name;
    bool isLiteralExecute = false;
};
struct ConstantExpression {
    enum class Kind { Null, True, False } kind;
};
struct UnaryExpression {
    enum class Kind { Not, Negative, Exists, Distinct, Ascending, Descending, NullsFirst, NullsLast, Any, All, Custom } kind;
    ExpressionPtr operand;
    QString custom;
};
struct BinaryExpression {
    BinaryKind kind;
    ExpressionPtr left;
    ExpressionPtr right;
    ExpressionPtr third;
    QString custom;
    std::optional<QString> escape;
    QString flags;
    int precedence = 0;
}; ///< third: upper bound of BETWEEN
struct BooleanClauses {
    bool isOr = false;
    std::vector<ExpressionPtr> clauses;
};
struct Over {
    std::vector<ExpressionPtr> partitionBy;
    std::vector<ExpressionPtr> orderBy;
    QString frame;
};
struct FunctionCall {
    QString name; ///< dotted for packages: `pg_catalog.now`
    std::vector<ExpressionPtr> arguments;
    ExpressionPtr filter;
    std::optional<Over> over;
    std::vector<ExpressionPtr> withinGroup;
    std::vector<ExpressionPtr> aggregateOrderBy;
};
struct CaseExpression {
    ExpressionPtr value;
    std::vector<std::pair<ExpressionPtr, ExpressionPtr>> whens;
    ExpressionPtr otherwise;
};
struct CastExpression {
    ExpressionPtr operand;
    SqlTypePtr type;
    bool isTry = false;
};
struct TypeCoerce {
    ExpressionPtr operand;
    SqlTypePtr type;
};
struct CollateExpression {
    ExpressionPtr operand;
    QString collation;
};
struct ExtractExpression {
    QString field;
    ExpressionPtr operand;
};
struct LabelExpression {
    Identifier label;
    ExpressionPtr operand;
};
struct TupleExpression {
    std::vector<ExpressionPtr> items;
};
struct ArrayExpression {
    std::vector<ExpressionPtr> items;
};
struct GroupingExpression {
    ExpressionPtr operand;
};
struct ScalarSubquery {
    StatementPtr select;
};

struct Expression {
    using Node = std::variant<TextClause, LiteralColumn, ColumnReference, BoundValue, ConstantExpression, UnaryExpression, BinaryExpression,
                              BooleanClauses, FunctionCall, CaseExpression, CastExpression, TypeCoerce, CollateExpression, ExtractExpression,
                              LabelExpression, TupleExpression, ArrayExpression, GroupingExpression, ScalarSubquery>;
    Node node;
    SqlTypePtr type; ///< may be null
};

template<class T>
[[nodiscard]] ExpressionPtr makeExpression(T node, SqlTypePtr type = nullptr)
{
    return std::make_shared<const Expression>(Expression{std::move(node), std::move(type)});
}

struct CommonTable {
    Identifier name;
    StatementPtr statement;
    bool isRecursive = false;
    std::optional<bool> materialized;
    std::vector<Identifier> columns;
};

/// What may stand in FROM.
struct FromClause {
    struct Named {
        QualifiedName name;
    };
    struct Join {
        FromPtr left;
        FromPtr right;
        ExpressionPtr on;
        bool isOuter = false;
        bool isFull = false;
    };
    struct Derived {
        StatementPtr select;
        bool isLateral = false;
    }; ///< subquery()
    struct FromFunction {
        ExpressionPtr call;
        std::vector<Identifier> columns;
        bool withOrdinality = false;
    };
    struct Common {
        std::shared_ptr<const CommonTable> table;
    };
    struct ValuesList {
        std::vector<std::vector<ExpressionPtr>> rows;
        std::vector<Identifier> columns;
    };
    struct Verbatim {
        QString text;
    }; ///< text() in FROM
    std::variant<Named, Join, Derived, FromFunction, Common, ValuesList, Verbatim> node;
    Identifier alias; ///< empty: none
};

struct Select {
    std::vector<ExpressionPtr> columns;
    std::vector<FromPtr> from; ///< explicit select_from and those of the columns, in SQLAlchemy's order
    ExpressionPtr where;
    std::vector<ExpressionPtr> groupBy;
    ExpressionPtr having;
    std::vector<ExpressionPtr> orderBy;
    ExpressionPtr limit;
    ExpressionPtr offset;
    bool isDistinct = false;
    std::vector<ExpressionPtr> distinctOn;
    std::optional<QString> forUpdate; ///< "" plain, else its words
    std::vector<FromPtr> forUpdateOf;
};
struct CompoundSelect {
    QString keyword;
    std::vector<StatementPtr> selects;
    std::vector<ExpressionPtr> orderBy;
    ExpressionPtr limit;
    ExpressionPtr offset;
};
struct Assignment {
    ExpressionPtr column;
    ExpressionPtr value;
};
struct OnConflict {
    bool doNothing = false;
    std::vector<ExpressionPtr> indexElements;
    Identifier constraint;
    ExpressionPtr indexWhere;
    std::vector<Assignment> set;
    ExpressionPtr where;
};
struct Insert {
    FromPtr table;
    std::vector<Identifier> columns;
    std::vector<std::vector<ExpressionPtr>> rows; ///< one or several VALUES rows
    StatementPtr fromSelect;
    std::vector<ExpressionPtr> returning;
    std::optional<OnConflict> onConflict;
    QStringList prefixes;
};
struct Update {
    FromPtr table;
    std::vector<Assignment> set;
    ExpressionPtr where;
    std::vector<FromPtr> from;
    std::vector<ExpressionPtr> returning;
};
struct Delete {
    FromPtr table;
    ExpressionPtr where;
    std::vector<FromPtr> usingTables;
    std::vector<ExpressionPtr> returning;
};

struct Statement {
    std::variant<Select, CompoundSelect, Insert, Update, Delete, TextClause> node;
    std::vector<std::shared_ptr<const CommonTable>> commonTables;
};

} // namespace stillroom::sql
