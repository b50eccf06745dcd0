// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectpage.h"

#include "project/answers.h"
#include "ui/chip.h"
#include "ui/emptystate.h"
#include "ui/project/sources.h"
#include "ui/taborder.h"
#include "ui/words.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace stillroom::ui {

namespace {

constexpr int kNameRole = Qt::UserRole + 1; ///< an unknown name, whose value can be given
constexpr int kReasonRole = Qt::UserRole + 2;
constexpr int kSettingRole = Qt::UserRole + 3; ///< a setting that can be said

/// A file's place: its folder and its line are what tells, so a long name is cut between them.
class PlaceCell : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
        option->features &= ~QStyleOptionViewItem::WrapText;
    }
};

QTableView *makeTable(QStandardItemModel *model, const QString &name, QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setModel(model);
    view->setAccessibleName(name);
    view->setTextElideMode(Qt::ElideRight);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 10);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *copy = new QAction(ProjectPage::tr("&Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(copy, &QAction::triggered, view, [view] {
        QStringList lines;
        const QModelIndexList rows = view->selectionModel()->selectedRows();
        for (const QModelIndex &row : rows) {
            QStringList cells;
            for (int column = 0; column < row.model()->columnCount(); ++column)
                cells += row.siblingAtColumn(column).data().toString();
            lines += cells.join(QLatin1Char('\t'));
        }
        if (!lines.isEmpty())
            QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    });
    return view;
}

/// The named column takes what the others leave; these are as wide as their texts, within reason.
void fitColumns(QTableView *view, int stretched)
{
    const int atMost = std::max(260, view->window()->width() / 3);
    for (int column = 0; column < view->model()->columnCount(); ++column) {
        view->horizontalHeader()->setSectionResizeMode(column, column == stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (column != stretched) {
            view->resizeColumnToContents(column);
            view->setColumnWidth(column, std::clamp(view->columnWidth(column) + 14, 90, atMost));
        }
    }
}

QWidget *titled(QLabel *title, QWidget *content, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QFrame(box);
    bar->setProperty("role", QStringLiteral("bar"));
    title->setParent(bar);
    title->setProperty("role", QStringLiteral("section"));
    auto *barLayout = new QVBoxLayout(bar);
    barLayout->setContentsMargins(14, 6, 14, 6);
    barLayout->addWidget(title);
    layout->addWidget(bar);
    layout->addWidget(content, 1);
    return box;
}

} // namespace

ProjectPage::ProjectPage(const Theme *theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(theme, QStringLiteral("project"), tr("No project open"),
                             tr("Open the folder of an Alembic project, its alembic.ini or its pyproject.toml. Opening runs nothing."), this)),
      m_name(new QLabel(this)), m_folder(new ElidedLabel(this, Qt::ElideMiddle)), m_counts(new QLabel(this)), m_remarksTitle(new QLabel(this)),
      m_settings(new QStandardItemModel(this)), m_remarks(new QStandardItemModel(this))
{
    m_name->setProperty("role", QStringLiteral("title"));
    m_folder->setProperty("role", QStringLiteral("muted"));
    m_counts->setProperty("role", QStringLiteral("muted"));
    m_settingsView = makeTable(m_settings, tr("Settings"), this);
    m_remarksView = makeTable(m_remarks, tr("Remarks and defects"), this);
    m_remarksView->setItemDelegateForColumn(1, new PlaceCell(m_remarksView));

    auto *page = new QWidget(this);
    auto *head = new QFrame(page);
    head->setProperty("role", QStringLiteral("bar"));
    auto *headLayout = new QVBoxLayout(head);
    headLayout->setContentsMargins(14, 9, 14, 9);
    headLayout->setSpacing(2);
    headLayout->addWidget(m_name);
    headLayout->addWidget(m_folder);
    headLayout->addWidget(m_counts);
    auto *splitter = new QSplitter(Qt::Vertical, page);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(titled(new QLabel(tr("SETTINGS"), this), m_settingsView, splitter));
    splitter->addWidget(titled(m_remarksTitle, m_remarksView, splitter));
    splitter->setSizes({400, 240});
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(splitter, 1);
    passFocusOn(this, m_settingsView);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    connect(theme, &Theme::changed, this, [this] {
        for (QStandardItemModel *model : {m_settings, m_remarks}) {
            for (int row = 0; row < model->rowCount(); ++row)
                model->item(row, model->columnCount() - 1)->setForeground(m_theme->tokens().muted);
        }
    });
    const auto go = [this](const QModelIndex &index) {
        const QModelIndex first = index.siblingAtColumn(0);
        if (const QString name = first.data(kNameRole).toString(); !name.isEmpty()) {
            Q_EMIT valueRequested(name, first.data(kReasonRole).toString());
            return;
        }
        if (const QString setting = first.data(kSettingRole).toString(); !setting.isEmpty()) {
            Q_EMIT settingRequested(setting, first.data(kReasonRole).toString());
            return;
        }
        const QString revision = first.data(Qt::UserRole).toString();
        if (!revision.isEmpty())
            Q_EMIT revisionRequested(revision);
    };
    connect(m_remarksView, &QTableView::activated, this, go);
    connect(m_settingsView, &QTableView::activated, this, go);
}

