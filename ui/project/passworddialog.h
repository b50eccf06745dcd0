// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace stillroom::ui {

/// Asks for the password of a connection that was refused without the right one.
class PasswordDialog : public QDialog {
    Q_OBJECT
public:
    struct Question {
        QString database; ///< as connections are shown
        QString problem;  ///< what the server said
        QString remark;   ///< that there is no keyring, for one
        bool offersKeyring = false, isKept = false;
    };
    PasswordDialog(const Question &question, QWidget *parent);
    [[nodiscard]] QLineEdit *line() const { return m_line; }

Q_SIGNALS:
    void given(const QString &password, bool isKept);

private:
    QLineEdit *m_line;
    QCheckBox *m_keep;
};

} // namespace stillroom::ui
