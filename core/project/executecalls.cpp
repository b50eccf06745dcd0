// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/executecalls.h"

#include "dialect/sqlreader.h"

#include <QRegularExpression>

namespace stillroom::project {

namespace {

Error notWritable(const QString &detail, int line = 0)
{
    return Error{.code = ErrorCode::SqlNotWritable, .detail = line > 0 ? QStringLiteral("line %1: %2").arg(line).arg(detail) : detail};
}

/// What SQLAlchemy's text() makes of a text: nullopt when it finds a parameter. Source: SQLAlchemy, "sqlalchemy.text()".
std::optional<QString> asTextReadsIt(QString text)
{
    static const QRegularExpression parameter(QStringLiteral("(?<![:\\w\\\\]):(\\w+)(?!:)"), QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression escaped(QStringLiteral("\\\\(:[\\w$]*)(?![:\\w$])"), QRegularExpression::UseUnicodePropertiesOption);
    if (parameter.match(text).hasMatch())
        return std::nullopt;
    return text.replace(escaped, QStringLiteral("\\1"));
}

/// A backslash before every colon that text() would take for a parameter, and before every backslash that it would take away.
Result<QString> withColonsEscaped(const dialect::SqlPart &part)
{
    // SQLAlchemy's positional parameter styles (SQLite, asyncpg) look for these in the finished text.
    static const QRegularExpression python(QStringLiteral("%\\([^)]+\\)s"));
    if (const auto match = python.match(part.sql); match.hasMatch())
        return std::unexpected(notWritable(
            QStringLiteral("SQLAlchemy would take %1 in this statement for a parameter, and it cannot be escaped; write it as two texts joined by ||")
                .arg(match.captured()),
            part.line));
    if (asTextReadsIt(part.sql) == part.sql)
        return part.sql;
    static const QRegularExpression taken(QStringLiteral("(?<![:\\w\\\\])(?=:\\w)|(?=\\\\:[\\w$]*(?![:\\w$]))"),
                                          QRegularExpression::UseUnicodePropertiesOption);
    QString text = part.sql;
    text.replace(taken, QStringLiteral("\\"));
    if (asTextReadsIt(text) != part.sql)
        return std::unexpected(
            notWritable(QStringLiteral("SQLAlchemy would take a colon in this statement for a parameter, and it cannot be escaped"), part.line));
    return text;
}

QString pythonText(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    const bool isLong = text.contains(QLatin1Char('\n'));
    if (!isLong) {
        const bool isDouble = !text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\''));
        const QChar quote = QLatin1Char(isDouble ? '"' : '\'');
        return quote + text.replace(quote, QStringLiteral("\\") + quote) + quote;
    }
    text.replace(QLatin1String("\"\"\""), QLatin1String("\\\"\\\"\\\""));
    if (text.endsWith(QLatin1Char('"')))
        text.insert(text.size() - 1, QLatin1Char('\\'));
    return QStringLiteral("\"\"\"%1\"\"\"").arg(text);
}

} // namespace

Result<QString> executeCalls(const QString &sql, dialect::DialectKind kind)
{
    QString unified = sql;
    unified.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    const dialect::SqlReading reading = dialect::readSql(kind, unified);
    if (!reading.problem.isEmpty())
        return std::unexpected(notWritable(reading.problem, reading.problemLine));
    QString calls;
    bool isOutside = false;
    for (const dialect::SqlPart &part : reading.parts) {
        if (part.kind == dialect::SqlKind::Empty)
            continue;
        if (part.isTransactionCommand)
            return std::unexpected(
                notWritable(QStringLiteral("%1 would end the transaction that Alembic runs the revision in").arg(part.sql), part.line));
        if (part.copiesFromStdin)
            return std::unexpected(notWritable(QStringLiteral("COPY FROM STDIN needs data, which a script cannot give"), part.line));
        auto text = withColonsEscaped(part);
        if (!text)
            return std::unexpected(std::move(text).error());
        const bool needsOutside = part.transaction == dialect::TransactionNeed::Outside;
        if (!calls.isEmpty())
            calls += QStringLiteral("\n    ");
        if (needsOutside && !isOutside)
            calls += QStringLiteral("with op.get_context().autocommit_block():\n    ");
        if (needsOutside)
            calls += QStringLiteral("    ");
        isOutside = needsOutside;
        calls += QStringLiteral("op.execute(%1)").arg(pythonText(*text));
    }
    return calls;
}

} // namespace stillroom::project
