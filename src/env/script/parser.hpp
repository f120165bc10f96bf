// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/script/tree.hpp"

namespace sluice::env::script {

/// Reads a script in one pass. What is inside of `$(…)` is read as the commands that it is, for a here-document or a
/// `case` in it may hold brackets and quotes that close nothing.
class Parser
{
public:
  Parser(std::string_view text, Span at)
      : text_(text),
        at_(at.begin),
        end_(at.end)
  {}

  [[nodiscard]] Tree take();

private:
  /// What a list of commands ends before.
  enum class End { text, condition, loop, cases, brace, bracket };
  /// What quotes are around, and what ends the pieces.
  enum class Inside { nothing, quotes, braces, braces_in_quotes, document };

  /// A here-document whose body begins behind the next newline.
  struct Pending
  {
    std::size_t document;
    std::string delimiter;
    bool drops_tabs;
  };

  std::vector<Node> list(End end);
  bool sees_end(End end);
  void skip_separators(End end);
  Node pipeline();
  Node command();
  Node simple();
  void add_word(Node& node);
  Node compound(std::string_view word);
  Node each();
  Node cases();
  void patterns(Node& node);
  Node test();
  Node function(Span name);
  Node sum_command();
  Node block(Node::Kind kind, std::string_view closing);
  bool redirection(Node& node);
  [[nodiscard]] std::string_view redirection_sign() const;
  void read_documents();
  void read_document(const Pending& pending);

  Word word();
  std::optional<Assignment> assignment();
  void array(Assignment& assignment);
  bool piece(Inside inside, std::vector<Piece>& pieces);
  void backslash(Inside inside, std::vector<Piece>& pieces);
  void double_quotes(std::vector<Piece>& pieces);
  void single_quotes(std::vector<Piece>& pieces);
  void escaped_quotes(std::vector<Piece>& pieces);
  void backticks(std::vector<Piece>& pieces);
  void process(std::vector<Piece>& pieces);
  void brackets_of_pattern(std::vector<Piece>& pieces);
  void dollar(Inside inside, std::vector<Piece>& pieces);
  void braces(Inside inside, std::vector<Piece>& pieces);
  void parameter_name(Piece& piece);
  void subscript(Piece& piece);
  void operation(Piece& piece);
  std::size_t keep(std::vector<Node> commands);
  void substitution(std::vector<Piece>& pieces);
  void sum(std::vector<Piece>& pieces);
  void name_in_sum(std::vector<Piece>& pieces);
  [[nodiscard]] bool is_sum() const;

  void skip_blanks();
  [[nodiscard]] std::string_view rest() const;
  [[nodiscard]] bool sees(std::string_view expected) const;
  [[nodiscard]] bool sees_word(std::string_view expected) const;
  [[nodiscard]] std::size_t end_of_name(std::size_t at) const;
  [[nodiscard]] bool
  is_at_end() const
  {
    return at_ >= end_;
  }
  void fail(std::size_t at, std::string_view why);
  static void add_text(Span at, std::vector<Piece>& pieces);

  /// Counts how deep the reader is, and fails where that is too deep.
  class Depth;

  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
  int depth_ = 0;
  std::vector<Pending> pending_;
  Tree tree_;
};

class Parser::Depth
{
public:
  explicit Depth(Parser& parser)
      : parser_(parser)
  {
    if (++parser_.depth_ > max_depth) {
      parser_.fail(parser_.at_, "commands are nested too deep");
    }
  }
  ~Depth() { --parser_.depth_; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;

private:
  Parser& parser_;
};

}  // namespace sluice::env::script
