// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace sluice::cli {

/// Of the whole product; CMakeLists.txt holds it.
inline constexpr std::string_view version = SLUICE_VERSION;

}  // namespace sluice::cli
