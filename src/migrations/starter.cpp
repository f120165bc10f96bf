// SPDX-License-Identifier: Apache-2.0
#include "migrations/starter.hpp"

#include "base/text.hpp"
#include "migrations/framework.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

namespace {

constexpr std::string_view example =
    R"(# No directory of migrations was found where they usually are. If there is one, name it:
# migrations:
#   paths:
#     - db/changes
#   framework: plain
)";

std::string
section_of(const Framework& framework, const Detection& detection)
{
  std::string text = fmt::format("migrations:\n  # Where migrations are: {}.\n  paths:\n", detection.reason);
  for (const std::string& directory : detection.directories) {
    text += fmt::format("    - {}\n", directory);
  }
  std::vector<std::string> ids(framework_ids().begin(), framework_ids().end());
  return text
         + fmt::format("  # The tool that runs them: {}, or {} to tell it by the paths.\n  framework: {}\n",
                       join(ids, ", "), automatic, framework.id);
}

}  // namespace

std::string
starter(const gate::FileTree& tree)
{
  std::string text;
  for (const Framework* framework : frameworks_by_precedence()) {
    const auto detection = detect(*framework, tree);
    if (!detection) {
      continue;
    }
    if (text.empty()) {
      text = section_of(*framework, *detection);
    } else {
      // One run is of one tool.
      text += fmt::format("  # Not judged, for one run is of one tool: {} ({})\n", join(detection->directories, ", "),
                          framework->id);
    }
  }
  return text.empty() ? std::string(example) : text;
}

}  // namespace sluice::migrations
