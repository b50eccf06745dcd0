// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/database/repairdialog.h"

#include "ui/banner.h"
#include "ui/confirmation.h"
#include "ui/connectionchips.h"
#include "ui/words.h"
#include "ui/taborder.h"
#include "ui/wrappedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

QLabel *wrapped(const QString &text, const char *role, QWidget *parent)
{
    QLabel *label = wrappedLabel(text, role, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

QString summaryOf(const std::vector<migration::VersionDefect> &defects)
{
    if (defects.empty())
        return {};
    if (defects.size() == 1)
        return defects.front().words;
    return RepairDialog::tr("%1 And %2.")
        .arg(defects.front().words, counted(qint64(defects.size()) - 1, RepairDialog::tr("%1 more thing is wrong with the version table"),
                                            RepairDialog::tr("%1 more things are wrong with the version table")));
}

RepairDialog::RepairDialog(const Theme *theme, const Target &target, const std::vector<migration::VersionDefect> &defects, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_defects(defects), m_problem(new Banner(theme, this)), m_confirmation(new Confirmation(this)),
      m_repair(new QPushButton(tr("Repair"), this))
{
    setWindowTitle(tr("Repair the version table"));
    const bool hasRemedy = std::ranges::any_of(defects, [](const migration::VersionDefect &each) { return !each.remedy.isEmpty(); });
    const bool leavesSome = std::ranges::any_of(defects, [](const migration::VersionDefect &each) { return each.remedy.isEmpty(); });
    m_canRepair = hasRemedy && !target.isReadOnly;
    auto *chips = new ConnectionChips(theme, this);
    chips->showTarget(target);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(chips);
    head->addStretch(1);

    auto *content = new QWidget(this);
    auto *cards = new QVBoxLayout(content);
    cards->setContentsMargins(1, 1, 1, 1);
    cards->setSpacing(8);
    for (const migration::VersionDefect &defect : defects)
        cards->addWidget(cardOf(defect));
    cards->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("What is wrong with the version table"));
    scroll->setObjectName(QStringLiteral("cards"));
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    QString outlook = target.isReadOnly ? tr("This connection is read-only. To repair the table, connect again without read-only.")
                      : !hasRemedy
                          ? tr("Nothing of this can be put right without knowing what the database really holds.")
                          : tr("The statements run in one transaction, after looking again that nothing has changed since. No script is run and "
                               "no other table is touched.");
    if (hasRemedy && leavesSome)
        outlook += QLatin1Char(' ') + tr("What has no statement stays as it is.");
    auto *cancel = new QPushButton(m_canRepair ? tr("Cancel") : tr("Close"), this);
    m_repair->setProperty("look", QStringLiteral("danger"));
    m_repair->setVisible(m_canRepair);
    // Enter in the field or on the tick presses nothing; what is done is done by its own button.
    m_repair->setAutoDefault(false);
    cancel->setAutoDefault(!m_canRepair);
    m_confirmation->ask(target.policy, target.databaseName, tr("Change the version table of %1").arg(target.databaseName));
    m_confirmation->setVisible(m_canRepair);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_confirmation, 1);
    foot->addStretch(m_canRepair ? 0 : 1);
    foot->addWidget(cancel);
    foot->addWidget(m_repair);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(scroll, 1);
    layout->addWidget(wrapped(outlook, "muted", this));
    layout->addWidget(m_problem);
    layout->addLayout(foot);
    setMinimumWidth(560);
    keepWrappedTextsWhole(this);
    resize(620, std::min(560, 240 + 110 * int(defects.size())));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_confirmation, &Confirmation::changed, this, &RepairDialog::update);
    connect(m_repair, &QPushButton::clicked, this, [this] {
        m_isAsked = true;
        m_problem->clear();
        update();
        Q_EMIT repairRequested(m_defects, m_confirmation->consent());
    });
    update();
    tabAlongTheLayout({this});
}

QWidget *RepairDialog::cardOf(const migration::VersionDefect &defect)
{
    auto *card = new QFrame(this);
    card->setProperty("role", QStringLiteral("card"));
    auto *icon = new IconLabel(m_theme, 16, card);
    icon->setIcon(QStringLiteral("warning"), defect.remedy.isEmpty() ? IconTone::Bad : IconTone::Warning);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(6);
    texts->addWidget(wrapped(defect.words, "", card));
    m_words += defect.words + QLatin1Char('\n');
    if (!defect.remedy.isEmpty()) {
        const QString sql = defect.remedy.join(QStringLiteral(";\n")) + QLatin1Char(';');
        texts->addWidget(wrapped(sql, "mono", card));
        m_words += sql + QLatin1Char('\n');
    }
    if (!defect.advice.isEmpty()) {
        texts->addWidget(wrapped(defect.advice, "muted", card));
        m_words += defect.advice + QLatin1Char('\n');
    }
    auto *layout = new QHBoxLayout(card);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(10);
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    return card;
}

void RepairDialog::update()
{
    m_repair->setEnabled(m_canRepair && !m_isAsked && m_confirmation->isGiven());
    m_repair->setText(m_isAsked ? tr("Repairing…") : tr("Repair"));
}

void RepairDialog::showProblem(const QString &sentence)
{
    m_isAsked = false;
    m_problem->showWords(BannerTone::Bad, sentence);
    update();
}

QString RepairDialog::problemWords() const { return m_problem->isHidden() ? QString() : m_problem->words(); }

QString RepairDialog::words() const { return m_words; }

} // namespace stillroom::ui
