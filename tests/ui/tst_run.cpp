// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "ui/run/offlinebar.h"
#include "ui/run/blockerspanel.h"
#include "ui/run/runpage.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace stillroom;
using namespace stillroom::ui;
using namespace stillroom::migration;

class TestRun : public QObject {
    Q_OBJECT
private:
    Theme m_theme;
    std::shared_ptr<HighlightingBackend> m_backend = HighlightingBackend::create();

    /// Runs the step of a preview as the runner tells it.
    static void runStep(const Preview &preview, int number, const std::function<void(const RunEvent &)> &tell)
    {
        tell(StepStarted{number, int(preview.steps.size()), preview.steps[std::size_t(number)].step, QString()});
        int index = 0;
        std::vector<dialect::Statement> all = preview.steps[std::size_t(number)].body.statements;
        const auto &version = preview.steps[std::size_t(number)].versionStatements;
        all.insert(all.end(), version.begin(), version.end());
        for (const dialect::Statement &statement : all) {
            tell(StatementStarted{number, index, statement, false});
            tell(StatementDone{number, index++, -1, 1500});
        }
        tell(StepDone{number, preview.steps[std::size_t(number)].step.revision, 3, true});
    }

private Q_SLOTS:
    void stepsFollowTheEvents()
    {
        const Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b")});
        StepsModel model(&m_theme);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setPreview(preview, nullptr);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.statementCount(), 4);
        runStep(preview, 0, [&](const RunEvent &event) { model.take(event); });
        QCOMPARE(model.doneCount(), 2);
        QCOMPARE(model.steps()[0].state, ProgressState::Done);
        QCOMPARE(model.steps()[0].statements[1].state, ProgressState::Done);
        QCOMPARE(model.steps()[1].state, ProgressState::Waiting);
    }

    void aStatementThatThePreviewCouldNotKnowIsAdded()
    {
        const Preview preview = fabricated::upgrade({QStringLiteral("a")});
        StepsModel model(&m_theme);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setPreview(preview, nullptr);
        model.take(StepStarted{0, 1, preview.steps[0].step, QString()});
        model.take(StatementStarted{0, 0, preview.steps[0].body.statements[0], false});
        model.take(StatementDone{0, 0, -1, 10});
        model.take(StatementStarted{0, 1, fabricated::statement(QStringLiteral("UPDATE t_a SET id = 1")), false});
        model.take(StatementDone{0, 1, 3, 10});
        model.take(StatementStarted{0, 2, preview.steps[0].versionStatements[0], true});
        model.take(StatementDone{0, 2, 1, 10});
        QCOMPARE(model.rowCount(model.index(0, 0)), 3);
        QCOMPARE(model.steps()[0].statements[1].statement.sql, QStringLiteral("UPDATE t_a SET id = 1"));
        QCOMPARE(model.doneCount(), 3);
    }

    void aFailureMarksItsStatementAndWhatWasRolledBack()
    {
        const Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b")});
        StepsModel model(&m_theme);
        model.setPreview(preview, nullptr);
        model.take(StepStarted{0, 2, preview.steps[0].step, QString()});
        model.take(StatementStarted{0, 0, preview.steps[0].body.statements[0], false});
        model.take(StatementDone{0, 0, -1, 10});
        model.take(StatementStarted{0, 1, preview.steps[0].versionStatements[0], true});
        model.take(
            RunFailed{.error = {}, .step = 0, .applied = {}, .notApplied = {QStringLiteral("a"), QStringLiteral("b")}, .leftOutsideTransaction = {}});
        QCOMPARE(model.steps()[0].state, ProgressState::Failed);
        QCOMPARE(model.steps()[0].statements[0].state, ProgressState::Undone);
        QCOMPARE(model.steps()[0].statements[1].state, ProgressState::Failed);
        QCOMPARE(model.steps()[1].state, ProgressState::Waiting);
    }

    void theLogIsATreeOfRunRevisionStatementNotice()
    {
        const Preview preview = fabricated::upgrade({QStringLiteral("a")});
        RunLog log(&m_theme);
        log.take(PlanStarted{preview.plan, QStringLiteral("library"), QStringLiteral("SQLite 3"), {QStringLiteral("lock_timeout = 5s")}});
        log.take(StepStarted{0, 1, preview.steps[0].step, QStringLiteral("make a")});
        log.take(StatementStarted{0, 0, preview.steps[0].body.statements[0], false});
        log.take(NoticeReceived{
            0, {.severity = QStringLiteral("NOTICE"), .sqlState = {}, .text = QStringLiteral("table exists"), .detail = {}, .hint = {}}});
        log.take(StatementDone{0, 0, -1, 2000});
        log.take(StepDone{0, QStringLiteral("a"), 5, true});
        log.take(RunDone{{QStringLiteral("a")}, 7, false});
        QCOMPARE(log.rowCount(), 1);
        const QModelIndex run = log.index(0, 0);
        QModelIndex step;
        for (int row = 0; row < log.rowCount(run); ++row) {
            if (log.index(row, 0, run).data().toString().contains(QStringLiteral("make a")))
                step = log.index(row, 0, run);
        }
        QVERIFY(step.isValid());
        const QModelIndex statement = log.index(0, 0, step);
        QVERIFY(statement.data().toString().startsWith(QStringLiteral("CREATE TABLE t_a")));
        QVERIFY(log.index(0, 0, statement).data().toString().contains(QStringLiteral("table exists")));
        QVERIFY(log.toText().contains(QStringLiteral("lock_timeout = 5s")));
    }

    void anUpgradeRunsAtOnceAndADowngradeAsksFirst()
    {
        RunPage page(&m_theme, m_backend);
        QSignalSpy runs(&page, &RunPage::runRequested);
        Preview preview = fabricated::upgrade({QStringLiteral("a")});
        page.showPlan(preview, fabricated::target(), nullptr);
        QCOMPARE(page.phase(), RunPage::Phase::Planned);
        QVERIFY(page.canRun());

        preview.plan.kind = revision::Plan::Kind::Downgrade;
        page.showPlan(preview, fabricated::target(), nullptr);
        QVERIFY(!page.canRun());
        page.startRun();
        QCOMPARE(runs.size(), 0);
        page.setConfirmed(true);
        QVERIFY(page.canRun());
        page.startRun();
        QCOMPARE(runs.size(), 1);
        QCOMPARE(page.phase(), RunPage::Phase::Running);
    }

    void productionWantsItsNameTyped()
    {
        RunPage page(&m_theme, m_backend);
        Preview preview = fabricated::upgrade({QStringLiteral("a")});
        preview.plan.kind = revision::Plan::Kind::Stamp;
        Target target = fabricated::target();
        target.environment = Environment::Production;
        page.showPlan(preview, target, nullptr);
        QVERIFY(!page.canRun());
        QTest::keyClicks(page.findChild<QLineEdit *>(QStringLiteral("confirmation")), QStringLiteral("library"));
        QVERIFY(!page.canRun());
        QTest::keyClicks(page.findChild<QLineEdit *>(QStringLiteral("confirmation")), QStringLiteral(".db"));
        QVERIFY(page.canRun());
    }

    void anOfflinePlanCanBeReadButNotRun()
    {
        RunPage page(&m_theme, m_backend);
        page.resize(900, 500);
        page.show();
        migration::PlanRequest request{.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}, .from = QStringLiteral("base")};
        page.showPreparingOffline(request, nullptr);
        page.showOfflinePlan(fabricated::upgrade({QStringLiteral("a")}), request, nullptr);
        QCOMPARE(page.phase(), RunPage::Phase::Planned);
        QVERIFY(page.isOffline());
        QVERIFY(!page.canRun());
        QVERIFY(page.hasPlan());
        QVERIFY(page.offlineBar()->isVisible());
        bool saysWhy = false;
        for (const QLabel *label : page.findChildren<QLabel *>())
            saysWhy = saysWhy || (label->isVisible() && label->text().contains(QStringLiteral("No database is connected")));
        QVERIFY(saysWhy);
        QSignalSpy asked(&page, &RunPage::offlinePlanRequested);
        page.offlineBar()->from()->clear();
        QTest::keyClicks(page.offlineBar()->from(), QStringLiteral("a"));
        QTest::keyClick(page.offlineBar()->from(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<migration::PlanRequest>().from, QStringLiteral("a"));
        page.showPlan(fabricated::upgrade({QStringLiteral("a")}), fabricated::target(), nullptr);
        QVERIFY(page.canRun());
        QVERIFY(!page.offlineBar()->isVisible());
    }

    void anIncompletePlanSaysInItsTextWhereItStops()
    {
        RunPage page(&m_theme, m_backend);
        Preview preview = fabricated::upgrade({QStringLiteral("a")});
        preview.steps[0].body.status = BodySql::Status::NeedsDatabase;
        preview.steps[0].body.reason = QStringLiteral("the result of a query decides");
        page.showPlan(preview, fabricated::target(), nullptr);
        QVERIFY2(page.sqlToCopy().contains(QStringLiteral("-- STOPS HERE, needs a database: the result of a query decides")),
                 qPrintable(page.sqlToCopy()));
    }

    void aPlanThatWaitsForANameOffersToGiveIt()
    {
        RunPage page(&m_theme, m_backend);
        page.resize(900, 500);
        page.show();
        Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b")});
        preview.steps[1].body.status = BodySql::Status::NotUnderstood;
        preview.steps[1].body.reason = QStringLiteral("the module 'shop' is not part of the project");
        preview.steps[1].body.unknownName = QStringLiteral("shop.SCHEMA");
        page.showPlan(preview, fabricated::target(), nullptr);
        QSignalSpy asked(&page, &RunPage::valueRequested);
        QToolButton *link = nullptr;
        for (QToolButton *button : page.findChildren<QToolButton *>()) {
            if (button->isVisible() && button->text().startsWith(QStringLiteral("Give a Value")))
                link = button;
        }
        QVERIFY(link);
        QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("shop.SCHEMA"));
        page.showPlan(fabricated::upgrade({QStringLiteral("a")}), fabricated::target(), nullptr);
        QVERIFY(!link->isVisible());
    }

    void manyWarningsLeaveRoomForThePlan()
    {
        RunPage page(&m_theme, m_backend);
        QStringList ids;
        for (int i = 0; i < 40; ++i)
            ids += QStringLiteral("r%1").arg(i);
        Preview preview = fabricated::upgrade(ids);
        for (PreviewStep &step : preview.steps)
            step.body.status = BodySql::Status::NeedsDatabase;
        preview.steps[0].body.reason = QStringLiteral("the result of a query decides");
        page.showPlan(preview, fabricated::target(), nullptr);
        // Of the forty four are told, one in a line; the fifth line says how many are not.
        const QStringList lines = page.warningWords().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 5);
        QVERIFY2(lines[0].contains(QStringLiteral("(the result of a query decides)")), qPrintable(lines[0]));
        QVERIFY2(!lines[1].contains(QLatin1Char('(')), qPrintable(lines[1])); // without a reason there is none to tell
        QVERIFY2(lines[3].startsWith(QStringLiteral("r3 ")), qPrintable(lines[3]));
        QVERIFY2(lines[4].contains(QStringLiteral("36 more")), qPrintable(lines[4]));
    }

    void whoKeepsTheRunWaitingIsNamed()
    {
        RunPage page(&m_theme, m_backend);
        page.show();
        const Preview preview = fabricated::upgrade({QStringLiteral("a")});
        page.showPlan(preview, fabricated::target(), nullptr);
        page.startRun();
        database::Blocker blocker;
        blocker.pid = 4711;
        page.take(StepStarted{0, 1, preview.steps[0].step, QString()});
        page.take(StatementStarted{0, 0, preview.steps[0].body.statements[0], false});
        page.take(StatementBlocked{0, 0, 2000, {blocker}});
        QVERIFY2(page.progressWords().contains(QStringLiteral("4711")), qPrintable(page.progressWords()));
    }

    void endingAnotherSessionIsAskedAboutFirst()
    {
        RunPage page(&m_theme, m_backend);
        page.resize(1000, 700);
        page.show();
        Preview preview = fabricated::upgrade({QStringLiteral("a")});
        preview.kind = dialect::DialectKind::PostgreSql;
        page.showPlan(preview, fabricated::target(), nullptr);
        page.startRun();
        database::Blocker idle{
            .pid = 4711, .user = QStringLiteral("anna"), .application = QStringLiteral("psql"), .state = QStringLiteral("idle in transaction")};
        page.take(StepStarted{0, 1, preview.steps[0].step, QString()});
        page.take(StatementStarted{0, 0, preview.steps[0].body.statements[0], false});
        page.take(StatementBlocked{0, 0, 2000, {idle}});
        QVERIFY(page.blockers()->isVisible());
        QVERIFY(!page.blockers()->cancelButton()->isEnabled()); // it runs nothing that could be cancelled
        QSignalSpy asked(&page, &RunPage::endBlockerRequested);
        page.blockers()->terminateButton()->click();
        QCOMPARE(asked.size(), 0);
        QVERIFY2(page.blockers()->question().contains(QStringLiteral("4711")), qPrintable(page.blockers()->question()));
        page.blockers()->confirmButton()->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toInt(), 4711);
        QVERIFY(asked[0][1].toBool());
        page.take(StatementDone{0, 0, 0, 10});
        QVERIFY(!page.blockers()->isVisible());
    }

    void aResetWantsTheNameTyped()
    {
        RunPage page(&m_theme, m_backend);
        Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b")});
        preview.plan.steps[0].kind = preview.steps[0].step.kind = revision::Step::Kind::Downgrade;
        page.showPlan(preview, fabricated::target(), nullptr);
        QVERIFY(!page.canRun());
        QTest::keyClicks(page.findChild<QLineEdit *>(QStringLiteral("confirmation")), QStringLiteral("library.db"));
        QVERIFY(page.canRun());
        QCOMPARE(page.consent().typedName, QStringLiteral("library.db"));
    }

    /// An & marks a key in the text of a label; in a name it has to be seen, since the name is typed.
    void aNameThatIsTypedIsShownAsItIs()
    {
        RunPage page(&m_theme, m_backend);
        Target target = fabricated::target();
        target.databaseName = QStringLiteral("R&D");
        Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("a")});
        preview.plan.steps[0].kind = preview.steps[0].step.kind = revision::Step::Kind::Downgrade;
        for (PreviewStep &step : preview.steps)
            step.body.statements[0].transaction = dialect::TransactionNeed::Outside;
        page.showPlan(preview, target, nullptr);
        QStringList asked;
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->buddy() && label->text().contains(QStringLiteral("to confirm")))
                asked += QString(label->text())
                             .replace(QStringLiteral("&&"), QStringLiteral("\t"))
                             .remove(QLatin1Char('&'))
                             .replace(QLatin1Char('\t'), QLatin1Char('&'));
        }
        QCOMPARE(asked, QStringList{QStringLiteral("All data is lost. Type R&D to confirm:")});
        QVERIFY2(page.warningWords().contains(QStringLiteral("2 statements run outside a transaction (a)")), qPrintable(page.warningWords()));
    }

    void theProjectsPythonIsOfferedAndNeverStartedUnasked()
    {
        RunPage page(&m_theme, m_backend);
        page.resize(1000, 700);
        page.show();
        Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b")});
        preview.steps[1].body.status = BodySql::Status::NotUnderstood;
        preview.steps[1].body.reason = QStringLiteral("subprocess");
        QSignalSpy asked(&page, &RunPage::pythonRequested), withdrawn(&page, &RunPage::pythonWithdrawn);
        page.showPlan(preview, fabricated::target(), nullptr);
        QVERIFY2(page.pythonWords().contains(QStringLiteral("1 revision")), qPrintable(page.pythonWords()));
        QVERIFY(!page.pythonAction()->isVisible()); // of the step a, which is understood
        QCOMPARE(asked.size(), 0);
        for (QToolButton *button : page.findChildren<QToolButton *>()) {
            if (button->isVisible() && button->text().contains(QStringLiteral("Python")))
                button->click();
        }
        QCOMPARE(asked.size(), 1);
        page.stepsView()->setCurrentIndex(page.steps()->indexOf(1));
        QVERIFY(page.pythonAction()->isVisible());
        page.pythonAction()->trigger();
        QCOMPARE(asked.value(1).value(0).toString(), QStringLiteral("b"));
        preview.steps[1].body.status = BodySql::Status::Complete;
        preview.steps[1].body.takenFrom = QStringLiteral("Alembic 1.8.1, /shop/.venv/bin/python");
        page.showPlan(preview, fabricated::target(), nullptr);
        QVERIFY(page.pythonWords().contains(QStringLiteral("takes part")));
        QVERIFY(page.warningWords().contains(QStringLiteral("Alembic 1.8.1")));
        QVERIFY(page.sqlToCopy().contains(QStringLiteral("Alembic 1.8.1")));
        page.stepsView()->setCurrentIndex(page.steps()->indexOf(1));
        page.pythonAction()->trigger();
        QCOMPARE(withdrawn.value(0).value(0).toString(), QStringLiteral("b"));
    }

    void afterAnErrorTheNextStepIsAButton()
    {
        RunPage page(&m_theme, m_backend);
        page.resize(1000, 700);
        page.show();
        const Preview preview = fabricated::upgrade({QStringLiteral("a")});
        const auto fail = [&](ErrorCode code) {
            page.showPlan(preview, fabricated::target(), nullptr);
            page.startRun();
            page.take(StepStarted{0, 1, preview.steps[0].step, QString()});
            page.take(FoundAfterwards{{{.kind = database::Leftover::Kind::InvalidIndex,
                                        .name = QStringLiteral("ix"),
                                        .table = QStringLiteral("t"),
                                        .remedy = QStringLiteral("DROP INDEX CONCURRENTLY ix")}}});
            Error error;
            error.code = code;
            page.take(RunFailed{.error = error, .step = 0, .applied = {}, .notApplied = {QStringLiteral("a")}, .leftOutsideTransaction = {}});
            page.runEnded(error);
        };
        const auto click = [&page](const QString &text) {
            for (QPushButton *button : page.findChildren<QPushButton *>()) {
                if (button->isVisible() && QString(button->text()).remove(QLatin1Char('&')) == text) {
                    button->click();
                    return true;
                }
            }
            return false;
        };
        QSignalSpy planned(&page, &RunPage::planAgainRequested), connected(&page, &RunPage::connectAgainRequested),
            script(&page, &RunPage::scriptRequested);
        fail(ErrorCode::StatementFailed);
        QVERIFY(click(QStringLiteral("Plan Again")));
        QCOMPARE(planned.size(), 1);
        QVERIFY(click(QStringLiteral("Show the Script")));
        QCOMPARE(script.value(0).value(0).toString(), QStringLiteral("a"));
        QCOMPARE(page.remedies(), QStringLiteral("DROP INDEX CONCURRENTLY ix;\n"));
        QVERIFY(page.outcomeWords().contains(QStringLiteral("DROP INDEX CONCURRENTLY ix")));
        fail(ErrorCode::ConnectionLost);
        QVERIFY(click(QStringLiteral("Connect Again")));
        QCOMPARE(connected.size(), 1);
    }

    void bracketsFollowTheTransactions()
    {
        Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        preview.kind = dialect::DialectKind::PostgreSql;
        preview.steps[1].body.statements[0].transaction = dialect::TransactionNeed::Outside;
        StepsModel model(&m_theme);
        model.setPreview(preview, nullptr);
        const auto transaction = [&model](int step, int statement) {
            return model.indexOf(step, statement).siblingAtColumn(StepsModel::TransactionColumn).data(StepsModel::FirstTransactionRole).toInt();
        };
        QCOMPARE(transaction(0, 0), transaction(0, 1));
        QCOMPARE(transaction(1, 0), -1);
        QVERIFY(transaction(1, 1) > transaction(0, 1));
        QCOMPARE(transaction(1, 1), transaction(2, 0)); // PostgreSQL: one for all, unless the project says otherwise
        model.setPreview(preview, nullptr, true);
        QVERIFY(transaction(1, 1) != transaction(2, 0));
    }

    void aReadOnlyConnectionCannotRun()
    {
        RunPage page(&m_theme, m_backend);
        Target target = fabricated::target();
        target.isReadOnly = true;
        page.showPlan(fabricated::upgrade({QStringLiteral("a")}), target, nullptr);
        QVERIFY(!page.canRun());
    }

    void aFailureSaysWhatHappenedAndMarksThePlaceInTheSql()
    {
        RunPage page(&m_theme, m_backend);
        Preview preview = fabricated::upgrade({QStringLiteral("a")});
        preview.kind = dialect::DialectKind::PostgreSql;
        page.showPlan(preview, fabricated::target(), nullptr);
        page.startRun();
        page.take(PlanStarted{preview.plan, QStringLiteral("library"), {}, {}});
        page.take(StepStarted{0, 1, preview.steps[0].step, QString()});
        page.take(StatementStarted{0, 0, preview.steps[0].body.statements[0], false});
        Error error;
        error.code = ErrorCode::StatementFailed;
        error.detail = QStringLiteral("type \"integr\" does not exist");
        error.sqlState = QStringLiteral("42704");
        error.statement = preview.steps[0].body.statements[0].sql;
        error.position = 23;
        page.take(RunFailed{.error = error, .step = 0, .applied = {}, .notApplied = {QStringLiteral("a")}, .leftOutsideTransaction = {}});
        page.runEnded(error);
        QCOMPARE(page.phase(), RunPage::Phase::Ended);
        QVERIFY2(page.outcomeWords().contains(QStringLiteral("42704")), qPrintable(page.outcomeWords()));
        QVERIFY(page.outcomeWords().contains(QStringLiteral("Not applied: a")));
        QString notes;
        for (int line = 0; line < page.sqlEditor()->lines(); ++line)
            notes += page.sqlEditor()->noteAt(line + 1);
        QVERIFY2(notes.contains(QStringLiteral("integr")), qPrintable(notes));
    }

    void warningsNameWhatLeavesTheTransactionOrNeedsTheDatabase()
    {
        Preview preview = fabricated::upgrade({QStringLiteral("a"), QStringLiteral("b")});
        preview.steps[0].body.statements[0].transaction = dialect::TransactionNeed::Outside;
        preview.steps[1].body.status = BodySql::Status::NeedsDatabase;
        preview.steps[1].body.reason = QStringLiteral("a loop over rows");
        RunPage page(&m_theme, m_backend);
        page.showPlan(preview, fabricated::target(), nullptr);
        const QString words = page.warningWords();
        QVERIFY2(words.contains(QStringLiteral("outside a transaction")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("a loop over rows")), qPrintable(words));
        QVERIFY(page.canRun());
    }

    void anEmptyPlanSaysSo()
    {
        RunPage page(&m_theme, m_backend);
        Preview preview;
        preview.plan.startRows = preview.plan.endRows = {QStringLiteral("a")};
        page.showPlan(preview, fabricated::target(), nullptr);
        QVERIFY(!page.canRun());
        QVERIFY(page.outcomeWords().contains(QStringLiteral("Nothing to do")));
    }
};

QTEST_MAIN(TestRun)
#include "tst_run.moc"
