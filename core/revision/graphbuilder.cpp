// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/graphbuilder.h"

#include "revision/cycles.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <map>

namespace stillroom::revision {

void EdgeTable::clear(std::size_t count)
{
    m_offsets.clear();
    m_offsets.reserve(count + 1);
    m_targets.clear();
    m_targets.reserve(count);
}

void EdgeTable::add(Index target)
{
    const auto row = m_targets.begin() + m_offsets.back();
    if (std::find(row, m_targets.end(), target) == m_targets.end())
        m_targets.push_back(target);
}

void EdgeTable::finish(std::size_t count)
{
    while (m_offsets.size() <= count)
        beginRow();
}

EdgeTable EdgeTable::reversed() const
{
    EdgeTable result;
    result.m_offsets.assign(m_offsets.size(), 0);
    for (const Index target : m_targets)
        ++result.m_offsets[target + 1];
    for (std::size_t i = 1; i < result.m_offsets.size(); ++i)
        result.m_offsets[i] += result.m_offsets[i - 1];
    result.m_targets.resize(m_targets.size());
    std::vector<std::uint32_t> next(result.m_offsets.begin(), result.m_offsets.end() - 1);
    for (Index row = 0; row < rowCount(); ++row)
        for (const Index target : (*this)[row])
            result.m_targets[next[target]++] = row;
    return result;
}

GraphBuilder::GraphBuilder(RevisionGraph &graph, std::vector<Header> headers) : m_graph(graph), m_headers(std::move(headers)) {}

void GraphBuilder::build()
{
    nameUnreadableScripts();
    chooseAmongDuplicates();
    checkIds();
    mapLabels();
    connect();
    breakCycles();
    keepOwnDependencies();
    spreadLabels();
    orderForDisplay();
    write();
}

void GraphBuilder::addDefect(Defect::Kind kind, const QString &subject, const std::vector<Index> &concerned, int line)
{
    Defect defect{.kind = kind, .subject = subject, .revisions = {}, .files = {}, .line = line};
    for (const Index index : concerned) {
        defect.revisions << m_nodes[index].header.id;
        if (!m_nodes[index].header.file.isEmpty())
            defect.files << m_nodes[index].header.file;
    }
    m_graph.m_defects.push_back(std::move(defect));
}

/// A script whose header cannot be read still has a file name. Where a name that others miss begins the file name
/// (`4c2f_add_users.py`), that is its id; else the file name stands for it.
void GraphBuilder::nameUnreadableScripts()
{
    const bool anyUnnamed = std::ranges::any_of(m_headers, [](const Header &h) { return h.id.isEmpty(); });
    if (!anyUnnamed)
        return;
    QSet<QString> known, wanted;
    for (const Header &header : m_headers) {
        if (!header.id.isEmpty())
            known.insert(header.id);
        for (const QStringList &names : {header.downRevisions, header.dependsOn})
            for (const QString &name : names)
                wanted.insert(name);
    }
    wanted.subtract(known);
    for (Header &header : m_headers) {
        if (!header.id.isEmpty())
            continue;
        const QString stem = QFileInfo(header.file).completeBaseName();
        QString id;
        for (const QString &name : std::as_const(wanted)) {
            const bool begins = stem == name || stem.startsWith(name + QLatin1Char('_')) || stem.endsWith(QLatin1Char('_') + name);
            if (begins && name.size() > id.size())
                id = name;
        }
        // The template names files `<id>_<slug>.py`, its ids being hexadecimal.
        static const QRegularExpression generated(QStringLiteral("\\A([0-9a-f]{8,32})(?:_|\\z)"));
        if (const QRegularExpressionMatch match = generated.match(stem); id.isEmpty() && match.hasMatch())
            id = match.captured(1);
        header.id = id.isEmpty() ? stem : id;
        if (!header.problem)
            header.problem = Error{
                .code = ErrorCode::ScriptNotUnderstood, .detail = QStringLiteral("it has no 'revision'"), .file = header.file, .revision = header.id};
    }
}

/// Alembic warns that a revision "is present more than once" and goes on with the file read last.
void GraphBuilder::chooseAmongDuplicates()
{
    m_nodes.reserve(m_headers.size());
    m_byId.reserve(static_cast<qsizetype>(m_headers.size()));
    std::map<QString, QStringList> duplicates;
    for (Header &header : m_headers) {
        const auto known = m_byId.constFind(header.id);
        if (known == m_byId.cend()) {
            m_byId.insert(header.id, static_cast<Index>(m_nodes.size()));
            m_nodes.emplace_back().header = std::move(header);
            continue;
        }
        Header &before = m_nodes[*known].header;
        QStringList &files = duplicates[header.id];
        if (files.isEmpty())
            files << before.file;
        files << header.file;
        // A file that cannot be read does not displace one that can.
        if (!header.problem || before.problem)
            before = std::move(header);
    }
    m_headers = {};
    for (const auto &[id, files] : duplicates) {
        const int line = m_nodes[m_byId.value(id)].header.revisionLine;
        m_graph.m_defects.push_back({.kind = Defect::Kind::DuplicateRevision, .subject = id, .revisions = {id}, .files = files, .line = line});
    }
}

void GraphBuilder::checkIds()
{
    constexpr qsizetype kVersionColumnLength = 32;
    for (Index i = 0; i < m_nodes.size(); ++i) {
        const Header &header = m_nodes[i].header;
        if (header.problem) {
            addDefect(Defect::Kind::UnreadableScript, header.id, {i}, header.problem->line);
            continue;
        }
        const bool isIllegal = std::ranges::any_of(header.id, [](QChar c) { return QStringLiteral("@-+:").contains(c); });
        if (isIllegal)
            addDefect(Defect::Kind::IllegalCharacter, header.id, {i}, header.revisionLine);
        if (header.id.size() > kVersionColumnLength)
            addDefect(Defect::Kind::IdTooLong, header.id, {i}, header.revisionLine);
    }
    // Ids of one length, as most histories have, cannot begin one another.
    const auto length = [](const RevisionGraph::Revision &revision) { return revision.header.id.size(); };
    const auto other = [this, &length](const RevisionGraph::Revision &revision) { return length(revision) != length(m_nodes.front()); };
    if (std::ranges::none_of(m_nodes, other))
        return;
    std::vector<Index> sorted(m_nodes.size());
    for (Index i = 0; i < sorted.size(); ++i)
        sorted[i] = i;
    std::ranges::sort(sorted, [this](Index a, Index b) { return m_nodes[a].header.id < m_nodes[b].header.id; });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        const QString &shorter = m_nodes[sorted[i - 1]].header.id;
        if (shorter.size() > 3 && m_nodes[sorted[i]].header.id.startsWith(shorter))
            addDefect(Defect::Kind::PrefixCollision, shorter, {sorted[i - 1], sorted[i]});
    }
}

