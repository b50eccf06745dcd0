// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"
#include "script/schema.h"
#include "script/types.h"

/// Column, ForeignKey, Sequence, Identity, Computed and defaults as scripts make them.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::Value;

namespace {

Value makeSchemaItem(Library &library, std::string_view)
{
    return ClassBuilder(library.interpreter(), "SchemaItem", {}, "sqlalchemy.sql.schema").build();
}

template<class T>
T *payloadOf(const Value &value)
{
    return Interpreter::payloadAs<T>(value);
}

// --- Column ---

void takeColumnItem(Library &library, SchemaColumnPayload &payload, const Value &item)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(item, "an argument of Column");
    if (item.isNone())
        return;
    if (payloadOf<ForeignKeyPayload>(item) != nullptr)
        payload.foreignKeys.push_back(item);
    else if (payloadOf<ConstraintPayload>(item) != nullptr)
        payload.constraints.push_back(item);
    else if (const auto *sequence = payloadOf<SequencePayload>(item))
        payload.column.sequence = sequence->sequence;
    else if (const auto *identity = payloadOf<IdentityPayload>(item))
        payload.column.identity = identity->identity;
    else if (const auto *computed = payloadOf<ComputedPayload>(item))
        payload.column.computed = computed->computed;
    else if (payloadOf<DefaultPayload>(item) != nullptr)
        payload.serverDefault = item;
    else if (interpreter.isInstance(item, schemaItemClass(library)))
        payload.hasPythonDefault = true; // ColumnDefault
    else
        raiseSqlAlchemy(library, "ArgumentError",
                        "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got " + interpreter.repr(item));
}

void readDefault(Library &library, SchemaColumnPayload &payload, const Value &value)
{
    (void)library;
    if (!value || value.isNone())
        return;
    if (const auto *sequence = payloadOf<SequencePayload>(value))
        payload.column.sequence = sequence->sequence;
    else {
        payload.hasPythonDefault = true;
        payload.insertDefault = value;
    }
}

void readServerDefault(Library &library, SchemaColumnPayload &payload, const Value &value)
{
    if (!value || value.isNone())
        return;
    library.interpreter().known(value, "server_default");
    if (const auto *identity = payloadOf<IdentityPayload>(value))
        payload.column.identity = identity->identity;
    else if (const auto *computed = payloadOf<ComputedPayload>(value))
        payload.column.computed = computed->computed;
    else
        payload.serverDefault = value;
}

void readAutoincrement(Library &library, sql::Column &column, const Value &value)
{
    if (!value)
        return;
    library.interpreter().known(value, "autoincrement");
    if (value.isString()) {
        column.ignoresForeignKeysForAutoincrement = Interpreter::text(value) == "ignore_fk";
        return; // "auto"
    }
    column.autoincrement = library.interpreter().truth(value);
}

void readColumnKeywords(Library &library, SchemaColumnPayload &payload, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    sql::Column &column = payload.column;
    column.isPrimaryKey = toBool(library, arguments.take("primary_key"), false);
    const Value nullable = arguments.take("nullable");
    column.nullableGiven = nullable && !nullable.isNone();
    column.nullable = nullable ? interpreter.truth(nullable) : !column.isPrimaryKey;
    payload.isUnique = toBool(library, arguments.take("unique"), false);
    payload.hasIndex = toBool(library, arguments.take("index"), false);
    column.isSystem = toBool(library, arguments.take("system"), false);
    readAutoincrement(library, column, arguments.take("autoincrement"));
    readDefault(library, payload, arguments.take("insert_default"));
    readDefault(library, payload, arguments.take("default"));
    readServerDefault(library, payload, arguments.take("server_default"));
    if (const Value comment = arguments.take("comment"); comment && !comment.isNone())
        column.comment = toText(library, comment, "the comment of a column");
    if (const Value key = arguments.take("key"); key && !key.isNone())
        payload.key = toText(library, key, "the key of a column");
    payload.updateDefault = arguments.take("onupdate");
    for (const std::string_view unused : {"server_onupdate", "doc", "info", "insert_sentinel", "_omit_from_statements", "_proxies"})
        (void)arguments.take(unused);
    column.options = toDialectOptions(library, arguments.keywords, "Column");
}

