// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "python/parser.h"

#include <deque>
#include <map>
#include <string>

/// Runs scripts in the tests: an interpreter, the trees that it needs, and what was printed.
namespace stillroom::python {

/// Modules given as text.
class TextModules : public ModuleSource {
public:
    Value importModule(Interpreter &interpreter, const std::string &dottedName) override
    {
        const auto it = texts.find(dottedName);
        if (it == texts.end())
            return {};
        auto tree = parse(QByteArray::fromStdString(it->second), QString::fromStdString(dottedName));
        if (!tree)
            return {};
        trees.push_back(std::move(*tree));
        interpreter.registerModule(dottedName, interpreter.module(dottedName));
        const auto module = interpreter.runModule(trees.back(), dottedName, QString::fromStdString(dottedName + ".py"));
        if (!module)
            interpreter.stop(StopKind::NotUnderstood, module.error().text.toStdString());
        return *module;
    }
    std::map<std::string, std::string> texts;
    std::deque<Tree> trees;
};

struct ScriptRun {
    explicit ScriptRun(Budget budget = {}) : interpreter(&modules, budget)
    {
        interpreter.setOutput([this](std::string_view text) { printed += text; });
    }

    /// Runs a module's text; the failure's words ("ValueError: …", "Stopped: …") or nothing.
    std::string run(const QByteArray &text)
    {
        auto tree = parse(text, QStringLiteral("script.py"));
        if (!tree)
            return "SyntaxError: " + tree.error().detail.toStdString();
        trees.push_back(std::move(*tree));
        auto result = interpreter.runModule(trees.back(), "__main__", QStringLiteral("script.py"));
        if (result) {
            module = *result;
            return {};
        }
        failure = result.error();
        return words(failure);
    }

    static std::string words(const Failure &f)
    {
        if (f.kind == Failure::Kind::Stopped)
            return "Stopped: " + f.text.toStdString();
        return f.exceptionType.toStdString() + (f.text.isEmpty() ? "" : ": " + f.text.toStdString());
    }

    std::deque<Tree> trees;
    TextModules modules;
    Interpreter interpreter;
    std::string printed;
    Value module;
    Failure failure;
};

} // namespace stillroom::python
