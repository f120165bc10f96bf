// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"

namespace sluice::migrations {

/// A search path of more than 100 schemas, in whatever form: each name is looked up in each of them, so whoever sets
/// that many wants just that, and nobody can follow it.
[[nodiscard]] bool is_endless_path(const SetVariable& set);

}  // namespace sluice::migrations
