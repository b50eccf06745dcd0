// SPDX-License-Identifier: GPL-3.0-or-later
#include "normalise.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::conformance {

namespace {

QString replaced(QString text, const char *pattern, const char *by)
{
    return text.replace(QRegularExpression(QString::fromUtf8(pattern)), QString::fromUtf8(by));
}

/// A CREATE TABLE's lines without their order where the order means nothing: a rebuild writes named constraints in the
/// order of a Python set, another one in each run of Alembic.
QString withSortedConstraints(const QString &sql)
{
    if (!sql.contains(QLatin1String("CREATE TABLE")))
        return sql;
    QStringList columns;
    QStringList constraints;
    static const QRegularExpression tail(QStringLiteral("\\)\\s*$"));
    QString body = sql;
    body.remove(tail);
    for (QString line : body.split(QRegularExpression(QStringLiteral(",\\s*\\n|\\n")))) {
        line = line.simplified();
        if (line.endsWith(QLatin1Char(',')))
            line.chop(1);
        if (line.startsWith(QLatin1String("CONSTRAINT ")))
            constraints.append(line);
        else if (!line.isEmpty())
            columns.append(line);
    }
    constraints.sort();
    return (columns + constraints).join(QLatin1String(", "));
}

} // namespace

QString normalisedStatement(const QString &sql, const QString &sqlalchemy)
{
    QString text = sql.simplified(); // white space means nothing outside literals, and no fixture has two blanks in one
    const bool is14 = sqlalchemy.startsWith(QLatin1String("1.4"));
    if (is14) {
        // SQLAlchemy 1.4 does not ask for the row back: "INSERT INTO alembic_version … RETURNING version_num" came with 2.0 (alembic.md 4).
        text = replaced(text, " RETURNING (alembic_version\\.|[a-z_]+\\.alembic_version\\.)?version_num$", "");
        // 1.4 puts function defaults in parentheses on SQLite, 2.0 does not (alembic.md 11).
        text = replaced(text, "DEFAULT \\((CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME)\\)", "DEFAULT \\1");
    }
    return text;
}

QStringList normalisedStatements(const QString &offlineSql, const QString &sqlalchemy)
{
    QStringList statements;
    QString current;
    for (const QString &line : offlineSql.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("-- Running ")) && current.trimmed().isEmpty()) {
            statements.append(line.simplified());
            continue;
        }
        current += line + QLatin1Char('\n');
        // Each statement ends with ";" and one blank line; a blank line within a function's body does not follow a ";" at a line's end alone, so
        // pieces are joined again below.
        if (line.endsWith(QLatin1Char(';')) && current.count(QLatin1String("$$")) % 2 == 0) {
            statements.append(normalisedStatement(current, sqlalchemy));
            current.clear();
        }
    }
    if (!current.trimmed().isEmpty())
        statements.append(normalisedStatement(current, sqlalchemy));
    // Alembic before 1.19 also drops the version table when it reaches base (alembic.md 5).
    statements.removeIf(
        [](const QString &s) { return QRegularExpression(QStringLiteral("^DROP TABLE (\\w+\\.)?alembic_version;$")).match(s).hasMatch(); });
    // Indexes of index=True columns come in the order of a Python set (alembic.md 11): a run of CREATE INDEX has no order.
    for (auto first = statements.begin(); first != statements.end();) {
        const auto isIndex = [](const QString &s) {
            return s.startsWith(QLatin1String("CREATE INDEX")) || s.startsWith(QLatin1String("CREATE UNIQUE INDEX"));
        };
        if (!isIndex(*first)) {
            ++first;
            continue;
        }
        const auto last = std::find_if_not(first, statements.end(), isIndex);
        std::sort(first, last);
        first = last;
    }
    return statements;
}

/// Alembic before 1.19 gives a row back to every parent of an un-merge; newer ones, as Stillroom, leave out those that another
/// row depends on. The rows themselves are compared by the property test of the walks, the schemas by the walks of the projects.
QStringList withoutVersionStatements(QStringList statements)
{
    statements.removeIf([](const QString &s) {
        return QRegularExpression(QStringLiteral("^(INSERT INTO|UPDATE|DELETE FROM) (\\w+\\.)?alembic_version ")).match(s).hasMatch();
    });
    return statements;
}

QStringList normalisedSqliteSchema(const QStringList &lines)
{
    QStringList normal;
    for (const QString &line : lines) {
        QString text = withSortedConstraints(line);
        // A rebuild by 1.4 puts reflected defaults in parentheses (alembic.md 6), which mean nothing to SQLite.
        text = replaced(text, "DEFAULT \\(([^()]*)\\)", "DEFAULT \\1");
        normal.append(text.simplified());
    }
    return normal;
}

} // namespace stillroom::conformance
