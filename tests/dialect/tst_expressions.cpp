// SPDX-License-Identifier: GPL-3.0-or-later
#include "build.h"

#include "dialect/expressionwriter.h"

#include <QTest>

using namespace stillroom;
using namespace stillroom::build;
using dialect::DialectKind;
using Unary = UnaryExpression::Kind;
using Constant = ConstantExpression::Kind;

namespace {

QString shown(const Result<dialect::Written> &written) { return written ? written->sql : QLatin1Char('!') + written.error().detail; }

dialect::Spelling spelling(DialectKind kind)
{
    dialect::Spelling made;
    made.kind = kind;
    return made;
}

/// The tables that the tests query.
const FromPtr t = table("t");
const FromPtr u = table("u");
const SqlTypePtr integer = shared(type("Integer"));
const SqlTypePtr string = shared(type("String"));
const SqlTypePtr boolean = shared(type("Boolean"));
const ExpressionPtr id = col(t, "id", integer);
const ExpressionPtr n = col(t, "n", string);
const ExpressionPtr f = col(t, "f", boolean);
const ExpressionPtr d = col(t, "d", shared(type("DateTime")));
const ExpressionPtr j = col(t, "j", shared(type("JSON")));
const ExpressionPtr x = col(t, "x");
const ExpressionPtr uid = col(u, "id", integer);
const ExpressionPtr utid = col(u, "t_id", integer);
const ExpressionPtr uname = col(u, "n", string);

ExpressionPtr one() { return bind(num(1)); }

Select select(std::vector<ExpressionPtr> columns, ExpressionPtr where = nullptr)
{
    Select made;
    made.columns = std::move(columns);
    made.where = std::move(where);
    return made;
}

FromPtr derived(Select inner, const char *alias = "")
{
    FromClause from;
    from.node = FromClause::Derived{statement(std::move(inner)), false};
    from.alias = Identifier(s(alias));
    return std::make_shared<const FromClause>(std::move(from));
}

FromPtr join(FromPtr left, FromPtr right, ExpressionPtr on, bool isOuter = false)
{
    FromClause from;
    FromClause::Join made;
    made.left = std::move(left);
    made.right = std::move(right);
    made.on = std::move(on);
    made.isOuter = isOuter;
    from.node = std::move(made);
    return std::make_shared<const FromClause>(std::move(from));
}

ExpressionPtr json(const ExpressionPtr &left, Literal key, SqlTypePtr result = nullptr)
{
    BinaryExpression b;
    b.kind = BinaryKind::JsonGetItem;
    b.left = left;
    b.right = bind(std::move(key));
    return makeExpression(std::move(b), std::move(result));
}

ExpressionPtr custom(const char *symbol, ExpressionPtr left, ExpressionPtr right)
{
    BinaryExpression b;
    b.kind = BinaryKind::Custom;
    b.custom = s(symbol);
    b.left = std::move(left);
    b.right = std::move(right);
    return makeExpression(std::move(b));
}

ExpressionPtr like(BinaryKind kind, ExpressionPtr left, const char *pattern, const char *escape = nullptr)
{
    BinaryExpression b;
    b.kind = kind;
    b.left = std::move(left);
    b.right = bind(str(pattern));
    if (escape)
        b.escape = s(escape);
    return makeExpression(std::move(b));
}

ExpressionPtr cast(ExpressionPtr operand, SqlType to) { return makeExpression(CastExpression{std::move(operand), shared(std::move(to)), false}); }

void expression(const char *tag, const ExpressionPtr &e, const char *postgreSql, const char *sqlite = nullptr)
{
    QTest::newRow(tag) << e << s(postgreSql) << (sqlite ? s(sqlite) : s(postgreSql));
}

void query(const char *tag, const StatementPtr &made, const char *postgreSql, const char *sqlite = nullptr)
{
    QTest::newRow(tag) << made << s(postgreSql) << (sqlite ? s(sqlite) : s(postgreSql));
}

} // namespace

Q_DECLARE_METATYPE(stillroom::sql::ExpressionPtr)
Q_DECLARE_METATYPE(stillroom::sql::StatementPtr)

class TestExpressions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void expressionsPrintAsSqlAlchemyPrintsThem_data();
    void expressionsPrintAsSqlAlchemyPrintsThem();
    void statementsPrintAsSqlAlchemyPrintsThem_data();
    void statementsPrintAsSqlAlchemyPrintsThem();
    void aValueThatDoesNotFitItsTypeIsRefused();
};

