// SPDX-License-Identifier: GPL-3.0-or-later
#include "treetext.h"

#include <array>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace stillroom::python {

namespace {

std::string hex(std::uint64_t value)
{
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%llx", static_cast<unsigned long long>(value));
    return digits.data();
}

std::string quoted(std::string_view utf8, bool isBytes = false)
{
    std::string text = "\"";
    for (std::size_t i = 0; i < utf8.size();) {
        const auto byte = [&](std::size_t at) { return at < utf8.size() ? static_cast<unsigned char>(utf8[at]) : 0u; };
        const unsigned first = byte(i);
        std::size_t length = isBytes || first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        unsigned c = length == 1 ? first : length == 2 ? first & 0x1F : length == 3 ? first & 0x0F : first & 0x07;
        for (std::size_t k = 1; k < length; ++k)
            c = (c << 6) | (byte(i + k) & 0x3F);
        i += length;
        if (c >= ' ' && c < 0x7F && c != '"' && c != '\\')
            text.push_back(static_cast<char>(c));
        else
            text += "\\" + hex(c) + ";";
    }
    return text + '"';
}

/// Any integer literal as hexadecimal digits.
std::string integerText(std::string_view literal)
{
    unsigned base = 10;
    if (literal.size() > 2 && literal[0] == '0' && literal[1] > '9') {
        base = (literal[1] | 0x20) == 'x' ? 16 : (literal[1] | 0x20) == 'o' ? 8 : 2;
        literal.remove_prefix(2);
    }
    std::vector<std::uint32_t> words{0};
    for (const char c : literal) {
        std::uint64_t carry = c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a' + 10);
        for (std::uint32_t &word : words) {
            carry += std::uint64_t{word} * base;
            word = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry)
            words.push_back(static_cast<std::uint32_t>(carry));
    }
    std::string text = hex(words.back());
    for (std::size_t i = words.size() - 1; i-- > 0;) {
        const std::string digits = hex(words[i]);
        text += std::string(8 - digits.size(), '0') + digits;
    }
    return text;
}

std::string floatText(std::string_view literal)
{
    const std::string digits = hex(std::bit_cast<std::uint64_t>(std::strtod(std::string(literal).c_str(), nullptr)));
    return std::string(16 - digits.size(), '0') + digits;
}

const char *symbol(BinaryOperator op)
{
    switch (op) {
    case BinaryOperator::Add:
        return "+";
    case BinaryOperator::Subtract:
        return "-";
    case BinaryOperator::Multiply:
        return "*";
    case BinaryOperator::MatrixMultiply:
        return "@";
    case BinaryOperator::Divide:
        return "/";
    case BinaryOperator::FloorDivide:
        return "//";
    case BinaryOperator::Modulo:
        return "%";
    case BinaryOperator::Power:
        return "**";
    case BinaryOperator::LeftShift:
        return "<<";
    case BinaryOperator::RightShift:
        return ">>";
    case BinaryOperator::BitOr:
        return "|";
    case BinaryOperator::BitXor:
        return "^";
    case BinaryOperator::BitAnd:
        return "&";
    }
    return "";
}

const char *symbol(UnaryOperator op)
{
    switch (op) {
    case UnaryOperator::Not:
        return "not";
    case UnaryOperator::Plus:
        return "+";
    case UnaryOperator::Minus:
        return "-";
    case UnaryOperator::Invert:
        return "~";
    }
    return "";
}

const char *symbol(ComparisonOperator op)
{
    switch (op) {
    case ComparisonOperator::Equal:
        return "==";
    case ComparisonOperator::NotEqual:
        return "!=";
    case ComparisonOperator::Less:
        return "<";
    case ComparisonOperator::LessEqual:
        return "<=";
    case ComparisonOperator::Greater:
        return ">";
    case ComparisonOperator::GreaterEqual:
        return ">=";
    case ComparisonOperator::Is:
        return "is";
    case ComparisonOperator::IsNot:
        return "is not";
    case ComparisonOperator::In:
        return "in";
    case ComparisonOperator::NotIn:
        return "not in";
    }
    return "";
}

class TreeText {
public:
    explicit TreeText(TreeTextOptions options) : m_options(options) {}

    std::string block(Block statements)
    {
        std::string text = "{\n";
        for (const Statement *statement : statements)
            text += node(statement) + "\n";
        return text + "}";
    }

private:
    std::string place(Position start, Position end) const
    {
        if (m_inFormatted > 0 && !m_options.hasFormattedPositions)
            return {};
        const std::string from = " " + std::to_string(start.line) + ":" + std::to_string(start.column);
        if (m_options.isTopLevel)
            return from;
        return from + "-" + std::to_string(end.line) + ":" + std::to_string(end.column);
    }

