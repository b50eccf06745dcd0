// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/compiler.h"
#include "python/dunders.h"

/// Functions, methods, properties, super, modules, generators and iterators as objects.
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

// --- functions ---

FunctionObject *functionOf(const Value &v) { return v.as<FunctionObject>(); }
Value orNone(const Value &v) { return v ? v : Value::none(); }

Value functionName(Interpreter &, const Value &self, Arguments &) { return functionOf(self)->name; }
Value functionSetName(Interpreter &, const Value &self, Arguments &a)
{
    functionOf(self)->name = a.positional.at(0);
    return Value::none();
}
Value functionQualifiedName(Interpreter &, const Value &self, Arguments &) { return functionOf(self)->qualifiedName; }
Value functionSetQualifiedName(Interpreter &, const Value &self, Arguments &a)
{
    functionOf(self)->qualifiedName = a.positional.at(0);
    return Value::none();
}
Value functionDoc(Interpreter &py, const Value &self, Arguments &)
{
    FunctionObject *f = functionOf(self);
    if (!f->doc) {
        compileBody(py, *f->code);
        f->doc = orNone(f->code->doc);
    }
    return f->doc;
}
Value functionSetDoc(Interpreter &, const Value &self, Arguments &a)
{
    functionOf(self)->doc = a.positional.at(0);
    return Value::none();
}
Value functionModule(Interpreter &py, const Value &self, Arguments &)
{
    FunctionObject *f = functionOf(self);
    return f->module ? f->module : orNone(py.dictGet(f->globals, "__name__"));
}
Value functionSetModule(Interpreter &, const Value &self, Arguments &a)
{
    functionOf(self)->module = a.positional.at(0);
    return Value::none();
}
Value functionDefaults(Interpreter &py, const Value &self, Arguments &)
{
    return functionOf(self)->defaults.empty() ? Value::none() : py.tuple(functionOf(self)->defaults);
}
Value functionSetDefaults(Interpreter &py, const Value &self, Arguments &a)
{
    functionOf(self)->defaults = a.positional.at(0).isNone() ? Values() : py.toVector(a.positional[0]);
    return Value::none();
}
Value functionKeywordDefaults(Interpreter &py, const Value &self, Arguments &)
{
    if (functionOf(self)->keywordDefaults.empty())
        return Value::none();
    Value d = py.dict();
    for (const auto &[name, value] : functionOf(self)->keywordDefaults)
        dictInsertName(py, d.as<DictObject>(), name, value);
    return d;
}
Value functionGlobals(Interpreter &, const Value &self, Arguments &) { return functionOf(self)->globals; }
Value functionClosure(Interpreter &py, const Value &self, Arguments &)
{
    return functionOf(self)->closure.empty() ? Value::none() : py.tuple(functionOf(self)->closure);
}

/// Annotations are evaluated when asked for, among the module's names; what cannot be evaluated is Unknown.
Value functionAnnotations(Interpreter &py, const Value &self, Arguments &)
{
    FunctionObject *f = functionOf(self);
    if (f->annotations)
        return f->annotations;
    Value d = py.dict();
    const auto add = [&](std::string_view name, const Expression *annotation) {
        if (!annotation)
            return;
        Value v;
        try {
            v = runCode(py, compileExpression(py, *annotation, *f->code->unit), f->globals, {}, {});
        } catch (const Raised &raised) {
            v = py.unknown(StopKind::NotUnderstood, "an annotation cannot be evaluated: " + exceptionText(py, raised.exception));
        }
        dictInsertName(py, d.as<DictObject>(), py.state().intern(name), v);
    };
    if (const Parameters *p = f->code->parameters) {
        for (const auto list : {p->positionalOnly, p->positional})
            for (const Parameter &one : list)
                add(one.name, one.annotation);
        if (p->starArguments)
            add(p->starArguments->name, p->starArguments->annotation);
        for (const Parameter &one : p->keywordOnly)
            add(one.name, one.annotation);
        if (p->starKeywords)
            add(p->starKeywords->name, p->starKeywords->annotation);
    }
    if (f->code->function)
        add("return", f->code->function->returns);
    f->annotations = d;
    return d;
}
Value functionSetAnnotations(Interpreter &, const Value &self, Arguments &a)
{
    functionOf(self)->annotations = a.positional.at(0);
    return Value::none();
}
Value functionGet(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__get__", a, 1, 2);
    return a.positional[0].isNone() ? self : Value::fromObject(py.state().make<BoundMethodObject>(self, a.positional[0]));
}
Value callSelf(Interpreter &py, const Value &self, Arguments &a) { return callFunction(py, self, std::move(a)); }

