// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/request.hpp"

#include "base/clock.hpp"
#include "base/path.hpp"
#include "base/shell.hpp"
#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/engine/platform_words.hpp"
#include "promote/engine/rewind.hpp"
#include "promote/engine/running.hpp"
#include "promote/hook/hook_run.hpp"
#include "promote/hook/process_identity.hpp"
#include "promote/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

Verdict
verdict_of(Answer answer)
{
  switch (answer) {
  case Answer::no:
    return Verdict::fail;
  case Answer::unavailable:
    return Verdict::unavailable;
  case Answer::wait:
  case Answer::unseen:
    return Verdict::incomplete;
  default:
    return Verdict::pass;
  }
}

/// What an ending is called that the answer decides.
std::string
what_of(Answer answer)
{
  switch (answer) {
  case Answer::wait:
    return "waiting";
  case Answer::unseen:
    return "cannot observe";
  default:
    return "refused";
  }
}

/// What decides the answer, one after the other, and what to do about it.
Ending
told(const Request& request)
{
  Ending ending{verdict_of(request.answer), what_of(request.answer), ""};
  std::vector<std::string> whys;
  std::vector<std::string> fixes;
  for (const Judgement& judgement : request.judgements) {
    const Ruling& ruling = judgement.ruling;
    if (ruling.answer != request.answer) {
      continue;
    }
    whys.push_back(fmt::format("{}{}{}", ruling.subject, ruling.subject.empty() ? "" : ": ", ruling.why));
    if (!ruling.fix.empty() && std::find(fixes.begin(), fixes.end(), ruling.fix) == fixes.end()) {
      fixes.push_back(ruling.fix);
    }
  }
  ending.why = join(whys, "; ");
  ending.fix = join(fixes, "\n");
  return ending;
}

/// What would end a promotion in its middle is known before it begins.
std::vector<std::string>
missing_programs(const Stage& stage, const Session& session)
{
  std::vector<std::string> missing;
  const Hooks& hooks = stage.hooks;
  const std::array<std::pair<std::string_view, const Hook*>, 6> needed{{{"backup", &hooks.backup},
                                                                        {"migrate", &hooks.migrate},
                                                                        {"applied", &hooks.applied},
                                                                        {"deploy", &hooks.deploy},
                                                                        {"rollback", &hooks.rollback},
                                                                        {"probe", &hooks.probe}}};
  for (const auto& [name, hook] : needed) {
    const auto why = *hook ? missing_program(*hook, session.process(), session.input.input.directory) : std::nullopt;
    if (why) {
      missing.push_back(fmt::format("the hook `{}` cannot be run: {}", name, *why));
    }
  }
  for (const std::string& why : missing_for_backup(stage, session)) {
    missing.push_back(fmt::format("the backup cannot be made and proven: {}", why));
  }
  return missing;
}

std::optional<Risk>
risk_of(const Situation& situation)
{
  const auto migrations = newest_evidence(situation, "migrations");
  return migrations ? migrations->risk : std::nullopt;
}

}  // namespace

Result<>
check_environment(const Session& session, std::string_view name)
{
  const auto& past = session.ledger.state().environments;
  if (!name.empty() && past.find(name) == past.end()) {
    TRY(find_stage(session.options(), name));
  }
  return {};
}

std::vector<std::string>
missing_for_backup(const Stage& stage, const Session& session)
{
  const DatabaseBackup& backup = stage.database_backup;
  std::vector<std::string> programs;
  if (backup) {
    programs.emplace_back("psql");
  }
  if (!backup.dump.empty()) {
    programs.push_back(backup.dump.front());
  } else if (!backup.source.empty() && !stage.hooks.backup) {
    programs.insert(programs.end(), {"pg_dump", "pg_restore"});
  }
  std::vector<std::string> missing;
  for (std::string& program : programs) {
    Hook hook;
    hook.run = {std::move(program)};
    if (auto why = missing_program(hook, session.process(), session.input.input.directory)) {
      missing.push_back(*std::move(why));
    }
  }
  return missing;
}

Json
json_of(const Judgement& judgement)
{
  const Ruling& ruling = judgement.ruling;
  Json json{{"gate", judgement.check->id}, {"answer", name_of(ruling.answer)}, {"why", ruling.why}};
  if (!ruling.subject.empty()) {
    json.at("subject") = ruling.subject;
  }
  if (!ruling.fix.empty()) {
    json.at("fix") = ruling.fix;
  }
  if (ruling.until) {
    json.at("until") = rfc3339(*ruling.until);
  }
  for (const Fact& fact : ruling.facts) {
    json.at("facts").at(fact.key) = fact.value;
  }
  return json;
}

Result<std::vector<Entry>>
brought_evidence(const VerbOptions& options, const Stage& stage, const Session& session, EvidenceSource::Way way)
{
  std::vector<Entry> entries;
  for (const std::string& file : options.evidence) {
    EvidenceSource source{options.environment, session.actor, session.clock.now(), way, ""};
    if (!stage.evidence_verify.empty()) {
      TRY(vouch_for(file, stage.evidence_verify, session.process()));
      source.verified_by = shell_command(stage.evidence_verify);
    }
    TRY_ASSIGN(const std::string text, read_file(file));
    auto made = evidence_of(text, source);
    if (!made) {
      return fail(made.error().kind, "{}: {}", file, made.error().message);
    }
    entries.insert(entries.end(), std::make_move_iterator(made->begin()), std::make_move_iterator(made->end()));
  }
  return entries;
}

