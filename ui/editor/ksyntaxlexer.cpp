// SPDX-License-Identifier: GPL-3.0-or-later
// The KSyntaxHighlighting half of codelexer.h; empty where the library is not there (Debian 12).
#ifdef STILLROOM_HAVE_KSYNTAXHIGHLIGHTING

#include "ui/editor/codelexer.h"

#include <Qsci/qscilexercustom.h>
#include <Qsci/qsciscintilla.h>

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <algorithm>
#include <vector>

namespace stillroom::ui {

namespace {

TokenKind kindOfTextStyle(KSyntaxHighlighting::Theme::TextStyle style)
{
    using Style = KSyntaxHighlighting::Theme;
    switch (style) {
    case Style::Keyword:
    case Style::ControlFlow:
    case Style::Import:
        return TokenKind::Keyword;
    case Style::DataType:
        return TokenKind::Type;
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
    case Style::Char:
    case Style::SpecialChar:
        return TokenKind::String;
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
    case Style::RegionMarker:
    case Style::Information:
    case Style::Warning:
    case Style::Alert:
        return TokenKind::Comment;
    case Style::DecVal:
    case Style::BaseN:
    case Style::Float:
    case Style::Constant:
        return TokenKind::Number;
    case Style::Operator:
        return TokenKind::Symbol;
    case Style::Function:
    case Style::BuiltIn:
    case Style::Extension:
        return TokenKind::Function;
    case Style::Preprocessor:
    case Style::Attribute:
        return TokenKind::Decorator;
    case Style::Error:
        return TokenKind::Problem;
    case Style::Normal:
    case Style::Variable:
    case Style::Others:
        return TokenKind::Text;
    }
    return TokenKind::Text;
}

constexpr int kKindCount = int(TokenKind::Problem) + 1;

/// Styles line by line. Scintilla says which bytes it wants; the engine works on lines of UTF-16, so each line is converted,
/// coloured, and written back as runs with their UTF-8 length (practice.md b).
class KSyntaxLexer : public QsciLexerCustom, public KSyntaxHighlighting::AbstractHighlighter {
public:
    KSyntaxLexer(const KSyntaxHighlighting::Definition &definition, QObject *parent) : QsciLexerCustom(parent) { setDefinition(definition); }

    [[nodiscard]] const char *language() const override { return "KSyntaxHighlighting"; }
    [[nodiscard]] QString description(int style) const override
    {
        return style >= 0 && style < kKindCount ? QStringLiteral("token %1").arg(style) : QString();
    }

    void styleText(int start, int end) override
    {
        if (!editor())
            return;
        const auto ask = [this](unsigned message, unsigned long argument = 0) { return int(editor()->SendScintilla(message, argument)); };
        const int firstLine = ask(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(start));
        const int lastLine = ask(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(end));
        const int lineCount = ask(QsciScintilla::SCI_GETLINECOUNT);
        // States after an edit are stale: Scintilla asks again from there, so what lies behind `firstLine` is thrown away.
        int line = std::min(firstLine, int(m_states.size()));
        m_states.resize(std::size_t(line));
        startStyling(ask(QsciScintilla::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)));
        for (; line <= lastLine && line < lineCount; ++line)
            styleLine(line, ask(QsciScintilla::SCI_LINELENGTH, static_cast<unsigned long>(line)));
    }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        const int style = int(kindOfTextStyle(format.textStyle()));
        const auto from = std::min(std::size_t(offset), m_kinds.size());
        const auto to = std::min(std::size_t(offset + length), m_kinds.size());
        std::fill(m_kinds.begin() + std::ptrdiff_t(from), m_kinds.begin() + std::ptrdiff_t(to), style);
    }

private:
    void styleLine(int line, int byteLength)
    {
        const QString text = editor()->text(line);
        QString content = text;
        while (content.endsWith(QLatin1Char('\n')) || content.endsWith(QLatin1Char('\r')))
            content.chop(1);
        m_kinds.assign(std::size_t(content.size()), int(TokenKind::Text));
        const KSyntaxHighlighting::State before = line > 0 ? m_states[std::size_t(line - 1)] : KSyntaxHighlighting::State();
        m_states.push_back(highlightLine(content, before));
        int written = 0;
        for (std::size_t at = 0; at < m_kinds.size();) {
            std::size_t to = at + 1;
            while (to < m_kinds.size() && m_kinds[to] == m_kinds[at])
                ++to;
            if (to < m_kinds.size() && content.at(qsizetype(to)).isLowSurrogate())
                ++to;
            const int bytes = int(QStringView(content).mid(qsizetype(at), qsizetype(to - at)).toUtf8().size());
            setStyling(bytes, m_kinds[at]);
            written += bytes;
            at = to;
        }
        if (byteLength > written)
            setStyling(byteLength - written, int(TokenKind::Text));
    }

    std::vector<KSyntaxHighlighting::State> m_states; ///< at the end of each line
    std::vector<int> m_kinds;                         ///< of each UTF-16 unit of the line at hand
};

class KSyntaxBackend : public HighlightingBackend {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("KSyntaxHighlighting"); }
    [[nodiscard]] QsciLexer *lexer(Language language, QsciScintilla *editor) override
    {
        const char *name = nullptr;
        switch (language) {
        case Language::PlainText:
            return nullptr;
        case Language::PostgreSql:
            name = "SQL (PostgreSQL)";
            break;
        case Language::Sqlite:
            name = "SQL";
            break;
        case Language::Python:
            name = "Python";
            break;
        }
        const auto definition = m_repository.definitionForName(QLatin1String(name));
        return definition.isValid() ? new KSyntaxLexer(definition, editor) : nullptr;
    }
    [[nodiscard]] TokenKind kindOf(Language language, int style) const override
    {
        return language == Language::PlainText || style < 0 || style >= kKindCount ? TokenKind::Text : TokenKind(style);
    }

private:
    KSyntaxHighlighting::Repository m_repository;
};

} // namespace

std::unique_ptr<HighlightingBackend> HighlightingBackend::create() { return std::make_unique<KSyntaxBackend>(); }

} // namespace stillroom::ui

#endif
