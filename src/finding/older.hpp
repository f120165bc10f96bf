// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <optional>
#include <span>

namespace sluice {

/// Whether policy knows of it from before: by the baseline, or because the base has it.
[[nodiscard]] bool was_there_before(const Judged& judged);

/// The findings that what is judged did not bring, as a table; nothing if there are none. At most a thousand rows.
[[nodiscard]] std::optional<Section> older_section(std::span<const Judged> judged);

}  // namespace sluice
