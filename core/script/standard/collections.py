# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "collections".


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
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
        for key, number in Counter(iterable, **keywords).items():
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

    def __add__(self, other):
        both = Counter(self)
        both.update(other)
        return Counter({key: number for key, number in both.items() if number > 0})

    def __sub__(self, other):
        rest = Counter(self)
        rest.subtract(other)
        return Counter({key: number for key, number in rest.items() if number > 0})

    def __repr__(self):
        return "Counter({%s})" % ", ".join("%r: %r" % item for item in self.most_common()) if self else "Counter()"


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

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

    def keys(self):
        return list(iter(self))

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]

    def __setitem__(self, key, value):
        self.maps[0][key] = value


class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        list.__init__(self)
        self.maxlen = maxlen
        self.extend(iterable)

    def append(self, item):
        list.append(self, item)
        if self.maxlen is not None and len(self) > self.maxlen:
            del self[0]

    def appendleft(self, item):
        self.insert(0, item)
        if self.maxlen is not None and len(self) > self.maxlen:
            list.pop(self)

    def extend(self, iterable):
        for item in iterable:
            self.append(item)

    def extendleft(self, iterable):
        for item in iterable:
            self.appendleft(item)

    def pop(self):
        if not self:
            raise IndexError("pop from an empty deque")
        return list.pop(self)

    def popleft(self):
        if not self:
            raise IndexError("pop from an empty deque")
        return list.pop(self, 0)

    def rotate(self, n=1):
        for _ in range(abs(n) % len(self) if self else 0):
            if n > 0:
                self.appendleft(self.pop())
            else:
                self.append(self.popleft())

    def __repr__(self):
        tail = "" if self.maxlen is None else ", maxlen=%d" % self.maxlen
        return "deque(%s%s)" % (list.__repr__(self), tail)


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    names = tuple(field_names)
    for index, name in enumerate(names):
        if not name.isidentifier() or name.startswith("_") or name in names[:index]:
            if not rename:
                raise ValueError("Type names and field names must be valid identifiers and not start with an underscore or repeat: %r" % name)
            names = names[:index] + ("_%d" % index,) + names[index + 1 :]
    known = dict(zip(names[len(names) - len(defaults or ()) :], defaults or ()))

    def __new__(cls, *args, **keywords):
        if len(args) > len(names):
            raise TypeError("%s.__new__() takes %d positional arguments but %d were given" % (typename, len(names) + 1, len(args) + 1))
        given = {**known, **dict(zip(names, args))}
        for name, value in keywords.items():
            if name not in names:
                raise TypeError("%s.__new__() got an unexpected keyword argument %r" % (typename, name))
            given[name] = value
        missing = [name for name in names if name not in given]
        if missing:
            raise TypeError("%s.__new__() missing %d required positional argument%s: %s" % (typename, len(missing), "s" if len(missing) > 1 else "", " and ".join(map(repr, missing))))
        return tuple.__new__(cls, [given[name] for name in names])

    def _replace(self, **changes):
        return type(self)(**{**self._asdict(), **changes})

    attributes = {
        "__new__": __new__,
        "__slots__": (),
        "__match_args__": names,
        "_fields": names,
        "_field_defaults": known,
        "_make": classmethod(lambda cls, values: cls(*values)),
        "_asdict": lambda self: dict(zip(names, self)),
        "_replace": _replace,
        "__repr__": lambda self: "%s(%s)" % (typename, ", ".join("%s=%r" % item for item in zip(names, self))),
    }
    for index, name in enumerate(names):
        attributes[name] = property(lambda self, index=index: self[index])
    return type(typename, (tuple,), attributes)


class UserDict(dict):
    @property
    def data(self):
        return self


class UserList(list):
    @property
    def data(self):
        return self
