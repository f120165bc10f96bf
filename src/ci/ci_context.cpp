// SPDX-License-Identifier: Apache-2.0
#include "ci/ci_context.hpp"

#include "ci/event_id.hpp"
#include "ci/platforms.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

Result<CiContext>
shell_context(const Environment& environment)
{
  CiContext context;
  context.remote = value_of(environment, "PRE_COMMIT_REMOTE_NAME");
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
  if (value_of(environment, "GITHUB_ACTIONS") == "true") {
    return github_context(environment);
  }
  if (is_gitlab(environment)) {
    return gitlab_context(environment);
  }
  // Before Drone: Woodpecker has set DRONE=true for the sake of Drone's plugins.
  if (value_of(environment, "CI") == "woodpecker" || value_of(environment, "CI_SYSTEM_NAME") == "woodpecker") {
    return woodpecker_context(environment);
  }
  if (value_of(environment, "DRONE") == "true") {
    return drone_context(environment);
  }
  return shell_context(environment);
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
