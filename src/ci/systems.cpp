// SPDX-License-Identifier: Apache-2.0
//
// A run that is taken for a laptop is judged by what the change says of itself, so a CI system that is not known is a
// hole. Most set CI=true. Those here are known by other variables, each from its vendor's documentation of what a build
// finds in its environment; systems that set CI as well are here if we read more of them, or if not every version or
// kind of run sets it. Tekton, Zuul, Buildbot and a task of Concourse put nothing into the environment: there CI=true
// has to be set by whoever writes the pipeline.
#include "ci/systems.hpp"

#include <algorithm>

namespace sluice::ci {

namespace {

constexpr std::array<System, 32> table{{
    {"Drone", Platform::drone, {"DRONE"}},
    {"Bitbucket Pipelines", Platform::bitbucket, {"BITBUCKET_BUILD_NUMBER"}},
    {"Azure Pipelines", Platform::azure, {"TF_BUILD"}},
    {"CircleCI", Platform::circleci, {"CIRCLECI"}},
    {"Jenkins", Platform::jenkins, {"JENKINS_URL"}},
    {"Jenkins whose own address is not configured", Platform::jenkins, {"BUILD_TAG", "EXECUTOR_NUMBER"}},
    {"Hudson", Platform::other, {"HUDSON_URL"}},
    {"TeamCity", Platform::other, {"TEAMCITY_VERSION"}},
    {"AWS CodeBuild", Platform::other, {"CODEBUILD_BUILD_ID"}},
    {"AWS Amplify", Platform::other, {"AWS_APP_ID", "AWS_JOB_ID"}},
    {"Google Cloud Build", Platform::other, {"BUILDER_OUTPUT"}},
    {"Google Cloud Build with its substitutions mapped", Platform::other, {"BUILD_ID", "PROJECT_ID"}},
    {"Azure Pipelines, a release", Platform::other, {"SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"}},
    {"Oracle Cloud DevOps", Platform::other, {"OCI_BUILD_RUN_ID"}},
    {"Bamboo, a build", Platform::other, {"bamboo_planKey"}},
    {"Bamboo, any job", Platform::other, {"bamboo_agentId"}},
    {"Buddy", Platform::other, {"BUDDY_WORKSPACE_ID"}},
    {"Buildkite", Platform::other, {"BUILDKITE"}},
    {"GoCD", Platform::other, {"GO_PIPELINE_NAME"}},
    {"Concourse, a resource", Platform::other, {"BUILD_PIPELINE_NAME"}},
    {"Concourse, a build of no pipeline", Platform::other, {"ATC_EXTERNAL_URL"}},
    {"Argo Workflows", Platform::other, {"ARGO_TEMPLATE"}},
    {"OpenShift builds", Platform::other, {"OPENSHIFT_BUILD_NAME"}},
    {"Prow", Platform::other, {"PROW_JOB_ID"}},
    {"Codefresh", Platform::other, {"CF_BUILD_ID"}},
    {"Harness", Platform::other, {"HARNESS_BUILD_ID"}},
    {"Screwdriver", Platform::other, {"SCREWDRIVER"}},
    {"Vela", Platform::other, {"VELA"}},
    {"builds.sr.ht", Platform::other, {"BUILD_SUBMITTER", "JOB_ID"}},
    {"Heroku CI", Platform::other, {"HEROKU_TEST_RUN_ID"}},
    {"Terraform Cloud", Platform::other, {"TFC_RUN_ID"}},
    {"Semaphore", Platform::other, {"SEMAPHORE"}},
}};

}  // namespace

std::span<const System>
systems()
{
  return table;
}

bool
is_yes(std::string_view value)
{
  return !value.empty() && value != "false" && value != "0";
}

const System*
system_of(const Environment& environment)
{
  // A number may be 0 and still say that there is one (EXECUTOR_NUMBER).
  const auto is_set = [&environment](std::string_view name) {
    return name.empty() || !value_of(environment, name).empty();
  };
  const auto* found = std::find_if(table.begin(), table.end(), [&](const System& system) {
    return is_yes(value_of(environment, system.variables[0])) && is_set(system.variables[1]);
  });
  return found == table.end() ? nullptr : found;
}

}  // namespace sluice::ci
