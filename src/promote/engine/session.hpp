// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"
#include "promote/ledger/ledger.hpp"
#include "promote/person.hpp"
#include "promote/pipeline.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// That a platform knows a newer state of the ledger than the ledger has.
struct Rewind
{
  std::string why;
  std::vector<std::string> missing;  ///< ids of entries
};

/// What a command works with: the pipeline that counts, the ledger as it is, the time, and who asks.
struct Session
{
  const gate::CommandInput& input;
  Pipeline pipeline;
  Clock clock;
  Ledger ledger;
  Actor person;                       ///< who asks, as the platform or git says
  std::string actor;                  ///< the same for entries
  std::optional<Rewind> rewind = {};  ///< engine/rewind.hpp finds it

  [[nodiscard]] const PromoteOptions&
  options() const
  {
    return pipeline.options;
  }
  [[nodiscard]] const git::Repository&
  repository() const
  {
    return *input.input.repository;
  }
  [[nodiscard]] const Environment&
  process() const
  {
    return *input.input.services.process;
  }
  void tell(std::string_view line) const;
};

/// Errors: ErrorKind::config (no pipeline, no repository, SLUICE_NOW is no time), ErrorKind::unavailable (the ledger
/// cannot be reached). A ledger that is damaged is no error: whoever acts asks it.
[[nodiscard]] Result<Session> open_session(const gate::CommandInput& input);

/// The commit that `revision` names, in full; of an empty one the commit that is checked out. Errors
/// (ErrorKind::usage).
[[nodiscard]] Result<std::string> resolve_commit(const Session& session, std::string_view revision);

}  // namespace sluice::promote
