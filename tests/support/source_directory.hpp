// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace sluice::test {

/// Where the checkout of this project is. A function, and not a macro for every unit, so that object files are the same
/// in every checkout.
[[nodiscard]] std::filesystem::path source_directory();

}  // namespace sluice::test
