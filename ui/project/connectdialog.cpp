// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connectdialog.h"

#include "base/sentence.h"
#include "ui/banner.h"
#include "ui/project/sources.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

namespace {

QLineEdit *field(QFormLayout *form, const QString &label, const QString &placeholder)
{
    auto *line = new QLineEdit(form->parentWidget());
    line->setPlaceholderText(placeholder);
    line->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    form->addRow(label, line);
    return line;
}

QFormLayout *formOn(QWidget *page)
{
    auto *form = new QFormLayout(page);
    form->setContentsMargins(4, 14, 4, 8);
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return form;
}

} // namespace

ConnectDialog::ConnectDialog(const Theme *theme, QWidget *parent) : QDialog(parent), m_theme(theme), m_tabs(new QTabWidget(this))
{
    setWindowTitle(tr("Connect to a database"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Kind of database"));
    m_tabs->tabBar()->setAccessibleName(tr("Kind of database"));
    m_tabs->tabBar()->setDrawBase(false);
    m_offersBox = makeOffers();
    m_tabs->addTab(makePostgreSql(), tr("PostgreSQL"));
    m_tabs->addTab(makeSqlite(), tr("SQLite"));
    m_tabs->addTab(makeAddress(), tr("Address"));

    m_environment = new QComboBox(this);
    m_environment->setAccessibleName(tr("Environment"));
    m_environment->addItem(tr("Not said"), int(Environment::Unspecified));
    for (const auto environment : {Environment::Development, Environment::Test, Environment::Staging, Environment::Production})
        m_environment->addItem(environmentName(environment), int(environment));
    m_readOnly = new QCheckBox(tr("&Read-only, enforced by the server"), this);
    m_readOnly->setToolTip(tr("PostgreSQL: default_transaction_read_only. SQLite: the file is opened for reading only."));
    m_result = new Banner(theme, this);
    m_test = new QPushButton(tr("&Test"), this);
    m_connect = new QPushButton(tr("&Connect"), this);
    m_connect->setProperty("look", QStringLiteral("primary"));
    m_connect->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    auto *options = new QHBoxLayout;
    auto *environmentLabel = new QLabel(tr("&Environment"), this);
    environmentLabel->setBuddy(m_environment);
    options->addWidget(environmentLabel);
    options->addWidget(m_environment);
    options->addSpacing(16);
    options->addWidget(m_readOnly);
    options->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_connect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addWidget(m_offersBox);
    layout->addWidget(m_tabs);
    layout->addLayout(options);
    layout->addWidget(m_result);
    layout->addStretch(1);
    layout->addLayout(buttons);
    setMinimumWidth(540);
    // QFormLayout sets a label beside the top of its field; with fields of one height this centres it.
    for (QLabel *label : findChildren<QLabel *>()) {
        if (label->buddy() && label->parentWidget() != m_offersBox && !label->wordWrap())
            label->setMinimumHeight(m_host->sizeHint().height());
    }

    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_test, &QPushButton::clicked, this, &ConnectDialog::test);
    connect(m_connect, &QPushButton::clicked, this, [this] {
        const auto wanted = spec();
        if (!wanted) {
            showProblem(wanted.error());
            return;
        }
        accept();
        Q_EMIT connectRequested(*wanted, environment());
    });
    setProject(nullptr);
}

QWidget *ConnectDialog::makeOffers()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    auto *label = new QLabel(tr("FOUND IN THIS PROJECT"), box);
    label->setProperty("role", QStringLiteral("section"));
    m_offers = new QListWidget(box);
    m_offers->setAccessibleName(tr("Addresses found in this project"));
    m_offers->setIconSize(QSize(16, 16));
    m_offers->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_offers->setTextElideMode(Qt::ElideMiddle);
    m_offers->setObjectName(QStringLiteral("offers"));
    label->setBuddy(m_offers);
    layout->addWidget(label);
    layout->addWidget(m_offers);
    connect(m_offers, &QListWidget::currentRowChanged, this, &ConnectDialog::useOffer);
    return box;
}

