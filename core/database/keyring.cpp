// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/keyring.h"

#include <QByteArray>
#include <QLibrary>

namespace stillroom::database {

namespace {

// libsecret's public structures ("SecretSchema"), written down here so that nothing of it is needed to build.
struct SecretAttribute {
    const char *name = nullptr;
    int type = 0; // SECRET_SCHEMA_ATTRIBUTE_STRING
};
struct SecretSchema {
    const char *name = nullptr;
    int flags = 0;
    SecretAttribute attributes[32] = {};
    int reserved = 0;
    void *reservedPointers[7] = {};
};
constexpr int kDontMatchName = 1 << 1; // SECRET_SCHEMA_DONT_MATCH_NAME

using Lookup = char *(*)(const SecretSchema *, void *cancellable, void **error, ...);
using Free = void (*)(char *);

} // namespace

std::optional<QString> passwordFromKeyring(const QString &secretKey)
{
    QLibrary library(QStringLiteral("secret-1"), 0);
    const auto lookup = reinterpret_cast<Lookup>(library.resolve("secret_password_lookup_sync"));
    const auto release = reinterpret_cast<Free>(library.resolve("secret_password_free"));
    if (!lookup || !release)
        return std::nullopt;
    const SecretSchema schema{.name = "org.qt.keychain", .flags = kDontMatchName, .attributes = {{"user", 0}, {"server", 0}, {"type", 0}}};
    const QByteArray user = secretKey.toUtf8();
    char *found = lookup(&schema, nullptr, nullptr, "user", user.constData(), "server", "stillroom", "type", "plaintext", nullptr);
    if (!found)
        return std::nullopt;
    QString password = QString::fromUtf8(found);
    release(found);
    return password;
}

} // namespace stillroom::database
