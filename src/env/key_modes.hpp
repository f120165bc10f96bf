// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sluice::env {

/// For which of a provider's two worlds a key, a host or a switch is.
enum class KeyMode { unsaid, test, live };

/// By what the value is made like, or of a switch (PAYPAL_MODE) by what it says.
[[nodiscard]] KeyMode key_mode(std::string_view name, std::string_view value);

}  // namespace sluice::env
