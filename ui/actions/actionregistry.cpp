// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionregistry.h"

#include <QWidget>

#include <algorithm>

namespace stillroom::ui {

ActionRegistry::ActionRegistry(const Theme *theme, QWidget *window) : QObject(window), m_theme(theme), m_window(window) {}

QAction *ActionRegistry::add(const ActionSpec &spec, std::function<void()> run, QWidget *pane)
{
    auto *action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setShortcuts(spec.keys);
    if (!spec.icon.isEmpty())
        action->setIcon(m_theme->icon(spec.icon));
    const QString plain = QString(spec.text).remove(QLatin1Char('&'));
    const QString key = spec.keys.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(spec.keys.first().toString(QKeySequence::NativeText));
    action->setToolTip((spec.tip.isEmpty() ? plain : spec.tip) + key);
    action->setStatusTip(spec.tip);
    action->setShortcutContext(spec.context == ActionContext::Window ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    (pane && spec.context != ActionContext::Window ? pane : m_window)->addAction(action);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_entries.push_back({spec, action, action->toolTip()});
    return action;
}

QAction *ActionRegistry::action(const QString &id) const
{
    for (const Entry &entry : m_entries) {
        if (entry.spec.id == id)
            return entry.action;
    }
    Q_ASSERT_X(false, "ActionRegistry", qPrintable(id));
    return nullptr;
}

void ActionRegistry::setEnabled(const QString &id, bool isEnabled, const QString &whyNot)
{
    const auto entry = std::ranges::find(m_entries, id, [](const Entry &each) { return each.spec.id; });
    Q_ASSERT_X(entry != m_entries.end(), "ActionRegistry", qPrintable(id));
    entry->action->setToolTip(isEnabled || whyNot.isEmpty() ? entry->tip : entry->tip + QLatin1Char('\n') + whyNot);
    entry->action->setEnabled(isEnabled);
}

QStringList ActionRegistry::collisions() const
{
    QStringList found;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        for (std::size_t j = i + 1; j < m_entries.size(); ++j) {
            const ActionContext a = m_entries[i].spec.context;
            const ActionContext b = m_entries[j].spec.context;
            if (a != b && a != ActionContext::Window && b != ActionContext::Window)
                continue;
            const QList<QKeySequence> first = m_entries[i].action->shortcuts();
            for (const QKeySequence &key : m_entries[j].action->shortcuts()) {
                if (first.contains(key))
                    found += QStringLiteral("%1: %2, %3").arg(key.toString(), m_entries[i].spec.id, m_entries[j].spec.id);
            }
        }
    }
    return found;
}

} // namespace stillroom::ui
