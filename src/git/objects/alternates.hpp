// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"

#include <filesystem>
#include <vector>

namespace sluice::git {

/// `objects_directory` and every directory that its info/alternates name, and theirs, each once, at most five deep (as
/// git). What is named and is not there, or lies deeper, becomes a gap: objects may be missing.
[[nodiscard]] std::vector<std::filesystem::path> with_alternates(const std::filesystem::path& objects_directory,
                                                                 std::vector<Gap>& gaps);

}  // namespace sluice::git
