// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"

#include <filesystem>
#include <vector>

namespace sluice::env {

/// The files of `--store` and `--fingerprints`.
struct GivenFiles
{
  std::vector<GivenStore> stores;
  std::vector<FingerprintSet> fingerprints;
};

/// Reads them; relative paths start at `directory`. Errors: ErrorKind::usage, one cannot be read; ErrorKind::input, one
/// is no file of fingerprints, or two were made with different keys, so that nothing can be compared.
[[nodiscard]] Result<GivenFiles> given_files(const EnvOptions& options, const std::filesystem::path& directory);

}  // namespace sluice::env
