// SPDX-License-Identifier: Apache-2.0
#include "output/groups.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace sluice::output {

bool
Group::has_one_message() const
{
  const std::string& first = findings.front().judged->finding.message;
  return std::all_of(findings.begin(), findings.end(),
                     [&first](const Shown& shown) { return shown.judged->finding.message == first; });
}

std::vector<std::pair<Severity, std::size_t>>
Group::severities() const
{
  std::map<Severity, std::size_t, std::greater<>> counts;
  for (const Shown& shown : findings) {
    ++counts[shown.judged->severity];
  }
  return {counts.begin(), counts.end()};
}

std::vector<Group>
grouped(const std::vector<Shown>& findings)
{
  std::vector<Group> groups;
  std::map<std::string_view, std::size_t> index;
  for (const Shown& shown : findings) {
    const RuleMeta& rule = rule_of(shown.judged->finding);
    const auto [entry, is_new] = index.emplace(rule.id, groups.size());
    if (is_new) {
      groups.push_back({&rule, {}});
    }
    groups[entry->second].findings.push_back(shown);
  }
  return groups;
}

std::vector<GapGroup>
grouped_gaps(std::span<const Report> reports)
{
  std::vector<GapGroup> groups;
  for (const Report& report : reports) {
    for (const JudgedGap& gap : report.gaps) {
      auto group = std::find_if(groups.begin(), groups.end(), [&gap](const GapGroup& each) {
        return each.kind == gap.gap.kind && each.accepted == gap.accepted;
      });
      if (group == groups.end()) {
        group = groups.insert(groups.end(), {gap.gap.kind, gap.accepted, {}});
      }
      group->gaps.push_back(&gap);
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const GapGroup& a, const GapGroup& b) { return a.accepted < b.accepted; });
  return groups;
}

std::string
severities_text(const Group& group)
{
  std::vector<std::string> parts;
  for (const auto& [severity, count] : group.severities()) {
    parts.push_back(fmt::format("{} {}", with_thousands(count), name_of(severity)));
  }
  return parts.size() == 1 ? std::string() : join(parts, ", ");
}

std::string
headline(const Group& group)
{
  return group.has_one_message() ? group.findings.front().judged->finding.message : std::string(group.rule->title);
}

}  // namespace sluice::output
