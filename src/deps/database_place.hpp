// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/database.hpp"
#include "deps/options.hpp"
#include "gate/input.hpp"

#include <filesystem>
#include <string>

namespace sluice::deps {

/// Where the database is: as `db` says, else what this user keeps. Errors (ErrorKind::usage): nobody says, and this
/// user keeps nothing.
[[nodiscard]] Result<std::filesystem::path> database_place(const DepsOptions& options, const gate::Input& input);

/// Opens it for the gate. Errors (ErrorKind::unavailable): there is none, with the command that gets one; it is not
/// signed as it must be.
[[nodiscard]] Result<Database> open_database(const DepsOptions& options, const gate::Input& input);

/// Opens the one at `place`. Errors (ErrorKind::unavailable): there is none, with the command that gets one.
[[nodiscard]] Result<Database> database_at(const std::filesystem::path& place, const DepsOptions& options);

}  // namespace sluice::deps
