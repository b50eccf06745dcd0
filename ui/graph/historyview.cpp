// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/historyview.h"

#include "ui/chip.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace stillroom::ui {

HistoryView::HistoryView(const Theme *theme, HistoryModel *model, QWidget *parent)
    : QTableView(parent), m_model(model), m_delegate(new HistoryDelegate(theme, model, this)), m_marks(new MarkedScrollBar(theme, this)),
      m_theme(theme)
{
    setVerticalScrollBar(m_marks);
    setModel(model);
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Revisions"));
    setAccessibleDescription(tr("The project's revisions, newest first. Left goes to the parent, Right to the child."));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(8);
    verticalHeader()->setDefaultSectionSize(HistoryDelegate::rowHeight(fontMetrics()));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(30);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(HistoryModel::GraphColumn, QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(HistoryModel::MessageColumn, QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_isResetting = true; });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_isResetting = false;
        endDrag();
        measureLabels();
        fitColumns();
        showMarks();
        mute();
        // A row that only the filter hides stays selected for the rest of the window.
        if (!m_selected.isEmpty() && !selectRevision(m_selected) && !m_model->graph()->find(m_selected)) {
            m_selected.clear();
            Q_EMIT revisionSelected(m_selected);
        }
    });
    connect(model, &HistoryModel::matchesChanged, this, &HistoryView::showMarks);
    connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &at) { Q_EMIT revisionActivated(m_model->idAt(at.row())); });
    fitColumns();
}

QString HistoryView::selectedRevision() const { return currentIndex().isValid() ? m_model->idAt(currentIndex().row()) : QString(); }

bool HistoryView::selectRevision(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return false;
    setCurrentIndex(m_model->index(row, HistoryModel::RevisionColumn));
    scrollTo(currentIndex());
    return true;
}

bool HistoryView::goToRow(int row)
{
    if (row < 0)
        return false;
    setCurrentIndex(m_model->index(row, HistoryModel::RevisionColumn));
    scrollTo(currentIndex());
    return true;
}

bool HistoryView::goToMatch(bool forward)
{
    const int count = m_model->rowCount();
    const int from = currentIndex().isValid() ? currentIndex().row() : forward ? -1 : count;
    for (int step = 1; step <= count; ++step) {
        const int row = ((forward ? from + step : from - step) % count + count) % count;
        if (m_model->isMatchAt(row))
            return goToRow(row);
    }
    return false;
}

bool HistoryView::goToHead()
{
    const int count = m_model->rowCount();
    const int from = currentIndex().isValid() ? currentIndex().row() : -1;
    for (int step = 1; step <= count; ++step) {
        if (m_model->isHeadAt((from + step) % count))
            return goToRow((from + step) % count);
    }
    return false;
}

bool HistoryView::goToCurrent()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->stateAt(row) == RowState::Current || m_model->stateAt(row) == RowState::UnknownToProject)
            return goToRow(row);
    }
    return false;
}

std::vector<revision::Index> HistoryView::visibleRevisions() const
{
    std::vector<revision::Index> visible;
    const int first = std::max(0, rowAt(0));
    const int rowHeight = std::max(1, verticalHeader()->defaultSectionSize());
    const int last = std::min(m_model->rowCount() - 1, first + viewport()->height() / rowHeight + 1);
    for (int row = first; row <= last; ++row) {
        if (const auto index = m_model->revisionAt(row))
            visible.push_back(*index);
    }
    return visible;
}

void HistoryView::setMuting(bool muting)
{
    m_isMuting = muting;
    mute();
}

void HistoryView::mute()
{
    const bool selects = m_isMuting && currentIndex().isValid();
    m_model->muteAllBut(selects ? m_model->revisionAt(currentIndex().row()) : std::nullopt);
}

void HistoryView::showMarks()
{
    std::vector<MarkedScrollBar::Mark> marks;
    const int count = m_model->rowCount();
    for (int row = 0; row < count; ++row) {
        const RowState state = m_model->stateAt(row);
        if (m_model->isHeadAt(row))
            marks.push_back({row, MarkedScrollBar::Kind::Head});
        if (state == RowState::Missing || state == RowState::Problem || state == RowState::UnknownToProject || m_model->hasErrorsAt(row))
            marks.push_back({row, MarkedScrollBar::Kind::Problem});
        if (state == RowState::Current)
            marks.push_back({row, MarkedScrollBar::Kind::Current});
    }
    for (const revision::Index match : m_model->matches()) {
        if (const int row = m_model->rowOf(match); row >= 0)
            marks.push_back({row, MarkedScrollBar::Kind::Found});
    }
    m_marks->setMarks(std::move(marks), count);
}