void GraphBuilder::mapLabels()
{
    for (Index i = 0; i < m_nodes.size(); ++i) {
        for (const QString &label : m_nodes[i].header.branchLabels) {
            if (const auto revision = m_byId.constFind(label); revision != m_byId.cend()) {
                addDefect(Defect::Kind::LabelIsRevision, label, {i, *revision});
            } else if (const auto other = m_byLabel.constFind(label); other != m_byLabel.cend()) {
                addDefect(Defect::Kind::DuplicateBranchLabel, label, {*other, i});
            } else {
                m_byLabel.insert(label, i);
            }
        }
    }
}

Index GraphBuilder::ghost(const QString &id)
{
    const Index index = static_cast<Index>(m_nodes.size() + m_ghosts.size());
    m_ghosts << id;
    m_byId.insert(id, index);
    return index;
}

std::optional<Index> GraphBuilder::dependencyNamed(const QString &name)
{
    if (const auto it = m_byId.constFind(name); it != m_byId.cend())
        return *it;
    if (const auto it = m_byLabel.constFind(name); it != m_byLabel.cend())
        return *it;
    if (m_sortedIds.empty()) {
        for (auto it = m_byId.cbegin(); it != m_byId.cend(); ++it)
            m_sortedIds.emplace_back(it.key(), it.value());
        std::ranges::sort(m_sortedIds);
    }
    const auto first = std::ranges::lower_bound(m_sortedIds, name, {}, &std::pair<QString, Index>::first);
    if (first == m_sortedIds.end() || !first->first.startsWith(name) || first->second >= m_nodes.size())
        return std::nullopt;
    if (const auto second = std::next(first); second != m_sortedIds.end() && second->first.startsWith(name))
        return std::nullopt;
    return first->second;
}

