// SPDX-License-Identifier: Apache-2.0
//
// A shell script as a shell runs it, line by line, to work out what it sets: what bash and dash refuse is refused.
// `env/script` reads scripts for what they say, leniently and whole, here-documents and `$(…)` included, which set
// nothing here; they share what a name is (env/shell_name.hpp) and no grammar, for where one must stop the other must
// go on.
#pragma once

#include "env/shell/lexer.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace sluice::env::shell {

/// A word `NAME=…` in front of a command.
struct Assignment
{
  enum class Form { plain, append, array };
  Span name = {};
  Span value = {};
  Form form = Form::plain;
};

/// What a line consists of. Places are in the script.
struct Node
{
  enum class Kind {
    simple,      ///< assignments and words
    sequence,    ///< one part after the other
    chain,       ///< parts with `&&` and `||` between
    inversion,   ///< `!` and its part
    apart,       ///< what runs in a process of its own: a pipeline, `&`, `(…)`; nothing it sets is seen here
    choice,      ///< `if`: condition, body, condition, body, …, perhaps a last body
    uncertain,   ///< loops, `case`: parts that may run or not, or several times
    definition,  ///< of a function
  };
  Kind kind = Kind::simple;
  std::vector<Node> parts = {};
  std::vector<bool> is_or = {};  ///< of a chain: what stands in front of each part but the first
  std::vector<Assignment> assignments = {};
  std::vector<Span> words = {};
  bool reads_file = false;  ///< `<FILE`
};

/// Reads a script line by line, as a shell does that runs each before it reads the next.
class Parser
{
public:
  explicit Parser(Lexer& lexer)
      : lexer_(lexer)
  {}

  /// The next line, which may reach over several; nothing at the end of the script or where it is no script.
  [[nodiscard]] std::optional<Node> line();
  /// Whether what was read last is no script.
  [[nodiscard]] bool
  is_broken() const
  {
    return is_broken_;
  }

private:
  Node list(int depth);
  Node chain(int depth);
  Node pipeline(int depth);
  Node command(int depth);
  Node simple(int depth);
  Node compound(std::string_view word, int depth);
  Node choice(int depth);
  Node loop(int depth);
  Node cases(int depth);
  Node brackets(int depth);
  Node group(int depth);
  Node until_word(std::string_view end);
  Node definition(int depth);
  void redirection();
  void skip_lines();
  void expect(std::string_view word);
  [[nodiscard]] bool ends_list();
  [[nodiscard]] bool sees_compound();
  Node broken();

  Lexer& lexer_;
  bool is_broken_ = false;
};

/// The assignment that a word is; nothing if it is none.
[[nodiscard]] std::optional<Assignment> assignment_of(std::string_view text, Span word, Flavor flavor);

}  // namespace sluice::env::shell
