// SPDX-License-Identifier: Apache-2.0
//
// Woodpecker and the Drone that it was forked from. Variables: woodpecker-ci.org, "Environment variables", and
// docs.drone.io, "Reference".
#include "ci/platforms.hpp"

namespace sluice::ci {

namespace {

constexpr std::array<EventName, 12> events{{
    {"push", Event::push},
    {"pull_request", Event::pull_request},
    {"pull_request_closed", Event::pull_request},
    {"pull_request_metadata", Event::pull_request},
    {"tag", Event::tag_push},
    {"release", Event::release},
    {"cron", Event::schedule},
    {"manual", Event::dispatch},
    {"deployment", Event::dispatch},
    {"promote", Event::dispatch},
    {"rollback", Event::dispatch},
    {"custom", Event::dispatch},
}};

}  // namespace

Result<CiContext>
woodpecker_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.event_name = value_of(environment, "CI_PIPELINE_EVENT");
  context.event = event_named(events, context.event_name);
  context.workspace = value_of(environment, "CI_WORKSPACE");
  context.default_branch = value_of(environment, "CI_REPO_DEFAULT_BRANCH");
  context.ref = value_of(environment, "CI_COMMIT_REF");
  context.repository_url = page_of(environment, "CI_REPO_URL");
  TRY_ASSIGN(context.checked_out, id_of(environment, "CI_COMMIT_SHA"));
  context.head = context.checked_out;
  if (context.event == Event::pull_request) {
    context.number = value_of(environment, "CI_COMMIT_PULL_REQUEST");
    context.target_branch = value_of(environment, "CI_COMMIT_TARGET_BRANCH");
  } else if (context.event == Event::push && value_of(environment, "CI_PREV_PIPELINE_EVENT") == "push") {
    // The previous pipeline of the branch; a pull request's counts as one of its target branch, and leaving out what
    // that one had would hide commits that were never merged.
    TRY_ASSIGN(context.before, id_of(environment, "CI_PREV_COMMIT_SHA"));
    if (value_of(environment, "CI_PREV_PIPELINE_STATUS") == "success") {
      context.completed = context.before;
    }
  }
  context.created = context.event == Event::push && context.before.empty();
  return context;
}

Result<CiContext>
drone_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.event_name = value_of(environment, "DRONE_BUILD_EVENT");
  context.event = event_named(events, context.event_name);
  context.workspace = value_of(environment, "DRONE_WORKSPACE");
  context.default_branch = value_of(environment, "DRONE_REPO_BRANCH");
  context.ref = value_of(environment, "DRONE_COMMIT_REF");
  context.repository_url = page_of(environment, "DRONE_REPO_LINK");
  TRY_ASSIGN(context.checked_out, id_of(environment, "DRONE_COMMIT_SHA"));
  context.head = context.checked_out;
  if (context.event == Event::pull_request) {
    context.number = value_of(environment, "DRONE_PULL_REQUEST");
    context.target_branch = value_of(environment, "DRONE_TARGET_BRANCH");
  } else if (context.event == Event::push) {
    TRY_ASSIGN(context.before, id_of(environment, "DRONE_COMMIT_BEFORE"));
  }
  context.created = context.event == Event::push && context.before.empty();
  return context;
}

}  // namespace sluice::ci
