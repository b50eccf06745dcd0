// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"

namespace stillroom::script {

/// What env.py says while it is read: filled by alembic.context when `isActive`.
struct EnvironmentRecording {
    bool isActive = false;
    EnvironmentSettings settings;
    QHash<QString, QString> options; ///< set_main_option
};

/// context.configure(...) while env.py is read. (environmentscript.cpp)
void recordConfiguration(Library &library, const python::Arguments &arguments);

} // namespace stillroom::script
