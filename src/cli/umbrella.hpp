// SPDX-License-Identifier: Apache-2.0
//
// How `sluice` speaks with the gates, none of which it links: each is an executable that lies beside it.
#pragma once

#include "base/process.hpp"
#include "cli/invocation.hpp"
#include "gate/gate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::cli {

/// The path of a gate's executable.
[[nodiscard]] std::string executable_of(std::string_view gate, const Invocation& invocation);

/// What the gate's executable prints for these arguments, run where we run. Error: it cannot be run, or its own if it
/// ends with another status than 0.
[[nodiscard]] Result<std::string> ask_gate(std::string_view gate, std::vector<std::string> arguments,
                                           const Invocation& invocation);

}  // namespace sluice::cli
