// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/word_commands.hpp"

#include "base/clock.hpp"
#include "promote/brief.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/observation.hpp"
#include "promote/engine/rewind.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

using Signing = git::NewCommit::Signing;

Entry
word(EntryKind kind, const VerbOptions& options, const Session& session)
{
  Entry entry;
  entry.kind = kind;
  entry.environment = options.environment;
  entry.actor = session.actor;
  if (!options.reason.empty()) {
    entry.body.at("reason") = options.reason;
  }
  return entry;
}

/// A line, and why not.
gate::CommandOutcome
told(const Ending& ending, const std::string& environment)
{
  std::string text = fmt::format("{}: {}{}{}\n", environment, ending.what, ending.why.empty() ? "" : ": ", ending.why);
  text += ending.fix.empty() ? "" : fmt::format("  fix   {}\n", ending.fix);
  return {.output = std::move(text), .verdict = ending.verdict};
}

/// A person's word does not depend on what else has been written.
bool
always(const State&)
{
  return true;
}

/// Writes it down, and tells of it.
Result<gate::CommandOutcome>
said(Session& session, Entry entry, const Ending& ending, Signing signing = Signing::none)
{
  const std::string environment = entry.environment;
  if (const auto damage = damage_of(session)) {
    return told(*damage, environment);
  }
  TRY(session.ledger.append(std::move(entry), always, signing));
  return told(ending, environment);
}

Ending
locked_by(const PersonLock& lock, std::string fix)
{
  return {Verdict::fail, "refused", fmt::format("{} has locked it", lock.actor), std::move(fix)};
}

Result<gate::CommandOutcome>
judge_commit(EntryKind kind, const VerbOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY_ASSIGN(const Stage* stage, find_stage(session.options(), options.environment));
  TRY_ASSIGN(const std::string commit, resolve_commit(session, options.commit));
  Entry entry = word(kind, options, session);
  const bool is_signed = stage->approvals.proof == Proof::signature;
  entry.body.at("commit") = commit;
  entry.body.at("plan") = session.pipeline.digest;
  entry.body.at("proof") = is_signed ? "signature" : "actor";
  const std::string why = fmt::format("{} by {}{}", brief(commit), session.actor, is_signed ? "" : " (not proven)");
  auto outcome = said(session, std::move(entry), {Verdict::pass, std::string(name_of(kind)), why},
                      is_signed ? Signing::by_configuration : Signing::none);
  if (!outcome && is_signed && outcome.error().kind == ErrorKind::environment) {
    return fail(ErrorKind::environment,
                "what you say needs your SSH signature, and git cannot make it: {}\n"
                "git config gpg.format ssh && git config user.signingKey ~/.ssh/id_ed25519.pub",
                outcome.error().message);
  }
  return outcome;
}

/// What the newest promotion found in the database against what the ledger says, and ended for; nothing if it did not.
Json
found_migrations(const EnvironmentState& here)
{
  const Step* step = here.promotions.empty() ? nullptr : here.promotions.back().step("migrate");
  return step != nullptr && here.believed_at < step->number ? step->body["found"] : Json();
}

/// Puts what a person lets pass into the entry that says so: a ledger that is not what it was, entries that no run
/// would have written, migrations that no promotion did. False: there is nothing of the kind. Errors as of
/// Ledger::accept.
Result<bool>
accept_all(Session& session, const Stage& stage, Entry& entry)
{
  bool accepts = false;
  if (session.ledger.damage()) {
    const std::uint64_t lost = session.ledger.highest_seen() + session.ledger.state().fence;
    TRY(session.ledger.accept());
    entry.body.at("fence") = lost;
    accepts = true;
  }
  if (!session.rewind) {
    look_for_rewind(session, entry.environment, look_before(stage, session));
  }
  if (session.rewind) {
    entry.body.at(accepted_member) = Json::array_of(session.rewind->missing);
    session.rewind.reset();
    accepts = true;
  }
  const State& state = session.ledger.state();
  if (state.faults.size() > state.believed_faults) {
    entry.body.at("believed") = true;
    accepts = true;
  }
  if (const Json found = found_migrations(state.of(entry.environment)); found.is_array()) {
    entry.body.at("applied") = found;
    accepts = true;
  }
  return accepts;
}

/// That a run has it, which no word of a person ends; empty if none does.
std::string
holds_it(const Session& session, const std::string& environment)
{
  const Promotion* unfinished = session.ledger.state().of(environment).unfinished();
  const Holder holder = unfinished == nullptr ? Holder() : holder_of(*unfinished, session);
  return holder.state == Holder::State::alive ? fmt::format("no person has locked it; {}", holder.why) : "";
}

}  // namespace

Result<gate::CommandOutcome>
approve_command(const VerbOptions& options, const gate::CommandInput& input)
{
  return judge_commit(EntryKind::approved, options, input);
}

Result<gate::CommandOutcome>
reject_command(const VerbOptions& options, const gate::CommandInput& input)
{
  return judge_commit(EntryKind::rejected, options, input);
}

