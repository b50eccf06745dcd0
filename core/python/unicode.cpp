// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/unicode.h"

#include <QChar>
#include <QString>

namespace stillroom::python {

char32_t readCodePoint(const char *&p)
{
    const auto byte = [&p] { return static_cast<unsigned char>(*p++); };
    const char32_t first = byte();
    if (first < 0x80)
        return first;
    if (first < 0xE0)
        return ((first & 0x1F) << 6) | (byte() & 0x3Fu);
    char32_t c = first < 0xF0 ? first & 0x0F : ((first & 0x07) << 6) | (byte() & 0x3Fu);
    c = (c << 6) | (byte() & 0x3Fu);
    return (c << 6) | (byte() & 0x3Fu);
}

void appendCodePoint(std::string &text, char32_t c)
{
    const auto tail = [&](int shift) { text.push_back(static_cast<char>(0x80 | ((c >> shift) & 0x3F))); };
    if (c < 0x80) {
        text.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        text.push_back(static_cast<char>(0xC0 | (c >> 6)));
        tail(0);
    } else if (c < 0x10000) {
        text.push_back(static_cast<char>(0xE0 | (c >> 12)));
        tail(6);
        tail(0);
    } else {
        text.push_back(static_cast<char>(0xF0 | (c >> 18)));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool isIdentifierStart(char32_t c)
{
    switch (c) {
    case U'_':
    case 0x1885: // Other_ID_Start
    case 0x1886:
    case 0x2118:
    case 0x212E:
        return true;
    case 0x037A: // not stable under NFKC, so not XID_Start
    case 0x0E33:
    case 0x0EB3:
    case 0x2E2F:
    case 0xFDFA:
    case 0xFDFB:
    case 0xFE70:
    case 0xFE72:
    case 0xFE74:
    case 0xFE76:
    case 0xFE78:
    case 0xFE7A:
    case 0xFE7C:
    case 0xFE7E:
    case 0xFF9E:
    case 0xFF9F:
        return false;
    default:
        break;
    }
    if (c >= 0xFC5E && c <= 0xFC63)
        return false;
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_Letter:
        return true;
    default:
        return false;
    }
}

bool isIdentifierContinue(char32_t c)
{
    if (isIdentifierStart(c))
        return true;
    switch (c) {
    case 0x00B7: // Other_ID_Continue
    case 0x0387:
    case 0x19DA:
    case 0x0E33: // XID_Continue, though not XID_Start
    case 0x0EB3:
    case 0xFF9E:
    case 0xFF9F:
        return true;
    default:
        break;
    }
    if (c >= 0x1369 && c <= 0x1371)
        return true;
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Punctuation_Connector:
        return true;
    default:
        return false;
    }
}

bool isPrintable(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Separator_Space:
        return c == U' ';
    default:
        return true;
    }
}

std::string codePointName(char32_t c)
{
    std::string digits = QString::number(static_cast<uint>(c), 16).toUpper().rightJustified(4, QLatin1Char('0')).toStdString();
    return "U+" + digits;
}

std::string normalizedIdentifier(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).normalized(QString::NormalizationForm_KC).toStdString();
}

} // namespace stillroom::python