    template<class Node, class... Fields>
    std::string form(const char *name, const Node &node, const Fields &...fields) const
    {
        std::string text = "(" + (name + place(node.position, node.end));
        ((text += " ", text += fields), ...);
        return text + ")";
    }

    template<class Items>
    std::string list(const Items &items)
    {
        std::string text = "[";
        for (const auto &item : items) {
            if (text.size() > 1)
                text += " ";
            text += node(item);
        }
        return text + "]";
    }

    std::string optional(const Expression *expression) { return expression ? node(expression) : "~"; }

    std::string constant(const Constant &constant)
    {
        switch (constant.constant) {
        case ConstantKind::None:
            return "None";
        case ConstantKind::True:
            return "True";
        case ConstantKind::False:
            return "False";
        case ConstantKind::Ellipsis:
            return "...";
        case ConstantKind::Integer:
            return integerText(constant.text);
        case ConstantKind::Float:
            return "f" + floatText(constant.text);
        case ConstantKind::Imaginary:
            return "j" + floatText(constant.text);
        case ConstantKind::String:
            return quoted(constant.text) + (constant.isUnicodePrefixed ? "u" : "");
        case ConstantKind::Bytes:
            return "b" + quoted(constant.text, true);
        }
        return {};
    }

    template<class Node>
    static const Node &as(const Expression *expression)
    {
        return *static_cast<const Node *>(expression);
    }

    std::string node(const Expression *expression)
    {
        switch (expression->kind) {
        case ExpressionKind::Constant:
            return form("Constant", *expression, constant(as<Constant>(expression)));
        case ExpressionKind::Name:
            return form("Name", *expression, quoted(as<Name>(expression).id));
        case ExpressionKind::Attribute: {
            const auto &n = as<Attribute>(expression);
            return form("Attribute", n, node(n.object), quoted(n.name));
        }
        case ExpressionKind::Subscript: {
            const auto &n = as<Subscript>(expression);
            return form("Subscript", n, node(n.object), node(n.index));
        }
        case ExpressionKind::Slice: {
            const auto &n = as<Slice>(expression);
            return form("Slice", n, optional(n.lower), optional(n.upper), optional(n.step));
        }
        case ExpressionKind::Call: {
            const auto &n = as<Call>(expression);
            return form("Call", n, node(n.function), list(n.arguments), list(n.keywords));
        }
        case ExpressionKind::BinaryOperation: {
            const auto &n = as<BinaryOperation>(expression);
            return form("Binary", n, symbol(n.op), node(n.left), node(n.right));
        }
        case ExpressionKind::UnaryOperation: {
            const auto &n = as<UnaryOperation>(expression);
            return form("Unary", n, symbol(n.op), node(n.operand));
        }
        case ExpressionKind::BooleanOperation: {
            const auto &n = as<BooleanOperation>(expression);
            return form("Boolean", n, n.op == BooleanOperator::And ? "and" : "or", list(n.values));
        }
        case ExpressionKind::Comparison: {
            const auto &n = as<Comparison>(expression);
            std::string ops;
            for (const ComparisonOperator op : n.ops)
                ops += (ops.empty() ? "" : " ") + std::string(symbol(op));
            return form("Comparison", n, node(n.left), "[" + ops + "]", list(n.comparators));
        }
        case ExpressionKind::Conditional: {
            const auto &n = as<Conditional>(expression);
            return form("Conditional", n, node(n.test), node(n.body), node(n.otherwise));
        }
        case ExpressionKind::Lambda: {
            const auto &n = as<Lambda>(expression);
            return form("Lambda", n, parameters(n.parameters), node(n.body));
        }
        case ExpressionKind::Tuple:
            return form("Tuple", *expression, list(as<Sequence>(expression).elements));
        case ExpressionKind::List:
            return form("List", *expression, list(as<Sequence>(expression).elements));
        case ExpressionKind::Set:
            return form("Set", *expression, list(as<Sequence>(expression).elements));
        case ExpressionKind::Dict:
            return form("Dict", *expression, list(as<Dict>(expression).entries));
        case ExpressionKind::ListComprehension:
            return comprehension("ListComprehension", as<Comprehension>(expression));
        case ExpressionKind::SetComprehension:
            return comprehension("SetComprehension", as<Comprehension>(expression));
        case ExpressionKind::DictComprehension:
            return comprehension("DictComprehension", as<Comprehension>(expression));
        case ExpressionKind::Generator:
            return comprehension("Generator", as<Comprehension>(expression));
        case ExpressionKind::Starred:
            return form("Starred", *expression, node(as<Starred>(expression).value));
        case ExpressionKind::NamedExpression: {
            const auto &n = as<NamedExpression>(expression);
            return form("Walrus", n, node(n.target), node(n.value));
        }
        case ExpressionKind::Await:
            return form("Await", *expression, node(as<Await>(expression).value));
        case ExpressionKind::Yield:
            return form("Yield", *expression, optional(as<Yield>(expression).value));
        case ExpressionKind::YieldFrom:
            return form("YieldFrom", *expression, node(as<YieldFrom>(expression).value));
        case ExpressionKind::FormattedString:
            return formatted(as<FormattedString>(expression).isTemplate ? "Template" : "Formatted", as<FormattedString>(expression));
        case ExpressionKind::FormattedValue: {
            const auto &n = as<FormattedValue>(expression);
            return form("Field", n, node(n.value), n.conversion ? std::string(1, n.conversion) : "-",
                        n.formatSpec ? formatted("Specification", as<FormattedString>(n.formatSpec)) : "~");
        }
        }
        return {};
    }

