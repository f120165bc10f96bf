// SPDX-License-Identifier: Apache-2.0
//
// A shell script as commands and words, for what it says of variables. `env/shell` works out what a dotenv file sets
// and drops what sets nothing (shell/syntax.hpp); here every word of every command counts, and no value does. Reading
// is lenient: a script that some shell takes must not end as a gap, so that only quotes and brackets which never close
// are faults.
#pragma once

#include "base/span.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::script {

/// A part of a word. Places are in the script.
struct Piece
{
  enum class Kind {
    text,       ///< characters, without quotes and backslashes
    parameter,  ///< `$NAME`, `${NAME…}`, or a name in a sum
    commands,   ///< `$(…)`, backticks, `<(…)`
    sum,        ///< `$((…))`
  };
  enum class Form {
    plain,
    defaulted,    ///< `${X-…}`, `${X:-…}`
    assigned,     ///< `${X=…}`, `${X:=…}`
    required,     ///< `${X?…}`, `${X:?…}`
    alternative,  ///< `${X+…}`, `${X:+…}`
    indirect,     ///< `${!X}`
    prefix,       ///< `${!X@}`, `${!X*}`
    element,      ///< `${X[…]}`, which no environment has
    in_sum,       ///< a name in a sum that is only read
    set_in_sum,   ///< one that the sum sets
  };
  Kind kind = Kind::text;
  Form form = Form::plain;
  Span at = {};
  Span name = {};                  ///< of a parameter; empty for `$1`, `$@`
  std::vector<Piece> inside = {};  ///< the word of a parameter, the names of a sum
  std::size_t commands = 0;        ///< index in Tree::lists
};

struct Word
{
  Span at = {};  ///< with its quotes
  std::vector<Piece> pieces = {};
};

/// `NAME=…` in front of a command, or as a word of `export` and its kin.
struct Assignment
{
  Span name = {};
  Span at = {};
  Word value = {};
  std::vector<Word> items = {};  ///< of `NAME=(…)`
  bool is_array = false;         ///< that form, or `NAME[…]=…`
};

struct Redirection
{
  static constexpr std::size_t no_document = ~std::size_t{0};
  std::string_view sign;  ///< ">>"
  Word target = {};
  std::size_t document = no_document;  ///< index of a here-document
};

struct Document
{
  Word body;
  bool is_literal = false;  ///< a quoted delimiter: nothing in it is replaced
};

struct Node
{
  enum class Kind {
    simple,
    pipeline,  ///< parts from left to right
    group,     ///< any other compound command: parts in the order of the text, `words` of `case`
    loop,      ///< `for` and `select` with `name` and `words`, `while`, `until`
    function,  ///< `name` and a body
    test,      ///< `[[ … ]]`, its operands as words
  };
  Kind kind = Kind::simple;
  Span at = {};
  Span name = {};
  std::vector<Assignment> assignments = {};
  std::vector<Word> words = {};
  std::vector<Redirection> redirections = {};
  std::vector<Node> parts = {};
};

struct Fault
{
  std::size_t at = 0;
  std::string_view why;  ///< static storage: "a quote is not closed"
};

struct Tree
{
  std::vector<Node> commands;
  std::vector<std::vector<Node>> lists;  ///< of `$(…)` and its kin, the inner before the outer
  std::vector<Document> documents;
  std::optional<Fault> fault;
};

/// Quotes, braces and commands within each other; what is deeper is a fault.
inline constexpr int max_depth = 64;

/// The commands of `at` in the text, in time linear in it. What stands before a fault is in the tree all the same.
[[nodiscard]] Tree parse(std::string_view text, Span at);

/// The characters of a word in which nothing is replaced; nothing if something is.
[[nodiscard]] std::optional<std::string> literal_of(std::string_view text, const std::vector<Piece>& pieces);

/// Whether a variable is only given what it has: `NAME=$NAME`, `NAME="${NAME:?…}"`.
[[nodiscard]] bool is_handed_on(std::string_view text, const Assignment& assignment);

}  // namespace sluice::env::script
