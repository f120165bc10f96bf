// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"

#include <cstddef>
#include <string_view>

namespace sluice::credentials {

/// No more of a value is looked at.
constexpr std::size_t most_looked_at = 256;

/// Whether the value of a place looks like nothing that people name things with.
[[nodiscard]] bool is_random(std::string_view value);

/// The piece of a word without a place that looks random: between slashes and dots, or the whole; empty if the word
/// looks like a name. Of a long one the beginning decides.
[[nodiscard]] Span random_piece(std::string_view word);

}  // namespace sluice::credentials
