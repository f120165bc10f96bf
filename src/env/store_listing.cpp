// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "env/kinds.hpp"
#include "env/store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

/// "not one of these", or a line for each name: its line, name, the day of its last change, environments, and whether
/// the listing has its value; or why it is refused.
Result<std::string>
store_listing(std::string_view id, const std::filesystem::path& input)
{
  TRY_ASSIGN(const std::string text, read_file(input));
  const auto all = stores();
  const Store& store = **std::find_if(all.begin(), all.end(), [id](const Store* each) { return each->id == id; });
  if (!store.has(text)) {
    return std::string("not one of these\n");
  }
  const auto names = store.read(text);
  if (!names) {
    return fmt::format("refused: {}\n", names.error().message);
  }
  std::string listing;
  for (const StoredName& each : *names) {
    const std::string environments = fmt::format("{}", fmt::join(each.environments, ","));
    listing += fmt::format("{} {}{}{}{}\n", each.line, printable(each.name), each.updated ? " of " + *each.updated : "",
                           environments.empty() ? "" : " in " + environments,
                           each.value ? (each.value->empty() ? " empty" : " with its value") : "");
  }
  return listing;
}

}  // namespace sluice::env
