// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/machine.h"

/// What the patterns of a match statement ask of their subject.
namespace stillroom::python {

void Machine::matchClass(const Instruction &in)
{
    const Value names = pop();
    const Value type = pop();
    const Value subject = pop();
    m_py.known(type, "used as a pattern");
    if (!type.isKind(ObjectKind::Class))
        raiseException(m_py, BuiltinClass::TypeError, "called match pattern must be a class");
    if (!m_py.isInstance(subject, type)) {
        push(Value::boolean(false));
        return;
    }
    Values found;
    const std::size_t positional = in.extra;
    if (positional > 0) {
        const Value matchArgs = findAttribute(m_py, type, m_state.word(Word::match_args));
        const ClassObject *cls = type.as<ClassObject>();
        const bool itself = cls->layout != BuiltinClass::Object && cls->layout < BuiltinClass::BaseException && cls->layout != BuiltinClass::Type;
        if (!matchArgs && itself && positional == 1) {
            found.push_back(subject);
        } else {
            const std::size_t known = matchArgs ? matchArgs.as<TupleObject>()->items.size() : 0;
            if (positional > known)
                raiseException(m_py, BuiltinClass::TypeError,
                               cls->name + "() accepts " + std::to_string(known) + " positional sub-patterns (" + std::to_string(positional) +
                                   " given)");
            for (std::size_t i = 0; i < positional; ++i) {
                Value v = findAttribute(m_py, subject, m_state.intern(matchArgs.as<TupleObject>()->items[i]));
                if (!v) {
                    push(Value::boolean(false));
                    return;
                }
                found.push_back(std::move(v));
            }
        }
    }
    for (const Value &name : names.as<TupleObject>()->items) {
        Value v = findAttribute(m_py, subject, m_state.intern(name));
        if (!v) {
            push(Value::boolean(false));
            return;
        }
        found.push_back(std::move(v));
    }
    m_state.frame->locals[static_cast<std::size_t>(in.argument)] = m_state.newTuple(std::move(found));
    push(Value::boolean(true));
}

void Machine::matchOperation(const Instruction &in)
{
    switch (in.op) {
    case Op::MatchSequence: {
        const Value subject = pop();
        m_py.known(subject, "matched");
        const Value &v = plain(subject);
        push(Value::boolean(v.isKind(ObjectKind::List) || v.isKind(ObjectKind::Tuple) || v.isKind(ObjectKind::Range)));
        return;
    }
    case Op::MatchMapping: {
        const Value subject = pop();
        m_py.known(subject, "matched");
        push(Value::boolean(asDict(subject) != nullptr));
        return;
    }
    case Op::MatchKeys: {
        const Value key = pop();
        const Value subject = pop();
        const Value *found = dictFind(m_py, asDict(subject), key);
        if (found)
            m_state.frame->locals[static_cast<std::size_t>(in.argument)] = *found;
        push(Value::boolean(found != nullptr));
        return;
    }
    case Op::MatchClass:
        matchClass(in);
        return;
    case Op::MatchLength: {
        const Value subject = pop();
        push(Value::integer(m_py.length(subject)));
        return;
    }
    case Op::MatchRest: {
        const Value keys = pop();
        const Value subject = pop();
        const Value rest = m_state.newDict();
        rest.as<DictObject>()->table.copyFrom(asDict(subject)->table);
        for (const Value &key : keys.as<TupleObject>()->items)
            static_cast<void>(rest.as<DictObject>()->table.remove(m_py, key, m_py.hash(key)));
        push(rest);
        return;
    }
    default: { // MatchSlice
        const Value subject = pop();
        const auto before = static_cast<std::size_t>(in.argument & 0xffff);
        const auto after = static_cast<std::size_t>(in.argument >> 16);
        Values items = m_py.toVector(subject);
        push(m_state.newList(Values(items.begin() + static_cast<std::ptrdiff_t>(before), items.end() - static_cast<std::ptrdiff_t>(after))));
        return;
    }
    }
}

} // namespace stillroom::python
