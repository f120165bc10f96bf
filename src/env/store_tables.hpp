// SPDX-License-Identifier: Apache-2.0
//
// What listings of names have in common.
#pragma once

#include "base/result.hpp"
#include "data/data.hpp"
#include "env/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// Letters, digits, `_`, `-` and `.`, no digit first, at most 256 bytes.
[[nodiscard]] bool is_store_name(std::string_view text);

/// Errors (ErrorKind::input): "line 3: is no line of such a listing". Quotes nothing.
[[nodiscard]] Failure no_such_line(std::uint32_t line);

/// "2026-01-31" of a text that begins with it.
[[nodiscard]] std::optional<std::string> day_of(std::string_view text);

/// Cells between two or more blanks.
[[nodiscard]] std::vector<std::string_view> columns_of(std::string_view line);

/// The number of the first line, from 1, whose columns begin with these words, in any case; 0 if there is none among
/// the first ten.
[[nodiscard]] std::uint32_t header_line(const std::vector<std::string_view>& lines,
                                        std::initializer_list<std::string_view> words);

/// Whether a text is a JSON list of objects of which the first has all of `with` and none of `without`.
struct JsonShape
{
  std::initializer_list<std::string_view> with;
  std::initializer_list<std::string_view> without;
};
[[nodiscard]] bool is_json_list(std::string_view text, const JsonShape& shape);

/// Names of a JSON list; `fill` adds what else an object says. Errors (ErrorKind::input): an object without a name.
[[nodiscard]] Result<std::vector<StoredName>> names_in(Value list, std::string_view name_key,
                                                       void (*fill)(Value object, StoredName& name));

}  // namespace sluice::env
