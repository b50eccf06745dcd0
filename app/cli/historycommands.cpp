// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "base/sentence.h"
#include "database/catalog.h"
#include "revision/plan.h"

#include <QJsonArray>

namespace stillroom::cli {

using revision::Index;
using revision::RevisionGraph;

namespace {

QStringList ids(const RevisionGraph &graph, std::span<const Index> indexes)
{
    QStringList list;
    for (const Index index : indexes)
        list.append(graph.revisions()[index].header.id);
    return list;
}

QString joined(const QStringList &list) { return list.join(QStringLiteral(", ")); }

/// What stands behind an id, as Alembic prints it: labels, (head), (branchpoint), …
QString marks(const RevisionGraph::Revision &revision, const QStringList &currentRows)
{
    QString text;
    if (!revision.header.branchLabels.isEmpty())
        text += QStringLiteral(" (%1)").arg(joined(revision.header.branchLabels));
    if (currentRows.contains(revision.header.id))
        text += QStringLiteral(" (current)");
    if (revision.isHead)
        text += QStringLiteral(" (head)");
    if (revision.isBranchPoint)
        text += QStringLiteral(" (branchpoint)");
    if (revision.isMerge)
        text += QStringLiteral(" (mergepoint)");
    if (revision.isGhost)
        text += QStringLiteral(" (missing)");
    if (revision.header.problem)
        text += QStringLiteral(" (cannot be read)");
    return text;
}

QString shortLine(const RevisionGraph &graph, Index index, const QStringList &currentRows)
{
    const RevisionGraph::Revision &revision = graph.revisions()[index];
    const QStringList parents = ids(graph, graph.parents(index));
    QString text = QStringLiteral("%1 -> %2%3")
                       .arg(parents.isEmpty() ? QStringLiteral("<base>") : joined(parents), revision.header.id, marks(revision, currentRows));
    if (!graph.dependencies(index).empty())
        text += QStringLiteral(" (depends on %1)").arg(joined(ids(graph, graph.dependencies(index))));
    if (!revision.header.message.isEmpty())
        text += QStringLiteral(", ") + revision.header.message;
    return text + QLatin1Char('\n');
}

QString longText(const RevisionGraph &graph, Index index, const QStringList &currentRows)
{
    const RevisionGraph::Revision &revision = graph.revisions()[index];
    const QStringList parents = ids(graph, graph.parents(index));
    QString text = QStringLiteral("Rev: %1%2\n").arg(revision.header.id, marks(revision, currentRows));
    text += revision.isMerge ? QStringLiteral("Merges: %1\n").arg(joined(parents))
                             : QStringLiteral("Parent: %1\n").arg(parents.isEmpty() ? QStringLiteral("<base>") : joined(parents));
    if (!graph.dependencies(index).empty())
        text += QStringLiteral("Also depends on: %1\n").arg(joined(ids(graph, graph.dependencies(index))));
    if (revision.isBranchPoint)
        text += QStringLiteral("Branches into: %1\n").arg(joined(ids(graph, graph.children(index))));
    if (!revision.effectiveLabels.isEmpty())
        text += QStringLiteral("Branch names: %1\n").arg(joined(revision.effectiveLabels));
    text += QStringLiteral("Path: %1\n\n").arg(revision.header.file.isEmpty() ? QStringLiteral("no file has this revision") : revision.header.file);
    if (revision.header.problem)
        text += QStringLiteral("    %1\n\n").arg(sentence(*revision.header.problem));
    const QStringList docstring = revision.header.docstring.trimmed().split(QLatin1Char('\n'));
    for (const QString &line : docstring)
        text += line.isEmpty() ? QStringLiteral("\n") : QStringLiteral("    %1\n").arg(line);
    return text + QLatin1Char('\n');
}

QJsonObject json(const RevisionGraph &graph, Index index)
{
    const RevisionGraph::Revision &revision = graph.revisions()[index];
    QJsonObject object;
    object[QStringLiteral("revision")] = revision.header.id;
    object[QStringLiteral("down_revisions")] = QJsonArray::fromStringList(ids(graph, graph.parents(index)));
    object[QStringLiteral("depends_on")] = QJsonArray::fromStringList(ids(graph, graph.dependencies(index)));
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

QString defectLine(const revision::Defect &defect)
{
    using Kind = revision::Defect::Kind;
    const QString files = joined(defect.files);
    switch (defect.kind) {
    case Kind::MissingParent:
        return QStringLiteral("down_revision '%1' is in no file; it is named by %2").arg(defect.subject, files);
    case Kind::MissingDependency:
        return QStringLiteral("depends_on '%1' is in no file; it is named by %2").arg(defect.subject, files);
    case Kind::Cycle:
        return QStringLiteral("these revisions follow each other in a circle: %1").arg(joined(defect.revisions));
    case Kind::DependencyCycle:
        return QStringLiteral("these revisions depend on each other in a circle: %1").arg(joined(defect.revisions));
    case Kind::SelfLoop:
        return QStringLiteral("revision %1 names itself as its parent, in %2").arg(defect.subject, files);
    case Kind::DuplicateRevision:
        return QStringLiteral("revision id '%1' stands in several files: %2").arg(defect.subject, files);
    case Kind::DuplicateBranchLabel:
        return QStringLiteral("branch label '%1' is used by several revisions: %2").arg(defect.subject, joined(defect.revisions));
    case Kind::LabelIsRevision:
        return QStringLiteral("branch label '%1' is also a revision id").arg(defect.subject);
    case Kind::IllegalCharacter:
        return QStringLiteral("revision id '%1' has a character that Alembic does not allow (@ - + :), in %2").arg(defect.subject, files);
    case Kind::IdTooLong:
        return QStringLiteral("revision id '%1' is longer than the 32 characters of alembic_version.version_num").arg(defect.subject);
    case Kind::PrefixCollision:
        return QStringLiteral("revision id '%1' is the beginning of %2").arg(defect.subject, joined(defect.revisions));
    case Kind::UnreadableScript:
        return QStringLiteral("%1 cannot be read as a revision script").arg(files);
    }
    return {};
}

/// Alembic stops at these; here the history still shows, and says on the side what is wrong with it.
void tellDefects(const RevisionGraph &graph)
{
    for (const revision::Defect &defect : graph.defects()) {
        if (defect.kind != revision::Defect::Kind::PrefixCollision)
            printError(QStringLiteral("warning: %1.\n").arg(defectLine(defect)));
    }
    for (const RevisionGraph::Revision &revision : graph.revisions()) {
        if (revision.header.problem)
            printError(QStringLiteral("warning: %1\n").arg(sentence(*revision.header.problem)));
    }
}

int printRevisions(const CommandLine &line, const RevisionGraph &graph, const std::vector<Index> &indexes, const QStringList &currentRows)
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
    } else {
        QString text;
        for (const Index index : indexes)
            text += line.verbose ? longText(graph, index, currentRows) : shortLine(graph, index, currentRows);
        print(text);
    }
    return kDone;
}

} // namespace

