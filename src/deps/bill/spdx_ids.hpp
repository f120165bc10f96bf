// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sluice::deps {

/// As the SPDX licence list spells it, whatever the case of the letters; empty if the list does not have it.
[[nodiscard]] std::string_view spdx_licence_id(std::string_view text);
[[nodiscard]] std::string_view spdx_exception_id(std::string_view text);

}  // namespace sluice::deps
