// SPDX-License-Identifier: Apache-2.0
#include "env/matrix.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

namespace sluice::env {

namespace {

constexpr std::size_t most_rows = 500;
constexpr std::size_t most_columns = 24;

std::set<std::string_view>
names_of(const Survey& survey, const std::vector<const Target*>& targets)
{
  std::set<std::string_view> names;
  for (const Target* target : targets) {
    for (const auto& [name, held] : target->values) {
      names.insert(name);
    }
    for (const auto& [name, stored] : target->stored) {
      names.insert(name);
    }
  }
  for (const auto& [name, wanted] : survey.wanted) {
    names.insert(name);
  }
  return names;
}

}  // namespace

std::string_view
text_of(Presence presence)
{
  constexpr std::array<std::string_view, 5> texts{"set", "empty", "missing", "default", "elsewhere"};
  return texts[static_cast<std::size_t>(presence)];
}

std::optional<Section>
matrix_section(const Survey& survey)
{
  std::vector<const Target*> targets;
  for (const Target& target : survey.targets) {
    if ((!target.values.empty() || target.has_store) && targets.size() < most_columns) {
      targets.push_back(&target);
    }
  }
  if (targets.size() < 2) {
    return std::nullopt;
  }
  Table table;
  table.columns.emplace_back("variable");
  for (const Target* target : targets) {
    table.columns.push_back(title_of(*target));
  }
  const auto names = names_of(survey, targets);
  for (const std::string_view name : names) {
    if (table.rows.size() == most_rows) {
      break;
    }
    std::vector<std::string>& row = table.rows.emplace_back();
    row.emplace_back(name);
    for (const Target* target : targets) {
      row.emplace_back(text_of(presence_of(survey, *target, name)));
    }
  }
  std::string note = "Which environment has a value of which variable";
  if (names.size() > most_rows) {
    note += fmt::format("; {} more are left out", names.size() - most_rows);
  }
  return Section{"Environments", note + ".", std::move(table)};
}

}  // namespace sluice::env
