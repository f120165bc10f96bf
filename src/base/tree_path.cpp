// SPDX-License-Identifier: Apache-2.0
#include "base/tree_path.hpp"

#include "base/text.hpp"

#include <vector>

namespace sluice {

std::optional<std::string>
resolved_in(std::string_view directory, std::string_view named)
{
  if (named.starts_with('/')) {
    return std::nullopt;
  }
  std::vector<std::string> parts;
  for (const std::string_view path : {directory, named}) {
    for (const std::string_view part : split(path, '/')) {
      if (part == "..") {
        if (parts.empty()) {
          return std::nullopt;
        }
        parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.emplace_back(part);
      }
    }
  }
  return join(parts, "/");
}

}  // namespace sluice
