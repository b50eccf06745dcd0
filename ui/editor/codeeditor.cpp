// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include <Qsci/qscilexer.h>
#include <Qsci/qscistyle.h>
#include <Qsci/qscistyledtext.h>

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>
#include <array>
#include <map>

namespace stillroom::ui {

namespace {

constexpr int kNumberMargin = 0;
constexpr int kBarMargin = 1;
constexpr int kLineMarker = 1;
constexpr int kBarMarker = 2;
constexpr int kReasonMarker = 3;
constexpr int kReasonBarMarker = 4;
constexpr int kProblemIndicator = 9;
// Scintilla keeps 32 to 39 for itself; lexers use less than 32 or, in QScintilla, less than 128.
constexpr int kNoteStyle = 140;
constexpr qsizetype kColouredBytes = 2 * 1024 * 1024;

} // namespace

CodeEditor::CodeEditor(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, QWidget *parent)
    : QsciScintilla(parent), m_theme(theme), m_backend(std::move(backend))
{
    setUtf8(true);
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setEolMode(QsciScintilla::EolUnix);
    setTabWidth(4);
    setWrapMode(QsciScintilla::WrapNone);
    setMarginType(kNumberMargin, QsciScintilla::NumberMargin);
    setMarginType(kBarMargin, QsciScintilla::SymbolMargin);
    setMarginWidth(kBarMargin, 5);
    setMarginMarkerMask(kBarMargin, 1 << kBarMarker | 1 << kReasonBarMarker);
    setMarginWidth(2, 0);
    markerDefine(QsciScintilla::Background, kLineMarker);
    markerDefine(QsciScintilla::FullRectangle, kBarMarker);
    markerDefine(QsciScintilla::Background, kReasonMarker);
    markerDefine(QsciScintilla::FullRectangle, kReasonBarMarker);
    indicatorDefine(QsciScintilla::SquiggleIndicator, kProblemIndicator);
    setCaretLineVisible(true);
    setAnnotationDisplay(QsciScintilla::AnnotationIndented);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETEXTRAASCENT, 1UL);
    SendScintilla(SCI_SETEXTRADESCENT, 2UL);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 6L);
    // QScintilla takes keys that the window needs; a read-only text has no use for them.
    for (const int key : {'D', 'L', 'T', 'U', 'K', '[', ']', '/', '\\'})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key + (SCMOD_CTRL << 16)));
    connect(theme, &Theme::changed, this, &CodeEditor::applyTheme);
    connect(this, &QsciScintilla::linesChanged, this, &CodeEditor::fitNumberMargin);
    applyTheme();
}

CodeEditor::~CodeEditor()
{
    // A child would outlive m_backend, and a lexer uses the definitions in there.
    QsciLexer *old = lexer();
    setLexer(nullptr);
    delete old;
}

void CodeEditor::setContent(const QString &text, Language language)
{
    // Scintilla of the distributions crashed on long texts replaced under the caret (practice.md b).
    SendScintilla(SCI_GOTOPOS, 0UL);
    clearAnnotations();
    m_notes.clear();
    markerDeleteAll();
    m_marked.clear();
    m_reasonLine = 0;
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    setText(text);
    const Language wanted = text.size() > kColouredBytes ? Language::PlainText : language;
    if (wanted != m_language || !lexer()) {
        QsciLexer *old = lexer();
        m_language = wanted;
        setLexer(m_backend->lexer(wanted, this));
        delete old;
        applyTheme();
    }
    fitNumberMargin();
}

