# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "bisect".


def bisect_right(rows, wanted, lo=0, hi=None, *, key=None):
    hi = len(rows) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if wanted < (rows[middle] if key is None else key(rows[middle])):
            hi = middle
        else:
            lo = middle + 1
    return lo


def bisect_left(rows, wanted, lo=0, hi=None, *, key=None):
    hi = len(rows) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if (rows[middle] if key is None else key(rows[middle])) < wanted:
            lo = middle + 1
        else:
            hi = middle
    return lo


bisect = bisect_right


def insort(rows, item, lo=0, hi=None, *, key=None):
    rows.insert(bisect_right(rows, item if key is None else key(item), lo, hi, key=key), item)


insort_right = insort
