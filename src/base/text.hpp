// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Of ASCII, whatever the locale is; every other byte is none of these.
[[nodiscard]] constexpr bool
is_digit(char c)
{
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool
is_lower(char c)
{
  return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool
is_upper(char c)
{
  return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool
is_letter(char c)
{
  return is_lower(c) || is_upper(c);
}
/// Space and every control character up to it, NUL too.
[[nodiscard]] constexpr bool
is_blank(char c)
{
  return static_cast<unsigned char>(c) <= ' ';
}
[[nodiscard]] constexpr bool
is_any_of(char c, std::string_view set)
{
  return set.find(c) != std::string_view::npos;
}

/// Without leading and trailing space, tab, CR, LF.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Parts between separators; empty parts are kept, so the result is never empty.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// Lines without their LF or CRLF; a final newline does not start another line.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);

[[nodiscard]] std::string to_lower(std::string_view ascii);

/// Every occurrence of `from` replaced.
[[nodiscard]] std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

/// Hostile text made safe for one line of any output: invalid UTF-8 becomes U+FFFD; control characters (C0, C1,
/// DEL), line separators, and bidirectional, zero-width and tag characters become visible `\xNN` or `\u{N}`.
[[nodiscard]] std::string printable(std::string_view untrusted);

/// At most `max_bytes` bytes, cut at a UTF-8 character boundary, with "…" as the last character if cut.
[[nodiscard]] std::string ellipsis(std::string_view text, std::size_t max_bytes);

/// Number of insertions, deletions, substitutions and transpositions from one to the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// " (did you mean X?)" for the candidate that a person who typed `typed` most likely meant, or nothing if none is
/// near.
[[nodiscard]] std::string did_you_mean(std::string_view typed, std::span<const std::string_view> candidates);

/// "1 commit", "2 commits", "1,234 commits".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural);
[[nodiscard]] std::string with_thousands(std::uint64_t value);

/// "512 B", "1.2 KiB", "2.4 GiB".
[[nodiscard]] std::string human_bytes(std::uint64_t bytes);

}  // namespace sluice
