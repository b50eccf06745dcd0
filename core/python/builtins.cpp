// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

#include <algorithm>

/// The built-in functions (Python library reference, "Built-in Functions").
namespace stillroom::python {

namespace {

Value builtinAbs(Interpreter &py, const Value &, Arguments &a)
{
    const Value &v = onlyArgument(py, "abs", a);
    if (v.isUnknown())
        return v;
    Value result;
    if (!callSpecial(py, v, Word::abs, {}, result))
        raiseException(py, BuiltinClass::TypeError, "bad operand type for abs(): '" + py.className(v) + "'");
    return result;
}

Value allOrAny(Interpreter &py, const Value &source, bool wanted)
{
    bool found = false;
    forEach(py, source, [&](const Value &v) {
        found = py.truth(v) == wanted;
        return !found;
    });
    return Value::boolean(found == wanted);
}
Value builtinAll(Interpreter &py, const Value &, Arguments &a) { return allOrAny(py, onlyArgument(py, "all", a), false); }
Value builtinAny(Interpreter &py, const Value &, Arguments &a) { return allOrAny(py, onlyArgument(py, "any", a), true); }
Value builtinAscii(Interpreter &py, const Value &, Arguments &a) { return asciiOf(py, onlyArgument(py, "ascii", a)); }

Value inBase(Interpreter &py, const Value &given, int base, std::string_view prefix)
{
    if (given.isUnknown())
        return given;
    std::string text = integerText(py, indexValue(py, given), base);
    text.insert(text[0] == '-' ? 1 : 0, prefix);
    return py.string(text);
}
Value builtinBin(Interpreter &py, const Value &, Arguments &a) { return inBase(py, onlyArgument(py, "bin", a), 2, "0b"); }
Value builtinOct(Interpreter &py, const Value &, Arguments &a) { return inBase(py, onlyArgument(py, "oct", a), 8, "0o"); }
Value builtinHex(Interpreter &py, const Value &, Arguments &a) { return inBase(py, onlyArgument(py, "hex", a), 16, "0x"); }

Value builtinCallable(Interpreter &py, const Value &, Arguments &a)
{
    const Value &v = onlyArgument(py, "callable", a);
    return v.isUnknown() ? v : Value::boolean(py.isCallable(v));
}
Value builtinChr(Interpreter &py, const Value &, Arguments &a)
{
    const Value &v = onlyArgument(py, "chr", a);
    if (v.isUnknown())
        return v;
    const std::int64_t c = indexOf(py, v);
    if (c < 0 || c > 0x10ffff)
        raiseException(py, BuiltinClass::ValueError, "chr() arg not in range(0x110000)");
    std::string text;
    appendUtf8(text, static_cast<char32_t>(c));
    return py.string(text);
}
Value builtinOrd(Interpreter &py, const Value &, Arguments &a)
{
    const Value &given = onlyArgument(py, "ord", a);
    if (given.isUnknown())
        return given;
    const Value &v = plain(given);
    if (const auto *b = v.to<BytesObject>(); b && b->bytes.size() == 1)
        return Value::integer(static_cast<unsigned char>(b->bytes[0]));
    const auto *s = v.to<StringObject>();
    if (!s)
        raiseException(py, BuiltinClass::TypeError, "ord() expected string of length 1, but " + py.className(given) + " found");
    if (s->codePoints != 1)
        raiseException(py, BuiltinClass::TypeError, "ord() expected a character, but string of length " + std::to_string(s->codePoints) + " found");
    std::size_t i = 0;
    return Value::integer(nextCodePoint(s->text, i));
}

Value builtinDir(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "dir", a, 0, 1);
    if (a.positional.empty()) {
        Values names;
        for (const auto &[key, value] : py.dictEntries(localsOf(py)))
            names.push_back(key);
        Value list = py.list(std::move(names));
        sortValues(py, list.as<ListObject>()->items, {}, false);
        return list;
    }
    if (a.positional[0].isUnknown())
        return a.positional[0];
    Value result;
    if (!callSpecial(py, a.positional[0], Word::dir, {}, result))
        return py.list(attributeNames(py, a.positional[0]));
    Value list = py.list(py.toVector(result));
    sortValues(py, list.as<ListObject>()->items, {}, false);
    return list;
}

Value builtinDivmod(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "divmod", a, 2, 2);
    for (const bool reflected : {false, true}) {
        const Value &self = a.positional[reflected ? 1 : 0];
        Value result;
        if (self.isKind(ObjectKind::Instance)) {
            const Value method = py.findAttribute(py.classOf(self), reflected ? "__rdivmod__" : "__divmod__");
            if (method && !method.isKind(ObjectKind::NativeFunction)) {
                result = callFunction(py, method, {{self, a.positional[reflected ? 0 : 1]}, {}});
                if (!result.isSame(py.state().notImplemented))
                    return result;
            }
        }
    }
    const Value q = binaryOperation(py, BinaryOperator::FloorDivide, a.positional[0], a.positional[1]);
    const Value r = binaryOperation(py, BinaryOperator::Modulo, a.positional[0], a.positional[1]);
    return q.isUnknown() ? q : py.tuple({q, r});
}
Value builtinFormat(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "format", a, 1, 2);
    return formatValue(py, a.positional[0], a.positional.size() > 1 ? a.positional[1] : py.state().emptyString);
}

