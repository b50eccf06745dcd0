class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super(C, self).f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [k.__name__ for k in D.__mro__], D.mro() == list(D.__mro__), D.__bases__ == (B, C), super(B, D()).f(), A.__subclasses__() == [B, C])
#%%
class X: pass
class Y(X): pass
class Z(X, Y): pass
#%%
class A: pass
class B(A, A): pass
#%%
class A(5): pass
#%%
class A(bool): pass
#%%
class A(type(None)): pass
#%%
class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Base.subs.append((cls.__name__, tag))
class P(Base, tag='p'): pass
class Q(P): pass
print(Base.subs)
class R(Base, nope=1): pass
#%%
class D:
    def __set_name__(self, owner, name): self.name = name; print('set_name', owner.__name__, name)
    def __get__(self, obj, owner=None): return self if obj is None else obj.__dict__.get(self.name, 'unset')
    def __set__(self, obj, v): obj.__dict__[self.name] = ('set', v)
    def __delete__(self, obj): del obj.__dict__[self.name]; print('deleted')
class A: x = D(); y = D()
a = A(); print(a.x); a.x = 5; print(a.x, a.__dict__); del a.x; print(a.x, A.x is A.__dict__['x'])
class ND:
    def __get__(self, o, t): return 'nd'
class B: z = ND()
b = B(); print(b.z, B.z); b.z = 1; print(b.z)
#%%
class A:
    def __init__(self): self._x = 1
    @property
    def x(self):
        'doc'
        return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    @x.deleter
    def x(self): print('del'); self._x = None
    @property
    def ro(self): return 'ro'
    y = property(lambda s: 'y', doc='d')
a = A(); a.x = 5; print(a.x, a.ro, a.y, A.x.__doc__, A.y.__doc__, A.x.fget(a)); del a.x; print(a.x)
try: a.ro = 1
except AttributeError as e: print('AttributeError')
try: del a.ro
except AttributeError as e: print('AttributeError')
class B(A):
    @property
    def x(self): return 'B' + str(super().x)
    @A.ro.getter
    def ro(self): return 'B' + super().ro
print(B().x, B().ro)
#%%
class V:
    def __init__(s, v): s.v = v
    def __repr__(s): return f'V({s.v})'
    def b(name):
        def op(s, o): return f'{name}({s.v},{getattr(o, "v", o)})'
        return op
    for _n in 'add sub mul truediv floordiv mod pow matmul and or xor lshift rshift divmod'.split():
        locals()[f'__{_n}__'] = b(_n); locals()[f'__r{_n}__'] = b('r' + _n)
    def __neg__(s): return 'neg'
    def __pos__(s): return 'pos'
    def __invert__(s): return 'inv'
    def __abs__(s): return 'abs'
    def __round__(s, n=None): return ('round', n)
    def __int__(s): return 7
    def __float__(s): return 7.5
    def __index__(s): return 2
    def __bool__(s): return False
    def __len__(s): return 3
    def __contains__(s, x): return x == 'in'
    def __getitem__(s, k): return ('item', k)
    def __call__(s, *a, **k): return (a, k)
    def __format__(s, spec): return f'<{spec}>'
    def __iter__(s): return iter('ab')
    def __reversed__(s): return ['rev']
    def __trunc__(s): return 1
    def __ceil__(s): return 'ceil'
    def __floor__(s): return 'floor'
    def __dir__(s): return ['z', 'y']
    def __bytes__(s): return b'by'
    def __hash__(s): return 5
    def __complex__(s): return 1j
