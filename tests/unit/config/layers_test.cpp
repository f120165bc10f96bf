// SPDX-License-Identifier: Apache-2.0
#include "config/common_options.hpp"
#include "config/layers.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;

namespace {

struct ToolOptions
{
  std::string scope = "auto";
  std::vector<std::string> exclude;
};

struct Fixture
{
  CommonOptions common;
  ToolOptions own;
  OptionTable table;
  Layers layers;

  Fixture()
  {
    describe(common, table);
    table.begin_section("secrets");
    table.text(own.scope, {.key = "scope", .value = "SCOPE", .help = "Where to look."});
    table.list(own.exclude, {.key = "exclude", .value = "GLOB", .help = "What to skip.", .trust = Trust::base_ref});
    layers.other_keys = {"gates"};
    layers.other_sections = {"secrets", "migrations"};
    layers.file.name = ".sluice.yml";
    layers.styles = {{"INPUT_", VariableStyle::Hyphen::kept}};
  }

  Result<std::vector<std::string>>
  apply()
  {
    return apply_layers(table, layers);
  }
  std::string
  error()
  {
    return apply().error().message;
  }
};

}  // namespace

TEST_CASE("built-in < file < environment < flag, each with its origin")
{
  Fixture f;
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::low);
  f.layers.file.text = "fail-on: medium\n";
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::medium);
  CHECK(f.table.find("fail-on")->origin.place == ".sluice.yml:1:10");
  f.layers.environment = {{"INPUT_FAIL-ON", "high"}};
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::high);
  CHECK(f.table.find("fail-on")->origin.place == "INPUT_FAIL-ON");
  f.layers.flags = {{"fail-on", "critical"}};
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::critical);
  CHECK(f.table.find("fail-on")->origin.layer == Layer::flag);
}

TEST_CASE("a tool's section overrides the top of the file")
{
  Fixture f;
  f.layers.file.text =
      "fail-on: medium\nsecrets:\n  fail-on: high\n  exclude: ['a/**', b]\nmigrations:\n  nonsense: 1\n";
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::high);
  CHECK(f.own.exclude == std::vector<std::string>{"a/**", "b"});
}

TEST_CASE("every defect is told at once, with its place and a suggestion")
{
  Fixture f;
  f.layers.file.text = "fail_on: high\n"
                       "fail-on: hgh\n"
                       "scope: range\n"
                       "repo: /etc\n"
                       "secrets:\n"
                       "  scop: range\n"
                       "  exclude: {a: b}\n"
                       "allow:\n"
                       "  - rule: x\n"
                       "    expires: tomorrow\n";
  CHECK(f.error()
        == ".sluice.yml:1:1: \"fail_on\" is not an option (did you mean fail-on?)\n"
           ".sluice.yml:2:10: \"fail-on\" must be one of none, low, medium, high, critical, not \"hgh\" (did you mean "
           "high?)\n"
           ".sluice.yml:3:1: \"scope\" belongs under \"secrets:\"\n"
           ".sluice.yml:4:1: \"repo\" can only be set by a flag or the environment\n"
           ".sluice.yml:10:14: \"expires\" must be a day as YYYY-MM-DD, not \"tomorrow\"\n"
           ".sluice.yml:9:5: this entry needs \"reason\": Why this is acceptable.\n"
           ".sluice.yml:6:3: \"scop\" is not an option (did you mean scope?)\n"
           ".sluice.yml:7:12: \"exclude\" must be a list, not a mapping");
}

TEST_CASE("more defects than anybody reads are counted")
{
  Fixture f;
  f.layers.file.text = "";
  for (int i = 0; i < 1200; ++i) {
    *f.layers.file.text += fmt::format("unknown-{}: 1\n", i);
  }
  const std::string message = f.error();
  CHECK(message.find("unknown-99\"") != std::string::npos);
  CHECK(message.find("unknown-100\"") == std::string::npos);
  CHECK(message.ends_with("\nand 1,100 more"));
}

