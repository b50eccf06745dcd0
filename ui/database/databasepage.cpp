// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/database/databasepage.h"

#include "ui/banner.h"
#include "ui/connectionchips.h"
#include "ui/emptystate.h"
#include "ui/words.h"
#include "ui/taborder.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScopeGuard>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

constexpr std::array kParts = {CatalogPart::Columns, CatalogPart::Constraints, CatalogPart::Indexes};

QString partName(CatalogPart part)
{
    switch (part) {
    case CatalogPart::Columns:
        return DatabasePage::tr("Columns");
    case CatalogPart::Constraints:
        return DatabasePage::tr("Constraints");
    case CatalogPart::Indexes:
        return DatabasePage::tr("Indexes");
    }
    return {};
}

} // namespace

DatabasePage::DatabasePage(const Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_stack(new QStackedWidget(this)), m_content(new QStackedWidget(this)),
      m_empty(new EmptyState(theme, QStringLiteral("database"), tr("No database connected"),
                             tr("Connect to see which revision a database is at, and the tables, constraints and indexes that it really has."),
                             this)),
      m_nothing(new EmptyState(theme, QStringLiteral("table"), QString(), QString(), this)), m_filterBar(new QFrame(this)),
      m_problem(new Banner(theme, this)), m_filterLine(new QLineEdit(this)), m_tables(new TableList(theme, this)), m_tablesView(new QListView(this)),
      m_tabs(new QTabWidget(this))
{
    m_filterLine->setPlaceholderText(tr("Filter tables, columns, constraints and indexes"));
    m_filterLine->setAccessibleName(tr("Filter of the database"));
    m_filterLine->setClearButtonEnabled(true);
    m_filterLine->addAction(theme->icon(QStringLiteral("search"), IconTone::Muted), QLineEdit::LeadingPosition);
    m_tablesView->setModel(m_tables);
    m_tablesView->setAccessibleName(tr("Tables"));
    m_tablesView->setUniformItemSizes(true);
    m_tablesView->setIconSize(QSize(16, 16));
    m_tablesView->setMouseTracking(true);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Parts of the tables"));
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the tables"));
    m_tabs->tabBar()->setDrawBase(false);
    for (const CatalogPart part : kParts) {
        const auto i = std::size_t(part);
        m_models[i] = new CatalogModel(theme, part, this);
        m_filters[i] = new CatalogFilter(m_models[i], this);
        auto *view = new QTableView(m_tabs);
        view->setModel(m_filters[i]);
        view->setAccessibleName(partName(part));
        view->setSelectionBehavior(QAbstractItemView::SelectRows);
        view->setShowGrid(false);
        view->setContextMenuPolicy(Qt::ActionsContextMenu);
        view->setWordWrap(false);
        view->setTabKeyNavigation(false);
        view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
        view->setEditTriggers(QAbstractItemView::NoEditTriggers);
        view->verticalHeader()->hide();
        view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
        view->horizontalHeader()->setHighlightSections(false);
        view->horizontalHeader()->setSortIndicatorClearable(true); // a third click: as the catalog has it
        view->setSortingEnabled(true);
        view->sortByColumn(-1, Qt::AscendingOrder);
        m_filters[i]->setSortCaseSensitivity(Qt::CaseInsensitive);
        m_views[i] = view;
        m_tabs->addTab(view, partName(part));
    }
    m_tabs->setCurrentIndex(int(CatalogPart::Constraints));
    passFocusOn(this, m_tablesView);

    auto *left = new QWidget(this);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    m_filterBar->setProperty("role", QStringLiteral("bar"));
    auto *filterLayout = new QHBoxLayout(m_filterBar);
    filterLayout->setContentsMargins(10, 6, 10, 6);
    filterLayout->addWidget(m_filterLine);
    leftLayout->addWidget(m_tablesView, 1);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({230, 800});
    m_splitter->setChildrenCollapsible(false);

    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_problem);
    m_defects = new Banner(m_theme, page);
    m_defects->setLink(tr("Repair…"));
    connect(m_defects, &Banner::linkActivated, this, &DatabasePage::repairRequested);
    layout->addWidget(m_defects);
    m_unreadable = new Banner(m_theme, page);
    layout->addWidget(m_unreadable);
    layout->addWidget(m_filterBar);
    m_content->addWidget(m_splitter);
    m_content->addWidget(m_nothing);
    layout->addWidget(m_content, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    connect(m_filterLine, &QLineEdit::textChanged, this, &DatabasePage::applyFilter);
    connect(m_splitter, &QSplitter::splitterMoved, this, &DatabasePage::fitColumns);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DatabasePage::fitColumns);
    connect(m_tablesView->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        const int table = m_tables->tableAt(current.row());
        for (const CatalogPart part : kParts) {
            m_filters[std::size_t(part)]->setTable(table);
            m_views[std::size_t(part)]->setColumnHidden(0, table >= 0);
            m_tabs->setTabText(int(part), tr("%1 (%2)").arg(partName(part)).arg(m_filters[std::size_t(part)]->rowCount()));
        }
        fitColumns();
        showUnreadable(table);
    });
}

