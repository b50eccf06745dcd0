// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"
#include "python/unicode.h"

#include <algorithm>

namespace stillroom::python {

namespace {

using T = TokenKind;

constexpr std::size_t kAlignment = alignof(std::max_align_t);

} // namespace

Grammar::Grammar(Tree &tree, bool isAscii, Extent extent, bool acceptsPython2)
    : m_tree(tree), m_lexer(tree.source(), isAscii, acceptsPython2), m_extent(extent), m_acceptsPython2(acceptsPython2)
{
    // Nodes take about eight times the room of what they stand for.
    const std::size_t size = tree.source().size();
    m_chunk = extent == Extent::TopLevel ? 2048 : std::clamp<std::size_t>(size * 8, 1024, 256 * 1024);
}

void *Grammar::allocate(std::size_t size)
{
    size = (size + 7) & ~std::size_t{7};
    static_assert(alignof(Expression) <= 8 && alignof(Pattern) <= 8 && alignof(FunctionDefinition) <= 8);
    if (size > m_left) {
        const std::size_t chunk = std::max(size, m_chunk);
        m_free = static_cast<std::byte *>(m_tree.arena().allocate(chunk, kAlignment));
        m_left = chunk;
    }
    void *result = m_free;
    m_free += size;
    m_left -= size;
    return result;
}

std::string_view Grammar::kept(std::string_view text)
{
    if (text.empty())
        return {};
    auto *copy = static_cast<char *>(allocate(text.size()));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

std::string_view Grammar::identifier()
{
    const std::string_view name = m_token.hasNonAscii ? kept(normalizedIdentifier(m_token.text())) : m_token.text();
    advance();
    return name;
}

bool Grammar::startsExpression(T kind)
{
    switch (kind) {
    case T::Name:
    case T::Number:
    case T::String:
    case T::FormattedStart:
    case T::NoneWord:
    case T::TrueWord:
    case T::FalseWord:
    case T::Ellipsis:
    case T::LeftParenthesis:
    case T::LeftBracket:
    case T::LeftBrace:
    case T::Plus:
    case T::Minus:
    case T::Tilde:
    case T::Not:
    case T::Lambda:
    case T::Await:
    case T::Backquote:
        return true;
    default:
        return false;
    }
}

/// The token behind the current one.
T Grammar::peek() const
{
    Lexer ahead = m_lexer;
    Token token;
    ahead.next(token);
    return token.kind;
}

void Grammar::refuseStrayAwait(const Scope &scope)
{
    if (!scope.stray)
        return;
    const bool inFunction = scope.kind == ScopeKind::Function || scope.kind == ScopeKind::Lambda;
    defer(*scope.stray, inFunction ? "'await' outside async function" : "'await' outside function");
}

void Grammar::parseScript()
{
    Scope module;
    m_scope = &module;
    m_lexer.next(m_token);
    Statements statements(*this, m_statements);
    while (!is(T::EndOfFile)) {
        // An empty line made of joined lines.
        if (accept(T::Newline))
            continue;
        parseStatement(statements);
    }
    m_tree.setBody(statements.finish());
    refuseStrayAwait(module);
    m_scope = nullptr;
}

void Grammar::parseSingleExpression()
{
    Scope module;
    m_scope = &module;
    m_lexer.beginInline();
    do
        m_lexer.next(m_token);
    while (is(T::Newline));
    const Position start = m_token.start;
    const Expression *value = parseStarExpressions();
    if (value->kind == ExpressionKind::Starred)
        defer(value->position, "can't use starred expression here");
    const Statement *statement = makeStatement<ExpressionStatement>(StatementKind::ExpressionStatement, start, value);
    while (accept(T::Newline)) {
    }
    if (!is(T::EndOfFile))
        unexpected();
    Statements statements(*this, m_statements);
    statements.add(statement);
    m_tree.setBody(statements.finish());
    refuseStrayAwait(module);
    m_scope = nullptr;
}

} // namespace stillroom::python
