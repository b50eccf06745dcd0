// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/compiler.h"
#include "python/runtime.h"

/// The stack machine. Calls of script functions from script code stay within one loop; only native code that calls back
/// starts a machine within a machine.
namespace stillroom::python {

class Machine {
public:
    explicit Machine(Interpreter &py) : m_py(py), m_state(py.state()) {}

    struct Keywords {
        const Value *names = nullptr; ///< strings
        const Value *values = nullptr;
        std::size_t count = 0;
    };

    /// Runs `frame` until it returns or yields (then `yielded` is set). Throws Raised or Stopped.
    Value run(Frame *frame, bool &yielded, const Value &thrown = {});
    /// Binds arguments into a new frame of the function; the positional values are moved from.
    std::unique_ptr<Frame> bind(FunctionObject *function, Value *positional, std::size_t count, const Keywords &keywords);
    /// The frame's result: runs it, or makes its generator.
    Value runFunction(std::unique_ptr<Frame> frame);
    Value makeGenerator(std::unique_ptr<Frame> frame);

private:
    Value loop(Frame *entry, bool &yielded);
    bool unwind(Value exception, Frame *entry);
    void enter(Frame *frame);
    void leave(Frame *frame); ///< the innermost
    void bindSlowly(FunctionObject *function, Frame *frame, Value *positional, std::size_t count, const Keywords &keywords);
    void bindKeywords(FunctionObject *function, Frame *frame, const Keywords &keywords);
    void checkMissing(FunctionObject *function, Frame *frame);
    void finishLocals(FunctionObject *function, Frame *frame);

    /// Calls what stands at `base` with the values from `first` on. May replace the running frame.
    void call(std::size_t base, std::size_t first, const Values *names);
    void callClass(ClassObject *cls, std::size_t base, std::size_t first, const Values *names);
    void callSpread();

    // groups of less frequent instructions
    void nameOperation(const Instruction &in);
    void buildOperation(const Instruction &in);
    void importOperation(const Instruction &in);
    void withOperation(const Instruction &in);
    void exceptionOperation(const Instruction &in);
    void matchOperation(const Instruction &in);
    void textOperation(const Instruction &in);
    void asyncOperation(const Instruction &in);
    void unpack(std::size_t count);
    void unpackStarred(std::size_t before, std::size_t after);
    void makeFunction(const Instruction &in);
    void matchClass(const Instruction &in);
    void splitGroup(const Instruction &in);
    Value loadGlobal(StringObject *name, Frame *frame);
    [[noreturn]] void raiseNameError(StringObject *name, Frame *frame);
    [[noreturn]] void raiseUnbound(const Code *code, std::int32_t local);
    bool yieldFrom(Frame *frame, Value &out);

    Value pop()
    {
        Values &stack = m_state.frame->stack;
        Value v = std::move(stack.back());
        stack.pop_back();
        return v;
    }
    void push(Value v) { m_state.frame->stack.push_back(std::move(v)); }
    Value &top() { return m_state.frame->stack.back(); }

    Interpreter &m_py;
    Interpreter::State &m_state;
};

} // namespace stillroom::python
