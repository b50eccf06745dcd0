// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/identifiers.h"
#include "dialect/operators.h"
#include "sql/expression.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

/// Expressions and DML statements as SQL text with literal values: SQLAlchemy's SQLCompiler with literal_binds, for its two
/// dialects. A pure function of the tree.
namespace stillroom::dialect {

struct Written {
    QString sql;
    QStringList notes;
};

/// `includeTable`: whether columns carry their table's name (not in CHECK, indexes, generated columns).
[[nodiscard]] Result<Written> writeExpression(const Spelling &spelling, const sql::ExpressionPtr &expression, bool includeTable);
/// As an index element: grouped unless it is a plain column, as PostgreSQL's CREATE INDEX has it.
[[nodiscard]] Result<Written> writeGroupedExpression(const Spelling &spelling, const sql::ExpressionPtr &expression);
[[nodiscard]] Result<Written> writeStatement(const Spelling &spelling, const sql::StatementPtr &statement);
/// With values given beside it: they fill binds of their name, or an INSERT's or UPDATE's columns when it states none.
using Parameters = std::vector<std::pair<QString, sql::ExpressionPtr>>;
[[nodiscard]] Result<Written> writeWithParameters(const Spelling &spelling, const sql::StatementPtr &statement, const Parameters &parameters);

/// One compilation: counts the anonymous names, keeps the first problem and the notes. Used once.
class ExpressionWriter {
public:
    explicit ExpressionWriter(Spelling spelling) : m_spelling(std::move(spelling)) {}

    /// Where an expression stands: SQLAlchemy's compiler keywords.
    struct Place {
        bool includeTable = true;
        bool withinColumns = false;
        bool withinLabel = false;
        bool inOperator = false;
        bool eagerGrouping = false;
        bool castApplied = false;
        bool asFrom = false;
        bool isLateral = false;                     ///< a SELECT in FROM that sees its neighbours
        const QSet<QString> *orderLabels = nullptr; ///< labels that ORDER BY may name: by text, and labelIdentity()
        sql::SqlTypePtr literalType;                ///< what a plain value is written as
    };

    void setParameters(const Parameters &parameters);
    [[nodiscard]] QString expression(const sql::ExpressionPtr &e, const Place &place);
    /// self_group(against) and then the text.
    [[nodiscard]] QString grouped(const sql::ExpressionPtr &e, const OperatorPlace &against, const Place &place);
    enum class Standing {
        Whole,  ///< the statement that is written
        Nested, ///< in parentheses, with a WITH of its own for what is made with nesting=True
        Part,   ///< of a UNION, or what an INSERT takes: its WITH stands before the whole
    };
    [[nodiscard]] QString statement(const sql::StatementPtr &s, const Place &place, Standing standing);
    [[nodiscard]] Result<Written> result(QString sql) const;

private:
    friend struct NodeWriter;
    struct Level {
        std::vector<const sql::FromClause *> asFromFroms, correlateFroms;
    };

    void fail(const QString &detail);
    void take(const std::optional<Error> &error);
    [[nodiscard]] QString taken(Result<QString> text);
    [[nodiscard]] QString anonymous(const void *identity, const QString &base);
    [[nodiscard]] QString counted(QString base);
    [[nodiscard]] QString numbered(const QString &identity, const QString &base);
    [[nodiscard]] QString quotedText(const QString &name) const { return quotedIdentifier(m_spelling.kind, sql::Identifier(name)); }

    // binarywriter.cpp
    [[nodiscard]] QString binary(const sql::Expression &e, const sql::BinaryExpression &b, const Place &place);
    [[nodiscard]] QString genericBinary(const sql::BinaryExpression &b, sql::BinaryKind kind, const QString &text, bool eager, Place place);
    [[nodiscard]] QString side(const sql::ExpressionPtr &e, const sql::BinaryExpression &b, sql::BinaryKind kind, Place place,
                               const sql::SqlTypePtr &beside);
    [[nodiscard]] QString likeBinary(const sql::BinaryExpression &b, sql::BinaryKind kind, const Place &place);
    [[nodiscard]] QString patternBinary(const sql::BinaryExpression &b, sql::BinaryKind kind, const Place &place);
    [[nodiscard]] QString regexpBinary(const sql::BinaryExpression &b, sql::BinaryKind kind, const Place &place);
    [[nodiscard]] QString inBinary(const sql::BinaryExpression &b, sql::BinaryKind kind, const Place &place);
    [[nodiscard]] QString inList(const sql::BinaryExpression &b, sql::BinaryKind kind, const Place &place);
    [[nodiscard]] QString jsonBinary(const sql::Expression &e, const sql::BinaryExpression &b, const Place &place);
    [[nodiscard]] QString jsonSubscript(const sql::BinaryExpression &b, Place place);
    [[nodiscard]] QString divideBinary(const sql::BinaryExpression &b, sql::BinaryKind kind, const Place &place);
    [[nodiscard]] std::optional<sql::BinaryKind> opposite(const sql::BinaryExpression &b) const;
    [[nodiscard]] sql::ExpressionPtr flippedTwice(const sql::UnaryExpression &outer) const;
    [[nodiscard]] QString negatedText(const sql::ExpressionPtr &operand, const Place &place);
    [[nodiscard]] QString booleanClauses(const sql::BooleanClauses &clauses, const Place &place);
    [[nodiscard]] QString asBoolean(const sql::ExpressionPtr &e, bool isTrue, const Place &place);

