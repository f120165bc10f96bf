// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/lexer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Text of a script that is not SQL for the server, or not only.
struct Foreign
{
  Span where;
  std::string why;  ///< a sentence without a final stop
};

struct Pieces
{
  std::vector<Span> statements;  ///< from the first token to before the semicolon
  std::vector<Foreign> foreign;
};

/// Cuts a script into statements as psql does: semicolons within parentheses and within the body of an SQL-standard
/// function (BEGIN ATOMIC … END) do not end one. psql's own commands and the data of COPY … FROM STDIN are foreign.
[[nodiscard]] Pieces split_script(std::string_view text);

}  // namespace sluice::migrations
