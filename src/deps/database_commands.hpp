// SPDX-License-Identifier: Apache-2.0
//
// What can be done with a database beside judging by it.
#pragma once

#include "gate/command.hpp"

namespace sluice::deps {

/// `db import PATH…`.
[[nodiscard]] Result<gate::CommandOutcome> import_database(const gate::NoOptions& options,
                                                           const gate::CommandInput& input);

/// `db info`.
[[nodiscard]] Result<gate::CommandOutcome> describe_database(const gate::NoOptions& options,
                                                             const gate::CommandInput& input);

/// `query`: ecosystem, name and version a line on standard input, tabs between.
[[nodiscard]] Result<gate::CommandOutcome> query_database(const gate::NoOptions& options,
                                                          const gate::CommandInput& input);

}  // namespace sluice::deps
