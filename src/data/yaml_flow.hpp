// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "data/yaml_scalars.hpp"

#include <optional>

namespace sluice::yaml {

/// Reads a list or mapping between brackets (YAML 1.2.2, chapter 7.4), whose opening one is next, to behind its closing
/// one. Nothing, or why it stopped.
[[nodiscard]] std::optional<Stop> read_flow(Cursor& cursor, DataBuilder& builder);

}  // namespace sluice::yaml
