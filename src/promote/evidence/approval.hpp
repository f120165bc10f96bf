// SPDX-License-Identifier: Apache-2.0
//
// Who agreed to a promotion, and who did not. An approval is of a commit in an environment under one definition of the
// pipeline: when that changes, people are asked again, for they agreed to something else. Whose word it is must be
// proven in the manner that the pipeline asks for. A rejection needs no proof: a false one costs time, and one that was
// not believed costs more.
#pragma once

#include "base/result.hpp"
#include "promote/check.hpp"
#include "promote/evidence/person.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace sluice::promote {

struct Vote
{
  std::string who;           ///< what was proven: a principal, a login; of `proof: actor` what the machine says
  Person proven;             ///< names of `who`
  Person person;             ///< these, and what else the entry says of its author
  std::uint64_t number = 0;  ///< of its entry; 0: of the platform
};

/// A word that does not count.
struct Discounted
{
  std::string who;
  std::string why;  ///< what is said of them: "started it", "did not sign it"
};

struct Votes
{
  std::vector<Vote> approvals;  ///< proven, each person once: the last one
  std::vector<Discounted> discounted;
};

/// Approvals of what is asked for. Errors: ErrorKind::config (nobody's signatures count here), ErrorKind::environment
/// (they cannot be checked), ErrorKind::unavailable (the platform cannot be asked).
[[nodiscard]] Result<Votes> votes_on(const Situation& situation);

/// Rejections of the commit in the environment, under whatever definition of the pipeline, that nobody took back: who
/// rejected can approve later.
struct Rejection
{
  std::string who;
  std::string reason;
  std::chrono::sys_seconds at;
};
[[nodiscard]] std::vector<Rejection> standing_rejections(const Situation& situation);

/// Whether a list of the pipeline names the person; its names may be patterns ("*@example.org").
[[nodiscard]] bool is_named(const std::vector<std::string>& list, const Person& person);

}  // namespace sluice::promote
