# SPDX-License-Identifier: GPL-3.0-or-later
"""statements by the connection, with parameters

Revision ID: 3c69d6bd4bf1
Revises: acf6e9b61335
"""
from alembic import op
from sqlalchemy import text

# revision identifiers, used by Alembic.
revision = '3c69d6bd4bf1'
down_revision = 'acf6e9b61335'


def upgrade():
    conn = op.get_bind()
    conn.execute(text('SET LOCAL lock_timeout = :timeout').bindparams(timeout='5s'))
    conn.execute(text('SELECT pg_advisory_xact_lock(:key)'), {'key': 4711})
    conn.execute(text("INSERT INTO settings (name, value) VALUES (:name, :value)").bindparams(name='version', value='2'))
    conn.exec_driver_sql("UPDATE settings SET value = '3' WHERE name LIKE 'ver%'")


def downgrade():
    connection = op.get_bind()
    connection.execute(text("DELETE FROM settings WHERE name = 'version'"))
