// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include "ui/editor/codeeditor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace stillroom::ui {

FindBar::FindBar(const Theme *theme, QWidget *parent) : QFrame(parent), m_text(new QLineEdit(this)), m_result(new QLabel(this))
{
    setProperty("role", QStringLiteral("footer"));
    m_text->setPlaceholderText(tr("Find in this text"));
    m_text->setAccessibleName(tr("Find in this text"));
    m_text->setClearButtonEnabled(true);
    m_result->setProperty("role", QStringLiteral("muted"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 5, 8, 5);
    layout->addWidget(m_text, 1);
    const auto button = [&](const QString &icon, const QString &words, auto slot) {
        auto *b = new QToolButton(this);
        b->setIcon(theme->icon(icon));
        b->setToolTip(words);
        b->setAccessibleName(words);
        connect(b, &QToolButton::clicked, this, slot);
        layout->addWidget(b);
    };
    button(QStringLiteral("up"), tr("Previous match"), &FindBar::findPrevious);
    button(QStringLiteral("down"), tr("Next match"), &FindBar::findNext);
    layout->addWidget(m_result);
    button(QStringLiteral("close"), tr("Close the find bar"), &FindBar::dismiss);
    connect(m_text, &QLineEdit::textChanged, this, [this] { search(true, true); });
    connect(m_text, &QLineEdit::returnPressed, this, &FindBar::findNext);
    hide();
}

void FindBar::openFor(CodeEditor *editor)
{
    m_editor = editor;
    if (editor->hasSelectedText() && !editor->selectedText().contains(QLatin1Char('\n')))
        m_text->setText(editor->selectedText());
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::findNext() { search(true, false); }

void FindBar::findPrevious() { search(false, false); }

void FindBar::search(bool forward, bool fromSelectionStart)
{
    if (!m_editor || m_text->text().isEmpty()) {
        m_result->clear();
        return;
    }
    int lineFrom = 0;
    int indexFrom = 0;
    int lineTo = 0;
    int indexTo = 0;
    m_editor->getCursorPosition(&lineTo, &indexTo);
    if (m_editor->hasSelectedText())
        m_editor->getSelection(&lineFrom, &indexFrom, &lineTo, &indexTo);
    else
        std::tie(lineFrom, indexFrom) = std::tie(lineTo, indexTo);
    const bool fromStart = fromSelectionStart || !forward;
    const bool found =
        m_editor->findFirst(m_text->text(), false, false, false, true, forward, fromStart ? lineFrom : lineTo, fromStart ? indexFrom : indexTo);
    m_result->setText(found ? QString() : tr("Not found"));
}

void FindBar::dismiss()
{
    hide();
    if (m_editor)
        m_editor->setFocus(Qt::OtherFocusReason);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

} // namespace stillroom::ui
