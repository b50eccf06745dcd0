pass
#----
pass;
#----
pass; pass
#----
a; b; c;
#----
x = 1
#----
x = y = z = 1
#----
x, y = 1, 2
#----
(x, y) = z
#----
[x, y] = z
#----
[x, [y, z]] = w
#----
x, *y = z
#----
*x, y = z
#----
*x, = y
#----
[*x] = y
#----
(*x, y) = z
#----
x.a = 1
#----
x[0] = 1
#----
x[0].a = y[1:2] = z
#----
x.a, y[0] = z
#----
() = x
#----
[] = x
#----
(x) = 1
#----
((x)) = 1
#----
(x.a) = 1
#----
x = 1,
#----
x = *y, z
#----
x = (yield_)
#----
x += 1
#----
x -= 1
#----
x *= 1
#----
x /= 1
#----
x //= 1
#----
x %= 1
#----
x @= 1
#----
x **= 1
#----
x <<= 1
#----
x >>= 1
#----
x &= 1
#----
x |= 1
#----
x ^= 1
#----
x.a += 1
#----
x[0] += 1, 2
#----
(x) += 1
#----
x: int
#----
x: int = 1
#----
x: int = 1, 2
#----
x: List[int] = []
#----
x.a: int
#----
x[0]: int = 1
#----
(x): int = 1
#----
x: "forward"
#----
x: lambda: 1 = 2
#----
x: int = *a, b
#----
del x
#----
del x, y
#----
del x,
#----
del (x)
#----
del (x, y)
#----
del [x, y]
#----
del ()
#----
del x.a, x[0], x[1:2]
#----
del (x), y
#----
assert x
#----
assert x, "message"
#----
assert (x, y) == z, f"{x}"
#----
raise
#----
raise X
#----
raise X()
#----
raise X from Y
#----
raise X() from None
#----
import a
#----
import a.b.c
#----
import a as b
#----
import a.b as c
#----
import a, b as c, d.e
#----
import a . b
#----
from a import b
#----
from a import b as c
#----
from a import b, c as d
#----
from a import (b)
#----
from a import (b, c,)
#----
from a import (
    b,  # why
    c as d,
)
#----
from a.b.c import d
#----
from . import a
#----
from .a import b
#----
from .. import a
#----
from ... import a
#----
from .... import a
#----
from ...a.b import c
#----
from . . import a
#----
from a import *
#----
from .a import *
#----
from __future__ import annotations
#----
global x
#----
x; global y
#----
'text'
#----
...
#----
print("a", file=b)
#----
print >>a, b
#----
print (a), b
#----
exec("a")
#----
a if b else c
#----
lambda: 1
#----
[a for a in b]
#----
a == b
#----
(a
 + b)
#----
a = \
  b
#----
a = b \
  + \
  c
#----
if 1: \
  a
