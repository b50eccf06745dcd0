# SPDX-License-Identifier: GPL-3.0-or-later
"""double addresses go, with a window function

Revision ID: 6369779dd242
Revises: 12c19dc3a964
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '6369779dd242'
down_revision = '12c19dc3a964'

emails = sa.table('emails', sa.column('id', sa.Integer), sa.column('address', sa.String), sa.column('user_id', sa.Integer), sa.column('verified', sa.Boolean))


def upgrade():
    ranked = sa.select(
        emails.c.id,
        sa.func.row_number().over(partition_by=sa.func.lower(emails.c.address), order_by=[emails.c.verified.desc(), emails.c.id]).label('position'),
    ).subquery('ranked')
    op.execute(sa.delete(emails).where(emails.c.id.in_(sa.select(ranked.c.id).where(ranked.c.position > 1))))
    op.execute(sa.update(emails).values(address=sa.func.lower(emails.c.address)).where(emails.c.address != sa.func.lower(emails.c.address)))
    op.create_unique_constraint('uq_emails_address', 'emails', ['address'])


def downgrade():
    op.drop_constraint('uq_emails_address', 'emails')
