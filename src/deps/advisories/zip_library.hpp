// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <zip.h>

namespace sluice::deps {

/// What is used of libzip, each under its name there without the first part.
struct ZipLibrary
{
  decltype(&::zip_open) open = nullptr;
  decltype(&::zip_discard) discard = nullptr;
  decltype(&::zip_error_init_with_code) error_init_with_code = nullptr;
  decltype(&::zip_error_strerror) error_strerror = nullptr;
  decltype(&::zip_error_fini) error_fini = nullptr;
  decltype(&::zip_get_num_entries) get_num_entries = nullptr;
  decltype(&::zip_stat_init) stat_init = nullptr;
  decltype(&::zip_stat_index) stat_index = nullptr;
  decltype(&::zip_fopen_index) fopen_index = nullptr;
  decltype(&::zip_fread) fread = nullptr;
  decltype(&::zip_fclose) fclose = nullptr;
};

/// Loads it once for the process. Errors (ErrorKind::environment): it cannot be.
[[nodiscard]] Result<const ZipLibrary*> zip_library();

}  // namespace sluice::deps
