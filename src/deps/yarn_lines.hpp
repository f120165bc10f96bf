// SPDX-License-Identifier: Apache-2.0
//
// The lines of a yarn.lock of Yarn 1.
#pragma once

#include "data/data.hpp"
#include "deps/package.hpp"

#include <string_view>
#include <vector>

namespace sluice::deps {

struct YarnNeed
{
  std::string_view name, range;
  bool is_optional = false;
  std::uint32_t line = 0;
};

struct YarnEntry
{
  std::vector<std::string_view> patterns;  ///< never empty
  std::uint32_t line = 0;
  std::string_view version, resolved, integrity;
  std::vector<YarnNeed> needs;
};

/// Texts are views into the text, or into what the list keeps where they were written with escapes.
[[nodiscard]] tl::expected<std::vector<YarnEntry>, Defect> read_yarn_lines(std::string_view text, PackageList& list);

}  // namespace sluice::deps
