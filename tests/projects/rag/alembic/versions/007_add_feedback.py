"""Add feedback

Revision ID: 007_add_feedback
Revises: 006_migrate_user_roles
Create Date: 2024-12-05 10:12:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '007_add_feedback'
down_revision: Union[str, Sequence[str], None] = '006_migrate_user_roles'
branch_labels: Union[str, Sequence[str], None] = ('feedback',)
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        'message_feedback',
        sa.Column('message_id', sa.BigInteger(), sa.ForeignKey('messages.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), sa.ForeignKey('users.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('rating', sa.SmallInteger(), nullable=False),
        sa.Column('comment', sa.Text(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint('rating IN (-1, 1)', name='ck_message_feedback_rating'),
    )


def downgrade() -> None:
    op.drop_table('message_feedback')