/// Empty where getting the attribute raises AttributeError, as a property's own code may.
Value attributeOrNothing(Interpreter &py, const Value &object, StringObject *name)
{
    try {
        return findAttribute(py, object, name);
    } catch (const Raised &raised) {
        if (!isBuiltin(py, raised.exception, BuiltinClass::AttributeError))
            throw;
        return {};
    }
}

Value builtinGetattr(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "getattr", a, 2, 3);
    if (a.positional[1].isUnknown())
        return a.positional[1];
    StringObject *name = py.state().intern(a.positional[1]);
    if (a.positional.size() == 2)
        return getAttribute(py, a.positional[0], name);
    Value v = attributeOrNothing(py, a.positional[0], name);
    return v ? v : a.positional[2];
}
Value builtinHasattr(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "hasattr", a, 2, 2);
    for (const Value &v : a.positional)
        if (v.isUnknown())
            return v;
    return Value::boolean(static_cast<bool>(attributeOrNothing(py, a.positional[0], py.state().intern(a.positional[1]))));
}
Value builtinSetattr(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "setattr", a, 3, 3);
    py.known(a.positional[1]);
    setAttribute(py, a.positional[0], py.state().intern(a.positional[1]), a.positional[2]);
    return Value::none();
}
Value builtinDelattr(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "delattr", a, 2, 2);
    py.known(a.positional[1]);
    deleteAttribute(py, a.positional[0], py.state().intern(a.positional[1]));
    return Value::none();
}
Value builtinGlobals(Interpreter &py, const Value &, Arguments &) { return py.globalsOfCaller(); }
Value builtinLocals(Interpreter &py, const Value &, Arguments &) { return localsOf(py); }
Value builtinVars(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "vars", a, 0, 1);
    if (a.positional.empty())
        return localsOf(py);
    if (a.positional[0].isUnknown())
        return a.positional[0];
    Value d = findAttribute(py, a.positional[0], py.state().word(Word::dict));
    if (!d)
        raiseException(py, BuiltinClass::TypeError, "vars() argument must have __dict__ attribute");
    return d;
}
Value builtinHash(Interpreter &py, const Value &, Arguments &a)
{
    const Value &key = onlyArgument(py, "hash", a);
    std::uint64_t hash = py.hash(key);
    if (py.state().runsProjectCode() && !hasSettledHash(key)) {
        py.noteClock();
        hash ^= static_cast<std::uint64_t>(py.otherRun()) * 0x5851f42d4c957f2du;
    }
    return Value::integer(static_cast<std::int64_t>(hash));
}
Value builtinId(Interpreter &py, const Value &, Arguments &a)
{
    std::uint64_t id = objectId(py, onlyArgument(py, "id", a));
    if (py.state().runsProjectCode()) {
        py.noteClock();
        id += static_cast<std::uint64_t>(py.otherRun()) * 0x10010;
    }
    return Value::integer(static_cast<std::int64_t>(id));
}
Value builtinIsinstance(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "isinstance", a, 2, 2);
    return isInstanceValue(py, a.positional[0], a.positional[1], false);
}
Value builtinIssubclass(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "issubclass", a, 2, 2);
    return isInstanceValue(py, a.positional[0], a.positional[1], true);
}

