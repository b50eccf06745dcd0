#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the demo and every fixture project with real Alembic: base, heads, base, heads.

    tests/projects/verify.py [PROJECT ...]

The alembic of $ALEMBIC, or of PATH, runs in each project's folder on a database of a PostgreSQL cluster of its own and,
where the project is meant for it, on a SQLite file. After each walk the schema is dumped: both visits to the heads must
leave the same schema, and both visits to the base an empty one. Uses Python's standard library only.
"""
import difflib
import glob
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ALEMBIC = os.environ.get('ALEMBIC') or shutil.which('alembic')

# name: (folder, dialects)
PROJECTS = {
    'demo': (os.path.join(ROOT, 'migrations'), ('postgresql', 'sqlite')),
    'library': (os.path.join(HERE, 'library'), ('postgresql',)),
    'erp': (os.path.join(HERE, 'erp'), ('postgresql',)),
    'files': (os.path.join(HERE, 'files'), ('postgresql', 'sqlite')),
    'restaurant': (os.path.join(HERE, 'restaurant'), ('postgresql',)),
    'rag': (os.path.join(HERE, 'rag'), ('postgresql',)),
}
ASYNC_DRIVERS = {'files': {'postgresql': '+asyncpg', 'sqlite': '+aiosqlite'}}


class Cluster:
    """A PostgreSQL cluster in a temporary folder, reached by a socket in it alone."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='verify-')
        self.bin = self.find_binaries()
        self.as_server = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, 'postgres')
            self.as_server = ['runuser', '-u', 'postgres', '--']
        data = os.path.join(self.folder, 'data')
        self.run_server_tool('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-locale', '--no-sync')
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.run_server_tool('pg_ctl', '-D', data, '-l', os.path.join(self.folder, 'log'), '-w', '-o', options, 'start')

    @staticmethod
    def find_binaries():
        found = sorted(
            glob.glob('/usr/lib/postgresql/*/bin/initdb'), key=lambda path: int(path.split('/')[4]), reverse=True
        )
        path = found[0] if found else shutil.which('initdb')
        if not path:
            sys.exit('verify: no PostgreSQL server is installed (initdb was not found)')
        return os.path.dirname(path)

    def run_server_tool(self, tool, *arguments):
        subprocess.run(
            [*self.as_server, os.path.join(self.bin, tool), *arguments],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder,
        )

    def create_database(self, name):
        subprocess.run(
            [os.path.join(self.bin, 'psql'), '-h', self.folder, '-U', 'postgres', '-q', '-c', f'CREATE DATABASE {name}'],
            check=True,
        )

    def schema(self, name):
        text = subprocess.run(
            [os.path.join(self.bin, 'pg_dump'), '-h', self.folder, '-U', 'postgres', '--schema-only', name],
            check=True, capture_output=True, text=True,
        ).stdout
        # newer servers print a random key around the dump
        return re.sub(r'(?m)^\\(un)?restrict .*\n', '', text)

    def stop(self):
        self.run_server_tool('pg_ctl', '-D', os.path.join(self.folder, 'data'), '-m', 'immediate', 'stop')
        shutil.rmtree(self.folder, ignore_errors=True)


def in_fixed_order(sql):
    """A batch rebuild writes named constraints in the order of a Python set, another one in each run."""
    lines = [line.strip().rstrip(',') for line in (sql or '').splitlines()]
    constraints = sorted(line for line in lines if line.startswith('CONSTRAINT'))
    return '\n'.join([line for line in lines if not line.startswith('CONSTRAINT')] + constraints)


def sqlite_schema(path):
    with sqlite3.connect(path) as connection:
        rows = connection.execute('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').fetchall()
    connection.close()
    return '\n'.join(f'{kind} | {name} | {table} | {in_fixed_order(sql)}' for kind, name, table, sql in rows)


def alembic(folder, url, *arguments):
    """Runs Alembic as a user of the project would: in its folder, with the address in the environment."""
    environment = {**os.environ, 'DATABASE_URL': url, 'PYTHONDONTWRITEBYTECODE': '1'}
    done = subprocess.run([ALEMBIC, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"alembic {' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def difference(first, second):
    return '\n'.join(difflib.unified_diff(first.splitlines(), second.splitlines(), lineterm='', n=2))


def walk(folder, url, schema):
    """None, or what is wrong."""
    seen = {'heads': [], 'base': []}
    for verb, target in (('upgrade', 'heads'), ('downgrade', 'base')) * 2:
        alembic(folder, url, verb, target)
        seen[target].append(schema())
        left = alembic(folder, url, 'current').split()
        if (target == 'base') != (not left):
            return f'after {verb} {target} the current revision is {left}'
    alembic(folder, url, 'upgrade', 'heads')
    for target, schemas in seen.items():
        if schemas[0] != schemas[1]:
            return f'the second visit to {target} left another schema:\n' + difference(*schemas)
    rest = [line for line in seen['base'][0].splitlines() if re.match(r'(CREATE (TABLE|TYPE|FUNCTION|SEQUENCE)|table )', line)]
    rest = [line for line in rest if 'alembic_version' not in line]
    if rest:
        return 'the base is not empty: ' + '; '.join(rest)
    return None


def main():
    if not ALEMBIC:
        sys.exit('verify: alembic was not found')
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = sys.argv[1:] or list(PROJECTS)
    version = subprocess.run([ALEMBIC, '--version'], capture_output=True, text=True).stdout.strip()
    print(f'with {version}')
    failed = False
    cluster = Cluster()
    try:
        for name in names:
            folder, dialects = PROJECTS[name]
            for dialect in dialects:
                driver = ASYNC_DRIVERS.get(name, {}).get(dialect, '')
                if dialect == 'postgresql':
                    cluster.create_database(name)
                    url = f'postgresql{driver}://postgres@/{name}?host={cluster.folder}'
                    schema = lambda: cluster.schema(name)
                else:
                    path = os.path.join(cluster.folder, f'{name}.db')
                    url = f'sqlite{driver}:///{path}'
                    schema = lambda: sqlite_schema(path)
                try:
                    wrong = walk(folder, url, schema)
                except RuntimeError as error:
                    wrong = str(error)
                print(f'{name} on {dialect}: {wrong or "as it should be"}', flush=True)
                failed = failed or wrong is not None
    finally:
        cluster.stop()
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
