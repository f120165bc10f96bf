// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::promote {

/// Errors of a log since a moment, and in as long a time before it.
struct LogCount
{
  std::uint64_t since = 0;
  std::uint64_t before = 0;
  std::optional<std::chrono::sys_seconds> begins;  ///< the first time in the log; nothing: there is none
  std::string lines;                               ///< the first errors since, as they are, no more than 2 KiB
};

struct LogSpan
{
  std::chrono::sys_seconds moment;
  std::chrono::sys_seconds end;  ///< the present; lines that came later count too
};

/// An entry is a line that begins with a time of RFC 3339 ("2026-11-27T09:00:00.123Z", also with a space for the T, and
/// behind a bracket or a quote) and the lines after it that do not; it is an error if one of its lines holds one of the
/// patterns. What comes before the first time is nobody's.
[[nodiscard]] LogCount count_errors(std::string_view log, std::span<const std::string> patterns, const LogSpan& span);

}  // namespace sluice::promote
