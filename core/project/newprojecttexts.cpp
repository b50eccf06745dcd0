// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/newprojecttexts.h"

namespace stillroom::project {

namespace {

constexpr const char *kIniHead = R"INI([alembic]
# Folder of env.py, script.py.mako and versions/. %(here)s is the folder of this file.
script_location = @LOCATION@

# Name of a new script. Tokens: rev, slug, epoch, year, month, day, hour, minute, second.
# file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s

# Put in front of Python's sys.path, so that env.py can import the application.
prepend_sys_path = .

# Time zone of "Create Date" and of file names; empty: local time.
# timezone = UTC

# Longest slug in a file name.
# truncate_slug_length = 40

# Version folders, where there are several; script_location/versions otherwise.
# version_locations = %(here)s/one:%(here)s/two

# What separates the folders above: os (":" here), space, newline, ":" or ";".
path_separator = os

# Look for scripts in sub-folders of the version folders, too.
# recursive_version_locations = false

# Encoding of new scripts.
# output_encoding = utf-8
)INI";

constexpr const char *kIniUrl = R"INI(
# The database. Read by env.py alone.
sqlalchemy.url = driver://user:pass@localhost/dbname
)INI";

constexpr const char *kIniDatabases = R"INI(
# The databases, each with a section of its own below.
databases = engine1, engine2

[engine1]
sqlalchemy.url = driver://user:pass@localhost/dbname

[engine2]
sqlalchemy.url = driver://user:pass@localhost/dbname2
)INI";

constexpr const char *kIniTail = R"INI(
[post_write_hooks]
# Programs that are run on a new script, such as a formatter.
# hooks = ruff
# ruff.type = exec
# ruff.executable = ruff
# ruff.options = check --fix REVISION_SCRIPT_FILENAME
)INI";

constexpr const char *kIniLogging = R"INI(
# Logging, read by env.py.
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
)INI";

constexpr const char *kPyProject = R"TOML([tool.alembic]
# Folder of env.py, script.py.mako and versions/. %(here)s is the folder of this file.
script_location = "@LOCATION@"

# Name of a new script. Tokens: rev, slug, epoch, year, month, day, hour, minute, second.
# file_template = "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s"

# Put in front of Python's sys.path, so that env.py can import the application.
prepend_sys_path = ["."]

# Time zone of "Create Date" and of file names; local time without it.
# timezone = "UTC"

# Longest slug in a file name.
# truncate_slug_length = 40

# Version folders, where there are several; script_location/versions otherwise.
# version_locations = ["%(here)s/one", "%(here)s/two"]

# Look for scripts in sub-folders of the version folders, too.
# recursive_version_locations = false

# Encoding of new scripts.
# output_encoding = "utf-8"

# Programs that are run on a new script, such as a formatter.
# [[tool.alembic.post_write_hooks]]
# name = "ruff"
# type = "exec"
# executable = "ruff"
# options = "check --fix REVISION_SCRIPT_FILENAME"
)TOML";

constexpr const char *kEnvironmentHead = R"PY(from logging.config import fileConfig

from sqlalchemy import engine_from_config, pool

from alembic import context

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# The MetaData of the application's models, for 'revision --autogenerate' and 'check':
# from myapp.models import Base
# target_metadata = Base.metadata
target_metadata = None


def run_migrations_offline() -> None:
    """Print the SQL; no database is needed."""
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


)PY";

constexpr const char *kEnvironmentPlain = R"PY(def run_migrations_online() -> None:
    """Run on the database that sqlalchemy.url names."""
    engine = engine_from_config(
        config.get_section(config.config_ini_section) or {},
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
)PY";

constexpr const char *kEnvironmentAsync = R"PY(def run_on(connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()


async def run_migrations_online() -> None:
    """Run on the database that sqlalchemy.url names, by an asynchronous driver."""
    engine = AsyncEngine(
        engine_from_config(
            config.get_section(config.config_ini_section) or {},
            prefix="sqlalchemy.",
            poolclass=pool.NullPool,
            future=True,
        )
    )
    async with engine.connect() as connection:
        await connection.run_sync(run_on)
    await engine.dispose()


if context.is_offline_mode():
    run_migrations_offline()
else:
    asyncio.run(run_migrations_online())
)PY";

constexpr const char *kEnvironmentSeveral = R"PY(import re
from logging.config import fileConfig

from sqlalchemy import engine_from_config, pool

from alembic import context

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# The databases of the .ini file, each with a section of its own.
names = [name for name in re.split(r",\s*", config.get_main_option("databases") or "") if name]

