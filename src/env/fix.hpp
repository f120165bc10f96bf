// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "env/survey.hpp"
#include "gate/rule_set.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sluice::env {

/// Whether keys of a group are ordered: people put them as they belong together.
enum class Order { kept, mended };

/// Mends the style of the survey's dotenv files that lie in `wanted` (all, if it is empty), below `directory` on disk,
/// as far as no dialect notices. Links are left, and what is not UTF-8. Returns the paths of the files that were
/// written. Errors (ErrorKind::environment): one could not be written; those before it are, and are named.
[[nodiscard]] Result<std::vector<std::string>> fix_style(const Survey& survey, const gate::RuleSet& rules, Order order,
                                                         const std::vector<std::string>& wanted,
                                                         const std::filesystem::path& directory);

/// Whether a path is one of `wanted` or below one; `wanted` that is empty holds everything.
[[nodiscard]] bool lies_in(std::string_view path, const std::vector<std::string>& wanted);

}  // namespace sluice::env
