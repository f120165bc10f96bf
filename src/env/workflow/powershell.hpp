// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/language.hpp"
#include "env/script/telling.hpp"

#include <string_view>

namespace sluice::env {

/// `$env:NAME` in a script for PowerShell, and `$env:NAME = …`, which gives it.
void look_at_powershell(std::string_view text, const script::Lines& lines, Sightings& seen);

}  // namespace sluice::env
