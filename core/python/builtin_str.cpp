// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/dunders.h"

#include "python/textmethods.h"

#include <QString>

#include <algorithm>

/// str (Python library reference, "Text Sequence Type"). Positions count code points; the text is UTF-8.
namespace stillroom::python {

namespace {

using Sort = NativeMethod::Sort;

const StringObject *textOf(const Value &self) { return plain(self).as<StringObject>(); }

bool anyVaries(Interpreter &py, const Value &self, const Arguments &a)
{
    bool varies = textOf(self)->varies;
    for (const Value &v : a.positional)
        varies = varies || py.varies(v);
    return varies;
}

const std::string &bytesText(const Value &object)
{
    const Value &v = plain(object);
    return v.isKind(ObjectKind::Bytes) ? v.as<BytesObject>()->bytes : v.as<ByteArrayObject>()->bytes;
}

Value constructStr(Interpreter &py, const Value &cls, Arguments &a)
{
    Value object = a.take("object");
    Value encoding = a.take("encoding");
    Value errors = a.take("errors");
    expectArguments(py, "str", a, 0, 3);
    if (!a.positional.empty())
        object = a.positional[0];
    if (a.positional.size() > 1)
        encoding = a.positional[1];
    if (a.positional.size() > 2)
        errors = a.positional[2];
    if (!object)
        return wrapBase(py, cls, py.state().emptyString);
    if (encoding || errors) {
        if (!plain(object).isKind(ObjectKind::Bytes) && !plain(object).isKind(ObjectKind::ByteArray))
            raiseException(py, BuiltinClass::TypeError, "decoding to str: need a bytes-like object, " + py.className(object) + " found");
        const Value text = py.string(decoded(py, bytesText(object), encoding ? py.str(encoding) : "utf-8", errors ? py.str(errors) : "strict"));
        return wrapBase(py, cls, text);
    }
    const Value text = strOf(py, object);
    return text.isUnknown() ? text : wrapBase(py, cls, text);
}

// --- case ---

QString qstringOf(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

std::string uppered(std::string_view text)
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        std::string out(text);
        for (char &c : out)
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        return out;
    }
    return qstringOf(text).toUpper().toStdString();
}
bool isIn(char32_t c, std::initializer_list<std::pair<char32_t, char32_t>> ranges)
{
    return std::any_of(ranges.begin(), ranges.end(), [c](const auto &range) { return c >= range.first && c <= range.second; });
}
/// Unicode's Other_Uppercase and Other_Lowercase: numerals, circled and modifier letters.
bool isOtherUpper(char32_t c) { return isIn(c, {{0x2160, 0x216F}, {0x24B6, 0x24CF}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}}); }
bool isOtherLower(char32_t c)
{
    return isIn(c, {{0xAA, 0xAA},     {0xBA, 0xBA},     {0x2B0, 0x2B8},   {0x2C0, 0x2C1},   {0x2E0, 0x2E4},   {0x345, 0x345},   {0x37A, 0x37A},
                    {0x1D2C, 0x1D6A}, {0x1D78, 0x1D78}, {0x1D9B, 0x1DBF}, {0x2071, 0x2071}, {0x207F, 0x207F}, {0x2090, 0x209C}, {0x2170, 0x217F},
                    {0x24D0, 0x24E9}, {0x2C7C, 0x2C7D}, {0xA69C, 0xA69D}, {0xA770, 0xA770}, {0xA7F8, 0xA7F9}, {0xAB5C, 0xAB5F}});
}
bool isUpper(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : QChar::isUpper(c) || isOtherUpper(c); }
bool isLower(char32_t c) { return c < 0x80 ? c >= 'a' && c <= 'z' : QChar::isLower(c) || isOtherLower(c); }
bool isTitle(char32_t c) { return c >= 0x80 && QChar::isTitleCase(c); }
bool isCased(char32_t c) { return isUpper(c) || isLower(c) || isTitle(c); }
bool isCaseIgnorable(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Letter_Modifier:
    case QChar::Symbol_Modifier:
        return true;
    default:
        return c == '\'' || c == '.' || c == ':' || c == 0xB7 || c == 0x2018 || c == 0x2019 || c == 0x2024 || c == 0x2027;
    }
}
/// A capital sigma at the end of a word becomes ς (Unicode, SpecialCasing).
std::string withFinalSigmas(const std::u32string &text, std::u32string lower)
{
    if (text.size() != lower.size()) // something else became longer: nothing can be said of places
        return encodeUtf8(lower);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != 0x3A3)
            continue;
        std::size_t before = i;
        while (before > 0 && isCaseIgnorable(text[before - 1]))
            --before;
        std::size_t after = i + 1;
        while (after < text.size() && isCaseIgnorable(text[after]))
            ++after;
        if (before > 0 && isCased(text[before - 1]) && (after == text.size() || !isCased(text[after])))
            lower[i] = 0x3C2;
    }
    return encodeUtf8(lower);
}

