# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "heapq": a sorted list is a heap.
from bisect import insort as _insort


def heapify(rows):
    rows.sort()


def heappush(rows, item):
    _insort(rows, item)


def heappop(rows):
    return rows.pop(0)


def heappushpop(rows, item):
    heappush(rows, item)
    return heappop(rows)


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]


def merge(*iterables, key=None, reverse=False):
    return iter(sorted([item for iterable in iterables for item in iterable], key=key, reverse=reverse))
