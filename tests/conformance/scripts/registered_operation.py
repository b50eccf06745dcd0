# SPDX-License-Identifier: GPL-3.0-or-later
"""an operation of the project's own

Revision ID: 525f821cf628
Revises: 81f331871472
"""
from alembic import op
from alembic.operations import MigrateOperation, Operations

# revision identifiers, used by Alembic.
revision = '525f821cf628'
down_revision = '81f331871472'


@Operations.register_operation('grant_read')
class GrantReadOp(MigrateOperation):
    def __init__(self, table, *roles, schema=None):
        self.table = table if schema is None else f'{schema}.{table}'
        self.roles = roles

    @classmethod
    def grant_read(cls, operations, table, *roles, **kw):
        return operations.invoke(cls(table, *roles, **kw))


@Operations.implementation_for(GrantReadOp)
def grant_read(operations, operation):
    for role in operation.roles:
        operations.execute('GRANT SELECT ON TABLE %s TO %s' % (operation.table, role))


def upgrade():
    op.grant_read('customers', 'reporting', 'support')
    op.grant_read('orders', 'reporting', schema='sales')


def downgrade():
    op.execute('REVOKE SELECT ON TABLE customers, sales.orders FROM reporting, support')
