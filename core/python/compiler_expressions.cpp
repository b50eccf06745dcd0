// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"
#include "python/integers.h"

#include <charconv>
#include <limits>

namespace stillroom::python {

namespace {
constexpr int kNestingLimit = 900;

double floatLiteral(std::string_view text)
{
    double d = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), d);
    if (code == std::errc::result_out_of_range) {
        // too large is inf, too small is zero
        const auto e = text.find_first_of("eE");
        const bool small = e != std::string_view::npos && e + 1 < text.size() && text[e + 1] == '-';
        return small ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return d;
}

struct Nesting {
    explicit Nesting(int &d) : depth(d) { ++depth; }
    ~Nesting() { --depth; }
    Nesting(const Nesting &) = delete;
    Nesting &operator=(const Nesting &) = delete;
    int &depth;
};
} // namespace

void Compiler::loadLiteral(const Constant &c)
{
    switch (c.constant) {
    case ConstantKind::None:
        loadNone();
        return;
    case ConstantKind::True:
        loadConstant(Value::boolean(true));
        return;
    case ConstantKind::False:
        loadConstant(Value::boolean(false));
        return;
    case ConstantKind::Ellipsis:
        loadConstant(m_state.ellipsis);
        return;
    case ConstantKind::Integer: {
        const auto value = integerParse(m_py, c.text, 0);
        if (!value)
            refuse("the number " + std::string(c.text) + " cannot be read");
        loadConstant(*value);
        return;
    }
    case ConstantKind::Float:
        loadConstant(m_state.newFloat(floatLiteral(c.text)));
        return;
    case ConstantKind::Imaginary:
        loadConstant(Value::fromObject(m_state.make<ComplexObject>(0.0, floatLiteral(c.text))));
        return;
    case ConstantKind::String:
        if (c.text.size() <= 24)
            loadConstant(Value::fromObject(m_state.intern(c.text)));
        else
            loadConstant(m_state.newString(std::string(c.text)));
        return;
    case ConstantKind::Bytes:
        loadConstant(Value::fromObject(m_state.make<BytesObject>(std::string(c.text))));
        return;
    }
}

