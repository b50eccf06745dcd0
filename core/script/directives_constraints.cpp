// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/directives.h"
#include "script/engine.h"
#include "script/schema.h"

/// Constraints by ALTER TABLE: create_primary_key, create_unique_constraint, …, drop_constraint.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::Value;

namespace {

NamedThing thing(NamedThing::Kind kind, const sql::QualifiedName &table, const sql::Identifier &name, const std::vector<sql::Identifier> &columns)
{
    NamedThing made{kind, table, name, {}, {}, {}, {}, {}};
    for (const sql::Identifier &column : columns)
        made.columns.append(column.text);
    return made;
}

/// SQLite's ALTER TABLE knows no constraints. Alembic raises, and scripts catch it (`try: op.drop_constraint(...)`).
void requireConstraintAlter(const DirectiveCall &call)
{
    if (call.batch == nullptr && call.library.environment().dialectName == QLatin1String("sqlite"))
        call.library.interpreter().raise("NotImplementedError", "No support for ALTER of constraints in SQLite dialect. Please refer to the batch "
                                                                "mode feature which allows for SQLite migrations using a copy-and-move strategy.");
}

void emitConstraint(const DirectiveCall &call, const sql::QualifiedName &table, sql::Constraint constraint)
{
    requireConstraintAlter(call);
    call.emit(sql::AddConstraint{table, std::move(constraint)});
}

Value createPrimaryKey(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "constraint_name"}, {"tablename", "table_name"}, {"cols", "columns"}});
    ArgumentReader read(library.interpreter(), "create_primary_key", call.arguments,
                        {"constraint_name", "table_name", "columns", "*", "schema=", "**"});
    const sql::QualifiedName table = toTableName(library, read["table_name"], read["schema"]);
    sql::Constraint constraint;
    const auto columns = toIdentifiers(library, read["columns"], "the columns of the primary key");
    constraint.kind = sql::PrimaryKeyConstraint{columns};
    constraint.name = nameByConvention(
        library, environmentConvention(library),
        thing(NamedThing::Kind::PrimaryKey, table, toIdentifier(library, read["constraint_name"], "the name of the constraint"), columns));
    readConstraintKeywords(library, constraint, read.rest(), "create_primary_key");
    emitConstraint(call, table, std::move(constraint));
    return Value::none();
}

Value createUnique(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "constraint_name"},
                                  {"source", "table_name"},
                                  {"tablename", "table_name"},
                                  {"source_table", "table_name"},
                                  {"local_cols", "columns"},
                                  {"cols", "columns"}});
    ArgumentReader read(library.interpreter(), "create_unique_constraint", call.arguments,
                        {"constraint_name", "table_name", "columns", "*", "schema=", "**"});
    const sql::QualifiedName table = toTableName(library, read["table_name"], read["schema"]);
    sql::Constraint constraint;
    const auto columns = toIdentifiers(library, read["columns"], "the columns of the constraint");
    constraint.kind = sql::UniqueConstraint{columns};
    constraint.name = nameByConvention(
        library, environmentConvention(library),
        thing(NamedThing::Kind::Unique, table, toIdentifier(library, read["constraint_name"], "the name of the constraint"), columns));
    readConstraintKeywords(library, constraint, read.rest(), "create_unique_constraint");
    emitConstraint(call, table, std::move(constraint));
    return Value::none();
}

Value createForeignKey(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "constraint_name"},
                                  {"source", "source_table"},
                                  {"referent", "referent_table"},
                                  {"table_name", "source_table"},
                                  {"ref_table", "referent_table"},
                                  {"local_columns", "local_cols"},
                                  {"remote_columns", "remote_cols"}});
    ArgumentReader read(
        library.interpreter(), "create_foreign_key", call.arguments,
        {"constraint_name", "source_table", "referent_table", "local_cols", "remote_cols", "*", "source_schema=", "referent_schema=", "**"});
    const sql::QualifiedName table = toTableName(library, read["source_table"], read["source_schema"]);
    sql::Constraint constraint;
    sql::ForeignKeyConstraint kind;
    kind.columns = toIdentifiers(library, read["local_cols"], "the columns of the foreign key");
    kind.referredTable = toTableName(library, read["referent_table"], read["referent_schema"]);
    kind.referredColumns = toIdentifiers(library, read["remote_cols"], "the referred columns of the foreign key");
    if (kind.columns.size() != kind.referredColumns.size())
        raiseSqlAlchemy(library, "ArgumentError", "ForeignKeyConstraint number of constrained columns must match the number of referenced columns.");
    Arguments options;
    options.keywords = std::move(read.rest());
    readForeignKeyOptions(library, kind.options, options);
    readConstraintKeywords(library, constraint, options.keywords, "create_foreign_key");
    kind.options.deferrable = constraint.deferrable;
    kind.options.initially = constraint.initially;
    NamedThing named =
        thing(NamedThing::Kind::ForeignKey, table, toIdentifier(library, read["constraint_name"], "the name of the constraint"), kind.columns);
    named.referredTable = kind.referredTable.name.text;
    for (const sql::Identifier &column : kind.referredColumns)
        named.referredColumns.append(column.text);
    constraint.name = nameByConvention(library, environmentConvention(library), named);
    constraint.kind = std::move(kind);
    emitConstraint(call, table, std::move(constraint));
    return Value::none();
}

