// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The tree that the parser makes of a script: Python's abstract grammar (Python reference, "Full Grammar
/// specification"; the `ast` module's node names), as plain data in an arena. A Tree owns its source text and every
/// node; nodes are never changed after parsing, so a Tree may be read from several threads.
///
/// How deep a tree gets: chains that a script may make as long as it likes lean to one side only, and whoever walks a
/// tree goes along them in a loop: BinaryOperation::left, Attribute::object, Subscript::object, Call::function, and
/// If::otherwise where it is an elif. Everything else is bounded by the parser's limit on nesting.
namespace stillroom::python {

/// 1-based line, 1-based column in code points.
struct Position {
    std::int32_t line = 0;
    std::int32_t column = 0;
    bool operator==(const Position &) const = default;
};

enum class ExpressionKind : std::uint8_t {
    Constant,
    Name,
    Attribute,
    Subscript,
    Slice,
    Call,
    BinaryOperation,
    UnaryOperation,
    BooleanOperation,
    Comparison,
    Conditional,
    Lambda,
    Tuple,
    List,
    Set,
    Dict,
    ListComprehension,
    SetComprehension,
    DictComprehension,
    Generator,
    Starred,
    NamedExpression,
    Await,
    Yield,
    YieldFrom,
    FormattedString,
    FormattedValue,
};

enum class ConstantKind : std::uint8_t { None, True, False, Ellipsis, Integer, Float, Imaginary, String, Bytes };

enum class BinaryOperator : std::uint8_t {
    Add,
    Subtract,
    Multiply,
    MatrixMultiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    LeftShift,
    RightShift,
    BitOr,
    BitXor,
    BitAnd,
};
enum class UnaryOperator : std::uint8_t { Not, Plus, Minus, Invert };
enum class BooleanOperator : std::uint8_t { And, Or };
enum class ComparisonOperator : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Is, IsNot, In, NotIn };

struct Expression {
    ExpressionKind kind;
    Position position;
    Position end; ///< one past the last character
};
using ExpressionList = std::span<const Expression *const>;

/// Integer: text holds the digits without underscores, with base prefix (`0x1f`); Float and Imaginary: text without
/// underscores and without the `j`; String: decoded text as UTF-8 (lone surrogates as three bytes, WTF-8); Bytes: the bytes.
struct Constant : Expression {
    ConstantKind constant;
    std::string_view text;
    bool isUnicodePrefixed = false;
};
struct Name : Expression {
    std::string_view id;
};
struct Attribute : Expression {
    const Expression *object;
    std::string_view name;
};
struct Subscript : Expression {
    const Expression *object;
    const Expression *index;
};
struct Slice : Expression {
    const Expression *lower;
    const Expression *upper;
    const Expression *step;
}; ///< null where left out
struct Keyword {
    std::string_view name;
    const Expression *value;
    Position position;
    Position end;
}; ///< empty name: `**value`
struct Call : Expression {
    const Expression *function;
    ExpressionList arguments;
    std::span<const Keyword> keywords;
}; ///< Starred among arguments
struct BinaryOperation : Expression {
    BinaryOperator op;
    const Expression *left;
    const Expression *right;
};
struct UnaryOperation : Expression {
    UnaryOperator op;
    const Expression *operand;
};
struct BooleanOperation : Expression {
    BooleanOperator op;
    ExpressionList values;
};
struct Comparison : Expression {
    const Expression *left;
    std::span<const ComparisonOperator> ops;
    ExpressionList comparators;
};
struct Conditional : Expression {
    const Expression *test;
    const Expression *body;
    const Expression *otherwise;
};
struct Sequence : Expression {
    ExpressionList elements;
}; ///< Tuple, List, Set
struct DictEntry {
    const Expression *key;
    const Expression *value;
}; ///< null key: `**value`
struct Dict : Expression {
    std::span<const DictEntry> entries;
};
struct ComprehensionClause {
    const Expression *target;
    const Expression *iterable;
    ExpressionList conditions;
    bool isAsync;
};
struct Comprehension : Expression { ///< ListComprehension, SetComprehension, DictComprehension, Generator
    const Expression *element;      ///< the key for a DictComprehension
    const Expression *value;        ///< DictComprehension only
    std::span<const ComprehensionClause> clauses;
};
struct Starred : Expression {
    const Expression *value;
};
struct NamedExpression : Expression {
    const Name *target;
    const Expression *value;
};
struct Await : Expression {
    const Expression *value;
};
struct Yield : Expression {
    const Expression *value;
}; ///< null: bare yield
struct YieldFrom : Expression {
    const Expression *value;
};
struct FormattedValue : Expression {
    const Expression *value;
    char conversion;              ///< 's', 'r', 'a' or 0
    const Expression *formatSpec; ///< a FormattedString, or null
    std::string_view
        debugText; ///< text of `{x=}` up to and including `=` and blanks; empty without (conversion is then 'r' unless one or a format is given)
    std::string_view sourceText; ///< in a t-string: the expression as written; else empty
};
struct FormattedString : Expression {
    ExpressionList parts;
    bool isTemplate;
}; ///< String Constants and FormattedValues

