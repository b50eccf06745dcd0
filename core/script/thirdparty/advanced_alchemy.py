# SPDX-License-Identifier: GPL-3.0-or-later
# modules: advanced_alchemy.types advanced_alchemy.types.guid advanced_alchemy.types.datetime advanced_alchemy.types.identity
# modules: advanced_alchemy.types.json advanced_alchemy.types.boolean advanced_alchemy.types.encrypted_string advanced_alchemy.types.totp
# modules: advanced_alchemy.types.password_hash.base advanced_alchemy.types.password_hash.one_time_code advanced_alchemy.types.vector
# modules: advanced_alchemy.types.file_object advanced_alchemy.types.file_object.data_type litestar.contrib.sqlalchemy.types
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


class GUID(sa.types.TypeDecorator):
    impl = sa.BINARY(16)
    cache_ok = True

    def __init__(self, *args, binary=True, **kwargs):
        self.binary = binary
        super().__init__()

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return postgresql.UUID()
        return sa.BINARY(16) if self.binary else sa.CHAR(32)


class DateTimeUTC(sa.types.TypeDecorator):
    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def __init__(self, *args, **kwargs):
        super().__init__()


class Bool(sa.types.TypeDecorator):
    impl = sa.Boolean
    cache_ok = True


class FernetBackend:
    pass


class PGCryptoBackend:
    pass


# The length is that of the text before it is encrypted; the column has none.
class EncryptedString(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True

    def __init__(self, key=None, backend=FernetBackend, length=None, **kwargs):
        super().__init__()

    def load_dialect_impl(self, dialect):
        return sa.String()


class EncryptedText(EncryptedString):
    impl = sa.Text

    def load_dialect_impl(self, dialect):
        return sa.Text()


class TOTPSecret(EncryptedString):
    def __init__(self, key=None, backend=FernetBackend, issuer=None, length=None, **kwargs):
        super().__init__()


class PasswordHash(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True

    def __init__(self, backend=None, length=255):
        super().__init__(length=length)


JsonB = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


class StoredObject(sa.types.TypeDecorator):
    impl = JsonB
    cache_ok = True

    def __init__(self, backend=None, multiple=False, *args, **kwargs):
        super().__init__()

    def load_dialect_impl(self, dialect):
        return postgresql.JSONB() if dialect.name == "postgresql" else sa.JSON()


class OneTimeCode(StoredObject):
    pass


class Vector(sa.types.TypeDecorator):
    impl = sa.JSON
    cache_ok = True

    def __init__(self, dim, *, storage_format="FLOAT32"):
        self.dim = dim
        super().__init__()

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            from pgvector.sqlalchemy import VECTOR
            return VECTOR(self.dim)
        return sa.JSON()


BigIntIdentity = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
