// SPDX-License-Identifier: Apache-2.0
//
// CVSS v4.0 (specification, chapter 8.2). There is no formula: the metrics are sorted into groups of equal weight (EQ1
// to EQ6), their levels make a macro vector, a table has the score of its worst vector, and how far a vector is from
// that one, group by group, is taken off in proportion to the step to the next macro vector.
#include "deps/advisories/cvss.hpp"
#include "deps/advisories/cvss4_scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>
#include <string>

namespace sluice::deps::cvss {

namespace {

/// Metrics that count, worst value first. Their levels are steps of severity.
enum Metric : std::size_t { AV, PR, UI, AC, AT, VC, VI, VA, SC, SI, SA, CR, IR, AR, E, metric_count };

struct Named
{
  std::string_view name, values;
};
constexpr std::array<Named, metric_count> named{{{"AV", "NALP"},
                                                 {"PR", "NLH"},
                                                 {"UI", "NPA"},
                                                 {"AC", "LH"},
                                                 {"AT", "NP"},
                                                 {"VC", "HLN"},
                                                 {"VI", "HLN"},
                                                 {"VA", "HLN"},
                                                 {"SC", "SHLN"},
                                                 {"SI", "SHLN"},
                                                 {"SA", "SHLN"},
                                                 {"CR", "HML"},
                                                 {"IR", "HML"},
                                                 {"AR", "HML"},
                                                 {"E", "APU"}}};

using Levels = std::array<int, metric_count>;

/// The value that counts: the modified one where there is one; what is not defined is the worst.
std::optional<Levels>
levels_of(const Metrics& metrics)
{
  Levels levels{};
  for (std::size_t i = 0; i < metric_count; ++i) {
    const auto [name, values] = named.at(i);
    const bool is_base = i < CR;
    // "Safety" is a value of the modified metrics alone, and of two of them.
    const std::string_view own_values = i >= SC && i <= SA ? values.substr(1) : values;
    const auto base = metrics.level(name, own_values);
    const std::string_view written = metrics.value(name);
    if (is_base ? !base : (!base && !written.empty() && written != "X")) {
      return std::nullopt;
    }
    levels.at(i) = base.value_or(0) + static_cast<int>(values.size() - own_values.size());
    if (is_base) {
      const std::string modified = "M" + std::string(name);
      const auto level = metrics.level(modified, i == SC ? own_values : values);
      const std::string_view text = metrics.value(modified);
      if (!level && !text.empty() && text != "X") {
        return std::nullopt;
      }
      levels.at(i) = level ? *level + (i == SC ? 1 : 0) : levels.at(i);
    }
  }
  return levels;
}

using Macro = std::array<int, 6>;

Macro
macro_of(const Levels& l)
{
  const bool high_c = l[VC] == 0;
  const bool high_i = l[VI] == 0;
  const bool high_a = l[VA] == 0;
  const int open = (l[AV] == 0 ? 1 : 0) + (l[PR] == 0 ? 1 : 0) + (l[UI] == 0 ? 1 : 0);
  Macro macro{};
  macro[0] = open == 3 ? 0 : (open > 0 && l[AV] != 3 ? 1 : 2);
  macro[1] = l[AC] == 0 && l[AT] == 0 ? 0 : 1;
  macro[2] = high_c && high_i ? 0 : (high_c || high_i || high_a ? 1 : 2);
  const bool is_safety = l[SI] == 0 || l[SA] == 0;
  const bool is_high = l[SC] == 1 || l[SI] == 1 || l[SA] == 1;
  macro[3] = is_safety ? 0 : (is_high ? 1 : 2);
  macro[4] = l[E];
  const bool required = (l[CR] == 0 && high_c) || (l[IR] == 0 && high_i) || (l[AR] == 0 && high_a);
  macro[5] = required ? 0 : 1;
  return macro;
}

/// Nothing where there is no such macro vector.
std::optional<double>
table_score(const Macro& macro)
{
  constexpr Macro sizes{3, 2, 3, 3, 3, 2};
  std::size_t at = 0;
  for (std::size_t i = 0; i < macro.size(); ++i) {
    if (macro.at(i) >= sizes.at(i)) {
      return std::nullopt;
    }
    at = at * static_cast<std::size_t>(sizes.at(i)) + static_cast<std::size_t>(macro.at(i));
  }
  const auto score = cvss4_scores.at(at);
  return score < 0 ? std::nullopt : std::optional(score / 10.0);
}

/// The worst vectors of a level of a group, each as levels of its metrics.
template<std::size_t count> using Worst = std::array<int, count>;

/// How many steps a vector is below the first of the worst ones that is nowhere below it.
template<std::size_t count>
int
distance(const Levels& levels, const std::array<Metric, count>& metrics, std::span<const Worst<count>> worst)
{
  for (const Worst<count>& each : worst) {
    int sum = 0;
    bool is_above = true;
    for (std::size_t i = 0; i < count; ++i) {
      const int step = levels[metrics[i]] - each[i];
      is_above = is_above && step >= 0;
      sum += step;
    }
    if (is_above) {
      return sum;
    }
  }
  return 0;
}

int
distance_1(const Levels& levels, int level)
{
  constexpr std::array metrics{AV, PR, UI};
  constexpr std::array<Worst<3>, 1> first{{{0, 0, 0}}};
  constexpr std::array<Worst<3>, 3> second{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  constexpr std::array<Worst<3>, 2> third{{{3, 0, 0}, {1, 1, 1}}};
  return level == 0 ? distance<3>(levels, metrics, first)
                    : (level == 1 ? distance<3>(levels, metrics, second) : distance<3>(levels, metrics, third));
}

int
distance_2(const Levels& levels, int level)
{
  constexpr std::array metrics{AC, AT};
  constexpr std::array<Worst<2>, 1> first{{{0, 0}}};
  constexpr std::array<Worst<2>, 2> second{{{1, 0}, {0, 1}}};
  return level == 0 ? distance<2>(levels, metrics, first) : distance<2>(levels, metrics, second);
}

int
distance_3_6(const Levels& levels, int third, int sixth)
{
  constexpr std::array metrics{VC, VI, VA, CR, IR, AR};
  constexpr std::array<Worst<6>, 1> of_00{{{0, 0, 0, 0, 0, 0}}};
  constexpr std::array<Worst<6>, 2> of_01{{{0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 1}}};
  constexpr std::array<Worst<6>, 2> of_10{{{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}}};
  constexpr std::array<Worst<6>, 5> of_11{
      {{1, 0, 1, 0, 1, 0}, {1, 0, 0, 0, 1, 1}, {0, 1, 0, 1, 0, 1}, {0, 1, 1, 1, 0, 0}, {1, 1, 0, 0, 0, 1}}};
  constexpr std::array<Worst<6>, 1> of_21{{{1, 1, 1, 0, 0, 0}}};
  if (third == 0) {
    return sixth == 0 ? distance<6>(levels, metrics, of_00) : distance<6>(levels, metrics, of_01);
  }
  if (third == 1) {
    return sixth == 0 ? distance<6>(levels, metrics, of_10) : distance<6>(levels, metrics, of_11);
  }
  return distance<6>(levels, metrics, of_21);
}

int
distance_4(const Levels& levels, int level)
{
  constexpr std::array metrics{SC, SI, SA};
  const std::array<Worst<3>, 1> worst{level == 0 ? Worst<3>{1, 0, 0}
                                                 : (level == 1 ? Worst<3>{1, 1, 1} : Worst<3>{2, 2, 2})};
  return distance<3>(levels, metrics, worst);
}

/// The next macro vector below in the groups 3 and 6, which are one; of two the one with the higher score.
std::optional<double>
below_3_6(const Macro& macro)
{
  Macro third = macro;
  ++third[2];
  Macro sixth = macro;
  ++sixth[5];
  if (macro[2] == 0 && macro[5] == 0) {
    return std::max(table_score(third), table_score(sixth));
  }
  return table_score(macro[2] == 1 && macro[5] == 0 ? sixth : third);
}

std::optional<double>
below(Macro macro, std::size_t group)
{
  ++macro.at(group);
  return table_score(macro);
}

/// How deep the levels of the groups are, in steps.
constexpr std::array<int, 3> depth_1{1, 4, 5};
constexpr std::array<int, 2> depth_2{1, 2};
constexpr std::array<std::array<int, 2>, 3> depth_3_6{{{7, 6}, {8, 8}, {0, 10}}};
constexpr std::array<int, 3> depth_4{6, 5, 4};

}  // namespace

std::optional<double>
score4(const Metrics& metrics)
{
  const auto levels = levels_of(metrics);
  if (!levels) {
    return std::nullopt;
  }
  const bool has_impact = (*levels)[VC] != 2 || (*levels)[VI] != 2 || (*levels)[VA] != 2 || (*levels)[SC] != 3
                          || (*levels)[SI] != 3 || (*levels)[SA] != 3;
  if (!has_impact) {
    return 0.0;
  }
  const Macro macro = macro_of(*levels);
  const double worst = table_score(macro).value_or(0.0);
  double taken_off = 0;
  int groups = 0;
  const auto take_off = [&](std::optional<double> next, int steps, int depth) {
    if (next) {
      taken_off += (worst - *next) * steps / depth;
      ++groups;
    }
  };
  const auto at = [](int level) { return static_cast<std::size_t>(level); };
  take_off(below(macro, 0), distance_1(*levels, macro[0]), depth_1.at(at(macro[0])));
  take_off(below(macro, 1), distance_2(*levels, macro[1]), depth_2.at(at(macro[1])));
  take_off(below_3_6(macro), distance_3_6(*levels, macro[2], macro[5]), depth_3_6.at(at(macro[2])).at(at(macro[5])));
  take_off(below(macro, 3), distance_4(*levels, macro[3]), depth_4.at(at(macro[3])));
  take_off(below(macro, 4), 0, 1);
  const double score = std::clamp(worst - (groups == 0 ? 0.0 : taken_off / groups), 0.0, 10.0);
  // A half is rounded up, also one that a binary fraction has fallen short of.
  return std::floor(score * 10 + 0.5 + 1e-6) / 10;
}

}  // namespace sluice::deps::cvss
