// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences.h"
#include "ui/theme.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace stillroom::ui {

/// What holds for all projects on this machine; nothing changes before it is accepted.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    /// `runsFolder`: where the records of runs are, to be shown.
    PreferencesDialog(const Theme *theme, const Preferences &preferences, const QString &runsFolder, QWidget *parent);
    [[nodiscard]] Preferences preferences() const;
    [[nodiscard]] ThemeChoice theme() const;
    [[nodiscard]] QComboBox *themeBox() const { return m_theme; }
    [[nodiscard]] QSpinBox *codeSize() const { return m_codeSize; }
    [[nodiscard]] QLineEdit *backupFolder() const { return m_folder; }
    [[nodiscard]] QPushButton *button() const { return m_keep; }

private:
    QWidget *makeAppearance(const Theme *theme, const Preferences &preferences);
    QWidget *makeConnections(const Preferences &preferences);
    QWidget *makeFolders(const Preferences &preferences, const QString &runsFolder);
    void update();

    Preferences m_given;
    QComboBox *m_theme;
    QSpinBox *m_codeSize, *m_lockTimeout, *m_statementTimeout;
    QCheckBox *m_opensLast, *m_confirms, *m_backsUp;
    QLineEdit *m_folder;
    QLabel *m_folderProblem;
    QPushButton *m_keep;
};

} // namespace stillroom::ui
