// SPDX-License-Identifier: Apache-2.0
#include "config/option_table.hpp"
#include "support/every_option.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;
using namespace std::chrono_literals;

namespace {

struct Fixture
{
  test::EveryOption values;
  OptionTable table;

  Fixture() { describe(values, table); }

  std::string
  error(std::string_view key, std::string_view value)
  {
    const auto result = table.find(key)->set(value);
    return result ? std::string("(none)") : result.error().message;
  }
};

/// Two tools that share a key, each with one of its own.
struct TwoTools
{
  std::string common, scope[2], own[2];
  OptionTable table;

  TwoTools()
  {
    table.text(common, {.key = "fail-on", .value = "X", .help = "Common."});
    table.begin_section("secrets");
    table.text(scope[0], {.key = "scope", .value = "X", .help = "Shared."});
    table.text(own[0], {.key = "depth", .value = "X", .help = "Own."});
    table.begin_section("migrations");
    table.text(scope[1], {.key = "scope", .value = "X", .help = "Shared."});
    table.text(own[1], {.key = "framework", .value = "X", .help = "Own."});
    table.begin_section("none-of-its-own");
    table.begin_section("");
  }

  std::vector<std::string>
  named(std::string_view name)
  {
    std::vector<std::string> names;
    for (const Option* option : table.named(name)) {
      names.push_back(option->full_name());
    }
    return names;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("every kind reads a value as a flag or a variable gives it")
{
  Fixture f;
  const std::vector<std::pair<std::string_view, std::string_view>> given{{"toggle", "yes"},
                                                                         {"text", "a b"},
                                                                         {"date", "2030-01-31"},
                                                                         {"one-of", "blue"},
                                                                         {"choice", "runtime"},
                                                                         {"number", "9"},
                                                                         {"real", "0.25"},
                                                                         {"duration", "1h30m"},
                                                                         {"list", "a, b"},
                                                                         {"paths", "x"},
                                                                         {"choice-map", "a=build,b=runtime"},
                                                                         {"text-map", "a=1\nb=2,3"}};
  for (const auto& one : given) {
    CAPTURE(one.first);
    REQUIRE(f.table.find(one.first)->set(one.second).has_value());
  }
  CHECK(f.values.toggle);
  CHECK(f.values.one_of == "blue");
  CHECK(f.values.choice == test::Phase::runtime);
  CHECK(f.values.real == doctest::Approx(0.25));
  CHECK(f.values.duration == 90min);
  CHECK(f.values.list == Names{"a", "b"});
  CHECK(f.values.choice_map.at("b") == test::Phase::runtime);
  CHECK(f.values.text_map == std::map<std::string, std::string>{{"a", "1"}, {"b", "2,3"}});
  CHECK(f.table.find("duration")->text() == "1h30m");
  CHECK(f.table.find("text-map")->text() == "a=1, b=2,3");
}

TEST_CASE("what a value cannot be is told without naming the option")
{
  Fixture f;
  CHECK(f.error("duration", "31d") == "must be a duration from 0s to 30d, such as 90s, 15m or 1h30m, not \"31d\"");
  CHECK(f.error("text-map", "a") == "must be NAME=VALUE items, not \"a\"");
  CHECK(f.error("choice-map", "a=bild") == "must be one of build, runtime, not \"bild\" (did you mean build?)");
  CHECK(f.error("one-of", "auto") == "must be one of red, blue, not \"auto\"");
  for (const char* key : {"record", "records", "record-map"}) {
    CHECK(f.error(key, "a=b") == "can only be written in a configuration file");
  }
}

TEST_CASE("reset brings back the built-in value of every kind")
{
  test::EveryOption values;
  values.choice_map = {{"a", test::Phase::runtime}};
  values.records = {{.name = "first", .origin = {}, .mails = {}}};
  values.record_map["staging"].phase = test::Phase::runtime;
  values.record.ratio = 0.25;
  OptionTable table;
  describe(values, table);
  for (Option& option : table.options()) {
    if (!holds_records(option.kind)) {
      // No text suits all kinds; a map or a list is emptied.
      (void)(holds_items(option.kind) ? option.set_items({}) : option.set("1"));
    } else {
      option.records.add("x", "here", [](std::string_view, OptionTable&) {});
      option.records.clear();
    }
    option.reset();
    CAPTURE(option.spec.key);
    CHECK(option.text() == option.built_in);
  }
  CHECK(values.one_of == "auto");
  CHECK(values.choice_map.at("a") == test::Phase::runtime);
  CHECK(values.records.at(0).name == "first");
  CHECK(values.record_map.at("staging").phase == test::Phase::runtime);
  CHECK(values.record.ratio == doctest::Approx(0.25));
}

TEST_CASE("options are found by key and section")
{
  TwoTools tools;
  CHECK(tools.table.find("scope") == nullptr);
  CHECK(tools.table.find("scope", "secrets")->full_name() == "secrets.scope");
  CHECK(tools.table.find("framework", "secrets") == nullptr);
  CHECK(tools.table.find("fail-on", "secrets") == nullptr);
  CHECK(tools.table.find("fail-on")->full_name() == "fail-on");
  CHECK(tools.table.sections().size() == 3);
}

TEST_CASE("a name with its tool means one option, a name without all that are called so")
{
  TwoTools tools;
  CHECK(tools.named("scope") == Names{"secrets.scope", "migrations.scope"});
  CHECK(tools.named("migrations.scope") == Names{"migrations.scope"});
  CHECK(tools.named("fail-on") == Names{"fail-on"});
  CHECK(tools.named("secrets.fail-on").empty());
  CHECK(tools.named("secrets.framework").empty());
}

TEST_CASE("where one tool is alone its name may stand before a common option too")
{
  std::string common, scope;
  OptionTable table;
  table.text(common, {.key = "fail-on", .value = "X", .help = "Common."});
  table.begin_section("secrets");
  table.text(scope, {.key = "scope", .value = "X", .help = "Own."});
  CHECK(table.named("secrets.fail-on") == std::vector<Option*>{table.find("fail-on")});
  CHECK(table.named("migrations.fail-on").empty());
  CHECK(table.shown_name(*table.find("scope", "secrets")) == "scope");
}

TEST_CASE("a record describes itself without one being there")
{
  Fixture f;
  OptionTable stage;
  f.table.find("record-map")->records.describe_one(stage);
  CHECK(stage.find("phase")->required);
  OptionTable owner;
  stage.find("owners")->records.describe_one(owner);
  CHECK(owner.keys() == std::vector<std::string_view>{"name", "mails"});
}
