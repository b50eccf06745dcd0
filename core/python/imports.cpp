// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

/// The import statement (Python reference, "The import system"), as far as a ModuleSource answers it.
namespace stillroom::python {

namespace {
std::string packageName(Interpreter &py, Frame *frame)
{
    Interpreter::State &st = py.state();
    auto *globals = frame->globals.as<DictObject>();
    StringObject *package = st.word(Word::package);
    if (const Value *v = globals->table.findName(package, nameHash(package)); v && v->isString())
        return v->as<StringObject>()->text;
    if (st.modules) {
        std::string named = st.modules->packageOf(frame->code->unit->file.toStdString());
        if (!named.empty())
            return named;
    }
    StringObject *name = st.word(Word::name);
    if (const Value *v = globals->table.findName(name, nameHash(name)); v && v->isString()) {
        const std::string &text = v->as<StringObject>()->text;
        const auto dot = text.rfind('.');
        return dot == std::string::npos ? std::string() : text.substr(0, dot);
    }
    return {};
}

std::string absoluteName(Interpreter &py, const std::string &dotted, Frame *frame)
{
    std::size_t level = 0;
    while (level < dotted.size() && dotted[level] == '.')
        ++level;
    if (level == 0)
        return dotted;
    std::string package = frame ? packageName(py, frame) : std::string();
    for (std::size_t i = 1; i < level; ++i) {
        const auto dot = package.rfind('.');
        package = dot == std::string::npos ? std::string() : package.substr(0, dot);
    }
    const std::string rest = dotted.substr(level);
    if (package.empty())
        return rest.empty() ? dotted : dotted.substr(level - 1);
    return rest.empty() ? package : package + "." + rest;
}
} // namespace

/// Imports the packages on the way, too, and hangs each module into its package.
Value importDotted(Interpreter &py, const std::string &given, bool leaf, Frame *frame)
{
    const std::string dotted = absoluteName(py, given, frame);
    Value top;
    Value module;
    std::size_t end = dotted.find('.', 1);
    for (;;) {
        py.state().countSteps(dotted.size()); // each package on the way has a name of its own
        const std::string name = dotted.substr(0, end);
        const auto lastDot = name.rfind('.');
        Value next;
        if (module && !py.importedModule(name)) {
            // os.path and the like are attributes before they are modules
            const std::string last = name.substr(lastDot + 1);
            next = module.isUnknown() ? Value() : py.findAttribute(module, last);
            if (next && !next.isKind(ObjectKind::Module) && !next.isUnknown())
                next = Value();
            if (module.isUnknown()) {
                next = py.importModule(name);
            } else if (!next) {
                next = py.importModule(name);
                if (module.isKind(ObjectKind::Module))
                    py.setAttribute(module, last, next);
            }
        } else {
            next = py.importModule(name);
        }
        if (!top)
            top = next;
        module = next;
        if (end == std::string::npos)
            break;
        end = dotted.find('.', end + 1);
    }
    return leaf ? module : top;
}

} // namespace stillroom::python
