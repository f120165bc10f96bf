// SPDX-License-Identifier: Apache-2.0
#include "promote/options.hpp"
#include "promote/platform.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

std::vector<std::string>
problems_of(std::vector<Notification> notify)
{
  PromoteOptions options;
  options.notify = std::move(notify);
  config::OptionTable table;
  describe(options, table);
  config::OptionChecks checks(table);
  check(options, checks);
  return checks.problems();
}

Notification
notification(std::string webhook, std::vector<std::string> on)
{
  Notification made;
  made.webhook = std::move(webhook);
  made.on = std::move(on);
  return made;
}

}  // namespace

TEST_CASE("a webhook is a variable's name, and a moment one that there is")
{
  CHECK(problems_of({Notification{}}).empty());
  CHECK(problems_of({notification("$TEAM_2", {"ended", "step"})}).empty());
  for (const char* webhook : {"https://hooks.example/secret", "$", "$2", "TEAM", "$A-B", ""}) {
    const auto problems = problems_of({notification(webhook, {"ended"})});
    CHECK_MESSAGE(problems.size() == 1, webhook);
    CHECK(problems.at(0).find("secret stands") != std::string::npos);
    CHECK(problems.at(0).find("hooks.example") == std::string::npos);
  }
  CHECK(problems_of({notification("$A", {"ended", "begin"})}).size() == 1);
}

TEST_CASE("a platform records what it runs, unless the pipeline names one or none")
{
  const Environment actions{{"GITHUB_ACTIONS", "true"}};
  const Environment job{{"CI_PROJECT_DIR", "/b"}, {"CI_JOB_NAME", "j"}};
  PromoteOptions options;
  CHECK(recording_platform(options, {}) == nullptr);
  CHECK(recording_platform(options, actions)->id == "github");
  CHECK(recording_platform(options, job)->id == "gitlab");
  options.platform = PlatformChoice::none;
  CHECK(recording_platform(options, actions) == nullptr);
  options.platform = PlatformChoice::gitlab;
  CHECK(recording_platform(options, actions)->id == "gitlab");
  CHECK(recording_platform(options, {})->id == "gitlab");
}

TEST_CASE("each choice names a platform that can do it")
{
  CHECK(static_cast<bool>(platform_named("github")->create));
  CHECK(static_cast<bool>(platform_named("gitlab")->freezes));
  for (const std::string_view form : EnumNames<WebhookForm>::names) {
    CHECK(static_cast<bool>(platform_named(form)->announce));
  }
  CHECK(platform_named("sourcehut") == nullptr);
}

TEST_CASE("the page of a run is an address of the web or none")
{
  CHECK(run_page({}).empty());
  CHECK(run_page({{"GITHUB_RUN_ID", "7"}, {"GITHUB_SERVER_URL", "https://g.example"}, {"GITHUB_REPOSITORY", "o/n"}})
        == "https://g.example/o/n/actions/runs/7");
  CHECK(run_page({{"GITHUB_RUN_ID", "7"}, {"GITHUB_SERVER_URL", "javascript:x"}}).empty());
  CHECK(run_page({{"CI_JOB_URL", "https://l.example/-/jobs/1"}}) == "https://l.example/-/jobs/1");
  CHECK(run_page({{"CI_JOB_URL", "javascript:alert(1)"}}).empty());
}
