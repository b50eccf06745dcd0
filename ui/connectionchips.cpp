// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connectionchips.h"

#include <QHBoxLayout>

namespace stillroom::ui {

ConnectionChips::ConnectionChips(const Theme *theme, QWidget *parent, Address address)
    : QWidget(parent), m_address(new Chip(theme, this)), m_environment(new Chip(theme, this)), m_readOnly(new Chip(theme, this)),
      m_showsAddress(address)
{
    m_readOnly->setIcon(QStringLiteral("lock"));
    m_readOnly->setText(tr("read-only"));
    m_readOnly->setTone(ChipTone::Warning);
    m_readOnly->setToolTip(tr("The server refuses every write of this connection."));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_address);
    layout->addWidget(m_environment);
    layout->addWidget(m_readOnly);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    clear();
}

void ConnectionChips::showTarget(const Target &target)
{
    m_address->setIcon(QStringLiteral("database"));
    m_address->setText(target.display);
    if (!target.ssh.isEmpty())
        m_address->setToolTip(tr("%1 through ssh %2").arg(target.display, target.ssh));
    m_address->setVisible(m_showsAddress == Address::Shown);
    m_environment->setText(environmentName(target.environment));
    m_environment->setTone(chipTone(target.environment));
    m_environment->setVisible(target.environment != Environment::Unspecified);
    m_readOnly->setVisible(target.isReadOnly);
}

void ConnectionChips::showOffline(dialect::DialectKind kind)
{
    clear();
    m_address->setIcon(QStringLiteral("disconnect"));
    m_address->setText(tr("offline, for %1").arg(kind == dialect::DialectKind::PostgreSql ? tr("PostgreSQL") : tr("SQLite")));
    m_address->show();
}

void ConnectionChips::clear()
{
    for (Chip *chip : {m_address, m_environment, m_readOnly})
        chip->hide();
}

} // namespace stillroom::ui
