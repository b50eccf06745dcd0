# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers, line by line, how Python's configparser reads an .ini and how SQLAlchemy reads a URL."""
import configparser
import json
import sys


def ini(asked):
    parser = configparser.ConfigParser({"here": "/project"})
    try:
        parser.read_string(asked["text"])
    except configparser.Error:
        return {"error": True}
    if not parser.has_section("alembic"):
        return {"missing": True}
    values = {}
    for name in parser.options("alembic"):
        try:
            values[name] = parser.get("alembic", name)
        except configparser.Error:
            values[name] = None
    return {"values": values}


def url(asked):
    from sqlalchemy.engine import make_url

    try:
        read = make_url(asked["text"])
    except Exception:
        return {"error": True}
    return {"user": read.username, "password": str(read.password) if read.password is not None else None,
            "host": read.host, "port": read.port, "database": read.database}


for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps((ini if question["kind"] == "ini" else url)(question)), flush=True)