void Compiler::expression(const Expression *e)
{
    const Nesting nesting(m_depth);
    if (m_depth > kNestingLimit)
        refuse("the expression is nested too deeply to be evaluated");
    switch (e->kind) {
    case ExpressionKind::Constant:
        m_line = e->position.line;
        loadLiteral(*static_cast<const Constant *>(e));
        return;
    case ExpressionKind::Name:
        m_line = e->position.line;
        access(static_cast<const Name *>(e)->id, Access::Load);
        return;
    case ExpressionKind::Attribute: {
        const auto *a = static_cast<const Attribute *>(e);
        expression(a->object);
        m_line = e->position.line;
        emit(Op::LoadAttribute, name(a->name));
        return;
    }
    case ExpressionKind::Subscript: {
        const auto *s = static_cast<const Subscript *>(e);
        expression(s->object);
        expression(s->index);
        m_line = e->position.line;
        emit(Op::LoadItem);
        return;
    }
    case ExpressionKind::Slice: {
        const auto *s = static_cast<const Slice *>(e);
        for (const Expression *part : {s->lower, s->upper, s->step}) {
            if (part)
                expression(part);
            else
                loadNone();
        }
        emit(Op::BuildSlice);
        return;
    }
    case ExpressionKind::Call:
        call(*static_cast<const Call *>(e));
        return;
    case ExpressionKind::BinaryOperation: {
        std::vector<const BinaryOperation *> spine; // long sums are deep on the left
        while (e->kind == ExpressionKind::BinaryOperation) {
            spine.push_back(static_cast<const BinaryOperation *>(e));
            e = spine.back()->left;
        }
        expression(e);
        for (auto it = spine.rbegin(); it != spine.rend(); ++it) {
            expression((*it)->right);
            m_line = (*it)->position.line;
            emit(Op::Binary, static_cast<std::int32_t>((*it)->op));
        }
        return;
    }
    case ExpressionKind::UnaryOperation: {
        const auto *u = static_cast<const UnaryOperation *>(e);
        expression(u->operand);
        m_line = e->position.line;
        switch (u->op) {
        case UnaryOperator::Not:
            emit(Op::Not);
            return;
        case UnaryOperator::Plus:
            emit(Op::Plus);
            return;
        case UnaryOperator::Minus:
            emit(Op::Minus);
            return;
        case UnaryOperator::Invert:
            emit(Op::Invert);
            return;
        }
        return;
    }
    case ExpressionKind::BooleanOperation:
        booleanOperation(*static_cast<const BooleanOperation *>(e));
        return;
    case ExpressionKind::Comparison:
        comparison(*static_cast<const Comparison *>(e));
        return;
    case ExpressionKind::Conditional: {
        const auto *c = static_cast<const Conditional *>(e);
        expression(c->test);
        const auto otherwise = jump(Op::JumpIfFalse);
        expression(c->body);
        const auto end = jump(Op::Jump);
        land(otherwise);
        expression(c->otherwise);
        land(end);
        return;
    }
    case ExpressionKind::Lambda:
        lambda(*static_cast<const Lambda *>(e));
        return;
    case ExpressionKind::Tuple:
    case ExpressionKind::List:
    case ExpressionKind::Set:
        sequence(*static_cast<const Sequence *>(e));
        return;
    case ExpressionKind::Dict:
        dict(*static_cast<const Dict *>(e));
        return;
    case ExpressionKind::ListComprehension:
    case ExpressionKind::SetComprehension:
    case ExpressionKind::DictComprehension:
    case ExpressionKind::Generator:
        comprehension(*static_cast<const Comprehension *>(e));
        return;
    case ExpressionKind::Starred:
        refuse("a starred expression stands where none can stand");
    case ExpressionKind::NamedExpression: {
        const auto *n = static_cast<const NamedExpression *>(e);
        expression(n->value);
        emit(Op::Duplicate);
        access(n->target->id, Access::Store);
        return;
    }
    case ExpressionKind::Await:
        expression(static_cast<const Await *>(e)->value);
        awaitTop();
        return;
    case ExpressionKind::Yield: {
        const auto *y = static_cast<const Yield *>(e);
        if (y->value)
            expression(y->value);
        else
            loadNone();
        emit(Op::Yield);
        return;
    }
    case ExpressionKind::YieldFrom:
        expression(static_cast<const YieldFrom *>(e)->value);
        emit(Op::GetIterator);
        loadNone();
        emit(Op::YieldFrom);
        return;
    case ExpressionKind::FormattedString:
        formattedString(*static_cast<const FormattedString *>(e));
        return;
    case ExpressionKind::FormattedValue:
        formattedValue(*static_cast<const FormattedValue *>(e));
        return;
    }
}

void Compiler::awaitTop()
{
    emit(Op::GetAwaitable);
    loadNone();
    emit(Op::YieldFrom);
}

void Compiler::store(const Expression *target)
{
    m_line = target->position.line;
    switch (target->kind) {
    case ExpressionKind::Name:
        access(static_cast<const Name *>(target)->id, Access::Store);
        return;
    case ExpressionKind::Attribute: {
        const auto *a = static_cast<const Attribute *>(target);
        expression(a->object);
        emit(Op::StoreAttribute, name(a->name));
        return;
    }
    case ExpressionKind::Subscript: {
        const auto *s = static_cast<const Subscript *>(target);
        expression(s->object);
        expression(s->index);
        emit(Op::StoreItem);
        return;
    }
    case ExpressionKind::Tuple:
    case ExpressionKind::List: {
        const ExpressionList elements = static_cast<const Sequence *>(target)->elements;
        std::size_t star = elements.size();
        for (std::size_t i = 0; i < elements.size(); ++i)
            if (elements[i]->kind == ExpressionKind::Starred)
                star = i;
        if (star == elements.size()) {
            emit(Op::Unpack, static_cast<std::int32_t>(elements.size()));
        } else {
            const std::size_t after = elements.size() - star - 1;
            if (star > 0x7fff || after > 0x7fff)
                refuse("too many targets in an assignment");
            emit(Op::UnpackStarred, static_cast<std::int32_t>(star | after << 16));
        }
        for (const Expression *element : elements)
            store(element->kind == ExpressionKind::Starred ? static_cast<const Starred *>(element)->value : element);
        return;
    }
    case ExpressionKind::Starred:
        store(static_cast<const Starred *>(target)->value);
        return;
    case ExpressionKind::Constant:
    case ExpressionKind::Slice:
    case ExpressionKind::Call:
    case ExpressionKind::BinaryOperation:
    case ExpressionKind::UnaryOperation:
    case ExpressionKind::BooleanOperation:
    case ExpressionKind::Comparison:
    case ExpressionKind::Conditional:
    case ExpressionKind::Lambda:
    case ExpressionKind::Set:
    case ExpressionKind::Dict:
    case ExpressionKind::ListComprehension:
    case ExpressionKind::SetComprehension:
    case ExpressionKind::DictComprehension:
    case ExpressionKind::Generator:
    case ExpressionKind::NamedExpression:
    case ExpressionKind::Await:
    case ExpressionKind::Yield:
    case ExpressionKind::YieldFrom:
    case ExpressionKind::FormattedString:
    case ExpressionKind::FormattedValue:
        refuse("something is assigned to that cannot be assigned to");
    }
}

