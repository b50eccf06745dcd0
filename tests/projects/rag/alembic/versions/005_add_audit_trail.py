"""Add audit trail

Revision ID: 005_add_audit_trail
Revises: 004_add_document_metadata
Create Date: 2024-10-21 14:30:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '005_add_audit_trail'
down_revision: Union[str, Sequence[str], None] = '004_add_document_metadata'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        'audit_trail',
        sa.Column('id', sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column('table_name', sa.String(63), nullable=False),
        sa.Column('record_id', sa.Text(), nullable=False),
        sa.Column('operation', sa.String(10), nullable=False),
        sa.Column('old_values', postgresql.JSONB(), nullable=True),
        sa.Column('new_values', postgresql.JSONB(), nullable=True),
        sa.Column('changed_by', sa.Text(), server_default=sa.text("current_setting('app.current_user', true)"), nullable=True),
        sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.CheckConstraint("operation IN ('INSERT', 'UPDATE', 'DELETE')", name='ck_audit_trail_operation'),
    )
    op.create_index('ix_audit_trail_record', 'audit_trail', ['table_name', 'record_id'])

    op.execute(
        """
        CREATE OR REPLACE FUNCTION audit_trigger_function()
        RETURNS TRIGGER AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                INSERT INTO audit_trail (table_name, record_id, operation, old_values)
                VALUES (TG_TABLE_NAME, OLD.id::text, TG_OP, to_jsonb(OLD));
                RETURN OLD;
            ELSIF TG_OP = 'UPDATE' THEN
                INSERT INTO audit_trail (table_name, record_id, operation, old_values, new_values)
                VALUES (TG_TABLE_NAME, NEW.id::text, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
                RETURN NEW;
            ELSE
                INSERT INTO audit_trail (table_name, record_id, operation, new_values)
                VALUES (TG_TABLE_NAME, NEW.id::text, TG_OP, to_jsonb(NEW));
                RETURN NEW;
            END IF;
        END;
        $$ LANGUAGE plpgsql SECURITY DEFINER;
        """
    )

    for table in ['users', 'documents', 'conversations']:
        op.execute(
            f"""
            CREATE TRIGGER audit_{table}
            AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_trigger_function();
            """
        )


def downgrade() -> None:
    for table in ['users', 'documents', 'conversations']:
        op.execute(f'DROP TRIGGER IF EXISTS audit_{table} ON {table};')

    op.execute('DROP FUNCTION IF EXISTS audit_trigger_function();')
    op.drop_index('ix_audit_trail_record', table_name='audit_trail')
    op.drop_table('audit_trail')
