// SPDX-License-Identifier: Apache-2.0
#include "ci/systems.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace sluice::ci {

namespace {

/// Read for what they say, beside those by which a system is told.
constexpr std::array<std::string_view, 93> names{
    "ACT",
    "BITBUCKET_BRANCH",
    "BITBUCKET_CLONE_DIR",
    "BITBUCKET_COMMIT",
    "BITBUCKET_GIT_HTTP_ORIGIN",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "BITBUCKET_PR_DESTINATION_COMMIT",
    "BITBUCKET_PR_ID",
    "BITBUCKET_TAG",
    "BRANCH_IS_PRIMARY",
    "BRANCH_NAME",
    "BUILD_REASON",
    "BUILD_REPOSITORY_URI",
    "BUILD_SOURCEBRANCH",
    "BUILD_SOURCESDIRECTORY",
    "BUILD_SOURCEVERSION",
    "CHANGE_ID",
    "CHANGE_TARGET",
    "CI",
    "CIRCLE_BRANCH",
    "CIRCLE_REPOSITORY_URL",
    "CIRCLE_TAG",
    "CIRCLE_WORKING_DIRECTORY",
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
    "CI_PREV_PIPELINE_STATUS",
    "CI_PROJECT_DIR",
    "CI_PROJECT_PATH",
    "CI_PROJECT_URL",
    "CI_REPO_DEFAULT_BRANCH",
    "CI_REPO_URL",
    "CI_SYSTEM_NAME",
    "CI_WORKSPACE",
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
    "GIT_BRANCH",
    "GIT_COMMIT",
    "GIT_PREVIOUS_SUCCESSFUL_COMMIT",
    "PRE_COMMIT_FROM_REF",
    "PRE_COMMIT_LOCAL_BRANCH",
    "PRE_COMMIT_REMOTE_BRANCH",
    "PRE_COMMIT_REMOTE_NAME",
    "PRE_COMMIT_REMOTE_URL",
    "PRE_COMMIT_TO_REF",
    "RUNNER_DEBUG",
    "SYSTEM_PULLREQUEST_PULLREQUESTID",
    "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER",
    "SYSTEM_PULLREQUEST_SOURCECOMMITID",
    "SYSTEM_PULLREQUEST_TARGETBRANCH",
    "TAG_NAME",
    "WORKSPACE",
};

std::vector<std::string_view>
all_names()
{
  std::vector<std::string_view> all(names.begin(), names.end());
  for (const System& system : systems()) {
    std::copy_if(system.variables.begin(), system.variables.end(), std::back_inserter(all),
                 [](std::string_view name) { return !name.empty(); });
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

std::span<const std::string_view>
context_variables()
{
  static const std::vector<std::string_view> all = all_names();
  return all;
}

}  // namespace sluice::ci
