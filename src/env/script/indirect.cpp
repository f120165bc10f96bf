// SPDX-License-Identifier: Apache-2.0
//
// `${!NAME}` reads a variable whose name another holds. Scripts use it to ask for a list of variables, which stands in
// a loop, in an array or in the words of a function's calls; only where none of these is found may it be any variable.
#include "base/text.hpp"
#include "env/language.hpp"
#include "env/script/walk.hpp"

#include <algorithm>
#include <utility>

namespace sluice::env::script {

namespace {

/// "NAMES" of `"${NAMES[@]}"`, and of `$NAMES`.
std::string_view
list_named_by(std::string_view text, const Word& word)
{
  if (word.pieces.size() != 1 || word.pieces.front().kind != Piece::Kind::parameter) {
    return {};
  }
  return word.pieces.front().name.of(text);
}

}  // namespace

/// Keeps the words that loops and arrays go through, and with which commands are called, where they are names.
void
Walk::note_lists(const Node& node)
{
  const auto note = [this](std::string_view list, const std::vector<Word>& words, std::size_t first) {
    for (std::size_t i = first; i < words.size(); ++i) {
      const std::string literal = literal_of(text_, words[i].pieces).value_or("");
      for (const std::string_view name : split(literal, ' ')) {
        if (is_environment_name(name)) {
          lists_[std::string(list)].push_back({std::string(name), words[i].at.begin});
        }
      }
    }
  };
  for (const Assignment& assignment : node.assignments) {
    note(assignment.name.of(text_), assignment.items, 0);
    if (!assignment.is_array) {
      note(assignment.name.of(text_), {assignment.value}, 0);
    }
  }
  if (node.kind == Node::Kind::loop && node.name.size() > 0) {
    note(node.name.of(text_), node.words, 0);
    if (node.words.size() == 1) {
      loops_over_[std::string(node.name.of(text_))] = list_named_by(text_, node.words.front());
    }
  }
  if (node.kind == Node::Kind::simple && node.words.size() > 1) {
    const std::string command(node.words.front().at.of(text_));
    for (std::size_t i = 1; i < node.words.size(); ++i) {
      const std::string word = literal_of(text_, node.words[i].pieces).value_or("");
      if (is_environment_name(word)) {
        calls_[command].push_back({word, node.words[i].at.begin});
      }
    }
  }
}

void
Walk::settle_indirect()
{
  const std::vector<Known> all = std::exchange(indirect_, {});
  for (const Known& each : all) {
    const auto over = loops_over_.find(each.name);
    const bool is_listed = settle_by_list(each.name) || (over != loops_over_.end() && settle_by_list(over->second));
    if (!is_listed && !settle_by_calls(each.at)) {
      facts_.dynamic.push_back({{}, each.at});
    }
  }
}

bool
Walk::settle_by_list(std::string_view name)
{
  const auto list = lists_.find(name);
  if (list == lists_.end()) {
    return false;
  }
  // Once is enough; that it was found stays known.
  for (const Known& known : std::exchange(list->second, {})) {
    if (!is_own(known.name, known.at, Piece::Form::plain)) {
      read(known.name, known.at, Unset::tested);
    }
  }
  return true;
}

bool
Walk::settle_by_calls(std::size_t at)
{
  const auto function = names_.front().function_at(at);
  const auto calls = function ? calls_.find(*function) : calls_.end();
  if (calls == calls_.end()) {
    return false;
  }
  for (const Known& known : std::exchange(calls->second, {})) {
    if (!is_own(known.name, known.at, Piece::Form::plain)) {
      read(known.name, known.at, Unset::tested);
    }
  }
  return true;
}

}  // namespace sluice::env::script
