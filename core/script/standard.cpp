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
}

std::optional<std::string_view> standardSource(std::string_view dottedName)
{
    for (const StandardSource &source : kStandardSources) {
        if (source.name == dottedName)
            return source.text;
    }
    return std::nullopt;
}

} // namespace stillroom::script
