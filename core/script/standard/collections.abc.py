# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "collections.abc": which class counts as what, and the methods that each gives.
from abc import ABC, abstractmethod

_GenericAlias = type(list[int])
_missing = object()
_unhashable = (list, dict, set, bytearray, type({}.keys()), type({}.items()))


class _Class:
    def method(self):
        pass


_callable = (type, type(len), type(_Class.method), type(_Class().method))


class _Checked(ABC):
    """Any class that has these methods counts; None means that it refuses one."""

    _needs = ()
    __class_getitem__ = classmethod(_GenericAlias)

    @classmethod
    def __subclasshook__(cls, subclass):
        needs = cls.__dict__.get("_needs", ())
        if not needs:
            return NotImplemented
        for name in needs:
            for each in subclass.__mro__:
                if name in each.__dict__:
                    if each.__dict__[name] is None:
                        return NotImplemented
                    break
            else:
                if not hasattr(subclass, name):
                    return NotImplemented
        return True


class Hashable(_Checked):
    _needs = ("__hash__",)

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is not Hashable:
            return NotImplemented
        for each in subclass.__mro__:
            if each in _unhashable or "__hash__" in each.__dict__:
                return each not in _unhashable and each.__dict__["__hash__"] is not None
        return True


class Iterable(_Checked):
    _needs = ("__iter__",)

    @abstractmethod
    def __iter__(self):
        while False:
            yield None


class Iterator(Iterable):
    _needs = ("__next__", "__iter__")

    @abstractmethod
    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Reversible(Iterable):
    _needs = ("__reversed__", "__iter__")


class Generator(Iterator):
    _needs = ("__iter__", "__next__", "send", "throw", "close")


class Sized(_Checked):
    _needs = ("__len__",)

    @abstractmethod
    def __len__(self):
        return 0


class Container(_Checked):
    _needs = ("__contains__",)

    @abstractmethod
    def __contains__(self, item):
        return False


class Callable(_Checked):
    _needs = ("__call__",)

    @classmethod
    def __subclasshook__(cls, subclass):
        return any("__call__" in each.__dict__ or each in _callable for each in subclass.__mro__) if cls is Callable else NotImplemented


class Awaitable(_Checked):
    _needs = ("__await__",)


class Coroutine(Awaitable):
    _needs = ("__await__", "send", "throw", "close")


class AsyncIterable(_Checked):
    _needs = ("__aiter__",)


class AsyncIterator(AsyncIterable):
    _needs = ("__anext__", "__aiter__")

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    _needs = ("__aiter__", "__anext__", "asend", "athrow", "aclose")


class Collection(Sized, Iterable, Container):
    _needs = ("__len__", "__iter__", "__contains__")


class Sequence(Reversible, Collection):
    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        index = 0
        try:
            while True:
                yield self[index]
                index += 1
        except IndexError:
            return

    def __contains__(self, value):
        return any(each is value or each == value for each in self)

    def __reversed__(self):
        for index in reversed(range(len(self))):
            yield self[index]

    def index(self, value, start=0, stop=None):
        for index in range(*slice(start, stop).indices(len(self))):
            if self[index] is value or self[index] == value:
                return index
        raise ValueError

    def count(self, value):
        return sum(1 for each in self if each is value or each == value)


class MutableSequence(Sequence):
    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def clear(self):
        while len(self):
            self.pop()

    def extend(self, values):
        for value in list(values) if values is self else values:
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def reverse(self):
        values = list(self)[::-1]
        for index, value in enumerate(values):
            self[index] = value

    def __iadd__(self, values):
        self.extend(values)
        return self