std::vector<revision::Index> HistoryView::cutTargetsAt(const QPoint &at) const
{
    const QModelIndex index = indexAt(at);
    return index.isValid() && index.column() == HistoryModel::GraphColumn ? m_delegate->cutTargetsAt(visualRect(index), index.row(), at)
                                                                          : std::vector<revision::Index>();
}

std::optional<revision::Index> HistoryView::cutTargetAt(const QPoint &at) const
{
    const auto targets = cutTargetsAt(at);
    return targets.empty() ? std::nullopt : std::optional(targets.back());
}

void HistoryView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_draggedRow >= 0 && event->buttons() & Qt::LeftButton) {
        m_isDragging = m_isDragging || (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
        const int row = m_isDragging ? rowAt(event->pos().y()) : -1;
        m_dropRow = row >= 0 && row != m_draggedRow && m_model->isHeadAt(row) ? row : -1;
        if (m_isDragging)
            viewport()->setCursor(m_dropRow >= 0 ? Qt::DragLinkCursor : Qt::ForbiddenCursor);
        viewport()->update();
        return; // else the selection would follow the mouse
    }
    QTableView::mouseMoveEvent(event);
    viewport()->setCursor(cutTargetAt(event->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void HistoryView::mousePressEvent(QMouseEvent *event)
{
    const auto target = event->button() == Qt::LeftButton ? cutTargetAt(event->pos()) : std::nullopt;
    if (target)
        return goTo(target);
    QTableView::mousePressEvent(event);
    const int row = rowAt(event->pos().y());
    if (event->button() == Qt::LeftButton && row >= 0 && m_model->isHeadAt(row)) {
        m_draggedRow = row;
        m_pressedAt = event->pos();
    }
}

void HistoryView::endDrag()
{
    m_draggedRow = m_dropRow = -1;
    m_isDragging = false;
    viewport()->setCursor(Qt::ArrowCursor);
    viewport()->update();
}

void HistoryView::mouseReleaseEvent(QMouseEvent *event)
{
    const int from = m_draggedRow;
    const int onto = m_dropRow;
    QTableView::mouseReleaseEvent(event);
    if (from < 0)
        return;
    endDrag();
    if (onto >= 0)
        Q_EMIT mergeRequested({m_model->idAt(onto), m_model->idAt(from)});
}

/// While one head is dragged, what would be merged.
void HistoryView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!m_isDragging)
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeTokens &t = m_theme->tokens();
    const auto frame = [&](int row, Qt::PenStyle style) {
        const QRect cell = visualRect(m_model->index(row, HistoryModel::GraphColumn));
        painter.setPen(QPen(t.accent, 1.5, style));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(1, cell.top() + 0.5, viewport()->width() - 2, cell.height() - 1), 4, 4);
    };
    frame(m_draggedRow, Qt::DashLine);
    if (m_dropRow < 0)
        return;
    frame(m_dropRow, Qt::SolidLine);
    const QRect row = visualRect(m_model->index(m_dropRow, HistoryModel::GraphColumn));
    const QString words = tr("Merge with %1").arg(m_model->idAt(m_draggedRow));
    const int width = chipWidth(painter.fontMetrics(), words);
    painter.fillRect(QRect(viewport()->width() - width - 20, row.top() + 2, width + 16, row.height() - 4), t.base);
    paintChip(&painter, t, QRect(viewport()->width() - width - 10, row.top(), width, row.height()), words, ChipTone::Accent);
}

bool HistoryView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QStringList ids;
        for (const revision::Index target : cutTargetsAt(help->pos()))
            ids += m_model->graph()->revisions()[target].header.id;
        if (!ids.isEmpty()) {
            QToolTip::showText(help->globalPos(), tr("The line goes on at %1").arg(ids.join(QStringLiteral(", "))), viewport());
            return true;
        }
    }
    return QTableView::viewportEvent(event);
}

void HistoryView::goTo(std::optional<revision::Index> index)
{
    if (index)
        selectRevision(m_model->graph()->revisions()[*index].header.id);
}

