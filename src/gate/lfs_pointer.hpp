// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::gate {

/// Whether a blob stands for a file that Git LFS keeps elsewhere (its specification, version 1).
[[nodiscard]] inline bool
is_lfs_pointer(std::string_view content)
{
  constexpr std::size_t max_pointer = 1024;  // of the specification
  return content.size() < max_pointer && content.starts_with("version https://git-lfs.github.com/spec/v");
}

}  // namespace sluice::gate
