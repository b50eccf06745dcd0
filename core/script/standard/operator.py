# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "operator".


def itemgetter(*keys):
    if len(keys) == 1:
        return lambda value: value[keys[0]]
    return lambda value: tuple(value[key] for key in keys)


def _walk(value, path):
    for name in path.split("."):
        value = getattr(value, name)
    return value


def attrgetter(*paths):
    if len(paths) == 1:
        return lambda value: _walk(value, paths[0])
    return lambda value: tuple(_walk(value, path) for path in paths)


def methodcaller(name, /, *args, **keywords):
    return lambda value: getattr(value, name)(*args, **keywords)


def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def neg(a): return -a
def pos(a): return +a
def abs(a): return a if a >= 0 else -a
def not_(a): return not a
def truth(a): return bool(a)
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def invert(a): return ~a
def lshift(a, b): return a << b
def rshift(a, b): return a >> b
def eq(a, b): return a == b
def ne(a, b): return a != b
def lt(a, b): return a < b
def le(a, b): return a <= b
def gt(a, b): return a > b
def ge(a, b): return a >= b
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def contains(a, b): return b in a
def concat(a, b): return a + b
def countOf(a, b): return sum(1 for item in a if item == b)
def indexOf(a, b): return list(a).index(b)
def getitem(a, b): return a[b]


def setitem(a, b, c):
    a[b] = c


def delitem(a, b):
    del a[b]
