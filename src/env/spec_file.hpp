// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/spec_expression.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// `@name`, `@name=value` or `@name(…)`.
struct SpecDecorator
{
  std::string name;
  std::uint32_t line = 0;
  std::optional<SpecExpression> value;  ///< of `@name(…)` a call of that name
  bool is_call = false;                 ///< written as `@name(…)`
};

struct SpecItem
{
  std::string name;
  std::uint32_t line = 0;
  std::vector<SpecDecorator> decorators;
  std::optional<SpecExpression> value;  ///< nothing: `NAME=`
};

/// What is wrong at a line, as a clause that quotes nothing.
struct SpecFault
{
  std::uint32_t line = 0;
  std::string_view why;
};

/// A file in the syntax of @env-spec.
struct SpecFile
{
  std::vector<SpecDecorator>
      root;  ///< of the header, which is all comments before the first item but those right above it
  std::vector<SpecItem> items;
  std::vector<SpecFault> faults;  ///< at most `max_spec_faults`
};

inline constexpr std::size_t max_spec_faults = 20;

/// Reads it in one pass. A line that cannot be read is a fault, and the next one is read all the same.
[[nodiscard]] SpecFile read_spec_file(std::string_view text);

}  // namespace sluice::env
