// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"

#include <string_view>
#include <vector>

/// Alembic's directives, `op.*` and their batch forms. Source: Alembic, "Operation Reference".
namespace stillroom::script {

/// `with op.batch_alter_table(...) as batch`: what its directives said, handed on when the block ends.
struct BatchPayload final : python::Payload {
    sql::BatchAlterTable batch;
    python::Value table;
    python::Value schema;
    sql::Origin origin;
};

/// One call of a directive. In a batch the table's name stands where the plain form has it.
struct DirectiveCall {
    Library &library;
    python::Arguments &arguments;
    BatchPayload *batch = nullptr;

    void emit(sql::Operation::Kind kind, QStringList notes = {}) const;
};

using Directive = python::Value (*)(DirectiveCall call);

struct DirectiveName {
    std::string_view name;
    Directive run;
    int tablePosition = -1;                    ///< where the plain form has the table; -1: no batch form
    std::string_view tableName = "table_name"; ///< its keyword
    std::string_view schemaName = "schema";
};

/// All of them: directives_columns.cpp, directives_tables.cpp, directives_constraints.cpp.
[[nodiscard]] const std::vector<DirectiveName> &directives();
[[nodiscard]] std::vector<DirectiveName> columnDirectives();
[[nodiscard]] std::vector<DirectiveName> tableDirectives();
[[nodiscard]] std::vector<DirectiveName> constraintDirectives();

/// Old spellings of a keyword: `name` for `constraint_name`, `source` for `source_table`, …
void renameFormer(python::Arguments &arguments, std::initializer_list<std::pair<std::string_view, std::string_view>> names);
[[nodiscard]] sql::QualifiedName toTableName(Library &library, const python::Value &name, const python::Value &schema);
[[nodiscard]] python::Value batchAlterTable(DirectiveCall call);

/// The object that `operations` is in registered operations: every directive as a method.
[[nodiscard]] python::Value operationsObject(Library &library);
[[nodiscard]] python::Value operationsClass(Library &library);
/// op.get_context(): MigrationContext.
[[nodiscard]] python::Value migrationContext(Library &library);

void addOperationModules(ModuleTable &table); ///< operations.cpp
void addContextModules(ModuleTable &table);   ///< context.cpp

} // namespace stillroom::script
