// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "git/object_id.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
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

/// What a split index says of the shared one (`sharedindex.<id>`) that it changes.
struct IndexLink
{
  ObjectId shared;                      ///< only zeros: there is none
  std::vector<std::uint32_t> deleted;   ///< positions among its entries, ascending
  std::vector<std::uint32_t> replaced;  ///< in the order of the entries without path
};

struct ParsedIndex
{
  std::vector<IndexEntry> entries;  ///< without a link every one has a path
  std::optional<IndexLink> link;    ///< of a split index
};

/// Reads versions 2, 3 and 4, SHA-1 and SHA-256, sparse, split; its checksum does not matter here. Errors:
/// ErrorKind::input if it is damaged; ErrorKind::environment, by name, if it needs to be understood and is not. libgit2
/// 1.5 reads neither SHA-256 nor sparse ones, hence our own reader.
[[nodiscard]] Result<ParsedIndex> parse_index(std::string_view bytes, std::uint8_t id_size, std::string_view name);

/// Reads the index of `git_directory` that is `file`, checks it, and joins it with its shared one if it is split.
/// Nothing is in one that does not exist. Errors as above, and ErrorKind::unavailable if a file cannot be read.
[[nodiscard]] Result<std::vector<IndexEntry>>
load_index(const std::filesystem::path& file, const std::filesystem::path& git_directory, std::uint8_t id_size);

}  // namespace sluice::git
