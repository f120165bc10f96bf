// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ci/ci_context.hpp"

#include <array>
#include <span>
#include <string_view>

namespace sluice::ci {

/// What only the runs of one CI system have in their environment.
struct System
{
  std::string_view name;
  Platform platform;                          ///< `other` where it says nothing that we read
  std::array<std::string_view, 2> variables;  ///< all of them are set; the second may be ""
};

/// Systems that are told by variables of their own, those that share one with others behind these. GitHub, GitLab and
/// Woodpecker are not among them: of these a variable's value matters too.
[[nodiscard]] std::span<const System> systems();

/// The system whose run this is; null if it is none of these.
[[nodiscard]] const System* system_of(const Environment& environment);

/// Whether a variable that systems set to say that they are there says so: "", "false" and "0" do not.
[[nodiscard]] bool is_yes(std::string_view value);

}  // namespace sluice::ci
