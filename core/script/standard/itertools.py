# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "itertools".

_missing = object()


class chain:
    def __init__(self, *iterables):
        self._items = self._over(iterables)

    @staticmethod
    def _over(iterables):
        for iterable in iterables:
            yield from iterable

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._items = cls._over(iterables)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        yield from saved


def repeat(item, times=None):
    if times is None:
        while True:
            yield item
    for _ in range(times):
        yield item


def accumulate(iterable, func=None, *, initial=None):
    items = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(items)
        except StopIteration:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total


def batched(iterable, n, *, strict=False):
    if n < 1:
        raise ValueError("n must be at least one")
    items = iter(iterable)
    while batch := tuple(islice(items, n)):
        if strict and len(batch) != n:
            raise ValueError("batched(): incomplete batch")
        yield batch


def compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)


def dropwhile(predicate, iterable):
    items = iter(iterable)
    for item in items:
        if not predicate(item):
            yield item
            break
    yield from items


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (predicate(item) if predicate is not None else item):
            yield item


class groupby:
    """The groups share the one iterator: a group that is not read before the next one is asked for is gone."""

    def __init__(self, iterable, key=None):
        self._items = iter(iterable)
        self._key_of = key or (lambda item: item)
        self._ended = False
        self._group = None
        self._key = self._item = self._current = _missing

    def __iter__(self):
        return self

    def _advance(self):
        for item in self._items:
            self._item, self._key = item, self._key_of(item)
            return True
        self._ended = True
        return False

    def __next__(self):
        self._group = mark = object()
        if self._ended or self._key is _missing and not self._advance():
            raise StopIteration
        while self._current is not _missing and self._key == self._current:
            if not self._advance():
                raise StopIteration
        self._current = self._key
        return self._key, self._members(self._key, mark)

    def _members(self, key, mark):
        while self._group is mark and not self._ended and self._key == key:
            yield self._item
            if self._group is not mark or not self._advance():
                return


def islice(iterable, *bounds):
    limits = slice(*bounds)
    for each in (limits.start, limits.stop, limits.step):
        if each is not None and (not isinstance(each, int) or each < 0):
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if limits.step == 0:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _islice(iterable, limits)


def _islice(iterable, limits):
    start = limits.start or 0
    step = limits.step or 1
    if limits.stop is not None and limits.stop <= 0:
        return
    wanted = start
    for index, item in enumerate(iterable):
        if limits.stop is not None and index >= limits.stop:
            return
        if index == wanted:
            yield item
            wanted += step
        if limits.stop is not None and index + 1 >= limits.stop:
            return


def pairwise(iterable):
    items = iter(iterable)
    try:
        before = next(items)
    except StopIteration:
        return
    for item in items:
        yield before, item
        before = item


def starmap(function, iterable):
    for arguments in iterable:
        yield function(*arguments)


def tee(iterable, n=2):
    items = list(iterable)
    return tuple(iter(items) for _ in range(n))


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    ended = [False] * len(iterators)
    while iterators:
        row = []
        for index, iterator in enumerate(iterators):
            value = fillvalue
            if not ended[index]:
                try:
                    value = next(iterator)
                except StopIteration:
                    ended[index] = True
                    if all(ended):
                        return
            row.append(value)
        yield tuple(row)


def product(*iterables, repeat=1):
    pools = [tuple(iterable) for iterable in iterables] * repeat
    rows = [()]
    for pool in pools:
        rows = [row + (item,) for row in rows for item in pool]
    return iter(rows)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r

    def walk(taken):
        if len(taken) == r:
            yield tuple(pool[i] for i in taken)
            return
        for index in range(len(pool)):
            if index not in taken:
                yield from walk(taken + (index,))

    return walk(())


def combinations(iterable, r):
    pool = tuple(iterable)

    def walk(start, taken):
        if len(taken) == r:
            yield taken
            return
        for index in range(start, len(pool)):
            yield from walk(index + 1, taken + (pool[index],))

    return walk(0, ())


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)

    def walk(start, taken):
        if len(taken) == r:
            yield taken
            return
        for index in range(start, len(pool)):
            yield from walk(index, taken + (pool[index],))

    return walk(0, ())
