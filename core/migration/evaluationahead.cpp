// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/evaluationahead.h"

#include <algorithm>

namespace stillroom::migration {

namespace {

constexpr std::size_t kLead = 256; // bodies that may wait to be taken: what is evaluated should not fill the memory
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
        return std::nullopt;
    }
    std::vector<Recorded> operations;
};

/// A body whose evaluation has been. An error of the sink ends it where it would have ended the evaluation.
class EvaluatedScript final : public script::Script {
public:
    EvaluatedScript(QString fileName, std::vector<Recorded> operations, Result<script::BodyOutcome> outcome)
        : m_fileName(std::move(fileName)), m_operations(std::move(operations)), m_outcome(std::move(outcome))
    {
    }
    [[nodiscard]] Result<script::BodyOutcome> evaluate(script::Direction, const script::Environment &, script::OperationSink &sink) override
    {
        for (const Recorded &recorded : m_operations) {
            if (recorded.isQuery) {
                if (const auto answered = sink.query(recorded.operation); !answered)
                    return std::unexpected(answered.error());
            } else if (const auto taken = sink.take(recorded.operation); !taken) {
                return std::unexpected(taken.error());
            }
        }
        return m_outcome;
    }
    [[nodiscard]] QString fileName() const override { return m_fileName; }

private:
    QString m_fileName;
    std::vector<Recorded> m_operations;
    Result<script::BodyOutcome> m_outcome;
};

Result<std::unique_ptr<script::Script>> evaluated(const BodyName &body, const script::Environment &environment)
{
    const auto script = script::Script::load(body.file);
    if (!script)
        return std::unexpected(script.error());
    RecordingSink sink;
    auto outcome = (*script)->evaluate(body.direction, environment, sink);
    return std::make_unique<EvaluatedScript>(body.file, std::move(sink.operations), std::move(outcome));
}

} // namespace

EvaluationAhead::EvaluationAhead(std::vector<BodyName> bodies, script::Environment environment)
    : m_bodies(std::move(bodies)), m_environment(std::move(environment)), m_results(m_bodies.size())
{
    const std::size_t threads = std::min(m_bodies.size(), std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads));
    for (std::size_t i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

EvaluationAhead::~EvaluationAhead()
{
    const std::scoped_lock lock(m_mutex);
    m_ends = true;
    m_taken.notify_all();
}

void EvaluationAhead::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_taken.wait(lock, [this] { return m_ends || m_next >= m_bodies.size() || m_next < m_takenCount + kLead; });
        if (m_ends || m_next >= m_bodies.size())
            return;
        const std::size_t index = m_next++;
        lock.unlock();
        Loaded result = evaluated(m_bodies[index], m_environment);
        lock.lock();
        m_results[index] = std::move(result);
        if (index == m_takenCount)
            m_evaluated.notify_one();
    }
}

Result<std::unique_ptr<script::Script>> EvaluationAhead::take()
{
    std::unique_lock lock(m_mutex);
    Q_ASSERT(m_takenCount < m_bodies.size());
    m_evaluated.wait(lock, [this] { return m_results[m_takenCount].has_value(); });
    Loaded result = std::move(*m_results[m_takenCount]);
    m_results[m_takenCount].reset();
    ++m_takenCount;
    m_taken.notify_all();
    return result;
}

} // namespace stillroom::migration
