// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts that read the database: every form of a result and every question of the inspector, in a run on both kinds of databases.
#include "place.h"

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

/// A body that says what it found by printing it, as `found(...)`.
struct Stage : Place {
    std::unique_ptr<Session> session;

    explicit Stage(bool isServer) : Place(isServer), session(open())
    {
        scripts.add(q("a1"),
                    {q("op.create_table('owner', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(20), nullable=False))"),
                     q("op.create_table('pet', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.Text, server_default='x'),"),
                     q("    sa.Column('owner_id', sa.Integer, sa.ForeignKey('owner.id', name='fk_owner', ondelete='CASCADE')),"),
                     q("    sa.CheckConstraint('id > 0', name='ck_id'), sa.UniqueConstraint('name', name='uq_name'))"),
                     q("op.create_index('ix_pet', 'pet', ['owner_id', 'name'])"),
                     q("op.execute(\"INSERT INTO owner VALUES (1, 'Ada'), (2, 'Bob'), (3, 'Cid')\")")});
    }
    Result<QStringList> printed(const QStringList &body)
    {
        scripts.add(q("b2"), q("conn = op.get_bind()").split(QLatin1Char('\n')) + body);
        Told told;
        if (const auto done = upgrade(*session, q("head"), told.listener()); !done)
            return std::unexpected(done.error());
        QStringList texts;
        for (const NoticeReceived &notice : told.of<NoticeReceived>()) {
            if (notice.notice.severity == q("SCRIPT"))
                texts += notice.notice.text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        }
        return texts;
    }
};

struct Case {
    const char *name;
    const char *expression;
    const char *expected;
};

constexpr Case kResults[] = {
    {"fetchall", "conn.execute(sa.text('SELECT id, name FROM owner ORDER BY id')).fetchall()", "[(1, 'Ada'), (2, 'Bob'), (3, 'Cid')]"},
    {"all", "conn.execute(sa.text('SELECT id FROM owner ORDER BY id')).all()", "[(1,), (2,), (3,)]"},
    {"fetchone", "conn.execute(sa.text('SELECT id FROM owner ORDER BY id')).fetchone()", "(1,)"},
    {"fetchone of nothing", "conn.execute(sa.text('SELECT id FROM owner WHERE id = 9')).fetchone()", "None"},
    {"fetchmany", "conn.execute(sa.text('SELECT id FROM owner ORDER BY id')).fetchmany(2)", "[(1,), (2,)]"},
    {"first", "conn.execute(sa.text('SELECT name FROM owner ORDER BY id')).first()", "('Ada',)"},
    {"one", "conn.execute(sa.text('SELECT count(*) FROM owner')).one()", "(3,)"},
    {"one_or_none", "conn.execute(sa.text('SELECT id FROM owner WHERE id = 9')).one_or_none()", "None"},
    {"scalar", "conn.execute(sa.text('SELECT count(*) FROM owner')).scalar()", "3"},
    {"scalar_one", "conn.execute(sa.text('SELECT max(id) FROM owner')).scalar_one()", "3"},
    {"connection.scalar", "conn.scalar(sa.text('SELECT min(id) FROM owner'))", "1"},
    {"scalars", "conn.execute(sa.text('SELECT name FROM owner ORDER BY id')).scalars().all()", "['Ada', 'Bob', 'Cid']"},
    {"connection.scalars", "list(conn.scalars(sa.text('SELECT id FROM owner ORDER BY id')))", "[1, 2, 3]"},
    {"mappings", "[m['name'] for m in conn.execute(sa.text('SELECT id, name FROM owner ORDER BY id')).mappings()]", "['Ada', 'Bob', 'Cid']"},
    {"mappings.all", "conn.execute(sa.text('SELECT id FROM owner ORDER BY id')).mappings().all()[0]['id']", "1"},
    {"keys", "list(conn.execute(sa.text('SELECT id, name FROM owner')).keys())", "['id', 'name']"},
    {"iteration", "[row[0] for row in conn.execute(sa.text('SELECT id FROM owner ORDER BY id'))]", "[1, 2, 3]"},
    {"unpacking", "{name: key for key, name in conn.execute(sa.text('SELECT id, name FROM owner ORDER BY id'))}", "{'Ada': 1, 'Bob': 2, 'Cid': 3}"},
    {"row by name", "[row.name for row in conn.execute(sa.text('SELECT id, name FROM owner ORDER BY id'))]", "['Ada', 'Bob', 'Cid']"},
    {"row._mapping", "conn.execute(sa.text('SELECT id, name FROM owner ORDER BY id')).first()._mapping['name']", "Ada"},
    {"rowcount", "conn.execute(sa.text('UPDATE owner SET name = name WHERE id > 1')).rowcount", "2"},
    {"rowcount of none", "conn.execute(sa.text('DELETE FROM owner WHERE id > 100')).rowcount", "0"},
    {"parameters", "conn.execute(sa.text('SELECT name FROM owner WHERE id = :i'), {'i': 2}).scalar()", "Bob"},
    {"select()", "conn.execute(sa.select(owner.c.name).where(owner.c.id == 3)).scalar()", "Cid"},
    {"select() by column", "conn.execute(sa.select(owner.c.id, owner.c.name).order_by(owner.c.id)).fetchall()[1].name", "Bob"},
    {"null", "conn.execute(sa.text('SELECT NULL')).scalar()", "None"},
    {"Session.execute", "Session(bind=conn).execute(sa.text('SELECT count(*) FROM owner')).scalar()", "3"},
    {"Session.scalars", "Session(bind=conn).scalars(sa.select(owner.c.id).order_by(owner.c.id)).all()", "[1, 2, 3]"},
};

