# SPDX-License-Identifier: GPL-3.0-or-later
"""args styles"""
from alembic import op
import sqlalchemy as sa

revision = 'dcf96e356bf9'
down_revision = '8ff3675ba489'

def upgrade():
    cols = dict(nullable=False, server_default=sa.text("'x'"))
    op.add_column(table_name='t', column=sa.Column(name='a', type_=sa.String(length=5), **cols))
    op.create_index(index_name='i', table_name='t', columns=['a', sa.desc('b'), sa.column('c').asc().nulls_last()], unique=True, postgresql_include=['d'], postgresql_with={'fillfactor': 50}, postgresql_tablespace='ts')
    op.create_index('i2', 't', [sa.func.lower(sa.column('a'))])
    op.create_index('i3', 't', [sa.text('a DESC'), 'b'], postgresql_using='btree', sqlite_where=sa.text('a > 1'), postgresql_nulls_not_distinct=True)
    op.create_unique_constraint(constraint_name='u', table_name='t', columns=['a'], deferrable=True)
    op.create_check_constraint(constraint_name='c', table_name='t', condition='a > 1', schema='s')
def downgrade():
    op.drop_index(index_name='i', table_name='t')
    op.drop_constraint(constraint_name='u', table_name='t', type_='unique')
    op.drop_column(table_name='t', column_name='a')