Value columnInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    auto payload = std::make_unique<SchemaColumnPayload>();
    payload->creationOrder = library.nextCreationOrder();
    Value name = arguments.take("name");
    Value type = arguments.take("type_");
    if (!type)
        type = arguments.take("type");
    std::size_t next = 0;
    const auto &positional = arguments.positional;
    if (next < positional.size() && (positional[next].isString() || positional[next].isUnknown() || positional[next].isNone())) {
        if (!positional[next].isNone())
            name = positional[next];
        ++next;
    }
    if (next < positional.size()) {
        const Value &candidate = positional[next];
        if (candidate.isNone() || candidate.isUnknown() || isTypeObject(library, candidate)) {
            if (!candidate.isNone())
                type = candidate;
            ++next;
        }
    }
    payload->name = toIdentifier(library, name, "the name of a column");
    if (type && !type.isNone())
        payload->type = type;
    if (const Value quote = arguments.take("quote"); quote && !quote.isNone())
        payload->name.quote = interpreter.truth(quote);
    for (; next < positional.size(); ++next)
        takeColumnItem(library, *payload, positional[next]);
    readColumnKeywords(library, *payload, arguments);
    if (payload->key.isEmpty())
        payload->key = payload->name.text;
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

SchemaColumnPayload &column(const Value &self) { return *payloadOf<SchemaColumnPayload>(self); }

const TablePayload *tableOf(Library &library, const SchemaColumnPayload &held)
{
    const auto &tables = library.shared<TableRegistry>().tables;
    const auto found = tables.find(held.table.get());
    return found == tables.end() ? nullptr : Interpreter::payloadAs<TablePayload>(found->second);
}

/// What the copy of a table's column keeps: the type that came by a foreign key, and the names that the table's convention gave. The
/// foreign keys themselves are constraints of the table by then.
void leaveTable(Library &library, SchemaColumnPayload &copy)
{
    const TablePayload *owner = tableOf(library, copy);
    if (!copy.type && owner != nullptr)
        copy.type = typeOfReferredColumn(library, copy, owner);
    copy.foreignKeys.clear();
    copy.table = nullptr;
    for (Value &item : copy.constraints) {
        const auto *held = Interpreter::payloadAs<ConstraintPayload>(item);
        if (held == nullptr || !held->isNamed || owner == nullptr)
            continue;
        auto named = std::make_unique<ConstraintPayload>(*held);
        named->constraint.name = toConstraint(library, item, owner->name, nullptr, owner->namingConvention).name;
        item = library.interpreter().instance(library.interpreter().classOf(item), std::move(named));
    }
}

Value copyColumn(Library &library, const Value &self)
{
    auto copy = std::make_unique<SchemaColumnPayload>(column(self));
    if (copy->table != nullptr)
        leaveTable(library, *copy);
    copy->creationOrder = library.nextCreationOrder();
    return library.interpreter().instance(library.interpreter().classOf(self), std::move(copy));
}