void TestExpressions::expressionsPrintAsSqlAlchemyPrintsThem_data()
{
    QTest::addColumn<ExpressionPtr>("given");
    QTest::addColumn<QString>("postgresql");
    QTest::addColumn<QString>("sqlite");
    using K = BinaryKind;
    expression("sum", op(K::Add, id, one()), "t.id + 1");
    expression("strings", op(K::Add, n, bind(str("x"))), "t.n || 'x'");
    expression("strings beside an untyped column", op(K::Add, x, bind(str("y"))), "t.x || 'y'");
    expression("division", op(K::Divide, id, bind(num(2))), "t.id / CAST(2 AS NUMERIC)", "t.id / (2 + 0.0)");
    expression("floor division", op(K::FloorDivide, id, bind(num(2))), "t.id / 2");
    expression("product of sum", op(K::Multiply, op(K::Add, id, one()), bind(num(2))), "(t.id + 1) * 2");
    expression("difference of difference", op(K::Subtract, op(K::Subtract, id, one()), one()), "(t.id - 1) - 1");
    expression("product of product", op(K::Multiply, id, op(K::Multiply, id, bind(num(2)))), "t.id * t.id * 2");
    expression("negative sum", un(Unary::Negative, op(K::Add, id, one())), "-(t.id + 1)");
    expression("not equal", no(eq(id, one())), "t.id != 1");
    expression("in", op(K::In, id, bind(list({num(1), num(2)}))), "t.id IN (1, 2)");
    expression("not in", no(op(K::In, id, bind(list({num(1), num(2)})))), "(t.id NOT IN (1, 2))");
    expression("in nothing", op(K::In, id, bind(list({}))), "t.id IN (NULL) AND (1 != 1)", "t.id IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)");
    expression("not in nothing", no(op(K::In, id, bind(list({})))), "(t.id NOT IN (NULL) OR (1 = 1))",
               "(t.id NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1))");
    expression("in query", op(K::In, id, scalar(statement(select({uid})))), "t.id IN (SELECT u.id \nFROM u)");
    expression("in expressions", op(K::In, id, makeExpression(TupleExpression{{id, bind(num(5))}})), "t.id IN (t.id, 5)");
    expression("tuple in", op(K::In, makeExpression(TupleExpression{{id, n}}), bind(list({list({num(1), str("a")})}))), "(t.id, t.n) IN ((1, 'a'))",
               "(t.id, t.n) IN (VALUES (1, 'a'))");
    expression("not like", no(like(K::Like, n, "a%")), "t.n NOT LIKE 'a%'");
    expression("ilike", like(K::ILike, n, "a", "/"), "t.n ILIKE 'a' ESCAPE '/'", "lower(t.n) LIKE lower('a') ESCAPE '/'");
    expression("contains", like(K::Contains, n, "a"), "t.n LIKE '%' || 'a' || '%'");
    expression("not icontains", no(like(K::IContains, n, "a")), "t.n NOT ILIKE '%' || 'a' || '%'", "lower(t.n) NOT LIKE '%' || lower('a') || '%'");
    expression("startswith", like(K::StartsWith, n, "a", "/"), "t.n LIKE 'a' || '%' ESCAPE '/'");
    expression("not between", no(op(K::Between, id, one(), bind(num(2)))), "t.id NOT BETWEEN 1 AND 2");
    expression("is null", eq(id, constant(Constant::Null)), "t.id IS NULL");
    expression("is not null", op(K::NotEqual, id, constant(Constant::Null)), "t.id IS NOT NULL");
    expression("equals true", eq(f, constant(Constant::True)), "t.f = true", "t.f = 1");
    expression("is not false", op(K::IsNot, f, constant(Constant::False)), "t.f IS NOT false", "t.f IS NOT 0");
    expression("is distinct", op(K::IsDistinctFrom, id, bind(num(3))), "t.id IS DISTINCT FROM 3", "t.id IS NOT 3");
    expression("a comparison compared", op(K::Is, eq(id, one()), constant(Constant::True)), "(t.id = 1) IS true", "(t.id = 1) IS 1");
    expression("a number beside text", eq(n, bind(num(5))), "t.n = 5");
    expression("text beside a number", eq(id, bind(str("5"))), "t.id = '5'");
    expression("operator of the script", eq(custom("&", id, bind(num(4))), bind(num(4))), "(t.id & 4) = 4");
    expression("bitwise and", eq(op(K::BitwiseAnd, id, bind(num(4))), bind(num(4))), "t.id & 4 = 4");
    expression("and holds or", logic(false, {eq(id, one()), logic(true, {eq(id, bind(num(2))), eq(n, bind(str("x")))}), no(f)}),
               "t.id = 1 AND (t.id = 2 OR t.n = 'x') AND NOT t.f", "t.id = 1 AND (t.id = 2 OR t.n = 'x') AND t.f = 0");
    expression("or holds and", logic(true, {logic(false, {eq(id, one()), eq(n, bind(str("a")))}), eq(id, bind(num(2)))}),
               "t.id = 1 AND t.n = 'a' OR t.id = 2");
    expression("not and", no(logic(false, {eq(id, one()), eq(n, bind(str("a")))})), "NOT (t.id = 1 AND t.n = 'a')");
    expression("and of true", logic(false, {constant(Constant::True), eq(id, one())}), "t.id = 1");
    expression("or of true", logic(true, {constant(Constant::True), eq(id, one())}), "true", "1");
    CaseExpression searched;
    searched.whens = {{eq(id, one()), bind(str("a"))}};
    searched.otherwise = bind(str("b"));
    expression("case", makeExpression(searched), "CASE WHEN (t.id = 1) THEN 'a' ELSE 'b' END");
    CaseExpression simple;
    simple.value = id;
    simple.whens = {{one(), bind(str("a"))}};
    expression("case of a value", makeExpression(simple), "CASE t.id WHEN 1 THEN 'a' END");
    expression("cast", cast(id, sized("String", 5)), "CAST(t.id AS VARCHAR(5))");
    expression("cast of a literal", cast(bind(str("1")), type("Integer")), "CAST(1 AS INTEGER)");
    expression("extract", makeExpression(ExtractExpression{s("year"), d}), "EXTRACT(year FROM t.d)", "CAST(STRFTIME('%Y', t.d) AS INTEGER)");
    expression("now", func("now"), "now()", "CURRENT_TIMESTAMP");
    expression("current_timestamp", func("current_timestamp"), "CURRENT_TIMESTAMP");
    expression("count", func("count"), "count(*)");
    expression("count distinct", func("count", {un(Unary::Distinct, id)}), "count(DISTINCT t.id)");
    expression("function of a package", func("foo.bar", {one()}), "foo.bar(1)");
    expression("spelling of functions", func("Foo", {one()}), "Foo(1)");
    expression("generic functions are lower case", func("COALESCE", {n, bind(str("x"))}), "coalesce(t.n, 'x')");
    expression("substring", func("substring", {n, one(), bind(num(2))}), "SUBSTRING(t.n FROM 1 FOR 2)", "substring(t.n, 1, 2)");
    expression("char_length", func("char_length", {n}), "char_length(t.n)", "length(t.n)");
    FunctionCall total;
    total.name = s("sum");
    total.arguments = {id};
    total.over = Over{{n}, {un(Unary::Descending, id)}, {}};
    expression("over", makeExpression(total), "sum(t.id) OVER (PARTITION BY t.n ORDER BY t.id DESC)");
    FunctionCall filtered;
    filtered.name = s("sum");
    filtered.arguments = {id};
    filtered.filter = f;
    expression("filter", makeExpression(filtered), "sum(t.id) FILTER (WHERE t.f)");
    expression("json", json(j, str("a")), "t.j -> 'a'", "JSON_QUOTE(JSON_EXTRACT(t.j, '$.\"a\"'))");
    expression("json as text", json(j, str("a"), string), "CAST(t.j ->> 'a' AS VARCHAR)", "JSON_EXTRACT(t.j, '$.\"a\"')");
    expression("json as number compared", eq(json(j, str("a"), integer), bind(num(5))), "CAST((t.j ->> 'a') AS INTEGER) = 5",
               "JSON_EXTRACT(t.j, '$.\"a\"') = 5");
    expression("any", eq(bind(num(5)), un(Unary::Any, col(t, "a"))), "5 = ANY (t.a)");
    expression("collate", makeExpression(CollateExpression{n, s("C")}), "t.n COLLATE \"C\"");
    expression("desc nulls last", un(Unary::NullsLast, un(Unary::Descending, n)), "t.n DESC NULLS LAST");
    expression("match", op(K::Match, n, bind(str("x"))), "t.n @@ plainto_tsquery('x')", "t.n MATCH 'x'");
    expression("regexp", op(K::RegexpMatch, n, bind(str("a"))), "t.n ~ 'a'", "t.n REGEXP 'a'");
    expression("dates", eq(d, bind(value(Literal::Kind::DateTime, s("2020-01-02 03:04:05")))), "t.d = '2020-01-02 03:04:05'",
               "t.d = '2020-01-02 03:04:05.000000'");
    expression("dictionaries", eq(j, bind(value(Literal::Kind::Json, s("{\"a\": 1}")))), "t.j = '{\"a\": 1}'");
    expression("uuid", eq(col(t, "k", shared(type("Uuid"))), bind(value(Literal::Kind::Uuid, s("00000000-0000-0000-0000-00000000000f")))),
               "t.k = '00000000-0000-0000-0000-00000000000f'", "t.k = '0000000000000000000000000000000f'");
    expression("schema", col(table("q", "S"), "id"), "\"S\".q.id");
    expression("alias", col(table("q", "S", "al"), "id"), "al.id");
}

