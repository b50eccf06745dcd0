// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/directives.h"
#include "script/schema.h"

/// add_column, drop_column, alter_column, rename_table and comments.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::Interpreter;
using python::Value;

namespace {

std::optional<sql::Identifier> place(const DirectiveCall &call, std::string_view name)
{
    const Value given = call.arguments.take(name);
    if (!given || given.isNone())
        return std::nullopt;
    return toIdentifier(call.library, given, name);
}

Value addColumn(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"tablename", "table_name"}, {"table", "table_name"}, {"col", "column"}});
    const auto before = place(call, "insert_before");
    const auto after = place(call, "insert_after");
    ArgumentReader read(library.interpreter(), "add_column", call.arguments,
                        {"table_name", "column", "*", "schema=", "if_not_exists=", "inline_references=", "inline_primary_key=", "**"});
    const sql::QualifiedName table = toTableName(library, read["table_name"], read["schema"]);
    Value given = read["column"];
    if (const auto *held = Interpreter::payloadAs<SchemaColumnPayload>(given); held != nullptr && held->table != nullptr)
        given = library.interpreter().invokeMethod(given, "_copy"); // a column of another table is copied, as Alembic does
    sql::AddColumn added;
    added.table = table;
    added.column = toColumn(library, given, table, environmentConvention(library));
    added.ifNotExists = toOptionalBool(library, read["if_not_exists"]).value_or(false);
    added.inlineReferences = toOptionalBool(library, read["inline_references"]).value_or(false);
    added.inlinePrimaryKey = toOptionalBool(library, read["inline_primary_key"]).value_or(false);
    added.insertBefore = before;
    added.insertAfter = after;
    if (!read.rest().empty()) {
        library.interpreter().raise("TypeError", "add_column() got an unexpected keyword argument '" + read.rest().front().first + "'");
    }
    call.emit(std::move(added));
    if (auto index = spatialIndex(library, given, table))
        call.emit(sql::CreateIndex{std::move(*index), false});
    return Value::none();
}

Value dropColumn(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"tablename", "table_name"}, {"table", "table_name"}, {"column", "column_name"}});
    ArgumentReader read(library.interpreter(), "drop_column", call.arguments, {"table_name", "column_name", "*", "schema=", "if_exists=", "**"});
    sql::DropColumn drop;
    drop.table = toTableName(library, read["table_name"], read["schema"]);
    drop.column = toIdentifier(library, read["column_name"], "the name of the column");
    drop.ifExists = toOptionalBool(library, read["if_exists"]).value_or(false);
    std::erase_if(read.rest(), [](const auto &keyword) { return !keyword.first.starts_with("mssql_"); }); // others are ignored
    drop.options = toDialectOptions(library, read.rest(), "drop_column");
    call.emit(std::move(drop));
    return Value::none();
}

bool isFalse(const Value &value) { return value.isBoolean() && !value.isTrue(); }

void readNewDefault(Library &library, sql::AlterColumn &alter, const Value &value)
{
    if (!value || isFalse(value))
        return;
    library.interpreter().known(value, "server_default");
    if (const auto *identity = Interpreter::payloadAs<IdentityPayload>(value))
        alter.identity = identity->identity;
    else if (const auto *computed = Interpreter::payloadAs<ComputedPayload>(value))
        alter.computed = computed->computed;
    else
        alter.serverDefault = toServerDefault(library, value);
}

void readExistingDefault(Library &library, sql::AlterColumn &alter, const Value &value)
{
    if (!value || isFalse(value) || value.isUnknown())
        return; // what it was before decides nothing that is written on PostgreSQL and SQLite, save for Identity
    if (const auto *identity = Interpreter::payloadAs<IdentityPayload>(value))
        alter.existingIdentity = identity->identity;
    else if (Interpreter::payloadAs<ComputedPayload>(value) == nullptr)
        alter.existingServerDefault = toServerDefault(library, value);
}

void readAlterOptions(Library &library, sql::AlterColumn &alter, std::vector<std::pair<std::string, Value>> &rest)
{
    Arguments arguments;
    arguments.keywords = std::move(rest);
    if (const Value usingText = arguments.take("postgresql_using"); usingText && !usingText.isNone())
        alter.usingExpression = toText(library, usingText, "postgresql_using");
    alter.autoincrement = toOptionalBool(library, arguments.take("autoincrement"));
    // Alembic's alter_column() takes any keyword; what the dialect does not know has no effect.
    std::erase_if(arguments.keywords, [&library](const auto &keyword) {
        const bool isOfDialect = keyword.first.find('_') != std::string::npos &&
                                 (keyword.first.starts_with("postgresql_") || keyword.first.starts_with("sqlite_") ||
                                  keyword.first.starts_with("mysql_") || keyword.first.starts_with("mssql_") || keyword.first.starts_with("oracle_"));
        if (!isOfDialect && keyword.first != "existing_autoincrement")
            library.note(QStringLiteral("alter_column() does not know '%1'; it has no effect").arg(QString::fromStdString(keyword.first)));
        return !isOfDialect;
    });
    alter.options = toDialectOptions(library, arguments.keywords, "alter_column");
}

