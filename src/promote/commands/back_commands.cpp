// SPDX-License-Identifier: Apache-2.0
//
// The verbs that give something up: rollback, abort.
#include "promote/brief.hpp"
#include "promote/commands/moving.hpp"
#include "promote/commands/run_commands.hpp"
#include "promote/engine/rewind.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

/// A rollback that was asked for and ended well has done what it should.
Ending
as_asked(Ending ending)
{
  if (ending.what == name_of(EntryKind::rolled_back)) {
    ending.verdict = Verdict::pass;
  }
  return ending;
}

/// The commit that a rollback leaves; empty if there is none.
std::string
commit_to_leave(const EnvironmentState& here)
{
  if (const Promotion* unfinished = here.unfinished()) {
    return unfinished->commit;
  }
  const Release* left = here.to_leave();
  return left == nullptr ? std::string() : left->commit;
}

/// Why the data cannot be restored, which is to be known before anything is touched; nothing if they can be, or stay.
std::optional<Ending>
no_restore(const VerbOptions& options, const Stage& stage, const Session& session)
{
  if (options.data != DataChoice::restore) {
    return std::nullopt;
  }
  const EnvironmentState& here = session.ledger.state().of(options.environment);
  const std::string commit = commit_to_leave(here);
  const auto backup = restorable_backup({stage, here, commit, session.input.input.directory});
  if (backup) {
    return std::nullopt;
  }
  return Ending{Verdict::fail, "refused", fmt::format("the data cannot be restored: {}", backup.error().message),
                fmt::format("sluice promote rollback --environment {} --data keep", options.environment)};
}

/// A rollback leaves what is there and goes back to what was: whoever names another commit means something else.
Result<>
check_commit(const VerbOptions& options, const EnvironmentState& here, const Session& session)
{
  if (options.commit.empty()) {
    return {};
  }
  TRY_ASSIGN(const std::string commit, resolve_commit(session, options.commit));
  const Promotion* unfinished = here.unfinished();
  const Release* target = unfinished == nullptr ? here.to_go_back_to() : nullptr;
  const bool is_left =
      commit == commit_to_leave(here) || (unfinished == nullptr && here.live && here.live->commit == commit);
  const auto& previous = unfinished != nullptr ? unfinished->previous : here.live;
  const bool is_target =
      target != nullptr ? target->commit == commit : unfinished != nullptr && previous && previous->commit == commit;
  if (is_left || is_target) {
    return {};
  }
  return fail(ErrorKind::usage,
              "--commit: a rollback goes from what is in {} to the release before it, and {} is neither",
              options.environment, brief(commit));
}

Result<Ending>
roll_back(const VerbOptions& options, Session& session)
{
  TRY_ASSIGN(const Stage* stage, find_stage(session.options(), options.environment));
  look_for_rewind(session, options.environment);
  if (auto damage = damage_of(session)) {
    return *damage;
  }
  const EnvironmentState& here = session.ledger.state().of(options.environment);
  TRY(check_commit(options, here, session));
  if (is_irreversible(*stage, here, commit_to_leave(here)) && options.data == DataChoice::unsaid) {
    return fail(ErrorKind::usage,
                "--data is needed: {} that its changes are irreversible; --data keep leaves the data as they are, "
                "--data restore brings the verified backup back",
                stage->irreversible ? fmt::format("{} says", options.environment)
                                    : std::string("the report of its migrations says"));
  }
  if (auto refused = no_restore(options, *stage, session)) {
    return *refused;
  }
  if (auto left = work_left(options, session)) {
    return *left;
  }
  if (here.unfinished() != nullptr) {
    TRY_ASSIGN(auto refused, take_over(options, session, "rollback"));
    if (refused) {
      return *refused;
    }
    TRY_ASSIGN(Ending ending, carry_on(session, options, Announcer::Start::continued));
    return as_asked(std::move(ending));
  }
  const Release* target = here.to_go_back_to();
  if (target == nullptr) {
    return Ending{Verdict::fail, "refused", fmt::format("{} has no previous release", options.environment),
                  "promote a commit that is well"};
  }
  Entry entry = beginning(options, session, "rollback");
  const Release& left = *here.to_leave();
  entry.body.at("commit") = left.commit;
  entry.body.at("identity") = left.identity;
  entry.body.at("previous") = json_of(*target);
  entry.body.at("lease") = lease_json(*stage);
  const std::uint64_t seen = here.promotions.size();
  TRY_ASSIGN(const auto appended, session.ledger.append(std::move(entry), [&](const State& state) {
    return state.of(options.environment).promotions.size() == seen;
  }));
  if (appended == Ledger::Appended::refused) {
    return locked(options);
  }
  TRY_ASSIGN(Ending ending, carry_on(session, options, Announcer::Start::begun));
  return as_asked(std::move(ending));
}

Result<Ending>
give_up(const VerbOptions& options, Session& session)
{
  TRY(find_stage(session.options(), options.environment));
  look_for_rewind(session, options.environment);
  if (auto damage = damage_of(session)) {
    return *damage;
  }
  const EnvironmentState& here = session.ledger.state().of(options.environment);
  const Promotion* unfinished = here.unfinished();
  if (unfinished == nullptr && !here.waiting) {
    return Ending{Verdict::pass, "nothing to abort",
                  fmt::format("no promotion to {} is unfinished", options.environment)};
  }
  std::string id;
  std::uint64_t last = 0;
  if (unfinished != nullptr) {
    const Holder holder = holder_of(*unfinished, session);
    if (holder.state == Holder::State::alive && !options.force) {
      return Ending{Verdict::fail, "locked", holder.why, "wait for it; --force takes it from whoever has it"};
    }
    id = unfinished->id;
    last = unfinished->entries.back();
  }
  const bool was_deployed = unfinished != nullptr && unfinished->has_deployed();
  Entry entry;
  entry.kind = EntryKind::aborted;
  entry.environment = options.environment;
  entry.promotion = id;
  entry.actor = session.actor;
  entry.body = Json{{"commit", unfinished != nullptr ? unfinished->commit : here.waiting->commit},
                    {"why", options.reason.empty() ? "given up" : options.reason}};
  TRY_ASSIGN(const auto appended, session.ledger.append(std::move(entry), [&](const State& state) {
    const EnvironmentState& now = state.of(options.environment);
    return id.empty() ? now.unfinished() == nullptr && now.waiting
                      : now.unfinished() != nullptr && now.unfinished()->entries.back() == last;
  }));
  if (appended == Ledger::Appended::refused) {
    return Ending{Verdict::fail, "locked", "another run has gone on with it meanwhile",
                  fmt::format("sluice promote status --environment {}", options.environment)};
  }
  if (!id.empty()) {
    Announcer(session, options.environment).stops({});
  }
  return Ending{Verdict::pass, "aborted",
                was_deployed ? "its deployment had begun: what is live is not known to the ledger" : "",
                was_deployed ? "look at what is live, and promote or roll back" : ""};
}

}  // namespace

Result<gate::CommandOutcome>
rollback_command(const VerbOptions& options, const gate::CommandInput& input)
{
  return ended(options, input, roll_back);
}

Result<gate::CommandOutcome>
abort_command(const VerbOptions& options, const gate::CommandInput& input)
{
  return ended(options, input, give_up);
}

}  // namespace sluice::promote