std::string lowered(const StringObject *s)
{
    if (s->isAscii()) {
        std::string out = s->text;
        for (char &c : out)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return out;
    }
    const std::string lower = qstringOf(s->text).toLower().toStdString();
    return s->text.find("\xCE\xA3") == std::string::npos ? lower : withFinalSigmas(decodeUtf8(s->text), decodeUtf8(lower));
}
bool isAlpha(char32_t c) { return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : QChar::isLetter(c); }

Value result(Interpreter &py, const Value &self, std::string text) { return py.state().newString(std::move(text), textOf(self)->varies); }

Value strLower(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "lower", a, 0, 0);
    return result(py, self, lowered(textOf(self)));
}
Value strUpper(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "upper", a, 0, 0);
    return result(py, self, uppered(textOf(self)->text));
}
Value strCasefold(Interpreter &py, const Value &self, Arguments &)
{
    if (textOf(self)->isAscii())
        return result(py, self, lowered(textOf(self)));
    QString folded = qstringOf(textOf(self)->text).toCaseFolded();
    folded.replace(QChar(0xDF), QStringLiteral("ss"));
    return result(py, self, folded.toStdString());
}
/// The title case of one character: ß becomes Ss, the ligature fi becomes Fi.
std::string titled(char32_t c)
{
    std::string one;
    appendUtf8(one, c);
    if (QChar::isLower(c) && QChar::toTitleCase(c) != QChar::toUpper(c))
        return encodeUtf8(std::u32string(1, QChar::toTitleCase(c)));
    const std::u32string upper = decodeUtf8(uppered(one));
    if (upper.size() < 2 || !isCased(upper[0]))
        return encodeUtf8(upper);
    return encodeUtf8(upper.substr(0, 1)) + qstringOf(encodeUtf8(upper.substr(1))).toLower().toStdString();
}

std::string cased(std::u32string_view text, bool title, bool (*upperAt)(std::u32string_view, std::size_t))
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string one;
        appendUtf8(one, text[i]);
        if (upperAt(text, i))
            out += title ? titled(text[i]) : uppered(one);
        else
            out += qstringOf(one).toLower().toStdString();
    }
    return out;
}
Value strCapitalize(Interpreter &py, const Value &self, Arguments &)
{
    return result(py, self, cased(decodeUtf8(textOf(self)->text), true, [](std::u32string_view, std::size_t i) { return i == 0; }));
}
Value strTitle(Interpreter &py, const Value &self, Arguments &)
{
    return result(py, self,
                  cased(decodeUtf8(textOf(self)->text), true, [](std::u32string_view t, std::size_t i) { return i == 0 || !isCased(t[i - 1]); }));
}
Value strSwapcase(Interpreter &py, const Value &self, Arguments &)
{
    return result(py, self, cased(decodeUtf8(textOf(self)->text), false, [](std::u32string_view t, std::size_t i) { return isLower(t[i]); }));
}

// --- tests ---