void ProjectPage::clear() { m_stack->setCurrentIndex(0); }

void ProjectPage::showProject(const project::Project &project)
{
    m_name->setText(QFileInfo(project.root()).fileName());
    m_folder->setFullText(QDir::toNativeSeparators(project.configurationFile()));
    const auto &graph = project.graph();
    m_counts->setText(counted(int(graph.revisions().size()), tr("%1 revision"), tr("%1 revisions")) + QStringLiteral("   ·   ") +
                      counted(int(graph.heads().size()), tr("%1 head"), tr("%1 heads")) + QStringLiteral("   ·   ") +
                      counted(int(graph.bases().size()), tr("%1 base"), tr("%1 bases")));
    showSettings(project);
    showRemarks(project);
    m_stack->setCurrentIndex(1);
}

void ProjectPage::showSettings(const project::Project &project)
{
    m_settings->clear();
    m_settings->setHorizontalHeaderLabels({tr("Setting"), tr("Value"), tr("From")});
    const auto add = [this](const QString &name, const QString &value, const QString &from, bool isProblem) {
        QList<QStandardItem *> row{new QStandardItem(name), new QStandardItem(value), new QStandardItem(from)};
        row[1]->setToolTip(value);
        row[1]->setFont(monospaceFont());
        row[2]->setForeground(m_theme->tokens().muted);
        if (isProblem)
            row[1]->setIcon(m_theme->icon(QStringLiteral("warning"), IconTone::Warning));
        m_settings->appendRow(row);
    };
    QStringList names = project.settings().keys();
    names.sort();
    for (const QString &name : names) {
        const project::Setting setting = project.settings().value(name);
        QString value = setting.problem.isEmpty() ? setting.value : setting.problem;
        if (name.contains(QLatin1String("url"), Qt::CaseInsensitive) && setting.problem.isEmpty()) {
            // An address may hold a password.
            const auto url = project::DatabaseUrl::parse(setting.value, project.root());
            value = setting.value.isEmpty() ? QString() : url ? url->display() : tr("(not an address that can be shown)");
        }
        add(name, value, sourceName(setting.source, setting.file, setting.line, project.root()), !setting.problem.isEmpty());
        // Of context.configure(): what could not be known, or what was said.
        if (setting.source == project::Setting::Source::User || (setting.source == project::Setting::Source::EnvPy && !setting.problem.isEmpty())) {
            QStandardItem *first = m_settings->item(m_settings->rowCount() - 1, 0);
            first->setData(name, kSettingRole);
            first->setData(setting.problem, kReasonRole);
            first->setToolTip(tr("Double-click to say it."));
        }
    }
    const QHash<QString, QString> given = project.environment(QStringLiteral("postgresql")).givenValues;
    QStringList unknown = given.keys();
    unknown.sort();
    for (const QString &name : unknown) {
        add(tr("value of %1").arg(name), given.value(name), shortPath(project::answersFile(project.root()), project.root()), false);
        m_settings->item(m_settings->rowCount() - 1, 0)->setData(name, kNameRole);
        m_settings->item(m_settings->rowCount() - 1, 0)->setToolTip(tr("Double-click to change it."));
    }
    add(tr("script folder"), shortPath(project.scriptDirectory(), project.root()), QString(), false);
    for (const QString &folder : project.versionDirectories())
        add(tr("version folder"), shortPath(folder, project.root()), QString(), false);
    fitColumns(m_settingsView, 1);
}

