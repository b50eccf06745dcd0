// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/expression.h"
#include "sql/identifier.h"
#include "sql/type.h"

#include <map>
#include <optional>
#include <variant>
#include <vector>

namespace stillroom::sql {

/// Sequence(), Identity() options; unset fields are not written. Source: SQLAlchemy "Defining Sequences", "Identity Columns".
struct SequenceOptions {
    std::optional<qint64> start, increment, minValue, maxValue, cache;
    bool noMinValue = false, noMaxValue = false;
    std::optional<bool> cycle;
    bool order = false;
    QString dataType;
    bool operator==(const SequenceOptions &) const = default;
};
struct Identity {
    bool always = false;
    SequenceOptions options;
};
struct Computed {
    ExpressionPtr expression;
    std::optional<bool> persisted;
};
struct Sequence {
    QualifiedName name;
    SequenceOptions options;
    bool isOptional = false;
};

/// server_default: a plain string is a quoted literal, an expression is written as it is.
using ServerDefault = std::variant<std::monostate, QString, ExpressionPtr>;

/// A dict that a dialect keyword takes (`postgresql_with`), in the order in which the script gave it.
using OptionPairs = std::vector<std::pair<QString, QString>>;

/// Dialect keywords (`postgresql_using`, `sqlite_where`, …) by their full name. Values are what the dialect needs.
struct DialectOption {
    std::variant<std::monostate, bool, qint64, QString, QStringList, ExpressionPtr, OptionPairs> value;
};
using DialectOptions = std::map<QString, DialectOption>;

struct ForeignKeyOptions {
    QString onUpdate, onDelete, match, initially;
    std::optional<bool> deferrable;
    bool useAlter = false;
    bool operator==(const ForeignKeyOptions &) const = default;
};

struct PrimaryKeyConstraint {
    std::vector<Identifier> columns;
};
struct UniqueConstraint {
    std::vector<Identifier> columns;
};
struct ForeignKeyConstraint {
    std::vector<Identifier> columns;
    QualifiedName referredTable;
    std::vector<Identifier> referredColumns; ///< empty: the referred table's primary key
    ForeignKeyOptions options;
};
struct CheckConstraint {
    ExpressionPtr condition;
};
struct ExclusionElement {
    ExpressionPtr expression;
    QString op;
    QString opclass;
};
struct ExcludeConstraint {
    std::vector<ExclusionElement> elements;
    QString usingMethod;
    ExpressionPtr where;
};

struct Constraint {
    Identifier name; ///< empty: unnamed; naming conventions are already applied
    std::variant<PrimaryKeyConstraint, UniqueConstraint, ForeignKeyConstraint, CheckConstraint, ExcludeConstraint> kind;
    std::optional<bool> deferrable;
    QString initially;
    QString comment;
    DialectOptions options;
    bool isFromColumn = false; ///< Column(unique=True), ForeignKey in a column, …
    bool isTypeBound = false;  ///< CHECK of a Boolean or Enum type; leave these out: the dialect adds them (create_constraint=True)
};

struct Column {
    Identifier name;
    SqlType type;
    bool nullable = true;
    bool nullableGiven = false;
    bool isPrimaryKey = false;
    std::optional<bool> autoincrement;               ///< unset: "auto"
    bool ignoresForeignKeysForAutoincrement = false; ///< autoincrement="ignore_fk"
    bool hasClientDefault = false;                   ///< default= that is no Sequence: not an autoincrement column
    ServerDefault serverDefault;
    std::optional<Identity> identity;
    std::optional<Computed> computed;
    std::optional<Sequence> sequence;
    bool hasIndex = false;
    bool isUnique = false;
    Identifier indexName;  ///< of hasIndex, by the naming convention; empty: ix_<table>_<column>
    Identifier uniqueName; ///< of isUnique, by the naming convention; empty: unnamed
    bool isSystem = false;
    std::optional<QString> comment;
    std::vector<Constraint> constraints; ///< ForeignKey() and CheckConstraint() given to the Column itself, named
    DialectOptions options;
};

struct IndexElement {
    ExpressionPtr expression; ///< a ColumnReference for a plain column; may be ordered (DESC), collated, labelled
    Identifier column;        ///< name when it is a plain column, else empty
};
struct Index {
    Identifier name;
    QualifiedName table;
    std::vector<IndexElement> elements;
    bool isUnique = false;
    DialectOptions options; ///< postgresql_where, postgresql_using, sqlite_where, …
};

/// As the script states it. Columns keep their own hasIndex, isUnique, isPrimaryKey, ForeignKey and CHECK: the dialect makes
/// constraints and indexes of them, in SQLAlchemy's order. `constraints` are those given to the table itself; where one was added
/// after the columns, what the columns make stands among them as well, in the order of creation.
struct Table {
    QualifiedName name;
    std::vector<Column> columns;
    std::vector<Constraint> constraints; ///< in the order given
    std::vector<Index> indexes;          ///< Index() among the table's arguments
    Identifier primaryKeyName;           ///< of the key that columns make, by the naming convention; empty: unnamed
    QStringList prefixes;
    std::optional<QString> comment;
    DialectOptions options;
    [[nodiscard]] const Column *column(const QString &columnName) const;
};

} // namespace stillroom::sql
