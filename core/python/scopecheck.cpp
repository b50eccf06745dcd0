// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/scopecheck.h"

#include <unordered_map>
#include <vector>

namespace stillroom::python {

namespace {

enum class ScopeKind : std::uint8_t { Module, Class, Function, Comprehension };

struct Use {
    bool isParameter = false;
    bool isAssigned = false;
    bool isAnnotated = false;
    bool isRead = false;
    bool isGlobal = false;
    bool isNonlocal = false;
    bool isIteration = false;
    bool isWalrus = false; ///< assigned by an assignment expression inside this comprehension
    Position nonlocalAt = {};
};

struct Nonlocal {
    std::string_view name;
    Position where;
};

struct Scope {
    ScopeKind kind = ScopeKind::Module;
    std::unordered_map<std::string_view, Use> names;
    std::vector<Nonlocal> unresolved; ///< of this scope and those inside it
    int iterables = 0;                ///< comprehension iterables being walked
};

class ScopeCheck {
public:
    std::optional<SyntaxFailure> run(Block body)
    {
        m_scopes.emplace_back();
        block(body);
        for (const Nonlocal &nonlocal : m_scopes.back().unresolved)
            fail(nonlocal.where, "no binding for nonlocal '" + std::string(nonlocal.name) + "' found");
        return m_failure;
    }

private:
    Scope &scope() { return m_scopes.back(); }
    Use &use(std::string_view name) { return scope().names[name]; }
    void fail(Position where, std::string message)
    {
        if (!m_failure)
            m_failure = SyntaxFailure{where, std::move(message), true};
    }

    void leave()
    {
        Scope left = std::move(m_scopes.back());
        m_scopes.pop_back();
        const bool binds = left.kind == ScopeKind::Function;
        for (const Nonlocal &nonlocal : left.unresolved) {
            const auto found = left.names.find(nonlocal.name);
            const bool isOwn = found != left.names.end() && (found->second.isParameter || found->second.isAssigned) && !found->second.isGlobal &&
                               !found->second.isNonlocal;
            // Methods see the class that they are in.
            const bool isClassCell = left.kind == ScopeKind::Class && nonlocal.name == "__class__";
            if (!isClassCell && (!binds || !isOwn))
                scope().unresolved.push_back(nonlocal);
        }
        // A nonlocal of the scope itself looks outside it.
        for (const auto &[name, how] : left.names) {
            if (how.isNonlocal)
                scope().unresolved.push_back({name, how.nonlocalAt});
        }
    }

    void declare(const NameList &list)
    {
        const bool isGlobal = list.kind == StatementKind::Global;
        const std::string kind = isGlobal ? "global" : "nonlocal";
        for (const std::string_view name : list.names) {
            Use &how = use(name);
            const std::string quoted = "'" + std::string(name) + "'";
            if (how.isParameter)
                fail(list.position, "name " + quoted + " is parameter and " + kind);
            else if (how.isAnnotated)
                fail(list.position, "annotated name " + quoted + " can't be " + kind);
            else if (how.isAssigned)
                fail(list.position, "name " + quoted + " is assigned to before " + kind + " declaration");
            else if (how.isRead)
                fail(list.position, "name " + quoted + " is used prior to " + kind + " declaration");
            else if (isGlobal ? how.isNonlocal : how.isGlobal)
                fail(list.position, "name " + quoted + " is nonlocal and global");
            (isGlobal ? how.isGlobal : how.isNonlocal) = true;
            if (!isGlobal)
                how.nonlocalAt = list.position;
        }
    }

    void assign(std::string_view name) { use(name).isAssigned = true; }

    void assign(const Expression *target)
    {
        switch (target->kind) {
        case ExpressionKind::Name: {
            Use &how = use(static_cast<const Name *>(target)->id);
            how.isAssigned = true;
            if (how.isWalrus)
                fail(target->position, "comprehension inner loop cannot rebind assignment expression target '" +
                                           std::string(static_cast<const Name *>(target)->id) + "'");
            how.isIteration = how.isIteration || scope().kind == ScopeKind::Comprehension;
            return;
        }
        case ExpressionKind::Tuple:
        case ExpressionKind::List:
            for (const Expression *element : static_cast<const Sequence *>(target)->elements)
                assign(element);
            return;
        case ExpressionKind::Starred:
            return assign(static_cast<const Starred *>(target)->value);
        default:
            return walk(target);
        }
    }

