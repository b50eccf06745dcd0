// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "database/catalog.h"
#include "project/answers.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>

namespace stillroom::cli {

namespace {

Result<project::DatabaseUrl> urlOf(const CommandLine &line, const project::Project &project)
{
    if (!line.url.isEmpty())
        return project::DatabaseUrl::parse(line.url, QDir::currentPath());
    if (project.urlOffers().isEmpty()) {
        Error error;
        error.code = ErrorCode::UrlMissing;
        error.subject = project.configurationFile();
        return std::unexpected(std::move(error));
    }
    return project::DatabaseUrl::parse(project.urlOffers().first().url, project.root());
}

} // namespace

QString addressSource(const CommandLine &line, const project::Project &project)
{
    using Source = project::Setting::Source;
    if (line.has("connection"))
        return QStringLiteral("--connection %1").arg(line.value("connection"));
    if (!line.url.isEmpty())
        return QStringLiteral("--url");
    if (project.urlOffers().isEmpty())
        return {};
    const project::UrlOffer &offer = project.urlOffers().first();
    if (offer.source == Source::ProcessEnvironment)
        return QStringLiteral("%1 of the environment").arg(offer.name);
    QString place = QDir(project.root()).relativeFilePath(offer.file);
    if (offer.line > 0)
        place += QStringLiteral(":%1").arg(offer.line);
    return offer.name.isEmpty() ? place : QStringLiteral("%1 (%2)").arg(place, offer.name);
}

namespace {

/// --ssh [USER@]HOST[:PORT], else that of the named connection, else what .stillroom.json says of this address.
Result<database::SshRoute> sshRouteOf(const CommandLine &line, const project::Project &project, const database::ConnectionSpec &spec,
                                      const database::SshRoute &named)
{
    if (!line.has("ssh") && !named.isEmpty())
        return named;
    if (!line.has("ssh"))
        return database::sshRouteFor(spec, project::answersFile(project.root()));
    database::SshRoute route{.destination = line.value("ssh"), .identityFile = line.value("ssh-key")};
    const qsizetype colon = route.destination.lastIndexOf(QLatin1Char(':'));
    bool isNumber = false;
    const int port = route.destination.mid(colon + 1).toInt(&isNumber);
    if (colon > 0 && isNumber && port > 0 && port <= 65535) {
        route.port = port;
        route.destination.truncate(colon);
    }
    return route;
}

/// The spec by way of ssh where the connection names one. The tunnel stays until the program ends.
Result<database::ConnectionSpec> throughSsh(const CommandLine &line, const project::Project &project, const database::ConnectionSpec &spec,
                                            const database::SshRoute &named)
{
    if (spec.kind != dialect::DialectKind::PostgreSql)
        return spec;
    const auto route = sshRouteOf(line, project, spec, named);
    if (!route)
        return std::unexpected(route.error());
    if (route->isEmpty())
        return spec;
    static database::SshTunnel *tunnel = nullptr;
    if (!tunnel) {
        tunnel = new database::SshTunnel(QCoreApplication::instance());
        QEventLoop loop;
        std::optional<Error> problem;
        QObject::connect(tunnel, &database::SshTunnel::ready, &loop, &QEventLoop::quit);
        QObject::connect(tunnel, &database::SshTunnel::failed, &loop, [&](const Error &error) {
            problem = error;
            loop.quit();
        });
        tunnel->open(*route, spec);
        loop.exec();
        if (problem)
            return std::unexpected(std::move(*problem));
    }
    database::ConnectionSpec through = tunnel->through();
    through.readOnly = spec.readOnly;
    return through;
}

} // namespace

QString wrongConnection(const CommandLine &line, const project::Project &project)
{
    const auto named = chosenConnection(line, project);
    if (!named)
        return named.error();
    if (!line.has("ssh"))
        return {};
    const auto url = *named ? Result<project::DatabaseUrl>() : urlOf(line, project);
    if (!url)
        return {}; // said by the commands that need an address
    const QString file = *named ? (*named)->spec.sqliteFile : url->sqliteFile;
    return file.isEmpty()
               ? QString()
               : QStringLiteral("%1 is a file of this machine, which nothing reaches through ssh; leave --ssh away, or name a server's database.")
                     .arg(file);
}

Result<database::ConnectionSpec> connectionOf(const CommandLine &line, const project::Project &project)
{
    auto named = namedConnectionWithPassword(line, project);
    if (!named)
        return std::unexpected(std::move(named).error());
    static const QStringList writing{QStringLiteral("upgrade"), QStringLiteral("stamp"), QStringLiteral("ensure_version"), QStringLiteral("reset")};
    const bool looks = line.sql || line.has("preview");
    const bool writes = writing.contains(line.command) && !looks;
    database::ConnectionSpec spec;
    if (*named) {
        spec = (*named)->spec;
        spec.createIfMissing = spec.createIfMissing && writes && !line.readOnly;
        const auto policy = policyOf(line, project, spec);
        if (!policy)
            return std::unexpected(policy.error());
        database::apply(*policy, spec);
    } else {
        auto url = urlOf(line, project);
        if (!url)
            return std::unexpected(std::move(url).error());
        spec.kind = url->kind;
        spec.keywords = url->keywords;
        spec.sqliteFile = url->sqliteFile;
        spec.createIfMissing = writes && !line.readOnly; // as SQLite under Alembic; looking never makes a file
    }
    // Commands that only look are held to it by the server or the file's open mode.
    const bool changes = (line.command == QLatin1String("downgrade") && !looks) || (line.command == QLatin1String("repair") && line.has("apply"));
    spec.readOnly = spec.readOnly || line.readOnly || !(writes || changes);
    return throughSsh(line, project, spec, *named ? (*named)->ssh : database::SshRoute{});
}

Result<database::ConnectionPolicy> policyOf(const CommandLine &line, const project::Project &project, const database::ConnectionSpec &spec)
{
    const QString file = project::answersFile(project.root());
    auto named = namedConnection(line, project);
    if (!named)
        return std::unexpected(std::move(named).error());
    const auto said = database::policyFor(spec, file);
    if (!said)
        return std::unexpected(said.error());
    const auto refused = [&](const QString &detail) {
        return std::unexpected(Error{.code = ErrorCode::PolicyRefused, .subject = spec.databaseName(), .detail = detail});
    };
    const auto held = [&] {
        return *named ? database::policyFor(**named, file) : Result<database::ConnectionPolicy>(said->value_or(database::ConnectionPolicy{}));
    };
    auto policy = held();
    if (policy && line.has("environment")) {
        const auto environment = database::environmentFromName(line.value("environment"));
        const bool connectionSays = *named && (*named)->environment;
        if ((*said || connectionSays) && policy->environment != *environment) {
            return refused(QStringLiteral("%1 says that %2 is a %3 database")
                               .arg(*said ? file : QStringLiteral("the connection %1").arg(line.value("connection")), spec.databaseName(),
                                    environmentName(policy->environment)));
        }
        if (*named && !connectionSays) {
            (*named)->environment = environment;
            policy = held();
        } else if (!*named && !*said) {
            policy = database::policyOf(*environment);
        }
    }
    if (!policy)
        return policy;
    policy->readOnly = policy->readOnly || line.readOnly;
    policy->keepsLedger = policy->keepsLedger || line.has("ledger");
    struct Limit {
        const char *option;
        int *field;
        int factor;
    };
    for (const Limit &limit : {Limit{"lock-timeout", &policy->lockTimeoutMs, 1}, Limit{"statement-timeout", &policy->statementTimeoutMs, 1},
                               Limit{"idle-timeout", &policy->idleInTransactionTimeoutMs, 1}, Limit{"wait", &policy->runnerWaitMs, 1000}}) {
        if (line.has(limit.option))
            *limit.field = line.value(limit.option).toInt() * limit.factor;
    }
    return policy;
}

Result<QStringList> versionRowsOf(const CommandLine &line, const project::Project &project)
{
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    auto spec = connectionOf(line, project);
    if (!spec)
        return std::unexpected(std::move(spec).error());
    auto session = database::Session::open(*spec);
    if (!session)
        return std::unexpected(std::move(session).error());
    auto versions = database::readVersionRows(**session, *table);
    if (!versions)
        return std::unexpected(std::move(versions).error());
    return versions->rows;
}

dialect::RenderOptions renderOptions(const CommandLine &line) { return {.sqlalchemy14 = line.value("sqlalchemy") == QLatin1String("1.4")}; }

Result<dialect::DialectKind> dialectOf(const CommandLine &line, const project::Project &project)
{
    if (line.dialect.isEmpty()) {
        const auto named = namedConnection(line, project);
        if (!named)
            return std::unexpected(named.error());
        if (*named)
            return (*named)->spec.kind;
        auto url = urlOf(line, project);
        if (!url)
            return std::unexpected(std::move(url).error());
        return url->kind;
    }
    if (const auto kind = dialect::dialectFromName(line.dialect))
        return *kind;
    Error error;
    error.code = ErrorCode::DialectUnknown;
    error.subject = line.dialect;
    return std::unexpected(std::move(error));
}

} // namespace stillroom::cli
