// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/tablewriter.h"

#include <set>

/// One operation as statements: Alembic's DefaultImpl, PostgresqlImpl and SQLiteImpl in offline mode.
namespace stillroom::dialect {

/// Named types made so far in this run (schema, name): Alembic's context makes each once.
using MadeTypes = std::set<std::pair<QString, QString>>;

[[nodiscard]] Result<std::vector<Statement>> operationStatements(const Spelling &spelling, const sql::Operation &operation, SchemaLookup *lookup,
                                                                 MadeTypes &madeTypes);

/// As it is run: the ends are trimmed. Offline mode prints tabs as four blanks, which is for who prints.
[[nodiscard]] QString printed(const QString &sql);

/// Collects the statements of an operation; keeps the first problem.
class OperationWriter {
public:
    OperationWriter(Spelling spelling, const sql::Operation &operation, SchemaLookup *lookup, MadeTypes &madeTypes);
    [[nodiscard]] Result<std::vector<Statement>> write();

private:
    friend struct OperationVisitor;
    void put(const QString &sql, TransactionNeed need = TransactionNeed::Any);
    void putMarker(Statement::Marker marker, const QString &sql);
    void fail(const QString &detail) { m_writer.fail(detail); }
    [[nodiscard]] QString alterTable(const sql::QualifiedName &table) const;
    [[nodiscard]] bool isPostgreSql() const { return m_spelling.isPostgreSql(); }

    void createTable(const sql::CreateTable &o);
    void createTypes(const sql::Table &table);
    void addColumn(const sql::AddColumn &o);
    void addConstraint(const TableShape &shape, const sql::Constraint &constraint);
    void alterColumn(const sql::AlterColumn &o);
    void alterDefault(const sql::AlterColumn &o);
    void alterIdentity(const sql::AlterColumn &o);
    void commentOnColumn(const sql::QualifiedName &table, const sql::Identifier &column, const std::optional<QString> &comment);
    void createIndex(const sql::Index &index, bool ifNotExists);
    void execute(const sql::Execute &o);
    void bulkInsert(const sql::BulkInsert &o);
    void batch(const sql::BatchAlterTable &o);

    Spelling m_spelling;
    const sql::Operation &m_operation;
    SchemaLookup *m_lookup;
    MadeTypes &m_madeTypes;
    TableWriter m_writer;
    std::vector<Statement> m_statements;
    qsizetype m_notesTaken = 0;
    std::optional<Error> m_nestedProblem;
};

} // namespace stillroom::dialect