void ProjectPage::addRemark(const QString &icon, IconTone tone, const QString &text, const QString &place, const QString &revision, int row)
{
    auto *first = new QStandardItem(m_theme->icon(icon, tone), shortened(text));
    first->setData(revision, Qt::UserRole);
    first->setToolTip(revision.isEmpty() ? text : tr("%1\nDouble-click to go to the revision.").arg(text));
    auto *second = new QStandardItem(place);
    second->setForeground(m_theme->tokens().muted);
    second->setToolTip(place);
    m_remarks->insertRow(row < 0 ? m_remarks->rowCount() : row, {first, second});
}

void ProjectPage::showRemarks(const project::Project &project)
{
    m_remarks->clear();
    m_remarks->setHorizontalHeaderLabels({tr("Remark"), tr("Place")});
    for (const QString &note : project.notes())
        addRemark(QStringLiteral("information"), IconTone::Muted, note, QString(), QString());
    showRemarkCount();
    showUnknownNames(std::exchange(m_unknownNames, {}));
}

void ProjectPage::showUnknownNames(const std::vector<HistoryModel::UnknownName> &names)
{
    for (std::size_t i = 0; i < m_unknownNames.size(); ++i)
        m_remarks->removeRow(0);
    m_unknownNames = names;
    int row = 0;
    for (const HistoryModel::UnknownName &unknown : names) {
        const QString waiting = counted(unknown.waiting, tr("%1 revision waits for it"), tr("%1 revisions wait for it"));
        addRemark(QStringLiteral("error"), IconTone::Bad, tr("%1 is not known; %2. Double-click to give a value.").arg(unknown.name, waiting),
                  QString(), QString(), row);
        m_remarks->item(row, 0)->setData(unknown.name, kNameRole);
        m_remarks->item(row, 0)->setData(unknown.reason, kReasonRole);
        m_remarks->item(row, 0)->setToolTip(unknown.reason);
        ++row;
    }
    showRemarkCount();
}

void ProjectPage::showFindings(const std::vector<project::Finding> &findings, const project::Project &project)
{
    showRemarks(project);
    const int names = int(m_unknownNames.size());
    using Severity = project::Finding::Severity;
    int row = names;
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Information}) {
        for (const project::Finding &finding : findings) {
            if (finding.severity != severity)
                continue;
            QString place = shortPath(finding.file, project.root());
            if (finding.line > 0)
                place = tr("%1, line %2").arg(place).arg(finding.line);
            const bool isError = severity == Severity::Error;
            const bool isRemark = severity == Severity::Information;
            const QString who = !finding.revisions.isEmpty() && !finding.text.contains(finding.revisions.first())
                                    ? finding.revisions.first() + QStringLiteral(": ")
                                    : QString();
            addRemark(isError    ? QStringLiteral("error")
                      : isRemark ? QStringLiteral("information")
                                 : QStringLiteral("warning"),
                      isError    ? IconTone::Bad
                      : isRemark ? IconTone::Muted
                                 : IconTone::Warning,
                      who + finding.text + (finding.whereabouts.isEmpty() ? QString() : QLatin1Char(' ') + finding.whereabouts), place,
                      finding.revisions.value(0), row++);
        }
    }
    showRemarkCount();
}

void ProjectPage::showRemarkCount()
{
    m_remarksTitle->setText(m_remarks->rowCount() == 0 ? tr("NOTHING TO REMARK") : tr("REMARKS (%1)").arg(m_remarks->rowCount()));
    fitColumns(m_remarksView, 0);
    // A remark is read to its end; of very many nobody does, and each row's height is dear.
    constexpr int kWrapped = 300;
    const bool wraps = m_remarks->rowCount() <= kWrapped;
    m_remarksView->setWordWrap(wraps);
    m_remarksView->verticalHeader()->setSectionResizeMode(wraps ? QHeaderView::ResizeToContents : QHeaderView::Fixed);
    m_remarksView->horizontalHeader()->setVisible(m_remarks->rowCount() > 0);
}

} // namespace stillroom::ui
