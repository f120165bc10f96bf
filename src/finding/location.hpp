// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace sluice {

/// A place in a text. Lines and columns count from 1; 0 means "not known". A column counts bytes of the line.
struct Position
{
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  auto operator<=>(const Position&) const = default;
};

/// Where something is. `path` is relative to the root of the repository with `/` between segments, as git
/// stores it (any bytes: untrusted, not always UTF-8); empty where the place is not a file. `end` is exclusive
/// in its column and inclusive in its line.
struct Location
{
  std::string path;
  Position begin;
  Position end;
  std::string commit;  ///< full object id where the place is in history; empty for the working tree
  auto operator<=>(const Location&) const = default;
};

}  // namespace sluice
