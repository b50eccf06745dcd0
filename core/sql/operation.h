// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/table.h"

#include <QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

/// What a migration says to do: the hinge between the wing that reads scripts and the wing that writes SQL. One struct
/// for each directive (Alembic, "Operation Reference"); plain data, naming conventions and defaults already applied.
namespace stillroom::sql {

/// Where in which script an operation was asked for.
struct Origin {
    QString file;
    int line = 0;
    bool operator==(const Origin &) const = default;
};

struct CreateTable {
    Table table;
    bool ifNotExists = false;
    bool isBare = false; ///< op.execute(CreateTable(t)): that statement alone, no types, indexes, comments
}; ///< with its indexes and comments; the dialect writes CREATE TYPE before for named types with createType set
struct DropTable {
    QualifiedName table;
    bool ifExists = false;
    std::optional<Table> definition; ///< Table.drop(bind), drop_all(): named types are dropped after
};
struct RenameTable {
    QualifiedName table;
    Identifier newName;
};
/// Statements: ADD COLUMN (with the CHECKs of column.constraints inline), then what the column's type, flags and ForeignKeys make,
/// one by one, then the column's comment (Alembic, toimpl.add_column).
struct AddColumn {
    QualifiedName table;
    Column column;
    bool ifNotExists = false;
    bool inlineReferences = false;
    bool inlinePrimaryKey = false;
    std::optional<Identifier> insertBefore, insertAfter; ///< batch
};
struct DropColumn {
    QualifiedName table;
    Identifier column;
    bool ifExists = false;
    DialectOptions options;
};
struct AlterColumn {
    QualifiedName table;
    Identifier column;
    std::optional<bool> nullable;
    std::optional<ServerDefault> serverDefault; ///< set: change it; monostate: drop it
    std::optional<Identity> identity;           ///< server_default=Identity()
    std::optional<Computed> computed;
    Identifier newName;
    std::optional<SqlType> type;
    std::optional<std::optional<QString>> comment; ///< set and empty: remove it
    std::optional<bool> autoincrement;
    // existing_*
    std::optional<SqlType> existingType;
    std::optional<bool> existingNullable;
    std::optional<ServerDefault> existingServerDefault;
    std::optional<Identity> existingIdentity;
    std::optional<QString> existingComment;
    QString usingExpression; ///< postgresql_using
    DialectOptions options;
    std::optional<Identifier> insertBefore, insertAfter; ///< batch
};
struct CreateTableComment {
    QualifiedName table;
    QString comment;
    std::optional<QString> existing;
};
struct DropTableComment {
    QualifiedName table;
    std::optional<QString> existing;
};
struct CreateIndex {
    Index index;
    bool ifNotExists = false;
};
struct DropIndex {
    Index index;
    bool ifExists = false;
}; ///< the table may be empty
struct AddConstraint {
    QualifiedName table;
    Constraint constraint;
};
struct DropConstraint {
    QualifiedName table;
    Identifier name;
    QString type;
    bool ifExists = false;
    DialectOptions options;
};
struct CreateType {
    SqlType type;
    bool checkFirst = false;
}; ///< named enum
struct DropType {
    SqlType type;
    bool checkFirst = false;
};
struct CreateSequence {
    Sequence sequence;
    bool ifNotExists = false;
};
struct DropSequence {
    Sequence sequence;
    bool ifExists = false;
};
struct CreateSchema {
    Identifier name;
    bool ifNotExists = false;
};
struct DropSchema {
    Identifier name;
    bool cascade = false;
    bool ifExists = false;
};

/// op.execute, bind.execute: a statement (text() is a Statement of TextClause), a bare expression (func.x()), or verbatim text
/// that is no text() (DDL(), its %-formatting done). `parameters`: values given beside it, one list for each set.
struct Execute {
    std::variant<QString, StatementPtr, ExpressionPtr> statement; ///< QString: DDL()
    std::vector<std::vector<std::pair<QString, ExpressionPtr>>> parameters;
    bool wantsResult = false;
    bool isAutocommit = false; ///< execution_options(isolation_level="AUTOCOMMIT")
};
struct BulkInsert {
    FromPtr table;
    std::vector<Identifier> columns; ///< all columns of the table description, for column order
    std::vector<SqlTypePtr> types;   ///< of those columns
    std::vector<std::vector<std::pair<Identifier, ExpressionPtr>>> rows;
    bool multiInsert = true;
};

/// `with op.get_context().autocommit_block()`: begins and ends here.
struct AutocommitBegin {};
struct AutocommitEnd {};

struct BatchAlterTable;

struct Operation {
    using Kind = std::variant<CreateTable, DropTable, RenameTable, AddColumn, DropColumn, AlterColumn, CreateTableComment, DropTableComment,
                              CreateIndex, DropIndex, AddConstraint, DropConstraint, CreateType, DropType, CreateSequence, DropSequence, CreateSchema,
                              DropSchema, Execute, BulkInsert, AutocommitBegin, AutocommitEnd, std::shared_ptr<const BatchAlterTable>>;
    Kind kind;
    Origin origin;
    QStringList notes; ///< what the person should know of it: "varies from run to run", "unset bind prints NULL"
};

/// `with op.batch_alter_table(...)`: on SQLite a rebuild ("move and copy") where ALTER TABLE cannot do it, elsewhere the
/// operations one by one. Source: Alembic, "Running Batch Migrations".
struct BatchAlterTable {
    QualifiedName table;
    enum class Recreate { Auto, Always, Never } recreate = Recreate::Auto;
    std::optional<Table> copyFrom;
    std::vector<Constraint> tableArgumentConstraints;
    std::vector<Index> tableArgumentIndexes;
    DialectOptions tableOptions;
    std::map<QString, QString> namingConvention;
    std::vector<std::vector<QString>> partialReordering;
    std::vector<Column> reflectColumns; ///< reflect_args: columns that override what is reflected
    std::vector<Operation> operations;
};

} // namespace stillroom::sql
