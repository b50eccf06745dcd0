// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/types.h"

/// Column types of other packages, as Python text: a class each, with what the package prints for each dialect. To add one, add a
/// class to its package's text (or a text and its modules in the list at the end). Source: each package's documentation.
namespace stillroom::script {

namespace {

constexpr const char *kSqlModel = R"PY(
import sqlalchemy as sa

class AutoString(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True
)PY";

constexpr const char *kSqlAlchemyUtils = R"PY(
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
    def _settle(self, *args, max_length=None, **kwargs):
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
    def _settle(self, max_length=None, **kwargs):
        self.max_length = max_length
    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return postgresql.BYTEA()
        return sa.VARBINARY(self.max_length or 1024)

class IPAddressType(_Sized):
    size = 50
class ColorType(_Sized):
    size = 20
class PhoneNumberType(_Sized):
    size = 20
    def _settle(self, region="US", max_length=20, *args, **kwargs):
        self.max_length = max_length
class TimezoneType(_Sized):
    size = 50
class LocaleType(_Sized):
    size = 10
class URLType(_Decorated):
    impl = sa.UnicodeText
class ScalarListType(_Decorated):
    impl = sa.UnicodeText
class CurrencyType(_Decorated):
    impl = sa.String(3)
class CountryType(_Decorated):
    impl = sa.String(2)
class ArrowType(_Decorated):
    impl = sa.DateTime
class EnrichedDateTimeType(_Decorated):
    impl = sa.DateTime
class EnrichedDateType(_Decorated):
    impl = sa.Date
class EncryptedType(_Decorated):
    impl = sa.LargeBinary
class StringEncryptedType(_Decorated):
    impl = sa.String
    def _settle(self, type_in=None, key=None, engine=None, padding=None, **kwargs):
        self.length_given = kwargs.get("length")
    def load_dialect_impl(self, dialect):
        return sa.String(self.length_given)
class IntRangeType(_Decorated):
    impl = postgresql.INT4RANGE
class Int8RangeType(_Decorated):
    impl = postgresql.INT8RANGE
class NumericRangeType(_Decorated):
    impl = postgresql.NUMRANGE
class DateRangeType(_Decorated):
    impl = postgresql.DATERANGE
class DateTimeRangeType(_Decorated):
    impl = postgresql.TSRANGE

class LtreeType(sa.types.UserDefinedType):
    cache_ok = True
    def get_col_spec(self, **kw):
        return "LTREE"

class WeekDaysType(_Decorated):
    impl = sa.String(7)
    def load_dialect_impl(self, dialect):
        return postgresql.BIT(7) if dialect.name == "postgresql" else sa.String(7)
)PY";

constexpr const char *kPgVector = R"PY(
import sqlalchemy as sa

class _Vector(sa.types.UserDefinedType):
    cache_ok = True
    word = "VECTOR"
    def __init__(self, dim=None):
        self.dim = dim
    def get_col_spec(self, **kw):
        return self.word if self.dim is None else "%s(%d)" % (self.word, self.dim)

class VECTOR(_Vector):
    pass
class HALFVEC(_Vector):
    word = "HALFVEC"
class SPARSEVEC(_Vector):
    word = "SPARSEVEC"
class BIT(_Vector):
    word = "BIT"
    def __init__(self, length=None):
        self.dim = length

Vector = VECTOR
)PY";

constexpr const char *kGeoAlchemy = R"PY(
import sqlalchemy as sa

class _GISType(sa.types.UserDefinedType):
    cache_ok = True
    name = "geometry"
    def __init__(self, geometry_type="GEOMETRY", srid=-1, dimension=None, spatial_index=True, use_N_D_index=False, use_typmod=None,
                 from_text=None, name=None, nullable=True, _spatial_index_reflected=None):
        self.geometry_type = geometry_type.upper() if geometry_type else geometry_type
        self.srid = int(srid)
        self.dimension = dimension
        self.spatial_index = spatial_index
        self.use_N_D_index = use_N_D_index
        if name is not None:
            self.name = name
    def get_col_spec(self, **kw):
        if not self.geometry_type:
            return self.name
        return "%s(%s,%d)" % (self.name, self.geometry_type, self.srid)

class Geometry(_GISType):
    pass

class Geography(_GISType):
    name = "geography"

