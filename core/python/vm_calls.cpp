// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lostcalls.h"
#include "python/machine.h"

#include <algorithm>

/// Calls: binding arguments to parameters (Python reference, "Calls"), natives, classes.
namespace stillroom::python {

namespace {
std::string displayName(const FunctionObject *f)
{
    return f->qualifiedName.isString() ? f->qualifiedName.as<StringObject>()->text : f->code->name->text;
}

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            text += i + 1 < names.size() ? ", " : names.size() > 2 ? ", and " : " and ";
        text += "'" + names[i] + "'";
    }
    return text;
}

std::string tooManyText(const FunctionObject *f, std::size_t given)
{
    const Code *code = f->code;
    const auto most = static_cast<std::size_t>(code->positional);
    const std::size_t least = most - std::min(most, f->defaults.size());
    std::string takes = least == most ? std::to_string(most) : "from " + std::to_string(least) + " to " + std::to_string(most);
    return displayName(f) + "() takes " + takes + " positional argument" + (most == 1 && least == most ? "" : "s") + " but " + std::to_string(given) +
           (given == 1 ? " was given" : " were given");
}
} // namespace

void Machine::checkMissing(FunctionObject *f, Frame *frame)
{
    const Code *code = f->code;
    std::vector<std::string> missing;
    const std::size_t firstDefault =
        static_cast<std::size_t>(code->positional) - std::min(static_cast<std::size_t>(code->positional), f->defaults.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(code->positional); ++i) {
        if (frame->locals[i])
            continue;
        if (i >= firstDefault)
            frame->locals[i] = f->defaults[i - firstDefault];
        else
            missing.push_back(code->locals[i]->text);
    }
    const auto complain = [&](std::string_view sort) {
        const std::string text = displayName(f) + "() missing " + std::to_string(missing.size()) + " required " + std::string(sort) + " argument" +
                                 (missing.size() == 1 ? "" : "s") + ": " + listed(missing);
        raiseException(m_py, BuiltinClass::TypeError, text);
    };
    if (!missing.empty())
        complain("positional");
    for (std::size_t i = 0; i < static_cast<std::size_t>(code->keywordOnly); ++i) {
        const std::size_t slot = static_cast<std::size_t>(code->positional) + i;
        if (frame->locals[slot])
            continue;
        for (const auto &[name, value] : f->keywordDefaults)
            if (name == code->locals[slot])
                frame->locals[slot] = value;
        if (!frame->locals[slot])
            missing.push_back(code->locals[slot]->text);
    }
    if (!missing.empty())
        complain("keyword-only");
}

void Machine::bindKeywords(FunctionObject *f, Frame *frame, const Keywords &keywords)
{
    const Code *code = f->code;
    const auto named = static_cast<std::size_t>(code->positional + code->keywordOnly);
    const std::size_t rest = named + (code->hasStarArguments ? 1 : 0);
    for (std::size_t k = 0; k < keywords.count; ++k) {
        if (!keywords.names[k].isString())
            raiseException(m_py, BuiltinClass::TypeError, "keywords must be strings");
        StringObject *name = m_state.intern(keywords.names[k]);
        std::size_t slot = static_cast<std::size_t>(code->positionalOnly);
        while (slot < named && code->locals[slot] != name)
            ++slot;
        if (slot < named) {
            if (frame->locals[slot])
                raiseException(m_py, BuiltinClass::TypeError, displayName(f) + "() got multiple values for argument '" + name->text + "'");
            frame->locals[slot] = keywords.values[k];
            continue;
        }
        if (!code->hasStarKeywords) {
            for (std::size_t i = 0; i < static_cast<std::size_t>(code->positionalOnly); ++i)
                if (code->locals[i] == name)
                    raiseException(m_py, BuiltinClass::TypeError,
                                   displayName(f) + "() got some positional-only arguments passed as keyword arguments: '" + name->text + "'");
            raiseException(m_py, BuiltinClass::TypeError, displayName(f) + "() got an unexpected keyword argument '" + name->text + "'");
        }
        dictInsertName(m_py, frame->locals[rest].as<DictObject>(), name, keywords.values[k]);
    }
}