void addColumnProperties(Library &library, ClassBuilder &builder)
{
    builder.property("type", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        SchemaColumnPayload &held = column(self);
        if (!held.type && !held.foreignKeys.empty())
            held.type = typeOfReferredColumn(library, held, tableOf(library, held));
        if (!held.type)
            return makeType(library, sql::TypeFamily::Generic, "NullType");
        if (held.type.isKind(python::ObjectKind::Class)) // Column('a', Integer): to_instance()
            held.type = interpreter.invoke(held.type, {});
        return held.type;
    });
    builder.property(
        "nullable", [](Interpreter &, const Value &self, Arguments &) { return Value::boolean(column(self).column.nullable); },
        [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            column(self).column.nullable = interpreter.truth(arguments.positional.at(0));
            column(self).column.nullableGiven = true;
            return Value::none();
        });
    builder.property("primary_key", [](Interpreter &, const Value &self, Arguments &) { return Value::boolean(column(self).column.isPrimaryKey); });
    builder.property("unique", [](Interpreter &, const Value &self, Arguments &) { return Value::boolean(column(self).isUnique); });
    builder.property("index", [](Interpreter &, const Value &self, Arguments &) { return Value::boolean(column(self).hasIndex); });
    builder.property("comment", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const auto &comment = column(self).column.comment;
        return comment ? interpreter.string(*comment) : Value::none();
    });
    builder.property("server_default", [](Interpreter &, const Value &self, Arguments &) {
        const Value value = column(self).serverDefault;
        return value ? value : Value::none();
    });
    builder.property("foreign_keys",
                     [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.list(column(self).foreignKeys); });
    builder.property("table", [&library](Interpreter &, const Value &self, Arguments &) {
        const auto &tables = library.shared<TableRegistry>().tables;
        const auto found = tables.find(column(self).table.get());
        return found == tables.end() ? Value::none() : found->second;
    });
}

Value makeColumn(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Column", {columnClauseClass(library), schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return columnInit(library, self, arguments); });
    const auto copy = [&library](Interpreter &, const Value &self, Arguments &) { return copyColumn(library, self); };
    builder.method("copy", copy);
    builder.method("_copy", copy);
    builder.method("append_foreign_key", [](Interpreter &, const Value &self, Arguments &arguments) {
        column(self).foreignKeys.push_back(arguments.positional.at(0));
        return Value::none();
    });
    builder.property(
        "name",
        [](Interpreter &interpreter, const Value &self, Arguments &) {
            const QString name = column(self).name.text;
            return name.isEmpty() ? Value::none() : interpreter.string(name);
        },
        [&library](Interpreter &, const Value &self, Arguments &arguments) {
            column(self).name = toIdentifier(library, arguments.positional.at(0), "the name of a column");
            if (column(self).key.isEmpty())
                column(self).key = column(self).name.text;
            return Value::none();
        });
    addColumnProperties(library, builder);
    return builder.build();
}

// --- ForeignKey ---

Value makeForeignKey(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ForeignKey", {schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        static constexpr std::string_view kPositional[] = {"column",     "_constraint", "use_alter",    "name",  "onupdate", "ondelete",
                                                           "deferrable", "initially",   "link_to_name", "match", "info",     "comment"};
        auto payload = std::make_unique<ForeignKeyPayload>();
        for (std::size_t i = 0; i < arguments.positional.size() && i < std::size(kPositional); ++i)
            arguments.keywords.emplace_back(kPositional[i], arguments.positional[i]);
        arguments.positional.clear();
        payload->target = arguments.take("column");
        if (!payload->target)
            interpreter.raise("TypeError", "ForeignKey.__init__() missing 1 required positional argument: 'column'");
        interpreter.known(payload->target, "the target of a ForeignKey");
        const Value name = arguments.take("name");
        payload->isNamed = name && !name.isNone();
        payload->name = toIdentifier(library, name, "the name of a ForeignKey");
        readForeignKeyOptions(library, payload->options, arguments);
        sql::Constraint common;
        readConstraintKeywords(library, common, arguments.keywords, "ForeignKey");
        payload->deferrable = common.deferrable;
        payload->initially = common.initially;
        payload->comment = common.comment;
        payload->dialectOptions = std::move(common.options);
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    builder.property("target_fullname", [](Interpreter &, const Value &self, Arguments &) { return payloadOf<ForeignKeyPayload>(self)->target; });
    return builder.build();
}

// --- Sequence, Identity, Computed ---

