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

/// The variable as an object id; its name is in the error.
[[nodiscard]] Result<std::string> id_of(const Environment& environment, std::string_view name);

/// The variable as the address of a web page without trailing slash; empty if it is not http or https.
[[nodiscard]] std::string page_of(const Environment& environment, std::string_view name);

/// "main" of "refs/heads/main" or "main".
[[nodiscard]] std::string branch_name(std::string_view ref);

struct EventName
{
  std::string_view name;
  Event event;
};

/// Event::none for an empty name, Event::other for one that is not in the table.
[[nodiscard]] Event event_named(std::span<const EventName> table, std::string_view name);

}  // namespace sluice::ci
