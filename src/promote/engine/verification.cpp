// SPDX-License-Identifier: Apache-2.0
//
// How a release is watched: looks at an interval, until they have said enough or the time is over. A watch need not
// hold the job that it began in: what was seen stands in the ledger, and another run goes on with it.
#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "promote/engine/execution.hpp"
#include "promote/engine/observation.hpp"
#include "promote/json_members.hpp"
#include "promote/watch/sample_json.hpp"
#include "promote/watch/watch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kept_samples = 12;
constexpr std::size_t most_samples = 20'000;
constexpr std::size_t most_kept_bytes = std::size_t{1} << 20U;
constexpr milliseconds slice{200};
/// A run that may be left to another still waits that long itself: to end and be started again takes longer.
constexpr milliseconds short_wait{2'000};

/// A watch as far as it has come.
struct Watch
{
  std::chrono::sys_seconds begun;
  std::vector<Sample> samples;
  std::size_t rounds = 0;
  std::chrono::sys_seconds last;  ///< round
  bool is_extended = false;       ///< it lasts twice as long
};

Watch
watch_of(const Promotion& promotion, std::string_view step, std::chrono::sys_seconds now)
{
  Watch watch{.begun = now, .samples = {}, .last = {}};
  const Json& parked = promotion.parked;
  if (text_of(parked, "step") != step) {
    return watch;
  }
  watch.begun = time_of(parked, "watch_begun").value_or(now);
  watch.last = time_of(parked, "last").value_or(now);
  watch.rounds = parked["rounds"].natural().value_or(0);
  watch.is_extended = parked["extended"].boolean().value_or(false);
  for (const Json& sample : parked["samples"].items()) {
    watch.samples.push_back(sample_of(sample));
  }
  return watch;
}

/// What of a watch an entry keeps: the newest samples, and what was answered of the last ones alone.
struct Keep
{
  std::size_t samples = 0;
  std::size_t bytes = most_kept_bytes;  ///< of their JSON
};

Json
json_of(const Watch& watch, const Keep& keep)
{
  Json::Items newest_first;
  std::size_t bytes = 0;
  for (auto each = watch.samples.rbegin(); each != watch.samples.rend() && newest_first.size() < keep.samples; ++each) {
    Sample kept = *each;
    if (newest_first.size() >= kept_samples) {
      kept.answer.clear();
    }
    Json sample = to_json(kept, credentials::redactor());
    bytes += sample.dump(std::nullopt, JsonText::ascii).size();
    if (bytes > keep.bytes) {
      break;
    }
    newest_first.push_back(std::move(sample));
  }
  Json samples = Json::array();
  for (auto each = newest_first.rbegin(); each != newest_first.rend(); ++each) {
    samples.push_back(std::move(*each));
  }
  return Json{{"watch_begun", rfc3339(watch.begun)},
              {"last", rfc3339(watch.last)},
              {"rounds", watch.rounds},
              {"extended", watch.is_extended},
              {"samples", std::move(samples)}};
}

/// Whether nothing that was looked at had a value, and nothing kept it from being looked at.
bool
had_no_value(const std::vector<Sample>& samples)
{
  return std::all_of(samples.begin(), samples.end(),
                     [](const Sample& sample) { return sample.health == Health::no_data; });
}

/// What the pipeline makes of a watch that did not end healthy.
Reaction
reaction_to(const WatchVerdict& verdict, const std::vector<Sample>& samples, const Verify& verify)
{
  if (verdict.conclusion == Conclusion::unhealthy) {
    return verify.on_unhealthy;
  }
  if (verdict.conclusion == Conclusion::inconclusive) {
    return verify.on_inconclusive;
  }
  switch (had_no_value(samples) ? verify.on_no_data : verify.on_cannot_observe) {
  case UnseenReaction::rollback:
    return Reaction::rollback;
  case UnseenReaction::extend:
    return Reaction::extend;
  case UnseenReaction::ask:
    break;
  }
  return Reaction::ask;
}

std::string_view
outcome_by(Reaction reaction, Conclusion conclusion)
{
  switch (reaction) {
  case Reaction::rollback:
    return "unhealthy";
  case Reaction::warn:
    return "done";
  case Reaction::ask:
  case Reaction::extend:
    break;
  }
  return conclusion == Conclusion::inconclusive || conclusion == Conclusion::unhealthy ? "inconclusive"
                                                                                       : "cannot-observe";
}

std::string
line_of(const Sample& sample)
{
  std::string line = fmt::format("{}: {}", sample.probe, name_of(sample.health));
  if (sample.latency_ms) {
    line += fmt::format(" in {:.0f} ms", *sample.latency_ms);
  }
  return sample.why.empty() ? line : fmt::format("{}: {}", line, sample.why);
}

/// How long until the next round.
milliseconds
wait_of(const Watch& watch, const Verify& verify, std::chrono::sys_seconds now)
{
  const auto next = watch.rounds == 0 ? watch.begun + std::chrono::ceil<seconds>(verify.delay)
                                      : watch.last + std::chrono::ceil<seconds>(verify.interval);
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(next - now));
}

