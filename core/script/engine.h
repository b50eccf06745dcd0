// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"
#include "script/objects.h"

/// Connections, results and dialects as scripts see them. Source: SQLAlchemy 2.0, "Working with Engines and Connections".
namespace stillroom::script {

/// op.get_bind(): takes statements, knows no rows unless the sink does.
[[nodiscard]] python::Value connectionObject(Library &library, bool isAutocommit = false);
/// The rows of a statement; nullopt: an Unknown that says so.
/// `types`: of each column, what the statement says it is; null: what the value says itself.
struct ResultType {
    python::Value object; ///< the script's type object, Empty: none
    sql::SqlTypePtr type;
};
[[nodiscard]] python::Value makeResult(Library &library, const std::optional<QueryResult> &result, const std::vector<ResultType> &types = {});
/// A value as SQLAlchemy's type of its column gives it to a script. Source: SQLAlchemy 2.0, "The Type Hierarchy", result processing
/// of the SQLite and PostgreSQL dialects. (resulttypes.cpp)
[[nodiscard]] python::Value resultValue(Library &library, const ResultType &type, const python::Value &value);
/// "2024-01-02 03:04:05.123456+05:30" as a date, time, timestamp or timestamptz; nullopt: written otherwise. (result.cpp)
[[nodiscard]] std::optional<python::Value> momentOf(python::Interpreter &interpreter, const QString &type, const QString &text);
/// One of sqlalchemy.exc's classes.
[[nodiscard]] python::Value exceptionClass(Library &library, std::string_view name);
/// A context manager that runs these on entering and leaving. `value`: what `as` names.
[[nodiscard]] python::Value makeContextManager(Library &library, python::Value value, std::function<void()> enter,
                                               std::function<void(bool failed)> leave);
/// Stops with "needs a database" when called.
[[nodiscard]] python::Native stopsForDatabase(std::string reason);

void addConnectionModules(ModuleTable &table); ///< connection.cpp
void addResultModules(ModuleTable &table);     ///< result.cpp

/// A plain value of Qt's as the script's own: numbers, texts, dates, lists, maps. (result.cpp)
[[nodiscard]] python::Value plainValue(python::Interpreter &interpreter, const QVariant &value);

/// Of this connection, while a step runs on a database.
[[nodiscard]] python::Value inspectorOf(Library &library, const python::Value &connection);

} // namespace stillroom::script
