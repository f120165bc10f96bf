// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice {

/// A UUID in the layout of version 5 (RFC 4122) whose 122 free bits are the first of the 64 hexadecimal digits.
[[nodiscard]] std::string uuid_of(std::string_view hex);

}  // namespace sluice
