// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"

/// Parameters of functions and lambdas (Python reference, "Function definitions").
namespace stillroom::python {

namespace {

using T = TokenKind;

} // namespace

/// The state of one parameter list.
struct Grammar::ParameterList {
    explicit ParameterList(Grammar &grammar) : plain(grammar, grammar.m_parameters) {}
    Gathering<Parameter> plain; ///< positional-only, positional and keyword-only, one behind the other
    std::size_t positionalOnly = 0;
    std::size_t positional = 0; ///< valid once isKeywordOnly
    bool hasSlash = false;
    bool isKeywordOnly = false;
    bool hasDefault = false;
    std::optional<Position> bareStar; ///< no parameter behind it yet
    const Parameter *starArguments = nullptr;
    const Parameter *starKeywords = nullptr;
};

Parameter Grammar::parseParameter(bool mayAnnotate, bool mayBeStarred)
{
    const Position start = m_token.start;
    if (!is(T::Name)) {
        if (is(T::LeftParenthesis) && m_acceptsPython2) {
            notePython2(start, "a parameter in parentheses");
            static_cast<void>(parseParenthesized());
            return {{}, nullptr, nullptr, start, m_end};
        }
        if (is(T::LeftParenthesis))
            fail(start, mayAnnotate ? "Function parameters cannot be parenthesized" : "Lambda expression parameters cannot be parenthesized");
        unexpected();
    }
    Parameter parameter{identifier(), nullptr, nullptr, start, {}};
    forbidDebug(parameter.name, start);
    if (mayAnnotate && accept(T::Colon))
        parameter.annotation = mayBeStarred && is(T::Star) ? parseStarNamedExpression() : parseExpression();
    parameter.end = m_end;
    return parameter;
}

const Parameter *Grammar::parseStarParameter(bool mayAnnotate, bool isKeywords)
{
    const Parameter parameter = parseParameter(mayAnnotate, !isKeywords);
    if (is(T::Equal))
        fail(m_token.start, isKeywords ? "var-keyword argument cannot have default value" : "var-positional argument cannot have default value");
    return new (allocate(sizeof(Parameter))) Parameter(parameter);
}

void Grammar::parseStar(ParameterList &list, T close, bool mayAnnotate)
{
    const Position star = m_token.start;
    if (list.isKeywordOnly)
        fail(star, "* argument may appear only once");
    list.positional = list.plain.size();
    list.isKeywordOnly = true;
    advance();
    if (is(close))
        fail(close == T::Colon ? m_token.start : star, "named arguments must follow bare *");
    if (is(T::Comma))
        list.bareStar = star;
    else
        list.starArguments = parseStarParameter(mayAnnotate, false);
}

void Grammar::parseSlash(ParameterList &list)
{
    if (list.hasSlash)
        fail(m_token.start, "/ may appear only once");
    if (list.isKeywordOnly)
        fail(m_token.start, "/ must be ahead of *");
    const Position slash = m_token.start;
    advance();
    if (list.plain.size() == 0)
        fail(slash, is(T::Comma) ? "at least one argument must precede /" : "invalid syntax");
    list.hasSlash = true;
    list.positionalOnly = list.plain.size();
}

void Grammar::parsePlainParameter(ParameterList &list, T close, bool mayAnnotate)
{
    Parameter parameter = parseParameter(mayAnnotate, false);
    if (is(T::Equal)) {
        const Position equal = m_token.start;
        advance();
        if (is(close) || is(T::Comma))
            fail(equal, "expected default value expression");
        parameter.defaultValue = parseExpression();
        list.hasDefault = list.hasDefault || !list.isKeywordOnly;
    } else if (list.hasDefault && !list.isKeywordOnly) {
        fail(parameter.position, "parameter without a default follows parameter with a default");
    }
    list.bareStar.reset();
    list.plain.add(parameter);
}

Parameters Grammar::parseParameters(T close, bool mayAnnotate)
{
    const Level level(*this); // defaults nest lambdas in lambdas
    ParameterList list(*this);
    while (!is(close)) {
        if (list.starKeywords)
            fail(m_token.start, "arguments cannot follow var-keyword argument");
        if (is(T::Star)) {
            parseStar(list, close, mayAnnotate);
        } else if (is(T::Slash)) {
            parseSlash(list);
        } else if (is(T::DoubleStar)) {
            if (list.bareStar)
                fail(*list.bareStar, "named arguments must follow bare *");
            advance();
            list.starKeywords = parseStarParameter(mayAnnotate, true);
        } else {
            parsePlainParameter(list, close, mayAnnotate);
        }
        if (!accept(T::Comma))
            break;
        if (is(close) && list.bareStar)
            fail(*list.bareStar, "named arguments must follow bare *");
    }
    const std::span<const Parameter> plain = list.plain.finish();
    Parameters parameters;
    const std::size_t positional = list.isKeywordOnly ? list.positional : plain.size();
    parameters.positionalOnly = plain.first(list.positionalOnly);
    parameters.positional = plain.subspan(list.positionalOnly, positional - list.positionalOnly);
    parameters.keywordOnly = plain.subspan(positional);
    parameters.starArguments = list.starArguments;
    parameters.starKeywords = list.starKeywords;
    checkParameters(plain, parameters);
    return parameters;
}

void Grammar::checkParameters(std::span<const Parameter> plain, const Parameters &parameters)
{
    if (plain.size() < 2 && !parameters.starArguments && !parameters.starKeywords)
        return;
    NameSet names;
    const auto check = [&](const Parameter &parameter) {
        if (!parameter.name.empty() && !names.add(parameter.name))
            defer(parameter.position, "duplicate argument '" + std::string(parameter.name) + "' in function definition");
    };
    for (const Parameter &parameter : plain)
        check(parameter);
    for (const Parameter *star : {parameters.starArguments, parameters.starKeywords}) {
        if (star)
            check(*star);
    }
}

} // namespace stillroom::python
