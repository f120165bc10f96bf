// SPDX-License-Identifier: Apache-2.0
#include "deps/missing.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice::deps {

void
Missing::tell(PackageList& list, std::string_view command) const
{
  if (count_ == 0) {
    return;
  }
  const std::string others = count_ == 1 ? std::string() : " and " + counted(count_ - 1, "other", "others");
  list.gap(GapKind::unparsable, line_,
           fmt::format("{}{} {} needed, and the lockfile does not have {}", printable(first_), others,
                       count_ == 1 ? "is" : "are", count_ == 1 ? "it" : "them"),
           fmt::format("Make the lockfile anew with {}", command));
}

}  // namespace sluice::deps
