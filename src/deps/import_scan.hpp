// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct ImportSite
{
  std::string_view specifier;
  std::uint32_t line = 0;  ///< from 1
  /// Whether it is known to be imported. What only looks so stands where the scanner sees a text, a template or a
  /// comment, and where it may have lost its place: what begins or ends a regular expression, only a parser knows.
  bool is_sure = true;
};

/// What JavaScript or TypeScript imports by a text: `from "…"`, `import "…"`, `import("…")`, the latter also with a
/// template without expressions. Templates are read as code, so that rather too much is found than too little. Of
/// "npm:", "jsr:" and URLs every other mention in quotes is found, too, unless it is in what surely is a comment.
[[nodiscard]] std::vector<ImportSite> find_imports(std::string_view text);

}  // namespace sluice::deps