template<class F>
Value everyCharacter(const Value &self, F &&test)
{
    const std::string &text = textOf(self)->text;
    for (std::size_t i = 0; i < text.size();)
        if (!test(nextCodePoint(text, i)))
            return Value::boolean(false);
    return Value::boolean(!text.empty());
}
Value strIsAlpha(Interpreter &, const Value &self, Arguments &) { return everyCharacter(self, isAlpha); }
Value strIsDigit(Interpreter &, const Value &self, Arguments &)
{
    return everyCharacter(self, [](char32_t c) {
        return digitValue(c) >= 0 || c == 0xB2 || c == 0xB3 || c == 0xB9 ||
               (c >= 0x2070 && c <= 0x2089 && c != 0x2071 && !(c >= 0x207A && c <= 0x207F));
    });
}
Value strIsDecimal(Interpreter &, const Value &self, Arguments &)
{
    return everyCharacter(self, [](char32_t c) { return digitValue(c) >= 0; });
}
Value strIsNumeric(Interpreter &, const Value &self, Arguments &)
{
    return everyCharacter(self, [](char32_t c) { return QChar::isNumber(c); });
}
Value strIsAlnum(Interpreter &, const Value &self, Arguments &)
{
    return everyCharacter(self, [](char32_t c) { return isAlpha(c) || QChar::isNumber(c); });
}
Value strIsSpace(Interpreter &, const Value &self, Arguments &) { return everyCharacter(self, isSpace); }
Value strIsPrintable(Interpreter &, const Value &self, Arguments &)
{
    return textOf(self)->text.empty() ? Value::boolean(true) : everyCharacter(self, isPrintable);
}
Value strIsAscii(Interpreter &, const Value &self, Arguments &) { return Value::boolean(textOf(self)->isAscii()); }
Value strIsIdentifier(Interpreter &, const Value &self, Arguments &)
{
    const std::u32string text = decodeUtf8(textOf(self)->text);
    return Value::boolean(!text.empty() && isIdentifierStart(text[0]) && std::all_of(text.begin() + 1, text.end(), isIdentifierContinue));
}
Value caseTest(const Value &self, bool (*wanted)(char32_t), bool (*unwanted)(char32_t))
{
    bool any = false;
    const std::string &text = textOf(self)->text;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = nextCodePoint(text, i);
        if (unwanted(c))
            return Value::boolean(false);
        any = any || wanted(c);
    }
    return Value::boolean(any);
}
Value strIsLower(Interpreter &, const Value &self, Arguments &)
{
    return caseTest(self, isLower, [](char32_t c) { return isUpper(c) || isTitle(c); });
}
Value strIsUpper(Interpreter &, const Value &self, Arguments &)
{
    return caseTest(self, isUpper, [](char32_t c) { return isLower(c) || isTitle(c); });
}
Value strIsTitle(Interpreter &, const Value &self, Arguments &)
{
    bool any = false;
    bool previousCased = false;
    const std::string &text = textOf(self)->text;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = nextCodePoint(text, i);
        if ((isUpper(c) || isTitle(c)) ? previousCased : isLower(c) && !previousCased)
            return Value::boolean(false);
        previousCased = isCased(c);
        any = any || previousCased;
    }
    return Value::boolean(any);
}

// --- searching ---

struct Window {
    std::size_t from, to; ///< byte offsets
    std::int64_t first;   ///< code points before
    bool valid;
};
Window window(Interpreter &py, const StringObject *s, const Arguments &a, std::size_t at)
{
    const auto bound = [&](std::size_t i, std::int64_t otherwise) {
        if (a.positional.size() <= i || a.positional[i].isNone())
            return otherwise;
        std::int64_t v = indexOf(py, a.positional[i]);
        if (v < 0)
            v = v < -s->codePoints ? 0 : v + s->codePoints;
        return v;
    };
    const std::int64_t first = bound(at, 0);
    const std::int64_t last = std::min(bound(at + 1, s->codePoints), s->codePoints);
    if (first > last)
        return {0, 0, 0, false};
    return {byteOffset(s, first), byteOffset(s, last), first, true};
}

