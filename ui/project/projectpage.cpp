// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectpage.h"

#include "base/sentence.h"
#include "ui/chip.h"
#include "ui/emptystate.h"
#include "ui/project/sources.h"
#include "ui/words.h"

#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace stillroom::ui {

namespace {

QTableView *makeTable(QStandardItemModel *model, const QString &name, QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setModel(model);
    view->setAccessibleName(name);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 10);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setStretchLastSection(true);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return view;
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
    setFocusProxy(m_settingsView);
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
        const QString revision = index.siblingAtColumn(0).data(Qt::UserRole).toString();
        if (!revision.isEmpty())
            Q_EMIT revisionRequested(revision);
    };
    connect(m_remarksView, &QTableView::activated, this, go);
    connect(m_remarksView, &QTableView::doubleClicked, this, go);
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
            value = url ? url->display() : tr("(not an address that can be shown)");
        }
        add(name, value, sourceName(setting.source, setting.file, setting.line, project.root()), !setting.problem.isEmpty());
    }
    add(tr("script folder"), shortPath(project.scriptDirectory(), project.root()), QString(), false);
    for (const QString &folder : project.versionDirectories())
        add(tr("version folder"), shortPath(folder, project.root()), QString(), false);
    m_settingsView->setColumnWidth(0, 230);
    m_settingsView->setColumnWidth(1, 420);
}

void ProjectPage::addRemark(const QString &icon, IconTone tone, const QString &text, const QString &place, const QString &revision)
{
    auto *first = new QStandardItem(m_theme->icon(icon, tone), text);
    first->setData(revision, Qt::UserRole);
    first->setToolTip(revision.isEmpty() ? text : tr("%1\nDouble-click to go to the revision.").arg(text));
    auto *second = new QStandardItem(place);
    second->setForeground(m_theme->tokens().muted);
    m_remarks->appendRow({first, second});
}

void ProjectPage::showRemarks(const project::Project &project)
{
    m_remarks->clear();
    m_remarks->setHorizontalHeaderLabels({tr("Remark"), tr("Place")});
    for (const revision::Defect &defect : project.graph().defects()) {
        const QString file = defect.files.value(0);
        QString place = shortPath(file, project.root());
        if (defect.line > 0)
            place = tr("%1, line %2").arg(place).arg(defect.line);
        addRemark(QStringLiteral("error"), IconTone::Bad, defectWords(defect), place, defect.revisions.value(0, defect.subject));
    }
    for (const auto &r : project.graph().revisions()) {
        if (r.header.problem)
            addRemark(QStringLiteral("warning"), IconTone::Warning, sentence(*r.header.problem), shortPath(r.header.file, project.root()),
                      r.header.id);
    }
    for (const QString &note : project.notes())
        addRemark(QStringLiteral("information"), IconTone::Muted, note, QString(), QString());
    m_remarksTitle->setText(m_remarks->rowCount() == 0 ? tr("NOTHING TO REMARK") : tr("REMARKS (%1)").arg(m_remarks->rowCount()));
    m_remarksView->setColumnWidth(0, 640);
}

} // namespace stillroom::ui
