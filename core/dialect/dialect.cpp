// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/dialect.h"

#include "dialect/operationwriter.h"
#include "dialect/typetext.h"

#include <QStringBuilder>

namespace stillroom::dialect {

namespace {

/// Both dialects: what differs is decided where the text is written.
class TextDialect final : public Dialect {
public:
    explicit TextDialect(Spelling spelling) : m_spelling(spelling) {}

    DialectKind kind() const override { return m_spelling.kind; }
    QString quoted(const sql::Identifier &name) const override { return quotedIdentifier(m_spelling.kind, name); }
    Result<QString> typeText(const sql::SqlType &type) const override { return dialect::typeText(m_spelling.kind, type); }
    Result<std::vector<Statement>> statements(const sql::Operation &operation, SchemaLookup *lookup) const override
    {
        return operationStatements(m_spelling, operation, lookup, m_madeTypes);
    }
    QString literal(const QString &text) const override { return stringLiteral(m_spelling, text); }

private:
    Spelling m_spelling;
    mutable MadeTypes m_madeTypes;
};

} // namespace

Dialect::~Dialect() = default;
SchemaLookup::~SchemaLookup() = default;

QString dialectName(DialectKind kind) { return kind == DialectKind::PostgreSql ? QStringLiteral("postgresql") : QStringLiteral("sqlite"); }

std::optional<DialectKind> dialectFromName(const QString &name)
{
    if (name == QLatin1String("postgresql") || name == QLatin1String("postgres"))
        return DialectKind::PostgreSql;
    if (name == QLatin1String("sqlite"))
        return DialectKind::Sqlite;
    return std::nullopt;
}

std::unique_ptr<Dialect> Dialect::create(DialectKind kind, RenderOptions options)
{
    return std::make_unique<TextDialect>(Spelling{.kind = kind, .options = options});
}

namespace {

Result<QString> textFor(DialectKind kind, const sql::Operation &operation, bool hasLiteralValues)
{
    const auto dialect = Dialect::create(kind, {.refusesValues = !hasLiteralValues});
    auto statements = dialect->statements(operation, nullptr);
    if (!statements)
        return std::unexpected(std::move(statements).error());
    if (statements->size() != 1)
        return std::unexpected(notSupported(QStringLiteral("the script compiles what is no single statement"), {}));
    return statements->front().sql;
}

} // namespace

Result<QString> compiledText(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues)
{
    if (!dialectName.isEmpty()) {
        const auto kind = dialectFromName(dialectName);
        if (!kind)
            return std::unexpected(notSupported(QStringLiteral("the script compiles SQL for %1").arg(dialectName), dialectName));
        return textFor(*kind, operation, hasLiteralValues);
    }
    auto text = textFor(DialectKind::PostgreSql, operation, hasLiteralValues);
    const auto other = textFor(DialectKind::Sqlite, operation, hasLiteralValues);
    if (text && (!other || other->simplified() != text->simplified()))
        return std::unexpected(notSupported(QStringLiteral("the script compiles SQL for SQLAlchemy's default dialect"), {}));
    return text ? other : text; // the line breaks are SQLite's
}

QString Dialect::quoted(const sql::QualifiedName &name) const { return quotedName(kind(), name); }

QString VersionStatements::create() const
{
    if (!hasPrimaryKey)
        return QStringLiteral("CREATE TABLE %1 (\n    version_num VARCHAR(32) NOT NULL\n)").arg(dialect.quoted(table));
    const sql::Identifier key(table.name.text + QLatin1String("_pkc"));
    return QStringLiteral("CREATE TABLE %1 (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT %2 PRIMARY KEY (version_num)\n)")
        .arg(dialect.quoted(table), dialect.quoted(key));
}

QString VersionStatements::insert(const QString &revision) const
{
    const QString name = dialect.quoted(table);
    const QString returned = dialect.kind() == DialectKind::PostgreSql ? name + QLatin1String(".version_num") : QStringLiteral("version_num");
    const QString text =
        QLatin1String("INSERT INTO ") % name % QLatin1String(" (version_num) VALUES (") % dialect.literal(revision) % QLatin1Char(')');
    return returnsVersion ? QString(text % QLatin1String(" RETURNING ") % returned) : text;
}

QString VersionStatements::update(const QString &from, const QString &to) const
{
    const QString name = dialect.quoted(table);
    return QLatin1String("UPDATE ") % name % QLatin1String(" SET version_num=") % dialect.literal(to) % QLatin1String(" WHERE ") % name %
           QLatin1String(".version_num = ") % dialect.literal(from);
}

QString VersionStatements::remove(const QString &revision) const
{
    const QString name = dialect.quoted(table);
    return QLatin1String("DELETE FROM ") % name % QLatin1String(" WHERE ") % name % QLatin1String(".version_num = ") % dialect.literal(revision);
}

} // namespace stillroom::dialect
