#%%
def kinds(x):
    match x:
        case 1 | 2: return "one or two"
        case str() as s if s.startswith("a"): return "a " + s
        case str(s): return s
        case [1, *rest, 9]: return rest
        case [x, y]: return (x, y)
        case {"k": v, **rest}: return v, rest
        case {}: return "map"
        case None | True: return "const"
        case -1.5 | 2+3j: return "num"
        case int(n) if n > 10: return n
        case (): return "empty"
        case _: return "other"
for v in (1, 2, "abc", "xyz", [1, 2, 3, 9], [4, 5], {"k": 1, "z": 2}, {}, None, True, -1.5, 2+3j, 11, 7, (), (1, 9), b"ab", {1, 2}):
    print(repr(v), kinds(v))
#%%
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
import enum
class C(enum.Enum):
    R = 1
    G = 2
def g(v):
    match v:
        case P(0, y=yy): return "zero", yy
        case P(x=P(a, b)): return a, b
        case P(x, y) if x == y: return "diag"
        case C.R: return "red"
        case C.G | C.R: return "green"
        case [P(), P()] as two: return len(two)
        case {"a": [1, {"b": c}]}: return c
        case bool(b): return "bool", b
        case float(): return "float"
    return None
print([g(v) for v in (P(0, 5), P(P(1, 2), 3), P(4, 4), P(4, 5), C.R, C.G, [P(1, 2), P(3, 4)], {"a": [1, {"b": 2}], "z": 0}, False, 1.5, "x")])
#%%
try:
    raise ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [KeyError(3), ValueError(4)])])
except* ValueError as e:
    print("V", e.exceptions)
except* (TypeError, KeyError) as e:
    print("T", e.exceptions)
#%%
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), OSError(2)])
    except* ValueError: print("v")
except ExceptionGroup as e: print(repr(e), e.message, e.subgroup(OSError), e.split(lambda x: isinstance(x, OSError)))
#%%
import asyncio
async def ag(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)
async def main():
    a = [x async for x in ag(3)]
    b = {x: y async for x in ag(2) for y in [x * 2] if x}
    c = [await asyncio.sleep(0, i) for i in range(3)]
    g = (x async for x in ag(2))
    d = [x async for x in g]
    return a, b, c, d, await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))
print(asyncio.run(main()))
#%%
class M:
    async def __aenter__(self): print("in"); return self
    async def __aexit__(self, *a): print("out", a[0]); return True
async def main():
    async with M() as m, M():
        raise ValueError
    return 5
import asyncio
print(asyncio.run(main()))
#%%
class Ctx:
    def __init__(s, n): s.n = n
    def __enter__(s): print("enter", s.n); return s.n
    def __exit__(s, *a): print("exit", s.n, a[0] and a[0].__name__); return s.n == 2
with (Ctx(1) as a, Ctx(2) as b, Ctx(3),):
    print(a, b); raise KeyError
with Ctx(2) as (c): print(c)
#%%
def deco(x): return lambda f: (x, f.__name__)
@deco(1)
def f(): pass
@(lambda f: f)
class A: pass
@[deco(2)][0]
def g(): pass
print(f, A.__name__, g)
#%%
def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
i = outer(); i(); print(i(), i.__closure__[0].cell_contents, [f() for f in [lambda k=k: k for k in range(3)]], [f() for f in [lambda: k for k in range(3)]])
#%%
def gen():
    x = yield 1
    print("got", x)
    try: y = yield 2
    except ValueError as e: print("caught", e); y = None
    return "end"
g = gen(); print(next(g), g.send("a"))
try: g.throw(ValueError("v"))
except StopIteration as e: print(e.value)
def d():
    r = yield from gen()
    print("r", r)
print(list(d()))
#%%
class Base:
    def __init_subclass__(cls, /, tag=None, **k): super().__init_subclass__(**k); cls.tag = tag
    def who(self): return "Base"
class Mid(Base, tag="m"):
    def who(self): return "Mid>" + super().who()
class Other(Base):
    def who(self): return "Other>" + super().who()
class Leaf(Mid, Other, tag="l"):
    def who(self): return "Leaf>" + super().who()
print(Leaf().who(), Leaf.tag, Mid.tag, [c.__name__ for c in Leaf.__mro__], Leaf.__bases__)
#%%
class D:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get(self.n, "unset")
    def __set__(self, o, v): o.__dict__[self.n] = v * 2
    def __delete__(self, o): del o.__dict__[self.n]
