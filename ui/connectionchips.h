// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chip.h"
#include "ui/workbench.h"

namespace stillroom::ui {

/// Which database this is about, the same wherever something is shown of it or done to it: its address, what kind of place it is, and
/// whether it can be written.
class ConnectionChips : public QWidget {
    Q_OBJECT
public:
    enum class Address { Shown, Elsewhere };
    explicit ConnectionChips(const Theme *theme, QWidget *parent = nullptr, Address address = Address::Shown);
    void showTarget(const Target &target);
    void showOffline(dialect::DialectKind kind); ///< a plan for a database that is not connected
    void clear();
    [[nodiscard]] Chip *environmentChip() const { return m_environment; }

private:
    Chip *m_address, *m_environment, *m_readOnly;
    Address m_showsAddress;
};

} // namespace stillroom::ui
