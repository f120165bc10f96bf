// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/data.hpp"

#include <string_view>

namespace sluice::deps {

/// A literal of Elixir as mix.lock has it: maps, tuples and lists are lists of their parts (of a map and of a keyword
/// list tables), atoms are texts without their colon. Comments are left out.
[[nodiscard]] tl::expected<Data, Defect> read_elixir_term(std::string_view text);

}  // namespace sluice::deps
