// SPDX-License-Identifier: Apache-2.0
#include "env/pairs.hpp"

#include "env/type.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

bool
has_value(const Held& held)
{
  const auto& value = held.entry->value;
  return value && !value->empty() && !is_reference(*value);
}

void
visit_pair(const Target& one, const Target& other, const std::function<void(const ValuePair&)>& visit)
{
  for (const auto& [name, first] : one.values) {
    const auto second = other.values.find(name);
    if (second != other.values.end() && first.file != second->second.file && has_value(first)
        && has_value(second->second)) {
      visit({name, &one, &other, first, second->second});
    }
  }
}

void
visit_pairs(const Survey& survey, bool (*counts)(const Target&), const std::function<void(const ValuePair&)>& visit)
{
  for (std::size_t i = 0; i < survey.targets.size(); ++i) {
    for (std::size_t j = i + 1; j < survey.targets.size(); ++j) {
      const Target& a = survey.targets[i];
      const Target& b = survey.targets[j];
      const bool is_pair = a.directory == b.directory && a.phase == b.phase && counts(a) && counts(b);
      if (is_pair) {
        const bool is_production = a.stage == Stage::production;
        visit_pair(is_production ? b : a, is_production ? a : b, visit);
      }
    }
  }
}

}  // namespace

void
for_each_deployed_pair(const Survey& survey, const std::function<void(const ValuePair&)>& visit)
{
  visit_pairs(
      survey, [](const Target& target) { return is_deployed(target.stage); }, visit);
}

void
for_each_pair(const Survey& survey, const std::function<void(const ValuePair&)>& visit)
{
  visit_pairs(
      survey, [](const Target& target) { return !target.name.empty(); }, visit);
}

}  // namespace sluice::env
