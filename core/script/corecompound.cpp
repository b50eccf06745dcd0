// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

/// UNION and its kind, text().columns(), and what everything that gives rows can become: subqueries, common tables, scalars,
/// EXISTS. Source: SQLAlchemy 2.0, "SELECT and Related Constructs".
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;
using sql::ExpressionPtr;

namespace {

/// What wraps a SELECT as a value. Like a call, it is one expression however often it is asked for.
struct WrappedRows : ExpressionPayload {
    Value rows;
    mutable ExpressionPtr kept;
    [[nodiscard]] virtual ExpressionPtr wrapped(sql::StatementPtr statement) const = 0;
    [[nodiscard]] ExpressionPtr expression(Library &library) const override
    {
        if (kept == nullptr)
            kept = wrapped(Interpreter::payloadAs<StatementPayload>(rows)->statement(library));
        return kept;
    }
};

struct ExistsPayload final : WrappedRows {
    [[nodiscard]] ExpressionPtr wrapped(sql::StatementPtr statement) const override
    {
        return sql::makeExpression(
            sql::UnaryExpression{sql::UnaryExpression::Kind::Exists, sql::makeExpression(sql::ScalarSubquery{std::move(statement)}), {}});
    }
};

/// select(…).scalar_subquery(): what else is said of it goes to its SELECT.
struct ScalarPayload final : WrappedRows {
    [[nodiscard]] ExpressionPtr wrapped(sql::StatementPtr statement) const override
    {
        return sql::makeExpression(sql::ScalarSubquery{std::move(statement)});
    }
};

const RowsPayload &rowsOf(Library &library, const Value &value, std::string_view use)
{
    const auto *rows = Interpreter::payloadAs<RowsPayload>(library.interpreter().known(value, use));
    if (rows == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", std::string(use) + ": a SELECT is expected, got " + library.interpreter().repr(value));
    return *rows;
}

/// Methods that a wrapper hands on to the SELECT inside it, wrapping the result again.
template<class Payload>
void addInnerMethods(ClassBuilder &builder, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        builder.method(name, [name = std::string(name)](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            auto copy = std::make_unique<Payload>(*Interpreter::payloadAs<Payload>(self));
            copy->rows = interpreter.invoke(interpreter.getAttribute(copy->rows, name), std::move(arguments));
            copy->kept = nullptr;
            return interpreter.instance(interpreter.classOf(self), std::move(copy));
        });
    }
}

Value makeExistsClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Exists", {columnElementClass(library)}, "sqlalchemy.sql.selectable");
    addInnerMethods<ExistsPayload>(builder, {"where", "select_from", "correlate", "correlate_except"});
    builder.method("select", [&library](Interpreter &, const Value &self, Arguments &) { return makeSelect(library, {self}); });
    return builder.build();
}

Value makeScalarClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ScalarSelect", {columnElementClass(library)}, "sqlalchemy.sql.selectable");
    addInnerMethods<ScalarPayload>(builder, {"where", "correlate", "correlate_except"});
    return builder.build();
}

Value compoundClass(Library &library);

Value compoundOf(Library &library, const QString &keyword, const Values &parts)
{
    auto payload = std::make_unique<CompoundPayload>();
    payload->compound.keyword = keyword;
    for (const Value &part : parts) {
        const RowsPayload &rows = rowsOf(library, part, "a part of a " + keyword.toStdString());
        if (payload->compound.selects.empty())
            payload->shown = rows.shown;
        payload->compound.selects.push_back(rows.statement(library));
    }
    return library.interpreter().instance(compoundClass(library), std::move(payload));
}

constexpr std::pair<std::string_view, const char *> kCompounds[] = {{"union", "UNION"},         {"union_all", "UNION ALL"},
                                                                    {"except_", "EXCEPT"},      {"except_all", "EXCEPT ALL"},
                                                                    {"intersect", "INTERSECT"}, {"intersect_all", "INTERSECT ALL"}};

