// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "git/repository.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::git {

/// An entry whose id still lies in the tree's content: for walks over millions of entries.
struct RawTreeEntry
{
  std::uint32_t mode = 0;
  std::string_view name;
  const std::uint8_t* id = nullptr;

  [[nodiscard]] bool
  is_tree() const
  {
    return is_type(mode, FileMode::tree);
  }
  [[nodiscard]] bool
  is_submodule() const
  {
    return is_type(mode, FileMode::submodule);
  }
};

/// Steps over the entries of a tree's content, which may be hostile: never reads beyond it.
class TreeCursor
{
public:
  TreeCursor(std::string_view content, std::uint8_t id_size)
      : rest_(content),
        id_size_(id_size)
  {}

  /// The next entry; false at the end or where the content is not well formed.
  bool
  next(RawTreeEntry& entry)
  {
    const std::size_t space = rest_.substr(0, 8).find(' ');
    const std::size_t nul = rest_.find('\0');
    if (space == std::string_view::npos || nul == std::string_view::npos || nul <= space + 1
        || rest_.size() - nul - 1 < id_size_ || !read_mode(rest_.substr(0, space), entry.mode)) {
      return false;
    }
    entry.name = rest_.substr(space + 1, nul - space - 1);
    entry.id = reinterpret_cast<const std::uint8_t*>(rest_.data()) + nul + 1;
    rest_.remove_prefix(nul + 1 + id_size_);
    return true;
  }

  /// After `next` gave false: whether everything was read.
  [[nodiscard]] bool
  at_end() const
  {
    return rest_.empty();
  }

private:
  static bool
  read_mode(std::string_view digits, std::uint32_t& mode)
  {
    mode = 0;
    for (const char digit : digits) {
      if (digit < '0' || digit > '7') {
        return false;
      }
      mode = mode << 3U | static_cast<std::uint32_t>(digit - '0');
    }
    return !digits.empty();
  }

  std::string_view rest_;
  std::uint8_t id_size_;
};

/// Whether git puts such an entry into an index or a work tree: no name that leads elsewhere, none that is taken for
/// `.git` on any system, no link in place of `.gitmodules` (git's verify_path() with core.protectNTFS, its default).
[[nodiscard]] bool can_be_checked_out(const RawTreeEntry& entry);

}  // namespace sluice::git