# The MetaData of the application's models, by database:
# target_metadata = {"engine1": models1.metadata, "engine2": models2.metadata}
target_metadata: dict = {}


def run_migrations_offline() -> None:
    """Print the SQL, one file for each database."""
    for name in names:
        with open(f"{name}.sql", "w") as output:
            context.configure(
                url=config.get_section_option(name, "sqlalchemy.url"),
                output_buffer=output,
                target_metadata=target_metadata.get(name),
                literal_binds=True,
                dialect_opts={"paramstyle": "named"},
            )
            with context.begin_transaction():
                context.run_migrations(engine_name=name)


def run_migrations_online() -> None:
    """Run on all databases: all are changed, or none is."""
    opened = []
    try:
        for name in names:
            engine = engine_from_config(
                config.get_section(name) or {}, prefix="sqlalchemy.", poolclass=pool.NullPool
            )
            connection = engine.connect()
            opened.append((name, connection, connection.begin()))
        for name, connection, _ in opened:
            context.configure(
                connection=connection,
                upgrade_token=f"{name}_upgrades",
                downgrade_token=f"{name}_downgrades",
                target_metadata=target_metadata.get(name),
            )
            context.run_migrations(engine_name=name)
        for _, _, transaction in opened:
            transaction.commit()
    except BaseException:
        for _, _, transaction in opened:
            transaction.rollback()
        raise
    finally:
        for _, connection, _ in opened:
            connection.close()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
)PY";

constexpr const char *kTemplateHead = R"MAKO("""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

# revision identifiers, used by Alembic.
revision: str = ${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = ${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = ${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = ${repr(depends_on)}

)MAKO";

constexpr const char *kTemplatePlain = R"MAKO(
def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
)MAKO";

constexpr const char *kTemplateSeveral = R"MAKO(
def upgrade(engine_name: str) -> None:
    globals()[f"upgrade_{engine_name}"]()


def downgrade(engine_name: str) -> None:
    globals()[f"downgrade_{engine_name}"]()

% for name in [n.strip() for n in config.get_main_option("databases").split(",")]:

def upgrade_${name}() -> None:
    ${context.get(name + "_upgrades", "pass")}


def downgrade_${name}() -> None:
    ${context.get(name + "_downgrades", "pass")}

% endfor
)MAKO";

} // namespace

QString iniText(EnvironmentKind kind, bool onlyConnections)
{
    QString text;
    if (onlyConnections)
        text = QStringLiteral("# Settings are in pyproject.toml; here is what env.py reads.\n[alembic]\n");
    else
        text = QString::fromUtf8(kIniHead);
    text += QString::fromUtf8(kind == EnvironmentKind::SeveralDatabases ? kIniDatabases : kIniUrl);
    if (!onlyConnections)
        text += QString::fromUtf8(kIniTail);
    return text + QString::fromUtf8(kIniLogging);
}

QString pyProjectText() { return QString::fromUtf8(kPyProject); }

QString environmentText(EnvironmentKind kind)
{
    switch (kind) {
    case EnvironmentKind::Plain:
        return QString::fromUtf8(kEnvironmentHead) + QString::fromUtf8(kEnvironmentPlain);
    case EnvironmentKind::Async: {
        QString head = QString::fromUtf8(kEnvironmentHead);
        head.replace(QLatin1String("import engine_from_config, pool\n"),
                     QLatin1String("import engine_from_config, pool\nfrom sqlalchemy.ext.asyncio import AsyncEngine\n"));
        return QStringLiteral("import asyncio\n") + head + QString::fromUtf8(kEnvironmentAsync);
    }
    case EnvironmentKind::SeveralDatabases:
        return QString::fromUtf8(kEnvironmentSeveral);
    }
    return {};
}

QString scriptTemplateText(EnvironmentKind kind)
{
    const char *bodies = kind == EnvironmentKind::SeveralDatabases ? kTemplateSeveral : kTemplatePlain;
    return QString::fromUtf8(kTemplateHead) + QString::fromUtf8(bodies);
}

QString readmeText(EnvironmentKind kind)
{
    switch (kind) {
    case EnvironmentKind::Plain:
        return QStringLiteral("Migrations of one database.\n");
    case EnvironmentKind::Async:
        return QStringLiteral("Migrations of one database, run by an asynchronous driver.\n");
    case EnvironmentKind::SeveralDatabases:
        return QStringLiteral("Migrations of several databases, which are migrated together.\n");
    }
    return {};
}

} // namespace stillroom::project
