# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "math": what is exact. The rest is computed by the program itself (mathmodule.cpp).

tau = 6.283185307179586


def _whole(value):
    if not hasattr(value, "__index__"):
        raise TypeError("%r object cannot be interpreted as an integer" % type(value).__name__)
    return value.__index__()


def _product(numbers):
    if len(numbers) < 16:
        made = 1
        for number in numbers:
            made *= number
        return made
    half = len(numbers) // 2
    return _product(numbers[:half]) * _product(numbers[half:])


def factorial(n, /):
    n = _whole(n)
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    return _product(range(2, n + 1))


def gcd(*integers):
    made = 0
    for each in integers:
        a, b = abs(_whole(each)), made
        while b:
            a, b = b, a % b
        made = a
    return made


def lcm(*integers):
    made = 1
    for each in integers:
        each = abs(_whole(each))
        made = made // gcd(made, each) * each if made and each else 0
    return made


def _counts(n, k):
    if n < 0 or k < 0:
        raise ValueError("%s must be a non-negative integer" % ("n" if n < 0 else "k"))


def comb(n, k, /):
    n, k = _whole(n), _whole(k)
    _counts(n, k)
    if k > n:
        return 0
    k = min(k, n - k)
    return _product(range(n - k + 1, n + 1)) // factorial(k)


def perm(n, k=None, /):
    n = _whole(n)
    k = n if k is None else _whole(k)
    _counts(n, k)
    return 0 if k > n else _product(range(n - k + 1, n + 1))


def isqrt(n, /):
    n = _whole(n)
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    root = 1 << (n.bit_length() + 1) // 2
    while n:
        better = (root + n // root) // 2
        if better >= root:
            return root
        root = better
    return 0


def prod(iterable, /, *, start=1):
    for each in iterable:
        start = start * each
    return start


def fsum(seq, /):
    top, bottom, special = 0, 1, 0.0
    for each in seq:
        each = float(each)
        if each - each != 0:
            special += each
            continue
        a, b = each.as_integer_ratio()
        if b > bottom:
            top, bottom = top * (b // bottom), b
        top += a * (bottom // b)
    return top / bottom if special == 0 else special


def sumprod(p, q, /):
    return sum(a * b for a, b in zip(p, q, strict=True))


def hypot(*coordinates):
    return dist((0.0,) * len(coordinates), coordinates)


def dist(p, q, /):
    p, q = tuple(map(float, p)), tuple(map(float, q))
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    apart = [abs(a - b) for a, b in zip(p, q)]
    if any(each - each != 0 for each in apart):
        return float("inf") if float("inf") in apart else float("nan")
    ratios = [each.as_integer_ratio() for each in apart]
    scale = max([b for a, b in ratios], default=1)
    square = sum([(a * (scale // b)) ** 2 for a, b in ratios])
    # The root of a whole number with so many bits that the one rounding which follows is the right one.
    shift = max(0, 120 - square.bit_length() // 2)
    root = isqrt(square << 2 * shift)
    if root * root != square << 2 * shift:
        root |= 1
    return root / (scale << shift)
