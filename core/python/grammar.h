// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/lexer.h"
#include "python/tree.h"

#include <algorithm>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <vector>

/// The inside of the parser: one recursive-descent pass over Python's grammar (Python reference, "Full Grammar
/// specification", to 3.14). Chains (operators, trailers, elif) are loops; everything else is bounded by the lexer's
/// limits on brackets and indents and by kMaxDepth. Syntax errors are thrown as SyntaxFailure; what CPython reports only
/// after it has read the whole file (its symbol table and compiler) is kept in deferredFailure().
namespace stillroom::python {

/// Names met so far. Few as a rule, but a script may give a hundred thousand.
class NameSet {
public:
    /// False if the name was there.
    bool add(std::string_view name)
    {
        if (m_all.empty() && m_few.size() < kFew) {
            if (std::ranges::find(m_few, name) != m_few.end())
                return false;
            m_few.push_back(name);
            return true;
        }
        if (m_all.empty())
            m_all.insert(m_few.begin(), m_few.end());
        return m_all.insert(name).second;
    }

private:
    static constexpr std::size_t kFew = 16;
    std::vector<std::string_view> m_few;
    std::unordered_set<std::string_view> m_all;
};

/// A construct of Python 2 that was met while they are accepted.
struct Python2Construct {
    std::string name;
    Position where;
};

enum class Extent : std::uint8_t { Everything, TopLevel };

class Grammar {
public:
    Grammar(Tree &tree, bool isAscii, Extent extent, bool acceptsPython2);

    void parseScript();
    void parseSingleExpression();

    [[nodiscard]] const std::optional<SyntaxFailure> &deferredFailure() const { return m_deferred; }
    /// Whether there is anything that checkScopes() may refuse.
    [[nodiscard]] bool needsScopeCheck() const { return m_needsScopeCheck; }
    [[nodiscard]] const std::optional<Python2Construct> &python2Construct() const { return m_python2; }
    /// What CPython would say instead of `failure`, knowing the rest of the file.
    [[nodiscard]] SyntaxFailure explained(SyntaxFailure failure);
    /// Set when a body could not be skipped; only a parse of everything can tell what it is.
    [[nodiscard]] bool needsEverything() const { return m_needsEverything; }

    static constexpr int kMaxDepth = 1000;

private:
    // Tree building
    void *allocate(std::size_t size);
    std::string_view kept(std::string_view text);
    template<class Node, class... Fields>
    Node *make(ExpressionKind kind, Position start, Fields... fields)
    {
        static_assert(std::is_trivially_destructible_v<Node>);
        return new (allocate(sizeof(Node))) Node{{kind, start, m_end}, fields...};
    }
    template<class Node, class... Fields>
    Node *makeStatement(StatementKind kind, Position start, Fields... fields)
    {
        static_assert(std::is_trivially_destructible_v<Node>);
        if constexpr (sizeof...(Fields) == 0)
            return new (allocate(sizeof(Node))) Node{kind, start, m_end};
        else
            return new (allocate(sizeof(Node))) Node{{kind, start, m_end}, fields...};
    }
    template<class Item>
    std::span<const Item> keptItems(const std::vector<Item> &items, std::size_t from)
    {
        const std::size_t count = items.size() - from;
        if (count == 0)
            return {};
        auto *copy = static_cast<Item *>(allocate(count * sizeof(Item)));
        std::uninitialized_copy(items.begin() + static_cast<std::ptrdiff_t>(from), items.end(), copy);
        return {copy, count};
    }
    /// The items of one list while it is read. Lists nest, so all lists of a type share one stack.
    template<class Item>
    class Gathering {
    public:
        Gathering(Grammar &grammar, std::vector<Item> &stack) : m_grammar(grammar), m_stack(stack), m_from(stack.size()) {}
        ~Gathering() { clear(); }
        Gathering(const Gathering &) = delete;
        Gathering &operator=(const Gathering &) = delete;
        void add(Item item) { m_stack.push_back(item); }
        void clear() { m_stack.erase(m_stack.begin() + static_cast<std::ptrdiff_t>(m_from), m_stack.end()); }
        [[nodiscard]] std::size_t size() const { return m_stack.size() - m_from; }
        [[nodiscard]] Item &operator[](std::size_t index) { return m_stack[m_from + index]; }
        [[nodiscard]] std::span<const Item> finish() { return m_grammar.keptItems(m_stack, m_from); }

