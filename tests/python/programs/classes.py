class A:
    """doc"""
    x = 1
    def __init__(self, v=0): self.v = v
    def m(self): return self.v
    @classmethod
    def c(cls, k=1): return cls.__name__, k
    @staticmethod
    def s(a): return a
a = A(5)
print(a.m(), A.c(), a.c(2), A.s(3), a.s(4), A.x, a.x, A.__doc__, A.__name__, a.__class__ is A, a.__dict__, A.__module__, A.__qualname__)
a.x = 2
print(A.x, a.x, vars(a))
A.x = 3
print(A().x, type(a).__mro__)
#%%
class A:
    def f(self): return 'A'
    def g(self): return 'Ag'
class B(A):
    def f(self): return 'B' + super().f()
class C(A):
    def f(self): return 'C' + super().f()
class D(B, C):
    def f(self): return 'D' + super().f()
    def g(self): return super(B, self).g()
print(D().f(), D().g(), [k.__name__ for k in D.__mro__], issubclass(D, A), isinstance(D(), C), D.__bases__)
#%%
class X: pass
class Y(X): pass
class Z(X, Y): pass
#%%
class P:
    def __init__(self): self._v = 1
    @property
    def v(self):
        "the v"
        return self._v
    @v.setter
    def v(self, x): self._v = x * 2
    @v.deleter
    def v(self): print('del'); self._v = None
p = P()
print(p.v); p.v = 5; print(p.v); del p.v; print(p.v, P.v.__doc__, P.v.fget(p))
class Q(P):
    @P.v.getter
    def v(self): return 'q'
print(Q().v)
#%%
class R:
    @property
    def x(self): return 1
