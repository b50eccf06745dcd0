def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{'c': 3}))
#%%
def f(a, /, b, *, c): return a, b, c
print(f(1, 2, c=3), f(1, b=2, c=3))
f(a=1, b=2, c=3)
#%%
def f(a, b): pass
f(1)
#%%
def f(a, b): pass
f(1, 2, 3)
#%%
def f(a): pass
f(1, a=2)
#%%
def f(a): pass
f(b=2)
#%%
def f(*, k): pass
f()
#%%
def f(*a, **k): return a, k
print(f(*'ab', *[1], x=1, **{'y': 2}, **{}))
f(**{'x': 1}, **{'x': 2})
#%%
def f(**k): return k
f(x=1, **{'x': 2})
#%%
def f(**k): return k
f(**{1: 2})
#%%
def f(*a): return a
f(*5)
#%%
def f(x=[]):
    x.append(1)
    return x
print(f(), f(), f([]))
#%%
def outer():
    x = 1
    def inner():
        nonlocal x
        x += 1
        return x
    return inner
a, b = outer(), outer()
print(a(), a(), b())
#%%
x = 1
def f():
    global x, y
    x = 2
    y = 3
f()
print(x, y)
#%%
def f():
    print(x)
    x = 1
f()
#%%
def f():
    def g():
        return y
    print(g())
    y = 1
f()
#%%
print(undefined)
#%%
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15))
#%%
def r(n): return r(n + 1)
r(0)
#%%
def r(n):
    try:
        return r(n + 1)
    except RecursionError:
        return 'deep'
print(r(0))
#%%
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
#%%
def deco(f):
    def w(*a, **k):
        print('call', f.__name__, a, k)
        return f(*a, **k)
    w.__name__ = f.__name__
    return w
def arg(n):
    def d(f):
        return lambda *a: [f(*a)] * n
    return d
@deco
@arg(2)
def g(x): return x + 1
print(g(1), g.__name__)
#%%
def f():
    """doc string"""
    return 1
print(f.__doc__, f.__name__, f.__qualname__, f.__module__, f.__defaults__)
f.attr = 5
print(f.attr, f.__dict__)
#%%
def f(a: int, b: 'str' = 1, *c: float) -> bool: return True
print(sorted(f.__annotations__), f.__annotations__['a'], f.__annotations__['return'])
#%%
def f(): return
print(f())
def g(): pass
print(g())
#%%
def f():
    return 1, 2
a, b = f()
print(a, b)
(c, (d, e)) = 1, (2, 3)
[h, *i] = [1, 2, 3]
*j, k = 'abc'
l, *m, n = range(5)
print(c, d, e, h, i, j, k, l, m, n)
#%%
a, b = 1
#%%
a, b = 1, 2, 3
#%%
a, b, c = 1, 2
#%%
a, *b, c = [1]
#%%
a = b = c = []
a.append(1)
print(b, c is a)
a, b = b, [2]
print(a, b)
x = [1, 2, 3]
i = 0
i, x[i] = 1, 9
print(i, x)
#%%
x = 5
x += 1; x -= 2; x *= 3; x //= 2; x **= 2; x %= 7; x <<= 2; x >>= 1; x |= 8; x &= 12; x ^= 5
print(x)
y = 7
y /= 2
print(y)
s = 'a'
s += 'b'
s *= 2
print(s)
l = [1]
m = l
l += [2]
l *= 2
print(l, m is l)
d = {'a': 1}
d |= {'b': 2}
d['a'] += 5
print(d)
t = (1,)
t += (2,)
print(t)
#%%
def f():
    x = [1, 2]
    x[0] += 5
    x[-1] *= 3
    return x
print(f())
#%%
class A: pass
a = A()
a.x = 1
a.x += 2
print(a.x)
del a.x
print(hasattr(a, 'x'))
x = [1, 2, 3]
del x[0]
print(x)
del x[:]
print(x)
d = {1: 2}
del d[1]
print(d)
y = 5
del y
print(y)
#%%
x = list(range(10))
x[2:5] = ['a']
print(x)
x[::3] = [0] * len(x[::3])
print(x)
del x[::2]
print(x)
x[1:1] = [7, 8]
print(x)
x[10:] = [9]
print(x)
x[::2] = [1]
#%%
for i in range(5):
    if i == 1: continue
    if i == 3: break
    print(i)
else:
    print('no')
for i in []: pass
else: print('else')
while True:
    i += 1
    if i > 5: break
print(i)
while i < 8: i += 1
else: print('done', i)
#%%
def f(x):
    for i in x:
        for j in i:
            if j == 2:
                return j, i
print(f([[1], [3, 2]]))
#%%
if 0: print(1)
elif '': print(2)
elif [0]: print(3)
else: print(4)
print('a' if [] else 'b')
#%%
assert 1
assert True, 'x'
assert 0, 'message'
#%%
assert not 1
#%%
print(1, 2, sep='-', end='!\n')
print()
print('a', 'b', sep='')
print(*[1, 2], sep=', ')
#%%
x = 10
def f(x=x): return x
x = 20
print(f(), (lambda y=x: y)())
#%%
def f(n):
    if n == 0: return 0
    return 1 + f(n - 1)
print(f(200))
#%%
def compose(*fs):
    def inner(x):
        for f in reversed(fs): x = f(x)
        return x
    return inner
print(compose(lambda x: x + 1, lambda x: x * 2)(5))
#%%
def counter():
    c = 0
    def inc(by=1):
        nonlocal c
        c += by
        return c
    def get(): return c
    return inc, get
i, g = counter()
i(); i(5)
print(g(), i.__closure__ is not None)
#%%
print([x for x in range(3)])
try:
    print(x)
except NameError as e:
    print('NameError', e)
#%%
def f():
    x = 1
    return [x + y for y in range(3) if x], {x: y for y in [2]}
print(f())
#%%
def f(items):
    return [(n := len(i)) for i in items], n
print(f(['a', 'bb']))
if (m := 5) > 3: print(m)
print([last := i for i in range(4)], last)
#%%
print((lambda *, a=1, **k: (a, k))(b=2))
print((lambda a, /, b: a + b)(1, b=2))
#%%
def f(): yield 1
print(type(f()).__name__, f.__class__.__name__)
print(globals()['f'] is f, 'f' in globals(), __name__)
def g():
    a = 1
    b = 2
    return locals()
print(g())
#%%
def f(a, b):
    def g(): return a
    a = b
    return g()
print(f(1, 2))
#%%
import_error = None
x = 1; y = 2; print(x, y)
def f(): x = 1; return x
print(f())
#%%
exec_ = 5
def outer():
    def mid():
        def inner(): return v
        return inner
    v = 'deep'
    return mid()()
print(outer())
#%%
def f(*args):
    return super
print(f(1) is super)
#%%
def f(x):
    del x
    return x
f(1)
#%%
class C:
    def m(self): return 1
print(C.m(C()), C().m())
C.m()
#%%
print(max(*[1, 2, 3], key=lambda v: -v))
print(sorted([3, 1, 2], key=lambda v: -v), list(map(lambda v: v * 2, [1, 2])))
int.nope
#%%
def f(a, b=1, *, c, d=2): return (a, b, c, d)
print(f.__kwdefaults__, f.__defaults__, f.__code__.co_varnames, f.__code__.co_argcount)
#%%
x = 0
def f():
    global x
    x += 1
    return x
print(f() + f() * f())
def g(n):
    print('g', n)
    return n
g(1) if g(0) else g(2)
print(g(1) < g(2) < g(0) < g(5))
d = {g('k'): g('v')}
print(g(1) or g(2), g(0) and g(3))