std::int64_t found(Interpreter &py, const Value &self, const Arguments &a, std::string_view name, bool fromRight)
{
    if (a.positional.empty() || a.positional.size() > 3 || !a.keywords.empty())
        expectArguments(py, name, a, 1, 3);
    const StringObject *s = textOf(self);
    const StringObject *part = stringArgument(py, a.positional[0], name);
    py.state().countSteps(s->text.size() >> 8);
    const Window w = window(py, s, a, 1);
    if (!w.valid)
        return -1;
    const std::string_view text = std::string_view(s->text).substr(w.from, w.to - w.from);
    const auto at = fromRight ? text.rfind(part->text) : text.find(part->text);
    return at == std::string_view::npos ? -1 : w.first + codePointCount(text.substr(0, at));
}
Value strFind(Interpreter &py, const Value &self, Arguments &a) { return Value::integer(found(py, self, a, "find", false)); }
Value strRfind(Interpreter &py, const Value &self, Arguments &a) { return Value::integer(found(py, self, a, "rfind", true)); }
Value orError(Interpreter &py, std::int64_t at)
{
    if (at < 0)
        raiseException(py, BuiltinClass::ValueError, "substring not found");
    return Value::integer(at);
}
Value strIndex(Interpreter &py, const Value &self, Arguments &a) { return orError(py, found(py, self, a, "index", false)); }
Value strRindex(Interpreter &py, const Value &self, Arguments &a) { return orError(py, found(py, self, a, "rindex", true)); }
Value strCount(Interpreter &py, const Value &self, Arguments &a)
{
    expectArguments(py, "count", a, 1, 3);
    const StringObject *s = textOf(self);
    const StringObject *part = stringArgument(py, a.positional[0], "count()");
    const Window w = window(py, s, a, 1);
    if (!w.valid)
        return Value::integer(0);
    const std::string_view text = std::string_view(s->text).substr(w.from, w.to - w.from);
    py.state().countSteps(text.size() >> 8);
    return Value::integer(part->text.empty() ? codePointCount(text) + 1 : countOf(text, part->text));
}
Value edge(Interpreter &py, const Value &self, Arguments &a, std::string_view name, bool atEnd)
{
    expectArguments(py, name, a, 1, 3);
    const StringObject *s = textOf(self);
    const Window w = window(py, s, a, 1);
    const std::string_view text = w.valid ? std::string_view(s->text).substr(w.from, w.to - w.from) : std::string_view();
    const auto test = [&](const Value &part) {
        const Value &p = plain(part);
        if (!p.isString())
            raiseException(py, BuiltinClass::TypeError, std::string(name) + " first arg must be str or a tuple of str, not " + py.className(part));
        return w.valid && (atEnd ? text.ends_with(p.as<StringObject>()->text) : text.starts_with(p.as<StringObject>()->text));
    };
    if (const auto *tuple = a.positional[0].to<TupleObject>()) {
        for (const Value &part : tuple->items)
            if (part.isUnknown())
                return part;
        return Value::boolean(std::any_of(tuple->items.begin(), tuple->items.end(), test));
    }
    return Value::boolean(test(a.positional[0]));
}
Value strStartsWith(Interpreter &py, const Value &self, Arguments &a) { return edge(py, self, a, "startswith", false); }
Value strEndsWith(Interpreter &py, const Value &self, Arguments &a) { return edge(py, self, a, "endswith", true); }

// --- changing ---

