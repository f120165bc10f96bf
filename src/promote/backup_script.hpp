// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sluice::promote {

/// What a dump in SQL needs, and is, before anything runs it.
struct BackupScript
{
  std::set<std::string> roles;                    ///< owners and those with privileges
  std::map<std::string, std::string> extensions;  ///< the schema of each; empty: it names none
  std::set<std::string> schemas;                  ///< that it makes
  std::string restrict_key;                       ///< of its own \restrict, for the whole of it; empty: it has none
};

/// Reads a whole script. It may be hostile: whoever may name a table in a database writes parts of its dump.
///
/// Errors (ErrorKind::input), a clause about "it": it is cut off; it holds a command of psql's, or a statement that
/// reaches beyond one database, which a restore to a scratch database must not run. ErrorKind::unavailable: `tick` said
/// to stop.
[[nodiscard]] Result<BackupScript> read_backup_script(std::string_view script, const std::function<bool()>& tick = {});

}  // namespace sluice::promote
