// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sluice {

/// What a gzip file (RFC 1952), of one member or several, holds. Errors (ErrorKind::input): it is none, is damaged or
/// cut off, or holds more than `max_bytes`.
[[nodiscard]] Result<std::string> gunzip(std::string_view packed, std::uint64_t max_bytes);

/// The same piece by piece, so that no more than one is in memory. An error of `sink` ends it and is returned.
[[nodiscard]] Result<> gunzip_to(std::string_view packed, std::uint64_t max_bytes,
                                 const std::function<Result<>(std::string_view piece)>& sink);

}  // namespace sluice
