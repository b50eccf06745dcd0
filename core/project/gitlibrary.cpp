// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/gitlibrary.h"

#include <QLibrary>

namespace stillroom::project {

namespace {

std::unique_ptr<GitLibrary> load()
{
    QLibrary file(QStringLiteral("git2"), QStringLiteral(LIBGIT2_SOVERSION));
    auto git = std::make_unique<GitLibrary>();
    bool isWhole = true;
    const auto take = [&](auto &function, const char *name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(file.resolve(name));
        isWhole = isWhole && function;
    };
    take(git->libgit2Init, "git_libgit2_init");
    take(git->errorLast, "git_error_last");
    take(git->repositoryOpenExt, "git_repository_open_ext");
    take(git->repositoryFree, "git_repository_free");
    take(git->repositoryWorkdir, "git_repository_workdir");
    take(git->repositoryIsShallow, "git_repository_is_shallow");
    take(git->revwalkNew, "git_revwalk_new");
    take(git->revwalkFree, "git_revwalk_free");
    take(git->revwalkSorting, "git_revwalk_sorting");
    take(git->revwalkPushHead, "git_revwalk_push_head");
    take(git->revwalkNext, "git_revwalk_next");
    take(git->referenceNameToId, "git_reference_name_to_id");
    take(git->referenceFree, "git_reference_free");
    take(git->referenceResolve, "git_reference_resolve");
    take(git->referenceTarget, "git_reference_target");
    take(git->referenceShorthand, "git_reference_shorthand");
    take(git->branchIteratorNew, "git_branch_iterator_new");
    take(git->branchIteratorFree, "git_branch_iterator_free");
    take(git->branchNext, "git_branch_next");
    take(git->commitLookup, "git_commit_lookup");
    take(git->commitFree, "git_commit_free");
    take(git->commitTree, "git_commit_tree");
    take(git->commitParentcount, "git_commit_parentcount");
    take(git->commitParent, "git_commit_parent");
    take(git->commitAuthor, "git_commit_author");
    take(git->commitSummary, "git_commit_summary");
    take(git->treeLookup, "git_tree_lookup");
    take(git->treeFree, "git_tree_free");
    take(git->treeId, "git_tree_id");
    take(git->treeEntrycount, "git_tree_entrycount");
    take(git->treeEntryByindex, "git_tree_entry_byindex");
    take(git->treeEntryBypath, "git_tree_entry_bypath");
    take(git->treeEntryFree, "git_tree_entry_free");
    take(git->treeEntryName, "git_tree_entry_name");
    take(git->treeEntryId, "git_tree_entry_id");
    take(git->treeEntryType, "git_tree_entry_type");
    take(git->blobLookup, "git_blob_lookup");
    take(git->blobFree, "git_blob_free");
    take(git->blobRawcontent, "git_blob_rawcontent");
    take(git->blobRawsize, "git_blob_rawsize");
    take(git->oidEqual, "git_oid_equal");
    take(git->oidTostr, "git_oid_tostr");
    if (!isWhole || git->libgit2Init() < 0)
        return nullptr;
    return git;
}

} // namespace

const GitLibrary *GitLibrary::loaded()
{
    static const std::unique_ptr<GitLibrary> library = load(); // for the process's life: its state is not to be shut down under a thread
    return library.get();
}

} // namespace stillroom::project
