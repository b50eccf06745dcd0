// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/mergehelp.h"

#include "base/sentence.h"
#include "ui/banner.h"
#include "ui/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QTextEdit>
#include <QVBoxLayout>

namespace stillroom::ui {

namespace {

QString listed(const QStringList &ids) { return shortList(ids, 12); }

QString kindOf(migration::Touch::Kind kind)
{
    switch (kind) {
    case migration::Touch::Kind::Table:
        return MergeHelp::tr("Table");
    case migration::Touch::Kind::Column:
        return MergeHelp::tr("Column");
    case migration::Touch::Kind::Name:
        return MergeHelp::tr("Name");
    case migration::Touch::Kind::Everything:
        return MergeHelp::tr("All");
    }
    return {};
}

QString told(const migration::BranchComparison &comparison)
{
    QStringList lines;
    lines += comparison.common.isEmpty() ? MergeHelp::tr("They have no revision in common.")
                                         : MergeHelp::tr("All of them stand on %1.").arg(listed(comparison.common));
    for (const migration::BranchSide &side : comparison.sides)
        lines += MergeHelp::tr("%1 adds %2.").arg(side.head, side.revisions.isEmpty() ? MergeHelp::tr("nothing") : listed(side.revisions));
    if (!comparison.reasons.isEmpty())
        lines += QString();
    lines += comparison.reasons;
    if (!comparison.shared.empty())
        lines += {QString(), MergeHelp::tr("Touched by more than one side:")};
    for (const migration::SharedName &name : comparison.shared)
        lines += MergeHelp::tr("%1 %2 (%3)").arg(kindOf(name.kind), name.name, listed(name.revisions));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

MergeHelp::MergeHelp(const Theme *theme, ProjectPtr project, const QStringList &heads, dialect::DialectKind kind, QWidget *parent)
    : QWidget(parent), m_verdict(new Banner(theme, this)), m_told(new QTextEdit(this)), m_merge(new QRadioButton(tr("Merge &them"), this)),
      m_reparent(new QRadioButton(tr("Put &one after the other:"), this)), m_ways(new QComboBox(this))
{
    m_told->setReadOnly(true);
    m_told->setAccessibleName(tr("What the heads have in common"));
    m_told->setTabChangesFocus(true);
    m_ways->setAccessibleName(tr("Which one after which"));
    m_merge->setToolTip(tr("A new revision that has all of them as its parents; nothing that exists is changed"));
    m_reparent->setToolTip(tr("Another down_revision in a script that exists; right where the script was applied nowhere yet"));
    m_merge->setChecked(true);
    m_verdict->showWords(BannerTone::Plain, tr("Comparing what they do…"));
    auto *ways = new QHBoxLayout;
    ways->addWidget(m_reparent);
    ways->addWidget(m_ways, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_verdict);
    layout->addWidget(m_told, 1);
    layout->addWidget(m_merge);
    layout->addLayout(ways);
    m_reparent->setEnabled(false);
    m_ways->setEnabled(false);
    connect(m_merge, &QRadioButton::toggled, this, [this] {
        m_ways->setEnabled(m_reparent->isChecked());
        Q_EMIT chosen();
    });
    connect(m_ways, &QComboBox::currentIndexChanged, this, &MergeHelp::chosen);

    m_thread = std::jthread([this, project = std::move(project), heads, kind] {
        auto comparison = migration::compareBranches(*project, heads, kind, &m_cancel);
        // Dropped where the widget is gone by then: it waits for this thread before it goes.
        QMetaObject::invokeMethod(this, [this, comparison = std::move(comparison)] { take(comparison); }, Qt::QueuedConnection);
    });
}

MergeHelp::~MergeHelp() { m_cancel = true; }

void MergeHelp::take(const Result<migration::BranchComparison> &comparison)
{
    if (!comparison) {
        m_verdict->showWords(BannerTone::Warning, sentence(comparison.error()));
        Q_EMIT compared();
        return;
    }
    const BannerTone tone = comparison->order == migration::Order::Same       ? BannerTone::Good
                            : comparison->order == migration::Order::NotKnown ? BannerTone::Plain
                                                                              : BannerTone::Warning;
    m_verdict->showWords(tone, migration::verdict(*comparison));
    m_told->setPlainText(told(*comparison));
    for (const migration::BranchSide &side : comparison->sides) {
        for (const migration::BranchSide &other : comparison->sides) {
            if (side.first.isEmpty() || &other == &side)
                continue;
            m_possible.push_back({.revision = side.first, .onto = {other.head}, .insteadOf = {}});
            m_ways->addItem(side.first == side.head ? tr("%1 after %2").arg(side.head, other.head)
                                                    : tr("%1, which begins with %2, after %3").arg(side.head, side.first, other.head));
        }
    }
    m_reparent->setEnabled(!m_possible.empty());
    Q_EMIT compared();
}

std::optional<project::Reparenting> MergeHelp::reparenting() const
{
    const int at = m_ways->currentIndex();
    if (!m_reparent->isChecked() || at < 0 || std::size_t(at) >= m_possible.size())
        return std::nullopt;
    return m_possible[std::size_t(at)];
}

QString MergeHelp::words() const { return m_verdict->words() + QLatin1Char('\n') + m_told->toPlainText(); }

} // namespace stillroom::ui
