# SPDX-License-Identifier: GPL-3.0-or-later
"""alter columns"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, mysql

revision = 'c66cc8b7abc3'
down_revision = '66a21e695e63'

def upgrade():
    op.alter_column('t', 'a', existing_type=sa.VARCHAR(length=50), type_=sa.Text(), existing_nullable=True, postgresql_using='a::text')
    op.alter_column('t', 'b', nullable=False, server_default=sa.text("now()"), existing_type=postgresql.TIMESTAMP(timezone=True))
    op.alter_column('t', 'c', server_default=None)
    op.alter_column('t', 'd', new_column_name='Dee', comment="it's", existing_comment='old')
    op.alter_column('t', 'e', type_=sa.Enum('x', 'y', name='xy'), postgresql_using='e::xy', existing_server_default='x')
    op.alter_column('t', 'f', type_=sa.Numeric(precision=12, scale=4), schema='s')
    op.alter_column('t', 'g', server_default=sa.Identity(always=False, start=5))
    op.alter_column('t', 'h', server_default=None, existing_server_default=sa.Identity())
    op.alter_column('t', 'i', server_default=sa.Identity(always=True, increment=2), existing_server_default=sa.Identity(always=False, increment=1))
    op.alter_column('t', 'j', type_=sa.Boolean(), server_default=sa.true(), nullable=True)
    op.alter_column('t', 'k', server_default='5', type_=sa.Integer)
    op.alter_column('t', 'l', type_=postgresql.ARRAY(sa.Integer), server_default=sa.text("'{}'"))
    op.alter_column('t', 'm', type_=mysql.LONGTEXT().with_variant(sa.Text(), 'postgresql').with_variant(sa.Text(), 'sqlite'))
def downgrade():
    op.alter_column('t', 'a', existing_type=sa.Text(), type_=sa.VARCHAR(length=50), nullable=False)
    op.alter_column('t', 'd', comment=None, existing_comment="x")
