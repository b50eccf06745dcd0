// SPDX-License-Identifier: GPL-3.0-or-later
#include "graphspec.h"
#include "revision/plan.h"

#include <QTest>

using namespace stillroom;
using namespace stillroom::revision;

namespace {

QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

QString text(const VersionChange &change)
{
    switch (change.kind) {
    case VersionChange::Kind::Insert:
        return QStringLiteral("+%1").arg(change.to);
    case VersionChange::Kind::Update:
        return QStringLiteral("%1>%2").arg(change.from, change.to);
    case VersionChange::Kind::Delete:
        return QStringLiteral("-%1").arg(change.from);
    }
    return {};
}

/// "b(a>b) c(+c)": what runs and what it does to the rows; or the error's name in the order of what it says.
QString walk(const Result<Plan> &plan)
{
    if (!plan)
        return QStringLiteral("error %1").arg(plan.error().subject);
    QStringList steps;
    for (const Step &step : plan->steps) {
        QStringList changes;
        for (const VersionChange &change : step.changes)
            changes << text(change);
        steps << QStringLiteral("%1(%2)").arg(step.revision, changes.join(QLatin1Char(' ')));
    }
    return steps.join(QLatin1Char(' '));
}

const char *const kDiamond = "a; b:a; c:a; d:b,c; e:d";

} // namespace

class PlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void upgradeWalks_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("steps");
        const auto row = [](const char *name, const char *spec, const char *rows, const char *target, const char *steps) {
            QTest::newRow(name) << QString::fromLatin1(spec) << QString::fromLatin1(rows) << QString::fromLatin1(target)
                                << QString::fromLatin1(steps);
        };
        row("a line", "a; b:a; c:b", "", "head", "a(+a) b(a>b) c(b>c)");
        row("on from where it stands", "a; b:a; c:b", "b", "head", "c(b>c)");
        row("nothing to do", "a; b:a", "b", "head", "");
        row("two steps", "a; b:a; c:b", "", "+2", "a(+a) b(a>b)");
        row("relative to a revision", "a; b:a; c:b", "", "a+1", "a(+a) b(a>b)");
        row("a merge deletes one row and moves the other", kDiamond, "b c", "d", "d(-b c>d)");
        row("a diamond", kDiamond, "", "head", "a(+a) c(a>c) b(+b) d(-b c>d) e(d>e)");
        row("the dependency's row is replaced", "x; a; b:a>x", "x a", "b", "b(-a x>b)");
        row("a base that depends on another takes its row", "x; a>x", "x", "a", "a(x>a)");
        row("one branch by its label", "a; b[one]:a; c[two]:a", "", "two@head", "a(+a) c(a>c)");
        row("one step in a branch", "a; b[one]:a; c[two]:a", "a", "one@+1", "b(a>b)");
        row("all heads", "a; b:a; c:a", "a", "heads", "c(a>c) b(+b)");
        row("the beginning of an id", "abcd01; abce02:abcd01", "", "abce", "abcd01(+abcd01) abce02(abcd01>abce02)");
    }

    void upgradeWalks()
    {
        QFETCH(QString, spec);
        QFETCH(QString, rows);
        QFETCH(QString, target);
        QFETCH(QString, steps);
        QCOMPARE(walk(planUpgrade(graphOf(spec), rows.split(QLatin1Char(' '), Qt::SkipEmptyParts), target)), steps);
    }

    void downgradeWalks_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("steps");
        const auto row = [](const char *name, const char *spec, const char *rows, const char *target, const char *steps) {
            QTest::newRow(name) << QString::fromLatin1(spec) << QString::fromLatin1(rows) << QString::fromLatin1(target)
                                << QString::fromLatin1(steps);
        };
        row("to base", "a; b:a", "b", "base", "b(b>a) a(-a)");
        row("one step", "a; b:a; c:b", "c", "-1", "c(c>b)");
        row("through a merge", kDiamond, "e", "a", "e(e>d) d(+b d>c) b(-b) c(c>a)");
        row("one branch of two", "a; b[one]:a; c[two]:a", "b c", "one@a", "b(-b)");
        row("one step in a branch", "a; b[one]:a; c[two]:a", "b c", "two@-1", "c(-c)");
        row("what depends on it goes too", "x; y:x; a>y", "a", "x", "a(a>y) y(y>x)");
        row("nothing to do", "a; b:a", "a", "a", "");
    }

    void downgradeWalks()
    {
        QFETCH(QString, spec);
        QFETCH(QString, rows);
        QFETCH(QString, target);
        QFETCH(QString, steps);
        QCOMPARE(walk(planDowngrade(graphOf(spec), rows.split(QLatin1Char(' '), Qt::SkipEmptyParts), target)), steps);
    }

    void stampsMoveTheRowsOfTheirOwnBranchOnly()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:b; x; y:x"));
        QCOMPARE(walk(planStamp(graph, words("a x"), words("c"))), QStringLiteral("c(a>c)"));
        QCOMPARE(walk(planStamp(graph, words("c x"), words("a"))), QStringLiteral("a(c>a)"));
        QCOMPARE(walk(planStamp(graph, words("x"), words("c"))), QStringLiteral("c(+c)"));
        QCOMPARE(walk(planStamp(graph, {}, words("heads"))), QStringLiteral("c(+c) y(+y)"));
        QCOMPARE(walk(planStamp(graph, words("c y"), words("base"))), QStringLiteral("c(-c) y(-y)"));
        QCOMPARE(walk(planStamp(graphOf(QLatin1String(kDiamond)), words("b c"), words("a"))), QStringLiteral("a(-b c>a)"));
    }

    void purgeRemovesEvenARowThatNoScriptHas()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a"));
        QCOMPARE(planStamp(graph, words("unknown"), words("b")).error().code, ErrorCode::UnknownRevisionInDatabase);
        const auto plan = planStamp(graph, words("unknown"), words("b"), true);
        QCOMPARE(walk(plan), QStringLiteral("(-unknown) b(+b)"));
        QCOMPARE(plan->startRows, words("unknown"));
        QCOMPARE(plan->endRows, words("b"));
    }

    void aStepTellsItsRevisionsAsTheLogLineDoes()
    {
        const auto up = planUpgrade(graphOf(QLatin1String(kDiamond)), words("b c"), QStringLiteral("d"));
        QCOMPARE(up->steps.front().from, words("b c"));
        QCOMPARE(up->steps.front().to, words("d"));
        const auto down = planDowngrade(graphOf(QLatin1String(kDiamond)), words("d"), QStringLiteral("b"));
        QCOMPARE(down->steps.front().from, words("d"));
        QCOMPARE(down->steps.front().to, words("b c"));
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("target");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QStringList>("candidates");
        const auto row = [](const char *name, const char *spec, const char *rows, const char *target, ErrorCode code, const char *candidates) {
            QTest::newRow(name) << QString::fromLatin1(spec) << QString::fromLatin1(rows) << QString::fromLatin1(target) << code << words(candidates);
        };
        row("no such revision", "a; b:a", "", "zzzz", ErrorCode::NoSuchRevision, "");
        row("a slip of the pen", "abcdef12; x:abcdef12", "", "ABCDEF", ErrorCode::NoSuchRevision, "abcdef12");
        row("ambiguous beginning", "abcd01; abcd02:abcd01", "", "abcd", ErrorCode::AmbiguousRevision, "abcd01 abcd02");
        row("three characters are no beginning", "abc; d:abc", "", "ab", ErrorCode::NoSuchRevision, "abc");
        row("several heads", "a; b:a; c:a", "a", "head", ErrorCode::MultipleHeads, "b c");
        row("a branch point", "a; b:a; c:a", "a", "+1", ErrorCode::AmbiguousWalk, "b c");
        row("several rows", "a; b:a; c:a; d:b", "b c", "+1", ErrorCode::AmbiguousCurrent, "b c");
        row("no such branch", "a[lab]; b:a", "", "nope@b", ErrorCode::NoSuchBranch, "lab");
        row("not in the branch", "a; b[one]:a; c[two]:a", "", "one@c", ErrorCode::NotInBranch, "");
        row("beyond the head", "a; b:a", "b", "+1", ErrorCode::WalkTooFar, "");
        row("an upgrade does not go down", "a; b:a", "b", "-1", ErrorCode::WalkTooFar, "");
        row("a range without sql", "a; b:a", "", "a:b", ErrorCode::RangeNeedsSql, "");
        row("an unknown row", "a; b:a", "zzz", "head", ErrorCode::UnknownRevisionInDatabase, "");
        row("a damaged history", "b:gone", "", "head", ErrorCode::RevisionMissing, "b");
        row("rows of one line", "a; b:a; c:b", "a b", "head", ErrorCode::TargetsOverlap, "b");
    }

    void refusals()
    {
        QFETCH(QString, spec);
        QFETCH(QString, rows);
        QFETCH(QString, target);
        QFETCH(ErrorCode, code);
        QFETCH(QStringList, candidates);
        const auto plan = planUpgrade(graphOf(spec), rows.split(QLatin1Char(' '), Qt::SkipEmptyParts), target);
        QVERIFY(!plan);
        QCOMPARE(plan.error().code, code);
        QCOMPARE(plan.error().candidates, candidates);
    }

    void downgradesThatLeadNowhereAreRefused()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:b; x:a"));
        QCOMPARE(planDowngrade(graph, words("b"), QStringLiteral("c")).error().code, ErrorCode::NotAnAncestor);
        QCOMPARE(planDowngrade(graph, words("b"), QStringLiteral("+1")).error().code, ErrorCode::WalkTooFar);
        QCOMPARE(planDowngrade(graph, words("b"), QStringLiteral("-3")).error().code, ErrorCode::WalkTooFar);
        QCOMPARE(planDowngrade(graph, {}, QStringLiteral("-1")).error().code, ErrorCode::WalkTooFar);
    }

    void namesResolveToFullIds()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("abcd01; abce02[lab]:abcd01; r3:abce02; r4:abcd01"));
        const auto ids = [&graph](const char *name, const QStringList &rows = {}) {
            return resolve(graph, QString::fromLatin1(name), rows).value_or(QStringList{QStringLiteral("error")});
        };
        QCOMPARE(ids("abce"), words("abce02"));
        QCOMPARE(ids("heads"), words("r3 r4"));
        QCOMPARE(ids("lab@head"), words("r3"));
        QCOMPARE(ids("base"), QStringList());
        QCOMPARE(ids("lab@base"), QStringList());
        QCOMPARE(ids("lab"), words("abce02"));
        QCOMPARE(ids("abcd01+1"), words("error"));
        QCOMPARE(ids("lab+1"), words("r3"));
        QCOMPARE(ids("r3-1"), words("abce02"));
        QCOMPARE(ids("r3-2"), words("abcd01"));
        QCOMPARE(ids("current", words("r4")), words("r4"));
        QCOMPARE(ids("-1", words("r4")), words("abcd01"));
        QCOMPARE(ids("lab@+1", words("abce02")), words("r3"));
    }

    void historyShowsTheRangeThatWasAsked()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:b; d:c"));
        const auto range = [&graph](const char *start, const char *end, const QStringList &rows = {}) {
            const auto found = history(graph, QString::fromLatin1(start), QString::fromLatin1(end), rows);
            return found ? idsOf(graph, *found) : QStringList{QStringLiteral("error")};
        };
        QCOMPARE(range("", ""), words("d c b a"));
        QCOMPARE(range("b", "c"), words("c b"));
        QCOMPARE(range("b", ""), words("d c b"));
        QCOMPARE(range("", "b"), words("b a"));
        QCOMPARE(range("-2", ""), words("d c b"));
        QCOMPARE(range("-3", "current", words("d")), words("d c b a"));
        QCOMPARE(range("current", "", words("c")), words("d c"));
        QCOMPARE(range("", "current", words("b")), words("b a"));
        QCOMPARE(range("c", "b"), words("error"));
    }

    void historyOfADamagedProjectStillShows()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("b:gone; c:b"));
        const auto found = history(graph, {}, {});
        QVERIFY(found);
        QCOMPARE(idsOf(graph, *found), words("c b gone"));
    }

    void aRangeStartsAtOneRevisionOrAtBase()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("a; b:a; c:b"));
        QCOMPARE(walk(planRange(graph, QStringLiteral("a"), QStringLiteral("c"), RangeDirection::Upgrade)), QStringLiteral("b(a>b) c(b>c)"));
        QCOMPARE(walk(planRange(graph, QStringLiteral("base"), QStringLiteral("a"), RangeDirection::Upgrade)), QStringLiteral("a(+a)"));
        QCOMPARE(walk(planRange(graph, QStringLiteral("c"), QStringLiteral("a"), RangeDirection::Downgrade)), QStringLiteral("c(c>b) b(b>a)"));
        QVERIFY(!planRange(graph, {}, QStringLiteral("c"), RangeDirection::Upgrade));
        QVERIFY(!planRange(graph, QStringLiteral("a"), {}, RangeDirection::Upgrade));
    }

    void aDatabaseIsLocatedWithWhatItsRowsImply()
    {
        const RevisionGraph graph = graphOf(QStringLiteral("x; y:x; a; b:a>x; c:b"));
        const DatabasePosition position = locate(graph, words("b lost"));
        using State = DatabasePosition::State;
        const auto state = [&](const char *id) { return position.states[*graph.find(QLatin1String(id))]; };
        QCOMPARE(state("b"), State::Current);
        QCOMPARE(state("a"), State::Applied);
        QCOMPARE(state("x"), State::Applied);
        QCOMPARE(state("c"), State::Pending);
        QCOMPARE(state("y"), State::Pending);
        QCOMPARE(position.unknownRows, words("lost"));
        QCOMPARE(currentRevisions(graph, words("b")), words("b x"));
    }

    void aLongHistoryOfBranchesIsPlannedToItsEnd()
    {
        QString spec = QStringLiteral("r0");
        for (int i = 1; i < 3000; i += 3)
            spec += QStringLiteral("; r%2:r%1; r%3:r%1; r%4:r%2,r%3").arg(i - 1).arg(i).arg(i + 1).arg(i + 2);
        const RevisionGraph graph = graphOf(spec);
        const auto up = planUpgrade(graph, {}, QStringLiteral("head"));
        QVERIFY(up);
        QCOMPARE(up->steps.size(), graph.revisions().size());
        const auto down = planDowngrade(graph, up->endRows, QStringLiteral("base"));
        QVERIFY(down);
        QCOMPARE(down->steps.size(), graph.revisions().size());
        QCOMPARE(down->endRows, QStringList());
    }
};

QTEST_GUILESS_MAIN(PlanTest)
#include "tst_plan.moc"
