// SPDX-License-Identifier: Apache-2.0
//
// What a host has to be told so that it guards the ledger: nobody rewinds, rewrites or deletes the branch, and whoever
// promotes may append to it. A pull request is not asked for, for the gate itself pushes, and nobody may do without the
// rules: a ledger that its administrators can rewrite proves nothing to them.
#pragma once

#include "base/json.hpp"

namespace sluice::promote {

/// The body of GitHub's "Create a repository ruleset": POST /repos/{owner}/{repo}/rulesets.
[[nodiscard]] Json github_ruleset();

/// The body of GitLab's "Protect repository branches": POST /projects/:id/protected_branches. Whoever may push to the
/// project (30: developers) may append; nobody merges. A protected branch cannot be deleted by a push.
[[nodiscard]] Json gitlab_protection();

}  // namespace sluice::promote
