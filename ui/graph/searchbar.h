// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/historymodel.h"
#include "ui/theme.h"

#include <QFrame>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace stillroom::ui {

/// The line over the history: finding marks what matches and walks from one to the next, filtering hides the rest (Ctrl+F and
/// Ctrl+Shift+F). A menu offers the terms that one would have to know otherwise.
class SearchBar : public QFrame {
    Q_OBJECT
public:
    enum class Mode { Find, Filter };
    SearchBar(const Theme *theme, HistoryModel *model, QWidget *parent = nullptr);
    void openFor(Mode mode); ///< with the focus in the line
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }
    void clear();
    [[nodiscard]] QLineEdit *line() const { return m_line; }
    [[nodiscard]] QMenu *terms() const { return m_terms; }
    [[nodiscard]] QString countWords() const;

Q_SIGNALS:
    void stepRequested(bool forward); ///< to the next match
    void left();                      ///< the focus belongs to the list again

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    void showCount();
    void fillTerms();
    void addTerm(const QString &term);
    HistoryModel *m_model;
    QLineEdit *m_line;
    QLabel *m_count;
    QButtonGroup *m_modes;
    QToolButton *m_previous, *m_next, *m_termsButton;
    QMenu *m_terms;
    Mode m_mode = Mode::Filter;
};

} // namespace stillroom::ui