void GraphBuilder::connect()
{
    const Index scripts = static_cast<Index>(m_nodes.size());
    m_parents.clear(scripts);
    m_dependencies.clear(scripts);
    for (Index i = 0; i < scripts; ++i) {
        m_parents.beginRow();
        m_dependencies.beginRow();
        const Header &header = m_nodes[i].header;
        for (const QString &id : header.downRevisions) {
            if (id == header.id) {
                addDefect(Defect::Kind::SelfLoop, id, {i}, header.downRevisionLine);
                continue;
            }
            const auto known = m_byId.constFind(id);
            const Index parent = known != m_byId.cend() ? *known : ghost(id);
            if (parent >= scripts)
                addDefect(Defect::Kind::MissingParent, id, {i}, header.downRevisionLine);
            m_parents.add(parent);
        }
        for (const QString &name : header.dependsOn) {
            const std::optional<Index> known = dependencyNamed(name);
            const Index dependency = known ? *known : ghost(name);
            if (dependency == i) {
                addDefect(Defect::Kind::SelfLoop, name, {i});
                continue;
            }
            if (dependency >= scripts)
                addDefect(Defect::Kind::MissingDependency, name, {i});
            m_dependencies.add(dependency);
        }
    }
    for (const QString &id : std::as_const(m_ghosts)) {
        RevisionGraph::Revision revision;
        revision.header.id = id;
        revision.header.hasUpgrade = revision.header.hasDowngrade = false;
        revision.isGhost = true;
        m_nodes.push_back(std::move(revision));
    }
    m_parents.finish(m_nodes.size());
    m_dependencies.finish(m_nodes.size());
}

void GraphBuilder::breakCycles()
{
    const auto tell = [this](Defect::Kind kind, const std::vector<std::vector<Index>> &components) {
        for (const std::vector<Index> &component : components) {
            std::vector<Index> sorted = component;
            std::ranges::sort(sorted, [this](Index a, Index b) { return m_nodes[a].header.id < m_nodes[b].header.id; });
            addDefect(kind, m_nodes[sorted.front()].header.id, sorted, m_nodes[sorted.front()].header.downRevisionLine);
        }
    };
    const auto byId = [this](Index a, Index b) { return m_nodes[a].header.id < m_nodes[b].header.id; };
    const auto parentsOf = [this](Index i) { return m_parents[i]; };
    if (!isAcyclic(m_nodes.size(), parentsOf)) {
        const auto components = cycles(m_nodes.size(), parentsOf);
        tell(Defect::Kind::Cycle, components);
        const auto closing = closingEdges(components, parentsOf, byId);
        m_parents = m_parents.filtered([&closing](Index from, Index to) { return !closing.contains({from, to}); });
    }
    std::vector<Index> both;
    const auto allOf = [this, &both](Index i) {
        both.assign(m_parents[i].begin(), m_parents[i].end());
        both.insert(both.end(), m_dependencies[i].begin(), m_dependencies[i].end());
        return std::span<const Index>(both);
    };
    if (!isAcyclic(m_nodes.size(), allOf)) {
        const auto components = cycles(m_nodes.size(), allOf);
        tell(Defect::Kind::DependencyCycle, components);
        std::vector<std::size_t> componentOf(m_nodes.size(), 0);
        for (std::size_t c = 0; c < components.size(); ++c)
            for (const Index index : components[c])
                componentOf[index] = c + 1;
        m_dependencies =
            m_dependencies.filtered([&componentOf](Index from, Index to) { return componentOf[from] == 0 || componentOf[from] != componentOf[to]; });
    }
    m_children = m_parents.reversed();
    m_dependents = m_dependencies.reversed();

    std::vector<std::uint32_t> waiting(m_nodes.size());
    m_parentsFirst.reserve(m_nodes.size());
    for (Index i = 0; i < m_nodes.size(); ++i) {
        waiting[i] = static_cast<std::uint32_t>(m_parents[i].size() + m_dependencies[i].size());
        if (waiting[i] == 0)
            m_parentsFirst.push_back(i);
    }
    for (std::size_t next = 0; next < m_parentsFirst.size(); ++next)
        for (const auto &followers : {m_children[m_parentsFirst[next]], m_dependents[m_parentsFirst[next]]})
            for (const Index follower : followers)
                if (--waiting[follower] == 0)
                    m_parentsFirst.push_back(follower);
}

