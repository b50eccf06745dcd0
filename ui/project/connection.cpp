// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connection.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

#include <algorithm>

namespace stillroom::ui {

namespace {

const QString kPassword = QStringLiteral("password");

QString key(const char *name) { return QString::fromLatin1(name); }

QString passwordFromKey(PasswordFrom from)
{
    switch (from) {
    case PasswordFrom::Libpq:
        return QStringLiteral("libpq");
    case PasswordFrom::Keyring:
        return QStringLiteral("keyring");
    case PasswordFrom::Asked:
        return QStringLiteral("asked");
    }
    return {};
}

QString groupOf(const QString &project)
{
    if (project.isEmpty())
        return QStringLiteral("connections/none");
    const QByteArray hash = QCryptographicHash::hash(QDir::cleanPath(project).toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("connections/") + QString::fromLatin1(hash.left(16));
}

bool isSecret(const QString &keyword) { return keyword.contains(kPassword); }

} // namespace

QString Connection::title() const
{
    if (!name.isEmpty())
        return name;
    const QString display = spec.display();
    return display.isEmpty() ? QObject::tr("New connection") : display;
}

QString Connection::secretKey() const
{
    return ssh.isEmpty() ? spec.display() : QStringLiteral("%1 through %2").arg(spec.display(), ssh.destination);
}

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

QJsonObject toJson(const Connection &connection)
{
    QJsonObject object{{key("name"), connection.name},
                       {key("policy"), database::toJson(connection.policy)},
                       {key("environment"), environmentKey(connection.environment)}};
    if (connection.spec.kind == dialect::DialectKind::Sqlite) {
        object.insert(key("file"), connection.spec.sqliteFile);
        object.insert(key("create"), connection.spec.createIfMissing);
        return object;
    }
    QJsonArray keywords;
    for (const auto &[name, value] : connection.spec.keywords) {
        if (!isSecret(name))
            keywords.append(QJsonArray{name, value});
    }
    object.insert(key("keywords"), keywords);
    object.insert(key("password"), passwordFromKey(connection.passwordFrom));
    if (!connection.ssh.isEmpty())
        object.insert(key("ssh"), QJsonObject{{key("destination"), connection.ssh.destination},
                                              {key("port"), connection.ssh.port},
                                              {key("identity_file"), connection.ssh.identityFile}});
    return object;
}

Connection connectionFromJson(const QJsonObject &object)
{
    Connection made;
    made.name = object.value(key("name")).toString();
    made.environment = environmentFromKey(object.value(key("environment")).toString());
    made.spec.kind = object.contains(key("keywords")) ? dialect::DialectKind::PostgreSql : dialect::DialectKind::Sqlite;
    made.spec.sqliteFile = object.value(key("file")).toString();
    made.spec.createIfMissing = object.value(key("create")).toBool();
    for (const QJsonValue &pair : object.value(key("keywords")).toArray())
        made.spec.keywords.emplace_back(pair.toArray().at(0).toString(), pair.toArray().at(1).toString());
    const QString from = object.value(key("password")).toString();
    for (const auto each : {PasswordFrom::Keyring, PasswordFrom::Asked}) {
        if (passwordFromKey(each) == from)
            made.passwordFrom = each;
    }
    const QJsonObject ssh = object.value(key("ssh")).toObject();
    made.ssh = {.destination = ssh.value(key("destination")).toString(),
                .port = ssh.value(key("port")).toInt(),
                .identityFile = ssh.value(key("identity_file")).toString()};
    // A policy that cannot be read any more is none to be taken lightly.
    made.policy = database::policyFromJson(object.value(key("policy")).toObject(), QString())
                      .value_or(database::policyOf(database::ServerEnvironment::Production));
    made.spec.readOnly = made.policy.readOnly;
    return made;
}

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

database::ConnectionPolicy stricterOf(const database::ConnectionPolicy &one, const database::ConnectionPolicy &other)
{
    database::ConnectionPolicy both = one;
    both.environment = std::max(one.environment, other.environment);
    both.readOnly = one.readOnly || other.readOnly;
    both.confirms = one.confirms || other.confirms;
    both.confirmsByTyping = one.confirmsByTyping || other.confirmsByTyping;
    both.backsUpFirst = one.backsUpFirst || other.backsUpFirst;
    both.keepsLedger = one.keepsLedger || other.keepsLedger;
    if (both.colour.isEmpty())
        both.colour = other.colour;
    return both;
}

std::vector<Connection> readConnections(const QSettings &settings, const QString &project)
{
    std::vector<Connection> connections;
    const QByteArray text = settings.value(groupOf(project) + QStringLiteral("/list")).toByteArray();
    for (const QJsonValue &each : QJsonDocument::fromJson(text).array())
        connections.push_back(connectionFromJson(each.toObject()));
    return connections;
}

void writeConnections(QSettings &settings, const QString &project, const std::vector<Connection> &connections)
{
    QJsonArray list;
    for (const Connection &connection : connections)
        list.append(toJson(connection));
    settings.setValue(groupOf(project) + QStringLiteral("/list"), QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QString lastConnection(const QSettings &settings, const QString &project)
{
    return settings.value(groupOf(project) + QStringLiteral("/last")).toString();
}

void setLastConnection(QSettings &settings, const QString &project, const QString &name)
{
    settings.setValue(groupOf(project) + QStringLiteral("/last"), name);
}

} // namespace stillroom::ui
