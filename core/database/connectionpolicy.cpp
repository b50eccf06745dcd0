// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connectionpolicy.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <array>
#include <limits>

namespace stillroom::database {

namespace {

struct Switch {
    const char *key;
    bool ConnectionPolicy::*field;
};
struct Number {
    const char *key;
    int ConnectionPolicy::*field;
};
constexpr std::array kSwitches{Switch{"read_only", &ConnectionPolicy::readOnly}, Switch{"confirm", &ConnectionPolicy::confirms},
                               Switch{"typed_confirm", &ConnectionPolicy::confirmsByTyping}, Switch{"backup_first", &ConnectionPolicy::backsUpFirst},
                               Switch{"ledger", &ConnectionPolicy::keepsLedger}};
constexpr std::array kNumbers{Number{"lock_timeout_ms", &ConnectionPolicy::lockTimeoutMs},
                              Number{"concurrent_lock_timeout_ms", &ConnectionPolicy::concurrentLockTimeoutMs},
                              Number{"statement_timeout_ms", &ConnectionPolicy::statementTimeoutMs},
                              Number{"idle_in_transaction_timeout_ms", &ConnectionPolicy::idleInTransactionTimeoutMs},
                              Number{"lock_retries", &ConnectionPolicy::lockRetries},
                              Number{"runner_wait_ms", &ConnectionPolicy::runnerWaitMs}};

std::unexpected<Error> notUnderstood(const QString &file, const QString &detail)
{
    return std::unexpected(Error{.code = ErrorCode::ConfigurationSyntax, .detail = detail, .file = file});
}

bool matches(const QString &pattern, const QString &address)
{
    // Written out, since wildcardToRegularExpression() keeps * within one folder.
    QString expression = QRegularExpression::escape(pattern);
    expression.replace(QLatin1String("\\*"), QLatin1String(".*")).replace(QLatin1String("\\?"), QLatin1String("."));
    return QRegularExpression(QRegularExpression::anchoredPattern(expression)).match(address).hasMatch();
}

} // namespace

QString environmentName(ServerEnvironment environment)
{
    switch (environment) {
    case ServerEnvironment::Development:
        return QStringLiteral("development");
    case ServerEnvironment::Test:
        return QStringLiteral("test");
    case ServerEnvironment::Staging:
        return QStringLiteral("staging");
    case ServerEnvironment::Production:
        return QStringLiteral("production");
    }
    return {};
}

std::optional<ServerEnvironment> environmentFromName(const QString &name)
{
    using enum ServerEnvironment;
    for (const ServerEnvironment environment : {Development, Test, Staging, Production}) {
        if (environmentName(environment) == name)
            return environment;
    }
    return std::nullopt;
}

ConnectionPolicy policyOf(ServerEnvironment environment)
{
    ConnectionPolicy policy;
    policy.environment = environment;
    policy.confirms = policy.confirmsByTyping = environment == ServerEnvironment::Production;
    return policy;
}

void apply(const ConnectionPolicy &policy, ConnectionSpec &spec)
{
    spec.readOnly = spec.readOnly || policy.readOnly;
    if (spec.readOnly)
        spec.createIfMissing = false;
    spec.lockTimeoutMs = policy.lockTimeoutMs;
    spec.statementTimeoutMs = policy.statementTimeoutMs;
    spec.idleInTransactionTimeoutMs = policy.idleInTransactionTimeoutMs;
}

Result<void> permits(const ConnectionPolicy &policy, Act act, const QString &databaseName, const Consent &consent)
{
    if (policy.readOnly)
        return std::unexpected(Error{.code = ErrorCode::ReadOnlyConnection, .subject = databaseName});
    const auto refused = [&](const QString &detail) {
        return std::unexpected(Error{.code = ErrorCode::PolicyRefused, .subject = databaseName, .detail = detail});
    };
    const QString what = QStringLiteral("%1 is a %2 database").arg(databaseName, environmentName(policy.environment));
    if (act == Act::Reset) {
        if (policy.environment != ServerEnvironment::Development)
            return refused(QStringLiteral("%1, and only one for development is reset").arg(what));
        if (consent.typedName != databaseName)
            return refused(QStringLiteral("a reset drops everything in %1; give its name as the confirmation").arg(databaseName));
    }
    const bool mayLoseRows = act != Act::Upgrade;
    if (policy.confirmsByTyping && mayLoseRows && consent.typedName != databaseName) {
        return refused(consent.typedName.isEmpty() ? QStringLiteral("%1; give its name as the confirmation").arg(what)
                                                   : QStringLiteral("%1, and the confirmation names %2").arg(what, consent.typedName));
    }
    if (!consent.typedName.isEmpty() && consent.typedName != databaseName)
        return refused(QStringLiteral("the confirmation names %1, but the database is %2").arg(consent.typedName, databaseName));
    if (policy.confirms && !consent.isGiven && consent.typedName.isEmpty())
        return refused(QStringLiteral("%1, where a run must be confirmed").arg(what));
    return {};
}

Result<ConnectionPolicy> policyFromJson(const QJsonObject &object, const QString &file)
{
    const QString name = object.value(QStringLiteral("environment")).toString(QStringLiteral("development"));
    const auto environment = environmentFromName(name);
    if (!environment)
        return notUnderstood(file, QStringLiteral("there is no environment '%1'; there are development, test, staging and production").arg(name));
    ConnectionPolicy policy = policyOf(*environment);
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString key = it.key();
        if (key == QLatin1String("address") || key == QLatin1String("environment") || key == QLatin1String("ssh"))
            continue; // the way there is sshRouteFor()'s
        if (key == QLatin1String("colour")) {
            policy.colour = it->toString();
            continue;
        }
        const auto *toggle = std::ranges::find_if(kSwitches, [&key](const Switch &s) { return key == QLatin1String(s.key); });
        const auto *number = std::ranges::find_if(kNumbers, [&key](const Number &n) { return key == QLatin1String(n.key); });
        if (toggle != kSwitches.end() && it->isBool())
            policy.*(toggle->field) = it->toBool();
        else if (number != kNumbers.end() && it->isDouble() && it->toDouble() >= 0 && it->toDouble() <= std::numeric_limits<int>::max())
            policy.*(number->field) = it->toInt();
        else if (toggle == kSwitches.end() && number == kNumbers.end())
            return notUnderstood(file, QStringLiteral("a connection has no setting '%1'").arg(key));
        else
            return notUnderstood(file, QStringLiteral("the value of '%1' is of the wrong kind").arg(key));
    }
    return policy;
}

