// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/newrevisiondialog.h"

#include "base/sentence.h"
#include "ui/banner.h"
#include "ui/chip.h"
#include "ui/project/mergehelp.h"
#include "ui/project/sources.h"
#include "ui/taborder.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QVBoxLayout>

#include <chrono>

namespace stillroom::ui {

namespace {

/// Names between blanks or commas.
QStringList namesIn(const QString &text) { return text.split(QRegularExpression(QStringLiteral("[\\s,]+")), Qt::SkipEmptyParts); }

QString shown(const project::HookCommand &command) { return (QStringList{command.program} + command.arguments).join(QLatin1Char(' ')); }

} // namespace

NewRevisionDialog::NewRevisionDialog(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, ProjectPtr project, const Start &start,
                                     QWidget *parent)
    : QDialog(parent), m_theme(theme), m_project(std::move(project)), m_kind(start.kind), m_id(project::newRevisionId()),
      m_preview(new CodeEditor(theme, std::move(backend), this)), m_problem(new Banner(theme, this))
{
    setWindowTitle(start.isMerge ? tr("Merge heads") : tr("New revision"));
    m_preview->setAccessibleName(tr("The script as it would be written"));
    m_file = new QLabel(this);
    m_file->setProperty("role", QStringLiteral("muted"));
    m_file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->setAccessibleName(tr("Parts of the new revision"));
    tabs->tabBar()->setAccessibleName(tr("Parts of the new revision"));
    tabs->tabBar()->setDrawBase(false);
    auto *script = new QWidget(tabs);
    auto *scriptLayout = new QVBoxLayout(script);
    scriptLayout->setContentsMargins(0, 6, 0, 0);
    scriptLayout->setSpacing(4);
    scriptLayout->addWidget(m_file);
    scriptLayout->addWidget(m_preview, 1);
    QWidget *sql = makeSql();
    if (start.isMerge) {
        m_help = new MergeHelp(theme, m_project, start.heads, m_kind, tabs);
        tabs->addTab(m_help, tr("What they do"));
        connect(m_help, &MergeHelp::chosen, this, &NewRevisionDialog::planAgain);
    }
    tabs->addTab(script, tr("Script"));
    tabs->addTab(sql, tr("Write it as SQL"));
    if (!start.isMerge)
        tabs->setTabToolTip(tabs->indexOf(sql), tr("Statements for upgrade and downgrade, which become op.execute() calls"));
    tabs->setTabVisible(tabs->indexOf(sql), !start.isMerge);

    m_hooks = new QLabel(this);
    m_hooks->setProperty("role", QStringLiteral("muted"));
    m_hooks->setWordWrap(true);
    m_runHooks = new QCheckBox(tr("&Run what the project wants run on a new script"), this);
    m_writeWords = start.isMerge ? tr("Write the merge") : tr("Write the revision");
    m_write = new QPushButton(m_writeWords, this);
    m_write->setProperty("look", QStringLiteral("primary"));
    m_write->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_write);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(8);
    m_fields = makeFields(start);
    layout->addWidget(m_fields);
    layout->addWidget(tabs, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_runHooks);
    layout->addWidget(m_hooks);
    layout->addLayout(buttons);
    resize(760, 640);

    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(120));
    connect(&m_settle, &QTimer::timeout, this, &NewRevisionDialog::planAgain);
    for (QLineEdit *line : {m_message, m_parents, m_label, m_dependsOn, m_idLine})
        connect(line, &QLineEdit::textChanged, this, [this] { m_settle.start(); });
    for (QPlainTextEdit *text : {m_upgradeSql, m_downgradeSql})
        connect(text, &QPlainTextEdit::textChanged, this, [this] { m_settle.start(); });
    connect(m_splice, &QCheckBox::toggled, this, &NewRevisionDialog::planAgain);
    connect(m_folder, &QComboBox::currentIndexChanged, this, &NewRevisionDialog::planAgain);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_write, &QPushButton::clicked, this, &NewRevisionDialog::write);
    planAgain();
    tabAlongTheLayout({this});
    m_message->setFocus();
}

