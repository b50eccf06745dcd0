# SPDX-License-Identifier: GPL-3.0-or-later
# Declarative classes as descriptions of tables, and a Session; its objects are in sqlalchemy.orm._unit. Source: SQLAlchemy 2.0,
# "Declarative Mapping", "Session Basics".
import _stillroom
import datetime as _datetime
import decimal as _decimal
import enum as _enum
import typing as _typing
import uuid as _uuid

import sqlalchemy as _sa
from sqlalchemy.orm._unit import Query, Unit as _Unit


def _is_annotated(annotation):
    return getattr(annotation, "__origin__", None) is _typing.Annotated


def _type_of(annotation, mapped=None):
    # A class's own type_annotation_map goes first; Annotated[] may stand in it, else what it annotates counts.
    for key, kind in (mapped or {}).items():
        if key is annotation or key == annotation:
            return kind
    if _is_annotated(annotation):
        return _type_of(annotation.__args__[0], mapped)
    known = {
        int: _sa.Integer,
        str: _sa.String,
        bool: _sa.Boolean,
        float: _sa.Float,
        bytes: _sa.LargeBinary,
        _datetime.datetime: _sa.DateTime,
        _datetime.date: _sa.Date,
        _datetime.time: _sa.Time,
        _datetime.timedelta: _sa.Interval,
        _decimal.Decimal: _sa.Numeric,
        _uuid.UUID: _sa.Uuid,
    }
    if isinstance(annotation, type) and issubclass(annotation, _enum.Enum):
        return _sa.Enum(annotation)
    if getattr(annotation, "__origin__", None) is _typing.Literal:
        return _sa.Enum(*annotation.__args__, native_enum=False)
    return known.get(annotation)


class _MappedOf:
    def __init__(self, item):
        self.item = item


class Mapped:
    def __class_getitem__(cls, item):
        return _MappedOf(item)


WriteOnlyMapped = DynamicMapped = Mapped


def _said_by(annotation, mapped=None):
    """The type and whether NULL is allowed, as far as an annotation says them."""
    if not isinstance(annotation, _MappedOf):
        return None, None
    item, is_optional = _annotated_item(annotation)
    described = _described_by(annotation)
    if described is not None and not isinstance(described.type, _sa.types.NullType):
        return described.type, is_optional
    return (None if item is None else _type_of(item, mapped)), is_optional


def _annotated_item(annotation):
    item = annotation.item
    arguments = None if _is_annotated(item) else getattr(item, "__args__", None)
    if arguments and type(None) in arguments:
        others = [each for each in arguments if each is not type(None)]
        return (others[0] if len(others) == 1 else None), True
    return item, False


def _described_by(annotation):
    """The mapped_column() within Mapped[Annotated[...]], or None."""
    item = _annotated_item(annotation)[0]
    for each in item.__args__[1:] if _is_annotated(item) else ():
        if isinstance(each, _sa.Column):
            return each
    return None


def _merged(first, second):
    """Names of a class's attributes and of its annotations, in the order of both as far as they agree."""
    shared = set(first) & set(second)
    result = []
    current, other = iter(first), iter(second)
    while True:
        for name in current:
            if name in shared:
                shared.discard(name)
                current, other = other, current
                break
            result.append(name)
        else:
            result.extend(other)
            return result


class _Property:
    """relationship() and whatever else a class has that is no column."""

    _extends_select = False

    def __init__(self, *args, lazy=None, **kwargs):
        # What is loaded by a join stands in every SELECT of the class.
        self._extends_select = lazy == "joined" or lazy is False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _stillroom.unknown("a mapped class's attribute that is no column")

    def __call__(self, function):
        return self


relationship = dynamic_loader = backref = synonym = association_proxy = _Property


def composite(*args, **kwargs):
    if any(isinstance(each, _sa.Column) for each in args):
        _stillroom.stop("composite() makes columns of a mapped class")
    return _Property()


def column_property(column, *args, **kwargs):
    if isinstance(column, _sa.Column) and not args:
        column._is_deferred = kwargs.get("deferred", False)
        return column
    made = _Property()
    made._extends_select = True
    return made


