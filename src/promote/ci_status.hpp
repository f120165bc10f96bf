// SPDX-License-Identifier: Apache-2.0
//
// What the platform's own checks say of a commit.
#pragma once

#include "base/environment.hpp"
#include "base/result.hpp"
#include "net/http_client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// One check of a commit.
struct CiCheck
{
  enum class State { passed, pending, failed } state = State::pending;
  std::string name;  ///< as the platform has it: hostile
};

/// Checks of the commit but for the job that asks, by the variables that GitHub's runner or GitLab's sets, a token
/// among them. Errors: ErrorKind::environment (this is neither), ErrorKind::unavailable (no answer, or one that says
/// no).
///
/// Facts: docs.github.com/en/rest/checks/runs ("List check runs for a Git reference") and .../rest/commits/statuses
/// ("Get the combined status"), of which the combined state is not heeded: it is `pending` where there is none at all;
/// docs.gitlab.com/ee/api/commits.html ("List the statuses of a commit").
[[nodiscard]] Result<std::vector<CiCheck>> ci_checks(net::HttpClient& http, const Environment& process,
                                                     std::string_view commit);

}  // namespace sluice::promote