int showHistory(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    tellDefects(graph);
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
        return printRevisions(line, graph, everything, rows);
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
    return printRevisions(line, graph, *listed, line.indicateCurrent ? rows : QStringList());
}

int showHeads(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    tellDefects(graph);
    std::vector<Index> heads;
    for (Index index = 0; index < graph.revisions().size(); ++index) {
        const RevisionGraph::Revision &revision = graph.revisions()[index];
        if (revision.isHead && !(line.resolveDependencies && !graph.dependents(index).empty()))
            heads.push_back(index);
    }
    if (line.json || line.verbose)
        return printRevisions(line, graph, heads, {});
    QString text;
    for (const Index index : heads) {
        const RevisionGraph::Revision &revision = graph.revisions()[index];
        text += revision.header.id +
                (revision.effectiveLabels.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(joined(revision.effectiveLabels))) +
                QStringLiteral(" (head)\n");
    }
    print(text);
    return kDone;
}

int showBranches(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    tellDefects(graph);
    std::vector<Index> points;
    for (Index index = 0; index < graph.revisions().size(); ++index) {
        if (graph.revisions()[index].isBranchPoint)
            points.push_back(index);
    }
    if (line.json)
        return printRevisions(line, graph, points, {});
    for (const Index index : points) {
        print(line.verbose ? longText(graph, index, {}) : shortLine(graph, index, {}));
        for (const Index child : graph.children(index))
            print(QStringLiteral("%1 -> %2").arg(QString(8, QLatin1Char(' ')), shortLine(graph, child, {})));
    }
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
    return printRevisions(verbose, graph, found, rows);
}

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
        const QStringList shown = revision::currentRevisions(graph, *rows) + revision::locate(graph, *rows).unknownRows;
        for (const QString &row : shown) {
            const auto index = graph.find(row);
            if (!index) {
                print(QStringLiteral("%1 (unknown to this project)\n").arg(row));
                printError(QStringLiteral("warning: the database is at '%1', which no script of this project has.\n").arg(row));
            } else if (line.verbose) {
                print(longText(graph, *index, {}));
            } else {
                print(row + marks(graph.revisions()[*index], {}) + QLatin1Char('\n'));
            }
        }
        if (rows->isEmpty() && !line.quiet)
            printError(QStringLiteral("The database has no revision yet.\n"));
    }
    return line.checkHeads && !atHeads ? kNotAtHead : kDone;
}

} // namespace stillroom::cli
