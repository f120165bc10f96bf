// SPDX-License-Identifier: Apache-2.0
//
// docs.gitlab.com, "Deployments API", "Freeze Periods API", "Resource groups API"; what a job token may ask is under
// "Fine-grained permissions for CI/CD job tokens": deployments and environments, and nothing else of these.
#include "base/number.hpp"
#include "base/text.hpp"
#include "ci/ci_context.hpp"
#include "promote/brief.hpp"
#include "promote/json_members.hpp"
#include "promote/ledger/state.hpp"
#include "promote/platform/platform_http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace sluice::promote {

namespace {

constexpr std::string_view deployments_permission{
    "the scope `api` and the role Developer (GITLAB_TOKEN), or may as CI_JOB_TOKEN do what its user may"};
constexpr std::string_view reading_permission{"the scope `read_api` and the role Reporter (GITLAB_TOKEN)"};
constexpr int most_pages = 20;

struct Place
{
  Api api;
  std::string project;  ///< "/projects/7"
};

/// A token of a person or project may ask anything, a job's only for deployments.
enum class Credential { any, token };

bool
is_here(const Environment& process)
{
  return ci::identify(process).platform == ci::Platform::gitlab;
}

Result<Place>
place_of(const Environment& process, Credential credential = Credential::any)
{
  const std::string_view token = value_of(process, "GITLAB_TOKEN");
  const std::string_view job_token = value_of(process, "CI_JOB_TOKEN");
  if (token.empty() && credential == Credential::token) {
    return fail(ErrorKind::config, "GitLab: GITLAB_TOKEN is not set, and a job's own token may not ask for this");
  }
  if (token.empty() && job_token.empty()) {
    return fail(ErrorKind::config, "GitLab: neither GITLAB_TOKEN nor CI_JOB_TOKEN is set");
  }
  const std::string_view project = value_of(process, "CI_PROJECT_ID");
  if (!number_of<std::uint64_t>(project)) {
    return fail(ErrorKind::config, "GitLab: CI_PROJECT_ID is not set to a project's number");
  }
  const std::string_view told = value_of(process, "CI_API_V4_URL");
  const net::Header header = token.empty() ? net::Header{"JOB-TOKEN", std::string(job_token)}
                                           : net::Header{"PRIVATE-TOKEN", std::string(token)};
  TRY_ASSIGN(Api api, Api::at("GitLab", told.empty() ? "https://gitlab.com/api/v4" : told,
                              {header, {"Accept", "application/json"}}));
  return Place{std::move(api), fmt::format("/projects/{}", project)};
}

Result<>
ready(const Environment& process)
{
  TRY(place_of(process));
  return {};
}

/// Newest first.
Result<Json>
deployments(const Place& place, const PlatformCall& call, std::string_view environment)
{
  TRY_ASSIGN(
      ApiAnswer answer,
      place.api.ask(call, {.path = fmt::format("{}/deployments?environment={}&order_by=id&sort=desc&per_page=100",
                                               place.project, uri_encoded(environment))}));
  if (answer.status() != 200 || !answer.body.is_array()) {
    return place.api.refusal(answer, "its deployments cannot be read", deployments_permission);
  }
  return std::move(answer.body);
}

bool
is_of_this_job(const Json& deployment, const Environment& process)
{
  const auto job = number_of<std::uint64_t>(value_of(process, "CI_JOB_ID"));
  return job && deployment["deployable"]["id"].natural() == job;
}

/// GitLab keeps nothing of ours with a deployment. One that is running, that no job made, of that commit in that
/// environment is ours: the ledger lets nobody else deploy there now.
bool
is_ours(const Json& deployment, const DeploymentRecord& record)
{
  return deployment["deployable"].is_null() && text_of(deployment, "sha") == record.commit
         && text_of(deployment, "status") == "running";
}

Result<std::optional<PlatformDeployment>>
find(const PlatformCall& call, const DeploymentRecord& record)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  TRY_ASSIGN(const Json all, deployments(place, call, record.environment));
  for (const Json& each : all.items()) {
    const bool is_of_the_job = is_of_this_job(each, call.process);
    const auto id = each["id"].natural();
    if (id && (is_of_the_job || is_ours(each, record))) {
      return PlatformDeployment{fmt::format("{}", *id), is_of_the_job};
    }
  }
  return std::nullopt;
}

