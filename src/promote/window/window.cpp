// SPDX-License-Identifier: Apache-2.0
#include "promote/window/window.hpp"

#include "base/text.hpp"
#include "promote/options.hpp"
#include "promote/window/window_rule.hpp"
#include "promote/window/window_sweep.hpp"
#include "promote/window/window_words.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace sluice::promote {

struct Calendar::Spans
{
  std::vector<WindowRule> allow, deny;
};

namespace {

/// How many of what is wrong is told.
constexpr std::size_t most_problems = 10;

class Zones
{
public:
  explicit Zones(Zone fallback)
      : fallback_(std::move(fallback))
  {}

  Result<Zone>
  find(std::string_view name)
  {
    if (name.empty()) {
      return fallback_;
    }
    if (const auto found = known_.find(name); found != known_.end()) {
      return found->second;
    }
    TRY_ASSIGN(Zone zone, Zone::named(name));
    return known_.emplace(name, std::move(zone)).first->second;
  }

private:
  Zone fallback_;
  std::map<std::string, Zone, std::less<>> known_;
};

/// What nobody wrote and says nothing stands for: at any time.
bool
is_any_time(const Window& window)
{
  return window.origin == Stage::built_in && window.days.empty() && window.dates.empty() && window.from.empty()
         && window.to.empty() && window.between.empty() && window.cron.empty();
}

class Reading
{
public:
  explicit Reading(Zone fallback)
      : zones_(std::move(fallback))
  {}

  std::vector<WindowRule>
  read(std::span<const Window> windows)
  {
    std::vector<WindowRule> rules;
    for (const Window& window : windows) {
      if (problems_.size() == most_problems) {
        break;
      }
      auto rule = read_window(window, [this](std::string_view name) { return zones_.find(name); });
      if (rule) {
        rules.push_back(*std::move(rule));
      } else {
        kind_ = rule.error().kind;
        problems_.push_back(std::move(rule).error().message);
      }
    }
    return rules;
  }

  [[nodiscard]] Result<>
  outcome() const
  {
    return problems_.empty() ? Result<>() : Failure(Error{kind_, join(problems_, "\n")});
  }

private:
  Zones zones_;
  ErrorKind kind_ = ErrorKind::config;
  std::vector<std::string> problems_;
};

}  // namespace

Result<Calendar>
Calendar::of(std::span<const Window> allow, std::span<const Window> deny, std::string_view zone)
{
  TRY_ASSIGN(Zone fallback, Zone::named(zone));
  Reading reading(std::move(fallback));
  Spans spans;
  if (!std::any_of(allow.begin(), allow.end(), is_any_time)) {
    spans.allow = reading.read(allow);
  }
  spans.deny = reading.read(deny);
  TRY(reading.outcome());
  Calendar calendar;
  calendar.spans_ = std::make_shared<const Spans>(std::move(spans));
  return calendar;
}

Calendar::State
Calendar::at(std::chrono::sys_seconds instant) const
{
  instant = std::clamp(instant, first_instant, last_instant);
  const auto end = std::min<std::chrono::sys_seconds>(instant + horizon, last_instant);
  const WindowOutlook outlook = look_ahead(spans_->allow, spans_->deny, instant, end);
  return {.is_open = outlook.now.is_open,
          .next_change = outlook.change,
          .looked_until = outlook.looked_until,
          .why = why(outlook, spans_->allow.size())};
}

}  // namespace sluice::promote
