// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <algorithm>

/// Exceptions (Python library reference, "Built-in Exceptions"; Python reference, "The raise statement").
namespace stillroom::python {

ExceptionPayload *exceptionOf(const Value &exception) { return Interpreter::payloadAs<ExceptionPayload>(exception); }

namespace {

/// OSError(errno, …) makes the subclass of that error number (PEP 3151; Linux's numbers).
std::optional<BuiltinClass> classOfErrorNumber(std::int64_t number)
{
    switch (number) {
    case 1:
    case 13:
        return BuiltinClass::PermissionError;
    case 2:
        return BuiltinClass::FileNotFoundError;
    case 3:
        return BuiltinClass::ProcessLookupError;
    case 4:
        return BuiltinClass::InterruptedError;
    case 10:
        return BuiltinClass::ChildProcessError;
    case 11:
        return BuiltinClass::BlockingIOError;
    case 17:
        return BuiltinClass::FileExistsError;
    case 20:
        return BuiltinClass::NotADirectoryError;
    case 21:
        return BuiltinClass::IsADirectoryError;
    case 32:
        return BuiltinClass::BrokenPipeError;
    case 103:
        return BuiltinClass::ConnectionAbortedError;
    case 104:
        return BuiltinClass::ConnectionResetError;
    case 110:
        return BuiltinClass::TimeoutError;
    case 111:
        return BuiltinClass::ConnectionRefusedError;
    default:
        return std::nullopt;
    }
}

Value constructException(Interpreter &py, const Value &given, Arguments &arguments)
{
    Value cls = given;
    if (cls.as<ClassObject>()->builtin == BuiltinClass::OSError && arguments.positional.size() >= 2 && arguments.positional[0].isSmallInteger())
        if (const auto special = classOfErrorNumber(arguments.positional[0].smallInteger()))
            cls = py.state().classValue(*special);
    Value exception = py.instance(cls);
    exceptionOf(exception)->arguments = py.tuple(arguments.positional);
    return exception;
}

const Values &argumentsOf(const Value &exception)
{
    static const Values none;
    const ExceptionPayload *p = exceptionOf(exception);
    return p && p->arguments.isKind(ObjectKind::Tuple) ? p->arguments.as<TupleObject>()->items : none;
}

bool isException(Interpreter &py, const Value &v) { return isBuiltin(py, v, BuiltinClass::BaseException); }

/// Attributes that single classes take from their arguments.
void initAttributes(Interpreter &py, const Value &self, Arguments &a)
{
    Interpreter::State &st = py.state();
    const auto set = [&](std::string_view name, const Value &value) { dictInsertName(py, attributesOf(py, self, true), st.intern(name), value); };
    const auto at = [&](std::size_t i) { return i < a.positional.size() ? a.positional[i] : Value::none(); };
    const auto keyword = [&](std::string_view name) {
        const Value *v = a.keyword(name);
        return v ? *v : Value::none();
    };
    ClassObject *cls = st.classOf(self);
    const auto is = [&](BuiltinClass id) { return isSubclassOf(cls, st.cls(id)); };
    if (is(BuiltinClass::StopIteration)) {
        set("value", at(0));
    } else if (is(BuiltinClass::SystemExit)) {
        set("code", a.positional.size() > 1 ? py.tuple(a.positional) : at(0));
    } else if (is(BuiltinClass::OSError)) {
        const bool known = a.positional.size() >= 2;
        set("errno", known ? at(0) : Value::none());
        set("strerror", known ? at(1) : Value::none());
        set("filename", at(2));
        if (known && a.positional.size() > 2)
            exceptionOf(self)->arguments = py.tuple({at(0), at(1)});
    } else if (is(BuiltinClass::ImportError)) {
        set("name", keyword("name"));
        set("path", keyword("path"));
        set("msg", at(0));
    } else if (is(BuiltinClass::NameError) || is(BuiltinClass::AttributeError)) {
        set("name", keyword("name"));
        if (is(BuiltinClass::AttributeError))
            set("obj", keyword("obj"));
    } else if (is(BuiltinClass::UnicodeDecodeError) || is(BuiltinClass::UnicodeEncodeError)) {
        if (a.positional.size() == 5) {
            set("encoding", at(0));
            set("object", at(1));
            set("start", at(2));
            set("end", at(3));
            set("reason", at(4));
        }
    } else if (is(BuiltinClass::SyntaxError)) {
        set("msg", at(0));
    }
}

Value exceptionInit(Interpreter &py, const Value &self, Arguments &a)
{
    ExceptionPayload *p = exceptionOf(self);
    if (!p)
        return Value::none();
    ClassObject *cls = py.state().classOf(self);
    const auto is = [&](BuiltinClass id) { return isSubclassOf(cls, py.state().cls(id)); };
    if (!a.keywords.empty() && !is(BuiltinClass::ImportError) && !is(BuiltinClass::NameError) && !is(BuiltinClass::AttributeError))
        raiseException(py, BuiltinClass::TypeError, cls->name + "() takes no keyword arguments");
    p->arguments = py.tuple(a.positional);
    initAttributes(py, self, a);
    if (is(BuiltinClass::BaseExceptionGroup)) {
        if (a.positional.size() != 2 || !a.positional[0].isString())
            raiseException(py, BuiltinClass::TypeError,
                           "BaseExceptionGroup.__new__() takes exactly 2 arguments (" + std::to_string(a.positional.size()) + " given)");
        const Values members = py.toVector(a.positional[1]);
        if (members.empty())
            raiseException(py, BuiltinClass::ValueError, "second argument (exceptions) must be a non-empty sequence");
        for (const Value &m : members)
            if (!isException(py, m))
                raiseException(py, BuiltinClass::ValueError, "Item 0 of second argument (exceptions) is not an exception");
        DictObject *own = attributesOf(py, self, true);
        dictInsertName(py, own, py.state().intern("message"), a.positional[0]);
        dictInsertName(py, own, py.state().intern("exceptions"), py.tuple(members));
    }
    return Value::none();
}

Value exceptionStr(Interpreter &py, const Value &self, Arguments &) { return py.string(exceptionText(py, self)); }

Value exceptionRepr(Interpreter &py, const Value &self, Arguments &)
{
    const Values &args = argumentsOf(self);
    std::string text = py.className(self) + "(";
    for (std::size_t i = 0; i < args.size(); ++i)
        text += (i ? ", " : "") + py.repr(args[i]);
    return py.string(text + ")");
}

Value getArgs(Interpreter &py, const Value &self, Arguments &)
{
    const ExceptionPayload *p = exceptionOf(self);
    return p ? p->arguments : py.tuple({});
}
Value setArgs(Interpreter &py, const Value &self, Arguments &a)
{
    if (ExceptionPayload *p = exceptionOf(self))
        p->arguments = py.tuple(py.toVector(a.positional.at(0)));
    return Value::none();
}
Value getCause(Interpreter &, const Value &self, Arguments &)
{
    const ExceptionPayload *p = exceptionOf(self);
    return p && p->cause ? p->cause : Value::none();
}
Value setCause(Interpreter &, const Value &self, Arguments &a)
{
    if (ExceptionPayload *p = exceptionOf(self)) {
        p->cause = a.positional.at(0).isNone() ? Value() : a.positional.at(0);
        p->suppressContext = true;
    }
    return Value::none();
}
Value getContext(Interpreter &, const Value &self, Arguments &)
{
    const ExceptionPayload *p = exceptionOf(self);
    return p && p->context ? p->context : Value::none();
}
Value setContextOf(Interpreter &, const Value &self, Arguments &a)
{
    if (ExceptionPayload *p = exceptionOf(self))
        p->context = a.positional.at(0).isNone() ? Value() : a.positional.at(0);
    return Value::none();
}
Value getSuppress(Interpreter &, const Value &self, Arguments &)
{
    const ExceptionPayload *p = exceptionOf(self);
    return Value::boolean(p && p->suppressContext);
}
Value setSuppress(Interpreter &py, const Value &self, Arguments &a)
{
    if (ExceptionPayload *p = exceptionOf(self))
        p->suppressContext = py.truth(a.positional.at(0));
    return Value::none();
}
Value getTraceback(Interpreter &, const Value &, Arguments &) { return Value::none(); }
Value setTraceback(Interpreter &, const Value &, Arguments &) { return Value::none(); }
Value withTraceback(Interpreter &, const Value &self, Arguments &) { return self; }
Value addNote(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "add_note", a, 1, 1);
    StringObject *name = py.state().intern("__notes__");
    DictObject *own = attributesOf(py, self, true);
    if (!own->table.findName(name, nameHash(name)))
        dictInsertName(py, own, name, py.list());
    appendTo(py, own->table.findName(name, nameHash(name))->as<ListObject>(), a.positional[0]);
    return Value::none();
}

const Value &conditionOf(Interpreter &py, const Value &given)
{
    if (!given.isUnknown() && !given.isKind(ObjectKind::Tuple) && !py.isCallable(given))
        raiseException(py, BuiltinClass::TypeError, "expected a function, exception type or tuple of exception types");
    return given;
}

Value groupSplit(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "split", a, 1, 1);
    auto [matching, rest] = splitGroup(py, self, conditionOf(py, a.positional[0]));
    return py.tuple({matching ? matching : Value::none(), rest ? rest : Value::none()});
}
Value groupSubgroup(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "subgroup", a, 1, 1);
    auto [matching, rest] = splitGroup(py, self, conditionOf(py, a.positional[0]));
    return matching ? matching : Value::none();
}

