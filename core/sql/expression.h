// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/identifier.h"
#include "sql/type.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

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

/// A value that becomes a literal. `text` holds digits for Integer, str() for Decimal, repr() for floats, isoformat(" ") for
/// dates and times (`2020-01-01`, `12:00:00`, `2020-01-01 12:00:00.000123+00:00`), str(total_seconds()) for intervals,
/// 36 characters for UUIDs, json.dumps(ensure_ascii=True) for dicts and lists that are no bound lists.
struct Literal {
    enum class Kind { Null, Boolean, Integer, Float, Decimal, String, Bytes, Date, Time, DateTime, Interval, Uuid, Json, List };
    Kind kind = Kind::Null;
    bool boolean = false;
    QString text;
    QByteArray bytes;
    std::vector<Literal> items; ///< List (arrays, IN)
    bool varies = false;        ///< another run would give another value
    bool isEnumMember = false;  ///< a member of a Python enum that is no str or int itself; `text` is its name
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
    Between, ///< flags "symmetric": BETWEEN SYMMETRIC
    NotBetween,
    Contains, ///< contains(): the writer adds the percent signs
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    IContains,
    NotIContains,
    IStartsWith,
    NotIStartsWith,
    IEndsWith,
    NotIEndsWith,
    Match,
    NotMatch,
    RegexpReplace, ///< right: pattern, third: replacement
    BitwiseAnd,
    BitwiseOr,
    BitwiseXor,
    ShiftLeft,
    ShiftRight,
    GetItem,         ///< array[index], array[SliceExpression]
    JsonGetItem,     ///< json['key'], json[0]; the expression's type is the result's (JSON/JSONB unless as_string() and the like)
    JsonPathGetItem, ///< json[('a', 'b')]: right is a bound string `{a, b}` (PostgreSQL) ; `third`: the same as `$."a"."b"` (SQLite)
    Custom,          ///< `custom` holds the operator (`@>`, `->>`, op('&'))
};

/// How a script's Python becomes a tree: no parentheses (GroupingExpression only for self_group() and the like), no flipped
/// operators, no labels that nobody wrote: `~(a == b)` is Not over Equal, `name + 'x'` is Add. The writer groups, negates,
/// turns Add of strings into Concat, `== None` into IS NULL, and names what is anonymous, all as SQLAlchemy does.

