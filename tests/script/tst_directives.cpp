// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

QString textOf(const sql::ExpressionPtr &expression) { return std::get<sql::TextClause>(expression->node).text; }

QStringList texts(const std::vector<sql::Identifier> &names)
{
    QStringList list;
    for (const sql::Identifier &name : names)
        list.append(name.text);
    return list;
}

} // namespace

class TestDirectives : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addColumnSaysWhatTheColumnMakes()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("op.add_column('t', sa.Column('owner_id', sa.Integer(), sa.ForeignKey('s.users.id', ondelete='CASCADE'), "
                                         "unique=True, nullable=False, server_default='0', comment='who'), schema='app', if_not_exists=True)");
        VERIFY_COMPLETE(done);
        const auto &added = done.operation<sql::AddColumn>();
        QCOMPARE(added.table.schema.text, QStringLiteral("app"));
        QVERIFY(added.ifNotExists);
        QVERIFY(!added.column.nullable);
        QCOMPARE(std::get<QString>(added.column.serverDefault), QStringLiteral("0"));
        QCOMPARE(added.column.comment.value_or(QString()), QStringLiteral("who"));
        QVERIFY(added.column.isUnique);
        QCOMPARE(added.column.constraints.size(), std::size_t{1});
        const auto &key = std::get<sql::ForeignKeyConstraint>(added.column.constraints[0].kind);
        QCOMPARE(key.referredTable.schema.text, QStringLiteral("s"));
        QCOMPARE(key.referredTable.name.text, QStringLiteral("users"));
        QCOMPARE(texts(key.referredColumns), QStringList{QStringLiteral("id")});
        QCOMPARE(key.options.onDelete, QStringLiteral("CASCADE"));
    }

    void anIndexedColumnGetsItsIndexByName()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("op.add_column('t', sa.Column('a', sa.String(), index=True, unique=True), schema='s')");
        VERIFY_COMPLETE(done);
        const auto &added = done.operation<sql::AddColumn>();
        QVERIFY(added.column.hasIndex && added.column.isUnique);
        QCOMPARE(added.column.indexName.text, QStringLiteral("ix_s_t_a"));
    }

    void alterColumnTellsWhatChangesFromWhatDoesNot()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("op.alter_column('t', 'c', existing_type=sa.INTEGER(), nullable=False, server_default=None, type_=sa.BigInteger(), "
                           "new_column_name='d', comment=None, postgresql_using='c::bigint')\n"
                           "op.alter_column('t', 'c', nullable=True)\n"
                           "op.alter_column('t', 'c', server_default=sa.text('now()'))");
        VERIFY_COMPLETE(done);
        const auto &first = done.operation<sql::AlterColumn>(0);
        QCOMPARE(first.nullable, std::optional<bool>(false));
        QVERIFY(first.serverDefault.has_value());
        QVERIFY(std::holds_alternative<std::monostate>(*first.serverDefault));
        QCOMPARE(first.type->name, QStringLiteral("BigInteger"));
        QCOMPARE(first.existingType->name, QStringLiteral("INTEGER"));
        QCOMPARE(first.newName.text, QStringLiteral("d"));
        QVERIFY(first.comment.has_value() && !first.comment->has_value());
        QCOMPARE(first.usingExpression, QStringLiteral("c::bigint"));
        const auto &second = done.operation<sql::AlterColumn>(1);
        QVERIFY(!second.serverDefault && !second.type && !second.comment);
        QCOMPARE(textOf(std::get<sql::ExpressionPtr>(*done.operation<sql::AlterColumn>(2).serverDefault)), QStringLiteral("now()"));
    }

    void constraintsAreReadInEverySpelling()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("op.create_unique_constraint('uq', 't', ['a', 'b'], deferrable=True, initially='DEFERRED')\n"
                           "op.create_unique_constraint(name='uq', source='t', local_cols=['a'])\n"
                           "op.create_foreign_key('fk', 't', 'u', ['a'], ['id'], ondelete='SET NULL', source_schema='x', referent_schema='y')\n"
                           "op.create_foreign_key(constraint_name='fk', source='t', referent='u', local_cols=['a'], remote_cols=['id'])\n"
                           "op.create_primary_key('pk', 't', cols=['id'])\n"
                           "op.create_check_constraint('ck', 't', 'a > 0')\n"
                           "op.drop_constraint('ck', 't', type_='check')\n"
                           "op.drop_constraint('fk', tablename='t', type='foreignkey')");
        VERIFY_COMPLETE(done);
        const auto &unique = done.operation<sql::AddConstraint>(0);
        QCOMPARE(unique.constraint.deferrable, std::optional<bool>(true));
        QCOMPARE(unique.constraint.initially, QStringLiteral("DEFERRED"));
        QCOMPARE(texts(std::get<sql::UniqueConstraint>(unique.constraint.kind).columns), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(done.operation<sql::AddConstraint>(1).table.name.text, QStringLiteral("t"));
        const auto &foreign = done.operation<sql::AddConstraint>(2);
        QCOMPARE(foreign.table.schema.text, QStringLiteral("x"));
        QCOMPARE(std::get<sql::ForeignKeyConstraint>(foreign.constraint.kind).referredTable.schema.text, QStringLiteral("y"));
        QCOMPARE(std::get<sql::ForeignKeyConstraint>(done.operation<sql::AddConstraint>(3).constraint.kind).referredTable.name.text,
                 QStringLiteral("u"));
        QCOMPARE(texts(std::get<sql::PrimaryKeyConstraint>(done.operation<sql::AddConstraint>(4).constraint.kind).columns),
                 QStringList{QStringLiteral("id")});
        QCOMPARE(textOf(std::get<sql::CheckConstraint>(done.operation<sql::AddConstraint>(5).constraint.kind).condition), QStringLiteral("a > 0"));
        QCOMPARE(done.operation<sql::DropConstraint>(6).type, QStringLiteral("check"));
        QCOMPARE(done.operation<sql::DropConstraint>(7).table.name.text, QStringLiteral("t"));
    }

    void indexesTakeColumnsTextAndOptions()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("op.create_index(op.f('ix_t_a'), 't', ['a', sa.text('lower(b)')], unique=True, schema='s', postgresql_using='gin', "
                           "postgresql_where=sa.text('a > 1'), postgresql_ops={'a': 'jsonb_path_ops'}, postgresql_include=['c'], "
                           "postgresql_concurrently=True, if_not_exists=True)\n"
                           "op.create_index(None, 't', ['a'])\n"
                           "op.drop_index('ix', table_name='t', if_exists=True)\n"
                           "op.drop_index('ix')");
        VERIFY_COMPLETE(done);
        const auto &create = done.operation<sql::CreateIndex>();
        QVERIFY(create.ifNotExists && create.index.isUnique && create.index.name.isConventional);
        QCOMPARE(create.index.elements.size(), std::size_t{2});
        QCOMPARE(create.index.elements[0].column.text, QStringLiteral("a"));
        QCOMPARE(textOf(create.index.elements[1].expression), QStringLiteral("lower(b)"));
        const auto &options = create.index.options;
        QCOMPARE(std::get<QString>(options.at(QStringLiteral("postgresql_using")).value), QStringLiteral("gin"));
        QCOMPARE(std::get<bool>(options.at(QStringLiteral("postgresql_concurrently")).value), true);
        QCOMPARE(std::get<QStringList>(options.at(QStringLiteral("postgresql_include")).value), QStringList{QStringLiteral("c")});
        QCOMPARE(done.operation<sql::CreateIndex>(1).index.name.text, QStringLiteral("ix_t_a"));
        QVERIFY(done.operation<sql::DropIndex>(2).ifExists);
        QVERIFY(done.operation<sql::DropIndex>(3).index.table.name.isEmpty());
    }

    void bulkInsertKeepsColumnsTypesAndRows()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("t = sa.table('roles', sa.column('id', sa.Integer), sa.column('name', sa.String))\n"
                                         "op.bulk_insert(t, [{'name': 'admin', 'id': 1}, {'id': 2, 'name': None}], multiinsert=False)\n"
                                         "u = op.create_table('u', sa.Column('a', sa.Integer))\n"
                                         "op.bulk_insert(u, [{'a': op.inline_literal(5)}])");
        VERIFY_COMPLETE(done);
        const auto &insert = done.operation<sql::BulkInsert>();
        QVERIFY(!insert.multiInsert);
        QCOMPARE(texts(insert.columns), (QStringList{QStringLiteral("id"), QStringLiteral("name")}));
        QCOMPARE(insert.types[0]->name, QStringLiteral("Integer"));
        QCOMPARE(insert.rows.size(), std::size_t{2});
        QCOMPARE(insert.rows[0][0].first.text, QStringLiteral("name"));
        QCOMPARE(std::get<sql::BoundValue>(insert.rows[0][0].second->node).value.text, QStringLiteral("admin"));
        QCOMPARE(std::get<sql::BoundValue>(insert.rows[1][1].second->node).value.kind, sql::Literal::Kind::Null);
        QCOMPARE(done.operation<sql::BulkInsert>(2).rows.size(), std::size_t{1});
    }

    void executeTakesTextWithItsParameters()
    {
        ProjectFolder folder;
        folder.environment.offline = false; // offline, Alembic takes no notice of values beside a text
        const auto done = folder.upgrade("op.execute('SELECT 1')\n"
                                         "op.execute(sa.text('UPDATE t SET a = :a').bindparams(a=5))\n"
                                         "op.get_bind().execute(sa.text('UPDATE t SET a = :a'), {'a': 'x'})\n"
                                         "op.execute(sa.func.refresh('v'))\n"
                                         "op.execute(sa.DDL('CREATE %(what)s', context={'what': 'EXTENSION x'}))");
        VERIFY_COMPLETE(done);
        const auto statement = [&done](std::size_t i) { return std::get<sql::StatementPtr>(done.operation<sql::Execute>(i).statement); };
        QCOMPARE(std::get<sql::TextClause>(statement(0)->node).text, QStringLiteral("SELECT 1"));
        const auto &bound = std::get<sql::TextClause>(statement(1)->node);
        QCOMPARE(std::get<sql::BoundValue>(bound.binds.at(QStringLiteral("a"))->node).value.text, QStringLiteral("5"));
        const auto &parameters = done.operation<sql::Execute>(2).parameters;
        QCOMPARE(parameters.size(), std::size_t{1});
        QCOMPARE(parameters[0][0].first, QStringLiteral("a"));
        const auto &call = std::get<sql::FunctionCall>(std::get<sql::ExpressionPtr>(done.operation<sql::Execute>(3).statement)->node);
        QCOMPARE(call.name, QStringLiteral("refresh"));
        QCOMPARE(std::get<QString>(done.operation<sql::Execute>(4).statement), QStringLiteral("CREATE EXTENSION x"));
    }

    void anAutocommitBlockHasTwoEnds()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("with op.get_context().autocommit_block():\n    op.execute('VACUUM')");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t{3});
        (void)done.operation<sql::AutocommitBegin>(0);
        (void)done.operation<sql::AutocommitEnd>(2);
    }

    void theDialectsNameDecidesBranches()
    {
        ProjectFolder folder;
        const QByteArray lines = "if op.get_bind().dialect.name == 'postgresql' and op.get_context().dialect.name != 'sqlite':\n"
                                 "    op.execute('pg')\nelse:\n    op.drop_table('t')";
        VERIFY_COMPLETE(folder.upgrade(lines));
        (void)folder.upgrade(lines).operation<sql::Execute>(0);
        folder.environment.dialectName = QStringLiteral("sqlite");
        (void)folder.upgrade(lines).operation<sql::DropTable>(0);
    }

    void tablesAreRenamedCommentedAndDropped()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("op.rename_table('a', 'b', schema='s')\nop.create_table_comment('b', 'hello')\n"
                                         "op.drop_table_comment('b')\nop.drop_table('b', if_exists=True)\nop.drop_column('t', 'c', if_exists=True)");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operation<sql::RenameTable>(0).newName.text, QStringLiteral("b"));
        QCOMPARE(done.operation<sql::CreateTableComment>(1).comment, QStringLiteral("hello"));
        QCOMPARE(done.operation<sql::DropTableComment>(2).table.name.text, QStringLiteral("b"));
        QVERIFY(done.operation<sql::DropTable>(3).ifExists);
        QVERIFY(done.operation<sql::DropColumn>(4).ifExists);
    }

    void namingConventionsNameWhatHasNoName()
    {
        ProjectFolder folder;
        folder.environment.namingConvention = {
            {QStringLiteral("uq"), QStringLiteral("uq_%(table_name)s_%(column_0_name)s")},
            {QStringLiteral("ck"), QStringLiteral("ck_%(table_name)s_%(constraint_name)s")},
            {QStringLiteral("fk"), QStringLiteral("fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s")}};
        const auto done = folder.upgrade("op.create_unique_constraint(None, 't', ['a', 'b'])\n"
                                         "op.create_check_constraint('positive', 't', 'a > 0')\n"
                                         "op.drop_constraint(op.f('ck_t_old'), 't', type_='check')\n"
                                         "op.create_foreign_key(None, 't', 'u', ['a', 'b'], ['c', 'd'])\n"
                                         "op.create_check_constraint(None, 't', 'a > 0')");
        QCOMPARE(done.operation<sql::AddConstraint>(0).constraint.name.text, QStringLiteral("uq_t_a"));
        QCOMPARE(done.operation<sql::AddConstraint>(1).constraint.name.text, QStringLiteral("ck_t_positive"));
        QCOMPARE(done.operation<sql::DropConstraint>(2).name.text, QStringLiteral("ck_t_old"));
        QCOMPARE(done.operation<sql::AddConstraint>(3).constraint.name.text, QStringLiteral("fk_t_a_b_u"));
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(done.outcome->reason.contains(QLatin1String("InvalidRequestError")));
    }

    void namesThatAnUnknownConventionMightGiveAreNoted()
    {
        ProjectFolder folder;
        folder.environment.conventionProblem = QStringLiteral("nothing is known of app.db");
        folder.environment.namedByConvention = {QStringLiteral("ck")};
        const auto done = folder.upgrade("op.create_unique_constraint('uq_a', 't', ['a'])\n"
                                         "op.create_check_constraint('positive', 't', 'a > 0')\n"
                                         "op.create_check_constraint(op.f('ck_t_positive'), 't', 'a > 0')\n"
                                         "op.create_unique_constraint(None, 't', ['a'])\n"
                                         "op.create_table('u', sa.Column('id', sa.Integer, primary_key=True))\n"
                                         "op.create_table('v', sa.Column('id', sa.Integer), sa.PrimaryKeyConstraint('id', name='pk_v'))\n"
                                         "with op.batch_alter_table('t') as batch:\n"
                                         "    batch.create_unique_constraint(None, ['b'])\n"
                                         "    batch.drop_column('c')\n"
                                         "op.drop_table('w')");
        VERIFY_COMPLETE(done);
        const auto isNoted = [](const sql::Operation &operation) {
            return operation.notes.join(QLatin1Char(' ')).contains(QLatin1String("nothing is known of app.db"));
        };
        std::vector<bool> noted;
        for (const sql::Operation &operation : done.operations)
            noted.push_back(isNoted(operation));
        QCOMPARE(noted, (std::vector<bool>{false, true, false, true, true, false, true, false, false}));
    }

    void excludeConstraintsKeepTheirOperators()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("op.create_exclude_constraint('ex', 't', ('period', '&&'), (sa.column('room'), '='), using='gist', where=\"room > 1\")");
        VERIFY_COMPLETE(done);
        const auto &exclude = std::get<sql::ExcludeConstraint>(done.operation<sql::AddConstraint>().constraint.kind);
        QCOMPARE(exclude.elements.size(), std::size_t{2});
        QCOMPARE(exclude.elements[0].op, QStringLiteral("&&"));
        QCOMPARE(exclude.usingMethod, QStringLiteral("gist"));
        QCOMPARE(textOf(exclude.where), QStringLiteral("room > 1"));
    }

    void aRegisteredOperationOfTheScriptRuns()
    {
        ProjectFolder folder;
        const auto done =
            folder.evaluate("from alembic import op\nfrom alembic.operations import Operations, MigrateOperation\nrevision = 'a'\n"
                            "@Operations.register_operation('create_view')\n"
                            "class CreateView(MigrateOperation):\n"
                            "    def __init__(self, name):\n        self.name = name\n"
                            "    @classmethod\n    def create_view(cls, operations, name):\n        return operations.invoke(cls(name))\n"
                            "@Operations.implementation_for(CreateView)\n"
                            "def create_view(operations, operation):\n    operations.execute('CREATE VIEW %s' % operation.name)\n"
                            "def upgrade():\n    op.create_view('v')\n");
        VERIFY_COMPLETE(done);
        const auto statement = std::get<sql::StatementPtr>(done.operation<sql::Execute>().statement);
        QCOMPARE(std::get<sql::TextClause>(statement->node).text, QStringLiteral("CREATE VIEW v"));
    }

    void aWrongKeywordIsATypeErrorAsInPython()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("op.create_index('ix', 't', ['a'], colour='red')");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(done.outcome->reason.contains(QLatin1String("TypeError")));
        QVERIFY(done.operations.empty());
    }

    void whatSqliteCannotAlterIsAnExceptionThatScriptsMayCatch()
    {
        ProjectFolder folder;
        const QByteArray body = "try:\n    op.drop_constraint('c', 't')\nexcept NotImplementedError:\n    op.execute('SELECT 1')";
        const auto onPostgres = folder.upgrade(body);
        VERIFY_COMPLETE(onPostgres);
        QCOMPARE(onPostgres.operation<sql::DropConstraint>().name.text, QStringLiteral("c"));
        folder.environment.dialectName = QStringLiteral("sqlite");
        const auto onSqlite = folder.upgrade(body);
        VERIFY_COMPLETE(onSqlite);
        QVERIFY(std::holds_alternative<sql::Execute>(onSqlite.operations.at(0).kind));
        QCOMPARE(folder.upgrade("op.create_unique_constraint('u', 't', ['a'])").outcome->status, BodyStatus::NotUnderstood);
        VERIFY_COMPLETE(folder.upgrade("with op.batch_alter_table('t') as b:\n    b.create_unique_constraint('u', ['a'])"));
    }
};

QTEST_GUILESS_MAIN(TestDirectives)
#include "tst_directives.moc"
