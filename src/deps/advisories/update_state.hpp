// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sluice::deps {

/// How far an index goes.
struct UpdateState
{
  std::string server;
  std::string etag;                 ///< of the archive that was fetched last
  std::string modified;             ///< RFC 3339: all that was modified before then is there
  std::vector<std::string> latest;  ///< ids that were modified at that moment and are there
  std::vector<std::string> own;     ///< ids that are there and that the server does not know: imported by somebody
};

/// By ecosystem. A file that is not there, or not one of these, knows nothing: then all is fetched anew.
[[nodiscard]] std::map<std::string, UpdateState> read_update_states(const std::filesystem::path& directory);
/// Replaces the file. Errors: it cannot be written.
[[nodiscard]] Result<> write_update_states(const std::filesystem::path& directory,
                                           const std::map<std::string, UpdateState>& states);

}  // namespace sluice::deps
