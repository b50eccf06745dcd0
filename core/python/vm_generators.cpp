// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/machine.h"

/// Generators and coroutines (Python reference, "Yield expressions", "Coroutines").
namespace stillroom::python {

namespace {
bool isStopIteration(Interpreter &py, const Value &exception)
{
    return isSubclassOf(py.state().classOf(exception), py.state().cls(BuiltinClass::StopIteration));
}

Value stopValue(const Value &exception)
{
    const ExceptionPayload *payload = exceptionOf(exception);
    if (!payload || payload->arguments.as<TupleObject>()->items.empty())
        return Value::none();
    return payload->arguments.as<TupleObject>()->items[0];
}

/// Where a generator that is suspended in `yield from` passes things on to; Empty otherwise.
Value delegate(const GeneratorObject *generator)
{
    const Frame *frame = generator->frame.get();
    if (!frame || !generator->started || frame->stack.empty())
        return {};
    return frame->code->instructions[static_cast<std::size_t>(frame->pc)].op == Op::YieldFrom ? frame->stack.back() : Value();
}

/// Throws into what a generator delegates to. True: `out` was yielded. False: `out` is the result of the yield from.
bool throwInto(Interpreter &py, const Value &inner, const Value &thrown, Value &out)
{
    if (auto *generator = inner.to<GeneratorObject>())
        return resumeGenerator(py, generator, {}, thrown, out);
    const Value method = findAttribute(py, inner, py.state().word(Word::throw_));
    if (!method)
        throw Raised(thrown);
    try {
        out = callFunction(py, method, {{thrown}, {}});
        return true;
    } catch (const Raised &raised) {
        if (!isStopIteration(py, raised.exception))
            throw;
        out = stopValue(raised.exception);
        return false;
    }
}
} // namespace

/// One step of `yield from`: the stack holds the iterator and the value sent. True when something is yielded.
bool Machine::yieldFrom(Frame *frame, Value &out)
{
    const Value sent = pop();
    const Value iterator = top();
    m_state.countSteps(1);
    bool yields = false;
    if (auto *generator = iterator.to<GeneratorObject>()) {
        yields = resumeGenerator(m_py, generator, sent, {}, out);
    } else if (sent.isNone()) {
        yields = nextOf(m_py, iterator, out);
        if (!yields && !out)
            out = Value::none();
    } else {
        try {
            out = m_py.invokeMethod(iterator, "send", {sent});
            yields = true;
        } catch (const Raised &raised) {
            if (!isStopIteration(m_py, raised.exception))
                throw;
            out = stopValue(raised.exception);
        }
    }
    if (yields)
        --frame->pc; // this instruction is executed again with what is sent next
    else
        frame->stack.pop_back();
    return yields;
}

bool resumeGenerator(Interpreter &py, GeneratorObject *generator, const Value &sent, const Value &thrown, Value &value)
{
    Interpreter::State &st = py.state();
    const Value held = Value::fromObject(generator);
    if (generator->running)
        raiseException(py, BuiltinClass::ValueError, generator->isCoroutine ? "coroutine already executing" : "generator already executing");
    if (!generator->frame) {
        if (thrown)
            throw Raised(thrown);
        if (generator->isCoroutine)
            raiseException(py, BuiltinClass::RuntimeError, "cannot reuse already awaited coroutine");
        value = Value::none();
        return false;
    }
    if (!generator->started && thrown) {
        generator->frame.reset();
        throw Raised(thrown);
    }
    if (!generator->started && sent && !sent.isNone())
        raiseException(py, BuiltinClass::TypeError, "can't send non-None value to a just-started generator");
    Frame *frame = generator->frame.get();
    Value toThrow = thrown;
    Value toSend = sent ? sent : Value::none();
    const Value inner = toThrow ? delegate(generator) : Value();
    struct Running {
        GeneratorObject *g;
        explicit Running(GeneratorObject *object) : g(object) { g->running = true; }
        ~Running() { g->running = false; }
    };
    bool yielded = false;
    try {
        const Running running(generator);
        if (inner) {
            try {
                if (toThrow && isSubclassOf(st.classOf(toThrow), st.cls(BuiltinClass::GeneratorExit))) {
                    if (auto *g = inner.to<GeneratorObject>())
                        closeGenerator(py, g);
                    else if (const Value close = findAttribute(py, inner, st.word(Word::close)))
                        static_cast<void>(callFunction(py, close, {}));
                } else if (throwInto(py, inner, toThrow, value)) {
                    return true;
                } else {
                    toThrow = Value();
                    toSend = value;
                    frame->stack.pop_back();
                    ++frame->pc;
                }
            } catch (const Raised &raised) {
                toThrow = raised.exception;
            }
            if (toThrow) {
                frame->stack.pop_back();
                ++frame->pc;
            }
        }
        Machine machine(py);
        if (toThrow) {
            setContext(py, toThrow);
            value = machine.run(frame, yielded, toThrow);
        } else {
            if (generator->started)
                frame->stack.push_back(toSend);
            generator->started = true;
            value = machine.run(frame, yielded);
        }
    } catch (const Raised &raised) {
        generator->frame.reset();
        const Value exception = raised.exception;
        const bool asynchronousEnd = generator->isAsyncGenerator && isSubclassOf(st.classOf(exception), st.cls(BuiltinClass::StopAsyncIteration));
        if (isStopIteration(py, exception) || asynchronousEnd) { // PEP 479
            const Value error =
                makeException(py, BuiltinClass::RuntimeError,
                              {py.string(generator->isCoroutine ? "coroutine raised StopIteration" : "generator raised StopIteration")});
            ExceptionPayload *payload = exceptionOf(error);
            payload->cause = payload->context = exception;
            payload->suppressContext = true;
            throw Raised(error);
        }
        throw;
    } catch (...) {
        generator->frame.reset();
        throw;
    }
    if (!yielded)
        generator->frame.reset();
    return yielded;
}

void closeGenerator(Interpreter &py, GeneratorObject *generator)
{
    if (!generator->frame)
        return;
    if (!generator->started) {
        generator->frame.reset();
        return;
    }
    Value value;
    try {
        if (resumeGenerator(py, generator, {}, makeException(py, BuiltinClass::GeneratorExit, {}), value))
            raiseException(py, BuiltinClass::RuntimeError, "generator ignored GeneratorExit");
    } catch (const Raised &raised) {
        const ClassObject *cls = py.state().classOf(raised.exception);
        if (!isSubclassOf(cls, py.state().cls(BuiltinClass::GeneratorExit)) && !isSubclassOf(cls, py.state().cls(BuiltinClass::StopIteration)))
            throw;
    }
}

/// As CPython does when a generator's last reference goes: GeneratorExit is raised in it, so that its finally blocks run.
void closeAbandoned(Interpreter &py)
{
    Interpreter::State &st = py.state();
    while (!st.abandoned.empty()) {
        auto *generator = st.make<GeneratorObject>(py);
        const Value held = Value::fromObject(generator);
        generator->frame = std::move(st.abandoned.back());
        st.abandoned.pop_back();
        generator->frame->generator = generator;
        generator->started = true;
        try {
            closeGenerator(py, generator);
        } catch (const Raised &) { // CPython prints it and goes on
            generator->frame.reset();
        }
    }
}

Value awaitableOf(Interpreter &py, const Value &object)
{
    if (const auto *g = object.to<GeneratorObject>(); g && g->isCoroutine)
        return object;
    if (object.isUnknown())
        return object;
    Value result;
    if (callSpecial(py, object, Word::await, {}, result))
        return result;
    raiseException(py, BuiltinClass::TypeError, "object " + py.className(object) + " can't be used in 'await' expression");
}

/// There is no event loop: whatever a coroutine waits for must be ready.
Value runCoroutine(Interpreter &py, const Value &awaitable)
{
    if (awaitable.isUnknown())
        return awaitable;
    const Value iterator = awaitableOf(py, awaitable);
    if (auto *generator = iterator.to<GeneratorObject>()) {
        Value value;
        while (resumeGenerator(py, generator, {}, {}, value))
            py.state().countSteps(1);
        return value;
    }
    Value item;
    while (nextOf(py, iterator, item))
        item = Value();
    return item ? item : Value::none();
}

void Machine::asyncOperation(const Instruction &in)
{
    switch (in.op) {
    case Op::GetAwaitable: {
        Value v = awaitableOf(m_py, top());
        if (v.isUnknown()) { // what an Unknown gives when awaited is Unknown as well
            const Value unknown = v;
            v = nativeIterator(m_py, BuiltinClass::Iterator, [unknown](Interpreter &, Value &out) {
                out = unknown;
                return false;
            });
        }
        top() = std::move(v);
        return;
    }
    case Op::GetAsyncIterator: {
        m_py.known(top(), "iterated over");
        Value result;
        if (!callSpecial(m_py, top(), Word::aiter, {}, result))
            raiseException(m_py, BuiltinClass::TypeError, "'async for' requires an object with __aiter__ method, got " + m_py.className(top()));
        top() = std::move(result);
        return;
    }
    case Op::AsyncNext: {
        Value result;
        if (!callSpecial(m_py, top(), Word::anext, {}, result))
            raiseException(m_py, BuiltinClass::TypeError, "'async for' requires an iterator with __anext__ method, got " + m_py.className(top()));
        push(std::move(result));
        return;
    }
    case Op::EnterAsyncWith: {
        m_py.known(top(), "used in a with statement");
        const Value context = top();
        const Value exit = specialMethod(m_py, context, Word::aexit);
        Value entered;
        if (!exit || !callSpecial(m_py, context, Word::aenter, {}, entered))
            raiseException(m_py, BuiltinClass::TypeError,
                           "'" + m_py.className(context) + "' object does not support the asynchronous context manager protocol");
        top() = exit;
        push(std::move(entered));
        return;
    }
    case Op::ExitAsyncWith: {
        const Value exit = top();
        Value result = callFunction(m_py, exit, {{Value::none(), Value::none(), Value::none()}, {}});
        top() = std::move(result);
        return;
    }
    default: { // ExitAsyncWithHandled
        const Value exit = pop();
        const Value exception = m_state.frame->handled.back();
        push(callFunction(m_py, exit, {{m_py.classOf(exception), exception, Value::none()}, {}}));
        return;
    }
    }
}

} // namespace stillroom::python
