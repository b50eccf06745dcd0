// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

#include "python/textmethods.h"

#include <algorithm>

/// bytes and bytearray (Python library reference, "Binary Sequence Types").
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

const std::string &bytesOf(const Value &self)
{
    const Value &v = plain(self);
    return v.isKind(ObjectKind::Bytes) ? v.as<BytesObject>()->bytes : v.as<ByteArrayObject>()->bytes;
}
bool isBytesLike(const Value &v) { return plain(v).isKind(ObjectKind::Bytes) || plain(v).isKind(ObjectKind::ByteArray); }
const std::string &bytesArgument(Interpreter &py, const Value &v)
{
    if (!isBytesLike(v))
        raiseException(py, BuiltinClass::TypeError, "a bytes-like object is required, not '" + py.className(v) + "'");
    return bytesOf(v);
}
Value result(Interpreter &py, const Value &self, std::string bytes)
{
    if (plain(self).isKind(ObjectKind::ByteArray))
        return Value::fromObject(py.state().make<ByteArrayObject>(std::move(bytes)));
    return py.bytes(bytes);
}

std::string contents(Interpreter &py, Arguments &a)
{
    const ArgumentReader r(py, "bytes", a, {"source=", "encoding=", "errors="});
    const Value source = r["source"];
    if (!source)
        return {};
    const Value &v = plain(source);
    if (v.isString()) {
        if (!r.has("encoding"))
            raiseException(py, BuiltinClass::TypeError, "string argument without an encoding");
        return encoded(py, v.as<StringObject>()->text, py.str(r["encoding"]), r.has("errors") ? py.str(r["errors"]) : "strict");
    }
    if (r.has("encoding") || r.has("errors"))
        raiseException(py, BuiltinClass::TypeError, "encoding without a string argument");
    if (isBytesLike(v))
        return bytesOf(v);
    if (isInteger(v)) {
        const std::int64_t n = indexOf(py, v);
        if (n < 0)
            raiseException(py, BuiltinClass::ValueError, "negative count");
        py.state().willAllocate(static_cast<std::size_t>(n));
        return std::string(static_cast<std::size_t>(n), '\0');
    }
    Value made;
    if (callSpecial(py, source, Word::bytes, {}, made) && isBytesLike(made))
        return bytesOf(made);
    std::string out;
    forEach(py, source, [&](const Value &item) {
        const std::int64_t byte = indexOf(py, item);
        if (byte < 0 || byte > 255)
            raiseException(py, BuiltinClass::ValueError, "bytes must be in range(0, 256)");
        out.push_back(static_cast<char>(byte));
        return true;
    });
    return out;
}

Value constructBytes(Interpreter &py, const Value &cls, Arguments &a)
{
    if (const Value *unknown = unknownAmong(a))
        return *unknown;
    return wrapBase(py, cls, py.bytes(contents(py, a)));
}
Value constructByteArray(Interpreter &py, const Value &cls, Arguments &a)
{
    if (const Value *unknown = unknownAmong(a))
        return *unknown;
    return wrapBase(py, cls, Value::fromObject(py.state().make<ByteArrayObject>(contents(py, a))));
}

