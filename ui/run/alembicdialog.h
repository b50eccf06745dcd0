// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/worker.h"
#include "ui/workbench.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace stillroom::ui {

class Banner;
class Confirmation;

/// What the project's own Alembic may do for the steps of a plan that are not known here: write their SQL, or run them. Says which program
/// that is and what cannot be promised then. Starts nothing; asks by a signal, and the answer comes by showProblem() or by accept().
class AlembicDialog : public QDialog {
    Q_OBJECT
public:
    enum class Choice { Here, Writes, Runs };
    struct Step {
        QString revision, message;
        QString reason; ///< why it is not known here
        Choice choice = Choice::Here;
    };
    struct Question {
        Target target;
        std::vector<Step> steps;
        project::ProjectPython python; ///< no program: none was found
        QString problem;               ///< with the one that was chosen once
        QString keptIn;                ///< file that remembers the interpreter
    };
    AlembicDialog(const Theme *theme, const Question &question, QWidget *parent);
    void bringUp(const QString &revision); ///< scrolls to it and has it in focus
    void showProblem(const QString &sentence);
    [[nodiscard]] QString problemWords() const;
    [[nodiscard]] QComboBox *choice(const QString &revision) const;
    [[nodiscard]] QLineEdit *program() const { return m_program; }
    [[nodiscard]] QCheckBox *rememberBox() const { return m_remember; }
    [[nodiscard]] Confirmation *confirmation() const { return m_confirmation; }
    [[nodiscard]] QPushButton *button() const { return m_go; }

Q_SIGNALS:
    void chosen(const stillroom::migration::AlembicLeave &leave, bool remembers);

private:
    QWidget *makeSteps();
    QWidget *makeInterpreter();
    void update();
    [[nodiscard]] QStringList revisionsWith(Choice choice) const;
    [[nodiscard]] bool canRun() const { return !m_question.target.isReadOnly; }

    Question m_question;
    std::vector<QComboBox *> m_choices;
    QLineEdit *m_program;
    QLabel *m_source, *m_meaning;
    QCheckBox *m_remember;
    QScrollArea *m_steps = nullptr;
    Banner *m_problem;
    Confirmation *m_confirmation;
    QPushButton *m_go;
    bool m_isConfirming = false;
};

} // namespace stillroom::ui
