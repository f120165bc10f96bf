// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/check.hpp"
#include "promote/commands/verb_options.hpp"
#include "promote/engine/execution.hpp"
#include "promote/engine/session.hpp"
#include "promote/evidence/evidence.hpp"

namespace sluice::promote {

/// Whether whoever calls asks for the promotion, or goes on with what others asked for.
enum class Asking { now, before };

/// A promotion that is asked for: what it is of, and what every check says.
struct Request
{
  std::string environment;
  const Stage* stage = nullptr;
  std::string commit, identity;
  std::vector<Judgement> judgements;
  Answer answer = Answer::yes;  ///< of all of them
  Asking asking = Asking::now;
  bool is_live = false;            ///< it is there already
  std::vector<std::string> lacks;  ///< programs of hooks that are not there, or cannot be run
  std::vector<Entry> brought;      ///< evidence that was given with the call and is not written yet
  std::optional<Risk> risk;        ///< as the newest report of the migrations gate has it
};

/// Errors as of find_stage and resolve_commit.
[[nodiscard]] Result<Request> make_request(const VerbOptions& options, Session& session, Asking asking = Asking::now);

/// That there is such an environment, in the pipeline or in the ledger's past, or none is named. Errors as of
/// find_stage.
[[nodiscard]] Result<> check_environment(const Session& session, std::string_view name);

/// Programs without which the stage's backup can be neither made nor proven, each with why it cannot be run.
[[nodiscard]] std::vector<std::string> missing_for_backup(const Stage& stage, const Session& session);

/// Files of --evidence as entries, vouched for by the stage's command if it has one. Errors: ErrorKind::input.
[[nodiscard]] Result<std::vector<Entry>> brought_evidence(const VerbOptions& options, const Stage& stage,
                                                          const Session& session, EvidenceSource::Way way);

/// What stands in its way, as `run` ends with it; nothing if nothing does.
[[nodiscard]] std::optional<Ending> obstacle(const Request& request, const Session& session);

/// The ending of an environment whose ledger cannot be trusted; nothing if it can.
[[nodiscard]] std::optional<Ending> damage_of(const Session& session);

/// The ending of who would begin or go on while a hook of a run that died still works there; nothing if none does.
[[nodiscard]] std::optional<Ending> work_left_in(const std::string& environment, const Session& session);

/// Who holds an unfinished promotion, and whether somebody else may go on with it now.
struct Holder
{
  enum class State { nobody, gone, alive } state = State::nobody;
  std::string why;  ///< "its lease ended at …", "its process has died", "ada on ci-7 until …"
};

[[nodiscard]] Holder holder_of(const Promotion& promotion, const Session& session);

[[nodiscard]] Json json_of(const Judgement& judgement);

}  // namespace sluice::promote
