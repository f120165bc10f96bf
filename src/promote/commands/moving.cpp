// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/moving.hpp"

#include "base/clock.hpp"
#include "promote/hook/process_identity.hpp"

#include <fmt/format.h>

namespace sluice::promote {

Json
lease_json(const Stage& stage)
{
  return Json{{"seconds", std::chrono::duration_cast<std::chrono::seconds>(stage.lease).count()},
              {"holder", to_json(this_process())}};
}

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

Ending
parked(Ending ending, const VerbOptions& options)
{
  if (options.park && ending.what == "waiting") {
    ending.verdict = Verdict::pass;
  }
  return ending;
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

}  // namespace sluice::promote