/// sa.text(): the text as it was given, `:name` and `\:` included. `binds`: those that have a value (bindparams(), parameters);
/// others print NULL with a note.
struct TextClause {
    QString text;
    std::map<QString, ExpressionPtr> binds;
    bool varies = false; ///< another run would give another text
};
struct LiteralColumn {
    QString text;
}; ///< literal_column(): verbatim
struct ColumnReference {
    FromPtr table; ///< null: column('x') alone
    Identifier name;
    bool isTableItself = false; ///< column_valued(): the alias of the function is the column
};
/// A Python value or bindparam(). The Expression's type is the one that was given (literal(x, T), bindparam(type_=T)); null for
/// a plain value: the writer then takes the other side's type, as SQLAlchemy's coerce_compared_value() does, or the column's
/// in VALUES and SET. None beside an operator is ConstantExpression::Null.
struct BoundValue {
    Literal value;
    QString name; ///< bindparam('x'): set; a plain value: empty
    bool isLiteralExecute = false;
    bool isExpanding = false; ///< bindparam(expanding=True): a List prints `(1, 2)`
    bool isUnset = false;     ///< bindparam('x') without a value: NULL, with a note
};
struct ConstantExpression {
    enum class Kind { Null, True, False } kind;
};
/// Exists: the operand is a ScalarSubquery. Any, All: a ScalarSubquery or an array. Custom: `custom` before the operand.
struct UnaryExpression {
    enum class Kind { Not, Negative, Exists, Distinct, Ascending, Descending, NullsFirst, NullsLast, Any, All, BitwiseNot, Custom } kind;
    ExpressionPtr operand;
    QString custom;
};
/// In, NotIn: right is a BoundValue holding a List, a TupleExpression of expressions, or a ScalarSubquery.
/// For Custom the Expression's type is op(return_type=) or Boolean for is_comparison, else null: the left side's.
struct BinaryExpression {
    BinaryKind kind = BinaryKind::Equal;
    ExpressionPtr left;
    ExpressionPtr right;
    ExpressionPtr third; ///< upper bound of BETWEEN
    QString custom;
    std::optional<QString> escape;
    QString flags;      ///< of the operator: regexp flags, "symmetric"; "json index" for ->> of a JSON column, whose key SQLite writes as a path
    int precedence = 0; ///< op(precedence=)
    bool isComparison = false;  ///< op(is_comparison=True), bool_op(): what Not may stand before
    bool eagerGrouping = false; ///< PostgreSQL's JSON and array operators
};
/// and_(), or_(), &, |, and where() with several criteria. True and False among them are folded by the writer.
struct BooleanClauses {
    bool isOr = false;
    std::vector<ExpressionPtr> clauses;
    bool isCriteria = false; ///< what where() and having() were given one after the other, not an and_() that was written
};
struct Over {
    std::vector<ExpressionPtr> partitionBy;
    std::vector<ExpressionPtr> orderBy;
    QString frame;
};
/// func.x(). `count` without arguments prints count(*); current_timestamp and its kind print without parentheses.
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
struct SliceExpression {
    ExpressionPtr start;
    ExpressionPtr stop;
}; ///< only to the right of GetItem
struct LabelReference {
    QString name;
}; ///< a plain string in order_by(), group_by(): a label or column of the SELECT
struct NextValue {
    QualifiedName sequence;
}; ///< Sequence.next_value()
struct DefaultKeyword {}; ///< DEFAULT in VALUES

struct Expression {
    using Node =
        std::variant<TextClause, LiteralColumn, ColumnReference, BoundValue, ConstantExpression, UnaryExpression, BinaryExpression, BooleanClauses,
                     FunctionCall, CaseExpression, CastExpression, TypeCoerce, CollateExpression, ExtractExpression, LabelExpression, TupleExpression,
                     ArrayExpression, GroupingExpression, ScalarSubquery, SliceExpression, LabelReference, NextValue, DefaultKeyword>;
    Node node;
    SqlTypePtr type; ///< of columns, casts, typed values; null: what SQLAlchemy would infer (the writer does)
    int depth = 1;   ///< how deep expressions stand in it: whoever walks it calls itself as often
};

[[nodiscard]] int depthOf(const Expression::Node &node);

template<class T>
[[nodiscard]] ExpressionPtr makeExpression(T node, SqlTypePtr type = nullptr)
{
    Expression made{std::move(node), std::move(type)};
    made.depth = depthOf(made.node);
    return std::make_shared<const Expression>(std::move(made));
}

struct CommonTable {
    Identifier name; ///< empty: anon_1
    StatementPtr statement;
    bool isRecursive = false;
    bool isNesting = false; ///< cte(nesting=True): it stands in the WITH of the SELECT that names it
    std::optional<bool> materialized;
    std::vector<Identifier> columns;
};

/// What may stand in FROM. Identity is the pointer: one table() or Table object is one FromPtr, however often it is used, and a
/// column's `table` is that pointer. `insert.excluded` is a Named table called `excluded` without schema.
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
        bool isLateral = false;
        std::vector<SqlTypePtr> types{}; ///< of `columns`, where they are to be written
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
    Identifier alias;              ///< empty: none; Derived without one becomes anon_1
    bool isAnonymousAlias = false; ///< alias() without a name
    FromPtr aliasOf;               ///< what alias() was called on, so that its columns are found; may be null
    int depth = 1;                 ///< as Expression's
};

