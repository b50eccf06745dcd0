// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/evaluationahead.h"

#include "dialect/dialect.h"

#include <algorithm>

namespace stillroom::migration {

namespace {

constexpr std::size_t kLead = 16; // portions that may wait to be taken: what is evaluated should not fill the memory
constexpr std::size_t kMostInPortion = 16;
constexpr std::size_t kPortionsPerThread = 4;
constexpr std::size_t kMostThreads = 8;

struct Recorded {
    sql::Operation operation;
    bool isQuery = false;
};

class RecordingSink final : public script::OperationSink {
public:
    [[nodiscard]] Result<void> take(sql::Operation operation) override
    {
        operations.push_back({std::move(operation), false});
        return {};
    }
    [[nodiscard]] Result<std::optional<script::QueryResult>> query(sql::Operation operation) override
    {
        operations.push_back({std::move(operation), true});
        hasAsked = true;
        return std::nullopt;
    }
    [[nodiscard]] Result<std::optional<QVariantMap>> inventory(const QString &) override
    {
        hasAsked = true;
        return std::nullopt;
    }
    [[nodiscard]] Result<std::optional<QString>> compiled(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues) override
    {
        return dialect::compiledText(dialectName, operation, hasLiteralValues);
    }
    std::vector<Recorded> operations;
    bool hasAsked = false;
};

/// A body whose evaluation has been. An error of the sink ends it where it would have ended the evaluation.
class EvaluatedScript final : public script::Script {
public:
    struct Run {
        std::vector<Recorded> operations;
        Result<script::BodyOutcome> outcome;
    };
    /// `runs`: this one, and the other runs that its outcome speaks of.
    EvaluatedScript(QString fileName, std::vector<Run> runs) : m_fileName(std::move(fileName)), m_runs(std::move(runs)) {}
    [[nodiscard]] Result<script::BodyOutcome> evaluate(script::Direction, const script::Environment &environment, script::OperationSink &sink,
                                                       script::Evaluator *) override
    {
        const Run &run = m_runs.at(static_cast<std::size_t>(environment.otherRun));
        for (const Recorded &recorded : run.operations) {
            if (recorded.isQuery) {
                if (const auto answered = sink.query(recorded.operation); !answered)
                    return std::unexpected(answered.error());
            } else if (const auto taken = sink.show(recorded.operation); !taken) {
                return std::unexpected(taken.error());
            }
        }
        return run.outcome;
    }
    [[nodiscard]] QString fileName() const override { return m_fileName; }

private:
    QString m_fileName;
    std::vector<Run> m_runs;
};

} // namespace

EvaluatedBody evaluatedBody(const BodyName &body, const script::Environment &environment, script::Evaluator &evaluator, FolderReading &reading)
{
    const Result<QByteArray> source = body.source.isEmpty() ? reading.read(body.file) : body.source;
    if (!source)
        return {std::unexpected(source.error()), false, false};
    const auto script = script::Script::load(body.file, *source);
    if (!script)
        return {std::unexpected(script.error()), false, false};
    RecordingSink sink;
    auto outcome = (*script)->evaluate(body.direction, environment, sink, &evaluator);
    const bool neededDatabase = outcome && outcome->status == script::BodyStatus::NeedsDatabase;
    const bool hasAsked = sink.hasAsked;
    const int otherRuns = outcome ? outcome->otherRuns : 0;
    std::vector<EvaluatedScript::Run> runs;
    runs.push_back({std::move(sink.operations), std::move(outcome)});
    for (int run = 1; run <= otherRuns; ++run) {
        script::Environment other = environment;
        other.otherRun = run;
        RecordingSink otherSink;
        auto otherOutcome = (*script)->evaluate(body.direction, other, otherSink);
        runs.push_back({std::move(otherSink.operations), std::move(otherOutcome)});
    }
    return {std::make_unique<EvaluatedScript>(body.file, std::move(runs)), neededDatabase, hasAsked};
}

EvaluationAhead::EvaluationAhead(std::vector<BodyName> bodies, script::Environment environment)
    : m_bodies(std::move(bodies)), m_environment(std::move(environment))
{
    const std::size_t threads = std::min(m_bodies.size(), std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads));
    m_each = std::clamp<std::size_t>(m_bodies.size() / std::max<std::size_t>(threads * kPortionsPerThread, 1), 1, kMostInPortion);
    m_portions.resize((m_bodies.size() + m_each - 1) / m_each);
    for (std::size_t i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

EvaluationAhead::~EvaluationAhead()
{
    const std::scoped_lock lock(m_mutex);
    m_ends = true;
    m_room.notify_all();
}

void EvaluationAhead::work()
{
    script::Evaluator evaluator;
    FolderReading reading;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_room.wait(lock, [this] { return m_ends || m_next >= m_portions.size() || m_next < m_taken + kLead; });
        if (m_ends || m_next >= m_portions.size())
            return;
        const std::size_t index = m_next++;
        lock.unlock();
        Portion portion;
        const std::size_t end = std::min(m_bodies.size(), (index + 1) * m_each);
        for (std::size_t body = index * m_each; body < end; ++body)
            portion.push_back(evaluatedBody(m_bodies[body], m_environment, evaluator, reading));
        lock.lock();
        m_portions[index] = std::move(portion);
        if (index == m_taken)
            m_evaluated.notify_one();
    }
}

Result<std::unique_ptr<script::Script>> EvaluationAhead::take()
{
    if (m_given == m_current.size()) {
        std::unique_lock lock(m_mutex);
        Q_ASSERT(m_taken < m_portions.size());
        m_evaluated.wait(lock, [this] { return !m_portions[m_taken].empty(); });
        m_current = std::move(m_portions[m_taken]);
        m_portions[m_taken].clear();
        m_given = 0;
        const bool wasFull = m_next == m_taken + kLead;
        ++m_taken;
        if (wasFull)
            m_room.notify_all();
    }
    m_neededDatabase = m_current[m_given].neededDatabase;
    return std::move(m_current[m_given++].script);
}

} // namespace stillroom::migration
