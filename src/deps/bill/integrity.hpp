// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct Hash
{
  std::string_view algorithm;  ///< as CycloneDX spells it, "SHA-512"
  std::string hex;             ///< lower-case
};

/// The hashes of the file that a package is fetched as, each algorithm once. None if the integrity is of something
/// else (a tree, a manifest, a cache's own archive), or of several files of which any may be installed.
[[nodiscard]] std::vector<Hash> file_hashes(const Package& package);

}  // namespace sluice::deps
