// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferencesdialog.h"

#include "database/backup.h"
#include "ui/chip.h"
#include "ui/taborder.h"
#include "ui/wrappedlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

constexpr int kMillisecondsInSecond = 1000, kLongestSeconds = 86'400;

QFormLayout *formIn(QWidget *box)
{
    auto *form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

/// Fields begin in one line and choices are of one width over all groups; each label is as high as its field, so that both stand on one line.
void alignForms(const QWidget *dialog)
{
    std::vector<QLabel *> labels;
    int labelWidth = 0, choiceWidth = 0;
    std::vector<QWidget *> choices;
    for (const QFormLayout *form : dialog->findChildren<QFormLayout *>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *labelItem = form->itemAt(row, QFormLayout::LabelRole), *field = form->itemAt(row, QFormLayout::FieldRole);
            auto *label = labelItem ? qobject_cast<QLabel *>(labelItem->widget()) : nullptr;
            if (!label || !field)
                continue;
            label->setMinimumHeight(field->sizeHint().height());
            labels.push_back(label);
            labelWidth = std::max(labelWidth, label->sizeHint().width());
            if (field->widget() && label->buddy() == field->widget()) {
                choices.push_back(field->widget());
                choiceWidth = std::max(choiceWidth, field->sizeHint().width());
            }
        }
    }
    for (QLabel *label : labels)
        label->setMinimumWidth(labelWidth);
    for (QWidget *choice : choices)
        choice->setMinimumWidth(choiceWidth);
}

QLabel *sectionTitle(const QString &text, QWidget *parent)
{
    auto *title = new QLabel(text, parent);
    title->setProperty("role", QStringLiteral("heading"));
    return title;
}

QSpinBox *secondsBox(int milliseconds, const QString &name, QWidget *parent)
{
    auto *spin = new QSpinBox(parent);
    spin->setRange(0, kLongestSeconds);
    spin->setSuffix(PreferencesDialog::tr(" s"));
    spin->setSpecialValueText(PreferencesDialog::tr("as the server has it"));
    spin->setValue((milliseconds + kMillisecondsInSecond - 1) / kMillisecondsInSecond);
    spin->setAccessibleName(name);
    return spin;
}

} // namespace

PreferencesDialog::PreferencesDialog(const Theme *theme, const Preferences &preferences, const QString &runsFolder, QWidget *parent)
    : QDialog(parent), m_given(preferences), m_folderProblem(wrappedLabel({}, "bad", this)), m_keep(new QPushButton(tr("Keep"), this))
{
    setWindowTitle(tr("Preferences"));
    m_keep->setProperty("look", QStringLiteral("primary"));
    m_keep->setDefault(true);
    m_folderProblem->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(8);
    layout->addWidget(sectionTitle(tr("Appearance and start"), this));
    layout->addWidget(makeAppearance(theme, preferences));
    layout->addSpacing(10);
    layout->addWidget(sectionTitle(tr("What a new connection begins with"), this));
    layout->addWidget(makeConnections(preferences));
    layout->addSpacing(10);
    layout->addWidget(sectionTitle(tr("Folders"), this));
    layout->addWidget(makeFolders(preferences, runsFolder));
    layout->addStretch(1);
    layout->addSpacing(6);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_keep);
    layout->addLayout(buttons);
    setMinimumWidth(560);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::accept);
    alignForms(this);
    update();
    tabAlongTheLayout({this});
    keepWrappedTextsWhole(this);
}

QWidget *PreferencesDialog::makeAppearance(const Theme *theme, const Preferences &preferences)
{
    auto *box = new QWidget(this);
    QFormLayout *form = formIn(box);
    m_theme = new QComboBox(box);
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->addItem(tr("as the system's"), int(ThemeChoice::System));
    m_theme->addItem(tr("light"), int(ThemeChoice::Light));
    m_theme->addItem(tr("dark"), int(ThemeChoice::Dark));
    m_theme->setCurrentIndex(m_theme->findData(int(theme->choice())));
    form->addRow(tr("&Theme"), m_theme);
    m_codeSize = new QSpinBox(box);
    m_codeSize->setRange(kSmallestCode - 1, kLargestCode); // the one below the smallest stands for the system's
    m_codeSize->setSpecialValueText(tr("as the system's"));
    m_codeSize->setSuffix(tr(" pt"));
    m_codeSize->setAccessibleName(tr("Size of SQL and scripts"));
    m_codeSize->setValue(preferences.codeSize == 0 ? kSmallestCode - 1 : preferences.codeSize);
    form->addRow(tr("&Size of SQL and scripts"), m_codeSize);
    m_opensLast = new QCheckBox(tr("Open the &last project when Stillroom starts"), box);
    m_opensLast->setToolTip(tr("Opening a project runs nothing and connects to nothing."));
    m_opensLast->setChecked(preferences.opensLastProject);
    form->addRow(m_opensLast);
    return box;
}