void Machine::bindSlowly(FunctionObject *f, Frame *frame, Value *positional, std::size_t count, const Keywords &keywords)
{
    const Code *code = f->code;
    const auto most = static_cast<std::size_t>(code->positional);
    const std::size_t direct = std::min(count, most);
    for (std::size_t i = 0; i < direct; ++i)
        frame->locals[i] = std::move(positional[i]);
    std::size_t slot = static_cast<std::size_t>(code->positional + code->keywordOnly);
    if (code->hasStarArguments) {
        frame->locals[slot++] = m_state.newTuple(Values(std::make_move_iterator(positional + direct), std::make_move_iterator(positional + count)));
    } else if (count > most) {
        raiseException(m_py, BuiltinClass::TypeError, tooManyText(f, count));
    }
    if (code->hasStarKeywords)
        frame->locals[slot] = m_state.newDict();
    bindKeywords(f, frame, keywords);
    checkMissing(f, frame);
}

void Machine::finishLocals(FunctionObject *f, Frame *frame)
{
    for (const std::int32_t i : f->code->cellLocals) {
        Value cell = m_state.newCell();
        cell.as<CellObject>()->content = std::move(frame->locals[static_cast<std::size_t>(i)]);
        frame->locals[static_cast<std::size_t>(i)] = std::move(cell);
    }
    frame->locals.insert(frame->locals.end(), f->closure.begin(), f->closure.end());
}

std::unique_ptr<Frame> Machine::bind(FunctionObject *f, Value *positional, std::size_t count, const Keywords &keywords)
{
    Code *code = f->code;
    if (!code->compiled) [[unlikely]]
        compileBody(m_py, *code);
    std::unique_ptr<Frame> frame = m_state.takeFrame();
    frame->code = code;
    frame->globals = f->globals;
    frame->owner = Value::fromObject(f);
    frame->locals.resize(code->locals.size());
    if (keywords.count == 0 && count == static_cast<std::size_t>(code->positional) && code->keywordOnly == 0 && !code->hasStarArguments &&
        !code->hasStarKeywords) {
        for (std::size_t i = 0; i < count; ++i)
            frame->locals[i] = std::move(positional[i]);
    } else {
        bindSlowly(f, frame.get(), positional, count, keywords);
    }
    finishLocals(f, frame.get());
    return frame;
}

namespace {
void checkSelf(Interpreter &py, const NativeFunctionObject *function, const Value &self)
{
    const ClassObject *owner = function->owner;
    const bool carries = owner->builtin >= BuiltinClass::Int && owner->builtin <= BuiltinClass::FrozenSet;
    const bool hollow = carries && self.isKind(ObjectKind::Instance) && !self.as<InstanceObject>()->base;
    if (!hollow && isSubclassOf(py.state().classOf(self), owner))
        return;
    raiseException(py, BuiltinClass::TypeError,
                   "descriptor '" + function->name + "' for '" + owner->name + "' objects doesn't apply to a '" + py.className(self) + "' object");
}
} // namespace

Value callNative(Interpreter &py, NativeFunctionObject *function, const Value &self, Arguments &arguments)
{
    if (function->passesUnknown) {
        if (self.isUnknown())
            return self;
        if (const Value *unknown = unknownAmong(arguments))
            return *unknown;
    }
    if (function->checksSelf && !self.isUnknown())
        checkSelf(py, function, self);
    if (!function->native) [[unlikely]]
        py.stop(StopKind::NotUnderstood, "a function is called after its interpreter has ended");
    try {
        return function->native(py, self, arguments);
    } catch (const std::out_of_range &) { // it asked for an argument that was not given
        raiseException(py, BuiltinClass::TypeError, function->name + "() is missing a required argument");
    }
}

namespace {
/// The instance of a plain script class: object.__new__ without further ado; Empty if it takes more.
Value plainInstance(Interpreter &py, ClassObject *cls)
{
    Interpreter::State &st = py.state();
    if (cls->metaclass || cls->layout != BuiltinClass::Object || cls->row)
        return {};
    const Value *creator = st.lookup(cls, Word::new_);
    if (creator && !(creator->isKind(ObjectKind::StaticMethod) && creator->isSame(*st.lookup(st.cls(BuiltinClass::Object), Word::new_))))
        return {};
    return py.instance(Value::fromObject(cls));
}
} // namespace