void HistoryView::keyPressEvent(QKeyEvent *event)
{
    const int row = currentIndex().row();
    const auto step = [this](int to) { setCurrentIndex(m_model->index(std::clamp(to, 0, m_model->rowCount() - 1), HistoryModel::RevisionColumn)); };
    const auto index = row >= 0 ? m_model->revisionAt(row) : std::nullopt;
    if (m_model->rowCount() == 0 || (event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        QTableView::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_draggedRow >= 0)
            endDrag();
        else
            QTableView::keyPressEvent(event);
        return;
    case Qt::Key_J:
        step(row + 1);
        return;
    case Qt::Key_K:
        step(row - 1);
        return;
    case Qt::Key_Home:
        step(0);
        return;
    case Qt::Key_End:
        step(m_model->rowCount() - 1);
        return;
    case Qt::Key_Left:
        if (index && !m_model->graph()->parents(*index).empty())
            goTo(m_model->graph()->parents(*index).front());
        return;
    case Qt::Key_Right:
        if (index && !m_model->graph()->children(*index).empty())
            goTo(m_model->graph()->children(*index).front());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT revisionActivated(selectedRevision());
        return;
    default:
        QTableView::keyPressEvent(event);
    }
}

void HistoryView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        Q_EMIT menuRequested(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    else if (indexAt(event->pos()).isValid())
        Q_EMIT menuRequested(event->globalPos());
}

void HistoryView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (m_isResetting)
        return;
    const QString id = current.isValid() ? m_model->idAt(current.row()) : QString();
    if (id == m_selected && current.isValid())
        return;
    m_selected = id;
    if (m_isMuting)
        mute();
    Q_EMIT revisionSelected(id);
}

void HistoryView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        verticalHeader()->setDefaultSectionSize(HistoryDelegate::rowHeight(fontMetrics()));
}

void HistoryView::resizeEvent(QResizeEvent *event)
{
    fitColumns();
    QTableView::resizeEvent(event);
}

void HistoryView::measureLabels()
{
    const QFontMetrics metrics(font());
    m_labelsWidth = metrics.horizontalAdvance(tr("Labels")) + 18;
    for (const auto &r : m_model->graph()->revisions()) {
        if (!r.isHead && r.header.branchLabels.isEmpty())
            continue;
        int width = 16 + (r.isHead ? chipWidth(metrics, tr("head")) + 4 : 0);
        for (const QString &label : r.header.branchLabels)
            width += chipWidth(metrics, label) + 4;
        m_labelsWidth = std::max(m_labelsWidth, width);
    }
}

/// Widths follow the font and the longest of a few identifiers, never all rows (gui.md 2 measured what that costs).
void HistoryView::fitColumns()
{
    const QFontMetrics mono(monospaceFont());
    const QFontMetrics text(font());
    const bool isNarrow = width() > 0 && width() < 760;
    int idWidth = mono.horizontalAdvance(QStringLiteral("40bee24ed2c9"));
    const int step = std::max(1, m_model->rowCount() / 40);
    for (int row = 0; row < m_model->rowCount(); row += step)
        idWidth = std::max(idWidth, mono.horizontalAdvance(m_model->idAt(row)));
    setColumnWidth(HistoryModel::GraphColumn, std::max(m_delegate->graphWidth(), text.horizontalAdvance(tr("Graph")) + 18));
    // With no database and nothing wrong there is no state to tell.
    setColumnHidden(HistoryModel::StateColumn, !m_model->hasDatabase() && m_model->graph()->defects().empty());
    setColumnWidth(HistoryModel::RevisionColumn, std::min(idWidth, isNarrow ? 170 : 260) + 16);
    setColumnWidth(HistoryModel::LabelsColumn, std::min(m_labelsWidth, isNarrow ? 110 : 230));
    setColumnWidth(HistoryModel::DateColumn, text.horizontalAdvance(QStringLiteral("2026-12-28")) + 18);
    m_delegate->setCompact(isNarrow || width() < 900);
    const int sqlWords = text.horizontalAdvance(tr("Needs a database") + QStringLiteral(" ↓")) + 40;
    setColumnWidth(HistoryModel::SqlColumn, m_delegate->isCompact() ? text.horizontalAdvance(tr("SQL")) + 22 : sqlWords);
    setColumnWidth(HistoryModel::StateColumn, text.horizontalAdvance(tr("Unreadable")) + 24);
}

} // namespace stillroom::ui
