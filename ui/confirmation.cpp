// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/confirmation.h"

#include "ui/taborder.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace stillroom::ui {

Confirmation::Confirmation(QWidget *parent) : QWidget(parent), m_label(new QLabel(this)), m_line(new QLineEdit(this)), m_box(new QCheckBox(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setBuddy(m_line);
    m_line->setMaximumWidth(220);
    m_line->setAccessibleName(tr("Name of the database, to confirm"));
    m_box->setAccessibleName(tr("Confirmed"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_label);
    layout->addWidget(m_line);
    layout->addWidget(m_box);
    layout->addStretch(1);
    connect(m_line, &QLineEdit::textChanged, this, &Confirmation::changed);
    connect(m_box, &QCheckBox::toggled, this, &Confirmation::changed);
}

void Confirmation::ask(const database::ConnectionPolicy &policy, const QString &databaseName, const QString &words)
{
    m_name = databaseName;
    m_wantsName = policy.confirmsByTyping || policy.environment == database::ServerEnvironment::Production;
    m_label->setText(tr("Type %1 to confirm:").arg(withoutMnemonic(databaseName)));
    m_label->setVisible(m_wantsName);
    m_line->setVisible(m_wantsName);
    m_line->clear();
    m_box->setText(withoutMnemonic(words));
    m_box->setAccessibleName(words);
    m_box->setVisible(!m_wantsName);
    m_box->setChecked(false);
    passFocusOn(this, m_wantsName ? static_cast<QWidget *>(m_line) : m_box);
    Q_EMIT changed();
}

bool Confirmation::isGiven() const { return m_wantsName ? m_line->text() == m_name : m_box->isChecked(); }

database::Consent Confirmation::consent() const { return {.isGiven = isGiven(), .typedName = m_wantsName ? m_line->text() : QString()}; }

} // namespace stillroom::ui
