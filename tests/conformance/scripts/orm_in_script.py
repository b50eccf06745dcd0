# SPDX-License-Identifier: GPL-3.0-or-later
"""orm in script"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, Session, relationship, Mapped, mapped_column, DeclarativeBase
from typing import Optional
import datetime, uuid

revision = '23a514a5a46c'
down_revision = 'c66cc8b7abc3'

class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"})
class User(Base):
    __tablename__ = 'user'
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(30), index=True)
    nick: Mapped[Optional[str]]
    made: Mapped[datetime.datetime] = mapped_column(server_default=sa.func.now())
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    posts = relationship('Post', back_populates='user')
class Post(Base):
    __tablename__ = 'post'
    __table_args__ = (sa.UniqueConstraint('user_id', 'title', name='uq_post'), sa.Index(None, 'title', postgresql_using='hash'), {'schema': 'blog', 'comment': 'posts'})
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=True)
    title: Mapped[str] = mapped_column(sa.Text, default='x')
    user_id: Mapped[Optional[int]] = mapped_column(sa.ForeignKey('user.id', ondelete='CASCADE'))
    user = relationship(User)
def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind, checkfirst=False)
    op.execute(sa.update(User).where(User.nick.is_(None)).values(nick=User.name))
    op.execute(sa.insert(Post).values(title='a', user_id=sa.select(User.id).where(User.name == 'x').scalar_subquery()))
    op.execute(sa.delete(Post).where(Post.user_id.in_(sa.select(User.id).where(User.name.ilike('%bot%')))))
def downgrade():
    Base.metadata.drop_all(op.get_bind(), checkfirst=False)
