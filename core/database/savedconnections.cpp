// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/savedconnections.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

#include <algorithm>

namespace stillroom::database {

namespace {

const QString kUnspecified = QStringLiteral("unspecified");

QString key(const char *name) { return QString::fromLatin1(name); }

QString groupOf(const QString &configurationFile)
{
    if (configurationFile.isEmpty())
        return QStringLiteral("connections/none");
    const QByteArray hash = QCryptographicHash::hash(QDir::cleanPath(configurationFile).toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("connections/") + QString::fromLatin1(hash.left(16));
}

bool isSecret(const QString &keyword) { return keyword.contains(QLatin1String("password")); }

} // namespace

QString passwordFromName(PasswordFrom from)
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

QString SavedConnection::secretKey() const
{
    return ssh.isEmpty() ? spec.display() : QStringLiteral("%1 through %2").arg(spec.display(), ssh.destination);
}

QJsonObject toJson(const SavedConnection &connection)
{
    QJsonObject object{{key("name"), connection.name},
                       {key("policy"), toJson(connection.policy)},
                       {key("environment"), connection.environment ? environmentName(*connection.environment) : kUnspecified}};
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
    object.insert(key("password"), passwordFromName(connection.passwordFrom));
    if (!connection.ssh.isEmpty())
        object.insert(key("ssh"), QJsonObject{{key("destination"), connection.ssh.destination},
                                              {key("port"), connection.ssh.port},
                                              {key("identity_file"), connection.ssh.identityFile}});
    return object;
}

SavedConnection savedConnectionFromJson(const QJsonObject &object)
{
    SavedConnection made;
    made.name = object.value(key("name")).toString();
    made.environment = environmentFromName(object.value(key("environment")).toString());
    made.spec.kind = object.contains(key("keywords")) ? dialect::DialectKind::PostgreSql : dialect::DialectKind::Sqlite;
    made.spec.sqliteFile = object.value(key("file")).toString();
    made.spec.createIfMissing = object.value(key("create")).toBool();
    const QJsonArray keywords = object.value(key("keywords")).toArray();
    for (const auto &pair : keywords)
        made.spec.keywords.emplace_back(pair.toArray().at(0).toString(), pair.toArray().at(1).toString());
    const QString from = object.value(key("password")).toString();
    for (const auto each : {PasswordFrom::Keyring, PasswordFrom::Asked}) {
        if (passwordFromName(each) == from)
            made.passwordFrom = each;
    }
    const QJsonObject ssh = object.value(key("ssh")).toObject();
    made.ssh = {.destination = ssh.value(key("destination")).toString(),
                .port = ssh.value(key("port")).toInt(),
                .identityFile = ssh.value(key("identity_file")).toString()};
    // A policy that cannot be read any more is none to be taken lightly.
    made.policy = policyFromJson(object.value(key("policy")).toObject(), QString()).value_or(policyOf(ServerEnvironment::Production));
    made.spec.readOnly = made.policy.readOnly;
    return made;
}

ConnectionPolicy stricterOf(const ConnectionPolicy &one, const ConnectionPolicy &other)
{
    ConnectionPolicy both = one;
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

Result<ConnectionPolicy> policyFor(const SavedConnection &connection, const QString &stillroomJson)
{
    const ServerEnvironment environment = connection.environment.value_or(ServerEnvironment::Development);
    const ConnectionPolicy own = connection.policy.environment == environment ? connection.policy : policyOf(environment);
    if (stillroomJson.isEmpty())
        return own;
    const auto said = policyFor(connection.spec, stillroomJson);
    if (!said)
        return std::unexpected(said.error());
    if (!*said)
        return own;
    // The project's numbers hold where the person has left theirs as they begin.
    const bool hasOwnNumbers = own != policyOf(own.environment);
    return hasOwnNumbers ? stricterOf(own, **said) : stricterOf(**said, own);
}

std::vector<SavedConnection> readConnections(const QSettings &settings, const QString &configurationFile)
{
    std::vector<SavedConnection> connections;
    const QByteArray text = settings.value(groupOf(configurationFile) + QStringLiteral("/list")).toByteArray();
    const QJsonArray list = QJsonDocument::fromJson(text).array();
    for (const auto &each : list)
        connections.push_back(savedConnectionFromJson(each.toObject()));
    return connections;
}

void writeConnections(QSettings &settings, const QString &configurationFile, const std::vector<SavedConnection> &connections)
{
    QJsonArray list;
    for (const SavedConnection &connection : connections)
        list.append(toJson(connection));
    settings.setValue(groupOf(configurationFile) + QStringLiteral("/list"), QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QString lastConnection(const QSettings &settings, const QString &configurationFile)
{
    return settings.value(groupOf(configurationFile) + QStringLiteral("/last")).toString();
}

void setLastConnection(QSettings &settings, const QString &configurationFile, const QString &name)
{
    settings.setValue(groupOf(configurationFile) + QStringLiteral("/last"), name);
}

} // namespace stillroom::database