    /// An assignment expression binds in the function or module around its comprehensions.
    void assignFromWalrus(const NamedExpression &walrus)
    {
        const std::string_view name = walrus.target->id;
        const std::string quoted = "'" + std::string(name) + "'";
        if (scope().iterables > 0)
            fail(walrus.position, "assignment expression cannot be used in a comprehension iterable expression");
        std::size_t at = m_scopes.size() - 1;
        for (; m_scopes[at].kind == ScopeKind::Comprehension; --at) {
            Use &inComprehension = m_scopes[at].names[name];
            inComprehension.isWalrus = true;
            if (inComprehension.isIteration)
                fail(walrus.position, "assignment expression cannot rebind comprehension iteration variable " + quoted);
            else if (m_scopes[at].iterables > 0)
                fail(walrus.position, "assignment expression cannot be used in a comprehension iterable expression");
        }
        if (at != m_scopes.size() - 1 && m_scopes[at].kind == ScopeKind::Class)
            fail(walrus.position, "assignment expression within a comprehension cannot be used in a class body");
        m_scopes[at].names[name].isAssigned = true;
    }

    void parameters(const Parameters &all, bool areDefaults)
    {
        const auto one = [&](const Parameter &parameter) {
            if (!areDefaults) {
                use(parameter.name).isParameter = true;
                return;
            }
            optional(parameter.defaultValue);
            optional(parameter.annotation);
        };
        for (const auto &group : {all.positionalOnly, all.positional, all.keywordOnly}) {
            for (const Parameter &parameter : group)
                one(parameter);
        }
        for (const Parameter *star : {all.starArguments, all.starKeywords}) {
            if (star)
                one(*star);
        }
    }

    void enter(ScopeKind kind)
    {
        m_scopes.emplace_back();
        scope().kind = kind;
    }

    void comprehension(const Comprehension &n)
    {
        const auto iterable = [this](const Expression *value) {
            ++scope().iterables;
            walk(value);
            --scope().iterables;
        };
        iterable(n.clauses.front().iterable);
        enter(ScopeKind::Comprehension);
        for (std::size_t i = 0; i < n.clauses.size(); ++i) {
            assign(n.clauses[i].target);
            if (i > 0)
                iterable(n.clauses[i].iterable);
            all(n.clauses[i].conditions);
        }
        walk(n.element);
        optional(n.value);
        leave();
    }

    void optional(const Expression *expression)
    {
        if (expression)
            walk(expression);
    }
    void all(ExpressionList list)
    {
        for (const Expression *expression : list)
            walk(expression);
    }
    void keywords(std::span<const Keyword> list)
    {
        for (const Keyword &keyword : list)
            walk(keyword.value);
    }

    /// Chains that lean to the left may be long: their right sides wait on a list.
    void walk(const Expression *expression)
    {
        std::vector<const Expression *> chain;
        for (;;) {
            const Expression *next = nullptr;
            switch (expression->kind) {
            case ExpressionKind::BinaryOperation:
                next = static_cast<const BinaryOperation *>(expression)->left;
                break;
            case ExpressionKind::Attribute:
                next = static_cast<const Attribute *>(expression)->object;
                break;
            case ExpressionKind::Subscript:
                next = static_cast<const Subscript *>(expression)->object;
                break;
            case ExpressionKind::Call:
                next = static_cast<const Call *>(expression)->function;
                break;
            default:
                break;
            }
            if (!next)
                break;
            chain.push_back(expression);
            expression = next;
        }
        walkHead(expression);
        for (std::size_t i = chain.size(); i-- > 0;)
            walkRight(chain[i]);
    }

    void walkRight(const Expression *expression)
    {
        switch (expression->kind) {
        case ExpressionKind::BinaryOperation:
            return walk(static_cast<const BinaryOperation *>(expression)->right);
        case ExpressionKind::Subscript:
            return walk(static_cast<const Subscript *>(expression)->index);
        case ExpressionKind::Call:
            all(static_cast<const Call *>(expression)->arguments);
            return keywords(static_cast<const Call *>(expression)->keywords);
        default:
            return;
        }
    }

