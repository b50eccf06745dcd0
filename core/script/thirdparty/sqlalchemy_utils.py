# SPDX-License-Identifier: GPL-3.0-or-later
# modules: sqlalchemy_utils sqlalchemy_utils.types sqlalchemy_utils.types.uuid sqlalchemy_utils.types.json sqlalchemy_utils.types.ts_vector
# modules: sqlalchemy_utils.types.email sqlalchemy_utils.types.choice sqlalchemy_utils.types.password sqlalchemy_utils.types.ip_address
# modules: sqlalchemy_utils.types.color sqlalchemy_utils.types.phone_number sqlalchemy_utils.types.timezone sqlalchemy_utils.types.locale
# modules: sqlalchemy_utils.types.url sqlalchemy_utils.types.scalar_list sqlalchemy_utils.types.currency sqlalchemy_utils.types.country
# modules: sqlalchemy_utils.types.arrow sqlalchemy_utils.types.enriched_datetime sqlalchemy_utils.types.encrypted.encrypted_type
# modules: sqlalchemy_utils.types.encrypted sqlalchemy_utils.types.range sqlalchemy_utils.types.ltree sqlalchemy_utils.types.weekdays
# modules: sqlalchemy_utils.types.bit sqlalchemy_utils.types.enriched_datetime.enriched_datetime_type
# modules: sqlalchemy_utils.types.enriched_datetime.enriched_date_type
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


class _Decorated(sa.types.TypeDecorator):
    cache_ok = True

    def __init__(self, *args, **kwargs):
        self._settle(*args, **kwargs)
        super().__init__()

    def _settle(self, *args, **kwargs):
        pass


class UUIDType(_Decorated):
    impl = sa.BINARY(16)

    def _settle(self, binary=True, native=True):
        self.binary = binary
        self.native = native

    def load_dialect_impl(self, dialect):
        if self.native and dialect.name == "postgresql":
            return postgresql.UUID()
        return sa.BINARY(16) if self.binary else sa.CHAR(32)


class JSONType(_Decorated):
    impl = sa.UnicodeText

    def load_dialect_impl(self, dialect):
        return postgresql.JSON() if dialect.name == "postgresql" else sa.UnicodeText()


class TSVectorType(_Decorated):
    impl = postgresql.TSVECTOR


class EmailType(_Decorated):
    impl = sa.Unicode

    def _settle(self, length=255, *args, **kwargs):
        self.length_given = length

    def load_dialect_impl(self, dialect):
        return sa.Unicode(self.length_given)


class _Sized(_Decorated):
    impl = sa.Unicode
    size = 255

    def _settle(self, max_length=None, *args, **kwargs):
        self.max_length = max_length or self.size

    def load_dialect_impl(self, dialect):
        return sa.Unicode(self.max_length)


class ChoiceType(_Decorated):
    impl = sa.Unicode(255)

    def _settle(self, choices, impl=None):
        self.given = impl

    def load_dialect_impl(self, dialect):
        return sa.Unicode(255) if self.given is None else sa.types.to_instance(self.given)


class PasswordType(_Decorated):
    impl = sa.VARBINARY(1024)

    def load_dialect_impl(self, dialect):
        return postgresql.BYTEA() if dialect.name == "postgresql" else sa.BLOB()


class IPAddressType(_Sized):
    size = 50


class ColorType(_Sized):
    size = 20


class PhoneNumberType(_Sized):
    def _settle(self, region="US", max_length=20, *args, **kwargs):
        self.max_length = max_length


class TimezoneType(_Sized):
    def _settle(self, backend="dateutil"):
        self.max_length = 50


class LocaleType(_Sized):
    def _settle(self):
        self.max_length = 10


class URLType(_Decorated):
    impl = sa.UnicodeText


class ScalarListType(_Decorated):
    impl = sa.UnicodeText


class CurrencyType(_Decorated):
    impl = sa.String(3)


class CountryType(_Decorated):
    impl = sa.String(2)


class EnrichedDateTimeType(_Decorated):
    impl = sa.DateTime

    def _settle(self, datetime_processor=None, *args, timezone=False, **kwargs):
        self.timezone_given = timezone

    def load_dialect_impl(self, dialect):
        return sa.DateTime(timezone=self.timezone_given)


class ArrowType(EnrichedDateTimeType):
    def _settle(self, *args, **kwargs):
        self.timezone_given = args[0] if args else kwargs.get("timezone", False)


class EnrichedDateType(_Decorated):
    impl = sa.Date


class StringEncryptedType(_Decorated):
    impl = sa.String

    def _settle(self, type_in=None, key=None, engine=None, padding=None, **kwargs):
        self.length_given = kwargs.get("length")

    def load_dialect_impl(self, dialect):
        return sa.String(self.length_given)


class EncryptedType(StringEncryptedType):
    impl = sa.LargeBinary

    def load_dialect_impl(self, dialect):
        return sa.LargeBinary(self.length_given)


# What the types of encryption and padding are called with; no value is ever encrypted here.
class AesEngine:
    pass


class AesGcmEngine:
    pass


class FernetEngine:
    pass


class _Range(_Decorated):
    native = None

    def load_dialect_impl(self, dialect):
        return self.native() if dialect.name == "postgresql" else sa.String(255)


class IntRangeType(_Range):
    impl = postgresql.INT4RANGE
    native = postgresql.INT4RANGE


class Int8RangeType(_Range):
    impl = postgresql.INT8RANGE
    native = postgresql.INT8RANGE


class NumericRangeType(_Range):
    impl = postgresql.NUMRANGE
    native = postgresql.NUMRANGE


class DateRangeType(_Range):
    impl = postgresql.DATERANGE
    native = postgresql.DATERANGE


class DateTimeRangeType(_Range):
    impl = postgresql.TSRANGE
    native = postgresql.TSRANGE


class LtreeType(sa.types.UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "LTREE"


class LQUERY(sa.types.UserDefinedType):
    def get_col_spec(self, **kw):
        return "LQUERY"


class LTXTQUERY(sa.types.UserDefinedType):
    def get_col_spec(self, **kw):
        return "LTXTQUERY"


class BitType(_Decorated):
    impl = sa.BINARY

    def _settle(self, length=1, **kwargs):
        self.length_given = length

    def load_dialect_impl(self, dialect):
        return postgresql.BIT(self.length_given) if dialect.name == "postgresql" else sa.String(self.length_given)


class WeekDaysType(BitType):
    def _settle(self, *args, **kwargs):
        self.length_given = 7
