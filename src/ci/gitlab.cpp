// SPDX-License-Identifier: Apache-2.0
//
// Variables: docs.gitlab.com, "Predefined CI/CD variables reference". gitlab-ci-local sets the same, GITLAB_CI=false,
// and nothing of a merge request unless it is passed.
#include "ci/platforms.hpp"

namespace sluice::ci {

namespace {

constexpr std::array<EventName, 12> sources{{
    {"push", Event::push},
    {"webide", Event::push},
    {"merge_request_event", Event::pull_request},
    {"external_pull_request_event", Event::pull_request},
    {"schedule", Event::schedule},
    {"web", Event::dispatch},
    {"api", Event::dispatch},
    {"trigger", Event::dispatch},
    {"chat", Event::dispatch},
    {"pipeline", Event::dispatch},
    {"parent_pipeline", Event::dispatch},
    {"security_orchestration_policy", Event::dispatch},
}};

Event
event_of(const Environment& environment, std::string_view source)
{
  // Also a child pipeline of a merge request's pipeline, whose own source is `parent_pipeline`.
  if (!value_of(environment, "CI_MERGE_REQUEST_IID").empty()) {
    return Event::pull_request;
  }
  const Event event = event_named(sources, source);
  return event == Event::push && !value_of(environment, "CI_COMMIT_TAG").empty() ? Event::tag_push : event;
}

/// A merged-results pipeline checks a merge commit out that GitLab made; the change is what it merges.
Result<>
take_merge_request(CiContext& context, const Environment& environment)
{
  context.number = value_of(environment, "CI_MERGE_REQUEST_IID");
  context.target_branch = value_of(environment, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  TRY_ASSIGN(context.head, id_of(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"));
  TRY_ASSIGN(context.base, id_of(environment, "CI_MERGE_REQUEST_DIFF_BASE_SHA"));
  TRY_ASSIGN(context.target_tip, id_of(environment, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"));
  if (context.base.empty()) {
    context.base = context.target_tip;
  }
  return {};
}

Result<>
take_external_pull_request(CiContext& context, const Environment& environment)
{
  context.number = value_of(environment, "CI_EXTERNAL_PULL_REQUEST_IID");
  context.target_branch = value_of(environment, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME");
  TRY_ASSIGN(context.head, id_of(environment, "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA"));
  TRY_ASSIGN(context.target_tip, id_of(environment, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"));
  context.base = context.target_tip;
  return {};
}

Result<>
take_push(CiContext& context, const Environment& environment)
{
  TRY_ASSIGN(context.before, id_of(environment, "CI_COMMIT_BEFORE_SHA"));
  // Zeros also stand in the first pipeline of a ref and in one that somebody started again by hand.
  context.created = context.before.empty();
  return {};
}

std::string
ref_of(const Environment& environment)
{
  const std::string_view tag = value_of(environment, "CI_COMMIT_TAG");
  const std::string_view branch = value_of(environment, "CI_COMMIT_BRANCH");
  if (!tag.empty()) {
    return fmt::format("refs/tags/{}", tag);
  }
  return branch.empty() ? std::string(value_of(environment, "CI_COMMIT_REF_NAME"))
                        : fmt::format("refs/heads/{}", branch);
}

}  // namespace

Result<CiContext>
gitlab_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.event_name = value_of(environment, "CI_PIPELINE_SOURCE");
  context.event = event_of(environment, context.event_name);
  context.workspace = value_of(environment, "CI_PROJECT_DIR");
  context.default_branch = value_of(environment, "CI_DEFAULT_BRANCH");
  context.ref = ref_of(environment);
  context.repository = value_of(environment, "CI_PROJECT_PATH");
  context.repository_url = page_of(environment, "CI_PROJECT_URL");
  TRY_ASSIGN(context.checked_out, id_of(environment, "CI_COMMIT_SHA"));
  if (context.event_name == "external_pull_request_event") {
    TRY(take_external_pull_request(context, environment));
  } else if (context.event == Event::pull_request) {
    TRY(take_merge_request(context, environment));
  } else if (context.event == Event::push || context.event == Event::tag_push) {
    TRY(take_push(context, environment));
  }
  if (context.head.empty()) {
    context.head = context.checked_out;
  }
  return context;
}

}  // namespace sluice::ci
