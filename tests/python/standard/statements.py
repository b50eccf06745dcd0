def f(a, b=2, /, c=3, *args, d, e=5, **kw): return (a, b, c, args, d, e, kw)
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(*[1, 2], **{'d': 3, 'c': 9}), f(1, d=1, **{'a': 5, 'b': 6}))
#%%
def f(a, /): pass
f(a=1)
#%%
def f(a, *, b): pass
f(1, 2)
#%%
def f(a, *, b): pass
f(1)
#%%
def f(a): pass
f(1, a=2)
#%%
def f(a): pass
f(1, 2)
#%%
def f(): pass
f(**{'x': 1})
#%%
def f(**k): return k
print(f(**{'a': 1}, b=2, **{'c': 3}))
f(**{'a': 1}, **{'a': 2})
#%%
def f(**k): return k
f(**{1: 2})
#%%
def f(*a): return a
print(f(*range(3), *'ab', 5), f(*[]), f(*{'k': 1}))
f(*5)
#%%
def f(**k): pass
f(**5)
#%%
def f(x=[]):
    x.append(1)
    return x
print(f(), f(), f([5]), f.__defaults__, f.__name__, f.__doc__, f.__kwdefaults__, f.__qualname__, f.__module__)
#%%
def outer():
    x = 1
    def inner():
        nonlocal x
        x += 1
        def deeper():
            nonlocal x
            x *= 10
            return x
        return deeper() + x
    return inner(), x
print(outer())
#%%
x = 1
def f():
    global x, y
    x = 2
    y = 3
    def g():
        global x
        x += 5
    g()
f()
print(x, y)
#%%
x = 5
def f():
    print(x)
    x = 1
f()
#%%
def f():
    del y
    y = 1
f()
#%%
def f():
    x = 1
    del x
    print(x)
f()
#%%
def f():
    x = 1
    def g(): return x
    del x
    return g
f()()
#%%
x = 1
del x
print(x)
#%%
fs = []
for i in range(3):
    fs.append(lambda: i)
print([g() for g in fs], i)
fs = [lambda i=i: i for i in range(3)]
print([g() for g in fs])
fs = [(lambda j: lambda: j)(i) for i in range(3)]
print([g() for g in fs])
#%%
a, b, *c = 1, 2, 3, 4
*d, e = 'xyz'
(f, [g, *h]), i = (1, [2, 3, 4]), 5
j = k = [0]
j.append(1)
l, = [9]
[m, n] = {1: 2, 3: 4}
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n)
#%%
a, b = 1,
#%%
a, b = 1, 2, 3
#%%
a, *b, c = 1,
#%%
a, b = 5
#%%
a, b = None
#%%
a, b = {1: 2}.items()
#%%
for a, b in [(1, 2), (3,)]: print(a)
#%%
x = [1, 2, 3, 4, 5, 6]
x[1:3] = 'abc'
print(x)
x[::2] = [0] * 4
print(x)
del x[0], x[-1:]
print(x)
x[len(x):] = [7]
x[:0] = [8]
x[2:2] = [9, 9]
print(x)
del x[::2]
print(x)
x[:] = []
print(x)
#%%
x = [1, 2, 3, 4]
x[::2] = [1]
#%%
x = [1]
x[5] = 1
#%%
x = [1]
x[1:2] = 5
#%%
(1, 2)[0] = 1
#%%
'abc'[0] = 'x'
#%%
del 'abc'[0]
#%%
del [1][3]
#%%
d = {'a': {'b': [1, 2]}}
d['a']['b'][0] += 5
d['c'] = d.get('c', 0) + 1
d['a']['b'] += [3]
d['a']['n'], d['z'] = 1, 2
del d['c'], d['a']['n']
print(d)
del d['nope']
#%%
i = 0
x = [1, 2, 3]
i, x[i] = 1, 9
print(i, x)
x[0], x[1] = x[1], x[0]
print(x)
#%%
x = 5
x += 1; x -= 2; x *= 3; x /= 4; x //= 1; x **= 2; x %= 5
print(x)
y = 6
y <<= 2; y >>= 1; y |= 1; y &= 7; y ^= 2
print(y)
s = 'a'; s += 'b'; s *= 2; print(s)
l = m = [1]; l += (2,); l *= 2; print(m)
t = u = (1,); t += (2,); print(u, t)
d = {'a': 1}; d |= [('b', 2)]; print(d)
st = {1}; st |= {2}; st -= {1}; st ^= {5}; st &= {5}; print(st)
#%%
t = ([1],)
try:
    t[0] += [2]
