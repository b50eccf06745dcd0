// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"
#include "script/naming.h"
#include "script/schema.h"

#include <algorithm>

/// Constraint classes and Index as scripts make them.
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::Value;

namespace {

/// The columns that are named among the parts of a constraint or an index: itself a Column, or the key of one of the table.
Value columnsAmong(Library &library, const TablePayload *owner, const std::vector<Value> &parts)
{
    std::vector<std::pair<std::string, Value>> found;
    for (const Value &part : parts) {
        if (const auto *column = Interpreter::payloadAs<SchemaColumnPayload>(part)) {
            found.emplace_back(column->key.toStdString(), part);
            continue;
        }
        Value known;
        for (const auto &[key, held] : owner != nullptr && part.isString() ? owner->columns : decltype(found){}) {
            if (key == Interpreter::text(part))
                known = held;
        }
        if (!known)
            library.interpreter().stop(python::StopKind::NotUnderstood,
                                       "the columns of a constraint or an index are asked for, of which one is not known");
        found.emplace_back(std::string(Interpreter::text(part)), known);
    }
    return columnCollection(library, std::move(found));
}

const TablePayload *holderOf(Library &library, const Value &constraint)
{
    for (const auto &[from, table] : library.shared<TableRegistry>().tables) {
        const auto *payload = Interpreter::payloadAs<TablePayload>(table);
        if (std::ranges::any_of(payload->constraints, [&](const Value &held) { return held.isSame(constraint); }))
            return payload;
    }
    return nullptr;
}

/// A constraint made with columns of a table belongs to that table at once.
void attachByColumns(Library &library, const Value &item, const std::vector<Value> &columns)
{
    for (const Value &column : columns) {
        const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(column);
        const sql::ColumnReference *within = payload == nullptr && !column.isString() ? firstColumnOf(expressionOf(library, column)) : nullptr;
        const sql::FromClause *from = payload != nullptr ? payload->table.get() : within != nullptr ? within->table.get() : nullptr;
        if (from == nullptr)
            continue;
        const auto &tables = library.shared<TableRegistry>().tables;
        if (const auto found = tables.find(from); found != tables.end())
            attachItem(library, *Interpreter::payloadAs<TablePayload>(found->second), item);
        return;
    }
}

std::unique_ptr<ConstraintPayload> newConstraint(Library &library, Arguments &arguments, std::string_view className)
{
    auto payload = std::make_unique<ConstraintPayload>();
    payload->creationOrder = library.nextCreationOrder();
    const Value name = arguments.take("name");
    payload->isNamed = name && !name.isNone();
    payload->constraint.name = toIdentifier(library, name, "the name of a constraint");
    for (const std::string_view unused : {"_column_flag", "_create_rule", "_type_bound", "_autoattach", "_implicit_generated", "quote"})
        (void)arguments.take(unused);
    (void)className;
    return payload;
}

template<class Kind>
Value columnsInit(Library &library, const Value &self, Arguments &arguments, std::string_view className)
{
    auto payload = newConstraint(library, arguments, className);
    payload->constraint.kind = Kind{};
    for (const Value &column : arguments.positional)
        payload->columns.push_back(library.interpreter().known(column, "a column of a constraint"));
    readConstraintKeywords(library, payload->constraint, arguments.keywords, className);
    const std::vector<Value> columns = payload->columns;
    Interpreter::setPayload(self, std::move(payload));
    attachByColumns(library, self, columns);
    return Value::none();
}

Value foreignKeyInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    static constexpr std::string_view kPositional[] = {"columns",   "refcolumns", "name",         "onupdate", "ondelete", "deferrable",
                                                       "initially", "use_alter",  "link_to_name", "match",    "table"};
    for (std::size_t i = 0; i < arguments.positional.size() && i < std::size(kPositional); ++i)
        arguments.keywords.emplace_back(kPositional[i], arguments.positional[i]);
    arguments.positional.clear();
    auto payload = newConstraint(library, arguments, "ForeignKeyConstraint");
    const Value columns = arguments.take("columns");
    const Value referred = arguments.take("refcolumns");
    if (!columns || !referred)
        interpreter.raise("TypeError", "ForeignKeyConstraint.__init__() needs columns and refcolumns");
    payload->columns = interpreter.toVector(interpreter.known(columns, "the columns of a ForeignKeyConstraint"));
    payload->referred = interpreter.toVector(interpreter.known(referred, "the referred columns of a ForeignKeyConstraint"));
    if (payload->columns.size() != payload->referred.size()) {
        raiseSqlAlchemy(library, "ArgumentError", "ForeignKeyConstraint number of constrained columns must match the number of referenced columns.");
    }
    sql::ForeignKeyConstraint kind;
    readForeignKeyOptions(library, kind.options, arguments);
    payload->constraint.kind = kind;
    const Value table = arguments.take("table");
    readConstraintKeywords(library, payload->constraint, arguments.keywords, "ForeignKeyConstraint");
    const std::vector<Value> own = payload->columns;
    Interpreter::setPayload(self, std::move(payload));
    if (auto *owner = table ? Interpreter::payloadAs<TablePayload>(table) : nullptr)
        attachItem(library, *owner, self);
    else
        attachByColumns(library, self, own);
    return Value::none();
}

