// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/parser.h"

#include "python/grammar.h"
#include "python/scopecheck.h"
#include "python/sourcetext.h"

namespace stillroom::python {

namespace {

QString lineText(std::string_view source, int line)
{
    for (int i = 1; i < line; ++i) {
        const std::size_t newline = source.find('\n');
        if (newline == std::string_view::npos)
            return {};
        source.remove_prefix(newline + 1);
    }
    const std::string_view text = source.substr(0, source.find('\n'));
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Error errorAt(ErrorCode code, Position where, const std::string &detail, std::string_view source, const QString &fileName)
{
    Error error;
    error.code = code;
    error.file = fileName;
    error.line = where.line;
    error.column = where.column;
    error.detail = QString::fromStdString(detail);
    error.statement = lineText(source, where.line);
    return error;
}

/// The first construct that only Python 2 has, if reading the script as Python 2 gets past the line of `failure`.
std::optional<Python2Construct> python2Construct(const SourceText &source, const SyntaxFailure &failure)
{
    Tree tree(source.text);
    Grammar grammar(tree, source.isAscii, Extent::Everything, true);
    try {
        grammar.parseScript();
    } catch (const SyntaxFailure &inPython2) {
        // Python 2 would not read it either. But what failed as Python 3 may be an older construct all the same.
        if (inPython2.where.line <= failure.where.line)
            return std::nullopt;
    }
    return grammar.python2Construct();
}

enum class Start : std::uint8_t { Script, Expression };

Result<Tree> parsed(const QByteArray &bytes, const QString &fileName, Extent extent, Start start)
{
    auto source = readSource(bytes);
    if (!source) {
        const std::string_view raw(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        return std::unexpected(errorAt(ErrorCode::ScriptSyntax, source.error().where, source.error().message, raw, fileName));
    }
    Tree tree(source->text);
    Grammar grammar(tree, source->isAscii, extent, false);
    std::optional<SyntaxFailure> failure;
    try {
        start == Start::Script ? grammar.parseScript() : grammar.parseSingleExpression();
        failure = grammar.deferredFailure();
        if (!failure && grammar.needsScopeCheck())
            failure = checkScopes(tree.body());
        if (!failure)
            return tree;
    } catch (SyntaxFailure &syntax) {
        if (grammar.needsEverything())
            return parsed(bytes, fileName, Extent::Everything, start);
        if (start == Start::Script) {
            if (const auto construct = python2Construct(*source, syntax))
                return std::unexpected(errorAt(ErrorCode::ScriptIsPython2, construct->where, construct->name, tree.source(), fileName));
        }
        failure = grammar.explained(std::move(syntax));
    }
    return std::unexpected(errorAt(ErrorCode::ScriptSyntax, failure->where, failure->message, tree.source(), fileName));
}

} // namespace

Result<Tree> parse(const QByteArray &bytes, const QString &fileName) { return parsed(bytes, fileName, Extent::Everything, Start::Script); }

Result<Tree> parseTopLevel(const QByteArray &bytes, const QString &fileName) { return parsed(bytes, fileName, Extent::TopLevel, Start::Script); }

Result<Tree> parseExpression(const QByteArray &bytes, const QString &fileName)
{
    return parsed(bytes, fileName, Extent::Everything, Start::Expression);
}

} // namespace stillroom::python
