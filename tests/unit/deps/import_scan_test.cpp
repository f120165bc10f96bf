// SPDX-License-Identifier: Apache-2.0
#include "deps/import_scan.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice::deps;

TEST_CASE("imports are found by their texts")
{
  const auto sites = find_imports("import a from \"npm:a@1\"\n// from \"npm:no\"\nawait import('npm:b@2')\n"
                                  "const text = \"from 'npm:no'\"\nexport * from 'npm:\\\"c'\n");
  REQUIRE(sites.size() == 4);
  CHECK(sites[0].specifier == "npm:a@1");
  CHECK(sites[0].line == 1);
  CHECK(sites[1].specifier == "npm:b@2");
  CHECK(sites[1].line == 3);
  CHECK(sites[2].specifier == "npm:\\\"c");
  CHECK(sites[2].is_sure);
  CHECK(sites[3].specifier == "npm:no");
  CHECK(sites[3].line == 4);
  CHECK_FALSE(sites[3].is_sure);
}

TEST_CASE("a template without expressions is a text, and what hides behind a regular expression is found")
{
  const auto sites =
      find_imports("await import(`npm:a@1`)\nconst r = /\"/; import(\"npm:b@1\")\n"
                   "const s = /[/*]/; import('npm:c@1'); /* */\nconst t = `${`\"`}`; import(\"jsr:@d/e\")\n");
  REQUIRE(sites.size() == 4);
  CHECK(sites[0].specifier == "npm:a@1");
  CHECK(sites[0].is_sure);
  CHECK(sites[1].specifier == "npm:b@1");
  CHECK(sites[1].line == 2);
  CHECK(sites[2].specifier == "npm:c@1");
  CHECK(sites[2].line == 3);
  CHECK(sites[3].specifier == "jsr:@d/e");
  CHECK(sites[3].line == 4);
}

TEST_CASE("what surely is a comment imports nothing, and what only looks like one may")
{
  CHECK(find_imports("// import \"npm:a@1\"\n  /* from 'npm:b@1'\n * from 'npm:c@1' */\n").empty());
  CHECK(find_imports("`\n// ${import(\"npm:a@1\")}`").size() == 1);
  CHECK(find_imports("/*\n// */ import(\"npm:a@1\")").size() == 1);
  CHECK(find_imports("const r = /[//]/; import(\"npm:a@1\")").size() == 1);
  CHECK(find_imports("const to = 'npm:'").empty());
  CHECK(find_imports("const to = 'https://esm.sh/a@1'").size() == 1);
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
