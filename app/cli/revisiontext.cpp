// SPDX-License-Identifier: GPL-3.0-or-later
#include "revisiontext.h"

#include "base/sentence.h"

namespace stillroom::cli {

using revision::Index;
using revision::RevisionGraph;

namespace {

QString joined(const QStringList &list) { return list.join(QStringLiteral(", ")); }

/// Ten thousand lines are one `history`: ids are appended, not collected first.
void appendIds(QString &text, const RevisionGraph &graph, std::span<const Index> indexes)
{
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        if (i > 0)
            text += QLatin1String(", ");
        text += graph.revisions()[indexes[i]].header.id;
    }
}

QString parentsText(const RevisionGraph &graph, Index index)
{
    QString text;
    appendIds(text, graph, graph.parents(index));
    return text.isEmpty() ? QStringLiteral("<base>") : text;
}

/// Marks that Alembic has not, since it does not open such histories.
QString ownMarks(const RevisionGraph::Revision &revision)
{
    QString text;
    if (revision.isGhost)
        text += QStringLiteral(" (missing)");
    if (revision.header.problem)
        text += QStringLiteral(" (cannot be read)");
    return text;
}

} // namespace

QStringList idsOf(const RevisionGraph &graph, std::span<const Index> indexes)
{
    QStringList list;
    for (const Index index : indexes)
        list.append(graph.revisions()[index].header.id);
    return list;
}

QString shortText(const RevisionGraph &graph, Index index, const ShortText &shown)
{
    const RevisionGraph::Revision &revision = graph.revisions()[index];
    QString text;
    if (shown.parents) {
        if (graph.parents(index).empty())
            text += QLatin1String("<base>");
        appendIds(text, graph, graph.parents(index));
        if (!graph.dependencies(index).empty()) {
            text += QLatin1String(" (");
            appendIds(text, graph, graph.dependencies(index));
            text += QLatin1Char(')');
        }
        text += QLatin1String(" -> ");
    }
    text += revision.header.id;
    if (shown.branches && !revision.effectiveLabels.isEmpty())
        text += QLatin1String(" (") + joined(revision.effectiveLabels) + QLatin1Char(')');
    if (revision.isEffectiveHead)
        text += QLatin1String(" (head)");
    else if (revision.isHead)
        text += QLatin1String(" (effective head)");
    if (shown.currentRows.contains(revision.header.id))
        text += QLatin1String(" (current)");
    if (shown.tree && revision.isBranchPoint)
        text += QLatin1String(" (branchpoint)");
    if (shown.tree && revision.isMerge)
        text += QLatin1String(" (mergepoint)");
    if (revision.isGhost || revision.header.problem)
        text += ownMarks(revision);
    if (shown.message)
        text += QLatin1String(", ") + revision.header.message;
    return text;
}

QString longText(const RevisionGraph &graph, Index index, const QStringList &currentRows)
{
    const RevisionGraph::Revision &revision = graph.revisions()[index];
    QString text = QStringLiteral("Rev: %1").arg(revision.header.id);
    if (revision.isHead)
        text += QStringLiteral(" (head)");
    if (revision.isBranchPoint)
        text += QStringLiteral(" (branchpoint)");
    if (revision.isMerge)
        text += QStringLiteral(" (mergepoint)");
    if (currentRows.contains(revision.header.id))
        text += QStringLiteral(" (current)");
    text += ownMarks(revision) + QLatin1Char('\n');
    text += (revision.isMerge ? QStringLiteral("Merges: %1\n") : QStringLiteral("Parent: %1\n")).arg(parentsText(graph, index));
    if (!graph.dependencies(index).empty())
        text += QStringLiteral("Also depends on: %1\n").arg(joined(idsOf(graph, graph.dependencies(index))));
    if (revision.isBranchPoint)
        text += QStringLiteral("Branches into: %1\n").arg(joined(idsOf(graph, graph.children(index))));
    if (!revision.effectiveLabels.isEmpty())
        text += QStringLiteral("Branch names: %1\n").arg(joined(revision.effectiveLabels));
    text += QStringLiteral("Path: %1\n\n").arg(revision.header.file.isEmpty() ? QStringLiteral("no file has this revision") : revision.header.file);
    if (revision.header.problem)
        text += QStringLiteral("    %1\n\n").arg(sentence(*revision.header.problem));
    const QString docstring = revision.header.docstring.trimmed();
    if (!docstring.isEmpty()) {
        for (const QString &line : docstring.split(QLatin1Char('\n')))
            text += QStringLiteral("    %1\n").arg(line);
    } else {
        text += QLatin1Char('\n');
    }
    return text + QLatin1Char('\n');
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

} // namespace stillroom::cli