Value builtinIter(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "iter", a, 1, 2);
    if (a.positional.size() == 1)
        return iteratorOf(py, a.positional[0]);
    const Value function = a.positional[0];
    const Value sentinel = a.positional[1];
    if (!py.isCallable(function))
        raiseException(py, BuiltinClass::TypeError, "iter(v, w): v must be callable");
    return nativeIterator(
        py, BuiltinClass::Iterator,
        [function, sentinel](Interpreter &p, Value &out) {
            out = callFunction(p, function, {});
            return !p.equals(out, sentinel);
        },
        function);
}
Value builtinNext(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "next", a, 1, 2);
    py.known(a.positional[0], "iterated over");
    const Value &it = a.positional[0];
    if (!it.isKind(ObjectKind::Iterator) && !it.isKind(ObjectKind::Generator) && !specialMethod(py, it, Word::next))
        raiseException(py, BuiltinClass::TypeError, "'" + py.className(it) + "' object is not an iterator");
    Value out;
    if (nextOf(py, it, out))
        return out;
    if (a.positional.size() > 1)
        return a.positional[1];
    raiseValue(py, BuiltinClass::StopIteration, out && !out.isNone() && !it.isKind(ObjectKind::Iterator) ? Values{out} : Values{});
}
Value builtinAiter(Interpreter &py, const Value &, Arguments &a) { return py.invokeMethod(onlyArgument(py, "aiter", a), "__aiter__"); }
Value builtinAnext(Interpreter &py, const Value &, Arguments &a) { return py.invokeMethod(onlyArgument(py, "anext", a), "__anext__"); }

Value builtinLen(Interpreter &py, const Value &, Arguments &a)
{
    const Value &v = onlyArgument(py, "len", a);
    return v.isUnknown() ? v : Value::integer(py.length(v));
}

Value extreme(Interpreter &py, Arguments &a, std::string_view name, bool largest)
{
    const Value key = a.take("key");
    const Value otherwise = a.take("default");
    if (!a.keywords.empty())
        raiseException(py, BuiltinClass::TypeError, std::string(name) + "() got an unexpected keyword argument '" + a.keywords[0].first + "'");
    if (a.positional.empty())
        raiseException(py, BuiltinClass::TypeError, std::string(name) + " expected at least 1 argument, got 0");
    Value best;
    Value bestKey;
    const auto look = [&](const Value &v) {
        const Value k = key && !key.isNone() ? callFunction(py, key, {{v}, {}}) : v;
        if (!best || (largest ? py.truth(compareValues(py, ComparisonOperator::Greater, k, bestKey)) : lessThan(py, k, bestKey))) {
            best = v;
            bestKey = k;
        }
        return true;
    };
    if (a.positional.size() == 1) {
        forEach(py, a.positional[0], look);
        if (!best && otherwise)
            return otherwise;
        if (!best)
            raiseException(py, BuiltinClass::ValueError, std::string(name) + "() arg is an empty sequence");
        return best;
    }
    for (const Value &v : a.positional)
        look(v);
    return best;
}
Value builtinMax(Interpreter &py, const Value &, Arguments &a) { return extreme(py, a, "max", true); }
Value builtinMin(Interpreter &py, const Value &, Arguments &a) { return extreme(py, a, "min", false); }