QWidget *NewRevisionDialog::makeFields(const Start &start)
{
    auto *fields = new QWidget(this);
    auto *form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(7);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QStringList names{QStringLiteral("head"), QStringLiteral("heads"), QStringLiteral("base")};
    names += m_project->graph().branchLabels();
    for (const auto &r : m_project->graph().revisions())
        names += r.header.id;
    const auto line = [&](const QString &label, const QString &placeholder, bool completes) {
        auto *edit = new QLineEdit(fields);
        edit->setPlaceholderText(placeholder);
        edit->setAccessibleName(QString(label).remove(QLatin1Char('&')));
        if (completes) {
            edit->setFont(monospaceFont());
            auto *completer = new QCompleter(names, edit);
            completer->setFilterMode(Qt::MatchContains);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            edit->setCompleter(completer);
        }
        form->addRow(label, edit);
        form->labelForField(edit)->setMinimumHeight(edit->sizeHint().height()); // else it stands beside the top of its field
        return edit;
    };
    m_message = line(tr("&Message"), start.isMerge ? tr("merge …") : tr("what it does, in a few words"), false);
    m_parents = line(start.isMerge ? tr("&Heads") : tr("&After"), QStringLiteral("head"), !start.isMerge);
    m_parents->setFont(monospaceFont());
    m_parents->setText(start.heads.join(QLatin1Char(' ')));
    m_splice = new QCheckBox(tr("it need not be a head: &branch off there"), fields);
    form->addRow(QString(), m_splice);
    m_splice->setVisible(!start.isMerge);
    m_label = line(tr("Branch &label"), tr("none"), false);
    m_dependsOn = line(tr("&Depends on"), tr("none; ids, or branch labels"), !start.isMerge);
    m_idLine = line(tr("&Id"), m_id, false);
    m_idLine->setFont(monospaceFont());
    m_folder = new QComboBox(fields);
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->addItem(tr("where its parent is"), QString());
    for (const QString &folder : m_project->versionDirectories())
        m_folder->addItem(shortPath(folder, m_project->root()), folder);
    form->addRow(tr("&Folder"), m_folder);
    const bool isOne = m_project->versionDirectories().size() < 2;
    form->setRowVisible(m_folder, !isOne);
    form->setRowVisible(m_splice, !start.isMerge);
    form->setRowVisible(m_dependsOn, !start.isMerge);
    return fields;
}

QWidget *NewRevisionDialog::makeSql()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    const auto text = [&](const QString &label, const QString &name) {
        auto *edit = new QPlainTextEdit(page);
        edit->setFont(monospaceFont());
        edit->setAccessibleName(name);
        edit->setTabChangesFocus(true);
        auto *title = new QLabel(label, page);
        title->setBuddy(edit);
        layout->addWidget(title);
        layout->addWidget(edit, 1);
        return edit;
    };
    m_upgradeSql = text(tr("SQL of the &upgrade"), tr("SQL of the upgrade"));
    m_downgradeSql = text(tr("SQL of the do&wngrade"), tr("SQL of the downgrade"));
    m_upgradeSql->setPlaceholderText(m_kind == dialect::DialectKind::PostgreSql ? tr("PostgreSQL statements, each ended by a semicolon")
                                                                                : tr("SQLite statements, each ended by a semicolon"));
    return page;
}

project::NewRevision NewRevisionDialog::wanted() const
{
    project::NewRevision wanted;
    wanted.message = m_message->text().trimmed();
    if (const QStringList heads = namesIn(m_parents->text()); !heads.isEmpty())
        wanted.heads = heads;
    wanted.splice = m_splice->isChecked();
    wanted.branchLabel = m_label->text().trimmed();
    wanted.dependsOn = namesIn(m_dependsOn->text());
    wanted.versionPath = m_folder->currentData().toString();
    wanted.id = m_idLine->text().trimmed().isEmpty() ? m_id : m_idLine->text().trimmed();
    wanted.upgradeSql = m_upgradeSql->toPlainText().trimmed();
    wanted.downgradeSql = m_downgradeSql->toPlainText().trimmed();
    wanted.sqlKind = m_kind;
    return wanted;
}

