// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/parser.h"
#include "script/evaluation.h"
#include "script/library.h"

/// Python text that is no script: values that a person gives, and programs that templates are made into.
namespace stillroom::script {

using python::Interpreter;
using python::Value;

Result<void> checkGivenValue(const QString &name, const QString &expression)
{
    Environment environment;
    environment.givenValues.insert(name, expression);
    Library library(environment, nullptr, {});
    Interpreter interpreter(&library);
    library.attach(interpreter);
    QString problem;
    const auto evaluated = interpreter.guarded([&](Interpreter &) {
        const Value value = library.givenValue(name.toStdString());
        if (value.isUnknown())
            problem = QString::fromStdString(value.as<python::UnknownObject>()->reason);
        return Value::none();
    });
    if (!evaluated)
        problem = evaluated.error().text;
    library.release();
    if (problem.isEmpty())
        return {};
    // "the value given for 'x' is no Python expression: …": the name and the value are told by the sentence.
    const QString given = QStringLiteral("the value given for '%1' ").arg(name);
    if (problem.startsWith(given))
        problem = QStringLiteral("it ") + problem.mid(given.size());
    return std::unexpected(Error{.code = ErrorCode::GivenValueNotUnderstood, .subject = name, .detail = problem, .statement = expression});
}

Result<QString> textOfProgram(const QString &program, const Environment &environment)
{
    const QString file = QStringLiteral("<program>");
    const auto tree = python::parse(program.toUtf8(), file);
    if (!tree)
        return std::unexpected(Error{.code = ErrorCode::TemplateNotUnderstood, .detail = tree.error().detail, .line = tree.error().line});
    Library library(environment, nullptr, file);
    Interpreter interpreter(&library);
    library.attach(interpreter);
    interpreter.setCancelFlag(environment.cancel);
    const auto module = interpreter.runModule(*tree, "program", file);
    std::optional<python::Failure> failure;
    QString text;
    if (module) {
        const auto read = interpreter.guarded([&](Interpreter &inner) {
            const Value result = inner.known(inner.findAttribute(*module, "result"), "the text");
            text = QString::fromStdString(std::string(Interpreter::text(result)));
            return Value::none();
        });
        if (!read)
            failure = read.error();
    } else {
        failure = module.error();
    }
    library.release();
    if (!failure)
        return text;
    if (failure->kind == python::Failure::Kind::Stopped && failure->stopKind == python::StopKind::Cancelled)
        return std::unexpected(Error{.code = ErrorCode::Cancelled});
    Error error{.code = ErrorCode::TemplateNotUnderstood, .detail = failure->text};
    if (failure->kind == python::Failure::Kind::Exception)
        error.detail = failure->exceptionType + (failure->text.isEmpty() ? QString() : QStringLiteral(": ") + failure->text);
    for (const python::FrameLine &frame : failure->trace) {
        if (frame.file == file)
            error.line = frame.line;
    }
    return std::unexpected(std::move(error));
}

} // namespace stillroom::script