Value checkInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    static constexpr std::string_view kPositional[] = {"sqltext", "name", "deferrable", "initially", "table", "info"};
    for (std::size_t i = 0; i < arguments.positional.size() && i < std::size(kPositional); ++i)
        arguments.keywords.emplace_back(kPositional[i], arguments.positional[i]);
    arguments.positional.clear();
    auto payload = newConstraint(library, arguments, "CheckConstraint");
    payload->constraint.kind = sql::CheckConstraint{};
    payload->condition = arguments.take("sqltext");
    if (!payload->condition)
        interpreter.raise("TypeError", "CheckConstraint.__init__() missing 1 required positional argument: 'sqltext'");
    interpreter.known(payload->condition, "the condition of a CheckConstraint");
    const Value table = arguments.take("table");
    readConstraintKeywords(library, payload->constraint, arguments.keywords, "CheckConstraint");
    const Value condition = payload->condition;
    Interpreter::setPayload(self, std::move(payload));
    if (auto *owner = table ? Interpreter::payloadAs<TablePayload>(table) : nullptr)
        attachItem(library, *owner, self);
    else
        attachByColumns(library, self, {condition});
    return Value::none();
}

Value excludeInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    auto payload = newConstraint(library, arguments, "ExcludeConstraint");
    sql::ExcludeConstraint kind;
    const auto usingMethod = toOptionalText(library, arguments.take("using"), "using");
    kind.usingMethod = usingMethod.value_or(QStringLiteral("gist"));
    if (const Value where = arguments.take("where"); where && !where.isNone())
        kind.where = toTextExpression(library, where, "where");
    std::map<QString, QString> classes;
    if (const Value ops = arguments.take("ops"); ops && !ops.isNone()) {
        for (const auto &[name, opclass] : interpreter.dictEntries(ops))
            classes.insert_or_assign(toText(library, name, "ops"), toText(library, opclass, "ops"));
    }
    for (const Value &element : arguments.positional) {
        const python::Values pair = interpreter.toVector(interpreter.known(element, "an element of an ExcludeConstraint"));
        if (pair.size() != 2)
            interpreter.raise("ValueError", "an element of an ExcludeConstraint is a pair of column and operator");
        sql::ExclusionElement made;
        const auto *column = Interpreter::payloadAs<ColumnPayload>(pair[0]);
        const QString name = pair[0].isString() ? Interpreter::qtext(pair[0]) : column != nullptr ? column->name.text : QString();
        made.expression = pair[0].isString() || column != nullptr ? (column != nullptr && column->fixed != nullptr
                                                                         ? column->fixed
                                                                         : sql::makeExpression(sql::ColumnReference{nullptr, sql::Identifier(name)}))
                                                                  : toExpression(library, pair[0]);
        made.op = toText(library, pair[1], "the operator of an ExcludeConstraint");
        if (const auto opclass = classes.find(name); opclass != classes.end())
            made.opclass = opclass->second;
        kind.elements.push_back(std::move(made));
    }
    payload->constraint.kind = std::move(kind);
    readConstraintKeywords(library, payload->constraint, arguments.keywords, "ExcludeConstraint");
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

Value makeConstraint(Library &library, std::string_view name)
{
    const Value base = name == "Constraint" ? schemaItemClass(library) : constraintClass(library, "Constraint");
    ClassBuilder builder(library.interpreter(), name, {base}, "sqlalchemy.sql.schema");
    if (name == "PrimaryKeyConstraint" || name == "UniqueConstraint" || name == "ForeignKeyConstraint") {
        builder.property("columns", [&library](Interpreter &, const Value &self, Arguments &) {
            return columnsAmong(library, holderOf(library, self), Interpreter::payloadAs<ConstraintPayload>(self)->columns);
        });
    }
    if (name == "PrimaryKeyConstraint") {
        builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
            return columnsInit<sql::PrimaryKeyConstraint>(library, self, arguments, "PrimaryKeyConstraint");
        });
    } else if (name == "UniqueConstraint") {
        builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
            return columnsInit<sql::UniqueConstraint>(library, self, arguments, "UniqueConstraint");
        });
    } else if (name == "ForeignKeyConstraint") {
        builder.method("__init__",
                       [&library](Interpreter &, const Value &self, Arguments &arguments) { return foreignKeyInit(library, self, arguments); });
    } else if (name == "CheckConstraint") {
        builder.method("__init__",
                       [&library](Interpreter &, const Value &self, Arguments &arguments) { return checkInit(library, self, arguments); });
    } else if (name == "ExcludeConstraint") {
        builder.method("__init__",
                       [&library](Interpreter &, const Value &self, Arguments &arguments) { return excludeInit(library, self, arguments); });
    } else {
        builder.property("name", [](Interpreter &interpreter, const Value &self, Arguments &) {
            const auto *payload = Interpreter::payloadAs<ConstraintPayload>(self);
            return payload == nullptr || payload->constraint.name.isEmpty() ? Value::none() : interpreter.string(payload->constraint.name.text);
        });
    }
    return builder.build();
}

