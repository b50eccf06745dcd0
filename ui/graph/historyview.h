// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/historydelegate.h"
#include "ui/graph/historymodel.h"

#include <QTableView>

namespace stillroom::ui {

/// The list of revisions with the painted graph. J/K and the arrows walk the rows, Left goes to the parent and Right to
/// the child, Home and End to the ends; the Menu key opens the context menu at the current row.
class HistoryView : public QTableView {
    Q_OBJECT
public:
    HistoryView(const Theme *theme, HistoryModel *model, QWidget *parent = nullptr);
    [[nodiscard]] QString selectedRevision() const;
    /// False: there is no such row (or the filter hides it).
    bool selectRevision(const QString &id);

Q_SIGNALS:
    void revisionSelected(const QString &id); ///< empty: none
    void revisionActivated(const QString &id);
    void menuRequested(const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void goTo(std::optional<revision::Index> index);
    void fitColumns();
    void measureLabels();
    HistoryModel *m_model;
    HistoryDelegate *m_delegate;
    QString m_selected; ///< kept over a reset of the model
    bool m_isResetting = false;
    int m_labelsWidth = 0; ///< of the widest chips there are
};

} // namespace stillroom::ui