Value bytesDecode(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "decode", a, {"encoding=", "errors="});
    return py.string(
        decoded(py, bytesOf(self), r.has("encoding") ? py.str(r["encoding"]) : "utf-8", r.has("errors") ? py.str(r["errors"]) : "strict"));
}
Value bytesHex(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "hex", a, {"sep=", "bytes_per_sep="});
    const std::string sep = r.has("sep") ? py.str(r["sep"]) : "";
    const std::string &bytes = bytesOf(self);
    const std::int64_t every = r.has("bytes_per_sep") ? indexOf(py, r["bytes_per_sep"]) : 1;
    py.state().willAllocate(bytes.size() * 3);
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto left = static_cast<std::int64_t>(bytes.size() - i);
        const bool cut = i > 0 && every != 0 && (every > 0 ? left % every == 0 : static_cast<std::int64_t>(i) % -every == 0);
        if (cut)
            out += sep;
        constexpr std::string_view digits = "0123456789abcdef";
        out.push_back(digits[static_cast<unsigned char>(bytes[i]) >> 4]);
        out.push_back(digits[static_cast<unsigned char>(bytes[i]) & 15]);
    }
    return py.string(out);
}
Value bytesFromHex(Interpreter &py, const Value &cls, Arguments &a)
{
    const std::string &text = stringArgument(py, onlyArgument(py, "fromhex", a), "fromhex()")->text;
    std::string out;
    int high = -1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isSpace(static_cast<unsigned char>(c)) && high < 0)
            continue;
        const int d = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (d < 0)
            raiseException(py, BuiltinClass::ValueError, "non-hexadecimal number found in fromhex() arg at position " + std::to_string(i));
        if (high < 0) {
            high = d;
        } else {
            out.push_back(static_cast<char>(high * 16 + d));
            high = -1;
        }
    }
    if (high >= 0)
        raiseException(py, BuiltinClass::ValueError, "non-hexadecimal number found in fromhex() arg at position " + std::to_string(text.size()));
    return cls.as<ClassObject>()->layout == BuiltinClass::ByteArray ? wrapBase(py, cls, Value::fromObject(py.state().make<ByteArrayObject>(out)))
                                                                    : wrapBase(py, cls, py.bytes(out));
}

