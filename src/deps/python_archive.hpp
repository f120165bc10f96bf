// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/data.hpp"
#include "deps/package.hpp"

#include <string_view>

namespace sluice::deps {

/// Whether an archive's name (the last part of an address, or alone) says that it is of another package or version: the
/// tools install what the archive is, whatever the entry says. A name that is none of a wheel (PEP 427) nor of a source
/// archive (PEP 625, and the hyphens that it had before) says nothing. `version` may be empty: then any will do.
[[nodiscard]] bool is_other_python_archive(std::string_view address, std::string_view name, std::string_view version);

/// A gap for the first of an entry's `sdist` and `wheels` that is of another package or version, as above. The address
/// is under `name`, `filename`, `url` or `path`.
void require_own_archives(Value entry, const Package& package, PackageList& list);

}  // namespace sluice::deps
