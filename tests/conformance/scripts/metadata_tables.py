# SPDX-License-Identifier: GPL-3.0-or-later
"""tables of a MetaData with a naming convention

Revision ID: acf6e9b61335
Revises: 01f7d1bac9aa
"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = 'acf6e9b61335'
down_revision = '01f7d1bac9aa'

metadata = sa.MetaData(naming_convention={
    'ix': 'ix_%(column_0_label)s',
    'uq': 'uq_%(table_name)s_%(column_0_N_name)s',
    'ck': 'ck_%(table_name)s_%(constraint_name)s',
    'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
    'pk': 'pk_%(table_name)s',
})

author = sa.Table(
    'author', metadata,
    sa.Column('id', sa.Integer, primary_key=True),
    sa.Column('surname', sa.String(50), nullable=False, index=True),
    sa.Column('forename', sa.String(50)),
    sa.UniqueConstraint('surname', 'forename'),
)
book = sa.Table(
    'book', metadata,
    sa.Column('id', sa.Integer, primary_key=True),
    sa.Column('author_id', sa.ForeignKey('author.id'), nullable=False),
    sa.Column('pages', sa.Integer),
    sa.CheckConstraint('pages > 0', name='pages_positive'),
    sa.Column('isbn', sa.CHAR(13), unique=True),
)


def upgrade():
    metadata.create_all(op.get_bind(), checkfirst=False)
    op.bulk_insert(author, [{'id': 1, 'surname': 'Le Guin', 'forename': 'Ursula'}, {'id': 2, 'surname': "O'Brien", 'forename': None}])
    op.execute(book.insert().values(author_id=sa.select(author.c.id).where(author.c.surname == "O'Brien").scalar_subquery(), pages=320, isbn='9780000000000'))


def downgrade():
    metadata.drop_all(op.get_bind(), checkfirst=False, tables=[book, author])