Value bytesJoin(Interpreter &py, const Value &self, Arguments &a)
{
    std::string out;
    bool first = true;
    forEach(py, onlyArgument(py, "join", a), [&](const Value &part) {
        if (!first)
            out += bytesOf(self);
        first = false;
        out += bytesArgument(py, part);
        py.state().willAllocate(out.size());
        return true;
    });
    return result(py, self, std::move(out));
}
Value pieces(Interpreter &py, const Value &self, const std::vector<std::string_view> &parts)
{
    Values out;
    for (const std::string_view p : parts)
        out.push_back(result(py, self, std::string(p)));
    return py.list(std::move(out));
}
bool isAsciiBlank(char32_t c) { return c == ' ' || (c >= 9 && c <= 13); }
Value split(Interpreter &py, const Value &self, Arguments &a, bool fromRight)
{
    const ArgumentReader r(py, "split", a, {"sep=", "maxsplit="});
    const std::int64_t limit = r.has("maxsplit") ? indexOf(py, r["maxsplit"]) : -1;
    if (!r.has("sep") || r["sep"].isNone())
        return pieces(py, self, splitBlanks(bytesOf(self), limit, fromRight, isAsciiBlank));
    const std::string &sep = bytesArgument(py, r["sep"]);
    if (sep.empty())
        raiseException(py, BuiltinClass::ValueError, "empty separator");
    return pieces(py, self, splitAt(bytesOf(self), sep, limit, fromRight));
}
Value bytesSplit(Interpreter &py, const Value &self, Arguments &a) { return split(py, self, a, false); }
Value bytesRsplit(Interpreter &py, const Value &self, Arguments &a) { return split(py, self, a, true); }
/// What bytes do as str does, one character for each byte.
Value asText(Interpreter &py, const Value &self, std::string_view name, const Arguments &given)
{
    const auto toText = [&](const Value &v) { return isBytesLike(v) ? py.string(textOfBytes(bytesOf(v))) : v; };
    Arguments a;
    for (const Value &v : given.positional) {
        if (plain(v).isString())
            raiseException(py, BuiltinClass::TypeError, "a bytes-like object is required, not 'str'");
        a.positional.push_back(toText(v));
    }
    for (const auto &[key, v] : given.keywords)
        a.keywords.emplace_back(key, toText(v));
    const Value made = py.invoke(py.getAttribute(py.string(textOfBytes(bytesOf(self))), name), std::move(a));
    const auto toBytes = [&](const Value &v) { return result(py, self, bytesOfText(py.str(v))); };
    if (made.isString())
        return toBytes(made);
    if (const auto *tuple = made.to<TupleObject>()) {
        Values items;
        for (const Value &v : tuple->items)
            items.push_back(toBytes(v));
        return py.tuple(std::move(items));
    }
    return made;
}
Value bytesReplace(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "replace", a, 2, 3);
    const std::string &from = bytesArgument(py, a.positional[0]);
    if (from.empty())
        return asText(py, self, "replace", a);
    return result(py, self,
                  replaced(py, bytesOf(self), from, bytesArgument(py, a.positional[1]), a.positional.size() > 2 ? indexOf(py, a.positional[2]) : -1));
}
std::string partOf(Interpreter &py, const Value &v)
{
    if (isInteger(v))
        return std::string(1, static_cast<char>(indexOf(py, v)));
    return bytesArgument(py, v);
}
std::int64_t found(Interpreter &py, const Value &self, Arguments &a, bool fromRight)
{
    expectArguments(py, "find", a, 1, 3);
    const std::string &bytes = bytesOf(self);
    const std::int64_t size = std::ssize(bytes);
    const auto bound = [&](std::size_t i, std::int64_t otherwise) {
        if (a.positional.size() <= i || a.positional[i].isNone())
            return otherwise;
        const std::int64_t v = indexOf(py, a.positional[i]);
        return std::clamp<std::int64_t>(v < 0 ? std::max<std::int64_t>(v, -size) + size : v, 0, size + 1);
    };
    const std::int64_t from = bound(1, 0);
    const std::int64_t to = std::min(bound(2, size), size);
    if (from > to)
        return -1;
    const std::string_view text = std::string_view(bytes).substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    const std::string part = partOf(py, a.positional[0]);
    const auto at = fromRight ? text.rfind(part) : text.find(part);
    return at == std::string_view::npos ? -1 : from + static_cast<std::int64_t>(at);
}
Value bytesFind(Interpreter &py, const Value &self, Arguments &a) { return Value::integer(found(py, self, a, false)); }
Value bytesRfind(Interpreter &py, const Value &self, Arguments &a) { return Value::integer(found(py, self, a, true)); }
Value bytesIndex(Interpreter &py, const Value &self, Arguments &a)
{
    const std::int64_t at = found(py, self, a, false);
    if (at < 0)
        raiseException(py, BuiltinClass::ValueError, "subsection not found");
    return Value::integer(at);
}
Value bytesCount(Interpreter &py, const Value &self, Arguments &a)
{
    if (a.positional.size() > 1)
        return asText(py, self, "count", a);
    const std::string part = partOf(py, onlyArgument(py, "count", a));
    return Value::integer(part.empty() ? std::ssize(bytesOf(self)) + 1 : countOf(bytesOf(self), part));
}
Value edge(Interpreter &py, const Value &self, Arguments &a, bool atEnd)
{
    expectArguments(py, "startswith", a, 1, 3);
    const Value &part = a.positional[0];
    const auto test = [&](const Value &p) {
        const std::string &b = bytesArgument(py, p);
        return atEnd ? bytesOf(self).ends_with(b) : bytesOf(self).starts_with(b);
    };
    if (a.positional.size() > 1)
        return asText(py, self, atEnd ? "endswith" : "startswith", a);
    if (const auto *tuple = part.to<TupleObject>())
        return Value::boolean(std::any_of(tuple->items.begin(), tuple->items.end(), test));
    return Value::boolean(test(part));
}
Value bytesStartsWith(Interpreter &py, const Value &self, Arguments &a) { return edge(py, self, a, false); }
Value bytesEndsWith(Interpreter &py, const Value &self, Arguments &a) { return edge(py, self, a, true); }
Value stripped(Interpreter &py, const Value &self, Arguments &a, bool left, bool right)
{
    expectArguments(py, "strip", a, 0, 1);
    const std::string set = a.positional.empty() || a.positional[0].isNone() ? " \t\n\r\x0b\x0c" : bytesArgument(py, a.positional[0]);
    const std::string &bytes = bytesOf(self);
    std::size_t from = left ? bytes.find_first_not_of(set) : 0;
    if (from == std::string::npos)
        return result(py, self, {});
    const auto last = right ? bytes.find_last_not_of(set) : bytes.size() - 1;
    return result(py, self, last == std::string::npos ? std::string() : bytes.substr(from, last - from + 1));
}
Value bytesStrip(Interpreter &py, const Value &self, Arguments &a) { return stripped(py, self, a, true, true); }
Value bytesLstrip(Interpreter &py, const Value &self, Arguments &a) { return stripped(py, self, a, true, false); }
Value bytesRstrip(Interpreter &py, const Value &self, Arguments &a) { return stripped(py, self, a, false, true); }
Value bytesLower(Interpreter &py, const Value &self, Arguments &)
{
    std::string out = bytesOf(self);
    for (char &c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return result(py, self, std::move(out));
}
Value bytesUpper(Interpreter &py, const Value &self, Arguments &)
{
    std::string out = bytesOf(self);
    for (char &c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return result(py, self, std::move(out));
}
Value bytesIsDigit(Interpreter &, const Value &self, Arguments &)
{
    const std::string &b = bytesOf(self);
    return Value::boolean(!b.empty() && b.find_first_not_of("0123456789") == std::string::npos);
}
Value bytesIsSpace(Interpreter &, const Value &self, Arguments &)
{
    const std::string &b = bytesOf(self);
    return Value::boolean(!b.empty() && b.find_first_not_of(" \t\n\r\x0b\x0c") == std::string::npos);
}
Value bytesSplitLines(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "splitlines", a, {"keepends="});
    const bool keeps = r.has("keepends") && py.truth(r["keepends"]);
    const std::string_view bytes = bytesOf(self);
    std::vector<std::string_view> lines;
    for (std::size_t from = 0; from < bytes.size();) {
        const std::size_t end = std::min(bytes.find_first_of("\r\n", from), bytes.size());
        const std::size_t next = std::min(end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1), bytes.size());
        lines.push_back(bytes.substr(from, (keeps ? next : end) - from));
        from = next;
    }
    return pieces(py, self, lines);
}
Value bytesTranslate(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "translate", a, {"table", "delete="});
    const std::string table = r["table"].isNone() ? std::string() : bytesArgument(py, r["table"]);
    if (!r["table"].isNone() && table.size() != 256)
        raiseException(py, BuiltinClass::ValueError, "translation table must be 256 characters long");
    const std::string removed = r.has("delete") ? bytesArgument(py, r["delete"]) : std::string();
    std::string out;
    for (const char c : bytesOf(self))
        if (removed.find(c) == std::string::npos)
            out.push_back(table.empty() ? c : table[static_cast<unsigned char>(c)]);
    return result(py, self, std::move(out));
}
Value bytesMakeTrans(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "maketrans", a, 2, 2);
    const std::string &from = bytesArgument(py, a.positional[0]);
    const std::string &to = bytesArgument(py, a.positional[1]);
    if (from.size() != to.size())
        raiseException(py, BuiltinClass::ValueError, "maketrans arguments must have same length");
    std::string table;
    for (int i = 0; i < 256; ++i)
        table.push_back(static_cast<char>(i));
    for (std::size_t i = 0; i < from.size(); ++i)
        table[static_cast<unsigned char>(from[i])] = to[i];
    return py.bytes(table);
}
std::string justified(Interpreter &py, const Value &self, Arguments &a, char align)
{
    expectArguments(py, "ljust", a, 1, 2);
    const std::string &bytes = bytesOf(self);
    const std::int64_t total = indexOf(py, a.positional[0]) - std::ssize(bytes);
    if (total <= 0)
        return bytes;
    py.state().willAllocate(static_cast<std::size_t>(total));
    const std::string fill1 = a.positional.size() > 1 ? bytesArgument(py, a.positional[1]) : " ";
    if (fill1.size() != 1)
        raiseException(py, BuiltinClass::TypeError, "the fill character must be a byte string of length 1");
    const char fill = fill1[0];
    const std::string padding(static_cast<std::size_t>(total), fill);
    return align == '<' ? bytes + padding : padding + bytes;
}
Value bytesLjust(Interpreter &py, const Value &self, Arguments &a) { return result(py, self, justified(py, self, a, '<')); }
Value bytesRjust(Interpreter &py, const Value &self, Arguments &a) { return result(py, self, justified(py, self, a, '>')); }

