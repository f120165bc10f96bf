// SPDX-License-Identifier: Apache-2.0
#include "promote/ledger/state.hpp"

#include "base/clock.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

Lease
lease_of(const Entry& entry)
{
  const Json& json = entry.body["lease"];
  const std::chrono::seconds length(json["seconds"].integer().value_or(0));
  return {json["holder"], entry.actor, length, entry.at + length, entry.number};
}

std::optional<Release>
release_of(const Json& json)
{
  if (!json.is_object()) {
    return std::nullopt;
  }
  return Release{text_of(json, "commit"), text_of(json, "identity"),
                 time_of(json, "since").value_or(std::chrono::sys_seconds{}), text_of(json, "entry")};
}

std::vector<std::string>
texts_of(const Json& list)
{
  std::vector<std::string> texts;
  for (const Json& item : list.items()) {
    if (const std::string* text = item.text()) {
      texts.push_back(*text);
    }
  }
  return texts;
}

Promotion
promotion_of(const Entry& entry)
{
  Promotion made;
  made.kind = text_of(entry.body, "what") == "rollback" ? Promotion::Kind::rollback : Promotion::Kind::promotion;
  made.direction = made.kind == Promotion::Kind::rollback ? Direction::back : Direction::forward;
  made.id = entry.id.hex();
  made.number = entry.number;
  made.environment = entry.environment;
  made.actor = entry.actor;
  made.reason = text_of(entry.body, "reason");
  made.commit = text_of(entry.body, "commit");
  made.identity = text_of(entry.body, "identity");
  made.previous = release_of(entry.body["previous"]);
  made.begun = entry.at;
  made.plan = text_of(entry.body, "plan");
  made.risk = text_of(entry.body, "risk");
  made.is_emergency = entry.body["emergency"].boolean().value_or(false);
  made.waived = texts_of(entry.body["waived"]);
  made.data = text_of(entry.body, "data");
  made.lease = lease_of(entry);
  made.gates = entry.body["gates"];
  made.observed_before = entry.body["observed"];
  return made;
}

/// Whether what a step came to turns the promotion back.
bool
turns_back(std::string_view step, std::string_view outcome)
{
  return (step.starts_with("deploy") && outcome == "failed") || (step.starts_with("verify") && outcome == "unhealthy");
}

void
take_step(Promotion& promotion, const Entry& entry)
{
  const std::string name = text_of(entry.body, "step");
  Step& step = promotion.steps[name];
  if (entry.kind == EntryKind::step_begun) {
    const bool was_asked = step.was_asked;
    const bool was_repeated = !step.key.empty();
    step = Step{};
    step.was_asked = was_asked;
    step.was_repeated = was_repeated;
    step.key = text_of(entry.body, "key");
    step.number = entry.number;
    step.begun = entry.at;
    return;
  }
  step.outcome = entry.kind == EntryKind::decided ? "done" : text_of(entry.body, "outcome");
  step.state = step.outcome == "done" ? Step::State::done : Step::State::failed;
  step.ended = entry.at;
  step.body = entry.body;
  if (promotion.direction == Direction::forward && turns_back(name, step.outcome)) {
    promotion.direction = Direction::back;
  }
}

void
take_lease(Promotion& promotion, const Entry& entry)
{
  promotion.lease = lease_of(entry);
  promotion.is_parked = false;
  promotion.question.clear();
  if (text_of(entry.body, "mode") == "rollback") {
    promotion.direction = Direction::back;
  }
  if (const std::string data = text_of(entry.body, "data"); !data.empty()) {
    promotion.data = data;
  }
  if (const std::string reason = text_of(entry.body, "reason"); !reason.empty()) {
    promotion.reason = reason;
  }
}

/// Everything that its holder writes renews a lease. It was written after the newest entry, whatever the holder's clock
/// says: by one that is behind, others would see the lease end early. But who is a day behind does not drift, and an
/// entry from the far future must not keep all leases from ending.
void
renew(Promotion& promotion, std::chrono::sys_seconds at, std::chrono::sys_seconds newest)
{
  constexpr std::chrono::hours most_drift{24};
  if (promotion.lease) {
    promotion.lease->expires = (newest - at <= most_drift ? newest : at) + promotion.lease->length;
  }
}

void
leave(EnvironmentState& state, std::string_view identity, std::chrono::sys_seconds at)
{
  const auto found = state.verified.find(identity);
  if (found != state.verified.end() && !found->second.left) {
    found->second.left = at;
  }
}

void
take_end(EnvironmentState& state, Promotion& promotion, const Entry& entry)
{
  promotion.end = entry.kind;
  promotion.end_why = text_of(entry.body, "why");
  promotion.ended = entry.at;
  promotion.lease.reset();
  promotion.is_parked = false;
  promotion.question.clear();
  state.waiting.reset();
  if (entry.kind == EntryKind::confirmed) {
    if (state.live && state.live->identity != promotion.identity) {
      leave(state, state.live->identity, entry.at);
    }
    state.live = Release{promotion.commit, promotion.identity, entry.at, entry.id.hex()};
    state.before.push_back(*state.live);
    state.verified[promotion.identity] = {true, entry.at, std::nullopt, ""};
    state.rolled_back.erase(promotion.commit);
    return;
  }
  const bool was_tried = promotion.step("deploy") != nullptr || promotion.kind == Promotion::Kind::rollback;
  if (entry.kind != EntryKind::aborted && was_tried) {
    state.verified[promotion.identity] = {false, entry.at, entry.at, promotion.end_why};
  }
  if (promotion.step("rollback") != nullptr) {
    state.rolled_back[promotion.commit] = promotion.end_why;
  }
  if (entry.kind == EntryKind::rolled_back) {
    if (promotion.previous) {
      const bool was_live = state.live && state.live->commit == promotion.previous->commit;
      state.live = *promotion.previous;
      if (!was_live) {
        state.live->since = entry.at;
      }
      state.live->entry = entry.id.hex();
      std::erase_if(state.before, [&](const Release& release) {
        return release.commit == promotion.commit && release.identity == promotion.identity;
      });
    }
  }
}

