// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/object_id.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::git {

/// An entry of the index (gitformat-index(5)).
struct IndexEntry
{
  std::string path;  ///< ends in '/' for a directory of a sparse index, whose id is a tree's
  ObjectId id;
  std::uint32_t mode = 0;
  int stage = 0;                  ///< 1–3 while a merge is in conflict
  bool is_skipped = false;        ///< outside of a sparse checkout: not in the work tree
  bool is_intent_to_add = false;  ///< `git add --intent-to-add`: no content yet
};

/// Reads versions 2, 3 and 4, SHA-1 and SHA-256, sparse. A split index and whatever else must be understood and is not
/// fails by name. libgit2 1.5 reads neither SHA-256 nor sparse ones, hence our own reader.
[[nodiscard]] Result<std::vector<IndexEntry>> parse_index(std::string_view bytes, std::uint8_t id_size,
                                                          std::string_view name);

}  // namespace sluice::git
