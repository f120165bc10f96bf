// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace sluice::test {

/// Empty if the texts are equal, else the lines that are missing and unexpected, each with a mark, as far as a person
/// wants to read them.
[[nodiscard]] std::string difference(std::string_view expected, std::string_view actual);

}  // namespace sluice::test
