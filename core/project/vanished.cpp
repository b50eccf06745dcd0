// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/vanished.h"

#include "project/gitlibrary.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <vector>

namespace stillroom::project {

namespace {

QString text(const char *utf8) { return utf8 ? QString::fromUtf8(utf8) : QString(); }

/// A script that one tree has and another has not, or has otherwise; `after` unset: it is gone.
struct Change {
    QString path;
    std::optional<git_oid> before, after;
};

class Search {
public:
    Search(const GitLibrary &git, const QStringList &ids, const std::atomic<bool> *cancel, const SearchLimits &limits)
        : m_git(git), m_left(ids), m_cancel(cancel), m_limits(limits), m_end(std::chrono::steady_clock::now() + limits.time)
    {
    }

    VanishedSearch run(const QString &root, const QStringList &versionFolders)
    {
        git_repository *opened = nullptr;
        const int status = m_git.repositoryOpenExt(&opened, QFile::encodeName(root).constData(), 0, nullptr);
        if (status == GIT_ENOTFOUND)
            return {};
        if (status != 0) {
            const git_error *error = m_git.errorLast();
            m_search.remark = QStringLiteral("the git checkout cannot be read: %1").arg(error ? text(error->message) : QString::number(status));
            return std::move(m_search);
        }
        const GitOwned<git_repository> repository(opened, m_git.repositoryFree);
        m_repository = opened;
        const QString work = QDir::cleanPath(QFile::decodeName(QByteArray(m_git.repositoryWorkdir(opened))));
        const QString canonicalRoot = QFileInfo(root).canonicalFilePath();
        for (const QString &folder : versionFolders) {
            const QString canonical = QDir::cleanPath(canonicalRoot + QLatin1Char('/') + QDir(root).relativeFilePath(folder));
            if (const QString inside = QDir(QFileInfo(work).canonicalFilePath()).relativeFilePath(canonical); !inside.startsWith(QLatin1String("..")))
                m_folders << inside;
        }
        m_work = work;
        git_oid head;
        if (m_git.referenceNameToId(&head, m_repository, "HEAD") != 0)
            return std::move(m_search); // no commit yet
        lookInWorkingFolder(head);
        walk();
        lookOnBranches(head);
        if (!m_left.isEmpty() && m_search.remark.isEmpty() && m_git.repositoryIsShallow(m_repository) == 1)
            m_search.remark = QStringLiteral("the git checkout is shallow, so what its older commits removed is not known");
        return std::move(m_search);
    }

private:
    [[nodiscard]] bool isOver() const { return m_left.isEmpty() || (m_cancel && *m_cancel) || std::chrono::steady_clock::now() > m_end; }

    GitOwned<git_commit> commit(const git_oid &id) const
    {
        git_commit *found = nullptr;
        if (m_git.commitLookup(&found, m_repository, &id) != 0)
            found = nullptr;
        return {found, m_git.commitFree};
    }

    GitOwned<git_commit> parent(const git_commit *of, unsigned nth) const
    {
        git_commit *found = nullptr;
        if (m_git.commitParent(&found, of, nth) != 0)
            found = nullptr;
        return {found, m_git.commitFree};
    }

    GitOwned<git_tree> tree(const git_oid &id) const
    {
        git_tree *found = nullptr;
        if (m_git.treeLookup(&found, m_repository, &id) != 0)
            found = nullptr;
        return {found, m_git.treeFree};
    }

    /// The tree of a folder of the checkout as a commit has it; null: it has none.
    GitOwned<git_tree> folderOf(const git_commit *of, const QString &folder) const
    {
        git_tree *whole = nullptr;
        if (!of || m_git.commitTree(&whole, of) != 0)
            return {nullptr, m_git.treeFree};
        GitOwned<git_tree> root(whole, m_git.treeFree);
        if (folder == QLatin1String("."))
            return root;
        git_tree_entry *entry = nullptr;
        if (m_git.treeEntryBypath(&entry, whole, QFile::encodeName(folder).constData()) != 0)
            return {nullptr, m_git.treeFree};
        const GitOwned<git_tree_entry> owned(entry, m_git.treeEntryFree);
        if (m_git.treeEntryType(entry) != GIT_OBJECT_TREE)
            return {nullptr, m_git.treeFree};
        return tree(*m_git.treeEntryId(entry));
    }

