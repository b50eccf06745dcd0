// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of the dialog (connectdialog.h).
#include "ui/project/connectdialog.h"

#include "ui/banner.h"
#include "ui/wrappedlabel.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace stillroom::ui {

namespace {

QFormLayout *formOn(QWidget *page)
{
    auto *form = new QFormLayout(page);
    form->setContentsMargins(4, 12, 4, 4);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return form;
}

/// QFormLayout sets a label beside the top of its field; with fields of one height this centres it.
void centreLabels(QWidget *page, const QWidget *field)
{
    for (QLabel *label : page->findChildren<QLabel *>()) {
        if (label->buddy() && !label->wordWrap())
            label->setMinimumHeight(field->sizeHint().height());
    }
}

constexpr int kMillisecondsInSecond = 1000;

} // namespace

QLineEdit *ConnectDialog::keywordField(QFormLayout *form, const QString &label, const char *keyword, const QString &placeholder)
{
    auto *line = new QLineEdit(form->parentWidget());
    line->setPlaceholderText(placeholder);
    line->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    const QString name = QString::fromLatin1(keyword);
    m_fields.emplace_back(name, line);
    connect(line, &QLineEdit::textChanged, this, [this, name](const QString &text) {
        if (!m_isFilling)
            m_keywords->setValue(name, name == QLatin1String("password") ? text : text.trimmed());
    });
    return line;
}

QWidget *ConnectDialog::makeDatabasePage()
{
    m_pages->addWidget(makePostgreSql());
    m_pages->addWidget(makeSqlite());
    return m_pages;
}

QWidget *ConnectDialog::makePostgreSql()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    QLineEdit *host = keywordField(form, tr("&Host"), "host", tr("local socket, or PGHOST"));
    QLineEdit *port = keywordField(form, tr("&Port"), "port", QStringLiteral("5432"));
    port->setMaximumWidth(90);
    auto *portLabel = new QLabel(tr("&Port"), page);
    portLabel->setBuddy(port);
    auto *hostRow = new QHBoxLayout;
    hostRow->setSpacing(8);
    hostRow->addWidget(host, 1);
    hostRow->addWidget(portLabel);
    hostRow->addWidget(port);
    auto *hostLabel = new QLabel(tr("&Host"), page);
    hostLabel->setBuddy(host);
    form->addRow(hostLabel, hostRow);
    form->addRow(tr("&Database"), keywordField(form, tr("&Database"), "dbname", tr("name of the user, or PGDATABASE")));
    form->addRow(tr("&User"), keywordField(form, tr("&User"), "user", tr("name of this account, or PGUSER")));

    m_passwordFrom = new QComboBox(page);
    m_passwordFrom->setAccessibleName(tr("Where the password comes from"));
    m_passwordFrom->addItem(tr("~/.pgpass, PGPASSWORD"), int(PasswordFrom::Libpq));
    m_passwordFrom->addItem(tr("Kept in the keyring"), int(PasswordFrom::Keyring));
    m_passwordFrom->addItem(tr("Asked each time"), int(PasswordFrom::Asked));
    QLineEdit *password = keywordField(form, tr("Pass&word"), "password", QString());
    password->setEchoMode(QLineEdit::Password);
    auto *passwordRow = new QHBoxLayout;
    passwordRow->setSpacing(8);
    passwordRow->addWidget(password, 1);
    passwordRow->addWidget(m_passwordFrom);
    auto *passwordLabel = new QLabel(tr("Pass&word"), page);
    passwordLabel->setBuddy(password);
    form->addRow(passwordLabel, passwordRow);
    m_passwordWords = wrappedLabel(QString(), "muted", page);
    m_passwordWords->hide();
    form->addRow(QString(), m_passwordWords);
    const auto placeholder = [this, password] {
        const auto from = PasswordFrom(m_passwordFrom->currentData().toInt());
        password->setPlaceholderText(from == PasswordFrom::Keyring ? tr("once; then it is in the keyring") : tr("for this time only"));
        setHasKeyring(m_hasKeyring);
    };
    connect(m_passwordFrom, &QComboBox::currentIndexChanged, this, placeholder);
    placeholder();

    form->addRow(tr("Ser&vice"), keywordField(form, tr("Ser&vice"), "service", tr("entry of pg_service.conf")));
    m_sslMode = new QComboBox(page);
    m_sslMode->setAccessibleName(tr("Encryption"));
    const std::pair<QString, QString> modes[] = {
        {tr("As libpq decides"), QString()},
        {tr("disable: not encrypted"), QStringLiteral("disable")},
        {tr("allow: encrypted if the server insists"), QStringLiteral("allow")},
        {tr("prefer: encrypted if the server can"), QStringLiteral("prefer")},
        {tr("require: encrypted"), QStringLiteral("require")},
        {tr("verify-ca: encrypted, certificate checked"), QStringLiteral("verify-ca")},
        {tr("verify-full: encrypted, certificate and host checked"), QStringLiteral("verify-full")},
    };
    for (const auto &[words, value] : modes)
        m_sslMode->addItem(words, value);
    connect(m_sslMode, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_isFilling)
            m_keywords->setValue(QStringLiteral("sslmode"), m_sslMode->currentData().toString());
    });
    m_proof = wrappedLabel(QString(), "muted", page);
    auto *encryption = new QVBoxLayout; // what is proved belongs to the field: nearer than the next row
    encryption->setSpacing(3);
    encryption->addWidget(m_sslMode);
    encryption->addWidget(m_proof);
    auto *encryptionLabel = new QLabel(tr("&Encryption"), page);
    encryptionLabel->setBuddy(m_sslMode);
    form->addRow(encryptionLabel, encryption);
    form->setAlignment(encryptionLabel, Qt::AlignTop); // beside the field, not between it and the words
    m_address = new QLineEdit(page);
    m_address->setAccessibleName(tr("Address"));
    m_address->setPlaceholderText(tr("paste a URL or libpq keywords, then Enter"));
    m_address->setToolTip(tr("A URL as SQLAlchemy or libpq writes it (drivers such as +asyncpg are understood), or libpq keywords as in "
                             "“host=db.example dbname=library”. It fills the fields."));
    form->addRow(tr("&Address"), m_address);
    const auto take = [this] {
        if (!m_address->text().trimmed().isEmpty())
            useAddress(m_address->text());
    };
    connect(m_address, &QLineEdit::editingFinished, this, take);
    centreLabels(page, host);
    return page;
}

