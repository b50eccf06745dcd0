// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/value.h"

#include "python/objects.h"
#include "python/state.h"
#include "python/runtime.h"

#include <algorithm>

namespace stillroom::python {

constinit thread_local std::int64_t liveBytes = 0;
constinit thread_local SharedWatch sharedWatch;

Object::~Object() { liveBytes -= kOwnBytes; }

void Object::dispose(Object *object) noexcept
{
    constexpr int kNestedDeletes = 40;
    thread_local int nested = 0;
    thread_local std::vector<Object *> waiting;
    if (nested >= kNestedDeletes) {
        waiting.push_back(object);
        return;
    }
    ++nested;
    delete object;
    if (nested == 1) {
        while (!waiting.empty()) {
            Object *next = waiting.back();
            waiting.pop_back();
            delete next;
        }
    }
    --nested;
}

Tracked::~Tracked()
{
    liveBytes -= static_cast<std::int64_t>(accounted);
    if (heapNext) {
        heapPrevious->heapNext = heapNext;
        heapNext->heapPrevious = heapPrevious;
    }
}

void Tracked::accountFor(std::size_t bytes)
{
    liveBytes += static_cast<std::int64_t>(bytes) - static_cast<std::int64_t>(accounted);
    accounted = bytes;
}

bool Value::isSame(const Value &other) const
{
    if (m_tag != other.m_tag)
        return false;
    if (m_tag == Tag::Integer)
        return m_bits.integer == other.m_bits.integer;
    if (m_tag != Tag::Object || m_bits.object == other.m_bits.object)
        return true;
    // equal strings without a state of their own: CPython interns most of them, so `is` holds there
    if (isString() && other.isString())
        return as<StringObject>()->text.size() <= 1 && as<StringObject>()->text == other.as<StringObject>()->text;
    return isKind(ObjectKind::Tuple) && other.isKind(ObjectKind::Tuple) && as<TupleObject>()->items.empty() && other.as<TupleObject>()->items.empty();
}

namespace {
std::int64_t countCodePoints(std::string_view text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}
} // namespace

StringObject::StringObject(std::string t) : Object(kKind), text(std::move(t)), codePoints(countCodePoints(text))
{
    liveBytes += static_cast<std::int64_t>(text.size());
}
StringObject::~StringObject() { liveBytes -= static_cast<std::int64_t>(text.size()); }

BytesObject::BytesObject(std::string b) : Object(kKind), bytes(std::move(b)) { liveBytes += static_cast<std::int64_t>(bytes.size()); }
BytesObject::~BytesObject() { liveBytes -= static_cast<std::int64_t>(bytes.size()); }

TupleObject::TupleObject(Values v) : Object(kKind), items(std::move(v)) { liveBytes += static_cast<std::int64_t>(items.size() * sizeof(Value)); }
TupleObject::~TupleObject() { liveBytes -= static_cast<std::int64_t>(items.size() * sizeof(Value)); }

void ListObject::clear() noexcept { Values().swap(items); }

void FunctionObject::clear() noexcept
{
    globals = attributes = annotations = doc = Value();
    Values().swap(defaults);
    Values().swap(closure);
    keywordDefaults.clear();
}

void ClassObject::clear() noexcept
{
    attributes = Value();
    Values().swap(bases);
    subclassHooks.clear();
    slotGetAttribute = slotGetAttr = slotSetAttr = slotDelAttr = Value();
}

void InstanceObject::clear() noexcept
{
    attributes = base = Value();
    payload.reset();
}

void ModuleObject::clear() noexcept
{
    globals = Value();
    getter = {};
}

GeneratorObject::GeneratorObject(Interpreter &interpreter) : Tracked(kKind), py(interpreter) {}
GeneratorObject::~GeneratorObject()
{
    if (!frame || !heapNext)
        return;
    Interpreter::State &st = py.state();
    const bool inTry = started && !st.isEnding && frame->code->instructions[static_cast<std::size_t>(frame->pc > 0 ? frame->pc - 1 : 0)].handler >= 0;
    if (inTry)
        st.abandoned.push_back(std::move(frame));
}
void GeneratorObject::clear() noexcept
{
    if (!running)
        frame.reset();
}

Payload::~Payload() = default;

std::int64_t RangeObject::size() const
{
    if (step > 0 && start < stop)
        return static_cast<std::int64_t>(
            (static_cast<std::uint64_t>(stop) - static_cast<std::uint64_t>(start) - 1) / static_cast<std::uint64_t>(step) + 1);
    if (step < 0 && start > stop)
        return static_cast<std::int64_t>(
            (static_cast<std::uint64_t>(start) - static_cast<std::uint64_t>(stop) - 1) / (0 - static_cast<std::uint64_t>(step)) + 1);
    return 0;
}

const Value *Arguments::keyword(std::string_view name) const
{
    for (const auto &[key, value] : keywords)
        if (key == name)
            return &value;
    return nullptr;
}

Value Arguments::take(std::string_view name)
{
    for (auto it = keywords.begin(); it != keywords.end(); ++it) {
        if (it->first == name) {
            Value value = std::move(it->second);
            keywords.erase(it);
            return value;
        }
    }
    return {};
}

} // namespace stillroom::python