    private:
        Grammar &m_grammar;
        std::vector<Item> &m_stack;
        std::size_t m_from;
    };
    using Expressions = Gathering<const Expression *>;

    class Level {
    public:
        explicit Level(Grammar &grammar) : m_grammar(grammar)
        {
            if (++m_grammar.m_depth > kMaxDepth) {
                --m_grammar.m_depth;
                m_grammar.fail(m_grammar.m_token.start, "too many nested expressions");
            }
        }
        ~Level() { --m_grammar.m_depth; }
        Level(const Level &) = delete;
        Level &operator=(const Level &) = delete;

    private:
        Grammar &m_grammar;
    };

    // Tokens
    void advance()
    {
        m_end = m_token.end;
        m_previousStop = m_token.stop;
        m_lexer.next(m_token);
    }
    [[nodiscard]] bool is(TokenKind kind) const { return m_token.kind == kind; }
    bool accept(TokenKind kind)
    {
        if (m_token.kind != kind)
            return false;
        advance();
        return true;
    }
    void expect(TokenKind kind)
    {
        if (m_token.kind != kind)
            unexpected();
        advance();
    }
    void expect(TokenKind kind, const char *message);
    [[nodiscard]] bool isName(std::string_view word) const { return is(TokenKind::Name) && m_token.text() == word; }
    std::string_view identifier(); ///< the current token, which must be a name; moves on
    [[nodiscard]] static bool startsExpression(TokenKind kind);
    [[nodiscard]] TokenKind peek() const;

    // Errors
    [[noreturn]] void fail(Position where, std::string message) const;
    [[noreturn]] void unexpected();                      ///< "invalid syntax" at the current token, or what is known better
    [[noreturn]] void unexpectedOr(const char *message); ///< `message`, unless more is known
    void defer(Position where, std::string message);
    void notePython2(Position where, const char *name);
    template<class Production>
    [[nodiscard]] bool attempt(Production production);
    void explainTwoExpressions(const Expression *first, Position start);
    void explainAssignment(const Expression *target, Position start);
    [[nodiscard]] static bool mayMeanComparison(const Expression *target);
    static std::string shown(const Constant *constant);

    // Expressions
    struct ComprehensionScope;
    const Expression *parseExpression();
    const Expression *parseNamedExpression();
    const Expression *parseStarNamedExpression();
    const Expression *parseStarExpressions();
    const Expression *parseYieldOrStarExpressions();
    const Expression *parseOperators(int precedence);
    const Expression *parsePrefix(int precedence);
    const Expression *parseInfix(const Expression *left, Position start, int precedence);
    const Expression *parseBoolean(const Expression *left, Position start, TokenKind kind, int precedence);
    const Expression *parseComparison(const Expression *left, Position start);
    bool acceptComparison(ComparisonOperator &op);
    const Expression *parseConditional(const Expression *body, Position start);
    const Expression *parseLambda();
    const Expression *parseYield();
    const Expression *parsePrimary();
    const Expression *parseTrailers(const Expression *object, Position start);
    const Expression *parseAtom();
    const Expression *parseNumber();
    const Expression *parseParenthesized();
    const Expression *parseBracketed();
    const Expression *parseBraced();
    const Expression *parseDict(Position start, const Expression *firstKey, const ComprehensionScope &scope);
    const Expression *parseBackquoted();
    const Expression *parseCall(const Expression *function, Position start);
    void parseArguments(Expressions &arguments, Gathering<Keyword> &keywords, bool mayBeGenerator);
    Keyword parseKeyword(const Expression *target, Position start, const char *begin);
    const Expression *parseLoneGenerator(const Expression *element, const ComprehensionScope &scope, Position open, bool isAlone);
    [[noreturn]] void refuseKeyword(const Expression *value, Position start);
    void checkKeywords(std::span<const Keyword> keywords);
    const Expression *parseSubscript(const Expression *object, Position start);
    const Expression *parseSlice();
    std::span<const ComprehensionClause> parseClauses(ExpressionKind kind, Position start, const ComprehensionScope &element);
    const Expression *parseTargetList();
    const Expression *parseStrings();
    [[nodiscard]] bool isComprehensionAhead() const { return is(TokenKind::For) || is(TokenKind::Async); }
    [[nodiscard]] bool isLone(const Expression *value, const char *begin) const;

