// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/database/backupsdialog.h"

#include "ui/banner.h"
#include "ui/confirmation.h"
#include "ui/connectionchips.h"
#include "ui/emptystate.h"
#include "ui/words.h"
#include "ui/taborder.h"
#include "ui/wrappedlabel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

enum Column { MadeColumn, RevisionColumn, SizeColumn, FileColumn, ColumnCount };
constexpr int kSortRole = Qt::UserRole, kNumberRole = Qt::UserRole + 1;
constexpr int kKeptAtLeast = 1, kKeptAtMost = 999, kKeptUsually = 10;

QString momentText(const QDateTime &moment) { return QLocale().toString(moment.toLocalTime(), QStringLiteral("yyyy-MM-dd HH:mm:ss")); }

class BackupRow : public QTreeWidgetItem {
public:
    using QTreeWidgetItem::QTreeWidgetItem;
    bool operator<(const QTreeWidgetItem &other) const override
    {
        const int column = treeWidget()->sortColumn();
        return QVariant::compare(data(column, kSortRole), other.data(column, kSortRole)) == QPartialOrdering::Less;
    }
};

} // namespace

BackupsDialog::BackupsDialog(const Theme *theme, const Target &target, const QString &folder, std::shared_ptr<const revision::RevisionGraph> graph,
                             QWidget *parent)
    : QDialog(parent), m_target(target), m_graph(std::move(graph)), m_told(new Banner(theme, this)), m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(theme, QStringLiteral("clock"), tr("No backups of this database"),
                             tr("One is made before each run where the connection says so (Connect… › Safety), or now."), this)),
      m_list(new QTreeWidget(this)), m_backUp(new QPushButton(tr("&Back Up Now"), this)), m_restore(new QPushButton(tr("&Restore…"), this)),
      m_prune(new QPushButton(tr("Re&move Older…"), this)), m_close(new QPushButton(tr("&Close"), this)), m_keep(new QSpinBox(this))
{
    setWindowTitle(tr("Backups of %1").arg(target.databaseName));
    auto *chips = new ConnectionChips(theme, this);
    chips->showTarget(target);
    auto *place = new QToolButton(this);
    place->setProperty("look", QStringLiteral("link"));
    place->setText(tr("Open the Folder"));
    place->setToolTip(QDir::toNativeSeparators(folder));
    connect(place, &QToolButton::clicked, this, [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(chips);
    head->addStretch(1);
    head->addWidget(place);

    m_list->setAccessibleName(tr("Backups"));
    m_list->setHeaderLabels({tr("Made"), tr("Revision"), tr("Size"), tr("File")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setTextElideMode(Qt::ElideMiddle); // the end of a path is what tells files apart
    m_list->setTabKeyNavigation(false);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(MadeColumn, Qt::DescendingOrder);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *copy = new QAction(theme->icon(QStringLiteral("copy"), IconTone::Muted), tr("&Copy the File's Path"), m_list);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(copy);
    connect(copy, &QAction::triggered, this, [this] {
        if (const auto *backup = selected())
            QApplication::clipboard()->setText(QDir::toNativeSeparators(backup->backup.file));
    });
    auto *restore = new QAction(tr("&Restore…"), m_list);
    m_list->addAction(restore);
    connect(restore, &QAction::triggered, this, &BackupsDialog::askRestore);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
    m_stack->setMinimumHeight(170);

    m_keep->setRange(kKeptAtLeast, kKeptAtMost);
    m_keep->setValue(kKeptUsually);
    m_keep->setAccessibleName(tr("How many backups to keep"));
    auto *keepLabel = new QLabel(tr("&Keep the newest"), this);
    keepLabel->setBuddy(m_keep);
    m_restore->setAutoDefault(false);
    m_backUp->setAutoDefault(false);
    m_prune->setAutoDefault(false);
    m_close->setAutoDefault(false);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(keepLabel);
    foot->addWidget(m_keep);
    foot->addWidget(m_prune);
    foot->addStretch(1);
    foot->addWidget(m_backUp);
    foot->addWidget(m_restore);
    foot->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(m_told);
    layout->addWidget(m_stack, 1);
    layout->addWidget(makeQuestion());
    layout->addLayout(foot);
    resize(760, 430);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        if (m_asked == Asked::Restore)
            stopAsking();
        update();
    });
    connect(m_list, &QTreeWidget::itemActivated, this, &BackupsDialog::askRestore);
    connect(m_backUp, &QPushButton::clicked, this, [this] {
        stopAsking();
        setBusy(tr("Backing up %1…").arg(m_target.databaseName));
        Q_EMIT backupRequested();
    });
    connect(m_restore, &QPushButton::clicked, this, &BackupsDialog::askRestore);
    connect(m_prune, &QPushButton::clicked, this, &BackupsDialog::askPrune);
    connect(m_keep, &QSpinBox::valueChanged, this, [this] {
        if (m_asked == Asked::Prune)
            stopAsking();
        update();
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    setBusy(tr("Looking for backups…"));
    tabAlongTheLayout({this});
    keepWrappedTextsWhole(this);
}

QWidget *BackupsDialog::makeQuestion()
{
    m_questionBox = new QFrame(this);
    m_questionBox->setProperty("role", QStringLiteral("card"));
    m_question = wrappedLabel({}, "", m_questionBox);
    m_confirmation = new Confirmation(m_questionBox);
    m_confirm = new QPushButton(tr("Re&store"), m_questionBox);
    m_confirm->setProperty("look", QStringLiteral("danger"));
    m_confirm->setAutoDefault(false);
    m_leave = new QPushButton(tr("&Leave It"), m_questionBox);
    m_leave->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_confirmation, 1);
    buttons->addWidget(m_leave);
    buttons->addWidget(m_confirm);
    auto *layout = new QVBoxLayout(m_questionBox);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_question);
    layout->addLayout(buttons);
    m_questionBox->hide();
    connect(m_confirmation, &Confirmation::changed, this, &BackupsDialog::update);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        stopAsking();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        const auto *backup = selected();
        const Asked asked = m_asked;
        const database::Consent consent = m_confirmation->consent();
        const QString file = backup ? backup->backup.file : QString();
        stopAsking();
        if (asked == Asked::Restore && !file.isEmpty()) {
            m_isRestoring = true;
            setBusy(tr("Restoring %1…").arg(m_target.databaseName));
            Q_EMIT restoreRequested(file, consent);
        } else if (asked == Asked::Prune) {
            setBusy(tr("Removing old backups…"));
            Q_EMIT pruneRequested(m_keep->value());
        }
    });
    return m_questionBox;
}

