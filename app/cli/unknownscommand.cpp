// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "project/answers.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QMap>
#include <QThreadPool>

#include <algorithm>

namespace stillroom::cli {

namespace {

using revision::Header;

/// A body that waits for a name.
struct Waiting {
    QString revision, direction, file;
    int line = 0;
    bool isFirst = true; ///< no other name stops it before
};

struct Unknown {
    QString reason;
    std::vector<Waiting> waiting;
};

struct Found {
    QString name, reason;
    Waiting waiting;
};

/// The names that one body waits for. Behind the first there may be more: it is evaluated again with a type in its place,
/// which is what most such names are, or a text, until it stops for another reason.
std::vector<Found> unknownsOf(const Header &header, script::Direction direction, script::Environment environment)
{
    constexpr std::size_t kMostNames = 50;
    std::vector<Found> found;
    const auto script = script::Script::load(header.file);
    if (!script)
        return found;
    const auto evaluated = [&]() -> script::BodyOutcome {
        script::CollectingSink sink;
        auto outcome = (*script)->evaluate(direction, environment, sink);
        return outcome ? std::move(*outcome) : script::BodyOutcome{};
    };
    script::BodyOutcome outcome = evaluated();
    while (outcome.status != script::BodyStatus::Complete && !outcome.unknownName.isEmpty() && found.size() < kMostNames) {
        const QString name = outcome.unknownName;
        found.push_back({name, outcome.reason,
                         Waiting{header.id, direction == script::Direction::Upgrade ? QStringLiteral("upgrade") : QStringLiteral("downgrade"),
                                 outcome.file, outcome.line, found.empty()}});
        const auto isFound = [&](const Found &one) { return one.name == outcome.unknownName; };
        for (const char *instead : {"sa.Integer()", "'text'"}) {
            environment.givenValues.insert(name, QString::fromUtf8(instead));
            outcome = evaluated();
            if (outcome.status == script::BodyStatus::Complete || (!outcome.unknownName.isEmpty() && std::ranges::none_of(found, isFound)))
                break;
        }
        if (std::ranges::any_of(found, isFound))
            break;
    }
    return found;
}

QMap<QString, Unknown> collect(const project::Project &project, const QString &dialectName)
{
    std::vector<const Header *> headers;
    for (auto it = project.graph().revisions().rbegin(); it != project.graph().revisions().rend(); ++it) { // oldest first
        if (!it->isGhost && !it->header.problem)
            headers.push_back(&it->header);
    }
    std::vector<std::vector<Found>> found(headers.size());
    std::atomic<std::size_t> next = 0;
    const script::Environment environment = project.environment(dialectName);
    const auto work = [&] {
        for (std::size_t i = next++; i < headers.size(); i = next++) {
            found[i] = unknownsOf(*headers[i], script::Direction::Upgrade, environment);
            for (Found &one : unknownsOf(*headers[i], script::Direction::Downgrade, environment))
                found[i].push_back(std::move(one));
        }
    };
    QThreadPool pool;
    for (int i = 0; i < pool.maxThreadCount(); ++i)
        pool.start(work);
    pool.waitForDone();

    QMap<QString, Unknown> unknowns;
    for (const std::vector<Found> &ofOne : found) {
        for (const Found &one : ofOne) {
            Unknown &unknown = unknowns[one.name];
            if (unknown.reason.isEmpty() || one.waiting.isFirst)
                unknown.reason = one.reason;
            unknown.waiting.push_back(one.waiting);
        }
    }
    return unknowns;
}

QJsonObject json(const QMap<QString, Unknown> &unknowns, const project::Project &project)
{
    QJsonArray array;
    for (auto it = unknowns.cbegin(); it != unknowns.cend(); ++it) {
        QJsonArray waiting;
        for (const Waiting &one : it->waiting)
            waiting.append(QJsonObject{{QStringLiteral("revision"), one.revision},
                                       {QStringLiteral("direction"), one.direction},
                                       {QStringLiteral("file"), one.file},
                                       {QStringLiteral("line"), one.line > 0 ? QJsonValue(one.line) : QJsonValue()},
                                       {QStringLiteral("is_first"), one.isFirst}});
        array.append(QJsonObject{{QStringLiteral("name"), it.key()}, {QStringLiteral("reason"), it->reason}, {QStringLiteral("waiting"), waiting}});
    }
    const auto answers = project::readAnswers(project.root());
    QJsonObject values;
    if (answers) {
        for (auto it = answers->values.cbegin(); it != answers->values.cend(); ++it)
            values[it.key()] = it.value();
    }
    return {{QStringLiteral("version"), 1},
            {QStringLiteral("unknowns"), array},
            {QStringLiteral("values"), values},
            {QStringLiteral("values_file"), project::answersFile(project.root())}};
}

QString text(const QMap<QString, Unknown> &unknowns)
{
    QString out;
    for (auto it = unknowns.cbegin(); it != unknowns.cend(); ++it) {
        out += QStringLiteral("%1\n    %2\n").arg(it.key(), it->reason);
        QList<QStringList> rows;
        for (const Waiting &one : it->waiting) {
            const QString place = QFileInfo(one.file).fileName() + (one.line > 0 ? QStringLiteral(":%1").arg(one.line) : QString());
            rows.append({one.revision, one.direction, place, one.isFirst ? QString() : QStringLiteral("(after another name)")});
        }
        out += aligned(rows, QStringLiteral("    waits: "));
    }
    return out;
}

} // namespace

Result<void> tellUnknowns(const CommandLine &line, const project::Project &project)
{
    std::vector<std::pair<QString, std::optional<QString>>> values;
    for (const QString &told : line.values("set")) {
        const qsizetype equals = told.indexOf(QLatin1Char('='));
        const QString name = told.left(std::max<qsizetype>(equals, 0)).trimmed();
        if (name.isEmpty()) {
            Error error;
            error.code = ErrorCode::GivenValueNotUnderstood;
            error.subject = QStringLiteral("a name");
            error.statement = told;
            error.detail = QStringLiteral("--set takes NAME=EXPRESSION");
            return std::unexpected(std::move(error));
        }
        values.emplace_back(name, told.mid(equals + 1).trimmed());
    }
    for (const QString &name : line.values("unset"))
        values.emplace_back(name.trimmed(), std::nullopt);
    return project::giveValues(project.root(), values);
}

int showUnknowns(const CommandLine &line, const project::Project &project)
{
    // What is unknown hardly depends on the dialect: without an address it is asked for PostgreSQL.
    const auto kind = dialectOf(line, project);
    if (!kind && !line.dialect.isEmpty())
        return fail(kind.error());
    const QMap<QString, Unknown> unknowns = collect(project, kind ? dialect::dialectName(*kind) : QStringLiteral("postgresql"));
    if (line.json) {
        printJson(json(unknowns, project));
        return kDone;
    }
    print(text(unknowns));
    if (line.quiet)
        return kDone;
    if (unknowns.isEmpty())
        printError(QStringLiteral("Scripts need no name that is not known.\n"));
    else
        printError(
            QStringLiteral("Tell a value with: stillroom-cli unknowns --set '%1=EXPRESSION', such as sa.Uuid() for a type. It is kept in %2.\n")
                .arg(unknowns.firstKey(), project::answersFile(project.root())));
    return kDone;
}

} // namespace stillroom::cli
