// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/ini.h"

#include <QRegularExpression>
#include <QSet>

namespace stillroom::project {

namespace {

const QString &defaultSection()
{
    static const QString name = QStringLiteral("DEFAULT");
    return name;
}

/// Python's str.splitlines() as a text file gives them: "\n", "\r\n" and "\r" end a line.
QStringList linesOf(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
    if (text.endsWith(QLatin1Char('\n')))
        text.chop(1);
    return text.split(QLatin1Char('\n'));
}

QString rightTrimmed(const QString &text)
{
    qsizetype size = text.size();
    while (size > 0 && text[size - 1].isSpace())
        --size;
    return text.left(size);
}

} // namespace

/// ConfigParser._read, one line after the other.
class IniReader {
public:
    explicit IniReader(Ini &ini) : m_ini(ini) {}

    Result<void> line(const QString &text)
    {
        ++m_line;
        const QString value = text.trimmed();
        const bool isComment = value.startsWith(QLatin1Char('#')) || value.startsWith(QLatin1Char(';'));
        if (value.isEmpty() || isComment) {
            if (m_option && !isComment)
                m_values << QString(); // an empty line may stand inside a value
            return {};
        }
        qsizetype indent = 0;
        while (text[indent].isSpace())
            ++indent;
        if (m_option && indent > m_indent) {
            m_values << value;
            return {};
        }
        m_indent = indent;
        if (value.startsWith(QLatin1Char('[')) && value.lastIndexOf(QLatin1Char(']')) > 1)
            return section(value);
        if (!m_section)
            return std::unexpected(m_ini.syntax(m_line, QStringLiteral("the file contains no section headers before this line")));
        return option(value);
    }

    void finish()
    {
        if (m_option)
            m_option->raw = rightTrimmed(m_values.join(QLatin1Char('\n')));
        m_option = nullptr;
        m_values.clear();
    }

private:
    Result<void> section(const QString &value)
    {
        finish();
        const QString name = value.mid(1, value.lastIndexOf(QLatin1Char(']')) - 1);
        if (name == defaultSection()) {
            m_section = &m_ini.m_defaults;
        } else {
            if (m_ini.m_sections.contains(name))
                return std::unexpected(m_ini.syntax(m_line, QStringLiteral("section '%1' stands here a second time").arg(name)));
            m_ini.m_order << name;
            m_ini.m_sections.insert(name, {});
            m_section = &m_ini.m_sections[name];
        }
        m_sectionName = name;
        return {};
    }

    Result<void> option(const QString &value)
    {
        finish();
        static const QRegularExpression delimiter(QStringLiteral("[=:]"));
        const qsizetype at = value.indexOf(delimiter);
        if (at < 0)
            return std::unexpected(m_ini.syntax(m_line, QStringLiteral("a line without '=': %1").arg(value.left(60))));
        const QString name = value.left(at).trimmed().toLower();
        if (name.isEmpty())
            return std::unexpected(m_ini.syntax(m_line, QStringLiteral("a value without a name before '='")));
        const auto key = std::pair(m_sectionName, name);
        if (m_seen.contains(key))
            return std::unexpected(m_ini.syntax(m_line, QStringLiteral("option '%1' stands a second time in section '%2'").arg(name, m_sectionName)));
        m_seen.insert(key);
        m_option = &(*m_section)[name];
        m_option->line = m_line;
        m_values = {value.mid(at + 1).trimmed()};
        return {};
    }

    Ini &m_ini;
    Ini::Options *m_section = nullptr;
    QString m_sectionName;
    Ini::Option *m_option = nullptr;
    QStringList m_values;
    QSet<std::pair<QString, QString>> m_seen;
    qsizetype m_indent = 0;
    int m_line = 0;
};

Error Ini::syntax(int line, const QString &detail) const
{
    return {.code = ErrorCode::ConfigurationSyntax, .detail = detail, .file = m_file, .line = line};
}

Result<Ini> Ini::parse(const QString &text, const QString &file, const QHash<QString, QString> &defaults)
{
    Ini ini;
    ini.m_file = file;
    for (auto it = defaults.cbegin(); it != defaults.cend(); ++it)
        ini.m_defaults.insert(it.key().toLower(), {it.value(), 0});
    IniReader reader(ini);
    QString source = text;
    if (source.startsWith(QChar(0xFEFF)))
        source.remove(0, 1);
    for (const QString &line : linesOf(source))
        if (const auto read = reader.line(line); !read)
            return std::unexpected(read.error());
    reader.finish();
    return ini;
}

QStringList Ini::names(const QString &section) const
{
    QStringList result = m_sections.value(section).keys();
    for (auto it = m_defaults.cbegin(); it != m_defaults.cend(); ++it)
        if (!result.contains(it.key()))
            result << it.key();
    result.sort();
    return result;
}

std::optional<Ini::Option> Ini::option(const QString &section, const QString &name) const
{
    const auto options = m_sections.constFind(section);
    if (options == m_sections.cend() && section != defaultSection())
        return std::nullopt;
    const QString key = name.toLower();
    if (options != m_sections.cend())
        if (const auto it = options->constFind(key); it != options->cend())
            return *it;
    if (const auto it = m_defaults.constFind(key); it != m_defaults.cend())
        return *it;
    return std::nullopt;
}

int Ini::line(const QString &section, const QString &name) const { return option(section, name).value_or(Option{}).line; }

Result<std::optional<QString>> Ini::value(const QString &section, const QString &name) const
{
    const std::optional<Option> found = option(section, name);
    if (!found)
        return std::nullopt;
    const auto text = interpolate(section, name, found->raw, found->line, 1);
    if (!text)
        return std::unexpected(text.error());
    return *text;
}

/// BasicInterpolation: "%%" is a percent sign, "%(name)s" another option of the section or its defaults.
Result<QString> Ini::interpolate(const QString &section, const QString &name, const QString &raw, int line, int depth) const
{
    constexpr int kDeepest = 10;
    if (depth > kDeepest)
        return std::unexpected(syntax(line, QStringLiteral("the values that '%1' refers to refer to each other without an end").arg(name)));
    QString result;
    for (qsizetype at = 0; at < raw.size();) {
        const qsizetype percent = raw.indexOf(QLatin1Char('%'), at);
        if (percent < 0) {
            result += QStringView(raw).mid(at);
            break;
        }
        result += QStringView(raw).mid(at, percent - at);
        const QChar next = percent + 1 < raw.size() ? raw[percent + 1] : QChar();
        if (next == QLatin1Char('%')) {
            result += QLatin1Char('%');
            at = percent + 2;
            continue;
        }
        const qsizetype close = raw.indexOf(QLatin1Char(')'), percent);
        const bool isReference = next == QLatin1Char('(') && close > percent + 2 && close + 1 < raw.size() && raw[close + 1] == QLatin1Char('s');
        if (!isReference)
            return std::unexpected(syntax(line, QStringLiteral("in the value of '%1' a '%' must be written '%%', or as in '%(here)s'").arg(name)));
        const QString reference = raw.mid(percent + 2, close - percent - 2);
        const std::optional<Option> referred = option(section, reference);
        if (!referred)
            return std::unexpected(syntax(line, QStringLiteral("the value of '%1' refers to '%2', which is not there").arg(name, reference)));
        const auto inner = interpolate(section, reference, referred->raw, line, depth + 1);
        if (!inner)
            return inner;
        result += *inner;
        at = close + 2;
    }
    return result;
}

} // namespace stillroom::project
