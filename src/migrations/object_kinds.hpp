// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::migrations {

/// As SQL says it: "MATERIALIZED VIEW" of OBJECT_MATVIEW.
[[nodiscard]] std::string spoken_kind(std::string_view object_type);
/// A materialized view and a foreign table count as tables.
[[nodiscard]] Object::Kind object_kind(std::string_view object_type);

/// Of an element of DROP's list, or of ALTER's object: a list of names, a type, a function with its arguments, a word.
[[nodiscard]] QualifiedName name_of_object(Node object);

/// What a statement makes that was not there before, tables aside.
[[nodiscard]] std::vector<Object> made_by(std::string_view kind, Node node);

}  // namespace sluice::migrations
