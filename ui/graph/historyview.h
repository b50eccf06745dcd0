// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/historydelegate.h"
#include "ui/graph/historymodel.h"
#include "ui/graph/markedscrollbar.h"

#include <QTableView>

namespace stillroom::ui {

/// The list of revisions with the painted graph. J/K and the arrows walk the rows, Left goes to the parent and Right to
/// the child, Home and End to the ends; the Menu key opens the context menu at the current row. A click on the arrow of a cut line
/// goes to where the line goes on.
class HistoryView : public QTableView {
    Q_OBJECT
public:
    HistoryView(const Theme *theme, HistoryModel *model, QWidget *parent = nullptr);
    [[nodiscard]] QString selectedRevision() const;
    /// False: there is no such row (or the filter hides it).
    bool selectRevision(const QString &id);
    [[nodiscard]] std::vector<revision::Index> visibleRevisions() const;
    /// The next row below, or above, that is one of what is looked for; goes round at the ends. False: there is none.
    bool goToMatch(bool forward);
    /// The next head below, round at the end; where the database is.
    bool goToHead();
    bool goToCurrent();
    /// Rows that the selected revision does not stand on are drawn muted.
    void setMuting(bool muting);
    [[nodiscard]] bool isMuting() const { return m_isMuting; }
    [[nodiscard]] MarkedScrollBar *marks() const { return m_marks; }
    [[nodiscard]] const HistoryDelegate *painter() const { return m_delegate; }
    /// Where the arrow of a cut line leads, if there is one at this place of the viewport.
    /// Where the cut line whose arrow is here goes on; several where several lines end in one arrow, the nearest last.
    [[nodiscard]] std::vector<revision::Index> cutTargetsAt(const QPoint &at) const;
    [[nodiscard]] std::optional<revision::Index> cutTargetAt(const QPoint &at) const; ///< the nearest of them

Q_SIGNALS:
    void revisionSelected(const QString &id); ///< empty: none
    void revisionActivated(const QString &id);
    void mergeRequested(const QStringList &heads); ///< one head was dragged onto another
    void menuRequested(const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void goTo(std::optional<revision::Index> index);
    void fitColumns();
    void measureLabels();
    void showMarks();
    void mute();
    void endDrag();
    bool goToRow(int row);
    HistoryModel *m_model;
    HistoryDelegate *m_delegate;
    MarkedScrollBar *m_marks;
    const Theme *m_theme;
    bool m_isMuting = false;
    int m_draggedRow = -1; ///< a head that the mouse went down on
    int m_dropRow = -1;    ///< the head that it would be merged with
    QPoint m_pressedAt;
    bool m_isDragging = false;
    QString m_selected; ///< kept over a reset of the model
    bool m_isResetting = false;
    int m_labelsWidth = 0; ///< of the widest chips there are
};

} // namespace stillroom::ui