QWidget *DatabasePage::makeHead()
{
    auto *head = new QFrame(this);
    head->setProperty("role", QStringLiteral("bar"));
    m_chips = new ConnectionChips(m_theme, head);
    m_server = new QLabel(head);
    m_server->setProperty("role", QStringLiteral("muted"));
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_chips);
    first->addStretch(1);
    first->addWidget(m_server);
    m_headActions = new QHBoxLayout;
    m_headActions->setSpacing(6);
    first->addLayout(m_headActions);
    m_versionBox = new QWidget(head);
    m_versions = new QVBoxLayout(m_versionBox);
    m_versions->setContentsMargins(2, 2, 0, 0);
    m_versions->setSpacing(2);
    m_versionScroll = new QScrollArea(head);
    m_versionScroll->setObjectName(QStringLiteral("plain"));
    m_versionScroll->setAccessibleName(tr("Where the database stands"));
    m_versionScroll->setFrameShape(QFrame::NoFrame);
    m_versionScroll->setWidgetResizable(true);
    m_versionScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_versionScroll->setFocusPolicy(Qt::NoFocus);
    m_versionScroll->setWidget(m_versionBox);
    m_moreVersions = new QToolButton(head);
    m_moreVersions->setProperty("look", QStringLiteral("link"));
    m_moreVersions->setFocusPolicy(Qt::TabFocus);
    m_moreVersions->hide();
    connect(m_moreVersions, &QToolButton::clicked, this, [this] {
        m_showsAllVersions = !m_showsAllVersions;
        fitVersions();
    });
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(12, 9, 12, 9);
    layout->setSpacing(5);
    layout->addLayout(first);
    layout->addWidget(m_versionScroll);
    layout->addWidget(m_moreVersions, 0, Qt::AlignLeft);
    return head;
}

void DatabasePage::clear()
{
    m_snapshot.reset();
    m_shownTarget.clear();
    m_unreadable->clear();
    m_defects->clear();
    for (CatalogModel *model : m_models)
        model->setSnapshot(nullptr);
    m_tables->show(nullptr, {});
    m_stack->setCurrentIndex(0);
}

void DatabasePage::showReading(const Target &target)
{
    m_chips->showTarget(target);
    m_server->setText(target.serverVersion);
    m_problem->clear();
    m_stack->setCurrentIndex(1);
}

void DatabasePage::showFailed(const QString &text)
{
    m_problem->showWords(BannerTone::Bad, text);
    m_stack->setCurrentIndex(1);
}

void DatabasePage::showSnapshot(const Target &target, const database::CatalogSnapshot &snapshot, const revision::RevisionGraph *graph,
                                const QString &versionTable)
{
    showReading(target);
    const int current = m_tables->tableAt(m_tablesView->currentIndex().row());
    const QString kept =
        m_shownTarget == target.display && m_snapshot && current >= 0 ? tableName(m_snapshot->tables[std::size_t(current)]) : QString();
    m_shownTarget = target.display;
    m_snapshot = std::make_shared<const database::CatalogSnapshot>(snapshot);
    for (CatalogModel *model : m_models)
        model->setSnapshot(m_snapshot);
    showVersions(snapshot.versions, graph, versionTable);
    applyFilter();
    if (!kept.isEmpty())
        selectTable(kept);
    showUnreadable(m_tables->tableAt(m_tablesView->currentIndex().row()));
}

void DatabasePage::showUnreadable(int table)
{
    QStringList lines;
    for (std::size_t i = 0; m_snapshot && i < m_snapshot->tables.size(); ++i) {
        const database::CatalogTable &t = m_snapshot->tables[i];
        if (!t.unreadable.isEmpty() && (table < 0 || table == int(i)))
            lines += QStringLiteral("%1: %2").arg(tableName(t), t.unreadable);
    }
    constexpr qsizetype kMost = 4;
    if (lines.isEmpty())
        return m_unreadable->clear();
    QString words = lines.mid(0, kMost).join(QLatin1Char('\n'));
    if (lines.size() > kMost)
        words += QLatin1Char('\n') + tr("and %1 more").arg(lines.size() - kMost);
    m_unreadable->showWords(BannerTone::Warning, tr("Not all could be read, so what is shown is not complete.\n%1").arg(words));
}

QString DatabasePage::unreadableWords() const { return m_unreadable->isHidden() ? QString() : m_unreadable->words(); }

