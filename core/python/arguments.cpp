// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <algorithm>

/// Binding arguments for native functions (Python reference, "Calls").
namespace stillroom::python {

namespace {
const Value kEmpty;
}

ArgumentReader::ArgumentReader(Interpreter &py, std::string_view function, Arguments &arguments, std::initializer_list<std::string_view> parameters)
{
    std::size_t positionalCount = 0;
    bool keywordOnly = false;
    bool starArguments = false;
    bool starKeywords = false;
    std::vector<bool> optional;
    for (std::string_view p : parameters) {
        if (p == "**") {
            starKeywords = true;
        } else if (p.starts_with('*')) {
            keywordOnly = true;
            starArguments = p.size() > 1;
        } else {
            optional.push_back(p.ends_with('='));
            if (p.ends_with('='))
                p.remove_suffix(1);
            m_bound.emplace_back(p, Value());
            positionalCount += keywordOnly ? 0 : 1;
        }
    }
    const std::string name(function);
    const auto error = [&](const std::string &text) { raiseException(py, BuiltinClass::TypeError, name + "() " + text); };
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
        if (i < positionalCount)
            m_bound[i].second = arguments.positional[i];
        else if (starArguments)
            m_starArguments.push_back(arguments.positional[i]);
        else
            error("takes " + std::to_string(positionalCount) + " positional argument" + (positionalCount == 1 ? "" : "s") + " but " +
                  std::to_string(arguments.positional.size()) + (arguments.positional.size() == 1 ? " was given" : " were given"));
    }
    for (const auto &[key, value] : arguments.keywords) {
        const auto it = std::find_if(m_bound.begin(), m_bound.end(), [&](const auto &b) { return b.first == key; });
        if (it == m_bound.end()) {
            if (!starKeywords)
                error("got an unexpected keyword argument '" + key + "'");
            m_rest.emplace_back(key, value);
        } else if (it->second) {
            error("got multiple values for argument '" + key + "'");
        } else {
            it->second = value;
        }
    }
    std::vector<std::string> missing;
    bool missingPositional = false;
    for (std::size_t i = 0; i < m_bound.size(); ++i) {
        if (!m_bound[i].second && !optional[i]) {
            missing.push_back("'" + std::string(m_bound[i].first) + "'");
            missingPositional = missingPositional || i < positionalCount;
        }
    }
    if (missing.empty())
        return;
    std::string list;
    for (std::size_t i = 0; i < missing.size(); ++i)
        list += (i == 0 ? "" : i + 1 < missing.size() ? ", " : missing.size() > 2 ? ", and " : " and ") + missing[i];
    error("missing " + std::to_string(missing.size()) + " required " + (missingPositional ? "positional" : "keyword-only") + " argument" +
          (missing.size() == 1 ? "" : "s") + ": " + list);
}

const Value &ArgumentReader::operator[](std::string_view parameter) const
{
    for (const auto &[name, value] : m_bound)
        if (name == parameter)
            return value;
    return kEmpty;
}

bool ArgumentReader::has(std::string_view parameter) const { return static_cast<bool>((*this)[parameter]); }

} // namespace stillroom::python
