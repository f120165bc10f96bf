// SPDX-License-Identifier: Apache-2.0
#include "output/report_parts.hpp"

#include "base/clock.hpp"
#include "base/hash.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::output {

namespace {

using Time = std::chrono::system_clock::time_point;

/// Exactly `length` digits at `at`.
std::optional<int>
number_at(std::string_view text, std::size_t at, std::size_t length)
{
  int value = 0;
  const std::string_view digits = text.substr(std::min(at, text.size()), length);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size() && digits.size() == length;
  return is_whole && value >= 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<Time>
parse_time(std::string_view text)
{
  const std::optional<Date> date = parse_date(text.substr(0, 10));
  const auto hour = number_at(text, 11, 2);
  const auto minute = number_at(text, 14, 2);
  const auto second = number_at(text, 17, 2);
  const bool has_fraction = text.size() == 30 && text[19] == '.';
  const auto fraction = has_fraction ? number_at(text, 20, 9) : std::optional(0);
  const bool has_shape = (text.size() == 20 || has_fraction) && text.ends_with('Z') && text[10] == 'T';
  if (!date || !hour || !minute || !second || !fraction || !has_shape || date->year < 1970 || date->year > 2199
      || *hour > 23 || *minute > 59 || *second > 60) {
    return std::nullopt;
  }
  const std::chrono::sys_days day = std::chrono::year(date->year) / date->month / date->day;
  return Time(std::chrono::duration_cast<Time::duration>(day.time_since_epoch() + std::chrono::hours(*hour)
                                                         + std::chrono::minutes(*minute) + std::chrono::seconds(*second)
                                                         + std::chrono::nanoseconds(*fraction)));
}

bool
is_kebab(std::string_view id)
{
  return !id.empty() && id.size() <= 100 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool
is_fingerprint(std::string_view hex)
{
  return hex.empty() || (hex.size() == 64 && from_hex(hex) && std::none_of(hex.begin(), hex.end(), [](char c) {
                           return c >= 'A' && c <= 'F';
                         }));
}

const RuleMeta*
RuleStore::add(OwnedRule read)
{
  OwnedRule& rule = rules_->emplace_back(std::move(read));
  rule.bind();
  by_id_.emplace(rule.id, &rule.meta);
  return &rule.meta;
}

const RuleMeta*
RuleStore::find(const std::string& id) const
{
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

}  // namespace sluice::output
