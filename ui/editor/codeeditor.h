// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/codelexer.h"

#include <Qsci/qsciscintilla.h>

#include <memory>

namespace stillroom::ui {

/// A read-only text with line numbers, colours, a caret for the keyboard and for screen readers, marked lines, notes
/// between the lines, and a squiggle. Everything that colours it is in applyTheme(), since QScintilla forgets it all when
/// it is given a lexer.
class CodeEditor : public QsciScintilla {
    Q_OBJECT
public:
    /// `backend` outlives the editor.
    CodeEditor(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, QWidget *parent = nullptr);
    ~CodeEditor() override;

    void setContent(const QString &text, Language language);
    [[nodiscard]] Language contentLanguage() const { return m_language; }

    /// Lines count from 1, as everywhere in the core; 0 or an empty range clears.
    void markLines(int first, int last);
    void markRanges(const std::vector<std::pair<int, int>> &ranges);
    [[nodiscard]] std::pair<int, int> markedLines() const { return m_marked.empty() ? std::pair(0, 0) : m_marked.front(); }
    [[nodiscard]] const std::vector<std::pair<int, int>> &markedRanges() const { return m_marked; }
    void showLine(int line);
    enum class NoteTone { Note, Warning, Problem };
    /// A boxed remark under a line.
    void addNote(int line, const QString &text, NoteTone tone);
    /// What stands under a line, counted from 1. QsciScintilla::annotation() of QScintilla 2.14 returns memory that was never filled.
    [[nodiscard]] QString noteAt(int line) const;
    void clearNotes();
    /// The line at which something ended, in the note's colours with a bar in the margin; 0: none.
    void setReasonLine(int line, NoteTone tone = NoteTone::Problem);
    [[nodiscard]] int reasonLine() const { return m_reasonLine; }
    /// Underlines from a place (line and column from 1, in code points) to the end of the word.
    void markProblem(int line, int column);
    [[nodiscard]] TokenKind tokenKindAt(int line, int column); ///< both from 1
    [[nodiscard]] int caretLine() const;

Q_SIGNALS:
    void lineClicked(int line);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Note {
        int line;
        QString text;
        NoteTone tone;
    };
    void applyTheme();
    void applyNotes();
    [[nodiscard]] int noteColumns() const;
    void fitNumberMargin();
    [[nodiscard]] QString wrapped(const Note &note) const;

    const Theme *m_theme;
    std::shared_ptr<HighlightingBackend> m_backend;
    Language m_language = Language::PlainText;
    std::vector<Note> m_notes; ///< annotations vanish with the text and the theme, so they are kept here
    std::vector<std::pair<int, int>> m_marked;
    int m_reasonLine = 0;
    int m_noteColumns = 0; ///< that the notes were wrapped to
    NoteTone m_reasonTone = NoteTone::Problem;
};

} // namespace stillroom::ui
