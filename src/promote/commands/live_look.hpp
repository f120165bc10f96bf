// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/verdict.hpp"
#include "promote/engine/session.hpp"
#include "promote/watch/watch.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sluice::promote {

/// What a look at the live release of an environment came to.
struct LiveLook
{
  Conclusion conclusion = Conclusion::cannot_observe;
  std::string why;
  std::vector<Sample> samples;
};

/// Pass if it is healthy, fail if it is unhealthy, else incomplete: nobody saw that it is well.
[[nodiscard]] Verdict verdict_of(const LiveLook& look);

[[nodiscard]] Json json_of(const LiveLook& look);

/// One look by each probe; nothing where nothing is live. An outcome that differs from what was seen last is written
/// down, for what was seen last is what the next environment goes by; what could not be seen changes nothing. Errors:
/// ErrorKind::unavailable (the ledger).
[[nodiscard]] Result<std::optional<LiveLook>> look_at_live(Session& session, const std::string& environment);

}  // namespace sluice::promote
