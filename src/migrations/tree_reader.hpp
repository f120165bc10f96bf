// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sluice::migrations {

/// Only to be called within `on_deep_stack`. Reads libpg_query's JSON of the statement at `where` of `script`. Nothing
/// if it does not hold exactly one statement or is larger than any that a person writes (8 MiB of JSON for a statement
/// that rules look into, a search_path of more than 100 schemas).
[[nodiscard]] std::optional<Statement> read_tree(std::string_view json, std::string_view script, Span where);

/// SHA-256 of the words of a statement: equal for two that differ in layout, comments, line ends and what git makes of
/// `$Id$`. The code of a function counts by its words as well.
[[nodiscard]] std::string identity_of(std::string_view statement);

}  // namespace sluice::migrations
