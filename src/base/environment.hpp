// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sluice {

/// The environment variables of this process, read once in `main` (or made by a test) and passed down.
using Environment = std::map<std::string, std::string, std::less<>>;

/// Empty if it is absent: GitHub, GitLab and shells do not tell the two apart reliably.
[[nodiscard]] std::string_view value_of(const Environment& environment, std::string_view name);

}  // namespace sluice
