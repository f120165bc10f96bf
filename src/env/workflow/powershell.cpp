// SPDX-License-Identifier: Apache-2.0
#include "env/workflow/powershell.hpp"

#include "base/text.hpp"
#include "env/shell_name.hpp"

namespace sluice::env {

void
look_at_powershell(std::string_view text, const script::Lines& lines, Sightings& seen)
{
  constexpr std::string_view prefix = "$env:";
  const std::string lower = to_lower(text);
  for (std::size_t at = lower.find(prefix); at != std::string::npos; at = lower.find(prefix, at + 1)) {
    const std::size_t begin = at + prefix.size();
    std::size_t end = begin;
    while (end < text.size() && is_of_name(text[end])) {
      ++end;
    }
    const std::string_view name = text.substr(begin, end - begin);
    const std::size_t behind = text.find_first_not_of(' ', end);
    const bool is_set = behind < text.size() && text[behind] == '=' && !text.substr(behind).starts_with("==");
    if (is_set) {
      seen.give(name, lines.line_of(at, name));
    } else {
      seen.read(name, lines.line_of(at, name));
    }
  }
}

}  // namespace sluice::env
