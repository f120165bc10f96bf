// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string_view>

namespace sluice::dev {

/// Makes a repository of a directory: its first commit has the file with that content, its second all that is there
/// now. Ids are the same every time. Wants the `git` program.
[[nodiscard]] Result<> commit_with_base(const std::filesystem::path& directory, std::string_view file,
                                        std::string_view content);

/// As above: the first commit has what lies in `before`.
[[nodiscard]] Result<> commit_with_base(const std::filesystem::path& directory, const std::filesystem::path& before);

/// What a run in that directory is asked for: the second commit against the first.
inline constexpr std::string_view fixture_base = "HEAD~1";

}  // namespace sluice::dev