Value functionCode(Interpreter &py, const Value &self, Arguments &)
{
    Code *code = functionOf(self)->code;
    compileBody(py, *code);
    Value v = py.instance(py.state().classValue(BuiltinClass::CodeType));
    Values names;
    const auto parameters = static_cast<std::size_t>(code->positional + code->keywordOnly) + code->hasStarArguments + code->hasStarKeywords;
    for (StringObject *s : code->locals)
        if (s && (names.size() < parameters || s->text[0] != '.'))
            names.push_back(Value::fromObject(s));
    py.setAttribute(v, "co_name", Value::fromObject(code->name));
    py.setAttribute(v, "co_varnames", py.tuple(std::move(names)));
    py.setAttribute(v, "co_argcount", Value::integer(code->positional));
    py.setAttribute(v, "co_posonlyargcount", Value::integer(code->positionalOnly));
    py.setAttribute(v, "co_kwonlyargcount", Value::integer(code->keywordOnly));
    py.setAttribute(v, "co_flags",
                    Value::integer((code->hasStarArguments ? 4 : 0) | (code->hasStarKeywords ? 8 : 0) | (code->isGenerator ? 32 : 0) |
                                   (code->isCoroutine ? 128 : 0)));
    py.setAttribute(v, "co_firstlineno", Value::integer(code->firstLine));
    py.setAttribute(v, "co_filename", py.string(code->unit->file));
    return v;
}

const NativeMethod kFunction[] = {
    {"__name__", functionName, Sort::Property, functionSetName},
    {"__qualname__", functionQualifiedName, Sort::Property, functionSetQualifiedName},
    {"__doc__", functionDoc, Sort::Property, functionSetDoc},
    {"__module__", functionModule, Sort::Property, functionSetModule},
    {"__defaults__", functionDefaults, Sort::Property, functionSetDefaults},
    {"__kwdefaults__", functionKeywordDefaults, Sort::Property},
    {"__globals__", functionGlobals, Sort::Property},
    {"__closure__", functionClosure, Sort::Property},
    {"__annotations__", functionAnnotations, Sort::Property, functionSetAnnotations},
    {"__code__", functionCode, Sort::Property},
    {"__get__", functionGet},
    {"__call__", callSelf},
};

Value nativeName(Interpreter &py, const Value &self, Arguments &) { return py.string(self.as<NativeFunctionObject>()->name); }
Value noneProperty(Interpreter &, const Value &, Arguments &) { return Value::none(); }
const NativeMethod kBuiltinFunction[] = {{"__name__", nativeName, Sort::Property},
                                         {"__qualname__", nativeName, Sort::Property},
                                         {"__doc__", noneProperty, Sort::Property},
                                         {"__module__", noneProperty, Sort::Property},
                                         {"__get__", functionGet},
                                         {"__call__", callSelf}};

Value methodFunction(Interpreter &, const Value &self, Arguments &) { return self.as<BoundMethodObject>()->function; }
Value methodSelf(Interpreter &, const Value &self, Arguments &) { return self.as<BoundMethodObject>()->self; }
Value constructMethod(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "method", a, 2, 2);
    return Value::fromObject(py.state().make<BoundMethodObject>(a.positional[0], a.positional[1]));
}
const NativeMethod kMethod[] = {
    {"__func__", methodFunction, Sort::Property}, {"__self__", methodSelf, Sort::Property}, {"__call__", callSelf}, {"__hash__", hashDunder}};

