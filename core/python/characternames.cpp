// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/unicode.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <array>

/// Names of characters (Unicode Standard, 4.8) as far as they follow from rules, and those that scripts write.
namespace stillroom::python {

namespace {

struct Named {
    std::string_view name;
    char32_t character;
};

constexpr auto kCharacters = std::to_array<Named>({
    {"ACUTE ACCENT", 0xB4},
    {"ALMOST EQUAL TO", 0x2248},
    {"AMPERSAND", 0x26},
    {"ANGSTROM SIGN", 0x212B},
    {"APOSTROPHE", 0x27},
    {"ASTERISK", 0x2A},
    {"BALLOT BOX WITH CHECK", 0x2611},
    {"BALLOT BOX WITH X", 0x2612},
    {"BALLOT X", 0x2717},
    {"BITCOIN SIGN", 0x20BF},
    {"BLACK CIRCLE", 0x25CF},
    {"BLACK CLUB SUIT", 0x2663},
    {"BLACK DIAMOND SUIT", 0x2666},
    {"BLACK DOWN-POINTING TRIANGLE", 0x25BC},
    {"BLACK HEART SUIT", 0x2665},
    {"BLACK LEFT-POINTING TRIANGLE", 0x25C0},
    {"BLACK RIGHT-POINTING TRIANGLE", 0x25B6},
    {"BLACK RIGHTWARDS ARROW", 0x27A1},
    {"BLACK SPADE SUIT", 0x2660},
    {"BLACK SQUARE", 0x25A0},
    {"BLACK STAR", 0x2605},
    {"BLACK UP-POINTING TRIANGLE", 0x25B2},
    {"BOX DRAWINGS LIGHT DOWN AND LEFT", 0x2510},
    {"BOX DRAWINGS LIGHT DOWN AND RIGHT", 0x250C},
    {"BOX DRAWINGS LIGHT HORIZONTAL", 0x2500},
    {"BOX DRAWINGS LIGHT UP AND LEFT", 0x2518},
    {"BOX DRAWINGS LIGHT UP AND RIGHT", 0x2514},
    {"BOX DRAWINGS LIGHT VERTICAL", 0x2502},
    {"BROKEN BAR", 0xA6},
    {"BULLET", 0x2022},
    {"CEDILLA", 0xB8},
    {"CENT SIGN", 0xA2},
    {"CHECK MARK", 0x2713},
    {"CIRCUMFLEX ACCENT", 0x5E},
    {"COLON", 0x3A},
    {"COMBINING ACUTE ACCENT", 0x301},
    {"COMBINING BREVE", 0x306},
    {"COMBINING CARON", 0x30C},
    {"COMBINING CEDILLA", 0x327},
    {"COMBINING CIRCUMFLEX ACCENT", 0x302},
    {"COMBINING DIAERESIS", 0x308},
    {"COMBINING DOT ABOVE", 0x307},
    {"COMBINING DOT BELOW", 0x323},
    {"COMBINING DOUBLE ACUTE ACCENT", 0x30B},
    {"COMBINING GRAVE ACCENT", 0x300},
    {"COMBINING MACRON", 0x304},
    {"COMBINING OGONEK", 0x328},
    {"COMBINING RING ABOVE", 0x30A},
    {"COMBINING TILDE", 0x303},
    {"COMMA", 0x2C},
    {"COMMERCIAL AT", 0x40},
    {"CONTAINS AS MEMBER", 0x220B},
    {"COPYRIGHT SIGN", 0xA9},
    {"CURRENCY SIGN", 0xA4},
    {"DAGGER", 0x2020},
    {"DARK SHADE", 0x2593},
    {"DEGREE CELSIUS", 0x2103},
    {"DEGREE FAHRENHEIT", 0x2109},
    {"DEGREE SIGN", 0xB0},
    {"DIAERESIS", 0xA8},
    {"DIVISION SIGN", 0xF7},
    {"DOLLAR SIGN", 0x24},
    {"DONG SIGN", 0x20AB},
    {"DOUBLE DAGGER", 0x2021},
    {"DOUBLE EXCLAMATION MARK", 0x203C},
    {"DOUBLE HIGH-REVERSED-9 QUOTATION MARK", 0x201F},
    {"DOUBLE LOW LINE", 0x2017},
    {"DOUBLE LOW-9 QUOTATION MARK", 0x201E},
    {"DOUBLE PRIME", 0x2033},
    {"DOUBLE VERTICAL LINE", 0x2016},
    {"DOWNWARDS ARROW", 0x2193},
    {"ELEMENT OF", 0x2208},
    {"EM DASH", 0x2014},
    {"EM QUAD", 0x2001},
    {"EM SPACE", 0x2003},
    {"EMPTY SET", 0x2205},
    {"EN DASH", 0x2013},
    {"EN QUAD", 0x2000},
    {"EN SPACE", 0x2002},
    {"EQUALS SIGN", 0x3D},
    {"EURO SIGN", 0x20AC},
    {"EXCLAMATION MARK", 0x21},
    {"FEMALE SIGN", 0x2640},
    {"FEMININE ORDINAL INDICATOR", 0xAA},
    {"FIGURE DASH", 0x2012},
    {"FIGURE SPACE", 0x2007},
    {"FOR ALL", 0x2200},
    {"FOUR-PER-EM SPACE", 0x2005},
    {"FRACTION SLASH", 0x2044},
    {"FULL BLOCK", 0x2588},
    {"FULL STOP", 0x2E},
    {"GRAVE ACCENT", 0x60},
    {"GREATER-THAN OR EQUAL TO", 0x2265},
    {"GREATER-THAN SIGN", 0x3E},
    {"GRINNING FACE", 0x1F600},
    {"HAIR SPACE", 0x200A},
    {"HEAVY BALLOT X", 0x2718},
    {"HEAVY BLACK HEART", 0x2764},
    {"HEAVY CHECK MARK", 0x2714},
    {"HORIZONTAL BAR", 0x2015},
    {"HORIZONTAL ELLIPSIS", 0x2026},
    {"HYPHEN", 0x2010},
    {"HYPHEN-MINUS", 0x2D},
    {"HYPHENATION POINT", 0x2027},
    {"IDENTICAL TO", 0x2261},
    {"IDEOGRAPHIC COMMA", 0x3001},
    {"IDEOGRAPHIC FULL STOP", 0x3002},
    {"IDEOGRAPHIC SPACE", 0x3000},
    {"INCREMENT", 0x2206},
    {"INDIAN RUPEE SIGN", 0x20B9},
    {"INFINITY", 0x221E},
    {"INTEGRAL", 0x222B},
    {"INTERROBANG", 0x203D},
    {"INTERSECTION", 0x2229},
    {"INVERTED EXCLAMATION MARK", 0xA1},
    {"INVERTED QUESTION MARK", 0xBF},
    {"LATIN CAPITAL LETTER AE", 0xC6},
    {"LATIN CAPITAL LETTER D WITH STROKE", 0x110},
    {"LATIN CAPITAL LETTER ENG", 0x14A},
    {"LATIN CAPITAL LETTER ETH", 0xD0},
    {"LATIN CAPITAL LETTER H WITH STROKE", 0x126},
    {"LATIN CAPITAL LETTER L WITH STROKE", 0x141},
    {"LATIN CAPITAL LETTER O WITH STROKE", 0xD8},
    {"LATIN CAPITAL LETTER SHARP S", 0x1E9E},
    {"LATIN CAPITAL LETTER T WITH STROKE", 0x166},
    {"LATIN CAPITAL LETTER THORN", 0xDE},
    {"LATIN CAPITAL LIGATURE OE", 0x152},
    {"LATIN SMALL LETTER AE", 0xE6},
    {"LATIN SMALL LETTER D WITH STROKE", 0x111},
    {"LATIN SMALL LETTER DOTLESS I", 0x131},
    {"LATIN SMALL LETTER ENG", 0x14B},
    {"LATIN SMALL LETTER ETH", 0xF0},
    {"LATIN SMALL LETTER H WITH STROKE", 0x127},
    {"LATIN SMALL LETTER KRA", 0x138},
    {"LATIN SMALL LETTER L WITH STROKE", 0x142},
    {"LATIN SMALL LETTER LONG S", 0x17F},
    {"LATIN SMALL LETTER O WITH STROKE", 0xF8},
    {"LATIN SMALL LETTER SHARP S", 0xDF},
    {"LATIN SMALL LETTER T WITH STROKE", 0x167},
    {"LATIN SMALL LETTER THORN", 0xFE},
    {"LATIN SMALL LIGATURE OE", 0x153},
    {"LEFT CURLY BRACKET", 0x7B},
    {"LEFT DOUBLE QUOTATION MARK", 0x201C},
    {"LEFT PARENTHESIS", 0x28},
    {"LEFT RIGHT ARROW", 0x2194},
    {"LEFT RIGHT DOUBLE ARROW", 0x21D4},
    {"LEFT SINGLE QUOTATION MARK", 0x2018},
    {"LEFT SQUARE BRACKET", 0x5B},
    {"LEFT-POINTING DOUBLE ANGLE QUOTATION MARK", 0xAB},
    {"LEFT-TO-RIGHT MARK", 0x200E},
    {"LEFTWARDS ARROW", 0x2190},
    {"LEFTWARDS DOUBLE ARROW", 0x21D0},
    {"LESS-THAN OR EQUAL TO", 0x2264},
    {"LESS-THAN SIGN", 0x3C},
    {"LIGHT SHADE", 0x2591},
    {"LOGICAL AND", 0x2227},
    {"LOGICAL OR", 0x2228},
    {"LOW LINE", 0x5F},
    {"MACRON", 0xAF},
    {"MALE SIGN", 0x2642},
    {"MASCULINE ORDINAL INDICATOR", 0xBA},
    {"MEDIUM MATHEMATICAL SPACE", 0x205F},
    {"MEDIUM SHADE", 0x2592},
    {"MICRO SIGN", 0xB5},
    {"MIDDLE DOT", 0xB7},
    {"MINUS SIGN", 0x2212},
    {"MULTIPLICATION SIGN", 0xD7},
    {"N-ARY PRODUCT", 0x220F},
    {"N-ARY SUMMATION", 0x2211},
    {"NABLA", 0x2207},
    {"NARROW NO-BREAK SPACE", 0x202F},
    {"NEW SHEQEL SIGN", 0x20AA},
    {"NO-BREAK SPACE", 0xA0},
    {"NON-BREAKING HYPHEN", 0x2011},
    {"NORTH EAST ARROW", 0x2197},
    {"NORTH WEST ARROW", 0x2196},
    {"NOT AN ELEMENT OF", 0x2209},
    {"NOT EQUAL TO", 0x2260},
    {"NOT SIGN", 0xAC},
    {"NUMBER SIGN", 0x23},
    {"NUMERO SIGN", 0x2116},
    {"OHM SIGN", 0x2126},
    {"ONE DOT LEADER", 0x2024},
    {"PARTIAL DIFFERENTIAL", 0x2202},
    {"PARTY POPPER", 0x1F389},
    {"PER MILLE SIGN", 0x2030},
    {"PERCENT SIGN", 0x25},
    {"PILCROW SIGN", 0xB6},
    {"PLUS SIGN", 0x2B},
    {"PLUS-MINUS SIGN", 0xB1},
    {"POUND SIGN", 0xA3},
    {"PRESCRIPTION TAKE", 0x211E},
    {"PRIME", 0x2032},
    {"PUNCTUATION SPACE", 0x2008},
    {"QUESTION MARK", 0x3F},
    {"QUOTATION MARK", 0x22},
    {"REGISTERED SIGN", 0xAE},
    {"REPLACEMENT CHARACTER", 0xFFFD},
    {"REVERSE SOLIDUS", 0x5C},
    {"RIGHT CURLY BRACKET", 0x7D},
    {"RIGHT DOUBLE QUOTATION MARK", 0x201D},
    {"RIGHT PARENTHESIS", 0x29},
    {"RIGHT SINGLE QUOTATION MARK", 0x2019},
    {"RIGHT SQUARE BRACKET", 0x5D},
    {"RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK", 0xBB},
    {"RIGHT-TO-LEFT MARK", 0x200F},
    {"RIGHTWARDS ARROW", 0x2192},
    {"RIGHTWARDS DOUBLE ARROW", 0x21D2},
    {"ROCKET", 0x1F680},
    {"RUBLE SIGN", 0x20BD},
    {"SECTION SIGN", 0xA7},
    {"SEMICOLON", 0x3B},
    {"SERVICE MARK", 0x2120},
    {"SINGLE HIGH-REVERSED-9 QUOTATION MARK", 0x201B},
    {"SINGLE LEFT-POINTING ANGLE QUOTATION MARK", 0x2039},
    {"SINGLE LOW-9 QUOTATION MARK", 0x201A},
    {"SINGLE RIGHT-POINTING ANGLE QUOTATION MARK", 0x203A},
    {"SIX-PER-EM SPACE", 0x2006},
    {"SKULL AND CROSSBONES", 0x2620},
    {"SNAKE", 0x1F40D},
    {"SNOWMAN", 0x2603},
    {"SOFT HYPHEN", 0xAD},
    {"SOLIDUS", 0x2F},
    {"SOUND RECORDING COPYRIGHT", 0x2117},
    {"SOUTH EAST ARROW", 0x2198},
    {"SOUTH WEST ARROW", 0x2199},
    {"SPACE", 0x20},
    {"SPARKLES", 0x2728},
    {"SQUARE ROOT", 0x221A},
    {"SUBSET OF", 0x2282},
    {"SUPERSCRIPT ONE", 0xB9},
    {"SUPERSCRIPT THREE", 0xB3},
    {"SUPERSCRIPT TWO", 0xB2},
    {"SUPERSET OF", 0x2283},
    {"THERE EXISTS", 0x2203},
    {"THIN SPACE", 0x2009},
    {"THREE-PER-EM SPACE", 0x2004},
    {"TILDE", 0x7E},
    {"TRADE MARK SIGN", 0x2122},
    {"TRIANGULAR BULLET", 0x2023},
    {"TWO DOT LEADER", 0x2025},
    {"UNION", 0x222A},
    {"UP DOWN ARROW", 0x2195},
    {"UPWARDS ARROW", 0x2191},
    {"VERTICAL LINE", 0x7C},
    {"VULGAR FRACTION ONE HALF", 0xBD},
    {"VULGAR FRACTION ONE QUARTER", 0xBC},
    {"VULGAR FRACTION THREE QUARTERS", 0xBE},
    {"WARNING SIGN", 0x26A0},
    {"WHITE CIRCLE", 0x25CB},
    {"WHITE SMILING FACE", 0x263A},
    {"WHITE SQUARE", 0x25A1},
    {"WHITE STAR", 0x2606},
    {"WON SIGN", 0x20A9},
    {"WORD JOINER", 0x2060},
    {"YEN SIGN", 0xA5},
    {"ZERO WIDTH JOINER", 0x200D},
    {"ZERO WIDTH NO-BREAK SPACE", 0xFEFF},
    {"ZERO WIDTH NON-JOINER", 0x200C},
    {"ZERO WIDTH SPACE", 0x200B},
});
static_assert(std::ranges::is_sorted(kCharacters, {}, &Named::name));

constexpr auto kGreek = std::to_array<Named>({{"ALPHA", 0x3B1},   {"BETA", 0x3B2}, {"GAMMA", 0x3B3},       {"DELTA", 0x3B4}, {"EPSILON", 0x3B5},
                                              {"ZETA", 0x3B6},    {"ETA", 0x3B7},  {"THETA", 0x3B8},       {"IOTA", 0x3B9},  {"KAPPA", 0x3BA},
                                              {"LAMDA", 0x3BB},   {"MU", 0x3BC},   {"NU", 0x3BD},          {"XI", 0x3BE},    {"OMICRON", 0x3BF},
                                              {"PI", 0x3C0},      {"RHO", 0x3C1},  {"FINAL SIGMA", 0x3C2}, {"SIGMA", 0x3C3}, {"TAU", 0x3C4},
                                              {"UPSILON", 0x3C5}, {"PHI", 0x3C6},  {"CHI", 0x3C7},         {"PSI", 0x3C8},   {"OMEGA", 0x3C9}});
constexpr auto kCyrillic = std::to_array<Named>({{"A", 0x430},
                                                 {"BE", 0x431},
                                                 {"VE", 0x432},
                                                 {"GHE", 0x433},
                                                 {"DE", 0x434},
                                                 {"IE", 0x435},
                                                 {"ZHE", 0x436},
                                                 {"ZE", 0x437},
                                                 {"I", 0x438},
                                                 {"SHORT I", 0x439},
                                                 {"KA", 0x43A},
                                                 {"EL", 0x43B},
                                                 {"EM", 0x43C},
                                                 {"EN", 0x43D},
                                                 {"O", 0x43E},
                                                 {"PE", 0x43F},
                                                 {"ER", 0x440},
                                                 {"ES", 0x441},
                                                 {"TE", 0x442},
                                                 {"U", 0x443},
                                                 {"EF", 0x444},
                                                 {"HA", 0x445},
                                                 {"TSE", 0x446},
                                                 {"CHE", 0x447},
                                                 {"SHA", 0x448},
                                                 {"SHCHA", 0x449},
                                                 {"HARD SIGN", 0x44A},
                                                 {"YERU", 0x44B},
                                                 {"SOFT SIGN", 0x44C},
                                                 {"E", 0x44D},
                                                 {"YU", 0x44E},
                                                 {"YA", 0x44F},
                                                 {"IE WITH GRAVE", 0x450},
                                                 {"IO", 0x451},
                                                 {"DJE", 0x452},
                                                 {"GJE", 0x453},
                                                 {"UKRAINIAN IE", 0x454},
                                                 {"DZE", 0x455},
                                                 {"BYELORUSSIAN-UKRAINIAN I", 0x456},
                                                 {"YI", 0x457},
                                                 {"JE", 0x458},
                                                 {"LJE", 0x459},
                                                 {"NJE", 0x45A},
                                                 {"TSHE", 0x45B},
                                                 {"KJE", 0x45C},
                                                 {"I WITH GRAVE", 0x45D},
                                                 {"SHORT U", 0x45E},
                                                 {"DZHE", 0x45F}});
constexpr auto kMarks = std::to_array<Named>({
    {"GRAVE", 0x300},        {"ACUTE", 0x301},          {"CIRCUMFLEX", 0x302}, {"TILDE", 0x303},      {"MACRON", 0x304},       {"BREVE", 0x306},
    {"DOT ABOVE", 0x307},    {"DIAERESIS", 0x308},      {"HOOK ABOVE", 0x309}, {"RING ABOVE", 0x30A}, {"DOUBLE ACUTE", 0x30B}, {"CARON", 0x30C},
    {"DOUBLE GRAVE", 0x30F}, {"INVERTED BREVE", 0x311}, {"HORN", 0x31B},       {"DOT BELOW", 0x323},  {"COMMA BELOW", 0x326},  {"CEDILLA", 0x327},
    {"OGONEK", 0x328},       {"TONOS", 0x301},          {"DIALYTIKA", 0x308},
});
constexpr std::array<std::string_view, 10> kDigits{"ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"};

template<std::size_t Count>
std::optional<char32_t> find(const std::array<Named, Count> &table, std::string_view name)
{
    const auto found = std::ranges::find(table, name, &Named::name);
    return found == table.end() ? std::nullopt : std::optional(found->character);
}

bool take(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// The small or capital letter that is `name` in a script, without marks.
std::optional<char32_t> letter(std::string_view script, std::string_view name, bool isCapital)
{
    std::optional<char32_t> small;
    if (script == "LATIN" && name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z')
        small = static_cast<char32_t>(name[0] - 'A' + 'a');
    else if (script == "GREEK")
        small = find(kGreek, name);
    else if (script == "CYRILLIC")
        small = find(kCyrillic, name);
    if (!small || !isCapital)
        return small;
    // Two small sigmas share a capital, which has the name of the first.
    if (name == "FINAL SIGMA")
        return std::nullopt;
    return QChar::toUpper(*small);
}

/// "GREEK SMALL LETTER IOTA WITH DIALYTIKA AND TONOS"
std::optional<char32_t> composedLetter(std::string_view name)
{
    const std::string_view script = name.substr(0, name.find(' '));
    name.remove_prefix(std::min(script.size() + 1, name.size()));
    const bool isCapital = take(name, "CAPITAL LETTER ");
    if (!isCapital && !take(name, "SMALL LETTER "))
        return std::nullopt;
    const std::size_t with = name.find(" WITH ");
    const auto base = letter(script, name.substr(0, with), isCapital);
    if (!base || with == std::string_view::npos)
        return base;
    QString text = QString::fromUcs4(&*base, 1);
    for (std::string_view marks = name.substr(with + 6); !marks.empty();) {
        const std::size_t stop = std::min(marks.find(" AND "), marks.size());
        const auto mark = find(kMarks, marks.substr(0, stop));
        const bool isGreekMark = mark && (marks.starts_with("TONOS") || marks.starts_with("DIALYTIKA"));
        if (!mark || isGreekMark != (script == "GREEK"))
            return std::nullopt;
        text += QString::fromUcs4(&*mark, 1);
        marks.remove_prefix(std::min(stop + 5, marks.size()));
    }
    const QList<uint> composed = text.normalized(QString::NormalizationForm_C).toUcs4();
    return composed.size() == 1 ? std::optional<char32_t>(composed.front()) : std::nullopt;
}

} // namespace

std::optional<char32_t> namedCharacter(std::string_view name)
{
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto found = std::ranges::lower_bound(kCharacters, std::string_view(upper), {}, &Named::name);
    if (found != kCharacters.end() && found->name == upper)
        return found->character;
    std::string_view rest = upper;
    if (take(rest, "DIGIT ")) {
        const auto digit = std::ranges::find(kDigits, rest);
        if (digit != kDigits.end())
            return U'0' + static_cast<char32_t>(digit - kDigits.begin());
    }
    return composedLetter(upper);
}

} // namespace stillroom::python
