// SPDX-License-Identifier: Apache-2.0
//
// Variables: circleci.com/docs, "Project values and variables". Of a pull request it names the address and, from a
// fork, the number, never the target: a branch is all that it knows.
#include "ci/platforms.hpp"

namespace sluice::ci {

Result<CiContext>
circleci_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.workspace = value_of(environment, "CIRCLE_WORKING_DIRECTORY");
  context.repository_url = page_of(environment, "CIRCLE_REPOSITORY_URL");
  TRY_ASSIGN(context.checked_out, id_of(environment, "CIRCLE_SHA1"));
  context.head = context.checked_out;
  take_branch_or_tag(context, value_of(environment, "CIRCLE_BRANCH"), value_of(environment, "CIRCLE_TAG"));
  return context;
}

}  // namespace sluice::ci
