// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"
#include "project/project.h"
#include "script/evaluation.h"

#include <optional>
#include <vector>

/// What the upgrade of a revision does to which table, column or name, so that two branches can be compared.
namespace stillroom::migration {

struct Touch {
    enum class Kind { Table, Column, Name, Everything }; ///< Column: "table.column"; Name: of an index, constraint, type, …
    enum class How {
        Needs,   ///< it has to be there
        Extends, ///< it has to be there, and what its rows have to be is changed
        Rows,    ///< its rows are changed
        Changes, ///< it is made, altered, renamed or dropped
        Unclear  ///< SQL text does something to it
    };
    Kind kind = Kind::Table;
    QString name;
    How how = How::Needs;
    QString deed; ///< "adds column account.email"
    bool operator==(const Touch &) const = default;
};

struct Footprint {
    QString revision;
    std::vector<Touch> touches;
    QString notKnown; ///< why the body was not evaluated to its end; empty: it was
};

/// Of upgrade(). Error: Cancelled.
[[nodiscard]] Result<Footprint> footprintOf(const project::Project &project, const revision::Header &header, dialect::DialectKind kind,
                                            script::Evaluator *evaluator = nullptr, const std::atomic<bool> *cancel = nullptr);

/// Whether it is the same whichever of two comes first.
enum class Order { Same, NotKnown, Matters };
[[nodiscard]] Order orderOf(const Touch &a, const Touch &b);

} // namespace stillroom::migration
