// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "sql/identifier.h"

/// What a database really holds, read from its catalog (pg_catalog; sqlite_schema and PRAGMAs). Reading never writes.
namespace stillroom::database {

struct CatalogColumn {
    QString name, type, defaultText, collation, comment;
    bool notNull = false;
    int primaryKeyPosition = 0;
    QString identity, generated;
};
struct CatalogConstraint {
    enum class Kind { PrimaryKey, Unique, ForeignKey, Check, Exclusion };
    Kind kind;
    QString name; ///< empty: unnamed (SQLite)
    QStringList columns;
    QString referredSchema, referredTable;
    QStringList referredColumns;
    QString onUpdate, onDelete;
    QString definition; ///< pg_get_constraintdef; on SQLite written in the same manner
    bool isValidated = true, isDeferrable = false, isDeferred = false;
};
struct CatalogIndex {
    QString name;
    QStringList columns;
    QString definition;
    bool isUnique = false, isPrimary = false, isValid = true;
    QString constraintName;
};
struct CatalogTable {
    QString schema, name, kind; ///< kind: "table", "partitioned table", "view", …
    std::vector<CatalogColumn> columns;
    std::vector<CatalogConstraint> constraints;
    std::vector<CatalogIndex> indexes;
    QStringList triggers;
    QString comment;
    QString sql; ///< SQLite: text of sqlite_schema
};
struct VersionRows {
    bool tableExists = false;
    QStringList rows;
};
struct CatalogSnapshot {
    VersionRows versions;
    std::vector<CatalogTable> tables; ///< by schema, name
    QString serverVersion;
};

/// Rows of the version table, sorted; tableExists false when there is none. Never creates it.
[[nodiscard]] Result<VersionRows> readVersionRows(Session &session, const sql::QualifiedName &versionTable);
/// All user tables (system schemas left out). `onlyTable`: that table alone, by name or schema.name.
[[nodiscard]] Result<CatalogSnapshot> readCatalog(Session &session, const sql::QualifiedName &versionTable, const QString &onlyTable = {});

/// A SchemaLookup over a live session, for SQLite's rebuild.
[[nodiscard]] std::unique_ptr<dialect::SchemaLookup> liveSchemaLookup(Session &session);

} // namespace stillroom::database