Value groupDerive(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "derive", a, 1, 1);
    return makeGroup(py, py.str(py.getAttribute(self, "message")), py.toVector(a.positional[0]));
}

using Sort = NativeMethod::Sort;
const NativeMethod kException[] = {
    {"__init__", exceptionInit},
    {"__str__", exceptionStr},
    {"__repr__", exceptionRepr},
    {"args", getArgs, Sort::Property, setArgs},
    {"__cause__", getCause, Sort::Property, setCause},
    {"__context__", getContext, Sort::Property, setContextOf},
    {"__suppress_context__", getSuppress, Sort::Property, setSuppress},
    {"__traceback__", getTraceback, Sort::Property, setTraceback},
    {"with_traceback", withTraceback},
    {"add_note", addNote},
};
const NativeMethod kGroup[] = {{"split", groupSplit}, {"subgroup", groupSubgroup}, {"derive", groupDerive}};

std::string decodeErrorText(Interpreter &py, const Values &args)
{
    const std::int64_t start = Interpreter::toInt64(args[2]).value_or(0);
    const std::int64_t end = Interpreter::toInt64(args[3]).value_or(0);
    std::string text = "'" + py.str(args[0]) + "' codec can't decode byte";
    const auto *bytes = plain(args[1]).to<BytesObject>();
    if (end - start > 1) {
        text += "s in position " + std::to_string(start) + "-" + std::to_string(end - 1);
    } else {
        if (bytes && start >= 0 && start < std::ssize(bytes->bytes)) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            const auto byte = static_cast<unsigned char>(bytes->bytes[static_cast<std::size_t>(start)]);
            text += std::string(" 0x") + kDigits[byte >> 4] + kDigits[byte & 15];
        }
        text += " in position " + std::to_string(start);
    }
    return text + ": " + py.str(args[4]);
}

} // namespace