void TestExpressions::expressionsPrintAsSqlAlchemyPrintsThem()
{
    QFETCH(ExpressionPtr, given);
    QFETCH(QString, postgresql);
    QFETCH(QString, sqlite);
    QCOMPARE(shown(dialect::writeExpression(spelling(DialectKind::PostgreSql), given, true)), postgresql);
    QCOMPARE(shown(dialect::writeExpression(spelling(DialectKind::Sqlite), given, true)), sqlite);
}

void TestExpressions::statementsPrintAsSqlAlchemyPrintsThem_data()
{
    QTest::addColumn<StatementPtr>("given");
    QTest::addColumn<QString>("postgresql");
    QTest::addColumn<QString>("sqlite");
    query("a flag as condition", statement(select({id}, f)), "SELECT t.id \nFROM t \nWHERE t.f", "SELECT t.id \nFROM t \nWHERE t.f = 1");
    query("not a flag", statement(select({id}, no(f))), "SELECT t.id \nFROM t \nWHERE NOT t.f", "SELECT t.id \nFROM t \nWHERE t.f = 0");
    query("where true", statement(select({id}, constant(Constant::True))), "SELECT t.id \nFROM t \nWHERE true", "SELECT t.id \nFROM t \nWHERE 1 = 1");
    query("two criteria", statement(select({id}, logic(false, {logic(true, {f, eq(id, one())}), eq(n, bind(str("x")))}))),
          "SELECT t.id \nFROM t \nWHERE (t.f OR t.id = 1) AND t.n = 'x'", "SELECT t.id \nFROM t \nWHERE (t.f = 1 OR t.id = 1) AND t.n = 'x'");
    query("names of expressions", statement(select({id, func("count"), op(BinaryKind::Add, id, one()), bind(str("x")), label("q", n)})),
          "SELECT t.id, count(*) AS count_1, t.id + 1 AS anon_1, 'x' AS anon_2, t.n AS q \nFROM t");
    query("names met twice", statement(select({id, uid}, eq(id, utid))), "SELECT t.id, u.id AS id_1 \nFROM t, u \nWHERE t.id = u.t_id");
    Select limited = select({id});
    limited.limit = bind(num(5));
    query("limit", statement(limited), "SELECT t.id \nFROM t \n LIMIT 5", "SELECT t.id \nFROM t\n LIMIT 5 OFFSET 0");
    limited.offset = bind(num(3));
    query("limit and offset", statement(limited), "SELECT t.id \nFROM t \n LIMIT 5 OFFSET 3", "SELECT t.id \nFROM t\n LIMIT 5 OFFSET 3");
    limited.limit = nullptr;
    query("offset", statement(limited), "SELECT t.id \nFROM t\n LIMIT ALL OFFSET 3", "SELECT t.id \nFROM t\n LIMIT -1 OFFSET 3");
    Select ordered = select({label("k", id)});
    ordered.orderBy = {makeExpression(LabelReference{s("k")})};
    query("order by a label", statement(ordered), "SELECT t.id AS k \nFROM t ORDER BY k");
    Select groups = select({n, func("count")});
    groups.groupBy = {n};
    groups.having = op(BinaryKind::Greater, func("count"), one());
    query("group by", statement(groups), "SELECT t.n, count(*) AS count_1 \nFROM t GROUP BY t.n \nHAVING count(*) > 1");
    Select distinct = select({id});
    distinct.distinctOn = {n};
    query("distinct on", statement(distinct), "SELECT DISTINCT ON (t.n) t.id \nFROM t", "SELECT DISTINCT t.id \nFROM t");
    Select locked = select({id});
    locked.forUpdate = s("skip_locked");
    query("for update", statement(locked), "SELECT t.id \nFROM t FOR UPDATE SKIP LOCKED", "SELECT t.id \nFROM t");
    Select joined = select({id});
    joined.from = {join(t, u, logic(false, {eq(id, utid), eq(uname, bind(str("x")))}), true)};
    query("outer join", statement(joined), "SELECT t.id \nFROM t LEFT OUTER JOIN u ON t.id = u.t_id AND u.n = 'x'");
    const auto correlated = un(Unary::Exists, scalar(statement(select({uid}, eq(utid, id)))));
    query("correlated exists", statement(select({id}, no(correlated))),
          "SELECT t.id \nFROM t \nWHERE NOT (EXISTS (SELECT u.id \nFROM u \nWHERE u.t_id = t.id))");
    query("a subquery alone correlates nothing", statement(select({label("z", scalar(statement(select({uname}, eq(utid, id)))))})),
          "SELECT (SELECT u.n \nFROM u, t \nWHERE u.t_id = t.id) AS z");
    const FromPtr sub = derived(select({id, func("count")}));
    query("a subquery in FROM", statement(select({col(sub, "id")})),
          "SELECT anon_1.id \nFROM (SELECT t.id AS id, count(*) AS count_1 \nFROM t) AS anon_1");
    FromClause anonymousAlias;
    FromClause::Named named;
    named.name = name("t");
    anonymousAlias.node = named;
    anonymousAlias.isAnonymousAlias = true;
    query("alias()", statement(select({col(std::make_shared<const FromClause>(anonymousAlias), "id")})), "SELECT t_1.id \nFROM t AS t_1");
    auto common = std::make_shared<CommonTable>();
    common->name = Identifier(s("w"));
    common->statement = statement(select({utid}));
    FromClause with;
    with.node = FromClause::Common{common};
    const FromPtr w = std::make_shared<const FromClause>(with);
    query("cte", statement(select({col(w, "t_id")})), "WITH w AS \n(SELECT u.t_id AS t_id \nFROM u)\n SELECT w.t_id \nFROM w");
    Insert fromWith;
    fromWith.table = t;
    fromWith.columns = names({s("id")});
    fromWith.fromSelect = statement(select({col(w, "t_id")}));
    query("insert from a cte", statement(fromWith), "WITH w AS \n(SELECT u.t_id AS t_id \nFROM u)\n INSERT INTO t (id) SELECT w.t_id \nFROM w");
    CompoundSelect compound;
    compound.keyword = s("UNION ALL");
    Select first = select({id});
    first.limit = one();
    compound.selects = {statement(first), statement(select({uid}))};
    compound.orderBy = {makeExpression(LabelReference{s("id")})};
    query("union", statement(compound), "(SELECT t.id \nFROM t \n LIMIT 1) UNION ALL SELECT u.id \nFROM u ORDER BY id",
          "(SELECT t.id \nFROM t\n LIMIT 1 OFFSET 0) UNION ALL SELECT u.id \nFROM u ORDER BY id");

    Update update;
    update.table = t;
    update.where = eq(id, one());
    update.set = {{id, op(BinaryKind::Add, id, one())}, {n, op(BinaryKind::Add, n, bind(str("y")))}, {f, bind(flag(true))}};
    query("update", statement(update), "UPDATE t SET id=(t.id + 1), n=(t.n || 'y'), f=true WHERE t.id = 1",
          "UPDATE t SET id=(t.id + 1), n=(t.n || 'y'), f=1 WHERE t.id = 1");
    Update joinedUpdate;
    joinedUpdate.table = t;
    joinedUpdate.where = eq(id, utid);
    joinedUpdate.set = {{n, uname}};
    query("update from", statement(joinedUpdate), "UPDATE t SET n=u.n FROM u WHERE t.id = u.t_id");
    Update scalarUpdate;
    scalarUpdate.table = t;
    scalarUpdate.set = {{n, scalar(statement(select({uname}, eq(utid, id))))}};
    query("update by a subquery", statement(scalarUpdate), "UPDATE t SET n=(SELECT u.n \nFROM u \nWHERE u.t_id = t.id)");
    Update flagged;
    flagged.table = t;
    flagged.where = f;
    flagged.set = {{f, no(f)}};
    query("update of flags", statement(flagged), "UPDATE t SET f=NOT t.f WHERE t.f", "UPDATE t SET f=t.f = 0 WHERE t.f = 1");
    Update untyped;
    untyped.table = t;
    untyped.set = {{x, bind(num(5))}};
    query("update of a column without type", statement(untyped), "UPDATE t SET x=5");

    Delete removed;
    removed.table = t;
    removed.where = eq(id, utid);
    query("delete using", statement(removed), "DELETE FROM t USING u WHERE t.id = u.t_id",
          "!SQLite does not support multiple-table criteria within DELETE");
    Delete all;
    all.table = t;
    query("delete", statement(all), "DELETE FROM t");

    Insert insert;
    insert.table = t;
    insert.columns = names({s("id"), s("n"), s("f")});
    insert.types = {integer, string, boolean};
    insert.rows = {{one(), bind(str("x")), bind(flag(true))}};
    query("insert", statement(insert), "INSERT INTO t (id, n, f) VALUES (1, 'x', true)", "INSERT INTO t (id, n, f) VALUES (1, 'x', 1)");
    Insert returning = insert;
    returning.returning = {id, n};
    query("returning", statement(returning), "INSERT INTO t (id, n, f) VALUES (1, 'x', true) RETURNING t.id, t.n",
          "INSERT INTO t (id, n, f) VALUES (1, 'x', 1) RETURNING id, n");
    Insert implied;
    implied.table = t;
    implied.columns = names({s("n")});
    implied.rows = {{bind(str("x"))}};
    implied.implicitReturning = {id};
    implied.autoincrementColumn = Identifier(s("id"));
    query("returning of the key", statement(implied), "INSERT INTO t (n) VALUES ('x') RETURNING t.id", "INSERT INTO t (n) VALUES ('x')");
    implied.columns = names({s("id"), s("n")});
    implied.rows = {{one(), bind(str("x"))}};
    query("no returning of a known key", statement(implied), "INSERT INTO t (id, n) VALUES (1, 'x')");
    Insert several;
    several.table = t;
    several.columns = names({s("id")});
    several.rows = {{one()}, {bind(num(2))}};
    query("several rows", statement(several), "INSERT INTO t (id) VALUES (1), (2)");
    Insert copied;
    copied.table = t;
    copied.columns = names({s("id"), s("f")});
    copied.fromSelect = statement(select({uid, constant(Constant::True)}));
    query("insert from select", statement(copied), "INSERT INTO t (id, f) SELECT u.id, true AS anon_1 \nFROM u",
          "INSERT INTO t (id, f) SELECT u.id, 1 AS anon_1 \nFROM u");
    Insert upsert;
    upsert.table = t;
    upsert.columns = names({s("id"), s("n")});
    upsert.rows = {{one(), bind(str("a"))}};
    OnConflict conflict;
    conflict.indexElements = {col("id")};
    conflict.set = {{col("n"), bind(str("z"))}};
    conflict.where = op(BinaryKind::Greater, id, one());
    upsert.onConflict = conflict;
    query("upsert", statement(upsert), "INSERT INTO t (id, n) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET n = 'z' WHERE t.id > 1");
    OnConflict nothing;
    nothing.doNothing = true;
    upsert.onConflict = nothing;
    query("on conflict do nothing", statement(upsert), "INSERT INTO t (id, n) VALUES (1, 'a') ON CONFLICT DO NOTHING");
    Insert empty;
    empty.table = t;
    query("default values", statement(empty), "INSERT INTO t DEFAULT VALUES");
}

