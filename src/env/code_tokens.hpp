// SPDX-License-Identifier: Apache-2.0
//
// The words of a program, as far as a schema that is written in it needs them: names, texts, numbers and signs, without
// comments. What is a read of a variable is the languages' matter and not decided here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

enum class CodeSyntax { javascript, python, go };

struct CodeToken
{
  enum class Kind { name, text, number, sign, pattern } kind = Kind::sign;
  std::string_view source;  ///< as it is written, of a text without its quotes
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< from 0, in bytes: what Python's blocks go by
  bool is_static = true;     ///< of a text: nothing in it is replaced when the program runs

  [[nodiscard]] bool
  is(std::string_view sign) const
  {
    return kind != Kind::text && kind != Kind::pattern && source == sign;
  }
};

using CodeTokens = std::span<const CodeToken>;

/// Linear in the text. What does not close ends with its line, a template or a long text with the file.
[[nodiscard]] std::vector<CodeToken> code_tokens(std::string_view text, CodeSyntax syntax);

/// A text with its escapes replaced: `\n`, `\"`, `\\`; others are left.
[[nodiscard]] std::string unescaped(std::string_view source);

/// Index behind the bracket that closes the one at `open`, or the end. Linear.
[[nodiscard]] std::size_t behind_bracket(CodeTokens tokens, std::size_t open);

/// What stands between a bracket and the one that closes it.
[[nodiscard]] CodeTokens inside_bracket(CodeTokens tokens, std::size_t open);

/// Parts between commas that are in no inner bracket; empty ones are left out.
[[nodiscard]] std::vector<CodeTokens> parts_of(CodeTokens tokens);

/// `key: value` of an object literal, `key=value` of Python's arguments.
struct CodeMember
{
  std::string name;
  std::uint32_t line = 0;
  CodeTokens value;
};
[[nodiscard]] std::vector<CodeMember> members_of(CodeTokens tokens, std::string_view sign);

/// One of them; nothing in it if there is none.
[[nodiscard]] CodeTokens member(CodeTokens tokens, std::string_view name, std::string_view sign);

/// `.name(arguments)` after `.name(arguments)`: "z", "string", "optional". A step without brackets has no arguments.
struct CodeStep
{
  std::string_view name;
  CodeTokens arguments;
};
[[nodiscard]] std::vector<CodeStep> steps_of(CodeTokens tokens);

/// The text of a value that is written there: a text, a number, true or false. Nothing of anything else.
[[nodiscard]] const CodeToken* literal(CodeTokens tokens);

}  // namespace sluice::env
