// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace stillroom::ui {

class CodeEditor;

/// Finds words in the editor it is given; Esc gives the focus back to that editor.
class FindBar : public QFrame {
    Q_OBJECT
public:
    explicit FindBar(const Theme *theme, QWidget *parent = nullptr);
    void openFor(CodeEditor *editor);
    void findNext();
    void findPrevious();
    [[nodiscard]] CodeEditor *editor() const { return m_editor; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search(bool forward, bool fromSelectionStart);
    void dismiss();
    QLineEdit *m_text;
    QLabel *m_result;
    CodeEditor *m_editor = nullptr;
};

} // namespace stillroom::ui
