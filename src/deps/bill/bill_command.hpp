// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "gate/command.hpp"

#include <array>
#include <string>
#include <string_view>

namespace sluice::deps {

struct BillOptions
{
  std::string name;  ///< of what it is a bill of; empty: the repository's
};

void describe(BillOptions& options, config::OptionTable& table);

inline constexpr std::array<std::string_view, 2> bill_formats{"cyclonedx", "spdx"};

/// `sbom [FILE…]`.
[[nodiscard]] Result<gate::CommandOutcome> print_bill(const BillOptions& options, const gate::CommandInput& input);

}  // namespace sluice::deps
