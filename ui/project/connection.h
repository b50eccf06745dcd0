// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/savedconnections.h"
#include "ui/chip.h"

#include <QJsonObject>

#include <vector>

class QSettings;

namespace stillroom::ui {

using database::PasswordFrom;

/// A database as a person has named and described it.
struct Connection {
    QString name{};
    database::ConnectionSpec spec{};
    database::SshRoute ssh{};
    Environment environment = Environment::Unspecified;
    database::ConnectionPolicy policy{};
    PasswordFrom passwordFrom = PasswordFrom::Libpq;
    bool operator==(const Connection &) const = default;
    /// What lists call it.
    [[nodiscard]] QString title() const;
    /// Under which the keyring has its password.
    [[nodiscard]] QString secretKey() const;
    [[nodiscard]] bool hasPassword() const;
    void setPassword(const QString &password); ///< for this time; toJson() leaves it out
};

[[nodiscard]] QJsonObject toJson(const Connection &connection); ///< never with a password
[[nodiscard]] Connection connectionFromJson(const QJsonObject &object);

[[nodiscard]] database::ServerEnvironment serverEnvironment(Environment environment);
[[nodiscard]] database::SavedConnection saved(const Connection &connection);

/// The connections of one project, on this machine. Empty `project`: those made without one.
[[nodiscard]] std::vector<Connection> readConnections(const QSettings &settings, const QString &project);
void writeConnections(QSettings &settings, const QString &project, const std::vector<Connection> &connections);
/// The one used last.
[[nodiscard]] QString lastConnection(const QSettings &settings, const QString &project);
void setLastConnection(QSettings &settings, const QString &project, const QString &name);

} // namespace stillroom::ui