QWidget *ConnectDialog::makeSqlite()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    m_file = new QLineEdit(page);
    m_file->setAccessibleName(tr("Database file"));
    m_file->setPlaceholderText(tr("path of the file"));
    auto *browse = new QPushButton(tr("&Browse…"), page);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    auto *label = new QLabel(tr("&File"), page);
    label->setBuddy(m_file);
    form->addRow(label, row);
    m_create = new QCheckBox(tr("C&reate the file if it does not exist"), page);
    form->addRow(QString(), m_create);
    form->addRow(QString(), wrappedLabel(tr("Read-only is under Safety: the file is then opened so that nothing can be written."), "muted", page));
    connect(browse, &QPushButton::clicked, this, [this] {
        auto *chooser = new QFileDialog(this, tr("Choose a SQLite database"), QFileInfo(m_file->text()).path(),
                                        tr("SQLite databases (*.db *.sqlite *.sqlite3);;All files (*)"));
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::AnyFile);
        connect(chooser, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
        chooser->open();
    });
    centreLabels(page, m_file);
    return page;
}

QWidget *ConnectDialog::makeKeywordsPage()
{
    auto *page = new QWidget(this);
    m_filter = new QLineEdit(page);
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter by keyword, value or source"));
    m_filter->setClearButtonEnabled(true);
    auto *sorted = new QSortFilterProxyModel(page);
    sorted->setSourceModel(m_keywords);
    sorted->setFilterKeyColumn(-1);
    sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto *table = new QTableView(page);
    table->setModel(sorted);
    table->setAccessibleName(tr("Settings of libpq"));
    table->setShowGrid(false);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setColumnWidth(KeywordsModel::KeywordColumn, 165);
    table->setColumnWidth(KeywordsModel::SourceColumn, 125);
    table->horizontalHeader()->setSectionResizeMode(KeywordsModel::ValueColumn, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(KeywordsModel::ForceColumn, QHeaderView::Stretch);
    table->setTextElideMode(Qt::ElideMiddle);
    table->setWordWrap(false); // else a name is cut at its first hyphen
    m_keywordsProblem = new QLabel(page);
    m_keywordsProblem->setWordWrap(true);
    m_keywordsProblem->setProperty("role", QStringLiteral("bad"));
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_filter);
    layout->addWidget(m_keywordsProblem);
    layout->addWidget(table, 1);
    layout->addWidget(
        wrappedLabel(tr("All that this libpq knows. A double click or F2 on “Given here” sets a value; empty takes it back."), "muted", page));
    connect(m_filter, &QLineEdit::textChanged, sorted, &QSortFilterProxyModel::setFilterFixedString);
    return page;
}

