// SPDX-License-Identifier: Apache-2.0
#include "ci/ci_context.hpp"

#include <array>

namespace sluice::ci {

std::span<const std::string_view>
context_variables()
{
  static constexpr std::array<std::string_view, 56> names{
      "ACT",
      "CI",
      "CI_COMMIT_BEFORE_SHA",
      "CI_COMMIT_BRANCH",
      "CI_COMMIT_PULL_REQUEST",
      "CI_COMMIT_REF",
      "CI_COMMIT_REF_NAME",
      "CI_COMMIT_SHA",
      "CI_COMMIT_TAG",
      "CI_COMMIT_TARGET_BRANCH",
      "CI_DEBUG_TRACE",
      "CI_DEFAULT_BRANCH",
      "CI_EXTERNAL_PULL_REQUEST_IID",
      "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA",
      "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME",
      "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA",
      "CI_JOB_NAME",
      "CI_MERGE_REQUEST_DIFF_BASE_SHA",
      "CI_MERGE_REQUEST_IID",
      "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
      "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
      "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
      "CI_PIPELINE_EVENT",
      "CI_PIPELINE_SOURCE",
      "CI_PREV_COMMIT_SHA",
      "CI_PREV_PIPELINE_EVENT",
      "CI_PROJECT_DIR",
      "CI_PROJECT_URL",
      "CI_REPO_DEFAULT_BRANCH",
      "CI_REPO_URL",
      "CI_SYSTEM_NAME",
      "CI_WORKSPACE",
      "DRONE",
      "DRONE_BUILD_EVENT",
      "DRONE_COMMIT_BEFORE",
      "DRONE_COMMIT_REF",
      "DRONE_COMMIT_SHA",
      "DRONE_PULL_REQUEST",
      "DRONE_REPO_BRANCH",
      "DRONE_REPO_LINK",
      "DRONE_TARGET_BRANCH",
      "DRONE_WORKSPACE",
      "GITHUB_ACTION",
      "GITHUB_ACTIONS",
      "GITHUB_BASE_REF",
      "GITHUB_EVENT_NAME",
      "GITHUB_EVENT_PATH",
      "GITHUB_OUTPUT",
      "GITHUB_REF",
      "GITHUB_REPOSITORY",
      "GITHUB_SERVER_URL",
      "GITHUB_SHA",
      "GITHUB_STEP_SUMMARY",
      "GITHUB_WORKSPACE",
      "GITLAB_CI",
      "RUNNER_DEBUG",
  };
  return names;
}

}  // namespace sluice::ci
