// SPDX-License-Identifier: Apache-2.0
//
// Variables: support.atlassian.com, "Variables and secrets". A pull request's pipeline merges the destination into the
// source before it runs; BITBUCKET_COMMIT is the source's own commit.
#include "ci/platforms.hpp"

#include <fmt/format.h>

namespace sluice::ci {

Result<CiContext>
bitbucket_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.workspace = value_of(environment, "BITBUCKET_CLONE_DIR");
  context.repository_url = page_of(environment, "BITBUCKET_GIT_HTTP_ORIGIN");
  TRY_ASSIGN(context.checked_out, id_of(environment, "BITBUCKET_COMMIT"));
  context.head = context.checked_out;
  context.number = value_of(environment, "BITBUCKET_PR_ID");
  if (!context.number.empty()) {
    context.event = Event::pull_request;
    context.event_name = "pull-request";
    context.target_branch = value_of(environment, "BITBUCKET_PR_DESTINATION_BRANCH");
    TRY_ASSIGN(context.target_tip, id_of(environment, "BITBUCKET_PR_DESTINATION_COMMIT"));
    context.base = context.target_tip;
  } else {
    take_branch_or_tag(context, value_of(environment, "BITBUCKET_BRANCH"), value_of(environment, "BITBUCKET_TAG"));
  }
  return context;
}

}  // namespace sluice::ci