    /// Trees are sorted, a folder as if its name ended in a slash.
    QByteArray sortName(const git_tree_entry *entry) const
    {
        const QByteArray name(m_git.treeEntryName(entry));
        return m_git.treeEntryType(entry) == GIT_OBJECT_TREE ? name + '/' : name;
    }

    void compare(const git_tree *before, const git_tree *after, const QString &folder, std::vector<Change> &changes) const
    {
        if (before && after && m_git.oidEqual(m_git.treeId(before), m_git.treeId(after)))
            return;
        const std::size_t beforeCount = before ? m_git.treeEntrycount(before) : 0;
        const std::size_t afterCount = after ? m_git.treeEntrycount(after) : 0;
        for (std::size_t i = 0, j = 0; (i < beforeCount || j < afterCount) && !isOver();) {
            const git_tree_entry *old = i < beforeCount ? m_git.treeEntryByindex(before, i) : nullptr;
            const git_tree_entry *now = j < afterCount ? m_git.treeEntryByindex(after, j) : nullptr;
            if (old && now && m_git.oidEqual(m_git.treeEntryId(old), m_git.treeEntryId(now)) &&
                qstrcmp(m_git.treeEntryName(old), m_git.treeEntryName(now)) == 0) {
                ++i;
                ++j;
                continue;
            }
            const int order = !old ? 1 : !now ? -1 : qstrcmp(sortName(old), sortName(now));
            const git_tree_entry *gone = order <= 0 ? old : nullptr;
            const git_tree_entry *come = order >= 0 ? now : nullptr;
            i += gone ? 1 : 0;
            j += come ? 1 : 0;
            entryChanged(gone, come, folder, changes);
        }
    }

    void entryChanged(const git_tree_entry *gone, const git_tree_entry *come, const QString &folder, std::vector<Change> &changes) const
    {
        const git_tree_entry *one = gone ? gone : come;
        const QString name = QFile::decodeName(QByteArray(m_git.treeEntryName(one)));
        const QString path = folder == QLatin1String(".") ? name : folder + QLatin1Char('/') + name;
        if (m_git.treeEntryType(one) == GIT_OBJECT_TREE) {
            const auto before = gone ? tree(*m_git.treeEntryId(gone)) : GitOwned<git_tree>(nullptr, m_git.treeFree);
            const auto after = come ? tree(*m_git.treeEntryId(come)) : GitOwned<git_tree>(nullptr, m_git.treeFree);
            compare(before.get(), after.get(), path, changes);
        } else if (m_git.treeEntryType(one) == GIT_OBJECT_BLOB && name.endsWith(QLatin1String(".py"))) {
            Change change{.path = path, .before = {}, .after = {}};
            if (gone)
                change.before = *m_git.treeEntryId(gone);
            if (come)
                change.after = *m_git.treeEntryId(come);
            changes.push_back(std::move(change));
        }
    }

