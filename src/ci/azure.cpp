// SPDX-License-Identifier: Apache-2.0
//
// Variables: learn.microsoft.com, "Predefined variables" of Azure Pipelines. A pull request's build checks a merge out
// that the platform made, target first.
#include "ci/platforms.hpp"

namespace sluice::ci {

namespace {

constexpr std::array<EventName, 5> reasons{{
    {"PullRequest", Event::pull_request},
    {"IndividualCI", Event::push},
    {"BatchedCI", Event::push},
    {"Schedule", Event::schedule},
    {"Manual", Event::dispatch},
}};

}  // namespace

Result<CiContext>
azure_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.event_name = value_of(environment, "BUILD_REASON");
  context.event = event_named(reasons, context.event_name);
  context.workspace = value_of(environment, "BUILD_SOURCESDIRECTORY");
  context.repository_url = page_of(environment, "BUILD_REPOSITORY_URI");
  context.ref = value_of(environment, "BUILD_SOURCEBRANCH");
  TRY_ASSIGN(context.checked_out, id_of(environment, "BUILD_SOURCEVERSION"));
  if (context.event == Event::pull_request) {
    // The first is Azure Repos' own, the second GitHub's.
    const std::string_view id = value_of(environment, "SYSTEM_PULLREQUEST_PULLREQUESTID");
    const std::string_view number = value_of(environment, "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER");
    context.number = number.empty() ? id : number;
    context.target_branch = branch_name(value_of(environment, "SYSTEM_PULLREQUEST_TARGETBRANCH"));
    TRY_ASSIGN(context.head, id_of(environment, "SYSTEM_PULLREQUEST_SOURCECOMMITID"));
    return context;
  }
  context.head = context.checked_out;
  if (context.ref.starts_with("refs/tags/")) {
    context.event = Event::tag_push;
  }
  context.created = context.event == Event::push;
  return context;
}

}  // namespace sluice::ci
