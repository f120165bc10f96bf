// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"

#include <tl/expected.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::promote {

/// The file to run for the first word of a command: the word itself if it holds a '/' and then is seen from the
/// directory, else the first in PATH. Error: why there is none, "./deploy.sh: is not there".
[[nodiscard]] tl::expected<std::string, std::string> program_of(const std::string& word, const Environment& environment,
                                                                const std::filesystem::path& directory);

}  // namespace sluice::promote
