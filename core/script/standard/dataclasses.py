# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "dataclasses".
import copy as _copy


class _Missing:
    def __repr__(self):
        return "MISSING"


class _KeywordOnly:
    pass


MISSING = _Missing()
KW_ONLY = _KeywordOnly()


class FrozenInstanceError(AttributeError):
    pass


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only
        self._only_init = False

    def __repr__(self):
        return "Field(name=%r,type=%r,default=%r,default_factory=%r,init=%r,repr=%r,hash=%r,compare=%r,metadata=mappingproxy(%r),kw_only=%r,_field_type=_FIELD)" % (self.name, self.type, self.default, self.default_factory, self.init, self.repr, self.hash, self.compare, self.metadata, self.kw_only)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _said(annotation, name):
    """Whether an annotation, a text as `from __future__ import annotations` leaves it, or a thing, is or starts with this name."""
    if isinstance(annotation, str):
        return annotation.split("[")[0].split(".")[-1].strip() == name
    origin = getattr(annotation, "__origin__", annotation)
    return getattr(origin, "__name__", None) == name and getattr(origin, "__module__", None) == "typing"


def _collect(cls, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(base.__dict__.get("__dataclass_fields__", {}))
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or isinstance(annotation, str) and _said(annotation, "KW_ONLY"):
            kw_only = True
            continue
        if _said(annotation, "ClassVar"):
            continue
        value = cls.__dict__.get(name, MISSING)
        if not isinstance(value, Field):
            value = Field(value, MISSING, True, True, None, True, None, MISSING)
        elif value.default is not MISSING:
            setattr(cls, name, value.default)
        elif name in cls.__dict__:
            delattr(cls, name)
        if value.default is not MISSING and (type(value.default) in (list, dict, set) or type(value.default).__hash__ is None):
            raise ValueError("mutable default %s for field %s is not allowed: use default_factory" % (type(value.default), name))
        value.name = name
        value.type = annotation
        value._only_init = isinstance(annotation, InitVar) or annotation is InitVar or isinstance(annotation, str) and _said(annotation, "InitVar")
        value.kw_only = kw_only if value.kw_only is MISSING else value.kw_only
        found[name] = value
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls.__dict__.get("__annotations__", {}):
            raise TypeError("%r is a field but has no type annotation" % name)
    return found


def _make_init(cls, known):
    positional = [f for f in known.values() if f.init and not f.kw_only]
    has_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            has_default = True
        elif has_default:
            raise TypeError("non-default argument %r follows default argument" % f.name)

    def __init__(self, /, *args, **keywords):
        if len(args) > len(positional):
            raise TypeError("%s.__init__() takes %d positional argument%s but %d were given" % (cls.__name__, len(positional) + 1, "s" if positional else "", len(args) + 1))
        given = {f.name: value for f, value in zip(positional, args)}
        for name, value in keywords.items():
            if name in given:
                raise TypeError("%s.__init__() got multiple values for argument %r" % (cls.__name__, name))
            if name not in known or not known[name].init:
                raise TypeError("%s.__init__() got an unexpected keyword argument %r" % (cls.__name__, name))
            given[name] = value
        missing = [f.name for f in known.values() if f.init and f.name not in given and f.default is MISSING and f.default_factory is MISSING]
        if missing:
            raise TypeError("%s.__init__() missing %d required positional argument%s: %s" % (cls.__name__, len(missing), "s" if len(missing) > 1 else "", ", ".join(map(repr, missing))))
        is_frozen = cls.__dataclass_params__["frozen"]
        passed = []
        for f in known.values():
            if f.name in given:
                value = given[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            if f._only_init:
                passed.append(value)
            elif is_frozen:
                object.__setattr__(self, f.name, value)
            elif f.init or f.default is MISSING:
                setattr(self, f.name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__(*passed)

    return __init__


def _key(instance):
    return tuple(getattr(instance, f.name) for f in fields(instance) if f.compare)


def _hash_key(instance):
    return tuple(getattr(instance, f.name) for f in fields(instance) if (f.compare if f.hash is None else f.hash))


def _decorate(cls, init, repr, eq, order, frozen, unsafe_hash, match_args, kw_only):
    known = _collect(cls, kw_only)
    for base in cls.__mro__[1:]:
        params = base.__dict__.get("__dataclass_params__")
        if params is not None and params["frozen"] != frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one" if params["frozen"] else "cannot inherit frozen dataclass from a non-frozen one")
    cls.__dataclass_fields__ = known
    cls.__dataclass_params__ = {"init": init, "repr": repr, "eq": eq, "order": order, "frozen": frozen, "unsafe_hash": unsafe_hash}
    shown = [f for f in known.values() if f.repr and not f._only_init]
    own = cls.__dict__
    if match_args and "__match_args__" not in own:
        cls.__match_args__ = tuple(f.name for f in known.values() if f.init and not f.kw_only)
    if init:
        cls.__init__ = _make_init(cls, known)
    if repr and "__repr__" not in own:

        def __repr__(self):
            if id(self) in _shown:
                return "..."
            _shown.add(id(self))
            try:
                return "%s(%s)" % (type(self).__qualname__, ", ".join("%s=%r" % (f.name, getattr(self, f.name)) for f in shown))
            finally:
                _shown.discard(id(self))

        cls.__repr__ = __repr__
    has_hash = "__hash__" in own and not ("__eq__" in own and own["__hash__"] is None)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    if eq and "__eq__" not in own:
        cls.__eq__ = lambda self, other: _key(self) == _key(other) if type(self) is type(other) else NotImplemented
    if unsafe_hash or eq and frozen:
        if unsafe_hash and has_hash:
            raise TypeError("Cannot overwrite attribute __hash__ in class %s" % cls.__name__)
        if not has_hash:
            cls.__hash__ = lambda self: hash(_hash_key(self))
    elif eq and not has_hash:
        cls.__hash__ = None
    if order:
        for name in ("__lt__", "__le__", "__gt__", "__ge__"):
            if name in own:
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering" % (name, cls.__name__))
        cls.__lt__ = lambda self, other: _key(self) < _key(other) if type(self) is type(other) else NotImplemented
        cls.__le__ = lambda self, other: _key(self) <= _key(other) if type(self) is type(other) else NotImplemented
        cls.__gt__ = lambda self, other: _key(self) > _key(other) if type(self) is type(other) else NotImplemented
        cls.__ge__ = lambda self, other: _key(self) >= _key(other) if type(self) is type(other) else NotImplemented
    if frozen:

        def refuse_assignment(self, name, value):
            raise FrozenInstanceError("cannot assign to field %r" % name)

        def refuse_deletion(self, name):
            raise FrozenInstanceError("cannot delete field %r" % name)

        cls.__setattr__ = refuse_assignment
        cls.__delattr__ = refuse_deletion
    if not cls.__doc__:
        cls.__doc__ = cls.__name__
    return cls


_shown = set()


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def decorate(plain):
        return _decorate(plain, init, repr, eq, order, frozen, unsafe_hash, match_args, kw_only)

    return decorate if cls is None else decorate(cls)


def is_dataclass(value):
    return hasattr(value if isinstance(value, type) else type(value), "__dataclass_fields__")


def fields(value):
    known = getattr(value, "__dataclass_fields__", None)
    if known is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(f for f in known.values() if not f._only_init)


def _plain(value, factory, is_tuple):
    if is_dataclass(value) and not isinstance(value, type):
        if is_tuple:
            return factory([_plain(getattr(value, f.name), factory, True) for f in fields(value)])
        return factory([(f.name, _plain(getattr(value, f.name), factory, False)) for f in fields(value)])
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_plain(item, factory, is_tuple) for item in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(item, factory, is_tuple) for item in value])
    if isinstance(value, dict):
        items = [(_plain(key, factory, is_tuple), _plain(item, factory, is_tuple)) for key, item in value.items()]
        return type(value)(value.default_factory, items) if hasattr(type(value), "default_factory") or hasattr(value, "default_factory") else type(value)(items)
    return _copy.deepcopy(value)


def asdict(value, *, dict_factory=dict):
    if isinstance(value, type) or not is_dataclass(value):
        raise TypeError("asdict() should be called on dataclass instances")
    return _plain(value, dict_factory, False)


def astuple(value, *, tuple_factory=tuple):
    if isinstance(value, type) or not is_dataclass(value):
        raise TypeError("astuple() should be called on dataclass instances")
    return _plain(value, tuple_factory, True)


def replace(value, /, **changes):
    if isinstance(value, type) or not is_dataclass(value):
        raise TypeError("replace() should be called on dataclass instances")
    for f in value.__dataclass_fields__.values():
        if not f.init:
            if f.name in changes:
                raise ValueError("field %s is declared with init=False, it cannot be specified with replace()" % f.name)
        elif f.name not in changes:
            if f._only_init:
                if f.default is MISSING:
                    raise ValueError("InitVar %r must be specified with replace()" % f.name)
                continue
            changes[f.name] = getattr(value, f.name)
    return type(value)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **options):
    made = dict(namespace or {})
    annotations = {}
    for each in fields:
        if isinstance(each, str):
            annotations[each] = "typing.Any"
        else:
            annotations[each[0]] = each[1]
            if len(each) == 3:
                made[each[0]] = each[2]
    made["__annotations__"] = annotations
    made["__module__"] = module or "types"
    return dataclass(**options)(type(cls_name, bases, made))
