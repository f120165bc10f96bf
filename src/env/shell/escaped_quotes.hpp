// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::env::shell {

/// What bash makes of the text inside of `$'…'`.
[[nodiscard]] std::string unescaped_quotes(std::string_view text);

}  // namespace sluice::env::shell
