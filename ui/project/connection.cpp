// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connection.h"

#include <QSettings>

#include <algorithm>

namespace stillroom::ui {

namespace {

const QString kPassword = QStringLiteral("password");

Connection shown(const database::SavedConnection &saved)
{
    return {.name = saved.name,
            .spec = saved.spec,
            .ssh = saved.ssh,
            .environment = saved.environment ? environmentFromKey(database::environmentName(*saved.environment)) : Environment::Unspecified,
            .policy = saved.policy,
            .passwordFrom = saved.passwordFrom};
}

} // namespace

database::SavedConnection saved(const Connection &connection)
{
    database::SavedConnection made{.name = connection.name,
                                   .spec = connection.spec,
                                   .ssh = connection.ssh,
                                   .environment = {},
                                   .policy = connection.policy,
                                   .passwordFrom = connection.passwordFrom};
    if (connection.environment != Environment::Unspecified)
        made.environment = serverEnvironment(connection.environment);
    return made;
}

QString Connection::title() const
{
    if (!name.isEmpty())
        return name;
    const QString display = spec.display();
    return display.isEmpty() ? QObject::tr("New connection") : display;
}

QString Connection::secretKey() const { return saved(*this).secretKey(); }

bool Connection::hasPassword() const
{
    return std::ranges::any_of(spec.keywords, [](const auto &pair) { return pair.first == kPassword && !pair.second.isEmpty(); });
}

void Connection::setPassword(const QString &password)
{
    std::erase_if(spec.keywords, [](const auto &pair) { return pair.first == kPassword; });
    if (!password.isEmpty())
        spec.keywords.emplace_back(kPassword, password);
}

QJsonObject toJson(const Connection &connection) { return database::toJson(saved(connection)); }

Connection connectionFromJson(const QJsonObject &object) { return shown(database::savedConnectionFromJson(object)); }

database::ServerEnvironment serverEnvironment(Environment environment)
{
    switch (environment) {
    case Environment::Unspecified:
    case Environment::Development:
        return database::ServerEnvironment::Development;
    case Environment::Test:
        return database::ServerEnvironment::Test;
    case Environment::Staging:
        return database::ServerEnvironment::Staging;
    case Environment::Production:
        return database::ServerEnvironment::Production;
    }
    return database::ServerEnvironment::Production;
}

std::vector<Connection> readConnections(const QSettings &settings, const QString &project)
{
    std::vector<Connection> connections;
    for (const database::SavedConnection &each : database::readConnections(settings, project))
        connections.push_back(shown(each));
    return connections;
}

void writeConnections(QSettings &settings, const QString &project, const std::vector<Connection> &connections)
{
    std::vector<database::SavedConnection> list;
    for (const Connection &connection : connections)
        list.push_back(saved(connection));
    database::writeConnections(settings, project, list);
}

QString lastConnection(const QSettings &settings, const QString &project) { return database::lastConnection(settings, project); }

void setLastConnection(QSettings &settings, const QString &project, const QString &name) { database::setLastConnection(settings, project, name); }

} // namespace stillroom::ui