std::optional<qint64> take(Library &library, Arguments &arguments, std::string_view name)
{
    return toOptionalInteger(library, arguments.take(name), name);
}

void readSequenceOptions(Library &library, sql::SequenceOptions &options, Arguments &arguments)
{
    options.start = take(library, arguments, "start");
    options.increment = take(library, arguments, "increment");
    options.minValue = take(library, arguments, "minvalue");
    options.maxValue = take(library, arguments, "maxvalue");
    options.cache = take(library, arguments, "cache");
    options.noMinValue = toOptionalBool(library, arguments.take("nominvalue")).value_or(false);
    options.noMaxValue = toOptionalBool(library, arguments.take("nomaxvalue")).value_or(false);
    options.cycle = toOptionalBool(library, arguments.take("cycle"));
    options.order = toOptionalBool(library, arguments.take("order")).value_or(false);
}

void namePositional(Arguments &arguments, std::initializer_list<std::string_view> names)
{
    std::size_t i = 0;
    for (const std::string_view name : names) {
        if (i >= arguments.positional.size())
            break;
        arguments.keywords.emplace_back(name, arguments.positional[i++]);
    }
    arguments.positional.clear();
}

Value sequenceInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    namePositional(arguments,
                   {"name", "start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle", "schema", "cache", "order"});
    auto payload = std::make_unique<SequencePayload>();
    sql::Sequence &sequence = payload->sequence;
    sequence.name.name = toIdentifier(library, arguments.take("name"), "the name of a Sequence");
    sequence.name.schema = toIdentifier(library, arguments.take("schema"), "the schema of a Sequence");
    readSequenceOptions(library, sequence.options, arguments);
    sequence.isOptional = toBool(library, arguments.take("optional"), false);
    if (const Value type = arguments.take("data_type"); type && !type.isNone()) {
        const QString name = toSqlType(library, type).name.toUpper();
        sequence.options.dataType = name == QLatin1String("BIGINTEGER")     ? QStringLiteral("BIGINT")
                                    : name == QLatin1String("SMALLINTEGER") ? QStringLiteral("SMALLINT")
                                                                            : name;
    }
    if (const Value quote = arguments.take("quote"); quote && !quote.isNone())
        sequence.name.name.quote = interpreter.truth(quote);
    if (const Value metadata = arguments.take("metadata"); metadata && !metadata.isNone()) {
        const auto *held = payloadOf<MetaDataPayload>(metadata);
        if (held != nullptr && sequence.name.schema.isEmpty())
            sequence.name.schema = held->schema;
    }
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

const sql::Sequence &sequence(const Value &self) { return payloadOf<SequencePayload>(self)->sequence; }

Value makeSequence(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Sequence", {schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return sequenceInit(library, self, arguments); });
    builder.method("next_value", [&library](Interpreter &, const Value &self, Arguments &) {
        return makeElement(library, sql::makeExpression(sql::NextValue{sequence(self).name}), makeType(library, sql::TypeFamily::Generic, "Integer"));
    });
    const auto run = [&library](bool isCreate) {
        return [&library, isCreate](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            ArgumentReader read(interpreter, isCreate ? "create" : "drop", arguments, {"bind", "checkfirst="});
            if (library.isSqlite())
                return Value::none(); // no sequences there, and SQLAlchemy says nothing
            if (isCreate)
                library.emit(sql::CreateSequence{sequence(self), false});
            else
                library.emit(sql::DropSequence{sequence(self), false});
            return Value::none();
        };
    };
    builder.method("create", run(true));
    builder.method("drop", run(false));
    builder.property("name",
                     [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.string(sequence(self).name.name.text); });
    return builder.build();
}

Value makeFetchedValue(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "FetchedValue", {schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [](Interpreter &, const Value &self, Arguments &) {
        Interpreter::setPayload(self, std::make_unique<DefaultPayload>());
        return Value::none();
    });
    return builder.build();
}

