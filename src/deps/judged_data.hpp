// SPDX-License-Identifier: Apache-2.0
//
// Which data a verdict rests on, so that it can be had again.
#pragma once

#include "deps/advisories/database.hpp"
#include "deps/audit.hpp"
#include "finding/section.hpp"

#include <optional>
#include <string>

namespace sluice::deps {

/// "212 of npm, 3 of PyPI"
[[nodiscard]] std::string words_of(const Audit& audit);

/// The indexes' days and digests in a few words, for formats that show no tables: as much of a digest as nobody meets
/// twice.
[[nodiscard]] std::string words_of_data(const Audit& audit, const Database& database);

/// The same in full.
[[nodiscard]] std::optional<Section> databases_section(const Audit& audit, const Database& database);

}  // namespace sluice::deps
