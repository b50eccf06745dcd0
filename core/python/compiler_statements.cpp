// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"

namespace stillroom::python {

void Compiler::block(Block statements)
{
    for (const Statement *s : statements)
        statement(*s);
}

void Compiler::statement(const Statement &s)
{
    if (++m_depth > 400)
        refuse("the statements are nested too deeply to be evaluated");
    m_line = s.position.line;
    switch (s.kind) {
    case StatementKind::FunctionDefinition:
        functionDefinition(static_cast<const FunctionDefinition &>(s));
        break;
    case StatementKind::ClassDefinition:
        classDefinition(static_cast<const ClassDefinition &>(s));
        break;
    case StatementKind::Return:
        returnStatement(static_cast<const Return &>(s));
        break;
    case StatementKind::Delete:
        for (const Expression *e : static_cast<const Delete &>(s).targets)
            deleteTarget(e);
        break;
    case StatementKind::Assign:
        assign(static_cast<const Assign &>(s));
        break;
    case StatementKind::AugmentedAssign:
        augmentedAssign(static_cast<const AugmentedAssign &>(s));
        break;
    case StatementKind::AnnotatedAssign:
        annotatedAssign(static_cast<const AnnotatedAssign &>(s));
        break;
    case StatementKind::TypeAlias:
        typeAlias(static_cast<const TypeAlias &>(s));
        break;
    case StatementKind::For:
        if (static_cast<const For &>(s).isAsync)
            asyncFor(static_cast<const For &>(s));
        else
            forStatement(static_cast<const For &>(s));
        break;
    case StatementKind::While:
        whileStatement(static_cast<const While &>(s));
        break;
    case StatementKind::If:
        ifStatement(static_cast<const If &>(s));
        break;
    case StatementKind::With:
        withStatement(static_cast<const With &>(s), 0);
        break;
    case StatementKind::Match:
        matchStatement(static_cast<const Match &>(s));
        break;
    case StatementKind::Raise:
        raiseStatement(static_cast<const Raise &>(s));
        break;
    case StatementKind::Try:
        tryStatement(static_cast<const Try &>(s));
        break;
    case StatementKind::Assert:
        assertStatement(static_cast<const Assert &>(s));
        break;
    case StatementKind::Import:
        importStatement(static_cast<const Import &>(s));
        break;
    case StatementKind::ImportFrom:
        importFrom(static_cast<const ImportFrom &>(s));
        break;
    case StatementKind::ExpressionStatement: {
        const Expression *e = static_cast<const ExpressionStatement &>(s).value;
        if (e->kind == ExpressionKind::Constant)
            break;
        expression(e);
        emit(Op::Pop);
        break;
    }
    case StatementKind::Break:
        leaveLoop(true);
        break;
    case StatementKind::Continue:
        leaveLoop(false);
        break;
    case StatementKind::Global:
    case StatementKind::Nonlocal:
    case StatementKind::Pass:
        break;
    }
    --m_depth;
}

void Compiler::typeParameters(std::span<const TypeParameter> parameters)
{
    for (const TypeParameter &p : parameters) {
        emit(Op::MakeTypeVariable, name(p.name));
        access(p.name, Access::Store);
    }
}

void Compiler::functionDefinition(const FunctionDefinition &s)
{
    for (const Expression *d : s.decorators)
        expression(d);
    m_line = s.position.line;
    typeParameters(s.typeParameters);
    Code &code = newCode(m_state.intern(s.name), s.name, &s);
    code.function = &s;
    code.parameters = &s.parameters;
    makeFunction(code, &s.parameters);
    for (std::size_t i = 0; i < s.decorators.size(); ++i) {
        m_line = s.decorators[s.decorators.size() - 1 - i]->position.line;
        emit(Op::Call, 1);
    }
    m_line = s.position.line;
    access(s.name, Access::Store);
}

void Compiler::classDefinition(const ClassDefinition &s)
{
    for (const Expression *d : s.decorators)
        expression(d);
    m_line = s.position.line;
    typeParameters(s.typeParameters);
    Code &code = newCode(m_state.intern(s.name), s.name, &s);
    code.classBody = &s;
    code.isClassBody = true;
    code.privateName = m_state.intern(s.name);
    makeFunction(code, nullptr);
    spreadArguments(s.bases, s.keywords);
    m_line = s.position.line;
    emit(Op::BuildClass);
    for (std::size_t i = 0; i < s.decorators.size(); ++i)
        emit(Op::Call, 1);
    access(s.name, Access::Store);
}

void Compiler::returnStatement(const Return &s)
{
    if (s.value)
        expression(s.value);
    else
        loadNone();
    bool simple = true;
    for (const BlockEntry &b : m_blocks)
        simple = simple && b.sort != BlockEntry::Sort::Finally && b.sort != BlockEntry::Sort::With && b.sort != BlockEntry::Sort::AsyncWith;
    if (simple) {
        emit(Op::Return);
        return;
    }
    const std::int32_t slot = hiddenLocal();
    emit(Op::StoreFast, slot);
    unwind(0);
    emit(Op::LoadFast, slot);
    emit(Op::Return);
}

/// Emits what leaving the blocks above `downTo` does, innermost first. The blocks stay open for what follows.
void Compiler::unwind(std::size_t downTo)
{
    std::vector<BlockEntry> saved = m_blocks;
    const std::int16_t savedHandler = m_handler;
    while (m_blocks.size() > downTo) {
        const BlockEntry b = m_blocks.back();
        m_blocks.pop_back();
        saved[m_blocks.size()].breaks = b.breaks; // a break in a copied finally body belongs to a loop that is still open
        m_handler = b.outerHandler;
        switch (b.sort) {
        case BlockEntry::Sort::While:
            break;
        case BlockEntry::Sort::For:
        case BlockEntry::Sort::AsyncFor:
            emit(Op::Pop);
            break;
        case BlockEntry::Sort::Finally:
            block(b.finalBody);
            break;
        case BlockEntry::Sort::Handled:
            emit(Op::PopHandled);
            deleteName(b.name);
            break;
        case BlockEntry::Sort::With:
            emit(Op::ExitWith);
            break;
        case BlockEntry::Sort::AsyncWith:
            emit(Op::ExitAsyncWith);
            awaitTop();
            emit(Op::Pop);
            break;
        }
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        saved[i].breaks = m_blocks[i].breaks;
    m_blocks = std::move(saved);
    m_handler = savedHandler;
}

void Compiler::leaveLoop(bool isBreak)
{
    std::size_t loop = m_blocks.size();
    const auto isLoop = [&](std::size_t i) {
        const auto sort = m_blocks[i].sort;
        return sort == BlockEntry::Sort::While || sort == BlockEntry::Sort::For || sort == BlockEntry::Sort::AsyncFor;
    };
    while (loop > 0 && !isLoop(loop - 1))
        --loop;
    if (loop == 0)
        refuse("break or continue stands outside of a loop");
    unwind(loop);
    BlockEntry &b = m_blocks[loop - 1];
    if (!isBreak) {
        emit(Op::JumpBack, b.start);
        return;
    }
    if (b.sort != BlockEntry::Sort::While)
        emit(Op::Pop);
    m_blocks[loop - 1].breaks.push_back(jump(Op::Jump));
}

void Compiler::assign(const Assign &s)
{
    expression(s.value);
    for (std::size_t i = 0; i < s.targets.size(); ++i) {
        if (i + 1 < s.targets.size())
            emit(Op::Duplicate);
        store(s.targets[i]);
    }
}

void Compiler::augmentedAssign(const AugmentedAssign &s)
{
    const auto op = static_cast<std::int32_t>(s.op);
    switch (s.target->kind) {
    case ExpressionKind::Attribute: {
        const auto *a = static_cast<const Attribute *>(s.target);
        expression(a->object);
        emit(Op::Duplicate);
        emit(Op::LoadAttribute, name(a->name));
        expression(s.value);
        emit(Op::InPlace, op);
        emit(Op::RotateTwo);
        emit(Op::StoreAttribute, name(a->name));
        return;
    }
    case ExpressionKind::Subscript: {
        const auto *i = static_cast<const Subscript *>(s.target);
        expression(i->object);
        expression(i->index);
        emit(Op::DuplicateTwo);
        emit(Op::LoadItem);
        expression(s.value);
        emit(Op::InPlace, op);
        emit(Op::RotateThree);
        emit(Op::StoreItem);
        return;
    }
    default:
        expression(s.target);
        expression(s.value);
        m_line = s.position.line;
        emit(Op::InPlace, op);
        store(s.target);
        return;
    }
}

/// An annotation that cannot be evaluated is an Unknown; it does not end what stands around it.
void Compiler::lenientAnnotation(const Expression *annotation)
{
    const std::int16_t outer = m_handler;
    const std::int16_t handler = newHandler();
    m_handler = handler;
    const std::int32_t slot = hiddenLocal();
    expression(annotation);
    emit(Op::StoreFast, slot);
    m_handler = outer;
    const auto end = jump(Op::Jump);
    startHandler(handler);
    emit(Op::LoadUnknownAnnotation);
    emit(Op::StoreFast, slot);
    emit(Op::PopHandled);
    land(end);
    emit(Op::LoadFast, slot);
}

void Compiler::annotatedAssign(const AnnotatedAssign &s)
{
    if (s.value) {
        expression(s.value);
        store(s.target);
    }
    if (!m_code.isClassBody || s.target->kind != ExpressionKind::Name)
        return;
    lenientAnnotation(s.annotation);
    emit(Op::StoreAnnotation, name(static_cast<const Name *>(s.target)->id));
}

void Compiler::typeAlias(const TypeAlias &s)
{
    typeParameters(s.typeParameters);
    lenientAnnotation(s.value);
    access(s.name->id, Access::Store);
}

void Compiler::forStatement(const For &s)
{
    expression(s.iterable);
    m_line = s.iterable->position.line;
    emit(Op::GetIterator);
    BlockEntry entry{BlockEntry::Sort::For};
    entry.outerHandler = m_handler;
    entry.start = here();
    m_blocks.push_back(entry);
    m_line = s.position.line;
    const auto end = jump(Op::ForIterator);
    store(s.target);
    block(s.body);
    m_line = s.position.line;
    emit(Op::JumpBack, entry.start);
    land(end);
    const std::vector<std::int32_t> breaks = m_blocks.back().breaks;
    m_blocks.pop_back();
    block(s.otherwise);
    for (const auto b : breaks)
        land(b);
}

void Compiler::asyncFor(const For &s)
{
    expression(s.iterable);
    emit(Op::GetAsyncIterator);
    BlockEntry entry{BlockEntry::Sort::AsyncFor};
    entry.outerHandler = m_handler;
    entry.start = here();
    m_blocks.push_back(entry);
    const std::int16_t handler = newHandler();
    m_handler = handler;
    emit(Op::AsyncNext);
    awaitTop();
    m_handler = entry.outerHandler;
    store(s.target);
    block(s.body);
    emit(Op::JumpBack, entry.start);
    const std::vector<std::int32_t> breaks = m_blocks.back().breaks;
    m_blocks.pop_back();
    startHandler(handler);
    loadConstant(Value::fromObject(m_state.cls(BuiltinClass::StopAsyncIteration)));
    emit(Op::MatchesException);
    const auto ended = jump(Op::JumpIfTrue);
    emit(Op::Reraise);
    land(ended);
    emit(Op::PopHandled);
    emit(Op::Pop);
    block(s.otherwise);
    for (const auto b : breaks)
        land(b);
}

void Compiler::whileStatement(const While &s)
{
    BlockEntry entry{BlockEntry::Sort::While};
    entry.outerHandler = m_handler;
    entry.start = here();
    m_blocks.push_back(entry);
    expression(s.test);
    const auto end = jump(Op::JumpIfFalse);
    block(s.body);
    emit(Op::JumpBack, entry.start);
    land(end);
    const std::vector<std::int32_t> breaks = m_blocks.back().breaks;
    m_blocks.pop_back();
    block(s.otherwise);
    for (const auto b : breaks)
        land(b);
}

void Compiler::ifStatement(const If &s)
{
    std::vector<std::int32_t> ends;
    const If *i = &s;
    for (;;) { // elif chains are long, not deep
        m_line = i->position.line;
        expression(i->test);
        const auto next = jump(Op::JumpIfFalse);
        block(i->body);
        if (!i->otherwise.empty())
            ends.push_back(jump(Op::Jump));
        land(next);
        if (i->otherwise.size() != 1 || i->otherwise[0]->kind != StatementKind::If)
            break;
        i = static_cast<const If *>(i->otherwise[0]);
    }
    block(i->otherwise);
    for (const auto e : ends)
        land(e);
}

void Compiler::withStatement(const With &s, std::size_t index)
{
    if (index == s.items.size()) {
        block(s.body);
        return;
    }
    if (s.isAsync) {
        asyncWithItem(s, index);
        return;
    }
    const WithItem &item = s.items[index];
    expression(item.context);
    m_line = item.context->position.line;
    emit(Op::EnterWith);
    BlockEntry entry{BlockEntry::Sort::With};
    entry.outerHandler = m_handler;
    m_blocks.push_back(entry);
    const std::int16_t handler = newHandler();
    m_handler = handler;
    if (item.target)
        store(item.target);
    else
        emit(Op::Pop);
    withStatement(s, index + 1);
    m_handler = entry.outerHandler;
    m_blocks.pop_back();
    m_line = s.position.line;
    emit(Op::ExitWith);
    const auto end = jump(Op::Jump);
    startHandler(handler);
    emit(Op::ExitWithHandled);
    const auto suppressed = jump(Op::JumpIfTrue);
    emit(Op::Reraise);
    land(suppressed);
    emit(Op::PopHandled);
    land(end);
}

void Compiler::asyncWithItem(const With &s, std::size_t index)
{
    const WithItem &item = s.items[index];
    expression(item.context);
    m_line = item.context->position.line;
    emit(Op::EnterAsyncWith);
    awaitTop();
    BlockEntry entry{BlockEntry::Sort::AsyncWith};
    entry.outerHandler = m_handler;
    m_blocks.push_back(entry);
    const std::int16_t handler = newHandler();
    m_handler = handler;
    if (item.target)
        store(item.target);
    else
        emit(Op::Pop);
    withStatement(s, index + 1);
    m_handler = entry.outerHandler;
    m_blocks.pop_back();
    emit(Op::ExitAsyncWith);
    awaitTop();
    emit(Op::Pop);
    const auto end = jump(Op::Jump);
    startHandler(handler);
    emit(Op::ExitAsyncWithHandled);
    awaitTop();
    const auto suppressed = jump(Op::JumpIfTrue);
    emit(Op::Reraise);
    land(suppressed);
    emit(Op::PopHandled);
    land(end);
}

void Compiler::raiseStatement(const Raise &s)
{
    if (s.exception)
        expression(s.exception);
    if (s.cause)
        expression(s.cause);
    m_line = s.position.line;
    emit(Op::Raise, s.exception ? (s.cause ? 2 : 1) : 0);
}

void Compiler::tryStatement(const Try &s)
{
    if (s.finally.empty()) {
        if (s.isStar)
            tryExceptStar(s);
        else
            tryExcept(s);
        return;
    }
    tryFinally(s);
}

void Compiler::tryFinally(const Try &s)
{
    BlockEntry entry{BlockEntry::Sort::Finally};
    entry.outerHandler = m_handler;
    entry.finalBody = s.finally;
    const std::int16_t handler = newHandler();
    m_blocks.push_back(entry);
    m_handler = handler;
    if (s.handlers.empty()) {
        block(s.body);
        block(s.otherwise);
    } else if (s.isStar) {
        tryExceptStar(s);
    } else {
        tryExcept(s);
    }
    m_handler = entry.outerHandler;
    m_blocks.pop_back();
    block(s.finally);
    const auto end = jump(Op::Jump);
    startHandler(handler);
    BlockEntry handled{BlockEntry::Sort::Handled};
    handled.outerHandler = m_handler;
    m_blocks.push_back(handled);
    block(s.finally);
    m_blocks.pop_back();
    emit(Op::Reraise);
    land(end);
}

void Compiler::deleteName(std::string_view id)
{
    if (id.empty())
        return;
    loadNone();
    access(id, Access::Store);
    access(id, Access::Delete);
}

/// The body of one except clause, with the exception's name bound while it runs.
void Compiler::handlerBody(const ExceptionHandler &h)
{
    if (h.name.empty()) {
        block(h.body);
        emit(Op::PopHandled);
        return;
    }
    emit(Op::LoadHandled);
    access(h.name, Access::Store);
    m_blocks.back().name = h.name;
    const std::int16_t outer = m_handler;
    const std::int16_t handler = newHandler();
    m_handler = handler;
    block(h.body);
    m_handler = outer;
    m_blocks.back().name = {};
    emit(Op::PopHandled);
    deleteName(h.name);
    const auto end = jump(Op::Jump);
    startHandler(handler);
    deleteName(h.name);
    emit(Op::Reraise);
    land(end);
}

void Compiler::tryExcept(const Try &s)
{
    const std::int16_t outer = m_handler;
    const std::int16_t handler = newHandler();
    m_handler = handler;
    // leaving the body through a loop or a return must not stay under its handler; unwind() uses outerHandler
    block(s.body);
    m_handler = outer;
    block(s.otherwise);
    std::vector<std::int32_t> ends{jump(Op::Jump)};
    startHandler(handler);
    BlockEntry handled{BlockEntry::Sort::Handled};
    handled.outerHandler = m_handler;
    m_blocks.push_back(handled);
    for (const ExceptionHandler &h : s.handlers) {
        m_line = h.position.line;
        std::int32_t next = -1;
        if (h.type) {
            expression(h.type);
            emit(Op::MatchesException);
            next = jump(Op::JumpIfFalse);
        }
        handlerBody(h);
        ends.push_back(jump(Op::Jump));
        if (next >= 0)
            land(next);
    }
    m_blocks.pop_back();
    emit(Op::Reraise);
    for (const auto e : ends)
        land(e);
}

/// except*: the group is split by each clause in turn; what no clause took, and what clauses raised, is raised at the end.
void Compiler::tryExceptStar(const Try &s)
{
    const std::int16_t outer = m_handler;
    const std::int16_t handler = newHandler();
    m_handler = handler;
    block(s.body);
    m_handler = outer;
    block(s.otherwise);
    const auto end = jump(Op::Jump);
    startHandler(handler);
    BlockEntry handled{BlockEntry::Sort::Handled};
    handled.outerHandler = m_handler;
    m_blocks.push_back(handled);
    const std::int32_t rest = hiddenLocal();
    const std::int32_t raised = hiddenLocal();
    emit(Op::LoadHandled);
    emit(Op::StoreFast, rest);
    emit(Op::BuildList, 0);
    emit(Op::StoreFast, raised);
    for (const ExceptionHandler &h : s.handlers) {
        m_line = h.position.line;
        expression(h.type);
        emit(Op::SplitGroup, rest); // pops the type; pushes True and makes the matching part the handled one, or pushes False
        const auto next = jump(Op::JumpIfFalse);
        const std::int16_t inside = newHandler();
        BlockEntry part{BlockEntry::Sort::Handled};
        part.outerHandler = m_handler;
        m_blocks.push_back(part);
        m_handler = inside;
        handlerBody(h);
        m_handler = part.outerHandler;
        m_blocks.pop_back();
        const auto done = jump(Op::Jump);
        startHandler(inside);
        emit(Op::CollectGroup, raised);
        land(done);
        land(next);
    }
    m_blocks.pop_back();
    emit(Op::LoadFast, raised);
    emit(Op::LoadFast, rest);
    emit(Op::FinishGroup);
    land(end);
}

void Compiler::assertStatement(const Assert &s)
{
    expression(s.test);
    const auto end = jump(Op::JumpIfTrue);
    m_line = s.position.line;
    emit(Op::LoadAssertionError);
    if (s.message) {
        expression(s.message);
        emit(Op::Call, 1);
    } else {
        emit(Op::Call, 0);
    }
    m_line = s.position.line;
    emit(Op::Raise, 1);
    land(end);
}

void Compiler::importStatement(const Import &s)
{
    for (const ImportAlias &a : s.names) {
        const bool renamed = !a.asName.empty();
        emit(Op::ImportName, name(a.name), renamed ? 1 : 0); // 1: the module itself, else its topmost package
        access(renamed ? a.asName : a.name.substr(0, a.name.find('.')), Access::Store);
    }
}

void Compiler::importFrom(const ImportFrom &s)
{
    if (s.module == "__future__" && s.level == 0)
        return;
    const std::string dotted = std::string(static_cast<std::size_t>(s.level), '.') + std::string(s.module);
    const auto module = static_cast<std::int32_t>(m_code.names.size());
    m_code.names.push_back(m_state.intern(dotted));
    emit(Op::ImportName, module, 1);
    if (s.names.size() == 1 && s.names[0].name == "*") {
        emit(Op::ImportStar, module);
        return;
    }
    for (const ImportAlias &a : s.names) {
        emit(Op::Duplicate);
        const auto wanted = static_cast<std::int32_t>(m_code.names.size());
        m_code.names.push_back(m_state.intern(a.name));
        emit(Op::ImportFrom, wanted);
        emit(Op::Operand, module);
        access(a.asName.empty() ? a.name : a.asName, Access::Store);
    }
    emit(Op::Pop);
}

void Compiler::deleteTarget(const Expression *e)
{
    switch (e->kind) {
    case ExpressionKind::Name:
        access(static_cast<const Name *>(e)->id, Access::Delete);
        return;
    case ExpressionKind::Attribute: {
        const auto *a = static_cast<const Attribute *>(e);
        expression(a->object);
        emit(Op::DeleteAttribute, name(a->name));
        return;
    }
    case ExpressionKind::Subscript: {
        const auto *s = static_cast<const Subscript *>(e);
        expression(s->object);
        expression(s->index);
        emit(Op::DeleteItem);
        return;
    }
    case ExpressionKind::Tuple:
    case ExpressionKind::List:
        for (const Expression *part : static_cast<const Sequence *>(e)->elements)
            deleteTarget(part);
        return;
    default:
        refuse("something is deleted that cannot be deleted");
    }
}

} // namespace stillroom::python
