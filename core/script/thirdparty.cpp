// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/modules.h"

#include "thirdpartysources.h"

#include <algorithm>

/// Other packages, each a file of Python in core/script/thirdparty: its column types as classes, with what the package prints for each
/// dialect, and the directives that it registers. The file's head says under which names it is imported (`# modules:`) and which directives
/// are there without an import of the script's own, since env.py usually has it (`# operations:`). To add a package, add a file.
namespace stillroom::script {

namespace {

/// Calls `take` with each word that a line of the head with this label holds.
template<class Take>
void readHead(std::string_view text, std::string_view label, Take take)
{
    while (text.starts_with('#')) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.starts_with(label)) {
            line.remove_prefix(label.size());
            for (std::size_t at = line.find_first_not_of(' '); at != std::string_view::npos; at = line.find_first_not_of(' ')) {
                line.remove_prefix(at);
                const std::size_t length = std::min(line.find(' '), line.size());
                take(line.substr(0, length));
                line.remove_prefix(length);
            }
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

} // namespace

void addThirdPartyModules(ModuleTable &table)
{
    for (const EmbeddedText &package : kThirdpartySources) {
        std::string_view first;
        readHead(package.text, "# modules:", [&](std::string_view module) {
            if (first.empty())
                table.setSource(first = module, package.text);
            else
                table.setAlias(module, first);
        });
        readHead(package.text, "# operations:", [&](std::string_view operation) { table.setOperation(operation, first); });
    }
}

} // namespace stillroom::script
