// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench.h"

#include <QDialog>

class QFrame;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTreeWidget;

namespace stillroom::ui {

class Banner;
class Confirmation;
class EmptyState;

/// The backups of the connected database: when, how large, at which revision; one more, one put back, old ones removed. Asks by signals.
class BackupsDialog : public QDialog {
    Q_OBJECT
public:
    BackupsDialog(const Theme *theme, const Target &target, const QString &folder, std::shared_ptr<const revision::RevisionGraph> graph,
                  QWidget *parent);
    void showBackups(const std::vector<migration::ListedBackup> &backups);
    void showRestored(const QString &keptAs, const QStringList &missing);
    void showProblem(const QString &sentence);
    void select(int row);
    /// Opens the question; nothing is done before it is answered.
    void askRestore();
    void askPrune();
    [[nodiscard]] QTreeWidget *list() const { return m_list; }
    [[nodiscard]] Confirmation *confirmation() const { return m_confirmation; }
    [[nodiscard]] QPushButton *confirmButton() const { return m_confirm; }
    [[nodiscard]] QPushButton *restoreButton() const { return m_restore; }
    [[nodiscard]] QPushButton *backupButton() const { return m_backUp; }
    [[nodiscard]] QSpinBox *keepBox() const { return m_keep; }
    [[nodiscard]] QString words() const;    ///< of the strip above the list
    [[nodiscard]] QString question() const; ///< empty: none is asked

Q_SIGNALS:
    void backupRequested();
    void restoreRequested(const QString &file, const stillroom::database::Consent &consent);
    void pruneRequested(int keep);

protected:
    void reject() override;

private:
    enum class Asked { Nothing, Restore, Prune };
    QWidget *makeQuestion();
    void setBusy(const QString &words);
    void stopAsking();
    void update();
    [[nodiscard]] QStringList revisionsOf(const migration::ListedBackup &backup) const;
    [[nodiscard]] const migration::ListedBackup *selected() const;

    Target m_target;
    std::shared_ptr<const revision::RevisionGraph> m_graph;
    std::vector<migration::ListedBackup> m_backups;
    Asked m_asked = Asked::Nothing;
    bool m_isBusy = true, m_isRestoring = false;
    Banner *m_told;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTreeWidget *m_list;
    QFrame *m_questionBox;
    QLabel *m_question;
    Confirmation *m_confirmation;
    QPushButton *m_confirm, *m_leave, *m_backUp, *m_restore, *m_prune, *m_close;
    QSpinBox *m_keep;
};

} // namespace stillroom::ui
