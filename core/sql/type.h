// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace stillroom::sql {

/// Which family a type's class comes from; the name within it is SQLAlchemy's class name (`String`, `VARCHAR`, `JSONB`).
/// `Generic` are the camel-case types, `Standard` the upper-case ones of sqlalchemy.types.
enum class TypeFamily { Generic, Standard, PostgreSql, Sqlite, MySql, MsSql, Oracle, Custom, Null };

/// A column type as a script states it, before a dialect writes it. Source: SQLAlchemy 2.0, "The Type Hierarchy" and the
/// dialects' type pages. Fields that a type does not have stay empty.
struct SqlType {
    TypeFamily family = TypeFamily::Null;
    QString name; ///< SQLAlchemy's class name; for Custom the spelled type itself, as get_col_spec gave it

    std::optional<int> length;    ///< String, BIT, LargeBinary, …
    std::optional<int> precision; ///< Numeric, Float, TIMESTAMP, INTERVAL, …
    std::optional<int> scale;
    bool timezone = false;
    QString collation;
    QString fields;                ///< INTERVAL fields
    bool varying = false;          ///< BIT VARYING
    bool asText = false;           ///< JSON none_as_null and the like never reach SQL; kept for array/UUID as_uuid=False
    bool nativeUuid = true;        ///< Uuid(native_uuid=)
    bool createConstraint = false; ///< Boolean, Enum
    QString constraintName;        ///< Boolean, Enum: name of the CHECK

    // Enum
    QStringList enumLabels;
    QString enumName; ///< the type's name on PostgreSQL
    bool hasEnumName = false;
    QString schema; ///< schema of a named type (Enum, DOMAIN)
    bool inheritSchema = false;
    bool nativeEnum = true;
    bool createType = true;             ///< postgresql.ENUM(create_type=)
    bool enumBelongsToMetadata = false; ///< metadata= given: not created or dropped with a table

    // ARRAY
    std::shared_ptr<const SqlType> itemType;
    std::optional<int> dimensions;

    // with_variant, by dialect name
    std::map<QString, std::shared_ptr<const SqlType>> variants;

    // DOMAIN and anything else a dialect needs by keyword
    QHash<QString, QString> options;

    bool operator==(const SqlType &other) const;
    [[nodiscard]] bool isNull() const { return family == TypeFamily::Null; }
};
using SqlTypePtr = std::shared_ptr<const SqlType>;

} // namespace stillroom::sql
