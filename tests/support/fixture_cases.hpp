// SPDX-License-Identifier: Apache-2.0
//
// fixtures/<gate>/<kind>/<id>/<case>/{input*, expected}: every case of every thing of every kind, one comparer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

struct FixtureCase
{
  std::string name;                ///< of its directory
  std::filesystem::path input;     ///< a file called input.*, or a directory called input; empty if there is none
  std::filesystem::path expected;  ///< may be absent
};

/// The cases of a thing, by name.
[[nodiscard]] std::vector<FixtureCase> fixture_cases(const std::filesystem::path& folder);

/// Empty if the texts are equal, else the lines that are missing and unexpected, each with a mark.
[[nodiscard]] std::string difference(std::string_view expected, std::string_view actual);

}  // namespace sluice::test