class A:
    x = D()
    __slots__ = ("__dict__",)
a = A(); print(a.x); a.x = 4; print(a.x, vars(a)); del a.x; print(a.x, A.x.n)
#%%
import dataclasses as dc
@dc.dataclass(order=True, frozen=True)
class P:
    x: int
    y: list = dc.field(default_factory=list, compare=False)
    z: str = "z"
p = P(1); q = P(1, [2], "y")
print(p, p == q, p > q, dc.asdict(q), dc.astuple(q), dc.replace(p, x=5), [f.name for f in dc.fields(P)], hash(p) == hash(P(1)))
try: p.x = 2
except dc.FrozenInstanceError as e: print(type(e).__name__, e)
@dc.dataclass(kw_only=True, slots=True)
class Q:
    a: int
    b: int = 1
    c: dc.InitVar[int] = 0
    def __post_init__(self, c): self.a += c
print(Q(a=1, c=5), Q(a=2) == Q(a=2))
#%%
import enum
class E(enum.Enum):
    A = 1
    B = "b"
    C = A
    @property
    def low(self): return self.name.lower()
    @classmethod
    def first(cls): return cls.A
class F(enum.Flag):
    R = enum.auto(); W = enum.auto(); RW = R | W
class I(enum.IntEnum):
    X = 3
class SE(enum.StrEnum):
    AB = enum.auto()
print(E.A, repr(E.B), E("b"), E["A"], E.C is E.A, list(E), E.A.low, E.first(), F.R | F.W, F.RW & F.R, ~F.R, F(3), I.X + 1, f"{I.X}", str(SE.AB), SE.AB == "ab", E.__members__, isinstance(E.A, E), len(E), "A" in E.__members__)
try: E(5)
except ValueError as e: print(e)
#%%
global_x = 1
def f():
    global global_x, made
    global_x += 1; made = 5
f(); print(global_x, made)
del made
try: made
except NameError as e: print(e)
def g():
    print(lo)
    lo = 1
try: g()
except UnboundLocalError as e: print(e)
#%%
x = [1, 2, 3, 4]
x[1:3] = [9]; print(x); del x[0]; x += (5,); x *= 2; print(x, x[::-2]); x[::2] = [0] * len(x[::2]); print(x)
a, (b, *c), d = 1, (2, 3, 4), 5; print(a, b, c, d)
(a, b), c = [1, 2], 3; [x, *y] = "abc"; print(a, b, c, x, y)
for i, (j, k) in enumerate([(1, 2)]): print(i, j, k)
else: print("done")
while True: break
else: print("no")
print([*range(2), *"ab"], {**{"a": 1}}, (*[1],), {*[1], 2})
#%%
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise ValueError("v") from e
except ValueError as e: print(repr(e.__cause__), e.__context__ is e.__cause__, e.__suppress_context__)
try:
    try: 1 / 0
    finally: [][0]
except IndexError as e: print(repr(e.__context__))
def f():
    try: return 1
    finally: print("fin")
print(f())
for i in range(3):
    try:
        if i == 1: continue
        if i == 2: break
    finally: print("f", i)
e = ValueError("a"); e.add_note("n"); print(e.__notes__, e.args, str(e), repr(e))
try: raise
except RuntimeError as e: print(e)
assert True, "x"
try: assert 0, ("a", 1)
except AssertionError as e: print(e.args)
#%%
# -*- coding: latin-1 -*-
print(1 + \
2, "a\
b")
if (True and
    True): print("ok")
x = """a
b"""; print(x)
#%%
print("%(a)s" % {"a": 1}, "{0}{1[0]}{2.real}{k!r:>4}".format(1, [2], 3, k="z"), "%-10s|%5.1f|%+d" % ("a", 2.25, 3), "%s" % "x", "%%", "%c" % "a")
try: "%d" % "a"
except TypeError as e: print(e)
try: "%s %s" % (1,)
except TypeError as e: print(e)
try: "{}{1}".format(1, 2)
except ValueError as e: print(e)
try: "{a}".format()
except KeyError as e: print(e)
#%%
import contextlib
@contextlib.contextmanager
def cm(x):
    print("in", x)
    try: yield x + 1
    except KeyError: print("swallow")
    finally: print("out")
with cm(1) as v: print(v)
with cm(2): raise KeyError
with contextlib.suppress(ValueError): raise ValueError
with contextlib.ExitStack() as s:
    a = s.enter_context(cm(5)); s.callback(print, "cb")
