// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/run_commands.hpp"

#include "base/clock.hpp"
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "credentials/redactor.hpp"
#include "promote/brief.hpp"
#include "promote/commands/moving.hpp"
#include "promote/engine/observation.hpp"
#include "promote/engine/rewind.hpp"
#include "promote/json_members.hpp"
#include "promote/watch/sample_json.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

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
  const auto is_noted = [&](const EnvironmentState& here) {
    return here.waiting && here.waiting->commit == request.commit && text_of(here.waiting->body, "why") == ending.why
           && (request.asking == Asking::before || is_one_of(session.actor, here.waiting->actors));
  };
  TRY_ASSIGN(const auto appended, session.ledger.append(std::move(entry), [&](const State& state) {
    const EnvironmentState& here = state.of(request.environment);
    return here.unfinished() == nullptr && !is_noted(here);
  }));
  if (appended == Ledger::Appended::refused) {
    return {};
  }
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

/// Whoever names a commit goes on with that one, and with no other.
Result<>
check_resumed(const VerbOptions& options, const EnvironmentState& here, const Session& session)
{
  const Promotion* unfinished = here.unfinished();
  const std::string under_way = unfinished != nullptr ? unfinished->commit
                                : here.waiting        ? here.waiting->commit
                                                      : std::string();
  if (options.commit.empty() || under_way.empty()) {
    return {};
  }
  TRY_ASSIGN(const std::string commit, resolve_commit(session, options.commit));
  if (commit != under_way) {
    return fail(ErrorKind::usage, "--commit: what is under way in {} is {}", options.environment, brief(under_way));
  }
  return {};
}

/// A run that was killed after the last entry of a promotion has told nobody how it ended: whoever tries again is told.
/// A schedule, which parks, has been told by then.
Ending
nothing_to_resume(const VerbOptions& options, const EnvironmentState& here)
{
  Ending ending{Verdict::pass, "nothing to resume",
                fmt::format("no promotion to {} is unfinished", options.environment)};
  const Promotion* last = here.promotions.empty() ? nullptr : &here.promotions.back();
  const bool is_bad = last != nullptr && last->kind == Promotion::Kind::promotion
                      && (last->end == EntryKind::rolled_back || last->end == EntryKind::failed);
  if (is_bad) {
    ending.verdict = options.park ? Verdict::pass : Verdict::fail;
    ending.why += fmt::format("; the last one {}: {}", last->end == EntryKind::failed ? "failed" : "was rolled back",
                              last->end_why);
  }
  return ending;
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
  TRY(check_resumed(options, here, session));
  if (here.unfinished() == nullptr && here.waiting) {
    // What had to wait before it could begin is asked again: a schedule knows of no other verb.
    const VerbOptions asked = asked_again(options, *here.waiting);
    TRY_ASSIGN(const Request request, make_request(asked, session, Asking::before));
    return promote(asked, request, session);
  }
  if (here.unfinished() == nullptr) {
    return nothing_to_resume(options, here);
  }
  if (auto left = work_left(options, session)) {
    return *left;
  }
  TRY_ASSIGN(auto refused, take_over(options, session, "resume"));
  return refused ? Result<Ending>(*refused) : carry_on(session, options, Announcer::Start::continued);
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

}  // namespace sluice::promote
