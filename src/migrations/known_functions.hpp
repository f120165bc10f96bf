// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"

namespace sluice::migrations {

/// Whether PostgreSQL or an extension that is widely used comes with a function of that name, so that a migration may
/// call what no migration defines. Facts: the catalog of PostgreSQL 15 with its contrib extensions
/// (function_names.hpp); of 16 to 18 the names that their documentation adds ("Functions and Operators", release notes,
/// appendix E); of extensions outside of contrib the schema or the prefix that their documentation gives to all of
/// their functions.
[[nodiscard]] bool is_known_function(const QualifiedName& function);

/// Whether its schema belongs to one extension or, as Supabase's, to the platform.
[[nodiscard]] bool is_in_extension_schema(const QualifiedName& function);

}  // namespace sluice::migrations
