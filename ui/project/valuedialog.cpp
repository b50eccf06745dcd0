// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/valuedialog.h"

#include "ui/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace stillroom::ui {

ValueDialog::ValueDialog(const Question &question, QWidget *parent) : QDialog(parent), m_line(new QLineEdit(this)), m_problem(new QLabel(this))
{
    setWindowTitle(tr("Give a value"));
    auto *name = new QLabel(question.name, this);
    QFont mono = monospaceFont();
    mono.setBold(true);
    name->setFont(mono);
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const auto words = [this](const QString &text) {
        auto *label = new QLabel(text, this);
        label->setProperty("role", QStringLiteral("muted"));
        label->setWordWrap(true);
        return label;
    };
    auto *label = new QLabel(question.isSetting ? tr("Its &value; empty: as env.py has it") : tr("Its &value, as Python writes it"), this);
    label->setBuddy(m_line);
    m_line->setAccessibleName(tr("Value of %1").arg(question.name));
    m_line->setFont(monospaceFont());
    m_line->setPlaceholderText(question.isSetting ? QStringLiteral("alembic_version    public    True")
                                                  : QStringLiteral("'public'    sa.String(20)    ['a', 'b']    3"));
    m_line->setText(question.given);
    m_problem->setProperty("role", QStringLiteral("bad"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *keep = new QPushButton(tr("Keep"), this);
    keep->setProperty("look", QStringLiteral("primary"));
    keep->setDefault(true);
    keep->setEnabled(question.isSetting || !question.given.isEmpty());
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(8);
    layout->addWidget(name);
    if (!question.reason.isEmpty())
        layout->addWidget(words(question.reason));
    layout->addSpacing(4);
    layout->addWidget(label);
    layout->addWidget(m_line);
    layout->addWidget(m_problem);
    if (!question.waiting.isEmpty()) {
        layout->addWidget(words(counted(question.waiting.size(), tr("%1 revision waits for it: %2"), tr("%1 revisions wait for it: %2"))
                                    .arg(shortList(question.waiting))));
    }
    layout->addWidget(
        words((question.isSetting ? tr("Kept in %1, which can be committed with the project. It counts before what env.py says.")
                                  : tr("Kept in %1, which can be committed with the project. The SQL is made with this value in its place."))
                  .arg(question.file)));
    layout->addSpacing(6);
    layout->addLayout(buttons);
    setMinimumWidth(500);
    connect(m_line, &QLineEdit::textChanged, this, [this, keep, mayBeEmpty = question.isSetting](const QString &text) {
        keep->setEnabled(mayBeEmpty || !text.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(keep, &QPushButton::clicked, this, [this] { Q_EMIT given(m_line->text().trimmed()); });
}

void ValueDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    m_line->setFocus(Qt::OtherFocusReason);
    adjustSize();
}

QString ValueDialog::problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

} // namespace stillroom::ui
