// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/execution.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "promote/engine/announcer.hpp"
#include "promote/evidence/effective_stage.hpp"
#include "promote/json_members.hpp"
#include "promote/time_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::seconds;

}  // namespace

std::string
idempotency_key(std::string_view promotion, std::string_view step)
{
  return to_hex(sha256(fmt::format("{}\n", promotion), step)).substr(0, 32);
}

Execution::Execution(Session& session, std::string environment, Patience patience)
    : session_(session),
      environment_(std::move(environment)),
      stage_(session.options().environments.at(environment_)),
      patience_(patience)
{
  const Promotion& now = promotion();
  const EffectiveStage asked = effective(stage_, from_name<Risk>(now.risk));
  stage_.verify.watch = asked.watch;
  stage_.strategy = asked.strategy;
  id_ = now.id;
  token_ = now.lease ? now.lease->token : 0;
  last_beat_ = session.clock.now();
}

const Promotion&
Execution::promotion() const
{
  return session_.ledger.state().of(environment_).promotions.back();
}

Ending
Execution::lost() const
{
  return {Verdict::fail, "stopped", fmt::format("another run has taken the promotion of {} over", environment_),
          fmt::format("sluice promote status --environment {}", environment_)};
}

Result<bool>
Execution::write(EntryKind kind, Json body)
{
  Entry entry;
  entry.kind = kind;
  entry.environment = environment_;
  entry.promotion = id_;
  entry.actor = session_.actor;
  entry.body = std::move(body);
  TRY_ASSIGN(const Ledger::Appended appended, session_.ledger.append(std::move(entry), [this](const State& state) {
    const Promotion* now = state.of(environment_).unfinished();
    return now != nullptr && now->id == id_ && now->lease && now->lease->token == token_;
  }));
  last_beat_ = session_.clock.now();
  return appended == Ledger::Appended::done;
}

/// Whether to go on: not if another run has taken the promotion over, and does the same. A ledger that does not answer
/// is no reason to stop a program that works: what it does is in the lease's time, and what comes after it needs the
/// ledger anyway.
bool
Execution::beat()
{
  const auto due = last_beat_ + std::chrono::duration_cast<seconds>(stage_.lease) / 3;
  if (session_.clock.now() < due) {
    return true;
  }
  last_beat_ = session_.clock.now();
  const auto is_ours = write(EntryKind::renewed, Json::object());
  return !is_ours || *is_ours;
}

Result<Ending>
Execution::finish(EntryKind kind, Verdict verdict, std::string why)
{
  TRY_ASSIGN(const bool is_written, write(kind, Json{{"commit", promotion().commit}, {"why", why}}));
  if (!is_written) {
    return lost();
  }
  session_.tell(fmt::format("{}: {}{}{}", environment_, name_of(kind), why.empty() ? "" : ": ", why));
  return Ending{verdict, std::string(name_of(kind)), std::move(why)};
}

Execution::MaybeEnding
Execution::ask(std::string_view step, std::string why, std::string fix)
{
  TRY_ASSIGN(const bool is_written, write(EntryKind::needs_operator, Json{{"step", step}, {"why", why}}));
  if (!is_written) {
    return lost();
  }
  session_.tell(fmt::format("{}: a person must decide: {}", environment_, why));
  return Ending{Verdict::incomplete, "needs a person", std::move(why), std::move(fix)};
}

