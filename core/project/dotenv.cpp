// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/dotenv.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace stillroom::project {

namespace {

bool isBlank(QChar c) { return c.isSpace() && c != QLatin1Char('\n') && c != QLatin1Char('\r'); }

class DotEnvReader {
public:
    explicit DotEnvReader(const QString &text) : m_text(text) {}

    std::vector<DotEnvEntry> read()
    {
        std::vector<DotEnvEntry> entries;
        while (true) {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                advance();
            if (m_at >= m_text.size())
                return entries;
            const qsizetype start = m_at;
            const int line = m_line;
            if (std::optional<DotEnvEntry> entry = assignment()) {
                entry->line = line;
                entries.push_back(*entry);
            } else {
                m_at = start;
                m_line = line;
                skipLine();
            }
        }
    }

private:
    [[nodiscard]] QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    void advance()
    {
        if (m_text[m_at] == QLatin1Char('\n') ||
            (m_text[m_at] == QLatin1Char('\r') && (m_at + 1 >= m_text.size() || m_text[m_at + 1] != QLatin1Char('\n'))))
            ++m_line;
        ++m_at;
    }
    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }
    [[nodiscard]] bool atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == QLatin1Char('\n') || m_text[m_at] == QLatin1Char('\r'); }
    void skipLine()
    {
        while (!atLineEnd())
            ++m_at;
    }

    std::optional<DotEnvEntry> assignment()
    {
        static const QRegularExpression exported(QStringLiteral("\\Gexport[^\\S\\r\\n]+"));
        if (const auto match = exported.match(m_text, m_at); match.hasMatch())
            m_at = match.capturedEnd();
        DotEnvEntry entry;
        const std::optional<QString> name = key();
        if (!name)
            return std::nullopt;
        entry.name = *name;
        skipBlanks();
        if (peek() == QLatin1Char('=')) {
            ++m_at;
            skipBlanks();
            entry.value = value();
            if (!entry.value)
                return std::nullopt;
        }
        skipBlanks();
        if (peek() == QLatin1Char('#'))
            skipLine();
        if (!atLineEnd())
            return std::nullopt;
        return entry;
    }

    std::optional<QString> key()
    {
        static const QRegularExpression quoted(QStringLiteral("\\G'([^']+)'")), plain(QStringLiteral("\\G([^=\\#\\s]+)"));
        const auto match = (peek() == QLatin1Char('\'') ? quoted : plain).match(m_text, m_at);
        if (!match.hasMatch())
            return std::nullopt;
        m_at = match.capturedEnd();
        return match.captured(1);
    }

    std::optional<QString> value()
    {
        if (atLineEnd())
            return QString();
        const QChar quote = peek();
        if (quote == QLatin1Char('\'') || quote == QLatin1Char('"'))
            return quotedValue(quote);
        const qsizetype start = m_at;
        skipLine();
        static const QRegularExpression comment(QStringLiteral("\\s+#.*"));
        QString text = m_text.mid(start, m_at - start).remove(comment);
        while (!text.isEmpty() && text.back().isSpace())
            text.chop(1);
        return text;
    }

    std::optional<QString> quotedValue(QChar quote)
    {
        QString text;
        for (++m_at; m_at < m_text.size(); advance()) {
            const QChar c = m_text[m_at];
            if (c == quote) {
                ++m_at;
                return text;
            }
            if (c == QLatin1Char('\\') && m_at + 1 < m_text.size()) {
                const std::optional<QChar> escape = escaped(m_text[m_at + 1], quote);
                if (escape) {
                    text += *escape;
                    advance();
                    continue;
                }
            }
            text += c;
        }
        return std::nullopt;
    }

    static std::optional<QChar> escaped(QChar c, QChar quote)
    {
        if (c == QLatin1Char('\\') || c == QLatin1Char('\''))
            return c;
        if (quote == QLatin1Char('\''))
            return std::nullopt;
        switch (c.unicode()) {
        case '"':
            return c;
        case 'a':
            return QChar(7);
        case 'b':
            return QChar(8);
        case 'f':
            return QChar(12);
        case 'n':
            return QChar(10);
        case 'r':
            return QChar(13);
        case 't':
            return QChar(9);
        case 'v':
            return QChar(11);
        default:
            return std::nullopt;
        }
    }

    const QString &m_text;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace

std::vector<DotEnvEntry> readDotEnv(const QString &text, const std::function<std::optional<QString>(const QString &)> &outer)
{
    static const QRegularExpression reference(QStringLiteral("\\$\\{([^\\}:]*)(?::-([^\\}]*))?\\}"));
    std::vector<DotEnvEntry> entries = DotEnvReader(text.startsWith(QChar(0xFEFF)) ? text.mid(1) : text).read();
    QHash<QString, QString> known;
    for (DotEnvEntry &entry : entries) {
        if (!entry.value)
            continue;
        QString resolved;
        qsizetype at = 0;
        for (auto matches = reference.globalMatch(*entry.value); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            resolved += QStringView(*entry.value).mid(at, match.capturedStart() - at);
            at = match.capturedEnd();
            const QString name = match.captured(1);
            if (const auto it = known.constFind(name); it != known.cend())
                resolved += *it;
            else if (const std::optional<QString> fromOuter = outer ? outer(name) : std::nullopt)
                resolved += *fromOuter;
            else if (match.hasCaptured(2))
                resolved += match.captured(2);
            else
                entry.missing << name;
        }
        resolved += QStringView(*entry.value).mid(at);
        entry.value = resolved;
        if (entry.missing.isEmpty())
            known.insert(entry.name, resolved);
        else
            known.remove(entry.name);
    }
    return entries;
}

QString repositoryAround(const QString &folder)
{
    const QString home = QDir::homePath();
    QString distribution;
    for (QDir dir(folder);;) {
        if (dir.exists(QStringLiteral(".git")))
            return dir.absolutePath();
        const bool isDistribution =
            dir.exists(QStringLiteral("pyproject.toml")) || dir.exists(QStringLiteral("setup.py")) || dir.exists(QStringLiteral("setup.cfg"));
        if (distribution.isEmpty() && isDistribution && dir.absolutePath() != home && !dir.isRoot())
            distribution = dir.absolutePath();
        if (dir.absolutePath() == home || !dir.cdUp())
            return distribution.isEmpty() ? QDir(folder).absolutePath() : distribution;
    }
}

QString findDotEnv(const QString &folder)
{
    const QString top = repositoryAround(folder);
    const QString start = QDir(folder).absolutePath();
    const QString home = QDir::homePath();
    const bool isUnderHome = start.startsWith(home + QLatin1Char('/'));
    const bool isInRepository = top != start || QDir(start).exists(QStringLiteral(".git"));
    int steps = 0;
    for (QDir dir(start);; ++steps) {
        const QString file = dir.absoluteFilePath(QStringLiteral(".env"));
        if (QFileInfo(file).isFile())
            return file;
        const QString here = dir.absolutePath();
        const bool isLast = isInRepository ? here == top : isUnderHome ? here == home : steps == 1;
        if (isLast || !dir.cdUp())
            return {};
    }
}

} // namespace stillroom::project
