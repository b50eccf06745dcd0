// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runspage.h"

#include "ui/banner.h"
#include "ui/editor/sqltext.h"
#include "ui/emptystate.h"
#include "ui/run/ledgerview.h"
#include "ui/taborder.h"
#include "ui/words.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QDir>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace stillroom::ui {

using Status = migration::RunRecord::Status;

namespace {

enum Column { StatusColumn, StartedColumn, DatabaseColumn, WayColumn, StatementsColumn, ColumnCount };
constexpr int kSortRole = Qt::UserRole, kRecordRole = Qt::UserRole + 1;

struct Look {
    QString word, icon;
    IconTone tone;
    BannerTone banner;
};

Look lookOf(Status status)
{
    switch (status) {
    case Status::Running:
        return {RunsPage::tr("Running"), QStringLiteral("run"), IconTone::Accent, BannerTone::Plain};
    case Status::Done:
        return {RunsPage::tr("Done"), QStringLiteral("check"), IconTone::Good, BannerTone::Good};
    case Status::Stopped:
        return {RunsPage::tr("Stopped"), QStringLiteral("stop"), IconTone::Warning, BannerTone::Warning};
    case Status::Failed:
        return {RunsPage::tr("Failed"), QStringLiteral("error"), IconTone::Bad, BannerTone::Bad};
    case Status::BrokenOff:
        return {RunsPage::tr("Broken off"), QStringLiteral("warning"), IconTone::Bad, BannerTone::Bad};
    }
    return {};
}

QString rowsText(const QStringList &rows) { return rows.isEmpty() ? RunsPage::tr("base") : shortList(rows); }

QString shown(const QJsonValue &list)
{
    QStringList texts;
    const QJsonArray array = list.toArray();
    for (const auto &each : array)
        texts += each.toString();
    return rowsText(texts);
}

/// How a run ended and what is to be looked at, in sentences.
QString summaryOf(const migration::RunRecord &run)
{
    QStringList lines;
    switch (run.status) {
    case Status::Running:
        lines += RunsPage::tr("Under way in %1.").arg(run.program);
        break;
    case Status::Done:
        lines += RunsPage::tr("Done. The database is at %1.").arg(rowsText(run.now));
        break;
    case Status::Stopped:
        lines += RunsPage::tr("Stopped on request at %1.").arg(rowsText(run.now));
        break;
    case Status::Failed:
        lines += run.problem;
        lines += RunsPage::tr("The database was left at %1.").arg(rowsText(run.now));
        break;
    case Status::BrokenOff:
        lines += RunsPage::tr("The record ends in the middle: the program or the machine stopped. What was committed last left the database at %1.")
                     .arg(rowsText(run.now));
        break;
    }
    if (!run.unanswered.isEmpty()) {
        lines += RunsPage::tr("Sent, and no answer came: %1").arg(firstLine(run.unanswered));
        lines += run.wasOutside ? RunsPage::tr("It ran outside a transaction, so look whether it took effect.")
                                : RunsPage::tr("It ran inside a transaction, which the server rolls back.");
    }
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

RunsPage::RunsPage(const Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_sources(new QStackedWidget(this)), m_stack(new QStackedWidget(this)), m_machine(new QToolButton(this)),
      m_database(new QToolButton(this)), m_ledger(new LedgerView(theme, this)),
      m_empty(new EmptyState(
          theme, QStringLiteral("clock"), tr("No runs yet"),
          tr("Every run of Stillroom on this machine leaves a record here: what was sent, what the server answered, how it ended."), this)),
      m_summary(new Banner(theme, this)), m_runs(new QStandardItemModel(this)), m_log(new QStandardItemModel(this)), m_list(new QTableView(this)),
      m_tree(new QTreeView(this))
{
    m_list->setModel(m_runs);
    m_list->setAccessibleName(tr("Runs"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_list->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_runs->setHorizontalHeaderLabels({tr("Ended"), tr("Started"), tr("Database"), tr("Way"), tr("Statements")});
    m_runs->setSortRole(kSortRole);
    m_list->setSortingEnabled(true);
    m_list->horizontalHeader()->setSortIndicator(StartedColumn, Qt::DescendingOrder);
    m_tree->setModel(m_log);
    m_tree->setAccessibleName(tr("Record of the run"));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tree->setIndentation(16);
    auto *bar = new QFrame(this);
    bar->setProperty("role", QStringLiteral("bar"));
    auto *title = new QLabel(tr("RECORD"), bar);
    title->setProperty("role", QStringLiteral("section"));
    auto *copy = new QToolButton(bar);
    copy->setIcon(theme->icon(QStringLiteral("copy"), IconTone::Muted));
    copy->setToolTip(tr("Copy the record"));
    copy->setAccessibleName(tr("Copy the record"));
    connect(copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(toText()); });
    auto *barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(12, 2, 8, 2);
    barLayout->addWidget(title);
    barLayout->addStretch(1);
    barLayout->addWidget(copy);
    auto *record = new QWidget(this);
    auto *recordLayout = new QVBoxLayout(record);
    recordLayout->setContentsMargins(0, 0, 0, 0);
    recordLayout->setSpacing(0);
    recordLayout->addWidget(bar);
    recordLayout->addWidget(m_summary);
    recordLayout->addWidget(m_tree, 1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(record);
    splitter->setSizes({260, 400});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto *head = new QFrame(this);
    head->setProperty("role", QStringLiteral("bar"));
    auto *headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(12, 6, 12, 6);
    headLayout->setSpacing(0);
    auto *group = new QButtonGroup(this);
    const auto segment = [&](QToolButton *button, const QString &text, const QString &tip, const char *end, Source source) {
        button->setText(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setProperty("look", QStringLiteral("segment"));
        button->setProperty("end", QString::fromLatin1(end));
        group->addButton(button);
        headLayout->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, source] { setSource(source); });
    };
    segment(m_machine, tr("This machine"), tr("Every run of Stillroom on this machine, with all that was sent"), "left", Source::Machine);
    segment(m_database, tr("The database"), tr("What the connected database keeps of its runs, whoever ran them"), "right", Source::Database);
    m_machine->setChecked(true);
    headLayout->addStretch(1);
    m_sources->addWidget(m_stack);
    m_sources->addWidget(m_ledger);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_sources, 1);
    passFocusOn(this, m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { select(selectedRecord()); });
}

RunsPage::Source RunsPage::source() const { return Source(m_sources->currentIndex()); }

void RunsPage::setSource(Source source)
{
    const bool isNew = this->source() != source;
    m_sources->setCurrentIndex(int(source));
    m_machine->setChecked(source == Source::Machine);
    m_database->setChecked(source == Source::Database);
    passFocusOn(this, source == Source::Machine ? static_cast<QWidget *>(m_list) : m_ledger);
    if (isNew)
        Q_EMIT sourceChanged();
}

QString RunsPage::selectedRun() const
{
    const int record = selectedRecord();
    return record >= 0 ? m_records[std::size_t(record)].id : QString();
}

int RunsPage::selectedRecord() const
{
    const QVariant record = m_list->currentIndex().siblingAtColumn(StatusColumn).data(kRecordRole);
    return record.isValid() ? record.toInt() : -1;
}

void RunsPage::showRuns(const std::vector<migration::RunRecord> &records)
{
    // A run that was not there before is the one to look at.
    const bool hasNew = !records.empty() && std::ranges::find(m_records, records.front().id, &migration::RunRecord::id) == m_records.end();
    const QString kept = hasNew ? records.front().id : selectedRun();
    m_runs->removeRows(0, m_runs->rowCount());
    m_records = records;
    const QStandardItem *wanted = nullptr;
    for (const migration::RunRecord &run : records) {
        const Look look = lookOf(run.status);
        QList<QStandardItem *> row;
        row += new QStandardItem(m_theme->icon(look.icon, look.tone), look.word);
        row += new QStandardItem(QLocale().toString(run.startedAt.toLocalTime(), QStringLiteral("yyyy-MM-dd HH:mm:ss")));
        row += new QStandardItem(run.database);
        row += new QStandardItem(QStringLiteral("%1 → %2").arg(rowsText(run.from), rowsText(run.to)));
        row += new QStandardItem(QLocale().toString(run.statements));
        const QString tip = tr("%1 of %2, by %3 on %4").arg(run.kind, run.project, run.user, run.host);
        for (QStandardItem *cell : row) {
            cell->setToolTip(tip);
            cell->setData(cell->text(), kSortRole);
        }
        row[StartedColumn]->setData(run.startedAt, kSortRole);
        row[StatementsColumn]->setData(run.statements, kSortRole);
        row[StatusColumn]->setData(m_runs->rowCount(), kRecordRole);
        if (run.id == kept)
            wanted = row.front();
        m_runs->appendRow(row);
    }
    const QHeaderView *header = m_list->horizontalHeader();
    m_runs->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    const QFontMetrics metrics(m_list->font());
    m_list->setColumnWidth(StatusColumn, metrics.horizontalAdvance(tr("Broken off")) + 50);
    m_list->setColumnWidth(StartedColumn, metrics.horizontalAdvance(QStringLiteral("2026-12-28 00:00:00")) + 24);
    m_list->setColumnWidth(StatementsColumn, metrics.horizontalAdvance(tr("Statements")) + 28);
    m_list->horizontalHeader()->setSectionResizeMode(DatabaseColumn, QHeaderView::Stretch);
    m_list->horizontalHeader()->setSectionResizeMode(WayColumn, QHeaderView::Stretch);
    m_stack->setCurrentIndex(records.empty() ? 0 : 1);
    if (!records.empty())
        m_list->setCurrentIndex(wanted ? wanted->index() : m_runs->index(0, 0));
    if (isVisible() && !records.empty() && !isAncestorOf(QApplication::focusWidget()))
        m_list->setFocus(Qt::OtherFocusReason); // the list was not there when the page was opened
}

void RunsPage::select(int record)
{
    m_log->clear();
    m_summary->clear();
    if (record < 0)
        return;
    const migration::RunRecord &run = m_records[std::size_t(record)];
    m_summary->showWords(lookOf(run.status).banner, summaryOf(run));
    Q_EMIT runWanted(run.id);
}

QStandardItem *RunsPage::add(QStandardItem *parent, const QString &icon, IconTone tone, const QString &text, const QString &right)
{
    auto *first = new QStandardItem(m_theme->icon(icon, tone), text);
    first->setToolTip(text);
    auto *second = new QStandardItem(right);
    second->setForeground(m_theme->tokens().muted);
    (parent ? parent : m_log->invisibleRootItem())->appendRow({first, second});
    return first;
}

void RunsPage::take(const QJsonObject &line)
{
    const auto text = [&line](const char *name) { return line.value(QLatin1String(name)).toString(); };
    const QString event = text("event");
    const QString at = QDateTime::fromString(text("at"), Qt::ISODateWithMs).toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
    const auto milliseconds = [&line] { return durationText(line.value(QLatin1String("milliseconds")).toInteger()); };
    if (event == QLatin1String("run")) {
        QStringList facts{text("program").trimmed(), text("user").isEmpty() ? QString() : tr("by %1").arg(text("user")),
                          tr("on %1").arg(text("host")), tr("for %1").arg(text("project"))};
        facts.removeAll(QString());
        add(nullptr, QStringLiteral("information"), IconTone::Muted, facts.join(QLatin1Char(' ')), at);
    } else if (event == QLatin1String("started") || event == QLatin1String("planned again")) {
        const QJsonObject plan = line.value(QLatin1String("plan")).toObject();
        m_revision = m_statement = nullptr;
        m_unanswered.clear();
        add(nullptr, QStringLiteral("play-all"), IconTone::Accent,
            tr("%1 of %2: %3 → %4")
                .arg(plan.value(QLatin1String("kind")).toString(), text("target"), shown(plan.value(QLatin1String("from"))),
                     shown(plan.value(QLatin1String("to")))),
            at);
    } else if (event == QLatin1String("revision")) {
        m_statement = nullptr;
        m_revision = add(nullptr, QStringLiteral("circle"), IconTone::Muted, QStringLiteral("%1  %2").arg(text("revision"), text("message")), at);
        m_revisions[text("revision")] = m_revision;
    } else if (event == QLatin1String("statement")) {
        m_statement = add(m_revision, QStringLiteral("dot"), IconTone::Muted, firstLine(text("sql")), at);
        m_statement->setToolTip(text("sql"));
        m_unanswered.push_back({line.value(QLatin1String("step")).toInt(), line.value(QLatin1String("index")).toInt(), m_statement});
    } else if (event == QLatin1String("answered")) {
        takeAnswer(line);
    } else if (event == QLatin1String("notice")) {
        add(!m_unanswered.empty() ? m_unanswered.front().item
            : m_statement         ? m_statement
                                  : m_revision,
            QStringLiteral("notice"), IconTone::Muted, QStringLiteral("%1: %2").arg(text("severity"), text("text")), at);
    } else if (event == QLatin1String("revision done")) {
        if (QStandardItem *revision = m_revisions.value(text("revision")))
            mark(revision, QStringLiteral("check"), IconTone::Good, tr("done"));
    } else if (event == QLatin1String("committed") || event == QLatin1String("rolled back")) {
        const bool isCommit = event == QLatin1String("committed");
        add(m_revision, isCommit ? QStringLiteral("check") : QStringLiteral("back"), isCommit ? IconTone::Good : IconTone::Warning,
            (isCommit ? tr("Committed: the database is at %1") : tr("Rolled back: the database is at %1"))
                .arg(shown(line.value(QLatin1String("now")))),
            at);
        const QJsonArray undone = line.value(QLatin1String("undone")).toArray();
        for (const auto &name : undone) {
            if (QStandardItem *revision = m_revisions.value(name.toString()))
                mark(revision, QStringLiteral("back"), IconTone::Muted, tr("rolled back"));
        }
    } else if (event == QLatin1String("failed")) {
        takeFailure(line, at);
    } else if (event == QLatin1String("done") || event == QLatin1String("stopped")) {
        add(nullptr, QStringLiteral("check"), IconTone::Good, event == QLatin1String("done") ? tr("Done") : tr("Stopped on request"), milliseconds());
    } else if (event == QLatin1String("backup")) {
        add(nullptr, QStringLiteral("check"), IconTone::Good, tr("Backed up to %1").arg(text("file")), milliseconds());
    } else if (event != QLatin1String("commit sent")) {
        // Waiting, blocked, retried, found afterwards: the words of the record and whom they name.
        QStandardItem *item = add(m_statement ? m_statement : m_revision, QStringLiteral("notice"), IconTone::Warning, event, at);
        for (const char *name : {"holders", "blockers", "found"}) {
            const QJsonArray named = line.value(QLatin1String(name)).toArray();
            for (const auto &each : named)
                add(item, QStringLiteral("dot"), IconTone::Muted, each.toString());
        }
        const QString sentence = line.value(QLatin1String("error")).toObject().value(QLatin1String("sentence")).toString();
        if (!sentence.isEmpty())
            add(item, QStringLiteral("dot"), IconTone::Muted, sentence);
        if (event == QLatin1String("retry"))
            m_unanswered.clear(); // its transaction begins again, and all are sent again
    }
}

/// What the icon says is said in words as well, to those who do not see it.
void RunsPage::mark(QStandardItem *item, const QString &icon, IconTone tone, const QString &word) const
{
    item->setIcon(m_theme->icon(icon, tone));
    item->setAccessibleText(QStringLiteral("%1, %2").arg(item->text(), word));
}

void RunsPage::takeAnswer(const QJsonObject &line)
{
    const int step = line.value(QLatin1String("step")).toInt(), index = line.value(QLatin1String("index")).toInt();
    const auto sent = std::ranges::find_if(m_unanswered, [&](const Sent &each) { return each.step == step && each.index == index; });
    if (sent == m_unanswered.end())
        return;
    QStandardItem *item = sent->item;
    m_unanswered.erase(sent);
    mark(item, QStringLiteral("check"), IconTone::Good, tr("done"));
    QString told = durationText(line.value(QLatin1String("microseconds")).toDouble() / 1000.0);
    if (const int rows = line.value(QLatin1String("rows")).toInt(); rows > 0)
        told = counted(rows, tr("%1 row"), tr("%1 rows")) + QStringLiteral(", ") + told;
    (item->parent() ? item->parent() : m_log->invisibleRootItem())->child(item->row(), 1)->setText(told);
}

void RunsPage::takeFailure(const QJsonObject &line, const QString &at)
{
    const QJsonObject error = line.value(QLatin1String("error")).toObject();
    const auto text = [&error](const char *name) { return error.value(QLatin1String(name)).toString(); };
    if (!m_unanswered.empty() && !text("statement").isEmpty()) { // the first that has no answer is the one that was refused
        QStandardItem *refused = m_unanswered.front().item;
        for (QStandardItem *item : {refused, refused->parent()}) {
            if (item)
                mark(item, QStringLiteral("error"), IconTone::Bad, tr("failed"));
        }
    }
    m_unanswered.clear();
    QStandardItem *failed = add(nullptr, QStringLiteral("error"), IconTone::Bad, text("sentence"), at);
    const std::pair<const char *, QString> facts[] = {
        {"sqlstate", tr("Code")}, {"detail", tr("Detail")}, {"hint", tr("Hint")}, {"constraint", tr("Constraint")}};
    for (const auto &[name, title] : facts) {
        if (const QString value = text(name); !value.isEmpty())
            add(failed, QStringLiteral("dot"), IconTone::Muted, QStringLiteral("%1: %2").arg(title, value));
    }
}

void RunsPage::showRun(const QString &id, const std::vector<QJsonObject> &lines)
{
    if (id != selectedRun())
        return;
    m_log->clear();
    m_log->setColumnCount(2);
    m_revision = m_statement = nullptr;
    m_unanswered.clear();
    m_revisions.clear();
    for (const QJsonObject &line : lines)
        take(line);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_tree->header()->resizeSection(1, m_tree->fontMetrics().horizontalAdvance(QStringLiteral("8,888,888 rows, 88.8 s")) + 24);
    constexpr int kExpanded = 300;
    if (lines.size() < kExpanded)
        m_tree->expandAll();
}

QString RunsPage::summaryWords() const { return m_summary->isHidden() ? QString() : m_summary->words(); }

QString RunsPage::toText() const
{
    QStringList lines;
    const auto walk = [&](auto &self, const QModelIndex &parent, int depth) -> void {
        for (int row = 0; row < m_log->rowCount(parent); ++row) {
            const QModelIndex index = m_log->index(row, 0, parent);
            const QString right = m_log->index(row, 1, parent).data().toString();
            lines += QString(2 * depth, QLatin1Char(' ')) + index.data(Qt::ToolTipRole).toString() +
                     (right.isEmpty() ? QString() : QStringLiteral("  (%1)").arg(right));
            self(self, index, depth + 1);
        }
    };
    walk(walk, {}, 0);
    return lines.join(QLatin1Char('\n'));
}

} // namespace stillroom::ui
