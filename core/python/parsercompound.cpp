// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"

#include <algorithm>

/// Compound statements (Python reference, chapter 8), match apart.
namespace stillroom::python {

namespace {

using T = TokenKind;

} // namespace

void Grammar::parseStatement(Statements &into)
{
    switch (m_token.kind) {
    case T::If:
    case T::While:
    case T::For:
    case T::Try:
    case T::With:
    case T::Def:
    case T::Class:
    case T::Async:
    case T::At:
        m_mayImportFuture = false;
        into.add(parseCompound());
        break;
    case T::Indent:
        fail({m_token.start.line, std::max(1, m_token.start.column - 1)}, "unexpected indent");
    case T::Name:
        if (isMatchAhead()) {
            m_mayImportFuture = false;
            into.add(parseMatch());
            break;
        }
        [[fallthrough]];
    default:
        parseSimpleStatements(into);
        break;
    }
    m_tookStatement = true;
}

const Statement *Grammar::parseCompound()
{
    const Position start = m_token.start;
    switch (m_token.kind) {
    case T::If:
        return parseIf();
    case T::While:
        return parseWhile();
    case T::For:
        return parseFor(start, false);
    case T::Try:
        return parseTry();
    case T::With:
        return parseWith(start, false);
    case T::Def:
        return parseFunction(start, false, {});
    case T::Class:
        return parseClass({});
    case T::Async:
        return parseAsync();
    default:
        return parseDecorated();
    }
}

const Statement *Grammar::finishCompound(Statement *statement, Position end)
{
    statement->end = end;
    return statement;
}

void Grammar::expectColon(Colon colon)
{
    if (is(T::Colon))
        return;
    if (colon == Colon::Forced || is(T::Newline))
        unexpectedOr("expected ':'");
    unexpected();
}

Block Grammar::parseBlock(const char *after, int line, Colon colon)
{
    expectColon(colon);
    advance();
    Statements statements(*this, m_statements);
    if (!is(T::Newline)) {
        parseSimpleStatements(statements);
        return statements.finish();
    }
    const Position newline = m_token.start;
    advance();
    if (!is(T::Indent))
        fail(*m_token.begin == '\0' ? newline : m_token.start,
             std::string("expected an indented block after ") + after + " on line " + std::to_string(line));
    advance();
    while (!is(T::Dedent) && !is(T::EndOfFile))
        parseStatement(statements);
    accept(T::Dedent);
    return statements.finish();
}

/// For TopLevel: leaves the body of a function or class out.
Block Grammar::skipBody(Colon colon)
{
    expectColon(colon);
    m_blockEnd = m_token.end;
    if (!m_lexer.skipBody()) {
        m_needsEverything = true;
        fail(m_token.start, "invalid syntax");
    }
    m_token.end = m_blockEnd;
    advance();
    return {};
}

/// `elif` is a chain: read in a loop, and folded from its end.
const Statement *Grammar::parseIf()
{
    struct Branch {
        Position start;
        const Expression *test;
        Block body;
    };
    std::vector<Branch> branches;
    do {
        const Position start = m_token.start;
        const char *after = is(T::If) ? "'if' statement" : "'elif' statement";
        advance();
        const Expression *test = parseNamedExpression();
        const Block body = parseBlock(after, start.line);
        branches.push_back({start, test, body});
    } while (is(T::Elif));
    Block otherwise;
    if (is(T::Else)) {
        const int line = m_token.start.line;
        advance();
        otherwise = parseBlock("'else' statement", line, Colon::Forced);
    }
    const Position end = m_blockEnd;
    const Statement *statement = nullptr;
    for (std::size_t i = branches.size(); i-- > 0;) {
        const Branch &branch = branches[i];
        if (statement) {
            const auto **only = static_cast<const Statement **>(allocate(sizeof(Statement *)));
            *only = statement;
            otherwise = {only, 1};
        }
        statement = finishCompound(makeStatement<If>(StatementKind::If, branch.start, branch.test, branch.body, otherwise), end);
    }
    return statement;
}

Block Grammar::parseElse()
{
    if (!is(T::Else))
        return {};
    const int line = m_token.start.line;
    advance();
    return parseBlock("'else' statement", line, Colon::Forced);
}

const Statement *Grammar::parseWhile()
{
    const Position start = m_token.start;
    advance();
    const Expression *test = parseNamedExpression();
    const Block body = parseLoopBody("'while' statement", start.line);
    const Block otherwise = parseElse();
    return finishCompound(makeStatement<While>(StatementKind::While, start, test, body, otherwise), m_blockEnd);
}

Block Grammar::parseLoopBody(const char *after, int line)
{
    const bool inExceptStar = m_scope->inExceptStar;
    m_scope->inExceptStar = false;
    ++m_scope->loops;
    const Block body = parseBlock(after, line);
    --m_scope->loops;
    m_scope->inExceptStar = inExceptStar;
    return body;
}

const Statement *Grammar::parseFor(Position start, bool isAsync)
{
    const int line = m_token.start.line;
    advance();
    const Expression *target = parseTargetList();
    expect(T::In);
    const Expression *iterable = parseStarExpressions();
    const Block body = parseLoopBody("'for' statement", line);
    const Block otherwise = parseElse();
    return finishCompound(makeStatement<For>(StatementKind::For, start, target, iterable, body, otherwise, isAsync), m_blockEnd);
}

void Grammar::parseWithItem(Gathering<WithItem> &items)
{
    const Expression *context = parseExpression();
    const Expression *target = nullptr;
    if (accept(T::As)) {
        target = is(T::Star) ? parseStarNamedExpression() : parseOperators(precedence::kBitOr);
        if (const Expression *invalid = invalidTarget(target, false))
            fail(invalid->position, "cannot assign to " + expressionName(invalid));
        checkStars(target);
    }
    items.add({context, target});
}

/// `with (a as b, c):` as against `with (a, b)[0]:`. False, and back at the parenthesis, when it is an expression.
bool Grammar::parseParenthesizedItems(Gathering<WithItem> &items)
{
    if (!is(T::LeftParenthesis) || m_lexer.behindBracket() != ':')
        return false;
    const Lexer lexer = m_lexer;
    const Token token = m_token;
    const auto goBack = [&] {
        m_lexer = lexer;
        m_token = token;
        items.clear();
        return false;
    };
    advance();
    do {
        if (is(T::RightParenthesis) && items.size() > 0)
            break;
        if (is(T::RightParenthesis) || is(T::Star) || is(T::Yield))
            return goBack();
        parseWithItem(items);
        if (!is(T::Comma) && !is(T::RightParenthesis)) {
            if (is(T::ColonEqual) || isComprehensionAhead())
                return goBack();
            unexpected();
        }
    } while (accept(T::Comma));
    expect(T::RightParenthesis);
    return true;
}

const Statement *Grammar::parseWith(Position start, bool isAsync)
{
    const int line = m_token.start.line;
    advance();
    Gathering<WithItem> items(*this, m_withItems);
    if (!parseParenthesizedItems(items)) {
        do
            parseWithItem(items);
        while (accept(T::Comma));
    }
    const Block body = parseBlock("'with' statement", line);
    return finishCompound(makeStatement<With>(StatementKind::With, start, items.finish(), body, isAsync), m_blockEnd);
}

const Statement *Grammar::parseTry()
{
    const Position start = m_token.start;
    advance();
    const Block body = parseBlock("'try' statement", start.line, Colon::Forced);
    Gathering<ExceptionHandler> handlers(*this, m_handlers);
    bool isStar = false;
    while (is(T::Except)) {
        if (handlers.size() > 0 && !handlers[handlers.size() - 1].type)
            defer(handlers[handlers.size() - 1].position, "default 'except:' must be last");
        handlers.add(parseHandler(isStar, handlers.size() == 0));
    }
    const Block otherwise = handlers.size() > 0 ? parseElse() : Block{};
    Block final;
    if (is(T::Finally)) {
        const int line = m_token.start.line;
        advance();
        final = parseBlock("'finally' statement", line, Colon::Forced);
    } else if (handlers.size() == 0) {
        fail(m_token.start, "expected 'except' or 'finally' block");
    }
    return finishCompound(makeStatement<Try>(StatementKind::Try, start, body, handlers.finish(), otherwise, final, isStar), m_blockEnd);
}

ExceptionHandler Grammar::parseHandler(bool &isStar, bool isFirst)
{
    const Position start = m_token.start;
    advance();
    const bool hasStar = accept(T::Star);
    if (!isFirst && hasStar != isStar)
        fail(start, "cannot have both 'except' and 'except*' on the same 'try'");
    isStar = hasStar;
    ExceptionHandler handler{nullptr, {}, {}, start, {}};
    if (is(T::Colon) && isStar)
        fail(m_token.start, "expected one or more exception types");
    if (!is(T::Colon)) {
        const Position typeStart = m_token.start;
        handler.type = parseExpression();
        if (is(T::Comma))
            handler.type = parseHandlerTypes(handler.type, typeStart);
        if (accept(T::As)) {
            if (!is(T::Name))
                unexpected();
            const Position where = m_token.start;
            handler.name = identifier();
            forbidDebug(handler.name, where);
            if (is(T::Dot) || is(T::LeftBracket) || is(T::LeftParenthesis))
                fail(where, std::string("cannot use ") + (isStar ? "except*" : "except") + " statement with " +
                                (is(T::Dot)           ? "attribute"
                                 : is(T::LeftBracket) ? "subscript"
                                                      : "function call"));
        }
    }
    const bool outer = m_scope->inExceptStar;
    m_scope->inExceptStar = outer || isStar;
    handler.body = parseBlock(isStar ? "'except*' statement" : "'except' statement", start.line);
    m_scope->inExceptStar = outer;
    handler.end = m_blockEnd;
    return handler;
}

/// Exception types without parentheses (PEP 758, Python 3.14). `except Error, e:` reads the same, but was Python 2's way
/// to name the exception, and an error ever since: two items whose second is a variable by its spelling are that.
const Expression *Grammar::parseHandlerTypes(const Expression *first, Position start)
{
    Expressions types(*this, m_expressions);
    types.add(first);
    bool isVariable = false;
    while (accept(T::Comma)) {
        if (is(T::Colon))
            break;
        const Expression *type = parseExpression();
        isVariable = type->kind == ExpressionKind::Name && static_cast<const Name *>(type)->id.front() >= 'a';
        types.add(type);
    }
    if (types.size() == 2 && isVariable && is(T::Colon)) {
        if (m_acceptsPython2)
            notePython2(start, "except with a comma");
        else
            fail(start, "multiple exception types must be parenthesized");
    }
    if (is(T::As))
        fail(start, "multiple exception types must be parenthesized when using 'as'");
    return make<Sequence>(ExpressionKind::Tuple, start, types.finish());
}

const Statement *Grammar::parseAsync()
{
    const Position start = m_token.start;
    advance();
    const bool isInside = m_scope->isAsync;
    switch (m_token.kind) {
    case T::Def:
        return parseFunction(start, true, {});
    case T::For:
        if (!isInside)
            defer(start, "'async for' outside async function");
        return parseFor(start, true);
    case T::With:
        if (!isInside)
            defer(start, "'async with' outside async function");
        return parseWith(start, true);
    default:
        unexpected();
    }
}

const Statement *Grammar::parseDecorated()
{
    Expressions decorators(*this, m_expressions);
    while (accept(T::At)) {
        decorators.add(parseNamedExpression());
        expect(T::Newline);
    }
    const ExpressionList kept = decorators.finish();
    const Position start = m_token.start;
    if (accept(T::Async)) {
        if (!is(T::Def))
            unexpected();
        return parseFunction(start, true, kept);
    }
    if (is(T::Def))
        return parseFunction(start, false, kept);
    if (is(T::Class))
        return parseClass(kept);
    unexpected();
}

const Statement *Grammar::parseFunction(Position start, bool isAsync, ExpressionList decorators)
{
    const int line = m_token.start.line;
    advance();
    if (!is(T::Name))
        unexpected();
    const Position nameStart = m_token.start;
    const std::string_view name = identifier();
    forbidDebug(name, nameStart);
    const auto typeParameters = parseTypeParameters();
    expect(T::LeftParenthesis, "expected '('");
    const Parameters parameters = parseParameters(T::RightParenthesis, true);
    expect(T::RightParenthesis);
    const Expression *returns = nullptr;
    if (is(T::Arrow)) {
        const Position arrow = m_token.start;
        advance();
        if (is(T::Colon))
            fail(arrow, "expected ':'");
        returns = parseExpression();
    }
    Block body;
    if (m_extent == Extent::TopLevel) {
        body = skipBody(Colon::Forced);
    } else {
        const Entering scope(*this, ScopeKind::Function, isAsync);
        body = parseBlock("function definition", line, Colon::Forced);
    }
    return finishCompound(makeStatement<FunctionDefinition>(StatementKind::FunctionDefinition, start, name, parameters, body, decorators, returns,
                                                            typeParameters, isAsync),
                          m_blockEnd);
}

const Statement *Grammar::parseClass(ExpressionList decorators)
{
    const Position start = m_token.start;
    advance();
    if (!is(T::Name))
        unexpected();
    const Position nameStart = m_token.start;
    const std::string_view name = identifier();
    forbidDebug(name, nameStart);
    const auto typeParameters = parseTypeParameters();
    Expressions bases(*this, m_expressions);
    Gathering<Keyword> keywords(*this, m_keywords);
    if (is(T::LeftParenthesis))
        parseArguments(bases, keywords, false);
    const std::span<const Keyword> keptKeywords = keywords.finish();
    checkKeywords(keptKeywords);
    Block body;
    if (m_extent == Extent::TopLevel) {
        body = skipBody(Colon::Expected);
    } else {
        const Entering scope(*this, ScopeKind::Class, false);
        body = parseBlock("class definition", start.line);
    }
    return finishCompound(
        makeStatement<ClassDefinition>(StatementKind::ClassDefinition, start, name, bases.finish(), keptKeywords, body, decorators, typeParameters),
        m_blockEnd);
}

std::span<const TypeParameter> Grammar::parseTypeParameters()
{
    if (!is(T::LeftBracket))
        return {};
    advance();
    if (is(T::RightBracket))
        fail(m_token.start, "Type parameter list cannot be empty");
    Gathering<TypeParameter> parameters(*this, m_typeParameters);
    NameSet names;
    bool hasDefaults = false;
    do {
        if (is(T::RightBracket))
            break;
        const char prefix = is(T::Star) ? '*' : is(T::DoubleStar) ? 'p' : '\0';
        const Position start = m_token.start;
        if (prefix)
            advance();
        if (!is(T::Name))
            unexpected();
        const Position nameStart = m_token.start;
        TypeParameter parameter{identifier(), nullptr, nullptr, prefix, start, {}};
        if (!names.add(parameter.name))
            defer(nameStart, "duplicate type parameter '" + std::string(parameter.name) + "'");
        if (is(T::Colon)) {
            const Position colon = m_token.start;
            advance();
            parameter.bound = parseExpression();
            if (prefix)
                fail(colon, parameter.bound->kind == ExpressionKind::Tuple
                                ? (prefix == '*' ? "cannot use constraints with TypeVarTuple" : "cannot use constraints with ParamSpec")
                                : (prefix == '*' ? "cannot use bound with TypeVarTuple" : "cannot use bound with ParamSpec"));
        }
        if (accept(T::Equal)) {
            parameter.defaultValue = prefix == '*' && is(T::Star) ? parseStarNamedExpression() : parseExpression();
            hasDefaults = true;
        } else if (hasDefaults) {
            defer(nameStart, "non-default type parameter '" + std::string(parameter.name) + "' follows default type parameter");
        }
        parameter.end = m_end;
        parameters.add(parameter);
    } while (accept(T::Comma));
    expect(T::RightBracket);
    return parameters.finish();
}

} // namespace stillroom::python
