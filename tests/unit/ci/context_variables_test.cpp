// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "ci/ci_context.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

using namespace sluice;

TEST_CASE("every variable that src/ci reads is one that children of `sluice check` are given")
{
  const std::regex variable(R"re("((GITHUB|CI|GITLAB|DRONE|WOODPECKER|RUNNER|ACT|GITEA|FORGEJO)(_[A-Z_]+)?)")re");
  const auto names = ci::context_variables();
  CHECK(std::is_sorted(names.begin(), names.end()));
  for (const auto& entry : std::filesystem::directory_iterator(test::source_directory() / "src/ci")) {
    const std::string text = read_file(entry.path()).value();
    for (std::sregex_iterator match(text.begin(), text.end(), variable), end; match != end; ++match) {
      const std::string name = (*match)[1];
      CHECK_MESSAGE(std::find(names.begin(), names.end(), name) != names.end(), name);
    }
  }
}
