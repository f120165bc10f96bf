// SPDX-License-Identifier: Apache-2.0
#include "config/variables.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;

namespace {

constexpr VariableStyle own{"SLUICE_", VariableStyle::Hyphen::underscore};
constexpr VariableStyle github{"INPUT_", VariableStyle::Hyphen::kept};
constexpr VariableStyle drone{"PLUGIN_", VariableStyle::Hyphen::underscore};

/// Options common to all tools, and those of the tools that it is made with.
struct Fixture
{
  std::string fail_on = "low", help;
  std::map<std::string, std::string> scope, depth;
  OptionTable table;
  std::vector<VariableStyle> styles{own, github, drone};
  std::set<std::string_view> also_known{"gates", "entrypoint"};
  std::set<std::string_view> other_sections{"secrets", "migrations", "env"};
  Remarks remarks;

  explicit Fixture(std::initializer_list<std::string_view> tools)
  {
    table.text(fail_on, {.key = "fail-on", .value = "X", .help = "Common."});
    table.text(help, {.key = "help", .value = "X", .help = "Flag.", .surface = Surface::flags});
    for (const std::string_view tool : tools) {
      table.begin_section(tool);
      table.text(scope[std::string(tool)], {.key = "scope", .value = "X", .help = "Of each."});
      if (tool == "secrets") {
        table.number(numbers, 0, 9, {.key = "max-depth", .value = "N", .help = "Of one."});
      }
    }
  }

  void
  decode(const Environment& environment)
  {
    remarks = {};
    decode_variables(table, {environment, styles, also_known, other_sections}, remarks);
  }

