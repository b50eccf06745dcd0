// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"
#include "script/objects.h"

#include <string_view>

/// SQLAlchemy's type classes. Source: SQLAlchemy 2.0, "The Type Hierarchy", "Custom Types", and the dialects' type pages.
namespace stillroom::script {

/// A row of the table of type classes (typetable.cpp).
struct TypeSpec {
    std::string_view name;
    sql::TypeFamily family;
    std::string_view base;       ///< class it derives from, in its own family first, then among the generic ones
    std::string_view parameters; ///< the constructor's, by blanks, in order; a last "**" takes any other keyword as an option
};

[[nodiscard]] const TypeSpec *findTypeSpec(sql::TypeFamily family, std::string_view name);
[[nodiscard]] std::vector<const TypeSpec *> typeSpecs(sql::TypeFamily family);

[[nodiscard]] python::Value typeClass(Library &library, sql::TypeFamily family, std::string_view name);
[[nodiscard]] python::Value typeEngineClass(Library &library);
[[nodiscard]] python::Value typeDecoratorClass(Library &library);
[[nodiscard]] python::Value userDefinedTypeClass(Library &library);
[[nodiscard]] python::Value schemaTypeClass(Library &library);
/// A new type object of a known class, as if a script had called it.
[[nodiscard]] python::Value makeType(Library &library, sql::TypeFamily family, std::string_view name);
/// A type object whose class is not one of SQLAlchemy's (third-party types given as data).
[[nodiscard]] python::Value makeTypeObject(Library &library, sql::SqlType type);

/// str() of a type; empty: not one that is known by name and size alone. (typestring.cpp)
[[nodiscard]] QString typeString(const sql::SqlType &type);

/// Methods of Enum and ENUM: create(), drop(). (enumtype.cpp)
void addEnumMethods(Library &library, python::ClassBuilder &builder);
/// Binds the constructor's arguments of Enum, ENUM. (enumtype.cpp)
void readEnumArguments(Library &library, const TypeSpec &spec, TypePayload &payload, python::Arguments &arguments);
/// Labels of a Python enum class; `valuesCallable` may be Empty.
[[nodiscard]] QStringList enumLabels(Library &library, const python::Value &enumClass, const python::Value &valuesCallable, bool omitAliases);

/// Functions that the script registered with sqlalchemy.ext.compiler.compiles, by class and dialect ("" for all).
struct CompiledClasses {
    struct Entry {
        python::Value type;
        std::string dialect;
        python::Value function;
    };
    std::vector<Entry> entries;
    /// The function for an instance on this dialect, or Empty.
    [[nodiscard]] python::Value find(Library &library, const python::Value &instance) const;
};

} // namespace stillroom::script