RelationshipProperty = Relationship = _Property


def deferred(column, *args, **kwargs):
    if isinstance(column, _sa.Column):
        column._is_deferred = True
    return column


def mapped_column(*args, **kwargs):
    order = kwargs.pop("sort_order", None)
    is_deferred = kwargs.get("deferred", False)
    for option in ("init", "repr", "default_factory", "kw_only", "compare", "use_existing_column", "deferred", "deferred_group",
                   "deferred_raiseload", "active_history", "hash", "dataclass_metadata"):
        kwargs.pop(option, None)
    column = _sa.Column(*args, **kwargs)
    if order is not None:
        column._sort_order = order
    if is_deferred:
        column._is_deferred = True
    return column


def validates(*names, **kwargs):
    return lambda function: function


def reconstructor(function):
    return function


class declared_attr:
    def __init__(self, function):
        self.function = getattr(function, "__func__", function)

    def __get__(self, instance, owner):
        return self.function(owner)

    @classmethod
    def directive(cls, function):
        return cls(function)

    @classmethod
    def cascading(cls, function):
        return cls(function)


class _Registry:
    def __init__(self, *, metadata=None, type_annotation_map=None, class_registry=None, constructor=None):
        self.metadata = _sa.MetaData() if metadata is None else metadata
        self.type_annotation_map = type_annotation_map or {}

    def generate_base(self, mapper=None, cls=object, name="Base", metaclass=None):
        return declarative_base(metadata=self.metadata, cls=cls, name=name)

    def mapped(self, cls):
        cls.metadata = self.metadata
        _map(cls)
        return cls

    def map_imperatively(self, class_, local_table=None, **options):
        if options.get("properties") or options.get("inherits") is not None:
            _stillroom.stop("map_imperatively() with properties or inherits is not followed")
        class_.__table__ = local_table
        _map(class_)

    def configure(self):
        pass


registry = _Registry


def _columns_of(cls):
    """Its own columns first, then those of its mixins; each class in the order of its attributes and annotations."""
    columns = {}
    annotated = {}
    hidden = set()
    for base in cls.__mro__:
        own = vars(base)
        annotations = own.get("__annotations__", {})
        if base is not cls and own.get("__table__") is not None:
            hidden.update(own)
            continue
        for key in _merged(list(own), list(annotations)):
            if key in columns or key in hidden:
                continue
            annotation = annotations.get(key)
            if isinstance(annotation, str) and not key.startswith("__"):
                _stillroom.stop("the annotations of the mapped class " + cls.__name__ + " are text")
            value = own.get(key)
            if isinstance(value, declared_attr):
                value = getattr(cls, key)
            described = _described_by(annotation) if isinstance(annotation, _MappedOf) else None
            if key not in own and isinstance(annotation, _MappedOf):
                value = _sa.Column() if described is None else described._copy()
            elif isinstance(value, _sa.Column) and described is not None and not _says_type_alone(described):
                _stillroom.stop("a mapped_column() within Annotated is completed by another in the mapped class " + cls.__name__)
            elif isinstance(value, _sa.Column) and base is not cls:
                original = value
                value = value._copy()
                value._sort_order = getattr(original, "_sort_order", 0)
                value._is_deferred = getattr(original, "_is_deferred", False)
            if isinstance(value, _sa.Column):
                columns[key] = value
                annotated[key] = annotation
            else:
                hidden.add(key)
    ordered = sorted(columns.items(), key=lambda entry: getattr(entry[1], "_sort_order", 0))
    return dict(ordered), annotated


def _says_type_alone(column):
    return not (column.primary_key or column.index or column.unique or column.foreign_keys or column.server_default
                or not column.nullable or column.comment)


def _attributes_of(cls):
    return [key for base in cls.__mro__ for key, value in vars(base).items() if isinstance(value, _sa.Column)]