void Compiler::spreadArguments(ExpressionList arguments, std::span<const Keyword> keywords)
{
    emit(Op::BuildList, 0);
    for (const Expression *a : arguments) {
        if (a->kind == ExpressionKind::Starred) {
            expression(static_cast<const Starred *>(a)->value);
            emit(Op::ListExtend, 1);
        } else {
            expression(a);
            emit(Op::AppendTo, 1);
        }
    }
    emit(Op::ListToTuple);
    emit(Op::BuildDict, 0);
    for (const Keyword &k : keywords) {
        if (k.name.empty()) {
            expression(k.value);
            emit(Op::DictMerge);
        } else {
            loadConstant(Value::fromObject(m_state.intern(k.name)));
            expression(k.value);
            emit(Op::PutInto, 1, 1);
        }
    }
}

void Compiler::call(const Call &e)
{
    bool spread = e.arguments.size() + e.keywords.size() > 200;
    for (const Expression *a : e.arguments)
        spread = spread || a->kind == ExpressionKind::Starred;
    for (const Keyword &k : e.keywords)
        spread = spread || k.name.empty();
    if (spread) {
        expression(e.function);
        spreadArguments(e.arguments, e.keywords);
        m_line = e.position.line;
        emit(Op::CallSpread);
        return;
    }
    const bool isMethod = e.function->kind == ExpressionKind::Attribute;
    if (isMethod) {
        const auto *a = static_cast<const Attribute *>(e.function);
        expression(a->object);
        m_line = e.position.line;
        emit(Op::LoadMethod, name(a->name));
    } else {
        expression(e.function);
    }
    for (const Expression *a : e.arguments)
        expression(a);
    for (const Keyword &k : e.keywords)
        expression(k.value);
    const auto count = static_cast<std::int32_t>(e.arguments.size() + e.keywords.size());
    m_line = e.position.line;
    if (e.keywords.empty()) {
        emit(isMethod ? Op::CallMethod : Op::Call, count);
        return;
    }
    Values names;
    names.reserve(e.keywords.size());
    for (const Keyword &k : e.keywords)
        names.push_back(Value::fromObject(m_state.intern(k.name)));
    m_code.keywordNames.push_back(std::move(names));
    const std::size_t index = m_code.keywordNames.size() - 1;
    if (index > 0x7fffff)
        refuse("the function has more calls than can be evaluated");
    emit(isMethod ? Op::CallMethodKeywords : Op::CallKeywords, static_cast<std::int32_t>(index), static_cast<std::uint8_t>(count));
}

void Compiler::comparison(const Comparison &e)
{
    expression(e.left);
    std::vector<std::int32_t> shortcuts;
    for (std::size_t i = 0; i < e.ops.size(); ++i) {
        expression(e.comparators[i]);
        const bool last = i + 1 == e.ops.size();
        if (!last) {
            emit(Op::Duplicate);
            emit(Op::RotateThree);
        }
        m_line = e.position.line;
        emit(Op::Compare, static_cast<std::int32_t>(e.ops[i]));
        if (!last)
            shortcuts.push_back(jump(Op::JumpIfFalseOrPop));
    }
    if (shortcuts.empty())
        return;
    const auto end = jump(Op::Jump);
    for (const auto s : shortcuts)
        land(s);
    emit(Op::RotateTwo);
    emit(Op::Pop);
    land(end);
}

