// SPDX-License-Identifier: Apache-2.0
//
// Code that somebody else runs: the body of a function, or the text that is handed to one. To run it would be exact and
// needs a database; to parse PL/pgSQL as a whole takes a parser that the versions of libpg_query differ in, and says
// nothing of what is left to expressions. What decides is less: whether any command in it can destroy, lock or open up.
// So the words are looked through, and only those commands that every trigger has are looked into: UPDATE, DELETE and
// MERGE are cut out and judged as they would be in a migration. Whatever is in doubt may do harm.
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>

namespace sluice::migrations {

/// Of SQL or PL/pgSQL. Only to be called within `on_deep_stack`.
[[nodiscard]] Code code_of(std::string_view text);

/// CREATE FUNCTION and PROCEDURE. Likewise.
[[nodiscard]] CreateFunction create_function(Node node);

}  // namespace sluice::migrations
