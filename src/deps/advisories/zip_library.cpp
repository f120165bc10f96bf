// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/zip_library.hpp"

#include "base/shared_library.hpp"

namespace sluice::deps {

namespace {

Result<ZipLibrary>
load()
{
  TRY_ASSIGN(const SharedLibrary library, SharedLibrary::load(SLUICE_SONAME_ZIP));
  ZipLibrary zip;
  TRY(library.bind("zip_open", zip.open));
  TRY(library.bind("zip_discard", zip.discard));
  TRY(library.bind("zip_error_init_with_code", zip.error_init_with_code));
  TRY(library.bind("zip_error_strerror", zip.error_strerror));
  TRY(library.bind("zip_error_fini", zip.error_fini));
  TRY(library.bind("zip_get_num_entries", zip.get_num_entries));
  TRY(library.bind("zip_stat_init", zip.stat_init));
  TRY(library.bind("zip_stat_index", zip.stat_index));
  TRY(library.bind("zip_fopen_index", zip.fopen_index));
  TRY(library.bind("zip_fread", zip.fread));
  TRY(library.bind("zip_fclose", zip.fclose));
  return zip;
}

}  // namespace

Result<const ZipLibrary*>
zip_library()
{
  static const Result<ZipLibrary> loaded = load();
  if (!loaded) {
    return Failure(loaded.error());
  }
  return &*loaded;
}

}  // namespace sluice::deps
