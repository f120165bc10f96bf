// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string>
#include <string_view>

namespace sluice::deps {

/// What a lockfile names as needed and does not hold, though its format promises to: it was cut off, or edited. One gap
/// for all of it.
class Missing
{
public:
  void
  add(std::string_view name, std::uint32_t line)
  {
    if (count_++ == 0) {
      first_ = name;
      line_ = line;
    }
  }

  /// `command` makes the lockfile anew.
  void tell(PackageList& list, std::string_view command) const;

private:
  std::string_view first_;
  std::uint32_t line_ = 0;
  std::size_t count_ = 0;
};

}  // namespace sluice::deps