    std::string node(const DictEntry &entry) { return optional(entry.key) + ":" + node(entry.value); }
    std::string node(const Keyword &keyword) { return form("keyword", keyword, quoted(keyword.name), node(keyword.value)); }
    std::string node(const ComprehensionClause &clause)
    {
        return "(for " + node(clause.target) + " " + node(clause.iterable) + " " + list(clause.conditions) + " " + (clause.isAsync ? "1" : "0") + ")";
    }

    std::string comprehension(const char *name, const Comprehension &n) { return form(name, n, node(n.element), optional(n.value), list(n.clauses)); }

    /// CPython's tree has the text of `{x=}` in the constant before.
    std::string formatted(const char *name, const FormattedString &string)
    {
        const std::string where = place(string.position, string.end);
        ++m_inFormatted;
        std::string parts;
        std::string literal;
        const auto add = [&parts](const std::string &part) { parts += (parts.empty() ? "" : " ") + part; };
        const auto flush = [&] {
            if (!literal.empty())
                add(quoted(literal));
            literal.clear();
        };
        for (const Expression *part : string.parts) {
            if (part->kind == ExpressionKind::Constant) {
                literal += as<Constant>(part).text;
                continue;
            }
            literal += as<FormattedValue>(part).debugText;
            flush();
            add(node(part));
        }
        flush();
        --m_inFormatted;
        return std::string("(") + name + where + " [" + parts + "])";
    }

    std::string parameter(const Parameter &n) { return form("arg", n, quoted(n.name), optional(n.annotation)); }
    std::string node(const Parameter &n) { return "(" + parameter(n) + " " + optional(n.defaultValue) + ")"; }
    std::string parameters(const Parameters &n)
    {
        return "{ " + list(n.positionalOnly) + " " + list(n.positional) + " " + (n.starArguments ? parameter(*n.starArguments) : "~") + " " +
               list(n.keywordOnly) + " " + (n.starKeywords ? parameter(*n.starKeywords) : "~") + " }";
    }
    std::string node(const TypeParameter &n)
    {
        const char *name = n.prefix == '*' ? "type*" : n.prefix == 'p' ? "type**" : "type";
        return form(name, n, quoted(n.name), optional(n.bound), optional(n.defaultValue));
    }

    template<class Node>
    static const Node &as(const Statement *statement)
    {
        return *static_cast<const Node *>(statement);
    }