void CodeEditor::applyTheme()
{
    const ThemeTokens &t = m_theme->tokens();
    const EditorTokens &e = t.editor;
    const QFont font = m_theme->codeFont();
    setFont(font);
    setColor(e.text);
    setPaper(e.paper);
    if (QsciLexer *l = lexer()) {
        l->setDefaultFont(font);
        l->setDefaultColor(e.text);
        l->setDefaultPaper(e.paper);
        for (int style = 0; style < 128; ++style) {
            if (l->description(style).isEmpty())
                continue;
            const TokenKind kind = m_backend->kindOf(m_language, style);
            QFont face = font;
            face.setBold(kind == TokenKind::Keyword);
            face.setItalic(kind == TokenKind::Comment);
            l->setFont(face, style);
            l->setColor(tokenColour(e, kind), style);
            l->setPaper(e.paper, style);
            l->setEolFill(false, style);
        }
    }
    // With a lexer, setPaper() and setColor() do not reach what lies beside and below the text.
    SendScintilla(SCI_STYLESETBACK, static_cast<unsigned long>(STYLE_DEFAULT), e.paper);
    SendScintilla(SCI_STYLESETFORE, static_cast<unsigned long>(STYLE_DEFAULT), e.text);
    setMarginsFont(font);
    setMarginsForegroundColor(e.lineNumber);
    setMarginsBackgroundColor(e.paper);
    setFoldMarginColors(e.paper, e.paper);
    setCaretForegroundColor(t.accent);
    setCaretLineBackgroundColor(e.currentLine);
    setCaretWidth(2);
    QColor selected = t.selection;
    setSelectionBackgroundColor(t.isDark ? selected.lighter(135) : selected.darker(108));
    resetSelectionForegroundColor();
    setMarkerBackgroundColor(e.markedLines, kLineMarker);
    setMarkerBackgroundColor(t.accent, kBarMarker);
    setMarkerForegroundColor(t.accent, kBarMarker);
    setIndicatorForegroundColor(e.problem, kProblemIndicator);
    setMatchedBraceBackgroundColor(e.markedLines);
    setReasonLine(m_reasonLine, m_reasonTone);
    fitNumberMargin();
    applyNotes();
    // The scroll bars take their style sheet anew.
    viewport()->update();
}

void CodeEditor::fitNumberMargin()
{
    setMarginWidth(kNumberMargin, QStringLiteral("0").repeated(std::max(3, int(QString::number(lines()).size()) + 1)));
}

void CodeEditor::markLines(int first, int last)
{
    if (first > 0)
        markRanges({{first, std::max(first, last)}});
    else
        markRanges({});
}

void CodeEditor::markRanges(const std::vector<std::pair<int, int>> &ranges)
{
    markerDeleteAll(kLineMarker);
    markerDeleteAll(kBarMarker);
    m_marked = ranges;
    for (const auto &[first, last] : ranges) {
        for (int line = first; line <= last; ++line) {
            markerAdd(line - 1, kLineMarker);
            markerAdd(line - 1, kBarMarker);
        }
    }
}

void CodeEditor::setReasonLine(int line, NoteTone tone)
{
    markerDeleteAll(kReasonMarker);
    markerDeleteAll(kReasonBarMarker);
    m_reasonLine = line;
    m_reasonTone = tone;
    if (line < 1)
        return;
    const ThemeTokens &t = m_theme->tokens();
    setMarkerBackgroundColor(tone == NoteTone::Problem ? t.badSoft : t.warningSoft, kReasonMarker);
    setMarkerBackgroundColor(tone == NoteTone::Problem ? t.bad : t.warning, kReasonBarMarker);
    setMarkerForegroundColor(tone == NoteTone::Problem ? t.bad : t.warning, kReasonBarMarker);
    markerAdd(line - 1, kReasonMarker);
    markerAdd(line - 1, kReasonBarMarker);
}

void CodeEditor::showLine(int line)
{
    if (line < 1)
        return;
    setCursorPosition(line - 1, 0);
    const int visible = int(SendScintilla(SCI_LINESONSCREEN));
    const int wanted = int(SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line - 1)));
    const int first = firstVisibleLine();
    if (wanted < first + 1 || wanted > first + visible - 2)
        setFirstVisibleLine(std::max(0, wanted - visible / 3));
}

void CodeEditor::addNote(int line, const QString &text, NoteTone tone)
{
    m_notes.push_back({line, text, tone});
    applyNotes();
}

QString CodeEditor::noteAt(int line) const
{
    const auto at = static_cast<unsigned long>(line - 1);
    QByteArray text(qsizetype(SendScintilla(SCI_ANNOTATIONGETTEXT, at, static_cast<void *>(nullptr))), '\0');
    SendScintilla(SCI_ANNOTATIONGETTEXT, at, static_cast<void *>(text.data()));
    return QString::fromUtf8(text);
}

void CodeEditor::clearNotes()
{
    m_notes.clear();
    clearAnnotations();
}