def _hide_columns(cls, keys):
    """The ORM joins the tables of a class that inherits a mapped one, or looks for its rows in the shared one: what is said of
    its tables counts, what is asked of the class itself does not follow from them."""
    cls._is_inherited = True
    for key in keys:
        setattr(cls, key, _stillroom.unknown("the mapped class " + cls.__name__ + " inherits another one's table, which is only followed in its __table__"))


def _share_table(cls, table, columns):
    if "__table_args__" in vars(cls):
        raise _sa.exc.ArgumentError("Can't place __table_args__ on an inherited class with no table.")
    for base in cls.__mro__[1:]:  # a SELECT of the classes above asks for theirs alone
        if vars(base).get("__table__") is table and "_mapped_columns" not in vars(base):
            base._mapped_columns = list(table.c)
    for key, column in columns.items():
        if column.key in table.c:
            _stillroom.stop("the mapped class " + cls.__name__ + " names a column of the table that it shares")
        table.append_column(column)
    cls.__table__ = table
    _hide_columns(cls, [*columns, *table.c.keys(), *_attributes_of(cls)])


def _differs_from_table(cls, columns):
    """Whether a SELECT of the class asks for other than the columns of its table."""
    options = getattr(cls, "__mapper_args__", None)
    if isinstance(options, dict) and any(key in options for key in ("include_properties", "exclude_properties", "properties")):
        return True
    for base in cls.__mro__:
        for value in vars(base).values():
            if isinstance(value, _Property) and value._extends_select:
                return True
    return any(getattr(column, "_is_deferred", False) for column in columns)


def _map(cls):
    own = vars(cls)
    if own.get("__abstract__", False):
        return
    table = own.get("__table__")
    if table is None:
        name = getattr(cls, "__tablename__", None)
        if name is None:
            return
        parent = next((base for base in cls.__mro__[1:] if vars(base).get("__table__") is not None), None)
        if parent is not None and "__tablename__" not in own and name != parent.__table__.name:
            _stillroom.stop("whether the mapped class " + cls.__name__ + " has a table of its own is not followed")
        columns, annotations = _columns_of(cls)
        cls._differs_from_table = _differs_from_table(cls, columns.values())
        known = dict(getattr(getattr(cls, "registry", None), "type_annotation_map", None) or {})
        known.update(getattr(cls, "type_annotation_map", {}))
        for key, column in columns.items():
            kind, nullable = _said_by(annotations.get(key), known)
            _stillroom.complete_column(column, key, kind, nullable)
        if parent is not None and "__tablename__" not in own:
            _share_table(cls, parent.__table__, columns)
            return
        arguments = getattr(cls, "__table_args__", ())
        keywords = {}
        if isinstance(arguments, dict):
            keywords, arguments = arguments, ()
        elif arguments and isinstance(arguments[-1], dict):
            keywords, arguments = arguments[-1], arguments[:-1]
        table = _sa.Table(name, cls.metadata, *columns.values(), *arguments, **keywords)
        cls.__table__ = table
        for key, column in columns.items():
            setattr(cls, key, table.c[column.key])
        if parent is not None:
            _hide_columns(cls, [*columns, *_attributes_of(parent)])
    else:
        for key, column in table.c.items():
            if key not in own:
                setattr(cls, key, column)


class _Mapping:
    def __init_subclass__(cls, **kwargs):
        if "metadata" not in vars(cls) and not hasattr(cls, "metadata"):
            cls.metadata = _sa.MetaData()
        # What derives from DeclarativeBase itself is a base of its own.
        if not any(vars(base).get("_makes_bases", False) for base in cls.__bases__):
            _map(cls)

    @classmethod
    def __unknown_subclass__(cls, name):
        if getattr(cls, "metadata", None) is not None:
            _stillroom.missing_table(cls.metadata, name)

    # What has not been set is None on an object, and the column on its class.
    def __getattribute__(self, name):
        if not name.startswith("_") and name not in object.__getattribute__(self, "__dict__"):
            if isinstance(getattr(type(self), name, None), _sa.Column):
                return None
        return object.__getattribute__(self, name)

    def __init__(self, **values):
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError("'" + name + "' is an invalid keyword argument for " + type(self).__name__)
            setattr(self, name, value)


