// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// What begins the line of psql's errors that names the held snapshot.
inline constexpr std::string_view snapshot_mark{"sluice-snapshot "};

/// A script for psql that prints what a database holds, one JSON array a line: ["about", …], ["rows", name, count], and
/// [kind, name, definition, table] of anything else. If `gate` names a pipe, the script says by `snapshot_mark` which
/// snapshot it holds, and then obeys what comes through the pipe before it goes on.
[[nodiscard]] std::string contents_script(const std::vector<std::string>& schemas, std::string_view gate);

}  // namespace sluice::promote
