// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/dotenv_file.hpp"

#include <string_view>
#include <vector>

namespace sluice::env {

/// The programs that read a dotenv file, the surest first, by what was seen in all files; where nothing says who does,
/// Node's dotenv is presumed, whose way of reading most others began with.
[[nodiscard]] std::vector<Reader> readers_of(std::string_view path, const std::vector<Seen>& seen);

}  // namespace sluice::env
