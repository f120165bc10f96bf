// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string_view>

namespace sluice::deps {

/// Only what cannot be changed on its way. Errors (ErrorKind::usage): the address is neither https nor of this machine.
[[nodiscard]] Result<> check_server(std::string_view address);

}  // namespace sluice::deps
