# One static library per directory of src/, one executable per file of src/tools/, one test executable per
# directory of tests/unit/.
option(SLUICE_PCH "Precompile the standard library's headers" ON)

# The one precompiled header; every target of ours reuses it.
# file(WRITE) would make it new in every configuration, and with it all that is built.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/pch.cpp CONTENT "")
add_library(sluice_pch OBJECT ${CMAKE_BINARY_DIR}/generated/pch.cpp)
target_link_libraries(sluice_pch PUBLIC sluice_settings fmt::fmt tl::expected)
if(SLUICE_PCH)
  target_precompile_headers(sluice_pch PRIVATE
    <algorithm> <array> <atomic> <chrono> <cstdint> <cstring> <deque> <filesystem> <functional> <map> <memory>
    <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <unordered_set> <vector>
    <fmt/format.h> <tl/expected.hpp>)
endif()

function(sluice_compile target)
  target_link_libraries(${target} PRIVATE sluice_settings fmt::fmt tl::expected)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  if(SLUICE_PCH)
    target_precompile_headers(${target} REUSE_FROM sluice_pch)
  endif()
endfunction()

# sluice_library(NAME LINKS … PRIVATE_LINKS …): src/NAME/*.cpp and deeper, except the directories of kinds, whose files
# a registry names (see RuleRegistry).
function(sluice_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS;PRIVATE_LINKS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/(rules|lockfiles|versions|frameworks|dialects|checks|platforms)/[^/]+$")
  add_library(sluice_${name} STATIC ${sources} ${CMAKE_BINARY_DIR}/generated/pch.cpp)
  set_target_properties(sluice_${name} PROPERTIES LINKER_LANGUAGE CXX)
  sluice_compile(sluice_${name})
  target_link_libraries(sluice_${name} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
endfunction()

function(sluice_tool name)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/src/tools/${name}.cpp)
    return()
  endif()
  add_executable(${name} ${CMAKE_SOURCE_DIR}/src/tools/${name}.cpp)
  sluice_compile(${name})
  target_link_libraries(${name} PRIVATE ${ARGN})
endfunction()

# sluice_test(NAME LIBRARY…): tests/unit/NAME/*.cpp as one doctest executable test_NAME.
function(sluice_test name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources} $<TARGET_OBJECTS:sluice_test_main>)
  sluice_compile(test_${name})
  # Tests name only the fields that matter to them.
  target_compile_options(test_${name} PRIVATE -Wno-missing-field-initializers)
  target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(test_${name} PRIVATE SLUICE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SLUICE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(test_${name} PRIVATE ${ARGN} sluice_test_support doctest::doctest)
  add_test(NAME unit.${name} COMMAND test_${name})
endfunction()
