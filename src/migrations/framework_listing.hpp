// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::migrations {

/// What a framework would do with a directory: the files that it would run, in their order, each with the place from
/// which on it is in a transaction or out of it, and then those that it would skip.
///
///   run supabase/migrations/20240101000000_orders.sql
///     1:1 in a transaction: Supabase runs each file as one
///     4:1 outside of a transaction
///   skip supabase/migrations/later.sql: its name is not <digits>_<name>.sql
///
/// Errors (ErrorKind::usage): none of the framework's usual directories is there.
[[nodiscard]] Result<std::string> framework_listing(std::string_view id, const std::filesystem::path& directory);

}  // namespace sluice::migrations
