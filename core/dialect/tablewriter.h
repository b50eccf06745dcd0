// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/expressionwriter.h"
#include "sql/operation.h"

/// Tables, columns, constraints, indexes and sequences as DDL. Source: SQLAlchemy's DDLCompiler, PGDDLCompiler and
/// SQLiteDDLCompiler.
namespace stillroom::dialect {

/// A table with everything that its columns imply made explicit, as SQLAlchemy's Table has it after construction.
struct TableShape {
    sql::Table table;                         ///< columns with their final nullability
    std::vector<QString> primaryKey;          ///< column names, in order
    sql::Constraint primaryKeyConstraint;     ///< kind PrimaryKey; columns empty: none
    bool isImplicitKey = false;               ///< made from Column(primary_key=True)
    QString autoincrementColumn;              ///< empty: none
    std::vector<sql::Constraint> constraints; ///< all others, in creation order
    std::vector<sql::Index> indexes;          ///< those of columns first, then the table's own
};
[[nodiscard]] TableShape shapeOf(DialectKind kind, const sql::Table &table);
/// PrimaryKeyConstraint._autoincrement_column; empty: none.
[[nodiscard]] QString autoincrementColumn(const TableShape &shape);
/// CHECK of a Boolean or Enum type that wants one here; nullopt: none.
[[nodiscard]] std::optional<sql::Constraint> typeBoundCheck(DialectKind kind, const sql::Column &column);
/// INTEGER PRIMARY KEY AUTOINCREMENT stands with the column (sqlite_autoincrement).
[[nodiscard]] bool hasInlineKey(const TableShape &shape, const sql::Column &column);

/// Keeps the first problem; text is worth nothing once there is one.
class TableWriter {
public:
    explicit TableWriter(Spelling spelling) : m_spelling(std::move(spelling)) {}

    [[nodiscard]] QString createTable(const TableShape &shape, bool ifNotExists);
    [[nodiscard]] QString columnSpecification(const TableShape &shape, const sql::Column &column);
    /// CHECKs that stand with the column, with a leading blank; empty: none.
    [[nodiscard]] QString columnChecks(const sql::Column &column);
    /// Empty: SQLAlchemy writes nothing (a foreign key to another schema on SQLite).
    [[nodiscard]] QString constraint(const TableShape &shape, const sql::Constraint &constraint);
    [[nodiscard]] QString createIndex(const sql::Index &index, bool ifNotExists);
    [[nodiscard]] QString dropIndex(const sql::Index &index, bool ifExists);
    [[nodiscard]] QString createSequence(const sql::Sequence &sequence, bool ifNotExists);
    [[nodiscard]] QString createType(const sql::SqlType &type);
    [[nodiscard]] QString sequenceOptions(const sql::SequenceOptions &options);
    [[nodiscard]] QString identity(const sql::Identity &identity);
    [[nodiscard]] QString defaultText(const sql::ServerDefault &value); ///< null: none
    [[nodiscard]] QString referenceTail(const sql::Constraint &constraint);

    [[nodiscard]] QString quoted(const sql::Identifier &name) const { return quotedIdentifier(m_spelling.kind, name); }
    [[nodiscard]] QString name(const sql::Identifier &name);
    [[nodiscard]] QString type(const sql::SqlType &type);
    [[nodiscard]] QString expression(const sql::ExpressionPtr &e, bool includeTable = false);
    [[nodiscard]] QString literal(const QString &text) const { return stringLiteral(m_spelling, text); }
    void fail(const QString &detail);
    void note(const QString &text) { m_notes += text; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

private:
    [[nodiscard]] QString taken(Result<QString> text);
    [[nodiscard]] QString taken(Result<Written> text);
    [[nodiscard]] QString preamble(const sql::Constraint &constraint);
    [[nodiscard]] QString columnList(const std::vector<sql::Identifier> &columns) const;
    [[nodiscard]] QString deferrability(const sql::Constraint &constraint);
    enum class Phrase { Cascade, PostgreSqlDelete, Initially, Name };
    /// The text as it is, where it has the form that SQLAlchemy lets through.
    [[nodiscard]] QString phrase(const QString &text, Phrase expected);
    [[nodiscard]] QString includeText(const sql::DialectOptions &options);
    [[nodiscard]] QString tableOptions(const sql::Table &table);
    [[nodiscard]] QString postgreSqlColumn(const TableShape &shape, const sql::Column &column);
    [[nodiscard]] QString sqliteColumn(const TableShape &shape, const sql::Column &column);
    [[nodiscard]] QString sqliteDefault(const sql::ServerDefault &value);
    [[nodiscard]] QString computed(const sql::Computed &computed);
    [[nodiscard]] QString primaryKey(const TableShape &shape, const sql::Constraint &constraint, const sql::PrimaryKeyConstraint &key);
    [[nodiscard]] QString unique(const TableShape &shape, const sql::Constraint &constraint, const sql::UniqueConstraint &key);
    [[nodiscard]] QString foreignKey(const TableShape &shape, const sql::Constraint &constraint, const sql::ForeignKeyConstraint &key);
    [[nodiscard]] QString exclude(const sql::Constraint &constraint, const sql::ExcludeConstraint &exclude);
    [[nodiscard]] QString indexElement(const sql::Index &index, const sql::IndexElement &element);

    Spelling m_spelling;
    std::optional<Error> m_problem;
    QStringList m_notes;
};

/// Dialect options by name, in the shapes that scripts give them.
[[nodiscard]] bool optionIsTrue(const sql::DialectOptions &options, const QString &name);
[[nodiscard]] std::optional<bool> optionBool(const sql::DialectOptions &options, const QString &name);
[[nodiscard]] QString optionText(const sql::DialectOptions &options, const QString &name);
[[nodiscard]] QStringList optionList(const sql::DialectOptions &options, const QString &name);
[[nodiscard]] sql::OptionPairs optionPairs(const sql::DialectOptions &options, const QString &name);
/// A plain string becomes text().
[[nodiscard]] sql::ExpressionPtr optionExpression(const sql::DialectOptions &options, const QString &name);

} // namespace stillroom::dialect
