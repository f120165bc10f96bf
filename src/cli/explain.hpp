// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gate/command.hpp"

#include <span>
#include <string>

namespace sluice::cli {

/// The documentation of rules, or the list of all, for a terminal of `width` columns. Error (ErrorKind::usage): an id
/// that no gate has, with a did-you-mean.
[[nodiscard]] Result<gate::CommandOutcome> explain(std::span<const RuleMeta* const> rules,
                                                   std::span<const std::string> ids, std::size_t width);

}  // namespace sluice::cli
