// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/entries.hpp"

#include <string_view>

namespace sluice::env {

/// Replaces references as compose-go's template package does: `$$`, `$NAME`, `${NAME}` and the braces with `:-`, `-`,
/// `:+`, `+`, `:?` and `?`, defaults again with references in them. The environment comes before the file. What begins
/// with `${` and is none of these is refused.
[[nodiscard]] Expansion expand_compose(std::string_view value, const Entries& entries);

}  // namespace sluice::env