Value createCheck(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "constraint_name"}, {"source", "table_name"}, {"tablename", "table_name"}, {"sqltext", "condition"}});
    ArgumentReader read(library.interpreter(), "create_check_constraint", call.arguments,
                        {"constraint_name", "table_name", "condition", "*", "schema=", "**"});
    const sql::QualifiedName table = toTableName(library, read["table_name"], read["schema"]);
    sql::Constraint constraint;
    constraint.kind = sql::CheckConstraint{toTextExpression(library, read["condition"], "the condition of the constraint")};
    constraint.name =
        nameByConvention(library, environmentConvention(library),
                         thing(NamedThing::Kind::Check, table, toIdentifier(library, read["constraint_name"], "the name of the constraint"), {}));
    readConstraintKeywords(library, constraint, read.rest(), "create_check_constraint");
    emitConstraint(call, table, std::move(constraint));
    return Value::none();
}

Value createExclude(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "constraint_name"}});
    ArgumentReader read(library.interpreter(), "create_exclude_constraint", call.arguments,
                        {"constraint_name", "table_name", "*elements", "schema=", "**"});
    const sql::QualifiedName table = toTableName(library, read["table_name"], read["schema"]);
    Arguments arguments;
    arguments.positional = read.starArguments();
    arguments.keywords = std::move(read.rest());
    arguments.keywords.emplace_back("name", read["constraint_name"]);
    const Value made = library.interpreter().invoke(constraintClass(library, "ExcludeConstraint"), std::move(arguments));
    emitConstraint(call, table, toConstraint(library, made, table, nullptr, environmentConvention(library)));
    return Value::none();
}

std::optional<NamedThing::Kind> kindOf(const QString &type)
{
    if (type == QLatin1String("foreignkey"))
        return NamedThing::Kind::ForeignKey;
    if (type == QLatin1String("primary"))
        return NamedThing::Kind::PrimaryKey;
    if (type == QLatin1String("unique"))
        return NamedThing::Kind::Unique;
    if (type == QLatin1String("check"))
        return NamedThing::Kind::Check;
    return std::nullopt;
}

Value dropConstraint(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "constraint_name"}, {"tablename", "table_name"}, {"type", "type_"}});
    ArgumentReader read(library.interpreter(), "drop_constraint", call.arguments,
                        {"constraint_name", "table_name", "type_=", "*", "schema=", "if_exists=", "**"});
    sql::DropConstraint drop;
    drop.table = toTableName(library, read["table_name"], read["schema"]);
    drop.name = toIdentifier(library, read["constraint_name"], "the name of the constraint");
    drop.type = toOptionalText(library, read["type_"], "type_").value_or(QString());
    drop.ifExists = toOptionalBool(library, read["if_exists"]).value_or(false);
    if (!drop.type.isEmpty()) {
        const auto kind = kindOf(drop.type);
        if (!kind)
            library.interpreter().raise("TypeError", "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None");
        drop.name = nameByConvention(library, environmentConvention(library), thing(*kind, drop.table, drop.name, {}));
    }
    if (drop.name.isEmpty()) {
        raiseSqlAlchemy(library, "CompileError",
                        "Can't emit DROP CONSTRAINT for a constraint on " + drop.table.name.text.toStdString() + "; it has no name");
    }
    drop.options = toDialectOptions(library, read.rest(), "drop_constraint");
    requireConstraintAlter(call);
    call.emit(std::move(drop));
    return Value::none();
}

} // namespace

std::vector<DirectiveName> constraintDirectives()
{
    return {{"create_primary_key", createPrimaryKey, 1},
            {"create_unique_constraint", createUnique, 1},
            {"create_foreign_key", createForeignKey, 1, "source_table", "source_schema"},
            {"create_check_constraint", createCheck, 1},
            {"create_exclude_constraint", createExclude, 1},
            {"drop_constraint", dropConstraint, 1}};
}

} // namespace stillroom::script
