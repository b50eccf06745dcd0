// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/core.h"
#include "script/elements.h"
#include "script/library.h"
#include "script/objects.h"

/// Statements that a script compiles by itself, to use their text. Source: SQLAlchemy 2.0, "How do I render SQL expressions as strings".
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

struct CompiledPayload final : python::Payload {
    QString text;
};

Value makeCompiled(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Compiled", {}, "sqlalchemy.engine.interfaces");
    const auto text = [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(Interpreter::payloadAs<CompiledPayload>(self)->text);
    };
    builder.method("__str__", text);
    builder.property("string", text);
    for (const char *name : {"params", "construct_params", "bind_names"}) {
        builder.property(name, [](Interpreter &interpreter, const Value &, Arguments &) -> Value {
            interpreter.stop(StopKind::NotUnderstood, "the script reads the parameters of a statement that it compiles by itself");
        });
    }
    return builder.build();
}

/// What the text is compiled for.
struct Target {
    QString dialectName;
    bool hasLiteralValues = false;
    bool doublesPercents = false; ///< the drivers of postgresql.dialect() take %(name)s; Alembic's own dialect does not
};

Target targetOf(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    python::ArgumentReader read(interpreter, "compile", arguments, {"bind=", "dialect=", "**"});
    Target target;
    Value dialect = read.has("dialect") ? interpreter.known(read["dialect"], "the dialect to compile for") : Value();
    const bool isOwn = !dialect || dialect.isNone();
    if (isOwn && read.has("bind") && !read["bind"].isNone())
        dialect = interpreter.getAttribute(interpreter.known(read["bind"], "the connection to compile for"), "dialect");
    if (dialect && !dialect.isNone()) {
        target.dialectName = toText(library, interpreter.getAttribute(dialect, "name"), "the name of a dialect");
        target.doublesPercents = target.dialectName == QLatin1String("postgresql") && !dialect.isSame(dialectObject(library));
    }
    for (const auto &[name, value] : read.rest()) {
        if (name != "compile_kwargs")
            interpreter.stop(StopKind::NotUnderstood, "compile(" + name + "=) is not followed");
        for (const auto &[key, given] : interpreter.dictEntries(interpreter.known(value, "compile_kwargs"))) {
            if (!key.isString() || Interpreter::text(key) != "literal_binds")
                interpreter.stop(StopKind::NotUnderstood, "compile_kwargs other than literal_binds are not followed");
            target.hasLiteralValues = interpreter.truth(given);
        }
    }
    return target;
}

QString compiledFor(Library &library, const Target &target, sql::Operation::Kind operation)
{
    QString text = library.compiled(target.dialectName, std::move(operation), target.hasLiteralValues);
    if (target.doublesPercents && text.contains(QLatin1Char('%')))
        library.interpreter().stop(StopKind::NotUnderstood, "the script compiles SQL with a percent sign, which its driver would have doubled");
    return text;
}

} // namespace

sql::Operation::Kind compiledOperation(Library &library, const Value &element)
{
    if (const auto *ddl = Interpreter::payloadAs<DdlPayload>(element); ddl != nullptr && ddl->operations.size() == 1)
        return ddl->operations.front();
    sql::Execute execute;
    if (const auto *made = Interpreter::payloadAs<StatementPayload>(element)) {
        execute.statement = made->statement(library);
        return execute;
    }
    const bool isTable = Interpreter::payloadAs<FromPayload>(element) != nullptr;
    const sql::ExpressionPtr expression = isTable ? nullptr : expressionOf(library, element);
    if (expression == nullptr)
        library.interpreter().stop(StopKind::NotUnderstood, "the script compiles SQL by itself and uses its text");
    execute.statement = std::make_shared<const sql::Statement>(
        sql::Statement{sql::TextClause{QStringLiteral(":alone"), {{QStringLiteral("alone"), expression}}}, {}});
    return execute;
}

Value compile(Library &library, const Value &element, Arguments &arguments)
{
    const Target target = targetOf(library, arguments);
    auto payload = std::make_unique<CompiledPayload>();
    payload->text = compiledFor(library, target, compiledOperation(library, element));
    return library.interpreter().instance(library.named(makeCompiled, "Compiled"), std::move(payload));
}

QString compiledType(Library &library, const Value &type, Arguments &arguments)
{
    const Target target = targetOf(library, arguments);
    sql::CastExpression cast;
    cast.operand = sql::makeExpression(sql::ConstantExpression{sql::ConstantExpression::Kind::Null});
    const sql::SqlTypePtr sqlType = toSqlTypePtr(library, type);
    if (sqlType == nullptr)
        library.interpreter().stop(StopKind::NotUnderstood, "a column type that is not known is compiled by the script");
    cast.type = sqlType;
    sql::Execute execute;
    execute.statement = std::make_shared<const sql::Statement>(
        sql::Statement{sql::TextClause{QStringLiteral(":alone"), {{QStringLiteral("alone"), sql::makeExpression(std::move(cast))}}}, {}});
    const QString text = compiledFor(library, target, std::move(execute));
    const QString before = QStringLiteral("CAST(NULL AS ");
    return text.mid(before.size()).chopped(1);
}

} // namespace stillroom::script
