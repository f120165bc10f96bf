// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/shell/arithmetic.hpp"
#include "env/shell/variables.hpp"

#include <string_view>

namespace sluice::env::shell {

/// Replaces the references of words and takes their quotes away, as for a word that is neither split nor a pattern for
/// names of files.
class Expander
{
public:
  /// `text` is the script, whose words are asked for, and has the places of what `${NAME:=…}` sets.
  Expander(std::string_view text, Flavor flavor, Variables& variables)
      : text_(text),
        flavor_(flavor),
        variables_(variables)
  {}

  enum class Tilde { replaced, kept };
  [[nodiscard]] Expanded word(Span word, Tilde tilde);

  /// `set -u`: what is not set is an error.
  void
  set_refuses_unset(bool refuses)
  {
    refuses_unset_ = refuses;
  }

  /// What `$?` is; nothing where it is not known.
  void
  set_status(std::optional<int> status)
  {
    status_ = status;
  }

private:
  struct Context
  {
    Quotes quotes = Quotes::none;
    Tilde tilde = Tilde::kept;
    enum class Form { text, pattern } form = Form::text;  ///< of a pattern, what was in quotes gets a backslash
    int depth = 0;
  };
  struct Parameter;

  void pieces(Span at, const Context& context, Expanded& out);
  std::size_t piece(Span at, const Context& context, Expanded& out);
  std::size_t backslash(Span at, const Context& context, Expanded& out);
  std::size_t dollar(Span at, const Context& context, Expanded& out);
  std::size_t plain_dollar(Span at, const Context& context, Expanded& out);
  std::size_t tilde(Span at, Expanded& out);
  void arithmetic(Span expression, const Context& context, Expanded& out);
  [[nodiscard]] Sum sum_of(Span expression, const Context& context, Expanded& out);
  void braces(Span inside, const Context& context, Expanded& out);
  void indirect(std::string_view name, Expanded& out);
  void length(Span inside, Expanded& out);
  void parameter(const Parameter& parameter, const Context& context, Expanded& out);
  void with_default(const Parameter& parameter, const Context& context, Expanded& out);
  void set_default(const Parameter& parameter, Span word, const Context& inside, Expanded& out);
  void trimmed(const Parameter& parameter, const Context& context, Expanded& out);
  void of_bash(const Parameter& parameter, const Context& context, Expanded& out);
  void replaced(const Parameter& parameter, const Context& context, Expanded& out);
  void piece_of(const Parameter& parameter, const Context& context, Expanded& out);
  void in_case(const Parameter& parameter, Expanded& out);
  void value_of(std::string_view name, const Known& known, Expanded& out);
  void literal(std::string_view text, const Context& context, Expanded& out);
  void bad(Expanded& out) const;
  [[nodiscard]] Known known_of(std::string_view name) const;
  [[nodiscard]] std::string pattern_of(Span at, const Context& context, Expanded& out);

  std::string_view text_;
  Flavor flavor_;
  Variables& variables_;
  bool refuses_unset_ = false;
  std::optional<int> status_ = 0;
};

}  // namespace sluice::env::shell
