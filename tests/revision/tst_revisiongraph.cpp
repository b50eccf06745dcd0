// SPDX-License-Identifier: GPL-3.0-or-later
#include "graphspec.h"

#include <QTest>
#include <QTimeZone>

#include <algorithm>
#include <random>

using namespace stillroom;
using namespace stillroom::revision;

namespace {

QStringList rows(const RevisionGraph &graph)
{
    QStringList ids;
    for (const RevisionGraph::Revision &revision : graph.revisions())
        ids << revision.header.id;
    return ids;
}

QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

RevisionGraph::Revision revisionOf(const RevisionGraph &graph, const char *id) { return graph.revisions()[*graph.find(QLatin1String(id))]; }

QList<Defect::Kind> kinds(const RevisionGraph &graph)
{
    QList<Defect::Kind> result;
    for (const Defect &defect : graph.defects())
        result << defect.kind;
    return result;
}

} // namespace

class RevisionGraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDiamondHasOneHeadOneBaseOneBranchPointAndOneMerge()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:a; d:b,c"));
        QCOMPARE(graph.heads(), words("d"));
        QCOMPARE(graph.bases(), words("a"));
        QVERIFY(revisionOf(graph, "a").isBranchPoint && revisionOf(graph, "a").isBase);
        QVERIFY(revisionOf(graph, "d").isMerge && revisionOf(graph, "d").isHead);
        QVERIFY(!revisionOf(graph, "b").isBranchPoint && !revisionOf(graph, "b").isHead);
        QCOMPARE(idsOf(graph, graph.parents(*graph.find(QStringLiteral("d")))), words("b c"));
        QVERIFY(graph.defects().empty());
        QVERIFY(!graph.brokenBy());
    }

    void theSideBranchStandsDirectlyUnderItsMerge()
    {
        QCOMPARE(rows(graphOf(QStringLiteral("a; b:a; c:b; s1:a; s2:s1; m:c,s2; t:m"))), words("t m s2 s1 c b a"));
    }

    void rowsStandInTheSameOrderWhateverOrderTheFilesAreReadIn()
    {
        const QString spec = QStringLiteral("a; b:a; c:a; d:b; e:c; f:d,e; g:a; x; y:x>d; z:x");
        const QStringList expected = rows(graphOf(spec));
        std::vector<Header> headers = headersOf(spec);
        std::mt19937 engine(7);
        for (int i = 0; i < 50; ++i) {
            std::ranges::shuffle(headers, engine);
            QCOMPARE(rows(RevisionGraph(headers)), expected);
        }
    }

    void theNewestOfSeveralHeadsStandsFirst()
    {
        std::vector<Header> headers = headersOf(QStringLiteral("a; old:a; new:a; middle:a"));
        headers[1].createDate = QDateTime(QDate(2020, 1, 1), QTime(0, 0), QTimeZone::utc());
        headers[2].createDate = QDateTime(QDate(2024, 1, 1), QTime(0, 0), QTimeZone::utc());
        headers[3].createDate = QDateTime(QDate(2022, 1, 1), QTime(0, 0), QTimeZone::utc());
        QCOMPARE(rows(RevisionGraph(headers)), words("new middle old a"));
    }

    void aMissingParentIsAGhostUnderTheRevisionThatNamesIt()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("b:gone; c:b"));
        QCOMPARE(rows(graph), words("c b gone"));
        QVERIFY(revisionOf(graph, "gone").isGhost);
        QVERIFY(!revisionOf(graph, "gone").isBase);
        QCOMPARE(graph.bases(), QStringList());
        QCOMPARE(kinds(graph), QList{Defect::Kind::MissingParent});
        const Error error = *graph.brokenBy();
        QCOMPARE(error.code, ErrorCode::RevisionMissing);
        QCOMPARE(error.subject, QStringLiteral("gone"));
        QCOMPARE(error.file, QStringLiteral("/versions/b_.py"));
        QCOMPARE(error.line, 4);
    }

    void aMissingDependencyIsAGhostAsWell()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a>gone"));
        QCOMPARE(kinds(graph), QList{Defect::Kind::MissingDependency});
        QVERIFY(revisionOf(graph, "gone").isGhost);
        QCOMPARE(idsOf(graph, graph.dependencies(*graph.find(QStringLiteral("b")))), words("gone"));
    }

    void aCycleIsToldAndTheRestOfTheHistoryStillStands()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a,d; c:b; d:c; e:d"));
        QCOMPARE(kinds(graph), QList{Defect::Kind::Cycle});
        QCOMPARE(graph.defects().front().revisions, words("b c d"));
        QCOMPARE(graph.brokenBy()->code, ErrorCode::RevisionCycle);
        QCOMPARE(graph.revisions().size(), 5u);
        for (Index i = 0; i < graph.revisions().size(); ++i)
            for (const Index parent : graph.parents(i))
                QVERIFY(parent > i);
    }

    void aCycleThroughADependencyIsTold()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a>y; x; y:x>b"));
        QCOMPARE(kinds(graph), QList{Defect::Kind::DependencyCycle});
        QCOMPARE(graph.defects().front().revisions, words("b y"));
    }

    void aRevisionThatFollowsItselfIsTold() { QCOMPARE(kinds(graphOf(QStringLiteral("a; b:b"))), QList{Defect::Kind::SelfLoop}); }

    void ofTwoFilesWithOneIdTheLaterCountsAndBothAreNamed()
    {
        std::vector<Header> headers = headersOf(QStringLiteral("a; b:a; b:a"));
        headers[1].file = QStringLiteral("/versions/b_one.py");
        headers[2].file = QStringLiteral("/versions/b_two.py");
        const RevisionGraph graph(headers);
        QCOMPARE(graph.revisions().size(), 2u);
        QCOMPARE(revisionOf(graph, "b").header.file, QStringLiteral("/versions/b_two.py"));
        QCOMPARE(graph.brokenBy()->code, ErrorCode::DuplicateRevision);
        QCOMPARE(graph.brokenBy()->candidates, words("/versions/b_one.py /versions/b_two.py"));
    }

    void anUnreadableScriptIsInTheGraphUnderItsFileName()
    {
        std::vector<Header> headers = headersOf(QStringLiteral("a; c:4f2e"));
        Header broken;
        broken.file = QStringLiteral("/versions/4f2e_add_users.py");
        broken.problem = Error{.code = ErrorCode::ScriptSyntax, .detail = QStringLiteral("oops"), .file = broken.file, .line = 12};
        Header stranger = broken;
        stranger.file = QStringLiteral("/versions/notes.py");
        headers.push_back(broken);
        headers.push_back(stranger);
        const RevisionGraph graph(headers);
        QCOMPARE(revisionOf(graph, "4f2e").header.file, broken.file);
        QVERIFY(!revisionOf(graph, "4f2e").isGhost);
        QCOMPARE(revisionOf(graph, "notes").header.file, stranger.file);
        QVERIFY(!revisionOf(graph, "notes").isHead && !revisionOf(graph, "notes").isBase);
        QCOMPARE(graph.heads(), words("a c"));
        QCOMPARE(graph.brokenBy()->code, ErrorCode::ScriptSyntax);
        QCOMPARE(graph.brokenBy()->line, 12);
    }

    void aLabelReachesDescendantsAndGoesUpAStraightLineToTheBranchPoint()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c[lab]:b; d:c; x:a"));
        QCOMPARE(revisionOf(graph, "d").effectiveLabels, words("lab"));
        QCOMPARE(revisionOf(graph, "b").effectiveLabels, words("lab"));
        QCOMPARE(revisionOf(graph, "a").effectiveLabels, QStringList());
        QCOMPARE(revisionOf(graph, "x").effectiveLabels, QStringList());
    }

    void aLabelAboveABranchDoesNotGoUp()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b[lab]:a; c:b; d:b"));
        QCOMPARE(revisionOf(graph, "c").effectiveLabels, words("lab"));
        QCOMPARE(revisionOf(graph, "a").effectiveLabels, QStringList());
    }

    void aLabelUsedTwiceAndALabelThatIsARevisionAreTold()
    {
        QCOMPARE(kinds(graphOf(QStringLiteral("a[x]; b[x]:a"))), QList{Defect::Kind::DuplicateBranchLabel});
        QCOMPARE(kinds(graphOf(QStringLiteral("a[b]; b:a"))), QList{Defect::Kind::LabelIsRevision});
    }

    void aDependencyMayBeNamedByIdByLabelOrByTheBeginningOfAnId()
    {
        for (const char *name : {"longname", "lab", "longn"}) {
            const RevisionGraph graph = graphOf(QStringLiteral("longname[lab]; a; b:a>%1").arg(QLatin1String(name)));
            QCOMPARE(idsOf(graph, graph.dependencies(*graph.find(QStringLiteral("b")))), words("longname"));
            QVERIFY(graph.defects().empty());
        }
    }

    void aDependencyThatAnAncestorHasAlreadyIsNotTheRevisionsOwn()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("x; a; b:a>x; c:b; d:c>x"));
        QCOMPARE(idsOf(graph, graph.ownDependencies(*graph.find(QStringLiteral("b")))), words("x"));
        QCOMPARE(idsOf(graph, graph.ownDependencies(*graph.find(QStringLiteral("d")))), QStringList());
        QCOMPARE(idsOf(graph, graph.dependencies(*graph.find(QStringLiteral("d")))), words("x"));
    }

    void aHeadThatAnotherDependsOnIsNoEffectiveHead()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("x; a>x"));
        QCOMPARE(graph.heads(), words("x a"));
        QVERIFY(!revisionOf(graph, "x").isEffectiveHead);
        QVERIFY(revisionOf(graph, "a").isEffectiveHead);
    }

    void idsThatAlembicRefusesOrThatNoVersionColumnHoldsAreTold()
    {
        QCOMPARE(kinds(graphOf(QStringLiteral("a-b"))), QList{Defect::Kind::IllegalCharacter});
        QCOMPARE(kinds(graphOf(QStringLiteral("abcdefghijklmnopqrstuvwxyz0123456789"))), QList{Defect::Kind::IdTooLong});
        QVERIFY(!graphOf(QStringLiteral("abcdefghijklmnopqrstuvwxyz0123456789")).brokenBy());
        QCOMPARE(kinds(graphOf(QStringLiteral("abcd; abcde:abcd"))), QList{Defect::Kind::PrefixCollision});
    }

    void anEmptyHistoryIsAGraph()
    {
        const RevisionGraph graph{std::vector<Header>{}};
        QVERIFY(graph.revisions().empty());
        QCOMPARE(graph.heads(), QStringList());
        QVERIFY(!graph.brokenBy());
    }

    void everyOrderOfRowsHasChildrenBeforeParentsAndDependentsBeforeDependencies()
    {
        std::mt19937 engine(11);
        for (int round = 0; round < 200; ++round) {
            std::vector<Header> headers;
            for (int i = 0; i < 60; ++i) {
                Header header;
                header.id = QStringLiteral("r%1").arg(i);
                const int parents = static_cast<int>(engine() % 3);
                for (int p = 0; p < parents; ++p)
                    header.downRevisions << QStringLiteral("r%1").arg(engine() % 60);
                if (engine() % 4 == 0)
                    header.dependsOn << QStringLiteral("r%1").arg(engine() % 60);
                headers.push_back(header);
            }
            const RevisionGraph graph(headers); // most of these have cycles
            QCOMPARE(graph.revisions().size(), 60u);
            for (Index i = 0; i < graph.revisions().size(); ++i) {
                for (const Index parent : graph.parents(i))
                    QVERIFY(parent > i && std::ranges::count(graph.children(parent), i) == 1);
                for (const Index dependency : graph.dependencies(i))
                    QVERIFY(dependency > i && std::ranges::count(graph.dependents(dependency), i) == 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(RevisionGraphTest)
#include "tst_revisiongraph.moc"
