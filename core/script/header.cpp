// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "python/parser.h"
#include "script/evaluation.h"
#include "script/library.h"
#include "script/plainheader.h"

/// A revision's identifiers from its top-level assignments (Alembic, "The Revision File"). Literals are read from the tree;
/// what is computed is evaluated.
namespace stillroom::script {

using python::ExpressionKind;
using python::Interpreter;
using python::StatementKind;
using python::Value;

namespace {

using Names = decltype(HeaderReading::names);

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

std::optional<HeaderValue> literal(const python::Expression *expression, const Names &names);

std::optional<HeaderValue> literalSequence(const python::Sequence *sequence, const Names &names)
{
    HeaderValue value;
    for (const python::Expression *element : sequence->elements) {
        const auto part = literal(element, names);
        if (!part)
            return std::nullopt;
        value.texts += part->texts;
    }
    return value;
}

std::optional<HeaderValue> literal(const python::Expression *expression, const Names &names)
{
    switch (expression->kind) {
    case ExpressionKind::Constant: {
        const auto *constant = static_cast<const python::Constant *>(expression);
        if (constant->constant == python::ConstantKind::None)
            return HeaderValue{{}, true};
        if (constant->constant == python::ConstantKind::String)
            return HeaderValue{{text(constant->text)}, false};
        return std::nullopt;
    }
    case ExpressionKind::Name: {
        const auto found = names.find(static_cast<const python::Name *>(expression)->id);
        return found == names.end() ? std::nullopt : std::optional(found->second);
    }
    case ExpressionKind::Tuple:
    case ExpressionKind::List:
    case ExpressionKind::Set:
        return literalSequence(static_cast<const python::Sequence *>(expression), names);
    default: // whatever else is evaluated, not read
        return std::nullopt;
    }
}

void assign(HeaderReading &reading, const python::Expression *target, const python::Expression *value)
{
    if (target->kind != ExpressionKind::Name)
        return;
    const std::string name(static_cast<const python::Name *>(target)->id);
    if (name == "upgrade")
        reading.fields.hasUpgrade = true;
    if (name == "downgrade")
        reading.fields.hasDowngrade = true;
    reading.lines[name] = target->position.line;
    if (const auto known = literal(value, reading.names)) {
        reading.names[name] = *known;
    } else {
        reading.names.erase(name);
        reading.isComputed = reading.isComputed || isHeaderName(name);
    }
}

void readStatement(HeaderReading &reading, const python::Statement *statement)
{
    switch (statement->kind) {
    case StatementKind::Assign: {
        const auto *assignment = static_cast<const python::Assign *>(statement);
        for (const python::Expression *target : assignment->targets) {
            const bool isUnpacked = target->kind == ExpressionKind::Tuple || target->kind == ExpressionKind::List;
            if (isUnpacked) { // revision, down_revision = "b", "a"
                for (const python::Expression *each : static_cast<const python::Sequence *>(target)->elements) {
                    if (each->kind == ExpressionKind::Name && isHeaderName(static_cast<const python::Name *>(each)->id)) {
                        reading.isComputed = true;
                        reading.lines[std::string(static_cast<const python::Name *>(each)->id)] = each->position.line;
                    }
                }
            } else {
                assign(reading, target, assignment->value);
            }
        }
        return;
    }
    case StatementKind::AnnotatedAssign: {
        const auto *assignment = static_cast<const python::AnnotatedAssign *>(statement);
        if (assignment->value != nullptr)
            assign(reading, assignment->target, assignment->value);
        return;
    }
    case StatementKind::AugmentedAssign: {
        const auto *target = static_cast<const python::AugmentedAssign *>(statement)->target;
        if (target->kind == ExpressionKind::Name && isHeaderName(static_cast<const python::Name *>(target)->id))
            reading.isComputed = true;
        return;
    }
    case StatementKind::FunctionDefinition: {
        const auto name = static_cast<const python::FunctionDefinition *>(statement)->name;
        reading.fields.hasUpgrade = reading.fields.hasUpgrade || name == "upgrade";
        reading.fields.hasDowngrade = reading.fields.hasDowngrade || name == "downgrade";
        return;
    }
    case StatementKind::ImportFrom: {
        for (const python::ImportAlias &alias : static_cast<const python::ImportFrom *>(statement)->names) {
            const std::string_view name = alias.asName.empty() ? alias.name : alias.asName;
            reading.fields.hasUpgrade = reading.fields.hasUpgrade || name == "upgrade";
            reading.fields.hasDowngrade = reading.fields.hasDowngrade || name == "downgrade";
            reading.isComputed = reading.isComputed || isHeaderName(name);
        }
        return;
    }
    default: // no other statement names a header value
        return;
    }
}

Result<HeaderReading> readParsed(const QByteArray &bytes, const QString &fileName)
{
    const auto tree = python::parseTopLevel(bytes, fileName);
    if (!tree)
        return std::unexpected(tree.error());
    HeaderReading reading;
    for (const python::Statement *statement : tree->body())
        readStatement(reading, statement);
    if (const auto docstring = tree->docstring())
        reading.fields.docstring = text(*docstring);
    return reading;
}

QStringList textsOf(const HeaderReading &reading, std::string_view name)
{
    const auto found = reading.names.find(name);
    return found == reading.names.end() ? QStringList() : found->second.texts;
}

/// Fills in what only evaluation can tell: the module's top level is run, with nothing that operations could go to.
void evaluateComputed(HeaderReading &reading, const QByteArray &bytes, const QString &fileName)
{
    auto tree = python::parse(bytes, fileName);
    if (!tree)
        return;
    const Environment environment;
    Library library(environment, nullptr, fileName);
    Interpreter interpreter(&library);
    library.attach(interpreter);
    const auto module = interpreter.runModule(*tree, "header_py", fileName);
    if (module) {
        (void)interpreter.guarded([&](Interpreter &inner) {
            for (const std::string_view name : kHeaderNames) {
                const Value value = inner.findAttribute(*module, name);
                HeaderValue read;
                if (!value || value.isUnknown())
                    continue;
                if (value.isString())
                    read.texts.append(Interpreter::qtext(value));
                else if (!value.isNone())
                    inner.iterate(value, [&read](const Value &item) {
                        if (item.isString())
                            read.texts.append(Interpreter::qtext(item));
                        return true;
                    });
                reading.names[std::string(name)] = read;
            }
            return Value::none();
        });
    }
    library.release();
}

int lineOf(const HeaderReading &reading, std::string_view name)
{
    const auto found = reading.lines.find(name);
    return found == reading.lines.end() ? 0 : found->second;
}

} // namespace

Result<HeaderFields> readHeader(const QString &fileName)
{
    const auto bytes = readFile(fileName);
    if (!bytes)
        return std::unexpected(bytes.error());
    return readHeader(fileName, *bytes);
}

Result<HeaderFields> readHeader(const QString &fileName, const QByteArray &source)
{
    HeaderReading reading;
    if (!readPlainHeader(reading, source)) {
        auto parsed = readParsed(source, fileName);
        if (!parsed)
            return std::unexpected(std::move(parsed).error());
        reading = std::move(*parsed);
    }
    if (reading.isComputed || !reading.names.contains("revision"))
        evaluateComputed(reading, source, fileName);
    const QStringList revision = textsOf(reading, "revision");
    if (revision.size() != 1) {
        return std::unexpected(Error{.code = ErrorCode::ScriptNotUnderstood,
                                     .subject = QStringLiteral("revision"),
                                     .detail = QStringLiteral("the file assigns no revision identifier"),
                                     .file = fileName,
                                     .line = lineOf(reading, "revision")});
    }
    HeaderFields &fields = reading.fields;
    fields.revision = revision.front();
    fields.downRevisions = textsOf(reading, "down_revision");
    fields.branchLabels = textsOf(reading, "branch_labels");
    fields.dependsOn = textsOf(reading, "depends_on");
    fields.revisionLine = lineOf(reading, "revision");
    fields.downRevisionLine = lineOf(reading, "down_revision");
    return fields;
}

} // namespace stillroom::script
