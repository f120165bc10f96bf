// SPDX-License-Identifier: Apache-2.0
//
// What a gate answers besides judging: help, version, commands, explanations.
#include "base/path.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "support/git_fixture.hpp"
#include "unit/cli/fake_gate.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using test::Ran;
using test::run;
using test::text_of;

TEST_CASE("help and version judge nothing")
{
  const TemporaryDirectory directory = TemporaryDirectory::create().value();
  CHECK(run(directory.path(), {"--help"}).out.starts_with("sluice-secrets: Is it?\n"));
  CHECK(run(directory.path(), {"--version"}).out.starts_with("sluice-secrets "));
}

TEST_CASE("a gate's commands have arguments, options, help and statuses")
{
  const test::GitFixture repository;
  const auto& at = repository.path();
  const Ran said = run(at, {"say", "it", "--twice", "a", "--outcome=b"});
  CHECK(said.status == 3);
  CHECK(said.out == "ab\nab\n");
  CHECK(run(at, {"say", "it"}).err == "sluice-secrets say it: say it needs WORD; see --help\n");
  CHECK(run(at, {"say", "it", "a", "b"}).status == 2);
  CHECK(run(at, {"say", "it", "fail"}).status == 2);
  CHECK(run(at, {"say", "it", "--help"}).out.starts_with("Usage: sluice-secrets say it [OPTION …] WORD\n"));
  CHECK(run(at, {"say", "it", "--twic", "a"}).err.find("did you mean --twice?") != std::string::npos);
  const Ran judged = run(at, {"judge", "--format", "oneline"});
  CHECK(judged.status == 1);
  CHECK(judged.out.find("a leak") != std::string::npos);
  CHECK(run(at, {"--help"}).out.find("  say it WORD") != std::string::npos);
}

TEST_CASE("rules are explained by the gate that has them")
{
  const test::GitFixture repository;
  const Ran told = run(repository.path(), {"explain", "json-web-token"});
  CHECK(told.status == 0);
  CHECK(told.out.starts_with("json-web-token: A leak\n"));
  CHECK(run(repository.path(), {"explain"}).out.find("A newer leak (preview)") != std::string::npos);
  CHECK(run(repository.path(), {"explain", "json-web-tokn"}).err.find("did you mean json-web-token?")
        != std::string::npos);
}

TEST_CASE("lists of rules and commands keep to the width")
{
  const test::GitFixture repository;
  const auto widest = [](const std::string& text) {
    std::size_t columns = 0;
    for (const std::string_view line : lines_of(text)) {
      columns = std::max(columns, display_width(line));
    }
    return columns;
  };
  for (const unsigned width : {40U, 60U, 80U, 120U}) {
    CAPTURE(width);
    const std::string rules = run(repository.path(), {"explain"}, {}, width).out;
    CHECK(widest(rules) <= width);
    CHECK((rules.find("\n    A newer leak (preview)") != std::string::npos) == (width <= 60));
    const std::string help = run(repository.path(), {"--help"}, {}, width).out;
    CHECK(widest(help.substr(help.find("\nCommands:\n"))) <= width);
  }
}
