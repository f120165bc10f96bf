// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

namespace sluice {

/// Whether a text is in a short list, of which every element is looked at.
[[nodiscard]] constexpr bool
is_one_of(std::string_view text, const auto& list)
{
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace sluice
