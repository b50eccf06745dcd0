# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "collections".
from collections.abc import MutableMapping as _MutableMapping
from collections.abc import MutableSequence as _MutableSequence


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        if key not in self:
            raise KeyError(key)
        value = self.pop(key)
        if last:
            self[key] = value
            return
        rest = list(self.items())
        self.clear()
        self[key] = value
        self.update(rest)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = list(self)[-1 if last else 0]
        return key, self.pop(key)

    def copy(self):
        return type(self)(self)

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(other)
        made.update(self)
        return made

    def __repr__(self):
        return "OrderedDict(%s)" % (dict.__repr__(self) if self else "")


class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **keywords):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        dict.__init__(self, *args, **keywords)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    def __repr__(self):
        return "defaultdict(%r, %s)" % (self.default_factory, dict.__repr__(self))


class Counter(dict):
    def __init__(self, iterable=None, /, **keywords):
        dict.__init__(self)
        self.update(iterable, **keywords)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **keywords):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, number in iterable.items():
                    self[key] = self[key] + number
            else:
                for key in iterable:
                    self[key] = self[key] + 1
        for key, number in keywords.items():
            self[key] = self[key] + number

    def subtract(self, iterable=None, /, **keywords):
        for key, number in Counter(iterable, **keywords).items() if iterable is not None or keywords else ():
            self[key] = self[key] - number

    def most_common(self, n=None):
        rows = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return rows if n is None else rows[:n]

    def elements(self):
        for key, number in self.items():
            for _ in range(number):
                yield key

    def total(self):
        return sum(self.values())

    def copy(self):
        return Counter(self)

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def __eq__(self, other):
        return all(self[key] == other[key] for each in (self, other) for key in each) if isinstance(other, Counter) else NotImplemented

    def __ne__(self, other):
        return not self == other if isinstance(other, Counter) else NotImplemented

    __hash__ = None

    def __le__(self, other):
        return all(self[key] <= other[key] for each in (self, other) for key in each) if isinstance(other, Counter) else NotImplemented

    def __lt__(self, other):
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __ge__(self, other):
        return other <= self if isinstance(other, Counter) else NotImplemented

    def __gt__(self, other):
        return other < self if isinstance(other, Counter) else NotImplemented

    def __pos__(self):
        return Counter({key: number for key, number in self.items() if number > 0})

    def __neg__(self):
        return Counter({key: -number for key, number in self.items() if number < 0})

    def __and__(self, other):
        return Counter({key: min(number, other[key]) for key, number in self.items() if min(number, other[key]) > 0})

    def __or__(self, other):
        both = {key: max(number, other[key]) for key, number in self.items()}
        both.update({key: number for key, number in other.items() if key not in self})
        return Counter({key: number for key, number in both.items() if number > 0})

    def __iadd__(self, other):
        for key, number in other.items():
            self[key] += number
        return self._keep_positive()

    def __isub__(self, other):
        for key, number in other.items():
            self[key] -= number
        return self._keep_positive()

    def _keep_positive(self):
        for key in [key for key, number in self.items() if not number > 0]:
            del self[key]
        return self

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        both = Counter(self)
        both.update(other)
        return Counter({key: number for key, number in both.items() if number > 0})

    def __sub__(self, other):
        rest = Counter(self)
        rest.subtract(other)
        return Counter({key: number for key, number in rest.items() if number > 0})

    def __repr__(self):
        return "Counter({%s})" % ", ".join("%r: %r" % item for item in self.most_common()) if self else "Counter()"


class ChainMap(_MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(dict.fromkeys(mapping))
        return iter(merged)

    def __len__(self):
        return len(list(iter(self)))

    def __bool__(self):
        return any(self.maps)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        if key not in self.maps[0]:
            raise KeyError("Key not found in the first mapping: %r" % (key,))
        del self.maps[0][key]

    def new_child(self, m=None, **keywords):
        m = keywords if m is None else {**m, **keywords} if keywords else m
        return type(self)(m, *self.maps)

    @property
    def parents(self):
        return type(self)(*self.maps[1:])

    def copy(self):
        return type(self)(self.maps[0].copy(), *self.maps[1:])

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(map(repr, self.maps)))


@_MutableSequence.register
class deque:
    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError("maxlen must be non-negative")
        self._maxlen = maxlen
        self._items = []
        self.extend(iterable)

    @property
    def maxlen(self):
        return self._maxlen

    def append(self, item):
        self._items.append(item)
        if self._maxlen is not None and len(self._items) > self._maxlen:
            del self._items[0]

    def appendleft(self, item):
        self._items.insert(0, item)
        if self._maxlen is not None and len(self._items) > self._maxlen:
            self._items.pop()

    def extend(self, iterable):
        for item in list(iterable) if iterable is self else iterable:
            self.append(item)

    def extendleft(self, iterable):
        for item in list(iterable) if iterable is self else iterable:
            self.appendleft(item)

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def insert(self, index, item):
        if self._maxlen is not None and len(self._items) >= self._maxlen:
            raise IndexError("deque already at its maximum size")
        self._items.insert(index, item)

    def remove(self, item):
        if item not in self._items:
            raise ValueError("deque.remove(x): x not in deque")
        self._items.remove(item)

    def index(self, item, *bounds):
        if item not in self._items:
            raise ValueError("%r is not in deque" % (item,))
        return self._items.index(item, *bounds)

    def count(self, item):
        return self._items.count(item)

    def clear(self):
        self._items.clear()

    def reverse(self):
        self._items.reverse()

    def rotate(self, n=1):
        if self._items:
            cut = -n % len(self._items)
            self._items = self._items[cut:] + self._items[:cut]

    def copy(self):
        return type(self)(self._items, self._maxlen)

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        return type(self)(deepcopy(self._items, memo), self._maxlen)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        size = len(self._items)
        for item in self._items:
            yield item
            if len(self._items) != size:
                raise RuntimeError("deque mutated during iteration")

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, item):
        return item in self._items

    def _at(self, index):
        if not hasattr(index, "__index__"):
            raise TypeError("sequence index must be integer, not %r" % type(index).__name__)
        if not -len(self._items) <= index < len(self._items):
            raise IndexError("deque index out of range")
        return index

    def __getitem__(self, index):
        return self._items[self._at(index)]

    def __setitem__(self, index, value):
        self._items[self._at(index)] = value

    def __delitem__(self, index):
        del self._items[self._at(index)]

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError("can only concatenate deque (not %r) to deque" % type(other).__name__)
        return type(self)(self._items + other._items, self._maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, times):
        return type(self)(self._items * times, self._maxlen)

    __rmul__ = __mul__

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, deque) else NotImplemented

    __hash__ = None

    def __repr__(self):
        tail = "" if self._maxlen is None else ", maxlen=%d" % self._maxlen
        return "deque(%r%s)" % (self._items, tail)




