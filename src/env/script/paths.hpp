// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/script/facts.hpp"

#include <optional>
#include <string_view>

namespace sluice::env::script {

/// The file that a word of a script names, as far as it is written: `.env` of `"$DIR/.env"`.
[[nodiscard]] std::optional<Facts::File> path_of(std::string_view text, const Word& word);

/// Whether a path is of a dotenv file by its name.
[[nodiscard]] bool is_dotenv(std::string_view path);

}  // namespace sluice::env::script
