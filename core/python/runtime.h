// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/integers.h"
#include "python/objects.h"
#include "python/state.h"
#include "python/unicode.h"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Python's protocols, as the parts of the interpreter call them (Python reference, "Data model"). All throw Raised or Stopped.
namespace stillroom::python {

// --- attributes (attributes.cpp) ---
[[nodiscard]] Value getAttribute(Interpreter &py, const Value &object, StringObject *name);
[[nodiscard]] Value findAttribute(Interpreter &py, const Value &object, StringObject *name); ///< Empty if none
/// object.__getattribute__ without __getattr__: Empty if none.
[[nodiscard]] Value genericGetAttribute(Interpreter &py, const Value &object, StringObject *name);
void setAttribute(Interpreter &py, const Value &object, StringObject *name, const Value &value);
void genericSetAttribute(Interpreter &py, const Value &object, StringObject *name, const Value &value); ///< Empty value deletes
void deleteAttribute(Interpreter &py, const Value &object, StringObject *name);
/// For `object.name(...)`: gives a function and the self to pass, or the plain attribute with an Empty self.
void loadMethod(Interpreter &py, const Value &object, StringObject *name, Value &function, Value &self);
/// What a class attribute becomes when looked up through an instance (or, with an Empty instance, through the class).
[[nodiscard]] Value bindAttribute(Interpreter &py, const Value &raw, const Value &instance, ClassObject *cls);
[[nodiscard]] DictObject *attributesOf(Interpreter &py, const Value &object, bool make); ///< its __dict__; null if it has none
[[noreturn]] void raiseAttributeError(Interpreter &py, const Value &object, StringObject *name);
[[nodiscard]] Value extendedUnknown(Interpreter &py, const Value &unknown, std::string_view attribute);

// --- special methods ---
/// The method of the value's class, bound; Empty if there is none (or it is None).
[[nodiscard]] Value specialMethod(Interpreter &py, const Value &object, Word word);
/// Calls it; false if there is none.
bool callSpecial(Interpreter &py, const Value &object, Word word, std::initializer_list<Value> arguments, Value &result);

// --- classes (classes.cpp) ---
[[nodiscard]] Value construct(Interpreter &py, ClassObject *cls, Arguments &arguments);   ///< cls(...)
[[nodiscard]] Value newInstance(Interpreter &py, const Value &cls, Arguments &arguments); ///< object.__new__ and those of the built-ins
[[nodiscard]] Value buildClass(Interpreter &py, const std::string &name, const Values &bases, const Value &namespaceDict, Arguments &keywords,
                               ClassObject *metaclass);
[[nodiscard]] Value buildClassStatement(Interpreter &py, const Value &function, const Values &bases, Arguments &keywords);
[[nodiscard]] bool isSubclassOf(const ClassObject *cls, const ClassObject *base);
[[nodiscard]] bool isBuiltin(Interpreter &py, const Value &value, BuiltinClass id);                                  ///< isinstance
[[nodiscard]] Value isInstanceValue(Interpreter &py, const Value &value, const Value &classInfo, bool subclassTest); ///< may be Unknown
[[nodiscard]] Value wrapBase(Interpreter &py, const Value &cls, Value base); ///< an instance of cls that carries base, or base itself

[[nodiscard]] Value makeMemoryViewClass(Interpreter &py); ///< builtin_memoryview.cpp

// --- calls (vm*.cpp) ---
[[nodiscard]] Value callFunction(Interpreter &py, const Value &callable, Arguments arguments);
[[nodiscard]] Value callNative(Interpreter &py, NativeFunctionObject *function, const Value &self, Arguments &arguments);
[[nodiscard]] Value runCode(Interpreter &py, Code *code, const Value &globals, const Value &names, const Values &closure,
                            const Value &classCell = {});
/// Runs a generator on. False when it has ended; `value` is what it yielded, or returned.
bool resumeGenerator(Interpreter &py, GeneratorObject *generator, const Value &sent, const Value &thrown, Value &value);
void closeGenerator(Interpreter &py, GeneratorObject *generator);
void closeAbandoned(Interpreter &py);
[[nodiscard]] Value runCoroutine(Interpreter &py, const Value &awaitable); ///< to its end, as asyncio.run
[[nodiscard]] Value awaitableOf(Interpreter &py, const Value &object);
/// A new module, or what stands in for it already, with the names that every module has.
[[nodiscard]] Value beginModule(Interpreter &py, const Tree &tree, Unit &unit, const std::string &moduleName, const QString &fileName);
/// A name of a module whose statements run when they are asked for (latenames.h); null if it has none such.
[[nodiscard]] const Value *lateName(Interpreter &py, DictObject *globals, StringObject *name);
void finishLateNames(Interpreter &py, const Value &globals); ///< makes all its names
[[nodiscard]] Value importDotted(Interpreter &py, const std::string &dotted, bool leaf, Frame *frame);

// --- exceptions (exceptions.cpp) ---
[[nodiscard]] ExceptionPayload *exceptionOf(const Value &exception);
[[nodiscard]] Value makeException(Interpreter &py, BuiltinClass cls, Values arguments);
[[noreturn]] void raiseException(Interpreter &py, BuiltinClass cls, std::string message);
[[noreturn]] void raiseValue(Interpreter &py, BuiltinClass cls, Values arguments);
[[nodiscard]] bool exceptionMatches(Interpreter &py, const Value &exception, const Value &classInfo);
void setContext(Interpreter &py, const Value &exception);
[[nodiscard]] Value normalizedException(Interpreter &py, const Value &raised); ///< `raise X`: an instance
[[nodiscard]] std::pair<Value, Value> splitGroup(Interpreter &py, const Value &exception, const Value &classInfo);
[[nodiscard]] Value makeGroup(Interpreter &py, const std::string &message, const Values &exceptions);
[[nodiscard]] std::string exceptionText(Interpreter &py, const Value &exception);

// --- operations (operations.cpp) ---
[[nodiscard]] Value binaryOperation(Interpreter &py, BinaryOperator op, const Value &a, const Value &b, bool inPlace = false);
/// Of built-in values only: NotImplemented if these kinds do not combine.
[[nodiscard]] Value plainBinary(Interpreter &py, BinaryOperator op, const Value &a, const Value &b);
[[nodiscard]] Value compareValues(Interpreter &py, ComparisonOperator op, const Value &a, const Value &b);
[[nodiscard]] Value plainCompare(Interpreter &py, ComparisonOperator op, const Value &a, const Value &b);
[[nodiscard]] Value unaryOperation(Interpreter &py, UnaryOperator op, const Value &a);
[[nodiscard]] Value plainUnary(Interpreter &py, UnaryOperator op, const Value &a);
[[nodiscard]] bool lessThan(Interpreter &py, const Value &a, const Value &b);
[[nodiscard]] Value containsValue(Interpreter &py, const Value &container, const Value &item);
[[nodiscard]] std::uint64_t plainHash(Interpreter &py, const Value &value);
[[nodiscard]] std::string_view operatorSign(BinaryOperator op);
void sortValues(Interpreter &py, Values &items, const Value &key, bool reverse);

// --- items (items.cpp) ---
[[nodiscard]] Value plainGetItem(Interpreter &py, const Value &object, const Value &key);
void plainSetItem(Interpreter &py, const Value &object, const Value &key, const Value &value);
void plainDeleteItem(Interpreter &py, const Value &object, const Value &key);
void deleteItem(Interpreter &py, const Value &object, const Value &key);
struct SliceBounds {
    std::int64_t start, stop, step, count;
};
[[nodiscard]] SliceBounds sliceBounds(Interpreter &py, const SliceObject *slice, std::int64_t length);
[[nodiscard]] std::int64_t indexOf(Interpreter &py, const Value &value, std::string_view what = "indices"); ///< __index__, clamped to int64
[[nodiscard]] Value indexValue(Interpreter &py, const Value &value);                                        ///< __index__
[[nodiscard]] std::optional<std::int64_t> plainLength(const Value &object);
[[nodiscard]] Value genericAlias(Interpreter &py, const Value &origin, const Value &arguments);
[[nodiscard]] Value unionType(Interpreter &py, const Value &a, const Value &b);

// --- iteration (iteration.cpp) ---
[[nodiscard]] Value iteratorOf(Interpreter &py, const Value &object);
[[nodiscard]] Value plainIterator(Interpreter &py, const Value &object); ///< Empty if these are not iterable
bool nextOf(Interpreter &py, const Value &iterator, Value &out);
/// Whether every run of Python iterates over this set as here; else it is noted that the script asked for its order.
[[nodiscard]] bool orderIsSettled(Interpreter &py, SetObject *set);
[[nodiscard]] Values itemsOfSet(Interpreter &py, SetObject *set); ///< in the order of this run (Interpreter::setOtherRun)
[[nodiscard]] bool hasSettledHash(const Value &key);              ///< CPython gives it the same hash in every run, the one that it has here
/// `held`: what it draws on, for whoever asks what it may reach (lostcalls.h).
[[nodiscard]] Value nativeIterator(Interpreter &py, BuiltinClass cls, std::function<bool(Interpreter &, Value &)> next, Value held = {});
[[nodiscard]] Value reversedOf(Interpreter &py, const Value &object);
/// Counts a step for each element, so that no native loop runs on for ever.
void forEach(Interpreter &py, const Value &iterable, const std::function<bool(const Value &)> &each);

// --- text (text.cpp, repr.cpp, format.cpp, percentformat.cpp) ---
[[nodiscard]] Value strOf(Interpreter &py, const Value &value);  ///< a str; or the Unknown
[[nodiscard]] Value reprOf(Interpreter &py, const Value &value); ///< a str; or the Unknown
[[nodiscard]] Value asciiOf(Interpreter &py, const Value &value);
[[nodiscard]] std::string plainRepr(Interpreter &py, const Value &value);
[[nodiscard]] Value formatValue(Interpreter &py, const Value &value, const Value &spec);
[[nodiscard]] std::string plainFormat(Interpreter &py, const Value &value, std::string_view spec);
[[nodiscard]] Value percentFormat(Interpreter &py, const Value &format, const Value &arguments, bool ofBytes = false);
[[nodiscard]] Value braceFormat(Interpreter &py, const Value &format, const Arguments &arguments, const Value &mapping);
[[nodiscard]] std::uint64_t objectId(Interpreter &py, const Value &value); ///< id(): the same in every run
[[nodiscard]] std::string floatRepr(double d);
[[nodiscard]] std::string quotedText(std::string_view utf8);
[[nodiscard]] std::string quotedBytes(std::string_view bytes);
[[nodiscard]] std::string asciiEscaped(std::string_view text);
[[nodiscard]] std::string complexRepr(const ComplexObject *c);

// --- UTF-8 (unicode.cpp) ---
[[nodiscard]] std::size_t byteOffset(const StringObject *s, std::int64_t codePoint);
[[nodiscard]] std::u32string decodeUtf8(std::string_view utf8);
[[nodiscard]] std::string encodeUtf8(std::u32string_view text);
void appendUtf8(std::string &out, char32_t c);
[[nodiscard]] char32_t nextCodePoint(std::string_view text, std::size_t &position);
[[nodiscard]] std::int64_t codePointCount(std::string_view text);
[[nodiscard]] bool isSpace(char32_t c);
[[nodiscard]] int digitValue(char32_t c); ///< of a decimal digit of any script; -1 for others

// --- numbers (numbers.cpp) ---
[[nodiscard]] bool isNumber(const Value &v); ///< int, bool or float
[[nodiscard]] double doubleOf(Interpreter &py, const Value &v);
[[nodiscard]] std::optional<double> parseFloat(std::string_view text);
[[nodiscard]] Value roundValue(Interpreter &py, const Value &number, const Value &digits);
[[nodiscard]] double pythonModulo(double a, double b);
[[nodiscard]] double pythonFloorDivide(double a, double b);

// --- containers ---
void dictInsert(Interpreter &py, DictObject *dict, const Value &key, const Value &value);
[[nodiscard]] Value *dictFind(Interpreter &py, DictObject *dict, const Value &key);
void dictInsertName(Interpreter &py, DictObject *dict, StringObject *name, const Value &value);
void dictUpdate(Interpreter &py, DictObject *dict, const Value &source); ///< a mapping, or pairs
void setAdd(Interpreter &py, SetObject *set, const Value &item);
void appendTo(Interpreter &py, ListObject *list, const Value &item);
[[nodiscard]] DictObject *asDict(const Value &v); ///< a dict, or that of an instance of a derived class; null otherwise

// --- arguments of natives ---
/// Raises TypeError unless there are between `least` and `most` positional arguments and no keywords.
void expectArguments(Interpreter &py, std::string_view function, const Arguments &arguments, std::size_t least, std::size_t most);
[[nodiscard]] const Value *unknownAmong(const Arguments &arguments);
[[nodiscard]] const StringObject *stringArgument(Interpreter &py, const Value &v, std::string_view function);

// --- rows of the built-in classes (builtin*.cpp) ---
[[nodiscard]] const BuiltinRow &builtinRow(BuiltinClass id);
[[nodiscard]] std::optional<BuiltinClass> builtinClassNamed(std::string_view name);
[[nodiscard]] Values attributeNames(Interpreter &py, const Value &object); ///< dir()
[[nodiscard]] Value localsOf(Interpreter &py);
[[nodiscard]] bool builtinPassesUnknown(BuiltinClass id); ///< methods given an Unknown give it back
[[nodiscard]] Value makeNative(Interpreter &py, std::string_view name, Native native, bool isMethod, ClassObject *owner = nullptr);

} // namespace stillroom::python