// --- descriptors ---

Value constructProperty(Interpreter &py, const Value &cls, Arguments &a)
{
    const ArgumentReader r(py, "property", a, {"fget=", "fset=", "fdel=", "doc="});
    if (!cls.as<ClassObject>()->row)
        py.stop(StopKind::NotUnderstood, "classes derived from property are not evaluated");
    for (const std::string_view name : {"fget", "fset", "fdel"})
        if (r[name].isUnknown())
            return r[name];
    auto *p = py.state().make<PropertyObject>();
    Value v = Value::fromObject(p);
    const auto given = [&](std::string_view name) { return r.has(name) && !r[name].isNone() ? r[name] : Value(); };
    p->getter = given("fget");
    p->setter = given("fset");
    p->deleter = given("fdel");
    p->doc = given("doc");
    return v;
}
template<int which>
Value propertyWith(Interpreter &py, const Value &self, Arguments &a)
{
    const auto *old = self.as<PropertyObject>();
    auto *p = py.state().make<PropertyObject>();
    Value v = Value::fromObject(p);
    const Value &function = onlyArgument(py, "setter", a);
    p->getter = which == 0 ? function : old->getter;
    p->setter = which == 1 ? function : old->setter;
    p->deleter = which == 2 ? function : old->deleter;
    p->doc = old->doc;
    return v;
}
Value propertyGetter(Interpreter &, const Value &self, Arguments &) { return orNone(self.as<PropertyObject>()->getter); }
Value propertySetter(Interpreter &, const Value &self, Arguments &) { return orNone(self.as<PropertyObject>()->setter); }
Value propertyDeleter(Interpreter &, const Value &self, Arguments &) { return orNone(self.as<PropertyObject>()->deleter); }
Value propertyDoc(Interpreter &py, const Value &self, Arguments &)
{
    const auto *p = self.as<PropertyObject>();
    if (p->doc)
        return p->doc;
    const Value doc = p->getter ? py.findAttribute(p->getter, "__doc__") : Value();
    return orNone(doc);
}
Value propertyGet(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__get__", a, 1, 2);
    return a.positional[0].isNone() ? self : bindAttribute(py, self, a.positional[0], py.state().classOf(a.positional[0]));
}
const NativeMethod kProperty[] = {{"getter", propertyWith<0>},
                                  {"setter", propertyWith<1>},
                                  {"deleter", propertyWith<2>},
                                  {"fget", propertyGetter, Sort::Property},
                                  {"fset", propertySetter, Sort::Property},
                                  {"fdel", propertyDeleter, Sort::Property},
                                  {"__doc__", propertyDoc, Sort::Property},
                                  {"__get__", propertyGet}};

Value constructClassMethod(Interpreter &py, const Value &, Arguments &a)
{
    const Value &f = onlyArgument(py, "classmethod", a);
    return f.isUnknown() ? f : Value::fromObject(py.state().make<ClassMethodObject>(f));
}
Value constructStaticMethod(Interpreter &py, const Value &, Arguments &a)
{
    const Value &f = onlyArgument(py, "staticmethod", a);
    return f.isUnknown() ? f : Value::fromObject(py.state().make<StaticMethodObject>(f));
}
Value wrappedFunction(Interpreter &, const Value &self, Arguments &)
{
    return self.isKind(ObjectKind::ClassMethod) ? self.as<ClassMethodObject>()->function : self.as<StaticMethodObject>()->function;
}
Value descriptorGet(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "__get__", a, 1, 2);
    ClassObject *cls = a.positional.size() > 1 && a.positional[1].isKind(ObjectKind::Class) ? a.positional[1].as<ClassObject>()
                                                                                            : py.state().classOf(a.positional[0]);
    return bindAttribute(py, self, a.positional[0].isNone() ? Value() : a.positional[0], cls);
}
const NativeMethod kWrapper[] = {
    {"__func__", wrappedFunction, Sort::Property}, {"__wrapped__", wrappedFunction, Sort::Property}, {"__get__", descriptorGet}};
