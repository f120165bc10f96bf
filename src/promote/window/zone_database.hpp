// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "promote/window/zone.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Periods of a zone of the machine's database, in their order, from the beginning of time to `last_instant` and some
/// years more; none if it has no zone of that name. Errors (ErrorKind::environment): there is no database, or what it
/// has of the zone cannot be read.
[[nodiscard]] Result<std::vector<ZonePeriod>> periods_of(std::string_view name);

/// Names of all zones; none without a database.
[[nodiscard]] std::vector<std::string> known_zones();

}  // namespace sluice::promote
