// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/alembicdialog.h"

#include "ui/banner.h"
#include "ui/confirmation.h"
#include "ui/taborder.h"
#include "ui/wrappedlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

bool isProgram(const QString &path)
{
    const QFileInfo file(path);
    return file.isAbsolute() && file.isExecutable() && !file.isDir();
}

} // namespace

AlembicDialog::AlembicDialog(const Theme *theme, const Question &question, QWidget *parent)
    : QDialog(parent), m_question(question), m_program(new QLineEdit(this)), m_source(wrappedLabel({}, "muted", this)),
      m_meaning(wrappedLabel({}, "", this)),
      m_remember(new QCheckBox(tr("Re&member this program for the project, in %1").arg(question.keptIn), this)), m_problem(new Banner(theme, this)),
      m_confirmation(new Confirmation(this)), m_go(new QPushButton(this))
{
    setWindowTitle(tr("The project's own Python"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_go->setProperty("look", QStringLiteral("primary"));
    m_go->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch(1);
    foot->addWidget(cancel);
    foot->addWidget(m_go);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addWidget(
        wrappedLabel(tr("The project's own Alembic can take part where Stillroom cannot tell what a script does. That runs env.py and the "
                        "script: code of the project, with all that your account may do on this machine."),
                     "", this));
    layout->addWidget(makeInterpreter());
    layout->addWidget(makeSteps(), 1);
    layout->addWidget(m_meaning);
    layout->addWidget(m_problem);
    layout->addWidget(m_confirmation);
    layout->addSpacing(2);
    layout->addLayout(foot);
    setMinimumWidth(620);
    if (!question.problem.isEmpty())
        m_problem->showWords(BannerTone::Bad, question.problem);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_program, &QLineEdit::textChanged, this, &AlembicDialog::update);
    connect(m_confirmation, &Confirmation::changed, this, &AlembicDialog::update);
    connect(m_go, &QPushButton::clicked, this, [this] {
        const QString path = m_program->text().trimmed();
        const project::ProjectPython python{path, path == m_question.python.program ? m_question.python.source : tr("chosen for this plan")};
        Q_EMIT chosen({.python = python, .writes = revisionsWith(Choice::Writes), .runs = revisionsWith(Choice::Runs)}, m_remember->isChecked());
    });
    update();
    tabAlongTheLayout({this});
    keepWrappedTextsWhole(this);
}

QWidget *AlembicDialog::makeInterpreter()
{
    auto *box = new QWidget(this);
    auto *label = new QLabel(tr("&Interpreter"), box);
    label->setBuddy(m_program);
    m_program->setAccessibleName(tr("Interpreter"));
    m_program->setFont(monospaceFont());
    m_program->setText(m_question.python.program);
    m_program->setPlaceholderText(QStringLiteral("/home/me/shop/.venv/bin/python"));
    auto *browse = new QPushButton(tr("C&hoose…"), box);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto *chooser = new QFileDialog(this, tr("Choose the Python that runs the project's Alembic"), QFileInfo(m_program->text()).path());
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::ExistingFile);
        // A link of a virtual environment is what makes it one; what it points to knows no Alembic.
        chooser->setOption(QFileDialog::DontResolveSymlinks);
        connect(chooser, &QFileDialog::fileSelected, m_program, &QLineEdit::setText);
        chooser->open();
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_program, 1);
    row->addWidget(browse);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_source);
    layout->addWidget(m_remember);
    return box;
}

