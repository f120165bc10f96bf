// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::promote {

/// The beginning of a commit's id, or of a promotion's, by which people know it among few.
[[nodiscard]] inline std::string
brief(std::string_view id)
{
  return std::string(id.substr(0, 8));
}

}  // namespace sluice::promote
