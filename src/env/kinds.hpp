// SPDX-License-Identifier: Apache-2.0
//
// What `expected` of a fixture holds for each kind of thing that env has many of (gate::Kind::render): what the thing
// with that id, which there is, makes of the case's input. Errors: the input cannot be read.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::env {

[[nodiscard]] Result<std::string> dialect_listing(std::string_view id, const std::filesystem::path& input);
[[nodiscard]] Result<std::string> format_listing(std::string_view id, const std::filesystem::path& input);
[[nodiscard]] Result<std::string> language_listing(std::string_view id, const std::filesystem::path& input);
[[nodiscard]] Result<std::string> store_listing(std::string_view id, const std::filesystem::path& input);
[[nodiscard]] Result<std::string> type_listing(std::string_view id, const std::filesystem::path& input);

}  // namespace sluice::env
