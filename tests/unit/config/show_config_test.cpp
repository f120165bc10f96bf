// SPDX-License-Identifier: Apache-2.0
#include "config/common_options.hpp"
#include "config/layers.hpp"
#include "config/show_config.hpp"
#include "support/every_option.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;

namespace {

struct Fixture
{
  CommonOptions common;
  test::EveryOption own;
  OptionTable table;
  Layers layers;

  Fixture()
  {
    describe(common, table);
    table.begin_section("env");
    describe(own, table);
    layers.file.name = ".sluice.yml";
    layers.styles = {{"SLUICE_", VariableStyle::Hyphen::underscore}};
  }

  std::string
  show()
  {
    const auto applied = apply_layers(table, layers);
    REQUIRE_MESSAGE(applied, applied.error().message);
    return show_config(table);
  }
};

/// The lines of an option and of what is inside it, without what aligns the origins.
std::string
lines_of(const std::string& text, std::string_view option)
{
  std::string found;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    std::string line = text.substr(at, text.find('\n', at) - at);
    if (line.starts_with(option)) {
      const std::size_t gap = line.find("  ");
      found += gap == std::string::npos ? line : line.substr(0, gap) + line.substr(line.find(" #"));
      found += "\n";
    }
  }
  return found;
}

}  // namespace

TEST_CASE("every option but pure flags is shown with its value and origin")
{
  Fixture f;
  f.layers.file.text = "fail-on: medium\nenv: {duration: 5400}\n";
  f.layers.environment = {{"SLUICE_ENV_TEXT_MAP", "a=1,b=2"}};
  f.layers.flags = {{"env.list", "x"}};
  const std::string text = f.show();
  CHECK(text.find("fail-on = medium                         # .sluice.yml:1:10\n") != std::string::npos);
  CHECK(text.find("env.duration = 1h30m                     # .sluice.yml:2:17\n") != std::string::npos);
  CHECK(text.find("env.text-map = a=1, b=2                  # SLUICE_ENV_TEXT_MAP\n") != std::string::npos);
  CHECK(text.find("env.list = x                             # --env.list\n") != std::string::npos);
  CHECK(text.find("env.text = plain                         # built in\n") != std::string::npos);
  CHECK(text.find("show-config") == std::string::npos);
}

TEST_CASE("records are shown one value a line, with the place of each")
{
  Fixture f;
  f.layers.file.text = "allow:\n"
                       "  - {rule: x, reason: y, expires: 2030-01-01}\n"
                       "env:\n"
                       "  record-map:\n"
                       "    production: {phase: build}\n"
                       "    staging:\n"
                       "      phase: runtime\n"
                       "      soak: {time: 2h}\n"
                       "      owners: [{name: ann}, {name: bob, mails: [a, b]}]\n";
  const std::string text = f.show();
  CHECK(lines_of(text, "allow")
        == "allow[0].rule = x # .sluice.yml:2:12\n"
           "allow[0].reason = y # .sluice.yml:2:23\n"
           "allow[0].expires = 2030-01-01 # .sluice.yml:2:35\n");
  CHECK(lines_of(text, "env.record-map")
        == "env.record-map.production.phase = build # .sluice.yml:5:25\n"
           "env.record-map.production.soak.time = 5m # built in\n"
           "env.record-map.production.soak.ratio = 0.5 # built in\n"
           "env.record-map.staging.phase = runtime # .sluice.yml:7:14\n"
           "env.record-map.staging.soak.time = 2h # .sluice.yml:8:20\n"
           "env.record-map.staging.soak.ratio = 0.5 # built in\n"
           "env.record-map.staging.owners[0].name = ann # .sluice.yml:9:23\n"
           "env.record-map.staging.owners[1].name = bob # .sluice.yml:9:36\n"
           "env.record-map.staging.owners[1].mails = a, b # .sluice.yml:9:41\n");
  CHECK(lines_of(text, "env.record.") == "env.record.time = 5m # built in\nenv.record.ratio = 0.5 # built in\n");
  CHECK(lines_of(text, "env.records") == "env.records = # built in\n");
}

TEST_CASE("hostile names and values stay on their line")
{
  Fixture f;
  f.layers.file.text = "env: {record-map: {\"a\\nfail-on = none\": {phase: build, files: [\"x\\e[2K\\ny\"]}}}\n";
  const std::string text = f.show();
  CHECK(text.find("\nfail-on = none") == std::string::npos);
  CHECK(text.find("env.record-map.a\\x0afail-on = none.files = x\\x1b[2K\\x0ay") != std::string::npos);
}

namespace {

struct Rule
{
  std::string severity = "any", action = "fail";
  std::vector<std::string> scope;
};

void
describe(Rule& rule, OptionTable& table)
{
  table.text(rule.severity, {.key = "severity", .value = "S", .help = "At least."});
  table.list(rule.scope, {.key = "scope", .value = "S", .help = "Which."});
  table.text(rule.action, {.key = "action", .value = "A", .help = "What."});
  table.required();
}

}  // namespace

TEST_CASE("what counts while a list is empty is shown as a file would say it")
{
  const std::vector<Rule> absent{{"high", "fail", {"GitHub Actions", "it's"}}, {"any", "warn", {}}};
  std::vector<Rule> rules;
  OptionTable table;
  table.begin_section("deps");
  table.records(rules, {.key = "rules", .value = "ENTRY", .help = "Rules."});
  table.stands_for(absent);
  Layers layers;
  layers.file.name = ".sluice.yml";
  REQUIRE(apply_layers(table, layers));
  const std::string shown = show_config(table);
  CHECK(shown
        == "deps:\n"
           "  rules:  # built in; as .sluice.yml would say it\n"
           "    - {severity: high, scope: [GitHub Actions, 'it''s'], action: fail}\n"
           "    - {action: warn}\n");
  layers.file.text = shown;
  REQUIRE(apply_layers(table, layers));
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].scope == absent[0].scope);
  CHECK(show_config(table).find("deps.rules[1].action = warn") != std::string::npos);
}
