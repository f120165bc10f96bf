// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "gate/file_tree.hpp"
#include "gate/rule_set.hpp"
#include "secrets/starter.hpp"

#include <doctest/doctest.h>

using namespace sluice;

TEST_CASE("the example of an accepted finding names a rule of this gate")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  const std::string text = secrets::starter(gate::DiskTree(directory.path()));
  CHECK(text.starts_with("secrets:\n"));
  std::size_t named = 0;
  for (const std::string_view line : lines_of(text)) {
    constexpr std::string_view key = "- rule: ";
    if (const std::size_t at = line.find(key); at != std::string_view::npos) {
      CHECK(gate::tool_of_rule(line.substr(at + key.size())) == "secrets");
      ++named;
    }
  }
  CHECK(named == 1);
}
