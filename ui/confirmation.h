// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectionpolicy.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace stillroom::ui {

/// What a connection's policy wants to hear before something is done that may lose rows: a tick, or the database's name typed.
class Confirmation : public QWidget {
    Q_OBJECT
public:
    explicit Confirmation(QWidget *parent = nullptr);
    /// `words`: what the tick stands for. A tick is wanted even where the policy leaves it open.
    void ask(const database::ConnectionPolicy &policy, const QString &databaseName, const QString &words);
    [[nodiscard]] bool isGiven() const;
    [[nodiscard]] database::Consent consent() const;
    [[nodiscard]] QLineEdit *line() const { return m_line; }
    [[nodiscard]] QCheckBox *box() const { return m_box; }

Q_SIGNALS:
    void changed();

private:
    QLabel *m_label;
    QLineEdit *m_line;
    QCheckBox *m_box;
    QString m_name;
    bool m_wantsName = false;
};

} // namespace stillroom::ui
