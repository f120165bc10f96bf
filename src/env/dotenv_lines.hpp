// SPDX-License-Identifier: Apache-2.0
//
// A dotenv file as people write it down for each other: names, values and the comments around them. What a program
// makes of such a file is a dialect's; this is for examples and schemas, which no program loads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

struct DotenvLine
{
  std::string name;
  std::uint32_t line = 0;
  std::string value;                       ///< without quotes and comment
  bool is_commented_out = false;           ///< `# NAME=value`
  std::vector<std::string_view> comments;  ///< right above it and behind it, without `#`
};

/// Lines that are neither `NAME=value` nor a comment are passed over. Linear in the text.
[[nodiscard]] std::vector<DotenvLine> dotenv_lines(std::string_view text);

/// Whether a comment begins with a decorator (`# @required`), as @env-spec has them.
[[nodiscard]] bool has_decorators(std::string_view text);

}  // namespace sluice::env
