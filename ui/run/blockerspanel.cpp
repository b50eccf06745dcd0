// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/blockerspanel.h"

#include "ui/chip.h"
#include "ui/editor/sqltext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

QString sinceText(const QDateTime &since)
{
    if (!since.isValid())
        return {};
    const qint64 seconds = std::max<qint64>(0, since.secsTo(QDateTime::currentDateTime()));
    const QString clock = QLocale().toString(since.toLocalTime().time(), QStringLiteral("HH:mm:ss"));
    return seconds < 120 ? BlockersPanel::tr("%1 (%2 s)").arg(clock).arg(seconds) : BlockersPanel::tr("%1 (%2 min)").arg(clock).arg(seconds / 60);
}

constexpr int kMostRows = 4, kSinceColumn = 4;

} // namespace

BlockersPanel::BlockersPanel(const Theme *theme, QWidget *parent)
    : QFrame(parent), m_words(new QLabel(this)), m_told(new QLabel(this)), m_question(new QLabel(this)), m_statement(new ElidedLabel(this)),
      m_list(new QTreeWidget(this)), m_cancel(new QPushButton(tr("Cancel &Its Statement…"), this)),
      m_terminate(new QPushButton(tr("E&nd Its Session…"), this)), m_confirm(new QPushButton(this)), m_leave(new QPushButton(tr("Leave I&t"), this))
{
    setProperty("tone", QStringLiteral("warning"));
    auto *icon = new IconLabel(theme, 17, this);
    icon->setIcon(QStringLiteral("clock"), IconTone::Warning);
    m_words->setWordWrap(true);
    m_words->setProperty("role", QStringLiteral("heading"));
    m_words->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_statement->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_question->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_told->setWordWrap(true);
    m_question->setWordWrap(true);
    m_confirm->setProperty("look", QStringLiteral("danger"));
    m_list->setAccessibleName(tr("Who is in the way"));
    m_list->setHeaderLabels({tr("Process"), tr("User"), tr("Application"), tr("State"), tr("Transaction since"), tr("Holds")});
    m_list->header()->setStretchLastSection(true);
    m_statement->setProperty("role", QStringLiteral("mono"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setTabKeyNavigation(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(icon, 0, Qt::AlignTop);
    first->addWidget(m_words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_told, 1);
    buttons->addStretch();
    buttons->addWidget(m_leave);
    buttons->addWidget(m_confirm);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_terminate);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(6);
    layout->addLayout(first);
    layout->addWidget(m_list);
    layout->addWidget(m_statement);
    layout->addWidget(m_question);
    layout->addLayout(buttons);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        stopAsking();
        showStatement();
        updateButtons();
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] { ask(false); });
    connect(m_terminate, &QPushButton::clicked, this, [this] { ask(true); });
    connect(m_leave, &QPushButton::clicked, this, [this] {
        stopAsking();
        updateButtons();
    });
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        const int pid = m_askedPid;
        stopAsking();
        m_told->setText(tr("Asked the server to end it…"));
        updateButtons();
        Q_EMIT endRequested(pid, m_wholeSession);
    });
    clear();
}

void BlockersPanel::showBlockers(const QString &words, const std::vector<database::Blocker> &blockers, bool canEnd)
{
    const database::Blocker *before = selected();
    const int pid = before ? before->pid : 0;
    m_words->setText(words);
    m_canEnd = canEnd;
    m_blockers = blockers;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const database::Blocker &each : blockers) {
            auto *row = new QTreeWidgetItem(m_list);
            const QString cells[] = {QString::number(each.pid), each.user, each.application, each.state, sinceText(each.since), each.lock};
            int column = 0;
            for (const QString &cell : cells) {
                row->setText(column, cell);
                row->setToolTip(column++, cell);
            }
            if (each.pid == pid)
                m_list->setCurrentItem(row);
        }
        if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
            m_list->setCurrentItem(m_list->topLevelItem(0));
    }
    for (int column = 0; column < 5; ++column) {
        m_list->resizeColumnToContents(column);
        m_list->setColumnWidth(column, std::min(m_list->columnWidth(column) + 8, 190));
    }
    const int rows = std::clamp(int(blockers.size()), 1, kMostRows);
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + rows * std::max(m_list->sizeHintForRow(0), fontMetrics().height() + 8) + 4);
    m_list->setVisible(!blockers.empty());
    showStatement();
    const bool asksAboutOneThatIsGone =
        m_askedPid != 0 && std::ranges::none_of(blockers, [this](const database::Blocker &b) { return b.pid == m_askedPid; });
    if (asksAboutOneThatIsGone)
        stopAsking();
    updateButtons();
    show();
}

void BlockersPanel::clear()
{
    stopAsking();
    m_blockers.clear();
    m_list->clear();
    m_told->clear();
    showStatement();
    updateButtons();
    hide();
}

void BlockersPanel::showAges()
{
    for (std::size_t row = 0; row < m_blockers.size(); ++row)
        m_list->topLevelItem(int(row))->setText(kSinceColumn, sinceText(m_blockers[row].since));
}

void BlockersPanel::tell(const QString &words)
{
    m_told->setText(words);
    updateButtons();
}

QString BlockersPanel::question() const { return m_askedPid == 0 ? QString() : m_question->text(); }

const database::Blocker *BlockersPanel::selected() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < int(m_blockers.size()) ? &m_blockers[std::size_t(row)] : nullptr;
}

void BlockersPanel::showStatement()
{
    const database::Blocker *who = selected();
    const QString query = who ? who->query.simplified() : QString();
    m_statement->setFullText(query.isEmpty()                         ? QString()
                             : who->state == QLatin1String("active") ? tr("It runs: %1").arg(query)
                                                                     : tr("Its last statement: %1").arg(query));
    m_statement->setVisible(!query.isEmpty());
}

QString BlockersPanel::statementWords() const { return m_statement->isHidden() ? QString() : m_statement->fullText(); }

void BlockersPanel::ask(bool wholeSession)
{
    const database::Blocker *who = selected();
    if (!who)
        return;
    m_wholeSession = wholeSession;
    m_askedPid = who->pid;
    const QString name = QStringLiteral("%1 (%2, %3)").arg(who->pid).arg(who->user, who->application.isEmpty() ? tr("no name") : who->application);
    m_question->setText(wholeSession ? tr("End session %1? Its connection is closed, and what its transaction did is rolled back.").arg(name)
                                     : tr("Cancel the statement of %1? Its transaction then fails, and is rolled back.").arg(name));
    m_confirm->setText(wholeSession ? tr("E&nd the Session") : tr("Ca&ncel the Statement"));
    updateButtons();
    m_leave->setFocus(Qt::OtherFocusReason);
}

void BlockersPanel::stopAsking() { m_askedPid = 0; }

void BlockersPanel::updateButtons()
{
    const bool asks = m_askedPid != 0;
    const database::Blocker *who = selected();
    m_question->setVisible(asks);
    m_confirm->setVisible(asks);
    m_leave->setVisible(asks);
    m_told->setVisible(!asks);
    m_cancel->setVisible(m_canEnd && !asks);
    m_terminate->setVisible(m_canEnd && !asks);
    const bool runsStatement = who && who->state == QLatin1String("active");
    m_cancel->setEnabled(runsStatement);
    m_cancel->setToolTip(runsStatement ? QString() : tr("It runs no statement; it holds the lock until its transaction ends."));
    m_terminate->setEnabled(who != nullptr);
}

} // namespace stillroom::ui
