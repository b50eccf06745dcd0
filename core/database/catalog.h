// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "sql/identifier.h"

/// What a database really holds, read from its catalog (pg_catalog; sqlite_schema and PRAGMAs). Reading never writes.
namespace stillroom::database {

struct CatalogColumn {
    QString name, type, defaultText;
    QString collation; ///< only where it differs from the type's own
    QString comment;
    bool notNull = false;
    int primaryKeyPosition = 0; ///< from 1; 0: not in the primary key
    QString identity;           ///< "ALWAYS", "BY DEFAULT" or empty
    QString generated;          ///< expression and kind, "(a + b) STORED", or empty
    bool operator==(const CatalogColumn &) const = default;
};
struct CatalogConstraint {
    enum class Kind { PrimaryKey, Unique, ForeignKey, Check, Exclusion };
    Kind kind{};
    QString name; ///< empty: unnamed (SQLite)
    QStringList columns;
    QString referredSchema, referredTable;
    QStringList referredColumns;
    QString onUpdate, onDelete; ///< of a foreign key, always spelled: "NO ACTION", "CASCADE", …
    QString definition;         ///< pg_get_constraintdef; on SQLite written in the same manner
    bool isValidated = true, isDeferrable = false, isDeferred = false;
    bool operator==(const CatalogConstraint &) const = default;
};
struct CatalogIndex {
    QString name;
    QStringList columns; ///< the key's columns, for an expression its text; without INCLUDE
    QString definition;  ///< CREATE INDEX …; empty for the index that SQLite makes for a constraint
    bool isUnique = false, isPrimary = false, isValid = true;
    QString constraintName; ///< the constraint that this index serves
    bool operator==(const CatalogIndex &) const = default;
};
struct CatalogTable {
    QString schema, name; ///< schema is empty on SQLite
    QString kind;         ///< "table", "partitioned table", "partition", "foreign table", "view", "materialized view", "virtual table"
    std::vector<CatalogColumn> columns;
    std::vector<CatalogConstraint> constraints;
    std::vector<CatalogIndex> indexes;
    QStringList triggers; ///< their definitions, CREATE TRIGGER …
    QString comment;
    QString sql; ///< SQLite: text of sqlite_schema
    /// What could not be read, and why: columns of a view over a table that is gone or of a module that is not loaded; names and
    /// CHECKs of a table whose text is not understood (SQLite)
    QString unreadable;
    bool operator==(const CatalogTable &) const = default;
};
struct VersionRows {
    bool tableExists = false;
    QStringList rows;
    bool operator==(const VersionRows &) const = default;
};
struct CatalogSnapshot {
    VersionRows versions;
    std::vector<CatalogTable> tables; ///< by schema, name
    QString serverVersion;
};

/// Rows of the version table, sorted; tableExists false when there is none. Never creates it. Errors: VersionTableUnreadable
/// (no right to read it, not a version table, a schema that does not exist on SQLite), ConnectionLost, Cancelled.
[[nodiscard]] Result<VersionRows> readVersionRows(Session &session, const sql::QualifiedName &versionTable);
/// All user tables and views, system schemas left out, as they stand at one moment. `onlyTable`: those of that name alone, or the
/// one of schema.name.
[[nodiscard]] Result<CatalogSnapshot> readCatalog(Session &session, const sql::QualifiedName &versionTable, const QString &onlyTable = {});

/// A SchemaLookup over a live session, for a batch's rebuild; knows what the session's open transaction has done. The session
/// must live as long.
[[nodiscard]] std::unique_ptr<dialect::SchemaLookup> liveSchemaLookup(Session &session);

} // namespace stillroom::database
