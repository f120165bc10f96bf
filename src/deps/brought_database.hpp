// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/gap.hpp"
#include "gate/change_tree.hpp"

#include <filesystem>
#include <optional>

namespace sluice::deps {

/// A database that is part of the repository is part of the change too, and who takes an advisory out of it is not
/// found: a gap if the change touches a tracked file of it. `repository` is the judged directory.
[[nodiscard]] std::optional<Gap> brought_database(const gate::ChangeTree& tree, const std::filesystem::path& repository,
                                                  const std::filesystem::path& database);

}  // namespace sluice::deps
