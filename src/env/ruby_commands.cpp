// SPDX-License-Identifier: Apache-2.0
#include "env/ruby_commands.hpp"

#include <cstddef>
#include <vector>

namespace sluice::env {

namespace {

/// For each opening bracket the place behind the one that closes it, or 0 where none does or a pair inside is empty.
std::vector<std::size_t>
ends_of_brackets(std::string_view value)
{
  struct Open
  {
    std::size_t at;
    bool counts;
  };
  std::vector<std::size_t> ends(value.size());
  std::vector<Open> open;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '(') {
      open.push_back({i, true});
    } else if (value[i] == ')' && !open.empty()) {
      const bool counts = open.back().counts && i > open.back().at + 1;
      ends[open.back().at] = counts ? i + 1 : 0;
      open.pop_back();
      if (!open.empty()) {
        open.back().counts = open.back().counts && counts;
      }
    }
  }
  return ends;
}

}  // namespace

RubyCommands
find_ruby_commands(std::string_view value)
{
  RubyCommands commands;
  std::size_t at = value.find("$(");
  if (at == std::string_view::npos) {
    commands.without_backslashes = value;
    return commands;
  }
  const std::vector<std::size_t> ends = ends_of_brackets(value);
  std::size_t from = 0;
  for (; at != std::string_view::npos; at = value.find("$(", at)) {
    const std::size_t end = ends[at + 1];
    const bool is_escaped = at > from && value[at - 1] == '\\';
    if (end == 0) {
      ++at;
      continue;
    }
    commands.run_some = commands.run_some || !is_escaped;
    commands.without_backslashes += value.substr(from, at - from - (is_escaped ? 1 : 0));
    commands.without_backslashes += value.substr(at, end - at);
    from = at = end;
  }
  commands.without_backslashes += value.substr(from);
  return commands;
}

}  // namespace sluice::env
