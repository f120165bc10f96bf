// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

/// What a gzip file (RFC 1952), of one member or several, holds. Errors (ErrorKind::input): it is none, is damaged or
/// cut off, or holds more than `max_bytes`.
[[nodiscard]] Result<std::string> gunzip(std::string_view packed, std::uint64_t max_bytes);

}  // namespace sluice
