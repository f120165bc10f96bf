// SPDX-License-Identifier: Apache-2.0
//
// Simple commands: tests, assignments, and what is handed to the programs' own file.
#include "base/one_of.hpp"
#include "env/script/walk.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::script {

namespace {

constexpr auto comparisons = std::to_array<std::string_view>(
    {"=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">"});

constexpr auto exporting = std::to_array<std::string_view>({"export", "declare", "typeset", "local", "readonly"});

/// Whether `export` and its kin put what they name into the environment: `declare -x`.
bool
puts_into_environment(std::string_view text, const Node& node)
{
  if (node.words.empty() || !is_one_of(node.words.front().at.of(text), exporting)) {
    return false;
  }
  const bool has_option = std::any_of(node.words.begin() + 1, node.words.end(), [text](const Word& word) {
    const std::string_view written = word.at.of(text);
    return written.starts_with('-') && written.find('x') != std::string_view::npos;
  });
  return node.words.front().at.of(text) == "export" || has_option;
}

}  // namespace

/// The operands of `[` and `[[`, where an operand alone, or behind `-z`, `-n` or `-v`, is asked whether it is there.
void
Walk::test(const std::vector<Word>& words, std::size_t first, std::size_t last)
{
  const auto at = [&](std::size_t i) { return i >= first && i < last ? words[i].at.of(text_) : std::string_view(); };
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view before = i == first ? std::string_view() : at(i - 1);
    const bool is_compared = is_one_of(at(i + 1), comparisons) || is_one_of(before, comparisons);
    const bool is_with_nothing = is_compared && (at(i + 2) == "\"\"" || at(i + 2) == "''");
    const bool is_of_option = before.starts_with('-') && before != "-a" && before != "-o";
    const bool is_asked = before == "-z" || before == "-n" || is_with_nothing || (!is_compared && !is_of_option);
    pieces(words[i].pieces, is_asked ? Ask::presence : Ask::value);
    if (before == "-v" && is_shell_name(at(i)) && !is_own(at(i), words[i].at.begin, Piece::Form::plain)) {
      read(at(i), words[i].at.begin, Unset::tested);
    }
  }
}

void
Walk::assignments(const Node& node)
{
  const bool exports = puts_into_environment(text_, node);
  for (const Assignment& assignment : node.assignments) {
    pieces(assignment.value.pieces);
    for (const Word& item : assignment.items) {
      pieces(item.pieces);
    }
    const bool is_of_command = !node.words.empty() && assignment.at.begin < node.words.front().at.begin;
    const bool is_kept = !is_of_command && setting_.place == Setting::Place::taken_in && function_depth_ == 0;
    const bool is_foreign =
        is_handed_on(text_, assignment)
        && !is_own(assignment.name.of(text_), assignment.value.pieces.front().at.begin, Piece::Form::plain);
    if (!assignment.is_array && !is_foreign && (exports || is_of_command || is_kept || exports_all_)) {
      give(assignment.name.of(text_), assignment.name.begin, literal_of(text_, assignment.value.pieces));
    }
  }
}

void
Walk::simple(const Node& node)
{
  assignments(node);
  const std::string_view first = node.words.empty() ? std::string_view() : node.words.front().at.of(text_);
  if (first == "[" || first == "test") {
    const bool has_bracket = first == "[" && node.words.back().at.of(text_) == "]";
    test(node.words, 1, node.words.size() - (has_bracket ? 1 : 0));
    return;
  }
  for (const Word& word : node.words) {
    pieces(word.pieces);
  }
  if (!node.words.empty()) {
    command(Call(text_, node));
  }
}

}  // namespace sluice::env::script
