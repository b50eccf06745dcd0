// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"
#include "script/convert.h"
#include "script/elements.h"
#include "script/objects.h"

/// table() and the collection of columns that every FROM clause has. Source: SQLAlchemy 2.0, "Selectables", "ColumnCollection".
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::Value;
using python::Values;

namespace {

struct CollectionPayload final : python::Payload {
    std::vector<std::pair<std::string, Value>> columns;
    [[nodiscard]] Value find(std::string_view key) const
    {
        for (const auto &[name, column] : columns) {
            if (name == key)
                return column;
        }
        return {};
    }
};

const CollectionPayload &collection(const Value &self) { return *Interpreter::payloadAs<CollectionPayload>(self); }

Values listOf(Interpreter &interpreter, const Value &self, bool keys, bool values)
{
    Values items;
    for (const auto &[name, column] : collection(self).columns) {
        const Value key = interpreter.string(std::string_view(name));
        items.push_back(keys && values ? interpreter.tuple({key, column}) : keys ? key : column);
    }
    return items;
}

Value itemOf(Interpreter &interpreter, const Value &self, const Value &key)
{
    if (key.isString()) {
        if (Value column = collection(self).find(Interpreter::text(key)))
            return column;
        interpreter.raise("KeyError", std::string(Interpreter::text(key)));
    }
    return interpreter.getItem(interpreter.list(listOf(interpreter, self, false, true)), key);
}

Value makeColumnCollection(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ColumnCollection", {}, "sqlalchemy.sql.base");
    builder.method("__getattr__", [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (Value column = collection(self).find(name))
            return column;
        interpreter.raise("AttributeError", name);
    });
    builder.method("__getitem__", [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        return itemOf(interpreter, self, interpreter.known(arguments.positional.at(0), "the key of a column"));
    });
    builder.method("__iter__", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.invoke(interpreter.builtin("iter"), Arguments{{interpreter.list(listOf(interpreter, self, false, true))}, {}});
    });
    builder.method("__len__", [](Interpreter &, const Value &self, Arguments &) {
        return Value::integer(static_cast<std::int64_t>(collection(self).columns.size()));
    });
    builder.method("__contains__", [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const Value key = interpreter.known(arguments.positional.at(0), "the key of a column");
        return Value::boolean(key.isString() && static_cast<bool>(collection(self).find(Interpreter::text(key))));
    });
    builder.method("contains_column", [](Interpreter &, const Value &self, Arguments &arguments) {
        bool isThere = false;
        for (const auto &[name, column] : collection(self).columns)
            isThere = isThere || column.isSame(arguments.positional.at(0));
        return Value::boolean(isThere);
    });
    builder.method("keys",
                   [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.list(listOf(interpreter, self, true, false)); });
    builder.method("values",
                   [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.list(listOf(interpreter, self, false, true)); });
    builder.method("items",
                   [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.list(listOf(interpreter, self, true, true)); });
    builder.method("get", [](Interpreter &, const Value &self, Arguments &arguments) {
        const Value found = collection(self).find(Interpreter::text(arguments.positional.at(0)));
        if (found)
            return found;
        return arguments.positional.size() > 1 ? arguments.positional[1] : Value::none();
    });
    return builder.build();
}

Value makeFromClause(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "FromClause", {clauseElementClass(library)}, "sqlalchemy.sql.selectable");
    const auto columns = [&library](Interpreter &, const Value &self, Arguments &) {
        const auto *payload = Interpreter::payloadAs<FromPayload>(self);
        return columnCollection(library, payload == nullptr ? std::vector<std::pair<std::string, Value>>{} : payload->columns);
    };
    builder.property("c", columns);
    builder.property("columns", columns);
    addFromMethods(library, builder);
    return builder.build();
}

Value tableInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const Value schema = arguments.take("schema");
    if (!arguments.keywords.empty())
        raiseSqlAlchemy(library, "ArgumentError", "Unsupported argument(s): " + arguments.keywords.front().first);
    if (arguments.positional.empty())
        interpreter.raise("TypeError", "table() missing 1 required positional argument: 'name'");
    auto payload = std::make_unique<FromPayload>();
    const sql::QualifiedName name{toIdentifier(library, schema, "the schema of table()"),
                                  toIdentifier(library, arguments.positional[0], "the name of table()")};
    payload->from = std::make_shared<const sql::FromClause>(sql::FromClause{sql::FromClause::Named{name}, {}, false, nullptr});
    for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
        const Value &column = interpreter.known(arguments.positional[i], "a column of table()");
        auto *columnPayload = Interpreter::payloadAs<ColumnPayload>(column);
        if (columnPayload == nullptr)
            raiseSqlAlchemy(library, "ArgumentError", "table() takes column() objects, got " + interpreter.repr(column));
        columnPayload->table = payload->from;
        payload->columns.emplace_back(columnPayload->key.toStdString(), column);
    }
    library.shared<FromRegistry>().objects.insert_or_assign(payload->from.get(), self);
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

const sql::QualifiedName &nameOf(const Value &self)
{
    return std::get<sql::FromClause::Named>(Interpreter::payloadAs<FromPayload>(self)->from->node).name;
}

Value makeTableClause(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "TableClause", {fromClauseClass(library)}, "sqlalchemy.sql.selectable");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return tableInit(library, self, arguments); });
    builder.property("name", [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.string(nameOf(self).name.text); });
    builder.property("schema", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const QString schema = nameOf(self).schema.text;
        return schema.isEmpty() ? Value::none() : interpreter.string(schema);
    });
    const auto fullName = [](Interpreter &interpreter, const Value &self, Arguments &) {
        const sql::QualifiedName &name = nameOf(self);
        return interpreter.string(name.schema.isEmpty() ? name.name.text : name.schema.text + QLatin1Char('.') + name.name.text);
    };
    builder.property("fullname", fullName);
    builder.method("__str__", fullName);
    addTableMethods(library, builder);
    return builder.build();
}

Value makeName(Library &library, std::string_view name) { return name == "FromClause" ? fromClauseClass(library) : tableClauseClass(library); }

} // namespace

Value columnCollection(Library &library, std::vector<std::pair<std::string, Value>> columns)
{
    auto payload = std::make_unique<CollectionPayload>();
    payload->columns = std::move(columns);
    return library.interpreter().instance(library.named(makeColumnCollection, "ColumnCollection"), std::move(payload));
}

Value fromClauseClass(Library &library) { return library.named(makeFromClause, "FromClause"); }

Value tableClauseClass(Library &library) { return library.named(makeTableClause, "TableClause"); }

void addFromModules(ModuleTable &table)
{
    table.add({"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression"},
              {{"table", makeName}, {"TableClause", makeName}, {"FromClause", makeName}});
    table.add({"sqlalchemy.sql.selectable"}, {{"TableClause", makeName}, {"FromClause", makeName}});
}

} // namespace stillroom::script
