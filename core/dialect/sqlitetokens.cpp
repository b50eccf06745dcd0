// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/sqlitetokens.h"

#include <algorithm>

namespace stillroom::dialect {

namespace {

bool isWordStart(QChar c) { return c.isLetter() || c == QLatin1Char('_') || c.unicode() >= 0x80; }
bool isWordPart(QChar c) { return isWordStart(c) || c.isDigit() || c == QLatin1Char('$'); }

class Tokenizer {
public:
    explicit Tokenizer(const QString &sql) : m_sql(sql) {}

    std::vector<SqliteToken> run()
    {
        while (m_at < m_sql.size()) {
            if (!skipBlank())
                take();
        }
        return std::move(m_tokens);
    }

private:
    using Kind = SqliteToken::Kind;

    [[nodiscard]] QChar at(qsizetype index) const { return index < m_sql.size() ? m_sql[index] : QChar(); }

    bool skipBlank()
    {
        if (at(m_at).isSpace()) {
            ++m_at;
            return true;
        }
        if (at(m_at) == QLatin1Char('-') && at(m_at + 1) == QLatin1Char('-')) {
            const qsizetype end = m_sql.indexOf(QLatin1Char('\n'), m_at);
            m_at = end < 0 ? m_sql.size() : end + 1;
            return true;
        }
        if (at(m_at) == QLatin1Char('/') && at(m_at + 1) == QLatin1Char('*')) {
            const qsizetype end = m_sql.indexOf(QLatin1String("*/"), m_at + 2);
            m_at = end < 0 ? m_sql.size() : end + 2;
            return true;
        }
        return false;
    }

    /// From the opening quote at `from`; a doubled closing quote stands for itself.
    void quoted(Kind kind, qsizetype from, QChar close)
    {
        qsizetype end = from + 1;
        while (end < m_sql.size()) {
            if (at(end) == close) {
                if (close != QLatin1Char(']') && at(end + 1) == close) {
                    end += 2;
                    continue;
                }
                put(kind, end + 1);
                return;
            }
            ++end;
        }
        put(Kind::Unterminated, m_sql.size());
    }

    void put(Kind kind, qsizetype end)
    {
        SqliteToken token;
        token.kind = kind;
        token.text = m_sql.mid(m_at, end - m_at);
        token.start = m_at;
        token.end = end;
        m_tokens.push_back(std::move(token));
        m_at = end;
    }

    [[nodiscard]] qsizetype wordEnd(qsizetype from) const
    {
        while (from < m_sql.size() && isWordPart(m_sql[from]))
            ++from;
        return from;
    }

    void number()
    {
        qsizetype end = m_at;
        if (at(end) == QLatin1Char('0') && at(end + 1).toLower() == QLatin1Char('x')) {
            put(Kind::Number, wordEnd(end + 2));
            return;
        }
        while (at(end).isDigit() || at(end) == QLatin1Char('.') || at(end) == QLatin1Char('_'))
            ++end;
        if (at(end).toLower() == QLatin1Char('e')) {
            const bool hasSign = at(end + 1) == QLatin1Char('+') || at(end + 1) == QLatin1Char('-');
            if (at(end + (hasSign ? 2 : 1)).isDigit()) {
                end += hasSign ? 2 : 1;
                while (at(end).isDigit())
                    ++end;
            }
        }
        put(Kind::Number, end);
    }

    void take()
    {
        const QChar c = at(m_at);
        if ((c == QLatin1Char('x') || c == QLatin1Char('X')) && at(m_at + 1) == QLatin1Char('\'')) {
            quoted(Kind::Blob, m_at + 1, QLatin1Char('\''));
        } else if (isWordStart(c)) {
            put(Kind::Word, wordEnd(m_at));
        } else if (c.isDigit() || (c == QLatin1Char('.') && at(m_at + 1).isDigit())) {
            number();
        } else if (c == QLatin1Char('\'')) {
            quoted(Kind::String, m_at, c);
        } else if (c == QLatin1Char('"') || c == QLatin1Char('`')) {
            quoted(Kind::QuotedName, m_at, c);
        } else if (c == QLatin1Char('[')) {
            quoted(Kind::QuotedName, m_at, QLatin1Char(']'));
        } else if ((c == QLatin1Char(':') || c == QLatin1Char('@') || c == QLatin1Char('$')) && isWordPart(at(m_at + 1))) {
            put(Kind::Variable, wordEnd(m_at + 1));
        } else {
            static const QStringList pairs = {QStringLiteral("||"), QStringLiteral("<="), QStringLiteral(">="),
                                              QStringLiteral("<>"), QStringLiteral("!="), QStringLiteral("=="),
                                              QStringLiteral("<<"), QStringLiteral(">>"), QStringLiteral("->")};
            const bool isPair = pairs.contains(m_sql.mid(m_at, 2));
            put(Kind::Symbol, m_at + (isPair ? 2 : 1));
        }
    }

    const QString &m_sql;
    qsizetype m_at = 0;
    std::vector<SqliteToken> m_tokens;
};

} // namespace

bool SqliteToken::is(const char16_t *word) const
{
    return (kind == Kind::Word || kind == Kind::Symbol) && text.compare(QString::fromUtf16(word), Qt::CaseInsensitive) == 0;
}

QString SqliteToken::name() const
{
    if (kind != Kind::QuotedName && kind != Kind::String)
        return text;
    const QChar close = text.back();
    QString inner = text.mid(1, text.size() - 2);
    return close == QLatin1Char(']') ? inner : inner.replace(QString(2, close), QString(close));
}

std::vector<SqliteToken> sqliteTokens(const QString &sql) { return Tokenizer(sql).run(); }

} // namespace stillroom::dialect
