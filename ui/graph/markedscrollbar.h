// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QScrollBar>

#include <vector>

namespace stillroom::ui {

/// A scroll bar that shows where in a long list something stands. Kinds differ by place and length as well as by colour: heads and
/// problems on the left, what was found on the right, where the database is over the whole width.
class MarkedScrollBar : public QScrollBar {
    Q_OBJECT
public:
    enum class Kind { Head, Problem, Found, Current };
    struct Mark {
        int row = 0;
        Kind kind = Kind::Head;
        bool operator==(const Mark &) const = default;
    };
    MarkedScrollBar(const Theme *theme, QWidget *parent = nullptr);
    void setMarks(std::vector<Mark> marks, int rowCount);
    [[nodiscard]] const std::vector<Mark> &marks() const { return m_marks; }
    [[nodiscard]] QRect markRect(const Mark &mark) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void thinOut();
    [[nodiscard]] QColor colourOf(Kind kind) const;
    [[nodiscard]] static QString nameOf(Kind kind);
    const Theme *m_theme;
    std::vector<Mark> m_marks;
    int m_rowCount = 0;
    std::vector<Mark> m_painted; ///< of m_marks, one for each pixel and kind: thousands of rows share a pixel
};

} // namespace stillroom::ui