Value stripped(Interpreter &py, const Value &self, const Arguments &a, std::string_view name, bool left, bool right)
{
    expectArguments(py, name, a, 0, 1);
    const std::string_view text = textOf(self)->text;
    std::u32string set;
    const bool blanks = a.positional.empty() || a.positional[0].isNone();
    if (!blanks)
        set = decodeUtf8(stringArgument(py, a.positional[0], name)->text);
    const auto goes = [&](char32_t c) { return blanks ? isSpace(c) : set.find(c) != std::u32string::npos; };
    std::size_t from = 0;
    std::size_t to = text.size();
    while (left && from < to) {
        std::size_t next = from;
        if (!goes(nextCodePoint(text, next)))
            break;
        from = next;
    }
    while (right && to > from) {
        std::size_t start = to - 1;
        while (start > from && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
            --start;
        std::size_t next = start;
        if (!goes(nextCodePoint(text, next)))
            break;
        to = start;
    }
    if (from == 0 && to == text.size())
        return plain(self);
    return result(py, self, std::string(text.substr(from, to - from)));
}
Value strStrip(Interpreter &py, const Value &self, Arguments &a) { return stripped(py, self, a, "strip", true, true); }
Value strLstrip(Interpreter &py, const Value &self, Arguments &a) { return stripped(py, self, a, "lstrip", true, false); }
Value strRstrip(Interpreter &py, const Value &self, Arguments &a) { return stripped(py, self, a, "rstrip", false, true); }

Value strReplace(Interpreter &py, const Value &self, Arguments &a)
{
    const Value countKeyword = a.take("count");
    expectArguments(py, "replace", a, 2, 3);
    const StringObject *s = textOf(self);
    const StringObject *from = stringArgument(py, a.positional[0], "replace()");
    const StringObject *to = stringArgument(py, a.positional[1], "replace()");
    const Value count = a.positional.size() > 2 ? a.positional[2] : countKeyword;
    std::int64_t limit = count ? indexOf(py, count) : -1;
    std::string out;
    if (from->text.empty()) { // between all code points
        const std::u32string text = decodeUtf8(s->text);
        py.state().willAllocate((text.size() + 1) * to->text.size() + s->text.size());
        for (std::size_t i = 0; i <= text.size(); ++i) {
            if (limit != 0) {
                out += to->text;
                --limit;
            }
            if (i < text.size())
                appendUtf8(out, text[i]);
        }
    } else {
        out = replaced(py, s->text, from->text, to->text, limit);
    }
    return py.state().newString(std::move(out), s->varies || from->varies || to->varies);
}

Value pieces(Interpreter &py, const Value &self, std::vector<std::string_view> parts)
{
    Values out;
    py.state().willAllocate(parts.size() * sizeof(Value));
    out.reserve(parts.size());
    for (const std::string_view p : parts)
        out.push_back(py.string(p, textOf(self)->varies));
    return py.list(std::move(out));
}

Value split(Interpreter &py, const Value &self, Arguments &a, std::string_view name, bool fromRight)
{
    const ArgumentReader r(py, name, a, {"sep=", "maxsplit="});
    const StringObject *s = textOf(self);
    const std::int64_t limit = r.has("maxsplit") ? indexOf(py, r["maxsplit"]) : -1;
    const Value separator = r["sep"];
    py.state().countSteps(s->text.size() >> 6);
    if (!separator || separator.isNone())
        return pieces(py, self, splitBlanks(s->text, limit, fromRight, isSpace));
    const StringObject *sep = stringArgument(py, separator, name);
    if (sep->text.empty())
        raiseException(py, BuiltinClass::ValueError, "empty separator");
    return pieces(py, self, splitAt(s->text, sep->text, limit, fromRight));
}
Value strSplit(Interpreter &py, const Value &self, Arguments &a) { return split(py, self, a, "split", false); }
Value strRsplit(Interpreter &py, const Value &self, Arguments &a) { return split(py, self, a, "rsplit", true); }

Value strSplitlines(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "splitlines", a, {"keepends="});
    const bool keep = r.has("keepends") && py.truth(r["keepends"]);
    const std::string_view text = textOf(self)->text;
    std::vector<std::string_view> lines;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t at = i;
        const char32_t c = nextCodePoint(text, i);
        if (!(c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029))
            continue;
        if (c == '\r' && i < text.size() && text[i] == '\n')
            ++i;
        lines.push_back(text.substr(start, (keep ? i : at) - start));
        start = i;
    }
    if (start < text.size())
        lines.push_back(text.substr(start));
    return pieces(py, self, lines);
}

