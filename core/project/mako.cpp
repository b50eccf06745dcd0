// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/mako.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace stillroom::project {

namespace {

/// What the program needs beside the template's own names. A name that nobody set is UNDEFINED: false where it is asked,
/// an error where it would be printed (Mako documentation, "Context Variables").
constexpr const char *kPrelude = R"PY(
class _Undefined:
    def __str__(self):
        raise NameError("Undefined")
    def __bool__(self):
        return False

UNDEFINED = _Undefined()

class _Context:
    def __init__(self, names, write):
        self._names = names
        self.write = write
    def get(self, name, default=None):
        return self._names.get(name, default)
    def __getitem__(self, name):
        return self._names[name]
    def __contains__(self, name):
        return name in self._names
    def keys(self):
        return list(self._names)

def _escaped(text):
    return (text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;").replace('"', "&#34;").replace("'", "&#39;"))

def _trimmed(text):
    return text.strip()

def _quoted(text):
    from urllib.parse import quote_plus
    return quote_plus(text)

import datetime as _datetime

class _Config:
    def __init__(self, sections, main, file_name):
        self._sections = sections
        self.config_ini_section = main
        self.config_file_name = file_name
        self.attributes = {}
    def get_section(self, name, default=None):
        return self._sections.get(name, default)
    def get_section_option(self, section, name, default=None):
        return self._sections.get(section, {}).get(name, default)
    def get_main_option(self, name, default=None):
        return self.get_section_option(self.config_ini_section, name, default)
    get_alembic_option = get_main_option

def _comma(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else ", ".join(value)

_pieces = []
)PY";

const QSet<QString> &pythonKeywords()
{
    static const QSet<QString> words = [] {
        const QString text =
            QStringLiteral("False None True and as assert async await break class continue def del elif else except finally for from "
                           "global if import in is lambda nonlocal not or pass raise return try while with yield");
        const QStringList list = text.split(QLatin1Char(' '));
        return QSet<QString>(list.cbegin(), list.cend());
    }();
    return words;
}

/// Reads the template once, from its beginning to its end, and writes the program as it goes.
class TemplateReader {
public:
    explicit TemplateReader(const QString &text) : m_text(text) {}

    Result<TemplateProgram> run(const TemplateValues &values)
    {
        static const QRegularExpression coding(QStringLiteral("#.*coding[:=]\\s*[-\\w.]+.*\\r?\\n"));
        if (const auto line = match(coding); line.hasMatch())
            m_at = line.capturedEnd(); // is about the template itself
        while (m_at < m_text.size()) {
            if (const auto read = next(); !read)
                return std::unexpected(read.error());
        }
        endText();
        if (!m_open.isEmpty())
            return std::unexpected(problem(QStringLiteral("'% %1' has no '% end%1'").arg(m_open.last())));
        return program(values);
    }

private:
    struct Line {
        QString text;
        int line;
    };

    [[nodiscard]] int lineAt(qsizetype position) const { return static_cast<int>(QStringView(m_text).left(position).count(QLatin1Char('\n'))) + 1; }
    [[nodiscard]] Error problem(const QString &detail) const
    {
        return Error{.code = ErrorCode::TemplateNotUnderstood, .detail = detail, .line = lineAt(m_at)};
    }
    [[nodiscard]] bool isLineStart() const { return m_at == 0 || m_text[m_at - 1] == QLatin1Char('\n'); }
    [[nodiscard]] bool follows(const char *text) const { return QStringView(m_text).mid(m_at).startsWith(QLatin1String(text)); }
    [[nodiscard]] QRegularExpressionMatch match(const QRegularExpression &expression) const
    {
        return expression.match(m_text, m_at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
    }

    Result<void> next()
    {
        static const QRegularExpression control(QStringLiteral("[\\t ]*(%(?!%)|##)[\\t ]*((?:\\\\\\r?\\n|[^\\r\\n])*)(?:\\r?\\n|\\z)"));
        static const QRegularExpression percent(QStringLiteral("([\\t ]*)%%(%*)"));
        static const QRegularExpression continuation(QStringLiteral("\\\\\\r?\\n"));
        if (isLineStart()) {
            if (const auto line = match(control); line.hasMatch())
                return controlLine(line);
            if (const auto escaped = match(percent); escaped.hasMatch()) {
                m_literal += escaped.captured(1) + QLatin1Char('%') + escaped.captured(2);
                m_at = escaped.capturedEnd();
                return {};
            }
        }
        if (const auto joined = match(continuation); joined.hasMatch()) {
            m_at = joined.capturedEnd();
            return {};
        }
        if (follows("${"))
            return expression();
        if (follows("<%") || follows("</%"))
            return tag();
        m_literal += m_text[m_at++];
        return {};
    }

    Result<void> controlLine(const QRegularExpressionMatch &line)
    {
        static const QRegularExpression end(QStringLiteral("\\Aend([a-z]+)\\s*\\z"));
        static const QRegularExpression opening(QStringLiteral("\\A(if|for|while|with|try)\\b"));
        static const QRegularExpression middle(QStringLiteral("\\A(elif|else|except|finally)\\b"));
        if (line.captured(1) == QLatin1String("##")) {
            m_at = line.capturedEnd();
            return {};
        }
        QString code = line.captured(2).trimmed();
        code.replace(QRegularExpression(QStringLiteral("\\\\\\r?\\n")), QStringLiteral(" "));
        endText();
        if (const auto ended = end.match(code); ended.hasMatch()) {
            if (m_open.isEmpty() || m_open.last() != ended.captured(1))
                return std::unexpected(problem(QStringLiteral("'% %1' ends nothing").arg(code)));
            m_open.removeLast();
        } else if (const auto opened = opening.match(code); opened.hasMatch()) {
            write(code);
            m_open.append(opened.captured(1));
            write(QStringLiteral("pass"));
        } else if (middle.match(code).hasMatch() && !m_open.isEmpty()) {
            const QString kept = m_open.takeLast();
            write(code);
            m_open.append(kept);
            write(QStringLiteral("pass"));
        } else {
            return std::unexpected(problem(QStringLiteral("'% %1' is no control line").arg(code)));
        }
        m_at = line.capturedEnd();
        return {};
    }

    /// Up to `end` outside strings, comments and brackets, which Mako looks for in the same way.
    Result<QString> pythonUntil(const QString &ends, bool watchesBrackets, QChar *found)
    {
        static const QRegularExpression comment(QStringLiteral("#.*\\n"));
        static const QRegularExpression string(QStringLiteral("(\"\"\"|'''|\"|')[^\\\\]*?(\\\\.[^\\\\]*?)*\\1"),
                                               QRegularExpression::DotMatchesEverythingOption);
        const qsizetype start = m_at;
        int depth = 0;
        while (m_at < m_text.size()) {
            if (const auto skipped = match(comment); skipped.hasMatch() && watchesBrackets) {
                m_at = skipped.capturedEnd();
            } else if (const auto quoted = match(string); quoted.hasMatch()) {
                m_at = quoted.capturedEnd();
            } else if (watchesBrackets && depth == 0 && ends.contains(m_text[m_at])) {
                *found = m_text[m_at];
                return m_text.mid(start, m_at++ - start);
            } else if (!watchesBrackets && QStringView(m_text).mid(m_at).startsWith(ends)) {
                const QString code = m_text.mid(start, m_at - start);
                m_at += ends.size();
                return code;
            } else {
                if (QStringLiteral("([{").contains(m_text[m_at]))
                    ++depth;
                else if (QStringLiteral(")]}").contains(m_text[m_at]))
                    --depth;
                ++m_at;
            }
        }
        m_at = start;
        return std::unexpected(problem(QStringLiteral("what begins here has no end")));
    }

    Result<void> expression()
    {
        endText();
        m_at += 2;
        QChar end;
        auto code = pythonUntil(QStringLiteral("|}"), true, &end);
        if (!code)
            return std::unexpected(code.error());
        QStringList filters;
        if (end == QLatin1Char('|')) {
            const auto names = pythonUntil(QStringLiteral("}"), true, &end);
            if (!names)
                return std::unexpected(names.error());
            for (const QString &name : names->split(QLatin1Char(',')))
                filters << name.trimmed();
        }
        QString value = QStringLiteral("(%1\n)").arg(code->trimmed()); // a comment may stand at its end
        if (!code->contains(QLatin1Char('\n')))
            value.remove(value.size() - 2, 1);
        if (!filters.contains(QStringLiteral("n")))
            filters.prepend(QStringLiteral("str"));
        static const QHash<QString, QString> known{{QStringLiteral("unicode"), QStringLiteral("str")},
                                                   {QStringLiteral("trim"), QStringLiteral("_trimmed")},
                                                   {QStringLiteral("h"), QStringLiteral("_escaped")},
                                                   {QStringLiteral("x"), QStringLiteral("_escaped")},
                                                   {QStringLiteral("u"), QStringLiteral("_quoted")}};
        for (const QString &filter : std::as_const(filters)) {
            if (filter != QLatin1String("n"))
                value = QStringLiteral("%1(%2)").arg(known.value(filter, filter), value);
        }
        write(QStringLiteral("_pieces.append(%1)").arg(value));
        return {};
    }

    Result<void> tag()
    {
        static const QRegularExpression plain(QStringLiteral("<%(doc|text)>(.*?)</%\\1>"), QRegularExpression::DotMatchesEverythingOption);
        if (const auto region = match(plain); region.hasMatch()) {
            if (region.captured(1) == QLatin1String("text"))
                m_literal += region.captured(2);
            m_at = region.capturedEnd();
            return {};
        }
        static const QRegularExpression block(QStringLiteral("<%(!?)\\s"));
        const auto opened = match(block);
        if (!opened.hasMatch())
            return std::unexpected(problem(QStringLiteral("Mako's tags are not rendered here")));
        endText();
        const int line = lineAt(m_at);
        m_at = opened.capturedEnd(1);
        const auto code = pythonUntil(QStringLiteral("%>"), false, nullptr);
        if (!code)
            return std::unexpected(code.error());
        return python(*code, line, !opened.captured(1).isEmpty());
    }

    /// The lines of a block, moved to the indentation of the program. <%! %> belongs to the module: it runs first.
    Result<void> python(const QString &code, int line, bool isModule)
    {
        const QStringList lines = code.split(QLatin1Char('\n'));
        const auto first = std::ranges::find_if(lines, [](const QString &text) { return !text.trimmed().isEmpty(); });
        if (first == lines.cend())
            return {};
        const bool startsOnTagsLine = first == lines.cbegin();
        const qsizetype indentation = startsOnTagsLine ? 0 : first->size() - QStringView(*first).trimmed().size();
        if (!m_open.isEmpty() && !isModule && (code.contains(QLatin1String("\"\"\"")) || code.contains(QLatin1String("'''"))))
            return std::unexpected(problem(QStringLiteral("a text of several lines stands in a block inside a control structure")));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QString text = lines[i];
            if (startsOnTagsLine && i == 0)
                text = text.trimmed();
            else if (QStringView(text).left(indentation).trimmed().isEmpty())
                text = text.mid(indentation);
            while (text.endsWith(QLatin1Char('\r')))
                text.chop(1);
            const int at = line + static_cast<int>(i);
            if (isModule)
                m_module.push_back({text, at});
            else
                m_body.push_back({QString(m_open.size() * 4, QLatin1Char(' ')) + text, at});
        }
        return {};
    }

    void write(const QString &code) { m_body.push_back({QString(m_open.size() * 4, QLatin1Char(' ')) + code, lineAt(m_at)}); }

    void endText()
    {
        if (!m_literal.isEmpty())
            write(QStringLiteral("_pieces.append(%1)").arg(pythonLiteral(m_literal)));
        m_literal.clear();
    }

    /// Names that the template mentions and nobody has set become UNDEFINED, whatever they stand for.
    [[nodiscard]] QStringList mentionedNames() const
    {
        static const QRegularExpression identifier(QStringLiteral("\\b[A-Za-z_][A-Za-z_0-9]*\\b"));
        QStringList names;
        for (const std::vector<Line> *part : {&m_module, &m_body}) {
            for (const Line &line : *part) {
                if (line.text.trimmed().startsWith(QLatin1String("_pieces.append(\"")))
                    continue;
                for (auto it = identifier.globalMatch(line.text); it.hasNext();)
                    names << it.next().captured();
            }
        }
        names.removeDuplicates();
        names.removeIf([](const QString &name) { return pythonKeywords().contains(name); });
        return names;
    }

    Result<TemplateProgram> program(const TemplateValues &values)
    {
        const QStringList names = mentionedNames();
        for (const char *own : {"loop", "caller", "capture", "pageargs"}) {
            if (names.contains(QLatin1String(own)))
                return std::unexpected(problem(QStringLiteral("it uses Mako's '%1'").arg(QLatin1String(own))));
        }
        TemplateProgram result;
        const auto add = [&result](const QString &text, int line) {
            result.text += text + QLatin1Char('\n');
            result.templateLines.push_back(line);
        };
        const QStringList prelude = QString::fromUtf8(kPrelude).split(QLatin1Char('\n'));
        for (const QString &line : prelude)
            add(line, 0);
        QStringList given;
        for (const auto &[name, value] : values) {
            add(QStringLiteral("%1 = %2").arg(name, value), 0);
            given << QStringLiteral("'%1': %1").arg(name);
        }
        add(QStringLiteral("context = _Context({%1}, _pieces.append)").arg(given.join(QStringLiteral(", "))), 0);
        for (const QString &name : names) {
            for (const QString &line : {QStringLiteral("try:"), QStringLiteral("    ") + name, QStringLiteral("except NameError:"),
                                        QStringLiteral("    %1 = UNDEFINED").arg(name)})
                add(line, 0);
        }
        for (const std::vector<Line> *part : {&m_module, &m_body}) {
            for (const Line &line : *part) {
                for (const QString &text : line.text.split(QLatin1Char('\n')))
                    add(text, line.line);
            }
        }
        add(QStringLiteral("result = ''.join(_pieces)"), 0);
        return result;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    QString m_literal;
    QStringList m_open; ///< control structures that are open, innermost last
    std::vector<Line> m_module, m_body;
};

} // namespace

QString pythonLiteral(const QString &text)
{
    QString literal = QStringLiteral("\"");
    for (const char32_t c : text.toUcs4()) {
        if (c == U'\\' || c == U'"')
            literal += QLatin1Char('\\') + QChar(static_cast<char16_t>(c));
        else if (c == U'\n')
            literal += QLatin1String("\\n");
        else if (c >= 0x20 && c < 0x7F)
            literal += QChar(static_cast<char16_t>(c));
        else
            literal += QStringLiteral("\\U%1").arg(static_cast<std::uint32_t>(c), 8, 16, QLatin1Char('0'));
    }
    return literal + QLatin1Char('"');
}

Result<TemplateProgram> templateProgram(const QString &templateText, const TemplateValues &values)
{
    return TemplateReader(templateText).run(values);
}

} // namespace stillroom::project