    // statementwriter.cpp
    [[nodiscard]] QString select(const sql::Select &s, const Place &place);
    [[nodiscard]] QString selectColumns(const std::vector<sql::ExpressionPtr> &columns, const Place &place, bool tableQualified);
    /// What the columns before have taken: label and the column's identity; how many were repeats.
    struct ColumnNames {
        QHash<QString, QString> taken;
        int repeats = 1;
    };
    [[nodiscard]] QString labelledColumn(const sql::ExpressionPtr &column, const Place &place, bool tableQualified, ColumnNames &names);
    [[nodiscard]] std::function<QString()> labelAmong(const sql::ExpressionPtr &column, const QString &effective, const QString &qualified,
                                                      ColumnNames &names);
    struct AnonymousName {
        const void *identity; ///< null: `base` is the whole name
        QString base;
    };
    [[nodiscard]] static AnonymousName anonymousName(const sql::ExpressionPtr &column);
    [[nodiscard]] QString repeatedLabel(const sql::ExpressionPtr &column, const QString &qualified, int repeat);
    [[nodiscard]] QString compound(const sql::CompoundSelect &c, const Place &place);
    [[nodiscard]] QString limitText(const sql::ExpressionPtr &limit, const sql::ExpressionPtr &offset, const Place &place);
    [[nodiscard]] QString fetchText(const sql::Select &s, const Place &place);
    [[nodiscard]] QString forUpdateText(const sql::Select &s);
    [[nodiscard]] QString orderList(const std::vector<sql::ExpressionPtr> &items, const Place &place, const QSet<QString> &labels);
    [[nodiscard]] QString whereText(const sql::ExpressionPtr &where, const Place &place);
    [[nodiscard]] std::vector<const sql::FromClause *> displayFroms(const sql::Select &s, bool asFrom);
    [[nodiscard]] QString fromText(const sql::FromClause &from, const Place &place);
    [[nodiscard]] QString fromName(const sql::FromClause &from);
    [[nodiscard]] QString commonTable(const sql::FromClause &from, const sql::CommonTable &table);
    void registerCommonTable(const sql::CommonTable &table, const QString &name);
    [[nodiscard]] QString tableQualifiedName(const sql::ColumnReference &column);
    [[nodiscard]] QString columnPrefix(const sql::FromClause &from);

    // dmlwriter.cpp
    [[nodiscard]] QString insert(const sql::Insert &i);
    [[nodiscard]] QString onConflict(const sql::Insert &i, const sql::OnConflict &c);
    [[nodiscard]] QString update(const sql::Update &u);
    [[nodiscard]] QString remove(const sql::Delete &d);
    [[nodiscard]] QString assigned(const sql::ExpressionPtr &value, const sql::SqlTypePtr &type, const Place &place);
    [[nodiscard]] QString returningText(const std::vector<sql::ExpressionPtr> &columns);
    [[nodiscard]] QString implicitReturning(const sql::Insert &i);
    void enterTable(const sql::FromPtr &table, const std::vector<const sql::FromClause *> &extra);

    Spelling m_spelling;
    std::optional<Error> m_problem;
    QStringList m_notes;
    std::map<const void *, QString> m_anonymousNames;
    QHash<QString, QString> m_numberedNames;
    QHash<QString, int> m_anonymousCounts;
    std::vector<Level> m_levels;
    struct With {
        std::vector<std::pair<QString, QString>> tables; ///< name and text, in order
        bool isRecursive = false;
        [[nodiscard]] QString text() const; ///< empty where there are none
    };
    With m_with;
    std::deque<With> m_nestedWiths; ///< of the statements that are being written within the whole one
    std::map<QString, sql::ExpressionPtr> m_parameters;
};

/// Where SQLAlchemy leaves a placeholder in a text with literal values, which no database would take.
inline const QString kPlaceholderNote = QStringLiteral("the value is written, where Alembic's offline mode prints a placeholder");

/// What ORDER BY knows a label by: another label of that name over another expression is not it.
/// Expressions whose self_group() is ColumnElement's: a boolean one among them is spelt as a condition.
[[nodiscard]] bool isPlainElement(const sql::ExpressionPtr &e);
/// What NOT makes a condition of, spelt by the dialect (SQLAlchemy's AsBoolean), where others get an operator before them.
[[nodiscard]] bool isFlagOperand(const sql::ExpressionPtr &e);
/// NOT, once or more, of isFlagOperand().
[[nodiscard]] bool isFlagNegation(const sql::UnaryExpression &unary);
[[nodiscard]] QString labelIdentity(const sql::LabelExpression &label);

/// The FROM objects of an expression, in order, subqueries left out.
void collectFroms(const sql::ExpressionPtr &e, std::vector<const sql::FromClause *> &found);

} // namespace stillroom::dialect