_keywords = """False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda
nonlocal not or pass raise return try while with yield""".split()


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    names = []
    for index, name in enumerate(map(str, field_names)):
        if rename and (not name.isidentifier() or name in _keywords or name.startswith("_") or name in names):
            name = "_%d" % index
        names.append(name)
    for name in [typename, *names]:
        if not name.isidentifier():
            raise ValueError("Type names and field names must be valid identifiers: %r" % name)
        if name in _keywords:
            raise ValueError("Type names and field names cannot be a keyword: %r" % name)
    for index, name in enumerate(names):
        if name.startswith("_") and not rename:
            raise ValueError("Field names cannot start with an underscore: %r" % name)
        if name in names[:index]:
            raise ValueError("Encountered duplicate field name: %r" % name)
    names = tuple(names)
    defaults = tuple(defaults or ())
    if len(defaults) > len(names):
        raise TypeError("Got more default values than field names")
    known = dict(zip(names[len(names) - len(defaults) :], defaults))

    def __new__(cls, *args, **keywords):
        if len(args) > len(names):
            raise TypeError("%s.__new__() takes %d positional arguments but %d were given" % (typename, len(names) + 1, len(args) + 1))
        given = {**known, **dict(zip(names, args))}
        for name, value in keywords.items():
            if name not in names:
                raise TypeError("%s.__new__() got an unexpected keyword argument %r" % (typename, name))
            if names.index(name) < len(args):
                raise TypeError("%s.__new__() got multiple values for argument %r" % (typename, name))
            given[name] = value
        missing = [name for name in names if name not in given]
        if missing:
            raise TypeError("%s.__new__() missing %d required positional argument%s: %s" % (typename, len(missing), "s" if len(missing) > 1 else "", " and ".join(map(repr, missing))))
        return tuple.__new__(cls, [given[name] for name in names])

    def _replace(self, **changes):
        unexpected = [name for name in changes if name not in names]
        if unexpected:
            raise TypeError("Got unexpected field names: %r" % unexpected)
        return type(self)(**{**self._asdict(), **changes})

    def _make(cls, values):
        values = tuple(values)
        if len(values) != len(names):
            raise TypeError("Expected %d arguments, got %d" % (len(names), len(values)))
        return tuple.__new__(cls, values)

    attributes = {
        "__new__": __new__,
        "__slots__": (),
        "__match_args__": names,
        "_fields": names,
        "_field_defaults": known,
        "_make": classmethod(_make),
        "__getnewargs__": lambda self: tuple(self),
        "__doc__": "%s(%s)" % (typename, ", ".join(names)),
        "_asdict": lambda self: dict(zip(names, self)),
        "_replace": _replace,
        "__repr__": lambda self: "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % item for item in zip(names, self))),
    }
    for index, name in enumerate(names):
        attributes[name] = property(lambda self, index=index: tuple.__getitem__(self, index))
    return type(typename, (tuple,), attributes)


class UserDict(_MutableMapping):
    def __init__(self, dict=None, /, **keywords):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if keywords:
            self.update(keywords)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(type(self), "__missing__"):
            return type(self).__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def get(self, key, default=None):
        return self[key] if key in self else default

    def copy(self):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.data = self.data.copy()
        return made

    def __or__(self, other):
        return type(self)({**self.data, **(other.data if isinstance(other, UserDict) else other)})

    def __repr__(self):
        return repr(self.data)


class UserList(_MutableSequence):
    def __init__(self, initlist=None):
        self.data = list(initlist) if initlist is not None else []

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return type(self)(self.data[index]) if isinstance(index, slice) else self.data[index]

    def __setitem__(self, index, item):
        self.data[index] = item

    def __delitem__(self, index):
        del self.data[index]

    def insert(self, index, item):
        self.data.insert(index, item)

    def __contains__(self, item):
        return item in self.data

    def __eq__(self, other):
        return self.data == (other.data if isinstance(other, UserList) else other)

    __hash__ = None

    def __lt__(self, other):
        return self.data < (other.data if isinstance(other, UserList) else other)

    def __add__(self, other):
        return type(self)(self.data + list(other))

    def __mul__(self, times):
        return type(self)(self.data * times)

    def copy(self):
        return type(self)(self)

    def sort(self, /, *args, **keywords):
        self.data.sort(*args, **keywords)

    def __repr__(self):
        return repr(self.data)


class UserString(str):
    @property
    def data(self):
        return str(self)
