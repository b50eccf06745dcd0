// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/hooks.h"

namespace stillroom::project {

std::optional<QStringList> splitAsShell(const QString &text)
{
    QStringList words;
    QString word;
    bool isWord = false;
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!quote.isNull()) {
            const bool escapes = quote == QLatin1Char('"') && c == QLatin1Char('\\') && i + 1 < text.size() &&
                                 (text[i + 1] == QLatin1Char('"') || text[i + 1] == QLatin1Char('\\'));
            if (c == quote)
                quote = QChar();
            else
                word += escapes ? text[++i] : c;
        } else if (c.isSpace()) {
            if (isWord)
                words << word;
            word.clear();
            isWord = false;
        } else {
            isWord = true;
            if (c == QLatin1Char('"') || c == QLatin1Char('\''))
                quote = c;
            else if (c != QLatin1Char('\\'))
                word += c;
            else if (i + 1 < text.size())
                word += text[++i];
            else
                return std::nullopt;
        }
    }
    if (!quote.isNull())
        return std::nullopt;
    if (isWord)
        words << word;
    return words;
}

Result<HookCommand> commandOf(const PostWriteHook &hook, const QString &scriptFile)
{
    const auto problem = [&hook](const QString &detail) {
        return std::unexpected(Error{.code = ErrorCode::HookNotUnderstood, .subject = hook.name, .detail = detail, .file = hook.file});
    };
    struct Kind {
        const char *type, *option;
        QStringList before;
    };
    static const Kind kinds[] = {
        {"exec", "executable", {}}, {"console_scripts", "entrypoint", {}}, {"module", "module", {QStringLiteral("python3"), QStringLiteral("-m")}}};
    const QString type = hook.options.value(QStringLiteral("type"));
    if (type.isEmpty())
        return problem(QStringLiteral("%1.type is not set").arg(hook.name));
    QString options = hook.options.value(QStringLiteral("options"));
    const QString token = QStringLiteral("REVISION_SCRIPT_FILENAME");
    if (!options.contains(token))
        options = token + QLatin1Char(' ') + options;
    for (const Kind &kind : kinds) {
        if (type != QLatin1String(kind.type))
            continue;
        const QString program = hook.options.value(QLatin1String(kind.option));
        if (program.isEmpty())
            return problem(QStringLiteral("%1.%2 is not set").arg(hook.name, QLatin1String(kind.option)));
        const auto words = splitAsShell(options);
        if (!words)
            return problem(QStringLiteral("a quotation mark in %1.options is left open").arg(hook.name));
        QStringList command = kind.before + QStringList{program} + *words;
        for (QString &word : command)
            word.replace(token, scriptFile);
        return HookCommand{.program = command.takeFirst(), .arguments = command, .folder = hook.options.value(QStringLiteral("cwd"))};
    }
    return problem(QStringLiteral("its type '%1' is a plugin's").arg(type));
}

} // namespace stillroom::project
