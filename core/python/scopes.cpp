// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"

namespace stillroom::python {

Scope::Entry *Scope::find(const StringObject *wanted)
{
    for (Entry &e : names)
        if (e.name == wanted)
            return &e;
    return nullptr;
}

Scope::Entry &Scope::entry(StringObject *wanted)
{
    if (Entry *e = find(wanted))
        return *e;
    names.push_back({wanted, 0});
    return names.back();
}

StringObject *mangled(Interpreter &py, std::string_view name, const StringObject *privateName)
{
    if (!privateName || !name.starts_with("__") || name.ends_with("__") || name.find('.') != std::string_view::npos)
        return py.state().intern(name);
    const std::string_view cls = privateName->text;
    const auto first = cls.find_first_not_of('_');
    if (first == std::string_view::npos)
        return py.state().intern(name);
    return py.state().intern('_' + std::string(cls.substr(first)) + std::string(name));
}

StringObject *ScopeBuilder::name(std::string_view text) { return mangled(m_py, text, m_privateName); }

Scope *ScopeBuilder::open(Scope::Sort sort, Scope *parent, const void *node)
{
    Scope &scope = m_unit.scopes.emplace_back();
    scope.sort = sort;
    scope.parent = parent;
    if (parent)
        parent->children.emplace_back(node, &scope);
    return &scope;
}

Scope *ScopeBuilder::build(const Code &code)
{
    const std::size_t first = m_unit.scopes.size();
    m_privateName = code.privateName;
    if (code.function)
        function(code.function, code.function->parameters, code.function->body, nullptr);
    else if (code.lambda)
        function(code.lambda, code.lambda->parameters, {}, code.lambda->body);
    else if (code.comprehension)
        comprehension(*code.comprehension);
    else
        classBody(*code.classBody);
    Scope *root = &m_unit.scopes[first];
    for (std::size_t i = first; i < m_unit.scopes.size(); ++i)
        resolve(m_unit.scopes[i]);
    return root;
}

void ScopeBuilder::bind(std::string_view text)
{
    if (m_scope)
        m_scope->entry(name(text)).flags |= Scope::Bound;
}

void ScopeBuilder::use(std::string_view text)
{
    if (!m_scope)
        return;
    m_scope->entry(name(text)).flags |= Scope::Used;
    if (text == "super")
        m_scope->entry(m_py.state().word(Word::class_)).flags |= Scope::Used;
}

void ScopeBuilder::defaults(const Parameters &parameters)
{
    for (const auto list : {parameters.positionalOnly, parameters.positional, parameters.keywordOnly})
        for (const Parameter &p : list)
            expression(p.defaultValue);
}

void ScopeBuilder::function(const void *node, const Parameters &parameters, Block body, const Expression *value)
{
    Scope *outer = m_scope;
    m_scope = open(Scope::Sort::Function, outer, node);
    const auto parameter = [&](const Parameter &p) { m_scope->entry(name(p.name)).flags |= Scope::Bound | Scope::Parameter; };
    for (const auto list : {parameters.positionalOnly, parameters.positional, parameters.keywordOnly})
        for (const Parameter &p : list)
            parameter(p);
    if (parameters.starArguments)
        parameter(*parameters.starArguments);
    if (parameters.starKeywords)
        parameter(*parameters.starKeywords);
    block(body);
    expression(value);
    m_scope = outer;
}

void ScopeBuilder::classBody(const ClassDefinition &definition)
{
    Scope *outer = m_scope;
    StringObject *outerPrivate = m_privateName;
    m_scope = open(Scope::Sort::Class, outer, &definition);
    m_privateName = m_py.state().intern(definition.name);
    block(definition.body);
    m_privateName = outerPrivate;
    m_scope = outer;
}

void ScopeBuilder::comprehension(const Comprehension &c)
{
    if (m_scope)
        expression(c.clauses[0].iterable);
    Scope *outer = m_scope;
    m_scope = open(Scope::Sort::Function, outer, &c);
    m_scope->isComprehension = true;
    m_scope->isGenerator = c.kind == ExpressionKind::Generator;
    m_scope->entry(m_py.state().intern(".0")).flags |= Scope::Bound | Scope::Parameter;
    for (std::size_t i = 0; i < c.clauses.size(); ++i) {
        target(c.clauses[i].target);
        if (i > 0)
            expression(c.clauses[i].iterable);
        expressions(c.clauses[i].conditions);
    }
    expression(c.element);
    expression(c.value);
    m_scope = outer;
}

void ScopeBuilder::block(Block statements)
{
    for (const Statement *s : statements)
        statement(*s);
}

void ScopeBuilder::expressions(ExpressionList list)
{
    for (const Expression *e : list)
        expression(e);
}

void ScopeBuilder::typeParameters(std::span<const TypeParameter> parameters)
{
    for (const TypeParameter &p : parameters)
        bind(p.name);
}

void ScopeBuilder::target(const Expression *e)
{
    switch (e->kind) {
    case ExpressionKind::Name:
        bind(static_cast<const Name *>(e)->id);
        return;
    case ExpressionKind::Starred:
        target(static_cast<const Starred *>(e)->value);
        return;
    case ExpressionKind::Tuple:
    case ExpressionKind::List:
        for (const Expression *part : static_cast<const Sequence *>(e)->elements)
            target(part);
        return;
    case ExpressionKind::Constant:
    case ExpressionKind::Attribute:
    case ExpressionKind::Subscript:
    case ExpressionKind::Slice:
    case ExpressionKind::Call:
    case ExpressionKind::BinaryOperation:
    case ExpressionKind::UnaryOperation:
    case ExpressionKind::BooleanOperation:
    case ExpressionKind::Comparison:
    case ExpressionKind::Conditional:
    case ExpressionKind::Lambda:
    case ExpressionKind::Set:
    case ExpressionKind::Dict:
    case ExpressionKind::ListComprehension:
    case ExpressionKind::SetComprehension:
    case ExpressionKind::DictComprehension:
    case ExpressionKind::Generator:
    case ExpressionKind::NamedExpression:
    case ExpressionKind::Await:
    case ExpressionKind::Yield:
    case ExpressionKind::YieldFrom:
    case ExpressionKind::FormattedString:
    case ExpressionKind::FormattedValue:
        expression(e);
        return;
    }
}

void ScopeBuilder::pattern(const Pattern &p)
{
    expression(p.value);
    expressions(p.keys);
    for (const Pattern *part : p.patterns)
        pattern(*part);
    for (const Pattern *part : p.keywordPatterns)
        pattern(*part);
    if (p.inner)
        pattern(*p.inner);
    if (!p.name.empty())
        bind(p.name);
}

void ScopeBuilder::statement(const Statement &s)
{
    switch (s.kind) {
    case StatementKind::FunctionDefinition: {
        const auto &f = static_cast<const FunctionDefinition &>(s);
        expressions(f.decorators);
        defaults(f.parameters);
        typeParameters(f.typeParameters);
        bind(f.name);
        function(&f, f.parameters, f.body, nullptr);
        return;
    }
    case StatementKind::ClassDefinition: {
        const auto &c = static_cast<const ClassDefinition &>(s);
        expressions(c.decorators);
        typeParameters(c.typeParameters);
        expressions(c.bases);
        for (const Keyword &k : c.keywords)
            expression(k.value);
        bind(c.name);
        classBody(c);
        return;
    }
    case StatementKind::Return:
        expression(static_cast<const Return &>(s).value);
        return;
    case StatementKind::Delete:
        for (const Expression *e : static_cast<const Delete &>(s).targets)
            target(e);
        return;
    case StatementKind::Assign: {
        const auto &a = static_cast<const Assign &>(s);
        expression(a.value);
        for (const Expression *e : a.targets)
            target(e);
        return;
    }
    case StatementKind::AugmentedAssign: {
        const auto &a = static_cast<const AugmentedAssign &>(s);
        target(a.target);
        expression(a.value);
        return;
    }
    case StatementKind::AnnotatedAssign: {
        const auto &a = static_cast<const AnnotatedAssign &>(s);
        target(a.target);
        expression(a.value);
        if (m_scope && m_scope->sort == Scope::Sort::Class)
            expression(a.annotation);
        return;
    }
    case StatementKind::TypeAlias: {
        const auto &a = static_cast<const TypeAlias &>(s);
        bind(a.name->id);
        typeParameters(a.typeParameters);
        expression(a.value);
        return;
    }
    case StatementKind::For: {
        const auto &f = static_cast<const For &>(s);
        expression(f.iterable);
        target(f.target);
        block(f.body);
        block(f.otherwise);
        return;
    }
    case StatementKind::While: {
        const auto &w = static_cast<const While &>(s);
        expression(w.test);
        block(w.body);
        block(w.otherwise);
        return;
    }
    case StatementKind::If: {
        const auto *i = static_cast<const If *>(&s);
        for (;;) { // elif chains are long, not deep
            expression(i->test);
            block(i->body);
            if (i->otherwise.size() != 1 || i->otherwise[0]->kind != StatementKind::If)
                break;
            i = static_cast<const If *>(i->otherwise[0]);
        }
        block(i->otherwise);
        return;
    }
    case StatementKind::With: {
        const auto &w = static_cast<const With &>(s);
        for (const WithItem &item : w.items) {
            expression(item.context);
            if (item.target)
                target(item.target);
        }
        block(w.body);
        return;
    }
    case StatementKind::Match: {
        const auto &m = static_cast<const Match &>(s);
        expression(m.subject);
        for (const MatchCase &c : m.cases) {
            pattern(*c.pattern);
            expression(c.guard);
            block(c.body);
        }
        return;
    }
    case StatementKind::Raise:
        expression(static_cast<const Raise &>(s).exception);
        expression(static_cast<const Raise &>(s).cause);
        return;
    case StatementKind::Try: {
        const auto &t = static_cast<const Try &>(s);
        block(t.body);
        for (const ExceptionHandler &h : t.handlers) {
            expression(h.type);
            if (!h.name.empty())
                bind(h.name);
            block(h.body);
        }
        block(t.otherwise);
        block(t.finally);
        return;
    }
    case StatementKind::Assert:
        expression(static_cast<const Assert &>(s).test);
        expression(static_cast<const Assert &>(s).message);
        return;
    case StatementKind::Import:
        for (const ImportAlias &a : static_cast<const Import &>(s).names)
            bind(a.asName.empty() ? a.name.substr(0, a.name.find('.')) : a.asName);
        return;
    case StatementKind::ImportFrom:
        for (const ImportAlias &a : static_cast<const ImportFrom &>(s).names)
            if (a.name != "*")
                bind(a.asName.empty() ? a.name : a.asName);
        return;
    case StatementKind::Global:
        for (const std::string_view n : static_cast<const NameList &>(s).names)
            if (m_scope)
                m_scope->entry(name(n)).flags |= Scope::DeclaredGlobal;
        return;
    case StatementKind::Nonlocal:
        for (const std::string_view n : static_cast<const NameList &>(s).names)
            if (m_scope)
                m_scope->entry(name(n)).flags |= Scope::DeclaredNonlocal;
        return;
    case StatementKind::ExpressionStatement:
        expression(static_cast<const ExpressionStatement &>(s).value);
        return;
    case StatementKind::Pass:
    case StatementKind::Break:
    case StatementKind::Continue:
        return;
    }
}

void ScopeBuilder::expression(const Expression *e)
{
    if (!e)
        return;
    switch (e->kind) {
    case ExpressionKind::Constant:
        return;
    case ExpressionKind::Name:
        use(static_cast<const Name *>(e)->id);
        return;
    case ExpressionKind::Attribute:
        expression(static_cast<const Attribute *>(e)->object);
        return;
    case ExpressionKind::Subscript:
        expression(static_cast<const Subscript *>(e)->object);
        expression(static_cast<const Subscript *>(e)->index);
        return;
    case ExpressionKind::Slice:
        expression(static_cast<const Slice *>(e)->lower);
        expression(static_cast<const Slice *>(e)->upper);
        expression(static_cast<const Slice *>(e)->step);
        return;
    case ExpressionKind::Call: {
        const auto *c = static_cast<const Call *>(e);
        expression(c->function);
        expressions(c->arguments);
        for (const Keyword &k : c->keywords)
            expression(k.value);
        return;
    }
    case ExpressionKind::BinaryOperation:
        while (e->kind == ExpressionKind::BinaryOperation) { // long sums are deep on the left
            expression(static_cast<const BinaryOperation *>(e)->right);
            e = static_cast<const BinaryOperation *>(e)->left;
        }
        expression(e);
        return;
    case ExpressionKind::UnaryOperation:
        expression(static_cast<const UnaryOperation *>(e)->operand);
        return;
    case ExpressionKind::BooleanOperation:
        expressions(static_cast<const BooleanOperation *>(e)->values);
        return;
    case ExpressionKind::Comparison:
        expression(static_cast<const Comparison *>(e)->left);
        expressions(static_cast<const Comparison *>(e)->comparators);
        return;
    case ExpressionKind::Conditional:
        expression(static_cast<const Conditional *>(e)->test);
        expression(static_cast<const Conditional *>(e)->body);
        expression(static_cast<const Conditional *>(e)->otherwise);
        return;
    case ExpressionKind::Lambda: {
        const auto *l = static_cast<const Lambda *>(e);
        defaults(l->parameters);
        function(l, l->parameters, {}, l->body);
        return;
    }
    case ExpressionKind::Tuple:
    case ExpressionKind::List:
    case ExpressionKind::Set:
        expressions(static_cast<const Sequence *>(e)->elements);
        return;
    case ExpressionKind::Dict:
        for (const DictEntry &entry : static_cast<const Dict *>(e)->entries) {
            expression(entry.key);
            expression(entry.value);
        }
        return;
    case ExpressionKind::ListComprehension:
    case ExpressionKind::SetComprehension:
    case ExpressionKind::DictComprehension:
    case ExpressionKind::Generator:
        comprehension(*static_cast<const Comprehension *>(e));
        return;
    case ExpressionKind::Starred:
        expression(static_cast<const Starred *>(e)->value);
        return;
    case ExpressionKind::NamedExpression: {
        const auto *n = static_cast<const NamedExpression *>(e);
        expression(n->value);
        Scope *scope = m_scope;
        while (scope && scope->isComprehension) { // binds where the outermost comprehension stands
            scope->entry(name(n->target->id)).flags |= Scope::Used | (scope->parent ? Scope::DeclaredNonlocal : Scope::DeclaredGlobal);
            scope = scope->parent;
        }
        if (scope)
            scope->entry(name(n->target->id)).flags |= Scope::Bound;
        return;
    }
    case ExpressionKind::Await:
        expression(static_cast<const Await *>(e)->value);
        return;
    case ExpressionKind::Yield:
        if (m_scope)
            m_scope->isGenerator = true;
        expression(static_cast<const Yield *>(e)->value);
        return;
    case ExpressionKind::YieldFrom:
        if (m_scope)
            m_scope->isGenerator = true;
        expression(static_cast<const YieldFrom *>(e)->value);
        return;
    case ExpressionKind::FormattedString:
        expressions(static_cast<const FormattedString *>(e)->parts);
        return;
    case ExpressionKind::FormattedValue:
        expression(static_cast<const FormattedValue *>(e)->value);
        expression(static_cast<const FormattedValue *>(e)->formatSpec);
        return;
    }
}

void ScopeBuilder::resolve(Scope &scope)
{
    StringObject *classWord = m_py.state().word(Word::class_);
    const std::size_t count = scope.names.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Scope::Entry e = scope.names[i];
        if ((e.flags & (Scope::DeclaredGlobal | Scope::Free)) != 0 || ((e.flags & Scope::Bound) && !(e.flags & Scope::DeclaredNonlocal)))
            continue;
        Scope *home = scope.parent;
        bool found = false;
        for (; home; home = home->parent) {
            if (home->sort == Scope::Sort::Class) {
                found = e.name == classWord;
            } else if (const Scope::Entry *there = home->find(e.name)) {
                if (there->flags & Scope::DeclaredGlobal)
                    break;
                found = (there->flags & Scope::Bound) && !(there->flags & Scope::DeclaredNonlocal);
            }
            if (found)
                break;
        }
        if (!found)
            continue;
        home->entry(e.name).flags |= Scope::Cell | Scope::Bound;
        for (Scope *between = &scope; between != home; between = between->parent)
            between->entry(e.name).flags |= Scope::Free;
    }
}

} // namespace stillroom::python