Value fetchedValueClass(Library &library) { return library.named(makeFetchedValue, "FetchedValue"); }

Value makeDefaultClause(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "DefaultClause", {fetchedValueClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "DefaultClause", arguments, {"arg", "for_update=", "_reflected="});
        auto payload = std::make_unique<DefaultPayload>();
        payload->argument = read["arg"];
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    builder.property("arg", [](Interpreter &, const Value &self, Arguments &) { return payloadOf<DefaultPayload>(self)->argument; });
    return builder.build();
}

Value makeColumnDefault(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ColumnDefault", {schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    return builder.build();
}

Value makeIdentity(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Identity", {fetchedValueClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        namePositional(arguments,
                       {"always", "on_null", "start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle", "cache", "order"});
        auto payload = std::make_unique<IdentityPayload>();
        payload->identity.always = toOptionalBool(library, arguments.take("always")).value_or(false);
        (void)arguments.take("on_null");
        readSequenceOptions(library, payload->identity.options, arguments);
        std::erase_if(arguments.keywords, [](const auto &keyword) { return keyword.first.starts_with("oracle_"); });
        if (!arguments.keywords.empty())
            interpreter.raise("TypeError", "Identity.__init__() got an unexpected keyword argument '" + arguments.keywords.front().first + "'");
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    return builder.build();
}

Value makeComputed(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Computed", {fetchedValueClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "Computed", arguments, {"sqltext", "persisted="});
        auto payload = std::make_unique<ComputedPayload>();
        payload->computed.expression = toTextExpression(library, read["sqltext"], "the text of Computed");
        payload->computed.persisted = toOptionalBool(library, read["persisted"]);
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    return builder.build();
}

} // namespace

Value schemaItemClass(Library &library) { return library.named(makeSchemaItem, "SchemaItem"); }

Value columnClass(Library &library) { return library.named(makeColumn, "Column"); }

void readForeignKeyOptions(Library &library, sql::ForeignKeyOptions &options, Arguments &arguments)
{
    options.onUpdate = toOptionalText(library, arguments.take("onupdate"), "onupdate").value_or(QString());
    options.onDelete = toOptionalText(library, arguments.take("ondelete"), "ondelete").value_or(QString());
    options.match = toOptionalText(library, arguments.take("match"), "match").value_or(QString());
    options.useAlter = toBool(library, arguments.take("use_alter"), false);
    (void)arguments.take("link_to_name");
    (void)arguments.take("_constraint");
    (void)arguments.take("_unresolvable");
}

sql::ServerDefault toServerDefault(Library &library, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    if (!value || value.isNone())
        return std::monostate{};
    interpreter.known(value, "server_default");
    if (const auto *given = payloadOf<DefaultPayload>(value))
        return given->argument ? toServerDefault(library, given->argument) : sql::ServerDefault(std::monostate{});
    if (value.isString() || interpreter.isInstance(value, interpreter.builtin("str")))
        return toText(library, value, "server_default");
    if (const sql::ExpressionPtr expression = expressionOf(library, value))
        return expression;
    raiseSqlAlchemy(library, "ArgumentError",
                    "Argument 'arg' is expected to be one of type 'str' or 'ClauseElement' or 'TextClause', got '" + interpreter.className(value) +
                        "'");
}

void addSchemaItemModules(ModuleTable &table)
{
    const std::initializer_list<std::string_view> modules = {"sqlalchemy", "sqlalchemy.schema", "sqlalchemy.sql.schema"};
    table.add(modules, {{"Column", makeColumn},
                        {"ForeignKey", makeForeignKey},
                        {"Sequence", makeSequence},
                        {"FetchedValue", makeFetchedValue},
                        {"DefaultClause", makeDefaultClause},
                        {"ColumnDefault", makeColumnDefault},
                        {"Identity", makeIdentity},
                        {"Computed", makeComputed},
                        {"SchemaItem", makeSchemaItem}});
}

} // namespace stillroom::script
