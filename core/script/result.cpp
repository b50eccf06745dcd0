// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/engine.h"

#include <QDateTime>
#include <QRegularExpression>

/// Rows that a database gave, as Result, ScalarResult, MappingResult and Row. Source: SQLAlchemy 2.0, "Result".
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

struct RowPayload final : python::Payload {
    std::shared_ptr<const QStringList> columns;
    Values values;
};

struct ResultPayload final : python::Payload {
    std::shared_ptr<const QStringList> columns;
    Values rows; ///< Row objects, or what scalars() and mappings() made of them
    std::size_t next = 0;
    qint64 rowCount = -1;
    bool returnsRows = false;
};

const RowPayload &row(const Value &self) { return *Interpreter::payloadAs<RowPayload>(self); }

ResultPayload &result(const Value &self) { return *Interpreter::payloadAs<ResultPayload>(self); }

Value dateTimePart(Interpreter &interpreter, const char *name, const std::vector<int> &numbers)
{
    Arguments arguments;
    for (const int number : numbers)
        arguments.positional.push_back(Value::integer(number));
    return interpreter.invoke(interpreter.getAttribute(interpreter.importModule("datetime"), name), std::move(arguments));
}

Value toValue(Interpreter &interpreter, const QVariant &value)
{
    if (value.isNull())
        return Value::none();
    switch (value.typeId()) {
    case QMetaType::Bool:
        return Value::boolean(value.toBool());
    case QMetaType::Int:
    case QMetaType::Short:
    case QMetaType::Long:
    case QMetaType::LongLong:
        return Value::integer(value.toLongLong());
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return interpreter.integerFromText(QString::number(value.toULongLong()).toStdString());
    case QMetaType::Float:
    case QMetaType::Double:
        return interpreter.floating(value.toDouble());
    case QMetaType::QByteArray:
        return interpreter.bytes(value.toByteArray().toStdString());
    case QMetaType::QDate: {
        const QDate date = value.toDate();
        return dateTimePart(interpreter, "date", {date.year(), date.month(), date.day()});
    }
    case QMetaType::QTime: {
        const QTime time = value.toTime();
        return dateTimePart(interpreter, "time", {time.hour(), time.minute(), time.second(), time.msec() * 1000});
    }
    case QMetaType::QDateTime: {
        const QDateTime moment = value.toDateTime();
        const QDate date = moment.date();
        const QTime time = moment.time();
        return dateTimePart(interpreter, "datetime",
                            {date.year(), date.month(), date.day(), time.hour(), time.minute(), time.second(), time.msec() * 1000});
    }
    case QMetaType::QStringList:
    case QMetaType::QVariantList: {
        Values items;
        for (const QVariant &item : value.toList())
            items.push_back(toValue(interpreter, item));
        return interpreter.list(std::move(items));
    }
    case QMetaType::QVariantMap: {
        const Value dict = interpreter.dict();
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it)
            interpreter.dictSet(dict, interpreter.string(it.key()), toValue(interpreter, it.value()));
        return dict;
    }
    default:
        return interpreter.string(value.toString());
    }
}

/// The elements of an array's text, {1,NULL,"a b"}; nullopt: of several dimensions, or not an array.
std::optional<std::vector<std::optional<QString>>> arrayElements(const QString &text)
{
    std::vector<std::optional<QString>> elements;
    if (!text.startsWith(QLatin1Char('{')) || !text.endsWith(QLatin1Char('}')))
        return std::nullopt;
    if (text.size() == 2)
        return elements;
    QString element;
    bool isQuoted = false, wasQuoted = false;
    const auto finish = [&] {
        elements.push_back(!wasQuoted && element == QLatin1String("NULL") ? std::optional<QString>() : element);
        element.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 1; i < text.size() - 1; ++i) {
        const QChar c = text.at(i);
        if (c == QLatin1Char('\\')) {
            element += text.at(++i);
        } else if (c == QLatin1Char('"')) {
            isQuoted = !isQuoted;
            wasQuoted = true;
        } else if (!isQuoted && c == QLatin1Char(',')) {
            finish();
        } else if (!isQuoted && c == QLatin1Char('{')) {
            return std::nullopt;
        } else {
            element += c;
        }
    }
    finish();
    return elements;
}

} // namespace

