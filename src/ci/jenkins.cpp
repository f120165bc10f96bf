// SPDX-License-Identifier: Apache-2.0
//
// Variables: the git plugin's, and for a multibranch job those of "Branch API". GIT_COMMIT of a change is the merge
// with its target, or its own head, as the job is configured; of a merge the target's part is left out by the range.
#include "ci/platforms.hpp"

namespace sluice::ci {

namespace {

/// "main" of "origin/main": how the git plugin names the branch that it checked out.
std::string_view
without_remote(std::string_view branch)
{
  constexpr std::string_view prefix = "origin/";
  return branch.starts_with(prefix) ? branch.substr(prefix.size()) : branch;
}

}  // namespace

Result<CiContext>
jenkins_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.workspace = value_of(environment, "WORKSPACE");
  TRY_ASSIGN(context.checked_out, id_of(environment, "GIT_COMMIT"));
  context.head = context.checked_out;
  context.number = value_of(environment, "CHANGE_ID");
  if (!context.number.empty()) {
    context.event = Event::pull_request;
    context.event_name = "change";
    context.target_branch = value_of(environment, "CHANGE_TARGET");
    return context;
  }
  const std::string_view own = value_of(environment, "BRANCH_NAME");
  const std::string_view branch = own.empty() ? without_remote(value_of(environment, "GIT_BRANCH")) : own;
  take_branch_or_tag(context, branch, value_of(environment, "TAG_NAME"));
  TRY_ASSIGN(context.completed, id_of(environment, "GIT_PREVIOUS_SUCCESSFUL_COMMIT"));
  if (value_of(environment, "BRANCH_IS_PRIMARY") == "true") {
    context.default_branch = branch;
  }
  return context;
}

}  // namespace sluice::ci
