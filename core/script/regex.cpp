// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/standard.h"

#include "python/state.h"
#include "script/library.h"

#include <QRegularExpression>
#include <chrono>
#include <limits>
#include <optional>

/// Python library reference, "re", over QRegularExpression (PCRE2). The two syntaxes differ in little; translated() turns
/// Python's spelling into PCRE's where they do.
namespace stillroom::script {

using namespace python;

namespace {

enum Flag : std::int64_t { kIgnoreCase = 2, kLocale = 4, kMultiline = 8, kDotAll = 16, kUnicode = 32, kVerbose = 64, kDebug = 128, kAscii = 256 };

/// Positions of a text in code points, which Python counts, and UTF-16 units, which Qt counts.
class Subject {
public:
    /// Bytes are looked at as the characters U+0000 to U+00FF. What stands behind `end` is not looked at.
    explicit Subject(const Value &given, std::optional<std::int64_t> end = std::nullopt) : text(textOf(given)), m_points(pointsOf(given))
    {
        if (end && *end < m_points) {
            text.truncate(toUnit(std::max<std::int64_t>(*end, 0)));
            m_points = std::max<std::int64_t>(*end, 0);
        }
    }
    [[nodiscard]] std::int64_t toPoint(qsizetype unit) const
    {
        if (text.size() == m_points)
            return unit;
        std::int64_t points = 0;
        for (qsizetype i = 0; i < unit; ++i)
            points += text[i].isLowSurrogate() ? 0 : 1;
        return points;
    }
    [[nodiscard]] qsizetype toUnit(std::int64_t point) const
    {
        if (text.size() == m_points)
            return std::clamp<qsizetype>(point, 0, text.size());
        qsizetype unit = 0;
        for (std::int64_t i = 0; i < point && unit < text.size(); ++i)
            unit += text[unit].isHighSurrogate() ? 2 : 1;
        return unit;
    }
    QString text;

private:
    static QString textOf(const Value &given)
    {
        const Value &v = plain(given);
        if (v.isString())
            return Interpreter::qtext(v);
        const std::string &bytes = v.isKind(ObjectKind::Bytes) ? v.as<BytesObject>()->bytes : v.as<ByteArrayObject>()->bytes;
        return QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }
    static std::int64_t pointsOf(const Value &given)
    {
        const Value &v = plain(given);
        if (v.isString())
            return v.as<StringObject>()->codePoints;
        return std::ssize(v.isKind(ObjectKind::Bytes) ? v.as<BytesObject>()->bytes : v.as<ByteArrayObject>()->bytes);
    }
    std::int64_t m_points;
};

/// A part of what was looked at, of the kind of the whole.
Value partOf(Interpreter &in, const QString &text, const Value &whole)
{
    if (plain(whole).isString())
        return in.string(text.toStdString(), in.varies(whole));
    return in.bytes(text.toLatin1().toStdString());
}

bool isBytes(const Value &given)
{
    const Value &v = plain(given);
    return v.isKind(ObjectKind::Bytes) || v.isKind(ObjectKind::ByteArray);
}

struct PatternPayload final : Payload {
    QRegularExpression expression;
    Value pattern;
    std::int64_t flags = 0;
};

struct MatchPayload final : Payload {
    QRegularExpressionMatch match;
    Value string;
    Value pattern;
    std::shared_ptr<const Subject> subject;
};

Value patternClass(Library &library, std::string_view);
Value matchClass(Library &library, std::string_view);
Value errorClass(Library &library, std::string_view)
{
    Interpreter &in = library.interpreter();
    return in.exceptionClass("error", in.builtin("Exception"));
}

[[noreturn]] void refuse(Library &library, const QString &what, qsizetype at)
{
    Interpreter &in = library.interpreter();
    const Value error =
        in.invoke(library.named(errorClass, "error"), Arguments{{in.string(QStringLiteral("%1 at position %2").arg(what).arg(at))}, {}});
    in.setAttribute(error, "msg", in.string(what));
    in.setAttribute(error, "pos", Value::integer(at));
    throw Raised(error);
}

/// An escape of Python's as PCRE spells it; `i` stands on the character behind the backslash and is left on the escape's last.
QString translatedEscape(Library &library, const QString &pattern, qsizetype &i, bool isInClass, bool ofBytes)
{
    const QChar next = pattern[i];
    if (next == QLatin1Char('Z') && !isInClass)
        return QStringLiteral("\\z"); // Python's \Z is PCRE's \z
    if (next == QLatin1Char('v'))
        return QStringLiteral("\\x0b"); // any vertical space in PCRE
    if (!ofBytes && (next == QLatin1Char('u') || next == QLatin1Char('U'))) {
        const qsizetype length = next == QLatin1Char('u') ? 4 : 8;
        const QString digits = pattern.mid(i + 1, length);
        bool isNumber = false;
        (void)digits.toUInt(&isNumber, 16);
        if (!isNumber || digits.size() != length)
            refuse(library, QStringLiteral("incomplete escape \\") + next + digits, i - 1);
        i += length;
        return QStringLiteral("\\x{%1}").arg(digits);
    }
    if (next == QLatin1Char('N'))
        library.interpreter().stop(StopKind::NotUnderstood, "names of characters in regular expressions are not followed here");
    static const QString kKnown = QStringLiteral("AbBdDsSwWxafnrt");
    if (next.unicode() < 0x80 && next.isLetter() && !kKnown.contains(next))
        refuse(library, QStringLiteral("bad escape \\") + next, i - 1);
    return QStringLiteral("\\") + next;
}

QString translated(Library &library, const QString &pattern, bool ofBytes)
{
    QString out;
    bool isInClass = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == QLatin1Char('\\') && i + 1 < pattern.size()) {
            ++i;
            out += translatedEscape(library, pattern, i, isInClass, ofBytes);
        } else if (c == QLatin1Char('[') && !isInClass) {
            isInClass = true;
            out += c;
            if (pattern.mid(i + 1, 1) == QLatin1String("^"))
                out += pattern[++i];
            if (pattern.mid(i + 1, 1) == QLatin1String("]")) {
                out += QLatin1String("\\]");
                ++i;
            }
        } else if (c == QLatin1Char('[')) {
            out += QLatin1String("\\["); // PCRE would look for [:posix:] here
        } else if (c == QLatin1Char(']') && isInClass) {
            isInClass = false;
            out += c;
        } else if (c == QLatin1Char('{') && !isInClass && pattern.mid(i + 1, 1) == QLatin1String(",")) {
            out += QLatin1String("{0"); // {,n} is {0,n} in Python, text in PCRE
        } else {
            out += c;
        }
    }
    // Flags that PCRE does not know: Python's str patterns are Unicode anyhow.
    static const QRegularExpression unicodeFlag(QStringLiteral("^\\(\\?([aimsxu]*)\\)"));
    const auto flags = unicodeFlag.match(out);
    if (flags.hasMatch()) {
        QString kept = flags.captured(1);
        kept.remove(QLatin1Char('u')).remove(QLatin1Char('a'));
        out.replace(0, flags.capturedLength(), kept.isEmpty() ? QString() : QStringLiteral("(?%1)").arg(kept));
    }
    return out;
}

