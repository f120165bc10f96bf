// SPDX-License-Identifier: Apache-2.0
#include "support/fixture_cases.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::test {

namespace fs = std::filesystem;

std::vector<FixtureCase>
fixture_cases(const fs::path& folder)
{
  std::vector<FixtureCase> cases;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    FixtureCase found{entry.path().filename().string(), {}, entry.path() / "expected"};
    for (const auto& file : fs::directory_iterator(entry.path(), error)) {
      if (file.path().stem() == "input" || file.path().filename() == "input") {
        found.input = file.path();
      }
    }
    cases.push_back(std::move(found));
  }
  std::sort(cases.begin(), cases.end(), [](const FixtureCase& a, const FixtureCase& b) { return a.name < b.name; });
  return cases;
}

std::string
difference(std::string_view expected, std::string_view actual)
{
  if (expected == actual) {
    return {};
  }
  const std::vector<std::string_view> wanted = lines_of(expected);
  const std::vector<std::string_view> got = lines_of(actual);
  std::string text;
  for (const std::string_view line : wanted) {
    if (std::count(wanted.begin(), wanted.end(), line) > std::count(got.begin(), got.end(), line)) {
      text += "\n  missing     " + std::string(line);
    }
  }
  for (const std::string_view line : got) {
    if (std::count(got.begin(), got.end(), line) > std::count(wanted.begin(), wanted.end(), line)) {
      text += "\n  unexpected  " + std::string(line);
    }
  }
  return text.empty() ? "\n  the same lines in another order, or another ending" : text;
}

}  // namespace sluice::test
