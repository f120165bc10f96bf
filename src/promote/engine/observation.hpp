// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/engine/session.hpp"
#include "promote/probe.hpp"
#include "promote/watch/watch_rules.hpp"

#include <chrono>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace sluice::promote {

/// As many as it takes to compare latencies (watch.cpp).
inline constexpr std::size_t looks_to_compare = 3;

/// Everything that looks at an environment, by name: its health address, its hook, and further probes.
[[nodiscard]] std::map<std::string, ProbeSetting> probes_of(const Stage& stage);

/// What a round of looks is told.
struct Look
{
  std::string expected;                          ///< the version that should answer; empty: any
  std::map<std::string, std::string> variables;  ///< for programs, beside the process's
  std::chrono::sys_seconds deployed;
  std::optional<std::chrono::sys_seconds> since;         ///< what is older is not new to a probe that told nothing yet
  std::map<std::string, std::chrono::sys_seconds> told;  ///< by each probe: the time of its newest sample
  std::vector<Sample> before;                            ///< of the same probes, before the deployment
  std::vector<Sample> watched = {};  ///< latencies of the last watch that ended well; may be of days ago
};

/// A round of looks at a release that is live, outside its own watch. What its last watch saw tells whether its probes
/// had an answer before, so that a service that is dead is not taken for one that cannot be reached.
[[nodiscard]] Look look_outside_watch(const Stage& stage, const std::string& environment, const Release& release,
                                      const Session& session);

/// Takes down what was told by these samples, so that the next round tells what is new. It is the time of the samples
/// that counts and not that of the round: what is pushed late, or by a clock that is ahead, is else lost or counted
/// twice.
void remember(Look& look, std::span<const Sample> samples);

/// Latencies of the newest watch here that ended healthy, as far as its entry kept them.
[[nodiscard]] std::vector<Sample> watched_well(const EnvironmentState& here);

/// What is usual: by looks before the deployment, and for the latency of a probe that did not look then often enough,
/// above all of programs of the operator's (look_before), by the last watch that ended well. Of nothing else that watch
/// tells: whether somebody is cut off it cannot know, and how much traffic there is was of another hour.
[[nodiscard]] Baseline usual_of(const Look& look);

/// One look by each probe, judged by the rules.
[[nodiscard]] std::vector<Sample> look_at(const Stage& stage, const Look& look, const Session& session);

/// What is usual before a deployment: some looks by each probe that does so without running a program of the
/// operator's, whose looks may be counted; one by a probe that saw nothing. Judged by the rules without a baseline.
[[nodiscard]] std::vector<Sample> look_before(const Stage& stage, const Session& session);

}  // namespace sluice::promote
