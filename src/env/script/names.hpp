// SPDX-License-Identifier: Apache-2.0
//
// Which variables of a script are its own. A variable that the script set before it is used is no variable of the
// environment, and what is set in a function may be used anywhere after it. Whether a line has run is not known, so
// that the order of the text decides, and in doubt a variable is the script's.
#pragma once

#include "env/script/facts.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::script {

class Names
{
public:
  Names(std::string_view text, const Setting& setting)
      : text_(text),
        setting_(setting)
  {}

  /// Takes what a tree sets, which may be that of a text inside of the script.
  void add(const Tree& tree);
  /// Once all is added.
  void settle();

  /// Whether a use at this place is of a variable of the script.
  [[nodiscard]] bool is_own(std::string_view name, std::size_t at, Piece::Form form) const;
  /// Whether the script sets it anywhere.
  [[nodiscard]] bool is_set(std::string_view name) const;
  [[nodiscard]] NameSet all_set() const;
  /// Whether names may come from what the script takes in or makes up.
  [[nodiscard]] bool
  has_strangers() const
  {
    return has_strangers_ || setting_.place == Setting::Place::taken_in;
  }
  /// The function that a place is in; nothing outside of all.
  [[nodiscard]] std::optional<std::string> function_at(std::size_t at) const;

private:
  struct Binding
  {
    Span at;
    bool is_local = false;
  };
  struct Bound
  {
    std::vector<Binding> all;   ///< by place
    std::size_t first_end = 0;  ///< of the first that is no function's alone
  };
  struct Range
  {
    Span at;
    std::string name;
  };

  void list(const std::vector<Node>& nodes);
  void node(const Node& node);
  void range(const Node& node);
  void words(const Node& node);
  void command(const Node& node);
  void of_system(const Node& node);
  void named_by(const Node& node, std::size_t first);
  void pieces(const std::vector<Piece>& all);
  void bind(std::string_view name, Span at, bool is_local = false);
  [[nodiscard]] static const Range* range_at(const std::vector<Range>& ranges, std::size_t at);

  std::string_view text_;
  const Setting& setting_;
  const Tree* tree_ = nullptr;
  std::map<std::string, Bound, std::less<>> bindings_;
  std::vector<Range> functions_;  ///< outermost ones
  std::vector<Range> loops_;      ///< likewise
  int function_depth_ = 0;
  int loop_depth_ = 0;
  bool has_strangers_ = false;
};

/// What a shell sets by itself and no environment gives: `RANDOM`, `BASH_SOURCE`.
[[nodiscard]] bool is_of_shell(std::string_view name);

}  // namespace sluice::env::script
