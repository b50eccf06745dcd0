# SPDX-License-Identifier: GPL-3.0-or-later
"""python enum values"""
from alembic import op
import sqlalchemy as sa
import enum

revision = 'b098dfeecaeb'
down_revision = '30e53c981f57'

class Level(str, enum.Enum):
    LOW = 'low'
    HIGH = 'high'
class Prio(enum.IntEnum):
    A = 1
    B = 2
def upgrade():
    op.add_column('t', sa.Column('l', sa.Enum(Level, name='level', values_callable=lambda e: [m.value for m in e]), server_default=Level.LOW.value))
    op.add_column('t', sa.Column('l2', sa.Enum(Level), server_default=Level.LOW.name))
    op.add_column('t', sa.Column('p', sa.Enum(Prio, native_enum=False)))
    t = sa.table('t', sa.column('l', sa.Enum(Level)), sa.column('p', sa.Integer), sa.column('s', sa.String))
    op.execute(t.update().values(l=Level.HIGH, p=Prio.B, s=Level.LOW))
    op.execute(f"UPDATE t SET l = '{Level.HIGH}' WHERE p = {Prio.A}")
    op.execute("UPDATE t SET l = '%s' WHERE p = %d %s" % (Level.HIGH.value, Prio.A, Prio.A))
    op.execute("x {} {!r} {}".format(Level.LOW, Level.LOW, [x.value for x in Level]))
def downgrade():
    sa.Enum(name='level').drop(op.get_bind(), checkfirst=False)
    op.execute('DROP TYPE ' + Level.__name__.lower())
