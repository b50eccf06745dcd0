// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// The files of a new project. "@LOCATION@" stands for script_location.
namespace stillroom::project {

enum class EnvironmentKind { Plain, Async, SeveralDatabases };

[[nodiscard]] QString iniText(EnvironmentKind kind, bool onlyConnections);
[[nodiscard]] QString pyProjectText();
[[nodiscard]] QString environmentText(EnvironmentKind kind);
[[nodiscard]] QString scriptTemplateText(EnvironmentKind kind);
[[nodiscard]] QString readmeText(EnvironmentKind kind);

} // namespace stillroom::project