python::Native changesCompound(Library &library, void (*change)(Library &, sql::CompoundSelect &, Arguments &))
{
    return [&library, change](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        auto copy = std::make_unique<CompoundPayload>(*Interpreter::payloadAs<CompoundPayload>(self));
        change(library, copy->compound, arguments);
        return interpreter.instance(interpreter.classOf(self), std::move(copy));
    };
}

void compoundOrder(Library &library, sql::CompoundSelect &compound, Arguments &arguments)
{
    for (ExpressionPtr &item : toOrderings(library, spread(library, arguments.positional)))
        compound.orderBy.push_back(std::move(item));
}

void compoundLimit(Library &library, sql::CompoundSelect &compound, Arguments &arguments)
{
    compound.limit = toOperand(library, arguments.positional.at(0));
}

void compoundOffset(Library &library, sql::CompoundSelect &compound, Arguments &arguments)
{
    compound.offset = toOperand(library, arguments.positional.at(0));
}

Value makeCompoundClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "CompoundSelect", {clauseElementClass(library)}, "sqlalchemy.sql.selectable");
    builder.method("order_by", changesCompound(library, compoundOrder));
    builder.method("limit", changesCompound(library, compoundLimit));
    builder.method("offset", changesCompound(library, compoundOffset));
    addRowsMethods(library, builder);
    return builder.build();
}

Value compoundClass(Library &library) { return library.named(makeCompoundClass, "CompoundSelect"); }

Value makeTextualSelect(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "TextualSelect", {clauseElementClass(library)}, "sqlalchemy.sql.selectable");
    addRowsMethods(library, builder);
    return builder.build();
}

Value makeCompoundFunction(Library &library, std::string_view name)
{
    QString keyword;
    for (const auto &[function, words] : kCompounds) {
        if (function == name)
            keyword = QLatin1String(words);
    }
    return library.interpreter().function(name, [&library, keyword](Interpreter &, const Value &, Arguments &arguments) {
        return compoundOf(library, keyword, spread(library, arguments.positional));
    });
}

Value makeCompoundName(Library &library, std::string_view name)
{
    return name == "CompoundSelect" ? compoundClass(library) : textualSelectClass(library);
}

/// text(…).columns(a, b, c=Integer)
Value textColumns(Library &library, const Value &self, Arguments &arguments)
{
    auto payload = std::make_unique<TextRowsPayload>();
    const auto *text = Interpreter::payloadAs<TextPayload>(self);
    payload->text = sql::TextClause{text->text, text->binds, text->varies};
    for (const Value &each : arguments.positional)
        payload->shown.push_back(shownElement(library, each));
    for (const auto &[name, type] : arguments.keywords) {
        ShownColumn column;
        column.key = name;
        column.name.text = QString::fromStdString(name);
        column.type = type;
        column.expression = sql::makeExpression(sql::ColumnReference{nullptr, column.name}, toSqlTypePtr(library, type));
        payload->shown.push_back(std::move(column));
    }
    return library.interpreter().instance(textualSelectClass(library), std::move(payload));
}

Value columnsOfRows(Library &library, const Value &self)
{
    std::vector<std::pair<std::string, Value>> columns;
    for (const ShownColumn &each : Interpreter::payloadAs<RowsPayload>(self)->shown) {
        if (!each.key.empty())
            columns.emplace_back(each.key, makeElement(library, each.expression, each.type));
    }
    return columnCollection(library, std::move(columns));
}

} // namespace

sql::StatementPtr CompoundPayload::statement(Library &library) const { return keptStatement(library, sql::Statement{compound, commonTables}); }

sql::StatementPtr TextRowsPayload::statement(Library &library) const { return keptStatement(library, sql::Statement{text, commonTables}); }

Value textualSelectClass(Library &library) { return library.named(makeTextualSelect, "TextualSelect"); }

Value makeScalarSubquery(Library &library, const Value &rows)
{
    auto payload = std::make_unique<ScalarPayload>();
    const RowsPayload &inner = rowsOf(library, rows, "scalar_subquery()");
    if (!inner.shown.empty())
        payload->type = inner.shown.front().type;
    payload->rows = rows;
    return makeElement(library, library.named(makeScalarClass, "ScalarSelect"), std::move(payload));
}