BuiltinRow exceptionRow(std::string_view name, BuiltinClass base)
{
    BuiltinRow row{name, base, nullptr, {}};
    if (name == "BaseException") {
        row.construct = constructException;
        row.methods[0] = kException;
    } else if (name == "BaseExceptionGroup") {
        row.methods[0] = kGroup;
    }
    return row;
}

std::string exceptionText(Interpreter &py, const Value &exception)
{
    ClassObject *cls = py.state().classOf(exception);
    const Value *own = py.state().lookup(cls, Word::str);
    if (own && !(own->isKind(ObjectKind::NativeFunction) && own->as<NativeFunctionObject>()->owner == py.state().cls(BuiltinClass::BaseException)))
        return py.str(exception);
    const Values args = argumentsOf(exception);
    const auto is = [&](BuiltinClass id) { return isSubclassOf(cls, py.state().cls(id)); };
    if (is(BuiltinClass::BaseExceptionGroup) && args.size() == 2) {
        const std::size_t count = py.toVector(args[1]).size();
        return py.str(args[0]) + " (" + std::to_string(count) + " sub-exception" + (count == 1 ? ")" : "s)");
    }
    if (is(BuiltinClass::KeyError) && args.size() == 1) {
        const Value r = reprOf(py, args[0]);
        return r.isUnknown() ? std::string("?") : r.as<StringObject>()->text;
    }
    if (is(BuiltinClass::OSError)) {
        const DictObject *attributes = attributesOf(py, exception, false);
        if (attributes && args.size() >= 2) {
            const Value file = py.findAttribute(exception, "filename");
            std::string text = "[Errno " + py.str(args[0]) + "] " + py.str(args[1]);
            if (file && !file.isNone())
                text += ": " + py.repr(file);
            return text;
        }
    }
    if (is(BuiltinClass::UnicodeDecodeError) && args.size() == 5)
        return decodeErrorText(py, args);
    if (is(BuiltinClass::UnicodeEncodeError) && args.size() == 5)
        return "'" + py.str(args[0]) + "' codec can't encode character in position " + py.str(args[2]) + ": " + py.str(args[4]);
    if (args.empty())
        return {};
    if (args.size() == 1) {
        const Value s = strOf(py, args[0]);
        return s.isUnknown() ? "(" + s.as<UnknownObject>()->reason + ")" : s.as<StringObject>()->text;
    }
    return py.repr(py.tuple(args));
}