TEST_CASE("flags of a list and of a map add up, those of a single value replace each other")
{
  Fixture f;
  f.layers.flags = {{"exclude", "a,b"},     {"exclude", "c"},    {"severity", "x=low,y=high"},
                    {"severity", "z=info"}, {"fail-on", "high"}, {"fail-on", "critical"}};
  REQUIRE(f.apply());
  CHECK(f.own.exclude == std::vector<std::string>{"a,b", "c"});
  CHECK(f.common.severity.size() == 3);
  CHECK(f.common.fail_on == FailOn::critical);
}

TEST_CASE("defects of flags alone are a wrong command line")
{
  Fixture f;
  f.layers.flags = {{"fail-on", "hgh"}, {"threads", "many"}};
  CHECK(f.apply().error().kind == ErrorKind::usage);
  CHECK(f.error()
        == "--fail-on: must be one of none, low, medium, high, critical, not \"hgh\" (did you mean high?)\n"
           "--threads: must be a whole number from 0 to 1024, not \"many\"");
  f.layers.flags = {{"severity", "x=bad"}, {"severity", "y=low"}};
  CHECK(f.error() == "--severity: must be one of info, low, medium, high, critical, not \"bad\"");
  f.layers.file.text = "fail_on: 1\n";
  CHECK(f.apply().error().kind == ErrorKind::config);
}

TEST_CASE("a change's own file cannot weaken the gate that judges it")
{
  Fixture f;
  f.layers.file.text = "fail-on: none\nsecrets:\n  exclude: ['**']\n  scope: staged\n";
  f.layers.base_file = ConfigFile{".sluice.yml (of main)", "fail-on: high\n"};
  f.layers.which = Layers::Which::base;
  const auto notices = f.apply();
  REQUIRE(notices);
  CHECK(f.common.fail_on == FailOn::high);
  CHECK(f.own.exclude.empty());
  CHECK(f.own.scope == "staged");
  REQUIRE(notices->size() == 2);
  CHECK((*notices)[0]
        == ".sluice.yml:1:1: \"fail-on\" in a change's own configuration does not count; .sluice.yml (of main) does");
}

TEST_CASE("on a laptop the own file counts, and what a request would be judged by is told")
{
  Fixture f;
  f.layers.file.text = "fail-on: none\ndisable: [a]\nsecrets:\n  exclude: ['**']\n  scope: staged\n";
  f.layers.base_file = ConfigFile{".sluice.yml (of main)", "disable: ['a']\nsecrets: {exclude: [x]}\n"};
  const auto notices = f.apply();
  REQUIRE(notices);
  CHECK(f.common.fail_on == FailOn::none);
  CHECK(f.own.exclude.size() == 1);
  REQUIRE(notices->size() == 2);
  CHECK((*notices)[0]
        == ".sluice.yml:1:1: \"fail-on\" counts here; a request would be judged by .sluice.yml (of main)");
  CHECK((*notices)[1].starts_with(".sluice.yml:4:3: \"exclude\" counts here"));
  f.layers.base_file->text = f.layers.file.text;
  CHECK(f.apply().value().empty());
}

TEST_CASE("a base branch without a file means the built-in values")
{
  Fixture f;
  f.layers.file.text = "fail-on: none\n";
  f.layers.base_file = ConfigFile{"base", std::nullopt};
  f.layers.which = Layers::Which::base;
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::low);
  f.layers.base_file.reset();
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::low);
}

TEST_CASE("suppressions carry the place where they stand")
{
  Fixture f;
  f.layers.file.text = "allow:\n  - rule: x\n    reason: y\n    expires: 2030-01-01\n";
  REQUIRE(f.apply());
  REQUIRE(f.common.allow.size() == 1);
  CHECK(f.common.allow[0].origin == ".sluice.yml:2:5");
}

TEST_CASE("operator layers see no file and keep their defects for later")
{
  Fixture f;
  f.layers.file.text = "fail-on: medium\n";
  f.layers.environment = {{"INPUT_FAIL-ON", "hgh"}, {"INPUT_BASE", "main"}};
  f.layers.flags = {{"repo", "/elsewhere"}};
  apply_operator_layers(f.table, f.layers);
  CHECK(f.common.fail_on == FailOn::low);
  CHECK(f.common.base == "main");
  CHECK(f.common.repo == "/elsewhere");
}
