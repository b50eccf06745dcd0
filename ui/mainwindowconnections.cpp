// SPDX-License-Identifier: GPL-3.0-or-later
// How the window comes to a database (mainwindow.h).
#include "ui/mainwindow.h"

#include "base/sentence.h"
#include "ui/banner.h"
#include "ui/project/connectdialog.h"
#include "ui/project/passworddialog.h"
#include "ui/project/secrets.h"

#include <QFrame>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace stillroom::ui {

/// Connections belong to a project, which its configuration names.
QString MainWindow::connectionsGroup() const { return m_bench->project() ? m_bench->project()->configurationFile() : QString(); }

void MainWindow::openConnectDialog()
{
    if (!m_connectDialog) {
        m_connectDialog = new ConnectDialog(m_theme, this);
        connect(m_connectDialog, &ConnectDialog::connectionsChanged, this, [this] {
            if (m_settings)
                writeConnections(*m_settings, connectionsGroup(), m_connectDialog->connections());
        });
        connect(m_connectDialog, &ConnectDialog::connectRequested, this, [this](const Connection &connection) { connectTo(connection); });
    }
    m_connectDialog->setBeginning(m_preferences.begins);
    m_connectDialog->setHasKeyring(m_secrets && m_hasKeyring);
    m_connectDialog->setProject(m_bench->project());
    if (m_settings)
        m_connectDialog->setConnections(readConnections(*m_settings, connectionsGroup()), lastConnection(*m_settings, connectionsGroup()));
    m_connectDialog->open();
}

void MainWindow::fillConnections(QMenu *menu)
{
    menu->clear();
    if (m_settings) {
        for (const Connection &each : readConnections(*m_settings, connectionsGroup())) {
            QAction *action = menu->addAction(m_theme->icon(QStringLiteral("database"), IconTone::Muted), each.title());
            if (each.environment != Environment::Unspecified)
                action->setText(QStringLiteral("%1  ·  %2").arg(each.title(), environmentName(each.environment)));
            action->setEnabled(!m_bench->isRunning() && !m_bench->isConnecting());
            connect(action, &QAction::triggered, this, [this, each] { connectTo(each); });
        }
        if (!menu->isEmpty())
            menu->addSeparator();
    }
    menu->addActions({act("file.connect"), act("file.disconnect")});
}

void MainWindow::connectTo(const database::ConnectionSpec &spec, Environment environment)
{
    m_wanted = {.spec = spec, .environment = environment};
    m_keepsPassword = false;
    m_bench->connectTo(spec, environment);
}

void MainWindow::connectTo(const Connection &connection)
{
    m_wanted = connection;
    const bool isKept = connection.passwordFrom == PasswordFrom::Keyring && connection.spec.kind == dialect::DialectKind::PostgreSql;
    m_keepsPassword = isKept && connection.hasPassword();
    if (!isKept || m_keepsPassword || !m_secrets || !m_hasKeyring)
        return m_bench->connectTo(m_wanted);
    m_message->setLink(QString());
    m_message->showWords(BannerTone::Plain, tr("Asking the keyring for the password of %1…").arg(connection.title()));
    m_secrets->read(connection.secretKey(), this, [this, key = connection.secretKey()](const SecretAnswer &answer) {
        if (key != m_wanted.secretKey() || m_bench->isConnecting())
            return;
        m_message->clear();
        m_hasKeyring = answer.kind != SecretAnswer::Kind::NoKeyring;
        if (answer.kind == SecretAnswer::Kind::Done)
            m_wanted.setPassword(answer.password);
        m_bench->connectTo(m_wanted);
    });
}

void MainWindow::connectFailed(const Error &error)
{
    const bool wantsPassword = error.code == ErrorCode::PasswordNeeded || error.code == ErrorCode::AuthenticationFailed;
    if (wantsPassword && isVisible())
        return askPassword(error);
    if (error.code == ErrorCode::Cancelled)
        return;
    showMessage(sentence(error));
}

void MainWindow::askPassword(const Error &error)
{
    const bool canKeep = m_secrets && m_hasKeyring;
    const bool wantsKeeping = m_wanted.passwordFrom == PasswordFrom::Keyring;
    auto *dialog = new PasswordDialog({.database = m_wanted.spec.display(),
                                       .problem = error.code == ErrorCode::AuthenticationFailed ? sentence(error) : QString(),
                                       .remark = wantsKeeping && !canKeep
                                                     ? tr("No keyring service answers on this desktop, so the password is kept nowhere and asked for "
                                                          "each time.")
                                                     : QString(),
                                       .offersKeyring = canKeep,
                                       .isKept = wantsKeeping},
                                      this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasswordDialog::given, this, [this](const QString &password, bool isKept) {
        m_wanted.setPassword(password);
        m_keepsPassword = isKept;
        if (isKept)
            m_wanted.passwordFrom = PasswordFrom::Keyring;
        m_bench->connectTo(m_wanted);
    });
    connect(dialog, &QDialog::rejected, this, [this, error] { showMessage(sentence(error)); });
    dialog->open();
}

/// The connection stands: what was typed for it is worth keeping now, and it is the one to begin with next time.
void MainWindow::connected()
{
    if (m_settings && !m_wanted.name.isEmpty())
        setLastConnection(*m_settings, connectionsGroup(), m_wanted.name);
    if (std::exchange(m_keepsPassword, false))
        keepPassword();
    m_wanted.setPassword({});
}

void MainWindow::keepPassword()
{
    if (!m_secrets)
        return;
    const auto password = std::ranges::find(m_wanted.spec.keywords, QStringLiteral("password"), &std::pair<QString, QString>::first);
    if (password == m_wanted.spec.keywords.end())
        return;
    if (m_settings && !m_wanted.name.isEmpty()) {
        auto connections = readConnections(*m_settings, connectionsGroup());
        const auto same = std::ranges::find(connections, m_wanted.name, &Connection::name);
        if (same != connections.end() && same->passwordFrom != m_wanted.passwordFrom) {
            same->passwordFrom = m_wanted.passwordFrom;
            writeConnections(*m_settings, connectionsGroup(), connections);
        }
    }
    m_secrets->write(m_wanted.secretKey(), password->second, this, [this](const SecretAnswer &answer) {
        m_hasKeyring = answer.kind != SecretAnswer::Kind::NoKeyring;
        if (answer.kind == SecretAnswer::Kind::Done)
            return;
        m_message->setLink(QString());
        m_message->showWords(BannerTone::Warning,
                             answer.kind == SecretAnswer::Kind::NoKeyring
                                 ? tr("No keyring service answers on this desktop, so the password was not kept. It is asked for each time.")
                                 : tr("The keyring did not take the password (%1), so it was not kept.").arg(answer.words));
    });
}

/// Nobody has to read a word to see that this is production.
void MainWindow::showColour()
{
    const auto &target = m_bench->target();
    const bool hasColour = target && (!target->policy.colour.isEmpty() || target->environment != Environment::Unspecified);
    m_strip->setVisible(hasColour);
    if (!hasColour)
        return;
    const QColor own(target->policy.colour);
    const ChipColours tone = chipColours(m_theme->tokens(), chipTone(target->environment));
    const QColor colour = own.isValid() ? own : target->environment == Environment::Production ? tone.background : tone.foreground;
    QPalette palette = m_strip->palette();
    palette.setColor(QPalette::Window, colour);
    m_strip->setAutoFillBackground(true);
    m_strip->setPalette(palette);
}

} // namespace stillroom::ui
