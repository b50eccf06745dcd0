// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void postgresqlTakesTheOperationsOneByOne()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("with op.batch_alter_table('t', schema='s') as batch_op:\n"
                                         "    batch_op.add_column(sa.Column('a', sa.Integer()))\n"
                                         "    batch_op.alter_column('b', nullable=False)\n"
                                         "    batch_op.create_index(batch_op.f('ix'), ['a'], unique=True)\n"
                                         "    batch_op.create_foreign_key('fk', 'u', ['a'], ['id'])\n"
                                         "    batch_op.drop_constraint('ck', type_='check')\n"
                                         "    batch_op.create_index(index_name='iy', columns=['a'])");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t{6});
        QCOMPARE(done.operation<sql::AddColumn>(0).table.schema.text, QStringLiteral("s"));
        QCOMPARE(done.operation<sql::AlterColumn>(1).column.text, QStringLiteral("b"));
        QVERIFY(done.operation<sql::CreateIndex>(2).index.isUnique);
        QCOMPARE(done.operation<sql::AddConstraint>(3).table.schema.text, QStringLiteral("s"));
        QCOMPARE(done.operation<sql::DropConstraint>(4).name.text, QStringLiteral("ck"));
        QCOMPARE(done.operation<sql::CreateIndex>(5).index.table.name.text, QStringLiteral("t"));
        QCOMPARE(done.operations[1].origin.line, 10);
    }

    void whatIsExecutedInsideComesBeforeWhatIsHeldBack()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("with op.batch_alter_table('t') as batch_op:\n"
                                         "    batch_op.drop_column('a')\n"
                                         "    batch_op.execute('one')\n"
                                         "    op.drop_table('two')");
        VERIFY_COMPLETE(done);
        (void)done.operation<sql::Execute>(0);
        (void)done.operation<sql::DropTable>(1);
        (void)done.operation<sql::DropColumn>(2);
    }

    void sqliteTakesOneRebuildWithEveryOption()
    {
        ProjectFolder folder;
        folder.environment.dialectName = QStringLiteral("sqlite");
        const auto done = folder.upgrade(
            "meta = sa.MetaData()\n"
            "with op.batch_alter_table('t', recreate='always', copy_from=sa.Table('t', meta, sa.Column('id', sa.Integer, primary_key=True)), "
            "table_args=(sa.UniqueConstraint('a', name='uq'),), naming_convention={'fk': 'fk_%(table_name)s'}, "
            "partial_reordering=[('a', 'b')], reflect_args=[sa.Column('flag', sa.Boolean(create_constraint=False))]) as batch_op:\n"
            "    batch_op.add_column(sa.Column('a', sa.Integer()), insert_after='id')\n"
            "    batch_op.drop_column('x')");
        VERIFY_COMPLETE(done);
        const auto &batch = *done.operation<std::shared_ptr<const sql::BatchAlterTable>>();
        QCOMPARE(batch.recreate, sql::BatchAlterTable::Recreate::Always);
        QVERIFY(batch.copyFrom && batch.copyFrom->columns.size() == 1);
        QCOMPARE(batch.tableArgumentConstraints.size(), std::size_t{1});
        QCOMPARE(batch.namingConvention.at(QStringLiteral("fk")), QStringLiteral("fk_%(table_name)s"));
        QCOMPARE(batch.partialReordering.size(), std::size_t{1});
        QCOMPARE(batch.reflectColumns.size(), std::size_t{1});
        QCOMPARE(batch.operations.size(), std::size_t{2});
        QCOMPARE(std::get<sql::AddColumn>(batch.operations[0].kind).insertAfter->text, QStringLiteral("id"));
    }

    void neverAndEmptyBatchesMakeNoRebuild()
    {
        ProjectFolder folder;
        folder.environment.dialectName = QStringLiteral("sqlite");
        const auto done = folder.upgrade("with op.batch_alter_table('t', recreate='never') as b:\n    b.drop_column('x')\n"
                                         "with op.batch_alter_table('t') as b:\n    pass");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t{1});
        (void)done.operation<sql::DropColumn>(0);
    }

    void aBatchThatRaisesSaysNothing()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("with op.batch_alter_table('t') as b:\n    b.drop_column('x')\n    raise RuntimeError('no')");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(done.operations.empty());
    }
};

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batchdirectives.moc"
