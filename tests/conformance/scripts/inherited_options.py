# SPDX-License-Identifier: GPL-3.0-or-later
"""a big table with everything that a column can say

Revision ID: 42570ab8534a
Revises: c20018ff0e78
"""
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

# revision identifiers, used by Alembic.
revision = '42570ab8534a'
down_revision = 'c20018ff0e78'


class Priority(enum.IntEnum):
    low = 1
    normal = 5
    high = 9


class Channel(str, enum.Enum):
    EMAIL = 'email'
    SMS = 'sms'


def upgrade():
    op.create_table(
        'notifications',
        sa.Column('id', pg.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), primary_key=True),
        sa.Column('number', sa.BigInteger, sa.Identity(start=1000), nullable=False, unique=True),
        sa.Column('priority', sa.Integer, nullable=False, server_default=str(Priority.normal.value)),
        sa.Column('channel', sa.Enum(Channel, name='channel', values_callable=lambda e: [m.value for m in e]), nullable=False,
                  server_default=Channel.EMAIL.value),
        sa.Column('title', sa.String(200), nullable=False, comment='shown to the user'),
        sa.Column('search', pg.TSVECTOR, sa.Computed("to_tsvector('english', title)", persisted=True)),
        sa.Column('recipients', pg.ARRAY(sa.Integer), nullable=False, server_default='{}'),
        sa.Column('meta', pg.HSTORE, nullable=True),
        sa.Column('address', pg.INET),
        sa.Column('during', pg.TSTZRANGE),
        sa.Column('every', sa.Interval, server_default=sa.text("'1 day'")),
        sa.Column('parent_id', pg.UUID(as_uuid=True), sa.ForeignKey('notifications.id', name='fk_notifications_parent', deferrable=True, initially='DEFERRED')),
        sa.CheckConstraint(f'priority IN ({", ".join(str(int(p)) for p in Priority)})', name='ck_notifications_priority'),
        pg.ExcludeConstraint(('address', '='), ('during', '&&'), name='ex_notifications_during', using='gist'),
        sa.Index('ix_notifications_search', 'search', postgresql_using='gin'),
        comment="what was sent, and isn't read",
        schema='messaging',
    )
    op.create_table_comment('notifications', 'what was sent', existing_comment="what was sent, and isn't read", schema='messaging')


def downgrade():
    op.drop_table('notifications', schema='messaging')
    sa.Enum(name='channel').drop(op.get_bind(), checkfirst=False)
