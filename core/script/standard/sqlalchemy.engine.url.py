# SPDX-License-Identifier: GPL-3.0-or-later
# The address of a database. Source: SQLAlchemy 2.0, "Engine Configuration", "Database URLs" and sqlalchemy.engine.URL.
import re as _re
from urllib.parse import parse_qsl as _parse_qsl
from urllib.parse import quote as _quote
from urllib.parse import quote_plus as _quote_plus
from urllib.parse import unquote as _unquote

import _stillroom

_FIELDS = ("drivername", "username", "password", "host", "port", "database", "query")


class URL(tuple):
    __slots__ = ()

    @classmethod
    def create(cls, drivername, username=None, password=None, host=None, port=None, database=None, query=()):
        return cls((drivername, username, password, host, None if port is None else int(port), database, dict(query)))

    @property
    def drivername(self):
        return self[0]

    @property
    def username(self):
        return self[1]

    @property
    def password(self):
        return self[2]

    @property
    def host(self):
        return self[3]

    @property
    def port(self):
        return self[4]

    @property
    def database(self):
        return self[5]

    @property
    def query(self):
        return self[6]

    def set(self, **changes):
        fields = dict(zip(_FIELDS, self))
        for name, value in changes.items():
            if name not in fields:
                raise TypeError("URL.set() got an unexpected keyword argument '%s'" % name)
            if value is not None:
                fields[name] = value
        return type(self).create(**fields)

    def update_query_dict(self, query_parameters, append=False):
        query = dict(self.query)
        for key, value in query_parameters.items():
            if append and key in query:
                value = (*_listed(query[key]), *_listed(value))
            query[key] = tuple(value) if isinstance(value, list) else value
        return self.set(query=query)

    def update_query_pairs(self, key_value_pairs, append=False):
        query = {}
        for key, value in key_value_pairs:
            query[key] = (*_listed(query[key]), value) if key in query else value
        return self.update_query_dict(query, append)

    def update_query_string(self, query_string, append=False):
        return self.update_query_pairs(_parse_qsl(query_string), append)

    def difference_update_query(self, names):
        left = {key: value for key, value in self.query.items() if key not in names}
        return type(self).create(*self[:6], left)

    def render_as_string(self, hide_password=True):
        text = self.drivername + "://"
        if self.username is not None:
            text += _quote(self.username, safe=" +")
            if self[2] is not None:
                text += ":" + ("***" if hide_password else _quote(str(self.password), safe=" +"))
            text += "@"
        if self.host is not None:
            text += "[" + self.host + "]" if ":" in self.host else self.host
        if self.port is not None:
            text += ":" + str(self.port)
        if self.database is not None:
            text += "/" + self.database
        pairs = [(key, each) for key in sorted(self.query) for each in _listed(self.query[key])]
        if pairs:
            text += "?" + "&".join(_quote_plus(key) + "=" + _quote_plus(value) for key, value in pairs)
        return text

    def __repr__(self):
        return self.render_as_string()

    def __str__(self):
        return self.render_as_string()

    def __hash__(self):
        return hash(str(self))

    def __eq__(self, other):
        return isinstance(other, URL) and tuple(self) == tuple(other)

    def __ne__(self, other):
        return not self == other

    def get_backend_name(self):
        return self.drivername.split("+")[0]

    def get_driver_name(self):
        if "+" in self.drivername:
            return self.drivername.split("+")[1]
        return {"postgresql": "psycopg2", "sqlite": "pysqlite", "mysql": "mysqldb"}.get(self.drivername) or _stillroom.unknown(
            "the driver that SQLAlchemy takes for %s is not known" % self.drivername
        )

    def translate_connect_args(self, names=None, **kw):
        found = {}
        for field in ("host", "database", "username", "password", "port"):
            value = getattr(self, field)
            if value:
                found[kw.get(field, field)] = value
        return found


class ConnectedURL(URL):
    """Of the connection that a step runs on: its password is given to no script."""

    __slots__ = ()

    @property
    def password(self):
        return _stillroom.unknown("the password of the connection is given to no script")


def _listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


_PATTERN = _re.compile(
    r"([\w+]+)://"
    r"(?:([^:/]*)(?::([^@]*))?@)?"
    r"(?:(?:\[([^/?]+)\]|([^/:?]+))?(?::([^/?]*))?)?"
    r"(?:/([^?]*))?(?:\?(.*))?"
)


def make_url(name_or_url):
    if isinstance(name_or_url, URL):
        return name_or_url
    found = _PATTERN.match(name_or_url)
    if found is None:
        from sqlalchemy.exc import ArgumentError

        raise ArgumentError("Could not parse SQLAlchemy URL from given URL string")
    driver, user, password, v6, v4, port, database, query = found.groups()
    url = URL.create(
        driver,
        None if user is None else _unquote(user),
        None if password is None else _unquote(password),
        v4 or v6,
        int(port) if port else None,
        database,
    )
    return url if query is None else url.update_query_string(query)
