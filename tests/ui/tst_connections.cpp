// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "postgresserver.h"
#include "result.h"
#include "standinssh.h"
#include "ui/mainwindow.h"
#include "ui/project/connectdialog.h"
#include "ui/project/passworddialog.h"
#include "ui/project/secrets.h"
#include "waiting.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using namespace stillroom::ui;

namespace {

/// In place of a keyring. Answers later, as keyrings do.
class RememberedSecrets final : public Secrets {
public:
    bool isThere = true;
    QHash<QString, QString> kept;
    void read(const QString &key, QObject *context, Answer answer) override
    {
        tell(context, answer, {.kind = kept.contains(key) ? SecretAnswer::Kind::Done : SecretAnswer::Kind::Nothing, .password = kept.value(key)});
    }
    void write(const QString &key, const QString &password, QObject *context, Answer answer) override
    {
        if (isThere)
            kept.insert(key, password);
        tell(context, answer, {.kind = SecretAnswer::Kind::Done});
    }
    void remove(const QString &key, QObject *context, Answer answer) override
    {
        kept.remove(key);
        tell(context, answer, {.kind = SecretAnswer::Kind::Done});
    }

private:
    void tell(QObject *context, const Answer &answer, const SecretAnswer &said) const
    {
        const SecretAnswer told = isThere ? said : SecretAnswer{.kind = SecretAnswer::Kind::NoKeyring};
        QMetaObject::invokeMethod(context, [answer, told] { answer(told); }, Qt::QueuedConnection);
    }
};

template<class T>
T *named(QWidget *in, const char *name)
{
    for (T *each : in->findChildren<T *>()) {
        if (each->accessibleName() == QLatin1String(name))
            return each;
    }
    return nullptr;
}

} // namespace

