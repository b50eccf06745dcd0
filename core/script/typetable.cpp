// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/types.h"

#include <array>

/// SQLAlchemy 2.0's type classes with their constructors' parameters.
namespace stillroom::script {

namespace {

using enum sql::TypeFamily;

constexpr std::string_view kText = "length collation";
constexpr std::string_view kNumeric = "precision scale decimal_return_scale asdecimal";
constexpr std::string_view kFloat = "precision asdecimal decimal_return_scale";
constexpr std::string_view kBoolean = "create_constraint name _create_events _adapted_from";
constexpr std::string_view kMyNumeric = "precision scale asdecimal **";
constexpr std::string_view kMyInteger = "display_width **";
constexpr std::string_view kMyText = "length **";

constexpr TypeSpec kSpecs[] = {
    {"String", Generic, "", kText},
    {"Text", Generic, "String", kText},
    {"Unicode", Generic, "String", kText},
    {"UnicodeText", Generic, "Text", kText},
    {"Integer", Generic, "", ""},
    {"SmallInteger", Generic, "Integer", ""},
    {"BigInteger", Generic, "Integer", ""},
    {"Numeric", Generic, "", kNumeric},
    {"Float", Generic, "Numeric", kFloat},
    {"Double", Generic, "Float", kFloat},
    {"DateTime", Generic, "", "timezone"},
    {"Date", Generic, "", ""},
    {"Time", Generic, "", "timezone"},
    {"_Binary", Generic, "", "length"},
    {"LargeBinary", Generic, "_Binary", "length"},
    {"Enum", Generic, "String", "*enums **"},
    {"Boolean", Generic, "SchemaType", kBoolean},
    {"MatchType", Generic, "Boolean", kBoolean},
    {"Interval", Generic, "", "native second_precision day_precision"},
    {"JSON", Generic, "", "none_as_null"},
    {"ARRAY", Generic, "", "item_type as_tuple dimensions zero_indexes"},
    {"Uuid", Generic, "", "as_uuid native_uuid"},
    {"PickleType", Generic, "", "protocol pickler comparator impl"},
    {"NullType", Generic, "", ""},
    {"TupleType", Generic, "", "*types"},

    {"REAL", Standard, "Float", kFloat},
    {"FLOAT", Standard, "Float", kFloat},
    {"DOUBLE", Standard, "Double", kFloat},
    {"DOUBLE_PRECISION", Standard, "Double", kFloat},
    {"NUMERIC", Standard, "Numeric", kNumeric},
    {"DECIMAL", Standard, "Numeric", kNumeric},
    {"INTEGER", Standard, "Integer", ""},
    {"SMALLINT", Standard, "SmallInteger", ""},
    {"BIGINT", Standard, "BigInteger", ""},
    {"TIMESTAMP", Standard, "DateTime", "timezone"},
    {"DATETIME", Standard, "DateTime", "timezone"},
    {"DATE", Standard, "Date", ""},
    {"TIME", Standard, "Time", "timezone"},
    {"TEXT", Standard, "Text", kText},
    {"CLOB", Standard, "Text", kText},
    {"VARCHAR", Standard, "String", kText},
    {"NVARCHAR", Standard, "Unicode", kText},
    {"CHAR", Standard, "String", kText},
    {"NCHAR", Standard, "Unicode", kText},
    {"BLOB", Standard, "LargeBinary", "length"},
    {"BINARY", Standard, "_Binary", "length"},
    {"VARBINARY", Standard, "_Binary", "length"},
    {"BOOLEAN", Standard, "Boolean", kBoolean},
    {"UUID", Standard, "Uuid", "as_uuid"},

    {"ARRAY", PostgreSql, "ARRAY", "item_type as_tuple dimensions zero_indexes"},
    {"BIT", PostgreSql, "", "length varying"},
    {"BYTEA", PostgreSql, "LargeBinary", "length"},
    {"CIDR", PostgreSql, "", ""},
    {"CITEXT", PostgreSql, "Text", kText},
    {"DOMAIN", PostgreSql, "SchemaType", "name data_type *collation default constraint_name not_null check create_type **"},
    {"ENUM", PostgreSql, "Enum", "*enums **"},
    {"HSTORE", PostgreSql, "", "text_type"},
    {"INET", PostgreSql, "", ""},
    {"INTERVAL", PostgreSql, "Interval", "precision fields"},
    {"JSON", PostgreSql, "JSON", "none_as_null astext_type"},
    {"JSONB", PostgreSql, "JSON", "none_as_null astext_type"},
    {"JSONPATH", PostgreSql, "", ""},
    {"MACADDR", PostgreSql, "", ""},
    {"MACADDR8", PostgreSql, "", ""},
    {"MONEY", PostgreSql, "", ""},
    {"OID", PostgreSql, "", ""},
    {"REGCLASS", PostgreSql, "", ""},
    {"REGCONFIG", PostgreSql, "", ""},
    {"TSQUERY", PostgreSql, "", ""},
    {"TSVECTOR", PostgreSql, "", ""},
    {"TIME", PostgreSql, "Time", "timezone precision"},
    {"TIMESTAMP", PostgreSql, "DateTime", "timezone precision"},
    {"INT4RANGE", PostgreSql, "", ""},
    {"INT8RANGE", PostgreSql, "", ""},
    {"NUMRANGE", PostgreSql, "", ""},
    {"DATERANGE", PostgreSql, "", ""},
    {"TSRANGE", PostgreSql, "", ""},
    {"TSTZRANGE", PostgreSql, "", ""},
    {"INT4MULTIRANGE", PostgreSql, "", ""},
    {"INT8MULTIRANGE", PostgreSql, "", ""},
    {"NUMMULTIRANGE", PostgreSql, "", ""},
    {"DATEMULTIRANGE", PostgreSql, "", ""},
    {"TSMULTIRANGE", PostgreSql, "", ""},
    {"TSTZMULTIRANGE", PostgreSql, "", ""},

    {"DATE", Sqlite, "Date", "storage_format regexp"},
    {"DATETIME", Sqlite, "DateTime", "storage_format regexp truncate_microseconds timezone"},
    {"TIME", Sqlite, "Time", "storage_format regexp truncate_microseconds timezone"},
    {"JSON", Sqlite, "JSON", "none_as_null"},

    {"BIGINT", MySql, "BigInteger", kMyInteger},
    {"BIT", MySql, "", "length"},
    {"CHAR", MySql, "String", kMyText},
    {"DATETIME", MySql, "DateTime", "timezone fsp"},
    {"DECIMAL", MySql, "Numeric", kMyNumeric},
    {"DOUBLE", MySql, "Double", kMyNumeric},
    {"ENUM", MySql, "Enum", "*enums **"},
    {"FLOAT", MySql, "Float", kMyNumeric},
    {"INET4", MySql, "", ""},
    {"INET6", MySql, "", ""},
    {"INTEGER", MySql, "Integer", kMyInteger},
    {"JSON", MySql, "JSON", "none_as_null"},
    {"LONGBLOB", MySql, "_Binary", "length"},
    {"LONGTEXT", MySql, "String", "**"},
    {"MEDIUMBLOB", MySql, "_Binary", "length"},
    {"MEDIUMINT", MySql, "Integer", kMyInteger},
    {"MEDIUMTEXT", MySql, "String", "**"},
    {"NCHAR", MySql, "Unicode", kMyText},
    {"NUMERIC", MySql, "Numeric", kMyNumeric},
    {"NVARCHAR", MySql, "Unicode", kMyText},
    {"REAL", MySql, "Float", kMyNumeric},
    {"SET", MySql, "String", "*values **"},
    {"SMALLINT", MySql, "SmallInteger", kMyInteger},
    {"TEXT", MySql, "Text", kMyText},
    {"TIME", MySql, "Time", "timezone fsp"},
    {"TIMESTAMP", MySql, "DateTime", "timezone fsp"},
    {"TINYBLOB", MySql, "_Binary", "length"},
    {"TINYINT", MySql, "Integer", kMyInteger},
    {"TINYTEXT", MySql, "String", "**"},
    {"VARCHAR", MySql, "String", kMyText},
    {"YEAR", MySql, "", "display_width"},

    {"BIT", MsSql, "Boolean", kBoolean},
    {"DATETIME2", MsSql, "DateTime", "precision **"},
    {"DATETIMEOFFSET", MsSql, "DateTime", "precision **"},
    {"DOUBLE_PRECISION", MsSql, "Double", "**"},
    {"IMAGE", MsSql, "LargeBinary", "length"},
    {"JSON", MsSql, "JSON", "none_as_null"},
    {"MONEY", MsSql, "", ""},
    {"NTEXT", MsSql, "UnicodeText", kText},
    {"REAL", MsSql, "Float", "**"},
    {"ROWVERSION", MsSql, "_Binary", "convert_int"},
    {"SMALLDATETIME", MsSql, "DateTime", "timezone"},
    {"SMALLMONEY", MsSql, "", ""},
    {"SQL_VARIANT", MsSql, "", ""},
    {"TIME", MsSql, "Time", "precision **"},
    {"TIMESTAMP", MsSql, "_Binary", "convert_int"},
    {"TINYINT", MsSql, "Integer", ""},
    {"UNIQUEIDENTIFIER", MsSql, "Uuid", "as_uuid"},
    {"VARBINARY", MsSql, "LargeBinary", "length filestream"},
    {"XML", MsSql, "Text", kText},

    {"BFILE", Oracle, "LargeBinary", "length"},
    {"BINARY_DOUBLE", Oracle, "Double", kFloat},
    {"BINARY_FLOAT", Oracle, "Float", kFloat},
    {"DATE", Oracle, "DateTime", "timezone"},
    {"FLOAT", Oracle, "Float", "binary_precision asdecimal decimal_return_scale"},
    {"INTERVAL", Oracle, "Interval", "day_precision second_precision"},
    {"LONG", Oracle, "Text", kText},
    {"NCLOB", Oracle, "Text", kText},
    {"NUMBER", Oracle, "Numeric", "precision scale asdecimal"},
    {"RAW", Oracle, "_Binary", "length"},
    {"ROWID", Oracle, "", ""},
    {"TIMESTAMP", Oracle, "DateTime", "timezone local_timezone"},
    {"VARCHAR2", Oracle, "String", kText},
    {"VECTOR", Oracle, "", "dim storage_format storage_type"},
};

} // namespace

const TypeSpec *findTypeSpec(sql::TypeFamily family, std::string_view name)
{
    for (const TypeSpec &spec : kSpecs) {
        if (spec.family == family && spec.name == name)
            return &spec;
    }
    return nullptr;
}

std::vector<const TypeSpec *> typeSpecs(sql::TypeFamily family)
{
    std::vector<const TypeSpec *> found;
    for (const TypeSpec &spec : kSpecs) {
        if (spec.family == family)
            found.push_back(&spec);
    }
    return found;
}

} // namespace stillroom::script