except TypeError as e: print(type(e).__name__)
print(t)
#%%
x += 1
#%%
def f():
    for i in range(5):
        if i == 1: continue
        if i == 3: break
        print(i)
    else: print('never')
    for i in (): pass
    else: print('else')
    while i < 6:
        i += 1
        if i == 5: continue
    else: print('while else', i)
    while True:
        break
    else: print('no')
f()
#%%
for i in range(3):
    for j in range(3):
        if j == 1: break
    else: continue
    print(i, j)
#%%
for x in (l := [1, 2, 3]):
    if x < 10: l.append(x * 10)
print(l)
for k, (v, *w) in {'a': (1, 2, 3)}.items(): print(k, v, w)
for i, in [(1,), (2,)]: print(i)
for d['x'] in [1, 2] if (d := {}) is not None else (): pass
print(d)
for a.b in []: pass
#%%
d = {'a': 1, 'b': 2}
for k in d: d['c'] = 1
#%%
d = {'a': 1, 'b': 2}
for k in d: del d[k]
#%%
d = {'a': 1, 'b': 2}
for k in list(d): del d[k]
print(d)
for k in d: pass
d = {1: 1}
for k in d: d[k] = 5
print(d)
#%%
s = {1, 2}
for x in s: s.add(x + 10)
#%%
l = [1, 2, 3, 4]
for x in l: l.remove(x)
print(l)
#%%
def f(n):
    try: return n
    finally: print('fin', n)
def g():
    try: return 1
    finally: return 2
def h():
    for i in range(3):
        try: continue
        finally: print('c', i)
    while True:
        try: break
        finally: print('b')
    return 'done'
def k():
    try: raise ValueError
    finally: return 'swallowed'
def m():
    for i in range(2):
        try: 1 / 0
        finally: continue
    return 'm'
def n():
    while 1:
        try: 1 / 0
        except ZeroDivisionError: break
        else: print('never')
        finally: print('n')
    return 'n'
print(f(1), g(), h(), k(), m(), n())
#%%
def f():
    try:
        try: 1 / 0
        finally: print('inner')
    except ZeroDivisionError as e:
        print('outer', e)
        raise
    finally: print('last')
f()
#%%
try: pass
except: print('no')
else: print('else')
finally: print('finally')
try: raise KeyError('k')
except (ValueError, KeyError) as e: print(repr(e), e.args, str(e))
try: print(e)
except NameError: print('e is gone')
#%%
try: raise ValueError('a') from KeyError('b')
except ValueError as e: print(repr(e.__cause__), e.__suppress_context__, e.__context__)
try:
    try: 1 / 0
    except ZeroDivisionError: raise KeyError('x')
except KeyError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try: 1 / 0
    except ZeroDivisionError: raise KeyError('x') from None
except KeyError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
#%%
raise ValueError
#%%
raise 5
#%%
raise
#%%
raise ValueError('x') from 5
#%%
try: raise ValueError
except 5: pass
#%%
try: 1
except nope: pass
print('fine')
#%%
class E(Exception):
    def __init__(self, code, msg='m'):
        self.code = code
        super().__init__(msg, code)
    def __str__(self): return f'{self.code}!'
try: raise E(5)
except E as e: print(e, repr(e), e.args, e.code, isinstance(e, Exception))
class F(E, ValueError): pass
try: raise F(1, 'q')
except ValueError as e: print(repr(e), type(e).__mro__[1].__name__)
e = ValueError(1, 2); print(e, repr(e), ValueError(), repr(ValueError()), str(KeyError('a')), str(KeyError('a', 'b')), repr(ValueError('a\'b')), str(ValueError([1])), e == ValueError(1, 2))
e.add_note('n'); print(e.__notes__, e.with_traceback(None) is e)
raise F(2)
#%%
try:
    raise ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('h', [ValueError(3), KeyError(4)])])
except* ValueError as g: print('v', repr(g), g.exceptions)
except* TypeError as g: print('t', repr(g))
except* KeyError: print('k')
#%%
try:
    raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