class Set(Collection):
    @classmethod
    def _from_iterable(cls, items):
        return cls(items)

    def __le__(self, other):
        return len(self) <= len(other) and all(each in other for each in self) if isinstance(other, Set) else NotImplemented

    def __lt__(self, other):
        return len(self) < len(other) and self <= other if isinstance(other, Set) else NotImplemented

    def __ge__(self, other):
        return len(self) >= len(other) and all(each in self for each in other) if isinstance(other, Set) else NotImplemented

    def __gt__(self, other):
        return len(self) > len(other) and self >= other if isinstance(other, Set) else NotImplemented

    def __eq__(self, other):
        return len(self) == len(other) and self <= other if isinstance(other, Set) else NotImplemented

    def __and__(self, other):
        return self._from_iterable(each for each in other if each in self) if isinstance(other, Iterable) else NotImplemented

    __rand__ = __and__

    def __or__(self, other):
        return self._from_iterable(each for part in (self, other) for each in part) if isinstance(other, Iterable) else NotImplemented

    __ror__ = __or__

    def __sub__(self, other):
        others = list(other)
        return self._from_iterable(each for each in self if each not in others)

    def __rsub__(self, other):
        return self._from_iterable(each for each in other if each not in self)

    def __xor__(self, other):
        others = self._from_iterable(other)
        return (self - others) | (others - self)

    __rxor__ = __xor__

    def isdisjoint(self, other):
        return not any(each in self for each in other)


class MutableSet(Set):
    @abstractmethod
    def add(self, value):
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        for value in list(self):
            self.discard(value)

    def __ior__(self, other):
        for value in other:
            self.add(value)
        return self

    def __iand__(self, other):
        for value in self - other:
            self.discard(value)
        return self

    def __ixor__(self, other):
        for value in list(other):
            if value in self:
                self.discard(value)
            else:
                self.add(value)
        return self

    def __isub__(self, other):
        for value in list(other):
            self.discard(value)
        return self


class _View:
    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._mapping)


class MappingView(_View, Sized):
    pass


class KeysView(MappingView, Set):
    @classmethod
    def _from_iterable(cls, items):
        return set(items)

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)


class ItemsView(MappingView, Set):
    @classmethod
    def _from_iterable(cls, items):
        return set(items)

    def __contains__(self, item):
        key, value = item
        return key in self._mapping and self._mapping[key] == value

    def __iter__(self):
        return ((key, self._mapping[key]) for key in self._mapping)


class ValuesView(MappingView, Collection):
    def __contains__(self, value):
        return any(self._mapping[key] == value for key in self._mapping)

    def __iter__(self):
        return (self._mapping[key] for key in self._mapping)


class Mapping(Collection):
    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return KeysView(self)

    def items(self):
        return ItemsView(self)

    def values(self):
        return ValuesView(self)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented


class MutableMapping(Mapping):
    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        while len(self):
            self.popitem()

    def update(self, other=(), /, **keywords):
        if isinstance(other, Mapping) or hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in keywords.items():
            self[key] = value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


class ByteString(Sequence):
    pass


class Buffer(_Checked):
    pass


# Which built-in classes count. Each name of this module is made when it is asked for, so that a class cannot count on what its
# subclasses say: it says all that count itself.
Sequence.register(tuple)
Sequence.register(str)
Sequence.register(range)
Sequence.register(bytes)
Sequence.register(list)
Sequence.register(bytearray)
MutableSequence.register(list)
MutableSequence.register(bytearray)
ByteString.register(bytes)
ByteString.register(bytearray)
Buffer.register(bytes)
Buffer.register(bytearray)
Set.register(frozenset)
Set.register(set)
Set.register(type({}.keys()))
Set.register(type({}.items()))
MutableSet.register(set)
Mapping.register(dict)
MutableMapping.register(dict)
MappingView.register(type({}.keys()))
MappingView.register(type({}.items()))
MappingView.register(type({}.values()))
KeysView.register(type({}.keys()))
ItemsView.register(type({}.items()))
ValuesView.register(type({}.values()))

__all__ = "Hashable Iterable Iterator Reversible Generator Sized Container Callable Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Collection Sequence MutableSequence Set MutableSet MappingView KeysView ItemsView ValuesView Mapping MutableMapping ByteString Buffer".split()
