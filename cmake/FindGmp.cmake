# SPDX-License-Identifier: GPL-3.0-or-later
# Gives Gmp::Gmp (the C library; Python's integers have no bounds).
find_path(Gmp_INCLUDE_DIR gmp.h)
find_library(Gmp_LIBRARY gmp)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Gmp REQUIRED_VARS Gmp_LIBRARY Gmp_INCLUDE_DIR)
if(Gmp_FOUND AND NOT TARGET Gmp::Gmp)
    add_library(Gmp::Gmp UNKNOWN IMPORTED)
    set_target_properties(Gmp::Gmp PROPERTIES IMPORTED_LOCATION ${Gmp_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Gmp_INCLUDE_DIR})
endif()
