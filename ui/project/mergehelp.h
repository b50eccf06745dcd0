// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/branchcomparison.h"
#include "project/reparent.h"
#include "ui/theme.h"

#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

class QComboBox;
class QLabel;
class QRadioButton;
class QTextEdit;

namespace stillroom::ui {

class Banner;

/// What stands beside a merge: what the heads have in common, what both touch, whether they commute; and the other way, which is to put one
/// after the other. The bodies are evaluated on a thread of its own, which ends with the widget.
class MergeHelp : public QWidget {
    Q_OBJECT
public:
    using ProjectPtr = std::shared_ptr<const project::Project>;
    MergeHelp(const Theme *theme, ProjectPtr project, const QStringList &heads, dialect::DialectKind kind, QWidget *parent);
    ~MergeHelp() override;

    /// Which revision is to get which parent; nullopt: the heads are to be merged.
    [[nodiscard]] std::optional<project::Reparenting> reparenting() const;
    [[nodiscard]] QString words() const; ///< all that is told
    [[nodiscard]] QRadioButton *mergeChoice() const { return m_merge; }
    [[nodiscard]] QRadioButton *reparentChoice() const { return m_reparent; }
    [[nodiscard]] QComboBox *ways() const { return m_ways; }

Q_SIGNALS:
    void chosen();
    void compared();

private:
    void take(const Result<migration::BranchComparison> &comparison);

    std::vector<project::Reparenting> m_possible;
    Banner *m_verdict;
    QTextEdit *m_told;
    QRadioButton *m_merge, *m_reparent;
    QComboBox *m_ways;
    std::atomic<bool> m_cancel = false;
    std::jthread m_thread;
};

} // namespace stillroom::ui
