// SPDX-License-Identifier: Apache-2.0
//
// Where statements, psql's commands and the data of COPY begin and end in a script of SQL. psql takes a backslash
// anywhere outside of quotes, comments and data for a command of its own, and such a command may run a program; so it
// must be known what is outside, by psql's rules: they are those of its scanner, with standard_conforming_strings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

struct SqlWord
{
  enum class Kind {
    bare,     ///< a keyword or a name without quotes, in lower case
    quoted,   ///< a name that had quotes
    literal,  ///< the text of a string
    symbol,   ///< one character
  };

  Kind kind = Kind::symbol;
  std::string text;  ///< no more than its first 256 bytes

  [[nodiscard]] bool
  is(std::string_view keyword) const
  {
    return kind == Kind::bare && text == keyword;
  }
};

class SqlLexer
{
public:
  enum class Piece {
    statement,  ///< words() are its own
    command,    ///< psql's; command() is its line from the backslash on
    cut_off,    ///< the text ends within a statement, or within the data of COPY
    end,
  };

  explicit SqlLexer(std::string_view script);

  /// The next piece. The data of `COPY … FROM stdin` is passed over with its statement.
  [[nodiscard]] Piece next();

  /// Of a statement whose first word is COPY, ALTER, CREATE, DROP, GRANT, REVOKE or SET the first 4096, of any other
  /// one.
  [[nodiscard]] const std::vector<SqlWord>&
  words() const
  {
    return words_;
  }
  [[nodiscard]] std::string_view
  command() const
  {
    return command_;
  }
  /// The text of the last comment of the kind that ends with its line, without the dashes; empty ones do not count.
  [[nodiscard]] std::string_view
  last_comment() const
  {
    return last_comment_;
  }
  /// The number of the line that the lexer is at, from 1.
  [[nodiscard]] std::size_t line() const;
  [[nodiscard]] std::size_t
  offset() const
  {
    return at_;
  }

private:
  enum class Step { go_on, statement_ends, is_cut_off };
  enum class Escapes { none, some };

  [[nodiscard]] Step step();
  [[nodiscard]] Step pass_string(Escapes escapes);
  [[nodiscard]] std::size_t begin_of_continuation() const;
  [[nodiscard]] Step pass_quoted_name();
  [[nodiscard]] Step pass_dollar();
  [[nodiscard]] Step pass_block_comment();
  [[nodiscard]] Step pass_symbol(char c);
  void pass_line_comment();
  [[nodiscard]] Step pass_bare_word();
  [[nodiscard]] bool pass_copy_data();
  [[nodiscard]] bool copies_from_input() const;
  void count_blocks(std::string_view keyword);
  void add(SqlWord::Kind kind, std::string_view text);
  [[nodiscard]] bool looks_at(std::string_view text) const;

  std::string_view script_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;        ///< of parentheses
  std::size_t block_depth_ = 0;  ///< of BEGIN and CASE in the body of a routine
  std::string first_letters_;    ///< of the first four bare words, '-' of one that begins no routine
  bool has_begun_ = false;       ///< a statement
  std::vector<SqlWord> words_;
  std::string_view command_;
  std::string_view last_comment_;
};

}  // namespace sluice::promote