QWidget *AlembicDialog::makeSteps()
{
    auto *content = new QWidget(this);
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(12, 10, 12, 10);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const Step &step : m_question.steps) {
        auto *name = new ElidedLabel(content);
        name->setFullText(step.message.isEmpty() ? step.revision : QStringLiteral("%1  %2").arg(step.revision, step.message));
        auto *reason = wrappedLabel(step.reason, "muted", content);
        reason->setVisible(!step.reason.isEmpty());
        auto *texts = new QVBoxLayout;
        texts->setSpacing(1);
        texts->addWidget(name);
        texts->addWidget(reason);
        auto *choice = new QComboBox(content);
        choice->setAccessibleName(tr("Revision %1").arg(step.revision));
        choice->addItem(tr("as Stillroom knows it"), int(Choice::Here));
        choice->addItem(tr("Alembic writes its SQL"), int(Choice::Writes));
        if (canRun())
            choice->addItem(tr("Alembic runs it"), int(Choice::Runs));
        choice->setCurrentIndex(std::max(0, choice->findData(int(step.choice))));
        connect(choice, &QComboBox::currentIndexChanged, this, &AlembicDialog::update);
        m_choices.push_back(choice);
        grid->addLayout(texts, row, 0);
        grid->addWidget(choice, row++, 1, Qt::AlignTop);
    }
    grid->setRowStretch(row, 1);
    m_steps = new QScrollArea(this);
    m_steps->setAccessibleName(tr("Steps that are not known here"));
    m_steps->setObjectName(QStringLiteral("cards"));
    m_steps->setWidget(content);
    m_steps->setWidgetResizable(true);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_steps->setMinimumHeight(std::min(220, 20 + 62 * int(m_question.steps.size())));
    return m_steps;
}

QStringList AlembicDialog::revisionsWith(Choice wanted) const
{
    QStringList revisions;
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        if (Choice(m_choices[i]->currentData().toInt()) == wanted)
            revisions += m_question.steps[i].revision;
    }
    return revisions;
}

void AlembicDialog::update()
{
    const bool writes = !revisionsWith(Choice::Writes).isEmpty(), runs = !revisionsWith(Choice::Runs).isEmpty();
    const QString path = m_program->text().trimmed();
    const bool isThere = isProgram(path);
    m_source->setText(path.isEmpty()                      ? tr("No environment of the project was found (.venv, venv, Poetry's). Choose its Python.")
                      : !isThere                          ? tr("There is no such program. Its whole path is needed.")
                      : path == m_question.python.program ? tr("Found: %1").arg(m_question.python.source)
                                                          : tr("For this plan alone, unless it is remembered."));
    m_remember->setVisible(isThere && (path != m_question.python.program || m_question.python.source != m_question.keptIn));
    if (m_remember->isHidden())
        m_remember->setChecked(false);
    QStringList meaning;
    if (writes)
        meaning +=
            tr("Writes its SQL: env.py and the script run in Alembic's offline mode, which connects to no database. The SQL is shown in the plan "
               "and run here, like everything else. It has no rows, so a script that reads the database cannot be written so.");
    if (runs)
        meaning +=
            tr("Runs it: over a connection of its own, to this database. What it sends is known neither before nor afterwards. What stands before "
               "it in the plan is committed first, and a failure later does not undo it; a rehearsal needs a copy.");
    if (!canRun())
        meaning += tr("This connection is read-only, so nothing can be run.");
    m_meaning->setText(meaning.join(QStringLiteral("\n\n")));
    m_meaning->setVisible(!meaning.isEmpty());
    if (runs != m_isConfirming) {
        m_isConfirming = runs;
        m_confirmation->ask(m_question.target.policy, m_question.target.databaseName,
                            tr("Let code of the project change %1 unseen").arg(m_question.target.databaseName));
    }
    m_confirmation->setVisible(runs);
    const bool changes = std::ranges::any_of(m_question.steps, [](const Step &step) { return step.choice != Choice::Here; });
    m_go->setText(writes ? tr("Run It and Show the Plan") : tr("Show the Plan"));
    m_go->setEnabled(writes || runs ? isThere && (!runs || m_confirmation->isGiven()) : changes);
    m_go->setToolTip(m_go->isEnabled()   ? QString()
                     : !(writes || runs) ? tr("Choose a step that Alembic writes or runs.")
                     : !isThere          ? tr("An interpreter is missing.")
                                         : tr("Running unseen code has to be confirmed."));
}

void AlembicDialog::bringUp(const QString &revision)
{
    if (QComboBox *wanted = choice(revision)) {
        m_steps->ensureWidgetVisible(wanted);
        wanted->setFocus(Qt::OtherFocusReason);
    }
}

void AlembicDialog::showProblem(const QString &sentence) { m_problem->showWords(BannerTone::Bad, sentence); }

QString AlembicDialog::problemWords() const { return m_problem->isHidden() ? QString() : m_problem->words(); }

QComboBox *AlembicDialog::choice(const QString &revision) const
{
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        if (m_question.steps[i].revision == revision)
            return m_choices[i];
    }
    return nullptr;
}

} // namespace stillroom::ui
