// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "lanetext.h"
#include "output.h"
#include "revisiontext.h"

#include "base/sentence.h"
#include "database/catalog.h"
#include "project/vanished.h"
#include "revision/plan.h"

#include <QJsonArray>
#include <QSet>

#include <chrono>

namespace stillroom::cli {

using revision::Index;
using revision::RevisionGraph;

namespace {

QJsonObject json(const RevisionGraph &graph, Index index)
{
    const RevisionGraph::Revision &revision = graph.revisions()[index];
    QJsonObject object;
    object[QStringLiteral("revision")] = revision.header.id;
    object[QStringLiteral("down_revisions")] = QJsonArray::fromStringList(idsOf(graph, graph.parents(index)));
    object[QStringLiteral("depends_on")] = QJsonArray::fromStringList(idsOf(graph, graph.dependencies(index)));
    object[QStringLiteral("branch_labels")] = QJsonArray::fromStringList(revision.header.branchLabels);
    object[QStringLiteral("labels")] = QJsonArray::fromStringList(revision.effectiveLabels);
    object[QStringLiteral("message")] = revision.header.message;
    object[QStringLiteral("create_date")] =
        revision.header.createDate.isValid() ? QJsonValue(revision.header.createDate.toString(Qt::ISODateWithMs)) : QJsonValue();
    object[QStringLiteral("file")] = revision.header.file;
    object[QStringLiteral("is_head")] = revision.isHead;
    object[QStringLiteral("is_base")] = revision.isBase;
    object[QStringLiteral("is_branch_point")] = revision.isBranchPoint;
    object[QStringLiteral("is_merge")] = revision.isMerge;
    object[QStringLiteral("is_missing")] = revision.isGhost;
    object[QStringLiteral("problem")] = revision.header.problem ? QJsonValue(sentence(*revision.header.problem)) : QJsonValue();
    return object;
}

/// What git tells of missing revisions, as far as that is quick: a list is not to wait for it.
project::VanishedSearch whereabouts(const project::Project &project)
{
    QStringList missing;
    for (const RevisionGraph::Revision &revision : project.graph().revisions()) {
        if (revision.isGhost)
            missing << revision.header.id;
    }
    return project::findVanished(missing, project.root(), project.versionDirectories(), nullptr,
                                 {.commits = 20'000, .time = std::chrono::milliseconds(800)});
}

/// Alembic stops at these; here the history still shows, and says on the side what is wrong with it.
void tellDefects(const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    const project::VanishedSearch vanished = whereabouts(project);
    for (const revision::Defect &defect : graph.defects()) {
        using Kind = revision::Defect::Kind;
        if (defect.kind == Kind::PrefixCollision || defect.kind == Kind::UnreadableScript) // the latter is told below, in full
            continue;
        const auto found = vanished.found.constFind(defect.subject);
        printError(QStringLiteral("warning: %1.%2\n")
                       .arg(defectLine(defect), found == vanished.found.cend() ? QString() : QLatin1Char(' ') + project::sentence(*found)));
    }
    for (const RevisionGraph::Revision &revision : graph.revisions()) {
        if (revision.header.problem)
            printError(QStringLiteral("warning: %1\n").arg(sentence(*revision.header.problem)));
    }
}

/// The listed revisions alone as a history of their own, so that their lanes can be drawn; in its rows' order.
RevisionGraph subgraph(const RevisionGraph &graph, const std::vector<Index> &indexes)
{
    const QSet<Index> listed(indexes.cbegin(), indexes.cend());
    std::vector<revision::Header> headers;
    for (const Index index : graph.loadOrder()) {
        if (!listed.contains(index))
            continue;
        revision::Header header;
        header.id = graph.revisions()[index].header.id;
        header.createDate = graph.revisions()[index].header.createDate;
        for (const Index parent : graph.parents(index)) {
            if (listed.contains(parent))
                header.downRevisions << graph.revisions()[parent].header.id;
        }
        for (const Index dependency : graph.dependencies(index)) {
            if (listed.contains(dependency))
                header.dependsOn << graph.revisions()[dependency].header.id;
        }
        headers.push_back(std::move(header));
    }
    return RevisionGraph(std::move(headers));
}

QString withLanes(const RevisionGraph &graph, const std::vector<Index> &indexes, const QStringList &currentRows)
{
    const RevisionGraph drawn = subgraph(graph, indexes);
    const QStringList lanes = laneTexts(drawn, laneStyleOfOutput());
    QString text;
    for (Index row = 0; row < drawn.revisions().size(); ++row) {
        const Index index = *graph.find(drawn.revisions()[row].header.id);
        text += lanes[row] + QStringLiteral("  ") +
                shortText(graph, index, {.branches = true, .message = true, .parents = false, .currentRows = currentRows}) + QLatin1Char('\n');
    }
    return text;
}

bool drawsLanes(const CommandLine &line) { return !line.verbose && !line.has("no-graph") && (line.has("graph") || outputIsTerminal()); }

int printRevisions(const CommandLine &line, const RevisionGraph &graph, const std::vector<Index> &indexes, const QStringList &currentRows,
                   ShortText shown = {})
{
    if (line.json) {
        QJsonArray array;
        for (const Index index : indexes) {
            QJsonObject object = json(graph, index);
            if (line.indicateCurrent)
                object[QStringLiteral("is_current")] = currentRows.contains(graph.revisions()[index].header.id);
            array.append(object);
        }
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("revisions"), array}});
        return kDone;
    }
    shown.currentRows = currentRows;
    QString text;
    for (const Index index : indexes)
        text += line.verbose ? longText(graph, index, currentRows) : shortText(graph, index, shown) + QLatin1Char('\n');
    print(text);
    return kDone;
}

int printHistory(const CommandLine &line, const RevisionGraph &graph, const std::vector<Index> &indexes, const QStringList &currentRows)
{
    if (line.json || !drawsLanes(line))
        return printRevisions(line, graph, indexes, currentRows, {.branches = true, .message = true, .parents = true});
    print(withLanes(graph, indexes, currentRows));
    return kDone;
}

} // namespace

