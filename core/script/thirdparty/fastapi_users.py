# SPDX-License-Identifier: GPL-3.0-or-later
# modules: fastapi_users_db_sqlalchemy fastapi_users_db_sqlalchemy.generics fastapi_users_db_sqlmodel.generics fastapi_users.db.sqlalchemy
# modules: fastapi_users_db_sqlalchemy.guid fastapi_users.db
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


class GUID(sa.types.TypeDecorator):
    impl = sa.CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return postgresql.UUID() if dialect.name == "postgresql" else sa.CHAR(36)


class TIMESTAMPAware(sa.types.TypeDecorator):
    impl = sa.TIMESTAMP
    cache_ok = True
