// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/versionrepair.h"
#include "ui/workbench.h"

#include <QDialog>

class QPushButton;

namespace stillroom::ui {

class Banner;
class Confirmation;

/// What is wrong with the version table, what would put it right, and nothing done before the person has said so as the connection's
/// policy asks for it. Asks by a signal; the answer comes by showProblem() or by accept().
class RepairDialog : public QDialog {
    Q_OBJECT
public:
    RepairDialog(const Theme *theme, const Target &target, const std::vector<migration::VersionDefect> &defects, QWidget *parent);
    void showProblem(const QString &sentence);
    [[nodiscard]] Confirmation *confirmation() const { return m_confirmation; }
    [[nodiscard]] QPushButton *button() const { return m_repair; }
    [[nodiscard]] QString problemWords() const;
    [[nodiscard]] QString words() const; ///< defects, advice and statements as they are shown

Q_SIGNALS:
    void repairRequested(const std::vector<stillroom::migration::VersionDefect> &shown, const stillroom::database::Consent &consent);

private:
    QWidget *cardOf(const migration::VersionDefect &defect);
    void update();

    const Theme *m_theme;
    std::vector<migration::VersionDefect> m_defects;
    bool m_canRepair = false, m_isAsked = false;
    QString m_words;
    Banner *m_problem;
    Confirmation *m_confirmation;
    QPushButton *m_repair;
};

/// One line for a page: how many, and the first.
[[nodiscard]] QString summaryOf(const std::vector<migration::VersionDefect> &defects);

} // namespace stillroom::ui
