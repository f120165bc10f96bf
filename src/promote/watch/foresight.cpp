// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/foresight.hpp"

#include "base/text.hpp"
#include "promote/probe.hpp"
#include "promote/watch/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

using Probes = std::map<std::string, ProbeSetting>;

/// Aggregates and functions of PostgreSQL that have no truth for a value.
constexpr std::array<std::string_view, 4> number_functions{"count", "sum", "avg", "extract"};

/// Null of a kind that is none, which is refused elsewhere.
const Probe*
kind_of(const ProbeSetting& setting)
{
  const auto all = probes();
  const auto found = std::ranges::find(all, setting.kind, [](const Probe* each) { return each->id; });
  return found == all.end() ? nullptr : *found;
}

bool
is_number_alone(const ProbeSetting& setting)
{
  const Probe* const kind = kind_of(setting);
  return kind != nullptr && (kind->is_number_alone || (setting.kind == "sql" && is_number_query(setting.query)));
}

bool
may_measure(const std::string& name, const ProbeSetting& setting, std::string_view measure)
{
  const Probe* const kind = kind_of(setting);
  const bool is_of_requests = measure == "error-rate" || measure == "response-time";
  return kind == nullptr || (kind->gives_value && name == measure) || (kind->gives_latency && is_of_requests);
}

std::vector<std::string_view>
names_of(const Probes& probes)
{
  std::vector<std::string_view> names;
  for (const auto& [name, setting] : probes) {
    names.push_back(name);
  }
  return names;
}

bool
is_limited(const std::string& name, const std::vector<Limit>& limits)
{
  return std::ranges::find(limits, name, &Limit::measure) != limits.end();
}

std::string_view
next_word(std::string_view& text)
{
  const auto is_part = [](char c) { return is_letter(c) || is_digit(c) || c == '_'; };
  text.remove_prefix(static_cast<std::size_t>(std::ranges::find_if(text, is_part) - text.begin()));
  const std::string_view word =
      text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_part) - text.begin()));
  text.remove_prefix(word.size());
  return word;
}

/// Whether it compares or decides something, so that its value may be a truth.
bool
may_be_truth(std::string_view expression)
{
  static constexpr std::array<std::string_view, 19> words{
      "is",  "isnull", "notnull", "in",      "and",  "or",   "not",   "like",    "ilike", "case",
      "any", "all",    "some",    "similar", "true", "cast", "false", "between", "exists"};
  if (expression.find_first_of("=<>!~:'\"") != std::string_view::npos) {
    return true;
  }
  for (std::string_view rest = expression; !rest.empty();) {
    if (std::ranges::find(words, next_word(rest)) != words.end()) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool
is_number_query(std::string_view sql)
{
  const std::string lower = to_lower(sql);
  std::string_view rest = trim(lower);
  if (next_word(rest) != "select" || !trim(lower).starts_with("select")) {
    return false;
  }
  rest = trim(rest);
  const std::string_view expression = rest.substr(0, std::min(rest.find(" from "), rest.find(';')));
  if (expression.empty() || may_be_truth(expression)) {
    return false;
  }
  std::string_view after = expression;
  const std::string_view first = next_word(after);
  const bool is_call = std::ranges::find(number_functions, first) != number_functions.end() && after.starts_with('(');
  return expression.starts_with(first) && (is_call || std::ranges::all_of(first, is_digit));
}

std::vector<std::string>
blind_spots(const Probes& probes, const Verify& verify)
{
  if (probes.empty()) {
    return {"nothing is looked at: the pipeline has no health address, hook or probe here"};
  }
  std::vector<std::string> spots;
  const std::vector<Limit> limits = limits_of(verify);
  const bool could_fail = std::ranges::any_of(
      probes, [&](const auto& each) { return !is_number_alone(each.second) || is_limited(each.first, limits); });
  if (!could_fail) {
    spots.push_back(fmt::format("nothing can fail: no limit judges {}, and a number alone is neither good nor bad",
                                fmt::join(names_of(probes), ", ")));
  }
  for (const Limit& limit : limits) {
    const bool is_measured = std::ranges::any_of(
        probes, [&](const auto& each) { return may_measure(each.first, each.second, limit.measure); });
    if (!is_measured) {
      spots.push_back(fmt::format("nothing measures {}: no probe of that name gives a number{}",
                                  printable(limit.measure), did_you_mean(limit.measure, names_of(probes))));
    }
  }
  return spots;
}

}  // namespace sluice::promote
