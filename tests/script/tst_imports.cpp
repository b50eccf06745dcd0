// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

/// The texts that a body executed.
QStringList executed(const Evaluation &done)
{
    QStringList texts;
    for (const sql::Operation &operation : done.operations) {
        const auto &execute = std::get<sql::Execute>(operation.kind);
        texts.append(std::get<sql::TextClause>(std::get<sql::StatementPtr>(execute.statement)->node).text);
    }
    return texts;
}

} // namespace

class TestImports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFunctionThatIsNotKnownIsNotCalledInSilence()
    {
        ProjectFolder folder;
        const auto lost = folder.evaluate("from alembic import op\nfrom nowhere.helpers import create_views\nrevision = 'a'\ndown_revision = None\n"
                                          "def upgrade():\n    op.drop_table('t')\n    create_views()\n    op.drop_table('u')\n");
        QCOMPARE(lost.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(lost.outcome->line, 7);
        QCOMPARE(lost.outcome->unknownName, QStringLiteral("nowhere.helpers.create_views"));
        QCOMPARE(lost.operations.size(), std::size_t(1));
        const auto impl = folder.upgrade("op.get_context().impl.create_table(sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer)))");
        QCOMPARE(impl.outcome->status, BodyStatus::NotUnderstood);
        const auto told = folder.evaluate("from alembic import op\nimport structlog\nlogger = structlog.get_logger()\nstructlog.configure()\n"
                                          "revision = 'a'\ndown_revision = None\n"
                                          "def upgrade():\n    logger.info('here')\n    op.drop_table('t')\n");
        VERIFY_COMPLETE(told);
    }

    void templateStringsAreTemplates()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("from string.templatelib import Template, Interpolation\nname = 'x'\nt = t'a {name!r:>5} b {1 + 1}'\n"
                                         "op.execute('|'.join(p if isinstance(p, str) else p.expression + '/' + str(p.value) + '/' + "
                                         "str(p.conversion) + '/' + p.format_spec for p in t))\n"
                                         "op.execute(str(t.values) + str(isinstance(t, Template)) + str((t + t).strings))\n"
                                         "match t.interpolations[0]:\n    case Interpolation(value, 'name'):\n        op.execute(value)\n"
                                         "op.execute(str([*t'{name=}']))");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done),
                 (QStringList{QStringLiteral("a |name/x/r/>5| b |1 + 1/2/None/"), QStringLiteral("('x', 2)True('a ', ' b ', 'a ', ' b ', '')"),
                              QStringLiteral("x"), QStringLiteral("['name=', Interpolation('x', 'name', 'r', '')]")}));
    }

    void aModuleOfTheProjectIsEvaluated()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("app/__init__.py"), "");
        (void)folder.write(QStringLiteral("app/constants.py"),
                           "from .names import PREFIX\nSCHEMA = PREFIX + '_ops'\ndef table(name):\n    return f'{SCHEMA}.{name}'\n");
        (void)folder.write(QStringLiteral("app/names.py"), "PREFIX = 'getinn'\n");
        const auto done =
            folder.upgrade("from app import constants\nfrom app.constants import table\nop.execute(constants.SCHEMA)\nop.execute(table('t'))");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), (QStringList{QStringLiteral("getinn_ops"), QStringLiteral("getinn_ops.t")}));
    }

    void namedTuplesAreTuplesWithDefaultsAndMethods()
    {
        ProjectFolder folder;
        const auto done =
            folder.evaluate("from typing import NamedTuple\nfrom alembic import op\nrevision = 'a'\n"
                            "class Point(NamedTuple):\n    x: int\n    y: int = 5\n    def total(self):\n        return self.x + self.y\n"
                            "def upgrade():\n    p = Point(1)\n    x, y = p\n    op.execute(repr(p))\n"
                            "    op.execute(' '.join(str(e) for e in (x, y, p.total(), p == (1, 5), p._replace(x=7).x, Point._fields)))\n"
                            "    try:\n        Point()\n    except TypeError as problem:\n        op.execute(str(problem))\n");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), (QStringList{QStringLiteral("Point(x=1, y=5)"), QStringLiteral("1 5 6 True 7 ('x', 'y')"),
                                              QStringLiteral("Point.__new__() missing 1 required positional argument: 'x'")}));
    }

    void aFileBesideTheScriptIsRead()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("versions/sql/up.sql"), "SELECT 1;\r\nSELECT '\xC3\xA9';\n");
        const auto done = folder.upgrade("import os\nfrom pathlib import Path\nhere = os.path.dirname(__file__)\n"
                                         "with open(os.path.join(here, 'sql', 'up.sql')) as f:\n    op.execute(f.read())\n"
                                         "f = open(Path(here) / 'sql' / 'up.sql', 'r', encoding='utf-8')\n"
                                         "op.execute(next(f).strip())\n"
                                         "for line in f:\n    op.execute(line.rstrip())\nf.close()\n"
                                         "op.execute(str(len(open(f.name, 'rb').read())))\n"
                                         "with Path(here).joinpath('sql/up.sql').open() as f:\n    op.execute(f.readlines()[1])\n"
                                         "try:\n    open('nowhere.sql')\nexcept FileNotFoundError:\n    op.execute('missing')");
        VERIFY_COMPLETE(done);
        const QString second = QString::fromUtf8("SELECT '\xC3\xA9';");
        QCOMPARE(executed(done), (QStringList{QStringLiteral("SELECT 1;\n") + second + QLatin1Char('\n'), QStringLiteral("SELECT 1;"), second,
                                              QStringLiteral("24"), second + QLatin1Char('\n'), QStringLiteral("missing")}));
    }

    void noFileIsWrittenAndNoneOutsideIsRead()
    {
        ProjectFolder folder;
        QTemporaryDir outside;
        QFile secret(QDir(outside.path()).filePath(QStringLiteral("secret.sql")));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.close();
        QVERIFY(QFile::link(secret.fileName(), QDir(folder.path()).filePath(QStringLiteral("link.sql"))));
        for (const QByteArray &lines :
             {QByteArray("open('made.sql', 'w')"), QByteArray("open('made.sql', mode='a+')"), QByteArray("open('link.sql')"),
              "open('" + secret.fileName().toUtf8() + "')", QByteArray("open('../x')"), QByteArray("open(0)")}) {
            const auto done = folder.upgrade(lines);
            QVERIFY2(done.outcome && done.outcome->status == BodyStatus::NotUnderstood, lines.constData());
            QCOMPARE(done.outcome->line, 8);
        }
        QVERIFY(!QFile::exists(QDir(folder.path()).filePath(QStringLiteral("made.sql"))));
    }

    void aModuleThatStopsHalfWayKeepsWhatItHad()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("app/models.py"), "NAME = 'early'\nimport celery\nif celery.app.current():\n    pass\nLATE = 'late'\n");
        const auto early = folder.upgrade("from app.models import NAME\nop.execute(NAME)");
        VERIFY_COMPLETE(early);
        const auto late = folder.upgrade("from app.models import NAME, LATE\nop.execute(LATE)");
        QCOMPARE(late.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(late.outcome->unknownName, QStringLiteral("app.models.LATE"));
        QVERIFY(late.outcome->reason.contains(QLatin1String("line 3")));
    }

    void theLineIsThatOfTheLastStopNotOfAnEarlierOne()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("app/models.py"), "NAME = 'early'\nimport celery\nif celery.x:\n    pass\n");
        const auto done = folder.upgrade("from app.models import NAME\nimport stripe\nop.execute(NAME)\nop.execute(stripe.key)");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(done.outcome->line, 11);
        QVERIFY(done.outcome->file.endsWith(QLatin1String("abc_test.py")));
    }

    void aModuleThatNobodyHasIsUnknownUntilItIsUsed()
    {
        ProjectFolder folder;
        VERIFY_COMPLETE(folder.upgrade("import stripe\nfrom elsewhere import thing\nop.drop_table('t')"));
        const auto used = folder.upgrade("from elsewhere.settings import config\nop.execute(config.SCHEMA)");
        QCOMPARE(used.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(used.outcome->unknownName, QStringLiteral("elsewhere.settings.config.SCHEMA"));
        QVERIFY(used.outcome->reason.contains(QLatin1String("elsewhere")));
    }

    void aGivenValueStandsForAnUnknownName()
    {
        ProjectFolder folder;
        folder.environment.givenValues.insert(QStringLiteral("elsewhere.settings.config.SCHEMA"), QStringLiteral("'app' + '_x'"));
        const auto done = folder.upgrade("from elsewhere.settings import config\nop.execute(config.SCHEMA)");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), QStringList{QStringLiteral("app_x")});
    }

    void aGivenValueReachesThroughCalls()
    {
        ProjectFolder folder;
        folder.environment.givenValues.insert(QStringLiteral("elsewhere.get_settings.SCHEMA"), QStringLiteral("'x'"));
        folder.environment.givenValues.insert(QStringLiteral("os.environ.TENANT"), QStringLiteral("'acme'"));
        const auto done = folder.upgrade("import os\nfrom elsewhere import get_settings\nop.execute(get_settings().SCHEMA + os.environ['TENANT'])");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), QStringList{QStringLiteral("xacme")});
    }

    void aGivenTypeMayBeCalled()
    {
        ProjectFolder folder;
        folder.environment.givenValues.insert(QStringLiteral("app.types.Money"), QStringLiteral("sa.Numeric(10, 2)"));
        const auto done = folder.upgrade(
            "import app.types\nop.add_column('t', sa.Column('a', app.types.Money()))\nop.add_column('t', sa.Column('b', app.types.Money))");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operation<sql::AddColumn>(0).column.type.precision, std::optional<int>(10));
        QCOMPARE(done.operation<sql::AddColumn>(1).column.type.scale, std::optional<int>(2));
    }

    void nothingOutsideTheProjectIsRead()
    {
        ProjectFolder folder;
        QTemporaryDir outside;
        QFile file(QDir(outside.path()).filePath(QStringLiteral("secret.py")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("VALUE = 'secret'\n");
        file.close();
        QVERIFY(QFile::link(file.fileName(), QDir(folder.path()).filePath(QStringLiteral("linked.py"))));
        folder.environment.importRoots.append(outside.path());
        QCOMPARE(folder.upgrade("from linked import VALUE\nop.execute(VALUE)").outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(folder.upgrade("from secret import VALUE\nop.execute(VALUE)").outcome->status, BodyStatus::NotUnderstood);
    }

    void settingsClassesTakeDefaultsAndVariables()
    {
        ProjectFolder folder;
        folder.environment.variables = {{QStringLiteral("database_schema"), QStringLiteral("from_env")},
                                        {QStringLiteral("APP_POOL"), QStringLiteral("7")}};
        (void)folder.write(QStringLiteral("app/settings.py"),
                           "from typing import Optional\nfrom pydantic import Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
                           "class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_file='.env')\n"
                           "    DATABASE_SCHEMA: str = 'default'\n    NAME: str = 'shop'\n    SECRET: str\n"
                           "    @property\n    def full(self):\n        return self.DATABASE_SCHEMA + '.' + self.NAME\n"
                           "class Pool(BaseSettings):\n    POOL: int = 1\n    class Config:\n        env_prefix = 'APP_'\n"
                           "settings = Settings()\npool = Pool()\n");
        const auto done = folder.upgrade("from app.settings import settings, pool\nop.execute(settings.full)\nop.execute(str(pool.POOL + 1))");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), (QStringList{QStringLiteral("from_env.shop"), QStringLiteral("8")}));
        const auto secret = folder.upgrade("from app.settings import settings\nop.execute(settings.SECRET)");
        QCOMPARE(secret.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(secret.outcome->reason.contains(QLatin1String("SECRET")));
    }

    void environmentVariablesAreKnownAsFarAsTheyAreSet()
    {
        ProjectFolder folder;
        folder.environment.variables = {{QStringLiteral("SCHEMA"), QStringLiteral("s")}};
        const auto done =
            folder.upgrade("import os\nfrom dotenv import load_dotenv\nload_dotenv()\nop.execute(os.environ['SCHEMA'] + os.getenv('OTHER', 'd'))");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), QStringList{QStringLiteral("sd")});
        QVERIFY(done.outcome->notes.join(QLatin1Char(' ')).contains(QLatin1String("OTHER")));
        const auto unset = folder.upgrade("import os\nop.execute(os.environ['OTHER'])");
        QCOMPARE(unset.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(unset.outcome->reason.contains(QLatin1String("OTHER")));
    }

    void enumsBehaveAsPythons()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade(
            "import enum\n"
            "class Color(str, enum.Enum):\n    RED = 'red'\n    GREEN = 'green'\n"
            "class Number(enum.IntEnum):\n    ONE = enum.auto()\n    TWO = enum.auto()\n"
            "op.execute(', '.join(f\"'{c.value}'\" for c in Color))\n"
            "op.execute(f'{Color.RED} {Color(\"green\").name} {Color[\"RED\"].value} {Number.TWO} {Number.TWO + 1} {len(Color)}')\n"
            "op.execute(str([Color.RED == 'red', Color.RED is Color('red'), isinstance(Color.RED, str), 'RED' in Color.__members__]))\n"
            "op.execute(Color.GREEN)");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), (QStringList{QStringLiteral("'red', 'green'"), QStringLiteral("Color.RED GREEN red 2 3 2"),
                                              QStringLiteral("[True, True, True, True]"), QStringLiteral("green")}));
    }

    void everyNameByStarIsThere()
    {
        ProjectFolder folder;
        const auto done = folder.evaluate(
            "from alembic import op\nfrom sqlalchemy import *\nrevision = 'a'\ndef upgrade():\n    op.add_column('t', Column('a', String(3)))\n");
        VERIFY_COMPLETE(done);
    }

    void textIsDedented()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("import textwrap\nop.execute(textwrap.dedent('''\\\n        SELECT 1\n          FROM t\n        '''))");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), QStringList{QStringLiteral("SELECT 1\n  FROM t\n")});
    }

    void modulesAboveTheIniFileAreReadWithinTheRepository()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("shop/names.py"), "SCHEMA = 'shop'\n");
        (void)folder.write(QStringLiteral("shop/migrations/sql/view.sql"), "CREATE VIEW v AS SELECT 1");
        folder.environment.projectRoot = folder.path() + QStringLiteral("/shop/migrations");
        const QByteArray body = "from shop.names import SCHEMA\nop.execute(SCHEMA)";
        QCOMPARE(folder.upgrade(body).outcome->status, BodyStatus::NotUnderstood);
        folder.environment.repositoryRoot = folder.path();
        const auto done = folder.upgrade(body);
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), QStringList{QStringLiteral("shop")});
        const auto read = folder.upgrade("import importlib.resources, pkgutil\nfrom importlib.resources import files\n"
                                         "op.execute(importlib.resources.read_text('shop.migrations.sql', 'view.sql'))\n"
                                         "op.execute(files('shop.migrations').joinpath('sql/view.sql').read_text())\n"
                                         "op.execute(pkgutil.get_data('shop', 'migrations/sql/view.sql').decode())\n"
                                         "op.execute(importlib.import_module('shop.names').SCHEMA)");
        VERIFY_COMPLETE(read);
        QCOMPARE(executed(read).size(), 4);
        QCOMPARE(executed(read).value(2), QStringLiteral("CREATE VIEW v AS SELECT 1"));
        QCOMPARE(folder.upgrade("import pkgutil\nop.execute(pkgutil.get_data('other', 'x'))").outcome->status, BodyStatus::NotUnderstood);
    }

    void filesAreFoundByPatternsThatNameTheirFolders()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("sql/a/one.sql"), "CREATE VIEW one AS SELECT 1");
        (void)folder.write(QStringLiteral("sql/b/two.sql"), "CREATE VIEW two AS SELECT 2");
        (void)folder.write(QStringLiteral("sql/b/two.txt"), "no SQL");
        const QByteArray start = "import pathlib\nhere = pathlib.Path(__file__).parent.parent\n";
        const auto done = folder.upgrade(start + "for path in sorted(here.glob('sql/*/*.sql')): op.execute(path.read_text())\n"
                                                 "for path in here.glob('sql/b/*.sql'): op.execute(path.name)\n"
                                                 "for path in here.glob('nothing/*.sql'): op.execute(path.name)\n"
                                                 "for path in here.glob('sql/b/*.txt/*'): op.execute(path.name)");
        VERIFY_COMPLETE(done);
        QCOMPARE(executed(done), (QStringList{QStringLiteral("CREATE VIEW one AS SELECT 1"), QStringLiteral("CREATE VIEW two AS SELECT 2"),
                                              QStringLiteral("two.sql")}));
        QCOMPARE(folder.upgrade(start + "list(here.glob('**/*.sql'))").outcome->status, BodyStatus::NotUnderstood);
    }

    void textThatVariesSaysSoWithinTextClauses()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("import uuid\nop.execute(sa.text(f\"INSERT INTO t VALUES ('{uuid.uuid4()}')\"))\nop.execute(sa.text('SELECT 1'))");
        VERIFY_COMPLETE(done);
        const auto varies = [&](std::size_t index) {
            return std::get<sql::TextClause>(std::get<sql::StatementPtr>(done.operation<sql::Execute>(index).statement)->node).varies;
        };
        QVERIFY(varies(0));
        QVERIFY(!varies(1));
    }
};

QTEST_GUILESS_MAIN(TestImports)
#include "tst_imports.moc"