WatchProgress
progress_of(const Watch& watch, const Verify& verify, std::chrono::sys_seconds now)
{
  if (verify.count > 0) {
    const bool is_enough = watch.rounds >= static_cast<std::uint64_t>(verify.count);
    return is_enough ? WatchProgress::ended : WatchProgress::going_on;
  }
  const auto end = watch.begun + std::chrono::ceil<seconds>(verify.delay + verify.watch * (watch.is_extended ? 2 : 1));
  const bool is_over = now + std::chrono::floor<seconds>(verify.interval) > end || watch.samples.size() >= most_samples;
  return is_over ? WatchProgress::ended : WatchProgress::going_on;
}

StepEnd
parked(const Watch& watch, std::chrono::sys_seconds until)
{
  Json body = json_of(watch, Keep{most_samples});
  body.at("until") = rfc3339(until);
  return {"parked", fmt::format("{} looks so far; the watch goes on", watch.rounds), std::move(body)};
}

}  // namespace

Look
Execution::look_of(std::string_view step, const Release& expected, std::chrono::sys_seconds deployed) const
{
  Look look{.expected = stage_.verify.version == VersionCheck::commit ? expected.commit : std::string(),
            .variables = variables(step),
            .deployed = deployed,
            .since = std::nullopt,
            .told = {},
            .before = {},
            .watched = watched_well(session_.ledger.state().of(environment_))};
  look.variables["SLUICE_EXPECTED_COMMIT"] = expected.commit;
  for (const Json& sample : promotion().observed_before.items()) {
    look.before.push_back(sample_of(sample));
  }
  return look;
}

Execution::Rest
Execution::rest(milliseconds wait)
{
  if (patience_ == Patience::park && wait > short_wait) {
    return Rest::too_long;
  }
  const auto until = std::chrono::steady_clock::now() + wait;
  for (auto now = std::chrono::steady_clock::now(); now < until; now = std::chrono::steady_clock::now()) {
    session_.clock.sleep(std::min(slice, std::chrono::duration_cast<milliseconds>(until - now) + milliseconds(1)));
    if (!beat()) {
      return Rest::lost;
    }
  }
  return Rest::rested;
}

Result<StepEnd>
Execution::watch(std::string_view step, const Release& expected)
{
  const Verify& verify = stage_.verify;
  if (probes_of(stage_).empty()) {
    return StepEnd{"cannot-observe", "nothing is looked at: the pipeline has no health address, hook or probe here"};
  }
  const WatchRules rules = rules_of(verify);
  Watch watch = watch_of(promotion(), step, session_.clock.now());
  Look look = look_of(step, expected, watch.begun);
  remember(look, watch.samples);
  const Baseline baseline = usual_of(look);
  while (true) {
    const milliseconds wait = wait_of(watch, verify, session_.clock.now());
    const Rest rested = rest(wait);
    if (rested == Rest::too_long) {
      return parked(watch, session_.clock.now() + std::chrono::ceil<seconds>(wait));
    }
    if (rested == Rest::lost) {
      return StepEnd{"cannot-observe", "another run goes on with the watch"};  // which is not written down any more
    }
    const std::vector<Sample> round = look_at(stage_, look, session_);
    watch.last = session_.clock.now();
    ++watch.rounds;
    for (const Sample& sample : round) {
      session_.tell(fmt::format("{}: {}", environment_, line_of(sample)));
    }
    watch.samples.insert(watch.samples.end(), round.begin(), round.end());
    remember(look, round);
    const WatchProgress progress = progress_of(watch, verify, session_.clock.now());
    const WatchVerdict verdict = conclude(watch.samples, rules, baseline, progress);
    if (progress == WatchProgress::going_on && !verdict.is_over) {
      continue;
    }
    StepEnd end{"done", verdict.why, json_of(watch, Keep{std::max(kept_samples, looks_to_compare * round.size())})};
    end.body.at("conclusion") = name_of(verdict.conclusion);
    if (verdict.conclusion == Conclusion::healthy) {
      return end;
    }
    const Reaction reaction = reaction_to(verdict, watch.samples, verify);
    if (reaction == Reaction::extend && verify.count == 0 && !watch.is_extended) {
      watch.is_extended = true;
      session_.tell(fmt::format("{}: {}; the watch is extended", environment_, verdict.why));
      continue;
    }
    end.outcome = outcome_by(reaction, verdict.conclusion);
    return end;
  }
}

}  // namespace sluice::promote
