// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/run_commands.hpp"

#include "base/clock.hpp"
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "promote/brief.hpp"
#include "promote/commands/outcome.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/announcer.hpp"
#include "promote/engine/observation.hpp"
#include "promote/engine/rewind.hpp"
#include "promote/hook/process_identity.hpp"
#include "promote/json_members.hpp"
#include "promote/watch/sample_json.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Json
lease_json(const Stage& stage)
{
  return Json{{"seconds", std::chrono::duration_cast<std::chrono::seconds>(stage.lease).count()},
              {"holder", to_json(this_process())}};
}

/// The entry that begins a promotion or a rollback.
Entry
beginning(const VerbOptions& options, const Session& session, std::string_view what)
{
  Entry entry;
  entry.kind = EntryKind::begun;
  entry.environment = options.environment;
  entry.actor = session.actor;
  entry.body = Json{{"what", what}, {"plan", session.pipeline.digest}};
  if (!options.reason.empty()) {
    entry.body.at("reason") = options.reason;
  }
  if (options.data != DataChoice::unsaid) {
    entry.body.at("data") = name_of(options.data);
  }
  return entry;
}

void
note_emergency(Entry& entry, const Request& request)
{
  entry.body.at("emergency") = true;
  Json waived = Json::array();
  for (const Judgement& judgement : request.judgements) {
    if (judgement.ruling.answer == Answer::waived) {
      waived.push_back(judgement.check->id);
    }
  }
  entry.body.at("waived") = std::move(waived);
}

/// When all that waits for nothing but time has waited; nothing if that will not do.
std::optional<std::chrono::sys_seconds>
waiting_until(std::span<const Judgement> judgements)
{
  std::optional<std::chrono::sys_seconds> until;
  for (const Judgement& judgement : judgements) {
    if (judgement.ruling.answer == Answer::wait) {
      if (!judgement.ruling.until) {
        return std::nullopt;
      }
      until = std::max(until.value_or(*judgement.ruling.until), *judgement.ruling.until);
    }
  }
  return until;
}

/// Writes down the evidence that was given with the call, unless it stands there already: what goes on later, in
/// another run, is judged by it too.
Result<>
keep_evidence(const Request& request, Session& session)
{
  for (const Entry& entry : request.brought) {
    const auto is_same = [&entry](const Word& word) {
      return text_of(word.entry.body, "digest") == text_of(entry.body, "digest")
             && text_of(word.entry.body, "tool") == text_of(entry.body, "tool");
    };
    const auto& known = session.ledger.state().of(entry.environment).evidence;
    if (std::none_of(known.begin(), known.end(), is_same)) {
      TRY(session.ledger.append(entry, [](const State&) { return true; }));
    }
  }
  return {};
}

/// Notes that it waits, unless that stands there already: a schedule asks again and again.
Result<>
note_waiting(const VerbOptions& options, const Request& request, Session& session, const Ending& ending)
{
  const auto& waiting = session.ledger.state().of(request.environment).waiting;
  const bool is_known = waiting && waiting->commit == request.commit && text_of(waiting->body, "why") == ending.why
                        && (request.asking == Asking::before || is_one_of(session.actor, waiting->actors));
  if (is_known) {
    return {};
  }
  Entry entry;
  entry.kind = EntryKind::waiting;
  entry.environment = request.environment;
  entry.actor = session.actor;
  entry.body = Json{{"commit", request.commit},
                    {"why", ending.why},
                    {"plan", session.pipeline.digest},
                    {"gates", Json::array_of(request.judgements, [](const auto& each) { return json_of(each); })}};
  if (!options.reason.empty()) {
    entry.body.at("reason") = options.reason;
  }
  if (options.emergency) {
    entry.body.at("emergency") = true;
  }
  if (request.asking == Asking::before) {
    entry.body.at("asked_before") = true;
  }
  TRY(session.ledger.append(std::move(entry), [&request](const State& state) {
    return state.of(request.environment).unfinished() == nullptr;
  }));
  Announcer(session, request.environment)
      .waits({request.commit, ending.why, ending.fix, waiting_until(request.judgements)});
  return {};
}

/// What was asked for when it had to wait, as it was asked for.
VerbOptions
asked_again(const VerbOptions& options, const Waiting& waiting)
{
  VerbOptions asked = options;
  asked.commit = waiting.commit;
  if (asked.reason.empty()) {
    asked.reason = text_of(waiting.body, "reason");
  }
  asked.emergency = asked.emergency || waiting.body["emergency"].boolean().value_or(false);
  return asked;
}

