// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.hpp"
#include "config/common_options.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace sluice;

namespace {

Result<cli::CommandLine>
parse(const std::vector<std::string>& arguments, std::size_t max_positional = 0)
{
  config::CommonOptions options;
  config::OptionTable table;
  config::describe(options, table);
  return cli::parse_command_line(table, arguments, max_positional);
}

using Flags = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("values may follow a space or an equals sign")
{
  CHECK(parse({"--fail-on", "high"})->flags == Flags{{"fail-on", "high"}});
  CHECK(parse({"--fail-on=high"})->flags == Flags{{"fail-on", "high"}});
}

TEST_CASE("a toggle needs no value and may be switched off")
{
  CHECK(parse({"-q"})->flags == Flags{{"quiet", "true"}});
  CHECK(parse({"--quiet=false"})->flags == Flags{{"quiet", "false"}});
}

TEST_CASE("a list may be given several times and keeps its commas")
{
  CHECK(parse({"--format", "json=a,b", "--format", "text"})->flags
        == Flags{{"format", "json=a,b"}, {"format", "text"}});
}

TEST_CASE("the last of several single values counts")
{
  CHECK(parse({"--fail-on", "low", "--fail-on", "high"})->flags.back().second == "high");
}

TEST_CASE("an unknown flag is named with a suggestion")
{
  const auto line = parse({"--fial-on", "high"});
  REQUIRE_FALSE(line);
  CHECK(line.error().kind == ErrorKind::usage);
  CHECK(line.error().message == "--fial-on: is not a flag (did you mean --fail-on?)");
}

TEST_CASE("records are no flags, and a missing value is an error")
{
  CHECK_FALSE(parse({"--allow", "x"}));
  CHECK(parse({"--fail-on"}).error().message == "--fail-on: must be one of none, low, medium, high, critical");
  CHECK(parse({"--repo"}).error().kind == ErrorKind::usage);
}

TEST_CASE("other arguments are counted")
{
  CHECK(parse({"a.json", "-"}, 2)->positional == std::vector<std::string>{"a.json", "-"});
  CHECK(parse({"oops"}).error().message == "oops: unexpected argument; to examine a directory: --repo oops");
}

TEST_CASE("a tool's option has a name with its tool and one without, shared by those that have it too")
{
  std::vector<std::string> secrets, migrations;
  bool deep = false;
  config::OptionTable table;
  table.begin_section("secrets");
  table.list(secrets, {.key = "exclude", .value = "GLOB", .help = "Not these."});
  table.toggle(deep, {.key = "deep", .help = "Whether.", .letter = 'd'});
  table.begin_section("migrations");
  table.list(migrations, {.key = "exclude", .value = "GLOB", .help = "Not these."});
  const auto line = cli::parse_command_line(
      table, std::vector<std::string>{"--secrets.exclude", "a", "--exclude=b", "-d", "--secrets.deep=false"});
  REQUIRE(line);
  Flags flags = line->flags;
  std::sort(flags.begin(), flags.end());
  CHECK(flags == Flags{{"deep", "true"}, {"exclude", "b"}, {"secrets.deep", "false"}, {"secrets.exclude", "a"}});
  CHECK(cli::parse_command_line(table, std::vector<std::string>{"--secret.exclude", "a"}).error().message
        == "--secret.exclude: is not a flag (did you mean --secrets.exclude?)");
  CHECK(cli::parse_command_line(table, std::vector<std::string>{"migrations"}).error().message
        == "migrations: unexpected argument; to run this gate alone: sluice migrations");
}