const NativeMethod kStaticCall[] = {{"__call__", callSelf}};

// --- super ---

Value constructSuper(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "super", a, 0, 2);
    if (const Value *unknown = unknownAmong(a))
        return *unknown;
    if (a.positional.size() == 2) {
        if (!a.positional[0].isKind(ObjectKind::Class))
            raiseException(py, BuiltinClass::TypeError, "super() argument 1 must be a type, not " + py.className(a.positional[0]));
        const auto *cls = a.positional[0].as<ClassObject>();
        const bool fits = isSubclassOf(py.state().classOf(a.positional[1]), cls) ||
                          (a.positional[1].isKind(ObjectKind::Class) && isSubclassOf(a.positional[1].as<ClassObject>(), cls));
        if (!fits)
            raiseException(py, BuiltinClass::TypeError, "super(type, obj): obj must be an instance or subtype of type");
        return py.super(a.positional[0], a.positional[1]);
    }
    if (!a.positional.empty())
        py.stop(StopKind::NotUnderstood, "super() with one argument is not evaluated");
    const Frame *frame = py.state().frame;
    const Code *code = frame ? frame->code : nullptr;
    if (!code || code->locals.empty() || code->positional + code->hasStarArguments == 0)
        raiseException(py, BuiltinClass::RuntimeError, "super(): no arguments");
    Value cell;
    for (std::size_t i = 0; i < code->freeNames.size(); ++i)
        if (code->freeNames[i] == py.state().word(Word::class_))
            cell = frame->locals[code->locals.size() + i];
    if (!cell || !cell.as<CellObject>()->content)
        raiseException(py, BuiltinClass::RuntimeError, "super(): __class__ cell not found");
    Value self = frame->locals[0];
    if (self.isKind(ObjectKind::Cell))
        self = self.as<CellObject>()->content;
    if (code->positional == 0 && self.isKind(ObjectKind::Tuple) && !self.as<TupleObject>()->items.empty())
        self = Value(self.as<TupleObject>()->items[0]);
    if (!self)
        raiseException(py, BuiltinClass::RuntimeError, "super(): arg[0] deleted");
    const Value cls = cell.as<CellObject>()->content;
    return cls.isUnknown() ? cls : py.super(cls, self);
}

// --- modules, cells, code ---

Value constructModule(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "module", a, 1, 2);
    return py.module(py.str(a.positional[0]));
}
Value cellContents(Interpreter &py, const Value &self, Arguments &)
{
    const Value &v = self.as<CellObject>()->content;
    if (!v)
        raiseException(py, BuiltinClass::ValueError, "Cell is empty");
    return v;
}
const NativeMethod kCell[] = {{"cell_contents", cellContents, Sort::Property}};

// --- generators ---

