// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connectdialog.h"

#include "base/sentence.h"
#include "ui/banner.h"
#include "ui/project/sources.h"
#include "ui/taborder.h"
#include "ui/wrappedlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

/// What is chosen here fills the form. A view would choose its first row as soon as Tab comes to it; here that is for the arrow keys.
class ChoiceList : public QListWidget {
public:
    using QListWidget::QListWidget;

protected:
    void focusInEvent(QFocusEvent *event) override { QAbstractScrollArea::focusInEvent(event); }
};

} // namespace

ConnectDialog::ConnectDialog(const Theme *theme, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_keywords(new KeywordsModel(this)), m_trial(new ConnectionTrial(this)), m_tabs(new QTabWidget(this)),
      m_pages(new QStackedWidget(this)), m_name(new QLineEdit(this)), m_kind(new QComboBox(this)), m_result(new Banner(theme, this)),
      m_test(new QPushButton(tr("&Test"), this)), m_connect(new QPushButton(tr("&Connect"), this))
{
    setWindowTitle(tr("Connect to a database"));
    m_name->setAccessibleName(tr("Name of the connection"));
    m_name->setPlaceholderText(tr("a name for this connection"));
    m_kind->setAccessibleName(tr("Kind of database"));
    m_kind->addItem(tr("PostgreSQL"), int(dialect::DialectKind::PostgreSql));
    m_kind->addItem(tr("SQLite"), int(dialect::DialectKind::Sqlite));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Parts of the connection"));
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the connection"));
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(makeDatabasePage(), tr("Database"));
    m_tabs->addTab(makeKeywordsPage(), tr("All settings"));
    m_tabs->addTab(makeTunnelPage(), tr("SSH"));
    m_tabs->addTab(makeSafetyPage(), tr("Safety"));
    QWidget *lists = makeLists();
    m_connect->setProperty("look", QStringLiteral("primary"));
    m_connect->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    auto *nameLabel = new QLabel(tr("Na&me"), this);
    nameLabel->setBuddy(m_name);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(nameLabel);
    first->addWidget(m_name, 1);
    first->addWidget(m_kind);
    auto *right = new QVBoxLayout;
    right->setSpacing(10);
    right->addLayout(first);
    right->addWidget(m_tabs, 1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addWidget(lists);
    columns->addLayout(right, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_connect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(12);
    layout->addLayout(columns, 1);
    layout->addWidget(m_result);
    layout->addLayout(buttons);
    resize(840, 540);

    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, [this] {
        m_trial->giveUp();
        showTesting(false);
    });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { setKind(dialect::DialectKind(m_kind->currentData().toInt())); });
    connect(m_test, &QPushButton::clicked, this, &ConnectDialog::test);
    connect(m_trial, &ConnectionTrial::succeeded, this, [this](const database::ConnectionReport &report) {
        showTesting(false);
        m_result->showWords(BannerTone::Good, reportWords(report));
    });
    connect(m_trial, &ConnectionTrial::failed, this, [this](const Error &error) {
        showTesting(false);
        showProblem(error);
    });
    connect(m_keywords, &KeywordsModel::givenChanged, this, &ConnectDialog::showFields);
    connect(m_connect, &QPushButton::clicked, this, [this] {
        if (!keep())
            return;
        const Connection wanted = *connection();
        accept();
        Q_EMIT connectRequested(wanted);
    });
    showFields();
    setPolicy({});
    setProject(nullptr);
    setConnections({}, {});
    tabAlongTheLayout({this});
    keepWrappedTextsWhole(this);
    m_name->setFocus(Qt::OtherFocusReason); // not the first button of the lists, where Enter would begin another connection
}

QWidget *ConnectDialog::makeLists()
{
    auto *box = new QWidget(this);
    box->setFixedWidth(232);
    const auto section = [](const QString &words, QWidget *parent) {
        auto *label = new QLabel(words, parent);
        label->setProperty("role", QStringLiteral("section"));
        return label;
    };
    const auto list = [this](const QString &name, QWidget *parent) {
        auto *made = new ChoiceList(parent);
        made->setAccessibleName(name);
        made->setIconSize(QSize(16, 16));
        made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        made->setTextElideMode(Qt::ElideMiddle);
        made->setObjectName(QStringLiteral("offers"));
        made->setMinimumHeight(60);
        return made;
    };
    const auto button = [this, box](const char *icon, const QString &words) {
        auto *made = new QToolButton(box);
        made->setIcon(m_theme->icon(QString::fromLatin1(icon), IconTone::Muted));
        made->setIconSize(QSize(14, 14));
        made->setToolTip(words);
        made->setAccessibleName(words);
        return made;
    };
    m_saved = list(tr("Connections"), box);
    m_add = button("plus", tr("New connection"));
    m_copy = button("copy", tr("Duplicate"));
    m_remove = button("close", tr("Remove"));
    auto *savedLabel = section(tr("CONNECTIONS"), box);
    savedLabel->setBuddy(m_saved);
    auto *head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(savedLabel);
    head->addStretch(1);
    for (QToolButton *each : {m_add, m_copy, m_remove})
        head->addWidget(each);
    m_offersBox = new QWidget(box);
    m_offers = list(tr("Addresses found in this project"), m_offersBox);
    auto *offersLayout = new QVBoxLayout(m_offersBox);
    offersLayout->setContentsMargins(0, 0, 0, 0);
    offersLayout->setSpacing(5);
    offersLayout->addWidget(section(tr("FOUND IN THIS PROJECT"), m_offersBox));
    offersLayout->addWidget(m_offers, 1);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(head);
    layout->addWidget(m_saved, 3);
    layout->addSpacing(6);
    layout->addWidget(m_offersBox, 2);
    connect(m_offers, &QListWidget::currentRowChanged, this, &ConnectDialog::useOffer);
    connect(m_saved, &QListWidget::currentRowChanged, this, &ConnectDialog::useSaved);
    connect(m_saved, &QListWidget::itemActivated, m_connect, &QPushButton::click);
    connect(m_add, &QToolButton::clicked, this, [this] {
        Connection fresh = newConnection();
        fresh.spec.kind = dialect::DialectKind(m_kind->currentData().toInt());
        add(fresh);
        m_name->setFocus(Qt::OtherFocusReason);
    });
    connect(m_copy, &QToolButton::clicked, this, [this] {
        const auto shown = connection();
        Connection copy = shown.value_or(Connection{});
        copy.name = tr("%1 (copy)").arg(copy.title());
        add(copy);
    });
    connect(m_remove, &QToolButton::clicked, this, &ConnectDialog::removeSaved);
    return box;
}

void ConnectDialog::setConnections(const std::vector<Connection> &connections, const QString &last)
{
    m_connections = connections;
    fillSaved();
    const auto found = std::ranges::find(m_connections, last, &Connection::name);
    if (found != m_connections.end())
        m_saved->setCurrentRow(int(found - m_connections.begin()));
    else if (m_offers->count() > 0)
        m_offers->setCurrentRow(0);
}

void ConnectDialog::fillSaved()
{
    const QSignalBlocker quiet(m_saved);
    const int row = m_saved->currentRow();
    m_saved->clear();
    for (const Connection &each : m_connections) {
        auto *made = new QListWidgetItem(m_theme->icon(QStringLiteral("database"), IconTone::Muted), each.title());
        made->setToolTip(each.spec.display());
        if (each.environment != Environment::Unspecified)
            made->setText(QStringLiteral("%1  ·  %2").arg(each.title(), environmentName(each.environment)));
        m_saved->addItem(made);
    }
    m_saved->setCurrentRow(row);
    m_remove->setEnabled(m_saved->currentRow() >= 0);
}

void ConnectDialog::useSaved(int row)
{
    m_remove->setEnabled(row >= 0);
    if (row < 0)
        return;
    m_offers->setCurrentRow(-1);
    m_result->clear();
    showConnection(m_connections[std::size_t(row)]);
}

Connection ConnectDialog::newConnection() const
{
    Connection made;
    made.policy = m_beginning;
    return made;
}

void ConnectDialog::add(const Connection &connection)
{
    m_saved->setCurrentRow(-1);
    m_offers->setCurrentRow(-1);
    m_result->clear();
    showConnection(connection);
}

void ConnectDialog::removeSaved()
{
    const int row = m_saved->currentRow();
    if (row < 0)
        return;
    m_connections.erase(m_connections.begin() + row);
    {
        const QSignalBlocker quiet(m_saved);
        fillSaved();
        m_saved->setCurrentRow(std::min(row, m_saved->count() - 1));
    }
    useSaved(m_saved->currentRow());
    Q_EMIT connectionsChanged();
}

/// What the fields say takes the place of the connection of that name, or is a new one.
bool ConnectDialog::keep()
{
    auto wanted = connection();
    if (!wanted) {
        showProblem(wanted.error());
        return false;
    }
    if (wanted->name.isEmpty()) {
        wanted->name = wanted->spec.display();
        m_name->setText(wanted->name);
    }
    Connection kept = *wanted;
    kept.setPassword({});
    const auto same = std::ranges::find(m_connections, kept.name, &Connection::name);
    const int row = m_saved->currentRow();
    if (same != m_connections.end())
        *same = kept;
    else if (row >= 0)
        m_connections[std::size_t(row)] = kept; // it was given another name
    else
        m_connections.push_back(kept);
    fillSaved();
    Q_EMIT connectionsChanged();
    return true;
}

void ConnectDialog::setProject(const migration::ProjectPtr &project)
{
    m_project = project;
    const QSignalBlocker quiet(m_offers);
    m_offers->clear();
    if (project) {
        for (const project::UrlOffer &offer : project->urlOffers()) {
            const auto url = project::DatabaseUrl::parse(offer.url, project->root());
            const QString address = url ? url->display() : tr("(not understood)");
            auto *row = new QListWidgetItem(m_theme->icon(QStringLiteral("database"), IconTone::Muted), address);
            row->setToolTip(
                QStringLiteral("%1\n%2, %3")
                    .arg(url ? address : sentence(url.error()), offer.name, sourceName(offer.source, offer.file, offer.line, project->root())));
            if (!url)
                row->setFlags(Qt::NoItemFlags);
            m_offers->addItem(row);
        }
    }
    m_offers->setCurrentRow(-1);
    m_offersBox->setVisible(m_offers->count() > 0);
}

void ConnectDialog::useOffer(int row)
{
    if (!m_project || row < 0 || row >= m_project->urlOffers().size())
        return;
    m_saved->setCurrentRow(-1);
    showConnection(newConnection());
    useAddress(m_project->urlOffers().at(row).url);
}

void ConnectDialog::useAddress(const QString &text)
{
    const auto url = project::DatabaseUrl::parse(text, m_project ? m_project->root() : QDir::currentPath());
    if (!url)
        return showProblem(url.error());
    m_result->clear();
    fill(*url);
}

void ConnectDialog::fill(const project::DatabaseUrl &url)
{
    setKind(url.kind);
    if (url.kind == dialect::DialectKind::Sqlite) {
        m_file->setText(QDir::toNativeSeparators(url.sqliteFile));
        if (url.readOnly)
            m_readOnly->setChecked(true);
        return;
    }
    m_keywords->setGiven(url.keywords);
    if (!url.droppedOptions.isEmpty())
        m_result->showWords(BannerTone::Warning,
                            tr("Options that mean nothing to libpq were left out: %1.").arg(url.droppedOptions.join(QStringLiteral(", "))));
}

void ConnectDialog::setKind(dialect::DialectKind kind)
{
    const bool isServer = kind == dialect::DialectKind::PostgreSql;
    m_kind->setCurrentIndex(m_kind->findData(int(kind)));
    m_pages->setCurrentIndex(isServer ? 0 : 1);
    m_tabs->setTabVisible(1, isServer);
    m_tabs->setTabVisible(2, isServer);
}

void ConnectDialog::showConnection(const Connection &connection)
{
    m_result->clear();
    m_name->setText(connection.name);
    m_address->clear();
    setKind(connection.spec.kind);
    m_keywords->setGiven(connection.spec.keywords);
    m_file->setText(QDir::toNativeSeparators(connection.spec.sqliteFile));
    m_create->setChecked(connection.spec.createIfMissing);
    m_passwordFrom->setCurrentIndex(m_passwordFrom->findData(int(connection.passwordFrom)));
    m_tunnel->setChecked(!connection.ssh.isEmpty());
    m_destination->setText(connection.ssh.destination);
    m_sshPort->setValue(connection.ssh.port);
    m_identity->setText(connection.ssh.identityFile);
    {
        const QSignalBlocker quiet(m_environment);
        m_environment->setCurrentIndex(m_environment->findData(int(connection.environment)));
    }
    setPolicy(connection.policy);
}

Result<Connection> ConnectDialog::connection() const
{
    Connection made;
    made.name = m_name->text().trimmed();
    made.spec.kind = dialect::DialectKind(m_kind->currentData().toInt());
    made.environment = Environment(m_environment->currentData().toInt());
    made.policy = policy();
    made.spec.readOnly = made.policy.readOnly;
    const auto incomplete = [](const QString &detail) { return std::unexpected(Error{.code = ErrorCode::UrlNotUnderstood, .detail = detail}); };
    if (made.spec.kind == dialect::DialectKind::Sqlite) {
        made.spec.sqliteFile = QDir::fromNativeSeparators(m_file->text().trimmed());
        made.spec.createIfMissing = m_create->isChecked() && !made.spec.readOnly;
        if (made.spec.sqliteFile.isEmpty())
            return incomplete(tr("no file is given"));
        return made;
    }
    made.spec.keywords = m_keywords->given();
    made.passwordFrom = PasswordFrom(m_passwordFrom->currentData().toInt());
    if (m_tunnel->isChecked()) {
        made.ssh = {.destination = m_destination->text().trimmed(), .port = m_sshPort->value(), .identityFile = m_identity->text().trimmed()};
        if (made.ssh.isEmpty())
            return incomplete(tr("the tunnel names no machine to go through"));
    }
    return made;
}

void ConnectDialog::showFields()
{
    m_isFilling = true;
    for (const auto &[keyword, line] : m_fields) {
        if (line->text() != m_keywords->value(keyword))
            line->setText(m_keywords->value(keyword));
    }
    m_sslMode->setCurrentIndex(std::max(0, m_sslMode->findData(m_keywords->value(QStringLiteral("sslmode")))));
    m_isFilling = false;
    showProof();
    m_keywordsProblem->setText(m_keywords->problem());
    m_keywordsProblem->setVisible(!m_keywords->problem().isEmpty());
}

void ConnectDialog::showProof()
{
    const QString host = m_keywords->effective(QStringLiteral("host"));
    const bool isSocket = (host.isEmpty() || host.startsWith(QLatin1Char('/'))) && m_keywords->effective(QStringLiteral("hostaddr")).isEmpty();
    m_proof->setText(isSocket && !m_tunnel->isChecked() ? tr("Over a socket of this machine nothing is encrypted, and nothing needs to be.")
                                                        : sslModeWords(m_keywords->effective(QStringLiteral("sslmode"))));
}

void ConnectDialog::setHasKeyring(bool hasKeyring)
{
    m_hasKeyring = hasKeyring;
    m_passwordWords->setText(tr("No keyring service answers on this desktop, so a password is asked for each time."));
    m_passwordWords->setVisible(!hasKeyring && PasswordFrom(m_passwordFrom->currentData().toInt()) == PasswordFrom::Keyring);
}

QString ConnectDialog::resultWords() const { return m_result->isHidden() ? QString() : m_result->words(); }

void ConnectDialog::showProblem(const Error &error)
{
    m_result->showWords(BannerTone::Bad, sentence(error));
    if (error.code != ErrorCode::PasswordNeeded && error.code != ErrorCode::AuthenticationFailed)
        return;
    m_tabs->setCurrentIndex(0);
    for (const auto &[keyword, line] : m_fields) {
        if (keyword == QLatin1String("password")) {
            line->setFocus(Qt::OtherFocusReason);
            line->selectAll();
        }
    }
}

void ConnectDialog::showTesting(bool isRunning)
{
    m_test->setText(isRunning ? tr("Stop the &Test") : tr("&Test"));
    m_connect->setEnabled(!isRunning);
}

/// Tries the connection and leaves it again, or, while that is under way, gives it up.
void ConnectDialog::test()
{
    if (m_trial->isRunning()) {
        m_trial->giveUp();
        showTesting(false);
        m_result->showWords(BannerTone::Plain, tr("The test was given up."));
        return;
    }
    const auto wanted = connection();
    if (!wanted)
        return showProblem(wanted.error());
    Connection tried = *wanted;
    database::apply(tried.policy, tried.spec);
    m_result->showWords(BannerTone::Plain, tr("Connecting to %1…").arg(tried.spec.display()));
    showTesting(true);
    m_trial->start(tried);
}

} // namespace stillroom::ui
