// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/offlinebar.h"

#include <QButtonGroup>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace stillroom::ui {

using Kind = revision::Plan::Kind;

OfflineBar::OfflineBar(QWidget *parent) : QFrame(parent), m_kinds(new QButtonGroup(this)), m_from(new QLineEdit(this)), m_to(new QLineEdit(this))
{
    setProperty("role", QStringLiteral("bar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 5, 12, 5);
    layout->setSpacing(8);
    auto *segments = new QHBoxLayout;
    segments->setSpacing(0);
    const struct {
        Kind kind;
        QString text;
        const char *end;
    } kinds[] = {{Kind::Upgrade, tr("Upgrade"), "left"}, {Kind::Downgrade, tr("Downgrade"), "right"}};
    for (const auto &k : kinds) {
        auto *made = new QToolButton(this);
        made->setText(k.text);
        made->setCheckable(true);
        made->setProperty("look", QStringLiteral("segment"));
        made->setProperty("end", QString::fromLatin1(k.end));
        made->setFocusPolicy(Qt::TabFocus);
        m_kinds->addButton(made, int(k.kind));
        segments->addWidget(made);
    }
    layout->addLayout(segments);
    const auto line = [this, layout](const QString &text, QLineEdit *edit, const QString &name) {
        auto *label = new QLabel(text, this);
        label->setBuddy(edit);
        edit->setAccessibleName(name);
        edit->setFont(monospaceFont());
        edit->setMinimumWidth(110);
        layout->addWidget(label);
        layout->addWidget(edit, 1);
        connect(edit, &QLineEdit::returnPressed, this, [this] { Q_EMIT requested(request()); });
    };
    line(tr("fr&om"), m_from, tr("Revision that the database is said to be at"));
    line(tr("&to"), m_to, tr("Revision that the plan leads to"));
    auto *show = new QPushButton(tr("Sho&w"), this);
    layout->addWidget(show);
    connect(show, &QPushButton::clicked, this, [this] { Q_EMIT requested(request()); });
    connect(m_kinds, &QButtonGroup::idClicked, this, [this] {
        // The way back is the way there, read from its end.
        const QString before = m_from->text();
        m_from->setText(m_to->text());
        m_to->setText(before);
        Q_EMIT requested(request());
    });
}

void OfflineBar::setRequest(const migration::PlanRequest &request)
{
    for (QAbstractButton *button : m_kinds->buttons())
        button->setEnabled(request.kind != Kind::Stamp);
    const bool isDown = request.kind == Kind::Downgrade;
    m_kinds->button(int(isDown ? Kind::Downgrade : Kind::Upgrade))->setChecked(true);
    m_from->setText(request.from.isEmpty() ? QStringLiteral("base") : request.from);
    m_to->setText(request.targets.join(QLatin1Char(' ')));
    setVisible(request.kind != Kind::Stamp);
}

void OfflineBar::setRevisions(const revision::RevisionGraph *graph)
{
    QStringList names{QStringLiteral("base"), QStringLiteral("head"), QStringLiteral("heads")};
    if (graph) {
        for (const auto &r : graph->revisions())
            names += r.header.id;
    }
    for (QLineEdit *line : {m_from, m_to}) {
        auto *completer = new QCompleter(names, line);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        delete line->completer();
        line->setCompleter(completer);
    }
}

migration::PlanRequest OfflineBar::request() const
{
    return {.kind = Kind(m_kinds->checkedId()), .targets = {m_to->text().trimmed()}, .purge = false, .from = m_from->text().trimmed()};
}

} // namespace stillroom::ui
