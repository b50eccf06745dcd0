// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/secrets.h"

#include <qt6keychain/keychain.h>

namespace stillroom::ui {

namespace {

const QString kService = QStringLiteral("stillroom");

SecretAnswer::Kind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return SecretAnswer::Kind::Done;
    case QKeychain::EntryNotFound:
        return SecretAnswer::Kind::Nothing;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return SecretAnswer::Kind::Refused;
    // Without a Secret Service on the bus, QtKeychain 0.13 says "other error" and D-Bus' own words.
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return SecretAnswer::Kind::NoKeyring;
    }
    return SecretAnswer::Kind::NoKeyring;
}

/// Jobs delete themselves when they have ended.
template<class Job>
void begin(Job *job, const QString &key, QObject *context, const Secrets::Answer &answer)
{
    job->setKey(key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context, [answer](QKeychain::Job *ended) {
        SecretAnswer made{.kind = kindOf(ended->error()), .words = ended->errorString()};
        if (const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(ended))
            made.password = reading->textData();
        answer(made);
    });
    job->start();
}

} // namespace

Secrets::~Secrets() = default;

void KeyringSecrets::read(const QString &key, QObject *context, Answer answer)
{
    begin(new QKeychain::ReadPasswordJob(kService), key, context, answer);
}

void KeyringSecrets::write(const QString &key, const QString &password, QObject *context, Answer answer)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setTextData(password);
    begin(job, key, context, answer);
}

void KeyringSecrets::remove(const QString &key, QObject *context, Answer answer)
{
    begin(new QKeychain::DeletePasswordJob(kService), key, context, answer);
}

} // namespace stillroom::ui