Value partition(Interpreter &py, const Value &self, Arguments &a, std::string_view name, bool fromRight)
{
    expectArguments(py, name, a, 1, 1);
    const StringObject *sep = stringArgument(py, a.positional[0], name);
    if (sep->text.empty())
        raiseException(py, BuiltinClass::ValueError, "empty separator");
    const std::string_view text = textOf(self)->text;
    const bool varies = textOf(self)->varies;
    const auto at = fromRight ? text.rfind(sep->text) : text.find(sep->text);
    const auto string = [&](std::string_view s) { return py.string(s, varies); };
    if (at == std::string_view::npos)
        return fromRight ? py.tuple({string(""), string(""), string(text)}) : py.tuple({string(text), string(""), string("")});
    return py.tuple({string(text.substr(0, at)), string(sep->text), string(text.substr(at + sep->text.size()))});
}
Value strPartition(Interpreter &py, const Value &self, Arguments &a) { return partition(py, self, a, "partition", false); }
Value strRpartition(Interpreter &py, const Value &self, Arguments &a) { return partition(py, self, a, "rpartition", true); }

Value strJoin(Interpreter &py, const Value &self, Arguments &a)
{
    const Value source = onlyArgument(py, "join", a);
    if (source.isUnknown())
        return source;
    const Values items = py.toVector(source);
    const StringObject *separator = textOf(self);
    bool varies = separator->varies;
    std::size_t size = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].isUnknown())
            return items[i];
        const Value &item = plain(items[i]);
        if (!item.isString())
            raiseException(py, BuiltinClass::TypeError,
                           "sequence item " + std::to_string(i) + ": expected str instance, " + py.className(items[i]) + " found");
        size += item.as<StringObject>()->text.size() + separator->text.size();
        varies = varies || item.as<StringObject>()->varies;
    }
    py.state().willAllocate(size);
    std::string out;
    out.reserve(size);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            out += separator->text;
        out += plain(items[i]).as<StringObject>()->text;
    }
    return py.state().newString(std::move(out), varies);
}

Value justified(Interpreter &py, const Value &self, Arguments &a, std::string_view name, char align)
{
    expectArguments(py, name, a, 1, 2);
    const StringObject *s = textOf(self);
    const std::int64_t width = indexOf(py, a.positional[0]);
    std::string fill = " ";
    if (a.positional.size() > 1) {
        const StringObject *f = stringArgument(py, a.positional[1], name);
        if (f->codePoints != 1)
            raiseException(py, BuiltinClass::TypeError, "The fill character must be exactly one character long");
        fill = f->text;
    }
    if (width <= s->codePoints)
        return plain(self);
    const std::int64_t total = width - s->codePoints;
    py.state().willAllocate(static_cast<std::size_t>(total) * fill.size() + s->text.size());
    // CPython's own rounding of a centred text
    const std::int64_t left = align == '<' ? 0 : align == '>' ? total : total / 2 + (total & width & 1);
    std::string out;
    for (std::int64_t i = 0; i < left; ++i)
        out += fill;
    out += s->text;
    for (std::int64_t i = left; i < total; ++i)
        out += fill;
    return py.state().newString(std::move(out), anyVaries(py, self, a));
}
Value strLjust(Interpreter &py, const Value &self, Arguments &a) { return justified(py, self, a, "ljust", '<'); }
Value strRjust(Interpreter &py, const Value &self, Arguments &a) { return justified(py, self, a, "rjust", '>'); }
Value strCenter(Interpreter &py, const Value &self, Arguments &a) { return justified(py, self, a, "center", '^'); }
Value strZfill(Interpreter &py, const Value &self, Arguments &a)
{
    const StringObject *s = textOf(self);
    const std::int64_t width = indexOf(py, onlyArgument(py, "zfill", a));
    if (width <= s->codePoints)
        return plain(self);
    py.state().willAllocate(static_cast<std::size_t>(width));
    const bool sign = !s->text.empty() && (s->text[0] == '+' || s->text[0] == '-');
    std::string out = sign ? s->text.substr(0, 1) : std::string();
    out.append(static_cast<std::size_t>(width - s->codePoints), '0');
    return result(py, self, out + s->text.substr(sign ? 1 : 0));
}
Value strExpandtabs(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "expandtabs", a, {"tabsize="});
    const std::int64_t size = r.has("tabsize") ? indexOf(py, r["tabsize"]) : 8;
    std::string out;
    std::int64_t column = 0;
    const std::string &text = textOf(self)->text;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t from = i;
        const char32_t c = nextCodePoint(text, i);
        if (c == '\t') {
            const std::int64_t n = size > 0 ? size - column % size : 0;
            py.state().willAllocate(out.size() + static_cast<std::size_t>(n));
            out.append(static_cast<std::size_t>(n), ' ');
            column += n;
            continue;
        }
        out += text.substr(from, i - from);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
    return result(py, self, std::move(out));
}
Value strRemovePrefix(Interpreter &py, const Value &self, Arguments &a)
{
    const StringObject *p = stringArgument(py, onlyArgument(py, "removeprefix", a), "removeprefix()");
    const std::string &text = textOf(self)->text;
    return text.starts_with(p->text) ? result(py, self, text.substr(p->text.size())) : plain(self);
}
Value strRemoveSuffix(Interpreter &py, const Value &self, Arguments &a)
{
    const StringObject *p = stringArgument(py, onlyArgument(py, "removesuffix", a), "removesuffix()");
    const std::string &text = textOf(self)->text;
    return !p->text.empty() && text.ends_with(p->text) ? result(py, self, text.substr(0, text.size() - p->text.size())) : plain(self);
}