    void walkHead(const Expression *expression)
    {
        switch (expression->kind) {
        case ExpressionKind::Constant:
        case ExpressionKind::BinaryOperation:
        case ExpressionKind::Attribute:
        case ExpressionKind::Subscript:
        case ExpressionKind::Call:
            return;
        case ExpressionKind::Name:
            use(static_cast<const Name *>(expression)->id).isRead = true;
            return;
        case ExpressionKind::Slice: {
            const auto *n = static_cast<const Slice *>(expression);
            optional(n->lower);
            optional(n->upper);
            return optional(n->step);
        }
        case ExpressionKind::UnaryOperation:
            return walk(static_cast<const UnaryOperation *>(expression)->operand);
        case ExpressionKind::BooleanOperation:
            return all(static_cast<const BooleanOperation *>(expression)->values);
        case ExpressionKind::Comparison:
            walk(static_cast<const Comparison *>(expression)->left);
            return all(static_cast<const Comparison *>(expression)->comparators);
        case ExpressionKind::Conditional: {
            const auto *n = static_cast<const Conditional *>(expression);
            walk(n->test);
            walk(n->body);
            return walk(n->otherwise);
        }
        case ExpressionKind::Lambda: {
            const auto *n = static_cast<const Lambda *>(expression);
            parameters(n->parameters, true);
            enter(ScopeKind::Function);
            parameters(n->parameters, false);
            walk(n->body);
            return leave();
        }
        case ExpressionKind::Tuple:
        case ExpressionKind::List:
        case ExpressionKind::Set:
            return all(static_cast<const Sequence *>(expression)->elements);
        case ExpressionKind::Dict:
            for (const DictEntry &entry : static_cast<const Dict *>(expression)->entries) {
                optional(entry.key);
                walk(entry.value);
            }
            return;
        case ExpressionKind::ListComprehension:
        case ExpressionKind::SetComprehension:
        case ExpressionKind::DictComprehension:
        case ExpressionKind::Generator:
            return comprehension(*static_cast<const Comprehension *>(expression));
        case ExpressionKind::Starred:
            return walk(static_cast<const Starred *>(expression)->value);
        case ExpressionKind::NamedExpression:
            walk(static_cast<const NamedExpression *>(expression)->value);
            return assignFromWalrus(*static_cast<const NamedExpression *>(expression));
        case ExpressionKind::Await:
            return walk(static_cast<const Await *>(expression)->value);
        case ExpressionKind::Yield:
            return optional(static_cast<const Yield *>(expression)->value);
        case ExpressionKind::YieldFrom:
            return walk(static_cast<const YieldFrom *>(expression)->value);
        case ExpressionKind::FormattedString:
            return all(static_cast<const FormattedString *>(expression)->parts);
        case ExpressionKind::FormattedValue:
            walk(static_cast<const FormattedValue *>(expression)->value);
            return optional(static_cast<const FormattedValue *>(expression)->formatSpec);
        }
    }

    void block(Block statements)
    {
        for (const Statement *statement : statements)
            walk(statement);
    }

    void function(const FunctionDefinition &n)
    {
        assign(n.name);
        all(n.decorators);
        parameters(n.parameters, true);
        optional(n.returns);
        enter(ScopeKind::Function);
        for (const TypeParameter &parameter : n.typeParameters)
            assign(parameter.name);
        parameters(n.parameters, false);
        block(n.body);
        leave();
    }

    void classDefinition(const ClassDefinition &n)
    {
        assign(n.name);
        all(n.decorators);
        all(n.bases);
        keywords(n.keywords);
        enter(ScopeKind::Class);
        block(n.body);
        leave();
    }

    void annotated(const AnnotatedAssign &n)
    {
        if (n.target->kind == ExpressionKind::Name) {
            const std::string_view name = static_cast<const Name *>(n.target)->id;
            Use &how = use(name);
            if (n.isSimple && (how.isGlobal || how.isNonlocal) && m_scopes.size() > 1)
                fail(n.position, "annotated name '" + std::string(name) + "' can't be " + (how.isGlobal ? "global" : "nonlocal"));
            how.isAnnotated = how.isAnnotated || n.isSimple;
            how.isAssigned = true;
        } else {
            walk(n.target);
        }
        walk(n.annotation);
        optional(n.value);
    }