/// Alembic's _normalize_depends_on: a dependency that an ancestor (by down_revision) has as well is not the revision's own.
/// Sixty-four shared dependencies at a time, one pass over the graph for each such lot.
void GraphBuilder::keepOwnDependencies()
{
    std::vector<Index> shared;
    for (Index i = 0; i < m_nodes.size(); ++i)
        if (m_dependents[i].size() > 1)
            shared.push_back(i);
    std::vector<std::pair<Index, Index>> inherited; // (revision, dependency)
    std::vector<std::uint64_t> own, above;
    for (std::size_t first = 0; first < shared.size(); first += 64) {
        own.assign(m_nodes.size(), 0);
        above.assign(m_nodes.size(), 0);
        const std::size_t count = std::min<std::size_t>(64, shared.size() - first);
        for (std::size_t bit = 0; bit < count; ++bit)
            for (const Index dependent : m_dependents[shared[first + bit]])
                own[dependent] |= std::uint64_t{1} << bit;
        for (const Index index : m_parentsFirst) {
            for (const Index parent : m_parents[index])
                above[index] |= above[parent] | own[parent];
            for (std::uint64_t both = own[index] & above[index]; both != 0; both &= both - 1)
                inherited.emplace_back(index, shared[first + static_cast<std::size_t>(__builtin_ctzll(both))]);
        }
    }
    std::ranges::sort(inherited);
    m_ownDependencies = m_dependencies.filtered(
        [&inherited](Index from, Index to) { return !std::ranges::binary_search(inherited, std::pair<Index, Index>(from, to)); });
}

namespace {

/// Sets of labels, each kept once: most revisions of a branch have the same.
class LabelSets {
public:
    using Set = std::uint32_t;
    LabelSets() { m_sets.emplace_back(); }
    Set with(Set set, const QString &label)
    {
        QStringList labels = m_sets[set];
        if (labels.contains(label))
            return set;
        labels << label;
        labels.sort();
        return intern(labels);
    }
    Set unite(Set a, Set b)
    {
        if (a == b || b == 0)
            return a;
        if (a == 0)
            return b;
        const auto known = m_unions.find({a, b});
        if (known != m_unions.end())
            return known->second;
        QStringList labels = m_sets[a] + m_sets[b];
        labels.removeDuplicates();
        labels.sort();
        return m_unions[{a, b}] = intern(labels);
    }
    [[nodiscard]] const QStringList &labels(Set set) const { return m_sets[set]; }

private:
    Set intern(const QStringList &labels)
    {
        const auto known = m_known.constFind(labels);
        if (known != m_known.cend())
            return *known;
        const Set set = static_cast<Set>(m_sets.size());
        m_sets.push_back(labels);
        m_known.insert(labels, set);
        return set;
    }
    std::vector<QStringList> m_sets;
    QHash<QStringList, Set> m_known;
    std::map<std::pair<Set, Set>, Set> m_unions;
};

} // namespace

/// Alembic's _add_branches: a label reaches every descendant, and upwards along a straight line. Upwards only where the line
/// is straight down to its tip as well, since Alembic starts that walk at the last descendant; a revision that several depend
/// on ends the line like a branch point.
void GraphBuilder::spreadLabels()
{
    const std::size_t count = m_nodes.size();
    LabelSets sets;
    std::vector<LabelSets::Set> own(count, 0), down(count, 0), up(count, 0);
    bool any = false;
    for (Index i = 0; i < count; ++i)
        for (const QString &label : m_nodes[i].header.branchLabels) {
            own[i] = sets.with(own[i], label);
            any = true;
        }
    if (!any)
        return;
    for (const Index index : m_parentsFirst) {
        down[index] = own[index];
        for (const Index parent : m_parents[index])
            down[index] = sets.unite(down[index], down[parent]);
    }
    std::vector<bool> straightToTip(count, false);
    for (auto it = m_parentsFirst.rbegin(); it != m_parentsFirst.rend(); ++it) {
        std::size_t followers = m_children[*it].size();
        for (const Index dependent : m_dependents[*it])
            if (std::ranges::find(m_children[*it], dependent) == m_children[*it].end())
                ++followers;
        const bool isStraight = followers <= 1 && m_nodes[*it].header.downRevisions.size() <= 1;
        const bool isTip = m_children[*it].empty();
        straightToTip[*it] = isStraight && (isTip || straightToTip[m_children[*it].front()]);
        if (straightToTip[*it])
            up[*it] = isTip ? own[*it] : sets.unite(own[*it], up[m_children[*it].front()]);
    }
    for (Index i = 0; i < count; ++i)
        m_nodes[i].effectiveLabels = sets.labels(sets.unite(down[i], up[i]));
}

