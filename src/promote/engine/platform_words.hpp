// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/check.hpp"
#include "promote/engine/session.hpp"

#include <functional>
#include <string>
#include <vector>

namespace sluice::promote {

/// What checks ask the platform's approvals by: it is asked when they first want to know, once for all of them, and
/// who has not answered is told. Null where no platform can be asked. The session must outlive it.
[[nodiscard]] std::function<Result<std::vector<PlatformWord>>()>
platform_words_for(const Session& session, const std::string& environment, const std::string& commit);

}  // namespace sluice::promote
