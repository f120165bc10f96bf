// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace sluice::promote {

/// The kinds of probes: the names of the files of probes/, sorted.
[[nodiscard]] std::span<const std::string_view> probe_ids();

}  // namespace sluice::promote
