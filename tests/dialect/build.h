// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"
#include "sql/operation.h"

#include <QString>

/// Short hands to state operations in tests, in the words of the scripts that make them.
namespace stillroom::build {

using namespace stillroom::sql;

inline QString s(const char *text) { return QString::fromUtf8(text); }

inline SqlType type(const char *name, TypeFamily family = TypeFamily::Generic)
{
    SqlType t;
    t.family = family;
    t.name = s(name);
    return t;
}
inline SqlType sized(const char *name, int length)
{
    SqlType t = type(name);
    t.length = length;
    return t;
}
inline SqlType pg(const char *name) { return type(name, TypeFamily::PostgreSql); }
inline SqlType enumType(const QStringList &labels, const char *name)
{
    SqlType t = type("Enum");
    t.enumLabels = labels;
    t.enumName = s(name);
    t.hasEnumName = true;
    return t;
}
inline SqlTypePtr shared(SqlType t) { return std::make_shared<const SqlType>(std::move(t)); }

inline Literal value(Literal::Kind kind, const QString &text)
{
    Literal l;
    l.kind = kind;
    l.text = text;
    return l;
}
inline Literal str(const char *text) { return value(Literal::Kind::String, s(text)); }
inline Literal num(int n) { return value(Literal::Kind::Integer, QString::number(n)); }
inline Literal flag(bool on)
{
    Literal l;
    l.kind = Literal::Kind::Boolean;
    l.boolean = on;
    return l;
}
inline Literal list(std::vector<Literal> items)
{
    Literal l;
    l.kind = Literal::Kind::List;
    l.items = std::move(items);
    return l;
}
inline ExpressionPtr bind(Literal literal, SqlTypePtr t = nullptr)
{
    BoundValue bound;
    bound.value = std::move(literal);
    return makeExpression(std::move(bound), std::move(t));
}
inline ExpressionPtr text(const char *sqlText)
{
    TextClause clause;
    clause.text = s(sqlText);
    return makeExpression(std::move(clause));
}
inline FromPtr table(const char *name, const char *schema = "", const char *alias = "")
{
    FromClause from;
    FromClause::Named named;
    named.name.name = Identifier(s(name));
    named.name.schema = Identifier(s(schema));
    from.node = named;
    from.alias = Identifier(s(alias));
    return std::make_shared<const FromClause>(std::move(from));
}
inline ExpressionPtr col(const FromPtr &from, const char *name, SqlTypePtr t = nullptr)
{
    ColumnReference column;
    column.table = from;
    column.name = Identifier(s(name));
    return makeExpression(std::move(column), std::move(t));
}
inline ExpressionPtr col(const char *name, SqlTypePtr t = nullptr) { return col(nullptr, name, std::move(t)); }
inline ExpressionPtr op(BinaryKind kind, ExpressionPtr left, ExpressionPtr right, ExpressionPtr third = nullptr)
{
    BinaryExpression b;
    b.kind = kind;
    b.left = std::move(left);
    b.right = std::move(right);
    b.third = std::move(third);
    return makeExpression(std::move(b));
}
inline ExpressionPtr eq(ExpressionPtr left, ExpressionPtr right) { return op(BinaryKind::Equal, std::move(left), std::move(right)); }
inline ExpressionPtr un(UnaryExpression::Kind kind, ExpressionPtr operand)
{
    UnaryExpression u{};
    u.kind = kind;
    u.operand = std::move(operand);
    return makeExpression(std::move(u));
}
inline ExpressionPtr no(ExpressionPtr operand) { return un(UnaryExpression::Kind::Not, std::move(operand)); }
inline ExpressionPtr logic(bool isOr, std::vector<ExpressionPtr> clauses)
{
    BooleanClauses b;
    b.isOr = isOr;
    b.clauses = std::move(clauses);
    return makeExpression(std::move(b));
}
inline ExpressionPtr func(const char *name, std::vector<ExpressionPtr> arguments = {})
{
    FunctionCall call;
    call.name = s(name);
    call.arguments = std::move(arguments);
    return makeExpression(std::move(call));
}
inline ExpressionPtr constant(ConstantExpression::Kind kind) { return makeExpression(ConstantExpression{kind}); }
inline ExpressionPtr label(const char *name, ExpressionPtr operand)
{
    LabelExpression l;
    l.label = Identifier(s(name));
    l.operand = std::move(operand);
    return makeExpression(std::move(l));
}
template<class T>
StatementPtr statement(T node)
{
    auto made = std::make_shared<Statement>();
    made->node = std::move(node);
    return made;
}
inline ExpressionPtr scalar(StatementPtr select) { return makeExpression(ScalarSubquery{std::move(select)}); }

inline QualifiedName name(const char *tableName, const char *schema = "")
{
    QualifiedName n;
    n.name = Identifier(s(tableName));
    n.schema = Identifier(s(schema));
    return n;
}
inline Column column(const char *columnName, SqlType t)
{
    Column c;
    c.name = Identifier(s(columnName));
    c.type = std::move(t);
    return c;
}
inline Column key(const char *columnName, SqlType t)
{
    Column c = column(columnName, std::move(t));
    c.isPrimaryKey = true;
    return c;
}
inline std::vector<Identifier> names(const QStringList &list)
{
    std::vector<Identifier> out;
    for (const QString &one : list)
        out.emplace_back(one);
    return out;
}
inline Constraint foreign(const QStringList &columns, const QualifiedName &referred, const QStringList &referredColumns,
                          const char *constraintName = "")
{
    ForeignKeyConstraint k;
    k.columns = names(columns);
    k.referredTable = referred;
    k.referredColumns = names(referredColumns);
    Constraint c;
    c.name = Identifier(s(constraintName));
    c.kind = k;
    return c;
}
inline Constraint unique(const QStringList &columns, const char *constraintName = "")
{
    Constraint c;
    c.name = Identifier(s(constraintName));
    c.kind = UniqueConstraint{names(columns)};
    return c;
}
inline Constraint primary(const QStringList &columns, const char *constraintName = "")
{
    Constraint c;
    c.name = Identifier(s(constraintName));
    c.kind = PrimaryKeyConstraint{names(columns)};
    return c;
}
inline Constraint check(ExpressionPtr condition, const char *constraintName = "")
{
    Constraint c;
    c.name = Identifier(s(constraintName));
    c.kind = CheckConstraint{std::move(condition)};
    return c;
}
inline Index index(const char *indexName, const QualifiedName &on, const QStringList &columns)
{
    Index i;
    i.name = Identifier(s(indexName));
    i.table = on;
    for (const QString &one : columns) {
        IndexElement element;
        element.column = Identifier(one);
        i.elements.push_back(std::move(element));
    }
    return i;
}
inline DialectOption option(QString text)
{
    DialectOption o;
    o.value = std::move(text);
    return o;
}
inline DialectOption option(bool on)
{
    DialectOption o;
    o.value = on;
    return o;
}
template<class T>
Operation operation(T kind)
{
    Operation o;
    o.kind = std::move(kind);
    o.origin.file = s("/project/versions/a.py");
    o.origin.line = 7;
    return o;
}

} // namespace stillroom::build
