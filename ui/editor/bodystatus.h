// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/survey.h"
#include "ui/theme.h"

/// How the window shows whether a body's SQL is known: a shape and a word, in the list, in the pane and on the plan.
namespace stillroom::ui {

struct StatusLook {
    QString word; ///< "Needs a database"
    QString icon;
    IconTone tone = IconTone::Muted;
};
[[nodiscard]] StatusLook lookOf(migration::BodySql::Status status);
/// "Complete: 3 statements", "Needs a database from here on (line 12): …".
[[nodiscard]] QString statusSentence(const migration::BodyOutlook &body, bool isUpgrade);
[[nodiscard]] migration::BodyOutlook outlookOf(const migration::BodySql &body);

/// Both bodies of a revision in one word: the worse of the two, with an arrow where only one is concerned.
struct RowLook {
    StatusLook look;
    QString text; ///< "Needs a database ↓"
    bool isComplete = false;
};
[[nodiscard]] RowLook lookOf(const migration::RevisionOutlook &outlook);

} // namespace stillroom::ui
