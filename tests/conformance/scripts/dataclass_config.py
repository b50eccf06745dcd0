# SPDX-License-Identifier: GPL-3.0-or-later
"""feature flags, from dataclasses

Revision ID: c50e6f64821b
Revises: 475f6c576d14
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Optional

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = 'c50e6f64821b'
down_revision = '475f6c576d14'


class Rollout(NamedTuple):
    percent: int = 100
    until: Optional[str] = None


@dataclass(frozen=True)
class Flag:
    key: str
    rollout: Rollout = field(default_factory=Rollout)
    owners: tuple[str, ...] = ()

    @property
    def row(self) -> dict:
        return {'key': self.key, 'percent': self.rollout.percent, 'until': self.rollout.until, 'owners': ','.join(self.owners) or None}


FLAGS = [
    Flag('new-checkout', Rollout(25)),
    Flag('dark-mode', owners=('web', 'mobile')),
    Flag('beta', Rollout(until='2024-12-31')),
]


def upgrade() -> None:
    flags = op.create_table(
        'flags',
        sa.Column('key', sa.String(64), primary_key=True),
        sa.Column('percent', sa.SmallInteger, nullable=False, default=100),
        sa.Column('until', sa.String(10)),
        sa.Column('owners', sa.String(200)),
        sa.CheckConstraint('percent BETWEEN 0 AND 100'),
    )
    op.bulk_insert(flags, [flag.row for flag in sorted(FLAGS, key=lambda flag: flag.key)])


def downgrade() -> None:
    op.drop_table('flags')