constexpr Case kInspector[] = {
    {"get_table_names", "sa.inspect(conn).get_table_names()", "['alembic_version', 'owner', 'pet']"},
    {"has_table", "sa.inspect(conn).has_table('pet'), sa.inspect(conn).has_table('cat')", "(True, False)"},
    {"Inspector.from_engine", "Inspector.from_engine(conn).has_table('owner')", "True"},
    {"dialect.has_table", "conn.dialect.has_table(conn, 'owner'), conn.dialect.has_table(conn, 'cat')", "(True, False)"},
    {"column names", "[c['name'] for c in sa.inspect(conn).get_columns('pet')]", "['id', 'name', 'owner_id']"},
    {"nullable", "[c['nullable'] for c in sa.inspect(conn).get_columns('owner')]", "[False, False]"},
    {"default", "sa.inspect(conn).get_columns('pet')[1]['default'].split(':')[0]", "'x'"},
    {"type", "isinstance(sa.inspect(conn).get_columns('owner')[1]['type'], sa.String), sa.inspect(conn).get_columns('owner')[1]['type'].length",
     "(True, 20)"},
    {"get_pk_constraint", "sa.inspect(conn).get_pk_constraint('pet')['constrained_columns']", "['id']"},
    {"get_foreign_keys",
     "[(k['name'], k['constrained_columns'], k['referred_schema'], k['referred_table'], k['referred_columns'], k['options']) for k in "
     "sa.inspect(conn).get_foreign_keys('pet')]",
     "[('fk_owner', ['owner_id'], None, 'owner', ['id'], {'ondelete': 'CASCADE'})]"},
    {"get_unique_constraints", "[(u['name'], u['column_names']) for u in sa.inspect(conn).get_unique_constraints('pet')]", "[('uq_name', ['name'])]"},
    {"get_check_constraints", "[(k['name'], k['sqltext']) for k in sa.inspect(conn).get_check_constraints('pet')]", "[('ck_id', 'id > 0')]"},
    {"get_indexes", "[(i['column_names'], i['unique']) for i in sa.inspect(conn).get_indexes('pet') if i['name'] == 'ix_pet']",
     "[(['owner_id', 'name'], False)]"},
    {"a table that is not there", "missing()", "no cat"},
    {"autoload_with", "[c.name for c in sa.Table('pet', sa.MetaData(), autoload_with=conn).columns]", "['id', 'name', 'owner_id']"},
    {"what the step itself has made", "made()", "['fresh']"},
};

} // namespace

class ResultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormOfAResult_data() { addKinds(); }
    void everyFormOfAResult()
    {
        QFETCH(bool, isServer);
        compare(isServer, kResults, {q("from sqlalchemy.orm import Session"), q("owner = sa.table('owner', sa.column('id'), sa.column('name'))")});
    }

    void everyQuestionOfTheInspector_data() { addKinds(); }
    void everyQuestionOfTheInspector()
    {
        QFETCH(bool, isServer);
        compare(isServer, kInspector,
                {q("from sqlalchemy.engine.reflection import Inspector"), q("def missing():"), q("    try:"),
                 q("        sa.inspect(conn).get_columns('cat')"), q("    except sa.exc.NoSuchTableError as e:"), q("        return 'no ' + str(e)"),
                 q("def made():"), q("    op.add_column('owner', sa.Column('fresh', sa.Integer))"),
                 q("    return [c['name'] for c in sa.inspect(conn).get_columns('owner') if c['name'] not in ('id', 'name')]")});
    }

    void theConnectionTellsItsAddress_data() { addKinds(); }
    void theConnectionTellsItsAddress()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        const auto printed = stage.printed({q("url = op.get_bind().engine.url"), q("print(str(url).startswith('sqlite'), url.get_backend_name())"),
                                            q("print(url.database)"), q("print(conn.engine.url.username, url.host, url.port)")});
        VERIFY_OK(printed);
        const QString name = isServer ? stage.database->name() : stage.spec.sqliteFile;
        QCOMPARE(printed->value(0), q(isServer ? "False postgresql" : "True sqlite"));
        QCOMPARE(printed->value(1), name);
        const auto given = [&stage](const char *keyword) {
            const auto found = std::ranges::find(stage.spec.keywords, q(keyword), &std::pair<QString, QString>::first);
            return found == stage.spec.keywords.end() ? QString() : found->second;
        };
        QCOMPARE(printed->value(2),
                 isServer ? QStringList({given("user"), given("host"), given("port")}).join(QLatin1Char(' ')) : q("None None None"));
        COMPARE_ERROR(Stage(isServer).printed({q("op.execute('SELECT ' + conn.engine.url.password)")}), ErrorCode::ScriptNotUnderstood);
    }

    /// As psycopg gives them: a price that were text would be "doubled" into another text.
    void valuesHaveTheirTypes()
    {
        constexpr Case kValues[] = {
            {"numeric", "conn.execute(sa.text(\"SELECT 10.50::numeric\")).scalar() * 2", "21.00"},
            {"big numeric", "conn.execute(sa.text(\"SELECT 12345678901234567890.5::numeric\")).scalar()", "12345678901234567890.5"},
            {"json", "conn.execute(sa.text('SELECT json_build_object(\\'a\\', 1)')).scalar()['a'] + 1", "2"},
            {"jsonb", "conn.execute(sa.text('SELECT jsonb_build_array(1, NULL)')).scalar()", "[1, None]"},
            {"date", "conn.execute(sa.text('SELECT make_date(2024, 2, 29)')).scalar().isoformat()", "2024-02-29"},
            {"time", "conn.execute(sa.text('SELECT make_time(1, 2, 3.25)')).scalar().isoformat()", "01:02:03.250000"},
            {"timestamp", "conn.execute(sa.text('SELECT make_timestamp(2024, 2, 29, 1, 2, 3.000004)')).scalar().isoformat()",
             "2024-02-29T01:02:03.000004"},
            {"timestamptz", "conn.execute(sa.text(\"SELECT timestamptz '2024-02-29 01:02:03+00'\")).scalar().isoformat()",
             "2024-02-29T01:02:03+00:00"},
            {"bytea", "conn.execute(sa.text('SELECT decode(\\'00ff41\\', \\'hex\\')')).scalar()[2]", "65"},
            {"int[]", "sum(conn.execute(sa.text('SELECT ARRAY[1, 2, 39]')).scalar())", "42"},
            {"text[]", "conn.execute(sa.text(\"SELECT ARRAY['a b', NULL, 'NULL']\")).scalar()", "['a b', None, 'NULL']"},
            {"empty array", "conn.execute(sa.text(\"SELECT ARRAY[]::text[]\")).scalar()", "[]"},
            {"bool", "conn.execute(sa.text('SELECT true')).scalar()", "True"},
            {"float", "conn.execute(sa.text('SELECT 1.5::float8')).scalar() + 1", "2.5"},
            {"uuid", "conn.execute(sa.text(\"SELECT '6f1e0b52-0000-4000-8000-000000000001'::uuid\")).scalar()[:8]", "6f1e0b52"},
        };
        compare(true, kValues, {});
    }

    void aValueThatIsNotReadIsNotTakenForText()
    {
        Stage stage(true);
        COMPARE_ERROR(
            stage.printed({q("days = conn.execute(sa.text(\"SELECT interval '1 day'\")).scalar()"), q("if days:"), q("    op.drop_table('pet')")}),
            ErrorCode::ScriptNotUnderstood);
    }

    /// Of a statement that knows its columns' types. SQLite itself has no types for most of them.
    void valuesAreWhatTheirColumnsTypesSay_data() { addKinds(); }
    void valuesAreWhatTheirColumnsTypesSay()
    {
        QFETCH(bool, isServer);
        constexpr Case kValues[] = {
            {"Boolean", "read(v.c.flag)", "True"},
            {"DateTime", "repr(read(v.c.moment))", "datetime.datetime(2024, 2, 29, 1, 2, 3, 4000)"},
            {"Date", "repr(read(v.c.day))", "datetime.date(2024, 2, 29)"},
            {"Time", "repr(read(v.c.hour))", "datetime.time(1, 2, 3)"},
            {"Numeric", "repr(read(v.c.price))", "Decimal('10.50')"},
            {"Numeric without a scale", "read(v.c.plain) == Decimal('3')", "True"},
            {"Numeric as float", "repr(read(v.c.loose))", "1.5"},
            {"Float", "repr(read(v.c.weight))", "2.5"},
            {"JSON", "read(v.c.doc)['a'][1]", "2"},
            {"Enum of names", "repr(read(v.c.word))", "'red'"},
            {"Enum of a class", "read(v.c.colour) is Colour.green", "True"},
            {"Enum with values", "read(v.c.valued) is Colour.red", "True"},
            {"Uuid", "repr(read(v.c.key))", "UUID('6f1e0b52-0000-4000-8000-000000000001')"},
            {"LargeBinary", "read(v.c.raw)[1]", "65"},
            {"a TypeDecorator", "read(v.c.shouted)", "AHA"},
            {"None", "read(v.c.absent)", "None"},
            {"max()", "repr(conn.execute(sa.select(sa.func.max(v.c.day))).scalar())", "datetime.date(2024, 2, 29)"},
            {"a label", "conn.execute(sa.select(v.c.flag.label('x'))).first().x", "True"},
            {"cast", "repr(conn.execute(sa.select(sa.cast(v.c.id, sa.Numeric(10, 2)))).scalar())", "Decimal('1.00')"},
            {"the whole table", "conn.execute(sa.select(v)).mappings().first()['colour'] is Colour.green", "True"},
        };
        compare(
            isServer, kValues,
            {q("import datetime, enum, uuid"),
             q("from decimal import Decimal"),
             q("class Colour(enum.Enum):"),
             q("    red = 'r'"),
             q("    green = 'g'"),
             q("class Shouted(sa.types.TypeDecorator):"),
             q("    impl = sa.String"),
             q("    def process_result_value(self, value, dialect):"),
             q("        return value.upper()"),
             q("values = lambda e: [m.value for m in e]"),
             q("pg = conn.dialect.name == 'postgresql'"),
             q("op.create_table('v', sa.Column('id', sa.Integer, primary_key=True), sa.Column('flag', sa.Boolean), sa.Column('moment', "
               "sa.DateTime),"),
             q("    sa.Column('day', sa.Date), sa.Column('hour', sa.Time), sa.Column('price', sa.Numeric(10, 2)), sa.Column('plain', sa.Numeric),"),
             q("    sa.Column('loose', sa.Numeric(10, 2)), sa.Column('weight', sa.Float), sa.Column('doc', sa.JSON), sa.Column('word', "
               "sa.String(9)),"),
             q("    sa.Column('colour', sa.String(9)), sa.Column('valued', sa.String(9)), sa.Column('key', sa.Uuid), sa.Column('raw', "
               "sa.LargeBinary),"),
             q("    sa.Column('shouted', sa.String(9)), sa.Column('absent', sa.DateTime))"),
             q("op.execute(\"INSERT INTO v VALUES (1, \" + ('true' if pg else '1') + \", '2024-02-29 01:02:03.004000', '2024-02-29', '01:02:03', "
               "10.5, 3, 1.5, "
               "2.5, '{\\\"a\\\": [1, 2]}', 'red', 'green', 'r', '6f1e0b5200004000\" + \"8000000000000001', \" + ('decode(\\'0041\\', \\'hex\\')' if "
               "pg "
               "else \"x'0041'\") + \", 'aha', NULL)\")"),
             q("v = sa.table('v', sa.column('id', sa.Integer), sa.column('flag', sa.Boolean), sa.column('moment', sa.DateTime), sa.column('day', "
               "sa.Date),"),
             q("    sa.column('hour', sa.Time), sa.column('price', sa.Numeric(10, 2)), sa.column('plain', sa.Numeric), sa.column('loose', "
               "sa.Numeric(10, 2, "
               "asdecimal=False)),"),
             q("    sa.column('weight', sa.Float), sa.column('doc', sa.JSON), sa.column('word', sa.Enum('red', 'green', name='w', "
               "native_enum=False)),"),
             q("    sa.column('colour', sa.Enum(Colour, native_enum=False)), sa.column('valued', sa.Enum(Colour, values_callable=values, "
               "native_enum=False)),"),
             q("    sa.column('key', sa.Uuid), sa.column('raw', sa.LargeBinary), sa.column('shouted', Shouted), sa.column('absent', sa.DateTime))"),
             q("read = lambda column: conn.execute(sa.select(column)).scalar()")});
    }

    void aSessionKeepsItsObjects_data() { addKinds(); }
    void aSessionKeepsItsObjects()
    {
        QFETCH(bool, isServer);
        constexpr Case kSteps[] = {
            {"query.all", "[o.name for o in session.query(Owner).order_by(Owner.id).all()]", "['Ada', 'Bob', 'Cid']"},
            {"filter_by", "session.query(Owner).filter_by(name='Bob').one().id", "2"},
            {"filter and first", "session.query(Owner).filter(Owner.id > 1).order_by(Owner.id.desc()).first().name", "Cid"},
            {"nothing", "session.query(Owner).filter_by(name='Zoe').first()", "None"},
            {"count", "session.query(Owner).count()", "3"},
            {"columns", "session.query(Owner.id, Owner.name).order_by(Owner.id).all()[0]", "(1, 'Ada')"},
            {"get", "session.get(Owner, 3).name", "Cid"},
            {"get of none", "session.get(Owner, 9)", "None"},
            {"one object for one row", "session.get(Owner, 3) is session.query(Owner).filter_by(id=3).one()", "True"},
            {"unset is None", "Owner(id=4).name", "None"},
            {"add", "added()", "(10, 'Dora')"},
            {"change", "changed()", "Ada the First"},
            {"delete", "deleted()", "[1, 3, 10]"},
            {"update", "session.query(Owner).filter(Owner.id > 1).update({'name': 'all'})", "2"},
            {"after the update", "[o.name for o in session.query(Owner).order_by(Owner.id)]", "['Ada the First', 'all', 'all']"},
            {"delete by query", "session.query(Owner).filter(Owner.id == 10).delete()", "1"},
        };
        compare(isServer, kSteps,
                {q("from sqlalchemy.orm import Session, declarative_base"),
                 q("Base = declarative_base()"),
                 q("class Owner(Base):"),
                 q("    __tablename__ = 'owner'"),
                 q("    id = sa.Column(sa.Integer, primary_key=True)"),
                 q("    name = sa.Column(sa.String(20))"),
                 q("session = Session(bind=conn)"),
                 q("def added():"),
                 q("    dora = Owner(id=10, name='Dora')"),
                 q("    session.add(dora)"),
                 q("    session.commit()"),
                 q("    return tuple(conn.execute(sa.text('SELECT id, name FROM owner WHERE id = 10')).one())"),
                 q("def changed():"),
                 q("    session.get(Owner, 1).name += ' the First'"),
                 q("    session.flush()"),
                 q("    return conn.scalar(sa.text('SELECT name FROM owner WHERE id = 1'))"),
                 q("def deleted():"),
                 q("    session.delete(session.get(Owner, 2))"),
                 q("    session.commit()"),
                 q("    return [o.id for o in session.query(Owner).order_by(Owner.id)]")});
    }

    void aLoopGoesOnUntilNoRowIsChanged_data() { addKinds(); }
    void aLoopGoesOnUntilNoRowIsChanged()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        const auto texts = stage.printed(
            {q("while True:"),
             q("    done = conn.execute(sa.text(\"UPDATE owner SET name = 'done' WHERE id = (SELECT min(id) FROM owner WHERE name <> 'done')\"))"),
             q("    print(done.rowcount)"), q("    if done.rowcount == 0:"), q("        break")});
        VERIFY_OK(texts);
        QCOMPARE(*texts, (QStringList{q("1"), q("1"), q("1"), q("0")}));
        QCOMPARE(stage.session->execute(q("SELECT count(*) FROM owner WHERE name = 'done'"))->rows.front().front().toInt(), 3);
    }

    void whatIsThereDecidesWhatIsDone_data() { addKinds(); }
    void whatIsThereDecidesWhatIsDone()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        VERIFY_OK(
            stage.printed({q("inspector = sa.inspect(conn)"), q("for name in ('name', 'nick'):"),
                           q("    if name not in [c['name'] for c in inspector.get_columns('owner')]:"),
                           q("        op.add_column('owner', sa.Column(name, sa.String(5)))"),
                           q("pet = sa.Table('pet', sa.MetaData(), autoload_with=conn)"), q("conn.execute(pet.insert().values(id=7, owner_id=1))")}));
        VERIFY_OK(stage.session->execute(q("SELECT nick FROM owner")));
        QCOMPARE(stage.session->execute(q("SELECT name FROM pet WHERE id = 7"))->rows.front().front().toString(), q("x"));
    }

private:
    static void addKinds()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
    template<std::size_t N>
    static void compare(bool isServer, const Case (&cases)[N], const QStringList &before)
    {
        Stage stage(isServer);
        QStringList body = before;
        for (const Case &one : cases)
            body.append(q("print(str((%1)))").arg(q(one.expression)));
        const auto texts = stage.printed(body);
        VERIFY_OK(texts);
        QCOMPARE(texts->size(), qsizetype(N));
        for (std::size_t i = 0; i < N; ++i)
            QVERIFY2((*texts)[qsizetype(i)] == q(cases[i].expected), qPrintable(q("%1: %2").arg(q(cases[i].name), (*texts)[qsizetype(i)])));
    }
};

QTEST_GUILESS_MAIN(ResultsTest)
#include "tst_results.moc"
