# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "typing". What is subscripted becomes an alias with its origin and arguments; nothing is checked.
import collections as _collections
import collections.abc as _abc
from abc import ABCMeta as _ABCMeta
from collections.abc import (  # noqa: F401
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    ByteString,
    Callable,
    Collection,
    Container,
    Coroutine,
    Generator,
    Hashable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    MappingView,
    MutableMapping,
    MutableSequence,
    MutableSet,
    Reversible,
    Sequence,
    Sized,
    ValuesView,
)

_Alias = type(list[int])
_Union = type(int | str)
_None = type(None)

TYPE_CHECKING = False
Text = str
List, Dict, Tuple, Set, FrozenSet, Type = list, dict, tuple, set, frozenset, type
AbstractSet = _abc.Set
DefaultDict, OrderedDict, Counter = _collections.defaultdict, _collections.OrderedDict, _collections.Counter
Deque, ChainMap = _collections.deque, _collections.ChainMap


def _form(name):
    return type(name, (), {"__class_getitem__": classmethod(_Alias), "__module__": "typing"})


class _AnyMeta(type):
    def __instancecheck__(cls, value):
        raise TypeError("typing.Any cannot be used with isinstance()")

    def __repr__(cls):
        return "typing.Any"


class Any(metaclass=_AnyMeta):
    pass


class Union:
    def __class_getitem__(cls, kinds):
        flat = []
        for each in kinds if isinstance(kinds, tuple) else (kinds,):
            is_union = isinstance(each, _Union) or isinstance(each, _Alias) and each.__origin__ is Union
            for part in each.__args__ if is_union else (_None if each is None else each,):
                if part not in flat:
                    flat.append(part)
        return flat[0] if len(flat) == 1 else _Alias(Union, tuple(flat))


Literal, Final, ClassVar, Annotated, Concatenate = map(_form, ("Literal", "Final", "ClassVar", "Annotated", "Concatenate"))
TypeGuard, TypeIs, Required, NotRequired, ReadOnly, Unpack = map(_form, ("TypeGuard", "TypeIs", "Required", "NotRequired", "ReadOnly", "Unpack"))
NoReturn, Never, Self, TypeAlias, LiteralString, AnyStr = map(_form, ("NoReturn", "Never", "Self", "TypeAlias", "LiteralString", "AnyStr"))
IO, TextIO, BinaryIO, Pattern, Match = map(_form, ("IO", "TextIO", "BinaryIO", "Pattern", "Match"))
ContextManager, AsyncContextManager = map(_form, ("ContextManager", "AsyncContextManager"))
SupportsInt, SupportsFloat, SupportsIndex, SupportsAbs, SupportsBytes = map(_form, ("SupportsInt", "SupportsFloat", "SupportsIndex", "SupportsAbs", "SupportsBytes"))


class Optional:
    def __class_getitem__(cls, kind):
        return Union[kind, None]


class Generic:
    __class_getitem__ = classmethod(_Alias)


class _ProtocolMeta(_ABCMeta):
    def __instancecheck__(cls, value):
        if not cls.__dict__.get("_is_protocol"):
            return _ABCMeta.__instancecheck__(cls, value)
        if not cls.__dict__.get("_is_runtime_protocol"):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        names = [name for each in cls.__mro__ if each.__dict__.get("_is_protocol") for name in [*each.__dict__, *each.__dict__.get("__annotations__", {})]]
        return all(hasattr(value, name) for name in names if name[:5] != "_abc_" and name not in ("_is_protocol", "_is_runtime_protocol", "__subclasshook__") and not (name[:2] == "__" and name in _class_names))


class _Empty:
    pass


_class_names = {*_Empty.__dict__, "__annotations__", "__abstractmethods__", "__class_getitem__", "__init_subclass__", "__qualname__", "__module__", "__doc__", "__dict__", "__init__", "__slots__", "__hash__"}


class Protocol(metaclass=_ProtocolMeta):
    __class_getitem__ = classmethod(_Alias)

    def __init_subclass__(cls, **options):
        cls._is_protocol = Protocol in cls.__bases__


def runtime_checkable(cls):
    cls._is_runtime_protocol = True
    return cls


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False, default=None):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound

    def __repr__(self):
        return "~" + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ParamSpec(TypeVar):
    @property
    def args(self):
        return self

    kwargs = args


class TypeVarTuple(TypeVar):
    def __iter__(self):
        return iter((self,))


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__value__ = value


def NewType(name, kind):
    return kind


class ForwardRef:
    def __init__(self, text, *ignored, **also_ignored):
        self.__forward_arg__ = text


def cast(kind, value):
    return value


