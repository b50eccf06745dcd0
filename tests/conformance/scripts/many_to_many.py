# SPDX-License-Identifier: GPL-3.0-or-later
"""association tables, made in a loop

Revision ID: f40c90b34228
Revises: d4bb2b6620ae
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'f40c90b34228'
down_revision = 'd4bb2b6620ae'


def association(left, right, *extra, **options):
    name = '_'.join(sorted((left, right)))
    singular = {left: left.removesuffix('s'), right: right.removesuffix('s')}
    op.create_table(
        name,
        *(sa.Column(f'{singular[side]}_id', sa.Integer, sa.ForeignKey(f'{side}.id', ondelete='CASCADE'), nullable=False) for side in (left, right)),
        *extra,
        sa.PrimaryKeyConstraint(*[f'{s}_id' for s in singular.values()]),
        **options,
    )
    return name


PAIRS = (('users', 'groups'), ('groups', 'permissions'))


def upgrade():
    for left, right in PAIRS:
        name = association(left, right, sa.Column('added', sa.DateTime, server_default=sa.text('CURRENT_TIMESTAMP')), comment=f'{left} and {right}')
        op.create_index(None if False else f'ix_{name}_{left}', name, [f'{left[:-1]}_id'])


def downgrade():
    for pair in PAIRS[::-1]:
        op.drop_table('_'.join(sorted(pair)))
