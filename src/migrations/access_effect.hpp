// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string_view>
#include <vector>

namespace sluice::migrations {

/// Of a statement about roles and privileges, by the parser's name of its node: whom it lets in who was kept out.
[[nodiscard]] std::vector<Effect> access_effects(std::string_view kind, Node node);

}  // namespace sluice::migrations