Value generatorNext(Interpreter &py, const Value &self, Arguments &)
{
    Value value;
    if (resumeGenerator(py, self.as<GeneratorObject>(), {}, {}, value))
        return value;
    raiseValue(py, BuiltinClass::StopIteration, value.isNone() ? Values{} : Values{value});
}
Value generatorSend(Interpreter &py, const Value &self, Arguments &a)
{
    const Value sent = onlyArgument(py, "send", a);
    Value value;
    if (resumeGenerator(py, self.as<GeneratorObject>(), sent, {}, value))
        return value;
    raiseValue(py, BuiltinClass::StopIteration, value.isNone() ? Values{} : Values{value});
}
Value generatorThrow(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "throw", a, 1, 3);
    Value exception = a.positional[0];
    if (exception.isKind(ObjectKind::Class) && a.positional.size() > 1 && !a.positional[1].isNone())
        exception = exceptionOf(a.positional[1]) ? a.positional[1] : callFunction(py, exception, {{a.positional[1]}, {}});
    Value value;
    if (resumeGenerator(py, self.as<GeneratorObject>(), {}, normalizedException(py, exception), value))
        return value;
    raiseValue(py, BuiltinClass::StopIteration, value.isNone() ? Values{} : Values{value});
}
Value generatorClose(Interpreter &py, const Value &self, Arguments &)
{
    closeGenerator(py, self.as<GeneratorObject>());
    return Value::none();
}
Value generatorIter(Interpreter &, const Value &self, Arguments &) { return self; }
Value generatorName(Interpreter &, const Value &self, Arguments &) { return self.as<GeneratorObject>()->name; }
Value generatorRunning(Interpreter &, const Value &self, Arguments &) { return Value::boolean(self.as<GeneratorObject>()->running); }
/// An asynchronous generator's steps are ready at once: there is nothing to wait for.
Value asyncNext(Interpreter &py, const Value &self, Arguments &)
{
    const Value generator = self;
    return nativeIterator(py, BuiltinClass::Iterator, [generator](Interpreter &p, Value &out) {
        if (!resumeGenerator(p, generator.as<GeneratorObject>(), {}, {}, out))
            raiseValue(p, BuiltinClass::StopAsyncIteration, {});
        return false;
    });
}
const NativeMethod kGenerator[] = {
    {"send", generatorSend},
    {"throw", generatorThrow},
    {"close", generatorClose},
    {"__iter__", generatorIter},
    {"__next__", generatorNext},
    {"__name__", generatorName, Sort::Property},
    {"gi_running", generatorRunning, Sort::Property},
    {"__aiter__", generatorIter},
    {"__anext__", asyncNext},
};
const NativeMethod kCoroutine[] = {{"send", generatorSend},
                                   {"throw", generatorThrow},
                                   {"close", generatorClose},
                                   {"__await__", generatorIter},
                                   {"__name__", generatorName, Sort::Property}};

// --- iterators ---

Value iteratorNext(Interpreter &py, const Value &self, Arguments &)
{
    Value out;
    if (nextOf(py, self, out))
        return out;
    raiseValue(py, BuiltinClass::StopIteration, {});
}
Value iteratorIter(Interpreter &, const Value &self, Arguments &) { return self; }
const NativeMethod kIterator[] = {{"__iter__", iteratorIter}, {"__next__", iteratorNext}, {"__await__", iteratorIter}};

Value constructEnumerate(Interpreter &py, const Value &, Arguments &a)
{
    const ArgumentReader r(py, "enumerate", a, {"iterable", "start="});
    const Value iterator = iteratorOf(py, r["iterable"]);
    Value index = r.has("start") ? indexValue(py, r["start"]) : Value::integer(0);
    return nativeIterator(
        py, BuiltinClass::Enumerate,
        [iterator, index](Interpreter &p, Value &out) mutable {
            Value item;
            if (!nextOf(p, iterator, item))
                return false;
            out = p.tuple({index, item});
            index = integerBinary(p, BinaryOperator::Add, index, Value::integer(1));
            return true;
        },
        iterator);
}
Value constructZip(Interpreter &py, const Value &, Arguments &a)
{
    const Value strictValue = a.take("strict");
    const bool strict = strictValue && py.truth(strictValue);
    if (!a.keywords.empty())
        expectArguments(py, "zip", a, 0, 0);
    Values iterators;
    for (const Value &v : a.positional)
        iterators.push_back(iteratorOf(py, v));
    return nativeIterator(
        py, BuiltinClass::Zip,
        [iterators, strict](Interpreter &p, Value &out) {
            Values items;
            for (std::size_t i = 0; i < iterators.size(); ++i) {
                Value item;
                if (nextOf(p, iterators[i], item)) {
                    items.push_back(std::move(item));
                    continue;
                }
                if (strict && i > 0)
                    raiseException(p, BuiltinClass::ValueError,
                                   "zip() argument " + std::to_string(i + 1) + " is shorter than argument" +
                                       (i == 1 ? " 1" : "s 1-" + std::to_string(i)));
                for (std::size_t k = 1; strict && k < iterators.size(); ++k)
                    if (nextOf(p, iterators[k], item))
                        raiseException(p, BuiltinClass::ValueError,
                                       "zip() argument " + std::to_string(k + 1) + " is longer than argument" +
                                           (k == 1 ? " 1" : "s 1-" + std::to_string(k)));
                return false;
            }
            if (items.empty())
                return false;
            out = p.tuple(std::move(items));
            return true;
        },
        py.tuple(iterators));
}
Value constructMap(Interpreter &py, const Value &, Arguments &a)
{
    if (!a.keywords.empty() || a.positional.size() < 2)
        raiseException(py, BuiltinClass::TypeError, "map() must have at least two arguments.");
    const Value function = a.positional[0];
    Values iterators;
    for (std::size_t i = 1; i < a.positional.size(); ++i)
        iterators.push_back(iteratorOf(py, a.positional[i]));
    return nativeIterator(
        py, BuiltinClass::Map,
        [function, iterators](Interpreter &p, Value &out) {
            Arguments arguments;
            for (const Value &it : iterators) {
                Value item;
                if (!nextOf(p, it, item))
                    return false;
                arguments.positional.push_back(std::move(item));
            }
            out = callFunction(p, function, std::move(arguments));
            return true;
        },
        py.tuple({function, py.tuple(iterators)}));
}
Value constructFilter(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "filter", a, 2, 2);
    const Value function = a.positional[0];
    const Value iterator = iteratorOf(py, a.positional[1]);
    return nativeIterator(
        py, BuiltinClass::Filter,
        [function, iterator](Interpreter &p, Value &out) {
            while (nextOf(p, iterator, out)) {
                p.state().countSteps(1);
                if (p.truth(function.isNone() ? out : callFunction(p, function, {{out}, {}})))
                    return true;
            }
            return false;
        },
        py.tuple({function, iterator}));
}
Value constructReversed(Interpreter &py, const Value &, Arguments &a) { return reversedOf(py, onlyArgument(py, "reversed", a)); }

} // namespace

