// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "ui/graph/historydelegate.h"

namespace stillroom::ui {

/// The list as a picture: every row that the filter lets through, painted by the delegate that paints the window.
class GraphPicture {
public:
    GraphPicture(const Theme *theme, const HistoryModel *model);
    [[nodiscard]] QSize size() const { return m_size; }
    void paint(QPainter *painter) const;
    /// SVG or PNG by the file's ending. Errors: FileNotWritable; a PNG that would be higher than pictures can be.
    [[nodiscard]] Result<void> save(const QString &path) const;

private:
    const Theme *m_theme;
    const HistoryModel *m_model;
    HistoryDelegate m_delegate;
    std::vector<int> m_widths; ///< by column
    int m_rowHeight = 0;
    QSize m_size;
};

} // namespace stillroom::ui
