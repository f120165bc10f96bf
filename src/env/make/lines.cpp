// SPDX-License-Identifier: Apache-2.0
#include "env/make/lines.hpp"

#include "base/one_of.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::make {

namespace {

constexpr auto modifiers = std::to_array<std::string_view>({"export", "override", "private", "define"});

constexpr auto conditions = std::to_array<std::string_view>({"ifeq", "ifneq", "ifdef", "ifndef", "else", "endif"});

std::vector<Line>
logical_lines(std::string_view text)
{
  std::vector<Line> lines;
  std::uint32_t number = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::uint32_t first = number;
    bool goes_on = true;
    while (goes_on && at < text.size()) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      goes_on = end > at && text[end - 1] == '\\';
      at = end + 1;
      ++number;
    }
    lines.push_back({text.substr(begin, std::min(at - 1, text.size()) - begin), first});
  }
  return lines;
}

void
find_recipes(std::vector<Line>& lines)
{
  bool has_rule = false;
  for (Line& line : lines) {
    const std::string_view text = trim(line.text);
    const std::string_view first = text.substr(0, text.find_first_of(" \t("));
    line.is_recipe = has_rule && line.text.starts_with('\t');
    if (line.is_recipe || text.empty() || text.starts_with('#') || is_one_of(first, conditions)) {
      continue;
    }
    const std::size_t colon = text.find(':');
    const bool has_target = colon != std::string_view::npos && colon < text.find('=') && text.substr(colon, 2) != ":="
                            && text.substr(colon, 3) != "::=";
    has_rule = has_target;
  }
}

}  // namespace

std::vector<Line>
lines_of_makefile(std::string_view text)
{
  std::vector<Line> lines = logical_lines(text);
  find_recipes(lines);
  return lines;
}

std::optional<Assignment>
assignment_in(std::string_view line)
{
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view before = line.substr(0, equals);
  Assignment assignment{.name = {}, .value = trim(line.substr(equals + 1))};
  assignment.is_default = before.ends_with('?');
  while (!before.empty() && is_any_of(before.back(), ":?+!")) {
    before.remove_suffix(1);
  }
  if (const std::size_t colon = before.find(':'); colon != std::string_view::npos) {
    before.remove_prefix(colon + 1);
  }
  for (const std::string_view word : split(trim(before), ' ')) {
    if (is_one_of(word, modifiers)) {
      assignment.exports = assignment.exports || word == "export";
    } else if (!word.empty() && !assignment.name.empty()) {
      return std::nullopt;
    } else {
      assignment.name = word;
    }
  }
  return assignment.name.empty() || assignment.name.find_first_of("$(") != std::string_view::npos
             ? std::nullopt
             : std::optional(assignment);
}

std::string
script_of(std::string_view recipe)
{
  std::string script;
  int open = 0;
  for (std::size_t at = 0; at < recipe.size(); ++at) {
    const std::string_view rest = recipe.substr(at);
    if (open > 0) {
      open += is_any_of(rest.front(), "({") ? 1 : 0;
      open -= is_any_of(rest.front(), ")}") ? 1 : 0;
      script.append(rest.front() == '\n' ? "\n" : "");
    } else if (rest.starts_with("$$")) {
      script += '$';
      ++at;
    } else if (rest.starts_with("$(") || rest.starts_with("${")) {
      script += '0';
      open = 1;
      ++at;
    } else if (rest.front() == '$') {
      script += '0';
      ++at;
    } else {
      script += rest.front();
    }
  }
  return script;
}

}  // namespace sluice::env::make
