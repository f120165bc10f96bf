// SPDX-License-Identifier: Apache-2.0
#include "ci/ci_context.hpp"

#include "ci/event_id.hpp"
#include "ci/platforms.hpp"
#include "ci/systems.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

Result<CiContext>
shell_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.remote = value_of(environment, "PRE_COMMIT_REMOTE_NAME");
  context.remote_url = value_of(environment, "PRE_COMMIT_REMOTE_URL");
  return context;
}

/// GITLAB_CI is no evidence: gitlab-ci-local sets it to "false", and the runner's other variables are always there.
bool
is_gitlab(const Environment& environment)
{
  return !value_of(environment, "CI_PROJECT_DIR").empty() && !value_of(environment, "CI_JOB_NAME").empty();
}

}  // namespace

Result<CiContext>
detect(const Environment& environment)
{
  switch (identify(environment).platform) {
  case Platform::github:
  case Platform::act:
    return github_context(environment);
  case Platform::gitlab:
  case Platform::gitlab_ci_local:
    return gitlab_context(environment);
  case Platform::woodpecker:
    return woodpecker_context(environment);
  case Platform::drone:
    return drone_context(environment);
  case Platform::bitbucket:
    return bitbucket_context(environment);
  case Platform::azure:
    return azure_context(environment);
  case Platform::circleci:
    return circleci_context(environment);
  case Platform::jenkins:
    return jenkins_context(environment);
  case Platform::shell:
  case Platform::other:
    break;
  }
  return shell_context(environment);
}

CiContext
identify(const Environment& environment)
{
  CiContext context;
  if (value_of(environment, "GITHUB_ACTIONS") == "true") {
    context.platform = value_of(environment, "ACT") == "true" ? Platform::act : Platform::github;
    context.output_file = value_of(environment, "GITHUB_OUTPUT");
    context.summary_file = value_of(environment, "GITHUB_STEP_SUMMARY");
    context.debug = value_of(environment, "RUNNER_DEBUG") == "1";
  } else if (is_gitlab(environment)) {
    context.platform = value_of(environment, "GITLAB_CI") == "false" ? Platform::gitlab_ci_local : Platform::gitlab;
    context.debug = value_of(environment, "CI_DEBUG_TRACE") == "true";
  } else if (value_of(environment, "CI") == "woodpecker" || value_of(environment, "CI_SYSTEM_NAME") == "woodpecker") {
    // Before Drone: Woodpecker has set DRONE=true for the sake of Drone's plugins.
    context.platform = Platform::woodpecker;
  } else if (const System* system = system_of(environment); system != nullptr) {
    context.platform = system->platform;
  } else if (is_yes(value_of(environment, "CI"))) {
    context.platform = Platform::other;
  }
  return context;
}

Result<std::string>
id_of(const Environment& environment, std::string_view name)
{
  return event_id(name, value_of(environment, name));
}

std::string
page_of(const Environment& environment, std::string_view name)
{
  std::string_view page = value_of(environment, name);
  if (!page.starts_with("https://") && !page.starts_with("http://")) {
    return {};
  }
  while (page.ends_with('/')) {
    page.remove_suffix(1);
  }
  return std::string(page);
}

void
take_branch_or_tag(CiContext& context, std::string_view branch, std::string_view tag)
{
  if (!tag.empty()) {
    context.event = Event::tag_push;
    context.event_name = "tag";
    context.ref = fmt::format("refs/tags/{}", tag);
  } else if (!branch.empty()) {
    context.event = Event::push;
    context.event_name = "push";
    context.ref = fmt::format("refs/heads/{}", branch_name(branch));
    context.created = true;
  }
}

std::string
branch_name(std::string_view ref)
{
  constexpr std::string_view prefix = "refs/heads/";
  return std::string(ref.starts_with(prefix) ? ref.substr(prefix.size()) : ref);
}

Event
event_named(std::span<const EventName> table, std::string_view name)
{
  if (name.empty()) {
    return Event::none;
  }
  const auto row = std::find_if(table.begin(), table.end(), [name](const EventName& r) { return r.name == name; });
  return row == table.end() ? Event::other : row->event;
}

}  // namespace sluice::ci