    std::string node(const Statement *statement)
    {
        switch (statement->kind) {
        case StatementKind::FunctionDefinition: {
            const auto &n = as<FunctionDefinition>(statement);
            return form("Function", n, quoted(n.name), n.isAsync ? "1" : "0", list(n.typeParameters), parameters(n.parameters), optional(n.returns),
                        list(n.decorators), inner(n.body));
        }
        case StatementKind::ClassDefinition: {
            const auto &n = as<ClassDefinition>(statement);
            return form("Class", n, quoted(n.name), list(n.typeParameters), list(n.bases), list(n.keywords), list(n.decorators), inner(n.body));
        }
        case StatementKind::Return:
            return form("Return", *statement, optional(as<Return>(statement).value));
        case StatementKind::Delete:
            return form("Delete", *statement, list(as<Delete>(statement).targets));
        case StatementKind::Assign:
            return form("Assign", *statement, list(as<Assign>(statement).targets), node(as<Assign>(statement).value));
        case StatementKind::AugmentedAssign: {
            const auto &n = as<AugmentedAssign>(statement);
            return form("Augmented", n, symbol(n.op), node(n.target), node(n.value));
        }
        case StatementKind::AnnotatedAssign: {
            const auto &n = as<AnnotatedAssign>(statement);
            return form("Annotated", n, n.isSimple ? "1" : "0", node(n.target), node(n.annotation), optional(n.value));
        }
        case StatementKind::TypeAlias: {
            const auto &n = as<TypeAlias>(statement);
            return form("TypeAlias", n, node(n.name), list(n.typeParameters), node(n.value));
        }
        case StatementKind::For: {
            const auto &n = as<For>(statement);
            return form("For", n, n.isAsync ? "1" : "0", node(n.target), node(n.iterable), block(n.body), block(n.otherwise));
        }
        case StatementKind::While: {
            const auto &n = as<While>(statement);
            return form("While", n, node(n.test), block(n.body), block(n.otherwise));
        }
        case StatementKind::If: {
            const auto &n = as<If>(statement);
            return form("If", n, node(n.test), block(n.body), block(n.otherwise));
        }
        case StatementKind::With: {
            const auto &n = as<With>(statement);
            return form("With", n, n.isAsync ? "1" : "0", list(n.items), block(n.body));
        }
        case StatementKind::Match: {
            const auto &n = as<Match>(statement);
            return form("Match", n, node(n.subject), list(n.cases));
        }
        case StatementKind::Raise:
            return form("Raise", *statement, optional(as<Raise>(statement).exception), optional(as<Raise>(statement).cause));
        case StatementKind::Try: {
            const auto &n = as<Try>(statement);
            return form("Try", n, n.isStar ? "1" : "0", block(n.body), list(n.handlers), block(n.otherwise), block(n.finally));
        }
        case StatementKind::Assert:
            return form("Assert", *statement, node(as<Assert>(statement).test), optional(as<Assert>(statement).message));
        case StatementKind::Import:
            return form("Import", *statement, list(as<Import>(statement).names));
        case StatementKind::ImportFrom: {
            const auto &n = as<ImportFrom>(statement);
            return form("ImportFrom", n, quoted(n.module), std::to_string(n.level), list(n.names));
        }
        case StatementKind::Global:
            return form("Global", *statement, names(as<NameList>(statement).names));
        case StatementKind::Nonlocal:
            return form("Nonlocal", *statement, names(as<NameList>(statement).names));
        case StatementKind::ExpressionStatement:
            return form("Expression", *statement, node(as<ExpressionStatement>(statement).value));
        case StatementKind::Pass:
            return form("Pass", *statement);
        case StatementKind::Break:
            return form("Break", *statement);
        case StatementKind::Continue:
            return form("Continue", *statement);
        }
        return {};
    }

    std::string inner(Block body) { return m_options.isTopLevel ? "..." : block(body); }

    std::string names(std::span<const std::string_view> all)
    {
        std::string text;
        for (const std::string_view name : all)
            text += (text.empty() ? "" : " ") + quoted(name);
        return text;
    }
    std::string node(const WithItem &item) { return "(" + node(item.context) + " " + optional(item.target) + ")"; }
    std::string node(const ImportAlias &alias) { return quoted(alias.name) + (alias.asName.empty() ? "" : " as " + quoted(alias.asName)); }
    std::string node(const ExceptionHandler &n) { return form("except", n, optional(n.type), quoted(n.name), block(n.body)); }
    std::string node(const MatchCase &n) { return "(case " + node(n.pattern) + " " + optional(n.guard) + " " + block(n.body) + ")"; }

    std::string node(const Pattern *pattern)
    {
        const Pattern &n = *pattern;
        switch (n.kind) {
        case PatternKind::Value:
            return form("MatchValue", n, node(n.value));
        case PatternKind::Singleton:
            return form("MatchSingleton", n, constant(as<Constant>(n.value)));
        case PatternKind::Sequence:
            return form("MatchSequence", n, list(n.patterns));
        case PatternKind::Mapping:
            return form("MatchMapping", n, list(n.keys), list(n.patterns), quoted(n.name));
        case PatternKind::Class:
            return form("MatchClass", n, node(n.value), list(n.patterns), names(n.keywordNames), list(n.keywordPatterns));
        case PatternKind::Star:
            return form("MatchStar", n, quoted(n.name));
        case PatternKind::As:
            return form("MatchAs", n, n.inner ? node(n.inner) : "~", quoted(n.name));
        case PatternKind::Or:
            return form("MatchOr", n, list(n.patterns));
        }
        return {};
    }

    TreeTextOptions m_options;
    int m_inFormatted = 0;
};

} // namespace

std::string treeText(const Tree &tree, TreeTextOptions options) { return TreeText(options).block(tree.body()); }

} // namespace stillroom::python
