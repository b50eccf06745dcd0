// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <memory>

class QsciLexer;
class QsciScintilla;

namespace stillroom::ui {

enum class Language { PlainText, PostgreSql, Sqlite, Python };

/// What a piece of text is, whichever library found it out.
enum class TokenKind { Text, Keyword, Type, String, Comment, Number, Symbol, Function, Decorator, Problem };
[[nodiscard]] QColor tokenColour(const EditorTokens &tokens, TokenKind kind);

/// Colours an editor's text: KSyntaxHighlighting where it was found when building, QScintilla's own lexers elsewhere. The
/// editor sees only this.
class HighlightingBackend {
public:
    virtual ~HighlightingBackend();
    [[nodiscard]] static std::unique_ptr<HighlightingBackend> create();
    [[nodiscard]] virtual QString name() const = 0;
    /// A lexer that belongs to `editor`; null for plain text.
    [[nodiscard]] virtual QsciLexer *lexer(Language language, QsciScintilla *editor) = 0;
    /// The kind that a style number of that lexer stands for.
    [[nodiscard]] virtual TokenKind kindOf(Language language, int style) const = 0;
};

} // namespace stillroom::ui
