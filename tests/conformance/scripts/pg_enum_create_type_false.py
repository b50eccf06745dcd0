# SPDX-License-Identifier: GPL-3.0-or-later
"""pg enum create type false"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ENUM, JSONB, UUID, ARRAY, TSTZRANGE, ExcludeConstraint

revision = '2fed171749fb'
down_revision = '6b1bb60ca89f'

kind = ENUM('a', 'b', "it's", name='kind', create_type=False, schema='app')

def upgrade():
    op.execute("CREATE SCHEMA IF NOT EXISTS app")
    kind.create(op.get_bind(), checkfirst=True)
    op.create_table('things',
        sa.Column('id', UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), primary_key=True),
        sa.Column('kind', kind, server_default='a', nullable=False),
        sa.Column('kinds', ARRAY(kind), server_default=sa.text("'{}'::app.kind[]")),
        sa.Column('doc', JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
        sa.Column('doc2', JSONB, server_default=sa.text("'{\"a\": [1, 2]}'::jsonb")),
        sa.Column('during', TSTZRANGE(), nullable=False),
        sa.Column('tags', ARRAY(sa.String(30), dimensions=2)),
        ExcludeConstraint(('during', '&&'), ('kind', '='), where=sa.text("kind <> 'b'"), using='gist', name='excl_things'),
        sa.CheckConstraint("doc ? 'a'", name='ck_doc'),
        schema='app', comment="It's the things")
    op.create_index('ix_things_doc', 'things', ['doc'], schema='app', postgresql_using='gin', postgresql_ops={'doc': 'jsonb_path_ops'})
    op.create_index(op.f('ix_things_expr'), 'things', [sa.text("(doc ->> 'name')"), 'kind'], unique=True, schema='app', postgresql_where=sa.text('kind IS NOT NULL'))

def downgrade():
    op.drop_index(op.f('ix_things_expr'), table_name='things', schema='app', postgresql_where=sa.text('kind IS NOT NULL'))
    op.drop_index('ix_things_doc', table_name='things', schema='app')
    op.drop_table('things', schema='app')
    kind.drop(op.get_bind(), checkfirst=True)
