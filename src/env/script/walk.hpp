// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/script/names.hpp"
#include "env/script/paths.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::script {

/// A simple command whose words are looked at one after the other. A word in which something is replaced has no text.
class Call
{
public:
  Call(std::string_view text, const Node& node);

  [[nodiscard]] std::size_t
  size() const
  {
    return node_.words.size();
  }
  [[nodiscard]] bool
  has(std::size_t i) const
  {
    return i < size();
  }
  /// Empty where there is none.
  [[nodiscard]] std::string_view
  text(std::size_t i) const
  {
    return has(i) && texts_[i] ? std::string_view(*texts_[i]) : std::string_view();
  }
  [[nodiscard]] bool
  is_literal(std::size_t i) const
  {
    return has(i) && texts_[i].has_value();
  }
  [[nodiscard]] const Word&
  word(std::size_t i) const
  {
    return node_.words[i];
  }
  [[nodiscard]] const Node&
  node() const
  {
    return node_;
  }
  /// The characters of a word up to the first that is replaced.
  [[nodiscard]] std::string front(std::size_t i) const;

private:
  std::string_view script_;
  const Node& node_;
  std::vector<std::optional<std::string>> texts_;
};

/// Whether a program is a shell, by its name without a directory.
[[nodiscard]] bool is_shell(std::string_view program);

/// The value of an option, as `--name=VALUE` or in the next word.
struct OptionValue
{
  std::size_t word = 0;   ///< that holds it
  std::string_view text;  ///< empty where something is replaced in it
  Word value;             ///< its pieces
};

/// Goes through a script in its order and keeps what it says of variables.
class Walk
{
public:
  Walk(std::string_view text, const Setting& setting)
      : text_(text),
        setting_(setting)
  {}

  [[nodiscard]] Facts take();

private:
  enum class Ask { value, presence };
  enum class Destination { elsewhere, later_steps, dotenv };

  void script(Span at);
  void list(const std::vector<Node>& nodes);
  void node(const Node& node);
  void pipeline(const Node& node);
  void redirections(const Node& node);
  void document(const Redirection& redirection);
  void pieces(const std::vector<Piece>& all, Ask ask = Ask::value);
  void parameter(const Piece& piece, Ask ask);
  void test(const std::vector<Word>& words, std::size_t first, std::size_t last);
  void assignments(const Node& node);
  void simple(const Node& node);
  [[nodiscard]] Destination destination_of(const Node& node) const;
  [[nodiscard]] Destination destination_of(const Word& target) const;

  // What commands mean (programs.cpp, containers.cpp).
  void command(const Call& call);
  std::size_t program(const Call& call, std::size_t i);
  std::size_t wrapper(const Call& call, std::size_t i, std::size_t which);
  bool of_shell(const Call& call, std::size_t i);
  void shell(const Call& call, std::size_t i);
  void source(const Call& call, std::size_t i);
  void exported(const Call& call, std::size_t i);
  void set_options(const Call& call, std::size_t i);
  void nested_text(const Call& call, std::size_t i);
  void substituted(const Call& call, std::size_t i);
  void printed(const Call& call, std::size_t i);
  std::size_t given_words(const Call& call, std::size_t i);
  void interpreter(const Call& call, std::size_t i);
  void documents_for(const Call& call, std::string_view language);
  void program_text(std::string_view language, const Word& word, Facts::Program::Runs runs);
  void container(const Call& call, std::size_t i);
  void container_option(const Call& call, std::size_t i, std::string_view option);
  void stored(const Call& call, std::size_t i);
  bool tool(const Call& call, std::size_t i);
  std::size_t loader(const Call& call, std::size_t i);
  void run_file(const Call& call, std::size_t i);
  void load_option(const Call& call, std::size_t from, std::string_view option, const Facts::File& as);
  [[nodiscard]] std::optional<OptionValue> value_at(const Call& call, std::size_t i, std::string_view option) const;

  // What is written to files (writing.cpp).
  void written(const std::vector<Piece>& pieces, Destination destination);
  void written_line(std::string_view line, std::size_t at, Destination destination);

  // Names that are known only when the script runs (indirect.cpp).
  void note_lists(const Node& node);
  void settle_indirect();
  bool settle_by_list(std::string_view name);
  bool settle_by_calls(std::size_t at);

  void read(std::string_view name, std::size_t at, Unset unset = Unset::unknown,
            std::optional<std::string> literal = {});
  void give(std::string_view name, std::size_t at, std::optional<std::string> literal = {});
  [[nodiscard]] bool is_own(std::string_view name, std::size_t at, Piece::Form form) const;
  [[nodiscard]] bool is_stranger(std::string_view name, Piece::Form form) const;

  struct Known
  {
    std::string name;
    std::size_t at;
  };

  std::string_view text_;
  const Setting& setting_;
  const Tree* tree_ = nullptr;
  std::vector<Names> names_;  ///< of the script and of the texts in it that it is inside of
  Facts facts_;
  Destination destination_ = Destination::elsewhere;
  bool exports_all_ = false;
  int function_depth_ = 0;
  std::vector<Known> indirect_;
  std::map<std::string, std::vector<Known>, std::less<>> lists_;  ///< names that a loop or an array goes through
  std::map<std::string, std::string, std::less<>> loops_over_;    ///< variable of a loop → array
  std::map<std::string, std::vector<Known>, std::less<>> calls_;  ///< words with which a function is called
};

}  // namespace sluice::env::script