Value makeException(Interpreter &py, BuiltinClass id, Values arguments)
{
    Interpreter::State &st = py.state();
    Value exception = py.instance(st.classValue(id));
    Arguments a{std::move(arguments), {}};
    exceptionOf(exception)->arguments = py.tuple(a.positional);
    initAttributes(py, exception, a);
    return exception;
}

void setContext(Interpreter &py, const Value &exception)
{
    ExceptionPayload *p = exceptionOf(exception);
    if (!p)
        return;
    for (const Frame *f = py.state().frame; f; f = f->back) {
        if (f->handled.empty())
            continue;
        const Value &handled = f->handled.back();
        if (handled.isSame(exception))
            return;
        // no cycles: an exception that is raised again while its own consequence is handled
        Value walk = handled;
        for (int i = 0; i < 1000 && walk; ++i) {
            py.state().countSteps(4);
            ExceptionPayload *w = exceptionOf(walk);
            if (!w || !w->context)
                break;
            if (w->context.isSame(exception)) {
                w->context = Value();
                break;
            }
            Value next = w->context;
            walk = next;
        }
        p->context = handled;
        return;
    }
}

void raiseValue(Interpreter &py, BuiltinClass id, Values arguments)
{
    py.state().countSteps(100); // see Machine::run
    const Value exception = makeException(py, id, std::move(arguments));
    setContext(py, exception);
    throw Raised(exception);
}

void raiseException(Interpreter &py, BuiltinClass id, std::string message) { raiseValue(py, id, {py.string(message)}); }

bool exceptionMatches(Interpreter &py, const Value &exception, const Value &info)
{
    py.known(info, "named in an except clause");
    if (const auto *tuple = info.to<TupleObject>()) {
        const Values items = tuple->items;
        // a class that is known to match decides, whatever the others are
        for (const Value &one : items)
            if (!one.isUnknown() && exceptionMatches(py, exception, one))
                return true;
        for (const Value &one : items)
            py.known(one, "named in an except clause");
        return false;
    }
    const auto *cls = info.to<ClassObject>();
    if (!cls || cls->layout != BuiltinClass::BaseException)
        raiseException(py, BuiltinClass::TypeError, "catching classes that do not inherit from BaseException is not allowed");
    return isSubclassOf(py.state().classOf(exception), cls);
}

Value normalizedException(Interpreter &py, const Value &raised)
{
    py.known(raised, "raised");
    if (raised.isKind(ObjectKind::Class) && raised.as<ClassObject>()->layout == BuiltinClass::BaseException) {
        Value made = callFunction(py, raised, {});
        py.known(made, "raised");
        return made;
    }
    if (exceptionOf(raised))
        return raised;
    raiseException(py, BuiltinClass::TypeError, "exceptions must derive from BaseException");
}

Value makeGroup(Interpreter &py, const std::string &message, const Values &exceptions)
{
    const bool plainOnes =
        std::all_of(exceptions.begin(), exceptions.end(), [&](const Value &e) { return isBuiltin(py, e, BuiltinClass::Exception); });
    return callFunction(py, py.state().classValue(plainOnes ? BuiltinClass::ExceptionGroup : BuiltinClass::BaseExceptionGroup),
                        {{py.string(message), py.list(exceptions)}, {}});
}

std::pair<Value, Value> splitGroup(Interpreter &py, const Value &exception, const Value &info)
{
    const DepthGuard guard(py);
    const auto matches = [&] {
        const bool isCondition = !info.isKind(ObjectKind::Class) && !info.isKind(ObjectKind::Tuple); // of split(), which takes a function as well
        return isCondition ? py.truth(py.invoke(info, Arguments{{exception}, {}})) : exceptionMatches(py, exception, info);
    };
    if (!isBuiltin(py, exception, BuiltinClass::BaseExceptionGroup)) {
        if (!matches())
            return {Value(), exception};
        return {py.state().frame && py.state().frame->handled.size() && py.state().frame->handled.back().isSame(exception)
                    ? makeGroup(py, "", {exception})
                    : exception,
                Value()};
    }
    if (matches())
        return {exception, Value()};
    Values matching;
    Values rest;
    for (const Value &member : py.toVector(py.getAttribute(exception, "exceptions"))) {
        auto [m, r] = splitGroup(py, member, info);
        if (m)
            matching.push_back(m);
        if (r)
            rest.push_back(r);
    }
    const std::string message = py.str(py.getAttribute(exception, "message"));
    const auto group = [&](const Values &members) { return members.empty() ? Value() : makeGroup(py, message, members); };
    Value m = group(matching);
    Value r = group(rest);
    return {m, r};
}

} // namespace stillroom::python
