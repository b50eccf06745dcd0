// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// The desktop's keyring as the command line reads it: through libsecret, loaded when it is first asked, under the attributes that QtKeychain
/// gives the window's passwords. Source: libsecret, "Simple API" (secret_password_lookup_sync); QtKeychain, libsecret.cpp.
namespace stillroom::database {

/// nullopt: there is no keyring, it has no such password, or the person keeps it locked. Blocks as long as the keyring asks the person.
[[nodiscard]] std::optional<QString> passwordFromKeyring(const QString &secretKey);

} // namespace stillroom::database