    // Strings
    struct StringParts;
    const Expression *finishStrings(StringParts &parts, Position start);
    void advanceOverString();
    void addString(StringParts &parts, const Token &current);
    void addPiece(StringParts &parts, const FormattedPiece &piece, const Token &opening);
    void addFormatted(StringParts &parts);
    void parseFormattedParts(StringParts &parts, const Token &opening, int nesting);
    const Expression *parseField(StringParts &parts, const Token &opening, Position start, int nesting);
    char parseConversion(const Token &opening);
    void flush(StringParts &parts);
    void addText(StringParts &parts, Position start, Position end, std::string_view text);
    std::string_view withoutComments(const char *begin, const char *end);

    // Targets
    void checkAssignmentTarget(const Expression *target, bool isFirst);
    [[nodiscard]] const Expression *invalidTarget(const Expression *target, bool isDelete);
    void checkStars(const Expression *target);
    void forbidDebug(std::string_view name, Position where);
    static std::string expressionName(const Expression *expression);

    // Statements
    using Statements = Gathering<const Statement *>;
    void parseStatement(Statements &into);
    void parseSimpleStatements(Statements &into);
    const Statement *parseSimpleStatement();
    const Statement *parseCompound();
    const Statement *parseExpressionStatement();
    const Statement *parseAssignment(const Expression *first, Position start);
    const Statement *parseAnnotated(const Expression *target, Position start, bool isSimple);
    const Statement *parseAugmented(const Expression *target, Position start);
    const Statement *parseReturn();
    const Statement *parseDelete();
    const Statement *parseRaise();
    const Statement *parseAssert();
    const Statement *parseLoopExit();
    const Statement *parseNames();
    const Statement *parseImport();
    const Statement *parseImportFrom();
    ImportAlias parseImportAlias();
    std::string_view parseDottedName();
    void checkFuture(const ImportFrom &import);
    const Statement *parsePrint2();
    const Statement *parseExec2();
    const Statement *parseTypeAlias();
    [[nodiscard]] bool isTypeAliasAhead() const;
    [[nodiscard]] bool isMatchAhead() const;

    // Compound statements
    /// Whether CPython always asks for the colon, or only where the line ends without one.
    enum class Colon : std::uint8_t { Expected, Forced };
    Block parseBlock(const char *after, int line, Colon colon = Colon::Expected); ///< from the colon on; the end of the block is m_blockEnd
    Block skipBody(Colon colon);
    void expectColon(Colon colon);
    const Statement *parseIf();
    Block parseElse();
    Block parseLoopBody(const char *after, int line);
    const Statement *parseWhile();
    const Statement *parseFor(Position start, bool isAsync);
    const Statement *parseWith(Position start, bool isAsync);
    const Statement *finishCompound(Statement *statement, Position end);
    bool parseParenthesizedItems(Gathering<WithItem> &items);
    void parseWithItem(Gathering<WithItem> &items);
    const Statement *parseTry();
    ExceptionHandler parseHandler(bool &isStar, bool isFirst);
    const Expression *parseHandlerTypes(const Expression *first, Position start);
    const Statement *parseAsync();
    const Statement *parseDecorated();
    const Statement *parseFunction(Position start, bool isAsync, ExpressionList decorators);
    const Statement *parseClass(ExpressionList decorators);
    std::span<const TypeParameter> parseTypeParameters();
    Parameters parseParameters(TokenKind close, bool mayAnnotate);
    struct ParameterList;
    Parameter parseParameter(bool mayAnnotate, bool mayBeStarred);
    const Parameter *parseStarParameter(bool mayAnnotate, bool isKeywords);
    void parseStar(ParameterList &list, TokenKind close, bool mayAnnotate);
    void parseSlash(ParameterList &list);
    void parsePlainParameter(ParameterList &list, TokenKind close, bool mayAnnotate);
    void checkParameters(std::span<const Parameter> plain, const Parameters &parameters);
    const Statement *parseMatch();

    // Patterns
    const Pattern *makePattern(Pattern pattern);
    const Pattern *parsePatterns();
    const Pattern *parseStarPattern();
    const Pattern *parseAsPattern();
    const Pattern *parseOrPattern();
    const Pattern *parseClosedPattern();
    const Pattern *parseNamePattern();
    const Expression *parsePatternNumber();
    const Pattern *parseNumberPattern();
    const Pattern *parseGroupPattern();
    const Pattern *parseSequencePattern(TokenKind close, Position start, const Pattern *first);
    const Pattern *parseMappingPattern();
    const Expression *parseMappingKey();
    const Pattern *parseClassPattern(const Expression *type, Position start);
    using Captures = std::vector<const Pattern *>;
    void checkBindings(const Pattern *pattern);
    void collectCaptures(const Pattern *pattern, Captures &captures);
    bool sortCaptures(Captures &captures);
    [[nodiscard]] static bool isIrrefutable(const Pattern *pattern);
    void refuseUnreachable(const Pattern *pattern);

