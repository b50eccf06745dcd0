if a: b
#----
if a: b; c
#----
if a:
    b
#----
if a:
    b
else:
    c
#----
if a:
    b
elif c:
    d
elif e:
    f
else:
    g
#----
if a: b
elif c: d
else: e
#----
if a:
    if b:
        c
    else:
        d
#----
while a: b
#----
while a:
    break
else:
    c
#----
while a:
    if b: continue
    if c: break
#----
for a in b: c
#----
for a, b in c: d
#----
for a, in b: c
#----
for (a, b) in c: d
#----
for [a, b] in c: d
#----
for a, *b in c: d
#----
for a.b in c: d
#----
for a[0] in b: c
#----
for a, b.c, d[0] in e: f
#----
for a in b, c: d
#----
for a in *b, c: d
#----
for a in b:
    continue
else:
    d
#----
for a in b if c else d: e
#----
for a in lambda: b: c
#----
for x in range(3):
    def f(): return x
    class A: y = x
#----
try:
    a
except:
    b
#----
try:
    a
except A:
    b
except B as e:
    c
except (C, D) as e:
    d
except:
    f
else:
    g
finally:
    h
#----
try: a
finally: b
#----
try: a
except A: b
else: c
#----
try:
    a
except* A:
    b
except* (B, C) as e:
    c
#----
try:
    a
except *A:
    b
#----
with a: b
#----
with a as b: c
#----
with a, b: c
#----
with a as b, c as d: e
#----
with a as (b, c): d
#----
with a as [b, *c]: d
#----
with a as b.c, d as e[0]: f
#----
with (a): b
#----
with (a, b): c
#----
with (a as b): c
#----
with (a as b, c as d): e
#----
with (a as b, c as d,): e
#----
with (a, b as c, d): e
#----
with (a, b) as c: d
#----
with (a, b), c: d
#----
with (a), (b): c
#----
with (a).b: c
#----
with (a)(b): c
#----
with (a if b else c): d
#----
with (a := b): c
#----
with (a for a in b): c
#----
with (): a
#----
with (a,): b
#----
with (*a, b): c
#----
with (yield_): c
#----
with (a as b.c, d as (e, f)): g
#----
with (
    a as b,
    c
):
    d
#----
with (a, b)[0] as c: d
#----
with open("a") as f, open("b") as g: pass
#----
if (a and
    b):
  c
#----
if a:
	b
	c
#----
if a:
        b
#----
if a:
	if b:
	    c
#----
class A: pass
#----
class A(): pass
#----
class A(B): pass
#----
class A(B, C, metaclass=D, **k): pass
#----
class A(*B): pass
#----
class A(B, x=1):
    """doc"""
    y: int = 2
    def f(self): pass
    class C:
        pass
#----
@a
class B: pass
#----
@a
@b.c(d)
def e(): pass
#----
@a[0]
@(lambda f: f)
@a or b
@x if y else z
@(x := y)
def e(): pass
#----
@a
async def b(): pass
#----
def f(): pass
#----
def f():
    pass
#----
def f(): return
#----
def f(): return 1
#----
def f(): return 1, 2
#----
def f(): return *a, b
#----
def f(a): pass
#----
def f(a,): pass
#----
def f(a, b=1): pass
#----
def f(a, *b): pass
#----
def f(a, *, b): pass
#----
def f(a, *, b=1, c): pass
#----
def f(a, *b, c, d=1, **e): pass
#----
def f(**a): pass
#----
def f(**a,): pass
#----
def f(*a,): pass
#----
def f(a, /): pass
#----
def f(a, /, b): pass
#----
def f(a, b=1, /, c=2): pass
#----
def f(a, /, *, b): pass
#----
def f(a, /, b, *c, d, **e): pass
#----
def f(a: int, b: str = "x", *c: tuple, d: int = 1, **e: dict) -> None: pass
#----
def f(*args: *Ts): pass
#----
def f() -> a if b else c: pass
#----
def f(a=lambda x: x, b=(1, 2)): pass
#----
def f(
    a,
    b,  # c
):
    pass
#----
def f():
    """doc"""
    x = 1
    def g():
        nonlocal x
        x = 2
    return g
#----
def f():
    global x
    x = 1
#----
def f(): yield
#----
def f(): yield 1
#----
def f(): yield 1, 2
#----
def f(): yield *a, b
#----
def f(): yield from a
#----
def f(): x = yield
#----
def f(): x = yield 1
#----
def f(): x += yield 1
#----
def f(): x: int = yield 1
#----
def f(): x = y = yield
#----
def f(): (yield)
#----
def f(): a((yield), (yield b))
#----
def f(): return (yield)
#----
def f(): [(yield)]
#----
def f(): yield (yield)
#----
def f(): await_
#----
async def f(): await a
#----
async def f(): await a.b(c)[d]
#----
async def f(): return await a ** b
#----
async def f(): -await a
#----
async def f(): await a + await b
#----
async def f():
    async for a in b: c
    else: d
#----
async def f():
    async with a as b, c: d
#----
async def f():
    async with (a as b, c as d): e
#----
async def f(): [a async for a in b]
#----
async def f(): [a async for a in b if await c]
#----
async def f(): [await a for a in b]
#----
async def f(): {a: b async for a, b in c}
#----
async def f(): (a async for a in b for c in d)
#----
async def f(): yield a
#----
async def f():
    def g(): yield from a
#----
def f(): return (a async for a in b)
#----
def f(): return (await a for a in b)
#----
def f():
    while a:
        try: break
        finally: b
#----
def f():
    for a in b:
        with c: continue
#----
def f():
    class A:
        def g(self):
            nonlocal __class__
#----
def f():
    (x for x in y)
    return lambda: x
#----
if a:
    pass

    # comment

# comment at the margin
    b
#----
if a:
    b
#----
# trailing comment
#----
if a:

    b
#----
if c: d
