// SPDX-License-Identifier: Apache-2.0
//
// A dialect is what one real program makes of a dotenv file. Of 79 inputs that probe the edges, nine programs agreed on
// seven; so there is no reading of such a file, only that of each program, and every dialect is written for itself:
// none falls back to the parser of another. What two of them have in common is a function that both call.
//
// Nothing is ever run. A value that only running something would give says so.
#pragma once

#include "base/environment.hpp"
#include "base/span.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// One key as a dialect reads it.
struct Entry
{
  std::string key = {};
  std::optional<std::string> value = {};  ///< bytes as the program would have them; nothing: a key without a value
  bool executes = false;                  ///< only running something gives the value, and `value` is nothing
  bool expands = false;                   ///< references in it were replaced
  Span key_at = {};                       ///< in the file
  Span value_at = {};  ///< in the file, quotes included; empty behind the key where there is no value
};

/// Why a program refuses a file: it then sets nothing of it.
struct Refusal
{
  std::uint32_t line = 0;  ///< from 1
  std::string why;         ///< a clause that quotes nothing of the file: "a quoted value is not closed"
};

/// What a program makes of a file. Of a refused one `entries` is empty.
struct Reading
{
  std::vector<Entry> entries;  ///< in the order of the file; of several with one key the last counts
  std::optional<Refusal> refusal;
};

struct Dialect
{
  std::string_view id;     ///< "docker"
  std::string_view title;  ///< of the program, for people: "docker run --env-file"
  /// References see what stands above them in the file, and `outer`. Bounded in time and memory by the size of `text`
  /// times a constant; a value that references make longer than `max_value_bytes` ends as a refusal.
  Reading (*read)(std::string_view text, const Environment& outer) = nullptr;
};

inline constexpr std::size_t max_value_bytes = std::size_t{1} << 20U;

/// Every file of dialects/, by id.
[[nodiscard]] std::span<const Dialect* const> dialects();
[[nodiscard]] std::span<const std::string_view> dialect_ids();

/// Null if there is none of that id.
[[nodiscard]] const Dialect* find_dialect(std::string_view id);

/// The entry that counts for a key; null if the reading has none.
[[nodiscard]] const Entry* find_entry(const Reading& reading, std::string_view key);

}  // namespace sluice::env
