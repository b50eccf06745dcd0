// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/blockers.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace stillroom::ui {

class ElidedLabel;
class IconLabel;
class Theme;

/// Who keeps the run waiting. Ending a statement or a session of somebody else's is asked about before it is asked for.
class BlockersPanel : public QFrame {
    Q_OBJECT
public:
    BlockersPanel(const Theme *theme, QWidget *parent);
    /// `canEnd`: these are sessions of a server, which can be told to end.
    void showBlockers(const QString &words, const std::vector<database::Blocker> &blockers, bool canEnd);
    void clear();
    void showAges();                 ///< how long each transaction lasts by now
    void tell(const QString &words); ///< what came of ending one
    [[nodiscard]] QTreeWidget *list() const { return m_list; }
    [[nodiscard]] QPushButton *cancelButton() const { return m_cancel; }
    [[nodiscard]] QPushButton *terminateButton() const { return m_terminate; }
    [[nodiscard]] QPushButton *confirmButton() const { return m_confirm; }
    [[nodiscard]] QString question() const;
    [[nodiscard]] QString statementWords() const;

Q_SIGNALS:
    void endRequested(int pid, bool wholeSession);

private:
    void ask(bool wholeSession);
    void stopAsking();
    void updateButtons();
    void showStatement();
    [[nodiscard]] const database::Blocker *selected() const;

    std::vector<database::Blocker> m_blockers;
    QLabel *m_words, *m_told, *m_question;
    ElidedLabel *m_statement; ///< of the selected one, which no column would have room for
    QTreeWidget *m_list;
    QPushButton *m_cancel, *m_terminate, *m_confirm, *m_leave;
    bool m_canEnd = false, m_wholeSession = false;
    int m_askedPid = 0;
};

} // namespace stillroom::ui
