// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace stillroom::ui {

/// Asks for a revision as Alembic spells one: an id, its beginning, head, base, +1, label@head. Completes from the project.
class TargetDialog : public QDialog {
    Q_OBJECT
public:
    TargetDialog(const QString &title, const QString &words, const QString &button, const QStringList &completions, QWidget *parent);
    void setTarget(const QString &target);
    void offerPurge(); ///< stamp: "forget what the version table holds"
    [[nodiscard]] bool isPurge() const;

Q_SIGNALS:
    void targetChosen(const QString &target);

private:
    QLineEdit *m_target;
    QCheckBox *m_purge;
};

} // namespace stillroom::ui