/// Each part where it is there; written otherwise: another DateStyle, BC, infinity.
std::optional<Value> momentOf(Interpreter &interpreter, const QString &type, const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^(?:(\\d{4})-(\\d\\d)-(\\d\\d))? ?(?:(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?(?:([+-])(\\d\\d)(?::(\\d\\d))?)?$"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group) { return match.captured(group).toInt(); };
    const std::vector<int> day{number(1), number(2), number(3)};
    const std::vector<int> clock{number(4), number(5), number(6), match.captured(7).leftJustified(6, QLatin1Char('0')).toInt()};
    if (type == QLatin1String("date"))
        return dateTimePart(interpreter, "date", day);
    if (type == QLatin1String("time"))
        return dateTimePart(interpreter, "time", clock);
    std::vector<int> all = day;
    all.insert(all.end(), clock.begin(), clock.end());
    if (type == QLatin1String("timestamp"))
        return dateTimePart(interpreter, "datetime", all);
    const int sign = match.captured(8) == QLatin1String("-") ? -1 : 1;
    const Value offset = dateTimePart(interpreter, "timedelta", {0, sign * (number(9) * 3600 + number(10) * 60)});
    const Value zone = interpreter.invoke(interpreter.getAttribute(interpreter.importModule("datetime"), "timezone"), Arguments{{offset}, {}});
    const Value naive = dateTimePart(interpreter, "datetime", all);
    Arguments arguments;
    arguments.keywords.emplace_back("tzinfo", zone);
    return interpreter.invoke(interpreter.getAttribute(naive, "replace"), std::move(arguments));
}

namespace {

/// A server's text as what psycopg makes of it. What is not read here is Unknown: taken for text it would give wrong values.
Value typedValue(Interpreter &interpreter, const QVariant &value, const QString &type)
{
    if (value.isNull() || type.isEmpty())
        return toValue(interpreter, value);
    const QString text = value.toString();
    if (type == QLatin1String("numeric"))
        return interpreter.invoke(interpreter.getAttribute(interpreter.importModule("decimal"), "Decimal"),
                                  Arguments{{interpreter.string(text)}, {}});
    if (type == QLatin1String("json") || type == QLatin1String("jsonb"))
        return interpreter.invoke(interpreter.getAttribute(interpreter.importModule("json"), "loads"), Arguments{{interpreter.string(text)}, {}});
    if (type == QLatin1String("bytea") && text.startsWith(QLatin1String("\\x")))
        return interpreter.bytes(QByteArray::fromHex(text.mid(2).toLatin1()).toStdString());
    if (type == QLatin1String("date") || type == QLatin1String("time") || type.startsWith(QLatin1String("timestamp"))) {
        if (const auto moment = momentOf(interpreter, type, text))
            return *moment;
    }
    if (type.startsWith(QLatin1Char('_'))) {
        if (const auto elements = arrayElements(text)) {
            Values items;
            for (const auto &element : *elements) {
                if (!element)
                    items.push_back(Value::none());
                else if (type == QLatin1String("_int"))
                    items.push_back(Value::integer(element->toLongLong()));
                else if (type == QLatin1String("_float"))
                    items.push_back(interpreter.floating(element->toDouble()));
                else if (type == QLatin1String("_bool"))
                    items.push_back(Value::boolean(*element == QLatin1String("t")));
                else
                    items.push_back(typedValue(interpreter, *element, type == QLatin1String("_numeric") ? QStringLiteral("numeric") : QString()));
            }
            return interpreter.list(std::move(items));
        }
    }
    return interpreter.unknown(StopKind::NotUnderstood,
                               "the value '" + text.left(80).toStdString() + "' of the type " + type.toStdString() + " is not read here");
}

Value mappingOf(Interpreter &interpreter, const Value &self)
{
    const Value dict = interpreter.dict();
    const RowPayload &payload = row(self);
    for (std::size_t i = 0; i < payload.values.size(); ++i)
        interpreter.dictSet(dict, interpreter.string(payload.columns->value(static_cast<qsizetype>(i))), payload.values[i]);
    return dict;
}

Value rowByName(const Value &self, const QString &name)
{
    const qsizetype index = row(self).columns->indexOf(name);
    return index < 0 ? Value() : row(self).values[static_cast<std::size_t>(index)];
}

Value makeRow(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Row", {}, "sqlalchemy.engine.row");
    const auto tuple = [](Interpreter &interpreter, const Value &self) { return interpreter.tuple(row(self).values); };
    builder.method("__getitem__", [tuple](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const Value &key = interpreter.known(arguments.positional.at(0), "the key of a row");
        if (key.isString()) { // as rows before SQLAlchemy 2.0 took it
            if (Value value = rowByName(self, Interpreter::qtext(key)))
                return value;
            interpreter.raise("KeyError", std::string(Interpreter::text(key)));
        }
        return interpreter.getItem(tuple(interpreter, self), key);
    });
    builder.method("__getattr__", [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        if (Value value = rowByName(self, Interpreter::qtext(arguments.positional.at(0))))
            return value;
        interpreter.raise("AttributeError",
                          "Could not locate column in row for column '" + std::string(Interpreter::text(arguments.positional.at(0))) + "'");
    });
    builder.method("__iter__", [tuple](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.invoke(interpreter.builtin("iter"), Arguments{{tuple(interpreter, self)}, {}});
    });
    builder.method("__len__",
                   [](Interpreter &, const Value &self, Arguments &) { return Value::integer(static_cast<std::int64_t>(row(self).values.size())); });
    builder.method("__eq__", [tuple](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const Value &other = arguments.positional.at(0);
        const Value right = Interpreter::payloadAs<RowPayload>(other) != nullptr ? tuple(interpreter, other) : other;
        return Value::boolean(interpreter.equals(tuple(interpreter, self), right));
    });
    builder.method("__hash__", [tuple](Interpreter &interpreter, const Value &self, Arguments &) {
        return Value::integer(static_cast<std::int64_t>(interpreter.hash(tuple(interpreter, self)) >> 1U));
    });
    const auto repr = [tuple](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(interpreter.repr(tuple(interpreter, self)));
    };
    builder.method("__repr__", repr);
    builder.method("__str__", repr);
    builder.property("_mapping", [](Interpreter &interpreter, const Value &self, Arguments &) { return mappingOf(interpreter, self); });
    builder.method("_asdict", [](Interpreter &interpreter, const Value &self, Arguments &) { return mappingOf(interpreter, self); });
    const auto keys = [](Interpreter &interpreter, const Value &self, Arguments &) {
        Values names;
        for (const QString &name : *row(self).columns)
            names.push_back(interpreter.string(name));
        return interpreter.tuple(std::move(names));
    };
    builder.property("_fields", keys);
    builder.method("keys", keys);
    return builder.build();
}

Value makeResultObject(Library &library, std::unique_ptr<ResultPayload> payload);

/// A result whose rows are made anew from those that are left.
Value mapped(Library &library, const Value &self, const std::function<Value(const Value &)> &make)
{
    ResultPayload &from = result(self);
    auto payload = std::make_unique<ResultPayload>();
    payload->columns = from.columns;
    payload->rowCount = from.rowCount;
    payload->returnsRows = from.returnsRows;
    for (; from.next < from.rows.size(); ++from.next)
        payload->rows.push_back(make(from.rows[from.next]));
    return makeResultObject(library, std::move(payload));
}

Values rest(const Value &self, std::size_t most)
{
    ResultPayload &payload = result(self);
    Values rows;
    while (payload.next < payload.rows.size() && rows.size() < most)
        rows.push_back(payload.rows[payload.next++]);
    return rows;
}

void requireRows(Library &library, const Value &self)
{
    if (!result(self).returnsRows)
        raiseSqlAlchemy(library, "ResourceClosedError", "This result object does not return rows. It has been closed automatically.");
}

Value firstColumn(const Value &row)
{
    const auto *payload = Interpreter::payloadAs<RowPayload>(row);
    return payload == nullptr || payload->values.empty() ? row : payload->values.front();
}

/// one(), one_or_none(), scalar_one() and their kind.
Value onlyRow(Library &library, const Value &self, bool isRequired)
{
    requireRows(library, self);
    const Values rows = rest(self, std::numeric_limits<std::size_t>::max());
    if (rows.size() > 1)
        raiseSqlAlchemy(library, "MultipleResultsFound", "Multiple rows were found when exactly one was required");
    if (rows.empty()) {
        if (isRequired)
            raiseSqlAlchemy(library, "NoResultFound", "No row was found when one was required");
        return Value::none();
    }
    return rows.front();
}

void addFetching(Library &library, ClassBuilder &builder)
{
    constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
    const auto all = [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        requireRows(library, self);
        return interpreter.list(rest(self, kAll));
    };
    builder.method("fetchall", all);
    builder.method("all", all);
    builder.method("fetchmany", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        requireRows(library, self);
        const auto most = arguments.positional.empty() ? std::optional<std::int64_t>(1) : Interpreter::toInt64(arguments.positional[0]);
        return interpreter.list(rest(self, static_cast<std::size_t>(std::max<std::int64_t>(0, most.value_or(1)))));
    });
    builder.method("fetchone", [&library](Interpreter &, const Value &self, Arguments &) {
        requireRows(library, self);
        const Values rows = rest(self, 1);
        return rows.empty() ? Value::none() : rows.front();
    });
    builder.method("first", [&library](Interpreter &, const Value &self, Arguments &) {
        requireRows(library, self);
        const Values rows = rest(self, 1);
        (void)rest(self, kAll);
        return rows.empty() ? Value::none() : rows.front();
    });
    builder.method("one", [&library](Interpreter &, const Value &self, Arguments &) { return onlyRow(library, self, true); });
    builder.method("one_or_none", [&library](Interpreter &, const Value &self, Arguments &) { return onlyRow(library, self, false); });
    builder.method("scalar", [&library](Interpreter &, const Value &self, Arguments &) {
        requireRows(library, self);
        const Values rows = rest(self, 1);
        (void)rest(self, kAll);
        return rows.empty() ? Value::none() : firstColumn(rows.front());
    });
    builder.method("scalar_one", [&library](Interpreter &, const Value &self, Arguments &) { return firstColumn(onlyRow(library, self, true)); });
    builder.method("scalar_one_or_none",
                   [&library](Interpreter &, const Value &self, Arguments &) { return firstColumn(onlyRow(library, self, false)); });
    builder.method("__iter__", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.invoke(interpreter.builtin("iter"), Arguments{{interpreter.list(rest(self, kAll))}, {}});
    });
    builder.method("__next__", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const Values rows = rest(self, 1);
        if (rows.empty())
            interpreter.raise("StopIteration", "");
        return rows.front();
    });
}

