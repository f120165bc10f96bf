// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/ci_status.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "promote/json_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

constexpr std::size_t per_page = 100;
constexpr std::size_t most_pages = 20;
constexpr std::chrono::seconds patience{30};
using State = CiCheck::State;

std::string_view
first_of(const Environment& process, std::span<const std::string_view> names)
{
  for (const std::string_view name : names) {
    if (const std::string_view value = value_of(process, name); !value.empty()) {
      return value;
    }
  }
  return {};
}

struct Platform
{
  net::HttpClient& http;
  std::vector<net::Header> headers;
  std::string needs;  ///< what a token must allow
};

Result<Json>
fetch(const Platform& platform, const std::string& url)
{
  net::HttpRequest request;
  request.url = url;
  request.headers = platform.headers;
  request.timeout = patience;
  request.max_redirects = 0;
  TRY_ASSIGN(const net::HttpResponse response, platform.http.send(request));
  if (response.status != 200) {
    return fail(ErrorKind::unavailable, "{}: answers {}; the token needs {}", url, response.status, platform.needs);
  }
  auto json = Json::parse(response.body);
  if (!json) {
    return fail(ErrorKind::unavailable, "{}: does not answer as it should: {}", url, json.error().message);
  }
  return json;
}

/// Items of all pages. More than there is room for cannot be judged: what is left out may have failed.
Result<std::vector<Json>>
fetch_all(const Platform& platform, const std::string& url, std::string_view key)
{
  std::vector<Json> all;
  for (std::size_t page = 1; page <= most_pages; ++page) {
    TRY_ASSIGN(const Json json, fetch(platform, fmt::format("{}?per_page={}&page={}", url, per_page, page)));
    const auto items = (key.empty() ? json : json[key]).items();
    all.insert(all.end(), items.begin(), items.end());
    if (items.size() < per_page) {
      return all;
    }
  }
  return fail(ErrorKind::unavailable, "{}: has more than {} checks", url, most_pages * per_page);
}

State
state_of_run(const Json& run)
{
  if (text_of(run, "status") != "completed") {
    return State::pending;
  }
  const std::string conclusion = text_of(run, "conclusion");
  const bool is_good = conclusion == "success" || conclusion == "neutral" || conclusion == "skipped";
  return is_good ? State::passed : State::failed;
}

State
state_of_status(std::string_view state)
{
  if (state == "pending") {
    return State::pending;
  }
  return state == "success" ? State::passed : State::failed;
}

/// Ours is known by the run that it is of and by its name; a job that has a title of its own is known by still running.
bool
is_own_run(const Json& run, const Environment& process, bool has_named)
{
  const std::string_view id = value_of(process, "GITHUB_RUN_ID");
  if (id.empty() || text_of(run, "details_url").find(fmt::format("/actions/runs/{}/", id)) == std::string::npos) {
    return false;
  }
  return has_named ? text_of(run, "name") == value_of(process, "GITHUB_JOB") : text_of(run, "status") == "in_progress";
}

Result<std::vector<CiCheck>>
github_checks(const Platform& platform, const Environment& process, const std::string& commits)
{
  TRY_ASSIGN(const auto runs, fetch_all(platform, commits + "/check-runs", "check_runs"));
  TRY_ASSIGN(const auto statuses, fetch_all(platform, commits + "/status", "statuses"));
  const bool has_named =
      std::any_of(runs.begin(), runs.end(), [&](const Json& run) { return is_own_run(run, process, true); });
  std::vector<CiCheck> checks;
  for (const Json& run : runs) {
    if (!is_own_run(run, process, has_named)) {
      checks.push_back({state_of_run(run), text_of(run, "name")});
    }
  }
  for (const Json& status : statuses) {
    checks.push_back({state_of_status(text_of(status, "state")), text_of(status, "context")});
  }
  return checks;
}

/// Nothing of a job that does not count: ours, those of our pipeline that come after it, those that nobody starts by
/// themselves, and those that may fail.
std::optional<CiCheck>
gitlab_check(const Json& status, const Environment& process)
{
  const auto number = [](const Json& json) { return json.natural() ? std::to_string(*json.natural()) : ""; };
  const std::string state = text_of(status, "status");
  const bool is_ours = number(status["id"]) == value_of(process, "CI_JOB_ID");
  const bool is_of_pipeline = number(status["pipeline_id"]) == value_of(process, "CI_PIPELINE_ID");
  if (is_ours || state == "manual" || state == "skipped" || (is_of_pipeline && state == "created")) {
    return std::nullopt;
  }
  CiCheck check{State::pending, text_of(status, "name")};
  if (state == "success") {
    check.state = State::passed;
  } else if (state == "failed" || state == "canceled") {
    check.state = status["allow_failure"].boolean() == true ? State::passed : State::failed;
  }
  return check;
}

Result<std::vector<CiCheck>>
gitlab_checks(const Platform& platform, const Environment& process, const std::string& commits)
{
  TRY_ASSIGN(const auto statuses, fetch_all(platform, commits + "/statuses", ""));
  std::vector<CiCheck> checks;
  for (const Json& status : statuses) {
    if (auto check = gitlab_check(status, process)) {
      checks.push_back(*std::move(check));
    }
  }
  return checks;
}

Platform
github(net::HttpClient& http, const Environment& process)
{
  constexpr std::array<std::string_view, 2> tokens{"GITHUB_TOKEN", "GH_TOKEN"};
  Platform platform{http, {{"Accept", "application/vnd.github+json"}}, "`checks: read` and `statuses: read`"};
  if (const auto token = first_of(process, tokens); !token.empty()) {
    platform.headers.push_back({"Authorization", fmt::format("Bearer {}", token)});
  }
  return platform;
}

Platform
gitlab(net::HttpClient& http, const Environment& process)
{
  Platform platform{http, {}, "`read_api`, as GITLAB_TOKEN"};
  if (const auto token = value_of(process, "GITLAB_TOKEN"); !token.empty()) {
    platform.headers.push_back({"PRIVATE-TOKEN", std::string(token)});
  } else if (const auto job = value_of(process, "CI_JOB_TOKEN"); !job.empty()) {
    platform.headers.push_back({"JOB-TOKEN", std::string(job)});
  }
  return platform;
}

}  // namespace

Result<std::vector<CiCheck>>
ci_checks(net::HttpClient& http, const Environment& process, std::string_view commit)
{
  const std::string_view repository = value_of(process, "GITHUB_REPOSITORY");
  if (!repository.empty()) {
    const std::string_view given = value_of(process, "GITHUB_API_URL");
    const std::string_view api = given.empty() ? "https://api.github.com" : given;
    return github_checks(github(http, process), process,
                         fmt::format("{}/repos/{}/commits/{}", api, repository, commit));
  }
  const std::string_view project = value_of(process, "CI_PROJECT_ID");
  const std::string_view api = value_of(process, "CI_API_V4_URL");
  if (!project.empty() && !api.empty()) {
    return gitlab_checks(gitlab(http, process), process,
                         fmt::format("{}/projects/{}/repository/commits/{}", api, project, commit));
  }
  return fail(ErrorKind::environment, "no platform is known here that has checks of a commit: GITHUB_REPOSITORY and "
                                      "CI_PROJECT_ID are not set");
}

}  // namespace sluice::promote
