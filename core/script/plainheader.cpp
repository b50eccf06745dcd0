// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/plainheader.h"

#include "python/lexer.h"
#include "python/sourcetext.h"

namespace stillroom::script {

using T = python::TokenKind;

namespace {

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

/// Every function gives false where the script is not plain any more.
class PlainReader {
public:
    PlainReader(HeaderReading &reading, const python::SourceText &source) : m_reading(reading), m_lexer(source.text, source.isAscii, false) {}

    [[nodiscard]] bool read()
    {
        advance();
        if (is(T::String) && !(plainString(m_reading.fields.docstring) && accept(T::Newline)))
            return false;
        while (!is(T::EndOfFile)) {
            if (!statement())
                return false;
        }
        return true;
    }

private:
    void advance() { m_lexer.next(m_token); }
    [[nodiscard]] bool is(T kind) const { return m_token.kind == kind; }
    [[nodiscard]] bool accept(T kind)
    {
        if (!is(kind))
            return false;
        advance();
        return true;
    }
    /// Names of two underscores mean something to Python itself.
    [[nodiscard]] bool name(std::string_view &name)
    {
        name = m_token.text();
        return is(T::Name) && !m_token.hasNonAscii && !name.starts_with("__") && accept(T::Name);
    }
    [[nodiscard]] bool dottedName()
    {
        std::string_view part;
        do {
            if (!name(part))
                return false;
        } while (accept(T::Dot));
        return true;
    }
    /// One literal that stands for itself.
    [[nodiscard]] bool plainString(QString &value)
    {
        if (!is(T::String) || m_token.hasBackslash || m_token.prefixLength > 0)
            return false;
        value = text(m_token.quoted());
        advance();
        return !is(T::String) && !is(T::FormattedStart);
    }

    [[nodiscard]] bool statement()
    {
        switch (m_token.kind) {
        case T::Import:
            return import() && accept(T::Newline);
        case T::From:
            return importFrom() && accept(T::Newline);
        case T::Name:
            return assignment() && accept(T::Newline);
        case T::Def:
            return function();
        default:
            return false;
        }
    }

    [[nodiscard]] bool import()
    {
        do {
            advance();
            std::string_view alias;
            if (!dottedName() || (accept(T::As) && !name(alias)))
                return false;
        } while (is(T::Comma));
        return true;
    }

    [[nodiscard]] bool importFrom()
    {
        advance();
        if (!dottedName() || !is(T::Import))
            return false;
        do {
            advance();
            std::string_view bound;
            if (!name(bound) || (accept(T::As) && !name(bound)) || isHeaderName(bound) || bound == "upgrade" || bound == "downgrade")
                return false;
        } while (is(T::Comma));
        return true;
    }

    [[nodiscard]] bool assignment()
    {
        const int line = m_token.start.line;
        std::string_view target;
        if (!name(target) || target == "upgrade" || target == "downgrade")
            return false;
        if (accept(T::Colon) && !annotation(0))
            return false;
        HeaderValue value;
        if (!accept(T::Equal) || !literal(value))
            return false;
        m_reading.lines[std::string(target)] = line;
        m_reading.names[std::string(target)] = std::move(value);
        return true;
    }

    /// Union[str, Sequence[str], None] and the like.
    [[nodiscard]] bool annotation(int depth)
    {
        constexpr int kDeepest = 8;
        do {
            if (depth > kDeepest || (!accept(T::NoneWord) && !dottedName()))
                return false;
            if (is(T::LeftBracket)) {
                do {
                    advance();
                    if (!annotation(depth + 1))
                        return false;
                } while (is(T::Comma));
                if (!accept(T::RightBracket))
                    return false;
            }
        } while (accept(T::Pipe));
        return true;
    }

    [[nodiscard]] bool literal(HeaderValue &value)
    {
        if (accept(T::NoneWord)) {
            value.isNone = true;
            return true;
        }
        if (is(T::LeftParenthesis))
            return strings(value.texts, T::RightParenthesis);
        if (is(T::LeftBracket))
            return strings(value.texts, T::RightBracket);
        return plainString(value.texts.emplaceBack());
    }

    [[nodiscard]] bool strings(QStringList &texts, T closing)
    {
        advance();
        while (!is(closing)) {
            if (!plainString(texts.emplaceBack()) || (!is(closing) && !accept(T::Comma)))
                return false;
        }
        return accept(closing);
    }

    [[nodiscard]] bool function()
    {
        advance();
        std::string_view called;
        if (!name(called) || !accept(T::LeftParenthesis) || !accept(T::RightParenthesis))
            return false;
        if (accept(T::Arrow) && !annotation(0))
            return false;
        if (!is(T::Colon) || !m_lexer.skipBody())
            return false;
        m_reading.fields.hasUpgrade = m_reading.fields.hasUpgrade || called == "upgrade";
        m_reading.fields.hasDowngrade = m_reading.fields.hasDowngrade || called == "downgrade";
        advance();
        return true;
    }

    HeaderReading &m_reading;
    python::Lexer m_lexer;
    python::Token m_token;
};

} // namespace

bool readPlainHeader(HeaderReading &reading, const QByteArray &bytes)
{
    const auto source = python::readSource(bytes);
    if (!source)
        return false;
    try {
        return PlainReader(reading, *source).read();
    } catch (const python::SyntaxFailure &) {
        return false;
    }
}

} // namespace stillroom::script
