// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string_view>

namespace sluice::deps {

/// Whether a place names an archive by what its file is called ("file:lib/a-1.0.0.tgz#hash", "w/a-1.0-py3-none.whl"):
/// what package managers pack packages in, whatever its case. A query, a fragment and what Yarn writes behind "::" are
/// not of the name.
[[nodiscard]] bool names_archive(std::string_view place);

/// Whether the package is a directory of the project, which no advisory speaks of. An archive is what others packed,
/// also where it lies in the repository.
[[nodiscard]] bool is_own_directory(const Package& package);

}  // namespace sluice::deps