void DatabasePage::addVersionLine(const QString &icon, IconTone tone, const QString &id, const QString &words, bool isKnown)
{
    auto *line = new QWidget(m_versionBox);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *picture = new IconLabel(m_theme, 16, line);
    picture->setIcon(icon, tone);
    layout->addWidget(picture);
    if (isKnown) {
        auto *link = new QToolButton(line);
        link->setProperty("look", QStringLiteral("link"));
        link->setText(id);
        link->setFont(monospaceFont());
        link->setAccessibleName(tr("Go to revision %1").arg(id));
        connect(link, &QToolButton::clicked, this, [this, id] { Q_EMIT revisionRequested(id); });
        layout->addWidget(link);
    } else if (!id.isEmpty()) {
        auto *label = new QLabel(id, line);
        label->setProperty("role", QStringLiteral("mono"));
        layout->addWidget(label);
    }
    auto *text = new ElidedLabel(line);
    text->setFullText(words);
    text->setProperty("role", tone == IconTone::Bad ? QStringLiteral("bad") : QStringLiteral("muted"));
    layout->addWidget(text, 1);
    m_versions->addWidget(line);
    m_versionWords += (id.isEmpty() ? QString() : id + QStringLiteral("  ")) + words + QLatin1Char('\n');
}

void DatabasePage::showVersions(const database::VersionRows &versions, const revision::RevisionGraph *graph, const QString &versionTable)
{
    while (QLayoutItem *old = m_versions->takeAt(0)) {
        delete old->widget();
        delete old;
    }
    m_versionWords.clear();
    m_showsAllVersions = false;
    const auto fitted = qScopeGuard([this] {
        fitVersions();
        tabAlongTheLayout({this});
    });
    if (!versions.tableExists) {
        addVersionLine(QStringLiteral("information"), IconTone::Muted, QString(),
                       tr("There is no version table %1: no migration has run here, or another tool made this database.").arg(versionTable), false);
        return;
    }
    if (versions.rows.isEmpty())
        addVersionLine(QStringLiteral("information"), IconTone::Muted, QString(),
                       tr("The version table %1 is empty: the database is at base.").arg(versionTable), false);
    for (const QString &row : versions.rows) {
        const auto index = graph ? graph->find(row) : std::nullopt;
        const bool isKnown = index && !graph->revisions()[*index].isGhost;
        if (isKnown) {
            const auto &r = graph->revisions()[*index];
            addVersionLine(QStringLiteral("check"), IconTone::Good, row, r.header.message + (r.isHead ? tr("  (head)") : QString()), true);
        } else if (graph) {
            addVersionLine(QStringLiteral("warning"), IconTone::Bad, row,
                           tr("No script of the project has this revision: the database may be newer than the project, or belong to another one."),
                           false);
        } else {
            addVersionLine(QStringLiteral("information"), IconTone::Muted, row, tr("Open the project to see what it means."), false);
        }
    }
}

/// Of many heads the first few, and all of them in a box of their own.
void DatabasePage::fitVersions()
{
    constexpr int kFew = 4, kMost = 9;
    const int count = m_versions->count();
    const bool isMany = count > kFew + 1;
    for (int i = 0; i < count; ++i)
        m_versions->itemAt(i)->widget()->setVisible(!isMany || m_showsAllVersions || i < kFew);
    m_moreVersions->setVisible(isMany);
    m_moreVersions->setText(m_showsAllVersions ? tr("Show the first %1").arg(kFew) : tr("and %1 more").arg(count - kFew));
    m_moreVersions->setAccessibleName(m_moreVersions->text());
    m_moreVersions->setToolTip(m_showsAllVersions ? QString() : wholeList(versionWords().split(QLatin1Char('\n'))));
    const int shown = std::min(!isMany ? count : m_showsAllVersions ? kMost : kFew, count);
    const int line = count > 0 ? m_versions->itemAt(0)->sizeHint().height() + m_versions->spacing() : 0;
    m_versionScroll->setFixedHeight(shown * line + m_versions->contentsMargins().top() + 1);
}

void DatabasePage::showVersionDefects(const QString &words)
{
    if (words.isEmpty())
        m_defects->clear();
    else
        m_defects->showWords(BannerTone::Warning, words);
}

QString DatabasePage::defectWords() const { return m_defects->isHidden() ? QString() : m_defects->words(); }

void DatabasePage::addHeadAction(QAction *action)
{
    auto *button = new QToolButton(m_versionBox->parentWidget());
    button->setProperty("look", QStringLiteral("link"));
    button->setFocusPolicy(Qt::TabFocus);
    button->setText(action->text().remove(QLatin1Char('&')));
    const auto sync = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, sync);
    sync();
    m_headActions->addWidget(button);
}

void DatabasePage::setFilter(const QString &text) { m_filterLine->setText(text); }

void DatabasePage::focusFilter()
{
    m_filterLine->setFocus(Qt::ShortcutFocusReason);
    m_filterLine->selectAll();
}