QWidget *ConnectDialog::makeTunnelPage()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    m_tunnel = new QCheckBox(tr("Go through &ssh"), page);
    form->addRow(QString(), m_tunnel);
    m_destination = new QLineEdit(page);
    m_destination->setAccessibleName(tr("Machine to go through"));
    m_destination->setPlaceholderText(tr("user@host, or a Host of ~/.ssh/config"));
    form->addRow(tr("Mach&ine"), m_destination);
    m_sshPort = new QSpinBox(page);
    m_sshPort->setAccessibleName(tr("Port of ssh"));
    m_sshPort->setRange(0, 65535);
    m_sshPort->setSpecialValueText(tr("as ssh has it"));
    m_sshPort->setMaximumWidth(220);
    form->addRow(tr("&Port of ssh"), m_sshPort);
    m_identity = new QLineEdit(page);
    m_identity->setAccessibleName(tr("Key file"));
    m_identity->setPlaceholderText(tr("as ssh and its agent have it"));
    auto *browse = new QPushButton(tr("&Browse…"), page);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_identity, 1);
    row->addWidget(browse);
    auto *label = new QLabel(tr("&Key file"), page);
    label->setBuddy(m_identity);
    form->addRow(label, row);
    form->addRow(QString(),
                 wrappedLabel(tr("The ssh of this system opens the way, with your ~/.ssh/config, agent, keys and known hosts, and ends with the "
                                 "connection. The database's host is the one that this machine sees. ssh has no terminal to ask in: log in there "
                                 "once by hand, or set SSH_ASKPASS."),
                              "muted", page));
    const auto sync = [this, browse](bool isOn) {
        for (QWidget *each : {static_cast<QWidget *>(m_destination), static_cast<QWidget *>(m_sshPort), static_cast<QWidget *>(m_identity),
                              static_cast<QWidget *>(browse)})
            each->setEnabled(isOn);
        showProof();
    };
    connect(m_tunnel, &QCheckBox::toggled, this, sync);
    sync(false);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto *chooser = new QFileDialog(this, tr("Choose a key"), QDir::homePath() + QStringLiteral("/.ssh"));
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::ExistingFile);
        connect(chooser, &QFileDialog::fileSelected, m_identity, &QLineEdit::setText);
        chooser->open();
    });
    centreLabels(page, m_destination);
    return page;
}

QWidget *ConnectDialog::makeSafetyPage()
{
    auto *page = new QWidget(this);
    auto *left = new QFormLayout;
    left->setHorizontalSpacing(14);
    left->setVerticalSpacing(8);
    m_environment = new QComboBox(page);
    m_environment->setAccessibleName(tr("Environment"));
    m_environment->addItem(tr("Not said"), int(Environment::Unspecified));
    for (const auto environment : {Environment::Development, Environment::Test, Environment::Staging, Environment::Production})
        m_environment->addItem(environmentName(environment), int(environment));
    m_colour = new QToolButton(page);
    m_colour->setProperty("look", QStringLiteral("outlined"));
    m_colour->setAccessibleName(tr("Colour"));
    m_colour->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_colour->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_colour);
    menu->addAction(tr("The environment's own"), this, [this] {
        m_colourName.clear();
        showColour();
    });
    menu->addAction(tr("Choose…"), this, [this] {
        auto *chooser = new QColorDialog(QColor(m_colourName), this);
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        connect(chooser, &QColorDialog::colorSelected, this, [this](const QColor &colour) {
            m_colourName = colour.name();
            showColour();
        });
        chooser->open();
    });
    m_colour->setMenu(menu);
    auto *environmentRow = new QHBoxLayout;
    environmentRow->setSpacing(8);
    environmentRow->addWidget(m_environment, 1);
    environmentRow->addWidget(m_colour, 1);
    auto *environmentLabel = new QLabel(tr("&Environment"), page);
    environmentLabel->setBuddy(m_environment);
    environmentLabel->setMinimumHeight(m_environment->sizeHint().height());
    left->addRow(environmentLabel, environmentRow);

    const auto box = [page](const QString &words, const QString &tip) {
        auto *made = new QCheckBox(words, page);
        made->setToolTip(tip);
        return made;
    };
    m_readOnly =
        box(tr("&Read-only, enforced by the server"), tr("PostgreSQL: default_transaction_read_only. SQLite: the file is opened for reading only."));
    m_confirms = box(tr("Every run has to be con&firmed"), QString());
    m_typed = box(tr("Downgrade and stamp only after t&yping the database's name"), QString());
    m_backup = box(tr("&Back up before every run"), tr("pg_dump, or SQLite's own backup, into a folder that is shown."));

    m_ledger = box(tr("&Write what is applied into the database's own table stillroom_history"),
                   tr("Colleagues see it there. Leave that table out of Alembic's autogenerate."));

    const struct {
        QString words;
        int database::ConnectionPolicy::*field;
        QString zero, tip;
    } numbers[] = {
        {tr("&Lock timeout"), &database::ConnectionPolicy::lockTimeoutMs, tr("as the server has it"),
         tr("How long a statement waits for a lock before it gives up, so that it does not hold up everybody behind it.")},
        {tr("… for CONCURRENTLY"), &database::ConnectionPolicy::concurrentLockTimeoutMs, tr("as the server has it"), QString()},
        {tr("Loc&k retries"), &database::ConnectionPolicy::lockRetries, tr("none"), QString()},
        {tr("&Statement timeout"), &database::ConnectionPolicy::statementTimeoutMs, tr("as the server has it"), QString()},
        {tr("&Idle in transaction"), &database::ConnectionPolicy::idleInTransactionTimeoutMs, tr("as the server has it"),
         tr("A laptop that falls asleep in a run holds no locks for longer than this.")},
        {tr("Wait for another r&unner"), &database::ConnectionPolicy::runnerWaitMs, tr("not at all"), QString()},
    };
    auto *times = new QGridLayout;
    times->setHorizontalSpacing(14);
    times->setVerticalSpacing(8);
    int place = 0;
    for (const auto &each : numbers) {
        auto *spin = new QSpinBox(page);
        const bool isTime = each.field != &database::ConnectionPolicy::lockRetries;
        spin->setRange(0, isTime ? std::numeric_limits<int>::max() / kMillisecondsInSecond : 100);
        spin->setSuffix(isTime ? tr(" s") : QString());
        spin->setSpecialValueText(each.zero);
        spin->setAccessibleName(QString(each.words).remove(QLatin1Char('&')));
        spin->setToolTip(each.tip);
        auto *label = new QLabel(each.words, page);
        label->setBuddy(spin);
        times->addWidget(label, place / 2, place % 2 * 2);
        times->addWidget(spin, place / 2, place % 2 * 2 + 1);
        ++place;
        m_numbers.emplace_back(each.field, spin);
    }
    times->setColumnStretch(1, 1);
    times->setColumnStretch(3, 1);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(4, 12, 4, 4);
    layout->setSpacing(8);
    layout->addLayout(left);
    for (QCheckBox *each : {m_readOnly, m_confirms, m_typed, m_backup, m_ledger})
        layout->addWidget(each);
    layout->addSpacing(6);
    layout->addLayout(times);
    layout->addStretch(1);
    layout->addWidget(
        wrappedLabel(tr("What the project's .stillroom.json asks for this address holds as well, whichever is stricter."), "muted", page));
    connect(m_environment, &QComboBox::currentIndexChanged, this, [this] {
        // What the environment begins with; what the person has set besides stays.
        const auto begins = database::policyOf(serverEnvironment(Environment(m_environment->currentData().toInt())));
        m_confirms->setChecked(begins.confirms || m_beginning.confirms);
        m_typed->setChecked(begins.confirmsByTyping);
        showColour();
    });
    return page;
}

