// SPDX-License-Identifier: Apache-2.0
#include "env/shell/run.hpp"

#include "base/text.hpp"
#include "env/entries.hpp"
#include "env/narrowed_text.hpp"
#include "env/shell/expansion.hpp"
#include "env/shell/runner.hpp"
#include "env/shell/syntax.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::shell {

namespace {

constexpr auto special_builtins = std::to_array<std::string_view>(
    {":", ".", "eval", "exec", "export", "readonly", "set", "shift", "times", "trap", "unset", "return", "exit"});

}  // namespace

Status
Runner::run(const Node& node, Mode mode)
{
  if (stops()) {
    return Status::unknown;
  }
  switch (node.kind) {
  case Node::Kind::simple:
    return noted(simple(node, mode));
  case Node::Kind::sequence:
    return sequence(node.parts, mode);
  case Node::Kind::chain:
    return chain(node, mode);
  case Node::Kind::choice:
    return choice(node, mode);
  case Node::Kind::inversion: {
    const Status status = run(node.parts.front(), mode);
    return status == Status::unknown ? status : status == Status::ok ? Status::failed : Status::ok;
  }
  case Node::Kind::uncertain:
    return sequence(node.parts, Mode::maybe);
  case Node::Kind::definition:
    return Status::ok;
  case Node::Kind::apart:
    break;
  }
  return noted(Status::unknown);
}

/// The status, which `$?` has from here on.
Status
Runner::noted(Status status)
{
  expander_.set_status(status == Status::unknown ? std::nullopt : std::optional(status == Status::ok ? 0 : 1));
  return status;
}

Status
Runner::sequence(const std::vector<Node>& parts, Mode mode)
{
  Status status = Status::ok;
  for (const Node& part : parts) {
    status = run(part, mode);
  }
  return mode == Mode::maybe ? Status::unknown : status;
}

Status
Runner::chain(const Node& node, Mode mode)
{
  Status status = run(node.parts.front(), mode);
  for (std::size_t i = 1; i < node.parts.size(); ++i) {
    const Status needed = node.is_or[i - 1] ? Status::failed : Status::ok;
    if (status == Status::unknown) {
      run(node.parts[i], Mode::maybe);
    } else if (status == needed) {
      status = run(node.parts[i], mode);
    }
  }
  return status;
}

Status
Runner::choice(const Node& node, Mode mode)
{
  for (std::size_t i = 0; i < node.parts.size(); i += 2) {
    const bool is_last_body = i + 1 == node.parts.size();
    const Status condition = is_last_body ? Status::ok : run(node.parts[i], mode);
    const Node& body = node.parts[is_last_body ? i : i + 1];
    if (condition == Status::ok) {
      return run(body, mode);
    }
    if (condition == Status::unknown) {
      mode = Mode::maybe;
      run(body, mode);
    }
  }
  return mode == Mode::maybe ? Status::unknown : Status::ok;
}

void
Runner::fail(Fault fault, const char* why, std::size_t at)
{
  if (fault_ == Fault::none) {
    fault_ = fault;
    why_ = why;
    at_ = at;
  }
}

void
Runner::assign(const Assignment& assignment, Mode mode, Expander::Tilde tilde)
{
  const std::string_view name = assignment.name.of(text_);
  if (assignment.form == Assignment::Form::array) {
    variables_.assign_array(name);
    return;
  }
  Expanded value;
  if (mode == Mode::maybe) {
    value.is_known = false;
  } else {
    value = expander_.word(assignment.value, tilde);
  }
  if (value.fault != Fault::none) {
    fail(value.fault, value.why, assignment.name.begin);
    return;
  }
  if (assignment.form == Assignment::Form::append) {
    const Known known = variables_.get(name);
    value.value.insert(0, known.value.value_or(""));
    value.is_known = value.is_known && known.is_known;
  }
  if (const char* why = variables_.assign(name, std::move(value), assignment.name, assignment.value)) {
    const bool ends_line = flavor_ == Flavor::bash && why != too_large;
    fail(ends_line ? Fault::line : Fault::file, why, assignment.name.begin);
  }
}

