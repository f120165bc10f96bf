// SPDX-License-Identifier: Apache-2.0
#include "promote/platform.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace sluice::promote {

namespace {

constexpr int most_attempts = 3;
constexpr std::chrono::milliseconds first_wait{1000};

Result<PlatformCall>
call_with(const gate::Input& input)
{
  const gate::Services& services = input.services;
  if (services.http == nullptr || services.process == nullptr) {
    return fail(ErrorKind::unavailable, "nothing may be asked over the network here");
  }
  return PlatformCall{*services.http, *services.process,
                      [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }};
}

/// The page below a server's address that variables name.
std::string
page(std::string_view server, std::string_view path)
{
  return is_web_address(server) ? fmt::format("{}/{}", server, path) : std::string();
}

}  // namespace

const Platform*
platform_named(std::string_view id)
{
  const auto all = platforms();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Platform* each) { return each->id == id; });
  return found == all.end() ? nullptr : *found;
}

const Platform*
recording_platform(const PromoteOptions& pipeline, const Environment& process)
{
  switch (pipeline.platform) {
  case PlatformChoice::none:
    return nullptr;
  case PlatformChoice::github:
  case PlatformChoice::gitlab:
    return platform_named(name_of(pipeline.platform));
  case PlatformChoice::automatic:
    break;
  }
  const auto all = platforms();
  const auto here = std::find_if(all.begin(), all.end(), [&process](const Platform* each) {
    return each->create != nullptr && each->is_here(process);
  });
  return here == all.end() ? nullptr : *here;
}

Result<PlatformDeployment>
ensure_deployment(const Platform& platform, const PlatformCall& call, const DeploymentRecord& record)
{
  for (int attempt = 1;; ++attempt) {
    TRY_ASSIGN(const auto found, platform.find(call, record));
    if (found) {
      return *found;
    }
    auto made = platform.create(call, record);
    if (made || made.error().kind != ErrorKind::unavailable || attempt == most_attempts) {
      return made;
    }
    call.sleep(first_wait * (1 << attempt));
  }
}

Result<PlatformApprovals>
platform_approvals(const PromoteOptions& pipeline, const gate::Input& input, std::string_view environment,
                   std::string_view commit)
{
  TRY_ASSIGN(const PlatformCall call, call_with(input));
  const Platform* platform = recording_platform(pipeline, call.process);
  if (platform == nullptr) {
    return fail(ErrorKind::unavailable,
                "approvals are a platform's, and no platform runs this (`platform` names one to ask)");
  }
  if (platform->approvals == nullptr) {
    return fail(ErrorKind::unavailable, "{} has no approvals", platform->title);
  }
  return platform->approvals(call, environment, commit);
}

Result<std::vector<Window>>
platform_freezes(Freeze freeze, const gate::Input& input)
{
  if (freeze == Freeze::none) {
    return std::vector<Window>{};
  }
  TRY_ASSIGN(const PlatformCall call, call_with(input));
  return platform_named(name_of(freeze))->freezes(call);
}

bool
is_web_address(std::string_view address)
{
  const auto parsed = net::Url::parse(address);
  return parsed && (parsed->scheme == "http" || parsed->scheme == "https");
}

std::string
run_page(const Environment& process)
{
  const std::string_view run = value_of(process, "GITHUB_RUN_ID");
  if (!run.empty()) {
    return page(value_of(process, "GITHUB_SERVER_URL"),
                fmt::format("{}/actions/runs/{}", value_of(process, "GITHUB_REPOSITORY"), run));
  }
  const std::string_view job = value_of(process, "CI_JOB_URL");
  return is_web_address(job) ? std::string(job) : std::string();
}

}  // namespace sluice::promote
