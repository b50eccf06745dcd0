// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connectiontest.h"

#include "database/connectionkeywords.h"

#include <QElapsedTimer>

namespace stillroom::database {

std::optional<SslProof> sslModeProof(const QString &mode)
{
    static const std::pair<const char *, SslProof> proofs[] = {
        {"disable", SslProof::Nothing},   {"allow", SslProof::EncryptedMaybe}, {"prefer", SslProof::EncryptedMaybe},
        {"require", SslProof::Encrypted}, {"verify-ca", SslProof::Authority},  {"verify-full", SslProof::Host},
    };
    for (const auto &[name, proof] : proofs) {
        if (mode == QLatin1String(name))
            return proof;
    }
    return std::nullopt;
}

Result<ConnectionReport> testConnection(const ConnectionSpec &wanted)
{
    ConnectionSpec spec = wanted;
    spec.createIfMissing = false;
    QElapsedTimer clock;
    clock.start();
    const auto session = Session::open(spec);
    if (!session)
        return std::unexpected(session.error());
    ConnectionReport report{.serverVersion = (*session)->serverVersion(), .encryption = (*session)->encryption()};
    if (spec.kind == dialect::DialectKind::Sqlite) {
        report.isReadOnly = spec.readOnly;
    } else {
        const auto asked = (*session)->execute(QStringLiteral("SELECT session_user, pg_catalog.current_database(), "
                                                              "pg_catalog.current_setting('transaction_read_only'), pg_catalog.pg_is_in_recovery()"));
        if (!asked)
            return std::unexpected(asked.error());
        const auto &row = asked->rows.front();
        report.user = row[0].toString();
        report.database = row[1].toString();
        report.isReadOnly = row[2].toString() == QLatin1String("on");
        report.isStandby = row[3].toBool();
        report.sslMode = effectiveValue(spec.keywords, QStringLiteral("sslmode"));
    }
    report.milliseconds = clock.elapsed();
    return report;
}

} // namespace stillroom::database
