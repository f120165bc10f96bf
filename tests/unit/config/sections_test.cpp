// SPDX-License-Identifier: Apache-2.0
//
// A table with the options of several tools, as `sluice check` has it.
#include "config/common_options.hpp"
#include "config/layers.hpp"
#include "config/show_config.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;

namespace {

struct ToolOptions
{
  std::string scope = "auto", store;
  std::vector<std::string> exclude, paths;
  std::map<std::string, std::string> named_paths;
};

void
describe(ToolOptions& options, OptionTable& table)
{
  table.text(options.scope, {.key = "scope", .value = "SCOPE", .help = "Where to look."});
  table.list(options.exclude, {.key = "exclude", .value = "GLOB", .help = "Not these.", .trust = Trust::base_ref});
  table.list(options.paths, {.key = "paths", .value = "PATH", .help = "Only these.", .holds = Holds::paths});
  table.text_map(options.named_paths,
                 {.key = "named-paths", .value = "NAME=PATH", .help = "These.", .holds = Holds::paths});
  table.text(options.store, {.key = "store", .value = "DIR|URL", .help = "Where.", .holds = Holds::place});
}

struct Fixture
{
  CommonOptions common;
  ToolOptions secrets, migrations;
  std::string framework;
  OptionTable table;
  Layers layers;

  Fixture()
  {
    describe(common, table);
    table.begin_section("secrets");
    describe(secrets, table);
    table.begin_section("migrations");
    describe(migrations, table);
    table.text(framework, {.key = "framework", .value = "NAME", .help = "Which."});
    layers.file.name = ".sluice.yml";
    layers.other_keys = {"gates"};
    layers.other_sections = {"secrets", "migrations", "env"};
    layers.styles = {{"SLUICE_", VariableStyle::Hyphen::underscore}};
  }

