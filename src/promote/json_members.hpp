// SPDX-License-Identifier: Apache-2.0
//
// What members of JSON hold that others wrote: what is not of the kind that is asked for is taken for nothing.
#pragma once

#include "base/json.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

[[nodiscard]] std::string text_of(const Json& json);
[[nodiscard]] std::string text_of(const Json& json, std::string_view key);

/// Those items of a list that are texts.
[[nodiscard]] std::vector<std::string> texts_of(const Json& list);

/// Of RFC 3339, to the second.
[[nodiscard]] std::optional<std::chrono::sys_seconds> time_of(const Json& json, std::string_view key);

}  // namespace sluice::promote
