// SPDX-License-Identifier: GPL-3.0-or-later
// Repairing the version table, backups, and what the database keeps of its runs (mainwindow.h).
#include "ui/mainwindow.h"

#include "base/sentence.h"
#include "ui/banner.h"
#include "ui/database/backupsdialog.h"
#include "ui/database/databasepage.h"
#include "ui/database/repairdialog.h"
#include "ui/emptystate.h"
#include "ui/run/ledgerview.h"
#include "ui/run/runspage.h"
#include "ui/words.h"

#include <QSettings>

#include <algorithm>

namespace stillroom::ui {

void MainWindow::makeSafetyActions()
{
    const QString section = tr("Database");
    m_actions->add({QStringLiteral("database.backups"),
                    tr("&Backups…"),
                    section,
                    {QKeySequence(QStringLiteral("Ctrl+B"))},
                    QStringLiteral("clock"),
                    tr("Copies of the connected database: make one, put one back, remove old ones")},
                   [this] { openBackups(); });
    m_actions->add({QStringLiteral("database.ledger"),
                    tr("What Was &Applied to It"),
                    section,
                    {},
                    QStringLiteral("history"),
                    tr("The record that the database itself keeps, whoever ran it (stillroom_history)")},
                   [this] {
                       m_runs->setSource(RunsPage::Source::Database);
                       showPage(Page::Runs);
                   });
    m_actions->add({QStringLiteral("database.repair"),
                    tr("Re&pair the Version Table…"),
                    section,
                    {},
                    QStringLiteral("warning"),
                    tr("Shows what is wrong with it and the statements that put it right")},
                   [this] { openRepair(); });
}

void MainWindow::followSafety()
{
    m_runs->ledger()->notConnected()->addAction(act("file.connect"));
    connect(m_bench, &Workbench::versionDefectsFound, this, [this](const std::vector<migration::VersionDefect> &defects) {
        m_database->showVersionDefects(summaryOf(defects));
        updateActions();
    });
    connect(m_database, &DatabasePage::repairRequested, this, &MainWindow::openRepair);
    connect(m_bench, &Workbench::versionTableRepaired, this, [this](const QStringList &rows) {
        if (m_repairDialog)
            m_repairDialog->accept();
        m_message->setLink(QString());
        m_message->showWords(BannerTone::Good, rows.isEmpty() ? tr("The version table is repaired. It is empty now: the database is at base.")
                                                              : tr("The version table is repaired. It says %1 now.").arg(shortList(rows)));
    });
    connect(m_bench, &Workbench::repairFailed, this, [this](const Error &error) {
        if (m_repairDialog)
            m_repairDialog->showProblem(sentence(error));
        else
            showMessage(sentence(error));
    });
    connect(m_bench, &Workbench::backupsListed, this, [this](const std::vector<migration::ListedBackup> &backups) {
        if (m_backupsDialog)
            m_backupsDialog->showBackups(backups);
    });
    connect(m_bench, &Workbench::backupRestored, this, [this](const QString &keptAs, const QStringList &missing) {
        if (m_backupsDialog)
            m_backupsDialog->showRestored(keptAs, missing);
    });
    connect(m_bench, &Workbench::backupFailed, this, [this](const Error &error) {
        if (m_backupsDialog)
            m_backupsDialog->showProblem(sentence(error));
        else
            showMessage(sentence(error));
    });
    LedgerView *ledger = m_runs->ledger();
    connect(m_runs, &RunsPage::sourceChanged, m_bench, &Workbench::readLedger);
    connect(m_bench, &Workbench::ledgerRead, this,
            [this, ledger](const std::vector<migration::LedgerEntry> &entries) { ledger->showEntries(entries, m_bench->graph().get()); });
    connect(m_bench, &Workbench::ledgerFailed, this, [ledger](const Error &error) { ledger->showFailed(sentence(error)); });
    connect(m_bench, &Workbench::policyChanged, this, &MainWindow::showLedger);
    connect(m_bench, &Workbench::stateChanged, this, [this] {
        showLedger();
        if (page() == Page::Runs)
            m_bench->readLedger();
    });
    connect(ledger, &LedgerView::keepRequested, this, &MainWindow::keepLedger);
    connect(ledger, &LedgerView::revisionRequested, this, &MainWindow::selectRevision);
}

void MainWindow::openRepair()
{
    const auto &target = m_bench->target();
    if (!target || m_bench->versionDefects().empty() || m_bench->isRunning())
        return;
    m_repairDialog = new RepairDialog(m_theme, *target, m_bench->versionDefects(), this);
    m_repairDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_repairDialog, &RepairDialog::repairRequested, m_bench, &Workbench::repairVersionTable);
    m_repairDialog->open();
}

void MainWindow::openBackups()
{
    const auto &target = m_bench->target();
    if (!target || m_bench->isRunning())
        return;
    m_backupsDialog = new BackupsDialog(m_theme, *target, m_bench->backupFolder(), m_bench->graph(), this);
    m_backupsDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_backupsDialog, &BackupsDialog::backupRequested, m_bench, &Workbench::makeBackup);
    connect(m_backupsDialog, &BackupsDialog::pruneRequested, m_bench, &Workbench::pruneBackups);
    connect(m_backupsDialog, &BackupsDialog::restoreRequested, m_bench, &Workbench::restoreBackup);
    m_backupsDialog->open();
    m_bench->listBackups();
}

void MainWindow::showLedger()
{
    const auto &target = m_bench->target();
    m_runs->ledger()->showTarget(target ? &*target : nullptr, m_bench->projectKeepsLedger());
}

/// For this connection from now on; a connection with a name remembers it.
void MainWindow::keepLedger(bool keeps)
{
    m_bench->setKeepsLedger(keeps);
    if (!m_settings || m_wanted.name.isEmpty())
        return;
    auto connections = readConnections(*m_settings, connectionsGroup());
    const auto same = std::ranges::find(connections, m_wanted.name, &Connection::name);
    if (same == connections.end())
        return;
    same->policy.keepsLedger = keeps;
    writeConnections(*m_settings, connectionsGroup(), connections);
}

} // namespace stillroom::ui
