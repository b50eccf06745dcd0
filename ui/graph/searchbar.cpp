// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/searchbar.h"

#include "ui/words.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace stillroom::ui {

SearchBar::SearchBar(const Theme *theme, HistoryModel *model, QWidget *parent)
    : QFrame(parent), m_model(model), m_line(new QLineEdit(this)), m_count(new QLabel(this)), m_modes(new QButtonGroup(this)),
      m_terms(new QMenu(this))
{
    setProperty("role", QStringLiteral("bar"));
    m_line->setAccessibleName(tr("Search the revisions"));
    m_line->setClearButtonEnabled(true);
    m_line->addAction(theme->icon(QStringLiteral("search"), IconTone::Muted), QLineEdit::LeadingPosition);
    m_line->installEventFilter(this);
    m_count->setProperty("role", QStringLiteral("muted"));
    const auto button = [this, theme](const QString &icon, const QString &name) {
        auto *made = new QToolButton(this);
        made->setIcon(theme->icon(icon, IconTone::Text));
        made->setIconSize(QSize(16, 16));
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    m_previous = button(QStringLiteral("up"), tr("Previous match (Shift+F3)"));
    m_next = button(QStringLiteral("down"), tr("Next match (F3)"));
    m_termsButton = button(QStringLiteral("filter"), tr("What can be looked for"));
    m_termsButton->setMenu(m_terms);
    m_termsButton->setPopupMode(QToolButton::InstantPopup);
    auto *segments = new QHBoxLayout;
    segments->setSpacing(0);
    const struct {
        Mode mode;
        QString text, tip;
        const char *end;
    } modes[] = {{Mode::Find, tr("Find"), tr("Mark what matches (Ctrl+F)"), "left"},
                 {Mode::Filter, tr("Filter"), tr("Show only what matches (Ctrl+Shift+F)"), "right"}};
    for (const auto &m : modes) {
        auto *made = new QToolButton(this);
        made->setText(m.text);
        made->setToolTip(m.tip);
        made->setCheckable(true);
        made->setChecked(m.mode == m_mode);
        made->setProperty("look", QStringLiteral("segment"));
        made->setProperty("end", QString::fromLatin1(m.end));
        made->setFocusPolicy(Qt::TabFocus);
        m_modes->addButton(made, int(m.mode));
        segments->addWidget(made);
    }
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->setSpacing(6);
    layout->addLayout(segments);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_termsButton);

    connect(m_line, &QLineEdit::textChanged, this, &SearchBar::apply);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { openFor(Mode(id)); });
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(true); });
    connect(m_terms, &QMenu::aboutToShow, this, &SearchBar::fillTerms);
    connect(model, &HistoryModel::matchesChanged, this, &SearchBar::showCount);
    connect(model, &QAbstractItemModel::modelReset, this, &SearchBar::showCount);
    setMode(m_mode);
}

void SearchBar::setMode(Mode mode)
{
    m_mode = mode;
    m_modes->button(int(mode))->setChecked(true);
    m_line->setPlaceholderText(mode == Mode::Find ? tr("Find an id, message, label, author, file, table or column")
                                                  : tr("Filter by id, message, label, author, file, table or column"));
    m_previous->setVisible(mode == Mode::Find);
    m_next->setVisible(mode == Mode::Find);
    apply();
}

void SearchBar::openFor(Mode mode)
{
    setMode(mode);
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void SearchBar::clear() { m_line->clear(); }

void SearchBar::apply()
{
    const QString text = m_line->text();
    m_model->setFilter(m_mode == Mode::Filter ? text : QString());
    m_model->setFind(m_mode == Mode::Find ? text : QString());
    showCount();
}

void SearchBar::showCount()
{
    const bool isEmpty = m_line->text().trimmed().isEmpty();
    const int found = m_mode == Mode::Find ? int(m_model->matches().size()) : m_model->shownCount();
    m_count->setText(isEmpty ? QString() : tr("%1 of %2").arg(found).arg(m_model->graph()->revisions().size()));
    m_count->setVisible(!isEmpty);
    m_previous->setEnabled(!isEmpty && found > 0);
    m_next->setEnabled(!isEmpty && found > 0);
}

QString SearchBar::countWords() const { return m_count->text(); }

void SearchBar::fillTerms()
{
    m_terms->clear();
    const auto offer = [this](const QString &text, const QString &term) {
        QAction *action = m_terms->addAction(text);
        action->setData(term);
        connect(action, &QAction::triggered, this, [this, term] { addTerm(term); });
    };
    if (m_model->hasDatabase()) {
        offer(tr("Pending"), QStringLiteral("state:pending"));
        offer(tr("Applied"), QStringLiteral("state:applied"));
        m_terms->addSeparator();
    }
    offer(tr("Heads"), QStringLiteral("is:head"));
    offer(tr("Merges"), QStringLiteral("is:merge"));
    offer(tr("Branch points"), QStringLiteral("is:branch"));
    offer(tr("With something wrong"), QStringLiteral("is:defect"));
    m_terms->addSeparator();
    offer(tr("Needs a database"), QStringLiteral("sql:database"));
    offer(tr("Not understood"), QStringLiteral("sql:unknown"));
    m_terms->addSeparator();
    const QStringList labels = m_model->graph()->branchLabels();
    for (const QString &label : labels.mid(0, 12))
        offer(tr("On branch %1").arg(label), QStringLiteral("label:%1").arg(label));
    if (!labels.isEmpty())
        m_terms->addSeparator();
    offer(tr("A table…"), QStringLiteral("table:"));
    offer(tr("A column…"), QStringLiteral("column:"));
    offer(tr("An author…"), QStringLiteral("author:"));
}

void SearchBar::addTerm(const QString &term)
{
    QString text = m_line->text().trimmed();
    if (!text.isEmpty())
        text += QLatin1Char(' ');
    m_line->setText(text + term);
    m_line->setFocus(Qt::OtherFocusReason);
    m_line->setCursorPosition(int(m_line->text().size()));
}

bool SearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_mode == Mode::Find)
                Q_EMIT stepRequested(!(key->modifiers() & Qt::ShiftModifier));
            else
                Q_EMIT left();
            return true;
        case Qt::Key_Down:
            Q_EMIT left();
            return true;
        case Qt::Key_Escape:
            if (m_line->text().isEmpty())
                Q_EMIT left();
            else
                m_line->clear();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace stillroom::ui