QJsonObject toJson(const ConnectionPolicy &policy)
{
    QJsonObject object{{QStringLiteral("environment"), environmentName(policy.environment)}};
    if (!policy.colour.isEmpty())
        object.insert(QStringLiteral("colour"), policy.colour);
    for (const Switch &toggle : kSwitches)
        object.insert(QLatin1String(toggle.key), policy.*(toggle.field));
    for (const Number &number : kNumbers)
        object.insert(QLatin1String(number.key), policy.*(number.field));
    return object;
}

namespace {

/// The first of the file's connections whose address matches; empty: none does, or there is no such file.
Result<QJsonObject> connectionFor(const ConnectionSpec &spec, const QString &stillroomJson)
{
    QFile file(stillroomJson);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .detail = file.errorString(), .file = stillroomJson});
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (document.isNull())
        return notUnderstood(stillroomJson, problem.errorString());
    const QJsonArray connections = document.object().value(QStringLiteral("connections")).toArray();
    for (const auto &value : connections) {
        const QJsonObject connection = value.toObject();
        const QString pattern = connection.value(QStringLiteral("address")).toString();
        if (matches(pattern, spec.display()) || (spec.kind == dialect::DialectKind::Sqlite && matches(pattern, spec.databaseName())))
            return connection;
    }
    return QJsonObject();
}

} // namespace

Result<std::optional<ConnectionPolicy>> policyFor(const ConnectionSpec &spec, const QString &stillroomJson)
{
    const auto connection = connectionFor(spec, stillroomJson);
    if (!connection)
        return std::unexpected(connection.error());
    if (connection->isEmpty())
        return std::nullopt;
    auto policy = policyFromJson(*connection, stillroomJson);
    if (!policy)
        return std::unexpected(std::move(policy).error());
    return *policy;
}

Result<SshRoute> sshRouteFor(const ConnectionSpec &spec, const QString &stillroomJson)
{
    const auto connection = connectionFor(spec, stillroomJson);
    if (!connection)
        return std::unexpected(connection.error());
    const QJsonValue given = connection->value(QStringLiteral("ssh"));
    if (given.isUndefined())
        return SshRoute{};
    const QJsonObject ssh = given.toObject();
    const QJsonValue port = ssh.value(QStringLiteral("port"));
    static const QStringList keys{QStringLiteral("destination"), QStringLiteral("port"), QStringLiteral("identity_file")};
    const bool isKnown = std::ranges::all_of(ssh.keys(), [](const QString &key) { return keys.contains(key); });
    SshRoute route{.destination = ssh.value(keys[0]).toString(), .port = port.toInt(), .identityFile = ssh.value(keys[2]).toString()};
    if (route.isEmpty() || !isKnown || (!port.isUndefined() && (route.port < 1 || route.port > 65535)))
        return notUnderstood(stillroomJson, QStringLiteral("'ssh' of a connection has a destination, and may have a port and an identity_file"));
    return route;
}

} // namespace stillroom::database