Execution::MaybeEnding
Execution::after_failure(const std::string& step, const Step& failed)
{
  const std::string why = text_of(failed.body, "why");
  if (failed.outcome == "cannot-observe" || failed.outcome == "inconclusive") {
    return ask(step, fmt::format("{}: {}", step, why),
               fmt::format("look at {0}, then: sluice promote resume --environment {0}, or rollback", environment_));
  }
  if (promotion().direction == Direction::forward) {
    TRY_ASSIGN(Ending ending, finish(EntryKind::failed, Verdict::fail, fmt::format("{}: {}", step, why)));
    return ending;
  }
  if (step == "diagnose") {
    return std::nullopt;  // what it would have kept is lost, and the way back is not
  }
  if (step.starts_with("deploy") || (step.starts_with("verify") && step != "verify-rollback")) {
    return std::nullopt;  // it is why we go back
  }
  TRY_ASSIGN(Ending ending,
             finish(EntryKind::failed, Verdict::fail, fmt::format("the way back failed: {}: {}", step, why)));
  const std::string again = fmt::format("sluice promote rollback --environment {}", environment_);
  ending.fix = stage_.runbook.empty() ? fmt::format("mend it, then: {}", again)
                                      : fmt::format("follow {}, then: {}", stage_.runbook, again);
  return ending;
}

Execution::MaybeEnding
Execution::perform(const Planned& step)
{
  const Step* before = promotion().step(step.name);
  if (before != nullptr && before->state == Step::State::done) {
    return std::nullopt;
  }
  const bool is_watch = step.name.starts_with("verify");
  if (before != nullptr && before->state == Step::State::failed && !is_watch) {
    return after_failure(step.name, *before);
  }
  if (before != nullptr && before->state == Step::State::begun && step.repeat == Repeat::never) {
    if (!before->was_asked) {
      return ask(step.name,
                 fmt::format("{} had begun when its run died, and may have been done; it is not run again", step.name),
                 fmt::format("find out whether it was done. If so: sluice promote resume --environment {0}. If not: "
                             "sluice promote rollback --environment {0}, or abort",
                             environment_));
    }
    TRY_ASSIGN(const bool is_written,
               write(EntryKind::decided, Json{{"step", step.name}, {"why", "a person found it done"}}));
    return is_written ? std::nullopt : std::optional(lost());
  }
  const std::string key = idempotency_key(id_, step.name);
  TRY_ASSIGN(const bool has_begun, write(EntryKind::step_begun, Json{{"step", step.name}, {"key", key}}));
  if (!has_begun) {
    return lost();
  }
  session_.tell(fmt::format("{}: {}", environment_, step.name));
  if (announcer_ != nullptr) {
    announcer_->step_begins(step.name);
  }
  const auto start = std::chrono::steady_clock::now();
  TRY_ASSIGN(StepEnd end, step.act());
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  const bool is_parked = end.outcome == "parked";
  Json body{{"step", step.name}, {"outcome", end.outcome}, {"why", end.why}, {"ms", time.count()}};
  for (const Json::Member& member : end.body.members()) {
    body.at(member.key) = member.value;
  }
  TRY_ASSIGN(const bool has_ended, write(is_parked ? EntryKind::parked : EntryKind::step_ended, std::move(body)));
  if (!has_ended) {
    return lost();
  }
  session_.tell(fmt::format("{}: {} {}{}{} ({})", environment_, step.name, end.outcome, end.why.empty() ? "" : ": ",
                            end.why, shown_time(time)));
  if (announcer_ != nullptr) {
    announcer_->step_ended(step.name);
  }
  if (is_parked) {
    return Ending{Verdict::incomplete, "waiting", end.why,
                  fmt::format("sluice promote resume --environment {} --park", environment_)};
  }
  const Step& now = *promotion().step(step.name);
  return now.state == Step::State::done ? MaybeEnding(std::nullopt) : after_failure(step.name, now);
}

Execution::MaybeEnding
Execution::forward()
{
  for (const Planned& step : steps_forward()) {
    TRY_ASSIGN(auto ending, perform(step));
    if (ending) {
      return ending;
    }
    if (promotion().direction == Direction::back) {
      return std::nullopt;
    }
  }
  TRY_ASSIGN(Ending ending, finish(EntryKind::confirmed, Verdict::pass, ""));
  return ending;
}

Result<Ending>
Execution::go()
{
  while (true) {
    TRY_ASSIGN(auto ending, promotion().direction == Direction::forward ? forward() : back());
    if (ending) {
      return *std::move(ending);
    }
  }
}

}  // namespace sluice::promote
