// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

/// All built-in classes. The table is made once for all interpreters and never changed.
namespace stillroom::python {

namespace {

BuiltinRow rowOf(BuiltinClass id)
{
    using B = BuiltinClass;
    const auto e = [](std::string_view name, B base) { return exceptionRow(name, base); };
    switch (id) {
    case B::Object:
        return objectRow();
    case B::Type:
        return typeRow();
    case B::Int:
        return intRow();
    case B::Bool:
        return boolRow();
    case B::Float:
        return floatRow();
    case B::Complex:
        return complexRow();
    case B::Str:
        return strRow();
    case B::Bytes:
        return bytesRow();
    case B::ByteArray:
        return byteArrayRow();
    case B::Tuple:
        return tupleRow();
    case B::List:
        return listRow();
    case B::Dict:
        return dictRow();
    case B::Set:
        return setRow();
    case B::FrozenSet:
        return frozenSetRow();
    case B::Range:
        return rangeRow();
    case B::Slice:
        return sliceRow();
    case B::NoneType:
        return noneRow();
    case B::EllipsisType:
        return {"ellipsis", B::Object, nullptr, {}};
    case B::NotImplementedType:
        return {"NotImplementedType", B::Object, nullptr, {}};
    case B::Function:
        return functionRow();
    case B::BuiltinFunction:
        return builtinFunctionRow();
    case B::Method:
        return methodRow();
    case B::Module:
        return moduleRow();
    case B::Generator:
        return generatorRow();
    case B::Coroutine:
        return coroutineRow();
    case B::Property:
        return propertyRow();
    case B::ClassMethod:
        return classMethodRow();
    case B::StaticMethod:
        return staticMethodRow();
    case B::Super:
        return superRow();
    case B::Cell:
        return cellRow();
    case B::DictKeys:
        return dictViewRow("dict_keys");
    case B::DictValues:
        return dictViewRow("dict_values");
    case B::DictItems:
        return dictViewRow("dict_items");
    case B::MappingProxy:
        return mappingProxyRow();
    case B::GenericAlias:
        return genericAliasRow();
    case B::UnionType:
        return unionTypeRow();
    case B::Iterator:
    case B::Enumerate:
    case B::Zip:
    case B::Map:
    case B::Filter:
    case B::Reversed:
        return iteratorRow(id);
    case B::TypeVar:
        return typeVarRow();
    case B::CodeType:
        return codeRow();
    case B::TemplateType:
        return {"Template", B::Object, nullptr, {}};
    case B::BaseException:
        return e("BaseException", B::Object);
    case B::Exception:
        return e("Exception", B::BaseException);
    case B::GeneratorExit:
        return e("GeneratorExit", B::BaseException);
    case B::KeyboardInterrupt:
        return e("KeyboardInterrupt", B::BaseException);
    case B::SystemExit:
        return e("SystemExit", B::BaseException);
    case B::BaseExceptionGroup:
        return e("BaseExceptionGroup", B::BaseException);
    case B::ExceptionGroup:
        return e("ExceptionGroup", B::BaseExceptionGroup);
    case B::ArithmeticError:
        return e("ArithmeticError", B::Exception);
    case B::FloatingPointError:
        return e("FloatingPointError", B::ArithmeticError);
    case B::OverflowError:
        return e("OverflowError", B::ArithmeticError);
    case B::ZeroDivisionError:
        return e("ZeroDivisionError", B::ArithmeticError);
    case B::AssertionError:
        return e("AssertionError", B::Exception);
    case B::AttributeError:
        return e("AttributeError", B::Exception);
    case B::BufferError:
        return e("BufferError", B::Exception);
    case B::EOFError:
        return e("EOFError", B::Exception);
    case B::ImportError:
        return e("ImportError", B::Exception);
    case B::ModuleNotFoundError:
        return e("ModuleNotFoundError", B::ImportError);
    case B::LookupError:
        return e("LookupError", B::Exception);
    case B::IndexError:
        return e("IndexError", B::LookupError);
    case B::KeyError:
        return e("KeyError", B::LookupError);
    case B::MemoryError:
        return e("MemoryError", B::Exception);
    case B::NameError:
        return e("NameError", B::Exception);
    case B::UnboundLocalError:
        return e("UnboundLocalError", B::NameError);
    case B::OSError:
        return e("OSError", B::Exception);
    case B::BlockingIOError:
        return e("BlockingIOError", B::OSError);
    case B::ChildProcessError:
        return e("ChildProcessError", B::OSError);
    case B::ConnectionError:
        return e("ConnectionError", B::OSError);
    case B::BrokenPipeError:
        return e("BrokenPipeError", B::ConnectionError);
    case B::ConnectionAbortedError:
        return e("ConnectionAbortedError", B::ConnectionError);
    case B::ConnectionRefusedError:
        return e("ConnectionRefusedError", B::ConnectionError);
    case B::ConnectionResetError:
        return e("ConnectionResetError", B::ConnectionError);
    case B::FileExistsError:
        return e("FileExistsError", B::OSError);
    case B::FileNotFoundError:
        return e("FileNotFoundError", B::OSError);
    case B::InterruptedError:
        return e("InterruptedError", B::OSError);
    case B::IsADirectoryError:
        return e("IsADirectoryError", B::OSError);
    case B::NotADirectoryError:
        return e("NotADirectoryError", B::OSError);
    case B::PermissionError:
        return e("PermissionError", B::OSError);
    case B::ProcessLookupError:
        return e("ProcessLookupError", B::OSError);
    case B::TimeoutError:
        return e("TimeoutError", B::OSError);
    case B::ReferenceError:
        return e("ReferenceError", B::Exception);
    case B::RuntimeError:
        return e("RuntimeError", B::Exception);
    case B::NotImplementedError:
        return e("NotImplementedError", B::RuntimeError);
    case B::RecursionError:
        return e("RecursionError", B::RuntimeError);
    case B::StopAsyncIteration:
        return e("StopAsyncIteration", B::Exception);
    case B::StopIteration:
        return e("StopIteration", B::Exception);
    case B::SyntaxError:
        return e("SyntaxError", B::Exception);
    case B::IndentationError:
        return e("IndentationError", B::SyntaxError);
    case B::TabError:
        return e("TabError", B::IndentationError);
    case B::SystemError:
        return e("SystemError", B::Exception);
    case B::TypeError:
        return e("TypeError", B::Exception);
    case B::ValueError:
        return e("ValueError", B::Exception);
    case B::UnicodeError:
        return e("UnicodeError", B::ValueError);
    case B::UnicodeDecodeError:
        return e("UnicodeDecodeError", B::UnicodeError);
    case B::UnicodeEncodeError:
        return e("UnicodeEncodeError", B::UnicodeError);
    case B::UnicodeTranslateError:
        return e("UnicodeTranslateError", B::UnicodeError);
    case B::Warning:
        return e("Warning", B::Exception);
    case B::BytesWarning:
        return e("BytesWarning", B::Warning);
    case B::DeprecationWarning:
        return e("DeprecationWarning", B::Warning);
    case B::EncodingWarning:
        return e("EncodingWarning", B::Warning);
    case B::FutureWarning:
        return e("FutureWarning", B::Warning);
    case B::ImportWarning:
        return e("ImportWarning", B::Warning);
    case B::PendingDeprecationWarning:
        return e("PendingDeprecationWarning", B::Warning);
    case B::ResourceWarning:
        return e("ResourceWarning", B::Warning);
    case B::RuntimeWarning:
        return e("RuntimeWarning", B::Warning);
    case B::SyntaxWarning:
        return e("SyntaxWarning", B::Warning);
    case B::UnicodeWarning:
        return e("UnicodeWarning", B::Warning);
    case B::UserWarning:
        return e("UserWarning", B::Warning);
    case B::Count:
        break;
    }
    return {};
}

constexpr auto kCount = static_cast<std::size_t>(BuiltinClass::Count);

struct Rows {
    std::array<BuiltinRow, kCount> all;
    std::unordered_map<std::string_view, BuiltinClass> byName; ///< those that scripts can name
    Rows()
    {
        for (std::size_t i = 0; i < kCount; ++i) {
            const auto id = static_cast<BuiltinClass>(i);
            all[i] = rowOf(id);
            const bool nameless = (id >= BuiltinClass::NoneType && id <= BuiltinClass::Coroutine) || id == BuiltinClass::Cell ||
                                  (id >= BuiltinClass::DictKeys && id <= BuiltinClass::Iterator) || id == BuiltinClass::TypeVar ||
                                  id == BuiltinClass::CodeType || id == BuiltinClass::TemplateType;
            if (!nameless)
                byName.emplace(all[i].name, id);
        }
        byName.emplace("EnvironmentError", BuiltinClass::OSError);
        byName.emplace("IOError", BuiltinClass::OSError);
    }
};

const Rows &rows()
{
    static const Rows table;
    return table;
}

} // namespace

const BuiltinRow &builtinRow(BuiltinClass id) { return rows().all[static_cast<std::size_t>(id)]; }

std::optional<BuiltinClass> builtinClassNamed(std::string_view name)
{
    const auto it = rows().byName.find(name);
    return it == rows().byName.end() ? std::nullopt : std::optional(it->second);
}

bool builtinPassesUnknown(BuiltinClass id)
{
    return id == BuiltinClass::Int || id == BuiltinClass::Bool || id == BuiltinClass::Float || id == BuiltinClass::Complex ||
           id == BuiltinClass::Str || id == BuiltinClass::Bytes;
}

Value containsDunder(Interpreter &py, const Value &self, Arguments &a) { return containsValue(py, plain(self), onlyArgument(py, "__contains__", a)); }

Value formatDunder(Interpreter &py, const Value &self, Arguments &a)
{
    const Value &spec = plain(onlyArgument(py, "__format__", a));
    if (!spec.isString())
        raiseException(py, BuiltinClass::TypeError, "__format__() argument must be str, not " + py.className(spec));
    if (spec.as<StringObject>()->text.empty())
        return py.strValue(self);
    return py.state().newString(plainFormat(py, self, spec.as<StringObject>()->text), py.varies(self));
}

MethodTable comparisonDunders()
{
    static const NativeMethod table[] = {
        {"__eq__", compareDunder<ComparisonOperator::Equal>},   {"__ne__", compareDunder<ComparisonOperator::NotEqual>},
        {"__lt__", compareDunder<ComparisonOperator::Less>},    {"__le__", compareDunder<ComparisonOperator::LessEqual>},
        {"__gt__", compareDunder<ComparisonOperator::Greater>}, {"__ge__", compareDunder<ComparisonOperator::GreaterEqual>}};
    return table;
}

void expectArguments(Interpreter &py, std::string_view function, const Arguments &a, std::size_t least, std::size_t most)
{
    if (!a.keywords.empty())
        raiseException(py, BuiltinClass::TypeError, std::string(function) + "() takes no keyword arguments");
    const std::size_t n = a.positional.size();
    if (n >= least && n <= most)
        return;
    std::string text = std::string(function);
    if (least == most)
        text += least == 0   ? "() takes no arguments"
                : least == 1 ? "() takes exactly one argument"
                             : " expected " + std::to_string(least) + " arguments";
    else
        text += " expected at " + std::string(n < least ? "least " : "most ") + std::to_string(n < least ? least : most) + " argument" +
                ((n < least ? least : most) == 1 ? "" : "s");
    raiseException(py, BuiltinClass::TypeError,
                   text + (least == most && least > 1 ? ", got " : " (") + std::to_string(n) + (least == most && least > 1 ? "" : " given)"));
}

const Value *unknownAmong(const Arguments &a)
{
    for (const Value &v : a.positional)
        if (v.isUnknown())
            return &v;
    for (const auto &[name, v] : a.keywords)
        if (v.isUnknown())
            return &v;
    return nullptr;
}

const StringObject *stringArgument(Interpreter &py, const Value &v, std::string_view function)
{
    const Value &s = plain(v);
    if (!s.isString())
        raiseException(py, BuiltinClass::TypeError, std::string(function) + " argument must be str, not " + py.className(v));
    return s.as<StringObject>();
}

} // namespace stillroom::python
