// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <vector>

namespace sluice::deps {

/// Needs of a name alone, where the lockfile does not tell which of its entries is meant: they are of each. A lockfile
/// in which a thousand packages need a name that has a thousand entries is none that a package manager wrote, and is
/// not followed to the last of its million ways.
class GuessedNeeds
{
public:
  static constexpr std::size_t most = 1'000'000;

  /// Calls `need` with each of the entries, or of the first one only once there were too many, which is a gap.
  template<typename Call>
  void
  add(const std::vector<PackageId>& entries, PackageList& list, const Call& need)
  {
    const std::size_t few = count_ > most ? std::size_t{1} : entries.size();
    for (std::size_t i = 0; i < few && i < entries.size(); ++i) {
      need(entries[i]);
    }
    count_ += few;
    if (count_ > most && !is_told_) {
      is_told_ = true;
      list.gap(
          GapKind::too_many, 0,
          "it does not tell which of the entries of a name are needed, and so often that not every way was followed");
    }
  }

private:
  std::size_t count_ = 0;
  bool is_told_ = false;
};

}  // namespace sluice::deps
