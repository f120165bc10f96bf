// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "ci/ci_context.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

using namespace sluice;

namespace {

/// Whether a literal of the sources is the name of a platform's variable.
bool
is_variable(std::string_view text)
{
  constexpr std::array<std::string_view, 5> single_words{"ACT", "CI", "CIRCLECI", "DRONE", "WORKSPACE"};
  const bool has_words = text.find('_') != std::string_view::npos && text.front() != '_';
  return (has_words && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos)
         || std::find(single_words.begin(), single_words.end(), text) != single_words.end();
}

}  // namespace

TEST_CASE("every variable that src/ci reads is one that children of `sluice check` are given")
{
  const auto names = ci::context_variables();
  CHECK(std::is_sorted(names.begin(), names.end()));
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_directory() / "src/ci")) {
    const std::string text = read_file(entry.path()).value();
    const auto pieces = split(text, '"');
    for (const std::string_view piece : pieces) {
      if (is_variable(piece)) {
        ++found;
        CHECK_MESSAGE(std::find(names.begin(), names.end(), piece) != names.end(), piece);
      }
    }
  }
  CHECK(found > names.size());
}