except* ValueError: print('v')
#%%
try: raise ValueError('plain')
except* ValueError as g: print(type(g).__name__, g.exceptions)
else: print('no')
finally: print('f')
#%%
try: pass
except* ValueError: print('no')
else: print('else')
eg = ExceptionGroup('m', [ValueError(1), ExceptionGroup('n', [TypeError(2)])])
print(eg.message, str(eg), eg.split(TypeError), eg.subgroup(ValueError), eg.derive([ValueError(9)]), isinstance(eg, Exception))
#%%
ExceptionGroup('m', [])
#%%
ExceptionGroup('m', [5])
#%%
assert 1
assert (), 'empty'
#%%
assert False
#%%
try: assert 0, [1, 2]
except AssertionError as e: print(e.args)
#%%
class C:
    def __init__(self, n, swallow=False): self.n, self.swallow = n, swallow
    def __enter__(self): print('enter', self.n); return self.n
    def __exit__(self, t, v, tb): print('exit', self.n, t and t.__name__, v); return self.swallow
with C(1) as a, C(2) as b: print(a, b)
with (C(3) as a, C(4) as (b),): print(a)
with C(5, True): raise ValueError('x')
with C(6), C(7): 
    print('in')
def f():
    with C('ret'): return 'r'
print(f())
for i in range(2):
    with C(i): continue
with C(8): 1 / 0
#%%
class C:
    def __enter__(self): return (1, [2, 3])
    def __exit__(self, *a): pass
with C() as (a, [b, *c]): print(a, b, c)
d = {}
with C() as d['x']: print(d)
with C(): pass
with 5: pass
#%%
class C:
    def __enter__(self): raise ValueError('enter')
    def __exit__(self, *a): print('never')
with C(): pass
#%%
class C:
    def __enter__(self): pass
    def __exit__(self, *a): raise KeyError('exit')
try:
    with C(): raise ValueError('body')
except KeyError as e: print(repr(e.__context__))
#%%
x = 1
def f():
    x: int
    return x
f()
#%%
if (n := 10) > 5: print(n)
while (n := n - 3) > 0: print(n)
print([m := 1, m ** 2], (q := 5, 6), f'{(w := 7)}', w)
def f(): 
    [last := i for i in range(5)]
    return last