    void pattern(const Pattern *n)
    {
        optional(n->value);
        all(n->keys);
        for (const Pattern *inner : n->patterns)
            pattern(inner);
        for (const Pattern *inner : n->keywordPatterns)
            pattern(inner);
        if (n->inner)
            pattern(n->inner);
        if (!n->name.empty())
            assign(n->name);
    }

    void imports(std::span<const ImportAlias> names)
    {
        for (const ImportAlias &alias : names)
            assign(alias.asName.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asName);
    }

    void tryStatement(const Try &n)
    {
        block(n.body);
        for (const ExceptionHandler &handler : n.handlers) {
            optional(handler.type);
            if (!handler.name.empty())
                assign(handler.name);
            block(handler.body);
        }
        block(n.otherwise);
        block(n.finally);
    }

    void walk(const Statement *statement)
    {
        switch (statement->kind) {
        case StatementKind::FunctionDefinition:
            return function(*static_cast<const FunctionDefinition *>(statement));
        case StatementKind::ClassDefinition:
            return classDefinition(*static_cast<const ClassDefinition *>(statement));
        case StatementKind::Return:
            return optional(static_cast<const Return *>(statement)->value);
        case StatementKind::Delete:
            for (const Expression *target : static_cast<const Delete *>(statement)->targets)
                assign(target);
            return;
        case StatementKind::Assign:
            walk(static_cast<const Assign *>(statement)->value);
            for (const Expression *target : static_cast<const Assign *>(statement)->targets)
                assign(target);
            return;
        case StatementKind::AugmentedAssign:
            assign(static_cast<const AugmentedAssign *>(statement)->target);
            return walk(static_cast<const AugmentedAssign *>(statement)->value);
        case StatementKind::AnnotatedAssign:
            return annotated(*static_cast<const AnnotatedAssign *>(statement));
        case StatementKind::TypeAlias:
            assign(static_cast<const TypeAlias *>(statement)->name->id);
            return;
        case StatementKind::For: {
            const auto *n = static_cast<const For *>(statement);
            assign(n->target);
            walk(n->iterable);
            block(n->body);
            return block(n->otherwise);
        }
        case StatementKind::While:
            walk(static_cast<const While *>(statement)->test);
            block(static_cast<const While *>(statement)->body);
            return block(static_cast<const While *>(statement)->otherwise);
        case StatementKind::If:
            return ifStatement(static_cast<const If *>(statement));
        case StatementKind::With:
            for (const WithItem &item : static_cast<const With *>(statement)->items) {
                walk(item.context);
                if (item.target)
                    assign(item.target);
            }
            return block(static_cast<const With *>(statement)->body);
        case StatementKind::Match:
            walk(static_cast<const Match *>(statement)->subject);
            for (const MatchCase &one : static_cast<const Match *>(statement)->cases) {
                pattern(one.pattern);
                optional(one.guard);
                block(one.body);
            }
            return;
        case StatementKind::Raise:
            optional(static_cast<const Raise *>(statement)->exception);
            return optional(static_cast<const Raise *>(statement)->cause);
        case StatementKind::Try:
            return tryStatement(*static_cast<const Try *>(statement));
        case StatementKind::Assert:
            walk(static_cast<const Assert *>(statement)->test);
            return optional(static_cast<const Assert *>(statement)->message);
        case StatementKind::Import:
            return imports(static_cast<const Import *>(statement)->names);
        case StatementKind::ImportFrom:
            return imports(static_cast<const ImportFrom *>(statement)->names);
        case StatementKind::Global:
        case StatementKind::Nonlocal:
            return declare(*static_cast<const NameList *>(statement));
        case StatementKind::ExpressionStatement:
            return walk(static_cast<const ExpressionStatement *>(statement)->value);
        case StatementKind::Pass:
        case StatementKind::Break:
        case StatementKind::Continue:
            return;
        }
    }

    void ifStatement(const If *n)
    {
        for (;;) {
            walk(n->test);
            block(n->body);
            // An elif may be one of very many.
            if (n->otherwise.size() != 1 || n->otherwise.front()->kind != StatementKind::If)
                return block(n->otherwise);
            n = static_cast<const If *>(n->otherwise.front());
        }
    }

    std::vector<Scope> m_scopes;
    std::optional<SyntaxFailure> m_failure;
};

} // namespace

std::optional<SyntaxFailure> checkScopes(Block body) { return ScopeCheck().run(body); }

} // namespace stillroom::python
