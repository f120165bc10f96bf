// SPDX-License-Identifier: Apache-2.0
#include "finding/rule_meta.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace sluice {

std::string
markdown_of(const RuleDoc& doc)
{
  std::string text;
  const auto add = [&text](std::string_view heading, std::string_view part) {
    if (!part.empty()) {
      text += fmt::format("{}## {}\n\n{}\n", text.empty() ? "" : "\n", heading, trim(part));
    }
  };
  std::string references;
  for (const std::string_view url : doc.references) {
    references += fmt::format("- <{}>\n", url);
  }
  add("What it does", doc.what);
  add("Why", doc.why);
  add("Instead", doc.instead);
  add("Known problems", doc.known_problems);
  add("References", references);
  return text;
}

}  // namespace sluice
