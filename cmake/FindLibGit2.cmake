# SPDX-License-Identifier: GPL-3.0-or-later
# libgit2's headers. The library is loaded when a history is asked for (core/project/gitlibrary.h), so nothing links it.
find_path(LibGit2_INCLUDE_DIR git2.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibGit2 REQUIRED_VARS LibGit2_INCLUDE_DIR)
if(LibGit2_FOUND AND NOT TARGET LibGit2::Headers)
    add_library(LibGit2::Headers INTERFACE IMPORTED)
    set_target_properties(LibGit2::Headers PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${LibGit2_INCLUDE_DIR})
endif()