int showHistory(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    tellDefects(project);
    QStringList rows;
    if (line.indicateCurrent || line.range.contains(QLatin1String("current"))) {
        auto read = versionRowsOf(line, project);
        if (!read)
            return fail(read.error());
        rows = *read;
    }
    if (line.range.isEmpty() && graph.brokenBy()) { // no walk is possible, but everything can still be shown
        std::vector<Index> everything;
        for (Index index = 0; index < graph.revisions().size(); ++index)
            everything.push_back(index);
        return printHistory(line, graph, everything, rows);
    }
    const qsizetype colon = line.range.indexOf(QLatin1Char(':'));
    if (!line.range.isEmpty() && colon < 0) {
        Error error;
        error.code = ErrorCode::IllegalTarget;
        error.subject = line.range;
        error.detail = QStringLiteral("a history range is START:END, with either side left out as you like");
        return fail(error);
    }
    const auto listed = revision::history(graph, line.range.left(std::max<qsizetype>(colon, 0)), line.range.mid(colon + 1), rows);
    if (!listed)
        return fail(listed.error());
    return printHistory(line, graph, *listed, line.indicateCurrent ? rows : QStringList());
}

int showHeads(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    tellDefects(project);
    std::vector<Index> heads;
    for (const QString &id : graph.heads()) {
        const Index index = *graph.find(id);
        if (!line.resolveDependencies || graph.dependents(index).empty())
            heads.push_back(index);
    }
    return printRevisions(line, graph, heads, {}, {.branches = true, .tree = false});
}

int showBranches(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    tellDefects(project);
    std::vector<Index> points;
    for (Index index = 0; index < graph.revisions().size(); ++index) {
        if (graph.revisions()[index].isBranchPoint)
            points.push_back(index);
    }
    if (line.json)
        return printRevisions(line, graph, points, {});
    QString text;
    for (const Index index : points) {
        text += line.verbose ? longText(graph, index, {}) : shortText(graph, index, {.branches = true}) + QLatin1Char('\n');
        const QString indent(graph.revisions()[index].header.id.size(), QLatin1Char(' '));
        for (const Index child : graph.children(index))
            text += QStringLiteral("%1 -> %2\n").arg(indent, shortText(graph, child, {.branches = true, .message = line.verbose}));
        text += QLatin1Char('\n');
    }
    print(text);
    return kDone;
}

int showRevisions(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    QStringList rows;
    if (line.arguments.contains(QStringLiteral("current"))) {
        auto read = versionRowsOf(line, project);
        if (!read)
            return fail(read.error());
        rows = *read;
    }
    std::vector<Index> found;
    for (const QString &target : line.arguments) {
        const auto resolved = revision::resolve(graph, target, rows);
        if (!resolved)
            return fail(resolved.error());
        for (const QString &id : *resolved) {
            if (const auto index = graph.find(id))
                found.push_back(*index);
        }
    }
    CommandLine verbose = line;
    verbose.verbose = true;
    const int status = printRevisions(verbose, graph, found, {});
    if (!line.json && std::ranges::any_of(found, [&graph](Index index) { return graph.revisions()[index].isGhost; })) {
        const project::VanishedSearch vanished = whereabouts(project);
        for (const Index index : found) {
            const QString id = graph.revisions()[index].header.id;
            if (const auto where = vanished.found.constFind(id); where != vanished.found.cend())
                print(QStringLiteral("%1: %2\n").arg(id, project::sentence(*where)));
            else if (graph.revisions()[index].isGhost && !vanished.remark.isEmpty())
                print(QStringLiteral("%1: %2.\n").arg(id, vanished.remark));
        }
    }
    return status;
}

namespace {

QString databaseName(const CommandLine &line, const project::Project &project)
{
    const auto spec = connectionOf(line, project);
    return spec ? spec->display() : QStringLiteral("the database");
}

} // namespace

int showCurrent(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    const auto rows = versionRowsOf(line, project);
    if (!rows)
        return fail(rows.error());
    const QStringList heads = graph.heads();
    const bool atHeads = std::ranges::all_of(heads, [&](const QString &head) { return rows->contains(head); }) && rows->size() == heads.size();
    if (line.json) {
        QJsonArray array;
        for (const QString &row : *rows) {
            const auto index = graph.find(row);
            QJsonObject object = index ? json(graph, *index) : QJsonObject{{QStringLiteral("revision"), row}};
            object[QStringLiteral("is_known")] = index.has_value();
            array.append(object);
        }
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("current"), array}, {QStringLiteral("is_at_heads"), atHeads}});
    } else {
        if (line.verbose)
            print(QStringLiteral("Current revision(s) for %1:\n").arg(databaseName(line, project)));
        const QStringList shown = revision::currentRevisions(graph, *rows) + revision::locate(graph, *rows).unknownRows;
        for (const QString &row : shown) {
            const auto index = graph.find(row);
            if (!index) {
                print(QStringLiteral("%1 (unknown to this project)\n").arg(row));
                printError(QStringLiteral("warning: the database is at '%1', which no script of this project has.\n").arg(row));
            } else {
                print(line.verbose ? longText(graph, *index, {}) : shortText(graph, *index, {}) + QLatin1Char('\n'));
            }
        }
        if (rows->isEmpty() && !line.quiet)
            printError(QStringLiteral("The database has no revision yet.\n"));
    }
    return line.checkHeads && !atHeads ? kNotAtHead : kDone;
}

} // namespace stillroom::cli
