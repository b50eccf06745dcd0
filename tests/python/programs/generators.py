def g():
    x = yield 1
    print('got', x)
    y = yield 2
    print('got', y)
    return 'ret'
i = g()
print(next(i), i.send('a'))
try: i.send('b')
except StopIteration as e: print(e.value)
#%%
def g():
    yield from [1, 2]
    r = yield from h()
    print('r', r)
    yield from 'ab'
def h():
    yield 'h'
    return 'hr'
print(list(g()))
#%%
def g():
    yield 1
i = g()
i.send(5)
#%%
def g():
    try:
        while True:
            try: x = yield
            except ValueError as e: print('v', e)
            else: print('x', x)
    finally: print('done')
i = g()
next(i)
i.send(1)
i.throw(ValueError('t'))
i.throw(ValueError, 'u')
i.close()
next(i, print('closed'))
#%%
def inner():
    try: yield 1; yield 2
    except KeyError as e: yield ('caught', str(e))
    return 'inner ret'
def outer():
    r = yield from inner()
    yield r
o = outer()
print(next(o), o.throw(KeyError('k')), next(o), list(o))
#%%
def g():
    yield 1
    raise ValueError('in gen')
for x in g(): print(x)
#%%
def f():
    n = 0
    while True:
        n += 1
        yield n
it = f()
print([next(it) for _ in range(3)], [x for x, _ in zip(f(), range(4))])
import_ = (x * 2 for x in range(3))
print(next(import_), list(import_), list(import_))
#%%
def perms(l):
    if len(l) <= 1: yield l
    else:
        for i in range(len(l)):
            for p in perms(l[:i] + l[i+1:]): yield [l[i]] + p
print(list(perms([1, 2, 3])))
#%%
def g(): yield
x = g()
print(next(x), next(x, 'default'))
next(x)
#%%
def g():
    try: yield 1
    finally: print('cleanup')
for x in g(): break
a = g()
print(next(a))
a.close()
print('end')
#%%
def g():
    try: yield 1
    except GeneratorExit:
        print('exit')
        raise
i = g()
next(i)
i.close()
def bad():
    try: yield 1
    except GeneratorExit: yield 2
i = bad()
next(i)
i.close()
#%%
def avg():
    total = n = 0
    r = None
    while True:
        v = yield r
        total += v
        n += 1
        r = total / n
a = avg()
next(a)
print(a.send(10), a.send(20), a.send(30))
#%%
def g(n):
    for i in range(n):
        if i == 2: return
        yield i
print(list(g(5)), sum(g(1)), max(g(3)), sorted(g(3), reverse=True), tuple(g(9)), set(g(2)), dict(enumerate(g(2))), ','.join(map(str, g(2))))
print(any(x > 0 for x in g(3)), all(x < 5 for x in g(3)), [*g(2)], (*g(2),), {*g(2)}, min(g(2)), list(zip(g(2), g(3))))
a, b = g(2)
print(a, b, 1 in g(3))
#%%
gen = (i for i in range(3) for j in range(2) if i != j)
print(list(gen))
x = 5
gen = (x for _ in range(2))
x = 6
print(list(gen))
def f():
    l = [1, 2, 3]
    g = (v for v in l if v in l)
    l = [1]
    return list(g)
print(f())
#%%
def g():
    with open_like() as o:
        yield o
class open_like:
    def __enter__(self): print('enter'); return 'res'
    def __exit__(self, *a): print('exit', a[0])
i = g()
print(next(i))
i.close()
#%%
async def a(): return 5
async def b():
    x = await a()
    return x + 1
c = b()
try: c.send(None)
except StopIteration as e: print(e.value)
print(type(c).__name__)
#%%
async def agen():
    for i in range(3): yield i
async def main():
    r = []
    async for x in agen(): r.append(x)
    r.append([y async for y in agen() if y])
    async with CM() as c: r.append(c)
    return r
class CM:
    async def __aenter__(self): return 'cm'
    async def __aexit__(self, *a): print('aexit')
try: main().send(None)
except StopIteration as e: print(e.value)
#%%
class Aw:
    def __await__(self):
        yield 'y'
        return 'r'
async def m(): return await Aw()
c = m()
print(c.send(None))
try: c.send(None)
except StopIteration as e: print(e.value)
#%%
def g():
    yield (yield 1)
i = g()
print(next(i), i.send('s'))
def h():
    x = [(yield 'a'), (yield 'b')]
    yield x
i = h()
print(next(i), i.send(1), i.send(2))
#%%
def g():
    try:
        yield 1
        yield 2
    except ValueError:
        yield 'v'
    finally:
        yield 'f'
i = g()
print(next(i), i.throw(ValueError), next(i), list(i))
#%%
def countdown(n):
    while n:
        yield n
        n -= 1
print(list(countdown(3)), [a + b for a, b in zip(countdown(3), countdown(3))])
def chain(*its):
    for it in its: yield from it
print(list(chain('ab', [1], (2,), {3: 4}, range(2))))
def flatten(x):
    for i in x:
        if isinstance(i, list): yield from flatten(i)
        else: yield i
print(list(flatten([1, [2, [3, [4, [5]]]], 6])))
#%%
lst = [1, 2, 3]
for x in lst:
    if x < 3 and len(lst) < 6: lst.append(x * 10)
print(lst)
d = {1: 1}
for k in d: d[k + 1] = 1
#%%
it = iter([1, 2, 3])
print(next(it), list(it), next(it, None))
it = iter(lambda c=[0]: c.__setitem__(0, c[0] + 1) or c[0], 4)
print(list(it))
z = zip([1, 2], [3, 4])
print(next(z), list(z))
m = map(lambda x: x, [1, 2])
print(next(m), iter(m) is m)
e = enumerate('ab')
print(next(e), list(e))
f = filter(None, [0, 1, 2])
print(next(f))
#%%
def g():
    yield 1
x = g()
def evil():
    yield next(y)
y = evil()
next(y)