class Raster(_GISType):
    name = "raster"
    def __init__(self, spatial_index=True, from_text=None, name=None, nullable=True):
        self.geometry_type = None
        self.spatial_index = spatial_index
        self.use_N_D_index = False
)PY";

constexpr const char *kCitext = R"PY(
import sqlalchemy as sa

class CIText(sa.types.UserDefinedType):
    cache_ok = True
    def __init__(self, length=None, *args, **kwargs):
        pass
    def get_col_spec(self, **kw):
        return "CITEXT"
)PY";

constexpr const char *kFastApiUsers = R"PY(
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
)PY";

constexpr const char *kAdvancedAlchemy = R"PY(
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

class EncryptedString(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True
    def __init__(self, key=None, backend=None, length=None, **kwargs):
        self.length_given = length
        super().__init__()
    def load_dialect_impl(self, dialect):
        return sa.String(self.length_given)

class EncryptedText(EncryptedString):
    impl = sa.Text
    def load_dialect_impl(self, dialect):
        return sa.Text()

class JsonB(sa.types.TypeDecorator):
    impl = sa.JSON
    cache_ok = True
    def load_dialect_impl(self, dialect):
        return postgresql.JSONB() if dialect.name == "postgresql" else sa.JSON()

def _big_integer():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")

BigIntIdentity = _big_integer()
)PY";

constexpr const char *kSqlAlchemyFile = R"PY(
import sqlalchemy as sa

class FileField(sa.types.TypeDecorator):
    impl = sa.JSON
    cache_ok = True
    def __init__(self, *args, **kwargs):
        super().__init__()

class ImageField(FileField):
    pass
)PY";

struct PackageText {
    std::string_view text;
    std::initializer_list<std::string_view> modules;
};

} // namespace

void addThirdPartyModules(ModuleTable &table)
{
    const PackageText packages[] = {
        {kSqlModel, {"sqlmodel", "sqlmodel.sql.sqltypes"}},
        {kSqlAlchemyUtils,
         {"sqlalchemy_utils",
          "sqlalchemy_utils.types",
          "sqlalchemy_utils.types.uuid",
          "sqlalchemy_utils.types.json",
          "sqlalchemy_utils.types.ts_vector",
          "sqlalchemy_utils.types.email",
          "sqlalchemy_utils.types.choice",
          "sqlalchemy_utils.types.password",
          "sqlalchemy_utils.types.ip_address",
          "sqlalchemy_utils.types.color",
          "sqlalchemy_utils.types.phone_number",
          "sqlalchemy_utils.types.timezone",
          "sqlalchemy_utils.types.locale",
          "sqlalchemy_utils.types.url",
          "sqlalchemy_utils.types.scalar_list",
          "sqlalchemy_utils.types.currency",
          "sqlalchemy_utils.types.country",
          "sqlalchemy_utils.types.arrow",
          "sqlalchemy_utils.types.enriched_datetime",
          "sqlalchemy_utils.types.encrypted.encrypted_type",
          "sqlalchemy_utils.types.range",
          "sqlalchemy_utils.types.ltree",
          "sqlalchemy_utils.types.weekdays"}},
        {kPgVector,
         {"pgvector.sqlalchemy", "pgvector.sqlalchemy.vector", "pgvector.sqlalchemy.halfvec", "pgvector.sqlalchemy.sparsevec",
          "pgvector.sqlalchemy.bit"}},
        {kGeoAlchemy, {"geoalchemy2", "geoalchemy2.types"}},
        {kCitext, {"citext"}},
        {kFastApiUsers,
         {"fastapi_users_db_sqlalchemy", "fastapi_users_db_sqlalchemy.generics", "fastapi_users_db_sqlmodel.generics",
          "fastapi_users.db.sqlalchemy"}},
        {kAdvancedAlchemy,
         {"advanced_alchemy.types", "advanced_alchemy.types.guid", "advanced_alchemy.types.datetime", "litestar.contrib.sqlalchemy.types"}},
        {kSqlAlchemyFile, {"sqlalchemy_file", "sqlalchemy_file.types"}},
    };
    for (const PackageText &package : packages) {
        for (const std::string_view module : package.modules)
            table.setSource(module, package.text);
    }
}

} // namespace stillroom::script