Value alterColumn(DirectiveCall call)
{
    Library &library = call.library;
    Interpreter &interpreter = library.interpreter();
    renameFormer(call.arguments, {{"tablename", "table_name"}, {"column", "column_name"}, {"name", "new_column_name"}, {"type", "type_"}});
    const auto before = place(call, "insert_before");
    const auto after = place(call, "insert_after");
    ArgumentReader read(interpreter, "alter_column", call.arguments,
                        {"table_name", "column_name", "*", "nullable=", "comment=", "server_default=", "new_column_name=", "type_=", "existing_type=",
                         "existing_server_default=", "existing_nullable=", "existing_comment=", "schema=", "**"});
    if (Interpreter::payloadAs<ColumnPayload>(read["column_name"]) != nullptr) {
        // Alembic trips over a Column where its name is meant, but only once it writes a statement.
        for (const char *change : {"nullable", "comment", "server_default", "new_column_name", "type_"}) {
            if (read.has(change))
                interpreter.raise("AttributeError", "a Column is given where alter_column() takes the name of a column");
        }
        if (library.isSqlite() && call.batch != nullptr)
            interpreter.raise("AttributeError", "a Column is given where alter_column() takes the name of a column");
        library.note(QStringLiteral("alter_column() is given a Column and nothing to change: it writes nothing"));
        return Value::none();
    }
    sql::AlterColumn alter;
    alter.table = toTableName(library, read["table_name"], read["schema"]);
    alter.column = toIdentifier(library, read["column_name"], "the name of the column");
    alter.insertBefore = before;
    alter.insertAfter = after;
    alter.nullable = toOptionalBool(library, read["nullable"]);
    readNewDefault(library, alter, read["server_default"]);
    alter.newName = toIdentifier(library, read["new_column_name"], "the new name of the column");
    if (read.has("type_") && !read["type_"].isNone())
        alter.type = toSqlType(library, read["type_"]);
    if (read.has("comment") && !isFalse(read["comment"]))
        alter.comment = toOptionalText(library, read["comment"], "the comment of the column");
    // A type that is only said to exist may be unknown: no statement is made of it, save where it has a CHECK of its own.
    if (read.has("existing_type") && !read["existing_type"].isNone() && !(read["existing_type"].isUnknown() && !library.isSqlite()))
        alter.existingType = toSqlType(library, read["existing_type"]);
    if (read.has("existing_nullable") && !read["existing_nullable"].isUnknown())
        alter.existingNullable = toOptionalBool(library, read["existing_nullable"]);
    readExistingDefault(library, alter, read["existing_server_default"]);
    if (read.has("existing_comment") && !read["existing_comment"].isUnknown() && !isFalse(read["existing_comment"]))
        alter.existingComment = toOptionalText(library, read["existing_comment"], "existing_comment");
    readAlterOptions(library, alter, read.rest());
    call.emit(std::move(alter));
    return Value::none();
}

Value renameTable(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"old_name", "old_table_name"}, {"new_name", "new_table_name"}});
    ArgumentReader read(library.interpreter(), "rename_table", call.arguments, {"old_table_name", "new_table_name", "schema="});
    call.emit(sql::RenameTable{toTableName(library, read["old_table_name"], read["schema"]),
                               toIdentifier(library, read["new_table_name"], "the new name of the table")});
    return Value::none();
}

Value createTableComment(DirectiveCall call)
{
    Library &library = call.library;
    ArgumentReader read(library.interpreter(), "create_table_comment", call.arguments,
                        {"table_name", "comment", "*", "existing_comment=", "schema="});
    const auto comment = toOptionalText(library, read["comment"], "the comment of the table");
    const auto existing = toOptionalText(library, read["existing_comment"], "existing_comment");
    const sql::QualifiedName table = toTableName(library, read["table_name"], read["schema"]);
    if (comment)
        call.emit(sql::CreateTableComment{table, *comment, existing});
    else
        call.emit(sql::DropTableComment{table, existing});
    return Value::none();
}

Value dropTableComment(DirectiveCall call)
{
    Library &library = call.library;
    ArgumentReader read(library.interpreter(), "drop_table_comment", call.arguments, {"table_name", "*", "existing_comment=", "schema="});
    call.emit(sql::DropTableComment{toTableName(library, read["table_name"], read["schema"]),
                                    toOptionalText(library, read["existing_comment"], "existing_comment")});
    return Value::none();
}

} // namespace

std::vector<DirectiveName> columnDirectives()
{
    return {{"add_column", addColumn, 0},
            {"drop_column", dropColumn, 0},
            {"alter_column", alterColumn, 0},
            {"rename_table", renameTable},
            {"create_table_comment", createTableComment, 0},
            {"drop_table_comment", dropTableComment, 0}};
}

} // namespace stillroom::script