Ending
locked(const VerbOptions& options)
{
  return {Verdict::fail, "locked", fmt::format("another run has begun to promote to {}", options.environment),
          "wait for it, or: sluice promote status"};
}

Result<Ending>
carry_on(Session& session, const VerbOptions& options, Announcer::Start start)
{
  Announcer announcer(session, options.environment);
  announcer.begins(start);
  Execution execution(session, options.environment, options.park ? Patience::park : Patience::wait);
  execution.tell_of_steps(announcer);
  auto ending = execution.go();
  if (ending) {
    announcer.stops(ending->fix);
  } else {
    announcer.breaks_off(ending.error().message);
  }
  return ending;
}

/// What had to wait does not fail a job that was told to leave it to another.
Ending
parked(Ending ending, const VerbOptions& options)
{
  if (options.park && ending.what == "waiting") {
    ending.verdict = Verdict::pass;
  }
  return ending;
}

Result<Ending>
promote(const VerbOptions& options, const Request& request, Session& session)
{
  if (auto ending = obstacle(request, session)) {
    if (request.answer == Answer::wait && ending->what == "waiting") {
      TRY(keep_evidence(request, session));
      TRY(note_waiting(options, request, session, *ending));
    }
    return *std::move(ending);
  }
  const std::vector<Sample> observed = look_before(*request.stage, session);
  look_for_rewind(session, request.environment, observed);
  if (auto damage = damage_of(session)) {
    return *damage;
  }
  TRY(keep_evidence(request, session));
  Entry entry = beginning(options, session, "promotion");
  entry.body.at("commit") = request.commit;
  entry.body.at("identity") = request.identity;
  const auto& live = session.ledger.state().of(request.environment).live;
  entry.body.at("previous") = live ? json_of(*live) : Json();
  entry.body.at("gates") = Json::array_of(request.judgements, [](const auto& each) { return json_of(each); });
  entry.body.at("lease") = lease_json(*request.stage);
  entry.body.at("observed") =
      Json::array_of(observed, [](const Sample& sample) { return to_json(sample, credentials::redactor()); });
  if (request.risk) {
    entry.body.at("risk") = name_of(*request.risk);
  }
  if (options.emergency) {
    note_emergency(entry, request);
  }
  const std::uint64_t seen = session.ledger.state().of(request.environment).promotions.size();
  TRY_ASSIGN(const auto appended, session.ledger.append(std::move(entry), [&](const State& state) {
    const EnvironmentState& here = state.of(request.environment);
    return here.promotions.size() == seen && !here.lock;
  }));
  if (appended == Ledger::Appended::refused) {
    return locked(options);
  }
  if (!live) {
    session.tell(fmt::format("{}: the first release: there is no previous release to go back to", request.environment));
  }
  return carry_on(session, options, Announcer::Start::begun);
}

Result<std::optional<Ending>>
take_over(const VerbOptions& options, Session& session, std::string_view mode)
{
  TRY_ASSIGN(const Stage* stage, find_stage(session.options(), options.environment));
  const Promotion& unfinished = *session.ledger.state().of(options.environment).unfinished();
  const Holder holder = holder_of(unfinished, session);
  if (holder.state == Holder::State::alive && !options.force) {
    return Ending{Verdict::fail, "locked", holder.why, "wait for it; --force takes it from whoever has it"};
  }
  Entry entry = beginning(options, session, mode);
  entry.kind = EntryKind::taken_over;
  entry.promotion = unfinished.id;
  entry.body.at("mode") = mode;
  entry.body.at("was") = holder.state == Holder::State::nobody ? "left by its run" : holder.why;
  entry.body.at("lease") = lease_json(*stage);
  const std::uint64_t last = unfinished.entries.back();
  TRY_ASSIGN(const auto appended, session.ledger.append(std::move(entry), [&](const State& state) {
    const Promotion* now = state.of(options.environment).unfinished();
    return now != nullptr && now->entries.back() == last;
  }));
  return appended == Ledger::Appended::refused ? std::optional(locked(options)) : std::nullopt;
}

std::optional<Ending>
work_left(const VerbOptions& options, const Session& session)
{
  return options.force ? std::nullopt : work_left_in(options.environment, session);
}