Value makeResultClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "CursorResult", {}, "sqlalchemy.engine.cursor");
    addFetching(library, builder);
    builder.method("scalars", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        requireRows(library, self);
        const Value index = arguments.positional.empty() ? Value::integer(0) : arguments.positional[0];
        return mapped(library, self, [&](const Value &each) { return interpreter.getItem(each, index); });
    });
    builder.method("mappings", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        requireRows(library, self);
        return mapped(library, self, [&](const Value &each) { return mappingOf(interpreter, each); });
    });
    const auto same = [](Interpreter &, const Value &self, Arguments &) { return self; };
    for (const char *name : {"unique", "yield_per", "tuples", "freeze"})
        builder.method(name, same);
    builder.method("close", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    builder.method("keys", [](Interpreter &interpreter, const Value &self, Arguments &) {
        Values names;
        for (const QString &name : *result(self).columns)
            names.push_back(interpreter.string(name));
        return interpreter.list(std::move(names));
    });
    builder.property("rowcount", [](Interpreter &, const Value &self, Arguments &) { return Value::integer(result(self).rowCount); });
    builder.property("returns_rows", [](Interpreter &, const Value &self, Arguments &) { return Value::boolean(result(self).returnsRows); });
    for (const char *name : {"inserted_primary_key", "lastrowid"}) {
        builder.property(name, [name](Interpreter &interpreter, const Value &, Arguments &) {
            return interpreter.unknown(StopKind::NeedsDatabase, std::string("the result's ") + name + " is not known");
        });
    }
    return builder.build();
}

