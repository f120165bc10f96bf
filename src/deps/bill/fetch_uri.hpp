// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/package.hpp"

#include <string>
#include <string_view>

namespace sluice::deps {

/// Where a package is fetched from, as a URI whatever the lockfile holds: what no URI may have is percent-encoded, and
/// "git@host:path" is ssh's. Empty if it is none, or lies in the project itself.
[[nodiscard]] std::string fetch_uri(const Package& package);

/// Whether a URI's host is a name of the public kind, "registry.example.org": not an address, nor a name that only
/// means something on a network of its own.
[[nodiscard]] bool has_domain(std::string_view uri);

}  // namespace sluice::deps
