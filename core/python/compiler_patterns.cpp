// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"

#include <algorithm>

/// The match statement (Python reference, "The match statement"). Each value that a pattern looks at stands in a hidden
/// local, so that a failing pattern leaves nothing on the stack. Names are bound when the whole pattern has matched.
namespace stillroom::python {

void Compiler::matchStatement(const Match &s)
{
    expression(s.subject);
    const std::int32_t subject = hiddenLocal();
    emit(Op::StoreFast, subject);
    std::vector<std::int32_t> ends;
    for (const MatchCase &c : s.cases) {
        m_line = c.pattern->position.line;
        std::vector<std::int32_t> fails;
        Captures captures;
        pattern(*c.pattern, subject, fails, captures);
        for (const auto &[id, slot] : captures.slots) {
            emit(Op::LoadFast, slot);
            access(id, Access::Store);
        }
        if (c.guard) {
            expression(c.guard);
            fails.push_back(jump(Op::JumpIfFalse));
        }
        block(c.body);
        ends.push_back(jump(Op::Jump));
        for (const auto f : fails)
            land(f);
    }
    for (const auto e : ends)
        land(e);
}

void Compiler::capture(std::string_view id, Captures &captures)
{
    for (const auto &[known, slot] : captures.slots) {
        if (known == id) {
            emit(Op::StoreFast, slot);
            return;
        }
    }
    captures.slots.emplace_back(id, hiddenLocal());
    emit(Op::StoreFast, captures.slots.back().second);
}

void Compiler::pattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures)
{
    if (++m_depth > 400)
        refuse("the pattern is nested too deeply to be evaluated");
    switch (p.kind) {
    case PatternKind::Value:
    case PatternKind::Singleton:
        emit(Op::LoadFast, subject);
        expression(p.value);
        emit(Op::Compare, static_cast<std::int32_t>(p.kind == PatternKind::Value ? ComparisonOperator::Equal : ComparisonOperator::Is));
        fails.push_back(jump(Op::JumpIfFalse));
        break;
    case PatternKind::Sequence:
        sequencePattern(p, subject, fails, captures);
        break;
    case PatternKind::Mapping:
        mappingPattern(p, subject, fails, captures);
        break;
    case PatternKind::Class:
        classPattern(p, subject, fails, captures);
        break;
    case PatternKind::Star:
        break; // within a sequence pattern only
    case PatternKind::As:
        if (p.inner)
            pattern(*p.inner, subject, fails, captures);
        if (!p.name.empty()) {
            emit(Op::LoadFast, subject);
            capture(p.name, captures);
        }
        break;
    case PatternKind::Or:
        orPattern(p, subject, fails, captures);
        break;
    }
    --m_depth;
}

void Compiler::sequencePattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures)
{
    emit(Op::LoadFast, subject);
    emit(Op::MatchSequence);
    fails.push_back(jump(Op::JumpIfFalse));
    const std::size_t count = p.patterns.size();
    const auto star = static_cast<std::size_t>(
        std::find_if(p.patterns.begin(), p.patterns.end(), [](const Pattern *part) { return part->kind == PatternKind::Star; }) - p.patterns.begin());
    const bool hasStar = star < count;
    emit(Op::LoadFast, subject);
    emit(Op::MatchLength);
    loadConstant(Value::integer(static_cast<std::int64_t>(hasStar ? count - 1 : count)));
    emit(Op::Compare, static_cast<std::int32_t>(hasStar ? ComparisonOperator::GreaterEqual : ComparisonOperator::Equal));
    fails.push_back(jump(Op::JumpIfFalse));
    for (std::size_t i = 0; i < count; ++i) {
        const Pattern &part = *p.patterns[i];
        if (part.kind == PatternKind::Star) {
            if (part.name.empty())
                continue;
            emit(Op::LoadFast, subject);
            emit(Op::MatchSlice, static_cast<std::int32_t>(i | (count - 1 - i) << 16));
            capture(part.name, captures);
            continue;
        }
        if (part.kind == PatternKind::As && !part.inner && part.name.empty())
            continue;
        const std::int64_t index =
            hasStar && i > star ? static_cast<std::int64_t>(i) - static_cast<std::int64_t>(count) : static_cast<std::int64_t>(i);
        emit(Op::LoadFast, subject);
        loadConstant(Value::integer(index));
        emit(Op::LoadItem);
        const std::int32_t slot = hiddenLocal();
        emit(Op::StoreFast, slot);
        pattern(part, slot, fails, captures);
    }
}

void Compiler::mappingPattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures)
{
    emit(Op::LoadFast, subject);
    emit(Op::MatchMapping);
    fails.push_back(jump(Op::JumpIfFalse));
    std::vector<std::int32_t> keys;
    for (std::size_t i = 0; i < p.keys.size(); ++i) {
        keys.push_back(hiddenLocal());
        const std::int32_t slot = hiddenLocal();
        expression(p.keys[i]);
        emit(Op::StoreFast, keys.back());
        emit(Op::LoadFast, subject);
        emit(Op::LoadFast, keys.back());
        emit(Op::MatchKeys, slot);
        fails.push_back(jump(Op::JumpIfFalse));
        pattern(*p.patterns[i], slot, fails, captures);
    }
    if (p.name.empty())
        return;
    emit(Op::LoadFast, subject);
    for (const auto key : keys)
        emit(Op::LoadFast, key);
    emit(Op::BuildTuple, static_cast<std::int32_t>(keys.size()));
    emit(Op::MatchRest);
    capture(p.name, captures);
}

void Compiler::classPattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures)
{
    emit(Op::LoadFast, subject);
    expression(p.value);
    Values names;
    for (const std::string_view n : p.keywordNames)
        names.push_back(Value::fromObject(m_state.intern(n)));
    loadConstant(m_state.newTuple(std::move(names)));
    const std::int32_t attributes = hiddenLocal();
    emit(Op::MatchClass, attributes, static_cast<std::uint8_t>(std::min<std::size_t>(p.patterns.size(), 255)));
    fails.push_back(jump(Op::JumpIfFalse));
    const std::size_t positional = p.patterns.size();
    for (std::size_t i = 0; i < positional + p.keywordPatterns.size(); ++i) {
        const Pattern &part = i < positional ? *p.patterns[i] : *p.keywordPatterns[i - positional];
        emit(Op::LoadFast, attributes);
        loadConstant(Value::integer(static_cast<std::int64_t>(i)));
        emit(Op::LoadItem);
        const std::int32_t slot = hiddenLocal();
        emit(Op::StoreFast, slot);
        pattern(part, slot, fails, captures);
    }
}

void Compiler::orPattern(const Pattern &p, std::int32_t subject, std::vector<std::int32_t> &fails, Captures &captures)
{
    std::vector<std::int32_t> successes;
    for (std::size_t i = 0; i < p.patterns.size(); ++i) {
        std::vector<std::int32_t> alternativeFails;
        pattern(*p.patterns[i], subject, alternativeFails, captures);
        if (i + 1 == p.patterns.size()) {
            fails.insert(fails.end(), alternativeFails.begin(), alternativeFails.end());
            break;
        }
        successes.push_back(jump(Op::Jump));
        for (const auto f : alternativeFails)
            land(f);
    }
    for (const auto s : successes)
        land(s);
}

} // namespace stillroom::python
