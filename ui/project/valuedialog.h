// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QDialog>

class QLabel;
class QLineEdit;

namespace stillroom::ui {

/// Asks what a name of the application stands for, since no Python runs that could tell: an expression as Python writes it, or a
/// type. It is kept beside the project's configuration.
class ValueDialog : public QDialog {
    Q_OBJECT
public:
    struct Question {
        QString name;           ///< dotted
        QString reason;         ///< why it is not known
        QString given;          ///< what was said before
        QString file;           ///< where it will be kept
        QStringList waiting;    ///< revisions
        bool isSetting = false; ///< of context.configure(): plain text; an empty one forgets what was said
    };
    ValueDialog(const Question &question, QWidget *parent);
    [[nodiscard]] QLineEdit *line() const { return m_line; }
    /// What is wrong with the value; the dialog stays open.
    void showProblem(const QString &sentence);
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void given(const QString &expression);

private:
    QLineEdit *m_line;
    QLabel *m_problem;
};

} // namespace stillroom::ui
