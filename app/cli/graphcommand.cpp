// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "lanetext.h"
#include "output.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace stillroom::cli {

using revision::Index;
using revision::LaneEdge;
using revision::LaneLayout;
using revision::RevisionGraph;

namespace {

QString labelOf(const RevisionGraph::Revision &revision, const QStringList &currentRows)
{
    QString text = revision.header.id;
    if (!revision.header.branchLabels.isEmpty())
        text += QStringLiteral(" (%1)").arg(revision.header.branchLabels.join(QStringLiteral(", ")));
    if (currentRows.contains(revision.header.id))
        text += QStringLiteral(" (current)");
    if (revision.isGhost)
        text += QStringLiteral(" (missing)");
    return revision.header.message.isEmpty() ? text : text + QStringLiteral("  ") + revision.header.message;
}

QString asText(const RevisionGraph &graph, const QStringList &currentRows)
{
    const QStringList lanes = laneTexts(graph, laneStyleOfOutput());
    QString text;
    for (Index row = 0; row < graph.revisions().size(); ++row)
        text += lanes[row] + QStringLiteral("  ") + labelOf(graph.revisions()[row], currentRows) + QLatin1Char('\n');
    return text;
}

QString quoted(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

/// The DOT language of Graphviz, newest on top.
QString asDot(const RevisionGraph &graph, const QStringList &currentRows)
{
    QString text = QStringLiteral("digraph history {\n    rankdir=TB;\n    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
    for (Index row = 0; row < graph.revisions().size(); ++row) {
        const RevisionGraph::Revision &revision = graph.revisions()[row];
        QString attributes = QStringLiteral("label=%1").arg(quoted(labelOf(revision, currentRows)));
        if (revision.isGhost)
            attributes += QStringLiteral(", style=dashed");
        else if (currentRows.contains(revision.header.id))
            attributes += QStringLiteral(", style=\"rounded,bold\"");
        text += QStringLiteral("    %1 [%2];\n").arg(quoted(revision.header.id), attributes);
        for (const Index parent : graph.parents(row))
            text += QStringLiteral("    %1 -> %2;\n").arg(quoted(revision.header.id), quoted(graph.revisions()[parent].header.id));
        for (const Index dependency : graph.dependencies(row))
            text += QStringLiteral("    %1 -> %2 [style=dotted];\n").arg(quoted(revision.header.id), quoted(graph.revisions()[dependency].header.id));
    }
    return text + QStringLiteral("}\n");
}

/// The picture that the window draws: a row for each revision, its line's dot, its id and message.
class Svg {
public:
    Svg(const RevisionGraph &graph, const QStringList &currentRows) : m_graph(graph), m_rows(currentRows), m_layout(graph) {}

    [[nodiscard]] QString text() const
    {
        const int count = static_cast<int>(m_graph.revisions().size());
        QString lines, dots;
        int width = 0;
        for (Index row = 0; row < m_graph.revisions().size(); ++row) {
            for (const LaneEdge &edge : m_layout.edges(row))
                lines += line(row, edge);
            dots += dot(row, width);
        }
        return QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" font-family=\"sans-serif\" font-size=\"13\">\n"
                              "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                              "<g fill=\"none\" stroke-width=\"2\">\n%3</g>\n<g>\n%4</g>\n</svg>\n")
            .arg(width)
            .arg(count * kRowHeight)
            .arg(lines, dots);
    }

private:
    static constexpr int kRowHeight = 24, kLaneWidth = 16, kMargin = 14, kCharacterWidth = 8;

    [[nodiscard]] static QString colour(std::uint8_t number)
    {
        static constexpr const char *kColours[] = {"#0b7285", "#b35900", "#8a3ffc", "#2b8a3e", "#1c5fd4", "#c92a2a", "#9c36b5", "#5c6b00"};
        return QLatin1String(kColours[number % 8]);
    }
    [[nodiscard]] static int x(int lane) { return kMargin + lane * kLaneWidth; }

    [[nodiscard]] QString line(Index row, const LaneEdge &edge) const
    {
        const int top = static_cast<int>(row) * kRowHeight, middle = top + kRowHeight / 2, bottom = top + kRowHeight;
        const int dot = x(m_layout.dotLane(row));
        int fromX = x(edge.from), fromY = top, toX = x(edge.to), toY = bottom;
        switch (edge.kind) {
        case LaneEdge::Kind::Through:
            break;
        case LaneEdge::Kind::ToDot:
            toX = dot;
            toY = middle;
            break;
        case LaneEdge::Kind::FromDot:
            fromX = dot;
            fromY = middle;
            break;
        case LaneEdge::Kind::CutStart: // stubs of a line that is too long to be drawn
            fromX = dot;
            fromY = middle;
            toY = bottom - kRowHeight / 6;
            break;
        case LaneEdge::Kind::CutEnd:
            fromY = top + kRowHeight / 6;
            toX = dot;
            toY = middle;
            break;
        }
        const int half = (fromY + toY) / 2;
        const QString dashes = edge.isDependency ? QStringLiteral(" stroke-dasharray=\"2 3\"") : QString();
        return QStringLiteral("<path d=\"M%1 %2C%1 %3 %4 %3 %4 %5\" stroke=\"%6\"%7/>\n")
            .arg(fromX)
            .arg(fromY)
            .arg(half)
            .arg(toX)
            .arg(toY)
            .arg(colour(edge.colour), dashes);
    }

    [[nodiscard]] QString dot(Index row, int &width) const
    {
        const RevisionGraph::Revision &revision = m_graph.revisions()[row];
        const int y = static_cast<int>(row) * kRowHeight + kRowHeight / 2;
        const QString ink = colour(m_layout.dotColour(row));
        const bool isCurrent = m_rows.contains(revision.header.id);
        const QString label = labelOf(revision, m_rows);
        const int textX = x(m_layout.laneCount());
        width = std::max(width, textX + static_cast<int>(label.size()) * kCharacterWidth + kMargin);
        return QStringLiteral("<circle cx=\"%1\" cy=\"%2\" r=\"%3\" stroke=\"%4\" stroke-width=\"2\" fill=\"%5\"%6/>"
                              "<text x=\"%7\" y=\"%8\"%9>")
                   .arg(x(m_layout.dotLane(row)))
                   .arg(y)
                   .arg(isCurrent ? 6 : 4)
                   .arg(ink, revision.isGhost ? QStringLiteral("#ffffff") : ink,
                        revision.isGhost ? QStringLiteral(" stroke-dasharray=\"2 2\"") : QString())
                   .arg(textX)
                   .arg(y + 4)
                   .arg(isCurrent ? QStringLiteral(" font-weight=\"bold\"") : QString()) +
               label.toHtmlEscaped() + QStringLiteral("</text>\n");
    }

    const RevisionGraph &m_graph;
    const QStringList &m_rows;
    LaneLayout m_layout;
};

QString asJsonText(const RevisionGraph &graph, const QStringList &currentRows)
{
    const LaneLayout layout(graph);
    QJsonArray revisions;
    for (Index row = 0; row < graph.revisions().size(); ++row) {
        const RevisionGraph::Revision &revision = graph.revisions()[row];
        QJsonArray parents, dependencies;
        for (const Index parent : graph.parents(row))
            parents.append(graph.revisions()[parent].header.id);
        for (const Index dependency : graph.dependencies(row))
            dependencies.append(graph.revisions()[dependency].header.id);
        revisions.append(QJsonObject{{QStringLiteral("revision"), revision.header.id},
                                     {QStringLiteral("message"), revision.header.message},
                                     {QStringLiteral("lane"), layout.dotLane(row)},
                                     {QStringLiteral("down_revisions"), parents},
                                     {QStringLiteral("depends_on"), dependencies},
                                     {QStringLiteral("is_missing"), revision.isGhost},
                                     {QStringLiteral("is_current"), currentRows.contains(revision.header.id)}});
    }
    return QString::fromUtf8(
        QJsonDocument(
            QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("lanes"), layout.laneCount()}, {QStringLiteral("revisions"), revisions}})
            .toJson());
}

} // namespace

int drawGraph(const CommandLine &line, const project::Project &project)
{
    QStringList rows;
    if (line.indicateCurrent) {
        auto read = versionRowsOf(line, project);
        if (!read)
            return fail(read.error());
        rows = *read;
    }
    const RevisionGraph &graph = project.graph();
    if (line.has("svg"))
        print(Svg(graph, rows).text());
    else if (line.has("dot"))
        print(asDot(graph, rows));
    else
        print(line.json ? asJsonText(graph, rows) : asText(graph, rows));
    return kDone;
}

} // namespace stillroom::cli
