// SPDX-License-Identifier: Apache-2.0
//
// docs.github.com, "REST API endpoints for deployments", "… deployment statuses", "… workflow runs", "… deployment
// environments", version 2022-11-28. Variables: "Variables reference".
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "ci/ci_context.hpp"
#include "promote/brief.hpp"
#include "promote/json_members.hpp"
#include "promote/ledger/state.hpp"
#include "promote/platform/platform_http.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

constexpr std::string_view deployments_permission{"`permissions: deployments: write`"};
constexpr std::string_view actions_permission{"`permissions: actions: read`"};

struct Place
{
  Api api;
  std::string repository;  ///< "/repos/owner/name"
};

bool
is_here(const Environment& process)
{
  // Gitea and Forgejo have GitHub's variables and no deployments.
  return ci::identify(process).platform == ci::Platform::github && value_of(process, "GITEA_ACTIONS").empty()
         && value_of(process, "FORGEJO_ACTIONS").empty();
}

std::string_view
token_of(const Environment& process)
{
  const std::string_view token = value_of(process, "GITHUB_TOKEN");
  return token.empty() ? value_of(process, "INPUT_TOKEN") : token;
}

Result<Place>
place_of(const Environment& process)
{
  const std::string_view token = token_of(process);
  if (token.empty()) {
    return fail(ErrorKind::config, "GitHub: GITHUB_TOKEN is not set");
  }
  const std::string_view repository = value_of(process, "GITHUB_REPOSITORY");
  const auto parts = split(repository, '/');
  if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
    return fail(ErrorKind::config, "GitHub: GITHUB_REPOSITORY is not set to OWNER/NAME");
  }
  const std::string_view told = value_of(process, "GITHUB_API_URL");
  TRY_ASSIGN(Api api, Api::at("GitHub", told.empty() ? "https://api.github.com" : told,
                              {{"Authorization", fmt::format("Bearer {}", token)},
                               {"Accept", "application/vnd.github+json"},
                               {"X-GitHub-Api-Version", "2022-11-28"}}));
  return Place{std::move(api), fmt::format("/repos/{}/{}", uri_encoded(parts[0]), uri_encoded(parts[1]))};
}

Result<>
ready(const Environment& process)
{
  TRY(place_of(process));
  return {};
}

/// What we put into the payload, which GitHub gives back as it came or as text.
Json
ours_in(const Json& deployment)
{
  const Json& payload = deployment["payload"];
  if (const std::string* text = payload.text()) {
    auto parsed = Json::parse(*text, {.duplicates = JsonLimits::Duplicates::last_wins});
    return parsed ? (*parsed)["sluice"] : Json();
  }
  return payload["sluice"];
}

std::optional<PlatformDeployment>
deployment_of(const Json& json)
{
  const auto id = json["id"].natural();
  return id ? std::optional(PlatformDeployment{fmt::format("{}", *id)}) : std::nullopt;
}

/// Newest first.
Result<Json>
deployments(const Place& place, const PlatformCall& call, std::string_view query)
{
  TRY_ASSIGN(ApiAnswer answer,
             place.api.ask(call, {.path = fmt::format("{}/deployments?{}", place.repository, query)}));
  if (answer.status() != 200 || !answer.body.is_array()) {
    return place.api.refusal(answer, "its deployments cannot be read", deployments_permission);
  }
  return std::move(answer.body);
}

Result<std::optional<PlatformDeployment>>
find(const PlatformCall& call, const DeploymentRecord& record)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  TRY_ASSIGN(const Json all, deployments(place, call,
                                         fmt::format("sha={}&environment={}&per_page=100", uri_encoded(record.commit),
                                                     uri_encoded(record.environment))));
  for (const Json& each : all.items()) {
    if (text_of(ours_in(each), "promotion") == record.promotion) {
      return deployment_of(each);
    }
  }
  return std::nullopt;
}

