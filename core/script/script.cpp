// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "python/parser.h"
#include "script/evaluation.h"
#include "script/library.h"

#include <QFileInfo>

/// One revision script: read, parsed, and its bodies evaluated, each in an interpreter of its own.
namespace stillroom::script {

using python::Failure;
using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

/// Where in which file, as a person would look for it: in the script if the script was on the way.
void settlePlace(BodyOutcome &outcome, const Failure &failure, const QString &scriptFile)
{
    outcome.file = scriptFile;
    for (const python::FrameLine &frame : failure.trace) {
        if (frame.file == scriptFile)
            outcome.line = frame.line;
    }
    if (outcome.line == 0 && !failure.trace.empty()) {
        outcome.file = failure.trace.back().file;
        outcome.line = failure.trace.back().line;
    }
}

void settleFailure(BodyOutcome &outcome, const Failure &failure, const QString &scriptFile)
{
    settlePlace(outcome, failure, scriptFile);
    if (failure.kind == Failure::Kind::Exception) {
        outcome.status = BodyStatus::NotUnderstood;
        outcome.reason = failure.text.isEmpty() ? QStringLiteral("the script raises %1").arg(failure.exceptionType)
                                                : QStringLiteral("the script raises %1: %2").arg(failure.exceptionType, failure.text);
        if (failure.isOfScript)
            outcome.raises = failure.text.isEmpty() ? failure.exceptionType : failure.exceptionType + QLatin1String(": ") + failure.text;
        return;
    }
    outcome.status = failure.stopKind == StopKind::NeedsDatabase ? BodyStatus::NeedsDatabase : BodyStatus::NotUnderstood;
    outcome.reason = failure.text;
    outcome.unknownName = failure.unknownName;
}

} // namespace

struct Evaluator::Kept {
    explicit Kept(const Environment &given) : environment(given), library(environment, nullptr, {}), interpreter(&library)
    {
        library.attach(interpreter);
        interpreter.setCancelFlag(environment.cancel);
        interpreter.setOtherRun(environment.otherRun);
        interpreter.setOutput([this](std::string_view text) {
            for (const QString &line : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).split(QLatin1Char('\n')))
                library.note(line.trimmed());
        });
    }
    ~Kept() { library.release(); }
    Kept(const Kept &) = delete;
    Kept &operator=(const Kept &) = delete;

    Environment environment;
    Library library;
    Interpreter interpreter;
};

Evaluator::Evaluator() = default;
Evaluator::~Evaluator() = default;

class ScriptFile final : public Script {
public:
    ScriptFile(QString fileName, python::Tree tree) : m_fileName(std::move(fileName)), m_tree(std::move(tree)) {}

    [[nodiscard]] QString fileName() const override { return m_fileName; }

    [[nodiscard]] Result<BodyOutcome> evaluate(Direction direction, const Environment &environment, OperationSink &sink,
                                               Evaluator *evaluator) override
    {
        std::unique_ptr<Evaluator::Kept> kept = evaluator ? std::move(evaluator->m_kept) : nullptr;
        if (!kept || !(kept->environment == environment))
            kept = std::make_unique<Evaluator::Kept>(environment);
        Library &library = kept->library;
        library.begin(&sink, m_fileName);
        BodyOutcome outcome;
        const auto failure = run(direction, kept->interpreter, library, outcome);
        outcome.notes = library.notes();
        outcome.otherRuns = kept->interpreter.sawSetOrder() ? Interpreter::kOtherRuns : kept->interpreter.sawClock() ? 1 : 0;
        std::optional<Error> refused = library.sinkError();
        if (evaluator && library.forget())
            evaluator->m_kept = std::move(kept);
        if (refused)
            return std::unexpected(std::move(*refused));
        if (failure) {
            if (failure->kind == Failure::Kind::Stopped && failure->stopKind == StopKind::Cancelled)
                return std::unexpected(Error{.code = ErrorCode::Cancelled, .file = m_fileName});
            settleFailure(outcome, *failure, m_fileName);
        }
        return outcome;
    }

private:
    std::optional<Failure> run(Direction direction, Interpreter &interpreter, Library &library, BodyOutcome &outcome) const
    {
        const std::string moduleName = QFileInfo(m_fileName).completeBaseName().toStdString() + "_py"; // as Alembic names it
        const auto module = interpreter.runModule(m_tree, moduleName, m_fileName);
        if (!module)
            return module.error();
        const char *name = direction == Direction::Upgrade ? "upgrade" : "downgrade";
        Value body;
        const auto found = interpreter.guarded([&](Interpreter &inner) {
            body = inner.findAttribute(*module, name);
            return Value::none();
        });
        if (!found)
            return found.error();
        if (!body) {
            outcome.isMissing = true;
            return std::nullopt;
        }
        library.setAcceptsOperations(true);
        const auto called = interpreter.call(body, {});
        library.setAcceptsOperations(false);
        if (!called)
            return called.error();
        if (called->isUnknown()) {
            Failure failure;
            failure.kind = Failure::Kind::Stopped;
            const auto *unknown = called->as<python::UnknownObject>();
            failure.stopKind = unknown->why;
            failure.text = QString::fromStdString(unknown->reason);
            failure.unknownName = QString::fromStdString(unknown->name);
            if (body.isUnknown())
                return failure;
        }
        return std::nullopt;
    }

    QString m_fileName;
    python::Tree m_tree;
};

Result<std::unique_ptr<Script>> Script::load(const QString &fileName)
{
    const auto bytes = readFile(fileName);
    if (!bytes)
        return std::unexpected(bytes.error());
    return load(fileName, *bytes);
}

Result<std::unique_ptr<Script>> Script::load(const QString &fileName, const QByteArray &source)
{
    auto tree = python::parse(source, fileName);
    if (!tree)
        return std::unexpected(std::move(tree.error()));
    return std::make_unique<ScriptFile>(fileName, std::move(*tree));
}

} // namespace stillroom::script
