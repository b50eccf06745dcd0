# SPDX-License-Identifier: GPL-3.0-or-later
# Mapped objects as far as migrations use them: one class or some columns are asked for, objects are added, changed and deleted, and
# what has changed is written at the next flush. Relationships, joins and cascades are not there and say so.
# Source: SQLAlchemy 2.0, "Session Basics", "Legacy Query API".
import datetime as _datetime
import decimal as _decimal
import json as _json

import _stillroom
import sqlalchemy as _sa


def attributes_of(cls):
    found = {}
    for base in reversed(cls.__mro__):
        for key, value in vars(base).items():
            if isinstance(value, _sa.Column) and not key.startswith("__"):
                found[key] = value
    return found


def _is_mapped(entity):
    if not isinstance(entity, type) or getattr(entity, "__table__", None) is None:
        return False
    if getattr(entity, "_is_inherited", False):
        _stillroom.stop("the mapped class " + entity.__name__ + " inherits another one's table")
    return True


def _read(column, value):
    """A value of SQLite, which knows fewer types, as the column's type gives it."""
    kind = column.type
    if isinstance(value, str):
        if isinstance(kind, _sa.DateTime):
            return _datetime.datetime.fromisoformat(value)
        if isinstance(kind, _sa.Date):
            return _datetime.date.fromisoformat(value)
        if isinstance(kind, _sa.JSON):
            return _json.loads(value)
    if isinstance(kind, _sa.Boolean) and isinstance(value, int):
        return bool(value)
    if isinstance(kind, _sa.Numeric) and not isinstance(kind, _sa.Float) and isinstance(value, (int, float)):
        return _decimal.Decimal(str(value))
    return value


class Query:
    def __init__(self, session, entities):
        self._session = session
        self._entities = entities
        self._class = entities[0] if len(entities) == 1 and _is_mapped(entities[0]) else None
        if self._class is None and any(_is_mapped(entity) for entity in entities):
            _stillroom.stop("a query asks for objects of several classes at once")
        self._where = []
        self._order = []
        self._limit = self._offset = None
        self._is_distinct = False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        _stillroom.stop("a query's " + name + "() is not known here")

    def _changed(self, **changes):
        made = Query(self._session, self._entities)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made

    def filter(self, *conditions):
        return self._changed(_where=self._where + list(conditions))

    where = filter

    def filter_by(self, **values):
        if self._class is None:
            _stillroom.stop("filter_by() is used on a query for columns")
        return self.filter(*[getattr(self._class, name) == value for name, value in values.items()])

    def order_by(self, *columns):
        return self._changed(_order=self._order + list(columns))

    def limit(self, number):
        return self._changed(_limit=number)

    def offset(self, number):
        return self._changed(_offset=number)

    def distinct(self):
        return self._changed(_is_distinct=True)

    def _select(self):
        columns = attributes_of(self._class).values() if self._class is not None else self._entities
        statement = _sa.select(*columns)
        for condition in self._where:
            statement = statement.where(condition)
        if self._order:
            statement = statement.order_by(*self._order)
        if self._limit is not None:
            statement = statement.limit(self._limit)
        if self._offset is not None:
            statement = statement.offset(self._offset)
        return statement.distinct() if self._is_distinct else statement

    def all(self):
        self._session.flush()
        rows = self._session.execute(self._select()).fetchall()
        if self._class is None:
            return rows
        return [self._session._loaded(self._class, row) for row in rows]

    def __iter__(self):
        return iter(self.all())

    def first(self):
        found = self.limit(1).all()
        return found[0] if found else None

    def one_or_none(self):
        found = self.limit(2).all()
        if len(found) > 1:
            raise _sa.exc.MultipleResultsFound("Multiple rows were found when one or none was required")
        return found[0] if found else None

    def one(self):
        found = self.one_or_none()
        if found is None:
            raise _sa.exc.NoResultFound("No row was found when one was required")
        return found

    def scalar(self):
        row = self.one_or_none()
        return None if row is None else row[0]

    def get(self, key):
        return self._session.get(self._class, key)

    def count(self):
        self._session.flush()
        return self._session.execute(_sa.select(_sa.func.count()).select_from(self._select().subquery())).scalar()

    def _on_the_table(self, statement):
        if self._class is None or self._order or self._limit is not None or self._offset is not None:
            _stillroom.stop("rows are changed through a query that is more than one class and its conditions")
        self._session.flush()
        for condition in self._where:
            statement = statement.where(condition)
        self._session._forget(self._class)
        return self._session.execute(statement).rowcount

    def update(self, values, synchronize_session=None, **options):
        named = {key if isinstance(key, str) else key.name: value for key, value in values.items()}
        return self._on_the_table(_sa.update(self._class.__table__).values(named))

    def delete(self, synchronize_session=None):
        return self._on_the_table(_sa.delete(self._class.__table__))


