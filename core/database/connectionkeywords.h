// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QString>

#include <utility>
#include <vector>

/// What libpq knows of connections, asked of libpq itself. Source: PostgreSQL, "libpq – C Library": "Database Connection Control
/// Functions" (PQconndefaults, PQconninfo), "Environment Variables", "The Password File", "The Connection Service File".
namespace stillroom::database {

struct ConnectionKeyword {
    enum class Shown { Plain, Secret, Rarely };
    QString name{};                ///< "sslmode"
    QString label{};               ///< libpq's own: "SSL-Mode"
    QString environmentVariable{}; ///< "PGSSLMODE"; empty: none
    QString builtIn{};             ///< default that was compiled in; empty: none, or found out at run time
    Shown shown = Shown::Plain;    ///< Secret: a password; Rarely: libpq marks it as for debugging
    bool operator==(const ConnectionKeyword &) const = default;
};
/// All keywords of the libpq that this program runs with, in its order.
[[nodiscard]] std::vector<ConnectionKeyword> connectionKeywords();

enum class ValueSource { None, Given, Service, Environment, PasswordFile, BuiltIn };

/// What holds for a connection, and where it comes from. A secret's value is never in it, only that there is one.
struct EffectiveValue {
    ConnectionKeyword keyword{};
    QString value{};
    ValueSource source = ValueSource::None; ///< None: nothing is set
    QString from{};                         ///< the service's name, the variable's, the password file's path
    bool operator==(const EffectiveValue &) const = default;
};

using KeywordValues = std::vector<std::pair<QString, QString>>;

/// As libpq resolves them, without going to any server. Errors: ConnectionRefused with libpq's words (a service that does not exist).
[[nodiscard]] Result<std::vector<EffectiveValue>> effectiveValues(const KeywordValues &given);
/// Of one keyword; empty where it is unset, or cannot be resolved. Not for the password.
[[nodiscard]] QString effectiveValue(const KeywordValues &given, const QString &keyword);
/// What the password file has for this connection; empty: nothing.
[[nodiscard]] QString passwordFromFile(const KeywordValues &given);

} // namespace stillroom::database
