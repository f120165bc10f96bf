// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// SET and RESET. Names of variables are in lower case, for the server takes them in any.
[[nodiscard]] SetVariable set_variable(Node node);

/// A SELECT of nothing but one set_config() of constants, which does what SET does. Anything else that calls it may set
/// the variable or not, and to what cannot be told.
[[nodiscard]] std::optional<SetVariable> plain_set_config(Node select);

/// What setting the variable does by itself.
[[nodiscard]] std::vector<Effect> effects_of_setting(const SetVariable& set);

/// Of a call of set_config() in whatever statement.
[[nodiscard]] std::vector<Effect> effects_of_set_config(Node call);
/// Whether it sets search_path, as far as that can be told.
[[nodiscard]] bool may_set_path(Node call);

/// Of SET, ALTER SYSTEM and ALTER ROLE and DATABASE … SET, by the parser's name of its node.
[[nodiscard]] std::vector<Effect> setting_effects(std::string_view kind, Node node);

}  // namespace sluice::migrations