void ConnectDialog::setPolicy(const database::ConnectionPolicy &policy)
{
    m_shownPolicy = policy;
    m_readOnly->setChecked(policy.readOnly);
    m_confirms->setChecked(policy.confirms);
    m_typed->setChecked(policy.confirmsByTyping);
    m_backup->setChecked(policy.backsUpFirst);
    m_ledger->setChecked(policy.keepsLedger);
    for (const auto &[field, spin] : m_numbers)
        spin->setValue(field == &database::ConnectionPolicy::lockRetries ? policy.*field
                                                                         : (policy.*field + kMillisecondsInSecond - 1) / kMillisecondsInSecond);
    m_colourName = policy.colour;
    showColour();
}

database::ConnectionPolicy ConnectDialog::policy() const
{
    database::ConnectionPolicy policy = m_shownPolicy;
    policy.environment = serverEnvironment(Environment(m_environment->currentData().toInt()));
    policy.readOnly = m_readOnly->isChecked();
    policy.confirms = m_confirms->isChecked();
    policy.confirmsByTyping = m_typed->isChecked();
    policy.backsUpFirst = m_backup->isChecked();
    policy.keepsLedger = m_ledger->isChecked();
    policy.colour = m_colourName;
    for (const auto &[field, spin] : m_numbers) {
        const bool isTime = field != &database::ConnectionPolicy::lockRetries;
        const int shown = isTime ? (m_shownPolicy.*field + kMillisecondsInSecond - 1) / kMillisecondsInSecond : m_shownPolicy.*field;
        if (spin->value() != shown) // milliseconds that somebody wrote by hand stay
            policy.*field = isTime ? spin->value() * kMillisecondsInSecond : spin->value();
    }
    return policy;
}

void ConnectDialog::showColour()
{
    const ChipColours own = chipColours(m_theme->tokens(), chipTone(Environment(m_environment->currentData().toInt())));
    QPixmap swatch(28, 28);
    swatch.fill(m_colourName.isEmpty() ? own.background : QColor(m_colourName));
    m_colour->setIcon(QIcon(swatch));
    m_colour->setText(m_colourName.isEmpty() ? tr("The environment's colour") : m_colourName);
}

} // namespace stillroom::ui
