// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/schemafold.h"
#include "migration/preview.h"

#include <memory>
#include <mutex>
#include <vector>

/// How tables stand before a revision, as the scripts of its ancestors leave them: what SQLite's rebuilds are rendered from
/// when no database is connected (design.md, "The expected schema").
namespace stillroom::migration {

class AncestorFold {
public:
    AncestorFold(const project::Project &project, dialect::DialectKind kind) : m_project(project), m_kind(kind) {}

    /// Before upgrade() of this revision, or before its downgrade(). nullptr: an ancestor's body is not complete, so nothing
    /// sure can be said. Thread-safe. Error: Cancelled.
    [[nodiscard]] Result<std::unique_ptr<dialect::SchemaFold>> before(const QString &revision, script::Direction direction,
                                                                      const RenderRequest &request);

private:
    struct Kept {
        QStringList revisions; // in the order in which they were applied
        dialect::SchemaFold fold;
    };
    [[nodiscard]] Result<bool> apply(dialect::SchemaFold &fold, const QString &revision, const RenderRequest &request);

    const project::Project &m_project;
    dialect::DialectKind m_kind;
    std::mutex m_mutex; // guards m_kept
    std::vector<Kept> m_kept;
};

} // namespace stillroom::migration
