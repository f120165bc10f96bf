// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/database.hpp"
#include "deps/locked_files.hpp"
#include "deps/options.hpp"
#include "finding/finding.hpp"
#include "gate/input.hpp"

#include <string>

namespace sluice::deps {

/// The database of one run, of what a service answers about the names of the packages (advisories/osv_api.hpp). To
/// `findings` goes what was sent where, and as gaps what was not asked for or not answered. Errors
/// (ErrorKind::unavailable): nothing was answered, or something that no service may answer.
[[nodiscard]] Result<Database> online_database(const DepsOptions& options, const gate::Input& input,
                                               const LockedFiles& locked, Findings& findings);

/// How people call the service at an address: "osv.dev", "osv.example.org".
[[nodiscard]] std::string service_name(const std::string& api);

}  // namespace sluice::deps