class TestConnections : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString m_role;
    std::unique_ptr<testsupport::TestDatabase> m_database;

    /// A connection of a role that needs its password.
    Connection anna() const
    {
        Connection made;
        made.name = QStringLiteral("Shop");
        made.spec.kind = dialect::DialectKind::PostgreSql;
        made.spec.keywords = m_database->keywords();
        std::erase_if(made.spec.keywords, [](const auto &pair) { return pair.first == QLatin1String("user"); });
        made.spec.keywords.emplace_back(QStringLiteral("user"), m_role);
        made.passwordFrom = PasswordFrom::Keyring;
        made.environment = Environment::Staging;
        made.policy = database::policyOf(database::ServerEnvironment::Staging);
        return made;
    }

    static PasswordDialog *question(MainWindow &window)
    {
        PasswordDialog *found = nullptr;
        (void)QTest::qWaitFor([&] { return (found = window.findChild<PasswordDialog *>()) != nullptr; }, 60'000);
        return found;
    }
    static void answer(PasswordDialog *dialog, const QString &password)
    {
        dialog->line()->setText(password);
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (button->isDefault())
                button->click();
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("PGPASSFILE", m_folder.filePath(QStringLiteral("passwords")).toLocal8Bit());
        m_database = testsupport::PostgresServer::shared().createDatabase();
        m_role = QStringLiteral("role_") + m_database->name();
        const auto made = m_database->run(QStringLiteral("DO $$ BEGIN CREATE ROLE %1; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
                                                         "CREATE ROLE %2 LOGIN PASSWORD 'sesame' IN ROLE %1")
                                              .arg(QLatin1String(testsupport::PostgresServer::kPasswordRole), m_role));
        QVERIFY2(made, testsupport::failureText(made).constData());
    }
    void cleanupTestCase()
    {
        m_database.reset();
        (void)testsupport::PostgresServer::shared().run(QStringLiteral("postgres"), QStringLiteral("DROP ROLE %1").arg(m_role));
    }

    void whatIsKeptHoldsNoPassword()
    {
        Connection connection = anna();
        connection.ssh = {.destination = QStringLiteral("ops@jump"), .port = 22, .identityFile = QStringLiteral("/k")};
        connection.policy.backsUpFirst = true;
        connection.policy.colour = QStringLiteral("#aa3300");
        Connection typed = connection;
        typed.setPassword(QStringLiteral("sesame"));
        QSettings settings(m_folder.filePath(QStringLiteral("kept.ini")), QSettings::IniFormat);
        writeConnections(settings, QStringLiteral("/a/alembic.ini"), {typed});
        settings.sync();
        QFile file(settings.fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("sesame"));
        const auto back = readConnections(settings, QStringLiteral("/a/alembic.ini"));
        QCOMPARE(back.size(), std::size_t(1));
        QVERIFY(back.front() == connection);
        QCOMPARE(readConnections(settings, QStringLiteral("/b/alembic.ini")).size(), std::size_t(0));
    }

    void aPolicyThatCannotBeReadIsTakenForProduction()
    {
        QJsonObject object = toJson(anna());
        object.insert(QStringLiteral("policy"), QJsonObject{{QStringLiteral("environment"), QStringLiteral("prodution")}});
        QVERIFY(connectionFromJson(object).policy.confirmsByTyping);
    }

    void theStricterOfTwoPoliciesHolds()
    {
        database::ConnectionPolicy mine, theirs;
        mine.backsUpFirst = true;
        mine.lockTimeoutMs = 1000;
        theirs = database::policyOf(database::ServerEnvironment::Production);
        theirs.readOnly = true;
        const auto both = stricterOf(mine, theirs);
        QVERIFY(both.backsUpFirst && both.readOnly && both.confirms && both.confirmsByTyping);
        QCOMPARE(both.environment, database::ServerEnvironment::Production);
        QCOMPARE(both.lockTimeoutMs, 1000);
    }

    void theDialogGivesBackWhatItShows()
    {
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        Connection connection = anna();
        connection.ssh = {.destination = QStringLiteral("ops@jump"), .port = 2222, .identityFile = QStringLiteral("/k")};
        connection.policy.lockTimeoutMs = 1500; // not whole seconds
        connection.policy.readOnly = connection.spec.readOnly = true;
        dialog.showConnection(connection);
        const auto back = dialog.connection();
        VERIFY_OK(back);
        QVERIFY(toJson(*back) == toJson(connection));
    }

    void fieldsAndTheTableAreTheSameValues()
    {
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        dialog.setKind(dialect::DialectKind::PostgreSql);
        auto *host = named<QLineEdit>(&dialog, "Host");
        host->setText(QStringLiteral("db.example"));
        QCOMPARE(dialog.keywords()->effective(QStringLiteral("host")), QStringLiteral("db.example"));
        for (int row = 0; row < dialog.keywords()->rowCount(); ++row) {
            if (dialog.keywords()->index(row, KeywordsModel::KeywordColumn).data() == QStringLiteral("host")) {
                QCOMPARE(dialog.keywords()->index(row, KeywordsModel::SourceColumn).data().toString(), QStringLiteral("given here"));
                QVERIFY(dialog.keywords()->setData(dialog.keywords()->index(row, KeywordsModel::ValueColumn), QStringLiteral("other.example")));
            }
        }
        QCOMPARE(host->text(), QStringLiteral("other.example"));
        dialog.keywords()->setValue(QStringLiteral("sslmode"), QStringLiteral("verify-full"));
        QCOMPARE(named<QComboBox>(&dialog, "Encryption")->currentData().toString(), QStringLiteral("verify-full"));
    }

    void anAddressFillsTheFields()
    {
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        dialog.useAddress(QStringLiteral("postgresql+asyncpg://anna:s%40same@db.example:6543/shop?connect_timeout=3"));
        QCOMPARE(named<QLineEdit>(&dialog, "Host")->text(), QStringLiteral("db.example"));
        QCOMPARE(named<QLineEdit>(&dialog, "Port")->text(), QStringLiteral("6543"));
        QCOMPARE(named<QLineEdit>(&dialog, "Password")->text(), QStringLiteral("s@same"));
        QCOMPARE(dialog.keywords()->value(QStringLiteral("connect_timeout")), QStringLiteral("3"));
        dialog.useAddress(QStringLiteral("nonsense://"));
        QVERIFY(!dialog.resultWords().isEmpty());
    }

    void productionBeginsWithQuestions()
    {
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        dialog.useAddress(QStringLiteral("postgresql://db.example/shop"));
        auto *environment = named<QComboBox>(&dialog, "Environment");
        environment->setCurrentIndex(environment->findData(int(Environment::Production)));
        const auto connection = dialog.connection();
        VERIFY_OK(connection);
        QVERIFY(connection->policy == database::policyOf(database::ServerEnvironment::Production));
    }

    void connectingKeepsTheConnectionUnderItsName()
    {
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        std::vector<Connection> wanted;
        connect(&dialog, &ConnectDialog::connectRequested, this, [&wanted](const Connection &c) { wanted.push_back(c); });
        const auto go = [&dialog] {
            for (auto *button : dialog.findChildren<QPushButton *>()) {
                if (button->isDefault())
                    button->click();
            }
        };
        go(); // nothing is given but libpq's own defaults, which is a connection
        QCOMPARE(wanted.size(), std::size_t(1));
        auto *name = named<QLineEdit>(&dialog, "Name of the connection");
        dialog.showConnection({});
        name->setText(QStringLiteral("Local"));
        dialog.useAddress(QStringLiteral("postgresql://anna:sesame@db.example/shop"));
        go();
        QCOMPARE(wanted.size(), std::size_t(2));
        QVERIFY(wanted.back().hasPassword());
        const auto &kept = dialog.connections();
        const auto found = std::ranges::find(kept, QStringLiteral("Local"), &Connection::name);
        QVERIFY(found != kept.end());
        QVERIFY(!found->hasPassword());
    }

    void aTestTellsWhatAnswersAndLeavesAgain()
    {
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        Connection connection = anna();
        connection.setPassword(QStringLiteral("sesame"));
        connection.policy.readOnly = true;
        dialog.showConnection(connection);
        dialog.test();
        VERIFY_IN_TIME(!dialog.trial()->isRunning());
        QVERIFY2(dialog.resultWords().contains(m_role), qPrintable(dialog.resultWords()));
        QVERIFY(dialog.resultWords().contains(QStringLiteral("read-only")));
        QVERIFY(dialog.resultWords().contains(QStringLiteral("PostgreSQL")));
        connection.setPassword(QStringLiteral("wrong"));
        dialog.showConnection(connection);
        dialog.test();
        VERIFY_IN_TIME(!dialog.trial()->isRunning());
        QVERIFY2(dialog.resultWords().contains(QStringLiteral("refused")), qPrintable(dialog.resultWords()));
    }

    void aTestCanBeGivenUp()
    {
        QTemporaryDir folder;
        Theme theme;
        ConnectDialog dialog(&theme, nullptr);
        dialog.trial()->setSshProgram(testsupport::writeStandInSsh(folder.path()));
        Connection connection = anna();
        connection.ssh.destination = QStringLiteral("silent");
        dialog.showConnection(connection);
        dialog.test();
        QVERIFY(dialog.trial()->isRunning());
        dialog.test();
        QVERIFY(!dialog.trial()->isRunning());
        QVERIFY2(dialog.resultWords().contains(QStringLiteral("given up")), qPrintable(dialog.resultWords()));
    }

    void thePasswordIsAskedForOnceAndThenInTheKeyring()
    {
        RememberedSecrets secrets;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.setSecrets(&secrets);
        window.show();
        window.connectTo(anna());
        PasswordDialog *asked = question(window);
        QVERIFY(asked);
        answer(asked, QStringLiteral("wrong"));
        VERIFY_IN_TIME(!window.workbench()->isConnecting());
        QCOMPARE(secrets.kept.size(), 0); // what did not work is not kept
        VERIFY_IN_TIME((asked = question(window)) && asked->line()->text().isEmpty() && asked->isVisible());
        answer(asked, QStringLiteral("sesame"));
        VERIFY_IN_TIME(window.workbench()->target().has_value());
        COMPARE_IN_TIME(secrets.kept.value(anna().secretKey()), QStringLiteral("sesame"));
        window.workbench()->disconnectDatabase();
        window.connectTo(anna());
        VERIFY_IN_TIME(window.workbench()->target().has_value());
        VERIFY_IN_TIME(window.findChild<PasswordDialog *>() == nullptr);
    }

    void withoutAKeyringItIsAskedForEachTimeAndSaysSo()
    {
        RememberedSecrets secrets;
        secrets.isThere = false;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.setSecrets(&secrets);
        window.show();
        for (int time = 0; time < 2; ++time) {
            window.connectTo(anna());
            PasswordDialog *asked = question(window);
            QVERIFY(asked);
            QString words;
            for (const QLabel *label : asked->findChildren<QLabel *>())
                words += label->text();
            QVERIFY2(words.contains(QStringLiteral("keyring")), qPrintable(words));
            answer(asked, QStringLiteral("sesame"));
            VERIFY_IN_TIME(window.workbench()->target().has_value());
            VERIFY_IN_TIME(window.findChild<PasswordDialog *>() == nullptr);
            window.workbench()->disconnectDatabase();
        }
        QCOMPARE(secrets.kept.size(), 0);
    }

    void theWindowGoesThroughSsh()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.workbench()->setSshProgram(testsupport::writeStandInSsh(folder.path()));
        Connection connection = anna();
        connection.passwordFrom = PasswordFrom::Asked;
        connection.ssh.destination = QStringLiteral("jump");
        connection.setPassword(QStringLiteral("sesame"));
        window.connectTo(connection);
        VERIFY_IN_TIME(window.workbench()->snapshot().has_value());
        QCOMPARE(window.workbench()->target()->ssh, QStringLiteral("jump"));
        QCOMPARE(window.workbench()->target()->display, connection.spec.display());
        window.workbench()->disconnectDatabase();
        connection.ssh.destination = QStringLiteral("locked");
        window.connectTo(connection);
        VERIFY_IN_TIME(window.messageWords().contains(QStringLiteral("Permission denied (publickey)")));
        connection.ssh.destination = QStringLiteral("silent");
        window.connectTo(connection);
        QVERIFY(window.workbench()->isConnecting());
        window.actionRegistry()->action(QStringLiteral("file.disconnect"))->trigger();
        QVERIFY(!window.workbench()->isConnecting());
    }
};

QTEST_MAIN(TestConnections)
#include "tst_connections.moc"
