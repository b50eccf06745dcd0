// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "project/project.h"
#include "script/evaluation.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

/// The bodies of a plan, evaluated on a few threads ahead of the one that writes their SQL in order.
namespace stillroom::migration {

/// What is to be evaluated: one body.
struct BodyName {
    QString file;
    script::Direction direction = script::Direction::Upgrade;
    QByteArray source; ///< empty: the file is read
};

/// A body that was evaluated with no database to ask.
struct EvaluatedBody {
    Result<std::unique_ptr<script::Script>> script; ///< gives its operations to any sink, as often as asked; errors: those of Script::load()
    bool neededDatabase = false;                    ///< it went only as far as it could
    bool askedDatabase = false;                     ///< it asked something, and may have gone on without the answer (in what it logs)
};
[[nodiscard]] EvaluatedBody evaluatedBody(const BodyName &body, const script::Environment &environment, script::Evaluator &evaluator,
                                          FolderReading &reading);

/// Only for sinks that know no results (a preview): there the operations of a body do not hang on what the sink answers,
/// so they can be taken down first and handed to the sink later. One thread takes the bodies, in their order.
class EvaluationAhead {
public:
    /// The environment's cancel flag, if it has one, outlives this object.
    EvaluationAhead(std::vector<BodyName> bodies, script::Environment environment);
    ~EvaluationAhead();
    EvaluationAhead(const EvaluationAhead &) = delete;
    EvaluationAhead &operator=(const EvaluationAhead &) = delete;

    /// The next body as a script that gives its operations to any sink, as often as asked. Waits until it has been evaluated.
    /// Errors: those of Script::load().
    [[nodiscard]] Result<std::unique_ptr<script::Script>> take();
    /// Whether the body last taken went only as far as it could without a database.
    [[nodiscard]] bool neededDatabase() const { return m_neededDatabase; }

private:
    using Portion = std::vector<EvaluatedBody>;
    void work();

    std::vector<BodyName> m_bodies;
    script::Environment m_environment;
    std::mutex m_mutex;
    std::condition_variable m_evaluated, m_room;
    std::size_t m_each = 1;          ///< bodies in a portion: threads meet at the lock once for each portion
    std::vector<Portion> m_portions; ///< empty: not evaluated yet, or taken
    std::size_t m_next = 0, m_taken = 0;
    bool m_ends = false;
    Portion m_current; ///< of the thread that takes
    std::size_t m_given = 0;
    bool m_neededDatabase = false;
    std::vector<std::jthread> m_threads; // last: they use the rest
};

} // namespace stillroom::migration