a, c = V(1), V(2)
print(a + c, a - 1, 1 - a, a * 2, 2 * a, a / 1, 1 / a, a // 1, 1 // a, a % 1, 1 % a, a ** 2, 2 ** a, a @ 1, 1 @ a, a & 1, 1 & a, a | 1, 1 | a, a ^ 1, 1 ^ a, a << 1, 1 << a, a >> 1, 1 >> a, divmod(a, 1), divmod(1, a))
print(-a, +a, ~a, abs(a), round(a), round(a, 2), int(a), float(a), [10, 20, 30][a], bool(a), len(a), 'in' in a, 'x' in a, a[1], a[1:2], a[1, 2], a[...], a[::2], a(1, k=2), f'{a:spec}', format(a), '{:x}'.format(a), list(a), reversed(a), dir(a), bytes(a), hash(a), complex(a), hex(a), 'x' * a, range(a), '%d' % a)
import math
print(math.ceil(a), math.floor(a), math.trunc(a))
a += 1; print(a)
#%%
class A:
    def __iadd__(s, o): print('iadd', o); return s
    def __imul__(s, o): return 'imul'
    def __ior__(s, o): return NotImplemented
    def __or__(s, o): return 'or'
    def __imatmul__(s, o): return 'imm'
a = b = A(); a += 5; print(a is b); a *= 2; print(a); b |= 1; print(b)
c = A(); c @= 1; print(c)
c = A(); c -= 1
#%%
class A:
    def __add__(s, o): return NotImplemented
    def __radd__(s, o): return 'radd'
class B(A):
    def __radd__(s, o): return 'Bradd'
print(A() + B(), B() + A() if 0 else 1, 1 + A())
A() + 1
#%%
class A:
    def __lt__(s, o): return NotImplemented
    def __gt__(s, o): return 'gt'
    def __eq__(s, o): return NotImplemented
    def __le__(s, o): return []
class B(A):
    def __gt__(s, o): return 'Bgt'
a = A()
print(a < A(), a > 1, A() == A(), a == a, a != a, a != 1, a <= 1, a < B(), 1 < a)
print(a >= 1)
#%%
class A:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return isinstance(o, A) and s.v == o.v
print(A(1) == A(1), A(1) != A(1), A(1) in [A(1)], [A(1)].index(A(1)), A.__hash__)
hash(A(1))
#%%
class A:
    def __eq__(s, o): return True
    def __hash__(s): return 1
d = {A(): 1}; d[A()] = 2; print(len(d), A() in d, len({A(), A()}), d.get(A()))
class B:
    def __hash__(s): return 'x'
hash(B())
#%%
class A:
    x = 1
    def __getattr__(s, n):
        if n.startswith('_'): raise AttributeError(n)
        return f'got {n}'
    def __setattr__(s, n, v): print('set', n, v); object.__setattr__(s, n, v)
    def __delattr__(s, n): print('del', n); super().__delattr__(n)
a = A(); print(a.x, a.y); a.y = 3; print(a.y); del a.y; print(a.y, hasattr(a, '_q'), getattr(a, '_q', 'd'))
a._z
#%%
class A:
    def __getattribute__(s, n):
        if n == 'magic': return 42
        return super().__getattribute__(n)
    y = 1
print(A().magic, A().y)
A().nope
#%%
class A:
    def __getitem__(s, i):
        if i > 3: raise IndexError
        return i * 10
print(list(A()), 20 in A(), 25 in A(), [*A()], max(A()), tuple(zip(A(), 'ab')))
class B:
    def __setitem__(s, k, v): print('set', k, v)
    def __delitem__(s, k): print('del', k)
b = B(); b[1:2] = 5; b['a', 1] = 2; del b[::3]; b[...] = 1
b[0]
#%%
class C:
    n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n > 3: raise StopIteration
        return s.n
print(list(C()), sum(C()), [*C(), *C()], dict(zip('abc', C())), 2 in C())
class B:
    def __iter__(s): return 5
list(B())
#%%
class L:
    def __len__(s): return -1
len(L())
#%%
class L:
    def __len__(s): return 'a'
len(L())
#%%
class B:
    def __bool__(s): return 5
bool(B())
#%%
class S:
    def __str__(s): return 5
str(S())
#%%
class S:
    def __repr__(s): return 'R'
class T(S):
    def __str__(s): return 'T'
print(S(), str(S()), repr(T()), T(), [T()], f'{T()}{T()!r}', '%s%r' % (T(), T()), {'a': T()}, '{0!s:>3}{0!r:>3}'.format(T()))
print(format(S(), '>5'))
#%%
class A:
    @classmethod
    def c(cls, x): return (cls.__name__, x)
    @staticmethod
    def s(x): return x
    def m(self): return self
    @classmethod
    @property
    def cp(cls): return cls.__name__
class B(A): pass
print(A.c(1), B().c(2), A.s(3), B().s(4), B.m('self'), A.m.__name__, B().m.__func__ is A.m, B().m.__self__.__class__.__name__)
b = B(); f = b.m; print(f() is b, f == b.m, A.c.__self__ is A)
A.m()
#%%
class A:
    def __new__(cls, *a):
        o = super().__new__(cls)
        o.n = a
        return o
    def __init__(self, *a): self.i = a
a = A(1, 2); print(a.n, a.i)
class B:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(B())
class S(str):
    def __new__(cls, v, extra): s = super().__new__(cls, v.upper()); s.extra = extra; return s
s = S('ab', 9); print(s, s.extra, s == 'AB', isinstance(s, str), s + 'x', type(s + 'x').__name__, len(s), s.lower(), {s: 1}['AB'], repr(s), type(s).__name__)
class I(int):
    def __add__(s, o): return I(int(s) + o + 100)
    def __repr__(s): return f'I({int(s)})'
print(I(5) + 1, I(5) - 1, 1 + I(5), I('7'), I(5) == 5, hash(I(5)) == hash(5), f'{I(5)}', '%d' % I(5), [1, 2, 3][I(1)], sorted([I(3), 1]))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(s): return s[0]
t = T(1, 2); print(t, t.first, t + (3,), len(t), t == (1, 2), T() == (), [*t])
class L(list):
    def append(s, x): super().append(x * 2)
l = L([1]); l.append(5); l += [3]; print(l, type(l[:]).__name__, type(l + []).__name__, L('ab'), l == [1, 10, 3], isinstance(l, list))
class D(dict):
    def __missing__(s, k): return f'missing {k}'
    def __getattr__(s, k): return s[k]
d = D(a=1); print(d['a'], d['z'], d.get('z'), 'z' in d, d.q, d, D({'x': 1}) == {'x': 1}, {**d}, dict(d), d.copy())
class E(set): pass
print(E([1]) | {2}, type(E([1]) | {2}).__name__, E() == set())
class F(float): pass
print(F(1.5) + 1, F('2'), round(F(2.5)), F(1.0))
#%%
class M(type):
    def __getattr__(cls, n): return f'meta {n}'
    def __iter__(cls): return iter(['i', 't'])
    def __len__(cls): return 9
    def __contains__(cls, x): return x == 1
    def __getitem__(cls, k): return ('meta item', k)
    def __repr__(cls): return f'<M {cls.__name__}>'
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, o): return o is int
    def __eq__(cls, o): return o == 'eq'
    def __hash__(cls): return 3
    def __or__(cls, o): return 'or'
    def __bool__(cls): return False
    def __lt__(cls, o): return 'lt'
    @property
    def prop(cls): return 'metaprop'