QWidget *PreferencesDialog::makeConnections(const Preferences &preferences)
{
    auto *box = new QWidget(this);
    QFormLayout *form = formIn(box);
    m_lockTimeout = secondsBox(preferences.begins.lockTimeoutMs, tr("Lock timeout"), box);
    m_lockTimeout->setToolTip(tr("How long a statement waits for a lock before it gives up, so that it does not hold up everybody behind it."));
    form->addRow(tr("Lock t&imeout"), m_lockTimeout);
    m_statementTimeout = secondsBox(preferences.begins.statementTimeoutMs, tr("Statement timeout"), box);
    form->addRow(tr("Stat&ement timeout"), m_statementTimeout);
    m_confirms = new QCheckBox(tr("Every run has to be &confirmed"), box);
    m_confirms->setChecked(preferences.begins.confirms);
    form->addRow(m_confirms);
    m_backsUp = new QCheckBox(tr("&Back up before every run"), box);
    m_backsUp->setChecked(preferences.begins.backsUpFirst);
    form->addRow(m_backsUp);
    form->addRow(
        wrappedLabel(tr("Each connection has its own under Connect… › Safety. Production always asks, whatever stands here."), "muted", box));
    return box;
}

QWidget *PreferencesDialog::makeFolders(const Preferences &preferences, const QString &runsFolder)
{
    auto *box = new QWidget(this);
    QFormLayout *form = formIn(box);
    m_folder = new QLineEdit(QDir::toNativeSeparators(preferences.backupFolder), box);
    m_folder->setAccessibleName(tr("Folder of the backups"));
    m_folder->setPlaceholderText(QDir::toNativeSeparators(database::backupFolder()));
    m_folder->setClearButtonEnabled(true);
    auto *browse = new QPushButton(tr("C&hoose…"), box);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto *chooser = new QFileDialog(this, tr("Folder of the backups"), this->preferences().backupFolderInForce());
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::Directory);
        connect(chooser, &QFileDialog::fileSelected, this, [this](const QString &folder) { m_folder->setText(QDir::toNativeSeparators(folder)); });
        chooser->open();
    });
    connect(m_folder, &QLineEdit::textChanged, this, &PreferencesDialog::update);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_folder, 1);
    row->addWidget(browse);
    auto *label = new QLabel(tr("Back&ups"), box);
    label->setBuddy(m_folder);
    form->addRow(label, row);
    form->addRow(m_folderProblem);
    auto *path = new ElidedLabel(box, Qt::ElideMiddle);
    path->setFullText(QDir::toNativeSeparators(runsFolder));
    auto *open = new QToolButton(box);
    open->setProperty("look", QStringLiteral("link"));
    open->setText(tr("Open the Folder"));
    open->setFocusPolicy(Qt::TabFocus);
    open->setEnabled(QFileInfo::exists(runsFolder));
    open->setToolTip(open->isEnabled() ? QString() : tr("There is none before the first run."));
    connect(open, &QToolButton::clicked, this, [runsFolder] { QDesktopServices::openUrl(QUrl::fromLocalFile(runsFolder)); });
    auto *records = new QHBoxLayout;
    records->setSpacing(8);
    records->addWidget(path, 1);
    records->addWidget(open);
    form->addRow(tr("Records of runs"), records);
    return box;
}

void PreferencesDialog::update()
{
    const QString folder = m_folder->text().trimmed();
    const bool isUsable = folder.isEmpty() || (QDir::isAbsolutePath(folder) && (!QFileInfo::exists(folder) || QFileInfo(folder).isDir()));
    m_folderProblem->setText(tr("That is no folder. Its whole path is needed, or nothing for the usual one."));
    m_folderProblem->setVisible(!isUsable);
    m_keep->setEnabled(isUsable);
    m_keep->setToolTip(isUsable ? QString() : m_folderProblem->text());
}

Preferences PreferencesDialog::preferences() const
{
    Preferences made = m_given;
    made.codeSize = m_codeSize->value() < kSmallestCode ? 0 : m_codeSize->value();
    made.opensLastProject = m_opensLast->isChecked();
    const QString folder = m_folder->text().trimmed();
    made.backupFolder = folder.isEmpty() ? QString() : QDir::cleanPath(QDir::fromNativeSeparators(folder));
    made.begins.lockTimeoutMs = m_lockTimeout->value() * kMillisecondsInSecond;
    made.begins.statementTimeoutMs = m_statementTimeout->value() * kMillisecondsInSecond;
    made.begins.confirms = m_confirms->isChecked();
    made.begins.backsUpFirst = m_backsUp->isChecked();
    return made;
}

ThemeChoice PreferencesDialog::theme() const { return ThemeChoice(m_theme->currentData().toInt()); }

} // namespace stillroom::ui