    // Scopes, as far as `return`, `yield`, `await`, `break` and `continue` need them
    enum class ScopeKind : std::uint8_t { Module, Class, Function, Lambda };
    struct Scope {
        ScopeKind kind = ScopeKind::Module;
        bool isAsync = false;
        int loops = 0;
        bool inExceptStar = false;
        int yields = 0;
        Position lastYield = {};
        std::optional<Position> stray; ///< an await that no generator expression around it allows
        std::optional<Position> valueReturn;
        Scope *outer = nullptr;
    };
    class Entering;
    void refuseStrayAwait(const Scope &scope);

    Tree &m_tree;
    Lexer m_lexer;
    Token m_token;
    Position m_end{1, 1};                 ///< where the last token taken ends
    const char *m_previousStop = nullptr; ///< the same in the source
    Extent m_extent;
    bool m_acceptsPython2;
    bool m_needsEverything = false;
    bool m_needsScopeCheck = false;
    bool m_mayImportFuture = true;
    bool m_tookStatement = false;
    bool m_isAttempt = false; ///< of a production, to word an error
    int m_openFormatted = 0;  ///< f-strings that are being read
    int m_attemptLine = 0;    ///< as far as attempts got
    Position m_blockEnd;
    int m_depth = 0;
    const Expression *m_operand = nullptr;
    Position m_operandStart;           ///< of the operand that was read last, to tell a forgotten comma
    const char *m_namedStop = nullptr; ///< end of the named expression that was read last
    const char *m_operandStop = nullptr;
    Scope *m_scope = nullptr;
    std::optional<SyntaxFailure> m_deferred;
    std::optional<Python2Construct> m_python2;

    std::byte *m_free = nullptr;
    std::size_t m_left = 0;
    std::size_t m_chunk;

    std::vector<const Expression *> m_expressions;
    std::vector<Keyword> m_keywords;
    std::vector<DictEntry> m_entries;
    std::vector<ComprehensionClause> m_clauses;
    std::vector<ComparisonOperator> m_comparisons;
    std::vector<Parameter> m_parameters;
    std::vector<TypeParameter> m_typeParameters;
    std::vector<const Statement *> m_statements;
    std::vector<WithItem> m_withItems;
    std::vector<ExceptionHandler> m_handlers;
    std::vector<ImportAlias> m_aliases;
    std::vector<std::string_view> m_names;
    std::vector<const Pattern *> m_patterns;
    std::vector<MatchCase> m_cases;
    std::string m_text; ///< string being decoded
};

/// Whether a production can be read from the current token. Nothing is taken.
template<class Production>
bool Grammar::attempt(Production production)
{
    if (m_isAttempt)
        return false;
    const Lexer lexer = m_lexer;
    const Token token = m_token;
    const Position end = m_end;
    const char *previousStop = m_previousStop;
    const auto deferred = m_deferred;
    m_isAttempt = true;
    bool succeeded = true;
    try {
        succeeded = production();
    } catch (const SyntaxFailure &) {
        succeeded = false;
    }
    m_isAttempt = false;
    m_attemptLine = std::max(m_attemptLine, m_token.start.line);
    m_lexer = lexer;
    m_token = token;
    m_end = end;
    m_previousStop = previousStop;
    m_deferred = deferred;
    return succeeded;
}

/// Makes a function, lambda or class body the current scope.
class Grammar::Entering {
public:
    Entering(Grammar &grammar, ScopeKind kind, bool isAsync) : m_grammar(grammar)
    {
        m_scope.kind = kind;
        m_scope.isAsync = isAsync;
        m_scope.outer = grammar.m_scope;
        grammar.m_scope = &m_scope;
    }
    ~Entering()
    {
        m_grammar.refuseStrayAwait(m_scope);
        m_grammar.m_scope = m_scope.outer;
    }
    Entering(const Entering &) = delete;
    Entering &operator=(const Entering &) = delete;

private:
    Grammar &m_grammar;
    Scope m_scope;
};

} // namespace stillroom::python