Value arrayAppend(Interpreter &py, const Value &self, Arguments &a)
{
    const std::int64_t byte = indexOf(py, onlyArgument(py, "append", a));
    if (byte < 0 || byte > 255)
        raiseException(py, BuiltinClass::ValueError, "byte must be in range(0, 256)");
    plain(self).as<ByteArrayObject>()->bytes.push_back(static_cast<char>(byte));
    return Value::none();
}
Value arrayExtend(Interpreter &py, const Value &self, Arguments &a)
{
    Arguments source{{onlyArgument(py, "extend", a)}, {}};
    plain(self).as<ByteArrayObject>()->bytes += contents(py, source);
    return Value::none();
}

const NativeMethod kProtocol[] = {
    {"__add__", plainDunder<BinaryOperator::Add>},
    {"__mul__", plainDunder<BinaryOperator::Multiply>},
    {"__rmul__", reflectedDunder<BinaryOperator::Multiply>},
    {"__mod__", plainDunder<BinaryOperator::Modulo>},
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__contains__", containsDunder},
    {"__getitem__", getItemDunder},
    {"__hash__", hashDunder},
    {"__repr__", reprDunder},
    {"decode", bytesDecode},
    {"hex", bytesHex},
    {"fromhex", bytesFromHex, Sort::ClassMethod},
    {"join", bytesJoin},
    {"split", bytesSplit},
    {"rsplit", bytesRsplit},
    {"replace", bytesReplace},
    {"find", bytesFind},
    {"rfind", bytesRfind},
    {"index", bytesIndex},
    {"count", bytesCount},
    {"startswith", bytesStartsWith},
    {"endswith", bytesEndsWith},
    {"strip", bytesStrip},
    {"lstrip", bytesLstrip},
    {"rstrip", bytesRstrip},
    {"lower", bytesLower},
    {"upper", bytesUpper},
    {"isdigit", bytesIsDigit},
    {"isspace", bytesIsSpace},
    {"splitlines", bytesSplitLines},
    {"translate", bytesTranslate},
    {"maketrans", bytesMakeTrans, Sort::StaticMethod},
    {"center", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "center", a); }},
    {"zfill", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "zfill", a); }},
    {"partition", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "partition", a); }},
    {"rpartition", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "rpartition", a); }},
    {"title", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "title", a); }},
    {"capitalize", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "capitalize", a); }},
    {"swapcase", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "swapcase", a); }},
    {"expandtabs", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "expandtabs", a); }},
    {"removeprefix", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "removeprefix", a); }},
    {"removesuffix", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "removesuffix", a); }},
    {"isalpha", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "isalpha", a); }},
    {"isalnum", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "isalnum", a); }},
    {"islower", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "islower", a); }},
    {"isupper", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "isupper", a); }},
    {"istitle", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "istitle", a); }},
    {"isascii", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "isascii", a); }},
    {"rindex", [](Interpreter &py, const Value &self, Arguments &a) { return asText(py, self, "rindex", a); }},
    {"ljust", bytesLjust},
    {"rjust", bytesRjust},
};
/// Methods of list, done with the bytes as numbers.
template<auto change>
Value arrayChange(Interpreter &py, const Value &self, Arguments &a)
{
    const Value numbers = py.list(py.toVector(py.bytes(bytesOf(self))));
    const Value given = py.invoke(py.getAttribute(numbers, change()), std::move(a));
    Arguments source{{numbers}, {}};
    std::string changed = contents(py, source);
    plain(self).as<ByteArrayObject>()->bytes = std::move(changed);
    return given;
}
Value arrayCopy(Interpreter &py, const Value &self, Arguments &) { return Value::fromObject(py.state().make<ByteArrayObject>(bytesOf(self))); }

const NativeMethod kArray[] = {{"append", arrayAppend},
                               {"extend", arrayExtend},
                               {"insert", arrayChange<[] { return "insert"; }>},
                               {"pop", arrayChange<[] { return "pop"; }>},
                               {"remove", arrayChange<[] { return "remove"; }>},
                               {"clear", arrayChange<[] { return "clear"; }>},
                               {"reverse", arrayChange<[] { return "reverse"; }>},
                               {"copy", arrayCopy},
                               {"__setitem__", setItemDunder},
                               {"__delitem__", deleteItemDunder},
                               {"__iadd__", inPlaceDunder<BinaryOperator::Add>}};

} // namespace

BuiltinRow bytesRow() { return {"bytes", BuiltinClass::Object, constructBytes, {kProtocol, comparisonDunders()}}; }
BuiltinRow byteArrayRow() { return {"bytearray", BuiltinClass::Object, constructByteArray, {kProtocol, comparisonDunders(), kArray}}; }

} // namespace stillroom::python
