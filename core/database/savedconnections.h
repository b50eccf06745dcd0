// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectionpolicy.h"

class QSettings;

/// The databases that a person has named, by project, on this machine: written by the window, used by window and command line. Passwords are
/// never among them (keyring.h).
namespace stillroom::database {

enum class PasswordFrom { Libpq, Keyring, Asked };
[[nodiscard]] QString passwordFromName(PasswordFrom from); ///< "libpq", "keyring", "asked"

struct SavedConnection {
    QString name{};
    ConnectionSpec spec{};
    SshRoute ssh{};
    std::optional<ServerEnvironment> environment{}; ///< nullopt: the person has not said
    ConnectionPolicy policy{};
    PasswordFrom passwordFrom = PasswordFrom::Libpq;
    bool operator==(const SavedConnection &) const = default;
    /// Under which the keyring has its password.
    [[nodiscard]] QString secretKey() const;
};

[[nodiscard]] QJsonObject toJson(const SavedConnection &connection); ///< never with a password
[[nodiscard]] SavedConnection savedConnectionFromJson(const QJsonObject &object);

/// Everything that either of them asks for; the numbers are those of `one`.
[[nodiscard]] ConnectionPolicy stricterOf(const ConnectionPolicy &one, const ConnectionPolicy &other);
/// What holds for it: what the person has said, and what the project says of its address in .stillroom.json (empty: there is no project).
/// Errors: those of policyFor().
[[nodiscard]] Result<ConnectionPolicy> policyFor(const SavedConnection &connection, const QString &stillroomJson);

/// Of the project with this configuration file; empty: those made without a project.
[[nodiscard]] std::vector<SavedConnection> readConnections(const QSettings &settings, const QString &configurationFile);
void writeConnections(QSettings &settings, const QString &configurationFile, const std::vector<SavedConnection> &connections);
/// The name of the one used last.
[[nodiscard]] QString lastConnection(const QSettings &settings, const QString &configurationFile);
void setLastConnection(QSettings &settings, const QString &configurationFile, const QString &name);

} // namespace stillroom::database
