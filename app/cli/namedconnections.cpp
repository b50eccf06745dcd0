// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "database/connectionkeywords.h"
#include "database/keyring.h"
#include "project/answers.h"

#include <QJsonArray>
#include <QSettings>

#include <algorithm>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

/// The connections that the window has saved for this project (--connection NAME).
namespace stillroom::cli {

using database::PasswordFrom;
using database::SavedConnection;

namespace {

/// The window's own settings, whatever this program is called.
std::vector<SavedConnection> savedConnections(const project::Project &project)
{
    const QSettings settings(QStringLiteral("stillroom"), QStringLiteral("stillroom"));
    return database::readConnections(settings, project.configurationFile());
}

/// As lists call it: one that was never named goes by its address, as in the window.
QString titleOf(const SavedConnection &connection) { return connection.name.isEmpty() ? connection.spec.display() : connection.name; }

/// Asked on the terminal itself, so that it works where standard input is a pipe, and shown to nobody. nullopt: there is no terminal.
std::optional<QString> askedPassword(const QString &what)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return std::nullopt;
    const QByteArray question = QStringLiteral("Password for %1: ").arg(what).toUtf8();
    termios before{};
    std::optional<QString> answer;
    if (tcgetattr(terminal, &before) == 0) {
        // Before the question, since the flush takes away what was typed so far.
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(terminal, TCSAFLUSH, &silent);
        std::ignore = ::write(terminal, question.constData(), std::size_t(question.size()));
        QByteArray typed;
        char c = 0;
        while (::read(terminal, &c, 1) == 1 && c != '\n')
            typed += c;
        tcsetattr(terminal, TCSAFLUSH, &before);
        std::ignore = ::write(terminal, "\n", 1);
        answer = QString::fromUtf8(typed);
    }
    ::close(terminal);
    return answer;
}

/// libpq's own sources (PGPASSWORD, the password file) need no question. Asked once, however often a command connects.
void givePassword(SavedConnection &connection)
{
    if (connection.spec.kind != dialect::DialectKind::PostgreSql || connection.passwordFrom == PasswordFrom::Libpq)
        return;
    static std::optional<QString> password;
    if (!password && connection.passwordFrom == PasswordFrom::Keyring)
        password = database::passwordFromKeyring(connection.secretKey());
    const bool isKnown = qEnvironmentVariableIsSet("PGPASSWORD") || !database::passwordFromFile(connection.spec.keywords).isEmpty();
    if (!password && !isKnown)
        password = askedPassword(connection.spec.display());
    if (password && !password->isEmpty())
        connection.spec.keywords.emplace_back(QStringLiteral("password"), *password);
}

QString passwordWords(const SavedConnection &connection)
{
    if (connection.spec.kind == dialect::DialectKind::Sqlite)
        return {};
    switch (connection.passwordFrom) {
    case PasswordFrom::Libpq:
        return {};
    case PasswordFrom::Keyring:
        return QStringLiteral("password in the keyring");
    case PasswordFrom::Asked:
        return QStringLiteral("asks for the password");
    }
    return {};
}

QString careWords(const SavedConnection &connection, const database::ConnectionPolicy &policy)
{
    QStringList words;
    if (policy.readOnly)
        words += QStringLiteral("read-only");
    if (policy.confirms)
        words += QStringLiteral("--yes");
    if (policy.confirmsByTyping)
        words += QStringLiteral("--confirm");
    if (policy.backsUpFirst)
        words += QStringLiteral("backup first");
    if (policy.keepsLedger)
        words += QStringLiteral("ledger");
    if (!connection.ssh.isEmpty())
        words += QStringLiteral("ssh %1").arg(connection.ssh.destination);
    if (const QString password = passwordWords(connection); !password.isEmpty())
        words += password;
    return words.join(QStringLiteral(", "));
}

} // namespace

std::expected<std::optional<SavedConnection>, QString> chosenConnection(const CommandLine &line, const project::Project &project)
{
    if (!line.has("connection"))
        return std::nullopt;
    const QString name = line.value("connection");
    QStringList titles;
    std::vector<SavedConnection> found;
    for (SavedConnection &each : savedConnections(project)) {
        titles.append(titleOf(each));
        if (titles.last() == name)
            found.push_back(std::move(each));
    }
    if (found.size() > 1)
        return std::unexpected(QStringLiteral("%1 connections have the name '%2'; give each its own in the window.").arg(found.size()).arg(name));
    if (titles.isEmpty())
        return std::unexpected(
            QStringLiteral("there is no connection '%1', since the window has saved none for %2.").arg(name, project.configurationFile()));
    if (found.empty())
        return std::unexpected(
            QStringLiteral("there is no connection '%1' for this project; there are %2.").arg(name, titles.join(QStringLiteral(", "))));
    return std::move(found.front());
}

Result<std::optional<SavedConnection>> namedConnection(const CommandLine &line, const project::Project &project)
{
    auto chosen = chosenConnection(line, project);
    if (!chosen) // the window has removed it since the command began
        return std::unexpected(Error{.code = ErrorCode::UrlMissing, .subject = QStringLiteral("--connection %1").arg(line.value("connection"))});
    return std::move(*chosen);
}

Result<std::optional<SavedConnection>> namedConnectionWithPassword(const CommandLine &line, const project::Project &project)
{
    auto connection = namedConnection(line, project);
    if (connection && *connection)
        givePassword(**connection);
    return connection;
}

int showConnections(const CommandLine &line, const project::Project &project)
{
    const QSettings settings(QStringLiteral("stillroom"), QStringLiteral("stillroom"));
    const QString last = database::lastConnection(settings, project.configurationFile());
    QJsonArray array;
    QList<QStringList> table;
    for (const SavedConnection &connection : savedConnections(project)) {
        const auto policy = database::policyFor(connection, project::answersFile(project.root()));
        if (!policy)
            return fail(policy.error());
        const bool isServer = connection.spec.kind == dialect::DialectKind::PostgreSql;
        QJsonObject object = database::toJson(*policy);
        object.insert(QStringLiteral("name"), titleOf(connection));
        object.insert(QStringLiteral("dialect"), dialect::dialectName(connection.spec.kind));
        object.insert(QStringLiteral("database"), connection.spec.display());
        object.insert(QStringLiteral("password"), isServer ? QJsonValue(database::passwordFromName(connection.passwordFrom)) : QJsonValue());
        object.insert(QStringLiteral("ssh"), connection.ssh.isEmpty() ? QJsonValue() : QJsonValue(connection.ssh.destination));
        object.insert(QStringLiteral("is_last"), !last.isEmpty() && connection.name == last);
        array.append(object);
        const bool isSaid = connection.environment || policy->environment != database::ServerEnvironment::Development;
        table.append({titleOf(connection), isSaid ? database::environmentName(policy->environment) : QString(), connection.spec.display(),
                      careWords(connection, *policy)});
    }
    if (line.json)
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("connections"), array}});
    else if (!table.isEmpty() || !line.quiet)
        print(table.isEmpty() ? QStringLiteral("The window has saved no connection for this project.\n") : aligned(table));
    return kDone;
}

} // namespace stillroom::cli
