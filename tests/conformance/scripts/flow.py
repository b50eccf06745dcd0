# SPDX-License-Identifier: GPL-3.0-or-later
"""flow"""
from alembic import op
import sqlalchemy as sa
import os, sys, itertools, collections, operator, functools

revision = '214395145de9'
down_revision = 'f542938a4c15'

FEATURE = os.environ.get('FEATURE_X', 'off')
def batched(it, n):
    it = iter(it)
    while chunk := list(itertools.islice(it, n)):
        yield chunk
class Step:
    registry = []
    def __init_subclass__(cls, **kw): Step.registry.append(cls)
    def __call__(self): raise NotImplementedError
class One(Step):
    def __call__(self): op.execute('one')
class Two(Step):
    def __call__(self):
        op.execute('two'); return self
    def __enter__(self): op.execute('enter'); return 5
    def __exit__(self, *a): op.execute('exit'); return True
def deco(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        op.execute(f'-- before {fn.__name__}'); r = fn(*a, **k); op.execute('-- after'); return r
    return inner
@deco
def work(x, *rest, y=2, **kw): op.execute(f'{x} {rest} {y} {kw}')
def upgrade():
    for s in Step.registry: s()()
    with Two() as v:
        op.execute(f'v {v}'); raise ValueError('x')
    for c in batched(range(7), 3): op.execute('c ' + ','.join(map(str, c)))
    work(1, 2, 3, y=4, z=5); work(*[1], **{'y': 9})
    try:
        {}['a']
    except (KeyError, ValueError) as e:
        op.execute(f'err {e} {type(e).__name__} {e.args}')
    else: op.execute('no')
    finally: op.execute('fin')
    x = 0
    while True:
        x += 1
        if x == 2: continue
        if x > 3: break
        op.execute(f'x{x}')
    else: op.execute('never')
    a, (b, *c), d = 1, (2, 3, 4), 5
    op.execute(f'{a}{b}{c}{d} ' + ('yes' if a < b < d and not c == [] else 'no'))
    op.execute(str(functools.reduce(operator.add, [1, 2, 3])) + str(collections.Counter('aab').most_common(1)) + str(list(itertools.groupby('aabb'))[0][0]) + str([*zip('ab', [1, 2])]) + str({**{'a': 1}, 'b': 2}) + str(any(i > 2 for i in range(4))))
    global G; G = 5; op.execute(str(G) + str(globals()['G']))
    def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
    op.execute(str(fib(15)))
    del a
def downgrade():
    if FEATURE == 'on': op.execute('on')
    assert True
    lst = [3, 1, 2]; lst.sort(reverse=True); lst.insert(0, 9); lst.extend((7,)); lst.remove(1); op.execute(str(lst) + str(lst.index(7)) + str(lst.pop()) + str(lst[1:]) + str(sorted('bca', key=lambda c: -ord(c))))
    d = dict.fromkeys('ab', 0); d.setdefault('c', []).append(1); d |= {'z': 1}; op.execute(str(d) + str(d.pop('a')) + str(list(d)) + str(d.get('q')) )
    s = {1, 2} & {2, 3} | {5}; op.execute(str(sorted(s)) + str({1, 2} ^ {2}) + str(frozenset([1]) <= {1, 2}))