[[nodiscard]] int depthOf(const FromClause &from);
[[nodiscard]] FromPtr makeFrom(FromClause from); ///< with its depth

struct Select {
    std::vector<ExpressionPtr> columns;
    std::vector<FromPtr> from; ///< what select_from() and join() said. The writer adds those of columns and WHERE, hides what a
                               ///< join holds, and correlates with the enclosing statement, as SQLAlchemy does
    ExpressionPtr where;
    std::vector<ExpressionPtr> groupBy;
    ExpressionPtr having;
    std::vector<ExpressionPtr> orderBy;
    ExpressionPtr limit;
    ExpressionPtr offset;
    bool isDistinct = false;
    std::vector<ExpressionPtr> distinctOn;
    std::optional<QString> forUpdate; ///< "" plain, else some of: "read", "key_share", "nowait", "skip_locked", by blanks
    std::vector<FromPtr> forUpdateOf;
    QStringList prefixes, suffixes;
    std::optional<std::vector<FromPtr>> correlate; ///< correlate(): set and empty for correlate(None)
    std::optional<std::vector<FromPtr>> correlateExcept;
    bool isWithTies = false, isFetch = false; ///< fetch(): `limit` is its count
    bool tablenamesPlusColumnNames = false;   ///< LABEL_STYLE_TABLENAME_PLUS_COL, Query
};
struct CompoundSelect {
    QString keyword; ///< UNION, UNION ALL, EXCEPT, …
    std::vector<StatementPtr> selects;
    std::vector<ExpressionPtr> orderBy;
    ExpressionPtr limit;
    ExpressionPtr offset;
};
struct Assignment {
    ExpressionPtr column; ///< ColumnReference; its type is what a plain value is written as
    ExpressionPtr value;
};
struct OnConflict {
    bool doNothing = false;
    std::vector<ExpressionPtr> indexElements; ///< strings become ColumnReferences without a table
    Identifier constraint;
    ExpressionPtr indexWhere;
    std::vector<Assignment> set;
    ExpressionPtr where;
};
/// Columns in the order of the table's columns (for a table() or Table that has them), else as given. Without columns and
/// without fromSelect: DEFAULT VALUES. For a Table (not table()) with a primary key, unless .inline(), several rows,
/// from_select() or an own returning(), implicitReturning holds those primary key columns that are the autoincrement column,
/// have a server default or are given a value: the writer adds RETURNING for those SQLAlchemy would ask for.
struct Insert {
    FromPtr table;
    std::vector<Identifier> columns;
    std::vector<SqlTypePtr> types;                ///< of `columns`, same length, or empty: not known
    std::vector<std::vector<ExpressionPtr>> rows; ///< one or several VALUES rows
    StatementPtr fromSelect;
    std::vector<ExpressionPtr> returning;
    std::vector<ExpressionPtr> implicitReturning;
    Identifier autoincrementColumn; ///< of a Table: its _autoincrement_column, empty: none
    std::optional<OnConflict> onConflict;
    QStringList prefixes;
};
struct Update {
    FromPtr table;
    std::vector<Assignment> set; ///< in the table's column order, or ordered_values()' own
    ExpressionPtr where;
    std::vector<FromPtr> from; ///< leave empty: derived from WHERE
    std::vector<ExpressionPtr> returning;
};
struct Delete {
    FromPtr table;
    ExpressionPtr where;
    std::vector<FromPtr> usingTables; ///< leave empty: derived from WHERE
    std::vector<ExpressionPtr> returning;
};

struct Statement {
    std::variant<Select, CompoundSelect, Insert, Update, Delete, TextClause> node;
    std::vector<std::shared_ptr<const CommonTable>> commonTables; ///< add_cte(); those in FROM are found by the writer
    int depth = 1;                                                ///< as Expression's
};

[[nodiscard]] int depthOf(const Statement &statement);
[[nodiscard]] StatementPtr makeStatement(Statement statement); ///< with its depth

} // namespace stillroom::sql
