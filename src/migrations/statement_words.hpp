// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"

#include <optional>
#include <string_view>

namespace sluice::migrations {

/// What the first words of a statement say that the grammar does not know: CREATE TABLE makes a table whatever comes
/// after its name.
[[nodiscard]] std::optional<CreateTable> table_of_unparsed(std::string_view statement);

/// Whether a statement only inserts rows of constants: INSERT INTO … VALUES without a call or a query.
[[nodiscard]] bool is_plain_insert(std::string_view statement);

}  // namespace sluice::migrations