void Machine::callClass(ClassObject *cls, std::size_t base, std::size_t first, const Values *names)
{
    Values &stack = m_state.frame->stack;
    const std::size_t keywordCount = names ? names->size() : 0;
    if (const Value *init = m_state.lookup(cls, Word::init); init && init->isKind(ObjectKind::Function)) {
        if (Value instance = plainInstance(m_py, cls)) {
            const Value held = *init;
            stack.insert(stack.begin() + static_cast<std::ptrdiff_t>(first), instance);
            const std::size_t positional = stack.size() - first - keywordCount;
            auto frame = bind(held.as<FunctionObject>(), stack.data() + first, positional,
                              {names ? names->data() : nullptr, stack.data() + first + positional, keywordCount});
            stack.resize(base);
            if (frame->code->isGenerator || frame->code->isCoroutine)
                raiseException(m_py, BuiltinClass::TypeError, "__init__() should return None, not 'generator'");
            if (m_state.depth >= m_state.budget.depth)
                raiseException(m_py, BuiltinClass::RecursionError, "maximum recursion depth exceeded");
            frame->constructed = std::move(instance);
            enter(frame.release());
            return;
        }
    }
    Arguments arguments;
    const std::size_t positional = stack.size() - first - keywordCount;
    const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(first);
    const auto middle = begin + static_cast<std::ptrdiff_t>(positional);
    arguments.positional.assign(std::make_move_iterator(begin), std::make_move_iterator(middle));
    for (std::size_t k = 0; k < keywordCount; ++k)
        arguments.keywords.emplace_back((*names)[k].as<StringObject>()->text, stack[first + positional + k]);
    const Value held = Value::fromObject(cls);
    Value result = construct(m_py, cls, arguments);
    stack.resize(base);
    stack.push_back(std::move(result));
}

void Machine::call(std::size_t base, std::size_t first, const Values *names)
{
    Values &stack = m_state.frame->stack;
    const std::size_t keywordCount = names ? names->size() : 0;
    Value callee = std::move(stack[base]);
    int calls = 0; // of instances whose __call__ is an instance
    for (;;) {
        if (callee.isKind(ObjectKind::Function)) {
            auto *f = callee.as<FunctionObject>();
            const std::size_t positional = stack.size() - first - keywordCount;
            if (m_state.depth >= m_state.budget.depth)
                raiseException(m_py, BuiltinClass::RecursionError, "maximum recursion depth exceeded");
            auto frame =
                bind(f, stack.data() + first, positional, {names ? names->data() : nullptr, stack.data() + first + positional, keywordCount});
            stack.resize(base);
            if (frame->code->isGenerator || frame->code->isCoroutine)
                stack.push_back(makeGenerator(std::move(frame)));
            else
                enter(frame.release());
            return;
        }
        if (callee.isKind(ObjectKind::NativeFunction)) {
            auto *native = callee.as<NativeFunctionObject>();
            const std::size_t positional = stack.size() - first - keywordCount;
            Arguments arguments;
            Value self;
            std::size_t start = first;
            if (native->isMethod) {
                if (positional == 0)
                    raiseException(m_py, BuiltinClass::TypeError, "unbound method " + native->name + "() needs an argument");
                self = std::move(stack[start++]);
            }
            const auto begin = stack.begin() + static_cast<std::ptrdiff_t>(start);
            const auto middle = stack.begin() + static_cast<std::ptrdiff_t>(first + positional);
            arguments.positional.assign(std::make_move_iterator(begin), std::make_move_iterator(middle));
            for (std::size_t k = 0; k < keywordCount; ++k)
                arguments.keywords.emplace_back((*names)[k].as<StringObject>()->text, std::move(stack[first + positional + k]));
            Value result = callNative(m_py, native, self, arguments);
            stack.resize(base);
            stack.push_back(std::move(result));
            return;
        }
        if (callee.isKind(ObjectKind::BoundMethod)) {
            stack.insert(stack.begin() + static_cast<std::ptrdiff_t>(first), callee.as<BoundMethodObject>()->self);
            Value inner = callee.as<BoundMethodObject>()->function;
            callee = std::move(inner);
            continue;
        }
        if (callee.isKind(ObjectKind::Class)) {
            callClass(callee.as<ClassObject>(), base, first, names);
            return;
        }
        if (callee.isKind(ObjectKind::StaticMethod)) {
            Value inner = callee.as<StaticMethodObject>()->function;
            callee = std::move(inner);
            continue;
        }
        if (callee.isKind(ObjectKind::Instance)) {
            if (Value method = specialMethod(m_py, callee, Word::call)) {
                if (++calls > m_state.budget.depth)
                    raiseException(m_py, BuiltinClass::RecursionError, "maximum recursion depth exceeded");
                callee = std::move(method);
                continue;
            }
        }
        if (callee.isUnknown()) {
            const Frame *frame = m_state.frame;
            const bool isDropped = frame->code->instructions[static_cast<std::size_t>(frame->pc)].op == Op::Pop;
            const std::size_t positional = stack.size() - first - keywordCount;
            Value result = callUnknown(m_py, callee, stack.data() + first, positional, stack.data() + first + positional, keywordCount, isDropped);
            stack.resize(base);
            stack.push_back(std::move(result));
            return;
        }
        raiseException(m_py, BuiltinClass::TypeError, "'" + m_py.className(callee) + "' object is not callable");
    }
}