QStringList BackupsDialog::revisionsOf(const migration::ListedBackup &backup) const
{
    if (!backup.versions)
        return {tr("not known")};
    if (!backup.versions->tableExists)
        return {tr("no version table")};
    if (backup.versions->rows.isEmpty())
        return {tr("base")};
    QStringList texts;
    for (const QString &row : backup.versions->rows) {
        const auto index = m_graph ? m_graph->find(row) : std::nullopt;
        const bool isKnown = index && !m_graph->revisions()[*index].isGhost;
        const QString message = isKnown ? m_graph->revisions()[*index].header.message : QString();
        texts += message.isEmpty() ? row : QStringLiteral("%1  %2").arg(row, message);
    }
    return texts;
}

void BackupsDialog::showBackups(const std::vector<migration::ListedBackup> &backups)
{
    const QString kept = selected() ? selected()->backup.file : QString();
    const bool hasNew = backups.size() > m_backups.size();
    m_backups = backups;
    m_list->clear();
    QTreeWidgetItem *wanted = nullptr;
    QList<QTreeWidgetItem *> rows; // put in together: each alone would be sorted in
    for (const migration::ListedBackup &each : backups) {
        auto *row = new BackupRow(QStringList{momentText(each.backup.madeAt), shortList(revisionsOf(each), 2),
                                              QLocale().formattedDataSize(each.backup.bytes), QDir::toNativeSeparators(each.backup.file)});
        row->setSizeHint(MadeColumn, QSize(0, m_list->fontMetrics().height() + 10));
        for (int column = 0; column < ColumnCount; ++column) {
            row->setToolTip(column, row->text(column));
            row->setData(column, kSortRole, row->text(column));
        }
        row->setData(MadeColumn, kSortRole, each.backup.madeAt);
        row->setData(SizeColumn, kSortRole, each.backup.bytes);
        row->setData(MadeColumn, kNumberRole, int(rows.size()));
        row->setToolTip(RevisionColumn, wholeList(revisionsOf(each)));
        rows += row;
        if (each.backup.file == kept && !hasNew)
            wanted = row;
    }
    m_list->addTopLevelItems(rows);
    m_list->header()->setStretchLastSection(true);
    const QFontMetrics metrics(m_list->font());
    m_list->setColumnWidth(MadeColumn, metrics.horizontalAdvance(QStringLiteral("2026-12-28 00:00:00")) + 24);
    m_list->resizeColumnToContents(RevisionColumn);
    m_list->setColumnWidth(RevisionColumn, std::min(m_list->columnWidth(RevisionColumn) + 12, 260));
    m_list->resizeColumnToContents(SizeColumn);
    m_list->setColumnWidth(SizeColumn, m_list->columnWidth(SizeColumn) + 12);
    if (!backups.empty())
        m_list->setCurrentItem(wanted ? wanted : rows.front()); // the newest
    m_stack->setCurrentIndex(backups.empty() ? 0 : 1);
    m_isBusy = false;
    if (m_told->tone() == BannerTone::Plain)
        m_told->clear();
    update();
    // What was pressed is no longer there, or was switched off for as long as it took.
    (backups.empty() ? static_cast<QWidget *>(m_backUp) : m_list)->setFocus(Qt::OtherFocusReason);
}

