// SPDX-License-Identifier: Apache-2.0
//
// What the verbs that move something have in common: how they begin, take over, carry on and end.
#pragma once

#include "promote/commands/outcome.hpp"
#include "promote/commands/request.hpp"
#include "promote/engine/announcer.hpp"

namespace sluice::promote {

/// Of this process, in the entry that takes a lease.
[[nodiscard]] Json lease_json(const Stage& stage);

/// The entry that begins a promotion or a rollback.
[[nodiscard]] Entry beginning(const VerbOptions& options, const Session& session, std::string_view what);

/// The ending of who was too late.
[[nodiscard]] Ending locked(const VerbOptions& options);

/// Goes on with the unfinished promotion, whose lease is this process's. Errors as of Execution::go.
[[nodiscard]] Result<Ending> carry_on(Session& session, const VerbOptions& options, Announcer::Start start);

/// Takes the unfinished promotion over, as `mode`, "resume" or "rollback". An ending: somebody else has it.
[[nodiscard]] Result<std::optional<Ending>> take_over(const VerbOptions& options, Session& session,
                                                      std::string_view mode);

/// The ending of who would go on beside a hook that still works, unless --force says so.
[[nodiscard]] std::optional<Ending> work_left(const VerbOptions& options, const Session& session);

/// What had to wait does not fail a job that was told to leave it to another.
[[nodiscard]] Ending parked(Ending ending, const VerbOptions& options);

template<typename Function>
Result<gate::CommandOutcome>
ended(const VerbOptions& options, const gate::CommandInput& input, Function function)
{
  TRY_ASSIGN(Session session, open_session(input));
  TRY_ASSIGN(Ending ending, function(options, session));
  return outcome_of(parked(std::move(ending), options), session, {options.environment, {}, {}});
}

}  // namespace sluice::promote
