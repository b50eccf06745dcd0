# SPDX-License-Identifier: GPL-3.0-or-later
"""orm update join"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

revision = 'f98436a018cf'
down_revision = '8dd0d58e8263'

class Base(DeclarativeBase): pass
class T(Base):
    __tablename__ = 't'
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[str | None] = mapped_column(sa.String(5), default='dflt', onupdate='upd')
    m: Mapped[int] = mapped_column(default=lambda: 3)
def upgrade():
    op.execute(sa.insert(T))
    op.execute(sa.insert(T).values(id=5))
    op.execute(sa.update(T).values(m=4))
    op.execute(T.__table__.insert().values([{'id': 1}, {'id': 2}]))
    op.bulk_insert(T.__table__, [{'id': 1}, {'id': 2, 'n': 'z'}])
def downgrade():
    op.execute(sa.update(T).values(n=None).where(T.id.in_(sa.select(sa.literal(1)))))
