// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/revisiongraph.h"

#include <algorithm>

namespace stillroom::revision {

std::span<const Index> RevisionGraph::parents(Index revision) const { return edges(m_offsets[revision].parents, m_offsets[revision].dependencies); }

std::span<const Index> RevisionGraph::dependencies(Index revision) const
{
    return edges(m_offsets[revision].dependencies, m_offsets[revision].ownDependencies);
}

std::span<const Index> RevisionGraph::ownDependencies(Index revision) const
{
    return edges(m_offsets[revision].ownDependencies, m_offsets[revision].children);
}

std::span<const Index> RevisionGraph::children(Index revision) const { return edges(m_offsets[revision].children, m_offsets[revision].dependents); }

std::span<const Index> RevisionGraph::dependents(Index revision) const { return edges(m_offsets[revision].dependents, m_offsets[revision].end); }

std::optional<Index> RevisionGraph::find(const QString &fullId) const
{
    const auto it = m_byId.constFind(fullId);
    return it == m_byId.cend() ? std::nullopt : std::optional(*it);
}

std::optional<Index> RevisionGraph::findLabel(const QString &label) const
{
    const auto it = m_byLabel.constFind(label);
    return it == m_byLabel.cend() ? std::nullopt : std::optional(*it);
}

QStringList RevisionGraph::branchLabels() const
{
    QStringList labels = m_byLabel.keys();
    labels.sort();
    return labels;
}

QStringList RevisionGraph::heads() const
{
    QStringList ids;
    for (const Index index : m_loadOrder)
        if (m_revisions[index].isHead)
            ids << m_revisions[index].header.id;
    return ids;
}

QStringList RevisionGraph::bases() const
{
    QStringList ids;
    for (const Index index : m_loadOrder)
        if (m_revisions[index].isBase)
            ids << m_revisions[index].header.id;
    return ids;
}

namespace {

std::optional<ErrorCode> breakingCode(Defect::Kind kind)
{
    switch (kind) {
    case Defect::Kind::MissingParent:
    case Defect::Kind::MissingDependency:
        return ErrorCode::RevisionMissing;
    case Defect::Kind::Cycle:
    case Defect::Kind::DependencyCycle:
    case Defect::Kind::SelfLoop:
        return ErrorCode::RevisionCycle;
    case Defect::Kind::DuplicateRevision:
        return ErrorCode::DuplicateRevision;
    case Defect::Kind::DuplicateBranchLabel:
    case Defect::Kind::LabelIsRevision:
        return ErrorCode::DuplicateBranchLabel;
    case Defect::Kind::IllegalCharacter:
        return ErrorCode::IllegalTarget;
    case Defect::Kind::UnreadableScript:
        return ErrorCode::FileNotReadable;
    case Defect::Kind::IdTooLong:
    case Defect::Kind::PrefixCollision:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::optional<Error> RevisionGraph::brokenBy() const
{
    for (const Defect &defect : m_defects) {
        const std::optional<ErrorCode> code = breakingCode(defect.kind);
        if (!code)
            continue;
        if (defect.kind == Defect::Kind::UnreadableScript) {
            const std::optional<Index> unreadable = find(defect.subject);
            if (unreadable && m_revisions[*unreadable].header.problem)
                return *m_revisions[*unreadable].header.problem;
        }
        Error error{.code = *code, .subject = defect.subject};
        error.file = defect.files.value(0);
        error.line = defect.line;
        error.revision = defect.revisions.value(0);
        error.candidates = defect.kind == Defect::Kind::DuplicateRevision ? defect.files : defect.revisions;
        if (defect.kind == Defect::Kind::IllegalCharacter)
            error.detail = QStringLiteral("'@', '-', '+' and ':' are not allowed in it");
        return error;
    }
    return std::nullopt;
}

} // namespace stillroom::revision