Result<Ending>
resume(const VerbOptions& options, Session& session)
{
  TRY(find_stage(session.options(), options.environment));
  look_for_rewind(session, options.environment);
  if (auto damage = damage_of(session)) {
    return *damage;
  }
  const EnvironmentState& here = session.ledger.state().of(options.environment);
  if (here.unfinished() == nullptr && here.waiting) {
    // What had to wait before it could begin is asked again: a schedule knows of no other verb.
    const VerbOptions asked = asked_again(options, *here.waiting);
    TRY_ASSIGN(const Request request, make_request(asked, session, Asking::before));
    return promote(asked, request, session);
  }
  if (here.unfinished() == nullptr) {
    return Ending{Verdict::pass, "nothing to resume",
                  fmt::format("no promotion to {} is unfinished", options.environment)};
  }
  if (auto left = work_left(options, session)) {
    return *left;
  }
  TRY_ASSIGN(auto refused, take_over(options, session, "resume"));
  return refused ? Result<Ending>(*refused) : carry_on(session, options, Announcer::Start::continued);
}

/// A rollback that was asked for and ended well has done what it should.
Ending
as_asked(Ending ending)
{
  if (ending.what == name_of(EntryKind::rolled_back)) {
    ending.verdict = Verdict::pass;
  }
  return ending;
}

/// The release before the live one that is another one.
const Release*
target_of(const EnvironmentState& here)
{
  if (here.left_behind) {
    return here.live ? &*here.live : nullptr;
  }
  for (auto each = here.before.rbegin(); each != here.before.rend(); ++each) {
    if (here.live && (each->commit != here.live->commit || each->identity != here.live->identity)) {
      return &*each;
    }
  }
  return nullptr;
}

/// Why the data cannot be restored, which is to be known before anything is touched; nothing if they can be, or stay.
std::optional<Ending>
no_restore(const VerbOptions& options, const Stage& stage, const Session& session)
{
  if (options.data != DataChoice::restore) {
    return std::nullopt;
  }
  const EnvironmentState& here = session.ledger.state().of(options.environment);
  const Promotion* unfinished = here.unfinished();
  const std::string commit = unfinished != nullptr ? unfinished->commit
                             : here.left_behind    ? here.left_behind->commit
                             : here.live           ? here.live->commit
                                                   : std::string();
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
  const Release* target = unfinished == nullptr ? target_of(here) : nullptr;
  const bool is_left = unfinished != nullptr ? unfinished->commit == commit : here.live && here.live->commit == commit;
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
  if (stage->irreversible && options.data == DataChoice::unsaid) {
    return fail(ErrorKind::usage,
                "--data is needed: {} says that its changes are irreversible; --data keep leaves the "
                "data as they are, --data restore brings the verified backup back",
                options.environment);
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
  const Release* target = target_of(here);
  if (target == nullptr) {
    return Ending{Verdict::fail, "refused", fmt::format("{} has no previous release", options.environment),
                  "promote a commit that is well"};
  }
  Entry entry = beginning(options, session, "rollback");
  const Release& left = here.left_behind ? *here.left_behind : *here.live;
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
  if (unfinished != nullptr) {
    const Holder holder = holder_of(*unfinished, session);
    if (holder.state == Holder::State::alive && !options.force) {
      return Ending{Verdict::fail, "locked", holder.why, "wait for it; --force takes it from whoever has it"};
    }
    id = unfinished->id;
  }
  const bool was_deployed = unfinished != nullptr && unfinished->has_deployed();
  Entry entry;
  entry.kind = EntryKind::aborted;
  entry.environment = options.environment;
  entry.promotion = id;
  entry.actor = session.actor;
  entry.body = Json{{"commit", unfinished != nullptr ? unfinished->commit : here.waiting->commit},
                    {"why", options.reason.empty() ? "given up" : options.reason}};
  TRY(session.ledger.append(std::move(entry), [&](const State& state) {
    const Promotion* now = state.of(options.environment).unfinished();
    return id.empty() ? now == nullptr : now != nullptr && now->id == id;
  }));
  if (!id.empty()) {
    Announcer(session, options.environment).stops({});
  }
  return Ending{Verdict::pass, "aborted",
                was_deployed ? "its deployment had begun: what is live is not known to the ledger" : "",
                was_deployed ? "look at what is live, and promote or roll back" : ""};
}

template<typename Function>
Result<gate::CommandOutcome>
ended(const VerbOptions& options, const gate::CommandInput& input, Function function)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY_ASSIGN(Ending ending, function(options, session));
  return outcome_of(parked(std::move(ending), options), session, {options.environment, {}, {}});
}

}  // namespace

Result<gate::CommandOutcome>
run_command(const VerbOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY_ASSIGN(const Request request, make_request(options, session));
  TRY_ASSIGN(Ending ending, promote(options, request, session));
  return outcome_of(parked(std::move(ending), options), session,
                    {options.environment, request.commit, request.judgements});
}

Result<gate::CommandOutcome>
resume_command(const VerbOptions& options, const gate::CommandInput& input)
{
  return ended(options, input, resume);
}

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