void TestExpressions::statementsPrintAsSqlAlchemyPrintsThem()
{
    QFETCH(StatementPtr, given);
    QFETCH(QString, postgresql);
    QFETCH(QString, sqlite);
    QCOMPARE(shown(dialect::writeStatement(spelling(DialectKind::PostgreSql), given)), postgresql);
    QCOMPARE(shown(dialect::writeStatement(spelling(DialectKind::Sqlite), given)), sqlite);
}

void TestExpressions::aValueThatDoesNotFitItsTypeIsRefused()
{
    Update update;
    update.table = t;
    update.set = {{f, bind(str("yes"))}};
    QCOMPARE(shown(dialect::writeStatement(spelling(DialectKind::PostgreSql), statement(update))),
             s("!could not render literal value \"yes\" with datatype Boolean"));
    update.set = {{d, bind(str("2020-01-01"))}};
    QVERIFY(shown(dialect::writeStatement(spelling(DialectKind::Sqlite), statement(update))).startsWith(QLatin1Char('!')));
    QCOMPARE(shown(dialect::writeStatement(spelling(DialectKind::PostgreSql), statement(update))), s("UPDATE t SET d='2020-01-01'"));
}

QTEST_GUILESS_MAIN(TestExpressions)
#include "tst_expressions.moc"
