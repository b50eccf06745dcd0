// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <git2.h>

#include <memory>

/// libgit2, loaded when it is first needed: linked, it and what it links would make every start of the command line half as long
/// again. It reads a checkout's objects itself, and runs neither hooks nor filters nor aliases, unlike `git`.
namespace stillroom::project {

struct GitLibrary {
    /// nullptr: it is not installed.
    [[nodiscard]] static const GitLibrary *loaded();

    decltype(&::git_libgit2_init) libgit2Init = nullptr;
    decltype(&::git_error_last) errorLast = nullptr;
    decltype(&::git_repository_open_ext) repositoryOpenExt = nullptr;
    decltype(&::git_repository_free) repositoryFree = nullptr;
    decltype(&::git_repository_workdir) repositoryWorkdir = nullptr;
    decltype(&::git_repository_is_shallow) repositoryIsShallow = nullptr;
    decltype(&::git_revwalk_new) revwalkNew = nullptr;
    decltype(&::git_revwalk_free) revwalkFree = nullptr;
    decltype(&::git_revwalk_sorting) revwalkSorting = nullptr;
    decltype(&::git_revwalk_push_head) revwalkPushHead = nullptr;
    decltype(&::git_revwalk_next) revwalkNext = nullptr;
    decltype(&::git_reference_name_to_id) referenceNameToId = nullptr;
    decltype(&::git_reference_free) referenceFree = nullptr;
    decltype(&::git_reference_resolve) referenceResolve = nullptr;
    decltype(&::git_reference_target) referenceTarget = nullptr;
    decltype(&::git_reference_shorthand) referenceShorthand = nullptr;
    decltype(&::git_branch_iterator_new) branchIteratorNew = nullptr;
    decltype(&::git_branch_iterator_free) branchIteratorFree = nullptr;
    decltype(&::git_branch_next) branchNext = nullptr;
    decltype(&::git_commit_lookup) commitLookup = nullptr;
    decltype(&::git_commit_free) commitFree = nullptr;
    decltype(&::git_commit_tree) commitTree = nullptr;
    decltype(&::git_commit_parentcount) commitParentcount = nullptr;
    decltype(&::git_commit_parent) commitParent = nullptr;
    decltype(&::git_commit_author) commitAuthor = nullptr;
    decltype(&::git_commit_summary) commitSummary = nullptr;
    decltype(&::git_tree_lookup) treeLookup = nullptr;
    decltype(&::git_tree_free) treeFree = nullptr;
    decltype(&::git_tree_id) treeId = nullptr;
    decltype(&::git_tree_entrycount) treeEntrycount = nullptr;
    decltype(&::git_tree_entry_byindex) treeEntryByindex = nullptr;
    decltype(&::git_tree_entry_bypath) treeEntryBypath = nullptr;
    decltype(&::git_tree_entry_free) treeEntryFree = nullptr;
    decltype(&::git_tree_entry_name) treeEntryName = nullptr;
    decltype(&::git_tree_entry_id) treeEntryId = nullptr;
    decltype(&::git_tree_entry_type) treeEntryType = nullptr;
    decltype(&::git_blob_lookup) blobLookup = nullptr;
    decltype(&::git_blob_free) blobFree = nullptr;
    decltype(&::git_blob_rawcontent) blobRawcontent = nullptr;
    decltype(&::git_blob_rawsize) blobRawsize = nullptr;
    decltype(&::git_oid_equal) oidEqual = nullptr;
    decltype(&::git_oid_tostr) oidTostr = nullptr;
};

template<class T>
using GitOwned = std::unique_ptr<T, void (*)(T *)>;

} // namespace stillroom::project
