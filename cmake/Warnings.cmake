# SPDX-License-Identifier: Apache-2.0
# Flags that every target of ours compiles with: `sluice_settings` what is shipped and what the fuzzer drives,
# `sluice_test_settings` the tests themselves.
option(SLUICE_WERROR "Warnings are errors" OFF)
option(SLUICE_SANITIZE "AddressSanitizer, UndefinedBehaviorSanitizer and libFuzzer's coverage (clang)" OFF)
option(SLUICE_LTO "Link-time optimisation" OFF)

if(SLUICE_SANITIZE AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "SLUICE_SANITIZE needs clang, for libFuzzer; `cmake --preset dev` asks for it")
endif()

foreach(settings sluice_settings sluice_test_settings)
  add_library(${settings} INTERFACE)
  target_compile_options(${settings} INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
    -Wconversion -Wno-sign-conversion -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough
    -fstack-protector-strong -pthread)
  # A library that nothing of an executable calls is not loaded by it.
  target_link_options(${settings} INTERFACE -pthread -Wl,--as-needed)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Both are false alarms of g++ 12 inside the standard library at -O2.
    target_compile_options(${settings} INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -fpch-preprocess)
  else()
    target_compile_options(${settings} INTERFACE -Wreserved-identifier)
  endif()
  if(SLUICE_WERROR)
    target_compile_options(${settings} INTERFACE -Werror)
  endif()
  if(SLUICE_SANITIZE)
    # -g1: lines are what a sanitizer prints, and all that the tests need. They are told from the build directory, so
    # that an object file does not depend on where the checkout is.
    target_compile_options(${settings} INTERFACE -g1 -fdebug-compilation-dir=. -fno-omit-frame-pointer
      -fsanitize=address,undefined -fno-sanitize-recover=all)
    target_link_options(${settings} INTERFACE -fsanitize=address,undefined)
  endif()
endforeach()

# Tests name only the fields that matter to them.
target_compile_options(sluice_test_settings INTERFACE -Wno-missing-field-initializers)

# One build serves the unit tests and the fuzz targets: the coverage that libFuzzer steers by costs 8 % of the compile
# time of what is tested, a second build costs all of it. A test's own text is compiled once and run once: optimising
# it triples its compile time, and what it tests is optimised anyhow.
if(SLUICE_SANITIZE)
  target_compile_options(sluice_settings INTERFACE -O1 -fsanitize=fuzzer-no-link)
  target_compile_options(sluice_test_settings INTERFACE -O0)
endif()
if(SLUICE_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()
