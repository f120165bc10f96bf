// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"

#include <string>

namespace sluice::config {

/// "name = value  # origin", one option per line and one line for each value of a record that is not its built-in one:
/// what --show-config prints.
[[nodiscard]] std::string show_config(const OptionTable& table);

}  // namespace sluice::config
