// SPDX-License-Identifier: Apache-2.0
//
// The syntax of go.mod (go.dev/ref/mod, "Lexical elements" and "Grammar"), as lines of one directive each: blocks are
// taken apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct GoModLine
{
  std::string_view verb;
  std::vector<std::string_view> words;  ///< behind the verb; a text in quotes is one word, without them
  std::string_view comment;
  std::uint32_t number = 0;
};

struct GoModLines
{
  std::vector<GoModLine> lines;
  std::uint32_t broken_line = 0;  ///< 0: none
  std::string why;                ///< a clause, if a line is broken
};

[[nodiscard]] GoModLines read_go_mod_lines(std::string_view text);

/// Whether `go` is at least 1.17; without a go line it is 1.16.
[[nodiscard]] bool go_names_the_selection(std::string_view go);

}  // namespace sluice::deps
