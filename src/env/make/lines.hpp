// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::make {

/// A line with those that it goes on over.
struct Line
{
  std::string_view text;
  std::uint32_t number = 0;
  bool is_recipe = false;
};

/// The lines of a makefile, with what is a recipe. A line behind a tab is one only once there is a rule: in front of
/// the first it is make's own.
[[nodiscard]] std::vector<Line> lines_of_makefile(std::string_view text);

struct Assignment
{
  std::string_view name;
  std::string_view value;
  bool exports = false;
  bool is_default = false;  ///< `?=`
};

/// The assignment that a line is, for all targets or for one.
[[nodiscard]] std::optional<Assignment> assignment_in(std::string_view line);

/// The script that make hands to the shell, as far as it is written in a recipe: `$$` is one sign, and a variable of
/// make is a character that means nothing. It has as many lines.
[[nodiscard]] std::string script_of(std::string_view recipe);

}  // namespace sluice::env::make
