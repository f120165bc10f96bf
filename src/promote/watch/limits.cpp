// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/limits.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sluice::promote {

namespace {

constexpr std::size_t longest_unit = 24;

/// Far above what rounding does to one product, far below what anybody measures.
constexpr double rounding = 1e-9;

constexpr std::string_view practice = "alerts of production checklists";
constexpr std::string_view vitals = "Core Web Vitals: good at the 75th percentile of visits (web.dev/articles/vitals)";
constexpr std::string_view ours = "our own choice: nobody names a number that fits all";

constexpr std::array all_presets{
    Preset{"error-rate", "requests that failed", "of 1", Side::at_most, 0.01, practice},
    Preset{"mutation-error-rate", "writing requests that failed", "of 1", Side::at_most, 0.01, practice},
    Preset{"response-time", "time to an answer", "ms", Side::at_most, 3000, practice},
    Preset{"disk", "how full the file system of the database is", "%", Side::at_most, 80, practice},
    Preset{"slow-query", "time of the slowest query, or of a percentile", "ms", Side::at_most, 100, practice},
    Preset{"connections", "connections in use, of max_connections, and not their number", "%", Side::at_most, 80,
           practice},
    Preset{"failed-logins", "logins that failed, in an hour", "an hour", Side::at_most, 100, practice},
    Preset{"websocket-churn", "connections that were made anew in a minute, of those that are open", "%", Side::at_most,
           5, ours},
    Preset{"replication-lag", "how far the last replica is behind", "s", Side::at_most, 30, ours},
    Preset{"lcp", "largest contentful paint", "ms", Side::at_most, 2500, vitals},
    Preset{"inp", "interaction to next paint", "ms", Side::at_most, 200, vitals},
    Preset{"cls", "cumulative layout shift", "", Side::at_most, 0.1, vitals},
    Preset{"availability", "looks or requests that were answered well", "%", Side::at_least, 99.9, practice},
};

/// Nothing keeps it.
Limit
impossible(std::string_view measure)
{
  return {std::string(measure), Side::below, -std::numeric_limits<double>::infinity(), {}};
}

/// These two have keys of their own, which is the one place for their number.
std::string_view
key_of(std::string_view measure)
{
  if (measure == "error-rate") {
    return "error_rate";
  }
  return measure == "response-time" ? "latency_ms" : std::string_view();
}

Limit
preset_limit(std::string_view name, const Verify& verify)
{
  const Preset* preset = find_preset(name);
  if (preset == nullptr) {
    return impossible(name);
  }
  Limit limit{std::string(name), preset->side, preset->number, std::string(preset->unit)};
  if (name == "error-rate") {
    limit.number = verify.error_rate;
  }
  if (name == "response-time" && verify.latency_ms > 0) {
    limit.number = verify.latency_ms;
  }
  return limit;
}

std::optional<Side>
take_side(std::string_view& text)
{
  for (std::size_t i = 0; i < EnumNames<Side>::names.size(); ++i) {
    const std::string_view name = EnumNames<Side>::names[i];
    if (text.starts_with(name) && text.substr(name.size()).starts_with(' ')) {
      text = trim(text.substr(name.size()));
      return static_cast<Side>(i);
    }
  }
  return std::nullopt;
}

std::string
problem_of_preset(std::string_view name)
{
  if (find_preset(name) != nullptr) {
    return {};
  }
  return fmt::format("is no preset{}", did_you_mean(name, names_of_presets()));
}

}  // namespace

std::span<const Preset>
presets()
{
  return all_presets;
}

std::vector<std::string_view>
names_of_presets()
{
  std::vector<std::string_view> names;
  for (const Preset& preset : all_presets) {
    names.push_back(preset.name);
  }
  return names;
}

const Preset*
find_preset(std::string_view name)
{
  const auto* at = std::ranges::find(all_presets, name, &Preset::name);
  return at == all_presets.end() ? nullptr : at;
}

Result<Limit>
limit_of(std::string_view measure, std::string_view text)
{
  if (const std::string_view key = key_of(measure); !key.empty()) {
    return fail(ErrorKind::config, "has the key `{}` for its number", key);
  }
  text = trim(text);
  const auto side = take_side(text);
  const auto space = std::min(text.find(' '), text.size());
  const auto number = number_of<double>(text.substr(0, space));
  const std::string_view unit = trim(text.substr(space));
  if (!side || !number || !std::isfinite(*number) || unit.size() > longest_unit) {
    return fail(ErrorKind::config, "is no limit such as `at most 80`, `below 0.01`, `at least 99.9` or `above 0`");
  }
  const Preset* preset = find_preset(measure);
  if (preset != nullptr && !unit.empty() && unit != preset->unit) {
    return fail(ErrorKind::config, "is measured in another unit: {}",
                preset->unit.empty() ? "it has none" : preset->unit);
  }
  return Limit{std::string(measure), *side, *number, std::string(preset != nullptr ? preset->unit : unit)};
}

std::vector<Limit>
limits_of(const Verify& verify)
{
  std::vector<Limit> limits;
  for (const std::string& name : verify.presets) {
    const bool is_there = std::ranges::find(limits, name, &Limit::measure) != limits.end();
    if (!is_there && !verify.limits.contains(name)) {
      limits.push_back(preset_limit(name, verify));
    }
  }
  for (const auto& [measure, text] : verify.limits) {
    limits.push_back(limit_of(measure, text).value_or(impossible(measure)));
  }
  return limits;
}

void
check_limits(std::string_view environment, const Verify& verify, config::OptionChecks& checks)
{
  for (std::size_t i = 0; i < verify.presets.size(); ++i) {
    if (const std::string problem = problem_of_preset(verify.presets[i]); !problem.empty()) {
      checks.refuse({"environments", environment, "verify", "presets", i}, problem);
    }
  }
  for (const auto& [measure, text] : verify.limits) {
    if (const auto limit = limit_of(measure, text); !limit) {
      checks.refuse({"environments", environment, "verify", "limits", measure}, limit.error().message);
    }
  }
}

bool
keeps(double number, const Limit& limit)
{
  if (!std::isfinite(number)) {
    return false;
  }
  switch (limit.side) {
  case Side::at_most:
    return !exceeds(number, limit.number);
  case Side::below:
    return number < limit.number;
  case Side::at_least:
    return !exceeds(limit.number, number);
  case Side::above:
    return number > limit.number;
  }
  return false;
}

bool
exceeds(double number, double limit)
{
  return number > limit + std::abs(limit) * rounding;
}

std::string
wanted(const Limit& limit)
{
  const std::string number = fmt::format("{} {}", name_of(limit.side), shown_number(limit.number));
  return limit.unit.empty() ? number : fmt::format("{} {}", number, limit.unit);
}

std::string
shown_number(double number)
{
  return std::isinf(number) ? std::string(number > 0 ? "infinite" : "negative infinite")
                            : fmt::format("{:.6g}", number);
}

std::string_view
measure_of(const Sample& sample)
{
  return sample.measure.empty() ? std::string_view(sample.probe) : std::string_view(sample.measure);
}

}  // namespace sluice::promote