class A(metaclass=M): x = 1
print(A.zzz, list(A), len(A), 1 in A, 2 in A, A['k'], A, isinstance(5, A), isinstance(6, A), issubclass(int, A), A == 'eq', A | 1, bool(A), A < 1, A.prop, A.x, hash(A))
class B(A): pass
print(type(B) is M, B, type(A()).__name__)
A().zzz
#%%
class M1(type): pass
class M2(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
class C(A, B): pass
#%%
T = type('T', (dict,), {'x': 1, 'm': lambda self: self.x})
print(T.__name__, T().m(), T.__bases__, T(a=1), type(T).__name__)
def factory(n):
    class K:
        name = n
        def __init__(self): self.n = n
    K.__name__ = K.__qualname__ = 'K' + n
    return K
K = factory('z'); print(K.__name__, K().n, K.name)
#%%
class A:
    a = 1
    b = a + 1
    c = [a for _ in range(1)] if False else 0
    def m(self): return __class__
    del c
    if b > 1: d = 'cond'
    for i in range(3): pass
    def __secret(self): return 'mangled'
    def call(self): return self.__secret()
    __x = 5
print(A.b, A.d, A.i, A().m() is A, A().call(), A._A__secret(0), A._A__x, hasattr(A, 'c'), [k for k in vars(A) if 'x' in k])
class B(A):
    def call2(self): return self.__secret()
B().call2()
#%%
class A:
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __del__(self): pass
    def __init_subclass__(cls): cls.reg = cls.__name__
    def __class_getitem__(cls, k): return (cls.__name__, k)
    def __sizeof__(self): return 1
    def __reduce__(self): return 'x'
class B(A): pass
print(B.reg, A[int], B['x'], A.__name__)
with A(): raise KeyboardInterrupt
print('swallowed')
a = A(); a.__class__ = B; print(type(a).__name__, isinstance(a, B))
a.__dict__['dyn'] = 5; print(a.dyn, vars(a))
A.late = lambda self: 'late'; print(a.late()); del A.late; print(hasattr(a, 'late'))
a.f = lambda: 'no self'; print(a.f())
#%%
class A: 
    def __init__(self): return 5
A()
#%%
class A:
    def __init__(self, x): pass
A()
#%%
class A: pass
A(1)
#%%
class A:
    def f(): pass
A().f()
#%%
class A: pass
A().x
#%%
class A: pass
A.x
#%%
class A: pass
del A().x
#%%
class A: pass
A() + A()
#%%
class A: pass
A()[0]
#%%
class A: pass
A()()
#%%
class A: pass
for x in A(): pass
#%%
class A: pass
len(A())
#%%
class A: pass
A() < A()
#%%
class A: pass
x = A(); x.a = 1; x.b = [x.a]; x.b[0] += 1; x.a -= 5
print(x.__dict__, vars(x), x == x, x != A(), bool(x), isinstance(hash(x), int), repr(A).startswith('<class'), A.__dict__.get('zz'), A.__doc__, str(A))
setattr(x, 'dyn attr', 1); print(getattr(x, 'dyn attr')); delattr(x, 'a'); print(hasattr(x, 'a'))
#%%
from abc import ABC, abstractmethod, ABCMeta
class A(ABC):
    @abstractmethod
    def f(self): return 'base'
    @property
    @abstractmethod
    def p(self): ...
    @classmethod
    @abstractmethod
    def c(cls): ...
class B(A):
    def f(self): return super().f() + 'B'
    p = 1
    @classmethod
    def c(cls): return 'c'
print(B().f(), B().p, B.c(), sorted(A.__abstractmethods__), B.__abstractmethods__)
@A.register
class R: pass
print(isinstance(R(), A), issubclass(R, A))
A()
#%%
from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass, FrozenInstanceError, InitVar, KW_ONLY, make_dataclass, MISSING
from typing import ClassVar
@dataclass
class P:
    x: int
    y: int = 5
    l: list = field(default_factory=list)
    c: ClassVar[int] = 9
    n: 'int' = field(default=0, repr=False, compare=False)
p = P(1); q = P(1, n=7)
print(p, p == q, p != P(2), asdict(p), astuple(p), replace(p, y=9), [f.name for f in fields(p)], is_dataclass(P), is_dataclass(p), P.c, p.__dataclass_fields__['x'].type, P.__match_args__, P.__hash__)
p.l.append(1); print(P(1).l, p.l, p == q, p == (1, 5, []))
P()
#%%
from dataclasses import *
@dataclass(frozen=True, order=True)
class V:
    a: int
    b: str = 'x'
print(V(1) < V(2), V(1, 'a') <= V(1, 'b'), sorted([V(2), V(1)]), hash(V(1)) == hash(V(1)), {V(1): 1}[V(1)], max(V(1), V(3)), V(1) == V(1, 'x'))
try: V(1).a = 2
except FrozenInstanceError as e: print(type(e).__name__, e)
try: del V(1).a
except AttributeError as e: print(e)
V(1) < 5
#%%
from dataclasses import *
@dataclass
class A:
    x: int
    iv: InitVar[int] = 3
    total: int = field(init=False)
    _: KW_ONLY
    k: int = 1
    def __post_init__(self, iv): self.total = self.x + iv
print(A(1), A(1, 10, k=5), A(x=2, iv=0))
@dataclass
class B(A):
    z: str = 'z'
    x: int = 100
print(B(), B(1, 2, 'q'), [f.name for f in fields(B)])
@dataclass(kw_only=True)
class C:
    a: int
    b: int = field(default=1, kw_only=False) if False else 2
print(C(a=1))
C(1)
#%%
from dataclasses import *
@dataclass
class A:
    x: int = 1
    y: int
#%%
from dataclasses import *
@dataclass
class A:
    x: list = []
#%%
from dataclasses import *
@dataclass(repr=False, eq=False)
class A:
    x: int = 1
    def __repr__(self): return 'own'
@dataclass(eq=True, unsafe_hash=True, slots=True)
class S:
    x: int
    y: float = 2.5
@dataclass(init=False)
class N:
    x: int = 4
@dataclass
class Nest:
    s: S
    l: list
    d: dict
print(A(), A() == A(), S(1), hash(S(1)) == hash(S(1)), N(), N().x, asdict(Nest(S(1), [S(2)], {'k': S(3)})), astuple(Nest(S(1), [S(2)], {})), Nest(S(1), [], {}) == Nest(S(1), [], {}))
M = make_dataclass('M', ['a', ('b', int), ('c', int, field(default=3))])
print(M(1, 2), replace(M(1, 2), c=0), asdict(M(1, 2), dict_factory=lambda kv: sorted(kv)))
f = fields(S)[1]; print(f.name, f.default, f.default_factory is MISSING, f.type, f.init, f.repr, f.compare, f.hash, f.kw_only, dict(f.metadata))
replace(S(1), q=1)
#%%
from typing import NamedTuple
from collections import namedtuple
class P(NamedTuple):
    x: int
    y: str = 'd'
    def both(self): return f'{self.x}{self.y}'
    @property
    def dbl(self): return self.x * 2
p = P(1); print(p, p.both(), p.dbl, p[0], p._fields, p._asdict(), p._replace(y='z'), P._make([5, 'q']), P._field_defaults, p == (1, 'd'), len(p), [*p], P.__annotations__, hash(p) == hash((1, 'd')), p + (1,), p < (2,), isinstance(p, tuple), p.index('d'), P(y='a', x=0), p.__class__.__name__, P.__doc__)
x, y = p; print(x, y, '%s-%s' % p, '{0.x}'.format(p))
N = namedtuple('N', 'a b, c', defaults=[9]); print(N(1, 2), N(1, b=2, c=3).c, N._fields, N.__name__, N._field_defaults)
R = namedtuple('R', ['def', 'a', 'a', '_x'], rename=True); print(R._fields)
match p:
    case P(x=1, y=v): print(v)
try: p.x = 5
except AttributeError: print('AttributeError')
try: P()
except TypeError as e: print(e)
namedtuple('B', 'def x')
#%%
from typing import TypedDict, Required, NotRequired, Protocol, Generic, TypeVar, Literal, Optional, Union, Any, cast, overload, final, TYPE_CHECKING, Annotated, get_type_hints, get_origin, get_args, runtime_checkable, NewType, Callable
class M(TypedDict, total=False):
    a: int
    b: str
print(M(a=1), M(), M({'a': 2}), type(M()), M.__annotations__, M.__total__)
T = TypeVar('T')
class G(Generic[T]):
    def __init__(self, v: T): self.v = v
class GG(G[int]): pass
print(G(5).v, G[int](6).v, GG(7).v, cast(int, 'x'), TYPE_CHECKING, NewType('U', int)(5), T.__name__)
class Pr(Protocol):
    def f(self) -> int: ...
@runtime_checkable
class Pq(Protocol):
    def f(self): ...
class Im:
    def f(self): return 1
print(isinstance(Im(), Pq), isinstance(5, Pq))
print(get_origin(list[int]), get_args(dict[str, int]), get_args(Optional[int]), get_args(Literal['a', 'b']), get_origin(Union[int, str]) is Union, list[int], dict[str, list[int]], int | None, Any, tuple[int, ...], type[int])
print(list[int] == list[int], list[int]([1, 2]), (int | str) == (str | int), isinstance(5, int | None), get_type_hints(M), (int | None).__args__, list[int].__origin__, list[int].__args__)
#%%
import enum
from enum import *
class C(Enum):
    RED = 1
    GREEN = 'g'
    BLUE = (3, 4)
    CRIMSON = 1
    def lower(self): return self.name.lower()
    @property
    def dbl(self): return self.value * 2
    @classmethod
    def default(cls): return cls.RED
    __private = 5
print(C.RED, repr(C.RED), C.RED.name, C.RED.value, C('g'), C['BLUE'], list(C), len(C), C.CRIMSON is C.RED, C.__members__, C.RED == C.RED, C.RED != C.GREEN, C.RED == 1, C.RED in C, isinstance(C.RED, C), C.default(), C.RED.lower(), C.GREEN.dbl, hash(C.RED) == hash(C.RED), {C.RED: 1}, f'{C.RED}', '%s' % C.RED, str(C.RED), format(C.RED), C, type(C.RED).__name__, C.__name__, [m.name for m in reversed(C)], C.RED.__class__ is C, bool(C.RED))
for v in ('x', 2, None):
    try: C(v)
    except ValueError as e: print(e)
try: C['x']
except KeyError as e: print(repr(e))
try: C.RED = 5
except AttributeError as e: print('AttributeError')
try: C.RED.value = 5
except AttributeError as e: print('AttributeError')
try: C.RED < C.GREEN
except TypeError as e: print(e)
C.NOPE
#%%
from enum import *
class A(Enum):
    X = auto(); Y = auto(); Z = 10; W = auto()
class S(StrEnum):
    FOO_BAR = auto(); B = 'bee'
class I(IntEnum):
    ONE = 1; TWO = auto()
class SE(str, Enum):
    A = 'a'; B = 'b'
class G(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last): return f'{name}:{start}:{count}:{last}'
    P = auto(); Q = auto()
print([m.value for m in A], list(S), S.FOO_BAR, f'{S.B}', S.B + '!', S.B == 'bee', repr(S.B), str(S.B), '%s' % S.B, [m.value for m in S], ','.join(S))
print(I.ONE + 1, I.TWO, repr(I.TWO), str(I.TWO), f'{I.TWO}', I.ONE < I.TWO, I(2), [1, 2, 3][I.ONE], '%d' % I.TWO, I.TWO == 2, sorted(I, reverse=True), sum(I), isinstance(I.ONE, int), {1: 'x'}[I.ONE])
print(SE.A, f'{SE.A}', str(SE.A), repr(SE.A), SE.A == 'a', SE.A.value, SE('b'), SE.A + 'x', '%s' % SE.A, '{}'.format(SE.A), SE.A.upper(), 'a' in [SE.A], SE.A in ('a',), {'a': 1}[SE.A], ','.join([SE.A]), [m.value for m in G], len(SE.A))
#%%
from enum import *
class P(Flag):
    R = auto(); W = auto(); X = auto(); RW = R | W
print(P.R, repr(P.R | P.W), P.R | P.X, P.RW, P.R in P.RW, P.X in P.RW, ~P.R, P(0), bool(P(0)), P(3), list(P.RW), list(P), P.R & P.W, P.R ^ P.RW, P.X.value, (P.R | P.X).name, len(P.RW), P(7), P['RW'])
class F(IntFlag):
    A = 1; B = 2; C = 4
print(F.A | F.B, F.A | 8, F.A + 1, F(5), F.A & 1, repr(F.A | F.B), ~F.A, F.C.value, int(F.A | F.C), F.A in F(3), list(F(5)), F(0), F.A == 1, f'{F.A}')
#%%
from enum import *
class C(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v):
        if isinstance(v, str): return cls.__members__.get(v.upper())
        if v == 0: return 5
print(C('a'))
try: C(0)
except TypeError as e: print(e)
C('zz')
#%%
from enum import *
@unique
class D(Enum): A = 1; B = 1
#%%
from enum import *
class Planet(Enum):
    EARTH = (5.9, 6.3)
    MARS = (6.4, 3.3)
    def __init__(self, mass, radius): self.mass = mass; self.radius = radius
    @property
    def g(self): return self.mass / self.radius
print(Planet.EARTH.mass, round(Planet.MARS.g, 3), Planet((5.9, 6.3)), Planet.EARTH.value)
class N(str, Enum):
    def __new__(cls, v, label):
        o = str.__new__(cls, v); o._value_ = v; o.label = label; return o
    X = 'x', 'Label X'
    Y = ('y', 'Label Y')
print(N.X, N.X.value, N.X.label, N('y'), N.X == 'x')
class O(Enum):
    _order_ = 'B A'
    B = 2; A = 1
print(list(O))
E = Enum('E', 'A B C'); print(list(E), E.B.value)
E2 = Enum('E2', {'A': 'x', 'B': 'y'}); print(list(E2)); E3 = Enum('E3', ['P', 'Q'], start=5); print(list(E3)); E4 = IntEnum('E4', [('A', 3), ('B', 4)]); print(list(E4)); E5 = Enum('E5', 'A B', type=str) if 0 else 1
class Base(Enum):
    def hello(self): return 'hi ' + self.name
class Sub(Base): K = 1
print(Sub.K.hello(), Sub.K, issubclass(Sub, Base), Sub(1))
class Sub2(Sub): Z = 1
#%%
from functools import total_ordering, singledispatch, singledispatchmethod, partial, partialmethod, reduce, lru_cache, cache, cached_property, wraps, cmp_to_key, update_wrapper
@total_ordering
class A:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print(A(1) <= A(1), A(2) > A(1), A(1) >= A(2), sorted([A(2), A(1)])[0].v)
@singledispatch
def f(x, *a): return ('default', x)
@f.register
def _(x: int): return ('int', x)
@f.register(str)
@f.register(list)
def _(x): return ('str/list', x)
@f.register
def _(x: dict | set): return ('u', x)
print(f(1), f('a'), f([1]), f(2.5), f(True), f({}), f.dispatch(int)(9), f.registry[str]('q'), f.__name__)
class B:
    n = 0
    @cached_property
    def cp(self): B.n += 1; return B.n
    @singledispatchmethod
    def g(self, x): return 'd'
    @g.register
    def _(self, x: int): return 'i'
    def pm(self, a, b=0): return (a, b)
    half = partialmethod(pm, 1)
b = B(); print(b.cp, b.cp, B.n, b.__dict__, b.g(1), b.g(''), b.half(b=5)); del b.cp; print(b.cp)
calls = []
@lru_cache(maxsize=2)
def h(x, y=1):
    'doc h'
    calls.append(x); return x * y
print(h(1), h(1), h(2), h(3), h(1), calls, h.cache_info(), h.__wrapped__(5), h.__name__, h.__doc__); h.cache_clear(); print(h.cache_info(), h.cache_info().hits)
p = partial(int, base=2); print(p('101'), p.func, p.args, p.keywords, partial(max, 5)(3, 9), repr(partial(int, '5')))
print(reduce(lambda a, c: a * 10 + c, [1, 2, 3]), reduce(lambda a, c: a + c, [], 'init'), sorted('bca', key=cmp_to_key(lambda x, y: (x < y) - (x > y))))
def deco(fn):
    @wraps(fn)
    def w(*a): 'w doc'; return fn(*a)
    return w
@deco
def orig(): 'o doc'
print(orig.__name__, orig.__doc__, orig.__wrapped__.__name__, orig.__qualname__)
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80))
reduce(lambda a, b: a, [])
#%%
from contextlib import contextmanager, ExitStack, suppress, nullcontext, closing, redirect_stdout, ContextDecorator, AbstractContextManager, asynccontextmanager, AsyncExitStack
@contextmanager
def cm(n, swallow=False):
    print('in', n)
    try: yield n * 2
    except ValueError as e:
        print('caught', e)
        if not swallow: raise
    finally: print('out', n)
with cm(1) as x: print(x)
with cm(2, True): raise ValueError('v')
@cm(5)
def f(): return 'decorated'
print(f(), f())
with suppress(KeyError, IndexError): {}['x']
with nullcontext(5) as n: print(n)
class Cl:
    def close(self): print('closed')
with closing(Cl()) as c: pass
with ExitStack() as st:
    st.enter_context(cm('a')); st.enter_context(cm('b')); st.callback(print, 'cb', sep='-'); st.push(lambda *a: print('push', a[0]) or True)
    raise KeyError('in stack')
print('after')
with ExitStack() as st:
    st.callback(lambda: print('kept')); st2 = st.pop_all()
st2.close()
with cm(3): raise TypeError('through')
#%%
from contextlib import contextmanager
@contextmanager
def bad():
    if 0: yield
with bad(): pass
#%%
from contextlib import contextmanager
@contextmanager
def bad():
    yield 1
    yield 2
with bad(): pass
