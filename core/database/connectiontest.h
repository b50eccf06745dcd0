// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

/// Connects, asks who and what one is there, and leaves again. Writes nothing.
namespace stillroom::database {

struct ConnectionReport {
    QString serverVersion{};
    QString user{}, database{}; ///< as the server says; empty on SQLite
    bool isReadOnly = false;
    bool isStandby = false; ///< read-only because the server only follows another one
    Encryption encryption{};
    QString sslMode{}; ///< that was in force; what it proves says sslModeProof()
    qint64 milliseconds = 0;
    bool operator==(const ConnectionReport &) const = default;
};

/// Blocking, up to the spec's time for connecting. A SQLite file that does not exist is not made. Errors: those of Session::open().
[[nodiscard]] Result<ConnectionReport> testConnection(const ConnectionSpec &spec);

enum class SslProof { Nothing, EncryptedMaybe, Encrypted, Authority, Host };
/// What an sslmode proves when a connection stands. Source: PostgreSQL, "SSL Support", "SSL Mode Descriptions". nullopt: no such mode.
[[nodiscard]] std::optional<SslProof> sslModeProof(const QString &mode);

} // namespace stillroom::database
