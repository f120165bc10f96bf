// SPDX-License-Identifier: Apache-2.0
#include "promote/ledger/state.hpp"

#include "base/clock.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

/// No lease is longer, whatever an entry says: what is added to a time must not be more than a time can be.
constexpr std::int64_t longest_lease = std::int64_t{366} * 24 * 3600;

/// No ledger has had more, whatever an entry says.
constexpr std::uint64_t most_tokens = std::uint64_t{1} << 48U;

Lease
lease_of(const Entry& entry)
{
  const Json& json = entry.body["lease"];
  const std::chrono::seconds length(std::clamp(json["seconds"].integer().value_or(0), std::int64_t{0}, longest_lease));
  return {json["holder"], entry.actor, length, entry.at + length, entry.number};
}

std::optional<Release>
release_of(const Json& json)
{
  if (!json.is_object()) {
    return std::nullopt;
  }
  const std::string commit = text_of(json, "commit");
  const bool is_id =
      !commit.empty() && commit.size() <= 64 && commit.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_id) {
    return std::nullopt;  // it goes to hooks, and nobody but a forger writes another
  }
  return Release{commit, text_of(json, "identity"), time_of(json, "since").value_or(std::chrono::sys_seconds{}),
                 text_of(json, "entry")};
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
    // Who asks for the way back once more says that what had begun of it was not done.
    if (promotion.direction == Direction::back) {
      std::erase_if(promotion.steps,
                    [](const auto& step) { return step.second.state == Step::State::begun && step.second.was_asked; });
    }
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

