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
};

/// What JavaScript or TypeScript imports by a text: `from "…"`, `import "…"`, `import("…")`. Comments are left out;
/// templates are read as code, so that rather too much is found than too little.
[[nodiscard]] std::vector<ImportSite> find_imports(std::string_view text);

}  // namespace sluice::deps
