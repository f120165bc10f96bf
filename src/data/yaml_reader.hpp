// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/yaml_scalars.hpp"

#include <optional>

namespace sluice::yaml {

/// Reads one document: from the beginning of a line, or from behind "--- ", up to where it ends. What is built before a
/// stop is worth nothing.
[[nodiscard]] std::optional<Stop> read_document(Cursor& cursor, DataBuilder& builder);

}  // namespace sluice::yaml
