// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "gate/command.hpp"

#include <string>
#include <string_view>

namespace sluice::env {

/// Holds the key with which fingerprints are made.
inline constexpr std::string_view fingerprint_key_variable = "SLUICE_FINGERPRINT_KEY";

struct FingerprintOptions
{
  std::string environment;
  bool from_process = false;
};

void describe(FingerprintOptions& options, config::OptionTable& table);

/// Prints fingerprints of the values that an environment has in its files, or that this process has. Errors
/// (ErrorKind::usage): there is no key, or one of less than 16 bytes; there is no such environment.
[[nodiscard]] Result<gate::CommandOutcome> fingerprint_command(const FingerprintOptions& options,
                                                               const gate::CommandInput& input);

}  // namespace sluice::env
