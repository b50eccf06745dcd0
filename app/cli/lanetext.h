// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/lanes.h"

#include <QStringList>

namespace stillroom::cli {

struct LaneStyle {
    bool isUnicode = true; ///< else plain ASCII
    bool isColoured = false;
};
/// What standard output can show: its locale, and whether it is a terminal that wants colours (https://no-color.org).
[[nodiscard]] LaneStyle laneStyleOfOutput();
[[nodiscard]] bool outputIsTerminal();

/// The lanes of each row of the graph as text, all equally wide.
[[nodiscard]] QStringList laneTexts(const revision::RevisionGraph &graph, const LaneStyle &style);

} // namespace stillroom::cli
