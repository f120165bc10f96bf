# SPDX-License-Identifier: Apache-2.0
# One static library per directory of src/, one executable per file of src/tools/.
option(SLUICE_PCH "Precompile the standard library's headers" ON)

# By the driver's option, whose path ccache makes relative, and not by CMake's -Xclang, whose words it cannot know.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -include-pch <PCH_FILE>)
endif()

# sluice_precompile(TARGET SETTINGS HEADERS…): a precompiled header that other targets with SETTINGS reuse.
function(sluice_precompile target settings)
  # file(WRITE) would make it new in every configuration, and with it all that is built.
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/pch.cpp CONTENT "")
  add_library(${target} OBJECT ${CMAKE_BINARY_DIR}/generated/pch.cpp)
  target_link_libraries(${target} PUBLIC ${settings} fmt::fmt tl::expected)
  if(SLUICE_PCH)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "sh;${CMAKE_SOURCE_DIR}/cmake/precompile.sh")
  endif()
endfunction()

set(SLUICE_PRECOMPILED
  <algorithm> <array> <atomic> <chrono> <cstdint> <cstring> <deque> <filesystem> <functional> <map> <memory>
  <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <unordered_set> <vector>
  <fmt/format.h> <tl/expected.hpp>)
sluice_precompile(sluice_pch sluice_settings ${SLUICE_PRECOMPILED})

function(sluice_compile target)
  target_link_libraries(${target} PRIVATE sluice_settings fmt::fmt tl::expected)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  if(SLUICE_PCH)
    target_precompile_headers(${target} REUSE_FROM sluice_pch)
  endif()
endfunction()

# sluice_library(NAME LINKS … PRIVATE_LINKS … KINDS …): src/NAME/*.cpp and deeper, except the directories of KINDS, whose
# files a registry names (see RuleRegistry).
function(sluice_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS;PRIVATE_LINKS;KINDS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  foreach(kind IN LISTS arg_KINDS)
    list(FILTER sources EXCLUDE REGEX "/src/${name}/${kind}/[^/]+$")
  endforeach()
  add_library(sluice_${name} STATIC ${sources} ${CMAKE_BINARY_DIR}/generated/pch.cpp)
  set_target_properties(sluice_${name} PROPERTIES LINKER_LANGUAGE CXX)
  sluice_compile(sluice_${name})
  target_link_libraries(sluice_${name} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
endfunction()

# sluice_tool(NAME LIBRARY…): src/tools/NAME.cpp; the global property SLUICE_TOOLS lists them all.
function(sluice_tool name)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/src/tools/${name}.cpp)
  sluice_compile(${name})
  target_link_libraries(${name} PRIVATE ${ARGN})
  set_property(GLOBAL APPEND PROPERTY SLUICE_TOOLS ${name})
endfunction()
