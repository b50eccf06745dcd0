// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/headeredit.h"

#include "python/parser.h"

#include <QRegularExpression>
#include <QStringConverter>

#include <optional>

namespace stillroom::script {

namespace {

using python::ExpressionKind;
using python::StatementKind;

/// The value that the last plain assignment to `down_revision` gives it.
const python::Expression *assignedValue(const python::Tree &tree)
{
    const auto isDownRevision = [](const python::Expression *target) {
        return target->kind == ExpressionKind::Name && static_cast<const python::Name *>(target)->id == "down_revision";
    };
    const python::Expression *value = nullptr;
    for (const python::Statement *statement : tree.body()) {
        if (statement->kind == StatementKind::Assign) {
            const auto *assignment = static_cast<const python::Assign *>(statement);
            if (assignment->targets.size() == 1 && isDownRevision(assignment->targets.front()))
                value = assignment->value;
        } else if (statement->kind == StatementKind::AnnotatedAssign) {
            const auto *assignment = static_cast<const python::AnnotatedAssign *>(statement);
            if (assignment->value && isDownRevision(assignment->target))
                value = assignment->value;
        }
    }
    return value;
}

/// Where a position of the parser, which counts code points, is in the text. nullopt: beyond it.
std::optional<qsizetype> offsetOf(const QString &text, python::Position position)
{
    qsizetype at = 0;
    for (int line = 1; line < position.line; ++line) {
        while (at < text.size() && text[at] != QLatin1Char('\n') && text[at] != QLatin1Char('\r'))
            ++at;
        if (at >= text.size())
            return std::nullopt;
        at += text[at] == QLatin1Char('\r') && at + 1 < text.size() && text[at + 1] == QLatin1Char('\n') ? 2 : 1;
    }
    for (int column = 1; column < position.column; ++column) {
        if (at >= text.size())
            return std::nullopt;
        at += text[at].isHighSurrogate() ? 2 : 1;
    }
    return at;
}

QString literal(const QStringList &ids, QChar quote)
{
    QStringList quoted;
    for (QString id : ids) {
        id.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(quote, QStringLiteral("\\") + quote);
        quoted << quote + id + quote;
    }
    if (quoted.isEmpty())
        return QStringLiteral("None");
    return quoted.size() == 1 ? quoted.front() : QStringLiteral("(%1)").arg(quoted.join(QStringLiteral(", ")));
}

} // namespace

Result<QByteArray> withDownRevisions(const QByteArray &script, const QString &fileName, const QStringList &ids)
{
    const auto tree = python::parseTopLevel(script, fileName);
    if (!tree)
        return std::unexpected(tree.error());
    const auto notEditable = [&fileName](int line, const QString &why) {
        return std::unexpected(
            Error{.code = ErrorCode::HeaderNotEditable, .subject = QStringLiteral("down_revision"), .detail = why, .file = fileName, .line = line});
    };
    const python::Expression *value = assignedValue(*tree);
    if (!value)
        return notEditable(0, QStringLiteral("it is not assigned in a line of its own at the top level"));

    constexpr QByteArrayView kMark("\xEF\xBB\xBF");
    const bool hasMark = script.startsWith(kMark);
    QStringDecoder decode(QStringConverter::Utf8);
    QString text = decode(hasMark ? script.sliced(kMark.size()) : script);
    const bool isUtf8 = !decode.hasError();
    if (!isUtf8)
        text = QString::fromLatin1(script); // one byte is one character: what is not touched stays

    const auto begin = offsetOf(text, value->position), end = offsetOf(text, value->end);
    if (!begin || !end || *begin >= *end)
        return notEditable(value->position.line, QStringLiteral("its place in the file cannot be told"));
    const QString old = text.sliced(*begin, *end - *begin);
    text.replace(*begin, *end - *begin, literal(ids, old.contains(QLatin1Char('"')) ? QLatin1Char('"') : QLatin1Char('\'')));

    const auto body = tree->body();
    if (tree->docstring() && !body.empty() && body.front()->kind == StatementKind::ExpressionStatement) {
        const python::Expression *doc = static_cast<const python::ExpressionStatement *>(body.front())->value;
        const auto from = offsetOf(text, doc->position), to = offsetOf(text, doc->end);
        static const QRegularExpression revises(QStringLiteral("^([ \\t]*Revises:[ \\t]*)([^\\r\\n\"]*?)([ \\t]*)$"),
                                                QRegularExpression::MultilineOption);
        if (from && to && *to <= *begin) {
            QString words = text.sliced(*from, *to - *from);
            if (const auto match = revises.match(words); match.hasMatch()) {
                words.replace(match.capturedStart(2), match.capturedLength(2), ids.join(QStringLiteral(", ")));
                text.replace(*from, *to - *from, words);
            }
        }
    }
    return isUtf8 ? (hasMark ? kMark.toByteArray() : QByteArray()) + text.toUtf8() : text.toLatin1();
}

} // namespace stillroom::script