// --- Index ---

Value indexInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    auto payload = std::make_unique<IndexPayload>();
    Value name = arguments.take("name");
    std::size_t first = 0;
    if (!name && !arguments.positional.empty())
        name = arguments.positional[first++];
    payload->isNamed = name && !name.isNone();
    payload->index.name = toIdentifier(library, name, "the name of an index");
    payload->index.isUnique = toBool(library, arguments.take("unique"), false);
    if (const Value quote = arguments.take("quote"); quote && !quote.isNone())
        payload->index.name.quote = interpreter.truth(quote);
    for (const std::string_view unused : {"info", "_column_flag"})
        (void)arguments.take(unused);
    const Value table = arguments.take("_table");
    for (; first < arguments.positional.size(); ++first)
        payload->elements.push_back(interpreter.known(arguments.positional[first], "a column of an index"));
    payload->index.options = toDialectOptions(library, arguments.keywords, "Index");
    const std::vector<Value> elements = payload->elements;
    Interpreter::setPayload(self, std::move(payload));
    if (auto *owner = table ? Interpreter::payloadAs<TablePayload>(table) : nullptr)
        attachItem(library, *owner, self);
    else
        attachByColumns(library, self, elements);
    return Value::none();
}

const TablePayload *ownerOf(Library &library, const Value &index)
{
    for (const auto &[from, table] : library.shared<TableRegistry>().tables) {
        const auto *payload = Interpreter::payloadAs<TablePayload>(table);
        for (const Value &held : payload->indexes) {
            if (held.isSame(index))
                return payload;
        }
    }
    return nullptr;
}

Value makeIndex(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Index", {schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return indexInit(library, self, arguments); });
    builder.property("name", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const auto *payload = Interpreter::payloadAs<IndexPayload>(self);
        return payload->index.name.isEmpty() ? Value::none() : interpreter.string(payload->index.name.text);
    });
    const auto run = [&library](bool isCreate) {
        return [&library, isCreate](Interpreter &, const Value &self, Arguments &) {
            const TablePayload *owner = ownerOf(library, self);
            if (owner == nullptr)
                raiseSqlAlchemy(library, "CompileError", "Index is not associated with any table.");
            const sql::Index index = toIndex(library, self, owner->name, owner, owner->namingConvention);
            if (isCreate)
                library.emit(sql::CreateIndex{index, false});
            else
                library.emit(sql::DropIndex{index, false});
            return Value::none();
        };
    };
    builder.property("columns", [&library](Interpreter &, const Value &self, Arguments &) {
        return columnsAmong(library, ownerOf(library, self), Interpreter::payloadAs<IndexPayload>(self)->elements);
    });
    builder.property("unique", [](Interpreter &, const Value &self, Arguments &) {
        return Value::boolean(Interpreter::payloadAs<IndexPayload>(self)->index.isUnique);
    });
    builder.method("create", run(true));
    builder.method("drop", run(false));
    return builder.build();
}

} // namespace

Value constraintClass(Library &library, std::string_view name) { return library.named(makeConstraint, name); }

Value indexClass(Library &library) { return library.named(makeIndex, "Index"); }

void readConstraintKeywords(Library &library, sql::Constraint &constraint, std::vector<std::pair<std::string, Value>> &keywords,
                            std::string_view className)
{
    Arguments arguments;
    arguments.keywords = std::move(keywords);
    constraint.deferrable = toOptionalBool(library, arguments.take("deferrable"));
    constraint.initially = toOptionalText(library, arguments.take("initially"), "initially").value_or(QString());
    constraint.comment = toOptionalText(library, arguments.take("comment"), "the comment of a constraint").value_or(QString());
    (void)arguments.take("info");
    constraint.options = toDialectOptions(library, arguments.keywords, className);
    keywords.clear();
}

void addConstraintModules(ModuleTable &table)
{
    table.add({"sqlalchemy", "sqlalchemy.schema", "sqlalchemy.sql.schema"}, {{"Constraint", makeConstraint},
                                                                             {"PrimaryKeyConstraint", makeConstraint},
                                                                             {"UniqueConstraint", makeConstraint},
                                                                             {"ForeignKeyConstraint", makeConstraint},
                                                                             {"CheckConstraint", makeConstraint},
                                                                             {"Index", makeIndex}});
    table.add({"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.ext"}, {{"ExcludeConstraint", makeConstraint}});
}

} // namespace stillroom::script
