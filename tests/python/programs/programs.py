def sieve(n):
    p = [True] * (n + 1)
    p[0:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if p[i]: p[i*i::i] = [False] * len(p[i*i::i])
    return [i for i, x in enumerate(p) if x]
print(sieve(60))
#%%
def qsort(l):
    if len(l) < 2: return l
    p, *r = l
    return qsort([x for x in r if x < p]) + [p] + qsort([x for x in r if x >= p])
print(qsort([3, 6, 1, 8, 2, 9, 2]))
#%%
text = '''the quick brown fox
jumps over the lazy dog the end'''
c = {}
for w in text.split(): c[w] = c.get(w, 0) + 1
for w, n in sorted(c.items(), key=lambda kv: (-kv[1], kv[0])): print(f'{w:<6}|{n:>3}')
#%%
memo = {}
def fib(n):
    if n not in memo: memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(90))
#%%
def fact(n):
    r = 1
    for i in range(2, n + 1): r *= i
    return r
print(fact(50), len(str(fact(500))))
#%%
class Stack:
    def __init__(self): self.items = []
    def push(self, x): self.items.append(x); return self
    def pop(self): return self.items.pop()
    def __len__(self): return len(self.items)
    def __repr__(self): return f'{type(self).__name__}({self.items!r})'
s = Stack().push(1).push('a')
print(s, len(s), s.pop(), s)
#%%
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*matrix)], [x for r in matrix for x in r], [[r[i] for r in matrix] for i in range(3)], sum(map(sum, matrix)))
#%%
def gcd(a, b):
    while b: a, b = b, a % b
    return a
print(gcd(48, 36), gcd(2 ** 100, 6 ** 50))
#%%
TABLES = ['users', 'orders']
COLUMNS = {'users': ('id', 'name'), 'orders': ('id', 'user_id')}
for t in TABLES:
    cols = ', '.join(f'"{c}"' for c in COLUMNS[t])
    print(f"INSERT INTO {t} ({cols}) VALUES ({', '.join(':' + c for c in COLUMNS[t])})")
sql = """
    UPDATE %(table)s
    SET %(col)s = %%s
""" % {'table': 'users', 'col': 'name'}
print(sql.strip(), '|'.join(l.strip() for l in sql.splitlines() if l.strip()))
print('ALTER TABLE {0} ADD COLUMN {1} {2};'.format('t', 'c', 'int'), 'a' 'b'
      'c', "x\
y")
#%%
rows = [{'id': i, 'name': n} for i, n in enumerate(['a', 'b', 'c'], start=1)]
print(rows, {r['id']: r for r in rows if r['id'] != 2}, [r.get('zip', None) for r in rows][:1], sorted(rows, key=lambda r: r['name'], reverse=True)[0]['id'])
#%%
def to_roman(n):
    out = ''
    for v, s in [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]:
        while n >= v: out += s; n -= v
    return out
print([to_roman(n) for n in (4, 9, 1994, 2024)])
#%%
def cache(f):
    store = {}
    def w(*a):
        if a not in store: store[a] = f(*a)
        return store[a]
    w.store = store
    return w
@cache
def sq(x): return x * x
print(sq(3), sq(3), sq(4), sq.store)
#%%
def parse(tokens):
    def expr():
        v = term()
        while tokens and tokens[0] in '+-':
            op = tokens.pop(0)
            v = v + term() if op == '+' else v - term()
        return v
    def term():
        v = factor()
        while tokens and tokens[0] in '*/':
            op = tokens.pop(0)
            v = v * factor() if op == '*' else v / factor()
        return v
    def factor():
        t = tokens.pop(0)
        if t == '(':
            v = expr()
            tokens.pop(0)
            return v
        return int(t)
    return expr()
print(parse(list('2*(3+4)-6/2')))
#%%
class Account:
    interest = 0.02
    def __init__(self, owner, balance=0):
        self.owner, self._b = owner, balance
    @property
    def balance(self): return round(self._b, 2)
    def deposit(self, x):
        if x <= 0: raise ValueError('positive')
        self._b += x
        return self
    @classmethod
    def parse(cls, s): return cls(*(p if i == 0 else float(p) for i, p in enumerate(s.split(':'))))
class Saving(Account):
    interest = 0.05
    def year(self): self._b *= 1 + self.interest; return self
print(Saving.parse('x:100').deposit(50).year().balance)
Account('y').deposit(-1)
#%%
data = [('a', 1), ('b', 2), ('a', 3)]
groups = {}
for k, v in data: groups.setdefault(k, []).append(v)
print(groups, {k: sum(v) for k, v in groups.items()})
inverse = {}
for k, vs in groups.items():
    for v in vs: inverse[v] = k
print(inverse, list(map(list, inverse.items())))
#%%
def hanoi(n, a, b, c): return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)
print(len(hanoi(6, 'a', 'b', 'c')), hanoi(2, 'a', 'b', 'c'))
#%%
upgrade_steps = []
class Op:
    def __getattr__(self, name):
        def call(*a, **k):
            upgrade_steps.append((name, a, tuple(sorted(k.items()))))
        return call
op = Op()
def upgrade():
    op.create_table('t', 'c1', 'c2', schema='s')
    for n in ('a', 'b'):
        op.add_column('t', n, nullable=(n == 'a'))
    if not upgrade_steps[0][2]: op.never()
    with_kwargs = dict(unique=True)
    op.create_index('ix', 't', ['a'], **with_kwargs)
