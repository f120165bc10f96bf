// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/npm_range.hpp"

#include <optional>
#include <string_view>

namespace sluice::deps {

/// The range in what a manifest or lockfile of npm, Yarn, pnpm or Bun writes: "^4.0.0" of "npm:chalk@^4.0.0" and of
/// "npm:^4.0.0". Nothing of a tag, an address, a path or a member.
[[nodiscard]] std::optional<NpmRange> npm_range_in(std::string_view written);

/// Whether ranges of the ecosystem are understood.
[[nodiscard]] bool are_ranges_known(std::string_view ecosystem);

/// Whether a range, as a manifest or lockfile of the ecosystem writes it, has the version. Nothing where that cannot be
/// told: the ecosystem's ranges are not known, or either is none.
[[nodiscard]] std::optional<bool> range_admits(std::string_view ecosystem, std::string_view range,
                                               std::string_view version);

}  // namespace sluice::deps
