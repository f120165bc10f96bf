// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/file_tree.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::test {

/// Files in memory, without links, that count how often they are asked for.
class MemoryTree final : public gate::FileTree
{
public:
  MemoryTree() = default;
  explicit MemoryTree(std::map<std::string, std::string, std::less<>> all)
      : files(std::move(all))
  {}

  std::map<std::string, std::string, std::less<>> files;
  std::optional<std::string> others = {};  ///< what is in every other path; nothing: there are none
  std::string defect = {};                 ///< why none can be read; empty: each can
  mutable std::size_t reads = 0, listings = 0;

  [[nodiscard]] gate::Listing
  list(std::string_view directory) const override
  {
    ++listings;
    const std::string prefix = directory.empty() ? std::string() : std::string(directory) + "/";
    gate::Listing listing;
    for (auto at = files.lower_bound(prefix); at != files.end() && at->first.starts_with(prefix); ++at) {
      listing.files.push_back(at->first.substr(prefix.size()));
    }
    return listing;
  }
  [[nodiscard]] gate::Listing
  tracked() const override
  {
    return list("");
  }
  [[nodiscard]] bool
  is_directory(std::string_view path) const override
  {
    const std::string prefix = path.empty() ? std::string() : std::string(path) + "/";
    const auto below = files.lower_bound(prefix);
    return others || path.empty() || (below != files.end() && below->first.starts_with(prefix));
  }
  [[nodiscard]] bool
  is_file(std::string_view path) const override
  {
    return others || files.contains(path);
  }
  [[nodiscard]] gate::EntryKind
  kind(std::string_view path) const override
  {
    return is_file(path)        ? gate::EntryKind::file
           : is_directory(path) ? gate::EntryKind::directory
                                : gate::EntryKind::none;
  }
  [[nodiscard]] std::optional<std::string>
  directory_at(std::string_view path) const override
  {
    return is_directory(path) ? std::optional(std::string(path)) : std::nullopt;
  }
  using FileTree::read;
  [[nodiscard]] Result<std::string>
  read(std::string_view path, std::uint64_t /*max_bytes*/) const override
  {
    ++reads;
    const auto file = files.find(path);
    if (!defect.empty() || (file == files.end() && !others)) {
      return fail(ErrorKind::input, "{}: {}", path, defect.empty() ? "there is no such file" : defect);
    }
    return file == files.end() ? *others : file->second;
  }
};

}  // namespace sluice::test