void DatabasePage::applyFilter()
{
    if (!m_snapshot)
        return;
    const int table = m_tables->tableAt(m_tablesView->currentIndex().row());
    std::vector<int> matches;
    for (CatalogFilter *filter : m_filters)
        filter->setText(m_filterLine->text());
    if (!m_filterLine->text().trimmed().isEmpty()) {
        matches.assign(m_snapshot->tables.size(), 0);
        for (std::size_t i = 0; i < matches.size(); ++i) {
            for (const CatalogFilter *filter : m_filters)
                matches[i] += filter->countFor(int(i));
        }
    }
    m_tables->show(m_snapshot, matches);
    showNothing(!matches.empty() && std::ranges::all_of(matches, [](int count) { return count == 0; }));
    // A table that has nothing for the filter gives way to all tables.
    m_tablesView->setCurrentIndex(m_tables->index(std::max(0, m_tables->rowOf(table))));
    const auto count = [this](CatalogPart part) { return m_filters[std::size_t(part)]->rowCount(); };
    if (count(CatalogPart(m_tabs->currentIndex())) == 0) {
        for (const CatalogPart part : {CatalogPart::Constraints, CatalogPart::Indexes, CatalogPart::Columns}) {
            if (count(part) > 0) {
                m_tabs->setCurrentIndex(int(part));
                break;
            }
        }
    }
}

/// Empty lists would not tell whether they have been read.
void DatabasePage::showNothing(bool isMissed)
{
    const bool isBlank = m_snapshot->tables.empty();
    if (isBlank)
        m_nothing->setWords(tr("No tables"), tr("This database holds none yet, or none that this account may see."));
    else if (isMissed)
        m_nothing->setWords(tr("Nothing matches"), tr("No table, column, constraint or index has “%1” in it.").arg(m_filterLine->text().trimmed()));
    m_filterBar->setVisible(!isBlank);
    m_content->setCurrentIndex(isBlank || isMissed ? 1 : 0);
}

QString DatabasePage::nothingWords() const { return m_content->currentIndex() == 1 ? m_nothing->title() : QString(); }

void DatabasePage::selectTable(const QString &name)
{
    for (int row = 1; m_snapshot && row < m_tables->rowCount(); ++row) {
        if (tableName(m_snapshot->tables[std::size_t(m_tables->tableAt(row))]) == name)
            m_tablesView->setCurrentIndex(m_tables->index(row));
    }
}

/// Widths from the first rows only. The last column takes what is left, but never so little that nothing of it can be read.
void DatabasePage::fitColumns()
{
    constexpr int kRowsLookedAt = 200;
    for (QTableView *view : m_views) {
        const QAbstractItemModel *model = view->model();
        const int last = model->columnCount() - 1;
        const QFontMetrics metrics(view->font());
        int used = 0;
        for (int column = 0; column <= last; ++column) {
            int width = metrics.horizontalAdvance(model->headerData(column, Qt::Horizontal).toString()) + 20;
            for (int row = 0; row < std::min(model->rowCount(), kRowsLookedAt); ++row) {
                const QModelIndex index = model->index(row, column);
                const QVariant font = index.data(Qt::FontRole);
                const QFontMetrics cell = font.isValid() ? QFontMetrics(font.value<QFont>()) : metrics;
                width = std::max(width, cell.horizontalAdvance(index.data().toString()) + (column == 1 ? 44 : 18));
            }
            width = column == last ? std::max(std::min(width, 700), view->viewport()->width() - used) : std::min(width, 260);
            view->setColumnWidth(column, width);
            used += view->isColumnHidden(column) ? 0 : width;
        }
    }
}

void DatabasePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

QString DatabasePage::selectionText() const
{
    const QTableView *view = m_views[std::size_t(m_tabs->currentIndex())];
    QModelIndexList rows = view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    const auto line = [&](auto cell) {
        QStringList cells;
        for (int column = 0; column < view->model()->columnCount(); ++column) {
            if (!view->isColumnHidden(column))
                cells += cell(column);
        }
        return cells.join(QLatin1Char('\t'));
    };
    lines += line([&](int column) { return view->model()->headerData(column, Qt::Horizontal).toString(); });
    const int count = rows.isEmpty() ? view->model()->rowCount() : int(rows.size());
    for (int i = 0; i < count; ++i) {
        const int row = rows.isEmpty() ? i : rows.at(i).row();
        lines += line([&](int column) { return view->model()->index(row, column).data().toString(); });
    }
    return lines.join(QLatin1Char('\n'));
}

void DatabasePage::addTableAction(QAction *action)
{
    for (QTableView *view : m_views)
        view->addAction(action);
}

void DatabasePage::copySelection() const { QApplication::clipboard()->setText(selectionText()); }

QString DatabasePage::versionWords() const { return m_versionWords.trimmed(); }

} // namespace stillroom::ui
