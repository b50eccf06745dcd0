# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "dataclasses".


class _Missing:
    def __repr__(self):
        return "MISSING"


class _KeywordOnly:
    pass


MISSING = _Missing()
KW_ONLY = _KeywordOnly()


class FrozenInstanceError(AttributeError):
    pass


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


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _collect(cls, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(base.__dict__.get("__dataclass_fields__", {}))
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or "KW_ONLY" in str(annotation):
            kw_only = True
            continue
        if "ClassVar" in str(annotation):
            continue
        value = cls.__dict__.get(name, MISSING)
        if not isinstance(value, Field):
            if type(value) in (list, dict, set):
                raise ValueError("mutable default %r for field %s is not allowed: use default_factory" % (type(value), name))
            value = Field(value, MISSING, True, True, None, True, None, kw_only)
        elif value.default is not MISSING:
            setattr(cls, name, value.default)
        elif name in cls.__dict__:
            delattr(cls, name)
        value.name = name
        value.type = annotation
        value.kw_only = value.kw_only or kw_only
        found[name] = value
    return found


def _make_init(cls, known):
    positional = [f for f in known.values() if f.init and not f.kw_only]
    has_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            has_default = True
        elif has_default:
            raise TypeError("non-default argument %r follows default argument" % f.name)

    def __init__(self, *args, **keywords):
        if len(args) > len(positional):
            raise TypeError("%s.__init__() takes %d positional arguments but %d were given" % (cls.__name__, len(positional) + 1, len(args) + 1))
        given = {f.name: value for f, value in zip(positional, args)}
        for name, value in keywords.items():
            if name in given:
                raise TypeError("%s.__init__() got multiple values for argument %r" % (cls.__name__, name))
            if name not in known or not known[name].init:
                raise TypeError("%s.__init__() got an unexpected keyword argument %r" % (cls.__name__, name))
            given[name] = value
        missing = [f.name for f in known.values() if f.init and f.name not in given and f.default is MISSING and f.default_factory is MISSING]
        if missing:
            raise TypeError("%s.__init__() missing %d required argument%s: %s" % (cls.__name__, len(missing), "s" if len(missing) > 1 else "", ", ".join(map(repr, missing))))
        for f in known.values():
            if f.name in given:
                object.__setattr__(self, f.name, given[f.name])
            elif f.default_factory is not MISSING:
                object.__setattr__(self, f.name, f.default_factory())
            elif f.default is not MISSING:
                object.__setattr__(self, f.name, f.default)
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    return __init__


def _key(instance):
    return tuple(getattr(instance, f.name) for f in fields(instance) if f.compare)


def _decorate(cls, init, repr, eq, order, frozen, unsafe_hash, kw_only):
    known = _collect(cls, kw_only)
    cls.__dataclass_fields__ = known
    cls.__match_args__ = tuple(f.name for f in known.values() if f.init and not f.kw_only)
    if init and "__init__" not in cls.__dict__:
        cls.__init__ = _make_init(cls, known)
    if repr and "__repr__" not in cls.__dict__:
        cls.__repr__ = lambda self: "%s(%s)" % (type(self).__qualname__, ", ".join("%s=%r" % (f.name, getattr(self, f.name)) for f in known.values() if f.repr))
    if eq and "__eq__" not in cls.__dict__:
        cls.__eq__ = lambda self, other: _key(self) == _key(other) if type(self) is type(other) else NotImplemented
        if frozen or unsafe_hash:
            cls.__hash__ = lambda self: hash(_key(self))
        else:
            cls.__hash__ = None
    if order:
        cls.__lt__ = lambda self, other: _key(self) < _key(other) if type(self) is type(other) else NotImplemented
        cls.__le__ = lambda self, other: _key(self) <= _key(other) if type(self) is type(other) else NotImplemented
        cls.__gt__ = lambda self, other: _key(self) > _key(other) if type(self) is type(other) else NotImplemented
        cls.__ge__ = lambda self, other: _key(self) >= _key(other) if type(self) is type(other) else NotImplemented
    if frozen:

        def refuse(self, name, value=None):
            raise FrozenInstanceError("cannot assign to field %r" % name)

        cls.__setattr__ = refuse
        cls.__delattr__ = refuse
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def decorate(plain):
        return _decorate(plain, init, repr, eq, order, frozen, unsafe_hash, kw_only)

    return decorate if cls is None else decorate(cls)


def is_dataclass(value):
    return hasattr(value if isinstance(value, type) else type(value), "__dataclass_fields__")


def fields(value):
    known = getattr(value, "__dataclass_fields__", None)
    if known is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(known.values())


def _plain(value, factory):
    if is_dataclass(value) and not isinstance(value, type):
        return factory([(f.name, _plain(getattr(value, f.name), factory)) for f in fields(value)])
    if isinstance(value, dict):
        return {key: _plain(item, factory) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(item, factory) for item in value])
    return value


def asdict(value, *, dict_factory=dict):
    return _plain(value, dict_factory)


def astuple(value, *, tuple_factory=tuple):
    return tuple_factory(getattr(value, f.name) for f in fields(value))


def replace(value, /, **changes):
    for f in fields(value):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(value, f.name)
    return type(value)(**changes)
