// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/revisionpane.h"

#include "base/sentence.h"
#include "ui/chip.h"
#include "ui/editor/bodystatus.h"
#include "ui/editor/findbar.h"
#include "ui/emptystate.h"
#include "ui/words.h"
#include "ui/taborder.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace stillroom::ui {

using migration::BodySql;

namespace {

ChipTone toneOf(RowState state)
{
    switch (state) {
    case RowState::NotConnected:
    case RowState::Applied:
        return ChipTone::Neutral;
    case RowState::Pending:
        return ChipTone::Warning;
    case RowState::Current:
        return ChipTone::Accent;
    case RowState::Missing:
    case RowState::Problem:
    case RowState::UnknownToProject:
        return ChipTone::Bad;
    }
    return ChipTone::Neutral;
}

} // namespace

RevisionPane::RevisionPane(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_stack(new QStackedWidget(this)),
      m_empty(
          new EmptyState(theme, QStringLiteral("history"), tr("No revision selected"), tr("Select a revision to see its SQL and its script."), this))
{
    auto *page = new QWidget(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(0);
    pageLayout->addWidget(makeHeading());
    pageLayout->addWidget(makeEditors(std::move(backend)), 1);
    m_find = new FindBar(theme, this);
    pageLayout->addWidget(m_find);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget *RevisionPane::makeHeading()
{
    auto *heading = new QFrame(this);
    heading->setProperty("role", QStringLiteral("bar"));
    m_idLabel = new QLabel(heading);
    m_idLabel->setProperty("role", QStringLiteral("mono"));
    m_idLabel->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title = new ElidedLabel(heading);
    m_title->setProperty("role", QStringLiteral("title"));
    m_facts = new ElidedLabel(heading);
    m_facts->setProperty("role", QStringLiteral("muted"));
    m_stateChip = new Chip(m_theme, heading);
    m_parentsRow = new QWidget(heading);
    m_parents = new QHBoxLayout(m_parentsRow);
    m_parents->setContentsMargins(0, 0, 0, 0);
    m_parents->setSpacing(2);

    m_dialects = new QComboBox(heading);
    m_dialects->setAccessibleName(tr("Dialect of the preview"));
    m_dialects->setToolTip(tr("Dialect of the preview. With a connected database it is that database's."));
    m_dialects->addItem(tr("PostgreSQL"), int(dialect::DialectKind::PostgreSql));
    m_dialects->addItem(tr("SQLite"), int(dialect::DialectKind::Sqlite));

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title, 1);
    first->addWidget(m_stateChip);
    auto *second = new QHBoxLayout;
    second->setSpacing(10);
    second->addWidget(m_idLabel);
    second->addWidget(m_parentsRow);
    second->addWidget(m_facts, 1);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addLayout(first);
    lines->addLayout(second);
    auto *layout = new QHBoxLayout(heading);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(12);
    layout->addLayout(lines, 1);
    layout->addWidget(m_dialects, 0, Qt::AlignVCenter);
    return heading;
}

QHBoxLayout *RevisionPane::makeSegments(QButtonGroup *group, const QStringList &texts, QWidget *parent)
{
    auto *segments = new QHBoxLayout;
    segments->setSpacing(0);
    for (int i = 0; i < texts.size(); ++i) {
        auto *button = new QToolButton(parent);
        button->setText(texts[i]);
        button->setIconSize(QSize(14, 14));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setCheckable(true);
        button->setChecked(i == 0);
        button->setProperty("look", QStringLiteral("segment"));
        button->setProperty("end", i == 0 ? QStringLiteral("left") : QStringLiteral("right"));
        group->addButton(button, i);
        segments->addWidget(button);
    }
    return segments;
}

QWidget *RevisionPane::makeEditors(std::shared_ptr<HighlightingBackend> backend)
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_sql = new CodeEditor(m_theme, backend, m_splitter);
    m_sql->setAccessibleName(tr("SQL preview"));
    m_script = new CodeEditor(m_theme, backend, m_splitter);
    m_script->setAccessibleName(tr("Revision script"));

    m_directions = new QButtonGroup(this);
    auto *bar = new QFrame(this);
    bar->setProperty("role", QStringLiteral("bar"));
    auto *barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(10, 5, 10, 5);
    barLayout->setSpacing(8);
    QHBoxLayout *segments = makeSegments(m_directions, {tr("Upgrade"), tr("Downgrade")}, bar);
    barLayout->addLayout(segments);
    m_statusIcon = new IconLabel(m_theme, 16, bar);
    m_status = new ElidedLabel(bar);
    m_status->setProperty("role", QStringLiteral("muted"));
    barLayout->addSpacing(4);
    barLayout->addWidget(m_statusIcon);
    barLayout->addWidget(m_status, 1);
    m_giveValue = new QToolButton(bar);
    m_giveValue->setProperty("look", QStringLiteral("outlined"));
    m_giveValue->setText(tr("Give a Value…"));
    m_giveValue->setObjectName(QStringLiteral("giveValue"));
    m_giveValue->hide();
    barLayout->addWidget(m_giveValue);

    auto *left = new QWidget(m_splitter);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(bar);
    leftLayout->addWidget(m_sql, 1);

    auto *scriptBar = new QFrame(this);
    scriptBar->setProperty("role", QStringLiteral("bar"));
    auto *scriptLayout = new QHBoxLayout(scriptBar);
    scriptLayout->setContentsMargins(12, 5, 10, 5);
    m_sides = new QButtonGroup(this);
    scriptLayout->addLayout(makeSegments(m_sides, {tr("Script"), tr("Details")}, scriptBar));
    scriptLayout->addSpacing(6);
    m_scriptTitle = new ElidedLabel(scriptBar, Qt::ElideMiddle);
    m_scriptTitle->setProperty("role", QStringLiteral("muted"));
    scriptLayout->addWidget(m_scriptTitle, 1);
    auto *right = new QWidget(m_splitter);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(scriptBar);
    m_details = new RevisionDetails(m_theme, right);
    m_side = new QStackedWidget(right);
    m_side->addWidget(m_script);
    m_side->addWidget(m_details);
    rightLayout->addWidget(m_side, 1);
    connect(m_details, &RevisionDetails::revisionRequested, this, &RevisionPane::revisionRequested);
    connect(m_sides, &QButtonGroup::idClicked, this, [this](int id) { setDetailsShown(id == 1); });
    m_splitter->addWidget(left);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({500, 500});
    // Both bars have one height, or the two texts would not begin on one line.
    scriptBar->setFixedHeight(bar->sizeHint().height() + 2);
    bar->setFixedHeight(scriptBar->height());

    connect(m_directions, &QButtonGroup::idClicked, this,
            [this](int id) { setDirection(id == 0 ? script::Direction::Upgrade : script::Direction::Downgrade); });
    connect(m_dialects, &QComboBox::activated, this, [this] { Q_EMIT dialectChanged(dialectKind()); });
    connect(m_sql, &CodeEditor::lineClicked, this, [this](int line) { selectStatement(m_text.statementAt(line)); });
    connect(m_script, &CodeEditor::lineClicked, this, &RevisionPane::selectFromScript);
    connect(m_giveValue, &QToolButton::clicked, this, [this] { Q_EMIT valueRequested(unknownName(), body().reason); });
    return m_splitter;
}

void RevisionPane::clear()
{
    m_id.clear();
    m_hasSql = false;
    m_details->clear();
    m_stack->setCurrentIndex(0);
}

void RevisionPane::showRevision(const revision::RevisionGraph &graph, revision::Index index, RowState state)
{
    const auto &r = graph.revisions()[index];
    m_id = r.header.id;
    m_idLabel->setText(m_id);
    m_title->setFullText(r.isGhost                     ? tr("No file has this revision")
                         : !r.header.message.isEmpty() ? r.header.message
                         : r.header.problem            ? tr("%1 is not understood").arg(QFileInfo(r.header.file).fileName())
                                                       : tr("(no message)"));
    QStringList facts;
    if (r.header.createDate.isValid())
        facts += QLocale().toString(r.header.createDate, QStringLiteral("yyyy-MM-dd HH:mm"));
    if (!r.header.author.isEmpty())
        facts += r.header.author;
    if (!r.effectiveLabels.isEmpty())
        facts += tr("branch %1").arg(r.effectiveLabels.join(QStringLiteral(", ")));
    if (r.isHead)
        facts += tr("head");
    if (r.isBase)
        facts += tr("base");
    m_facts->setFullText(facts.join(QStringLiteral("  ·  ")));

    while (QLayoutItem *old = m_parents->takeAt(0)) {
        // Not at once: it may be the link whose click brought us here.
        if (QWidget *gone = old->widget()) {
            gone->hide();
            gone->deleteLater();
        }
        delete old;
    }
    const auto addLinks = [&](const QString &word, const QStringList &ids) {
        if (ids.isEmpty())
            return;
        auto *label = new QLabel(word, m_parentsRow);
        label->setProperty("role", QStringLiteral("muted"));
        m_parents->addWidget(label);
        for (const QString &id : ids) {
            auto *link = new QToolButton(m_parentsRow);
            link->setProperty("look", QStringLiteral("link"));
            link->setText(id);
            link->setAccessibleName(tr("Go to revision %1").arg(id));
            connect(link, &QToolButton::clicked, this, [this, id] { Q_EMIT revisionRequested(id); });
            m_parents->addWidget(link);
        }
    };
    QStringList dependencies;
    for (const revision::Index d : graph.dependencies(index))
        dependencies += graph.revisions()[d].header.id;
    addLinks(r.isMerge ? tr("merges") : tr("after"), r.header.downRevisions);
    addLinks(tr("depends on"), dependencies);
    m_parentsRow->setVisible(m_parents->count() > 0);
    tabAlongTheLayout({this});

    setState(state);
    readScript(r.header.file);
    m_stack->setCurrentIndex(1);
    if (r.isGhost) {
        setSqlFailed(tr("Other revisions name '%1' as their parent, but no file in the version folders has it. Restore that file.").arg(m_id));
    } else if (r.header.problem) {
        setSqlFailed(sentence(*r.header.problem));
        m_script->setReasonLine(r.header.problem->line, CodeEditor::NoteTone::Problem);
        m_script->addNote(std::max(1, r.header.problem->line), r.header.problem->detail, CodeEditor::NoteTone::Problem);
        m_script->showLine(r.header.problem->line);
    } else {
        setRendering();
    }
}

void RevisionPane::showUnknown(const QString &id)
{
    clear();
    m_empty->setWords(tr("The project has no revision %1").arg(id), tr("It stands in the database's version table. The database may be newer than "
                                                                       "the project (fetch the newest scripts), or belong to another one."));
}

void RevisionPane::setState(RowState state)
{
    m_stateChip->setText(stateName(state));
    m_stateChip->setTone(toneOf(state));
    m_stateChip->setVisible(state != RowState::NotConnected);
}

void RevisionPane::readScript(const QString &file)
{
    m_file = file;
    m_scriptLines.clear();
    m_scriptTitle->setFullText(QFileInfo(file).fileName());
    m_scriptTitle->setToolTip(file);
    QFile source(file);
    if (file.isEmpty())
        m_script->setContent(QString(), Language::PlainText);
    else if (source.open(QIODevice::ReadOnly)) {
        const QString text = QString::fromUtf8(source.readAll()).replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
        m_scriptLines = text.split(QLatin1Char('\n'));
        m_script->setContent(text, Language::Python);
    } else
        m_script->setContent(tr("Cannot read %1: %2").arg(file, source.errorString()), Language::PlainText);
}

void RevisionPane::setRendering()
{
    m_hasSql = false;
    m_text = {};
    m_sql->setContent(QString(), Language::PlainText);
    m_statusIcon->clearIcon();
    showDirectionIcons();
    m_giveValue->hide();
    m_status->setFullText(tr("Working out the SQL…"));
}

void RevisionPane::setSql(const BodySql &upgrade, const BodySql &downgrade)
{
    m_upgrade = upgrade;
    m_downgrade = downgrade;
    m_hasSql = true;
    showBody();
}

void RevisionPane::setSqlFailed(const QString &text)
{
    m_hasSql = false;
    m_text = {};
    m_sql->setContent(QString(), Language::PlainText);
    m_sql->addNote(1, text, CodeEditor::NoteTone::Problem); // the line above it may have no room for all of it
    m_statusIcon->setIcon(QStringLiteral("error"), IconTone::Bad);
    showDirectionIcons();
    m_giveValue->hide();
    m_status->setFullText(text);
    m_status->setShortText(tr("There is no SQL"));
}

void RevisionPane::setDirection(script::Direction direction)
{
    m_direction = direction;
    m_directions->button(direction == script::Direction::Upgrade ? 0 : 1)->setChecked(true);
    if (m_hasSql)
        showBody();
}

void RevisionPane::setDialect(dialect::DialectKind kind) { m_dialects->setCurrentIndex(m_dialects->findData(int(kind))); }

dialect::DialectKind RevisionPane::dialectKind() const { return dialect::DialectKind(m_dialects->currentData().toInt()); }

void RevisionPane::showBody()
{
    const BodySql &body = this->body();
    m_text = sqlTextOf(body);
    m_sql->setContent(m_text.text(), dialectKind() == dialect::DialectKind::PostgreSql ? Language::PostgreSql : Language::Sqlite);
    m_script->clearNotes();
    for (const SqlText::Place &place : m_text.places()) {
        if (place.statement.marker == dialect::Statement::Marker::AutocommitBegin)
            m_sql->addNote(place.lastLine, tr("The transaction ends here: what follows commits by itself."), CodeEditor::NoteTone::Warning);
        if (place.statement.marker == dialect::Statement::Marker::AutocommitEnd)
            m_sql->addNote(place.lastLine, tr("From here on in a transaction again."), CodeEditor::NoteTone::Note);
        for (const QString &note : place.statement.notes)
            m_sql->addNote(place.lastLine, note, CodeEditor::NoteTone::Note);
    }
    for (const QString &note : body.notes)
        m_sql->addNote(std::max(1, m_text.lineCount()), note, CodeEditor::NoteTone::Note);
    showReason(body);
    showStatus(body);
    if (m_script->reasonLine() > 0)
        m_script->showLine(m_script->reasonLine());
    else if (!m_text.places().empty())
        selectStatement(0);
}

/// Where the body stopped: the line in the script with the reason under it, and where the SQL ends.
void RevisionPane::showReason(const BodySql &body)
{
    m_script->setReasonLine(0);
    if (body.status == BodySql::Status::Complete)
        return;
    const bool isUnderstood = body.status == BodySql::Status::NeedsDatabase;
    const auto tone = isUnderstood ? CodeEditor::NoteTone::Warning : CodeEditor::NoteTone::Problem;
    const QString word = lookOf(body.status).word;
    const bool isHere = body.line > 0 && (body.file.isEmpty() || body.file == m_file);
    const QString elsewhere = body.line > 0 && !isHere ? tr(" (%1, line %2)").arg(QFileInfo(body.file).fileName()).arg(body.line) : QString();
    m_sql->addNote(std::max(1, m_text.lineCount()), tr("Stops here: %1").arg(body.reason) + elsewhere, tone);
    if (isHere) {
        m_script->setReasonLine(body.line, tone);
        m_script->addNote(body.line, QStringLiteral("%1: %2").arg(word, body.reason), tone);
    }
}

QString RevisionPane::unknownName() const { return m_hasSql ? body().unknownName : QString(); }

void RevisionPane::showDirectionIcons()
{
    for (const int i : {0, 1}) {
        auto *button = qobject_cast<QToolButton *>(m_directions->button(i));
        const QString name = i == 0 ? tr("Show the SQL of upgrade") : tr("Show the SQL of downgrade");
        button->setToolButtonStyle(m_hasSql ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonTextOnly);
        if (!m_hasSql) {
            button->setIcon({});
            button->setToolTip(name);
            button->setAccessibleName(name);
            continue;
        }
        const BodySql &of = i == 0 ? m_upgrade : m_downgrade;
        const StatusLook look = lookOf(of.status);
        button->setIcon(m_theme->icon(look.icon, look.tone));
        button->setToolTip(statusSentence(outlookOf(of), i == 0));
        button->setAccessibleName(QStringLiteral("%1: %2").arg(name, look.word));
    }
}

void RevisionPane::showStatus(const BodySql &body)
{
    const StatusLook look = lookOf(body.status);
    m_statusIcon->setIcon(look.icon, look.tone);
    m_status->setFullText(statusSentence(outlookOf(body), m_direction == script::Direction::Upgrade));
    if (body.status == migration::BodySql::Status::Complete && !body.statements.empty())
        m_status->setShortText(counted(int(body.statements.size()), tr("%1 statement"), tr("%1 statements")));
    m_giveValue->setVisible(!body.unknownName.isEmpty());
    m_giveValue->setToolTip(tr("Say what %1 is; it is kept beside the project's configuration.").arg(body.unknownName));
    showDirectionIcons();
}

void RevisionPane::selectStatement(int statement)
{
    if (statement < 0 || statement >= int(m_text.places().size()))
        return;
    const SqlText::Place &place = m_text.places()[std::size_t(statement)];
    m_sql->markLines(place.firstLine, place.lastLine);
    const sql::Origin &origin = place.statement.origin;
    const bool isHere = origin.line > 0 && (origin.file.isEmpty() || origin.file == m_file);
    m_script->markLines(isHere ? origin.line : 0, origin.line);
    if (isHere)
        m_script->showLine(origin.line);
}

/// All that a line of the script makes: it may stand in a loop, or be one of many lines of a call.
void RevisionPane::selectFromScript(int line)
{
    std::vector<int> found;
    for (int at = line; at > 0; at = beginningOf(m_scriptLines, at)) {
        found = m_text.statementsFrom(m_file, at);
        const int above = beginningOf(m_scriptLines, at);
        const bool isFunction = m_scriptLines.value(above - 1).trimmed().startsWith(QStringLiteral("def "));
        if (!found.empty() || above == at || isFunction)
            break;
    }
    if (found.empty())
        return;
    std::vector<std::pair<int, int>> ranges;
    for (const int statement : found) {
        const SqlText::Place &place = m_text.places()[std::size_t(statement)];
        ranges.emplace_back(place.firstLine, place.lastLine);
    }
    m_sql->markRanges(ranges);
    m_sql->showLine(ranges.front().first);
    const int origin = m_text.places()[std::size_t(found.front())].statement.origin.line;
    m_script->markLines(origin, origin);
}

QString RevisionPane::sqlToCopy() const { return m_sql->hasSelectedText() ? m_sql->selectedText() : m_text.text(); }

QString RevisionPane::statusWords() const { return m_status->fullText(); }

void RevisionPane::openFind() { m_find->openFor(m_script->hasFocus() ? m_script : m_sql); }

void RevisionPane::showDetails(const RevisionDetails::Subject &subject) { m_details->show(subject); }

void RevisionPane::setDetailsShown(bool shown)
{
    m_sides->button(shown ? 1 : 0)->setChecked(true);
    m_side->setCurrentIndex(shown ? 1 : 0);
    Q_EMIT detailsShown(shown);
}

bool RevisionPane::areDetailsShown() const { return m_side->currentIndex() == 1; }

void RevisionPane::setScriptVisible(bool visible) { m_splitter->widget(1)->setVisible(visible); }

} // namespace stillroom::ui
