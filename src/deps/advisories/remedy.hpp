// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/matching.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sluice::deps {

/// The lowest version above `version` that an advisory names as fixed and that no advisory speaks of: an upgrade to the
/// nearest fix of one hole is no help if it brings another. Nothing if none is known.
[[nodiscard]] std::optional<std::string> lowest_clean_version(const Index& index, std::string_view ecosystem,
                                                              std::string_view name, std::string_view version);

}  // namespace sluice::deps