std::optional<Ending>
damage_of(const Session& session)
{
  const auto& damage = session.ledger.damage();
  const State& state = session.ledger.state();
  if (!damage && !session.rewind && state.faults.size() > state.believed_faults) {
    return Ending{Verdict::fail, "refused",
                  fmt::format("the ledger ({}) holds what no run would have written: {}", session.ledger.where(),
                              state.faults.back()),
                  "sluice promote history --verify; if it may stand: sluice promote unlock --force --reason TEXT "
                  "--environment NAME"};
  }
  if (!damage && !session.rewind) {
    return std::nullopt;
  }
  return Ending{Verdict::fail, "refused",
                fmt::format("the ledger ({}) is not what it was: {}", session.ledger.where(),
                            damage ? *damage : session.rewind->why),
                "find out who moved the branch, and bring back what it was; if what is there now is right: sluice "
                "promote unlock --force --reason TEXT --environment NAME"};
}

std::optional<Ending>
work_left_in(const std::string& environment, const Session& session)
{
  const auto left = left_hook(session.repository(), environment);
  if (!left) {
    return std::nullopt;
  }
  return Ending{Verdict::fail, "locked",
                fmt::format("the hook `{}` of a run that died still works on this machine, as process {}", left->step,
                            left->process),
                fmt::format("wait until it has ended, or end it: kill {}", left->process)};
}

Holder
holder_of(const Promotion& promotion, const Session& session)
{
  if (!promotion.lease) {
    return {};
  }
  const Lease& lease = *promotion.lease;
  const auto now = session.clock.now();
  // By a clock that is behind no lease ends early, and by one that is ahead another's does, as it does for a run that
  // is suspended: what it was doing is fenced.
  if (now >= lease.expires) {
    return {Holder::State::gone, fmt::format("the lease of {} ended at {}", lease.actor, rfc3339(lease.expires))};
  }
  const auto process = process_identity_of(lease.holder);
  if (process && liveness_of(*process) == Liveness::dead) {
    return {Holder::State::gone, fmt::format("the process of {} on this machine has died", lease.actor)};
  }
  return {Holder::State::alive,
          fmt::format("{} on {} has it, with a lease until {}", lease.actor,
                      process ? process->host : std::string("another machine"), rfc3339(lease.expires))};
}

Result<Request>
make_request(const VerbOptions& options, Session& session, Asking asking)
{
  Request request;
  request.environment = options.environment;
  request.asking = asking;
  TRY_ASSIGN(request.stage, find_stage(session.options(), options.environment));
  look_for_rewind(session, options.environment);
  TRY_ASSIGN(request.commit, resolve_commit(session, options.commit));
  TRY_ASSIGN(request.identity, identity_of(*request.stage, request.commit, session));
  const EnvironmentState& here = session.ledger.state().of(request.environment);
  request.is_live = here.live && here.live->identity == request.identity && !options.again && !here.left_behind;
  if (request.is_live) {
    return request;
  }
  request.lacks = missing_programs(*request.stage, session);
  TRY_ASSIGN(request.brought, brought_evidence(options, *request.stage, session, EvidenceSource::Way::brought));
  const Situation situation{
      .pipeline = session.options(),
      .environment = request.environment,
      .stage = *request.stage,
      .commit = request.commit,
      .identity = request.identity,
      .plan = session.pipeline.digest,
      .ledger = session.ledger.state(),
      .now = session.clock.now(),
      .actor = asking == Asking::now ? session.actor : std::string(),
      .reason = options.reason,
      .is_emergency = options.emergency,
      .brought = request.brought,
      .input = session.input.input,
      .signer_of = [&session](const git::ObjectId& entry,
                              std::string_view signers) { return session.ledger.signer_of(entry, signers); },
      .platform_words = platform_words_for(session, request.environment, request.commit)};
  request.risk = risk_of(situation);
  request.judgements = judge_all(situation);
  request.answer = worst(request.judgements);
  return request;
}

std::optional<Ending>
obstacle(const Request& request, const Session& session)
{
  if (auto damage = damage_of(session)) {
    return damage;
  }
  const EnvironmentState& here = session.ledger.state().of(request.environment);
  if (const Promotion* unfinished = here.unfinished()) {
    const Holder holder = holder_of(*unfinished, session);
    const bool is_alive = holder.state == Holder::State::alive;
    const std::string state(name_of(here.condition()));
    const std::string why = unfinished->question.empty() ? holder.why : unfinished->question;
    return Ending{
        Verdict::fail, is_alive ? "locked" : "refused",
        fmt::format("the promotion of {} has not ended ({}{}{})", brief(unfinished->commit), state,
                    why.empty() ? "" : ": ", why),
        is_alive ? "wait for it, or: sluice promote status"
                 : fmt::format("sluice promote resume --environment {}, or rollback, or abort", request.environment)};
  }
  if (auto left = work_left_in(request.environment, session)) {
    return left;
  }
  if (request.is_live) {
    return Ending{Verdict::pass, "live already",
                  fmt::format("{} is live in {}", brief(request.commit), request.environment)};
  }
  if (!request.lacks.empty()) {
    return Ending{Verdict::fail, "refused", join(request.lacks, "; "), "run it where the programs of its hooks are"};
  }
  if (request.answer > Answer::waived) {
    return told(request);
  }
  return std::nullopt;
}

}  // namespace sluice::promote
