// SPDX-License-Identifier: Apache-2.0
//
// How a release is watched: looks at an interval, until they have said enough or the time is over. A watch need not
// hold the job that it began in: what was seen stands in the ledger, and another run goes on with it.
#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "promote/engine/execution.hpp"
#include "promote/engine/observation.hpp"
#include "promote/sample_json.hpp"
#include "promote/watch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kept_samples = 12;
constexpr std::size_t most_samples = 20'000;
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
  for (const Json& sample : parked["samples"].items()) {
    watch.samples.push_back(sample_of(sample));
  }
  return watch;
}

Json
json_of(const Watch& watch, std::size_t most)
{
  const std::size_t skipped = watch.samples.size() - std::min(watch.samples.size(), most);
  Json samples = Json::array();
  for (std::size_t i = skipped; i < watch.samples.size(); ++i) {
    samples.push_back(to_json(watch.samples[i], credentials::redactor()));
  }
  return Json{{"watch_begun", rfc3339(watch.begun)},
              {"last", rfc3339(watch.last)},
              {"rounds", watch.rounds},
              {"samples", std::move(samples)}};
}

std::string_view
outcome_of(Conclusion conclusion)
{
  switch (conclusion) {
  case Conclusion::healthy:
    return "done";
  case Conclusion::unhealthy:
    return "unhealthy";
  case Conclusion::inconclusive:
    return "inconclusive";
  case Conclusion::no_data:
  case Conclusion::cannot_observe:
    break;
  }
  return "cannot-observe";
}

Reaction
reaction_to(Conclusion conclusion, const Verify& verify)
{
  switch (conclusion) {
  case Conclusion::unhealthy:
    return verify.on_unhealthy;
  case Conclusion::inconclusive:
    return verify.on_inconclusive;
  case Conclusion::no_data:
    return verify.on_no_data;
  case Conclusion::cannot_observe:
  case Conclusion::healthy:
    break;
  }
  return verify.on_cannot_observe;
}

/// What the pipeline makes of a conclusion that is no good one.
std::string
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

}  // namespace

Result<StepEnd>
Execution::watch(std::string_view step, const Release& expected)
{
  const Verify& verify = stage_.verify;
  if (probes_of(stage_).empty()) {
    return StepEnd{"cannot-observe", "nothing is looked at: the pipeline has no health address, hook or probe here"};
  }
  const WatchRules rules = rules_of(verify);
  Watch watch = watch_of(promotion(), step, session_.clock.now());
  Look look{.expected = verify.version == VersionCheck::commit ? expected.commit : std::string(),
            .variables = variables(step),
            .deployed = watch.begun,
            .since = std::nullopt,
            .before = {}};
  look.variables["SLUICE_EXPECTED_COMMIT"] = expected.commit;
  for (const Json& sample : promotion().observed_before.items()) {
    look.before.push_back(sample_of(sample));
  }
  const Baseline baseline = baseline_of(look.before);
  const auto pause = [&](milliseconds wait) -> bool {
    const bool leaves = patience_ == Patience::park && wait > short_wait;
    const auto until = std::chrono::steady_clock::now() + wait;
    while (!leaves && std::chrono::steady_clock::now() < until) {
      session_.clock.sleep(std::min(
          slice, std::chrono::duration_cast<milliseconds>(until - std::chrono::steady_clock::now()) + milliseconds(1)));
      static_cast<void>(beat());
    }
    return !leaves;
  };
  const auto park = [&](milliseconds wait) -> StepEnd {
    Json body = json_of(watch, most_samples);
    body.at("until") = rfc3339(session_.clock.now() + std::chrono::ceil<seconds>(wait));
    return {"parked", fmt::format("{} looks so far; the watch goes on", watch.rounds), std::move(body)};
  };

  const auto end_of_time = [&](bool is_extended) {
    return watch.begun + std::chrono::ceil<seconds>(verify.delay + verify.watch * (is_extended ? 2 : 1));
  };
  const auto wait_for_next = [&]() -> milliseconds {
    const auto next = watch.rounds == 0 ? watch.begun + std::chrono::ceil<seconds>(verify.delay)
                                        : watch.last + std::chrono::ceil<seconds>(verify.interval);
    return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(next - session_.clock.now()));
  };
  bool is_extended = false;
  while (true) {
    const milliseconds wait = watch.rounds == 0 && verify.delay.count() == 0 ? milliseconds(0) : wait_for_next();
    if (!pause(wait)) {
      return park(wait);
    }
    look.since = watch.rounds == 0 ? std::nullopt : std::optional(watch.last);
    std::vector<Sample> round = look_at(stage_, look, session_);
    watch.last = session_.clock.now();
    ++watch.rounds;
    for (const Sample& sample : round) {
      session_.tell(fmt::format("{}: {}", environment_, line_of(sample)));
    }
    watch.samples.insert(watch.samples.end(), round.begin(), round.end());
    const bool is_counted = verify.count > 0 && watch.rounds >= static_cast<std::uint64_t>(verify.count);
    const bool is_timed =
        verify.count == 0
        && (session_.clock.now() + std::chrono::floor<seconds>(verify.interval) > end_of_time(is_extended)
            || watch.samples.size() >= most_samples);
    const bool has_ended = is_counted || is_timed;
    const WatchVerdict verdict =
        conclude(watch.samples, rules, baseline, has_ended ? WatchProgress::ended : WatchProgress::going_on);
    if (!has_ended && !verdict.is_over) {
      continue;
    }
    StepEnd end{std::string(outcome_of(verdict.conclusion)), verdict.why, json_of(watch, kept_samples)};
    end.body.at("conclusion") = name_of(verdict.conclusion);
    if (verdict.conclusion == Conclusion::healthy) {
      return end;
    }
    const Reaction reaction = reaction_to(verdict.conclusion, verify);
    if (reaction == Reaction::extend && verify.count == 0 && !is_extended) {
      is_extended = true;
      session_.tell(fmt::format("{}: {}; the watch is extended", environment_, verdict.why));
      continue;
    }
    end.outcome = outcome_by(reaction, verdict.conclusion);
    return end;
  }
}

}  // namespace sluice::promote
