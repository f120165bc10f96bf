// SPDX-License-Identifier: Apache-2.0
//
// What single values look like when people write them, in a file, a variable or a flag. An error says what was
// expected and shows what was there, without naming the option.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// A value as messages show it: in quotes, safe for one line, and no more than 80 bytes of it, because it may be
/// anything, also a file or a secret in the wrong place.
[[nodiscard]] std::string in_quotes(std::string_view untrusted);

/// Items of a flag or a variable: separated by newlines if there are any (an `INPUT_` written with `|`), else by
/// commas.
[[nodiscard]] std::vector<std::string> items_of(std::string_view value);

struct NamedText
{
  std::string_view name;
  std::string_view value;
};

/// `NAME=VALUE`; the value may hold further equals signs and be empty.
[[nodiscard]] Result<NamedText> parse_named(std::string_view item);

[[nodiscard]] Result<bool> parse_toggle(std::string_view value);
[[nodiscard]] Result<std::int64_t> parse_number(std::string_view value, std::int64_t minimum, std::int64_t maximum);
[[nodiscard]] Result<double> parse_real(std::string_view value, double minimum, double maximum);
/// Index into `names`.
[[nodiscard]] Result<std::size_t> parse_choice(std::string_view value, std::span<const std::string_view> names);

/// "90s", "1h30m", "250ms": whole numbers with units from the largest to the smallest of d, h, m, s, ms, each at most
/// once; a number alone is seconds. Bounds are included.
[[nodiscard]] Result<std::chrono::milliseconds>
parse_duration(std::string_view value, std::chrono::milliseconds minimum, std::chrono::milliseconds maximum);
/// What parse_duration reads as `duration` (not negative), in the fewest units: "1m30s", "0s".
[[nodiscard]] std::string spelled_duration(std::chrono::milliseconds duration);

}  // namespace sluice::config