Value strTranslate(Interpreter &py, const Value &self, Arguments &a)
{
    const Value table = onlyArgument(py, "translate", a);
    std::string out;
    const std::string &text = textOf(self)->text;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = nextCodePoint(text, i);
        Value mapped;
        if (DictObject *d = table.to<DictObject>()) {
            if (const Value *v = dictFind(py, d, Value::integer(c)))
                mapped = *v;
        } else {
            try {
                mapped = py.getItem(table, Value::integer(c));
            } catch (const Raised &raised) {
                if (!isSubclassOf(py.state().classOf(raised.exception), py.state().cls(BuiltinClass::LookupError)))
                    throw;
            }
        }
        if (!mapped)
            appendUtf8(out, c);
        else if (mapped.isString())
            out += mapped.as<StringObject>()->text;
        else if (isInteger(mapped)) {
            const std::int64_t code = indexOf(py, mapped);
            if (code < 0 || code > 0x10FFFF)
                raiseException(py, BuiltinClass::ValueError, "character mapping must be in range(0x110000)");
            appendUtf8(out, static_cast<char32_t>(code));
        } else if (!mapped.isNone()) {
            py.known(mapped, "a character's translation");
            raiseException(py, BuiltinClass::TypeError, "character mapping must return integer, None or str");
        }
        if (out.size() > py.state().budget.textBytes)
            py.state().willAllocate(out.size());
    }
    return result(py, self, std::move(out));
}
Value strMaketrans(Interpreter &py, const Value &, Arguments &a)
{
    expectArguments(py, "maketrans", a, 1, 3);
    const Value table = py.dict();
    auto *dict = table.as<DictObject>();
    if (a.positional.size() == 1) {
        if (!asDict(a.positional[0]))
            raiseException(py, BuiltinClass::TypeError, "if you give only one argument to maketrans it must be a dict");
        for (const auto &[key, value] : py.dictEntries(a.positional[0])) {
            if (!key.isString()) {
                dictInsert(py, dict, key, value);
                continue;
            }
            const std::u32string letters = decodeUtf8(key.as<StringObject>()->text);
            if (letters.size() != 1)
                raiseException(py, BuiltinClass::ValueError, "string keys in translate table must be of length 1");
            dictInsert(py, dict, Value::integer(letters[0]), value);
        }
        return table;
    }
    const std::u32string from = decodeUtf8(stringArgument(py, a.positional[0], "maketrans()")->text);
    const std::u32string to = decodeUtf8(stringArgument(py, a.positional[1], "maketrans()")->text);
    if (from.size() != to.size())
        raiseException(py, BuiltinClass::ValueError, "the first two maketrans arguments must have equal length");
    for (std::size_t i = 0; i < from.size(); ++i)
        dictInsert(py, dict, Value::integer(from[i]), Value::integer(to[i]));
    if (a.positional.size() == 3)
        for (const char32_t c : decodeUtf8(stringArgument(py, a.positional[2], "maketrans()")->text))
            dictInsert(py, dict, Value::integer(c), Value::none());
    return table;
}

