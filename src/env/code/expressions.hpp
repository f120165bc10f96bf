// SPDX-License-Identifier: Apache-2.0
//
// What a schema that is written in a program consists of: calls, literals of objects and lists, and what is in them.
// What is a read of a variable is reads.hpp's.
#pragma once

#include "env/code/lexer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::code {

/// A text with its escapes replaced: `\n`, `\"`, `\\`; others are left.
[[nodiscard]] std::string unescaped(std::string_view source);

/// Index behind the bracket that closes the one at `open`, or the end. Linear.
[[nodiscard]] std::size_t behind_bracket(TokenSpan tokens, std::size_t open);

/// What stands between a bracket and the one that closes it.
[[nodiscard]] TokenSpan inside_bracket(TokenSpan tokens, std::size_t open);

/// Parts between commas that are in no inner bracket; empty ones are left out.
[[nodiscard]] std::vector<TokenSpan> parts_of(TokenSpan tokens);

/// `key: value` of an object literal, `key=value` of Python's arguments.
struct Member
{
  std::string name;
  std::uint32_t line = 0;
  TokenSpan value;
};
/// Parts that are no such pair are passed over. `sign` is what stands behind the name: ":" or "=".
[[nodiscard]] std::vector<Member> members_of(TokenSpan tokens, std::string_view sign);

/// One of them; nothing in it if there is none.
[[nodiscard]] TokenSpan member(TokenSpan tokens, std::string_view name, std::string_view sign);

/// `.name(arguments)` after `.name(arguments)`: "z", "string", "optional". A step without brackets has no arguments.
struct Step
{
  std::string_view name;
  TokenSpan arguments;
};
/// Up to what is no step.
[[nodiscard]] std::vector<Step> steps_of(TokenSpan tokens);

/// The text of a value that is written there: a text, a number, true or false. Nothing of anything else.
[[nodiscard]] const Token* literal(TokenSpan tokens);

}  // namespace sluice::env::code
