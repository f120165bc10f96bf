// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "promote/engine/session.hpp"

#include <string>

namespace sluice::promote {

/// What would be deployed, as it is compared between environments: the commit, the digest that the hook `identify`
/// prints, or the digest over names and contents of the files that the stage names. Errors (ErrorKind::config): the
/// hook failed or printed no digest; no file matches; ErrorKind::input: one cannot be read.
[[nodiscard]] Result<std::string> identity_of(const Stage& stage, const std::string& commit, const Session& session);

}  // namespace sluice::promote
