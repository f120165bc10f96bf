// SPDX-License-Identifier: Apache-2.0
//
// The commands of a shell that change its variables. Every other command is run by somebody else and changes none.
#include "base/text.hpp"
#include "env/entries.hpp"
#include "env/shell/runner.hpp"

#include <algorithm>
#include <utility>

namespace sluice::env::shell {

std::optional<Refusal>
Runner::end_line()
{
  const Fault fault = std::exchange(fault_, Fault::none);
  return fault == Fault::file ? std::optional(Refusal{line_of(text_, at_), why_}) : std::nullopt;
}

Status
Runner::command(std::string_view name, const Words& words, Mode mode)
{
  const bool is_bash = flavor_ == Flavor::bash;
  if (name == "export" || name == "readonly" || (is_bash && (name == "declare" || name == "typeset"))) {
    declare(name, words, mode);
    return Status::ok;
  }
  if (name == "unset") {
    unset(words, mode);
  } else if (name == "set") {
    set(words);
  } else if (name == "read") {
    read_names(words);
    return Status::unknown;
  } else if (name == "return" && mode == Mode::certain) {
    has_ended_ = true;
  } else if ((name == "exit" || (name == "exec" && !words.empty())) && mode == Mode::certain) {
    fail(Fault::file, "it ends the shell", words.empty() ? 0 : words.front().begin);
  } else if (name == "." && !words.empty() && flavor_ == Flavor::dash && mode == Mode::certain) {
    // Without the file the shell ends, and with it nobody knows what is set.
    fail(Fault::file, "it reads another file", words.front().begin);
  } else if (name == "false") {
    return Status::failed;
  } else if (name != "true" && name != ":") {
    return Status::unknown;
  }
  return Status::ok;
}

void
Runner::declare(std::string_view name, const Words& words, Mode mode)
{
  Declaration declaration;
  declaration.exports = name == "export";
  declaration.is_readonly = name == "readonly";
  for (const Span word : words) {
    const std::string_view text = word.of(text_);
    const bool is_option = text.size() > 1 && (text.front() == '-' || (text.front() == '+' && name != "export"));
    if (is_option) {
      take_option(name, word, declaration);
    } else if (declaration.is_array) {
      variables_.assign_array(text.substr(0, end_of_name(text, 0)));
    } else if (!stops()) {
      declare_word(word, mode, declaration);
    }
  }
}

void
Runner::take_option(std::string_view name, Span word, Declaration& declaration)
{
  const std::string_view text = word.of(text_);
  const auto has = [text](std::string_view letters) { return text.find_first_of(letters) != std::string_view::npos; };
  if (flavor_ == Flavor::dash && text != "-p" && text != "--") {
    fail(Fault::file, "an option is given that the shell does not know", word.begin);
  }
  const bool takes_away = (name == "export" && has("n")) || (text.front() == '+' && has("x"));
  declaration.exports = !takes_away && (declaration.exports || has("x"));
  declaration.keeps_in = declaration.keeps_in || takes_away;
  declaration.is_readonly = declaration.is_readonly || (text.front() == '-' && has("r"));
  declaration.is_array = declaration.is_array || has("aA");
}

void
Runner::declare_word(Span word, Mode mode, const Declaration& declaration)
{
  const auto assignment = assignment_of(text_, word, flavor_);
  std::string name;
  if (assignment) {
    name = assignment->name.of(text_);
    assign(*assignment, mode, flavor_ == Flavor::bash ? Expander::Tilde::replaced : Expander::Tilde::kept);
  } else {
    name = declare_expanded(word, mode);
  }
  if (name.empty() || stops()) {
    return;
  }
  if (declaration.exports || declaration.keeps_in) {
    variables_.set_exported(name, declaration.exports);
  }
  if (declaration.is_readonly) {
    variables_.set_readonly(name);
  }
}

/// Of a word that becomes a name, or one with its value, when its quotes and references are gone; the name, or nothing
/// if it is none.
std::string
Runner::declare_expanded(Span word, Mode mode)
{
  Expanded whole = expander_.word(word, Expander::Tilde::kept);
  if (whole.fault != Fault::none || !whole.is_known) {
    fail(whole.fault, whole.why, word.begin);
    return {};
  }
  const std::size_t sign = std::min(whole.value.find('='), whole.value.size());
  std::string name = whole.value.substr(0, sign);
  const bool is_name = is_shell_name(name);
  if (!is_name) {
    // bash says so and goes on. A word that comes to nothing is none.
    const bool ends = flavor_ == Flavor::dash && mode == Mode::certain && !whole.value.empty();
    fail(ends ? Fault::file : Fault::none, "a name that cannot be one of a variable is exported", word.begin);
    return {};
  }
  if (sign == whole.value.size()) {
    return name;
  }
  const std::size_t written = std::min(word.of(text_).find(name), word.size() - 1);
  const Span key_at{word.begin + written, std::min(word.begin + written + name.size(), word.end)};
  whole.value.erase(0, sign + 1);
  whole.is_known = mode == Mode::certain;
  if (const char* why = variables_.assign(name, std::move(whole), key_at, {key_at.end, word.end})) {
    fail(flavor_ == Flavor::bash ? Fault::line : Fault::file, why, word.begin);
  }
  return name;
}

void
Runner::unset(const Words& words, Mode mode)
{
  for (const Span word : words) {
    const std::string_view name = word.of(text_);
    if (mode == Mode::certain) {
      variables_.unset(name);
    }
  }
}

void
Runner::set(const Words& words)
{
  for (const Span word : words) {
    const std::string_view text = word.of(text_);
    const bool is_option = text.size() > 1 && (text.front() == '-' || text.front() == '+');
    const bool is_on = text.front() == '-';
    if (!is_option || text == "--") {
      break;
    }
    if (text.find('a') != std::string_view::npos) {
      variables_.set_exports_all(is_on);
    }
    if (text.find('u') != std::string_view::npos) {
      expander_.set_refuses_unset(is_on);
    }
  }
}

void
Runner::read_names(const Words& words)
{
  for (const Span word : words) {
    const std::string_view name = word.of(text_);
    if (end_of_name(name, 0) == name.size()) {
      Expanded unknown;
      unknown.is_known = false;
      static_cast<void>(variables_.assign(name, std::move(unknown), word, {word.end, word.end}));
    }
  }
}

}  // namespace sluice::env::shell
