// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/section.hpp"
#include "gate/source_text.hpp"
#include "migrations/rule.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace sluice::migrations {

/// "Locks that the change takes": every lock that keeps somebody from a table in use, in the order in which they are
/// taken, whether a rule objects to it or not. The first 200 of them; nothing if there are none.
[[nodiscard]] std::optional<Section> lock_section(std::span<const JudgedFile> files);

}  // namespace sluice::migrations
