// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "database/sshtunnel.h"

#include <QJsonObject>

/// What may be done over a connection, and how carefully. Belongs to the connection; window and command line ask this one object.
namespace stillroom::database {

enum class ServerEnvironment { Development, Test, Staging, Production };
[[nodiscard]] QString environmentName(ServerEnvironment environment); ///< "development", …
[[nodiscard]] std::optional<ServerEnvironment> environmentFromName(const QString &name);

struct ConnectionPolicy {
    ServerEnvironment environment = ServerEnvironment::Development;
    QString colour{}; ///< "#rrggbb"; empty: the environment's own
    bool readOnly = false;
    bool confirms = false;         ///< nothing runs unless the person has confirmed it
    bool confirmsByTyping = false; ///< a downgrade or a stamp, by typing the database's name
    bool backsUpFirst = false;
    bool keepsLedger = false;                ///< what is applied is written into the database's own stillroom_history (migration/ledger.h)
    int lockTimeoutMs = 5000;                ///< 0: as the server has it
    int concurrentLockTimeoutMs = 600'000;   ///< for CONCURRENTLY, which waits for other transactions by its nature and holds up nobody
    int statementTimeoutMs = 0;              ///< 0: as the server has it
    int idleInTransactionTimeoutMs = 60'000; ///< a laptop that falls asleep holds no locks for ever; 0: as the server has it
    int lockRetries = 5;                     ///< of a statement that met a lock at the start of its transaction
    int runnerWaitMs = 300'000;              ///< for another runner
    bool operator==(const ConnectionPolicy &) const = default;
};

/// What each environment begins with: production asks, and asks for the name where rows may be lost.
[[nodiscard]] ConnectionPolicy policyOf(ServerEnvironment environment);
/// Puts the policy's settings into the spec.
void apply(const ConnectionPolicy &policy, ConnectionSpec &spec);

/// Reset: down to base and up again. Only a development database may be, and only by its name typed, since every database that nobody
/// has said anything of counts as one for development.
enum class Act { Upgrade, Downgrade, Stamp, Restore, Reset };
/// What the person has said for this one run.
struct Consent {
    bool isGiven = false;
    QString typedName{};
    bool operator==(const Consent &) const = default;
};
/// Errors: ReadOnlyConnection, PolicyRefused with what is missing.
[[nodiscard]] Result<void> permits(const ConnectionPolicy &policy, Act act, const QString &databaseName, const Consent &consent);

/// {"environment": "production", "colour": "#a33", "read_only": true, …}; what is left out is as policyOf() says. Errors:
/// ConfigurationSyntax for an unknown key or a value of the wrong kind, since a policy that is not understood must not be taken for none.
[[nodiscard]] Result<ConnectionPolicy> policyFromJson(const QJsonObject &object, const QString &file);
[[nodiscard]] QJsonObject toJson(const ConnectionPolicy &policy);
/// From "connections": [{"address": "*@db.example.com/*", "environment": …}] in a .stillroom.json: the first whose address matches
/// ConnectionSpec::display() (* and ? as in a shell; for SQLite also the file's name alone). nullopt: none does, or there is no such file.
[[nodiscard]] Result<std::optional<ConnectionPolicy>> policyFor(const ConnectionSpec &spec, const QString &stillroomJson);
/// "ssh": {"destination": "ops@jump", "port": 2222, "identity_file": …} of that connection; empty: it has none.
[[nodiscard]] Result<SshRoute> sshRouteFor(const ConnectionSpec &spec, const QString &stillroomJson);

} // namespace stillroom::database
