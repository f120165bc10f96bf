// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Of a statement about what tables live in, by the parser's name of its node: the database, its owners, its code from
/// outside, replication and prepared transactions.
[[nodiscard]] std::vector<Effect> server_effects(std::string_view kind, Node node);

}  // namespace sluice::migrations