Value makeExists(Library &library, const Value &select)
{
    if (const auto *scalar = Interpreter::payloadAs<ScalarPayload>(select))
        return makeExists(library, scalar->rows);
    auto payload = std::make_unique<ExistsPayload>();
    (void)rowsOf(library, select, "exists()");
    payload->rows = select;
    return makeElement(library, library.named(makeExistsClass, "Exists"), std::move(payload));
}

void addRowsMethods(Library &library, ClassBuilder &builder)
{
    for (const char *name : {"subquery", "alias", "lateral"}) {
        builder.method(
            name, [&library, isLateral = std::string_view(name) == "lateral"](Interpreter &interpreter, const Value &self, Arguments &arguments) {
                ArgumentReader read(interpreter, "subquery", arguments, {"name=", "flat="});
                const RowsPayload &rows = *Interpreter::payloadAs<RowsPayload>(self);
                return derivedFrom(library, rows.statement(library), rows.shown, read["name"], isLateral);
            });
    }
    builder.method("cte", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        const RowsPayload &rows = *Interpreter::payloadAs<RowsPayload>(self);
        return commonTable(library, rows.statement(library), rows.shown, arguments);
    });
    builder.method("add_cte", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const auto add = [&](auto copy) {
            const Value nest = arguments.take("nest_here");
            for (const Value &each : arguments.positional) {
                auto table = std::make_shared<sql::CommonTable>(*commonTableOf(library, each));
                table->isNesting = table->isNesting || toBool(library, nest, false);
                copy->commonTables.push_back(std::move(table));
            }
            return interpreter.instance(interpreter.classOf(self), std::move(copy));
        };
        if (const auto *select = Interpreter::payloadAs<SelectPayload>(self))
            return add(std::make_unique<SelectPayload>(*select));
        if (const auto *compound = Interpreter::payloadAs<CompoundPayload>(self))
            return add(std::make_unique<CompoundPayload>(*compound));
        interpreter.stop(StopKind::NotUnderstood, "add_cte() on a textual SELECT");
    });
    for (const char *name : {"scalar_subquery", "as_scalar"})
        builder.method(name, [&library](Interpreter &, const Value &self, Arguments &) { return makeScalarSubquery(library, self); });
    builder.method("label", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "label", arguments, {"name"});
        return labelled(library, makeScalarSubquery(library, self), read["name"]);
    });
    builder.method("exists", [&library](Interpreter &, const Value &self, Arguments &) { return makeExists(library, self); });
    builder.method("params", [](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NotUnderstood, "params() on a SELECT");
    });
    for (const auto &[name, keyword] : kCompounds) {
        builder.method(name, [&library, keyword = QString::fromLatin1(keyword)](Interpreter &, const Value &self, Arguments &arguments) {
            Values parts = arguments.positional;
            parts.insert(parts.begin(), self);
            return compoundOf(library, keyword, parts);
        });
    }
    // .c of a SELECT makes a subquery of it in SQLAlchemy 1.x; the columns it lists are what scripts want.
    for (const char *name : {"c", "columns", "selected_columns", "exported_columns", "inner_columns"})
        builder.property(name, [&library](Interpreter &, const Value &self, Arguments &) { return columnsOfRows(library, self); });
}

void addTextMethods(Library &library, ClassBuilder &textClause)
{
    textClause.method("columns",
                      [&library](Interpreter &, const Value &self, Arguments &arguments) { return textColumns(library, self, arguments); });
    textClause.method("__and__", [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        arguments.positional.insert(arguments.positional.begin(), self);
        return interpreter.invoke(interpreter.getAttribute(interpreter.importModule("sqlalchemy"), "and_"), std::move(arguments));
    });
}

void addCoreCompoundModules(ModuleTable &table)
{
    std::vector<ModuleName> names{{"CompoundSelect", makeCompoundName}, {"TextualSelect", makeCompoundName}};
    for (const auto &[name, keyword] : kCompounds)
        names.push_back({name, makeCompoundFunction});
    table.add({"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression", "sqlalchemy.sql.selectable"}, names);
}

} // namespace stillroom::script
