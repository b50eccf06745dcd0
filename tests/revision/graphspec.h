// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

/// A history in one line: "a; b[label]:a; c:a>x; d:b,c" is a revision a, its child b with a branch label, its child c that
/// depends on x, and d that merges b and c. Loading order is the order written.
namespace stillroom::revision {

inline std::vector<Header> headersOf(const QString &spec)
{
    std::vector<Header> headers;
    const auto list = [](const QString &text) { return text.split(QLatin1Char(','), Qt::SkipEmptyParts); };
    for (QString part : spec.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        part = part.simplified().remove(QLatin1Char(' '));
        if (part.isEmpty())
            continue;
        Header header;
        const qsizetype dependency = part.indexOf(QLatin1Char('>'));
        if (dependency >= 0)
            header.dependsOn = list(part.mid(dependency + 1));
        part = part.left(dependency >= 0 ? dependency : part.size());
        const qsizetype colon = part.indexOf(QLatin1Char(':'));
        if (colon >= 0)
            header.downRevisions = list(part.mid(colon + 1));
        part = part.left(colon >= 0 ? colon : part.size());
        const qsizetype bracket = part.indexOf(QLatin1Char('['));
        if (bracket >= 0)
            header.branchLabels = list(part.mid(bracket + 1, part.size() - bracket - 2));
        header.id = part.left(bracket >= 0 ? bracket : part.size());
        header.file = QStringLiteral("/versions/%1_.py").arg(header.id);
        header.revisionLine = 3;
        header.downRevisionLine = 4;
        headers.push_back(header);
    }
    return headers;
}

inline RevisionGraph graphOf(const QString &spec) { return RevisionGraph(headersOf(spec)); }

inline QStringList idsOf(const RevisionGraph &graph, std::span<const Index> indices)
{
    QStringList ids;
    for (const Index index : indices)
        ids << graph.revisions()[index].header.id;
    return ids;
}

} // namespace stillroom::revision
