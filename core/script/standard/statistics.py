# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "statistics": averages.
from fractions import Fraction as _Fraction

import _stillroom


class StatisticsError(ValueError):
    pass


def _given(data, what):
    rows = list(data)
    if not rows:
        raise StatisticsError(what + " requires at least one data point" if what != "no median" else "no median for empty data")
    return rows


def mean(data):
    rows = _given(data, "mean")
    total = sum((_Fraction(each) for each in rows), _Fraction(0)) / len(rows)
    kinds = {type(each) for each in rows}
    if kinds <= {int, bool}:
        return int(total) if total.denominator == 1 else float(total)
    if kinds <= {int, bool, float}:
        return float(total)
    if len(kinds) == 1:
        return rows[0].__class__(total.numerator) / total.denominator
    _stillroom.stop("statistics.mean() of numbers of several kinds is not evaluated")


def fmean(data):
    rows = _given(data, "fmean")
    return float(sum((_Fraction(each) for each in rows), _Fraction(0)) / len(rows))


def median(data):
    rows = sorted(_given(data, "no median"))
    half = len(rows) // 2
    return rows[half] if len(rows) % 2 else (rows[half - 1] + rows[half]) / 2


def median_low(data):
    rows = sorted(_given(data, "no median"))
    return rows[(len(rows) - 1) // 2]


def median_high(data):
    rows = sorted(_given(data, "no median"))
    return rows[len(rows) // 2]


def multimode(data):
    counts = {}
    for each in data:
        counts[each] = counts.get(each, 0) + 1
    return [each for each, number in counts.items() if number == max(counts.values())]


def mode(data):
    modes = multimode(data)
    if not modes:
        raise StatisticsError("no mode for empty data")
    return modes[0]


def __getattr__(name):
    return _stillroom.unknown("statistics.%s is not evaluated" % name)