class DeclarativeBase(_Mapping):
    __abstract__ = True
    _makes_bases = True


class DeclarativeBaseNoMeta(_Mapping):
    __abstract__ = True
    _makes_bases = True


class MappedAsDataclass:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()


DeclarativeMeta = type


def declarative_base(bind=None, metadata=None, mapper=None, cls=object, name="Base", constructor=None, class_registry=None, metaclass=None, **kwargs):
    bases = (_Mapping,) if cls is object else (cls, _Mapping)
    return type(name, bases, {"metadata": _sa.MetaData() if metadata is None else metadata, "__abstract__": True})


def as_declarative(**kwargs):
    def decorate(cls):
        return declarative_base(cls=cls, name=cls.__name__, **kwargs)

    return decorate


def declarative_mixin(cls):
    return cls


def clear_mappers():
    pass


def configure_mappers():
    pass


def aliased(element, alias=None, name=None, flat=False, adapt_on_names=False):
    if alias is not None:
        _stillroom.stop("aliased() of a class over another FROM clause is not followed")
    table = getattr(element, "__table__", element)
    if getattr(element, "_is_inherited", False):
        _stillroom.stop("the mapped class " + element.__name__ + " inherits another one's table")
    return _Aliased(table.alias(name), element)


class _Aliased:
    def __init__(self, table, element):
        self.__table__ = table
        self._element = element
        self._differs_from_table = getattr(element, "_differs_from_table", False)
        own = getattr(element, "_mapped_columns", None)
        self._mapped_columns = None if own is None else [table.c[column.key] for column in own]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        column = getattr(self._element, name, None)
        key = column.key if isinstance(column, _sa.Column) else name
        if key not in self.__table__.c:
            raise AttributeError(name)
        return self.__table__.c[key]


def _needs_rows(what):
    def method(self, *args, **kwargs):
        _stillroom.needs_database("the script works with mapped objects (" + what + "), which needs the rows of the database")

    return method


class Session(_Unit):
    _acts_outside = True

    def __init__(self, bind=None, *args, **kwargs):
        self.bind = bind
        self._begin_unit()

    def get_bind(self, *args, **kwargs):
        return self.bind

    def connection(self, *args, **kwargs):
        return self.bind

    def _connection(self):
        if self.bind is None:
            _stillroom.needs_database("the script opens a Session of its own without op.get_bind()")
        _stillroom.needs_database_offline("the script works with a Session, which needs a database")
        return self.bind

    def execute(self, statement, params=None, **kwargs):
        if params is None:
            return self._connection().execute(statement)
        return self._connection().execute(statement, params)

    def scalar(self, statement, params=None, **kwargs):
        return self.execute(statement, params).scalar()

    def scalars(self, statement, params=None, **kwargs):
        return self.execute(statement, params).scalars()

    merge = _needs_rows("Session.merge")
    refresh = _needs_rows("Session.refresh")
    bulk_insert_mappings = _needs_rows("Session.bulk_insert_mappings")
    bulk_update_mappings = _needs_rows("Session.bulk_update_mappings")

    def rollback(self):
        _stillroom.stop("the script rolls back a Session, while a step runs in one transaction of its own")

    def begin_nested(self):
        return self._connection().begin_nested()

    def begin(self, *args, **kwargs):
        return self

    # The step's own transaction commits.
    def commit(self):
        self.flush()

    def close(self):
        self._begin_unit()

    def expire_all(self):
        pass

    def expunge_all(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()
        return False


class sessionmaker:
    _acts_outside = True

    def __init__(self, bind=None, class_=Session, **kwargs):
        self.bind = bind

    def __call__(self, bind=None, **kwargs):
        return Session(bind if bind is not None else self.bind)

    def configure(self, bind=None, **kwargs):
        if bind is not None:
            self.bind = bind

    def begin(self):
        return self()

    def __class_getitem__(cls, item):
        return cls


def scoped_session(factory, scopefunc=None):
    return factory


joinedload = selectinload = subqueryload = lazyload = load_only = contains_eager = noload = raiseload = defer = undefer = _Property
