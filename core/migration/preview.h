// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "database/session.h"
#include "dialect/dialect.h"
#include "migration/foreignalembic.h"
#include "project/project.h"
#include "revision/plan.h"
#include "script/evaluation.h"

#include <atomic>
#include <functional>
#include <vector>

/// A plan made into statements: the collecting half of the one path that the runner takes as well.
namespace stillroom::migration {

/// The SQL of one body.
struct BodySql {
    enum class Status { Complete, NeedsDatabase, NotUnderstood };
    Status status = Status::Complete;
    bool isMissing = false;                     ///< no such function in the script
    std::vector<dialect::Statement> statements; ///< up to the point where it stopped
    QString reason, file;
    int line = 0;
    QString unknownName;
    QString raises; ///< the exception that the script itself raises, in Python as well; empty: none
    QStringList notes;
    QString takenFrom;      ///< "Alembic 1.8.1, /…/bin/python": the statements are the project's own Alembic's (foreignalembic.h)
    bool runsThere = false; ///< the project's own Alembic runs it itself: no statements, and no version statements of ours (foreignstep.h)
    int questions = 0;      ///< that the connected database answered: the statements hang on what it holds now
    bool operator==(const BodySql &) const = default;
};

class AncestorFold;
class PreviewQuestions;

/// How a body is to be rendered.
struct RenderRequest {
    dialect::DialectKind kind = dialect::DialectKind::PostgreSql;
    dialect::SchemaLookup *lookup = nullptr; ///< the live database; null: SQLite's rebuilds ask the fold of the ancestors
    AncestorFold *ancestors = nullptr;       ///< shared by the bodies of one project and dialect; null: each makes its own
    const dialect::Dialect *dialect =
        nullptr; ///< shared by the bodies of one run, since it remembers the types that were made; null: one for each body
    dialect::RenderOptions options{};
    bool offline = true;                              ///< what context.is_offline_mode() says; false when a run is previewed
    script::Evaluator *evaluator = nullptr;           ///< of the thread that renders one body after another
    std::optional<script::ConnectedTo> connectedTo{}; ///< the database that lookup or questions ask
    const std::atomic<bool> *cancel = nullptr;
    /// Told of each operation with its statements. A body that is evaluated twice (a rebuild that had to ask the fold) tells twice.
    std::function<void(const sql::Operation &, const std::vector<dialect::Statement> &)> observer{};
    /// Asks the connected database what scripts ask, read-only (questions.h); null: nothing is asked. Its lookup goes before `lookup`.
    PreviewQuestions *questions = nullptr;
    /// Bodies that the project's own Alembic has written; previewPlan() takes them as they are.
    const std::vector<TakenBody> *taken = nullptr;
    const script::Environment *environment = nullptr; ///< shared by the bodies of one run; null: each makes its own
};

/// Evaluates and renders one body of one revision. Thread-safe for different revisions. Error: Cancelled; everything a
/// script can do wrong is in the BodySql.
[[nodiscard]] Result<BodySql> renderBody(const project::Project &project, const revision::Header &header, script::Direction direction,
                                         const RenderRequest &request);

/// One step of a plan with its statements and version statements, in the order in which they run.
struct PreviewStep {
    revision::Step step;
    BodySql body;
    std::vector<dialect::Statement> versionStatements;
};
struct Preview {
    revision::Plan plan;
    dialect::DialectKind kind = dialect::DialectKind::PostgreSql;
    std::vector<PreviewStep> steps;
    QString createVersionTable; ///< sent before the first step; empty where the version table exists
};
[[nodiscard]] Result<Preview> previewPlan(const project::Project &project, const revision::Plan &plan, const RenderRequest &request);

/// Given each step as soon as it is rendered, with what is known of the whole. An error ends the rendering with it.
using TakeStep = std::function<Result<void>(const Preview &whole, PreviewStep step)>;
/// As previewPlan(), for whoever wants no step twice: what is returned has none.
[[nodiscard]] Result<Preview> previewSteps(const project::Project &project, const revision::Plan &plan, const RenderRequest &request,
                                           const TakeStep &take);

/// The preview of a plan over the database that it is for, which is asked what scripts ask of it; nothing is written. The session is
/// outside of a transaction. Errors: as previewPlan(), Cancelled, ConnectionLost.
[[nodiscard]] Result<Preview> previewConnected(const project::Project &project, database::Session &session, const revision::Plan &plan,
                                               const std::atomic<bool> *cancel = nullptr, const std::vector<TakenBody> &taken = {});
/// One body as a run from where the database stands comes to it, its questions answered. nullopt: no run does (it is applied, or reverted,
/// already; a downgrade of a merge).
[[nodiscard]] Result<std::optional<BodySql>> previewBody(const project::Project &project, database::Session &session, const QString &revision,
                                                         script::Direction direction, const std::atomic<bool> *cancel = nullptr);

/// The text that Alembic's offline mode prints for this preview (alembic.md 5). Error: the first body that is not complete.
[[nodiscard]] Result<QString> offlineSql(const project::Project &project, const Preview &preview);
struct OfflineScript {
    QByteArray text;   ///< the same, as UTF-8
    QStringList notes; ///< what is to be known of statements and bodies ("a1, line 5: …"), each once; Alembic's text has no room for it
};
/// The text of a plan: each step is written when it is rendered, none is kept. Errors: those of previewPlan() besides.
[[nodiscard]] Result<OfflineScript> offlineScript(const project::Project &project, const revision::Plan &plan, const RenderRequest &request);

} // namespace stillroom::migration
