// SPDX-License-Identifier: Apache-2.0
//
// What checks of `gates` have in common. Those that ask a service ask by the probes that watch it afterwards, so that a
// gate and a watch never tell different things of one answer.
#pragma once

#include "promote/check.hpp"
#include "promote/probe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// What `ask` says of each gate of the environment for which `is_asked` holds; its name is the subject.
[[nodiscard]] std::vector<Ruling> of_gates(const Situation& situation, bool (*is_asked)(const Gate& gate),
                                           Ruling (*ask)(const Situation& situation, const Gate& gate));

/// A probe's context for a look before anything is deployed: whatever cannot be reached could not be observed.
[[nodiscard]] ProbeContext context_of(const Situation& situation);

/// Of a gate that nobody could look at.
[[nodiscard]] Ruling unseen(std::string_view why);

/// Yes, no, or unseen.
[[nodiscard]] Ruling ruling_of(const Sample& sample, std::string healthy);

}  // namespace sluice::promote
