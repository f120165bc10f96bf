// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/code/otherwise.hpp"

namespace sluice::env::code {

/// What a read comes to that stands from `begin` to before `behind`, where it is asked whether it is set:
/// `if (!X) throw`, `isset(X)`, `if let Ok(x) = X`. Nothing if it is not asked.
[[nodiscard]] std::optional<Otherwise> question(std::span<const Token> tokens, std::size_t begin, std::size_t behind);

}  // namespace sluice::env::code
