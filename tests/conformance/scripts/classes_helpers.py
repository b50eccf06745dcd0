# SPDX-License-Identifier: GPL-3.0-or-later
"""classes helpers"""
from alembic import op
import sqlalchemy as sa
from dataclasses import dataclass, field
from contextlib import contextmanager
from collections import defaultdict, namedtuple, OrderedDict
from functools import partial, lru_cache
from itertools import chain, product

revision = 'fc2672cd4bbc'
down_revision = 'b098dfeecaeb'

@dataclass(frozen=True)
class Col:
    name: str
    type: sa.types.TypeEngine = field(default_factory=sa.Text)
    kw: dict = field(default_factory=dict)
    def make(self): return sa.Column(self.name, self.type, **self.kw)
@contextmanager
def lock(t):
    op.execute(f'LOCK TABLE {t} IN EXCLUSIVE MODE')
    try: yield t
    finally: op.execute(f'ANALYZE {t}')
add = partial(op.add_column, 'things')
IX = namedtuple('IX', 'name cols')
def upgrade():
    with lock('things') as t:
        for c in chain([Col('a'), Col('b', sa.Integer(), {'nullable': False})], (Col(f'c{i}') for i in range(2))):
            add(c.make())
        for x in map(lambda p: IX('_'.join(('ix',) + p), list(p)), product('ab', ['c0'])):
            op.create_index(x.name, t, x.cols)
    groups = defaultdict(list)
    for k, v in {'x': 1, 'y': 2, 'z': 1}.items(): groups[v].append(k)
    op.execute('; '.join(f"g{k}={','.join(v)}" for k, v in sorted(groups.items(), reverse=True)))
    match len(groups):
        case 2 | 3 as n if n > 1: op.execute(f"n {n:>4}|{n:04d}|{n/3:.3f}|{1e6:,}|{'a':^5}|{n!r}")
        case _: raise RuntimeError
def downgrade():
    *_, last = sorted({'b', 'a'}); op.execute(last)