BuiltinRow functionRow() { return {"function", BuiltinClass::Object, nullptr, {kFunction}}; }
BuiltinRow builtinFunctionRow() { return {"builtin_function_or_method", BuiltinClass::Object, nullptr, {kBuiltinFunction}}; }
BuiltinRow methodRow() { return {"method", BuiltinClass::Object, constructMethod, {kMethod, comparisonDunders()}}; }
BuiltinRow moduleRow() { return {"module", BuiltinClass::Object, constructModule, {}}; }
BuiltinRow generatorRow() { return {"generator", BuiltinClass::Object, nullptr, {kGenerator}}; }
BuiltinRow coroutineRow() { return {"coroutine", BuiltinClass::Object, nullptr, {kCoroutine}}; }
BuiltinRow propertyRow() { return {"property", BuiltinClass::Object, constructProperty, {kProperty}}; }
BuiltinRow classMethodRow() { return {"classmethod", BuiltinClass::Object, constructClassMethod, {kWrapper}}; }
BuiltinRow staticMethodRow() { return {"staticmethod", BuiltinClass::Object, constructStaticMethod, {kWrapper, kStaticCall}}; }
BuiltinRow superRow() { return {"super", BuiltinClass::Object, constructSuper, {}}; }
BuiltinRow cellRow() { return {"cell", BuiltinClass::Object, nullptr, {kCell}}; }
BuiltinRow codeRow() { return {"code", BuiltinClass::Object, nullptr, {}}; }

BuiltinRow iteratorRow(BuiltinClass id)
{
    BuiltinRow row{"iterator", BuiltinClass::Object, nullptr, {kIterator}};
    if (id == BuiltinClass::Enumerate) {
        row.name = "enumerate";
        row.construct = constructEnumerate;
    } else if (id == BuiltinClass::Zip) {
        row.name = "zip";
        row.construct = constructZip;
    } else if (id == BuiltinClass::Map) {
        row.name = "map";
        row.construct = constructMap;
    } else if (id == BuiltinClass::Filter) {
        row.name = "filter";
        row.construct = constructFilter;
    } else if (id == BuiltinClass::Reversed) {
        row.name = "reversed";
        row.construct = constructReversed;
    }
    return row;
}

} // namespace stillroom::python
