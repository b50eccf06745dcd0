// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"
#include "project/project.h"
#include "project/projectpython.h"
#include "revision/plan.h"
#include "script/evaluation.h"

#include <QProcess>

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

/// The SQL of a body that is not understood, taken from the project's own Alembic: its env.py and the script run in a child process in
/// offline mode, which talks to no database. The statements are then run here as all others are. Running the project's code is
/// for a person to allow; nothing calls this unasked.
namespace stillroom::migration {

struct TakenBody {
    QString revision;
    script::Direction direction = script::Direction::Upgrade;
    std::vector<dialect::Statement> statements;
    QString from;          ///< "Alembic 1.8.1, /…/bin/python"
    QByteArray scriptHash; ///< of the script as it was then: another one is not run for it
    /// Set: nothing was written beforehand, the project's own Alembic runs the step itself (foreignstep.h).
    std::optional<project::ProjectPython> runsWith{};
    bool operator==(const TakenBody &) const = default;
};

struct TakeRequest {
    project::ProjectPython python;
    dialect::DialectKind kind = dialect::DialectKind::PostgreSql;
    const std::atomic<bool> *stop = nullptr;
    int timeoutMs = 120'000;
};

/// One body. Errors: ProgramFailed with the child's own words, OperationNotSupported where env.py writes for another dialect or the text is
/// not understood as SQL, Cancelled.
[[nodiscard]] Result<TakenBody> takeBody(const project::Project &project, const QString &revision, script::Direction direction,
                                         const TakeRequest &request);

/// All bodies of a plan that are not understood here, those of `has` aside. `asking` is told of each revision before its turn. Errors: as takeBody().
[[nodiscard]] Result<std::vector<TakenBody>> takeBodies(const project::Project &project, const revision::Plan &plan, const TakeRequest &request,
                                                        const std::function<void(const QString &revision)> &asking = {},
                                                        const std::vector<TakenBody> &has = {});
/// Whether the script still is the one that this was taken from.
[[nodiscard]] bool isOfScript(const TakenBody &body, const QString &file);

[[nodiscard]] QByteArray scriptHashOf(const QString &file);

/// The body of this step among those that were taken; null: it is evaluated here.
[[nodiscard]] const TakenBody *takenBody(const std::vector<TakenBody> &taken, const revision::Step &step);

} // namespace stillroom::migration