Value makeResultObject(Library &library, std::unique_ptr<ResultPayload> payload)
{
    return library.interpreter().instance(library.named(makeResultClass, "CursorResult"), std::move(payload));
}

Value makeResultName(Library &library, std::string_view name)
{
    return name == "Row" ? library.named(makeRow, "Row") : library.named(makeResultClass, "CursorResult");
}

} // namespace

Value makeResult(Library &library, const std::optional<QueryResult> &rows, const std::vector<ResultType> &types)
{
    Interpreter &interpreter = library.interpreter();
    if (!rows) {
        const int line = interpreter.currentLine(library.scriptFile());
        return interpreter.unknown(StopKind::NeedsDatabase,
                                   "the result of the statement in line " + std::to_string(line) + " is only known when it runs on a database");
    }
    auto payload = std::make_unique<ResultPayload>();
    payload->columns = std::make_shared<const QStringList>(rows->columns);
    payload->rowCount = rows->rowCount;
    payload->returnsRows = rows->returnsRows;
    const Value rowClass = library.named(makeRow, "Row");
    for (const std::vector<QVariant> &values : rows->rows) {
        auto rowPayload = std::make_unique<RowPayload>();
        rowPayload->columns = payload->columns;
        for (std::size_t column = 0; column < values.size(); ++column) {
            const Value value = typedValue(interpreter, values[column], rows->types.value(static_cast<qsizetype>(column)));
            rowPayload->values.push_back(types.size() == values.size() ? resultValue(library, types[column], value) : value);
        }
        payload->rows.push_back(interpreter.instance(rowClass, std::move(rowPayload)));
    }
    return makeResultObject(library, std::move(payload));
}

Value plainValue(Interpreter &interpreter, const QVariant &value) { return toValue(interpreter, value); }

void addResultModules(ModuleTable &table)
{
    table.add({"sqlalchemy", "sqlalchemy.engine"}, {{"Row", makeResultName}, {"Result", makeResultName}, {"CursorResult", makeResultName}});
}

} // namespace stillroom::script