/// The branch or tag that a commit is deployed from, which GitLab wants to know.
void
put_ref(Json& body, std::string_view commit, const Environment& process)
{
  const bool is_of_the_run = value_of(process, "CI_COMMIT_SHA") == commit;
  const std::string_view name = value_of(process, is_of_the_run ? "CI_COMMIT_REF_NAME" : "CI_DEFAULT_BRANCH");
  body.at("ref") = name.empty() ? commit : name;
  body.at("tag") = is_of_the_run && !value_of(process, "CI_COMMIT_TAG").empty();
}

Result<PlatformDeployment>
create(const PlatformCall& call, const DeploymentRecord& record)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  Json body{{"environment", record.environment}, {"sha", record.commit}, {"status", "running"}};
  put_ref(body, record.commit, call.process);
  TRY_ASSIGN(const ApiAnswer answer,
             place.api.ask(call, {.method = "POST", .path = place.project + "/deployments", .body = std::move(body)}));
  const auto id = answer.body["id"].natural();
  if (answer.status() != 201 || !id) {
    return place.api.refusal(answer, "the deployment cannot be recorded", deployments_permission);
  }
  return PlatformDeployment{fmt::format("{}", *id)};
}

/// GitLab's word for a state; empty: it has none, or has been told when the record was made. One that is not running
/// cannot be made to run again.
std::string_view
status_of(DeploymentState state)
{
  switch (state) {
  case DeploymentState::success:
    return "success";
  case DeploymentState::failure:
    return "failed";
  case DeploymentState::inactive:
    return "canceled";
  case DeploymentState::in_progress:
  case DeploymentState::error:
    break;
  }
  return {};
}

Result<>
tell(const PlatformCall& call, const PlatformDeployment& deployment, const DeploymentStatus& status)
{
  const std::string_view word = status_of(status.state);
  // "Deployments created using GitLab CI can not be updated using the API": the job's end is the deployment's.
  if (word.empty() || deployment.is_of_the_job) {
    return {};
  }
  TRY_ASSIGN(const Place place, place_of(call.process));
  TRY_ASSIGN(const ApiAnswer answer,
             place.api.ask(call, {.method = "PUT",
                                  .path = fmt::format("{}/deployments/{}", place.project, deployment.id),
                                  .body = Json{{"status", word}}}));
  if (answer.status() != 200) {
    return place.api.refusal(answer, "the deployment's state cannot be told", deployments_permission);
  }
  return {};
}

void
add_word(const Json& json, std::vector<PlatformApproval>& words)
{
  const std::string status = text_of(json, "status");
  const std::string who = text_of(json["user"], "username");
  const bool is_known =
      std::any_of(words.begin(), words.end(), [&who](const PlatformApproval& word) { return word.who == who; });
  if ((status != "approved" && status != "rejected") || who.empty() || is_known) {
    return;
  }
  words.push_back({status == "approved" ? PlatformApproval::Word::approved : PlatformApproval::Word::rejected, who,
                   time_of(json, "created_at").value_or(std::chrono::sys_seconds{})});
}

Result<PlatformApprovals>
words_of(const Place& place, const PlatformCall& call, std::uint64_t id)
{
  TRY_ASSIGN(const ApiAnswer answer,
             place.api.ask(call, {.path = fmt::format("{}/deployments/{}", place.project, id)}));
  if (answer.status() != 200) {
    return place.api.refusal(answer, "approvals cannot be read", deployments_permission);
  }
  if (answer.body.find("approvals") == nullptr && answer.body.find("approval_summary") == nullptr) {
    return fail(ErrorKind::environment, "GitLab: it has no approvals of deployments, which its plans Premium and "
                                        "Ultimate have");
  }
  PlatformApprovals all;
  for (const Json& each : answer.body["approvals"].items()) {
    add_word(each, all.given);
  }
  for (const Json& rule : answer.body["approval_summary"]["rules"].items()) {
    for (const Json& each : rule["deployment_approvals"].items()) {
      add_word(each, all.given);
    }
  }
  if (const auto missing = answer.body["pending_approval_count"].natural(); missing && *missing > 0) {
    all.waits_for =
        fmt::format("GitLab waits for {} of its deployment {}", counted(*missing, "approval", "approvals"), id);
  }
  return all;
}