/// Children before parents, one line after the other, the last parent's line (the side branch) directly under a merge.
void GraphBuilder::orderForDisplay()
{
    const std::size_t count = m_nodes.size();
    std::vector<std::uint32_t> waiting(count);
    std::vector<Index> ready;
    for (Index i = 0; i < count; ++i) {
        waiting[i] = static_cast<std::uint32_t>(m_children[i].size() + m_dependents[i].size());
        if (waiting[i] == 0)
            ready.push_back(i);
    }
    // The newest is taken first, so it stands last.
    std::ranges::sort(ready, [this](Index a, Index b) {
        const Header &x = m_nodes[a].header, &y = m_nodes[b].header;
        if (x.createDate.isValid() != y.createDate.isValid())
            return y.createDate.isValid();
        if (x.createDate.isValid() && x.createDate != y.createDate)
            return x.createDate < y.createDate;
        return std::tie(x.file, x.id) < std::tie(y.file, y.id);
    });
    m_display.reserve(count);
    while (!ready.empty()) {
        const Index index = ready.back();
        ready.pop_back();
        m_display.push_back(index);
        for (const auto &targets : {m_dependencies[index], m_parents[index]})
            for (const Index target : targets)
                if (--waiting[target] == 0)
                    ready.push_back(target);
    }
}

void GraphBuilder::write()
{
    const std::size_t count = m_nodes.size();
    std::vector<Index> row(count);
    for (Index i = 0; i < count; ++i)
        row[m_display[i]] = i;
    m_graph.m_revisions.reserve(count);
    m_graph.m_offsets.resize(count);
    std::vector<Index> &edges = m_graph.m_edges;
    const auto append = [&edges, &row](std::span<const Index> targets, bool sort) {
        const auto first = static_cast<std::ptrdiff_t>(edges.size());
        for (const Index target : targets)
            edges.push_back(row[target]);
        if (sort)
            std::sort(edges.begin() + first, edges.end());
        return static_cast<std::uint32_t>(edges.size());
    };
    for (const Index index : m_display) {
        RevisionGraph::Offsets &offsets = m_graph.m_offsets[row[index]];
        offsets.parents = static_cast<std::uint32_t>(edges.size());
        offsets.dependencies = append(m_parents[index], false);
        offsets.ownDependencies = append(m_dependencies[index], false);
        offsets.children = append(m_ownDependencies[index], false);
        offsets.dependents = append(m_children[index], true);
        offsets.end = append(m_dependents[index], true);

        RevisionGraph::Revision &revision = m_nodes[index];
        const bool isKnown = !revision.isGhost && !revision.header.problem;
        revision.isHead = isKnown && m_children[index].empty();
        revision.isEffectiveHead = revision.isHead && m_dependents[index].empty();
        revision.isBase = isKnown && revision.header.downRevisions.isEmpty();
        revision.isBranchPoint = m_children[index].size() > 1;
        revision.isMerge = revision.header.downRevisions.size() > 1;
        m_graph.m_revisions.push_back(std::move(revision));
    }
    m_graph.m_loadOrder = row;
    m_graph.m_loadRank = m_display;
    m_graph.m_byId = std::move(m_byId);
    m_graph.m_byLabel = std::move(m_byLabel);
    for (auto it = m_graph.m_byId.begin(); it != m_graph.m_byId.end(); ++it)
        *it = row[*it];
    for (auto it = m_graph.m_byLabel.begin(); it != m_graph.m_byLabel.end(); ++it)
        *it = row[*it];
    std::ranges::stable_sort(m_graph.m_defects, {}, &Defect::kind);
}

RevisionGraph::RevisionGraph(std::vector<Header> headers) { GraphBuilder(*this, std::move(headers)).build(); }

} // namespace stillroom::revision
