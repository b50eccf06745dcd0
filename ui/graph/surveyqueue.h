// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench.h"

#include <functional>

namespace stillroom::ui {

/// In which order the revisions are looked at in the background: those on the screen first, then the rest, a few at a time.
class SurveyQueue : public QObject {
    Q_OBJECT
public:
    /// `visible`: the revisions on the screen, asked before each portion.
    SurveyQueue(Workbench *bench, std::function<std::vector<revision::Index>()> visible, QObject *parent = nullptr);
    /// From the beginning: another project, other scripts, another dialect.
    void restart();
    [[nodiscard]] bool isDone() const { return m_left == 0 && m_underWay == 0; }

Q_SIGNALS:
    void done(); ///< every revision has been looked at

private:
    void next();
    [[nodiscard]] std::vector<revision::Index> portion();
    Workbench *m_bench;
    std::function<std::vector<revision::Index>()> m_visible;
    std::vector<bool> m_asked;
    std::size_t m_left = 0, m_cursor = 0, m_underWay = 0;
};

} // namespace stillroom::ui