/// Of `(?im)` at the beginning of a pattern.
std::int64_t leadingFlags(const QString &pattern)
{
    static const QRegularExpression leading(QStringLiteral("^\\(\\?([aimsxuL]+)\\)"));
    std::int64_t flags = 0;
    for (const QChar c : leading.match(pattern).captured(1)) {
        switch (c.unicode()) {
        case u'a':
            flags |= kAscii;
            break;
        case u'i':
            flags |= kIgnoreCase;
            break;
        case u'm':
            flags |= kMultiline;
            break;
        case u's':
            flags |= kDotAll;
            break;
        case u'x':
            flags |= kVerbose;
            break;
        case u'L':
            flags |= kLocale;
            break;
        default:
            flags |= kUnicode;
        }
    }
    return flags;
}

Value compiled(Library &library, const Value &pattern, std::int64_t flags)
{
    Interpreter &in = library.interpreter();
    if (Interpreter::payloadAs<PatternPayload>(pattern))
        return pattern;
    in.known(pattern, "a regular expression");
    const bool ofBytes = isBytes(pattern);
    if (!ofBytes && !plain(pattern).isString())
        in.raise("TypeError", "first argument must be string or compiled pattern");
    const QString text = Subject(pattern).text;
    flags |= leadingFlags(text);
    if (ofBytes) {
        static const QRegularExpression beyondAscii(QStringLiteral("[^\\x00-\\x7f]|\\\\[x0-3]"));
        if ((flags & kIgnoreCase) && beyondAscii.match(text).hasMatch())
            in.stop(StopKind::NotUnderstood, "a regular expression over bytes beyond ASCII that ignores the case is not followed here");
        if (flags & kUnicode)
            in.raise("ValueError", "cannot use UNICODE flag with a bytes pattern");
    }
    QRegularExpression::PatternOptions options = QRegularExpression::NoPatternOption;
    if (!(flags & kAscii) && !ofBytes)
        options |= QRegularExpression::UseUnicodePropertiesOption;
    if (flags & kIgnoreCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    if (flags & kMultiline)
        options |= QRegularExpression::MultilineOption;
    if (flags & kDotAll)
        options |= QRegularExpression::DotMatchesEverythingOption;
    if (flags & kVerbose)
        options |= QRegularExpression::ExtendedPatternSyntaxOption;
    auto payload = std::make_unique<PatternPayload>();
    payload->expression = QRegularExpression(translated(library, text, ofBytes), options);
    if (!payload->expression.isValid())
        refuse(library, payload->expression.errorString(), payload->expression.patternErrorOffset());
    payload->pattern = pattern;
    payload->flags = ofBytes || (flags & kAscii) ? flags : flags | kUnicode;
    return in.instance(library.named(patternClass, "Pattern"), std::move(payload));
}

Value matchObject(Library &library, const Value &pattern, const Value &string, const std::shared_ptr<const Subject> &subject,
                  const QRegularExpressionMatch &match)
{
    auto payload = std::make_unique<MatchPayload>();
    payload->match = match;
    payload->string = string;
    payload->pattern = pattern;
    payload->subject = subject;
    return library.interpreter().instance(library.named(matchClass, "Match"), std::move(payload));
}

enum class Anchor { Search, Start, Whole };

/// The time that a match takes counts as steps, since a pattern may look at a text in very many ways.
class Stopwatch {
public:
    explicit Stopwatch(Interpreter &in) : m_in(in), m_start(std::chrono::steady_clock::now()) {}
    /// Ends the script when the match was given up.
    void pay(bool isAnswer)
    {
        if (!isAnswer)
            m_in.stop(StopKind::OverBudget, "a regular expression looks at a text in more ways than it may");
        const auto now = std::chrono::steady_clock::now();
        constexpr std::int64_t kNanosecondsOfAStep = 20;
        const std::int64_t steps = (now - m_start).count() / kNanosecondsOfAStep;
        m_start = now;
        if (steps > 1000) // what a match usually takes is not worth counting
            m_in.state().countSteps(static_cast<std::uint64_t>(steps));
    }

private:
    Interpreter &m_in;
    std::chrono::steady_clock::time_point m_start;
};

/// What is put together counts before it is a string.
class Growing {
public:
    explicit Growing(Interpreter &in) : m_in(in) {}
    void notice(qsizetype characters)
    {
        constexpr std::size_t kPortion = 4 << 20;
        while (static_cast<std::size_t>(characters) * 2 > m_paid) {
            m_in.state().willAllocate(m_paid + kPortion);
            m_paid += kPortion;
        }
    }

private:
    Interpreter &m_in;
    std::size_t m_paid = 4 << 20;
};

QRegularExpressionMatch matchAt(const PatternPayload &pattern, const Subject &subject, qsizetype at, Anchor anchor)
{
    if (anchor == Anchor::Search)
        return pattern.expression.match(subject.text, at);
    if (anchor == Anchor::Start)
        return pattern.expression.match(subject.text, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
    const QString end = pattern.flags & kVerbose ? QStringLiteral("\n)\\z") : QStringLiteral(")\\z"); // it may end with a comment
    const QRegularExpression whole(QStringLiteral("(?:") + pattern.expression.pattern() + end, pattern.expression.patternOptions());
    return whole.match(subject.text, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
}

/// The string argument: Unknown stays Unknown, something else than text is a TypeError.
const Value &subjectOf(Interpreter &in, const Value &pattern, const Value &string)
{
    in.known(string, "a text to match");
    if (!plain(string).isString() && !isBytes(string))
        in.raise("TypeError", "expected string or bytes-like object, got '" + in.className(string) + "'");
    const bool ofBytes = isBytes(Interpreter::payloadAs<PatternPayload>(pattern)->pattern);
    if (ofBytes != isBytes(string))
        in.raise("TypeError", ofBytes ? "cannot use a bytes pattern on a string-like object" : "cannot use a string pattern on a bytes-like object");
    return string;
}

std::int64_t countOf(const ArgumentReader &a, std::string_view name) { return a.has(name) ? Interpreter::toInt64(a[name]).value_or(0) : 0; }

std::optional<std::int64_t> endOf(const ArgumentReader &a)
{
    return a.has("endpos") ? std::optional(Interpreter::toInt64(a["endpos"]).value_or(std::numeric_limits<std::int64_t>::max())) : std::nullopt;
}

Value matchOne(Library &library, const Value &pattern, const Value &string, Anchor anchor, const ArgumentReader &a)
{
    const std::int64_t from = a.has("pos") ? Interpreter::toInt64(a["pos"]).value_or(0) : 0;
    Interpreter &in = library.interpreter();
    const auto subject = std::make_shared<const Subject>(subjectOf(in, pattern, string), endOf(a));
    Stopwatch watch(in);
    const auto match = matchAt(*Interpreter::payloadAs<PatternPayload>(pattern), *subject, subject->toUnit(from), anchor);
    watch.pay(match.isValid());
    return match.hasMatch() ? matchObject(library, pattern, string, subject, match) : Value::none();
}

Value groupValue(Interpreter &in, const MatchPayload &match, int group)
{
    if (!match.match.hasCaptured(group) && match.match.capturedStart(group) < 0)
        return Value::none();
    return partOf(in, match.match.captured(group), match.string);
}

int groupIndex(Interpreter &in, const MatchPayload &match, const Value &key)
{
    const int count = match.match.regularExpression().captureCount();
    if (key.isString()) {
        const QStringList names = match.match.regularExpression().namedCaptureGroups();
        const qsizetype index = names.indexOf(Interpreter::qtext(key));
        if (index > 0)
            return static_cast<int>(index);
    } else if (const auto number = Interpreter::toInt64(key); number && *number >= 0 && *number <= count) {
        return static_cast<int>(*number);
    }
    in.raise("IndexError", "no such group");
}

std::vector<QRegularExpressionMatch> allMatches(Interpreter &in, const PatternPayload &pattern, const Subject &subject, std::int64_t limit = 0,
                                                std::int64_t from = 0)
{
    std::vector<QRegularExpressionMatch> found;
    if (limit < 0)
        return found;
    Stopwatch watch(in);
    auto matches = pattern.expression.globalMatch(subject.text, subject.toUnit(from));
    watch.pay(true);
    while (matches.hasNext() && (limit == 0 || static_cast<std::int64_t>(found.size()) < limit)) {
        found.push_back(matches.next()); // and looks for the one after it
        watch.pay(true);
        in.charge(512);
    }
    if (limit == 0 || static_cast<std::int64_t>(found.size()) < limit) { // the iterator cannot say why it ended
        const qsizetype next = found.empty() ? subject.toUnit(from) : found.back().capturedEnd();
        watch.pay(pattern.expression.match(subject.text, next).isValid());
    }
    return found;
}

Value findAll(Library &library, const Value &pattern, const Value &string, const ArgumentReader &a)
{
    Interpreter &in = library.interpreter();
    const Subject subject(subjectOf(in, pattern, string), endOf(a));
    const auto &payload = *Interpreter::payloadAs<PatternPayload>(pattern);
    const int groups = payload.expression.captureCount();
    Values found;
    for (const auto &match : allMatches(in, payload, subject, 0, countOf(a, "pos"))) {
        if (groups <= 1) {
            found.push_back(partOf(in, match.captured(groups), string));
            continue;
        }
        Values row;
        for (int group = 1; group <= groups; ++group)
            row.push_back(partOf(in, match.captured(group), string));
        found.push_back(in.tuple(std::move(row)));
    }
    return in.list(std::move(found));
}

/// A replacement text with its references: `\1`, `\g<1>`, `\g<name>`, `\n`.
QString expanded(Library &library, const QString &replacement, const QRegularExpressionMatch &match)
{
    Interpreter &in = library.interpreter();
    QString out;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        if (replacement[i] != QLatin1Char('\\') || i + 1 >= replacement.size()) {
            out += replacement[i];
            continue;
        }
        const QChar next = replacement[++i];
        if (next.isDigit()) {
            QString digits(next);
            if (i + 1 < replacement.size() && replacement[i + 1].isDigit())
                digits += replacement[++i];
            if (digits.toInt() > match.regularExpression().captureCount())
                refuse(library, QStringLiteral("invalid group reference %1").arg(digits.toInt()), i - digits.size() + 1);
            out += match.captured(digits.toInt());
        } else if (next == QLatin1Char('g') && replacement.mid(i + 1, 1) == QLatin1String("<")) {
            const qsizetype end = replacement.indexOf(QLatin1Char('>'), i);
            if (end < 0)
                in.raise(library.named(errorClass, "error"), "missing >, unterminated name");
            const QString name = replacement.mid(i + 2, end - i - 2);
            bool isNumber = false;
            const int number = name.toInt(&isNumber);
            if (!isNumber && !match.regularExpression().namedCaptureGroups().contains(name))
                in.raise("IndexError", "unknown group name '" + name.toStdString() + "'");
            out += isNumber ? match.captured(number) : match.captured(name);
            i = end;
        } else {
            static const QString kNames = QStringLiteral("nrtabfv\\");
            static const QString kChars = QStringLiteral("\n\r\t\a\b\f\v\\");
            const qsizetype index = kNames.indexOf(next);
            if (index < 0 && next.isLetter())
                in.raise(library.named(errorClass, "error"), "bad escape \\" + QString(next).toStdString());
            out += index < 0 ? QStringLiteral("\\") + next : QString(kChars[index]);
        }
    }
    return out;
}

std::pair<Value, std::int64_t> substituted(Library &library, const Value &pattern, const Value &replacement, const Value &string, std::int64_t limit)
{
    Interpreter &in = library.interpreter();
    const auto subject = std::make_shared<const Subject>(subjectOf(in, pattern, string));
    in.known(replacement, "a replacement text");
    const bool isFunction = !plain(replacement).isString() && !isBytes(replacement);
    if (!isFunction && isBytes(replacement) != isBytes(string))
        in.raise("TypeError", isBytes(string) ? "expected a bytes-like object, str found" : "expected str instance, bytes found");
    bool varies = in.varies(string) || (!isFunction && in.varies(replacement));
    QString out;
    Growing growing(in);
    qsizetype at = 0;
    std::int64_t count = 0;
    for (const auto &match : allMatches(in, *Interpreter::payloadAs<PatternPayload>(pattern), *subject, limit)) {
        out += QStringView(subject->text).mid(at, match.capturedStart() - at);
        if (isFunction) {
            const Value given = in.invoke(replacement, Arguments{{matchObject(library, pattern, string, subject, match)}, {}});
            if (given.isUnknown())
                return {given, count};
            varies = varies || in.varies(given);
            if (!plain(given).isString() && !isBytes(given))
                in.raise("TypeError", "expected str instance, " + in.className(given) + " found");
            out += Subject(given).text;
        } else {
            out += expanded(library, Subject(replacement).text, match);
        }
        growing.notice(out.size());
        at = match.capturedEnd();
        ++count;
    }
    out += QStringView(subject->text).mid(at);
    return {isBytes(string) ? partOf(in, out, string) : in.string(out.toStdString(), varies), count};
}

Value split(Library &library, const Value &pattern, const Value &string, std::int64_t limit)
{
    Interpreter &in = library.interpreter();
    const Subject subject(subjectOf(in, pattern, string));
    Values parts;
    qsizetype at = 0;
    const auto &payload = *Interpreter::payloadAs<PatternPayload>(pattern);
    for (const auto &match : allMatches(in, payload, subject, limit)) {
        parts.push_back(partOf(in, subject.text.mid(at, match.capturedStart() - at), string));
        for (int group = 1; group <= payload.expression.captureCount(); ++group)
            parts.push_back(match.capturedStart(group) < 0 ? Value::none() : partOf(in, match.captured(group), string));
        at = match.capturedEnd();
    }
    parts.push_back(partOf(in, subject.text.mid(at), string));
    return in.list(std::move(parts));
}

// One native for each verb; the same code serves re.search(pattern, …) and pattern.search(…).
using Verb = Value (*)(Library &, const Value &pattern, ArgumentReader &);

struct VerbRow {
    const char *name;
    Verb verb;
    bool takesReplacement;
};

constexpr VerbRow kVerbs[] = {
    {"match", [](Library &l, const Value &p, ArgumentReader &a) { return matchOne(l, p, a["string"], Anchor::Start, a); }, false},
    {"fullmatch", [](Library &l, const Value &p, ArgumentReader &a) { return matchOne(l, p, a["string"], Anchor::Whole, a); }, false},
    {"search", [](Library &l, const Value &p, ArgumentReader &a) { return matchOne(l, p, a["string"], Anchor::Search, a); }, false},
    {"findall", [](Library &l, const Value &p, ArgumentReader &a) { return findAll(l, p, a["string"], a); }, false},
    {"finditer",
     [](Library &l, const Value &p, ArgumentReader &a) {
         const auto subject = std::make_shared<const Subject>(subjectOf(l.interpreter(), p, a["string"]), endOf(a));
         Values found;
         for (const auto &match : allMatches(l.interpreter(), *Interpreter::payloadAs<PatternPayload>(p), *subject, 0, countOf(a, "pos")))
             found.push_back(matchObject(l, p, a["string"], subject, match));
         return l.interpreter().invoke(l.interpreter().builtin("iter"), Arguments{{l.interpreter().list(std::move(found))}, {}});
     },
     false},
    {"sub", [](Library &l, const Value &p, ArgumentReader &a) { return substituted(l, p, a["repl"], a["string"], countOf(a, "count")).first; }, true},
    {"subn",
     [](Library &l, const Value &p, ArgumentReader &a) {
         auto [text, count] = substituted(l, p, a["repl"], a["string"], countOf(a, "count"));
         return l.interpreter().tuple({text, Value::integer(count)});
     },
     true},
    {"split", [](Library &l, const Value &p, ArgumentReader &a) { return split(l, p, a["string"], countOf(a, "maxsplit")); }, false},
};

Value callVerb(Library &library, const VerbRow &row, const Value &pattern, Arguments &arguments, bool isModuleFunction)
{
    Interpreter &in = library.interpreter();
    const bool isSplit = std::string_view(row.name) == "split";
    std::vector<std::string_view> names;
    if (isModuleFunction)
        names.push_back("pattern");
    if (row.takesReplacement)
        names.push_back("repl");
    names.push_back("string");
    if (row.takesReplacement)
        names.push_back("count=");
    else if (isSplit)
        names.push_back("maxsplit=");
    else if (!isModuleFunction)
        names.insert(names.end(), {"pos=", "endpos="});
    if (isModuleFunction)
        names.push_back("flags=");
    // initializer_list cannot be made at run time: the four shapes are spelled out.
    const auto read = [&](auto... parameters) {
        ArgumentReader a(in, row.name, arguments, {std::string_view(parameters)...});
        const Value &subject = a["string"];
        if (subject.isUnknown())
            return subject;
        return row.verb(library, isModuleFunction ? compiled(library, a["pattern"], countOf(a, "flags")) : pattern, a);
    };
    switch (names.size()) {
    case 3:
        return read(names[0], names[1], names[2]);
    case 4:
        return read(names[0], names[1], names[2], names[3]);
    case 5:
        return read(names[0], names[1], names[2], names[3], names[4]);
    default:
        return read(names[0], names[1]);
    }
}

Value patternClass(Library &library, std::string_view)
{
    Interpreter &in = library.interpreter();
    ClassBuilder builder(in, "Pattern", {}, "re");
    for (const VerbRow &row : kVerbs)
        builder.method(row.name, [&library, &row](Interpreter &, const Value &self, Arguments &arguments) {
            return callVerb(library, row, self, arguments, false);
        });
    builder.property("pattern", [](Interpreter &, const Value &self, Arguments &) { return Interpreter::payloadAs<PatternPayload>(self)->pattern; });
    builder.property(
        "flags", [](Interpreter &, const Value &self, Arguments &) { return Value::integer(Interpreter::payloadAs<PatternPayload>(self)->flags); });
    builder.property("groupindex", [](Interpreter &i, const Value &self, Arguments &) {
        const Value made = i.dict();
        const QStringList names = Interpreter::payloadAs<PatternPayload>(self)->expression.namedCaptureGroups();
        for (qsizetype group = 1; group < names.size(); ++group)
            if (!names[group].isEmpty())
                i.dictSet(made, i.string(names[group]), Value::integer(group));
        return made;
    });
    const auto sameAs = [](Interpreter &i, const Value &self, Arguments &a) {
        const auto *mine = Interpreter::payloadAs<PatternPayload>(self);
        const auto *other = Interpreter::payloadAs<PatternPayload>(a.positional.at(0));
        return Value::boolean(other != nullptr && mine->flags == other->flags && i.equals(mine->pattern, other->pattern));
    };
    builder.method("__eq__", sameAs);
    builder.method("__hash__", [](Interpreter &i, const Value &self, Arguments &) {
        return Value::integer(static_cast<std::int64_t>(i.hash(Interpreter::payloadAs<PatternPayload>(self)->pattern) >> 1));
    });
    builder.method("__copy__", [](Interpreter &, const Value &me, Arguments &) { return me; });
    builder.method("__deepcopy__", [](Interpreter &, const Value &me, Arguments &) { return me; });
    builder.method("__repr__", [](Interpreter &i, const Value &self, Arguments &) {
        const auto *payload = Interpreter::payloadAs<PatternPayload>(self);
        constexpr std::pair<std::int64_t, const char *> kNames[] = {
            {kIgnoreCase, "IGNORECASE"}, {kLocale, "LOCALE"}, {kMultiline, "MULTILINE"}, {kDotAll, "DOTALL"},
            {kVerbose, "VERBOSE"},       {kDebug, "DEBUG"},   {kAscii, "ASCII"}};
        std::string flags;
        for (const auto &[flag, flagName] : kNames)
            if (payload->flags & flag)
                flags += (flags.empty() ? ", re." : "|re.") + std::string(flagName);
        return i.string("re.compile(" + i.repr(payload->pattern).substr(0, 200) + flags + ")");
    });
    builder.property("groups", [](Interpreter &, const Value &self, Arguments &) {
        return Value::integer(Interpreter::payloadAs<PatternPayload>(self)->expression.captureCount());
    });
    return builder.build();
}

Value groups(Interpreter &in, const MatchPayload &match, const Value &missing)
{
    Values row;
    for (int group = 1; group <= match.match.regularExpression().captureCount(); ++group) {
        const Value value = groupValue(in, match, group);
        row.push_back(value.isNone() ? missing : value);
    }
    return in.tuple(std::move(row));
}

Value matchClass(Library &library, std::string_view)
{
    Interpreter &in = library.interpreter();
    const auto self = [](const Value &value) -> MatchPayload & { return *Interpreter::payloadAs<MatchPayload>(value); };
    ClassBuilder builder(in, "Match", {}, "re");
    builder.method("group", [self](Interpreter &i, const Value &me, Arguments &a) {
        if (a.positional.empty())
            return groupValue(i, self(me), 0);
        if (a.positional.size() == 1)
            return groupValue(i, self(me), groupIndex(i, self(me), a.positional[0]));
        Values row;
        for (const Value &key : a.positional)
            row.push_back(groupValue(i, self(me), groupIndex(i, self(me), key)));
        return i.tuple(std::move(row));
    });
    builder.method("__getitem__", [self](Interpreter &i, const Value &me, Arguments &a) {
        return groupValue(i, self(me), groupIndex(i, self(me), a.positional.at(0)));
    });
    builder.method("groups", [self](Interpreter &i, const Value &me, Arguments &a) {
        return groups(i, self(me), a.positional.empty() ? Value::none() : a.positional[0]);
    });
    builder.method("groupdict", [self](Interpreter &i, const Value &me, Arguments &a) {
        const Value made = i.dict();
        const QStringList names = self(me).match.regularExpression().namedCaptureGroups();
        for (int group = 1; group < names.size(); ++group) {
            if (names[group].isEmpty())
                continue;
            const Value value = groupValue(i, self(me), group);
            i.dictSet(made, i.string(names[group]), value.isNone() && !a.positional.empty() ? a.positional[0] : value);
        }
        return made;
    });
    const auto place = [self](bool wantsStart, bool wantsEnd) {
        return [self, wantsStart, wantsEnd](Interpreter &i, const Value &me, Arguments &a) {
            const MatchPayload &match = self(me);
            const int group = a.positional.empty() ? 0 : groupIndex(i, match, a.positional[0]);
            const qsizetype start = match.match.capturedStart(group);
            const auto point = [&](qsizetype unit) { return Value::integer(start < 0 ? -1 : match.subject->toPoint(unit)); };
            if (wantsStart && wantsEnd)
                return i.tuple({point(start), point(match.match.capturedEnd(group))});
            return point(wantsStart ? start : match.match.capturedEnd(group));
        };
    };
    builder.method("start", place(true, false));
    builder.method("end", place(false, true));
    builder.method("span", place(true, true));
    builder.method("expand", [self, &library](Interpreter &i, const Value &me, Arguments &a) {
        return partOf(i, expanded(library, Subject(i.known(a.positional.at(0))).text, self(me).match), self(me).string);
    });
    builder.property("lastgroup", [self](Interpreter &i, const Value &me, Arguments &) {
        const QStringList names = self(me).match.regularExpression().namedCaptureGroups();
        const int last = self(me).match.lastCapturedIndex();
        return last > 0 && !names.value(last).isEmpty() ? i.string(names[last]) : Value::none();
    });
    builder.property("pos", [](Interpreter &, const Value &, Arguments &) { return Value::integer(0); });
    builder.property("endpos", [self](Interpreter &i, const Value &me, Arguments &) { return Value::integer(i.length(self(me).string)); });
    builder.method("__copy__", [](Interpreter &, const Value &me, Arguments &) { return me; });
    builder.method("__deepcopy__", [](Interpreter &, const Value &me, Arguments &) { return me; });
    builder.method("__repr__", [self](Interpreter &i, const Value &me, Arguments &) {
        const MatchPayload &match = self(me);
        return i.string("<re.Match object; span=(" + std::to_string(match.subject->toPoint(match.match.capturedStart())) + ", " +
                        std::to_string(match.subject->toPoint(match.match.capturedEnd())) + "), match=" + i.repr(groupValue(i, match, 0)) + ">");
    });
    builder.property("string", [self](Interpreter &, const Value &me, Arguments &) { return self(me).string; });
    builder.property("re", [self](Interpreter &, const Value &me, Arguments &) { return self(me).pattern; });
    builder.property("lastindex", [self](Interpreter &, const Value &me, Arguments &) {
        const int last = self(me).match.lastCapturedIndex();
        return last > 0 ? Value::integer(last) : Value::none();
    });
    return builder.build();
}

Value escapeFunction(Library &library, std::string_view)
{
    return library.interpreter().function("escape", [](Interpreter &in, const Value &, Arguments &a) {
        static constexpr std::string_view kSpecial = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f";
        const Value &given = in.known(a.positional.at(0));
        const bool ofBytes = isBytes(given);
        std::string out;
        for (const char c : ofBytes ? Subject(given).text.toLatin1().toStdString() : in.str(given)) {
            if (kSpecial.find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
        if (ofBytes)
            return in.bytes(out);
        return in.string(out, in.varies(a.positional[0]));
    });
}

Value compileFunction(Library &library, std::string_view)
{
    return library.interpreter().function("compile", [&library](Interpreter &in, const Value &, Arguments &arguments) {
        ArgumentReader a(in, "compile", arguments, {"pattern", "flags="});
        return compiled(library, a["pattern"], countOf(a, "flags"));
    });
}

Value verbFunction(Library &library, std::string_view name)
{
    for (const VerbRow &row : kVerbs) {
        if (name == row.name) {
            return library.interpreter().function(name, [&library, &row](Interpreter &, const Value &, Arguments &arguments) {
                return callVerb(library, row, Value::none(), arguments, true);
            });
        }
    }
    return {};
}

Value flagValue(Library &, std::string_view name)
{
    static const std::map<std::string_view, std::int64_t> kFlags{
        {"I", kIgnoreCase}, {"IGNORECASE", kIgnoreCase},
        {"L", kLocale},     {"LOCALE", kLocale},
        {"M", kMultiline},  {"MULTILINE", kMultiline},
        {"S", kDotAll},     {"DOTALL", kDotAll},
        {"U", kUnicode},    {"UNICODE", kUnicode},
        {"X", kVerbose},    {"VERBOSE", kVerbose},
        {"DEBUG", kDebug},  {"A", kAscii},
        {"ASCII", kAscii},  {"NOFLAG", 0},
    };
    const auto found = kFlags.find(name);
    return found == kFlags.end() ? Value() : Value::integer(found->second);
}

} // namespace

void addRegexModule(ModuleTable &table)
{
    std::vector<ModuleName> names{{"compile", compileFunction}, {"escape", escapeFunction}, {"error", errorClass},
                                  {"PatternError", errorClass}, {"Pattern", patternClass},  {"Match", matchClass}};
    for (const VerbRow &row : kVerbs)
        names.push_back({row.name, verbFunction});
    for (const std::string_view flag :
         {"I", "IGNORECASE", "L", "LOCALE", "M", "MULTILINE", "S", "DOTALL", "U", "UNICODE", "X", "VERBOSE", "DEBUG", "A", "ASCII", "NOFLAG"})
        names.push_back({flag, flagValue});
    table.add({"re", "regex"}, names);
}

} // namespace stillroom::script
