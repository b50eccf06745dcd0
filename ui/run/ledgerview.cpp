// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/ledgerview.h"

#include "ui/banner.h"
#include "ui/emptystate.h"
#include "ui/taborder.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QTimeZone>
#include <QVBoxLayout>

namespace stillroom::ui {

namespace {

enum Column { AtColumn, RevisionColumn, DirectionColumn, ByColumn, HostColumn, ProgramColumn, StatementsColumn, ColumnCount };
constexpr int kIdRole = Qt::UserRole, kSortRole = Qt::UserRole + 1;

/// The database's clock, in UTC, as people here read it; what is not understood is shown as it is.
QString localMoment(const QString &at)
{
    QString text = at.trimmed();
    text.replace(QLatin1Char(' '), QLatin1Char('T'));
    QDateTime moment = QDateTime::fromString(text.left(19), Qt::ISODate);
    if (!moment.isValid())
        return at;
    moment.setTimeZone(QTimeZone::utc());
    return QLocale().toString(moment.toLocalTime(), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace

LedgerView::LedgerView(const Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_stack(new QStackedWidget(this)), m_content(new QStackedWidget(this)),
      m_notConnected(new EmptyState(theme, QStringLiteral("database"), tr("No database connected"),
                                    tr("A database can keep a record of its own, in a table stillroom_history that colleagues see as well."), this)),
      m_empty(new EmptyState(theme, QStringLiteral("clock"), tr("Nothing is written down here yet"),
                             tr("Once the switch above is on, each revision leaves a row in stillroom_history, in its own transaction."), this)),
      m_problem(new Banner(theme, this)), m_keep(new QCheckBox(tr("&Write what is applied into this database (stillroom_history)"), this)),
      m_explanation(new QLabel(this)), m_rows(new QStandardItemModel(this)), m_list(new QTableView(this))
{
    auto *bar = new QFrame(this);
    bar->setProperty("role", QStringLiteral("bar"));
    m_explanation->setWordWrap(true);
    m_explanation->setProperty("role", QStringLiteral("muted"));
    auto *barLayout = new QVBoxLayout(bar);
    barLayout->setContentsMargins(12, 8, 12, 8);
    barLayout->setSpacing(4);
    barLayout->addWidget(m_keep);
    barLayout->addWidget(m_explanation);
    m_list->setModel(m_rows);
    m_list->setAccessibleName(tr("What was applied to this database"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_rows->setHorizontalHeaderLabels({tr("When"), tr("Revision"), tr("Way"), tr("By"), tr("Machine"), tr("Program"), tr("Statements")});
    m_rows->setSortRole(kSortRole);
    m_list->setSortingEnabled(true);
    m_list->horizontalHeader()->setSortIndicator(AtColumn, Qt::DescendingOrder);
    auto *copy = new QAction(theme->icon(QStringLiteral("copy"), IconTone::Muted), tr("&Copy"), m_list);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] { QApplication::clipboard()->setText(rowText()); });
    auto *show = new QAction(theme->icon(QStringLiteral("next"), IconTone::Muted), tr("&Go to the Revision"), m_list);
    connect(show, &QAction::triggered, this, [this] {
        const QString id = m_rows->index(m_list->currentIndex().row(), RevisionColumn).data(kIdRole).toString();
        if (!id.isEmpty())
            Q_EMIT revisionRequested(id);
    });
    connect(m_list, &QAbstractItemView::activated, show, &QAction::trigger);
    m_list->addActions({copy, show});
    m_content->addWidget(m_empty);
    m_content->addWidget(m_list);
    auto *page = new QWidget(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(0);
    pageLayout->addWidget(bar);
    pageLayout->addWidget(m_problem);
    pageLayout->addWidget(m_content, 1);
    m_stack->addWidget(m_notConnected);
    m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    passFocusOn(this, m_list);
    connect(m_keep, &QCheckBox::toggled, this, &LedgerView::keepRequested);
}

void LedgerView::showTarget(const Target *target, bool saidByProject)
{
    m_stack->setCurrentIndex(target ? 1 : 0);
    m_problem->clear();
    if (!target) {
        m_rows->removeRows(0, m_rows->rowCount());
        return;
    }
    const QSignalBlocker quiet(m_keep);
    m_keep->setChecked(target->policy.keepsLedger);
    m_keep->setEnabled(!target->isReadOnly && !saidByProject);
    QString words =
        tr("Colleagues then see what was applied, when, by whom and from which machine. A row commits together with its revision, so what "
           "failed is not among them. The table is made by the first run; leave it out of Alembic's autogenerate.");
    if (saidByProject)
        words = tr("The project's .stillroom.json has it kept for this database.") + QLatin1Char(' ') + words;
    else if (target->isReadOnly)
        words = tr("This connection is read-only, so nothing is written over it.") + QLatin1Char(' ') + words;
    m_explanation->setText(words);
}

void LedgerView::showEntries(const std::vector<migration::LedgerEntry> &entries, const revision::RevisionGraph *graph)
{
    m_problem->clear();
    m_rows->removeRows(0, m_rows->rowCount());
    for (const migration::LedgerEntry &entry : entries) {
        const auto index = graph ? graph->find(entry.revision) : std::nullopt;
        const QString message = index ? graph->revisions()[*index].header.message : QString();
        const bool isUp = entry.direction == QLatin1String("upgrade");
        const bool isStamp = entry.direction == QLatin1String("stamp");
        auto *revision = new QStandardItem(entry.revision.isEmpty() ? tr("base")
                                           : message.isEmpty()      ? entry.revision
                                                                    : QStringLiteral("%1  %2").arg(entry.revision, message));
        revision->setData(entry.revision, kIdRole);
        auto *way = new QStandardItem(m_theme->icon(isStamp ? QStringLiteral("stamp")
                                                    : isUp  ? QStringLiteral("upgrade")
                                                            : QStringLiteral("downgrade"),
                                                    isStamp ? IconTone::Muted
                                                    : isUp  ? IconTone::Good
                                                            : IconTone::Warning),
                                      entry.direction);
        QList<QStandardItem *> row{new QStandardItem(localMoment(entry.at)),
                                   revision,
                                   way,
                                   new QStandardItem(entry.by),
                                   new QStandardItem(entry.host),
                                   new QStandardItem(entry.takenFrom.isEmpty() ? entry.program : tr("%1, %2").arg(entry.program, entry.takenFrom)),
                                   new QStandardItem(QLocale().toString(entry.statements))};
        for (QStandardItem *cell : row) {
            cell->setToolTip(cell->text() + QLatin1Char('\n') + tr("Run %1, step %2").arg(entry.run).arg(entry.number));
            cell->setData(cell->text(), kSortRole);
        }
        row[AtColumn]->setData(-m_rows->rowCount(), kSortRole); // newest first, as they come: steps of one second keep their order
        row[StatementsColumn]->setData(entry.statements, kSortRole);
        m_rows->appendRow(row);
    }
    const QHeaderView *header = m_list->horizontalHeader();
    m_rows->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    const QFontMetrics metrics(m_list->font());
    const auto width = [&metrics](const QString &text) { return metrics.horizontalAdvance(text) + 28; };
    m_list->setColumnWidth(AtColumn, width(QStringLiteral("2026-12-28 00:00:00")));
    m_list->setColumnWidth(DirectionColumn, width(QStringLiteral("downgrade")) + 22);
    m_list->setColumnWidth(StatementsColumn, width(tr("Statements")));
    for (const int column : {RevisionColumn, ByColumn, HostColumn, ProgramColumn})
        m_list->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_content->setCurrentIndex(entries.empty() ? 0 : 1);
    if (!entries.empty())
        m_list->setCurrentIndex(m_rows->index(0, 0));
}

void LedgerView::showFailed(const QString &sentence)
{
    m_problem->showWords(BannerTone::Bad, sentence);
    m_rows->removeRows(0, m_rows->rowCount());
    m_content->setCurrentIndex(1);
}

QString LedgerView::rowText() const
{
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells += m_rows->index(m_list->currentIndex().row(), column).data().toString();
    return cells.join(QLatin1Char('\t'));
}

QString LedgerView::words() const { return m_explanation->text(); }

} // namespace stillroom::ui
