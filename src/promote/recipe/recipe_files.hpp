// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace sluice::promote {

/// A file below recipes/, as it was when this was built.
struct EmbeddedFile
{
  std::string_view path;  ///< from recipes/ on: "fly/promotion.yml"
  std::string_view text;
};

/// All of them, by path.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

}  // namespace sluice::promote
