// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

/// Answers every query with the same rows, as an executing sink would.
class AnsweringSink final : public OperationSink {
public:
    explicit AnsweringSink(std::vector<QueryResult> answers) : m_answers(std::move(answers)) {}
    Result<void> take(sql::Operation operation) override
    {
        operations.push_back(std::move(operation));
        return {};
    }
    Result<std::optional<QueryResult>> query(sql::Operation operation) override
    {
        operations.push_back(std::move(operation));
        if (m_next >= m_answers.size())
            return QueryResult{};
        return m_answers[m_next++];
    }
    std::vector<sql::Operation> operations;

private:
    std::vector<QueryResult> m_answers;
    std::size_t m_next = 0;
};

class RefusingSink final : public OperationSink {
public:
    Result<void> take(sql::Operation) override { return std::unexpected(Error{.code = ErrorCode::StatementFailed, .detail = QStringLiteral("no")}); }
    Result<std::optional<QueryResult>> query(sql::Operation) override { return std::unexpected(Error{.code = ErrorCode::StatementFailed}); }
};

} // namespace

class TestScript : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void operationsCarryFileAndLine()
    {
        ProjectFolder folder;
        const auto done =
            folder.evaluate("from alembic import op\nrevision = 'a'\n\ndef upgrade():\n    op.drop_table('one')\n    for t in ('two',):\n"
                            "        op.drop_table(\n            t)\n");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t{2});
        QCOMPARE(done.operations[0].origin.line, 5);
        QCOMPARE(done.operations[1].origin.line, 7);
        QVERIFY(done.operations[0].origin.file.endsWith(QLatin1String("abc_test.py")));
    }

    void aMissingBodyIsCompleteAndSaysSo()
    {
        ProjectFolder folder;
        const auto done = folder.evaluate("revision = 'a'\ndef upgrade():\n    pass\n", Direction::Downgrade);
        VERIFY_COMPLETE(done);
        QVERIFY(done.outcome->isMissing);
    }

    void anExceptionIsToldWithItsLine()
    {
        ProjectFolder folder;
        const auto done = folder.evaluate("from alembic import op\nrevision = 'a'\n\ndef helper():\n    raise ValueError('wrong turn')\n\n"
                                          "def upgrade():\n    op.drop_table('t')\n    helper()\n");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(done.outcome->reason.contains(QLatin1String("ValueError: wrong turn")));
        QCOMPARE(done.outcome->line, 5);
        QCOMPARE(done.operations.size(), std::size_t{1});
    }

    void aQueryResultNeedsADatabase()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("conn = op.get_bind()\n"
                                         "rows = conn.execute(sa.text('SELECT 1')).fetchall()\n"
                                         "for row in rows:\n"
                                         "    op.execute('x')");
        QCOMPARE(done.outcome->status, BodyStatus::NeedsDatabase);
        QCOMPARE(done.outcome->line, 10);
        QCOMPARE(done.operations.size(), std::size_t{1});
        QVERIFY(std::get<sql::Execute>(done.operations[0].kind).wantsResult);
    }

    void aResultThatNobodyReadsIsNoMatter()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("conn = op.get_bind()\nresult = conn.execute(sa.text('UPDATE t SET a = 1'))\nop.drop_table('t')");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t{2});
    }

    void rowsOfAnExecutingSinkAreRead()
    {
        ProjectFolder folder;
        const QString file =
            folder.write(QStringLiteral("versions/a.py"), "from alembic import op\nimport sqlalchemy as sa\nrevision = 'a'\n"
                                                          "def upgrade():\n"
                                                          "    conn = op.get_bind()\n"
                                                          "    for row in conn.execute(sa.text('SELECT id, name FROM t')):\n"
                                                          "        number, name = row\n"
                                                          "        op.execute(f'-- {row.id} {row[1]} {row._mapping[\"name\"]} {number}')\n"
                                                          "    while True:\n"
                                                          "        if conn.execute(sa.text('DELETE')).rowcount == 0:\n"
                                                          "            break\n"
                                                          "    op.execute(f\"-- {conn.execute(sa.text('SELECT 7')).scalar()}\")\n");
        AnsweringSink sink({{{QStringLiteral("id"), QStringLiteral("name")}, {{1, QStringLiteral("a")}, {2, QStringLiteral("b")}}, 2, true},
                            {{}, {}, 3, false},
                            {{}, {}, 0, false},
                            {{QStringLiteral("x")}, {{7}}, 1, true}});
        auto script = Script::load(file);
        QVERIFY(script.has_value());
        const auto outcome = (*script)->evaluate(Direction::Upgrade, folder.environment, sink);
        QVERIFY(outcome.has_value());
        QVERIFY2(outcome->status == BodyStatus::Complete, qPrintable(outcome->reason));
        QStringList texts;
        for (const sql::Operation &operation : sink.operations) {
            const auto &execute = std::get<sql::Execute>(operation.kind);
            texts.append(std::get<sql::TextClause>(std::get<sql::StatementPtr>(execute.statement)->node).text);
        }
        QCOMPARE(texts, (QStringList{QStringLiteral("SELECT id, name FROM t"), QStringLiteral("-- 1 a a 1"), QStringLiteral("-- 2 b b 2"),
                                     QStringLiteral("DELETE"), QStringLiteral("DELETE"), QStringLiteral("SELECT 7"), QStringLiteral("-- 7")}));
    }

    void whatTheSinkRefusesEndsTheEvaluation()
    {
        ProjectFolder folder;
        const QString file = folder.write(QStringLiteral("versions/a.py"),
                                          "from alembic import op\nrevision = 'a'\n"
                                          "def upgrade():\n    try:\n        op.drop_table('t')\n    except Exception:\n        pass\n");
        auto script = Script::load(file);
        QVERIFY(script.has_value());
        RefusingSink sink;
        const auto outcome = (*script)->evaluate(Direction::Upgrade, folder.environment, sink);
        QVERIFY(!outcome.has_value());
        QCOMPARE(outcome.error().code, ErrorCode::StatementFailed);
    }

    void anOperationWhileTheScriptLoadsIsRefused()
    {
        ProjectFolder folder;
        const auto done = folder.evaluate("from alembic import op\nrevision = 'a'\nop.drop_table('t')\ndef upgrade():\n    pass\n");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(done.outcome->line, 3);
        QVERIFY(done.operations.empty());
    }

    void oneBodyLeavesNothingToTheNext()
    {
        ProjectFolder folder;
        const QString file = folder.write(QStringLiteral("versions/a.py"), "from alembic import op\nrevision = 'a'\ncount = []\n"
                                                                           "def upgrade():\n    count.append(1)\n    op.execute(str(len(count)))\n");
        auto script = Script::load(file);
        QVERIFY(script.has_value());
        for (int i = 0; i < 2; ++i) {
            CollectingSink sink;
            QVERIFY((*script)->evaluate(Direction::Upgrade, folder.environment, sink).has_value());
            const auto &execute = std::get<sql::Execute>(sink.operations.at(0).kind);
            QCOMPARE(std::get<sql::TextClause>(std::get<sql::StatementPtr>(execute.statement)->node).text, QStringLiteral("1"));
        }
    }

    void printedAndLoggedTextBecomesNotes()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("import logging\nprint('hello')\nlogging.getLogger(__name__).info('moved %s', 3)");
        VERIFY_COMPLETE(done);
        QVERIFY(done.outcome->notes.contains(QStringLiteral("hello")));
        QVERIFY(done.outcome->notes.contains(QStringLiteral("moved 3")));
    }

    void aRunawayScriptEndsWithASentence()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("while True:\n    pass");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(!done.outcome->reason.isEmpty());
    }

    void cancellingIsAnErrorOfItsOwn()
    {
        ProjectFolder folder;
        const std::atomic<bool> cancel{true};
        folder.environment.cancel = &cancel;
        const auto done = folder.upgrade("while True:\n    pass");
        QVERIFY(!done.outcome.has_value());
        QCOMPARE(done.outcome.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestScript)
#include "tst_script.moc"