R().x = 2
#%%
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __sub__(self, o): return V(self.x - o.x, self.y - o.y)
    def __mul__(self, k): return V(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __neg__(self): return V(-self.x, -self.y)
    def __eq__(self, o): return isinstance(o, V) and (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __repr__(self): return f'V({self.x}, {self.y})'
    def __str__(self): return f'<{self.x},{self.y}>'
    def __bool__(self): return bool(self.x or self.y)
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __iter__(self): return iter((self.x, self.y))
    def __contains__(self, k): return k in (self.x, self.y)
    def __call__(self, *a): return ('called', a)
    def __abs__(self): return 5
    def __lt__(self, o): return self.x < o.x
    def __format__(self, s): return f'F[{s}]'
    def __iadd__(self, o): self.x += o.x; return self
    def __int__(self): return self.x
    def __float__(self): return 1.5
    def __index__(self): return 1
    def __invert__(self): return 'inv'
    def __pos__(self): return 'pos'
    def __matmul__(self, o): return 'mat'
    def __divmod__(self, o): return 'dm'
    def __pow__(self, o): return 'pow'
    def __rsub__(self, o): return ('rsub', o)
    def __round__(self, n=None): return ('round', n)
    def __reversed__(self): return iter([9])
a, b = V(1, 2), V(3, 4)
print(a + b, a - b, a * 2, 3 * a, -a, a == V(1, 2), a != b, a in {V(1, 2)}, bool(V(0, 0)), len(a), a[0], list(a), 2 in a, a(1), abs(a), a < b, a > b, f'{a:x}', format(a), int(a), float(a), [10, 20][a], ~a, +a, a @ b, a ** 2, 5 - a, round(a), round(a, 2), list(reversed(a)), repr(a), str(a), f'{a!r}', '%s' % a, '%r' % (a,))
c = a
c += b
print(c is a, a.x, sorted([b, V(0, 0)]), max(a, b), sum([V(1, 1), V(2, 2)], V(0, 0)), [*a], {a: 1}[V(4, 2)])
x, y = a
print(x, y, hash(a) == hash(V(4, 2)), a.__eq__(5), hex(a), bin(a), 'abc'[a])
#%%
class A: pass
a = A()
A() + 1
#%%
class A: pass
A() < A()
#%%
class A:
    def __eq__(self, o): return True
hash(A())
#%%
class A:
    def __add__(self, o): return NotImplemented
class B:
    def __radd__(self, o): return 'radd'
print(A() + B())
A() + 1
#%%
class Base:
    def __eq__(self, o): return 'base'
class Der(Base):
    def __eq__(self, o): return 'der'
print(Base() == Der(), Der() == Base(), Base() == 5, 5 == Base(), Base() != 1)
class N:
    def __radd__(self, o): return 'N'
class M(N):
    def __add__(self, o): return 'Madd'
    def __radd__(self, o): return 'Mradd'
print(N.__radd__(N(), 1), 1 + M(), M() + 1)
class I(int):
    def __radd__(self, o): return 'Iradd'
    def __add__(self, o): return 'Iadd'
print(1 + I(2), I(2) + 1, I(5) * 2, I(7) == 7, hash(I(7)) == hash(7), repr(I(3)), [1, 2, 3][I(1)], I('12'), type(I(3) * 2))
#%%
class G:
    def __getattr__(self, n): return 'got ' + n
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
    def __delattr__(self, n): print('del', n)
g = G()
g.x = 5
print(g.x, g.y)
del g.z
print(getattr(g, 'dyn'), hasattr(g, 'any'))
#%%
class G:
    def __getattribute__(self, n):
        if n == 'secret': raise AttributeError(n)
        return object.__getattribute__(self, n)
    def __getattr__(self, n): return 'fallback'
g = G()
g.a = 1
print(g.a, g.secret, g.none)
#%%
class D:
    def __get__(self, o, t): return (o is None, t.__name__)
    def __set__(self, o, v): o.__dict__['stored'] = v
    def __set_name__(self, owner, n): print('named', owner.__name__, n)
class C:
    d = D()
c = C()
print(c.d, C.d)
c.d = 5
print(c.__dict__)
class ND:
    def __get__(self, o, t=None): return 'nd'
class E:
    n = ND()
e = E()
print(e.n)
e.n = 1
print(e.n)
#%%
class B:
    subs = []
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.subs.append((cls.__name__, tag))
class C1(B, tag='t'): pass
class C2(C1): pass
print(B.subs)
#%%
class M(type):
    def __new__(m, n, b, ns, **kw):
        ns['added'] = n.lower()
        return super().__new__(m, n, b, ns)
    def __init__(cls, n, b, ns, **kw):
        super().__init__(n, b, ns)
        cls.kw = kw
    def __call__(cls, *a, **k):
        print('creating', cls.__name__)
        return super().__call__(*a, **k)
    def __iter__(cls): return iter([1, 2])
    def __len__(cls): return 7
    def __getitem__(cls, k): return k * 2
    def __contains__(cls, k): return k == 'in'
    def __repr__(cls): return 'M!' + cls.__name__
    def __eq__(cls, o): return True
    def __hash__(cls): return 1
    @property
    def prop(cls): return 'meta prop'
    def meth(cls): return 'meta meth'
class A(metaclass=M, opt=3):
    def __init__(self, x): self.x = x
class B(A): pass
print(A(1).x, B.added, list(A), len(A), A['ab'], 'in' in A, A, type(A), type(B) is M, A.kw, A.prop, B.meth(), isinstance(A, M))
#%%
T = type('T', (object,), {'x': 1, 'm': lambda self: self.x})
print(T().m(), T.__name__, type(T), T.__bases__)
class S(T): y = 2
print(S().m(), S().y)
type('X', (5,), {})
#%%
class C:
    n = 0
    def __new__(cls, *a):
        C.n += 1
        o = super().__new__(cls)
        o.made = a
        return o
    def __init__(self, *a): self.init = a
c = C(1, 2)
print(c.made, c.init, C.n)
class Other:
    def __new__(cls): return 5
print(Other())
class Single:
    inst = None
    def __new__(cls):
        if cls.inst is None: cls.inst = object.__new__(cls)
        return cls.inst
print(Single() is Single())
#%%
class A: pass
A(1)
#%%
class A:
    def __init__(self): return 5
A()
#%%
object(1)
#%%
class L(list):
    def append(self, x): super().append(x * 2)
    def total(self): return sum(self)
l = L([1, 2])
l.append(5)
print(l, len(l), l.total(), isinstance(l, list), l == [1, 2, 10], l + [1], l[1:], list(l), type(l + [1]), l[0], 10 in l, repr(l), [*l], sorted(l, reverse=True), bool(L()), str(l))
class D(dict):
    def __missing__(self, k): return 'miss ' + str(k)
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
d = D(a=1)
d['b'] = 2
print(d, d['a'], d['b'], d['zz'], d.get('q'), 'a' in d, len(d), list(d), dict(d), {**d}, d == {'a': 1, 'b': 3}, isinstance(d, dict), d.keys(), list(d.items()))
class S(str):
    def shout(self): return self.upper() + '!'
s = S('abc')
print(s, s.shout(), s + 'd', len(s), s[0], s == 'abc', hash(s) == hash('abc'), {s: 1}['abc'], isinstance(s, str), repr(s), f'{s}', f'{s:>5}', '%s' % s, s.split('b'), ','.join([s]), 'b' in s, type(s.upper()), s.replace('a', 'x'), str(s) is s, type(str(s)))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
t = T(1, 2)
print(t, t.first, len(t), t == (1, 2), t + (3,), isinstance(t, tuple), [*t], hash(t) == hash((1, 2)))
class F(float): pass
print(F(1.5) + 1, F('2.5'), repr(F(3)), isinstance(F(1), float), round(F(2.567), 1), f'{F(1.234):.1f}')
class FS(frozenset): pass
class SE(set): pass
print(len(FS([1, 2])), 1 in SE([1]), SE([1]) | {2}, SE([1]) == {1})
class B(bytes): pass
print(B(b'ab'), B(b'ab') == b'ab', B(b'ab').decode())
#%%
class I:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > self.n: raise StopIteration
        return self.i
print(list(I(3)), [x for x in I(2)], sum(I(4)), max(I(3)), tuple(I(2)), dict(zip(I(2), I(2))), *I(2))
a, b = I(2)
print(a, b, 2 in I(3), sorted(I(3), reverse=True), list(enumerate(I(2))), any(x == 2 for x in I(3)))
class G:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(G()), 20 in G(), [*G()], list(reversed([1])))
class Le:
    def __len__(self): return 3
    def __getitem__(self, i): return i
print(bool(Le()), list(reversed(Le())))
#%%
class A:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
    def __priv(self): return 'p'
    def call(self): return self.__priv()
    __cls = 5
a = A()
print(a.get(), a.call(), a._A__x, A._A__cls, sorted(k for k in a.__dict__))
a.__x
#%%
class A:
    x = 1
    y = x + 1
    z = [x for _ in range(2)] if False else [i for i in range(y)]
    def f(self): return x
    w = (lambda: 5)()
print(A.y, A.z, A.w)
A().f()
#%%
class Outer:
    class Inner:
        v = 1
        def m(self): return Outer.k
    k = 2
print(Outer.Inner.v, Outer.Inner().m(), Outer.Inner.__qualname__, Outer.Inner)
def f():
    class L: pass
    return L
print(f().__qualname__, f())
#%%
class A:
    a: int
    b: str = 'x'
    c: 'list[int]' = None
print(A.__annotations__, A.b, list(A.__annotations__))
class B(A):
    d: float = 1.5
print(B.__annotations__)
#%%
class A:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
a = A()
a.y = 2
print(a.x, a.y, A.__slots__)
#%%
def deco(cls):
    cls.tag = 'd'
    return cls
@deco
class A: pass
print(A.tag)
class C:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(C[int], C['x', 1])
#%%
class A:
    def __repr__(self): return 'A!'
print([A()], {1: A()}, (A(),), str(A()), f'{A()}', '%s %r' % (A(), A()), '{} {!r}'.format(A(), A()))
class B:
    def __str__(self): return 'B-str'
print(str(B()), f'{B()}', repr(B())[:5] if False else '', '{}'.format(B()))
class C:
    def __str__(self): return 5
str(C())
#%%
class A:
    def m(self): return 1
m = A().m
print(m(), m.__name__, m.__self__.__class__.__name__, m.__func__ is A.m, A.m.__name__, A().m == A().m)
a = A()
print(a.m == a.m, a.m is a.m)
import_like = A.__dict__['m']
print(import_like is A.m, 'm' in A.__dict__, type(A.__dict__).__name__)
A.n = lambda self: 'added'
print(a.n())
a.o = lambda: 'inst'
print(a.o())
#%%
class A:
    def __eq__(self, o): return NotImplemented
print(A() == A(), A() != A())
a = A()
print(a == a, a in [a], [a] == [a])
#%%
class Ctx:
    def __enter__(self): return 'e'
    def __exit__(self, *a): return None
with Ctx() as x: print(x)
class W:
    def __bool__(self): return 5
bool(W())
#%%
class L:
    def __len__(self): return -1
len(L())
#%%
class A:
    def __getitem__(self, k): return k
a = A()
print(a[1], a[1:2], a[1, 2], a[::2], a[..., 1], a['x':])
class B:
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
b = B()
b[1] = 2
b[1:2, 3] = 4
del b['x']
#%%
print(isinstance(5, object), isinstance(int, type), type(type), object.__mro__, type.__mro__, bool.__mro__, int.__name__, str.__module__)
print(dir(type('Z', (), {'b': 1, 'a': 2}))[-2:], callable(type('Z', (), {})), [c.__name__ for c in type('Y', (Exception,), {}).__mro__])
class K:
    def __init__(self): self.b = 1; self.a = 2
    c = 3
print([n for n in dir(K()) if not n.startswith('_')], vars(K()))
#%%
class Meta(type):
    def __prepare__(name, bases, **k): return {'pre': 1}
    __prepare__ = classmethod(lambda m, n, b, **k: {'pre': n})
class P(metaclass=Meta): q = pre
print(P.q, P.pre)
#%%
class A:
    def __init_subclass__(cls): print('sub', cls.__name__)
class B(A): pass
class C(B): pass
class Meta2(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, o): return o is int
class Q(metaclass=Meta2): pass
print(isinstance(5, Q), isinstance(6, Q), issubclass(int, Q), issubclass(str, Q))
#%%
class A:
    def f(self):
        def g(): return super(A, self).__init__
        return g() is not None
    def h(self): return __class__.__name__
    @classmethod
    def make(cls): return super().__new__(cls)
print(A().f(), A().h(), type(A.make()).__name__)
class B(A):
    def h(self): return [super(B, self).h() for _ in range(1)]
    @property
    def p(self): return super().h()
    @staticmethod
    def s(): return 's'
print(B().h(), B().p, B.s(), B().s())
#%%
class Node:
    def __init__(self, v, *kids): self.v, self.kids = v, kids
    def walk(self):
        yield self.v
        for k in self.kids: yield from k.walk()
t = Node(1, Node(2, Node(3)), Node(4))
print(list(t.walk()), sum(t.walk()))
#%%
class A:
    class_attr = []
    def add(self, x): self.class_attr.append(x); return self
print(A().add(1).add(2).class_attr, A.class_attr)
a = A()
a.class_attr = 'own'
print(a.class_attr, A.class_attr)
del a.class_attr
print(a.class_attr)
del a.class_attr
#%%
class T:
    def __init__(self, **kw):
        for k, v in kw.items(): setattr(self, k, v)
t = T(a=1, b=2)
print(t.a, t.b, getattr(t, 'c', None), sorted(t.__dict__.items()))
delattr(t, 'a')
print(hasattr(t, 'a'))
t.__dict__['z'] = 9
print(t.z)
t.__dict__.update(q=1)
print(t.q)
t.__class__ = type('U', (), {'u': 'changed'})
print(t.u)
#%%
from_bool = type(True)
class B(bool): pass
#%%
class A(int, str): pass
#%%
class Temp:
    def __init__(self): self.d = {}
    def __getattr__(self, k):
        try: return self.d[k]
        except KeyError: raise AttributeError(k) from None
t = Temp()
t.d['x'] = 1
print(t.x, hasattr(t, 'y'))
try: t.y
except AttributeError as e: print(e, e.__suppress_context__)
#%%
class A:
    @property
    def p(self): raise AttributeError('inner')
    def __getattr__(self, n): return 'fallback ' + n
print(A().p)
class B:
    @property
    def p(self): raise ValueError('v')
try: hasattr(B(), 'p')
except ValueError as e: print('v', e)
#%%
class A:
    def __lt__(self, o): return 'lt'
    def __gt__(self, o): return 'gt'
print(A() < 1, 1 < A(), A() > 1)
A() <= 1
#%%
class Cell:
    def __init__(self, v): self.v = v
    def __rtruediv__(self, o): return ('rdiv', o)
    def __rfloordiv__(self, o): return ('rfd', o)
    def __rmod__(self, o): return ('rmod', o)
    def __rpow__(self, o): return ('rpow', o)
    def __rlshift__(self, o): return ('rls', o)
    def __rand__(self, o): return ('rand', o)
    def __ror__(self, o): return ('ror', o)
    def __rxor__(self, o): return ('rxor', o)
c = Cell(1)
print(1 / c, 1 // c, 1 % c, 2 ** c, 1 << c, 1 & c, 1 | c, 1 ^ c, 'a' % c if False else '', [1] | c if True else 0, {1} & c, {} | c)
#%%
class T:
    @property
    def p(self): return self._p
    @p.deleter
    def p(self): del self._p
    @property
    def q(self): raise ValueError("q")
class U(T):
    def __getattr__(self, name): raise AttributeError("no " + name)
for t in (T(), U()):
    print(hasattr(t, "p"), getattr(t, "p", 5))
    t._p = 1
    print(hasattr(t, "p")); del t.p; print(hasattr(t, "p"))
    try: hasattr(t, "q")
    except ValueError as e: print(e)
try: b"a\xff".decode()
except UnicodeDecodeError as e: print(e)