    /// The id that a script assigns, read as text: what counts is whether it names one that is looked for.
    QString revisionIn(const git_oid &id) const
    {
        static const QRegularExpression assignment(QStringLiteral("^revision\\s*(?::[^=\\n]*)?=\\s*[\"']([^\"'\\n]+)[\"']"),
                                                   QRegularExpression::MultilineOption);
        git_blob *found = nullptr;
        if (m_git.blobLookup(&found, m_repository, &id) != 0)
            return {};
        const GitOwned<git_blob> blob(found, m_git.blobFree);
        constexpr git_object_size_t kMostBytes = 4 << 20;
        const auto size = std::min<git_object_size_t>(m_git.blobRawsize(found), kMostBytes);
        const QByteArray bytes = QByteArray::fromRawData(static_cast<const char *>(m_git.blobRawcontent(found)), static_cast<qsizetype>(size));
        if (std::ranges::none_of(m_left, [&](const QString &wanted) { return bytes.contains(wanted.toUtf8()); }))
            return {};
        return assignment.match(QString::fromUtf8(bytes)).captured(1);
    }

    /// `by`: the commit that is looked at, or none.
    void tell(const QString &id, Vanished vanished, const git_commit *by)
    {
        if (by) {
            char hex[GIT_OID_HEXSZ + 1];
            vanished.commit = QString::fromLatin1(m_git.oidTostr(hex, sizeof hex, &m_at));
            if (const git_signature *author = m_git.commitAuthor(by)) {
                vanished.author = text(author->name);
                vanished.date = QDateTime::fromSecsSinceEpoch(author->when.time, QTimeZone(author->when.offset * 60));
            }
            vanished.summary = text(m_git.commitSummary(const_cast<git_commit *>(by))); // reads it when first asked
        }
        m_search.found.insert(id, std::move(vanished));
        m_left.removeAll(id);
    }

    void lookInWorkingFolder(const git_oid &head)
    {
        const auto newest = commit(head);
        m_at = head;
        for (const QString &folder : m_folders) {
            std::vector<Change> all;
            compare(nullptr, folderOf(newest.get(), folder).get(), folder, all);
            for (const Change &script : all) {
                if (QFileInfo::exists(m_work + QLatin1Char('/') + script.path) || !script.after)
                    continue;
                if (const QString id = revisionIn(*script.after); m_left.contains(id))
                    tell(id,
                         {.how = Vanished::How::NotCommitted,
                          .path = script.path,
                          .commit = {},
                          .author = {},
                          .summary = {},
                          .date = {},
                          .branch = {}},
                         nullptr);
            }
        }
    }

    void walk()
    {
        git_revwalk *made = nullptr;
        if (isOver() || m_git.revwalkNew(&made, m_repository) != 0)
            return;
        const GitOwned<git_revwalk> walker(made, m_git.revwalkFree);
        m_git.revwalkSorting(made, GIT_SORT_TIME);
        if (m_git.revwalkPushHead(made) != 0)
            return;
        int commits = 0;
        bool hasEnded = false;
        while (!isOver() && commits < m_limits.commits) {
            hasEnded = m_git.revwalkNext(&m_at, made) != 0;
            if (hasEnded)
                break;
            ++commits;
            lookAt(commit(m_at).get());
        }
        // A merge that left out what one of its sides had; a commit that removed it would have been found.
        for (const auto &[id, merge] : m_byMerge.asKeyValueRange()) {
            if (m_left.contains(id)) {
                m_at = merge.second;
                tell(id, merge.first, commit(merge.second).get());
            }
        }
        if (!m_left.isEmpty() && !hasEnded)
            m_search.remark = QStringLiteral("only the newest %1 commits were looked at").arg(commits);
    }

    void lookAt(const git_commit *commit)
    {
        const unsigned parents = commit ? m_git.commitParentcount(commit) : 0;
        for (unsigned nth = 0; nth < parents && !isOver(); ++nth) {
            const auto before = parent(commit, nth);
            std::vector<Change> changes;
            for (const QString &folder : m_folders)
                compare(folderOf(before.get(), folder).get(), folderOf(commit, folder).get(), folder, changes);
            QStringList come;
            for (const Change &change : changes) {
                if (change.after)
                    come << revisionIn(*change.after);
            }
            for (const Change &change : changes) {
                const QString id = change.before ? revisionIn(*change.before) : QString();
                if (!m_left.contains(id) || come.contains(id))
                    continue;
                const Vanished vanished{.how = change.after ? Vanished::How::GivenOtherId : Vanished::How::Removed,
                                        .path = change.path,
                                        .commit = {},
                                        .author = {},
                                        .summary = {},
                                        .date = {},
                                        .branch = {}};
                if (parents == 1)
                    tell(id, vanished, commit);
                else if (!m_byMerge.contains(id))
                    m_byMerge.insert(id, {vanished, m_at});
            }
        }
    }