/// Of the lease that an entry takes.
void
raise_token(Promotion& promotion, const Entry& entry, std::uint64_t fence)
{
  const bool takes = entry.kind == EntryKind::begun || entry.kind == EntryKind::taken_over;
  if (takes && promotion.lease) {
    promotion.lease->token += fence;
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
take_confirmation(EnvironmentState& state, const Promotion& promotion, const Entry& entry)
{
  if (state.live && state.live->identity != promotion.identity) {
    leave(state, state.live->identity, entry.at);
  }
  state.left_behind.reset();
  state.left_migrated.reset();
  state.live = Release{promotion.commit, promotion.identity, entry.at, entry.id.hex()};
  state.before.push_back(*state.live);
  state.verified[promotion.identity] = {true, entry.at, std::nullopt, ""};
  state.rolled_back.erase(promotion.commit);
}

/// The release before is live again, and was found healthy where another had its place.
void
take_return(EnvironmentState& state, const Promotion& promotion, const Entry& entry)
{
  if (!promotion.previous) {
    return;
  }
  const bool was_live = state.live && state.live->commit == promotion.previous->commit;
  state.live = *promotion.previous;
  if (!was_live) {
    state.live->since = entry.at;
  }
  state.live->entry = entry.id.hex();
  std::erase_if(state.before, [&](const Release& release) {
    return release.commit == promotion.commit && release.identity == promotion.identity
           && release.identity != state.live->identity;
  });
  if (state.live->identity == promotion.identity) {
    return;  // what failed the second time was not made well by being brought back
  }
  Verification& seen = state.verified[state.live->identity];
  const bool stayed = seen.was_healthy && !seen.left;
  if (promotion.has_deployed() && !stayed) {
    seen = {true, entry.at, std::nullopt, ""};
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
    return take_confirmation(state, promotion, entry);
  }
  if (entry.kind != EntryKind::aborted && promotion.has_deployed()) {
    const bool is_live = state.live && state.live->identity == promotion.identity;
    const bool stays = is_live && promotion.kind == Promotion::Kind::promotion;
    state.verified[promotion.identity] = {false, entry.at, stays ? std::nullopt : std::optional(entry.at),
                                          promotion.end_why};
  }
  if (promotion.step("rollback") != nullptr || (entry.kind == EntryKind::rolled_back && promotion.has_deployed())) {
    state.rolled_back[promotion.commit] = promotion.end_why;
  }
  if (entry.kind == EntryKind::rolled_back) {
    state.left_behind.reset();
    state.left_migrated.reset();
    return take_return(state, promotion, entry);
  }
  if (promotion.has_deployed()) {
    state.left_behind = Release{promotion.commit, promotion.identity, entry.at, entry.id.hex()};
    state.left_migrated.reset();
  } else if (promotion.has_migrated()) {
    state.left_migrated = Release{promotion.commit, promotion.identity, entry.at, entry.id.hex()};
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

/// A look counts for what was looked at. Once a release was ill, its time begins anew when it is well again.
void
take_look(EnvironmentState& state, const Entry& entry)
{
  const bool is_of_it = state.live && text_of(entry.body, "identity") == state.live->identity;
  if (!is_of_it) {
    return;
  }
  const bool is_healthy = text_of(entry.body, "outcome") == "healthy";
  const auto known = state.verified.find(state.live->identity);
  if (known != state.verified.end() && known->second.was_healthy == is_healthy) {
    known->second.why = text_of(entry.body, "why");
    return;
  }
  state.verified[state.live->identity] = {is_healthy, entry.at, std::nullopt, text_of(entry.body, "why")};
}

void
take_waiting(EnvironmentState& state, const Word& word)
{
  std::vector<std::string> actors;
  if (state.waiting && state.waiting->commit == word.commit) {
    actors = std::move(state.waiting->actors);
  }
  const bool asks = !word.entry.body["asked_before"].boolean().value_or(false);
  if (asks && std::find(actors.begin(), actors.end(), word.entry.actor) == actors.end()) {
    actors.push_back(word.entry.actor);
  }
  state.was_given_up = false;
  state.waiting = Waiting{word.commit, word.entry.body, word.entry.at, std::move(actors)};
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
    if (entry.body["applied"].is_array()) {
      state.believed_migrations = entry.body["applied"];
      state.believed_at = entry.number;
    }
    return state.lock.reset();
  case EntryKind::waiting:
    return take_waiting(state, word);
  case EntryKind::reviewed:
    state.unreviewed.erase(text_of(entry.body, "reviewed"));
    return;
  case EntryKind::aborted:
    state.was_given_up = true;
    return state.waiting.reset();
  case EntryKind::observed:
    return take_look(state, entry);
  case EntryKind::noted:
    state.notes.push_back({text_of(entry.body, "about"), text_of(entry.body, "item"), text_of(entry.body, "reason"),
                           entry.actor, entry.at});
    return;
  default:
    return;
  }
}

/// Kinds that mean nothing outside a promotion. (`aborted` may end what only waits.)
bool
is_of_promotion(EntryKind kind)
{
  return (kind > EntryKind::begun && kind <= EntryKind::failed);
}

bool
ends_step(EntryKind kind)
{
  return kind == EntryKind::step_ended || kind == EntryKind::decided || kind == EntryKind::parked;
}

bool
is_under_way(const Promotion& promotion, std::string_view step)
{
  const Step* known = promotion.step(step);
  return known != nullptr && known->state == Step::State::begun;
}

}  // namespace

Json
json_of(const Release& release)
{
  const bool has_time = release.since != std::chrono::sys_seconds{};
  return Json{{"commit", release.commit},
              {"identity", release.identity},
              {"since", has_time ? Json(rfc3339(release.since)) : Json()},
              {"entry", release.entry}};
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
  times.push_back(entry.at);
  EnvironmentState& state = environments[entry.environment];
  const bool has_unfinished = state.unfinished() != nullptr;
  if (entry.kind == EntryKind::begun) {
    if (has_unfinished) {
      fault("begins a promotion while another has not ended");
    }
    Promotion& begun = state.promotions.emplace_back(promotion_of(entry));
    raise_token(begun, entry, fence);
    begun.entries.push_back(entry.number);
    renew(begun, entry.at, newest);
    state.waiting.reset();
    state.was_given_up = false;
    if (begun.is_emergency) {
      state.unreviewed.insert(begun.id);
    }
    return;
  }
  if (entry.promotion.empty()) {
    if (is_of_promotion(entry.kind)) {
      return fault("is what only a promotion has, and belongs to none");
    }
    const std::uint64_t lost = entry.body["fence"].natural().value_or(0);
    if (entry.kind == EntryKind::unlocked && lost > entry.number && lost < most_tokens) {
      fence = std::max(fence, lost - entry.number);
    }
    if (entry.kind == EntryKind::unlocked && (lost > 0 || entry.body["accepted"].is_array())) {
      accepted_at = entry.number;
    }
    if (entry.kind == EntryKind::unlocked && entry.body["believed"].boolean().value_or(false)) {
      believed_faults = faults.size();
    }
    return take_word(state, entry);
  }
  if (!has_unfinished || state.promotions.back().id != entry.promotion) {
    return fault("belongs to a promotion that has ended, or never began");
  }
  Promotion& promotion = state.promotions.back();
  if (ends_step(entry.kind) && !is_under_way(promotion, text_of(entry.body, "step"))) {
    fault("ends a step that is not under way");
  }
  take_of_promotion(state, promotion, entry);
  raise_token(promotion, entry, fence);
  renew(promotion, entry.at, newest);
}

}  // namespace sluice::promote
