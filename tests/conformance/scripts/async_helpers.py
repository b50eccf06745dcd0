# SPDX-License-Identifier: GPL-3.0-or-later
"""generators, closures and a little functional style

Revision ID: 7b46475c1626
Revises: 1d6444a34f0f
"""
from functools import partial, reduce
from itertools import chain, groupby

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '7b46475c1626'
down_revision = '1d6444a34f0f'

column = partial(sa.Column, nullable=False)
SPEC = 'a.x:int a.y:str b.z:int b.w:str'
KINDS = dict(int=sa.Integer, str=partial(sa.String, 12))


def parsed():
    for word in SPEC.split():
        where, kind = word.split(':')
        yield (*where.split('.'), kind)


def upgrade():
    for table, group in groupby(parsed(), key=lambda item: item[0]):
        op.create_table(table, *[column(name, KINDS[kind](), primary_key=not n) for n, (_, name, kind) in enumerate(group)])
    total = reduce(lambda a, b: a + b, map(len, chain.from_iterable(parsed())))
    op.execute(f'-- {total} characters') if total > 100 else op.execute(f'COMMENT ON TABLE a IS \'{total}\'')


def downgrade():
    seen = set()
    names = [seen.add(t) or t for t, *_ in parsed() if t not in seen]
    list(map(op.drop_table, names))