Status
Runner::simple(const Node& node, Mode mode)
{
  const std::string name = node.words.empty() ? std::string() : plain_name(node.words.front());
  const bool is_special = std::find(special_builtins.begin(), special_builtins.end(), name) != special_builtins.end();
  const Words::const_iterator none = node.words.end();
  const bool is_none =
      std::find_if(node.words.begin(), none, [this](Span word) { return !comes_to_nothing(word); }) == none;
  const bool may_be_none = !node.words.empty() && is_substitution(node.words.front().of(text_));
  mode = may_be_none ? Mode::maybe : mode;
  if (is_none || may_be_none || (flavor_ == Flavor::dash && is_special)) {
    for (const Assignment& assignment : node.assignments) {
      if (!stops()) {
        assign(assignment, mode, Expander::Tilde::replaced);
      }
    }
  }
  if (node.reads_file && flavor_ == Flavor::dash && (node.words.empty() || is_special) && mode == Mode::certain) {
    fail(Fault::file, "a file is read that need not be there", node.words.empty() ? 0 : node.words.front().begin);
  }
  if (is_none) {
    const bool runs = std::any_of(node.assignments.begin(), node.assignments.end(),
                                  [this](const auto& each) { return has_command(each.value.of(text_)); });
    return runs ? Status::unknown : Status::ok;
  }
  return stops() ? Status::unknown : command(name, {node.words.begin() + 1, node.words.end()}, mode);
}

/// Whether a word is no word at all once its references are replaced: `$NAME` of what is empty.
bool
Runner::comes_to_nothing(Span word)
{
  const bool is_reference =
      word.of(text_).front() == '$' && word.of(text_).find_first_of("\\'\"`(") == std::string_view::npos;
  const Expanded expanded = is_reference ? expander_.word(word, Expander::Tilde::kept) : Expanded{};
  return is_reference && expanded.is_known && expanded.fault == Fault::none && expanded.value.empty();
}

/// Whether a word is what a command prints, which may be nothing.
bool
Runner::is_substitution(std::string_view word) const
{
  const bool has_ticks = word.front() == '`' && end_of_backticks(word, 0) == word.size();
  return has_ticks || (word.starts_with("$(") && end_of_dollar(word, 0, flavor_, Quotes::none) == word.size());
}

/// Of a command's first word, where that is no more than a name; else empty, and then it is nothing that is known.
std::string
Runner::plain_name(Span word) const
{
  const std::string_view text = word.of(text_);
  return text.find_first_of("\\'\"`$") == std::string_view::npos ? std::string(text) : std::string();
}

bool
Runner::has_command(std::string_view word)
{
  return word.find_first_of('`') != std::string_view::npos || word.find("$(") != std::string_view::npos;
}

namespace {

Reading
source(std::string_view text, const Environment& outer, Flavor flavor)
{
  Lexer lexer(text, flavor);
  Parser parser(lexer);
  Variables variables(outer, flavor);
  Runner runner(text, flavor, variables);
  while (!runner.has_ended()) {
    const auto line = parser.line();
    if (parser.is_broken()) {
      return refused(text, lexer.place(), "the shell finds an error in its syntax");
    }
    if (!line) {
      break;
    }
    runner.run(*line, Mode::certain);
    if (const auto refusal = runner.end_line()) {
      return {{}, refusal};
    }
  }
  return std::move(variables).take();
}

}  // namespace

Reading
source_without_nul(std::string_view text, const Environment& outer, Flavor flavor)
{
  const NarrowedText narrowed = NarrowedText::without(text, '\0');
  Reading reading = source(narrowed.text(), outer, flavor);
  for (Entry& entry : reading.entries) {
    entry.key_at = narrowed.original(entry.key_at);
    entry.value_at = narrowed.original(entry.value_at);
  }
  return reading;
}

}  // namespace sluice::env::shell
