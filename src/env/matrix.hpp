// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"
#include "finding/section.hpp"

#include <optional>

namespace sluice::env {

/// Which environment has which variable: a row for each that some environment has or some schema wants, and no value.
/// Nothing where there are no environments to compare.
[[nodiscard]] std::optional<Section> matrix_section(const Survey& survey);

/// "set", "empty", "missing", "default", "elsewhere".
[[nodiscard]] std::string_view text_of(Presence presence);

}  // namespace sluice::env
