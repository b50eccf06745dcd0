// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/batchrebuild.h"

#include "dialect/typetext.h"

#include <algorithm>

namespace stillroom::dialect {

namespace {

bool addsPlainColumn(const Spelling &spelling, const sql::AddColumn &o)
{
    if (const auto *e = std::get_if<sql::ExpressionPtr>(&o.column.serverDefault); e && *e)
        return false;
    if (o.column.computed && o.column.computed->persisted.value_or(false))
        return false;
    sql::Table table;
    table.name = o.table;
    table.columns.push_back(o.column);
    return shapeOf(spelling.kind, table).constraints.empty();
}

Result<void> append(std::vector<Statement> &all, Result<std::vector<Statement>> more)
{
    if (!more)
        return std::unexpected(std::move(more).error());
    all.insert(all.end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
    return {};
}

bool isPlainType(const sql::SqlType &stated)
{
    const sql::SqlType &type = effectiveType(DialectKind::PostgreSql, stated);
    const bool isMade = isNativeEnum(type) || type.name == QLatin1String("DOMAIN") || type.itemType;
    return !isMade;
}

bool isPlainColumn(const sql::Column &column) { return isPlainType(column.type) && !column.computed && !column.comment; }

/// Why a rebuild of a given table is not written for PostgreSQL; empty: it is. Named types, comments and what a table keeps would be
/// statements of their own there, some in an order that Alembic leaves to a set.
QString postgreSqlRebuildProblem(const sql::BatchAlterTable &batch)
{
    if (!batch.copyFrom)
        return QStringLiteral("needs the table reflected by Alembic itself");
    bool isPlain = !batch.copyFrom->comment && std::ranges::all_of(batch.copyFrom->columns, isPlainColumn);
    QStringList dropped;
    for (const sql::Operation &operation : batch.operations) {
        if (const auto *add = std::get_if<sql::AddColumn>(&operation.kind))
            isPlain = isPlain && isPlainColumn(add->column);
        else if (const auto *drop = std::get_if<sql::DropConstraint>(&operation.kind))
            dropped += drop->name.text;
        else if (const auto *alter = std::get_if<sql::AlterColumn>(&operation.kind))
            isPlain = isPlain && !alter->comment && (!alter->type || isPlainType(*alter->type));
        else
            isPlain = isPlain && !std::holds_alternative<sql::CreateTableComment>(operation.kind);
    }
    if (!isPlain)
        return QStringLiteral("with named types, generated columns or comments is not followed");
    const TableShape shape = shapeOf(DialectKind::PostgreSql, *batch.copyFrom);
    const bool keeps = std::ranges::any_of(shape.constraints, [&](const sql::Constraint &c) { return !dropped.contains(c.name.text); });
    if (keeps || (!shape.primaryKeyConstraint.name.isEmpty() && !dropped.contains(shape.primaryKeyConstraint.name.text)))
        return QStringLiteral("of a table that keeps constraints is not followed");
    return {};
}

} // namespace

bool needsRebuild(const Spelling &spelling, const sql::BatchAlterTable &batch)
{
    switch (batch.recreate) {
    case sql::BatchAlterTable::Recreate::Always:
        return true;
    case sql::BatchAlterTable::Recreate::Never:
        return false;
    case sql::BatchAlterTable::Recreate::Auto:
        break;
    }
    if (spelling.isPostgreSql())
        return false;
    return std::ranges::any_of(batch.operations, [&](const sql::Operation &operation) {
        if (const auto *add = std::get_if<sql::AddColumn>(&operation.kind))
            return !addsPlainColumn(spelling, *add);
        return !std::holds_alternative<sql::CreateIndex>(operation.kind) && !std::holds_alternative<sql::DropIndex>(operation.kind) &&
               !std::holds_alternative<sql::Execute>(operation.kind);
    });
}

Result<std::vector<Statement>> batchStatements(const Spelling &spelling, const sql::BatchAlterTable &batch, const sql::Origin &origin,
                                               SchemaLookup *lookup, MadeTypes &madeTypes)
{
    std::vector<Statement> statements;
    // execute() in a batch is not part of it: Alembic runs it at once, the batch when its block ends.
    for (const sql::Operation &operation : batch.operations) {
        if (!std::holds_alternative<sql::Execute>(operation.kind))
            continue;
        if (auto done = append(statements, operationStatements(spelling, operation, lookup, madeTypes)); !done)
            return std::unexpected(std::move(done).error());
    }
    if (!needsRebuild(spelling, batch)) {
        for (const sql::Operation &operation : batch.operations) {
            if (std::holds_alternative<sql::Execute>(operation.kind))
                continue;
            if (auto done = append(statements, operationStatements(spelling, operation, lookup, madeTypes)); !done)
                return std::unexpected(std::move(done).error());
        }
        return statements;
    }
    if (spelling.isPostgreSql()) {
        if (const QString problem = postgreSqlRebuildProblem(batch); !problem.isEmpty())
            return std::unexpected(
                notSupported(QStringLiteral("batch_alter_table(recreate=\"always\") on PostgreSQL %1; leave recreate at \"auto\"").arg(problem),
                             batch.table.name.text));
    }
    std::optional<StandingTable> standing;
    if (batch.copyFrom) {
        standing.emplace();
        standing->table = *batch.copyFrom;
    } else if (lookup) {
        auto known = lookup->table(batch.table);
        if (!known)
            return std::unexpected(std::move(known).error());
        standing = std::move(*known);
    }
    if (!standing) {
        Error error;
        error.code = ErrorCode::RebuildNeedsTable;
        error.subject = batch.table.name.text;
        error.file = origin.file;
        error.line = origin.line;
        return std::unexpected(std::move(error));
    }
    if (auto done = append(statements, rebuildStatements(spelling, batch, origin, *standing, batch.copyFrom.has_value())); !done)
        return std::unexpected(std::move(done).error());
    return statements;
}

} // namespace stillroom::dialect