void BackupsDialog::showRestored(const QString &keptAs, const QStringList &missing)
{
    m_isBusy = m_isRestoring = false;
    QString words = keptAs.isEmpty() ? tr("Restored. There was nothing before.")
                    : m_target.kind == dialect::DialectKind::Sqlite
                        ? tr("Restored. What was there before is kept in the file %1.").arg(QDir::toNativeSeparators(keptAs))
                        : tr("Restored. What was there before is kept as the database %1.").arg(keptAs);
    if (!missing.isEmpty())
        words += QLatin1Char(' ') + tr("This of it could not be set again: %1.").arg(missing.join(QStringLiteral("; ")));
    m_told->showWords(missing.isEmpty() ? BannerTone::Good : BannerTone::Warning, words);
    update();
}

void BackupsDialog::showProblem(const QString &sentence)
{
    m_isBusy = m_isRestoring = false;
    m_told->showWords(BannerTone::Bad, sentence);
    update();
}

void BackupsDialog::setBusy(const QString &words)
{
    m_isBusy = true;
    m_told->showWords(BannerTone::Plain, words);
    update();
}

void BackupsDialog::select(int row) { m_list->setCurrentItem(m_list->topLevelItem(row)); }

const migration::ListedBackup *BackupsDialog::selected() const
{
    const QTreeWidgetItem *row = m_list->currentItem();
    const std::size_t number = row ? std::size_t(row->data(MadeColumn, kNumberRole).toInt()) : m_backups.size();
    return number < m_backups.size() ? &m_backups[number] : nullptr;
}

void BackupsDialog::askRestore()
{
    const auto *backup = selected();
    if (!backup || m_isBusy || m_target.isReadOnly)
        return;
    m_asked = Asked::Restore;
    const QString kept = m_target.kind == dialect::DialectKind::Sqlite
                             ? tr("What it holds now is kept as a file beside it.")
                             : tr("What it holds now is kept as a database of another name. Nobody else may be "
                                  "connected, and this connection is opened again.");
    const QString unnoted = backup->backup.from.isEmpty() ? QLatin1Char('\n') + tr("Nobody noted which server this backup was made of.") : QString();
    m_question->setText(tr("Put the backup of %1 (%2) in the place of %3? %4")
                            .arg(momentText(backup->backup.madeAt), shortList(revisionsOf(*backup), 2), m_target.display, kept) +
                        unnoted);
    m_confirm->setText(tr("Re&store"));
    m_confirmation->ask(m_target.policy, m_target.databaseName, tr("Give up what came after it in %1").arg(m_target.databaseName));
    m_confirmation->show();
    m_questionBox->show();
    update();
    m_confirmation->setFocus(Qt::OtherFocusReason);
}

void BackupsDialog::askPrune()
{
    const int over = int(m_backups.size()) - m_keep->value();
    if (over <= 0 || m_isBusy)
        return;
    m_asked = Asked::Prune;
    qint64 bytes = 0;
    for (std::size_t i = std::size_t(m_keep->value()); i < m_backups.size(); ++i)
        bytes += m_backups[i].backup.bytes;
    m_question->setText(counted(over, tr("Delete %1 backup, the oldest, %2? It cannot be brought back."),
                                tr("Delete %1 backups, the oldest, %2 in all? They cannot be brought back."))
                            .arg(QLocale().formattedDataSize(bytes)));
    m_confirm->setText(tr("&Delete"));
    m_confirmation->hide();
    m_questionBox->show();
    update();
    m_leave->setFocus(Qt::OtherFocusReason);
}

void BackupsDialog::stopAsking()
{
    m_asked = Asked::Nothing;
    m_questionBox->hide();
}

void BackupsDialog::update()
{
    m_backUp->setEnabled(!m_isBusy);
    m_restore->setEnabled(!m_isBusy && selected() && !m_target.isReadOnly && m_asked == Asked::Nothing);
    m_restore->setToolTip(m_target.isReadOnly ? tr("This connection is read-only. To restore, connect again without read-only.") : QString());
    m_prune->setEnabled(!m_isBusy && int(m_backups.size()) > m_keep->value() && m_asked == Asked::Nothing);
    m_close->setEnabled(!m_isRestoring);
    m_confirm->setEnabled(m_asked == Asked::Prune || (m_asked == Asked::Restore && m_confirmation->isGiven()));
    for (QAction *action : m_list->actions())
        action->setEnabled(selected() != nullptr);
}

/// A restore that has begun is worth knowing the end of.
void BackupsDialog::reject()
{
    if (!m_isRestoring)
        QDialog::reject();
}

QString BackupsDialog::words() const { return m_told->isHidden() ? QString() : m_told->words(); }

QString BackupsDialog::question() const { return m_questionBox->isHidden() ? QString() : m_question->text(); }

} // namespace stillroom::ui
