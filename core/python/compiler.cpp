// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"

#include <algorithm>

namespace stillroom::python {

Compiler::Compiler(Interpreter &py, Code &code) : m_py(py), m_state(py.state()), m_code(code), m_scope(code.scope), m_line(code.firstLine) {}

std::int32_t Compiler::emit(Op op, std::int32_t argument, std::uint8_t extra)
{
    m_code.instructions.push_back({op, extra, m_handler, argument, m_line});
    return here() - 1;
}

void Compiler::land(std::int32_t jumpInstruction) { m_code.instructions[static_cast<std::size_t>(jumpInstruction)].argument = here(); }

std::int32_t Compiler::constant(Value value)
{
    m_code.constants.push_back(std::move(value));
    return static_cast<std::int32_t>(m_code.constants.size() - 1);
}

void Compiler::loadNone() { loadConstant(Value::none()); }

std::int32_t Compiler::name(std::string_view text)
{
    StringObject *s = mangled(m_py, text, m_code.privateName);
    const auto it = std::find(m_code.names.begin(), m_code.names.end(), s);
    if (it != m_code.names.end())
        return static_cast<std::int32_t>(it - m_code.names.begin());
    m_code.names.push_back(s);
    return static_cast<std::int32_t>(m_code.names.size() - 1);
}

std::int32_t Compiler::hiddenLocal()
{
    // hidden locals stand after the named ones but before the free variables, which are therefore placed at run time
    m_code.locals.push_back(nullptr);
    return static_cast<std::int32_t>(m_code.locals.size() - 1);
}

std::int32_t Compiler::stackDepth() const
{
    std::int32_t depth = 0;
    for (const BlockEntry &b : m_blocks) {
        switch (b.sort) {
        case BlockEntry::Sort::For:
        case BlockEntry::Sort::AsyncFor:
        case BlockEntry::Sort::With:
        case BlockEntry::Sort::AsyncWith:
            ++depth;
            break;
        case BlockEntry::Sort::While:
        case BlockEntry::Sort::Finally:
        case BlockEntry::Sort::Handled:
            break;
        }
    }
    return depth;
}

std::int32_t Compiler::handledDepth() const
{
    return static_cast<std::int32_t>(
        std::count_if(m_blocks.begin(), m_blocks.end(), [](const BlockEntry &b) { return b.sort == BlockEntry::Sort::Handled; }));
}

std::int16_t Compiler::newHandler()
{
    if (m_code.handlers.size() >= 32000)
        refuse("the function has more try statements than can be evaluated");
    m_code.handlers.push_back({-1, stackDepth(), handledDepth()});
    return static_cast<std::int16_t>(m_code.handlers.size() - 1);
}

void Compiler::startHandler(std::int16_t handler) { m_code.handlers[static_cast<std::size_t>(handler)].target = here(); }

void Compiler::refuse(std::string message) { throw Stopped(StopKind::NotUnderstood, std::move(message)); }

void Compiler::access(std::string_view id, Access how)
{
    const auto pick = [how](Op load, Op store, Op remove) { return how == Access::Load ? load : how == Access::Store ? store : remove; };
    if (!m_scope) {
        emit(pick(Op::LoadName, Op::StoreName, Op::DeleteName), name(id));
        return;
    }
    StringObject *s = mangled(m_py, id, m_code.privateName);
    const Scope::Entry *e = m_scope->find(s);
    const bool isClass = m_scope->sort == Scope::Sort::Class;
    if (e && (e->flags & Scope::DeclaredGlobal)) {
        emit(pick(Op::LoadGlobal, Op::StoreGlobal, Op::DeleteGlobal), name(id));
        return;
    }
    if (e && (e->flags & Scope::Free)) {
        const auto it = std::find(m_code.freeNames.begin(), m_code.freeNames.end(), s);
        const auto index = static_cast<std::int32_t>(it - m_code.freeNames.begin());
        if (isClass && how == Access::Load) {
            emit(Op::LoadClassCell, -1 - index, 0);
            emit(Op::Operand, name(id)); // the name for the look into the class body first; never executed
            return;
        }
        if (!isClass || (e->flags & Scope::DeclaredNonlocal)) {
            emit(pick(Op::LoadCell, Op::StoreCell, Op::DeleteCell), -1 - index);
            return;
        }
    }
    if (isClass) {
        emit(pick(Op::LoadName, Op::StoreName, Op::DeleteName), name(id));
        return;
    }
    if (e && (e->flags & Scope::Bound)) {
        const auto it = std::find(m_code.locals.begin(), m_code.locals.end(), s);
        const auto index = static_cast<std::int32_t>(it - m_code.locals.begin());
        if (e->flags & Scope::Cell)
            emit(pick(Op::LoadCell, Op::StoreCell, Op::DeleteCell), index);
        else
            emit(pick(Op::LoadFast, Op::StoreFast, Op::DeleteFast), index);
        return;
    }
    emit(pick(Op::LoadGlobal, Op::StoreGlobal, Op::DeleteGlobal), name(id));
}

void Compiler::prepareLocals()
{
    if (!m_scope)
        return;
    const auto add = [&](StringObject *s) { m_code.locals.push_back(s); };
    if (m_scope->sort == Scope::Sort::Class) {
        StringObject *word = m_state.word(Word::class_);
        if (const Scope::Entry *e = m_scope->find(word); e && (e->flags & Scope::Cell) && !(e->flags & Scope::Free)) {
            add(word);
            m_code.cellLocals.push_back(0);
        }
    } else {
        if (m_code.parameters) {
            const Parameters &p = *m_code.parameters;
            const auto parameter = [&](const Parameter &one) { add(mangled(m_py, one.name, m_code.privateName)); };
            for (const auto list : {p.positionalOnly, p.positional, p.keywordOnly})
                for (const Parameter &one : list)
                    parameter(one);
            m_code.positionalOnly = static_cast<int>(p.positionalOnly.size());
            m_code.positional = static_cast<int>(p.positionalOnly.size() + p.positional.size());
            m_code.keywordOnly = static_cast<int>(p.keywordOnly.size());
            m_code.hasStarArguments = p.starArguments != nullptr;
            m_code.hasStarKeywords = p.starKeywords != nullptr;
            if (p.starArguments)
                parameter(*p.starArguments);
            if (p.starKeywords)
                parameter(*p.starKeywords);
        } else if (m_code.comprehension) {
            add(m_state.intern(".0"));
            m_code.positional = m_code.positionalOnly = 1;
        }
        const std::size_t parameters = m_code.locals.size();
        for (const Scope::Entry &e : m_scope->names) {
            const bool local = (e.flags & Scope::Bound) && !(e.flags & (Scope::DeclaredGlobal | Scope::DeclaredNonlocal | Scope::Free));
            if (local && std::find(m_code.locals.begin(), m_code.locals.begin() + static_cast<std::ptrdiff_t>(parameters), e.name) ==
                             m_code.locals.begin() + static_cast<std::ptrdiff_t>(parameters))
                add(e.name);
        }
        for (std::size_t i = 0; i < m_code.locals.size(); ++i)
            if (const Scope::Entry *e = m_scope->find(m_code.locals[i]); e && (e->flags & Scope::Cell))
                m_code.cellLocals.push_back(static_cast<std::int32_t>(i));
    }
    for (const Scope::Entry &e : m_scope->names)
        if (e.flags & Scope::Free)
            m_code.freeNames.push_back(e.name);
}

void Compiler::module(Block statements)
{
    block(statements);
    loadNone();
    emit(Op::Return);
    m_code.compiled = true;
}

void Compiler::expressionOnly(const Expression &e)
{
    expression(&e);
    emit(Op::Return);
    m_code.compiled = true;
}

void Compiler::body()
{
    prepareLocals();
    if (m_code.function) {
        const Block statements = m_code.function->body;
        if (!statements.empty() && statements[0]->kind == StatementKind::ExpressionStatement) {
            const auto *first = static_cast<const ExpressionStatement *>(statements[0])->value;
            if (first->kind == ExpressionKind::Constant && static_cast<const Constant *>(first)->constant == ConstantKind::String)
                m_code.doc = m_state.newString(std::string(static_cast<const Constant *>(first)->text));
        }
        m_code.isGenerator = m_scope->isGenerator;
        m_code.isCoroutine = m_code.function->isAsync;
        block(statements);
        loadNone();
        emit(Op::Return);
    } else if (m_code.lambda) {
        m_code.isGenerator = m_scope->isGenerator;
        expression(m_code.lambda->body);
        emit(Op::Return);
    } else if (m_code.comprehension) {
        m_code.isGenerator = m_code.comprehension->kind == ExpressionKind::Generator;
        m_code.isCoroutine = !m_code.isGenerator && std::any_of(m_code.comprehension->clauses.begin(), m_code.comprehension->clauses.end(),
                                                                [](const ComprehensionClause &c) { return c.isAsync; });
        comprehensionBody();
    } else {
        const Block statements = m_code.classBody->body;
        if (!statements.empty() && statements[0]->kind == StatementKind::ExpressionStatement) {
            const auto *first = static_cast<const ExpressionStatement *>(statements[0])->value;
            if (first->kind == ExpressionKind::Constant && static_cast<const Constant *>(first)->constant == ConstantKind::String) {
                loadConstant(m_state.newString(std::string(static_cast<const Constant *>(first)->text)));
                emit(Op::StoreName, name("__doc__"));
            }
        }
        block(statements);
        loadNone();
        emit(Op::Return);
    }
    for (Instruction &i : m_code.instructions) { // free variables stand after all locals
        const bool cell =
            i.op == Op::LoadCell || i.op == Op::StoreCell || i.op == Op::DeleteCell || i.op == Op::LoadClosure || i.op == Op::LoadClassCell;
        if (cell && i.argument < 0)
            i.argument = static_cast<std::int32_t>(m_code.locals.size()) - 1 - i.argument;
    }
    m_code.compiled = true;
}

Code *compileModule(Interpreter &py, Block statements, Unit &unit)
{
    Code &code = unit.codes.emplace_back();
    code.unit = &unit;
    code.name = py.state().intern("<module>");
    code.qualifiedName = "<module>";
    code.isModule = true;
    code.firstLine = 1;
    for (const Statement *s : statements) {
        if (s->kind != StatementKind::ImportFrom)
            continue;
        const auto *import = static_cast<const ImportFrom *>(s);
        if (import->module == "__future__")
            for (const ImportAlias &a : import->names)
                unit.annotationsAreText = unit.annotationsAreText || a.name == "annotations";
    }
    Compiler(py, code).module(statements);
    return &code;
}

Code *compileExpression(Interpreter &py, const Expression &expression, Unit &unit)
{
    Code &code = unit.codes.emplace_back();
    code.unit = &unit;
    code.name = py.state().intern("<expression>");
    code.qualifiedName = "<expression>";
    code.isModule = true;
    code.firstLine = expression.position.line;
    Compiler(py, code).expressionOnly(expression);
    return &code;
}

void compileBody(Interpreter &py, Code &code)
{
    if (code.compiled)
        return;
    if (!code.scope)
        code.scope = ScopeBuilder(py, *code.unit).build(code);
    Compiler(py, code).body();
}

Code &Compiler::newCode(StringObject *codeName, std::string_view display, const void *node)
{
    Code &code = m_code.unit->codes.emplace_back();
    code.unit = m_code.unit;
    code.name = codeName;
    code.privateName = m_code.privateName;
    code.firstLine = m_line;
    if (m_code.isModule)
        code.qualifiedName = display;
    else
        code.qualifiedName = m_code.qualifiedName + (m_code.isClassBody ? "." : ".<locals>.") + std::string(display);
    if (m_scope) {
        for (const auto &[key, scope] : m_scope->children)
            if (key == node)
                code.scope = scope;
    }
    return code;
}

void Compiler::makeFunction(Code &code, const Parameters *parameters)
{
    std::uint8_t flags = 0;
    if (parameters) {
        std::int32_t count = 0;
        for (const auto list : {parameters->positionalOnly, parameters->positional})
            for (const Parameter &p : list)
                if (p.defaultValue) {
                    expression(p.defaultValue);
                    ++count;
                }
        if (count > 0) {
            emit(Op::BuildTuple, count);
            flags |= 1;
        }
        count = 0;
        for (const Parameter &p : parameters->keywordOnly)
            if (p.defaultValue) {
                loadConstant(Value::fromObject(mangled(m_py, p.name, m_code.privateName)));
                expression(p.defaultValue);
                ++count;
            }
        if (count > 0) {
            emit(Op::BuildDict, count);
            flags |= 2;
        }
    }
    if (code.scope) {
        std::int32_t count = 0;
        for (const Scope::Entry &e : code.scope->names) {
            if (!(e.flags & Scope::Free))
                continue;
            const auto free = std::find(m_code.freeNames.begin(), m_code.freeNames.end(), e.name);
            if (free != m_code.freeNames.end())
                emit(Op::LoadClosure, -1 - static_cast<std::int32_t>(free - m_code.freeNames.begin()));
            else
                emit(Op::LoadClosure,
                     static_cast<std::int32_t>(std::find(m_code.locals.begin(), m_code.locals.end(), e.name) - m_code.locals.begin()));
            ++count;
        }
        if (count > 0) {
            emit(Op::BuildTuple, count);
            flags |= 4;
        }
    }
    // deque: the index is the place of the code in its unit
    const auto index = static_cast<std::int32_t>(m_code.unit->codes.size() - 1);
    std::int32_t position = index;
    while (&m_code.unit->codes[static_cast<std::size_t>(position)] != &code)
        --position;
    emit(Op::MakeFunction, position, flags);
}

} // namespace stillroom::python
