# SPDX-License-Identifier: GPL-3.0-or-later
# A room is one folder and one library: static in what is shipped, shared (BUILD_SHARED_LIBS) where tests are built, so that
# a hundred test programs do not each carry the whole core. What it may include is what it links: each room's include folder holds a
# link to that room alone, so an include of a room that is not linked does not build (docs/architecture.md, "Floors").

add_library(stillroom_flags INTERFACE)
target_compile_options(stillroom_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.")
target_compile_definitions(stillroom_flags INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS
    QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400)
# GCC 12 sees overlaps and unset values within the standard library's own strings and optionals once it inlines them
# (GCC bugs 105651 and 105562). The sanitizer build, where warnings are errors, keeps both warnings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13 AND CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(stillroom_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(STILLROOM_WERROR)
    target_compile_options(stillroom_flags INTERFACE -Werror)
endif()
if(STILLROOM_SANITIZE)
    target_compile_options(stillroom_flags INTERFACE -fsanitize=${STILLROOM_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(stillroom_flags INTERFACE -fsanitize=${STILLROOM_SANITIZE})
    if(STILLROOM_SANITIZE MATCHES undefined)
        target_compile_options(stillroom_flags INTERFACE -fno-sanitize-recover=undefined)
    endif()
endif()

# stillroom_room(NAME FOLDER LINKS rooms... PUBLIC libraries... PRIVATE libraries...)
# Sources are all .cpp files of the folder. Rooms are linked PRIVATE: what a room links is all that it may include, nothing comes through a neighbour.
function(stillroom_room name folder)
    cmake_parse_arguments(ROOM "" "" "LINKS;PUBLIC;PRIVATE" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.h)
    add_library(stillroom_${name} ${sources})
    set(farm ${CMAKE_BINARY_DIR}/include/${name})
    file(MAKE_DIRECTORY ${farm})
    file(CREATE_LINK ${folder} ${farm}/${name} SYMBOLIC)
    target_include_directories(stillroom_${name} PUBLIC ${farm})
    # no name of the library on the command line: static and shared share the compiler cache
    set_target_properties(stillroom_${name} PROPERTIES AUTOMOC ${Qt6Core_FOUND} DEFINE_SYMBOL "")
    target_link_libraries(stillroom_${name} PUBLIC stillroom_flags Qt6::Core ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
    foreach(room IN LISTS ROOM_LINKS)
        target_link_libraries(stillroom_${name} PRIVATE stillroom_${room})
    endforeach()
    set_property(GLOBAL APPEND PROPERTY STILLROOM_ROOMS ${name})
    set_property(GLOBAL PROPERTY STILLROOM_LINKS_${name} "${ROOM_LINKS}")
endfunction()

# All rooms below a room, itself included.
function(stillroom_rooms_below room out)
    set(seen ${room})
    get_property(links GLOBAL PROPERTY STILLROOM_LINKS_${room})
    foreach(link IN LISTS links)
        stillroom_rooms_below(${link} below)
        list(APPEND seen ${below})
    endforeach()
    list(REMOVE_DUPLICATES seen)
    set(${out} ${seen} PARENT_SCOPE)
endfunction()

# stillroom_test(NAME SOURCE libraries...): one Qt Test executable and one ctest entry. A test of a room sees all rooms below it.
function(stillroom_test name source)
    add_executable(${name} ${source})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE stillroom_flags Qt6::Test stillroom_ownfolders)
    foreach(library IN LISTS ARGN)
        if(library MATCHES "^stillroom_(.*)$" AND NOT library STREQUAL stillroom_testsupport)
            stillroom_rooms_below(${CMAKE_MATCH_1} rooms)
            list(TRANSFORM rooms PREPEND stillroom_)
            target_link_libraries(${name} PRIVATE ${rooms})
        else()
            target_link_libraries(${name} PRIVATE ${library})
        endif()
    endforeach()
    target_compile_definitions(${name} PRIVATE STILLROOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" STILLROOM_BINARY_DIR="${CMAKE_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;STILLROOM_TEST_FOLDERS=${CMAKE_BINARY_DIR}/tests;XDG_DATA_HOME=${CMAKE_BINARY_DIR}/tests/data;XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/tests/cache;XDG_CONFIG_HOME=${CMAKE_BINARY_DIR}/tests/config;LANG=C.UTF-8;LC_ALL=C.UTF-8;TZ=UTC;QT_FONT_DPI=96;QT_SCALE_FACTOR=1" TIMEOUT 900)
endfunction()

function(stillroom_write_room_links file)
    get_property(rooms GLOBAL PROPERTY STILLROOM_ROOMS)
    set(text "")
    foreach(room IN LISTS rooms)
        get_property(links GLOBAL PROPERTY STILLROOM_LINKS_${room})
        string(APPEND text "${room}: ${links}\n")
    endforeach()
    file(WRITE ${file} "${text}")
endfunction()
