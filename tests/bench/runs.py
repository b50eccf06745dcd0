#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs on a real PostgreSQL: stillroom-cli beside `psql -f` on the same text, and beside `alembic upgrade head`.

Starts a private server in a temporary folder, in memory where the system has such a place: what a disk takes to make a file is the
same for all and tells nothing of any. Whole processes, each on a fresh database, taken in turn; prints the best wall times. Fails
only when a command fails or when the schemas differ in the end.
"""
import argparse
import os
import pathlib
import pwd
import random
import shutil
import subprocess
import sys
import tempfile
import time

BIN = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))

ENV = """from alembic import context
from sqlalchemy import create_engine, pool

url = context.get_x_argument(as_dictionary=True).get("url") or "postgresql://postgres@localhost/none"
if context.is_offline_mode():
    context.configure(url=url, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
"""

SCRIPT = '''"""step {number}"""
from alembic import op
import sqlalchemy as sa

revision = "r{number:05d}"
down_revision = {down}


def upgrade():
{body}


def downgrade():
    pass
'''


def write_project(folder, bodies):
    versions = folder / "scripts" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/scripts\n")
    (folder / "scripts" / "env.py").write_text(ENV)
    for number, body in enumerate(bodies):
        down = f'"r{number - 1:05d}"' if number else "None"
        text = SCRIPT.format(number=number, down=down, body="\n".join("    " + line for line in body))
        (versions / f"r{number:05d}_step.py").write_text(text)


def thousand_statements():
    """Tables, columns, indexes and rows, a thousand statements in one revision."""
    lines = []
    for i in range(200):
        lines.append(f"op.create_table('t{i}', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(40)))")
        lines.append(f"op.add_column('t{i}', sa.Column('seen', sa.DateTime))")
        lines.append(f"op.create_index('ix{i}', 't{i}', ['name'])")
        lines.append(f"op.execute(\"INSERT INTO t{i} (id, name) VALUES (1, 'one'), (2, 'two')\")")
        lines.append(f"op.execute(\"UPDATE t{i} SET seen = now() WHERE id = 2\")")
    return [lines]


def hundred_revisions():
    return [[f"op.create_table('t{i}', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(40)))",
             f"op.create_index('ix{i}', 't{i}', ['name'])"] for i in range(100)]


TYPES = ["sa.Integer()", "sa.String(length=255)", "sa.String(length=64)", "sa.Text()", "sa.Boolean()", "sa.DateTime()", "sa.BigInteger()",
         "sa.DateTime(timezone=True)", "sa.Numeric(precision=10, scale=2)", "sa.Float()", "sa.Date()"]


def mixed_revisions():
    """A hundred revisions in the mixture of generate.py, which is that of public projects, over tables that are there."""
    choice = random.Random(5)
    tables, bodies = [], []
    kinds = ["column"] * 40 + ["table"] * 19 + ["sql"] * 15 + ["index"] * 12 + ["comment"] * 8 + ["key"] * 5
    choice.shuffle(kinds)
    for kind in ["table", *kinds]:
        if kind == "table":
            table, columns = f"t{len(tables)}", [f"c{i}" for i in range(choice.randint(3, 12))]
            tables.append((table, columns))
            listed = ", ".join(f"sa.Column('{column}', {choice.choice(TYPES)}, nullable=True)" for column in columns)
            bodies.append([f"op.create_table('{table}', sa.Column('id', sa.Integer(), nullable=False), {listed}, sa.PrimaryKeyConstraint('id'))",
                           f"op.create_index('ix_{table}', '{table}', ['c0'])"])
            continue
        table, columns = choice.choice(tables)
        if kind == "column":
            new = [f"c{len(columns) + i}" for i in range(choice.randint(1, 3))]
            columns += new
            bodies.append([f"op.add_column('{table}', sa.Column('{column}', {choice.choice(TYPES)}, nullable=True))" for column in new])
        elif kind == "sql":
            bodies.append([f"op.execute(\"UPDATE {table} SET id = id WHERE id < 0\")"])
        elif kind == "index":
            bodies.append([f"op.create_index('ix_{table}_{len(bodies)}', '{table}', ['{choice.choice(columns)}', 'id'])"])
        elif kind == "comment":
            bodies.append([f"op.alter_column('{table}', '{choice.choice(columns)}', comment='said')"])
        else:
            new = f"c{len(columns)}"
            columns.append(new)
            bodies.append([f"op.add_column('{table}', sa.Column('{new}', sa.Integer(), nullable=True))",
                           f"op.create_foreign_key('fk_{table}_{new}', '{table}', 't0', ['{new}'], ['id'])"])
    return bodies


class Server:
    def __init__(self, folder):
        self.folder = folder
        self.account = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.account:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            os.chmod(folder, 0o755)
        subprocess.run([*self.account, BIN[-1] / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-N"], check=True, stdout=subprocess.DEVNULL,
                       cwd="/")
        options = f"-c unix_socket_directories={folder} -c listen_addresses= -c fsync=off -c autovacuum=off"
        subprocess.run([*self.account, BIN[-1] / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"], check=True,
                       stdout=subprocess.DEVNULL, cwd="/")
        self.count = 0

    def stop(self):
        subprocess.run([*self.account, BIN[-1] / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def psql(self, database, *arguments):
        return [BIN[-1] / "psql", "-X", "-q", "-h", str(self.folder), "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", *arguments]

    def fresh(self):
        self.count += 1
        name = f"b{self.count}"
        subprocess.run(self.psql("postgres", "-c", f"CREATE DATABASE {name}"), check=True)
        # Files of the new database are written now and not while something is measured.
        subprocess.run(self.psql(name, "-c", "CHECKPOINT"), check=True)
        return name, f"postgresql://postgres@/{name}?host={self.folder}"

    def schema(self, database):
        dump = subprocess.run(["pg_dump", "-s", "-h", str(self.folder), "-U", "postgres", database], check=True, capture_output=True, text=True).stdout
        return [line for line in dump.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]

    def drop(self, database):
        subprocess.run(self.psql("postgres", "-c", f"DROP DATABASE {database}"), check=True)


def timed(command, folder):
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True)
    took = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{command}\n{done.stderr[-2000:]}")
    return took


def compare(server, folder, what, commands, rounds):
    """commands: name -> function of (database, url) that gives the command."""
    best = dict.fromkeys(commands, float("inf"))
    schemas = {}
    for _ in range(rounds):
        for name, command in commands.items():
            database, url = server.fresh()
            best[name] = min(best[name], timed(command(database, url), folder))
            schemas[name] = server.schema(database)
            server.drop(database)
    first = next(iter(schemas.values()))
    for name, schema in schemas.items():
        if schema != first:
            sys.exit(f"{what}: the schema after {name} is another one")
    ours = best["stillroom-cli"]
    for name, seconds in best.items():
        ratio = "" if name == "stillroom-cli" else f"   {ours / seconds:6.2f} of it" if ours > seconds / 2 else f"   {seconds / ours:6.1f} times faster"
        print(f"{what:34} {name:16} {seconds * 1000:9.1f} ms{ratio}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", type=pathlib.Path, required=True)
    parser.add_argument("--alembic", default=shutil.which("alembic"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if not BIN:
        sys.exit("PostgreSQL is not installed")
    os.environ["XDG_DATA_HOME"] = data = tempfile.mkdtemp()
    memory = pathlib.Path("/dev/shm")
    folder = pathlib.Path(tempfile.mkdtemp(dir=memory if memory.is_mount() and os.access(memory, os.W_OK) else "/tmp"))
    server = Server(folder)
    try:
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            def upgrade(project):
                return lambda database, url: [options.cli, "-c", project, "--url", url, "-q", "upgrade", "head"]
            one = place / "one"
            write_project(one, thousand_statements())
            def written(project):
                text = subprocess.run([options.cli, "-c", project, "--url", "postgresql://x", "upgrade", "head", "--sql"], check=True, capture_output=True).stdout
                (project / "all.sql").write_bytes(text)
                return lambda database, url: server.psql(database, "-f", project / "all.sql")
            compare(server, one, "1,000 statements, one revision",
                    {"stillroom-cli": upgrade(one), "psql -f": written(one)}, options.rounds)
            for what, bodies in (("100 revisions, mixed", mixed_revisions()), ("100 revisions, table and index", hundred_revisions())):
                many = place / what.replace(" ", "").replace(",", "")
                write_project(many, bodies)
                commands = {"stillroom-cli": upgrade(many), "psql -f": written(many)}
                if options.alembic:
                    commands["alembic"] = lambda database, url: [options.alembic, "-x", f"url={url}", "upgrade", "head"]
                compare(server, many, what, commands, options.rounds)
    finally:
        server.stop()
        shutil.rmtree(folder)
        shutil.rmtree(data)


main()
