"""currency of the restaurant, guests by tenant

Revision ID: 57c0e4b8a91d
Revises: f29d7a0c5e63
Create Date: 2024-06-25 11:03:20.695531

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from app.core.config import settings

# revision identifiers, used by Alembic.
revision = '57c0e4b8a91d'
down_revision = 'f29d7a0c5e63'
branch_labels = None
depends_on = None


SCHEMA = settings.DATABASE_SCHEMA

menu_items = sa.table('menu_items', sa.column('currency', sa.CHAR(3)), schema=SCHEMA)


def upgrade() -> None:
    op.add_column(
        'restaurants',
        sa.Column('currency', sa.CHAR(3), nullable=True, comment='ISO 4217'),
        schema=SCHEMA,
    )
    op.execute(
        sa.text(f'UPDATE {SCHEMA}.restaurants SET currency = :currency WHERE currency IS NULL').bindparams(
            currency=settings.DEFAULT_CURRENCY
        )
    )
    op.alter_column('restaurants', 'currency', nullable=False, schema=SCHEMA)
    op.execute(menu_items.update().where(menu_items.c.currency == 'XXX').values(currency=settings.DEFAULT_CURRENCY))

    op.add_column('guests', sa.Column('restaurant_id', sa.Integer(), nullable=True), schema=SCHEMA)
    op.execute(
        f"""
        UPDATE {SCHEMA}.guests g
        SET restaurant_id = r.restaurant_id
        FROM {SCHEMA}.reservations r
        WHERE r.guest_id = g.id
        """
    )
    op.create_foreign_key(
        'fk_guests_restaurant', 'guests', 'restaurants', ['restaurant_id'], ['id'],
        source_schema=SCHEMA, referent_schema=SCHEMA, ondelete='CASCADE',
    )
    op.create_unique_constraint('uq_guests_email_restaurant', 'guests', ['restaurant_id', 'email'], schema=SCHEMA)
    op.rename_table('shifts', 'staff_shifts', schema=SCHEMA)


def downgrade() -> None:
    op.rename_table('staff_shifts', 'shifts', schema=SCHEMA)
    op.drop_constraint('uq_guests_email_restaurant', 'guests', schema=SCHEMA, type_='unique')
    op.drop_constraint('fk_guests_restaurant', 'guests', schema=SCHEMA, type_='foreignkey')
    op.drop_column('guests', 'restaurant_id', schema=SCHEMA)
    op.drop_column('restaurants', 'currency', schema=SCHEMA)
