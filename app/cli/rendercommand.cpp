// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "migration/ancestorfold.h"
#include "migration/preview.h"
#include "revision/plan.h"

#include <QJsonArray>
#include <QThreadPool>

#include <algorithm>

namespace stillroom::cli {

using migration::BodySql;
using revision::Index;

namespace {

struct Rendered {
    Index index = 0;
    std::optional<Result<BodySql>> upgrade, downgrade;
};

QString statusName(BodySql::Status status)
{
    switch (status) {
    case BodySql::Status::Complete:
        return QStringLiteral("complete");
    case BodySql::Status::NeedsDatabase:
        return QStringLiteral("needs-database");
    case BodySql::Status::NotUnderstood:
        return QStringLiteral("not-understood");
    }
    return {};
}

/// As Alembic prints it.
QString printed(QString sql) { return sql.replace(QLatin1Char('\t'), QLatin1String("    ")); }

/// The contract of issue 2: docs/guide/command-line.md, "render".
QJsonObject json(const BodySql &body)
{
    QJsonArray statements;
    for (const dialect::Statement &statement : body.statements) {
        QJsonObject object{{QStringLiteral("sql"), printed(statement.sql)}, {QStringLiteral("line"), statement.origin.line}};
        if (!statement.notes.isEmpty())
            object[QStringLiteral("notes")] = QJsonArray::fromStringList(statement.notes);
        statements.append(object);
    }
    QJsonObject object{{QStringLiteral("status"), statusName(body.status)},
                       {QStringLiteral("statements"), statements},
                       {QStringLiteral("reason"), body.reason.isEmpty() ? QJsonValue() : QJsonValue(body.reason)},
                       {QStringLiteral("line"), body.line > 0 ? QJsonValue(body.line) : QJsonValue()}};
    if (!body.notes.isEmpty())
        object[QStringLiteral("notes")] = QJsonArray::fromStringList(body.notes);
    return object;
}

QString text(const BodySql &body, const QString &direction)
{
    QString out = QStringLiteral("-- %1: %2\n").arg(direction, statusName(body.status));
    for (const QString &note : body.notes)
        out += QStringLiteral("-- note: %1\n").arg(note);
    for (const dialect::Statement &statement : body.statements) {
        for (const QString &note : statement.notes)
            out += QStringLiteral("-- note: %1\n").arg(note);
        out += printed(statement.sql) + QStringLiteral(";\n\n");
    }
    if (!body.reason.isEmpty())
        out += QStringLiteral("-- %1%2\n").arg(body.line > 0 ? QStringLiteral("line %1: ").arg(body.line) : QString(), body.reason);
    return out;
}

Result<std::vector<Index>> wanted(const CommandLine &line, const project::Project &project)
{
    const revision::RevisionGraph &graph = project.graph();
    std::vector<Index> indexes;
    if (line.all) {
        // Oldest first, as they would run.
        for (Index index = static_cast<Index>(graph.revisions().size()); index-- > 0;) {
            if (!graph.revisions()[index].isGhost)
                indexes.push_back(index);
        }
        return indexes;
    }
    for (const QString &target : line.arguments) {
        auto ids = revision::resolve(graph, target);
        if (!ids)
            return std::unexpected(std::move(ids).error());
        for (const QString &id : *ids) {
            if (const auto index = graph.find(id))
                indexes.push_back(*index);
        }
    }
    return indexes;
}

/// What bodies ask is asked of the database where its next run would come to them. Never writes.
Result<void> ask(const CommandLine &line, const project::Project &project, std::vector<Rendered> &revisions)
{
    auto spec = connectionOf(line, project);
    if (!spec)
        return std::unexpected(std::move(spec).error());
    spec->readOnly = true;
    const auto session = database::Session::open(*spec);
    if (!session)
        return std::unexpected(session.error());
    for (Rendered &rendered : revisions) {
        const QString id = project.graph().revisions()[rendered.index].header.id;
        for (auto [body, direction] :
             {std::pair{&rendered.upgrade, script::Direction::Upgrade}, std::pair{&rendered.downgrade, script::Direction::Downgrade}}) {
            if (!*body || !**body || (**body)->status != BodySql::Status::NeedsDatabase)
                continue;
            auto asked = migration::previewBody(project, **session, id, direction);
            if (!asked)
                return std::unexpected(std::move(asked).error());
            if (*asked)
                *body = std::move(**asked);
        }
    }
    return {};
}

void render(const project::Project &project, dialect::DialectKind kind, dialect::RenderOptions options, bool up, bool down,
            std::vector<Rendered> &revisions)
{
    // Bodies are independent of each other: as many threads as cores, each takes the next revision.
    std::atomic<std::size_t> next = 0;
    migration::AncestorFold ancestors(project, kind);
    const auto work = [&] {
        migration::RenderRequest request;
        request.kind = kind;
        request.options = options;
        request.ancestors = &ancestors;
        script::Evaluator evaluator;
        request.evaluator = &evaluator;
        for (std::size_t i = next++; i < revisions.size(); i = next++) {
            const revision::Header &header = project.graph().revisions()[revisions[i].index].header;
            if (up)
                revisions[i].upgrade = migration::renderBody(project, header, script::Direction::Upgrade, request);
            if (down)
                revisions[i].downgrade = migration::renderBody(project, header, script::Direction::Downgrade, request);
        }
    };
    QThreadPool pool;
    for (int i = 0; i < pool.maxThreadCount(); ++i)
        pool.start(work);
    pool.waitForDone();
}

} // namespace

int renderRevisions(const CommandLine &line, const project::Project &project)
{
    const auto kind = dialectOf(line, project);
    if (!kind)
        return fail(kind.error());
    const auto indexes = wanted(line, project);
    if (!indexes)
        return fail(indexes.error());
    const bool up = line.direction != QLatin1String("downgrade");
    const bool down = line.direction != QLatin1String("upgrade");
    std::vector<Rendered> revisions;
    for (const Index index : *indexes)
        revisions.push_back({index, {}, {}});
    render(project, *kind, renderOptions(line), up, down, revisions);
    if (line.has("connected")) {
        if (const auto asked = ask(line, project, revisions); !asked)
            return fail(asked.error());
    }

    QJsonArray array;
    QString out;
    for (const Rendered &rendered : revisions) {
        const revision::Header &header = project.graph().revisions()[rendered.index].header;
        QJsonObject object{{QStringLiteral("revision"), header.id}, {QStringLiteral("file"), header.file}};
        out += QStringLiteral("-- %1 %2\n").arg(header.id, header.message);
        for (const auto &[body, direction] :
             {std::pair{&rendered.upgrade, QStringLiteral("upgrade")}, std::pair{&rendered.downgrade, QStringLiteral("downgrade")}}) {
            if (!*body)
                continue;
            if (!**body)
                return fail((*body)->error());
            object[direction] = json(***body);
            out += text(***body, direction);
        }
        array.append(object);
    }
    if (line.json)
        printJson({{QStringLiteral("revisions"), array}});
    else
        print(out);
    return kDone;
}

} // namespace stillroom::cli
