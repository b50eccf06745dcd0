// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"

#include <algorithm>

/// Simple statements (Python reference, chapter 7).
namespace stillroom::python {

namespace {

using T = TokenKind;

std::optional<BinaryOperator> augmentedOperator(T kind)
{
    using enum BinaryOperator;
    switch (kind) {
    case T::PlusEqual:
        return Add;
    case T::MinusEqual:
        return Subtract;
    case T::StarEqual:
        return Multiply;
    case T::AtEqual:
        return MatrixMultiply;
    case T::SlashEqual:
        return Divide;
    case T::DoubleSlashEqual:
        return FloorDivide;
    case T::PercentEqual:
        return Modulo;
    case T::DoubleStarEqual:
        return Power;
    case T::LeftShiftEqual:
        return LeftShift;
    case T::RightShiftEqual:
        return RightShift;
    case T::AmpersandEqual:
        return BitAnd;
    case T::PipeEqual:
        return BitOr;
    case T::CaretEqual:
        return BitXor;
    default:
        return std::nullopt;
    }
}

} // namespace

void Grammar::parseSimpleStatements(Statements &into)
{
    do {
        into.add(parseSimpleStatement());
    } while (accept(T::Semicolon) && !is(T::Newline));
    if (!is(T::Newline))
        unexpected();
    m_blockEnd = m_end;
    advance();
}

const Statement *Grammar::parseSimpleStatement()
{
    const Position start = m_token.start;
    // Only a docstring may stand before a __future__ import.
    if (m_mayImportFuture && !is(T::From) && (!is(T::String) || m_tookStatement))
        m_mayImportFuture = false;
    switch (m_token.kind) {
    case T::Name:
        if (m_acceptsPython2) {
            if (const Statement *statement = isName("print") ? parsePrint2() : isName("exec") ? parseExec2() : nullptr)
                return statement;
        }
        return isTypeAliasAhead() ? parseTypeAlias() : parseExpressionStatement();
    case T::Pass:
        advance();
        return makeStatement<Statement>(StatementKind::Pass, start);
    case T::Break:
    case T::Continue:
        return parseLoopExit();
    case T::Return:
        return parseReturn();
    case T::Del:
        return parseDelete();
    case T::Raise:
        return parseRaise();
    case T::Assert:
        return parseAssert();
    case T::Global:
    case T::Nonlocal:
        return parseNames();
    case T::Import:
        return parseImport();
    case T::From:
        return parseImportFrom();
    default:
        return parseExpressionStatement();
    }
}

const Statement *Grammar::parseExpressionStatement()
{
    const Position start = m_token.start;
    const char *begin = m_token.begin;
    const Expression *value = parseYieldOrStarExpressions();
    switch (m_token.kind) {
    case T::Newline:
    case T::Semicolon:
        break;
    case T::Equal:
        m_mayImportFuture = false;
        return parseAssignment(value, start);
    case T::Colon:
        return parseAnnotated(value, start, isLone(value, begin));
    default:
        if (augmentedOperator(m_token.kind))
            return parseAugmented(value, start);
        break;
    }
    if (value->kind != ExpressionKind::Constant)
        m_mayImportFuture = false;
    if (value->kind == ExpressionKind::Starred)
        defer(value->position, "can't use starred expression here");
    return makeStatement<ExpressionStatement>(StatementKind::ExpressionStatement, start, value);
}

const Statement *Grammar::parseAssignment(const Expression *first, Position start)
{
    Expressions targets(*this, m_expressions);
    const Expression *value = first;
    Position valueStart = start; // where a parenthesis would be seen
    while (is(T::Equal)) {
        const bool isYield = value->kind == ExpressionKind::Yield || value->kind == ExpressionKind::YieldFrom;
        if (isYield && value->position == valueStart)
            fail(valueStart, "assignment to yield expression not possible");
        checkAssignmentTarget(value, targets.size() == 0);
        targets.add(value);
        advance();
        valueStart = m_token.start;
        value = parseYieldOrStarExpressions();
    }
    if (value->kind == ExpressionKind::Starred)
        defer(value->position, "can't use starred expression here");
    return makeStatement<Assign>(StatementKind::Assign, start, targets.finish(), value);
}

const Statement *Grammar::parseAnnotated(const Expression *target, Position start, bool isSimple)
{
    switch (target->kind) {
    case ExpressionKind::Name:
        forbidDebug(static_cast<const Name *>(target)->id, target->position);
        break;
    case ExpressionKind::Attribute:
    case ExpressionKind::Subscript:
        break;
    case ExpressionKind::Tuple:
        fail(target->position, "only single target (not tuple) can be annotated");
    case ExpressionKind::List:
        fail(target->position, "only single target (not list) can be annotated");
    default:
        fail(target->position, "illegal target for annotation");
    }
    advance();
    const Expression *annotation = parseExpression();
    const Expression *value = nullptr;
    if (accept(T::Equal)) {
        value = parseYieldOrStarExpressions();
        if (value->kind == ExpressionKind::Starred)
            defer(value->position, "can't use starred expression here");
    }
    return makeStatement<AnnotatedAssign>(StatementKind::AnnotatedAssign, start, target, annotation, value, isSimple);
}

const Statement *Grammar::parseAugmented(const Expression *target, Position start)
{
    const BinaryOperator op = *augmentedOperator(m_token.kind);
    switch (target->kind) {
    case ExpressionKind::Name:
        forbidDebug(static_cast<const Name *>(target)->id, target->position);
        break;
    case ExpressionKind::Attribute:
    case ExpressionKind::Subscript:
        break;
    default:
        fail(target->position, "'" + expressionName(target) + "' is an illegal expression for augmented assignment");
    }
    advance();
    const Expression *value = parseYieldOrStarExpressions();
    if (value->kind == ExpressionKind::Starred)
        defer(value->position, "can't use starred expression here");
    return makeStatement<AugmentedAssign>(StatementKind::AugmentedAssign, start, target, op, value);
}

const Statement *Grammar::parseLoopExit()
{
    const Position start = m_token.start;
    const bool isBreak = is(T::Break);
    if (m_scope->inExceptStar)
        defer(start, "'break', 'continue' and 'return' cannot appear in an except* block");
    else if (m_scope->loops == 0)
        defer(start, isBreak ? "'break' outside loop" : "'continue' not properly in loop");
    advance();
    return makeStatement<Statement>(isBreak ? StatementKind::Break : StatementKind::Continue, start);
}

const Statement *Grammar::parseReturn()
{
    const Position start = m_token.start;
    if (m_scope->kind != ScopeKind::Function)
        defer(start, "'return' outside function");
    else if (m_scope->inExceptStar)
        defer(start, "'break', 'continue' and 'return' cannot appear in an except* block");
    advance();
    const Expression *value = nullptr;
    if (!is(T::Newline) && !is(T::Semicolon)) {
        value = parseStarExpressions();
        if (value->kind == ExpressionKind::Starred)
            defer(value->position, "can't use starred expression here");
        if (!m_scope->valueReturn)
            m_scope->valueReturn = start;
        if (m_scope->isAsync && m_scope->yields > 0)
            defer(start, "'return' with value in async generator");
    }
    return makeStatement<Return>(StatementKind::Return, start, value);
}

const Statement *Grammar::parseDelete()
{
    const Position start = m_token.start;
    advance();
    Expressions targets(*this, m_expressions);
    do {
        if (targets.size() > 0 && (is(T::Newline) || is(T::Semicolon)))
            break;
        const Expression *target = is(T::Star) ? parseStarNamedExpression() : parseExpression();
        if (const Expression *invalid = invalidTarget(target, true))
            fail(invalid->position, "cannot delete " + expressionName(invalid));
        targets.add(target);
    } while (accept(T::Comma));
    return makeStatement<Delete>(StatementKind::Delete, start, targets.finish());
}

const Statement *Grammar::parseRaise()
{
    const Position start = m_token.start;
    advance();
    const Expression *exception = nullptr;
    const Expression *cause = nullptr;
    if (!is(T::Newline) && !is(T::Semicolon)) {
        exception = parseExpression();
        if (m_acceptsPython2 && is(T::Comma)) {
            notePython2(start, "raise with a comma");
            while (accept(T::Comma))
                static_cast<void>(parseExpression());
        } else if (accept(T::From)) {
            cause = parseExpression();
        }
    }
    return makeStatement<Raise>(StatementKind::Raise, start, exception, cause);
}

const Statement *Grammar::parseAssert()
{
    const Position start = m_token.start;
    advance();
    const Expression *test = parseExpression();
    const Expression *message = accept(T::Comma) ? parseExpression() : nullptr;
    return makeStatement<Assert>(StatementKind::Assert, start, test, message);
}

const Statement *Grammar::parseNames()
{
    const Position start = m_token.start;
    const bool isGlobal = is(T::Global);
    if (!isGlobal && m_scope->kind == ScopeKind::Module)
        defer(start, "nonlocal declaration not allowed at module level");
    m_needsScopeCheck = true;
    advance();
    Gathering<std::string_view> names(*this, m_names);
    do {
        if (!is(T::Name))
            unexpected();
        names.add(identifier());
    } while (accept(T::Comma));
    return makeStatement<NameList>(isGlobal ? StatementKind::Global : StatementKind::Nonlocal, start, names.finish());
}

/// a.b.c, as one name.
std::string_view Grammar::parseDottedName()
{
    if (!is(T::Name))
        unexpected();
    const char *begin = m_token.begin;
    std::string_view name = identifier();
    while (is(T::Dot)) {
        const bool isTight = name.data() == begin && m_token.begin == begin + name.size();
        advance();
        if (!is(T::Name))
            unexpected();
        const char *partBegin = m_token.begin;
        const std::string_view part = identifier();
        if (isTight && part.data() == begin + name.size() + 1 && part.data() == partBegin) {
            name = {begin, name.size() + 1 + part.size()};
            continue;
        }
        m_text = name;
        m_text += '.';
        m_text += part;
        name = kept(m_text);
    }
    return name;
}

const Statement *Grammar::parseImport()
{
    const Position start = m_token.start;
    advance();
    if (is(T::Newline))
        fail(m_token.start, "Expected one or more names after 'import'");
    Gathering<ImportAlias> names(*this, m_aliases);
    do {
        const std::string_view name = parseDottedName();
        std::string_view asName;
        if (accept(T::As)) {
            if (!is(T::Name))
                unexpected();
            asName = identifier();
        }
        forbidDebug(asName.empty() ? name : asName, start);
        names.add({name, asName});
    } while (accept(T::Comma));
    if (is(T::From))
        fail(start, "Did you mean to use 'from ... import ...' instead?");
    return makeStatement<Import>(StatementKind::Import, start, names.finish());
}

ImportAlias Grammar::parseImportAlias()
{
    if (!is(T::Name))
        unexpected();
    const Position where = m_token.start;
    ImportAlias alias{identifier(), {}};
    if (accept(T::As)) {
        if (!is(T::Name))
            unexpected();
        alias.asName = identifier();
    }
    forbidDebug(alias.asName.empty() ? alias.name : alias.asName, where);
    return alias;
}

const Statement *Grammar::parseImportFrom()
{
    const Position start = m_token.start;
    advance();
    int level = 0;
    for (; is(T::Dot) || is(T::Ellipsis); advance())
        level += is(T::Dot) ? 1 : 3;
    std::string_view module;
    if (level == 0 || !is(T::Import))
        module = parseDottedName();
    expect(T::Import);
    Gathering<ImportAlias> names(*this, m_aliases);
    if (is(T::Star)) {
        names.add({m_token.text(), {}});
        if (m_scope->kind != ScopeKind::Module)
            defer(m_token.start, "import * only allowed at module level");
        advance();
    } else if (accept(T::LeftParenthesis)) {
        do {
            if (names.size() > 0 && is(T::RightParenthesis))
                break;
            names.add(parseImportAlias());
        } while (accept(T::Comma));
        expect(T::RightParenthesis);
    } else {
        if (is(T::Newline))
            fail(m_token.start, "Expected one or more names after 'import'");
        do {
            if (is(T::Newline))
                fail(m_token.start, "trailing comma not allowed without surrounding parentheses");
            names.add(parseImportAlias());
        } while (accept(T::Comma));
    }
    const auto *statement = makeStatement<ImportFrom>(StatementKind::ImportFrom, start, module, level, names.finish());
    checkFuture(*statement);
    return statement;
}

void Grammar::checkFuture(const ImportFrom &import)
{
    if (import.module != "__future__" || import.level != 0) {
        m_mayImportFuture = false;
        return;
    }
    static constexpr std::array<std::string_view, 10> kFeatures{"nested_scopes",  "generators",     "division",         "absolute_import",
                                                                "with_statement", "print_function", "unicode_literals", "barry_as_FLUFL",
                                                                "generator_stop", "annotations"};
    if (!m_mayImportFuture)
        defer(import.position, "from __future__ imports must occur at the beginning of the file");
    for (const ImportAlias &alias : import.names) {
        if (alias.name == "braces")
            defer(import.position, "not a chance");
        else if (std::ranges::find(kFeatures, alias.name) == kFeatures.end())
            defer(import.position, "future feature " + std::string(alias.name) + " is not defined");
    }
}

bool Grammar::isTypeAliasAhead() const { return isName("type") && peek() == T::Name; }

const Statement *Grammar::parseTypeAlias()
{
    const Position start = m_token.start;
    advance();
    const Position nameStart = m_token.start;
    const std::string_view id = identifier();
    const auto *name = make<Name>(ExpressionKind::Name, nameStart, id);
    const auto typeParameters = parseTypeParameters();
    expect(T::Equal);
    const Expression *value = parseExpression();
    return makeStatement<TypeAlias>(StatementKind::TypeAlias, start, static_cast<const Name *>(name), typeParameters, value);
}

/// Python 2's print statement, if what follows `print` cannot be Python 3.
const Statement *Grammar::parsePrint2()
{
    const T next = peek();
    const bool isStatement = next == T::Name || next == T::String || next == T::FormattedStart || next == T::Number || next == T::Backquote ||
                             next == T::NoneWord || next == T::TrueWord || next == T::FalseWord || next == T::Lambda || next == T::Tilde ||
                             next == T::LeftBrace || next == T::Not;
    if (!isStatement)
        return nullptr;
    const Position start = m_token.start;
    notePython2(start, "the print statement");
    advance();
    const Expression *value = parseStarExpressions();
    return makeStatement<ExpressionStatement>(StatementKind::ExpressionStatement, start, value);
}

const Statement *Grammar::parseExec2()
{
    const T next = peek();
    if (next != T::Name && next != T::String)
        return nullptr;
    const Position start = m_token.start;
    notePython2(start, "the exec statement");
    advance();
    const Expression *value = parseStarExpressions();
    return makeStatement<ExpressionStatement>(StatementKind::ExpressionStatement, start, value);
}

} // namespace stillroom::python
