// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/machine.h"

namespace stillroom::python {

namespace {
constexpr int kMachinesWithin = 120; ///< machines within machines: each takes C++ stack
}

void Machine::enter(Frame *frame)
{
    frame->back = m_state.frame;
    m_state.frame = frame;
    ++m_state.depth;
}

void Machine::leave(Frame *frame)
{
    m_state.frame = frame->back;
    frame->back = nullptr;
    --m_state.depth;
    if (frame->generator)
        return; // its generator owns it
    m_state.giveBack(std::unique_ptr<Frame>(frame));
}

/// Takes the exception to the nearest handler of the frames down to `entry`; false if none handles it.
bool Machine::unwind(Value exception, Frame *entry)
{
    m_state.countSteps(100); // an exception on its way costs far more than a step
    ExceptionPayload *payload = exceptionOf(exception);
    for (;;) {
        Frame *frame = m_state.frame;
        const Instruction &in = frame->code->instructions[static_cast<std::size_t>(frame->pc > 0 ? frame->pc - 1 : 0)];
        if (payload && payload->trace.size() < 1000) {
            payload->trace.push_back({frame->code->unit->file, in.line, QString::fromUtf8(frame->code->name->text)});
            constexpr std::size_t kLine = sizeof(FrameLine) + 64; // with the function's name
            m_state.account(exception.as<InstanceObject>(), payload->trace.size() * kLine);
        }
        if (in.handler >= 0) {
            const Handler &h = frame->code->handlers[static_cast<std::size_t>(in.handler)];
            frame->stack.resize(static_cast<std::size_t>(h.stackDepth));
            frame->handled.resize(static_cast<std::size_t>(h.handledDepth));
            frame->handled.push_back(std::move(exception));
            frame->pc = h.target;
            return true;
        }
        const bool last = frame == entry;
        leave(frame);
        if (last)
            return false;
    }
}

Value Machine::run(Frame *frame, bool &yielded, const Value &thrown)
{
    Frame *const before = m_state.frame;
    if (m_state.depth >= m_state.budget.depth || m_state.runDepth >= kMachinesWithin) {
        if (!frame->generator)
            m_state.giveBack(std::unique_ptr<Frame>(frame));
        raiseException(m_py, BuiltinClass::RecursionError, "maximum recursion depth exceeded");
    }
    enter(frame);
    ++m_state.runDepth;
    struct Leave {
        Interpreter::State &state;
        ~Leave() { --state.runDepth; }
    } const guard{m_state};
    const auto abandon = [&] {
        while (m_state.frame != before)
            leave(m_state.frame);
    };
    Value pending = thrown;
    for (;;) {
        try {
            if (pending) {
                if (!unwind(pending, frame))
                    throw Raised(pending);
                pending = Value();
            }
            return loop(frame, yielded);
        } catch (const Raised &raised) {
            if (m_state.frame == before)
                throw;
            pending = raised.exception;
        } catch (const Stopped &) {
            if (!m_state.stopTraceTaken) {
                m_state.stopTraceTaken = true;
                m_state.stopTrace = m_py.trace();
            }
            abandon();
            throw;
        } catch (...) {
            abandon();
            throw;
        }
    }
}

Value Machine::makeGenerator(std::unique_ptr<Frame> frame)
{
    auto *generator = m_state.make<GeneratorObject>(m_py);
    const Value value = Value::fromObject(generator);
    generator->name = Value::fromObject(frame->code->name);
    generator->isCoroutine = frame->code->isCoroutine && !frame->code->isGenerator;
    generator->isAsyncGenerator = frame->code->isCoroutine && frame->code->isGenerator;
    if (frame->code->comprehension && frame->code->isGenerator)
        for (const ComprehensionClause &c : frame->code->comprehension->clauses)
            generator->isAsyncGenerator = generator->isAsyncGenerator || c.isAsync;
    frame->generator = generator;
    generator->frame = std::move(frame);
    return value;
}

Value Machine::runFunction(std::unique_ptr<Frame> frame)
{
    if (frame->code->isGenerator || frame->code->isCoroutine)
        return makeGenerator(std::move(frame));
    bool yielded = false;
    return run(frame.release(), yielded);
}

Value Machine::loadGlobal(StringObject *name, Frame *frame)
{
    if (const Value *v = frame->globals.as<DictObject>()->table.findName(name, nameHash(name)))
        return *v;
    if (frame->globals.as<DictObject>()->late) [[unlikely]] {
        if (const Value *v = lateName(m_py, frame->globals.as<DictObject>(), name))
            return *v;
    }
    if (Value v = m_state.findBuiltin(name))
        return v;
    // a star import of an Unknown module may have brought it
    if (const auto stars = m_state.unknownStars.find(frame->globals.object()); stars != m_state.unknownStars.end())
        return extendedUnknown(m_py, stars->second.back(), name->text);
    raiseNameError(name, frame);
}

void Machine::raiseNameError(StringObject *name, Frame *)
{
    const Value error = makeException(m_py, BuiltinClass::NameError, {m_py.string("name '" + name->text + "' is not defined")});
    m_py.setAttribute(error, "name", Value::fromObject(name));
    setContext(m_py, error);
    throw Raised(error);
}

void Machine::raiseUnbound(const Code *code, std::int32_t local)
{
    const auto index = static_cast<std::size_t>(local);
    if (index < code->locals.size()) {
        const StringObject *name = code->locals[index];
        raiseException(m_py, BuiltinClass::UnboundLocalError,
                       "cannot access local variable '" + (name ? name->text : std::string()) + "' where it is not associated with a value");
    }
    raiseException(m_py, BuiltinClass::NameError,
                   "cannot access free variable '" + code->freeNames[index - code->locals.size()]->text +
                       "' where it is not associated with a value in enclosing scope");
}

/// The loop. Frequent instructions stand here, the others in groups of their own.
Value Machine::loop(Frame *entry, bool &yielded)
{
    for (;;) {
        Frame *frame = m_state.frame;
        const Code *code = frame->code;
        Values &stack = frame->stack;
        const Instruction &in = code->instructions[static_cast<std::size_t>(frame->pc++)];
        switch (in.op) {
        case Op::Pop:
            stack.pop_back();
            if (!m_state.abandoned.empty()) [[unlikely]]
                closeAbandoned(m_py);
            break;
        case Op::Duplicate:
            stack.push_back(Value(stack.back()));
            break;
        case Op::DuplicateTwo: {
            Value a = stack[stack.size() - 2];
            Value b = stack.back();
            stack.push_back(std::move(a));
            stack.push_back(std::move(b));
            break;
        }
        case Op::RotateTwo:
            std::swap(stack.back(), stack[stack.size() - 2]);
            break;
        case Op::RotateThree: { // the top goes below the two under it
            Value v = std::move(stack.back());
            stack.pop_back();
            stack.insert(stack.end() - 2, std::move(v));
            break;
        }
        case Op::RotateFour: {
            Value v = std::move(stack.back());
            stack.pop_back();
            stack.insert(stack.end() - 3, std::move(v));
            break;
        }
        case Op::LoadConstant:
            stack.push_back(code->constants[static_cast<std::size_t>(in.argument)]);
            break;
        case Op::LoadFast: {
            const Value &v = frame->locals[static_cast<std::size_t>(in.argument)];
            if (!v) [[unlikely]]
                raiseUnbound(code, in.argument);
            stack.push_back(v);
            break;
        }
        case Op::StoreFast:
            frame->locals[static_cast<std::size_t>(in.argument)] = std::move(stack.back());
            stack.pop_back();
            break;
        case Op::LoadCell: {
            const Value &v = frame->locals[static_cast<std::size_t>(in.argument)].as<CellObject>()->content;
            if (!v) [[unlikely]]
                raiseUnbound(code, in.argument);
            stack.push_back(v);
            break;
        }
        case Op::StoreCell:
            frame->locals[static_cast<std::size_t>(in.argument)].as<CellObject>()->content = std::move(stack.back());
            stack.pop_back();
            break;
        case Op::LoadClosure:
            stack.push_back(frame->locals[static_cast<std::size_t>(in.argument)]);
            break;
        case Op::LoadGlobal:
            stack.push_back(loadGlobal(code->names[static_cast<std::size_t>(in.argument)], frame));
            break;
        case Op::LoadAttribute: {
            Value result = getAttribute(m_py, stack.back(), code->names[static_cast<std::size_t>(in.argument)]);
            stack.back() = std::move(result);
            break;
        }
        case Op::LoadMethod: {
            Value function;
            Value self;
            loadMethod(m_py, stack.back(), code->names[static_cast<std::size_t>(in.argument)], function, self);
            stack.back() = std::move(function);
            stack.push_back(std::move(self));
            break;
        }
        case Op::StoreAttribute: {
            const Value object = pop();
            const Value value = pop();
            setAttribute(m_py, object, code->names[static_cast<std::size_t>(in.argument)], value);
            break;
        }
        case Op::LoadItem: {
            const Value key = pop();
            Value result = m_py.getItem(stack.back(), key);
            stack.back() = std::move(result);
            break;
        }
        case Op::StoreItem: {
            const Value key = pop();
            const Value object = pop();
            const Value value = pop();
            m_py.setItem(object, key, value);
            break;
        }
        case Op::Binary: {
            const Value b = pop();
            Value result = binaryOperation(m_py, static_cast<BinaryOperator>(in.argument), stack.back(), b);
            stack.back() = std::move(result);
            break;
        }
        case Op::InPlace: {
            const Value b = pop();
            Value result = binaryOperation(m_py, static_cast<BinaryOperator>(in.argument), stack.back(), b, true);
            stack.back() = std::move(result);
            break;
        }
        case Op::Compare: {
            const Value b = pop();
            Value result = compareValues(m_py, static_cast<ComparisonOperator>(in.argument), stack.back(), b);
            stack.back() = std::move(result);
            break;
        }
        case Op::Not: {
            const bool t = m_py.truth(stack.back());
            stack.back() = Value::boolean(!t);
            break;
        }
        case Op::Plus:
        case Op::Minus:
        case Op::Invert: {
            Value result = unaryOperation(m_py,
                                          in.op == Op::Plus    ? UnaryOperator::Plus
                                          : in.op == Op::Minus ? UnaryOperator::Minus
                                                               : UnaryOperator::Invert,
                                          stack.back());
            stack.back() = std::move(result);
            break;
        }
        case Op::Jump:
            frame->pc = in.argument;
            break;
        case Op::JumpBack:
            m_state.countSteps(1);
            frame->pc = in.argument;
            break;
        case Op::JumpIfFalse:
        case Op::JumpIfTrue: {
            const Value v = pop();
            if (m_py.truth(v) == (in.op == Op::JumpIfTrue))
                frame->pc = in.argument;
            break;
        }
        case Op::JumpIfFalseOrPop:
        case Op::JumpIfTrueOrPop:
            if (m_py.truth(stack.back()) == (in.op == Op::JumpIfTrueOrPop))
                frame->pc = in.argument;
            else
                stack.pop_back();
            break;
        case Op::GetIterator: {
            Value iterator = iteratorOf(m_py, stack.back());
            stack.back() = std::move(iterator);
            break;
        }
        case Op::ForIterator: {
            Value item;
            const Value iterator = stack.back();
            if (nextOf(m_py, iterator, item)) {
                stack.push_back(std::move(item));
            } else {
                stack.pop_back();
                frame->pc = in.argument;
            }
            break;
        }
        case Op::Call:
            m_state.countSteps(1);
            call(stack.size() - static_cast<std::size_t>(in.argument) - 1, stack.size() - static_cast<std::size_t>(in.argument), nullptr);
            break;
        case Op::CallKeywords: {
            m_state.countSteps(1);
            const std::size_t base = stack.size() - in.extra - 1;
            call(base, base + 1, &code->keywordNames[static_cast<std::size_t>(in.argument)]);
            break;
        }
        case Op::CallMethod: {
            m_state.countSteps(1);
            const std::size_t base = stack.size() - static_cast<std::size_t>(in.argument) - 2;
            call(base, stack[base + 1] ? base + 1 : base + 2, nullptr);
            break;
        }
        case Op::CallMethodKeywords: {
            m_state.countSteps(1);
            const std::size_t base = stack.size() - in.extra - 2;
            call(base, stack[base + 1] ? base + 1 : base + 2, &code->keywordNames[static_cast<std::size_t>(in.argument)]);
            break;
        }
        case Op::CallSpread:
            m_state.countSteps(1);
            callSpread();
            break;
        case Op::Return: {
            Value result = std::move(stack.back());
            stack.clear();
            if (frame->constructed) {
                if (!result.isNone() && !result.isUnknown())
                    raiseException(m_py, BuiltinClass::TypeError, "__init__() should return None, not '" + m_py.className(result) + "'");
                result = std::move(frame->constructed);
            }
            const bool last = frame == entry;
            leave(frame);
            if (!m_state.abandoned.empty() && m_state.frame) [[unlikely]]
                closeAbandoned(m_py);
            if (last)
                return result;
            push(std::move(result));
            break;
        }
        case Op::Yield: {
            Value result = pop();
            yielded = true;
            leave(frame);
            return result; // a generator's frame is always the entry of its machine
        }
        case Op::YieldFrom: {
            Value out;
            if (yieldFrom(frame, out)) {
                yielded = true;
                leave(frame);
                return out;
            }
            push(std::move(out));
            break;
        }
        case Op::Raise: {
            exceptionOperation(in);
            Value exception = pop();
            if (ExceptionPayload *payload = exceptionOf(exception); payload && in.argument > 0 && !frame->code->unit->isLibrary)
                payload->isOfScript = true;
            if (!unwind(exception, entry))
                throw Raised(std::move(exception));
            break;
        }
        case Op::Reraise: {
            Value exception = std::move(frame->handled.back());
            frame->handled.pop_back();
            if (!unwind(exception, entry))
                throw Raised(std::move(exception));
            break;
        }
        case Op::PopHandled:
            frame->handled.pop_back();
            break;
        case Op::DeleteFast:
        case Op::DeleteCell:
        case Op::LoadClassCell:
        case Op::StoreGlobal:
        case Op::DeleteGlobal:
        case Op::LoadName:
        case Op::StoreName:
        case Op::DeleteName:
        case Op::DeleteAttribute:
        case Op::DeleteItem:
        case Op::StoreAnnotation:
        case Op::MakeTypeVariable:
            nameOperation(in);
            break;
        case Op::BuildSlice:
        case Op::BuildTuple:
        case Op::BuildList:
        case Op::BuildSet:
        case Op::BuildDict:
        case Op::AppendTo:
        case Op::AddTo:
        case Op::PutInto:
        case Op::ListExtend:
        case Op::SetUpdate:
        case Op::DictUpdate:
        case Op::DictMerge:
        case Op::ListToTuple:
        case Op::Unpack:
        case Op::UnpackStarred:
        case Op::MakeFunction:
        case Op::BuildClass:
            buildOperation(in);
            break;
        case Op::LoadHandled:
        case Op::MatchesException:
        case Op::SplitGroup:
        case Op::CollectGroup:
        case Op::FinishGroup:
        case Op::LoadAssertionError:
        case Op::LoadUnknownAnnotation:
            exceptionOperation(in);
            break;
        case Op::EnterWith:
        case Op::ExitWith:
        case Op::ExitWithHandled:
            withOperation(in);
            break;
        case Op::Format:
        case Op::BuildText:
        case Op::BuildTemplate:
            textOperation(in);
            break;
        case Op::ImportName:
        case Op::ImportFrom:
        case Op::ImportStar:
            importOperation(in);
            break;
        case Op::GetAwaitable:
        case Op::GetAsyncIterator:
        case Op::AsyncNext:
        case Op::EnterAsyncWith:
        case Op::ExitAsyncWith:
        case Op::ExitAsyncWithHandled:
            asyncOperation(in);
            break;
        case Op::MatchSequence:
        case Op::MatchMapping:
        case Op::MatchKeys:
        case Op::MatchClass:
        case Op::MatchLength:
        case Op::MatchRest:
        case Op::MatchSlice:
            matchOperation(in);
            break;
        case Op::Operand:
            break;
        }
    }
}

} // namespace stillroom::python
