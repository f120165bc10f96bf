// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/engine/session.hpp"

#include <string>
#include <string_view>

namespace sluice::promote {

/// The numbers of dora.hpp over the last 30 and 90 days, of one environment or (empty) of all that were promoted to, as
/// "text" or "json".
[[nodiscard]] std::string dora_report(const Session& session, const std::string& environment, std::string_view format);

}  // namespace sluice::promote
