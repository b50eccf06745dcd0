// SPDX-License-Identifier: GPL-3.0-or-later
#include "graphspec.h"
#include "revision/lanes.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <set>

using namespace stillroom::revision;

namespace {

RevisionGraph randomGraph(std::mt19937 &engine, int count, int branching)
{
    std::vector<Header> headers;
    for (int i = 0; i < count; ++i) {
        Header header;
        header.id = QStringLiteral("r%1").arg(i);
        const auto earlier = [&engine, i](int within) {
            return QStringLiteral("r%1").arg(std::max(0, i - 1 - static_cast<int>(engine() % static_cast<unsigned>(within))));
        };
        const auto chance = [&engine](int percent) { return static_cast<int>(engine() % 100) < percent; };
        if (i > 0 && !chance(2))
            header.downRevisions << (chance(branching) ? earlier(count) : earlier(1));
        if (i > 2 && chance(branching))
            header.downRevisions << earlier(chance(50) ? 5 : count);
        if (i > 2 && chance(branching / 2))
            header.dependsOn << earlier(count);
        header.downRevisions.removeDuplicates();
        headers.push_back(header);
    }
    return RevisionGraph(headers);
}

std::multiset<std::pair<int, bool>> lanesAbove(const LaneLayout &layout, Index row)
{
    std::multiset<std::pair<int, bool>> lanes;
    for (const LaneEdge &edge : layout.edges(row))
        if (edge.kind == LaneEdge::Kind::Through || edge.kind == LaneEdge::Kind::ToDot)
            lanes.emplace(edge.from, edge.isDependency);
    return lanes;
}

std::set<std::pair<int, bool>> lanesBelow(const LaneLayout &layout, Index row)
{
    std::set<std::pair<int, bool>> lanes; // a set: lines join
    for (const LaneEdge &edge : layout.edges(row))
        if (edge.kind == LaneEdge::Kind::Through || edge.kind == LaneEdge::Kind::FromDot)
            lanes.emplace(edge.to, edge.isDependency);
    return lanes;
}

QString broken(const RevisionGraph &graph, const LaneLayout &layout)
{
    for (Index row = 0; row < graph.revisions().size(); ++row) {
        const auto above = lanesAbove(layout, row);
        const std::set<std::pair<int, bool>> distinct(above.begin(), above.end());
        if (distinct.size() != above.size())
            return QStringLiteral("row %1: two lines in one lane").arg(row);
        if (row == 0 ? !above.empty() : distinct != lanesBelow(layout, row - 1))
            return QStringLiteral("row %1: lines do not go on from the row above").arg(row);
        std::set<int> lanes;
        for (const auto &lane : distinct)
            lanes.insert(lane.first);
        if (lanes.size() != distinct.size())
            return QStringLiteral("row %1: a dotted and a solid line in one lane").arg(row);
        std::size_t starts = 0;
        for (const LaneEdge &edge : layout.edges(row)) {
            const bool fromDot = edge.kind == LaneEdge::Kind::FromDot || edge.kind == LaneEdge::Kind::CutStart;
            const bool toDot = edge.kind == LaneEdge::Kind::ToDot || edge.kind == LaneEdge::Kind::CutEnd;
            if ((fromDot && edge.from != layout.dotLane(row)) || (toDot && edge.to != layout.dotLane(row)))
                return QStringLiteral("row %1: an edge misses the dot").arg(row);
            if (edge.kind == LaneEdge::Kind::Through && (edge.from == layout.dotLane(row) || edge.to == layout.dotLane(row)))
                return QStringLiteral("row %1: a line runs through the dot").arg(row);
            if (edge.from >= layout.laneCount() || edge.to >= layout.laneCount() || edge.colour >= 8)
                return QStringLiteral("row %1: out of range").arg(row);
            starts += fromDot ? 1 : 0;
        }
        if (starts != graph.parents(row).size() + graph.dependencies(row).size())
            return QStringLiteral("row %1: %2 edges start").arg(row).arg(starts);
    }
    const Index last = static_cast<Index>(graph.revisions().size() - 1);
    return lanesBelow(layout, last).empty() ? QString() : QStringLiteral("lines run out of the picture");
}

} // namespace

class LanesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineIsOneStraightLane()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:b"));
        const LaneLayout layout(graph);
        QCOMPARE(layout.laneCount(), 1);
        const LaneEdge starts{0, 0, 0, LaneEdge::Kind::FromDot, false}, ends{0, 0, 0, LaneEdge::Kind::ToDot, false};
        QCOMPARE(std::vector(layout.edges(0).begin(), layout.edges(0).end()), std::vector{starts});
        QCOMPARE(std::vector(layout.edges(1).begin(), layout.edges(1).end()), (std::vector{ends, starts}));
        QCOMPARE(std::vector(layout.edges(2).begin(), layout.edges(2).end()), std::vector{ends});
    }

    void theSideBranchOfAMergeHasALaneOfItsOwn()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; s:a; m:b,s")); // rows: m s b a
        const LaneLayout layout(graph);
        QCOMPARE(layout.laneCount(), 2);
        QCOMPARE(int(layout.dotLane(0)), 0);
        QCOMPARE(int(layout.dotLane(1)), 1);
        QCOMPARE(int(layout.dotLane(2)), 0);
        QCOMPARE(int(layout.dotLane(3)), 0);
        QVERIFY(layout.dotColour(1) != layout.dotColour(0));
    }

    void theLineOfTheConnectedDatabaseStaysInTheFirstLane()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:b; x:a; y:x; z:y"));
        const LaneLayout layout(graph, graph.find(QStringLiteral("b")));
        for (const char *id : {"a", "b", "c"})
            QCOMPARE(int(layout.dotLane(*graph.find(QLatin1String(id)))), 0);
        for (const char *id : {"x", "y", "z"})
            QVERIFY(layout.dotLane(*graph.find(QLatin1String(id))) > 0);
    }

    void aDependencyIsALineOfItsOwnKind()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("x; a; b:a>x"));
        const LaneLayout layout(graph);
        const auto edges = layout.edges(*graph.find(QStringLiteral("b")));
        QCOMPARE(std::ranges::count_if(edges, [](const LaneEdge &edge) { return edge.isDependency; }), 1);
    }

    void aLongEdgeIsCutIntoTwoStubs()
    {
        QString spec = QStringLiteral("r0; side:r0");
        for (int i = 1; i < 100; ++i)
            spec += QStringLiteral("; r%1:r%2").arg(i).arg(i - 1);
        const RevisionGraph graph = graphOf(spec);
        const LaneLayout layout(graph, graph.find(QStringLiteral("r5")));
        const auto count = [&](const char *id, LaneEdge::Kind kind) {
            return std::ranges::count(layout.edges(*graph.find(QLatin1String(id))), kind, &LaneEdge::kind);
        };
        QCOMPARE(count("side", LaneEdge::Kind::CutStart), 1);
        QCOMPARE(count("r0", LaneEdge::Kind::CutEnd), 1);
        QCOMPARE(count("r50", LaneEdge::Kind::Through), 0);
        QCOMPARE(broken(graph, layout), QString());
        const CutEdge cut{*graph.find(QStringLiteral("side")), *graph.find(QStringLiteral("r0")), false};
        QCOMPARE(std::vector(layout.cutsFrom(cut.child).begin(), layout.cutsFrom(cut.child).end()), std::vector{cut});
        QCOMPARE(layout.cutsInto(cut.parent), std::vector{cut});
    }

    void aCutLineKnowsItsRevisionsHoweverLongTheOthersAre()
    {
        // Of the merge's parents the farther one stands on the first line, which is never cut.
        QString spec = QStringLiteral("r0; side:r0");
        for (int i = 1; i < 150; ++i)
            spec += QStringLiteral("; r%1:r%2").arg(i).arg(i - 1);
        spec += QStringLiteral("; x:side; y:side; top:r149,x,y");
        const RevisionGraph graph = graphOf(spec);
        const LaneLayout layout(graph, graph.find(QStringLiteral("r5")), 12, 60);
        std::size_t starts = 0, cuts = 0;
        for (Index row = 0; row < graph.revisions().size(); ++row) {
            const auto edges = layout.edges(row);
            starts += static_cast<std::size_t>(std::ranges::count(edges, LaneEdge::Kind::CutStart, &LaneEdge::kind));
            for (const CutEdge &cut : layout.cutsFrom(row)) {
                ++cuts;
                QVERIFY(cut.child == row && cut.parent - cut.child > 60);
                QVERIFY(std::ranges::find(graph.parents(cut.child), cut.parent) != graph.parents(cut.child).end());
                const auto into = layout.cutsInto(cut.parent);
                QVERIFY(std::ranges::find(into, cut) != into.end());
            }
        }
        QVERIFY(cuts > 0);
        QCOMPARE(starts, cuts);
    }

    void everyLineIsContinuousWhateverTheHistory()
    {
        std::mt19937 engine(3);
        for (int round = 0; round < 300; ++round) {
            const RevisionGraph graph = randomGraph(engine, 20 + round, round % 60);
            std::optional<Index> keep;
            if (round % 3 == 0)
                keep = static_cast<Index>(engine() % graph.revisions().size());
            const LaneLayout layout(graph, keep, 3 + round % 12, 5 + round % 80);
            const QString complaint = broken(graph, layout);
            QVERIFY2(complaint.isEmpty(), qPrintable(QStringLiteral("round %1: %2").arg(round).arg(complaint)));
        }
    }

    void manyBranchesDoNotMakeManyLanes()
    {
        std::mt19937 engine(5);
        const LaneLayout layout(randomGraph(engine, 5000, 40));
        QVERIFY2(layout.laneCount() <= 24, qPrintable(QString::number(layout.laneCount())));
    }

    void anEmptyGraphHasNoLanes()
    {
        const LaneLayout layout{RevisionGraph(std::vector<Header>{})};
        QCOMPARE(layout.laneCount(), 0);
    }
};

QTEST_GUILESS_MAIN(LanesTest)
#include "tst_lanes.moc"