Value builtinPow(Interpreter &py, const Value &, Arguments &a)
{
    const ArgumentReader r(py, "pow", a, {"base", "exp", "mod="});
    if (!r.has("mod") || r["mod"].isNone())
        return binaryOperation(py, BinaryOperator::Power, r["base"], r["exp"]);
    if (!isInteger(plain(r["base"])) || !isInteger(plain(r["exp"])) || !isInteger(plain(r["mod"])))
        raiseException(py, BuiltinClass::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
    return integerPowerModulo(py, plain(r["base"]), plain(r["exp"]), plain(r["mod"]));
}

Value builtinPrint(Interpreter &py, const Value &, Arguments &a)
{
    const Value separator = a.take("sep");
    const Value end = a.take("end");
    const Value file = a.take("file");
    static_cast<void>(a.take("flush"));
    if (!a.keywords.empty())
        raiseException(py, BuiltinClass::TypeError, "'" + a.keywords.front().first + "' is an invalid keyword argument for print()");
    for (const auto &[name, given] : {std::pair{"sep", separator}, std::pair{"end", end}})
        if (given && !given.isNone() && !given.isUnknown() && !plain(given).isString())
            raiseException(py, BuiltinClass::TypeError, std::string(name) + " must be None or a string, not " + py.className(given));
    const auto text = [&](const Value &v) {
        const Value s = strOf(py, v);
        return s.isUnknown() ? "<" + s.as<UnknownObject>()->reason + ">" : s.as<StringObject>()->text;
    };
    std::string out;
    for (std::size_t i = 0; i < a.positional.size(); ++i) {
        if (i > 0)
            out += separator && !separator.isNone() ? text(separator) : " ";
        out += text(a.positional[i]);
    }
    out += end && !end.isNone() ? text(end) : "\n";
    if (file && !file.isNone() && !file.isUnknown()) {
        static_cast<void>(py.invokeMethod(file, "write", {py.string(out)}));
        return Value::none();
    }
    py.writeOutput(out);
    return Value::none();
}

Value builtinRepr(Interpreter &py, const Value &, Arguments &a) { return reprOf(py, onlyArgument(py, "repr", a)); }
Value builtinRound(Interpreter &py, const Value &, Arguments &a)
{
    const ArgumentReader r(py, "round", a, {"number", "ndigits="});
    return roundValue(py, r["number"], r["ndigits"]);
}
Value builtinSorted(Interpreter &py, const Value &, Arguments &a)
{
    const ArgumentReader r(py, "sorted", a, {"iterable", "*", "key=", "reverse="});
    Values items = py.toVector(r["iterable"]);
    sortValues(py, items, r["key"], r.has("reverse") && py.truth(r["reverse"]));
    return py.list(std::move(items));
}
Value builtinSum(Interpreter &py, const Value &, Arguments &a)
{
    const ArgumentReader r(py, "sum", a, {"iterable", "start="});
    Value total = r.has("start") ? r["start"] : Value::integer(0);
    if (total.isString())
        raiseException(py, BuiltinClass::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
    forEach(py, r["iterable"], [&](const Value &v) {
        total = binaryOperation(py, BinaryOperator::Add, total, v);
        return true;
    });
    return total;
}
Value builtinImport(Interpreter &py, const Value &, Arguments &a)
{
    const ArgumentReader r(py, "__import__", a, {"name", "globals=", "locals=", "fromlist=", "level="});
    if (r["name"].isUnknown())
        return r["name"];
    const bool leaf = r.has("fromlist") && py.truth(r["fromlist"]);
    return importDotted(py, py.str(r["name"]), leaf, py.state().frame);
}
Value builtinBuildClass(Interpreter &py, const Value &, Arguments &) { py.stop(StopKind::NotUnderstood, "__build_class__() is not evaluated"); }

struct Entry {
    std::string_view name;
    NativePointer function;
};
constexpr Entry kFunctions[] = {
    {"abs", builtinAbs},
    {"all", builtinAll},
    {"any", builtinAny},
    {"ascii", builtinAscii},
    {"bin", builtinBin},
    {"callable", builtinCallable},
    {"chr", builtinChr},
    {"delattr", builtinDelattr},
    {"dir", builtinDir},
    {"divmod", builtinDivmod},
    {"format", builtinFormat},
    {"getattr", builtinGetattr},
    {"globals", builtinGlobals},
    {"hasattr", builtinHasattr},
    {"hash", builtinHash},
    {"hex", builtinHex},
    {"id", builtinId},
    {"isinstance", builtinIsinstance},
    {"issubclass", builtinIssubclass},
    {"iter", builtinIter},
    {"len", builtinLen},
    {"locals", builtinLocals},
    {"max", builtinMax},
    {"min", builtinMin},
    {"next", builtinNext},
    {"oct", builtinOct},
    {"ord", builtinOrd},
    {"pow", builtinPow},
    {"print", builtinPrint},
    {"repr", builtinRepr},
    {"round", builtinRound},
    {"setattr", builtinSetattr},
    {"sorted", builtinSorted},
    {"sum", builtinSum},
    {"vars", builtinVars},
    {"__import__", builtinImport},
    {"__build_class__", builtinBuildClass},
    {"aiter", builtinAiter},
    {"anext", builtinAnext},
};
/// Builtins that would reach outside, or that hold what is not there.
constexpr std::pair<std::string_view, std::string_view> kRefused[] = {
    {"open", "open() reads a file, and no file can be read here"},
    {"input", "input() asks the person who runs the script"},
    {"exec", "exec() runs code that is made at run time"},
    {"eval", "eval() runs code that is made at run time"},
    {"compile", "compile() makes code at run time"},
    {"breakpoint", "breakpoint() starts a debugger"},
};

} // namespace

/// locals(): in a function a copy, in a class body or module the names themselves.
Value localsOf(Interpreter &py)
{
    const Frame *frame = py.state().frame;
    if (!frame)
        return py.dict();
    if (frame->names)
        return frame->names;
    if (frame->code->isModule)
        return frame->globals;
    const Value d = py.dict();
    const auto add = [&](StringObject *name, const Value &slot) {
        const Value v = slot.isKind(ObjectKind::Cell) ? slot.as<CellObject>()->content : slot;
        if (name && v && name->text[0] != '.')
            dictInsertName(py, d.as<DictObject>(), name, v);
    };
    for (std::size_t i = 0; i < frame->code->locals.size(); ++i)
        add(frame->code->locals[i], frame->locals[i]);
    for (std::size_t i = 0; i < frame->code->freeNames.size(); ++i)
        if (frame->code->freeNames[i] != py.state().word(Word::class_))
            add(frame->code->freeNames[i], frame->locals[frame->code->locals.size() + i]);
    return d;
}

Value Interpreter::State::findBuiltin(StringObject *name)
{
    if (const Value *v = builtins->table.findName(name, nameHash(name)))
        return *v;
    const Sharing sharing(*this);
    const std::string &text = name->text;
    Value made;
    if (const auto id = builtinClassNamed(text)) {
        made = classValue(*id);
    } else if (text == "NotImplemented") {
        made = notImplemented;
    } else if (text == "Ellipsis") {
        made = ellipsis;
    } else if (text == "memoryview") {
        made = makeMemoryViewClass(py);
    } else if (text == "__debug__") {
        made = Value::boolean(true);
    } else if (text == "__builtins__") {
        made = py.module("builtins", [](Interpreter &p, const std::string &attribute) { return p.builtin(attribute); });
    } else if (const auto *f = std::find_if(std::begin(kFunctions), std::end(kFunctions), [&](const Entry &e) { return e.name == text; });
               f != std::end(kFunctions)) {
        made = makeNative(py, f->name, f->function, false);
    } else if (const auto *r = std::find_if(std::begin(kRefused), std::end(kRefused), [&](const auto &e) { return e.first == text; });
               r != std::end(kRefused)) {
        const std::string reason(r->second);
        made =
            makeNative(py, text, [reason](Interpreter &p, const Value &, Arguments &) -> Value { p.stop(StopKind::NotUnderstood, reason); }, false);
    }
    if (made)
        dictInsertName(py, builtins, name, made);
    return made;
}

} // namespace stillroom::python