  std::int64_t numbers = 0;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("each platform spells the same option in its own way")
{
  for (const char* variable :
       {"SLUICE_FAIL_ON", "INPUT_FAIL-ON", "PLUGIN_FAIL_ON", "INPUT_SECRETS-FAIL-ON", "SLUICE_SECRETS_FAIL_ON"}) {
    Fixture f{"secrets"};
    f.decode({{variable, "high"}});
    CHECK(f.fail_on == "high");
    CHECK(f.table.find("fail-on")->origin.place == variable);
    CHECK(f.remarks.problems.empty());
    CHECK(f.remarks.notices.empty());
  }
}

TEST_CASE("an empty variable is an absent one, also if nothing is called so")
{
  Fixture f{"secrets"};
  f.decode({{"SLUICE_FAIL_ON", ""}, {"INPUT_FAIL_ON", ""}, {"INPUT_NONSENSE", ""}});
  CHECK(f.fail_on == "low");
  CHECK(f.remarks.problems.empty());
  CHECK(f.remarks.notices.empty());
}

TEST_CASE("a variable without a tool is for every tool that has the option, one with a tool for that alone")
{
  Fixture f{"secrets", "migrations"};
  f.decode({{"SLUICE_SCOPE", "all"}});
  CHECK(f.scope["secrets"] == "all");
  CHECK(f.scope["migrations"] == "all");
  f.decode({{"INPUT_MIGRATIONS-SCOPE", "one"}});
  CHECK(f.scope["secrets"] == "all");
  CHECK(f.scope["migrations"] == "one");
  CHECK(f.table.find("scope", "secrets")->origin.place == "SLUICE_SCOPE");
  CHECK(f.table.find("scope", "migrations")->origin.place == "INPUT_MIGRATIONS-SCOPE");
}

TEST_CASE("the name with the tool wins, whatever the order and the platform")
{
  for (const char* with_tool : {"SLUICE_SECRETS_SCOPE", "INPUT_SECRETS-SCOPE", "PLUGIN_SECRETS_SCOPE"}) {
    for (const char* without : {"SLUICE_SCOPE", "INPUT_SCOPE", "PLUGIN_SCOPE"}) {
      Fixture f{"secrets", "migrations"};
      f.decode({{with_tool, "one"}, {without, "all"}});
      CHECK(f.scope["secrets"] == "one");
      CHECK(f.scope["migrations"] == "all");
    }
  }
}

TEST_CASE("what is for a tool that is not here is left alone")
{
  Fixture f{"secrets"};
  f.decode({{"SLUICE_MIGRATIONS_SCOPE", "x"},
            {"INPUT_MIGRATIONS-ANYTHING", "x"},
            {"PLUGIN_ENV_FILES", "x"},
            {"SLUICE_GATES", "secrets"},
            {"INPUT_ENTRYPOINT", "x"}});
  CHECK(f.scope["secrets"].empty());
  CHECK(f.remarks.problems.empty());
  CHECK(f.remarks.notices.empty());
}

TEST_CASE("a common option for one of several tools is left to that tool's own run")
{
  Fixture f{"secrets", "migrations"};
  f.decode({{"SLUICE_SECRETS_FAIL_ON", "high"}});
  CHECK(f.fail_on == "low");
  CHECK(f.remarks.notices.empty());
}

TEST_CASE("an unknown variable is told, and is an error only if one edit makes it a known one")
{
  Fixture f{"secrets"};
  f.decode({{"INPUT_FAIL_ON", "x"},
            {"INPUT_FIAL-ON", "x"},
            {"PLUGIN_SECRETSCOPE", "x"},
            {"SLUICE_GATE", "x"},
            {"SLUICE_HELP", "x"},
            {"SLUICE_SECRETS_MAX_DEPTHS", "x"},
            {"SLUICE_SECRETS_NONSENSE", "x"},
            {"SLUICE_VERSION", "1\n2"}});
  CHECK(f.remarks.problems
        == Texts{"SLUICE_GATE: is not an option (did you mean SLUICE_GATES?)",
                 "SLUICE_SECRETS_MAX_DEPTHS: is not an option (did you mean SLUICE_SECRETS_MAX_DEPTH?)",
                 "INPUT_FAIL_ON: is not an option (did you mean INPUT_FAIL-ON?)",
                 "INPUT_FIAL-ON: is not an option (did you mean INPUT_FAIL-ON?)"});
  CHECK(f.remarks.notices
        == Texts{"SLUICE_HELP: is not an option and does not count",
                 "SLUICE_SECRETS_NONSENSE: is not an option and does not count",
                 "SLUICE_VERSION: is not an option and does not count",
                 "PLUGIN_SECRETSCOPE: is not an option and does not count"});
}

TEST_CASE("other programs' variables do not concern us")
{
  Fixture f{"secrets"};
  f.decode({{"FAIL_ON", "x"}, {"SLUICE_", "x"}, {"GITHUB_SLUICE_FAIL_ONN", "x"}, {"SLUICES", "x"}});
  CHECK(f.remarks.problems.empty());
  CHECK(f.remarks.notices.empty());
}

TEST_CASE("a wrong value names the variable, and the option where there are several")
{
  Fixture f{"secrets"};
  f.decode({{"SLUICE_MAX_DEPTH", "many"}});
  CHECK(f.remarks.problems == Texts{"SLUICE_MAX_DEPTH: must be a whole number from 0 to 9, not \"many\""});

  std::int64_t low = 0, high = 0;
  OptionTable table;
  table.begin_section("secrets");
  table.number(low, 0, 9, {.key = "depth", .value = "N", .help = "Of one."});
  table.begin_section("migrations");
  table.number(high, 0, 99, {.key = "depth", .value = "N", .help = "Of the other."});
  Remarks remarks;
  decode_variables(table, {{{"SLUICE_DEPTH", "50"}}, f.styles, f.also_known, f.other_sections}, remarks);
  CHECK(high == 50);
  CHECK(remarks.problems == Texts{"SLUICE_DEPTH: secrets.depth must be a whole number from 0 to 9, not \"50\""});
}

TEST_CASE("an option's variable and a variable's option are each other's")
{
  constexpr VariableStyle underscored{"SLUICE_", VariableStyle::Hyphen::underscore};
  constexpr VariableStyle kept{"INPUT_", VariableStyle::Hyphen::kept};
  CHECK(variable_name("fail-on", underscored) == "SLUICE_FAIL_ON");
  CHECK(variable_name("fail-on", kept) == "INPUT_FAIL-ON");
  CHECK(option_name("SLUICE_FAIL_ON", underscored) == "fail-on");
  CHECK(option_name("INPUT_FAIL-ON", kept) == "fail-on");
}