Json
body_of(const DeploymentRecord& record)
{
  // The defaults would merge the default branch into what was judged, and judge it by every status that there is.
  return Json{{"ref", record.commit},
              {"task", "deploy"},
              {"auto_merge", false},
              {"required_contexts", Json::array()},
              {"payload",
               {{"sluice",
                 {{"ledger", record.ledger},
                  {"promotion", record.promotion},
                  {"number", record.number},
                  {"commit", record.commit},
                  {"environment", record.environment}}}}},
              {"environment", record.environment},
              {"description", short_description(record.description)},
              {"transient_environment", false},
              {"production_environment", record.reach == DeploymentRecord::Reach::production}};
}

Result<PlatformDeployment>
create(const PlatformCall& call, const DeploymentRecord& record)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  TRY_ASSIGN(
      const ApiAnswer answer,
      place.api.ask(call, {.method = "POST", .path = place.repository + "/deployments", .body = body_of(record)}));
  if (answer.status() == 201) {
    if (auto made = deployment_of(answer.body)) {
      return *std::move(made);
    }
  }
  if (answer.status() == 202) {
    return fail(ErrorKind::environment,
                "GitHub: it merged another branch into what is deployed instead of recording it (202: {})",
                answer.message());
  }
  if (answer.status() == 409) {
    return fail(ErrorKind::environment, "GitHub: a deployment of {} is in conflict, and was not recorded (409: {})",
                brief(record.commit), answer.message());
  }
  return place.api.refusal(answer, "the deployment cannot be recorded", deployments_permission);
}

Result<>
tell(const PlatformCall& call, const PlatformDeployment& deployment, const DeploymentStatus& status)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  Json body{{"state", name_of(status.state)},
            {"description", short_description(status.description)},
            {"auto_inactive", status.state == DeploymentState::success}};
  if (const std::string page = run_page(call.process); !page.empty()) {
    body.at("log_url") = page;
  }
  if (is_web_address(status.environment_url)) {
    body.at("environment_url") = status.environment_url;
  }
  TRY_ASSIGN(const ApiAnswer answer,
             place.api.ask(call, {.method = "POST",
                                  .path = fmt::format("{}/deployments/{}/statuses", place.repository, deployment.id),
                                  .body = std::move(body),
                                  .is_harmless = true}));
  if (answer.status() != 201) {
    return place.api.refusal(answer, "the deployment's state cannot be told", deployments_permission);
  }
  return {};
}

Result<std::vector<std::string>>
newest(const PlatformCall& call, std::string_view environment)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  TRY_ASSIGN(const Json all,
             deployments(place, call, fmt::format("environment={}&per_page=100", uri_encoded(environment))));
  for (const Json& each : all.items()) {
    const Json ours = ours_in(each);
    std::vector<std::string> entries;
    for (const std::string_view key : {"promotion", "ledger"}) {
      if (std::string entry = text_of(ours, key); !entry.empty()) {
        entries.push_back(std::move(entry));
      }
    }
    if (!entries.empty()) {
      return entries;
    }
  }
  return std::vector<std::string>{};
}

bool
is_environment(const Json& json, std::string_view name)
{
  return to_lower(text_of(json, "name")) == to_lower(name);
}

std::string
name_of_reviewer(const Json& reviewer)
{
  const std::string login = text_of(reviewer["reviewer"], "login");
  return login.empty() ? fmt::format("team {}", text_of(reviewer["reviewer"], "slug")) : login;
}

