// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace stillroom::ui {

/// Where an action's keys work: in the whole window, or only in one pane (QAction added to that widget).
enum class ActionContext { Window, History, Database };

struct ActionSpec {
    QString id{};      ///< "migrate.upgradeToHead"; the command palette and settings know it by this
    QString text{};    ///< as in the menu, with its mnemonic
    QString section{}; ///< menu it belongs to, for the palette
    QList<QKeySequence> keys{};
    QString icon{};
    QString tip{};
    ActionContext context = ActionContext::Window;
};

/// Every action of the window, in one place: menus, tool bar, palette and the shortcut list are all made from it.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    ActionRegistry(const Theme *theme, QWidget *window);

    /// `pane`: the widget in which the keys of a pane's action work.
    QAction *add(const ActionSpec &spec, std::function<void()> run, QWidget *pane = nullptr);
    [[nodiscard]] QAction *action(const QString &id) const; ///< asserts that it is there
    /// `whyNot` stands in the tool tip of what cannot be done now.
    void setEnabled(const QString &id, bool isEnabled, const QString &whyNot);
    struct Entry {
        ActionSpec spec;
        QAction *action;
        QString tip; ///< while it can be done
    };
    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    /// Pairs of ids that share a key where both would answer; empty when all is well.
    [[nodiscard]] QStringList collisions() const;

private:
    const Theme *m_theme;
    QWidget *m_window;
    std::vector<Entry> m_entries;
};

} // namespace stillroom::ui
