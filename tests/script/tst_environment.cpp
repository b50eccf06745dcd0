// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

EnvironmentSettings read(ProjectFolder &folder, const QByteArray &text)
{
    return readEnvironmentScript(folder.write(QStringLiteral("migrations/env.py"), text), folder.environment);
}

const QByteArray kGeneric = R"(from logging.config import fileConfig
from sqlalchemy import engine_from_config
from sqlalchemy import pool
from alembic import context
from app.models import Base

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name)
target_metadata = Base.metadata

def run_migrations_offline() -> None:
    url = config.get_main_option("sqlalchemy.url")
    context.configure(url=url, target_metadata=target_metadata, literal_binds=True, dialect_opts={"paramstyle": "named"}, version_table="alembic_versions")
    with context.begin_transaction():
        context.run_migrations()

def run_migrations_online() -> None:
    connectable = engine_from_config(config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.", poolclass=pool.NullPool)
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata, version_table_schema="ops", transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()

if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
)";

} // namespace

class TestEnvironment : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothWaysOfTheGenericTemplateAreRead()
    {
        ProjectFolder folder;
        folder.environment.configOptions = {{QStringLiteral("sqlalchemy.url"), QStringLiteral("postgresql://u@h/d")}};
        const EnvironmentSettings settings = read(folder, kGeneric);
        QCOMPARE(settings.problem, QString());
        QCOMPARE(settings.settings.value(QStringLiteral("version_table")).value, QStringLiteral("alembic_versions"));
        QCOMPARE(settings.settings.value(QStringLiteral("version_table_schema")).value, QStringLiteral("ops"));
        QCOMPARE(settings.settings.value(QStringLiteral("transaction_per_migration")).value, QStringLiteral("True"));
        QCOMPARE(settings.settings.value(QStringLiteral("version_table_schema")).line, 21);
        QVERIFY(!settings.settings.value(QStringLiteral("target_metadata")).isKnown);
        QCOMPARE(settings.url.value_or(QString()), QStringLiteral("postgresql://u@h/d"));
    }

    void anAsyncEnvironmentRuns()
    {
        ProjectFolder folder;
        const EnvironmentSettings settings =
            read(folder,
                 "import asyncio\nfrom sqlalchemy.ext.asyncio import async_engine_from_config\nfrom alembic import context\nconfig = context.config\n"
                 "def do_run_migrations(connection):\n    context.configure(connection=connection, render_as_batch=True)\n"
                 "    with context.begin_transaction():\n        context.run_migrations()\n"
                 "async def run_async_migrations():\n    connectable = async_engine_from_config(config.get_section('alembic'))\n"
                 "    async with connectable.connect() as connection:\n        await connection.run_sync(do_run_migrations)\n"
                 "    await connectable.dispose()\n"
                 "if not context.is_offline_mode():\n    asyncio.run(run_async_migrations())\n");
        QCOMPARE(settings.problem, QString());
        QCOMPARE(settings.settings.value(QStringLiteral("render_as_batch")).value, QStringLiteral("True"));
    }

    void theUrlThatIsSetIsKnown()
    {
        ProjectFolder folder;
        folder.environment.variables = {{QStringLiteral("DB_HOST"), QStringLiteral("db")}, {QStringLiteral("DB_PASS"), QStringLiteral("p%40x")}};
        const EnvironmentSettings settings = read(folder, "import os\nfrom alembic import context\nconfig = context.config\n"
                                                          "url = f\"postgresql+asyncpg://app:{os.environ['DB_PASS']}@{os.getenv('DB_HOST')}/shop\"\n"
                                                          "config.set_main_option('sqlalchemy.url', url.replace('%', '%%'))\n");
        QCOMPARE(settings.problem, QString());
        QCOMPARE(settings.url.value_or(QString()), QStringLiteral("postgresql+asyncpg://app:p%40x@db/shop"));
    }

    void anUnsetVariableLeavesTheUrlUnknownWithItsReason()
    {
        ProjectFolder folder;
        const EnvironmentSettings settings =
            read(folder, "import os\nfrom alembic import context\ncontext.config.set_main_option('sqlalchemy.url', os.environ['DATABASE_URL'])\n"
                         "context.configure(version_table='v')\n");
        QVERIFY(!settings.url.has_value());
        QVERIFY(settings.settings.value(QStringLiteral("sqlalchemy.url")).reason.contains(QLatin1String("DATABASE_URL")));
        QCOMPARE(settings.settings.value(QStringLiteral("version_table")).value, QStringLiteral("v"));
    }

    void aNamingConventionOfTheMetadataIsFound()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("app/models.py"),
                           "from sqlalchemy import MetaData\nmetadata = MetaData(naming_convention={'uq': 'uq_%(table_name)s_%(column_0_name)s'})\n");
        const EnvironmentSettings settings =
            read(folder, "from alembic import context\nfrom app.models import metadata\ncontext.configure(target_metadata=metadata)\n");
        QCOMPARE(settings.problem, QString());
        QCOMPARE(settings.namingConvention.value(QStringLiteral("uq")), QStringLiteral("uq_%(table_name)s_%(column_0_name)s"));
    }

    void whatStopsTheScriptIsToldWithItsLine()
    {
        ProjectFolder folder;
        const EnvironmentSettings settings =
            read(folder, "from alembic import context\ncontext.configure(version_table='v')\nraise RuntimeError('no database here')\n");
        QVERIFY(settings.problem.contains(QLatin1String("no database here")));
        QCOMPARE(settings.problemLine, 3);
        QCOMPARE(settings.settings.value(QStringLiteral("version_table")).value, QStringLiteral("v"));
    }

    void theConventionIsKnownThoughEnvPyEndsForWantOfAUrl()
    {
        ProjectFolder folder;
        folder.environment.knowsAllVariables = true;
        (void)folder.write(QStringLiteral("app/models.py"),
                           "import sqlalchemy as sa\nfrom sqlalchemy.orm import DeclarativeBase\n"
                           "class Base(DeclarativeBase):\n    metadata = sa.MetaData(naming_convention={'pk': 'pk_%(table_name)s'})\n");
        const EnvironmentSettings settings = read(folder, "import os\nfrom alembic import context\nfrom app.models import Base\n"
                                                          "target_metadata = Base.metadata\n"
                                                          "context.configure(url=os.environ['DATABASE_URL'], target_metadata=target_metadata)\n");
        QVERIFY(!settings.problem.isEmpty());
        QCOMPARE(settings.namingConvention.value(QStringLiteral("pk")), QStringLiteral("pk_%(table_name)s"));
    }

    void aConventionThatCannotBeKnownIsSaid()
    {
        ProjectFolder folder;
        const EnvironmentSettings unknown =
            read(folder, "from alembic import context\nfrom nowhere import metadata\ncontext.configure(target_metadata=metadata)\n");
        QVERIFY2(unknown.conventionProblem.contains(QLatin1String("nowhere")), qPrintable(unknown.conventionProblem));
        const EnvironmentSettings early =
            read(folder, "from alembic import context\nfrom nowhere import db\nif db.url: pass\ntarget_metadata = db.metadata\n");
        QVERIFY(!early.conventionProblem.isEmpty());
        const EnvironmentSettings none = read(folder, "from alembic import context\ncontext.configure(target_metadata=None)\n");
        QCOMPARE(none.conventionProblem, QString());
        (void)folder.write(QStringLiteral("app/models.py"), "from sqlalchemy import MetaData\nmetadata = MetaData()\n");
        const EnvironmentSettings plain =
            read(folder, "from alembic import context\nfrom app.models import metadata\ncontext.configure(target_metadata=metadata)\n");
        QCOMPARE(plain.conventionProblem, QString());
    }

    void theTextOfAProjectTellsWhetherItHasConventions()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("app/models.py"), "metadata = make()\n");
        (void)folder.write(QStringLiteral(".venv/lib/models.py"), "metadata = MetaData(naming_convention={})\n");
        (void)folder.write(QStringLiteral("versions/a.py"),
                           "with op.batch_alter_table('t', naming_convention={'ck': '%(constraint_name)s'}): pass\n");
        const QStringList versions{folder.path() + QStringLiteral("/versions")};
        QVERIFY(!conventionsMentioned(folder.path(), versions).isThere);
        (void)folder.write(QStringLiteral("app/base.py"),
                           "convention = {\n  'ck': 'ck_%(table_name)s_%(constraint_name)s',\n  'pk': 'pk_%(table_name)s'}\n"
                           "metadata = make(naming_convention=convention)\n");
        const ConventionMention mention = conventionsMentioned(folder.path(), versions);
        QVERIFY(mention.isThere);
        QCOMPARE(mention.extended, QStringList{QStringLiteral("ck")});
    }
};

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