upgrade()
for s in upgrade_steps: print(s)
#%%
s = set()
for w in 'to be or not to be'.split(): s.add(w)
print(sorted(s), len(s), 'be' in s)
s.discard('zz')
s.remove('be')
s |= {'x'}
s &= {'x', 'to'}
print(sorted(s), s - {'x'}, s ^ {'x', 'y'} == {'to', 'y'})
s.clear()
print(s, bool(s))
s.update([1, 2], (3,))
s.difference_update([1])
s.intersection_update([2, 3, 4])
s.symmetric_difference_update([2, 9])
print(sorted(s), s.pop() in (3, 9))
set().remove('k')
#%%
l = [3, 1, 2]
l.sort()
l.reverse()
l.insert(1, 'x')
l.extend((7, 8))
print(l, l.pop(), l.pop(0), l.pop(-1), l)
l.remove('x')
l.append(l[:])
print(l, l.index(2), l.count(2))
l.clear()
l += 'ab'
print(l)
l.sort(key=lambda c: -ord(c))
print(l, l.copy() is l)
l.insert(-1, 'mid')
l.insert(100, 'end')
l.insert(-100, 'start')
print(l)
l.sort(1)
#%%
a = [1, [2, 3]]
b = a[:]
c = list(a)
b[1].append(4)
print(a, b is a, b == a, c[1] is a[1])
x = y = [0] * 2
x[0] = 1
print(y)
r = [[0] * 2] * 2
r[0][0] = 5
print(r)
l = [1]
l.append(l)
print(l, l == l, repr(l))
d = {}
d['self'] = d
print(d)
#%%
print('%-10s|%5d|%8.3f' % ('name', 42, 3.14159), '{:<10}|{:^10}|{:>10}'.format('l', 'c', 'r'), f'{"x":-^9}')
for i in range(1, 4): print(f'{i:2d} {i*i:3d} {i**3:4d}')
print('\t'.join(['a', 'b']), 'a\\nb', r'a\nb', 'tab\tx', "q'q", 'uni\u00e9', b'by\x00te', '''tri
ple''', 'a' if 1 else 'b')
#%%
import_names = ['x']
def outer():
    total = 0
    def add(n):
        nonlocal total
        total += n
        def show(): return f'total={total}'
        return show
    add(5)
    return add(10)()
print(outer())
def apply(f, *a, **k): return f(*a, **k)
print(apply(lambda x, y=2: x ** y, 3), apply(max, 1, 5), apply(sorted, [2, 1], reverse=True), apply(dict, a=1))
#%%
x = 0
while x < 10:
    x += 1
    if x % 2: continue
    if x > 6: break
    print(x, end=' ')
else: print('never')
print()
for i, (a, b) in enumerate([(1, 2), (3, 4)]): print(i, a + b)
for k, v in {'a': 1}.items(): print(k, v)
for ch in 'ab': print(ch, end=';')
for _ in range(2):
    for _ in range(2): pass
print(i, k, v, ch)
for a[0] in [5, 6] if False else []: pass
t = [0]
for t[0] in range(3): pass
print(t)
#%%
def binary(n): return bin(n)[2:].zfill(8)
print([binary(i) for i in (0, 5, 255)], int('ff', 16), '{:08b}'.format(37), f'{37:#010b}', f'{255:o}')
print(*(chr(ord('a') + i) for i in range(5)), sep='')
print(''.join(chr((ord(c) - 97 + 13) % 26 + 97) for c in 'hello'))
print(sum(int(d) for d in str(2 ** 100)), 'racecar' == 'racecar'[::-1])
#%%
assert isinstance(True, int)
values = [None, 0, '', 'x', [], [0]]
print([v for v in values if v], [bool(v) for v in values], [v or 'default' for v in values], [v and 'yes' for v in values])
print(None == 0, None is None, [] == [], 0 == False, '' == False, 1 == 1.0 == True)
a = b = None
print(a is b, a == b, (a or 5) + 1)
#%%
def f(*, name, **options):
    return name, options
cfg = {'name': 'n', 'x': 1}
print(f(**cfg), f(name='m', **{'y': 2}))
print({**cfg, 'name': 'over'}, [*cfg], (*cfg.values(),))
first, *_, last = sorted(cfg)
print(first, last)
x = 1,
print(x, type(x), (1), ())
print((yield_ := 5) + 1)
#%%
class Color:
    RED = 'red'
    ALL = [RED, 'x']
    MAP = {k: v for k, v in [('r', 1)]}
    def __class_getitem__(cls, i): return cls.ALL[i]
print(Color.ALL, Color.MAP, Color[0], [c for c in dir(Color) if c.isupper()])
setattr(Color, 'BLUE', 'blue')
print(Color.BLUE, getattr(Color, 'GREEN', 'nope'), {k: v for k, v in vars(Color).items() if k.isupper() and isinstance(v, str)})
#%%
s = 'CREATE TABLE "x" (id INTEGER);'
print(s.lower().count('table'), s.partition('(')[2].rstrip(');'), s.split('"')[1::2], s.find('id'), s[s.index('('):], s.replace('"', '`'), s.startswith('CREATE') and s.endswith(';'))
lines = """a = 1
  b = 2

c=3""".splitlines()
print([tuple(p.strip() for p in l.split('=', 1)) for l in lines if l.strip()], {k.strip(): int(v) for k, v in (l.split('=') for l in lines if '=' in l)})
