// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::git {

/// `objects_directory`, the directories of `more`, and every directory that their info/alternates name, and theirs,
/// each once, at most five deep (as git). What is named and is not there, or lies deeper, becomes a gap: objects may be
/// missing.
[[nodiscard]] std::vector<std::filesystem::path> with_alternates(const std::filesystem::path& objects_directory,
                                                                 std::vector<Gap>& gaps,
                                                                 std::span<const std::filesystem::path> more = {});

/// The directories of GIT_ALTERNATE_OBJECT_DIRECTORIES: parted by ':', one in double quotes with git's escapes.
[[nodiscard]] std::vector<std::filesystem::path> alternates_of_variable(std::string_view value);

}  // namespace sluice::git
