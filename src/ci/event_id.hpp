// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace sluice::ci {

/// An object id that came from outside: 40 or 64 hexadecimal digits, or nothing. Only zeros, which is how platforms
/// spell "none", become empty. Anything else ("--upload-pack=…") is an error (ErrorKind::environment) that names
/// `source`, not the value.
[[nodiscard]] Result<std::string> event_id(std::string_view source, std::string_view value);

}  // namespace sluice::ci