QWidget *ConnectDialog::makePostgreSql()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    m_host = field(form, tr("&Host"), tr("local socket, or PGHOST"));
    m_port = field(form, tr("&Port"), QStringLiteral("5432"));
    m_database = field(form, tr("&Database"), tr("name of the user, or PGDATABASE"));
    m_user = field(form, tr("&User"), tr("name of this account, or PGUSER"));
    m_password = field(form, tr("Pass&word"), tr("from ~/.pgpass; what you type is not stored"));
    m_password->setEchoMode(QLineEdit::Password);
    m_service = field(form, tr("&Service"), tr("entry of pg_service.conf"));
    m_sslMode = new QComboBox(page);
    m_sslMode->setAccessibleName(tr("Encryption"));
    const std::pair<QString, QString> modes[] = {
        {tr("As libpq decides"), QString()},
        {tr("Encrypted (require)"), QStringLiteral("require")},
        {tr("Encrypted, certificate checked (verify-ca)"), QStringLiteral("verify-ca")},
        {tr("Encrypted, certificate and host checked (verify-full)"), QStringLiteral("verify-full")},
        {tr("Not encrypted (disable)"), QStringLiteral("disable")},
    };
    for (const auto &[words, value] : modes)
        m_sslMode->addItem(words, value);
    form->addRow(tr("&Encryption"), m_sslMode);
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
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    auto *label = new QLabel(tr("&File"), page);
    label->setBuddy(m_file);
    form->addRow(label, row);
    m_create = new QCheckBox(tr("Create the file if it does not exist"), page);
    form->addRow(QString(), m_create);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto *chooser = new QFileDialog(this, tr("Choose a SQLite database"), QFileInfo(m_file->text()).path(),
                                        tr("SQLite databases (*.db *.sqlite *.sqlite3);;All files (*)"));
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::AnyFile);
        connect(chooser, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
        chooser->open();
    });
    return page;
}

QWidget *ConnectDialog::makeAddress()
{
    auto *page = new QWidget(this);
    QFormLayout *form = formOn(page);
    m_address = field(form, tr("&Address"), QStringLiteral("postgresql://user@host/database"));
    auto *words = new QLabel(tr("A URL as SQLAlchemy or libpq writes it (drivers such as +asyncpg are understood), libpq keywords as in "
                                "“host=db.example dbname=library”, or sqlite:///file.db."),
                             page);
    words->setWordWrap(true);
    words->setProperty("role", QStringLiteral("muted"));
    form->addRow(QString(), words);
    return page;
}

void ConnectDialog::setProject(const migration::ProjectPtr &project)
{
    m_project = project;
    m_offers->clear();
    if (project) {
        for (const project::UrlOffer &offer : project->urlOffers()) {
            const auto url = project::DatabaseUrl::parse(offer.url, project->root());
            const QString address = url ? url->display() : tr("(not understood)");
            auto *row = new QListWidgetItem(
                m_theme->icon(QStringLiteral("database"), IconTone::Muted),
                QStringLiteral("%1   —   %2, %3").arg(address, offer.name, sourceName(offer.source, offer.file, offer.line, project->root())));
            row->setToolTip(url ? address : sentence(url.error()));
            if (!url)
                row->setFlags(Qt::NoItemFlags);
            m_offers->addItem(row);
        }
    }
    m_offersBox->setVisible(m_offers->count() > 0);
    const int rowHeight = std::max(fontMetrics().height() + 12, m_offers->sizeHintForRow(0));
    m_offers->setFixedHeight(std::clamp(m_offers->count(), 1, 4) * rowHeight + 6);
    if (m_offers->count() > 0 && !m_hasRemembered)
        m_offers->setCurrentRow(0);
    adjustSize();
}

void ConnectDialog::useOffer(int row)
{
    if (!m_project || row < 0 || row >= m_project->urlOffers().size())
        return;
    useAddress(m_project->urlOffers().at(row).url);
}

void ConnectDialog::useAddress(const QString &text)
{
    const auto url = project::DatabaseUrl::parse(text, m_project ? m_project->root() : QDir::currentPath());
    if (!url) {
        m_address->setText(text);
        setKind(Kind::Address);
        showProblem(url.error());
        return;
    }
    m_result->clear();
    fill(*url);
}

void ConnectDialog::fill(const project::DatabaseUrl &url)
{
    if (url.kind == dialect::DialectKind::Sqlite) {
        m_file->setText(url.sqliteFile);
        setKind(Kind::Sqlite);
        return;
    }
    const std::pair<QString, QLineEdit *> places[] = {{QStringLiteral("host"), m_host},         {QStringLiteral("port"), m_port},
                                                      {QStringLiteral("dbname"), m_database},   {QStringLiteral("user"), m_user},
                                                      {QStringLiteral("password"), m_password}, {QStringLiteral("service"), m_service}};
    for (const auto &[key, line] : places)
        line->clear();
    m_sslMode->setCurrentIndex(0);
    m_otherKeywords.clear();
    for (const auto &[key, value] : url.keywords) {
        const auto place = std::ranges::find(places, key, &std::pair<QString, QLineEdit *>::first);
        if (place != std::end(places))
            place->second->setText(value);
        else if (key == QLatin1String("sslmode") && m_sslMode->findData(value) >= 0)
            m_sslMode->setCurrentIndex(m_sslMode->findData(value));
        else
            m_otherKeywords.emplace_back(key, value);
    }
    setKind(Kind::PostgreSql);
}

void ConnectDialog::setKind(Kind kind) { m_tabs->setCurrentIndex(int(kind)); }