void NewRevisionDialog::planAgain()
{
    m_settle.stop();
    const auto parent = m_help ? m_help->reparenting() : std::nullopt;
    m_fields->setEnabled(!parent);
    m_write->setText(parent ? tr("Change the parent") : m_writeWords);
    m_edit.reset();
    if (parent)
        return planParent(*parent);
    auto planned = project::planRevision(*m_project, wanted(), std::chrono::system_clock::now());
    m_write->setEnabled(planned.has_value());
    if (!planned) {
        m_planned.reset();
        m_problem->showWords(BannerTone::Bad, sentence(planned.error()));
        m_file->clear();
        m_preview->setContent(QString(), Language::PlainText);
    } else {
        m_planned = std::move(*planned);
        if (m_planned->notes.isEmpty())
            m_problem->clear();
        else
            m_problem->showWords(BannerTone::Plain, m_planned->notes.join(QLatin1Char('\n')));
        m_file->setText(shortPath(m_planned->file, m_project->root()));
        m_preview->setContent(m_planned->text, Language::Python);
    }
    showHooks();
}

/// What changing a script's parent would do, as a diff of its file.
void NewRevisionDialog::planParent(const project::Reparenting &wanted)
{
    m_planned.reset();
    auto edit = project::planReparenting(*m_project, wanted);
    m_write->setEnabled(edit.has_value());
    if (!edit) {
        m_problem->showWords(BannerTone::Bad, sentence(edit.error()));
        m_file->clear();
        m_preview->setContent(QString(), Language::PlainText);
    } else {
        m_edit = std::move(*edit);
        m_problem->showWords(BannerTone::Warning, m_edit->notes.join(QLatin1Char('\n')));
        m_file->setText(shortPath(m_edit->file, m_project->root()));
        m_preview->setContent(project::diffOf(*m_edit, m_project->root()), Language::PlainText);
    }
    showHooks();
}

void NewRevisionDialog::writeParent()
{
    const auto kept = project::keep(*m_edit, m_project->root(), project::editsFolder());
    const auto done = kept ? project::write(*m_edit) : kept;
    if (!done) {
        m_problem->showWords(BannerTone::Bad, sentence(done.error()));
        return;
    }
    const project::ScriptEdit edit = *m_edit;
    accept();
    Q_EMIT reparented(edit);
}

void NewRevisionDialog::showHooks()
{
    QStringList lines;
    for (const project::PostWriteHook &hook : m_project->postWriteHooks()) {
        if (m_edit)
            break; // they are for new scripts
        const auto command = project::commandOf(hook, m_planned ? m_planned->file : QString());
        lines += command ? QStringLiteral("%1: %2").arg(hook.name, shown(*command)) : sentence(command.error());
    }
    m_hooks->setText(lines.join(QLatin1Char('\n')));
    m_hooks->setVisible(!lines.isEmpty());
    m_runHooks->setVisible(!lines.isEmpty());
}

QString NewRevisionDialog::problem() const { return m_planned || m_edit ? QString() : m_problem->words(); }

void NewRevisionDialog::write()
{
    planAgain();
    if (m_edit)
        return writeParent();
    if (!m_planned)
        return;
    if (const auto done = project::writeRevision(*m_planned); !done) {
        m_problem->showWords(BannerTone::Bad, sentence(done.error()));
        return;
    }
    std::vector<project::HookCommand> hooks;
    for (const project::PostWriteHook &hook : m_project->postWriteHooks()) {
        if (const auto command = project::commandOf(hook, m_planned->file); command && m_runHooks->isChecked())
            hooks.push_back(*command);
    }
    accept();
    Q_EMIT written(m_planned->id, m_planned->file, hooks);
}

} // namespace stillroom::ui
