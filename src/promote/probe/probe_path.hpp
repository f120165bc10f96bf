// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sluice::promote {

/// A place in JSON: "checks.db[0].ok", names with dots between them and indices from 0 in brackets. A name that holds
/// one of these characters cannot be said.
using JsonPath = std::vector<std::variant<std::string, std::size_t>>;

/// Nothing if it is none, empty too, or is longer than 32 steps.
[[nodiscard]] std::optional<JsonPath> parse_path(std::string_view text);

/// The value there; null pointer if there is none.
[[nodiscard]] const Json* value_at(const Json& json, const JsonPath& path);

/// A value as an expectation is written: texts as they are, numbers, truths and null as JSON has them, what holds
/// others as JSON on one line.
[[nodiscard]] std::string plain_text(const Json& json);

}  // namespace sluice::promote
