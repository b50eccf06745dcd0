// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/passworddialog.h"

#include "ui/words.h"
#include "ui/wrappedlabel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace stillroom::ui {

PasswordDialog::PasswordDialog(const Question &question, QWidget *parent)
    : QDialog(parent), m_line(new QLineEdit(this)), m_keep(new QCheckBox(tr("&Keep it in the keyring"), this))
{
    setWindowTitle(tr("Password"));
    auto *label = new QLabel(tr("&Password for %1").arg(withoutMnemonic(question.database)), this);
    label->setBuddy(m_line);
    m_line->setEchoMode(QLineEdit::Password);
    m_line->setAccessibleName(tr("Password for %1").arg(question.database));
    m_keep->setVisible(question.offersKeyring);
    m_keep->setChecked(question.isKept);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *go = new QPushButton(tr("Connect"), this);
    go->setProperty("look", QStringLiteral("primary"));
    go->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(go);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(8);
    if (!question.problem.isEmpty())
        layout->addWidget(wrappedLabel(question.problem, "bad", this));
    layout->addWidget(label);
    layout->addWidget(m_line);
    layout->addWidget(m_keep);
    if (!question.remark.isEmpty())
        layout->addWidget(wrappedLabel(question.remark, "muted", this));
    layout->addSpacing(6);
    layout->addLayout(buttons);
    setMinimumWidth(440);
    m_line->setFocus(Qt::OtherFocusReason);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT given(m_line->text(), !m_keep->isHidden() && m_keep->isChecked());
    });
}

} // namespace stillroom::ui