class Unit:
    """The part of a Session that knows objects; `execute` is the Session's own."""

    def _begin_unit(self):
        self._new = []
        self._gone = []
        self._known = {}

    def _key(self, cls, values):
        return cls, tuple(values[name] for name, column in attributes_of(cls).items() if column.primary_key)

    def _forget(self, cls):
        self._known = {key: known for key, known in self._known.items() if key[0] is not cls}

    def _take(self, object, row):
        values = {name: _read(column, value) for (name, column), value in zip(attributes_of(type(object)).items(), row)}
        object.__dict__.update(values)
        self._known[self._key(type(object), values)] = (object, values)
        return object

    def _loaded(self, cls, row):
        values = {name: _read(column, value) for (name, column), value in zip(attributes_of(cls).items(), row)}
        known = self._known.get(self._key(cls, values))
        return known[0] if known is not None else self._take(cls.__new__(cls), row)

    def query(self, *entities):
        return Query(self, entities)

    def get(self, cls, key, **options):
        keys = list(key) if isinstance(key, (tuple, list)) else [key]
        columns = [column for column in attributes_of(cls).values() if column.primary_key]
        return self.query(cls).filter(*[column == value for column, value in zip(columns, keys)]).one_or_none()

    def get_one(self, cls, key, **options):
        found = self.get(cls, key)
        if found is None:
            raise _sa.exc.NoResultFound("No row was found when one was required")
        return found

    def add(self, object):
        if not _is_mapped(type(object)):
            _stillroom.stop("an object that is not of a mapped class is added to a Session")
        if not any(known is object for known, values in self._known.values()) and not any(new is object for new in self._new):
            self._new.append(object)

    def add_all(self, objects):
        for object in objects:
            self.add(object)

    bulk_save_objects = add_all

    def delete(self, object):
        self._gone.append(object)

    def flush(self, *objects):
        self._connection()
        new, self._new = self._new, []
        for object in new:
            attributes = attributes_of(type(object))
            own = vars(object)
            values = {column.name: own[name] for name, column in attributes.items()
                      if name in own and not (own[name] is None and column.primary_key)}
            insert = _sa.insert(type(object).__table__)
            insert = insert.values(values) if values else insert
            self._take(object, self.execute(insert.returning(*attributes.values())).one())
        for key, (object, before) in list(self._known.items()):
            attributes = attributes_of(type(object))
            changed = {attributes[name].name: vars(object)[name] for name in before if vars(object)[name] != before[name]}
            if changed:
                self.execute(self._where_it_is(_sa.update(type(object).__table__), type(object), before).values(changed))
                del self._known[key]
                now = {name: vars(object)[name] for name in before}
                self._known[self._key(type(object), now)] = (object, now)
        gone, self._gone = self._gone, []
        for object in gone:
            values = {name: vars(object)[name] for name in attributes_of(type(object))}
            self.execute(self._where_it_is(_sa.delete(type(object).__table__), type(object), values))
            self._known.pop(self._key(type(object), values), None)

    def _where_it_is(self, statement, cls, values):
        for name, column in attributes_of(cls).items():
            if column.primary_key:
                statement = statement.where(column == values[name])
        return statement
