// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/latency.hpp"

#include "promote/watch/limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr double median = 0.5;
constexpr double tail = 0.95;

/// One slow look among twenty moves their 95th percentile, and is none the less one look.
constexpr std::size_t least_in_tail = 2;

std::string
told(std::string_view what, double now, double before)
{
  return fmt::format("{} is {} ms, and was {} ms", what, shown_number(now), shown_number(before));
}

/// What may be: the share more, or what nobody notices more, whichever is longer.
double
most_after(double was, const Slack& slack)
{
  return std::max(was * (1 + slack.share), was + slack.unnoticed);
}

/// Nothing is a multiple of what was too short to be measured.
bool
became_more(double is, double was, const Slack& slack)
{
  return was > 0 && exceeds(is, most_after(was, slack));
}

std::optional<std::string>
slower_middle(const Latencies& before, const Latencies& now, const Slack& slack)
{
  const double was = *before.percentile(before.has_enough() ? median : 1);
  const double is = *now.percentile(now.has_enough() ? median : 0);
  return became_more(is, was, slack)
             ? std::optional(told("the median", *now.percentile(median), *before.percentile(median)))
             : std::nullopt;
}

std::optional<std::string>
slower_tail(const Latencies& before, const Latencies& now, const Slack& slack)
{
  if (!before.has_enough() || !now.has_enough()) {
    return std::nullopt;
  }
  const double was = *before.percentile(tail);
  const double is = *now.percentile(tail);
  return became_more(is, was, slack) && now.above(most_after(was, slack)) >= least_in_tail
             ? std::optional(told("the 95th percentile", is, was))
             : std::nullopt;
}

}  // namespace

Latencies::Latencies(std::vector<double> all)
    : sorted_(std::move(all))
{
  std::erase_if(sorted_, [](double latency) { return !(latency >= 0); });
  std::ranges::sort(sorted_);
}

std::optional<double>
Latencies::percentile(double share) const
{
  if (sorted_.empty()) {
    return std::nullopt;
  }
  const double position = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted_.size() - 1);
  const auto lower = static_cast<std::size_t>(position);
  const double fraction = position - static_cast<double>(lower);
  // No product with what may be infinite where there is nothing to interpolate: 0 times infinite is no number.
  if (fraction == 0 || sorted_[lower] == sorted_[lower + 1]) {
    return sorted_[lower];
  }
  return sorted_[lower] + fraction * (sorted_[lower + 1] - sorted_[lower]);
}

std::size_t
Latencies::above(double latency) const
{
  return static_cast<std::size_t>(sorted_.end() - std::ranges::upper_bound(sorted_, latency));
}

std::optional<std::string>
slowdown(const Latencies& before, const Latencies& now, const Slack& slack)
{
  if (before.size() == 0 || now.size() == 0) {
    return std::nullopt;
  }
  const auto middle = slower_middle(before, now, slack);
  return middle ? middle : slower_tail(before, now, slack);
}

}  // namespace sluice::promote