/// Who is asked and has not answered; else why nobody is.
Result<std::string>
whom_it_waits_for(const Place& place, const PlatformCall& call, std::string_view environment)
{
  const std::string run = uri_encoded(value_of(call.process, "GITHUB_RUN_ID"));
  TRY_ASSIGN(const ApiAnswer pending, place.api.ask(call, {.path = fmt::format("{}/actions/runs/{}/pending_deployments",
                                                                               place.repository, run)}));
  std::vector<std::string> names;
  for (const Json& each : pending.body.items()) {
    if (is_environment(each["environment"], environment)) {
      for (const Json& reviewer : each["reviewers"].items()) {
        names.push_back(printable(name_of_reviewer(reviewer)));
      }
    }
  }
  if (!names.empty()) {
    return fmt::format("GitHub asks {}", join(names, ", "));
  }
  TRY_ASSIGN(const ApiAnswer settings, place.api.ask(call, {.path = fmt::format("{}/environments/{}", place.repository,
                                                                                uri_encoded(environment))}));
  const auto rules = settings.body["protection_rules"].items();
  const bool has_reviewers = std::any_of(
      rules.begin(), rules.end(), [](const Json& rule) { return text_of(rule, "type") == "required_reviewers"; });
  return has_reviewers ? fmt::format("the job that runs this is not one of the environment {}", environment)
                       : fmt::format("the environment {} has no required reviewers on GitHub", environment);
}

std::vector<PlatformApproval>
words_in(const Json& approvals, std::string_view environment, std::chrono::sys_seconds at)
{
  std::vector<PlatformApproval> words;
  for (const Json& each : approvals.items()) {
    const auto names = each["environments"].items();
    const std::string state = text_of(each, "state");
    const bool is_word = state == "approved" || state == "rejected";
    const bool is_of_it = std::any_of(names.begin(), names.end(),
                                      [environment](const Json& name) { return is_environment(name, environment); });
    if (is_word && is_of_it) {
      words.push_back({state == "approved" ? PlatformApproval::Word::approved : PlatformApproval::Word::rejected,
                       text_of(each["user"], "login"), at});
    }
  }
  return words;
}

Result<PlatformApprovals>
approvals(const PlatformCall& call, std::string_view environment, std::string_view commit)
{
  TRY_ASSIGN(const Place place, place_of(call.process));
  const std::string_view run = value_of(call.process, "GITHUB_RUN_ID");
  if (run.empty()) {
    return fail(ErrorKind::config, "GitHub: approvals are those of a workflow's run, and GITHUB_RUN_ID is not set");
  }
  const std::string path = fmt::format("{}/actions/runs/{}", place.repository, uri_encoded(run));
  TRY_ASSIGN(const ApiAnswer about, place.api.ask(call, {.path = path}));
  if (about.status() != 200) {
    return place.api.refusal(about, "the run cannot be read", actions_permission);
  }
  // People approve a run, and see the commit that it runs for. Of another they said nothing.
  if (const std::string head = text_of(about.body, "head_sha"); head != commit) {
    return PlatformApprovals{{}, fmt::format("approvals of this run are of {}", printable(brief(head)))};
  }
  TRY_ASSIGN(const ApiAnswer given, place.api.ask(call, {.path = path + "/approvals"}));
  if (given.status() != 200 || !given.body.is_array()) {
    return place.api.refusal(given, "approvals of the run cannot be read", actions_permission);
  }
  PlatformApprovals all;
  // The API does not say when somebody approved; it cannot have been before the run was made.
  all.given = words_in(given.body, environment, time_of(about.body, "created_at").value_or(std::chrono::sys_seconds{}));
  if (all.given.empty()) {
    TRY_ASSIGN(all.waits_for, whom_it_waits_for(place, call, environment));
  }
  return all;
}

}  // namespace

extern const Platform platform_github{
    .id = "github",
    .title = "GitHub",
    .doc = "A promotion is a deployment of GitHub, with the id of its ledger entry in the payload, and its steps are "
           "statuses. Approvals are the reviews of the run by the environment's required reviewers. It needs "
           "`GITHUB_TOKEN` with `deployments: write`, and `actions: read` for approvals. A job with `environment:` "
           "makes a deployment of its own; `environment.deployment: false` avoids the second.",
    .is_here = is_here,
    .ready = ready,
    .find = find,
    .create = create,
    .tell = tell,
    .newest = newest,
    .approvals = approvals,
    .freezes = nullptr,
    .advice = nullptr,
    .announce = nullptr};

}  // namespace sluice::promote