def assert_type(value, kind):
    return value


def reveal_type(value):
    return value


def final(decorated):
    return decorated


overload = no_type_check = override = final


def dataclass_transform(**options):
    return final


def assert_never(value):
    raise AssertionError("Expected code to be unreachable, but got: %r" % (value,))


def get_origin(kind):
    if isinstance(kind, _Union):
        return _Union
    return kind.__origin__ if isinstance(kind, _Alias) else Generic if kind is Generic else None


def get_args(kind):
    if isinstance(kind, _Union):
        return kind.__args__
    return kind.__args__ if isinstance(kind, _Alias) else ()


def is_typeddict(kind):
    return isinstance(kind, _TypedDictMeta)


def get_type_hints(thing, *args, **kwargs):
    found = {}
    for each in reversed(thing.__mro__) if isinstance(thing, type) else (thing,):
        found.update(each.__dict__.get("__annotations__", {}) if isinstance(thing, type) else getattr(each, "__annotations__", {}))
    return {name: _None if kind is None else kind for name, kind in found.items()}


def get_protocol_members(protocol):
    return frozenset(name for name in protocol.__dict__ if not name.startswith("_"))


class _TypedDictMeta(type):
    def __new__(metaclass, name, bases, namespace, total=True, **options):
        cls = type.__new__(metaclass, name, (dict,), namespace)
        own = namespace.get("__annotations__", {})
        annotations, required = {}, set()
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            required |= getattr(base, "__required_keys__", frozenset())
        for key, kind in own.items():
            if getattr(kind, "__origin__", None) is Required or total and getattr(kind, "__origin__", None) is not NotRequired:
                required.add(key)
        annotations.update(own)
        cls.__annotations__ = annotations
        cls.__total__ = total
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(annotations) - frozenset(required)
        return cls

    def __init__(cls, name, bases, namespace, **options):
        pass

    def __call__(cls, /, *args, **keywords):
        if cls is not TypedDict:
            return dict(*args, **keywords)
        name, kinds = args
        return _TypedDictMeta(name, (TypedDict,), {"__annotations__": dict(kinds), "__module__": None}, **keywords)

    def __instancecheck__(cls, value):
        raise TypeError("TypedDict does not support instance and class checks")


class TypedDict(dict, metaclass=_TypedDictMeta):
    pass


class NamedTuple(tuple):
    def __init_subclass__(cls, **options):
        if NamedTuple not in cls.__bases__:
            return
        names = tuple(cls.__dict__.get("__annotations__", ()))
        cls._field_defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        for name, after in zip(names, names[1:]):
            if name in cls._field_defaults and after not in cls._field_defaults:
                raise TypeError("non-default namedtuple field %s cannot follow default field %s" % (after, name))
        for name in names:
            if name.startswith("_"):
                raise ValueError("Field names cannot start with an underscore: %r" % name)
        cls._fields = cls.__match_args__ = names
        if cls.__dict__.get("__doc__") is None:
            cls.__doc__ = "%s(%s)" % (cls.__name__, ", ".join(names))
        for index, name in enumerate(names):
            setattr(cls, name, property(lambda self, index=index: tuple.__getitem__(self, index)))

    def __new__(cls, *args, **keywords):
        if cls is NamedTuple:
            from collections import namedtuple

            fields = args[1] if len(args) > 1 else keywords.items()
            return namedtuple(args[0], [name for name, kind in fields])
        names = cls._fields
        if len(args) > len(names):
            raise TypeError("%s.__new__() takes %d positional arguments but %d were given" % (cls.__name__, len(names) + 1, len(args) + 1))
        given = {**cls._field_defaults, **dict(zip(names, args))}
        for name, value in keywords.items():
            if name not in names:
                raise TypeError("%s.__new__() got an unexpected keyword argument %r" % (cls.__name__, name))
            if names.index(name) < len(args):
                raise TypeError("%s.__new__() got multiple values for argument %r" % (cls.__name__, name))
            given[name] = value
        missing = [name for name in names if name not in given]
        if missing:
            raise TypeError("%s.__new__() missing %d required positional argument%s: %s" % (cls.__name__, len(missing), "s" if len(missing) > 1 else "", " and ".join(map(repr, missing))))
        return tuple.__new__(cls, [given[name] for name in names])

    @classmethod
    def _make(cls, values):
        return cls(*values)

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _replace(self, **changes):
        unexpected = [name for name in changes if name not in self._fields]
        if unexpected:
            raise ValueError("Got unexpected field names: %r" % unexpected)
        return type(self)(**{**self._asdict(), **changes})

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % item for item in zip(self._fields, self)))
