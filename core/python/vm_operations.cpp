// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/machine.h"

#include <algorithm>

/// The less frequent instructions.
namespace stillroom::python {

void Machine::nameOperation(const Instruction &in)
{
    Frame *frame = m_state.frame;
    const Code *code = frame->code;
    const auto local = [&]() -> Value & { return frame->locals[static_cast<std::size_t>(in.argument)]; };
    const auto name = [&] { return code->names[static_cast<std::size_t>(in.argument)]; };
    const auto names = [&] { return (frame->names ? frame->names : frame->globals).as<DictObject>(); };
    switch (in.op) {
    case Op::DeleteFast:
        if (!local())
            raiseUnbound(code, in.argument);
        local() = Value();
        return;
    case Op::DeleteCell:
        if (!local().as<CellObject>()->content)
            raiseUnbound(code, in.argument);
        local().as<CellObject>()->content = Value();
        return;
    case Op::LoadClassCell: {
        const Instruction &operand = code->instructions[static_cast<std::size_t>(frame->pc++)];
        StringObject *n = code->names[static_cast<std::size_t>(operand.argument)];
        if (const Value *v = names()->table.findName(n, nameHash(n))) {
            push(*v);
            return;
        }
        const Value &content = local().as<CellObject>()->content;
        if (!content)
            raiseUnbound(code, in.argument);
        push(content);
        return;
    }
    case Op::StoreGlobal:
        dictInsertName(m_py, frame->globals.as<DictObject>(), name(), pop());
        return;
    case Op::LoadName: {
        StringObject *n = name();
        if (frame->names) {
            if (const Value *v = names()->table.findName(n, nameHash(n))) {
                push(*v);
                return;
            }
        }
        push(loadGlobal(n, frame));
        return;
    }
    case Op::StoreName:
        dictInsertName(m_py, names(), name(), pop());
        return;
    case Op::DeleteName:
    case Op::DeleteGlobal: {
        DictObject *dict = in.op == Op::DeleteName ? names() : frame->globals.as<DictObject>();
        StringObject *n = name();
        if (!dict->table.remove(m_py, Value::fromObject(n), nameHash(n)).key)
            raiseNameError(n, frame);
        return;
    }
    case Op::DeleteAttribute: {
        const Value object = pop();
        deleteAttribute(m_py, object, name());
        return;
    }
    case Op::DeleteItem: {
        const Value key = pop();
        const Value object = pop();
        deleteItem(m_py, object, key);
        return;
    }
    case Op::StoreAnnotation: {
        const Value annotation = pop();
        StringObject *word = m_state.word(Word::annotations);
        Value *dict = names()->table.findName(word, nameHash(word));
        if (!dict) {
            dictInsertName(m_py, names(), word, m_state.newDict());
            dict = names()->table.findName(word, nameHash(word));
        }
        if (DictObject *annotations = asDict(*dict))
            dictInsertName(m_py, annotations, name(), annotation);
        return;
    }
    default: { // MakeTypeVariable
        const Value variable = m_py.instance(m_state.classValue(BuiltinClass::TypeVar));
        m_py.setAttribute(variable, "__name__", Value::fromObject(name()));
        push(variable);
        return;
    }
    }
}

void Machine::unpack(std::size_t count)
{
    const Value source = pop();
    const Values *items = nullptr;
    Values drawn;
    if (const auto *tuple = source.to<TupleObject>())
        items = &tuple->items;
    else if (const auto *list = source.to<ListObject>())
        items = &list->items;
    if (!items) {
        m_py.known(source, "unpacked");
        const Value iterator = plainIterator(m_py, plain(source)) || source.isKind(ObjectKind::Instance) || source.isKind(ObjectKind::Class)
                                   ? iteratorOf(m_py, source)
                                   : Value();
        if (!iterator)
            raiseException(m_py, BuiltinClass::TypeError, "cannot unpack non-iterable " + m_py.className(source) + " object");
        Value item;
        while (drawn.size() <= count && nextOf(m_py, iterator, item))
            drawn.push_back(std::move(item));
        items = &drawn;
    }
    if (items->size() < count)
        raiseException(m_py, BuiltinClass::ValueError,
                       "not enough values to unpack (expected " + std::to_string(count) + ", got " + std::to_string(items->size()) + ")");
    if (items->size() > count)
        raiseException(m_py, BuiltinClass::ValueError, "too many values to unpack (expected " + std::to_string(count) + ")");
    Values &stack = m_state.frame->stack;
    stack.insert(stack.end(), items->rbegin(), items->rend());
}

void Machine::unpackStarred(std::size_t before, std::size_t after)
{
    const Value source = pop();
    m_py.known(source, "unpacked");
    Values items = m_py.toVector(source);
    if (items.size() < before + after)
        raiseException(m_py, BuiltinClass::ValueError,
                       "not enough values to unpack (expected at least " + std::to_string(before + after) + ", got " + std::to_string(items.size()) +
                           ")");
    const auto middleEnd = items.end() - static_cast<std::ptrdiff_t>(after);
    Values middle(items.begin() + static_cast<std::ptrdiff_t>(before), middleEnd);
    Values &stack = m_state.frame->stack;
    stack.insert(stack.end(), items.rbegin(), items.rbegin() + static_cast<std::ptrdiff_t>(after));
    stack.push_back(m_state.newList(std::move(middle)));
    for (std::size_t i = before; i-- > 0;)
        stack.push_back(items[i]);
}

void Machine::makeFunction(const Instruction &in)
{
    Frame *frame = m_state.frame;
    auto *f = m_state.make<FunctionObject>();
    const Value held = Value::fromObject(f);
    f->code = &frame->code->unit->codes[static_cast<std::size_t>(in.argument)];
    f->globals = frame->globals;
    f->name = Value::fromObject(f->code->name);
    if (in.extra & 4)
        f->closure = pop().as<TupleObject>()->items;
    if (in.extra & 2) {
        const Value defaults = pop();
        for (const HashTable::Entry &e : defaults.as<DictObject>()->table.entries())
            f->keywordDefaults.emplace_back(m_state.intern(e.key), e.value);
    }
    if (in.extra & 1)
        f->defaults = pop().as<TupleObject>()->items;
    f->qualifiedName = f->code->qualifiedName == f->code->name->text ? f->name : m_state.newString(f->code->qualifiedName);
    push(held);
}

void Machine::buildOperation(const Instruction &in)
{
    Values &stack = m_state.frame->stack;
    const auto count = static_cast<std::size_t>(in.argument);
    const auto takeItems = [&] {
        Values items(std::make_move_iterator(stack.end() - static_cast<std::ptrdiff_t>(count)), std::make_move_iterator(stack.end()));
        stack.resize(stack.size() - count);
        return items;
    };
    switch (in.op) {
    case Op::BuildSlice: {
        Value step = pop();
        Value stop = pop();
        Value start = pop();
        push(Value::fromObject(m_state.make<SliceObject>(std::move(start), std::move(stop), std::move(step))));
        return;
    }
    case Op::BuildTuple:
        push(m_state.newTuple(takeItems()));
        return;
    case Op::BuildList:
        push(m_state.newList(takeItems()));
        return;
    case Op::BuildSet: {
        const Values items = takeItems();
        auto *set = m_state.make<SetObject>(false);
        set->isScripts = m_state.runsProjectCode();
        const Value held = Value::fromObject(set);
        for (const Value &item : items)
            setAdd(m_py, set, item);
        push(held);
        return;
    }
    case Op::BuildDict: {
        auto *dict = m_state.make<DictObject>();
        const Value held = Value::fromObject(dict);
        const std::size_t first = stack.size() - 2 * count;
        for (std::size_t i = 0; i < count; ++i)
            dictInsert(m_py, dict, stack[first + 2 * i], stack[first + 2 * i + 1]);
        stack.resize(first);
        push(held);
        return;
    }
    case Op::AppendTo: {
        const Value item = pop();
        appendTo(m_py, top().as<ListObject>(), item);
        return;
    }
    case Op::AddTo: {
        const Value item = pop();
        setAdd(m_py, top().as<SetObject>(), item);
        return;
    }
    case Op::PutInto: {
        const Value value = pop();
        const Value key = pop();
        if (in.extra && dictFind(m_py, top().as<DictObject>(), key))
            raiseException(m_py, BuiltinClass::TypeError, "got multiple values for keyword argument '" + m_py.str(key) + "'");
        dictInsert(m_py, top().as<DictObject>(), key, value);
        return;
    }
    case Op::ListExtend: {
        const Value source = pop();
        auto *list = top().as<ListObject>();
        m_py.known(source, "unpacked");
        forEach(m_py, source, [&](const Value &item) {
            appendTo(m_py, list, item);
            return true;
        });
        return;
    }
    case Op::SetUpdate: {
        const Value source = pop();
        auto *set = top().as<SetObject>();
        forEach(m_py, source, [&](const Value &item) {
            setAdd(m_py, set, item);
            return true;
        });
        return;
    }
    case Op::DictUpdate:
    case Op::DictMerge: {
        const Value source = pop();
        m_py.known(source, "unpacked");
        auto *dict = top().as<DictObject>();
        if (!asDict(source) && !findAttribute(m_py, source, m_state.intern("keys")))
            raiseException(m_py, BuiltinClass::TypeError,
                           in.op == Op::DictUpdate ? "'" + m_py.className(source) + "' object is not a mapping"
                                                   : "argument after ** must be a mapping, not " + m_py.className(source));
        if (in.op == Op::DictUpdate) {
            dictUpdate(m_py, dict, source);
            return;
        }
        const Value copy = m_state.newDict();
        dictUpdate(m_py, copy.as<DictObject>(), source);
        for (const HashTable::Entry &e : copy.as<DictObject>()->table.entries()) {
            if (!e.key)
                continue;
            if (!e.key.isString() && !plain(e.key).isString())
                raiseException(m_py, BuiltinClass::TypeError, "keywords must be strings");
            if (dictFind(m_py, dict, e.key))
                raiseException(m_py, BuiltinClass::TypeError, "got multiple values for keyword argument '" + m_py.str(e.key) + "'");
            dictInsert(m_py, dict, plain(e.key), e.value);
        }
        return;
    }
    case Op::ListToTuple: {
        const Value list = pop();
        push(m_state.newTuple(std::move(list.as<ListObject>()->items)));
        return;
    }
    case Op::Unpack:
        unpack(count);
        return;
    case Op::UnpackStarred:
        unpackStarred(count & 0xffff, count >> 16);
        return;
    case Op::MakeFunction:
        makeFunction(in);
        return;
    default: { // BuildClass
        const Value keywords = pop();
        const Value bases = pop();
        const Value function = pop();
        Arguments arguments;
        for (const HashTable::Entry &e : keywords.as<DictObject>()->table.entries())
            if (e.key)
                arguments.keywords.emplace_back(e.key.as<StringObject>()->text, e.value);
        push(buildClassStatement(m_py, function, bases.as<TupleObject>()->items, arguments));
        return;
    }
    }
}

void Machine::withOperation(const Instruction &in)
{
    switch (in.op) {
    case Op::EnterWith: {
        m_py.known(top(), "used in a with statement");
        const Value context = top();
        const Value exit = specialMethod(m_py, context, Word::exit);
        Value entered;
        if (!exit || !callSpecial(m_py, context, Word::enter, {}, entered))
            raiseException(m_py, BuiltinClass::TypeError, "'" + m_py.className(context) + "' object does not support the context manager protocol");
        top() = exit;
        push(std::move(entered));
        return;
    }
    case Op::ExitWith: {
        const Value exit = pop();
        static_cast<void>(callFunction(m_py, exit, {{Value::none(), Value::none(), Value::none()}, {}}));
        return;
    }
    default: { // ExitWithHandled
        const Value exit = pop();
        const Value exception = m_state.frame->handled.back();
        const Value result = callFunction(m_py, exit, {{m_py.classOf(exception), exception, Value::none()}, {}});
        push(Value::boolean(m_py.truth(result)));
        return;
    }
    }
}

void Machine::splitGroup(const Instruction &in)
{
    Frame *frame = m_state.frame;
    const Value type = pop();
    Value &rest = frame->locals[static_cast<std::size_t>(in.argument)];
    if (rest.isNone()) {
        push(Value::boolean(false));
        return;
    }
    auto [matching, other] = python::splitGroup(m_py, rest, type);
    if (!matching) {
        push(Value::boolean(false));
        return;
    }
    frame->locals[static_cast<std::size_t>(in.argument)] = other ? other : Value::none();
    frame->handled.push_back(matching);
    push(Value::boolean(true));
}

void Machine::exceptionOperation(const Instruction &in)
{
    Frame *frame = m_state.frame;
    switch (in.op) {
    case Op::Raise: { // leaves the exception on the stack
        if (in.argument == 0) {
            for (const Frame *f = frame; f; f = f->back) {
                if (!f->handled.empty()) {
                    push(f->handled.back());
                    return;
                }
            }
            raiseException(m_py, BuiltinClass::RuntimeError, "No active exception to reraise");
        }
        const Value cause = in.argument == 2 ? pop() : Value();
        const Value raised = pop();
        m_py.known(raised, "raised");
        Value exception = normalizedException(m_py, raised);
        if (cause) {
            ExceptionPayload *payload = exceptionOf(exception);
            payload->cause = cause.isNone() ? Value() : normalizedException(m_py, cause);
            payload->suppressContext = true;
        }
        setContext(m_py, exception);
        push(std::move(exception));
        return;
    }
    case Op::LoadHandled:
        push(frame->handled.back());
        return;
    case Op::MatchesException: {
        const Value type = pop();
        push(Value::boolean(exceptionMatches(m_py, frame->handled.back(), type)));
        return;
    }
    case Op::SplitGroup:
        splitGroup(in);
        return;
    case Op::CollectGroup: {
        const Value exception = frame->handled.back();
        frame->handled.pop_back();
        appendTo(m_py, frame->locals[static_cast<std::size_t>(in.argument)].as<ListObject>(), exception);
        return;
    }
    case Op::FinishGroup: {
        const Value rest = pop();
        const Value raised = pop();
        const Value whole = frame->handled.back();
        frame->handled.pop_back();
        Values all = raised.as<ListObject>()->items;
        if (all.empty() && rest.isNone())
            return;
        if (all.empty())
            throw Raised(rest);
        if (!rest.isNone())
            all.push_back(rest);
        const Value group = makeGroup(m_py, "", all);
        exceptionOf(group)->context = whole;
        throw Raised(group);
    }
    case Op::LoadUnknownAnnotation:
        push(m_py.unknown(StopKind::NotUnderstood, "an annotation cannot be evaluated: " + exceptionText(m_py, frame->handled.back())));
        return;
    default: // LoadAssertionError
        push(m_state.classValue(BuiltinClass::AssertionError));
        return;
    }
}

void Machine::textOperation(const Instruction &in)
{
    switch (in.op) {
    case Op::Format: {
        const Value spec = in.argument ? pop() : Value();
        Value v = pop();
        if (in.extra == 'r')
            v = reprOf(m_py, v);
        else if (in.extra == 's')
            v = strOf(m_py, v);
        else if (in.extra == 'a')
            v = asciiOf(m_py, v);
        if (spec && spec.isUnknown())
            push(spec);
        else if (v.isString() && !spec)
            push(std::move(v));
        else
            push(formatValue(m_py, v, spec ? spec : m_state.emptyString));
        return;
    }
    case Op::BuildText: {
        Values &stack = m_state.frame->stack;
        const auto count = static_cast<std::size_t>(in.argument);
        const std::size_t first = stack.size() - count;
        std::size_t size = 0;
        bool varies = false;
        Value unknown;
        for (std::size_t i = first; i < stack.size(); ++i) {
            if (stack[i].isUnknown()) {
                unknown = stack[i];
                break;
            }
            size += stack[i].as<StringObject>()->text.size();
            varies = varies || stack[i].as<StringObject>()->varies;
        }
        if (!unknown) {
            m_state.willAllocate(size);
            std::string text;
            text.reserve(size);
            for (std::size_t i = first; i < stack.size(); ++i)
                text += stack[i].as<StringObject>()->text;
            unknown = m_state.newString(std::move(text), varies);
        }
        stack.resize(first);
        push(std::move(unknown));
        return;
    }
    default: { // BuildTemplate
        Arguments parts;
        parts.positional.push_back(pop());
        push(m_py.invoke(m_py.getAttribute(m_py.importModule("string.templatelib"), "_template"), std::move(parts)));
        return;
    }
    }
}

void Machine::importOperation(const Instruction &in)
{
    Frame *frame = m_state.frame;
    const Code *code = frame->code;
    StringObject *name = code->names[static_cast<std::size_t>(in.argument)];
    switch (in.op) {
    case Op::ImportName:
        push(importDotted(m_py, name->text, in.extra != 0, frame));
        return;
    case Op::ImportFrom: {
        const Value module = pop();
        const Instruction &operand = code->instructions[static_cast<std::size_t>(frame->pc++)];
        const std::string &dotted = code->names[static_cast<std::size_t>(operand.argument)]->text;
        Value found = findAttribute(m_py, module, name);
        if (!found && module.isKind(ObjectKind::Module)) {
            const std::string full = (dotted.starts_with('.') ? module.as<ModuleObject>()->name : dotted) + "." + name->text;
            Value sub = m_py.importModule(full);
            if (sub.isUnknown())
                found = m_py.unknown(StopKind::NotUnderstood,
                                     "the name '" + name->text + "' of the module '" + module.as<ModuleObject>()->name + "' is not known here", full);
            else
                found = std::move(sub);
        }
        push(found ? std::move(found) : m_py.getAttribute(module, name->text));
        return;
    }
    default: { // ImportStar
        const Value module = pop();
        if (module.isUnknown()) {
            m_state.unknownStars[frame->globals.object()].push_back(module);
            return;
        }
        auto *target = (frame->names ? frame->names : frame->globals).as<DictObject>();
        const Value all = findAttribute(m_py, module, m_state.word(Word::all));
        if (all && !all.isUnknown()) {
            for (const Value &item : m_py.toVector(all))
                dictInsert(m_py, target, item, getAttribute(m_py, module, m_state.intern(item)));
            return;
        }
        if (const auto *m = module.to<ModuleObject>()) {
            finishLateNames(m_py, m->globals);
            const auto entries = m->globals.as<DictObject>()->table.entries();
            for (const HashTable::Entry &e : entries)
                if (e.key.isString() && !e.key.as<StringObject>()->text.starts_with('_'))
                    dictInsert(m_py, target, e.key, e.value);
            const auto stars = m_state.unknownStars.find(m->globals.object());
            if (stars != m_state.unknownStars.end()) {
                const Values inherited = stars->second;
                Values &mine = m_state.unknownStars[frame->globals.object()];
                mine.insert(mine.end(), inherited.begin(), inherited.end());
            }
        }
        return;
    }
    }
}

} // namespace stillroom::python
