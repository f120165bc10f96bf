// SPDX-License-Identifier: Apache-2.0
//
// Values and arguments of @env-spec (https://varlock.dev/env-spec/reference/): texts, calls, lists and tables. They are
// read and never run.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

struct SpecArgument;

struct SpecExpression
{
  enum class Kind { text, call, list, table } kind = Kind::text;
  std::string text;  ///< of a text without its quotes; of a call the name of the function
  bool is_quoted = false;
  bool has_reference = false;           ///< a text with `$X` or `${X}`, which is replaced, or `$(…)`, which is run
  std::vector<SpecArgument> arguments;  ///< of a call, a list or a table

  [[nodiscard]] const SpecExpression* argument(std::string_view name) const;
  /// A text that nothing has to be run or replaced for.
  [[nodiscard]] bool
  is_static() const
  {
    return kind == Kind::text && !has_reference;
  }
};

struct SpecArgument
{
  std::string name;  ///< empty: by its position
  SpecExpression value;
};

/// Deeper than anybody nests them.
inline constexpr std::size_t max_spec_depth = 16;
inline constexpr std::size_t max_spec_arguments =
    1000;  ///< of one list; a longer one is read as one that does not close

/// A place in a schema's text, and how what stands in parentheses goes on with the next line: in a comment behind
/// another `#`.
struct SpecCursor
{
  enum class In { value, comment };

  std::string_view text;
  std::size_t at = 0;
  In in = In::value;
  std::size_t reached = 0;  ///< how far what did not close was followed
  bool is_broken = false;   ///< something was begun and did not close

  [[nodiscard]] char
  peek() const
  {
    return at < text.size() ? text[at] : '\0';
  }
  [[nodiscard]] bool
  is_at(std::string_view what) const
  {
    return text.substr(at).starts_with(what);
  }
  void skip_blanks();
  /// Letters, digits and `_`, a letter first; empty and nothing taken if there is none.
  std::string_view take_name();
};

/// What follows the cursor's `(`, up to `)`, which is taken too. Nothing if it does not close.
[[nodiscard]] std::optional<std::vector<SpecArgument>> take_arguments(SpecCursor& cursor, std::size_t depth = 0);

/// A call, list or table at the cursor; nothing, and nothing taken, if it is something else, or does not close, which
/// the cursor then says.
[[nodiscard]] std::optional<SpecExpression> take_compound(SpecCursor& cursor, std::size_t depth = 0);

/// A text in quotes at the cursor; of `'`, `"`, `"""` and three backticks it may have several lines.
enum class QuotedLines { one, several };
[[nodiscard]] std::optional<SpecExpression> take_quoted(SpecCursor& cursor, QuotedLines lines);

/// An unquoted text with what it refers to noted.
[[nodiscard]] SpecExpression plain_text(std::string_view text);

}  // namespace sluice::env
