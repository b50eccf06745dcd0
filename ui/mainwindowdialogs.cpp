// SPDX-License-Identifier: GPL-3.0-or-later
// What the window asks and writes: dialogs, plans, files (mainwindow.h).
#include "ui/mainwindow.h"

#include "base/sentence.h"
#include "project/answers.h"
#include "project/projectpython.h"
#include "ui/banner.h"
#include "ui/editor/revisionpane.h"
#include "ui/graph/graphpicture.h"
#include "ui/preferencesdialog.h"
#include "ui/project/hookrun.h"
#include "ui/project/newrevisiondialog.h"
#include "ui/project/projectwatch.h"
#include "ui/project/sources.h"
#include "ui/project/valuedialog.h"
#include "ui/run/alembicdialog.h"
#include "ui/run/runpage.h"
#include "ui/run/targetdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSettings>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

using Kind = revision::Plan::Kind;

void MainWindow::chooseProject(bool isFile)
{
    auto *chooser = new QFileDialog(this, isFile ? tr("Open alembic.ini or pyproject.toml") : tr("Open the folder of an Alembic project"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(isFile ? QFileDialog::ExistingFile : QFileDialog::Directory);
    if (isFile)
        chooser->setNameFilters({tr("Alembic configuration (*.ini *.toml)"), tr("All files (*)")});
    connect(chooser, &QFileDialog::fileSelected, this, &MainWindow::openProject);
    chooser->open();
}

void MainWindow::plan(Kind kind, const QStringList &targets, bool purge) { plan({.kind = kind, .targets = targets, .purge = purge}); }

void MainWindow::plan(const migration::PlanRequest &request)
{
    if (m_bench->isRunning())
        return;
    const QString target = request.targets.join(QLatin1Char(' '));
    if (!m_bench->target()) {
        migration::PlanRequest offline = request;
        offline.from = offlineStart(request.kind, target);
        return planOffline(offline);
    }
    m_run->showPreparing(request.resets                    ? tr("Reset: down to base and up to %1").arg(target)
                         : request.kind == Kind::Upgrade   ? tr("Upgrade to %1").arg(target)
                         : request.kind == Kind::Downgrade ? tr("Downgrade to %1").arg(target)
                                                           : tr("Stamp %1").arg(target));
    showPage(Page::Run);
    m_planned = request;
    m_leave = {};
    m_bench->preparePlan(request);
}

/// The person has read what that means, and has said yes.
void MainWindow::planWithPython(const migration::AlembicLeave &leave)
{
    if (m_bench->isRunning() || !m_bench->target())
        return;
    m_leave = leave;
    if (leave.writes.isEmpty() && leave.runs.isEmpty()) {
        m_run->showPreparing(tr("Everything is evaluated here again"));
        return m_bench->preparePlan(m_planned);
    }
    m_run->showPreparing(leave.writes.isEmpty() ? tr("The plan with steps of the project's own Alembic")
                                                : tr("The project's own Alembic writes its part of the plan"));
    m_bench->preparePlanWithPython(m_planned, leave);
}

void MainWindow::askPython(const QString &revision)
{
    const auto &target = m_bench->target();
    if (!target || !m_bench->project() || m_run->phase() != RunPage::Phase::Planned)
        return;
    const QString root = m_bench->project()->root();
    const auto found = project::findPython(root); // looking for it runs nothing
    AlembicDialog::Question question{.target = *target,
                                     .steps = {},
                                     .python = found ? found->value_or(project::ProjectPython{}) : project::ProjectPython{},
                                     .problem = found ? QString() : sentence(found.error()),
                                     .keptIn = QFileInfo(project::answersFile(root)).fileName()};
    if (!m_leave.python.program.isEmpty())
        question.python = m_leave.python;
    const auto &steps = m_run->steps()->steps();
    for (const StepsModel::StepRow &step : steps) {
        const QString id = step.step.revision;
        if ((step.status == migration::BodySql::Status::Complete && step.takenFrom.isEmpty()) ||
            std::ranges::find(question.steps, id, &AlembicDialog::Step::revision) != question.steps.end())
            continue;
        question.steps.push_back({.revision = id,
                                  .message = step.message,
                                  .reason = step.takenFrom.isEmpty() ? step.reason : QString(),
                                  .choice = step.runsThere              ? AlembicDialog::Choice::Runs
                                            : !step.takenFrom.isEmpty() ? AlembicDialog::Choice::Writes
                                                                        : AlembicDialog::Choice::Here});
    }
    auto *dialog = new AlembicDialog(m_theme, question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->bringUp(revision);
    connect(dialog, &AlembicDialog::chosen, this, [this, dialog, root](const migration::AlembicLeave &leave, bool remembers) {
        if (remembers) {
            m_watch->leaveOut(QFileInfo(project::answersFile(root)).fileName()); // else the plan would be withdrawn for it
            if (auto kept = project::givePython(root, leave.python.program); !kept)
                return dialog->showProblem(sentence(kept.error()));
        }
        dialog->accept();
        planWithPython(leave);
    });
    dialog->open();
}

void MainWindow::openPreferences()
{
    auto *dialog = new PreferencesDialog(m_theme, m_preferences, migration::journalFolder(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (dialog->theme() != m_theme->choice())
            setTheme(dialog->theme());
        setPreferences(dialog->preferences());
    });
    dialog->open();
}

/// Where a database is said to be when nobody says it: empty before an upgrade, at the head that is above the target before a
/// downgrade.
QString MainWindow::offlineStart(Kind kind, const QString &target) const
{
    const auto &graph = m_bench->graph();
    if (kind != Kind::Downgrade || !graph)
        return QStringLiteral("base");
    const QStringList heads = graph->heads();
    const auto wanted = graph->find(target);
    for (const QString &head : heads) {
        const revision::Index from[] = {graph->find(head).value_or(0)};
        if (heads.size() > 1 && wanted && revision::ancestors(*graph, from, revision::Edges::Versioned)[*wanted])
            return head;
    }
    return heads.size() == 1 ? QStringLiteral("head") : heads.value(0);
}

void MainWindow::planOffline(const migration::PlanRequest &request)
{
    m_offlineRequest = request;
    m_run->showPreparingOffline(request, m_bench->graph().get());
    showPage(Page::Run);
    m_bench->prepareOfflinePlan(request);
}

bool MainWindow::saveSqlTo(const QString &path)
{
    const auto sql = migration::offlineSql(*m_bench->project(), m_run->preview());
    if (!sql) {
        m_run->tell(BannerTone::Bad, tr("Nothing was saved, since the file would not hold all of the plan. %1").arg(sentence(sql.error())));
        return false;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(sql->toUtf8()) < 0 || !file.commit()) {
        m_run->tell(BannerTone::Bad, tr("Nothing was saved: %1: %2").arg(path, file.errorString()));
        return false;
    }
    m_run->tell(BannerTone::Good, tr("The SQL is in %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

void MainWindow::saveSql()
{
    auto *chooser = new QFileDialog(this, tr("Save the SQL of the plan"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("sql"));
    chooser->setNameFilters({tr("SQL (*.sql)"), tr("All files (*)")});
    const revision::Plan &plan = m_run->plan();
    const QString end = plan.endRows.isEmpty() ? QStringLiteral("base") : plan.endRows.join(QLatin1Char('_'));
    chooser->selectFile((plan.kind == Kind::Downgrade ? QStringLiteral("downgrade-%1.sql") : QStringLiteral("upgrade-%1.sql")).arg(end));
    connect(chooser, &QFileDialog::fileSelected, this, &MainWindow::saveSqlTo);
    chooser->open();
}

/// As Alembic's offline mode prints it where all of it is known; else what is shown, which says where it stops.
void MainWindow::copyPlanSql()
{
    const auto sql = m_bench->project() ? migration::offlineSql(*m_bench->project(), m_run->preview()) : Result<QString>(m_run->sqlToCopy());
    QApplication::clipboard()->setText(sql ? *sql : m_run->sqlToCopy());
    if (!sql)
        m_run->tell(BannerTone::Warning, tr("What was copied is not all of the plan. %1").arg(sentence(sql.error())));
}

/// What the list says of the selected revision, with tabs between.
QString MainWindow::rowText() const
{
    const int row = m_history->currentIndex().row();
    QStringList cells;
    for (int column = HistoryModel::RevisionColumn; row >= 0 && column < HistoryModel::ColumnCount; ++column)
        cells += m_model->index(row, column).data().toString();
    return cells.join(QLatin1Char('\t'));
}

bool MainWindow::exportGraphTo(const QString &path)
{
    const auto saved = GraphPicture(m_theme, m_model).save(path);
    if (!saved) {
        showMessage(sentence(saved.error()));
        return false;
    }
    m_message->setLink(QString());
    m_message->showWords(BannerTone::Good, tr("The picture is in %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

void MainWindow::exportGraph()
{
    auto *chooser = new QFileDialog(this, tr("Export the graph"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("svg"));
    chooser->setNameFilters({tr("SVG (*.svg)"), tr("PNG (*.png)")});
    connect(chooser, &QFileDialog::filterSelected, chooser, [chooser](const QString &filter) {
        chooser->setDefaultSuffix(filter.contains(QLatin1String("png")) ? QStringLiteral("png") : QStringLiteral("svg"));
    });
    chooser->selectFile(QStringLiteral("revisions.svg"));
    connect(chooser, &QFileDialog::fileSelected, this, &MainWindow::exportGraphTo);
    chooser->open();
}

void MainWindow::askValue(const QString &name, const QString &reason)
{
    const auto project = m_bench->project();
    if (!project || name.isEmpty())
        return;
    const auto answers = project::readAnswers(project->root());
    auto *dialog = new ValueDialog({.name = name,
                                    .reason = reason,
                                    .given = answers ? answers->values.value(name) : QString(),
                                    .file = shortPath(project::answersFile(project->root()), project->root()),
                                    .waiting = m_model->waitingFor(name)},
                                   this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ValueDialog::given, this, [this, dialog, project, name](const QString &expression) {
        if (const auto kept = project::giveValues(project->root(), {{name, expression}}); !kept)
            return dialog->showProblem(sentence(kept.error()));
        dialog->accept();
        readProjectAgain();
    });
    dialog->open();
}

void MainWindow::askSetting(const QString &name, const QString &reason)
{
    const auto project = m_bench->project();
    if (!project)
        return;
    const auto answers = project::readAnswers(project->root());
    auto *dialog = new ValueDialog({.name = name,
                                    .reason = reason,
                                    .given = answers ? answers->settings.value(name) : QString(),
                                    .file = shortPath(project::answersFile(project->root()), project->root()),
                                    .waiting = {},
                                    .isSetting = true},
                                   this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ValueDialog::given, this, [this, dialog, project, name](const QString &text) {
        if (const auto kept = project::giveSetting(project->root(), name, text.isEmpty() ? std::nullopt : std::optional(text)); !kept)
            return dialog->showProblem(sentence(kept.error()));
        dialog->accept();
        readProjectAgain();
    });
    dialog->open();
}

void MainWindow::askTarget(const QString &title, const QString &words, const QString &button, const QString &initial, bool offersPurge,
                           const std::function<void(const QString &, bool)> &chosen)
{
    QStringList completions{QStringLiteral("head"), QStringLiteral("heads"), QStringLiteral("base")};
    if (m_bench->graph()) {
        for (const auto &r : m_bench->graph()->revisions())
            completions += r.header.message.isEmpty() ? r.header.id : QStringLiteral("%1  %2").arg(r.header.id, r.header.message);
    }
    auto *dialog = new TargetDialog(title, words, button, completions, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (offersPurge)
        dialog->offerPurge();
    dialog->setTarget(initial);
    connect(dialog, &TargetDialog::targetChosen, this, [dialog, chosen](const QString &target) { chosen(target, dialog->isPurge()); });
    dialog->open();
}

void MainWindow::newRevision()
{
    const int row = m_history->currentIndex().row();
    const auto index = row < 0 ? std::nullopt : m_model->revisionAt(row);
    const bool isBelow = index && !m_model->isHeadAt(row) && m_model->stateAt(row) != RowState::Missing;
    const QStringList heads = m_bench->graph()->heads();
    // After the only head; with several, or asked from a head's row, after the selected one.
    const bool ofSelected = index && !isBelow && heads.size() > 1;
    openNewRevision({.heads = {ofSelected ? m_model->idAt(row) : QStringLiteral("head")}, .isMerge = false, .kind = m_bench->previewDialect()});
}

void MainWindow::mergeHeads(const QStringList &heads) { openNewRevision({.heads = heads, .isMerge = true, .kind = m_bench->previewDialect()}); }

void MainWindow::openNewRevision(const NewRevisionDialog::Start &start)
{
    if (!m_bench->project())
        return;
    auto *dialog = new NewRevisionDialog(m_theme, m_backend, m_bench->project(), start, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewRevisionDialog::reparented, this, [this](const project::ScriptEdit &edit) {
        m_writtenRevision = edit.revision;
        m_message->showWords(BannerTone::Good, tr("%1 follows %2 now. File > Undo the Change of a Parent takes it back.")
                                                   .arg(edit.revision, edit.newParents.join(QStringLiteral(", "))));
        m_message->setLink(QString());
        readProjectAgain();
    });
    connect(dialog, &NewRevisionDialog::written, this,
            [this](const QString &id, const QString &file, const std::vector<project::HookCommand> &hooks) {
                m_message->setLink(QString());
                m_message->showWords(BannerTone::Good, tr("Written: %1").arg(QDir::toNativeSeparators(file)));
                m_writtenRevision = id;
                if (hooks.empty())
                    return readProjectAgain();
                auto *run = new HookRun(hooks, this);
                connect(run, &HookRun::ended, this, [this, file](bool succeeded, const QString &words) {
                    const QString told = tr("Written: %1").arg(QDir::toNativeSeparators(file));
                    m_message->showWords(succeeded ? BannerTone::Good : BannerTone::Bad, words.isEmpty() ? told : told + QLatin1Char('\n') + words);
                    readProjectAgain();
                });
                run->start();
            });
    dialog->open();
}

void MainWindow::undoReparenting()
{
    const auto project = m_bench->project();
    const auto edit = project ? project::lastKept(project->root(), project::editsFolder()) : std::nullopt;
    if (!edit)
        return showMessage(sentence(Error{.code = ErrorCode::NothingToUndo}));
    project::ScriptEdit back = *edit;
    std::swap(back.before, back.after);
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Undo the change of a parent"),
        tr("Let %1 follow %2 again?").arg(edit->revision, edit->oldParents.isEmpty() ? tr("nothing") : edit->oldParents.join(QStringLiteral(", "))),
        QMessageBox::Cancel, this);
    question->setInformativeText(project::diffOf(back, project->root()));
    question->setAttribute(Qt::WA_DeleteOnClose);
    auto *yes = question->addButton(tr("Take it back"), QMessageBox::AcceptRole);
    connect(yes, &QAbstractButton::clicked, this, [this, edit = *edit, root = project->root()] {
        if (const auto done = project::undo(edit); !done)
            return showMessage(sentence(done.error()));
        (void)project::forgetLast(root, project::editsFolder());
        m_writtenRevision = edit.revision;
        m_message->showWords(BannerTone::Good, tr("%1 is as it was.").arg(QDir::toNativeSeparators(edit.file)));
        m_message->setLink(QString());
        readProjectAgain();
    });
    question->open();
}

void MainWindow::openScript()
{
    const int row = m_history->currentIndex().row();
    const auto index = row < 0 ? std::nullopt : m_model->revisionAt(row);
    const QString file = index ? m_bench->graph()->revisions()[*index].header.file : QString();
    if (!file.isEmpty() && !QDesktopServices::openUrl(QUrl::fromLocalFile(file)))
        showMessage(tr("Your desktop has no program for %1.").arg(QDir::toNativeSeparators(file)));
}

void MainWindow::showShortcuts()
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard shortcuts"));
    auto *content = new QWidget(dialog);
    content->setObjectName(QStringLiteral("scrolled"));
    auto *grid = new QGridLayout(content);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(5);
    grid->setContentsMargins(18, 14, 18, 14);
    int row = 0;
    QString section;
    const auto addLine = [&](const QString &name, const QString &shortcut) {
        grid->addWidget(new QLabel(name, content), row, 0);
        auto *key = new QLabel(shortcut, content);
        key->setProperty("role", QStringLiteral("mono"));
        grid->addWidget(key, row++, 1);
    };
    const auto addSection = [&](const QString &name) {
        auto *label = new QLabel(name.toUpper(), content);
        label->setProperty("role", QStringLiteral("section"));
        label->setContentsMargins(0, row > 0 ? 8 : 0, 0, 0);
        grid->addWidget(label, row++, 0, 1, 2);
    };
    for (const ActionRegistry::Entry &entry : m_actions->entries()) {
        if (entry.action->shortcut().isEmpty())
            continue;
        if (entry.spec.section != section) {
            section = entry.spec.section;
            addSection(section);
        }
        addLine(entry.action->text().remove(QLatin1Char('&')), QKeySequence::listToString(entry.action->shortcuts(), QKeySequence::NativeText));
    }
    addSection(tr("In the list of revisions"));
    addLine(tr("Next and previous"), tr("Down, J; Up, K"));
    addLine(tr("Parent and child"), tr("Left; Right"));
    addLine(tr("Newest and oldest"), tr("Home; End"));
    auto *scroll = new QScrollArea(dialog);
    scroll->setAccessibleName(tr("Keyboard shortcuts"));
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    dialog->resize(std::max(500, content->sizeHint().width() + 30), 560);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Stillroom"));
    // Qt makes such a box as narrow as its words can be broken.
    box->setStyleSheet(QStringLiteral("QLabel#qt_msgbox_informativelabel { min-width: 340px; }"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("<b>Stillroom %1</b>").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("Database migrations on the desktop: Alembic projects without Python.\nHighlighting by %1, Qt %2.\nLicensed under the "
                               "GNU General Public License, version 3 or later.")
                                .arg(m_backend->name(), QString::fromLatin1(qVersion())));
    box->open();
}

} // namespace stillroom::ui
