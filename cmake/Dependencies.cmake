# SPDX-License-Identifier: Apache-2.0
# Every library that the project uses, all Debian packages (scripts/install-dependencies names them).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# Of libcrypto every run needs digests, which are a few objects of its archive; to load all of it took two fifths of the
# instructions of a start. What signs is loaded on use: it would bring the archive whole, with zstd's on Debian 13. Nothing
# of it is visible to the libcrypto that libcurl and libgit2 load.
find_library(CRYPTO_ARCHIVE libcrypto.a REQUIRED)
add_library(OpenSSL::digests STATIC IMPORTED)
set_target_properties(OpenSSL::digests PROPERTIES IMPORTED_LOCATION ${CRYPTO_ARCHIVE}
  INTERFACE_INCLUDE_DIRECTORIES ${OPENSSL_INCLUDE_DIR} INTERFACE_LINK_OPTIONS -Wl,--exclude-libs,libcrypto.a)

# What every run would load is linked from archives where Debian has them: a run lasts a few milliseconds, and the loader
# takes one of them for every ten libraries.
option(SLUICE_ARCHIVES "Link libraries from archives where there are some" OFF)
if(SLUICE_ARCHIVES)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a .so)
endif()
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
if(SLUICE_TESTS)
  find_package(doctest REQUIRED)
endif()


pkg_check_modules(libdeflate REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(libhs REQUIRED IMPORTED_TARGET libhs)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)

# Its own package names the shared library alone, and in Debian 12 without a namespace.
find_path(YAML_CPP_INCLUDE_DIR yaml-cpp/yaml.h REQUIRED)
find_library(YAML_CPP_LIBRARY yaml-cpp REQUIRED)
add_library(yaml-cpp::yaml-cpp UNKNOWN IMPORTED)
set_target_properties(yaml-cpp::yaml-cpp PROPERTIES
  IMPORTED_LOCATION ${YAML_CPP_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${YAML_CPP_INCLUDE_DIR})

set(CMAKE_FIND_LIBRARY_SUFFIXES .so)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)  # its archive needs those of Abseil on Debian 13
find_package(CURL REQUIRED)
find_package(date REQUIRED)
pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET libgit2>=1.5)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)

# sluice_loaded_on_use(TARGET NAME LIBRARY): TARGET loads the shared library when it first uses it (base/shared_library.hpp), by
# the name that the loader knows it by, which is defined as SLUICE_SONAME_NAME. Its headers are TARGET's to include.
function(sluice_loaded_on_use target name library)
  get_target_property(headers ${library} INTERFACE_INCLUDE_DIRECTORIES)
  if(headers)
    target_include_directories(${target} SYSTEM PRIVATE ${headers})
  endif()
  get_target_property(file ${library} IMPORTED_LOCATION)
  if(NOT file)
    get_target_property(file ${library} INTERFACE_LINK_LIBRARIES)
  endif()
  execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${file} OUTPUT_VARIABLE headers COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCH "SONAME +([^\n ]+)" found "${headers}")
  target_compile_definitions(${target} PRIVATE SLUICE_SONAME_${name}="${CMAKE_MATCH_1}")
endfunction()

find_path(PG_QUERY_INCLUDE_DIR pg_query.h REQUIRED)
find_library(PG_QUERY_LIBRARY pg_query REQUIRED)
add_library(pg_query::pg_query UNKNOWN IMPORTED)
set_target_properties(pg_query::pg_query PROPERTIES
  IMPORTED_LOCATION ${PG_QUERY_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${PG_QUERY_INCLUDE_DIR})

# Object files are shared between checkouts: nothing in them depends on where the checkout is (see precompile.sh).
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
