# SPDX-License-Identifier: GPL-3.0-or-later
"""a partitioned table and a partition for each month

Revision ID: ad6f10470cf7
Revises: d885cbabca24
"""
import datetime

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = 'ad6f10470cf7'
down_revision = 'd885cbabca24'

START = datetime.date(2023, 11, 1)


def months(count):
    first = START
    for _ in range(count):
        following = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
        yield first, following
        first = following


def upgrade():
    op.create_table(
        'measurements',
        sa.Column('sensor', sa.Integer, nullable=False),
        sa.Column('taken', sa.DateTime(timezone=True), nullable=False),
        sa.Column('value', sa.Float),
        sa.PrimaryKeyConstraint('sensor', 'taken'),
        postgresql_partition_by='RANGE (taken)',
    )
    for start, end in months(4):
        op.execute(f"CREATE TABLE measurements_{start:%Y_%m} PARTITION OF measurements FOR VALUES FROM ('{start}') TO ('{end.isoformat()}')")


def downgrade():
    for start, _ in reversed(list(months(4))):
        op.execute('DROP TABLE measurements_' + start.strftime('%Y_%m'))
    op.drop_table('measurements')
