// SPDX-License-Identifier: Apache-2.0
#include "ci/systems.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace sluice;
using namespace sluice::ci;

namespace {

Environment
run_of(const System& system)
{
  Environment environment;
  for (const std::string_view variable : system.variables) {
    if (!variable.empty()) {
      environment[std::string(variable)] = "7";
    }
  }
  return environment;
}

}  // namespace

TEST_CASE("a run of every system in the table is no laptop's, and all that tells it reaches the children")
{
  const auto passed_on = context_variables();
  for (const System& system : systems()) {
    CAPTURE(system.name);
    const Environment environment = run_of(system);
    CHECK(identify(environment).platform == system.platform);
    CHECK(detect(environment).value().platform == system.platform);
    CHECK(system.platform != Platform::shell);
    CHECK_FALSE(system.variables[0].empty());
    for (const auto& [name, value] : environment) {
      CHECK(std::binary_search(passed_on.begin(), passed_on.end(), name));
    }
  }
}

TEST_CASE("the systems that set no CI are in the table")
{
  for (const Environment& environment : std::vector<Environment>{
           {{"CODEBUILD_BUILD_ID", "demo:b1e6661e"}, {"CODEBUILD_WEBHOOK_EVENT", "PULL_REQUEST_CREATED"}},
           {{"BUILD_ID", "b1e6661e"}, {"PROJECT_ID", "shop"}},
           {{"BUILDER_OUTPUT", "/builder/outputs"}},
           {{"TEAMCITY_VERSION", "2026.1"}},
           {{"bamboo_planKey", "SHOP-MAIN"}},
           {{"GO_PIPELINE_NAME", "shop"}},
           {{"BUILD_PIPELINE_NAME", "shop"}},
           {{"BUDDY_WORKSPACE_ID", "1"}},
           {{"OCI_BUILD_RUN_ID", "ocid1.devopsbuildrun"}},
       }) {
    CAPTURE(environment.begin()->first);
    CHECK(identify(environment).platform == Platform::other);
  }
  CHECK(identify({{"BUILD_TAG", "jenkins-shop-1"}, {"EXECUTOR_NUMBER", "0"}}).platform == Platform::jenkins);
}

TEST_CASE("half of what tells a system, or a variable that says no, tells nothing")
{
  for (const Environment& environment : std::vector<Environment>{{{"BUILD_ID", "7"}},
                                                                 {{"PROJECT_ID", "shop"}},
                                                                 {{"EXECUTOR_NUMBER", "0"}},
                                                                 {{"CIRCLECI", "false"}},
                                                                 {{"BUILDKITE", "0"}}}) {
    CAPTURE(environment.begin()->first);
    CHECK(identify(environment).platform == Platform::shell);
  }
}