void Compiler::booleanOperation(const BooleanOperation &e)
{
    std::vector<std::int32_t> shortcuts;
    for (std::size_t i = 0; i < e.values.size(); ++i) {
        expression(e.values[i]);
        if (i + 1 < e.values.size())
            shortcuts.push_back(jump(e.op == BooleanOperator::And ? Op::JumpIfFalseOrPop : Op::JumpIfTrueOrPop));
    }
    for (const auto s : shortcuts)
        land(s);
}

void Compiler::formattedString(const FormattedString &e)
{
    if (e.isTemplate) {
        templateString(e);
        return;
    }
    formattedText(e);
}

/// PEP 750: texts, and for each field a tuple of what an Interpolation holds.
void Compiler::templateString(const FormattedString &e)
{
    std::int32_t count = 0;
    for (const Expression *part : e.parts) {
        if (part->kind != ExpressionKind::FormattedValue) {
            expression(part);
            ++count;
            continue;
        }
        const auto &field = static_cast<const FormattedValue &>(*part);
        if (!field.debugText.empty()) {
            loadConstant(m_state.newString(std::string(field.debugText)));
            ++count;
        }
        expression(field.value);
        loadConstant(m_state.newString(std::string(field.sourceText)));
        if (field.conversion)
            loadConstant(m_state.newString(std::string(1, field.conversion)));
        else
            loadNone();
        if (field.formatSpec)
            formattedText(static_cast<const FormattedString &>(*field.formatSpec));
        else
            loadConstant(m_state.emptyString);
        emit(Op::BuildTuple, 4);
        ++count;
    }
    emit(Op::BuildTuple, count);
    emit(Op::BuildTemplate);
}

void Compiler::formattedText(const FormattedString &e)
{
    std::int32_t count = 0;
    for (const Expression *part : e.parts) {
        if (part->kind == ExpressionKind::FormattedValue) {
            const std::string_view debug = static_cast<const FormattedValue *>(part)->debugText;
            if (!debug.empty()) {
                loadConstant(m_state.newString(std::string(debug)));
                ++count;
            }
        }
        expression(part);
        ++count;
    }
    emit(Op::BuildText, count);
}

void Compiler::formattedValue(const FormattedValue &e)
{
    expression(e.value);
    char conversion = e.conversion;
    if (!conversion && !e.debugText.empty() && !e.formatSpec)
        conversion = 'r';
    if (e.formatSpec)
        expression(e.formatSpec);
    m_line = e.position.line;
    emit(Op::Format, e.formatSpec ? 1 : 0, static_cast<std::uint8_t>(conversion));
}

void Compiler::sequence(const Sequence &e)
{
    bool starred = e.elements.size() > 1000;
    for (const Expression *element : e.elements)
        starred = starred || element->kind == ExpressionKind::Starred;
    if (!starred) {
        for (const Expression *element : e.elements)
            expression(element);
        emit(e.kind == ExpressionKind::Tuple  ? Op::BuildTuple
             : e.kind == ExpressionKind::List ? Op::BuildList
                                              : Op::BuildSet,
             static_cast<std::int32_t>(e.elements.size()));
        return;
    }
    const bool isSet = e.kind == ExpressionKind::Set;
    emit(isSet ? Op::BuildSet : Op::BuildList, 0);
    for (const Expression *element : e.elements) {
        if (element->kind == ExpressionKind::Starred) {
            expression(static_cast<const Starred *>(element)->value);
            emit(isSet ? Op::SetUpdate : Op::ListExtend, 1);
        } else {
            expression(element);
            emit(isSet ? Op::AddTo : Op::AppendTo, 1);
        }
    }
    if (e.kind == ExpressionKind::Tuple)
        emit(Op::ListToTuple);
}

void Compiler::dict(const Dict &e)
{
    emit(Op::BuildDict, 0);
    for (const DictEntry &entry : e.entries) {
        if (entry.key) {
            expression(entry.key);
            expression(entry.value);
            emit(Op::PutInto, 1);
        } else {
            expression(entry.value);
            emit(Op::DictUpdate);
        }
    }
}

void Compiler::lambda(const Lambda &e)
{
    m_line = e.position.line;
    Code &code = newCode(m_state.intern("<lambda>"), "<lambda>", &e);
    code.lambda = &e;
    code.parameters = &e.parameters;
    makeFunction(code, &e.parameters);
}