void
take_of_promotion(EnvironmentState& state, Promotion& promotion, const Entry& entry)
{
  promotion.entries.push_back(entry.number);
  switch (entry.kind) {
  case EntryKind::taken_over:
    return take_lease(promotion, entry);
  case EntryKind::step_begun:
  case EntryKind::step_ended:
  case EntryKind::decided:
    return take_step(promotion, entry);
  case EntryKind::parked:
    promotion.is_parked = true;
    promotion.parked = entry.body;
    promotion.lease.reset();
    return;
  case EntryKind::needs_operator: {
    promotion.question = text_of(entry.body, "why");
    promotion.lease.reset();
    const auto asked = promotion.steps.find(text_of(entry.body, "step"));
    if (asked != promotion.steps.end()) {
      asked->second.was_asked = true;
    }
    return;
  }
  case EntryKind::confirmed:
  case EntryKind::rolled_back:
  case EntryKind::failed:
  case EntryKind::aborted:
    return take_end(state, promotion, entry);
  default:
    return;
  }
}

void
take_word(EnvironmentState& state, const Entry& entry)
{
  Word word{entry, text_of(entry.body, "commit")};
  switch (entry.kind) {
  case EntryKind::approved:
    return state.approvals.push_back(std::move(word));
  case EntryKind::rejected:
    return state.rejections.push_back(std::move(word));
  case EntryKind::evidence:
    return state.evidence.push_back(std::move(word));
  case EntryKind::attested:
    return state.attestations.push_back(std::move(word));
  case EntryKind::locked:
    state.lock = PersonLock{entry.actor, text_of(entry.body, "reason"), entry.at};
    return;
  case EntryKind::unlocked:
    return state.lock.reset();
  case EntryKind::waiting:
    state.waiting = Waiting{word.commit, entry.body, entry.at};
    return;
  case EntryKind::reviewed:
    state.unreviewed.erase(text_of(entry.body, "reviewed"));
    return;
  case EntryKind::aborted:
    return state.waiting.reset();
  case EntryKind::observed:
    if (state.live) {
      Verification& seen = state.verified[state.live->identity];
      seen.was_healthy = text_of(entry.body, "outcome") == "healthy";
      seen.why = text_of(entry.body, "why");
      seen.at = seen.was_healthy && seen.at != std::chrono::sys_seconds{} ? seen.at : entry.at;
    }
    return;
  default:
    return;
  }
}

}  // namespace

std::string
text_of(const Json& json, std::string_view key)
{
  const std::string* text = json[key].text();
  return text == nullptr ? std::string() : *text;
}

std::optional<std::chrono::sys_seconds>
time_of(const Json& json, std::string_view key)
{
  const auto time = parse_rfc3339(text_of(json, key));
  return time ? std::optional(std::chrono::floor<std::chrono::seconds>(*time)) : std::nullopt;
}

const Step*
Promotion::step(std::string_view name) const
{
  const auto found = steps.find(name);
  return found == steps.end() ? nullptr : &found->second;
}

const Promotion*
EnvironmentState::unfinished() const
{
  return promotions.empty() || promotions.back().end ? nullptr : &promotions.back();
}

Condition
EnvironmentState::condition() const
{
  if (const Promotion* now = unfinished()) {
    if (!now->question.empty()) {
      return Condition::needs_operator;
    }
    return now->is_parked ? Condition::waiting : Condition::running;
  }
  if (waiting) {
    return Condition::waiting;
  }
  if (promotions.empty()) {
    return Condition::none;
  }
  switch (*promotions.back().end) {
  case EntryKind::confirmed:
    return Condition::confirmed;
  case EntryKind::rolled_back:
    return Condition::rolled_back;
  case EntryKind::aborted:
    return Condition::aborted;
  default:
    return Condition::failed;
  }
}

void
State::take(const Entry& entry)
{
  const auto fault = [&](std::string_view what) { faults.push_back(fmt::format("entry {}: {}", entry.number, what)); };
  if (entry.number != entries + 1) {
    fault(fmt::format("is where {} belongs", entries + 1));
  }
  entries = entry.number;
  newest = std::max(newest, entry.at);
  EnvironmentState& state = environments[entry.environment];
  const bool has_unfinished = state.unfinished() != nullptr;
  if (entry.kind == EntryKind::begun) {
    if (has_unfinished) {
      fault("begins a promotion while another has not ended");
    }
    Promotion& begun = state.promotions.emplace_back(promotion_of(entry));
    begun.entries.push_back(entry.number);
    renew(begun, entry.at, newest);
    state.waiting.reset();
    if (begun.is_emergency) {
      state.unreviewed.insert(begun.id);
    }
    return;
  }
  if (entry.promotion.empty()) {
    return take_word(state, entry);
  }
  if (!has_unfinished || state.promotions.back().id != entry.promotion) {
    return fault("belongs to a promotion that has ended, or never began");
  }
  take_of_promotion(state, state.promotions.back(), entry);
  renew(state.promotions.back(), entry.at, newest);
}

const EnvironmentState&
State::of(std::string_view environment) const
{
  static const EnvironmentState none;
  const auto found = environments.find(environment);
  return found == environments.end() ? none : found->second;
}

}  // namespace sluice::promote
