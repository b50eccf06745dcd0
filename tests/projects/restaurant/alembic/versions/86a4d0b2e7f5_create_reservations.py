"""create guests and reservations

Revision ID: 86a4d0b2e7f5
Revises: 3c7f1e5a9d02
Create Date: 2023-12-01 10:55:29.430087

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from app.core.config import settings

# revision identifiers, used by Alembic.
revision = '86a4d0b2e7f5'
down_revision = '3c7f1e5a9d02'
branch_labels = None
depends_on = None


reservation_status = postgresql.ENUM(
    'requested', 'confirmed', 'seated', 'no_show', 'cancelled',
    name='reservation_status',
    schema=settings.DATABASE_SCHEMA,
    create_type=False,
)


def upgrade() -> None:
    reservation_status.create(op.get_bind(), checkfirst=False)

    op.create_table(
        'guests',
        sa.Column('id', sa.BigInteger(), primary_key=True),
        sa.Column('phone', sa.String(32), nullable=True),
        sa.Column('email', sa.String(320), nullable=True),
        sa.Column('name', sa.String(160), nullable=False),
        sa.Column('notes', sa.Text(), nullable=True),
        sa.CheckConstraint('phone IS NOT NULL OR email IS NOT NULL', name='ck_guests_reachable'),
        schema=settings.DATABASE_SCHEMA,
    )
    op.create_table(
        'reservations',
        sa.Column('id', postgresql.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), primary_key=True),
        sa.Column('restaurant_id', sa.Integer(), nullable=False),
        sa.Column('guest_id', sa.BigInteger(), nullable=False),
        sa.Column('dining_table_id', sa.Integer(), nullable=True),
        sa.Column('party_size', sa.SmallInteger(), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('status', reservation_status, server_default='requested', nullable=False),
        sa.ForeignKeyConstraint(['restaurant_id'], [f'{settings.DATABASE_SCHEMA}.restaurants.id'], name='fk_reservations_restaurant', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['guest_id'], [f'{settings.DATABASE_SCHEMA}.guests.id'], name='fk_reservations_guest', ondelete='RESTRICT'),
        sa.ForeignKeyConstraint(['dining_table_id'], [f'{settings.DATABASE_SCHEMA}.dining_tables.id'], name='fk_reservations_table', ondelete='SET NULL'),
        sa.CheckConstraint(f'party_size BETWEEN 1 AND {settings.MAX_PARTY_SIZE}', name='ck_reservations_party_size'),
        sa.CheckConstraint('ends_at > starts_at', name='ck_reservations_period'),
        schema=settings.DATABASE_SCHEMA,
    )
    op.create_index(
        'ix_reservations_restaurant_starts',
        'reservations',
        ['restaurant_id', 'starts_at'],
        unique=False,
        schema=settings.DATABASE_SCHEMA,
        postgresql_where=sa.text("status <> 'cancelled'"),
    )


def downgrade() -> None:
    op.drop_index('ix_reservations_restaurant_starts', table_name='reservations', schema=settings.DATABASE_SCHEMA)
    op.drop_table('reservations', schema=settings.DATABASE_SCHEMA)
    op.drop_table('guests', schema=settings.DATABASE_SCHEMA)
    reservation_status.drop(op.get_bind(), checkfirst=False)