void CodeEditor::applyNotes()
{
    clearAnnotations();
    const ThemeTokens &t = m_theme->tokens();
    QFont font = QFont(this->font());
    font.setItalic(true);
    const auto style = [&](NoteTone tone) {
        const QColor ink = tone == NoteTone::Problem ? t.bad : tone == NoteTone::Warning ? t.warning : t.muted;
        const QColor ground = tone == NoteTone::Problem ? t.badSoft : tone == NoteTone::Warning ? t.warningSoft : t.window;
        return QsciStyle(kNoteStyle + int(tone), QStringLiteral("note"), ink, ground, font, true);
    };
    const std::array styles{style(NoteTone::Note), style(NoteTone::Warning), style(NoteTone::Problem)};
    for (const QsciStyle &each : styles)
        each.apply(this); // texts name them by number: QsciStyledText never gives back a QsciStyle of its own
    m_noteColumns = noteColumns();
    std::map<int, QList<QsciStyledText>> lines; // each note under a line keeps its own colours
    for (const Note &note : m_notes) {
        QList<QsciStyledText> &notes = lines[note.line];
        notes.append(QsciStyledText(notes.isEmpty() ? wrapped(note) : QLatin1Char('\n') + wrapped(note), styles[std::size_t(note.tone)].style()));
    }
    for (const auto &[line, notes] : lines)
        annotate(line - 1, notes);
}

int CodeEditor::noteColumns() const
{
    const int margins = marginWidth(kNumberMargin) + marginWidth(kBarMargin);
    const int cell = std::max(1, QFontMetrics(m_theme->codeFont()).horizontalAdvance(QLatin1Char('0')));
    return std::max(24, (viewport()->width() - margins) / cell - 6);
}

/// Notes begin under the line's own text and are not cut at the window's edge.
QString CodeEditor::wrapped(const Note &note) const
{
    const QString line = text(note.line - 1);
    int indent = 0;
    while (indent < line.size() && line.at(indent).isSpace())
        ++indent;
    const int room = std::max(24, m_noteColumns - indent);
    QString result;
    qsizetype column = 0;
    for (const QString &paragraph : note.text.split(QLatin1Char('\n'))) {
        if (!result.isEmpty())
            result += QLatin1Char('\n');
        column = 0;
        for (const QString &word : paragraph.split(QLatin1Char(' '))) {
            if (column > 0 && column + 1 + word.size() > room) {
                result += QLatin1Char('\n');
                column = 0;
            } else if (column > 0) {
                result += QLatin1Char(' ');
                ++column;
            }
            result += word;
            column += word.size();
        }
    }
    return result;
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QsciScintilla::resizeEvent(event);
    if (!m_notes.empty() && noteColumns() != m_noteColumns)
        applyNotes();
}

void CodeEditor::markProblem(int line, int column)
{
    clearIndicatorRange(0, 0, lines() - 1, lineLength(lines() - 1), kProblemIndicator);
    if (line < 1 || line > lines())
        return;
    const QList<uint> points = text(line - 1).toUcs4();
    int end = std::max(0, column - 1);
    const auto isWord = [&](int at) { return at < points.size() && (QChar::isLetterOrNumber(points[at]) || points[at] == '_'); };
    while (isWord(end))
        ++end;
    // QScintilla's index within a line counts code points.
    const int from = std::max(0, column - 1);
    fillIndicatorRange(line - 1, from, line - 1, std::max(end, from + 1), kProblemIndicator);
}

TokenKind CodeEditor::tokenKindAt(int line, int column)
{
    const int position = positionFromLineIndex(line - 1, column - 1);
    SendScintilla(SCI_COLOURISE, 0UL, -1L);
    return m_backend->kindOf(m_language, int(SendScintilla(SCI_GETSTYLEAT, static_cast<unsigned long>(position))));
}

int CodeEditor::caretLine() const
{
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    return line + 1;
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    const int before = caretLine();
    QsciScintilla::keyPressEvent(event);
    if (caretLine() != before && !hasSelectedText())
        Q_EMIT lineClicked(caretLine());
}

void CodeEditor::mouseReleaseEvent(QMouseEvent *event)
{
    QsciScintilla::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && !hasSelectedText())
        Q_EMIT lineClicked(caretLine());
}

void CodeEditor::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copyText = menu.addAction(tr("Copy"), this, &QsciScintilla::copy);
    copyText->setEnabled(hasSelectedText());
    menu.addAction(tr("Select All"), this, [this] { selectAll(); });
    menu.exec(event->globalPos());
}

} // namespace stillroom::ui
