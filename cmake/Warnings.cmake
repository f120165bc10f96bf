# Flags that every target of ours compiles with: `sluice_settings`.
option(SLUICE_WERROR "Warnings are errors" OFF)
option(SLUICE_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(SLUICE_LTO "Link-time optimisation" OFF)

add_library(sluice_settings INTERFACE)
target_compile_options(sluice_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
  -Wconversion -Wno-sign-conversion -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough
  -fstack-protector-strong -pthread)
target_link_options(sluice_settings INTERFACE -pthread)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Both are false alarms of g++ 12 inside the standard library at -O2 and with sanitizers.
  target_compile_options(sluice_settings INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -fpch-preprocess)
endif()
if(SLUICE_WERROR)
  target_compile_options(sluice_settings INTERFACE -Werror)
endif()
if(SLUICE_SANITIZE)
  # -g1: lines are what a sanitizer prints, and all that the tests need.
  target_compile_options(sluice_settings INTERFACE -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_link_options(sluice_settings INTERFACE -fsanitize=address,undefined)
endif()
if(SLUICE_FUZZ)
  target_compile_options(sluice_settings INTERFACE -O1 -gline-tables-only -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
  target_link_options(sluice_settings INTERFACE -fsanitize=address,undefined)
endif()
if(SLUICE_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()