void Compiler::comprehension(const Comprehension &e)
{
    m_line = e.position.line;
    const std::string_view display = e.kind == ExpressionKind::ListComprehension   ? "<listcomp>"
                                     : e.kind == ExpressionKind::SetComprehension  ? "<setcomp>"
                                     : e.kind == ExpressionKind::DictComprehension ? "<dictcomp>"
                                                                                   : "<genexpr>";
    Code &code = newCode(m_state.intern(display), display, &e);
    code.comprehension = &e;
    makeFunction(code, nullptr);
    expression(e.clauses[0].iterable);
    emit(e.clauses[0].isAsync ? Op::GetAsyncIterator : Op::GetIterator);
    m_line = e.position.line;
    emit(Op::Call, 1);
    bool async = false;
    for (const ComprehensionClause &c : e.clauses)
        async = async || c.isAsync;
    if (async && e.kind != ExpressionKind::Generator)
        awaitTop();
}

void Compiler::comprehensionBody()
{
    const Comprehension &e = *m_code.comprehension;
    constexpr std::size_t kMostClauses = 500; // each stands in the one before it
    if (e.clauses.size() > kMostClauses)
        refuse("a comprehension has more than the " + std::to_string(kMostClauses) + " for clauses that can be evaluated");
    const std::int32_t result = hiddenLocal();
    switch (e.kind) {
    case ExpressionKind::ListComprehension:
        emit(Op::BuildList, 0);
        emit(Op::StoreFast, result);
        break;
    case ExpressionKind::SetComprehension:
        emit(Op::BuildSet, 0);
        emit(Op::StoreFast, result);
        break;
    case ExpressionKind::DictComprehension:
        emit(Op::BuildDict, 0);
        emit(Op::StoreFast, result);
        break;
    default:
        break;
    }
    comprehensionClause(e, 0, result);
    if (e.kind == ExpressionKind::Generator)
        loadNone();
    else
        emit(Op::LoadFast, result);
    emit(Op::Return);
}

void Compiler::comprehensionClause(const Comprehension &e, std::size_t index, std::int32_t result)
{
    if (index == e.clauses.size()) {
        switch (e.kind) {
        case ExpressionKind::ListComprehension:
        case ExpressionKind::SetComprehension:
            emit(Op::LoadFast, result);
            expression(e.element);
            emit(e.kind == ExpressionKind::ListComprehension ? Op::AppendTo : Op::AddTo, 1);
            emit(Op::Pop);
            return;
        case ExpressionKind::DictComprehension:
            emit(Op::LoadFast, result);
            expression(e.element);
            expression(e.value);
            emit(Op::PutInto, 1);
            emit(Op::Pop);
            return;
        default:
            expression(e.element);
            emit(Op::Yield);
            emit(Op::Pop);
            return;
        }
    }
    const ComprehensionClause &clause = e.clauses[index];
    if (index == 0) {
        emit(Op::LoadFast, 0);
    } else {
        expression(clause.iterable);
        emit(clause.isAsync ? Op::GetAsyncIterator : Op::GetIterator);
    }
    BlockEntry block{clause.isAsync ? BlockEntry::Sort::AsyncFor : BlockEntry::Sort::For};
    block.outerHandler = m_handler;
    m_blocks.push_back(block);
    const std::int32_t start = here();
    std::int32_t end = -1;
    std::int16_t handler = -1;
    if (clause.isAsync) {
        handler = newHandler();
        m_handler = handler;
        emit(Op::AsyncNext);
        awaitTop();
        m_handler = block.outerHandler;
    } else {
        end = jump(Op::ForIterator);
    }
    store(clause.target);
    std::vector<std::int32_t> skips;
    for (const Expression *condition : clause.conditions) {
        expression(condition);
        skips.push_back(jump(Op::JumpIfFalse));
    }
    comprehensionClause(e, index + 1, result);
    for (const auto s : skips)
        land(s);
    emit(Op::JumpBack, start);
    m_blocks.pop_back();
    if (clause.isAsync) {
        startHandler(handler);
        loadConstant(Value::fromObject(m_state.cls(BuiltinClass::StopAsyncIteration)));
        emit(Op::MatchesException);
        const auto ended = jump(Op::JumpIfTrue);
        emit(Op::Reraise);
        land(ended);
        emit(Op::PopHandled);
        emit(Op::Pop);
    } else {
        land(end);
    }
}

} // namespace stillroom::python
