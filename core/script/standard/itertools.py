# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "itertools".


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


def groupby(iterable, key=None):
    # Groups are lists here: a group may be read after the next one has begun, which CPython's may not.
    group = []
    current = None
    for item in iterable:
        value = item if key is None else key(item)
        if group and value != current:
            yield current, iter(group)
            group = []
        current = value
        group.append(item)
    if group:
        yield current, iter(group)


def islice(iterable, *bounds):
    limits = slice(*bounds)
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
