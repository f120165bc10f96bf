// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a dotenv file hold variables. A value of several lines that lost its quotes becomes lines of its own,
// and programs take some of these for keys: then a part of a private key would be told as a name.
#pragma once

#include "env/dotenv_file.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::env {

/// Behind each `-----BEGIN …` the lines to its END, or as long as they could be of a PEM text. By place.
[[nodiscard]] std::vector<Span> pem_bodies(std::string_view text);

[[nodiscard]] bool is_in(const std::vector<Span>& spans, std::size_t at);

/// Takes out what is no variable: see `is_variable_name`.
void keep_variables(std::string_view text, const std::vector<Span>& pem, Reading& reading);

/// Neighbouring lines that hold something, of which no reader makes a variable.
struct StrayLines
{
  std::uint32_t first = 0, last = 0;  ///< from 1
};

/// None of a file that nobody reads, or a shell, which runs what is no assignment.
[[nodiscard]] std::vector<StrayLines> stray_lines(const DotenvFile& file);

}  // namespace sluice::env
