// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"
#include "script/naming.h"
#include "script/objects.h"

#include <memory>

/// Column, Table, MetaData, constraints and indexes, and their way into core/sql's data. Source: SQLAlchemy 2.0, "Schema
/// Definition Language".
namespace stillroom::script {

// --- classes ---
[[nodiscard]] python::Value schemaItemClass(Library &library);
[[nodiscard]] python::Value columnClass(Library &library);
[[nodiscard]] python::Value tableClass(Library &library);
[[nodiscard]] python::Value metaDataClass(Library &library);
[[nodiscard]] python::Value constraintClass(Library &library, std::string_view name); ///< "UniqueConstraint", "Constraint", …
[[nodiscard]] python::Value indexClass(Library &library);

/// The Table object that owns this FROM clause, or Empty. Columns know their table by it.
struct TableRegistry {
    std::map<const sql::FromClause *, python::Value> tables;
};

// --- making and changing objects ---
/// A Table as op.create_table and sa.Table make it. `items`: columns, constraints, indexes. Keywords: schema, comment, prefixes,
/// dialect options, and what does not reach SQL.
struct TableArguments {
    sql::Identifier name;
    python::Value metadata; ///< Empty: Alembic's own, with target_metadata's naming convention
    python::Values items;
    std::vector<std::pair<std::string, python::Value>> keywords;
};
[[nodiscard]] std::unique_ptr<TablePayload> makeTablePayload(Library &library, TableArguments arguments);
[[nodiscard]] python::Value makeTableObject(Library &library, TableArguments arguments);
void attachColumn(Library &library, TablePayload &table, const python::Value &column);
void attachItem(Library &library, TablePayload &table, const python::Value &item); ///< a column, constraint or index

// --- lowering ---
/// The table as CREATE TABLE writes it: constraints named, in order, primary key first; indexes of columns first.
[[nodiscard]] sql::Table toTable(Library &library, const TablePayload &table);
[[nodiscard]] sql::Column toColumn(Library &library, const python::Value &column, const sql::QualifiedName &table, const NamingConvention &convention,
                                   const TablePayload *owner = nullptr);
/// The index that GeoAlchemy2 adds for a spatial column.
[[nodiscard]] std::optional<sql::Index> spatialIndex(Library &library, const python::Value &column, const sql::QualifiedName &table);
/// A constraint object, its columns resolved against `table` (null: names as given).
[[nodiscard]] sql::Constraint toConstraint(Library &library, const python::Value &constraint, const sql::QualifiedName &table,
                                           const TablePayload *owner, const NamingConvention &convention);
[[nodiscard]] sql::Index toIndex(Library &library, const python::Value &index, const sql::QualifiedName &table, const TablePayload *owner,
                                 const NamingConvention &convention);
/// server_default= as it is written; sets identity and computed of `column` where it is one.
[[nodiscard]] sql::ServerDefault toServerDefault(Library &library, const python::Value &value);
/// "schema.table.column", "table.column", "table".
struct ColumnTarget {
    sql::QualifiedName table;
    sql::Identifier column; ///< empty: the referring column's own name
};
[[nodiscard]] ColumnTarget toColumnTarget(Library &library, const python::Value &target);
/// One element of an index: a name, text(), a Column, an expression.
/// The type object of the column that a foreign key refers to, for a column without a type of its own. Empty: not known.
[[nodiscard]] python::Value typeOfReferredColumn(Library &library, const SchemaColumnPayload &column, const TablePayload *referring);
[[nodiscard]] sql::IndexElement toIndexElement(Library &library, const python::Value &element, const TablePayload *owner);
/// Common keywords of constraints (deferrable, initially, comment, info, dialect options), taken out of `keywords`.
void readConstraintKeywords(Library &library, sql::Constraint &constraint, std::vector<std::pair<std::string, python::Value>> &keywords,
                            std::string_view className);
void readForeignKeyOptions(Library &library, sql::ForeignKeyOptions &options, python::Arguments &arguments);

// --- DDL ---
/// The operations of MetaData.create_all(), Table.create() and their opposites, in SQLAlchemy's order.
[[nodiscard]] std::vector<python::Value> tablesInOrder(Library &library, std::vector<std::pair<std::string, python::Value>> tables);
void emitCreateTable(Library &library, const TablePayload &table, bool ifNotExists);
void emitDropTable(Library &library, const TablePayload &table);
void emitCreateAll(Library &library, const python::Values &tables);
void emitDropAll(Library &library, const python::Values &tables);

void addSchemaItemModules(ModuleTable &table); ///< schemaitems.cpp: Column, ForeignKey, Sequence, defaults
void addConstraintModules(ModuleTable &table); ///< constraints.cpp
void addTableModules(ModuleTable &table);      ///< tables.cpp
void addDdlModules(ModuleTable &table);        ///< ddl.cpp

} // namespace stillroom::script
