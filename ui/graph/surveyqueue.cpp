// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/surveyqueue.h"

#include <algorithm>

namespace stillroom::ui {

namespace {

/// Some tens of milliseconds, so that rows scrolled into view wait no longer; more where the list is long, since each portion is
/// taken into it.
std::size_t portionOf(std::size_t revisions) { return std::clamp<std::size_t>(revisions / 100, 64, 512); }

} // namespace

SurveyQueue::SurveyQueue(Workbench *bench, std::function<std::vector<revision::Index>()> visible, QObject *parent)
    : QObject(parent), m_bench(bench), m_visible(std::move(visible))
{
    connect(bench, &Workbench::surveyed, this, [this] {
        m_underWay -= m_underWay > 0 ? 1 : 0;
        next();
    });
}

void SurveyQueue::restart()
{
    const auto &graph = m_bench->graph();
    m_left = graph && m_bench->project() ? graph->revisions().size() : 0;
    m_asked.assign(m_left, false);
    m_cursor = m_underWay = 0;
    m_bench->abandonSurveys();
    next();
}

void SurveyQueue::next()
{
    while (m_left > 0 && m_bench->idleSurveyors() > 0) {
        const auto revisions = portion();
        if (revisions.empty())
            continue; // ghosts, and files that cannot be read
        ++m_underWay;
        m_bench->survey(revisions);
    }
    if (isDone())
        Q_EMIT done();
}

std::vector<revision::Index> SurveyQueue::portion()
{
    std::vector<revision::Index> portion;
    const auto take = [&](revision::Index index) {
        if (m_asked[index])
            return;
        m_asked[index] = true;
        --m_left;
        const auto &r = m_bench->graph()->revisions()[index];
        if (!r.isGhost && !r.header.problem)
            portion.push_back(index);
    };
    const std::size_t most = portionOf(m_asked.size());
    for (const revision::Index index : m_visible()) {
        if (index < m_asked.size() && portion.size() < most)
            take(index);
    }
    // What is on the screen is told before anything else is begun.
    for (const bool hasVisible = !portion.empty(); !hasVisible && m_cursor < m_asked.size() && portion.size() < most; ++m_cursor)
        take(revision::Index(m_cursor));
    return portion;
}

} // namespace stillroom::ui
