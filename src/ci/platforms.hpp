// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/ci_context.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sluice::ci {

/// One reader per platform; `detect` chooses. Each fills a CiContext from that platform's variables and reports what
/// `detect` does.
[[nodiscard]] Result<CiContext> github_context(const Environment& environment);
[[nodiscard]] Result<CiContext> gitlab_context(const Environment& environment);
[[nodiscard]] Result<CiContext> woodpecker_context(const Environment& environment);
[[nodiscard]] Result<CiContext> drone_context(const Environment& environment);
[[nodiscard]] Result<CiContext> bitbucket_context(const Environment& environment);
[[nodiscard]] Result<CiContext> azure_context(const Environment& environment);
[[nodiscard]] Result<CiContext> circleci_context(const Environment& environment);
[[nodiscard]] Result<CiContext> jenkins_context(const Environment& environment);

/// The variable as an object id; its name is in the error.
[[nodiscard]] Result<std::string> id_of(const Environment& environment, std::string_view name);

/// The variable as the address of a web page without trailing slash; empty if it is not http or https.
[[nodiscard]] std::string page_of(const Environment& environment, std::string_view name);

/// "main" of "refs/heads/main" or "main".
[[nodiscard]] std::string branch_name(std::string_view ref);

/// For a platform that says only what it checked out: a run for the tag if there is one, else for the branch, of which
/// nothing is known to have been looked at before.
void take_branch_or_tag(CiContext& context, std::string_view branch, std::string_view tag);

struct EventName
{
  std::string_view name;
  Event event;
};

/// Event::none for an empty name, Event::other for one that is not in the table.
[[nodiscard]] Event event_named(std::span<const EventName> table, std::string_view name);

}  // namespace sluice::ci
