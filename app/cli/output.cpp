// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "base/sentence.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <unistd.h>

namespace stillroom::cli {

namespace {

/// A terminal obeys control characters: those of a project's texts are shown instead, only colours and the clearing of a line go through.
QByteArray bytesFor(int descriptor, const QString &text)
{
    static const QRegularExpression control(QStringLiteral("\\x1b(?!\\[[0-9;]*[mK])|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1a\\x1c-\\x1f\\x7f-\\x9f]"));
    if (isatty(descriptor) != 1)
        return text.toUtf8();
    return QString(text).replace(control, QString(QChar(QChar::ReplacementCharacter))).toUtf8();
}

int g_printError = 0; ///< errno of the first text that could not be written

void writeOut(const QByteArray &bytes)
{
    const bool isWritten =
        std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout) == static_cast<std::size_t>(bytes.size());
    if ((!isWritten || std::fflush(stdout) != 0) && g_printError == 0)
        g_printError = errno;
}

} // namespace

void print(const QString &text) { writeOut(bytesFor(STDOUT_FILENO, text)); }

void printUtf8(const QByteArray &text)
{
    if (isatty(STDOUT_FILENO) == 1)
        print(QString::fromUtf8(text));
    else
        writeOut(text);
}

int afterPrinting(int status)
{
    if (g_printError == 0 || g_printError == EPIPE || g_printError == EBADF) // whoever closes it wants no more
        return status;
    printError(QStringLiteral("stillroom-cli: the output is not whole: %1.\n").arg(QString::fromLocal8Bit(std::strerror(g_printError))));
    return status == kDone ? kFailed : status;
}

void printError(const QString &text)
{
    const QByteArray bytes = bytesFor(STDERR_FILENO, text);
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

void printJson(const QJsonObject &object) { print(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented))); }

namespace {

bool g_tellsWhole = false;

void tellFields(const Error &error, const QString &indent)
{
    QList<QStringList> rows{{QStringLiteral("code"), QString::number(static_cast<int>(error.code))}};
    const std::pair<const char *, QString> fields[] = {{"subject", error.subject},
                                                       {"detail", error.detail},
                                                       {"file", error.file},
                                                       {"line", error.line > 0 ? QString::number(error.line) : QString()},
                                                       {"revision", error.revision},
                                                       {"candidates", error.candidates.join(QStringLiteral(", "))},
                                                       {"SQLSTATE", error.sqlState},
                                                       {"position", error.position > 0 ? QString::number(error.position) : QString()},
                                                       {"constraint", error.constraintName},
                                                       {"table", error.tableName},
                                                       {"column", error.columnName},
                                                       {"server detail", error.serverDetail},
                                                       {"inner query", error.internalQuery}};
    for (const auto &[name, value] : fields) {
        if (!value.isEmpty())
            rows.append({QString::fromUtf8(name), value});
    }
    printError(aligned(rows, indent));
    if (error.cause) {
        printError(QStringLiteral("%1caused by: %2\n").arg(indent, sentence(*error.cause)));
        tellFields(*error.cause, indent + QStringLiteral("  "));
    }
}

} // namespace

void tellErrorsWhole() { g_tellsWhole = true; }

int fail(const Error &error)
{
    printError(QStringLiteral("FAILED: %1\n").arg(sentence(error)));
    if (!error.statement.isEmpty() && error.code == ErrorCode::StatementFailed) {
        QString statement = error.statement;
        printError(QStringLiteral("  statement: %1\n").arg(statement.replace(QLatin1Char('\n'), QLatin1String("\n             "))));
    }
    if (!error.hint.isEmpty())
        printError(QStringLiteral("  hint: %1\n").arg(error.hint));
    if (g_tellsWhole)
        tellFields(error, QStringLiteral("  "));
    return kFailed;
}

/// One long cell widens no other line: it stands out, with two blanks behind it.
QString aligned(const QList<QStringList> &rows, const QString &indent)
{
    constexpr qsizetype kWidestCell = 60;
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths.append(0);
            if (row[i].size() <= kWidestCell)
                widths[i] = std::max(widths[i], row[i].size());
        }
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line = indent;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 == row.size() ? row[i] : row[i].leftJustified(widths[i]) + QStringLiteral("  ");
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += line + QLatin1Char('\n');
    }
    return text;
}

} // namespace stillroom::cli
