// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/tree.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

/// A module whose statements run when a name that they bind is first asked for: most scripts use two or three names of a
/// library module. Only for modules of our own, whose statements may run in any order that their names allow.
namespace stillroom::python {

struct DictObject;
struct StringObject;
struct Unit;

/// Which statements of a tree bind which names. Made once for a tree, then read by any number of threads.
class LateNames {
public:
    struct Part {
        std::vector<const Statement *> statements; ///< what binds the names, then what completes them (`date.min = …`)
        const ImportFrom *import = nullptr;        ///< instead: one name of a from-import
        const ImportAlias *alias = nullptr;
    };

    explicit LateNames(const Tree &tree);

    /// The parts that bind the name, in the order of the text; null if none does.
    [[nodiscard]] const std::vector<std::uint32_t> *find(const StringObject *name) const;
    [[nodiscard]] const std::vector<Part> &parts() const { return m_parts; }
    /// What binds no names that are known beforehand runs at once.
    [[nodiscard]] const std::vector<const Statement *> &atOnce() const { return m_atOnce; }
    [[nodiscard]] const Tree &tree() const { return m_tree; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const noexcept;
        std::size_t operator()(const StringObject *name) const noexcept;
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(std::string_view a, std::string_view b) const noexcept { return a == b; }
        bool operator()(const StringObject *a, std::string_view b) const noexcept;
        bool operator()(std::string_view a, const StringObject *b) const noexcept { return (*this)(b, a); }
    };
    void add(const Statement &statement);
    void bind(std::string_view name, std::size_t part);

    const Tree &m_tree;
    std::vector<Part> m_parts;
    std::vector<const Statement *> m_atOnce;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>, Hash, Equal> m_byName;
};

/// How far one interpreter has come with such a module; its globals own it.
struct LateModule {
    const LateNames &names;
    Unit &unit;
    std::vector<bool> started;
};

} // namespace stillroom::python
