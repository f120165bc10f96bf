// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/code/tokens.hpp"
#include "env/language.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::env::code {

/// Where a read stands among its tokens.
struct ReadPlace
{
  std::size_t begin = 0;   ///< of its first token
  std::size_t behind = 0;  ///< of the first token behind its name; of a member behind its bracket
  enum class Second { none, fallback, other } second = Second::none;  ///< what a second argument is
};

struct Otherwise
{
  Unset unset = Unset::unknown;
  std::optional<std::string> literal;
};

/// What a read comes to if the variable is not set, by what stands around it; `unset` if nothing there says.
[[nodiscard]] Otherwise otherwise(std::span<const Token> tokens, const ReadPlace& place, Unset unset);

/// What a value that begins at `at` is, where it stands for one that is not set: a literal, or a call that fails.
[[nodiscard]] Otherwise fallback_at(std::span<const Token> tokens, std::size_t at);

}  // namespace sluice::env::code
