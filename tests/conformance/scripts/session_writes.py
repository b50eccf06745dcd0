# SPDX-License-Identifier: GPL-3.0-or-later
"""a session that only executes

Revision ID: f95083a700ce
Revises: 69e3c089ee41
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

# revision identifiers, used by Alembic.
revision = 'f95083a700ce'
down_revision = '69e3c089ee41'


def upgrade():
    op.add_column('jobs', sa.Column('tries', sa.Integer(), server_default=sa.text('0'), nullable=False))
    if op.get_context().as_sql:
        op.execute(sa.text("UPDATE jobs SET tries = 1 WHERE state = 'failed'"))
        return
    session = Session(bind=op.get_bind())
    for (number,) in session.execute(sa.text('SELECT id FROM jobs')):
        session.execute(sa.text('UPDATE jobs SET tries = 1 WHERE id = :id'), {'id': number})
    session.commit()


def downgrade():
    op.drop_column('jobs', 'tries')
