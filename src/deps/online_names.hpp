// SPDX-License-Identifier: Apache-2.0
//
// Which names of packages may be told to a service on the network. The name of a company's own package is a secret of
// the company's, and who knows it can publish a package of that name where the company's tools might find it.
#pragma once

#include "deps/advisories/osv_api.hpp"
#include "deps/locked_files.hpp"
#include "deps/options.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sluice::deps {

/// Why a name stays here, or does not.
enum class Sending {
  allowed,
  is_private,    ///< `private-packages` names it
  is_elsewhere,  ///< it is of a repository, an address, a file or a registry that is not the public one
  is_no_name,    ///< neither is what OSV could know, by its form
};

/// Whether a package's name may be sent. `package` can be judged.
[[nodiscard]] Sending sending_of(const Package& package, const DepsOptions& options);

/// Whether a file that the change touches has it: what the others miss holds up no change.
enum class Brought { no, yes };

struct OnlineNames
{
  std::map<PackageName, Brought> sent;
  std::map<std::pair<std::string, Sending>, std::map<std::string, Brought>> kept;  ///< by ecosystem and why, the names
};

/// Of all packages that can be judged, whose ecosystem OSV has.
[[nodiscard]] OnlineNames online_names(const LockedFiles& locked, const DepsOptions& options);

}  // namespace sluice::deps
