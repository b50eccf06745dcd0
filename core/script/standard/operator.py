# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "operator".
_absolute = abs


def itemgetter(item, /, *items):
    if not items:
        return lambda value: value[item]
    return lambda value: tuple(value[key] for key in (item, *items))


def _walk(value, path):
    for name in path.split("."):
        value = getattr(value, name)
    return value


def attrgetter(path, /, *paths):
    if not all(isinstance(each, str) for each in (path, *paths)):
        raise TypeError("attribute name must be a string")
    if not paths:
        return lambda value: _walk(value, path)
    return lambda value: tuple(_walk(value, each) for each in (path, *paths))


def methodcaller(name, /, *args, **keywords):
    return lambda value: getattr(value, name)(*args, **keywords)


def add(a, b, /): return a + b
def sub(a, b, /): return a - b
def mul(a, b, /): return a * b
def matmul(a, b, /): return a @ b
def truediv(a, b, /): return a / b
def floordiv(a, b, /): return a // b
def mod(a, b, /): return a % b
def pow(a, b, /): return a**b
def neg(a, /): return -a
def pos(a, /): return +a
def abs(a, /): return _absolute(a)
def not_(a, /): return not a
def truth(a, /): return bool(a)
def and_(a, b, /): return a & b
def or_(a, b, /): return a | b
def xor(a, b, /): return a ^ b
def invert(a, /): return ~a
def lshift(a, b, /): return a << b
def rshift(a, b, /): return a >> b
def eq(a, b, /): return a == b
def ne(a, b, /): return a != b
def lt(a, b, /): return a < b
def le(a, b, /): return a <= b
def gt(a, b, /): return a > b
def ge(a, b, /): return a >= b
def is_(a, b, /): return a is b
def is_not(a, b, /): return a is not b
def is_none(a, /): return a is None
def is_not_none(a, /): return a is not None
def contains(a, b, /): return b in a
def countOf(a, b, /): return sum(1 for item in a if item is b or item == b)
def getitem(a, b, /): return a[b]


def concat(a, b, /):
    if not hasattr(a, "__getitem__"):
        raise TypeError("%r object can't be concatenated" % type(a).__name__)
    return a + b


def indexOf(a, b, /):
    for index, item in enumerate(a):
        if item is b or item == b:
            return index
    raise ValueError("sequence.index(x): x not in sequence")


def index(a, /):
    return a.__index__()


def length_hint(obj, default=0, /):
    return len(obj) if hasattr(obj, "__len__") else default


def call(obj, /, *args, **keywords):
    return obj(*args, **keywords)


def setitem(a, b, c, /):
    a[b] = c


def delitem(a, b, /):
    del a[b]


def iadd(a, b, /):
    a += b
    return a


def isub(a, b, /):
    a -= b
    return a


def imul(a, b, /):
    a *= b
    return a


def imatmul(a, b, /):
    a @= b
    return a


def itruediv(a, b, /):
    a /= b
    return a


def ifloordiv(a, b, /):
    a //= b
    return a


def imod(a, b, /):
    a %= b
    return a


def ipow(a, b, /):
    a **= b
    return a


def iand(a, b, /):
    a &= b
    return a


def ior(a, b, /):
    a |= b
    return a


def ixor(a, b, /):
    a ^= b
    return a


def ilshift(a, b, /):
    a <<= b
    return a


def irshift(a, b, /):
    a >>= b
    return a


inv, iconcat = invert, iadd
__lt__, __le__, __eq__, __ne__, __ge__, __gt__, __not__, __abs__ = lt, le, eq, ne, ge, gt, not_, abs
__add__, __sub__, __mul__, __and__, __or__, __xor__, __neg__, __contains__, __getitem__ = add, sub, mul, and_, or_, xor, neg, contains, getitem