    void lookOnBranches(const git_oid &head)
    {
        git_branch_iterator *made = nullptr;
        if (isOver() || m_git.branchIteratorNew(&made, m_repository, GIT_BRANCH_ALL) != 0)
            return;
        const GitOwned<git_branch_iterator> iterator(made, m_git.branchIteratorFree);
        const auto here = commit(head);
        git_reference *next = nullptr;
        git_branch_t kind{};
        while (!isOver() && m_git.branchNext(&next, &kind, made) == 0) {
            const GitOwned<git_reference> reference(next, m_git.referenceFree);
            const QString name = text(m_git.referenceShorthand(next));
            git_reference *direct = nullptr;
            if (m_git.referenceResolve(&direct, next) != 0)
                continue;
            const GitOwned<git_reference> resolved(direct, m_git.referenceFree);
            m_at = *m_git.referenceTarget(direct);
            const auto tip = commit(m_at);
            for (const QString &folder : m_folders) {
                std::vector<Change> changes;
                compare(folderOf(here.get(), folder).get(), folderOf(tip.get(), folder).get(), folder, changes);
                for (const Change &change : changes) {
                    if (const QString id = change.after ? revisionIn(*change.after) : QString(); m_left.contains(id))
                        tell(id,
                             {.how = Vanished::How::OnBranch,
                              .path = change.path,
                              .commit = {},
                              .author = {},
                              .summary = {},
                              .date = {},
                              .branch = name},
                             tip.get());
                }
            }
        }
    }

    const GitLibrary &m_git;
    QStringList m_left;
    const std::atomic<bool> *m_cancel;
    const SearchLimits m_limits;
    const std::chrono::steady_clock::time_point m_end;
    git_repository *m_repository = nullptr;
    QString m_work;
    QStringList m_folders; ///< in the checkout
    git_oid m_at{};        ///< the commit that is looked at
    QHash<QString, std::pair<Vanished, git_oid>> m_byMerge;
    VanishedSearch m_search;
};

} // namespace

VanishedSearch findVanished(const QStringList &ids, const QString &root, const QStringList &versionFolders, const std::atomic<bool> *cancel,
                            const SearchLimits &limits)
{
    if (ids.isEmpty())
        return {};
    const GitLibrary *git = GitLibrary::loaded();
    if (!git)
        return {.found = {}, .remark = QStringLiteral("libgit2 is not installed, so git's history is not read")};
    return Search(*git, ids, cancel, limits).run(root, versionFolders);
}

QString sentence(const Vanished &vanished)
{
    const QString commit = QStringLiteral("%1 (%2, %3: %4)")
                               .arg(vanished.commit.left(10), vanished.date.date().toString(Qt::ISODate), vanished.author, vanished.summary);
    switch (vanished.how) {
    case Vanished::How::NotCommitted:
        return QStringLiteral("%1 is missing in the working folder only: the newest commit has it.").arg(vanished.path);
    case Vanished::How::Removed:
        return QStringLiteral("Commit %1 removed %2.").arg(commit, vanished.path);
    case Vanished::How::GivenOtherId:
        return QStringLiteral("Commit %1 gave %2 another revision id.").arg(commit, vanished.path);
    case Vanished::How::OnBranch:
        return QStringLiteral("Branch %1 has it, in %2; commit %3.").arg(vanished.branch, vanished.path, commit);
    }
    return {};
}

} // namespace stillroom::project