Value strEncode(Interpreter &py, const Value &self, Arguments &a)
{
    const ArgumentReader r(py, "encode", a, {"encoding=", "errors="});
    return py.bytes(
        encoded(py, textOf(self)->text, r.has("encoding") ? py.str(r["encoding"]) : "utf-8", r.has("errors") ? py.str(r["errors"]) : "strict"));
}
Value strFormat(Interpreter &py, const Value &self, Arguments &a) { return braceFormat(py, plain(self), a, {}); }
Value strFormatMap(Interpreter &py, const Value &self, Arguments &a)
{
    const Value mapping = onlyArgument(py, "format_map", a);
    return braceFormat(py, plain(self), {}, mapping);
}
Value strStr(Interpreter &, const Value &self, Arguments &) { return plain(self); }
Value strMod(Interpreter &py, const Value &self, Arguments &a) { return percentFormat(py, plain(self), onlyArgument(py, "__mod__", a)); }

const NativeMethod kStrProtocol[] = {
    {"__add__", plainDunder<BinaryOperator::Add>},
    {"__mul__", plainDunder<BinaryOperator::Multiply>},
    {"__rmul__", reflectedDunder<BinaryOperator::Multiply>},
    {"__mod__", strMod},
    {"__len__", lengthDunder},
    {"__iter__", iterDunder},
    {"__contains__", containsDunder},
    {"__getitem__", getItemDunder},
    {"__hash__", hashDunder},
    {"__repr__", reprDunder},
    {"__str__", strStr},
    {"__format__", formatDunder},
};
const NativeMethod kStr[] = {
    {"lower", strLower},
    {"upper", strUpper},
    {"casefold", strCasefold},
    {"capitalize", strCapitalize},
    {"title", strTitle},
    {"swapcase", strSwapcase},
    {"isalpha", strIsAlpha},
    {"isdigit", strIsDigit},
    {"isdecimal", strIsDecimal},
    {"isnumeric", strIsNumeric},
    {"isalnum", strIsAlnum},
    {"isspace", strIsSpace},
    {"isprintable", strIsPrintable},
    {"isascii", strIsAscii},
    {"isidentifier", strIsIdentifier},
    {"islower", strIsLower},
    {"isupper", strIsUpper},
    {"istitle", strIsTitle},
    {"find", strFind},
    {"rfind", strRfind},
    {"index", strIndex},
    {"rindex", strRindex},
    {"count", strCount},
    {"startswith", strStartsWith},
    {"endswith", strEndsWith},
    {"strip", strStrip},
    {"lstrip", strLstrip},
    {"rstrip", strRstrip},
    {"replace", strReplace},
    {"split", strSplit},
    {"rsplit", strRsplit},
    {"splitlines", strSplitlines},
    {"partition", strPartition},
    {"rpartition", strRpartition},
    {"join", strJoin},
    {"ljust", strLjust},
    {"rjust", strRjust},
    {"center", strCenter},
    {"zfill", strZfill},
    {"expandtabs", strExpandtabs},
    {"removeprefix", strRemovePrefix},
    {"removesuffix", strRemoveSuffix},
    {"translate", strTranslate},
    {"maketrans", strMaketrans, Sort::StaticMethod},
    {"encode", strEncode},
    {"format", strFormat},
    {"format_map", strFormatMap},
};

} // namespace

BuiltinRow strRow() { return {"str", BuiltinClass::Object, constructStr, {kStrProtocol, comparisonDunders(), kStr}}; }

} // namespace stillroom::python