Result<gate::CommandOutcome>
lock_command(const VerbOptions& options, const gate::CommandInput& input)
{
  constexpr std::string_view fix{"--force takes it over"};
  TRY_ASSIGN(Session session, open_session(input));
  TRY(find_stage(session.options(), options.environment));
  if (const auto damage = damage_of(session)) {
    return told(*damage, options.environment);
  }
  const auto others = [&](const State& state) -> const PersonLock* {
    const auto& lock = state.of(options.environment).lock;
    return lock && lock->actor != session.actor && !options.force ? &*lock : nullptr;
  };
  TRY_ASSIGN(const auto appended, session.ledger.append(word(EntryKind::locked, options, session),
                                                        [&](const State& state) { return others(state) == nullptr; }));
  if (appended == Ledger::Appended::refused) {
    return told(locked_by(*others(session.ledger.state()), std::string(fix)), options.environment);
  }
  return told({Verdict::pass, "locked", fmt::format("by {}", session.actor)}, options.environment);
}

Result<gate::CommandOutcome>
unlock_command(const VerbOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY_ASSIGN(const Stage* stage, find_stage(session.options(), options.environment));
  Entry entry = word(EntryKind::unlocked, options, session);
  look_for_rewind(session, options.environment);
  bool accepts = false;
  if (options.force) {
    TRY_ASSIGN(accepts, accept_all(session, *stage, entry));
  }
  if (const auto damage = damage_of(session); damage && (!accepts || session.ledger.damage())) {
    return told(*damage, options.environment);
  }
  const auto lock = session.ledger.state().of(options.environment).lock;
  if (!lock && !accepts) {
    return told({Verdict::pass, "not locked", holds_it(session, options.environment)}, options.environment);
  }
  if (lock && lock->actor != session.actor && !options.force) {
    return told(locked_by(*lock, "--force takes somebody else's lock away"), options.environment);
  }
  const auto is_as_seen = [&](const State& state) {
    const auto& now = state.of(options.environment).lock;
    return now.has_value() == lock.has_value() && (!now || now->since == lock->since);
  };
  TRY_ASSIGN(const auto appended, session.ledger.append(std::move(entry), is_as_seen));
  if (appended == Ledger::Appended::refused) {
    return told({Verdict::fail, "refused", "somebody has locked or unlocked it meanwhile", "sluice promote status"},
                options.environment);
  }
  return told({Verdict::pass, "unlocked", fmt::format("by {}", session.actor)}, options.environment);
}

Result<gate::CommandOutcome>
attest_command(const AttestOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY(find_stage(session.options(), options.environment));
  TRY_ASSIGN(const std::string commit, resolve_commit(session, options.commit));
  Entry entry = word(EntryKind::attested, options, session);
  entry.body.at("commit") = commit;
  entry.body.at("item") = input.arguments.front();
  if (const auto until = end_of(options)) {
    entry.body.at("until") = rfc3339(*until);
  }
  return said(session, std::move(entry),
              {Verdict::pass, "attested",
               fmt::format("{} of {} by {}", input.arguments.front(), brief(commit), session.actor)});
}

Result<gate::CommandOutcome>
evidence_command(const VerbOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  const Stage none;
  const Stage* stage = &none;
  if (!options.environment.empty()) {
    TRY_ASSIGN(stage, find_stage(session.options(), options.environment));
  }
  VerbOptions all = options;
  for (std::size_t i = 0; i < input.arguments.size(); ++i) {
    all.evidence.push_back(input.file(i).string());
  }
  if (all.evidence.empty()) {
    return fail(ErrorKind::usage,
                "evidence add needs a report: --evidence FILE, as `--format json=FILE` of a gate wrote it");
  }
  if (const auto damage = damage_of(session)) {
    return told(*damage, "ledger");
  }
  TRY_ASSIGN(std::vector<Entry> entries, brought_evidence(all, *stage, session, EvidenceSource::Way::added));
  std::string text;
  for (Entry& entry : entries) {
    text += fmt::format("{}: {} for {}\n", text_of(entry.body, "tool"), text_of(entry.body, "verdict"),
                        text_of(entry.body, "commit"));
    TRY(session.ledger.append(std::move(entry), [](const State&) { return true; }));
  }
  return gate::CommandOutcome{.output = std::move(text)};
}

Result<gate::CommandOutcome>
review_command(const RecordOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY(find_stage(session.options(), options.environment));
  std::vector<std::string> open;
  for (const std::string& id : session.ledger.state().of(options.environment).unreviewed) {
    if (id.starts_with(options.promotion)) {
      open.push_back(id);
    }
  }
  if (open.empty()) {
    return told({Verdict::pass, "nothing to review", ""}, options.environment);
  }
  if (open.size() > 1) {
    return fail(ErrorKind::usage, "--promotion is needed, for several emergencies are open: {}", fmt::join(open, ", "));
  }
  Entry entry = word(EntryKind::reviewed, options, session);
  entry.body.at("reviewed") = open.front();
  const std::string why = fmt::format("the emergency {} by {}", brief(open.front()), session.actor);
  return said(session, std::move(entry), {Verdict::pass, "reviewed", why});
}

}  // namespace sluice::promote