Result<PlatformApprovals>
approvals(const PlatformCall& call, std::string_view environment, std::string_view commit)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  TRY_ASSIGN(const Json all, deployments(place, call, environment));
  const Json* chosen = nullptr;
  for (const Json& each : all.items()) {
    if (text_of(each, "sha") == commit && (chosen == nullptr || is_of_this_job(each, call.process))) {
      chosen = &each;
    }
  }
  const auto id = chosen == nullptr ? std::nullopt : (*chosen)["id"].natural();
  if (!id) {
    return PlatformApprovals{
        {}, fmt::format("GitLab has no deployment of {} to {} that could be approved", brief(commit), environment)};
  }
  return words_of(place, call, *id);
}

void
take_freezes(const Json& periods, std::vector<Window>& windows)
{
  for (const Json& each : periods.items()) {
    Window window;
    window.cron = {text_of(each, "freeze_start"), text_of(each, "freeze_end")};
    const std::string zone = text_of(each, "cron_timezone");
    window.zone = zone.empty() ? "UTC" : zone;
    window.reason = fmt::format("freeze period {} of GitLab", each["id"].natural().value_or(0));
    windows.push_back(std::move(window));
  }
}

Result<std::vector<Window>>
freezes(const PlatformCall& call)
{
  TRY_ASSIGN(const Place place, place_of(call.process, Credential::token));
  std::vector<Window> windows;
  std::string page = "1";
  for (int read = 0; !page.empty(); ++read) {
    if (read == most_pages || !number_of<std::uint32_t>(page)) {
      return fail(ErrorKind::environment, "GitLab: it has more freeze periods than can be read");
    }
    TRY_ASSIGN(
        const ApiAnswer answer,
        place.api.ask(call, {.path = fmt::format("{}/freeze_periods?per_page=100&page={}", place.project, page)}));
    if (answer.status() != 200 || !answer.body.is_array()) {
      return place.api.refusal(answer, "its freeze periods cannot be read", reading_permission);
    }
    take_freezes(answer.body, windows);
    page = answer.response.header("x-next-page");
  }
  return windows;
}

Result<std::vector<std::string>>
advice(const PlatformCall& call, std::string_view environment)
{
  const bool may_ask = !value_of(call.process, "GITLAB_TOKEN").empty();
  if (!may_ask || environment.find('/') != std::string_view::npos) {
    return std::vector<std::string>{};
  }
  TRY_ASSIGN(const Place place, place_of(call.process, Credential::token));
  const std::string group = fmt::format("{}/resource_groups/{}", place.project, uri_encoded(environment));
  TRY_ASSIGN(const ApiAnswer answer, place.api.ask(call, {.path = group}));
  if (answer.status() != 200) {
    return std::vector<std::string>{};
  }
  std::vector<std::string> sentences;
  if (text_of(answer.body, "process_mode") == "unordered") {
    sentences.push_back(fmt::format("GitLab's resource group {} lets jobs go in any order, so that an older commit may "
                                    "come after a newer one: `oldest_first` keeps their order",
                                    environment));
  }
  TRY_ASSIGN(const ApiAnswer upcoming, place.api.ask(call, {.path = group + "/upcoming_jobs"}));
  if (upcoming.status() == 200 && upcoming.body.is_array() && upcoming.body.size() > 0) {
    sentences.push_back(fmt::format(
        "{} for GitLab's resource group {}",
        upcoming.body.size() == 1 ? "1 job waits" : fmt::format("{} jobs wait", upcoming.body.size()), environment));
  }
  return sentences;
}

}  // namespace

extern const Platform platform_gitlab{
    .id = "gitlab",
    .title = "GitLab",
    .doc = "A promotion is a deployment of GitLab: that of the job, if it has `environment:`, else one that is made by "
           "the API. Approvals are those of the deployment (Premium, Ultimate). `freeze: gitlab` heeds the project's "
           "freeze periods, which GitLab itself leaves to each pipeline. A job's own token can record deployments and "
           "read approvals; freeze periods and resource groups need `GITLAB_TOKEN`. GitLab keeps no payload, so that a "
           "ledger that was wound back is not seen by way of it.",
    .is_here = is_here,
    .ready = ready,
    .find = find,
    .create = create,
    .tell = tell,
    .newest = nullptr,
    .approvals = approvals,
    .freezes = freezes,
    .advice = advice,
    .announce = nullptr};

}  // namespace sluice::promote
