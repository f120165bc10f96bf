// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/tally.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// What belongs together for people: findings of one rule are one problem, gaps of one kind one cause.
namespace sluice::output {

/// Places of a group that are shown where not all are asked for.
inline constexpr std::size_t most_places = 10;

struct Group
{
  const RuleMeta* rule;
  std::vector<Shown> findings;  ///< in the order in which they came, never empty
  /// Whether all have the first one's message.
  [[nodiscard]] bool has_one_message() const;
  /// How many of each severity, the worst first, those that there are.
  [[nodiscard]] std::vector<std::pair<Severity, std::size_t>> severities() const;
};

/// By rule, in the order of the first finding of each: the group with the worst finding comes first if they are sorted.
[[nodiscard]] std::vector<Group> grouped(const std::vector<Shown>& findings);

struct GapGroup
{
  GapKind kind;
  bool accepted;
  std::vector<const JudgedGap*> gaps;  ///< never empty
};

/// By kind, those that nobody has accepted first.
[[nodiscard]] std::vector<GapGroup> grouped_gaps(std::span<const Report> reports);

/// "5 critical, 2 high"; empty where all are of one severity.
[[nodiscard]] std::string severities_text(const Group& group);

/// The rule's title if the messages differ, else the message.
[[nodiscard]] std::string headline(const Group& group);

}  // namespace sluice::output