Result<project::DatabaseUrl> ConnectDialog::address() const
{
    return project::DatabaseUrl::parse(m_address->text().trimmed(), m_project ? m_project->root() : QDir::currentPath());
}

Result<database::ConnectionSpec> ConnectDialog::spec() const
{
    database::ConnectionSpec spec;
    spec.readOnly = m_readOnly->isChecked();
    switch (Kind(m_tabs->currentIndex())) {
    case Kind::PostgreSql: {
        spec.kind = dialect::DialectKind::PostgreSql;
        const auto add = [&spec](const char *key, const QString &value) {
            if (!value.isEmpty())
                spec.keywords.emplace_back(QString::fromLatin1(key), value);
        };
        add("host", m_host->text().trimmed());
        add("port", m_port->text().trimmed());
        add("dbname", m_database->text().trimmed());
        add("user", m_user->text().trimmed());
        add("password", m_password->text());
        add("service", m_service->text().trimmed());
        add("sslmode", m_sslMode->currentData().toString());
        spec.keywords.insert(spec.keywords.end(), m_otherKeywords.begin(), m_otherKeywords.end());
        break;
    }
    case Kind::Sqlite:
        spec.kind = dialect::DialectKind::Sqlite;
        spec.sqliteFile = m_file->text().trimmed();
        spec.createIfMissing = m_create->isChecked() && !spec.readOnly;
        if (spec.sqliteFile.isEmpty()) {
            Error error;
            error.code = ErrorCode::UrlNotUnderstood;
            error.detail = tr("no file is given");
            return std::unexpected(std::move(error));
        }
        break;
    case Kind::Address: {
        const auto url = address();
        if (!url)
            return std::unexpected(url.error());
        spec.kind = url->kind;
        spec.keywords = url->keywords;
        spec.sqliteFile = url->sqliteFile;
        break;
    }
    }
    return spec;
}

Environment ConnectDialog::environment() const { return Environment(m_environment->currentData().toInt()); }

RememberedConnection ConnectDialog::toRemember() const
{
    RememberedConnection kept{.address = {}, .environment = environment(), .isReadOnly = m_readOnly->isChecked()};
    const auto wanted = spec();
    if (!wanted)
        return kept;
    if (wanted->kind == dialect::DialectKind::Sqlite) {
        kept.address = QStringLiteral("sqlite:///") + wanted->sqliteFile;
        return kept;
    }
    // libpq, "Keyword/Value Connection Strings": values in quotes, \ and ' escaped.
    QStringList words;
    for (const auto &[key, value] : wanted->keywords) {
        if (key.contains(QLatin1String("password")))
            continue;
        words += QStringLiteral("%1='%2'").arg(
            key, QString(value).replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('\''), QStringLiteral("\\'")));
    }
    kept.address = words.join(QLatin1Char(' '));
    return kept;
}

void ConnectDialog::setRemembered(const RememberedConnection &connection)
{
    m_hasRemembered = !connection.address.isEmpty();
    if (m_hasRemembered)
        useAddress(connection.address);
    m_environment->setCurrentIndex(m_environment->findData(int(connection.environment)));
    m_readOnly->setChecked(connection.isReadOnly);
}

void ConnectDialog::showProblem(const Error &error)
{
    m_result->showWords(BannerTone::Bad, sentence(error));
    if (error.code == ErrorCode::PasswordNeeded || error.code == ErrorCode::AuthenticationFailed) {
        setKind(Kind::PostgreSql);
        m_password->setFocus(Qt::OtherFocusReason);
        m_password->selectAll();
    }
}

/// Tries the connection in a thread of its own and closes it again; nothing is read or written.
void ConnectDialog::test()
{
    const auto wanted = spec();
    if (!wanted) {
        showProblem(wanted.error());
        return;
    }
    using migration::MigrationWorker;
    if (!m_tester) {
        m_tester = std::make_unique<migration::MigrationThread>();
        connect(m_tester->worker(), &MigrationWorker::databaseOpened, this, [this](int id, const QString &version, const QStringList &) {
            if (id == m_testId)
                m_result->showWords(BannerTone::Good, tr("It works: %1.").arg(version));
        });
        connect(m_tester->worker(), &MigrationWorker::failed, this, [this](int id, const Error &error) {
            if (id == m_testId)
                showProblem(error);
        });
    }
    m_result->showWords(BannerTone::Plain, tr("Connecting…"));
    ++m_testId;
    MigrationWorker *worker = m_tester->worker();
    QMetaObject::invokeMethod(
        worker,
        [worker, id = m_testId, spec = *wanted]() mutable {
            spec.createIfMissing = false;
            worker->openDatabase(id, spec);
            worker->closeDatabase(id);
        },
        Qt::QueuedConnection);
}

} // namespace stillroom::ui
