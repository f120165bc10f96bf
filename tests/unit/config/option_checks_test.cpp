// SPDX-License-Identifier: Apache-2.0
#include "config/layers.hpp"
#include "config/option_checks.hpp"
#include "support/every_option.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;

namespace {

/// A tool that is alone, or one of two that have the same options.
struct Fixture
{
  std::string common;
  test::EveryOption env, other;
  OptionTable table;
  Layers layers;

  explicit Fixture(std::initializer_list<std::string_view> tools)
  {
    table.text(common, {.key = "baseline", .value = "FILE", .help = "Common."});
    for (const std::string_view tool : tools) {
      table.begin_section(tool);
      describe(tool == "env" ? env : other, table);
    }
    layers.file.name = "f.yml";
    layers.styles = {{"SLUICE_", VariableStyle::Hyphen::underscore}};
  }

  std::string
  refuse(const ValuePath& path)
  {
    const auto applied = apply_layers(table, layers);
    REQUIRE_MESSAGE(applied, applied.error().message);
    OptionChecks checks(table, "env");
    checks.refuse(path, "is odd");
    REQUIRE(checks.problems().size() == 1);
    return checks.problems()[0];
  }
};

}  // namespace

TEST_CASE("a refused value is told with the place where it came from")
{
  Fixture f{"env"};
  CHECK(f.refuse("text") == "\"text\" is odd");
  f.layers.file.text = "baseline: b\nenv: {text: x}\n";
  CHECK(f.refuse("text") == "f.yml:2:13: \"text\" is odd");
  CHECK(f.refuse("baseline") == "f.yml:1:11: \"baseline\" is odd");
  f.layers.environment = {{"SLUICE_TEXT", "x"}};
  CHECK(f.refuse("text") == "SLUICE_TEXT: \"text\" is odd");
  f.layers.flags = {{"env.text", "x"}};
  CHECK(f.refuse("text") == "--env.text: \"text\" is odd");
}

TEST_CASE("of several tools' options the checker's own are meant")
{
  Fixture f{"other", "env"};
  f.layers.file.text = "other: {text: x}\nenv: {text: y}\n";
  CHECK(f.refuse("text") == "f.yml:2:13: \"env.text\" is odd");
  CHECK(f.refuse("baseline") == "\"baseline\" is odd");
}

TEST_CASE("a value inside records has a name and a place")
{
  Fixture f{"env"};
  f.layers.file.text = "env:\n"
                       "  list: [a, b]\n"
                       "  text-map: {x: 1}\n"
                       "  record-map:\n"
                       "    staging:\n"
                       "      phase: build\n"
                       "      owners: [{name: ann}, {name: bob}]\n";
  const std::string name = "staging";
  const std::size_t second = 1;
  CHECK(f.refuse({"list", second}) == "f.yml:2:13: \"list[1]\" is odd");
  CHECK(f.refuse({"text-map", "x"}) == "f.yml:3:17: \"text-map.x\" is odd");
  CHECK(f.refuse({"record-map", name}) == "f.yml:5:5: \"record-map.staging\" is odd");
  CHECK(f.refuse({"record-map", name, "phase"}) == "f.yml:6:14: \"record-map.staging.phase\" is odd");
  CHECK(f.refuse({"record-map", name, "owners", second, "name"})
        == "f.yml:7:36: \"record-map.staging.owners[1].name\" is odd");
}

TEST_CASE("a value that was not written has the place of what it would stand in")
{
  Fixture f{"env"};
  f.layers.file.text = "env:\n  record-map:\n    staging:\n      phase: build\n";
  CHECK(f.refuse({"record-map", "staging", "soak", "time"}) == "f.yml:3:5: \"record-map.staging.soak.time\" is odd");
  CHECK(f.refuse({"record-map", "production"}) == "f.yml:2:3: \"record-map.production\" is odd");
}

TEST_CASE("a flag over a list forgets where the file had its items")
{
  Fixture f{"env"};
  f.layers.file.text = "env: {list: [a, b]}\n";
  f.layers.flags = {{"list", "c"}};
  CHECK(f.refuse({"list", std::size_t{0}}) == "--list: \"list[0]\" is odd");
}