  Result<std::vector<std::string>>
  apply()
  {
    return apply_layers(table, layers);
  }
  std::string
  error()
  {
    const auto applied = apply();
    return applied ? std::string("(none)") : applied.error().message;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("each tool's section fills that tool's options")
{
  Fixture f;
  f.layers.file.text = "gates: [secrets]\n"
                       "secrets: {scope: history, exclude: [a]}\n"
                       "migrations: {scope: range, exclude: [b, c], framework: rails}\n"
                       "env: {whatever: 1}\n";
  REQUIRE_MESSAGE(f.apply(), f.error());
  CHECK(f.secrets.scope == "history");
  CHECK(f.migrations.scope == "range");
  CHECK(f.secrets.exclude == Texts{"a"});
  CHECK(f.migrations.exclude == Texts{"b", "c"});
  CHECK(f.table.find("exclude", "migrations")->origin.place == ".sluice.yml:3:28");
}

TEST_CASE("a tool's option belongs in its own section")
{
  Fixture f;
  f.layers.file.text = "scope: range\n"
                       "framework: rails\n"
                       "secrets: {framework: rails, fraework: rails, repo: x}\n"
                       "migrations: {fraework: rails}\n";
  CHECK(f.error()
        == ".sluice.yml:1:1: \"scope\" belongs under \"secrets:\" or \"migrations:\"\n"
           ".sluice.yml:2:1: \"framework\" belongs under \"migrations:\"\n"
           ".sluice.yml:3:11: \"framework\" belongs under \"migrations:\"\n"
           ".sluice.yml:3:29: \"fraework\" is not an option\n"
           ".sluice.yml:3:46: \"repo\" can only be set by a flag or the environment\n"
           ".sluice.yml:4:14: \"fraework\" is not an option (did you mean framework?)");
}

TEST_CASE("a common option in a tool's section is left to that tool's own run")
{
  Fixture f;
  f.layers.file.text = "fail-on: medium\nsecrets: {fail-on: high}\nmigrations: {fail-on: critical}\n";
  REQUIRE(f.apply());
  CHECK(f.common.fail_on == FailOn::medium);
}

TEST_CASE("what a change says in several sections is told for each")
{
  Fixture f;
  f.layers.base_file = ConfigFile{"base", "migrations: {exclude: [legacy]}\n"};
  f.layers.which = Layers::Which::base;
  f.layers.file.text = "secrets: {exclude: ['**'], scope: range}\nmigrations: {exclude: ['**']}\n";
  const auto notices = f.apply();
  REQUIRE(notices);
  CHECK(f.secrets.exclude.empty());
  CHECK(f.secrets.scope == "range");
  CHECK(f.migrations.exclude == Texts{"legacy"});
  CHECK(*notices
        == Texts{".sluice.yml:1:11: \"exclude\" in a change's own configuration does not count; base does",
                 ".sluice.yml:2:14: \"exclude\" in a change's own configuration does not count; base does"});
}

TEST_CASE("a flag with the tool's name is for that tool, a short one for all, and the former wins")
{
  Fixture f;
  f.layers.flags = {{"secrets.scope", "one"}, {"scope", "all"}, {"secrets.exclude", "x"},
                    {"exclude", "a"},         {"exclude", "b"}, {"secrets.exclude", "y"}};
  REQUIRE(f.apply());
  CHECK(f.secrets.scope == "one");
  CHECK(f.migrations.scope == "all");
  CHECK(f.secrets.exclude == Texts{"x", "y"});
  CHECK(f.migrations.exclude == Texts{"a", "b"});
  CHECK(f.table.find("scope", "secrets")->origin.place == "--secrets.scope");
  CHECK(f.table.find("scope", "migrations")->origin.place == "--scope");
}

TEST_CASE("a flag wins over a variable, also over one with the tool's name")
{
  Fixture f;
  f.layers.environment = {{"SLUICE_SECRETS_SCOPE", "variable"}};
  f.layers.flags = {{"scope", "flag"}};
  REQUIRE(f.apply());
  CHECK(f.secrets.scope == "flag");
}

TEST_CASE("unknown variables are notices beside the others")
{
  Fixture f;
  f.layers.environment = {{"SLUICE_NONSENSE", "x"}, {"SLUICE_ENV_FILES", "x"}};
  CHECK(f.apply().value() == Texts{"SLUICE_NONSENSE: is not an option and does not count"});
  f.layers.environment = {{"SLUICE_SCOPES", "x"}};
  CHECK(f.error() == "SLUICE_SCOPES: is not an option (did you mean SLUICE_SCOPE?)");
}

TEST_CASE("a place starts where the layer stands that gave it, and an address is none")
{
  Fixture f;
  f.layers.locate = [](std::string_view path, Layer layer) {
    return fmt::format("{}/{}", layer == Layer::file ? "root" : "here", path);
  };
  REQUIRE(f.apply());
  CHECK(f.secrets.store.empty());
  f.layers.file.text = "secrets: {store: a}\nmigrations: {store: 'https://b.example.org'}\n";
  REQUIRE(f.apply());
  CHECK(f.secrets.store == "root/a");
  CHECK(f.migrations.store == "https://b.example.org");
  f.layers.environment = {{"SLUICE_MIGRATIONS_STORE", "c"}};
  f.layers.flags = {{"secrets.store", "d"}};
  REQUIRE(f.apply());
  CHECK(f.secrets.store == "here/d");
  CHECK(f.migrations.store == "here/c");
  f.layers.flags = {{"store", ""}};
  REQUIRE(f.apply());
  CHECK(f.secrets.store.empty());
}

TEST_CASE("paths of flags are moved to the root of the work tree, those of files and variables stand there")
{
  Fixture f;
  f.layers.rebase = [](std::string_view path) { return fmt::format("sub/{}", path); };
  f.layers.file.text = "secrets: {paths: [a]}\n";
  f.layers.environment = {{"SLUICE_MIGRATIONS_PATHS", "b"}};
  REQUIRE(f.apply());
  CHECK(f.secrets.paths == Texts{"a"});
  CHECK(f.migrations.paths == Texts{"b"});
  f.layers.flags = {{"paths", "c"},         {"secrets.paths", "d"}, {"secrets.paths", "e,f"}, {"exclude", "g"},
                    {"secrets.scope", "h"}, {"named-paths", "x=i"}, {"named-paths", "none="}, {"migrations.paths", ""}};
  REQUIRE(f.apply());
  CHECK(f.migrations.paths == Texts{""});
  CHECK(f.secrets.paths == Texts{"sub/d", "sub/e,f"});
  CHECK(f.secrets.exclude == Texts{"g"});
  CHECK(f.secrets.scope == "h");
  CHECK(f.secrets.named_paths == std::map<std::string, std::string>{{"x", "sub/i"}, {"none", ""}});
}
