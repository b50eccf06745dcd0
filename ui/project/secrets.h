// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace stillroom::ui {

struct SecretAnswer {
    enum class Kind { Done, Nothing, NoKeyring, Refused };
    Kind kind = Kind::NoKeyring;
    QString password{}; ///< of a read
    QString words{};    ///< the keyring's own
};

/// Where passwords are kept. Answers come later, in the thread that asked, and not at all once `context` has gone.
class Secrets {
public:
    using Answer = std::function<void(const SecretAnswer &)>;
    virtual ~Secrets();
    virtual void read(const QString &key, QObject *context, Answer answer) = 0;
    virtual void write(const QString &key, const QString &password, QObject *context, Answer answer) = 0;
    virtual void remove(const QString &key, QObject *context, Answer answer) = 0;
};

/// The desktop's keyring (Secret Service, KWallet) through QtKeychain, and never a plain file in its place.
class KeyringSecrets final : public Secrets {
public:
    void read(const QString &key, QObject *context, Answer answer) override;
    void write(const QString &key, const QString &password, QObject *context, Answer answer) override;
    void remove(const QString &key, QObject *context, Answer answer) override;
};

} // namespace stillroom::ui
