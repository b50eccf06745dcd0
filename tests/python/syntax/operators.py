a + b - c
#----
a * b / c // d % e @ f
#----
a ** b ** c
#----
-a ** -b
#----
(-a) ** b
#----
~a ** b
#----
not a == b
#----
not not a
#----
a or b and c or d
#----
a and b and c
#----
(a and b) and c
#----
a < b <= c != d == e > f >= g
#----
a in b
#----
a not in b
#----
a is b
#----
a is not b
#----
a is (not b)
#----
a < b in c is not d not in e
#----
a | b ^ c & d << e >> f
#----
a | b < c
#----
-a + +b - ~c
#----
- - + ~a
#----
a if b else c
#----
a if b else c if d else e
#----
(a if b else c) if d else e
#----
a or b if c and d else not e
#----
lambda: 0
#----
lambda x: x
#----
lambda x, y=1, *a, z, w=2, **k: (x, y)
#----
lambda *, a: a
#----
lambda a, /: a
#----
lambda a, b=1, /, c=2, *, d: a
#----
lambda *a: a
#----
lambda **k: k
#----
lambda x: lambda y: x + y
#----
lambda: a if b else c
#----
lambda: (yield)
#----
f = lambda x=lambda: 1: x
#----
a if b else lambda: c
#----
(x := 1)
#----
(x := y, z)
#----
[x := 1, y := 2]
#----
{x := 1}
#----
f(x := 1)
#----
a[x := 1]
#----
a[x := 1, y := 2]
#----
(x := (y := 1))
#----
x = (y := 1)
#----
if x := 1: pass
#----
while x := f(): pass
#----
(lambda: (x := 1))
#----
await_ = 1
#----
a.b.c
#----
a.b().c[d].e
#----
(a).b
#----
(a + b).c
#----
1 .real
#----
1.0.real
#----
1..real
#----
"a".join(b)
#----
[].append
#----
{}.get
#----
f()()()
#----
f(a, b, c=1, *d, e=2, **f)
#----
f(*a, *b, **c, **d)
#----
f(*a, b, *c, d)
#----
f(a, b, )
#----
f(x for x in y)
#----
f((x for x in y), 1)
#----
f(a, (x for x in y))
#----
f(a=(x for x in y))
#----
f(*x or y)
#----
f(**x or y)
#----
f(a)(b)(c=d)
#----
f(
  a,  # one
  b
)
#----
f(lambda x: x, y)
#----
f(a if b else c)
#----
f(await_)
#----
f(print=1, match=2, type=3, case=4, _=5)
#----
a[1]
#----
a[1:2]
#----
a[1:2:3]
#----
a[:]
#----
a[::]
#----
a[:2]
#----
a[1:]
#----
a[::2]
#----
a[1::2]
#----
a[:2:]
#----
a[1, 2]
#----
a[1:2, 3]
#----
a[1:2, ::3]
#----
a[1,]
#----
a[...]
#----
a[..., 1]
#----
a[b][c]
#----
a[b, c][d]
#----
a[lambda: 1]
#----
a[b if c else d:e]
#----
a[*b]
#----
a[*b, c]
#----
a[b, *c, d:e]
#----
a[()]
#----
a[(b, c)]
#----
a[(b := 1):2]
#----
a[-1]
#----
a[not b]