print(f(), any((hit := x) > 2 for x in [1, 3, 5]), hit)
print({(k := 'a'): (v := 1)}, k, v, (lambda: (zz := 3))())
#%%
x = 10
class A:
    x = 20
    y = [x for _ in range(2)]
    z = [i for i in range(x // 10)]
    f = lambda: x
    print(x)
print(A.y, A.z, A.f())
#%%
print((lambda x, *y, z=5, **w: (x, y, z, w))(1, 2, q=3), (lambda: (yield))().__class__.__name__, (lambda *, a: a)(a=1), (lambda a, /, b: (a, b))(1, b=2))
#%%
def deco(n):
    def w(f):
        def g(*a, **k): return (n, f(*a, **k))
        return g
    return w
@deco(1)
@deco(2)
def f(x): return x
@(lambda c: c)
@deco('c')
class A: pass
print(f(5), A()[0])
x = [deco]
@x[0]('i')
def g(): return 'g'
print(g())
#%%
match (1, 2):
    case 1, x: print('seq', x)
match [1, [2, 3]]:
    case [a, [b, *c]]: print(a, b, c)
match {'k': 1, 'z': 2}:
    case {'k': v, **rest}: print(v, rest)
match 5:
    case 1 | 2: print('no')
    case int(x) if x > 3: print('int', x)
match 'abc':
    case ['a', *_]: print('never')
    case str() as s: print(s)
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def m(v):
    match v:
        case P(0, 0): return 'origin'
        case P(x, y=0): return f'x {x}'
        case P(x=0): return 'y'
        case P(a, b) if a == b: return 'diag'
        case P(): return 'P'
        case None | True | False: return 'single'
        case -1 | 1.5 | -2.5 | 1+2j: return 'num'
        case '' | b'x': return 'str'
        case [] | (): return 'empty'
        case [1, *_, 9]: return 'ends'
        case (1 | 2 as n, _): return f'n{n}'
        case {}: return 'mapping'
        case float(): return 'float'
        case [[x], [y]] | [x, y]: return (x, y)
        case _: return 'other'
print([m(v) for v in (P(0, 0), P(3, 0), P(0, 1), P(2, 2), P(1, 2), None, True, -1, 1.5, -2.5, 1 + 2j, '', b'x', [], (), [1, 2, 9], [1, 9], [2, 5], {}, {'a': 1}, 2.0, [[5], [6]], [5, 6], 'zz', b'y', {1}, range(2), 1)])
#%%
class Color: RED = 1
def m(v):
    match v:
        case Color.RED: return 'red'
        case {'a': Color.RED, 'b': [x, *_]}: return x
        case {'a': _, **r} if r: return r
        case {1: x, None: y, 'k': 'v'}: return (x, y)
        case bool(): return 'bool'
        case str(x) | bytes(x): return x
        case dict(d): return d
        case list([a, b]): return (a, b)
        case int(real=r, imag=0): return r
        case (a, b, *c) as whole: return (whole, c)
print([m(v) for v in (1, {'a': 1, 'b': [7, 8]}, {'a': 2, 'c': 3}, {1: 'x', None: 'y', 'k': 'v', 'more': 1}, False, 'q', b'w', {'z': 1}, [1, 2], 42, (1, 2, 3, 4), 3.5)])
#%%
class P: __match_args__ = ('x',)
match P():
    case P(1, 2): pass
#%%
class P: pass
match P():
    case P(1): pass
#%%
match 1:
    case nope.x: pass
#%%
match 1:
    case 5(): pass
#%%
import sys
match = 1; case = 2; type = 3; _ = 4
print(match, case, type, _)
match (case):
    case 2: print('ok')
match[0:1] if 0 else 0
match = {'x': 1}
match['x']: int = 5
print(match)
print(match
      ['x'])
type = 5
type (1) if 0 else None
def match(*a): return a
match (1, 2)
print(match(*[1]), match -1 if 0 else 'm')
#%%
def f(): 
    '''doc'''
    yield 1
    x = yield 2
    print('got', x)
    try: yield 3
    except ValueError as e: print('caught', e); yield 'v'
    finally: print('cleanup')
    return 'r'
g = f()
print(next(g), g.send(None), g.send('s'), g.throw(ValueError('t')))
try: next(g)
except StopIteration as e: print('stop', e.value)
print(list(g), next(g, 'd'))
g = f(); next(g); g.close(); print(list(g))
g = f(); next(g); next(g); next(g); g.close()
g = f(); g.send(1)
#%%
def f():
    try: yield 1
    except GeneratorExit: yield 2
g = f(); next(g); g.close()
#%%
def f(): yield 1; raise StopIteration
list(f())
#%%
def inner():
    try:
        x = yield 1
        print('inner got', x)
        y = yield 2
    except KeyError: print('inner caught'); yield 'k'
    return 'res'
def outer():
    r = yield from inner()
    print('r', r)
    r2 = yield from [7, 8]
    print(r2)
    yield from (x for x in 'ab')
g = outer()
print(next(g), g.send('S'), g.throw(KeyError), list(g))
#%%
def f():
    x = yield from 5
next(f())
#%%
def g(): yield from g2(); yield 9
def g2(): yield 1; return 2
it = g()
print([*it], it.gi_frame is None, it.gi_running)
def tree(n): 
    if n: yield from tree(n - 1); yield n; yield from tree(n - 1)
print(*tree(4))
def e():
    return
    yield
print(list(e()), (yield_ := 3))
def f():
    l = [(yield x) for x in ()] if 0 else []
#%%
def f(): yield 1
g = f()
g.throw(ValueError('unstarted'))
#%%
def f():
    yield
    g.send(1)
g = f(); next(g); next(g)
#%%
def f():
    got = []
    while True:
        x = yield sum(got)
        if x is None: return got
        got.append(x)
g = f(); next(g)
print([g.send(i) for i in range(5)])
try: next(g)
except StopIteration as e: print(e.value, e.args)
#%%
g = (x * y for x in range(3) for y in range(x) if y)
print(next(g), list(g))
x = 5
g = (x for _ in range(2)); x = 6; print(list(g))
g = (i for i in nope)
#%%
import asyncio
async def c(x): return x * 2
async def agen():
    for i in range(3):
        yield await c(i)
class CM:
    async def __aenter__(self): print('aenter'); return 1
    async def __aexit__(self, *a): print('aexit', a[0] and a[0].__name__); return True
class It:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return self.n
async def main():
    print(await c(4))
    async for x in agen(): print(x)
    else: print('else')
    async with CM() as a, CM(): print(a); raise ValueError
    print([x async for x in agen() if x], {x: 1 async for x in It()}, [await c(x) for x in range(3)], {await c(1)}, [y async for y in It() for _ in range(2)])
    print([x async for x in (await c(z) for z in range(2))])
    return 'main'
print(asyncio.run(main()))
#%%
import asyncio
async def f(): await asyncio.sleep(0); return 1
async def main(): return await asyncio.gather(f(), f())
print(asyncio.run(main()))
async def bad(): await 5
asyncio.run(bad())
#%%
async def f(): pass
x = f()
print(type(x).__name__); x.close()
try: x.send(None)
except RuntimeError as e: print(e)
async def g():
    return 5
c = g()
try: c.send(None)
except StopIteration as e: print(e.value)
#%%
print(__name__, __doc__)
'''not a doc'''
print(f.__name__ if (f := lambda: 0) else 0, f.__qualname__)
def g():
    def h(): pass
    return h
print(g().__qualname__, g.__name__)
class A:
    class B:
        def m(self): pass
print(A.B.m.__qualname__, A.B.__qualname__, A.B.__name__, A.__module__)
#%%
if 1:
	print('tab')
if 1:
        print('eight')
x = 1 + \
    2
y = (1
   +
 2  # comment
)
print(x, y); print('semi'); 
class A: pass; x = 1
if x: pass
elif y: pass
else: pass
while 0: pass
print(A.x) if 1 else 2
def f(): return 1; return 2
print(f())
lambda: (yield)
...
pass;pass
1; 2; 'x'
#%%
globals()['dyn'] = 5
print(dyn, 'dyn' in globals(), 'nope' in globals())
def f(a): b = 2; return sorted(locals().items())
print(f(1))
class A:
    x = 1
    print(sorted(k for k in locals() if not k.startswith('__')))
print(sorted(k for k in vars(A) if not k.startswith('__')))
#%%
import os.path as p, sys as s
from os import path, sep as separator
import os.path
import collections.abc
from collections import *
print(p is path, p is os.path, separator, collections.abc.Mapping.__name__, OrderedDict.__name__, deque([1]))
#%%
def f(a, b): return a - b
print(f(b=1, a=5), (f)(3, 1), [f][0](2, 1), {'k': f}['k'](9, 1))
print(*(i for i in range(3)), sep=',')
print(max(*[1, 5], 3), dict(*[[('a', 1)]], b=2), f(*(1,), **{'b': 2}), f(*(1,), b=2))
#%%
def order(x): print(x, end=' '); return x
order(1) + order(2) * order(3)
{order('k'): order('v')}
order([0])[order(0)] = order('rhs')
order(1) < order(2) < order(0) < order('never')
order(0) and order('n') or order('y')
(order('t') if order(1) else order('e'))
print(order('a'), *[order('b')], k := order('c') if 0 else '', sep=order(' '))
#%%
def f(a=print('default evaluated')): pass
class M(type):
    def __prepare__(name, bases, **k): print('prepare', k); return {}
    def __new__(m, n, b, d, **k): print('new', n, sorted(x for x in d if x[0] != '_')); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): print('init', k); super().__init__(n, b, d)
    def __call__(c, *a): print('call', a); return super().__call__(*a)
class A(metaclass=M, opt=1):
    y = 2
    def __init__(self, v): self.v = v
print(A(5).v, type(A).__name__)
#%%
print(1 if 0 else 2 if 0 else 3, not 0 == 1, -2 ** 2, 2 ** -1, 2 ** 3 ** 2, (-2) ** 2, 1 + 2 * 3 - 4 // 2 % 3, 5 & 3 | 4 ^ 1, 1 << 2 + 1, ~1 + 2, not 1 or 1, 1 < 2 == 2 < 3, 'a' in 'abc' == True, 6 / 2 * 3, -7 // 2 * 2, +-+1, 1 or 1 / 0, 0 and 1 / 0, [1] is not [1], await_ if (await_ := 1) else 0, 3 - -3, 1 if 1 else 1 / 0)