struct Parameter {
    std::string_view name;
    const Expression *annotation;
    const Expression *defaultValue;
    Position position;
    Position end; ///< behind the annotation
};
struct Parameters {
    std::span<const Parameter> positionalOnly;
    std::span<const Parameter> positional;
    const Parameter *starArguments = nullptr; ///< `*args`; null for none or a bare `*`
    std::span<const Parameter> keywordOnly;
    const Parameter *starKeywords = nullptr; ///< `**kwargs`
};
struct Lambda : Expression {
    Parameters parameters;
    const Expression *body;
};

enum class StatementKind : std::uint8_t {
    FunctionDefinition,
    ClassDefinition,
    Return,
    Delete,
    Assign,
    AugmentedAssign,
    AnnotatedAssign,
    TypeAlias,
    For,
    While,
    If,
    With,
    Match,
    Raise,
    Try,
    Assert,
    Import,
    ImportFrom,
    Global,
    Nonlocal,
    ExpressionStatement,
    Pass,
    Break,
    Continue,
};

struct Statement {
    StatementKind kind;
    Position position;
    Position end;
};
using Block = std::span<const Statement *const>;

struct TypeParameter {
    std::string_view name;
    const Expression *bound;
    const Expression *defaultValue;
    char prefix;
    Position position;
    Position end;
}; ///< prefix 0, '*' or 'p' (for **)
struct FunctionDefinition : Statement {
    std::string_view name;
    Parameters parameters;
    Block body;
    ExpressionList decorators;
    const Expression *returns;
    std::span<const TypeParameter> typeParameters;
    bool isAsync;
};
struct ClassDefinition : Statement {
    std::string_view name;
    ExpressionList bases;
    std::span<const Keyword> keywords;
    Block body;
    ExpressionList decorators;
    std::span<const TypeParameter> typeParameters;
};
struct Return : Statement {
    const Expression *value;
};
struct Delete : Statement {
    ExpressionList targets;
};
struct Assign : Statement {
    ExpressionList targets;
    const Expression *value;
};
struct AugmentedAssign : Statement {
    const Expression *target;
    BinaryOperator op;
    const Expression *value;
};
struct AnnotatedAssign : Statement {
    const Expression *target;
    const Expression *annotation;
    const Expression *value;
    bool isSimple; ///< a name without parentheses: its annotation is recorded
}; ///< value may be null
struct TypeAlias : Statement {
    const Name *name;
    std::span<const TypeParameter> typeParameters;
    const Expression *value;
};
struct For : Statement {
    const Expression *target;
    const Expression *iterable;
    Block body;
    Block otherwise;
    bool isAsync;
};
struct While : Statement {
    const Expression *test;
    Block body;
    Block otherwise;
};
struct If : Statement {
    const Expression *test;
    Block body;
    Block otherwise;
}; ///< elif is an If alone in otherwise
struct WithItem {
    const Expression *context;
    const Expression *target;
}; ///< target may be null
struct With : Statement {
    std::span<const WithItem> items;
    Block body;
    bool isAsync;
};

enum class PatternKind : std::uint8_t { Value, Singleton, Sequence, Mapping, Class, Star, As, Or };
struct Pattern {
    PatternKind kind;
    Position position;
    const Expression *value = nullptr;             ///< Value, Singleton; Class: the class
    std::span<const Pattern *const> patterns = {}; ///< Sequence, Mapping values, Class positional, Or
    ExpressionList keys = {};                      ///< Mapping
    std::span<const std::string_view> keywordNames = {};
    std::span<const Pattern *const> keywordPatterns = {};
    const Pattern *inner = nullptr; ///< As
    std::string_view name = {};     ///< As, Star (empty: `_`), Mapping rest
    Position end = {};
};
struct MatchCase {
    const Pattern *pattern;
    const Expression *guard;
    Block body;
};
struct Match : Statement {
    const Expression *subject;
    std::span<const MatchCase> cases;
};
struct Raise : Statement {
    const Expression *exception;
    const Expression *cause;
};
struct ExceptionHandler {
    const Expression *type;
    std::string_view name;
    Block body;
    Position position;
    Position end;
};
struct Try : Statement {
    Block body;
    std::span<const ExceptionHandler> handlers;
    Block otherwise;
    Block finally;
    bool isStar;
};
struct Assert : Statement {
    const Expression *test;
    const Expression *message;
};
struct ImportAlias {
    std::string_view name;
    std::string_view asName;
}; ///< asName empty without `as`
struct Import : Statement {
    std::span<const ImportAlias> names;
};
struct ImportFrom : Statement {
    std::string_view module;
    int level;
    std::span<const ImportAlias> names;
}; ///< `*` as a name
struct NameList : Statement {
    std::span<const std::string_view> names;
}; ///< Global, Nonlocal
struct ExpressionStatement : Statement {
    const Expression *value;
};

/// A parsed script. Move-only; node pointers stay valid as long as the Tree lives.
class Tree {
public:
    explicit Tree(std::string source);
    Tree(Tree &&) noexcept;
    Tree &operator=(Tree &&) noexcept;
    ~Tree();

    [[nodiscard]] std::string_view source() const; ///< UTF-8, newlines as \n, without a byte order mark
    [[nodiscard]] Block body() const { return m_body; }
    /// The module's docstring, if its first statement is a plain string.
    [[nodiscard]] std::optional<std::string_view> docstring() const;

    [[nodiscard]] std::pmr::memory_resource &arena();
    void setBody(Block body) { m_body = body; }

private:
    struct Storage;
    std::unique_ptr<Storage> m_storage;
    Block m_body;
};

} // namespace stillroom::python