with contextlib.nullcontext(3) as n: print(n)
@cm(9)
def f(): print("f")
f()
class C(contextlib.ContextDecorator):
    def __enter__(self): print("E"); return self
    def __exit__(self, *a): print("X")
@C()
def g(): return 4
print(g())
with contextlib.closing(type("Z", (), {"close": lambda s: print("closed")})()): pass
#%%
import json, uuid, textwrap
data = json.loads('{"rows": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": []}]}')
for row in data["rows"]:
    tags = ",".join(row["tags"]) or "NULL"
    print(textwrap.dedent(f"""
        UPDATE t
           SET tags = '{tags}'
         WHERE id = {row["id"]};
    """).strip())
print(json.dumps(data, separators=(",", ":"), sort_keys=True), json.dumps(data, indent=2).count("\n"))
#%%
def chunks(seq, n):
    for i in range(0, len(seq), n): yield seq[i:i + n]
print(list(chunks(list(range(7)), 3)), [sum(c) for c in chunks(range(5), 2)])
def walk(tree, path=()):
    for k, v in tree.items():
        if isinstance(v, dict): yield from walk(v, path + (k,))
        else: yield ".".join(path + (k,)), v
print(dict(walk({"a": {"b": 1, "c": {"d": 2}}, "e": 3})))
#%%
class Money:
    __slots__ = ("v",)
    def __init__(self, v): self.v = v
    def __add__(self, o): return Money(self.v + (o.v if isinstance(o, Money) else o))
    __radd__ = __add__
    def __eq__(self, o): return isinstance(o, Money) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f"Money({self.v!r})"
    def __bool__(self): return bool(self.v)
    def __iter__(self): yield self.v
    def __len__(self): return 1
    def __getitem__(self, i): return [self.v][i]
    def __contains__(self, x): return x == self.v
    def __call__(self, k=1): return self.v * k
    def __format__(self, s): return format(self.v, s or ".2f")
    def __neg__(self): return Money(-self.v)
    def __index__(self): return self.v
    def __matmul__(self, o): return ("mm", self.v, o)
    def __iadd__(self, o): self.v += o; return self
    def __enter__(self): return self
    def __exit__(self, *a): return False
m = Money(3)
print(m + 1, 1 + m, sum([m, m]), m == Money(3), sorted([Money(2), Money(1)]), {Money(1): 1}[Money(1)], bool(Money(0)), [*m], len(m), m[0], 3 in m, m(k=2), f"{m}", f"{m:>6}", -m, [0, 1, 2, 3, 4][m], m @ 2, max(Money(1), Money(5)), range(m))
m += 5; print(m, m is not None, m != Money(8), m > Money(1))
#%%
import functools
class Temp:
    count = 0
    def __init__(self): type(self).count += 1
    @functools.cached_property
    def slow(self): print("once"); return 5
    @staticmethod
    def s(x): return x
    @classmethod
    def make(cls): return cls()
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v * 2
    @p.deleter
    def p(self): print("del"); del self._p
t = Temp.make(); print(t.slow, t.slow, t.s(1), Temp.s(2), Temp.count); t.p = 4; print(t.p); del t.p
print(hasattr(t, "p"), Temp.p.fget.__name__, Temp.make.__self__ is Temp)
@functools.singledispatch
def d(x): return "any"
@d.register
def _(x: int): return "int"
@d.register(str)
def _(x): return "str"
print(d(1), d("a"), d([]), d.dispatch(bool)(True))
@functools.total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) <= V(2), V(3) >= V(2), V(1) > V(2))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), fib.cache_info().hits > 0)
#%%
import abc
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
class Sq(Shape):
    name = "sq"
    def area(self): return 4
print(Sq().area(), Sq().name)
try: Shape()
except TypeError as e: print("abstract" in str(e))
class Meta(type):
    registry = {}
    def __new__(m, n, b, d, **k):
        c = super().__new__(m, n, b, d); m.registry[n] = k; return c
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
    def __call__(c, *a): print("make", c.__name__); return super().__call__(*a)
    def __getitem__(c, k): return (c.__name__, k)
    def __len__(c): return 42
    @classmethod
    def __prepare__(m, n, b, **k): return {"prepared": True}
class X(metaclass=Meta, opt=1): pass
X(); print(Meta.registry, X["k"], len(X), X.prepared, type(X).__name__)
