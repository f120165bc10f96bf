// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/database.hpp"
#include "deps/locked_files.hpp"

#include <cstdint>
#include <vector>

namespace sluice::deps {

/// A version that a change locks so soon after it was published that nobody may have looked at it yet.
struct YoungRelease
{
  const LockedFile* file = nullptr;  ///< never null
  PackageId id = 0;
  std::int64_t days = 0;  ///< since it was published; negative: it will be
};

struct YoungReleases
{
  std::vector<YoungRelease> releases;
  std::vector<Gap> gaps;  ///< of files that do not tell when their packages were published
};

/// Of versions that the base does not have, those that are younger than `least` days on the day `today`, without those
/// that lack an advisory which the base's version has. Errors (ErrorKind::unavailable): an index is damaged.
[[nodiscard]] Result<YoungReleases> young_releases(const LockedFiles& locked, const Database& database,
                                                   std::int64_t least, Date today);

}  // namespace sluice::deps
