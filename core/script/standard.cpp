// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/standard.h"

#include "standardsources.h"

namespace stillroom::script {

void addStandardModules(ModuleTable &table)
{
    addJsonModule(table);
    addRegexModule(table);
    addMathModule(table);
    addPrivateModule(table);
    for (const EmbeddedText &source : kStandardSources)
        table.setLateSource(source.name, source.text);
    table.setKnownWhole({"datetime", "itertools", "functools", "collections", "json", "re", "math", "uuid", "decimal", "string", "copy", "base64"});
}

} // namespace stillroom::script
