// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/tree.h"

namespace stillroom::python {

struct Tree::Storage {
    explicit Storage(std::string text) : source(std::move(text)) {}
    std::string source;
    std::pmr::monotonic_buffer_resource arena;
};

Tree::Tree(std::string source) : m_storage(std::make_unique<Storage>(std::move(source))) {}
Tree::Tree(Tree &&) noexcept = default;
Tree &Tree::operator=(Tree &&) noexcept = default;
Tree::~Tree() = default;

std::string_view Tree::source() const { return m_storage->source; }

std::pmr::memory_resource &Tree::arena() { return m_storage->arena; }

std::optional<std::string_view> Tree::docstring() const
{
    if (m_body.empty() || m_body.front()->kind != StatementKind::ExpressionStatement)
        return std::nullopt;
    const Expression *value = static_cast<const ExpressionStatement *>(m_body.front())->value;
    if (value->kind != ExpressionKind::Constant)
        return std::nullopt;
    const auto *constant = static_cast<const Constant *>(value);
    if (constant->constant != ConstantKind::String)
        return std::nullopt;
    return constant->text;
}

} // namespace stillroom::python
