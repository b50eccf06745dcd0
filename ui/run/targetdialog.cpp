// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/targetdialog.h"

#include <QCheckBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace stillroom::ui {

TargetDialog::TargetDialog(const QString &title, const QString &words, const QString &button, const QStringList &completions, QWidget *parent)
    : QDialog(parent), m_target(new QLineEdit(this)), m_purge(new QCheckBox(tr("&Forget all rows of the version table first (purge)"), this))
{
    setWindowTitle(title);
    auto *label = new QLabel(tr("&Revision"), this);
    label->setBuddy(m_target);
    m_target->setAccessibleName(tr("Revision"));
    m_target->setFont(monospaceFont());
    auto *completer = new QCompleter(completions, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_target->setCompleter(completer);
    auto *text = new QLabel(words, this);
    text->setWordWrap(true);
    text->setProperty("role", QStringLiteral("muted"));
    m_purge->hide();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *go = new QPushButton(button, this);
    go->setProperty("look", QStringLiteral("primary"));
    go->setDefault(true);
    go->setEnabled(false);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(go);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_target);
    layout->addWidget(text);
    layout->addWidget(m_purge);
    layout->addSpacing(6);
    layout->addLayout(buttons);
    setMinimumWidth(440);
    connect(m_target, &QLineEdit::textChanged, go, [go](const QString &target) { go->setEnabled(!target.trimmed().isEmpty()); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go, &QPushButton::clicked, this, [this] {
        // A completion reads "id  message"; the identifier is its first word.
        const QString target = m_target->text().trimmed().section(QLatin1Char(' '), 0, 0);
        accept();
        Q_EMIT targetChosen(target);
    });
}

void TargetDialog::setTarget(const QString &target)
{
    m_target->setText(target);
    m_target->selectAll();
}

void TargetDialog::offerPurge() { m_purge->show(); }

bool TargetDialog::isPurge() const { return m_purge->isChecked(); }

} // namespace stillroom::ui