void Machine::callSpread()
{
    const Value keywords = pop();
    const Value positional = pop();
    const auto &items = positional.as<TupleObject>()->items;
    const auto &entries = keywords.as<DictObject>()->table.entries();
    Values &stack = m_state.frame->stack;
    const std::size_t base = stack.size() - 1;
    stack.insert(stack.end(), items.begin(), items.end());
    if (entries.empty()) {
        call(base, base + 1, nullptr);
        return;
    }
    Values names;
    for (const HashTable::Entry &e : entries) {
        if (!e.key)
            continue;
        names.push_back(e.key);
        stack.push_back(e.value);
    }
    call(base, base + 1, &names);
}

Value callFunction(Interpreter &py, const Value &callable, Arguments arguments)
{
    Value callee = callable;
    int calls = 0; // of instances whose __call__ is an instance
    for (;;) {
        if (callee.isKind(ObjectKind::Function)) {
            Values names;
            Values values;
            for (auto &[name, value] : arguments.keywords) {
                names.push_back(Value::fromObject(py.state().intern(name)));
                values.push_back(std::move(value));
            }
            py.state().countSteps(1);
            Machine machine(py);
            return machine.runFunction(machine.bind(callee.as<FunctionObject>(), arguments.positional.data(), arguments.positional.size(),
                                                    {names.data(), values.data(), names.size()}));
        }
        if (callee.isKind(ObjectKind::NativeFunction)) {
            py.state().countSteps(1);
            const DepthGuard guard(py);
            auto *native = callee.as<NativeFunctionObject>();
            Value self;
            if (native->isMethod) {
                if (arguments.positional.empty())
                    raiseException(py, BuiltinClass::TypeError, "unbound method " + native->name + "() needs an argument");
                self = std::move(arguments.positional.front());
                arguments.positional.erase(arguments.positional.begin());
            }
            return callNative(py, native, self, arguments);
        }
        if (callee.isKind(ObjectKind::BoundMethod)) {
            arguments.positional.insert(arguments.positional.begin(), callee.as<BoundMethodObject>()->self);
            Value inner = callee.as<BoundMethodObject>()->function;
            callee = std::move(inner);
            continue;
        }
        if (callee.isKind(ObjectKind::Class)) {
            const DepthGuard guard(py);
            return construct(py, callee.as<ClassObject>(), arguments);
        }
        if (callee.isKind(ObjectKind::StaticMethod)) {
            Value inner = callee.as<StaticMethodObject>()->function;
            callee = std::move(inner);
            continue;
        }
        if (callee.isKind(ObjectKind::Instance)) {
            if (Value method = specialMethod(py, callee, Word::call)) {
                if (++calls > py.state().budget.depth)
                    raiseException(py, BuiltinClass::RecursionError, "maximum recursion depth exceeded");
                callee = std::move(method);
                continue;
            }
        }
        if (callee.isUnknown()) {
            Values keywords;
            for (const auto &[name, value] : arguments.keywords)
                keywords.push_back(value);
            return callUnknown(py, callee, arguments.positional.data(), arguments.positional.size(), keywords.data(), keywords.size(), false);
        }
        raiseException(py, BuiltinClass::TypeError, "'" + py.className(callee) + "' object is not callable");
    }
}

Value runCode(Interpreter &py, Code *code, const Value &globals, const Value &names, const Values &closure, const Value &classCell)
{
    compileBody(py, *code);
    Interpreter::State &st = py.state();
    std::unique_ptr<Frame> frame = st.takeFrame();
    frame->code = code;
    frame->globals = globals;
    frame->names = names;
    frame->locals.resize(code->locals.size());
    for (const std::int32_t i : code->cellLocals)
        frame->locals[static_cast<std::size_t>(i)] = classCell ? classCell : st.newCell();
    frame->locals.insert(frame->locals.end(), closure.begin(), closure.end());
    Machine machine(py);
    bool yielded = false;
    return machine.run(frame.release(), yielded);
}

} // namespace stillroom::python
