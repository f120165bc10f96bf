// SPDX-License-Identifier: Apache-2.0
#include "deps/import_scan.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice::deps;

TEST_CASE("imports are found by their texts")
{
  const auto sites = find_imports("import a from \"npm:a@1\"\n// from \"npm:no\"\nawait import('npm:b@2')\n"
                                  "const text = \"from 'npm:no'\"\nexport * from 'npm:\\\"c'\n");
  REQUIRE(sites.size() == 3);
  CHECK(sites[0].specifier == "npm:a@1");
  CHECK(sites[0].line == 1);
  CHECK(sites[1].specifier == "npm:b@2");
  CHECK(sites[1].line == 3);
  CHECK(sites[2].specifier == "npm:\\\"c");
}

TEST_CASE("a quote that does not close on its line ends nothing, and neither do those behind it")
{
  // Looked through once for each quote, this would take a minute.
  std::string text = "\"";
  for (int i = 0; i < 400'000; ++i) {
    text += i % 2 == 0 ? "\\\"" : "\\'";
  }
  text += "\nimport \"npm:a@1\"\nlet b = 'it\\'s\nimport 'npm:b@1'\n";
  const auto sites = find_imports(text);
  REQUIRE(sites.size() == 2);
  CHECK(sites[0].specifier == "npm:a@1");
  CHECK(sites[0].line == 2);
  CHECK(sites[1].specifier == "npm:b@1");
}
