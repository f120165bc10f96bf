// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"
#include "config/common_options.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace sluice;

TEST_CASE("options obey the rules that help, man page and schema rely on")
{
  config::CommonOptions options;
  config::OptionTable table;
  config::describe(options, table);
  std::set<std::string_view> keys;
  std::set<char> letters;
  for (const config::Option& option : table.options()) {
    CAPTURE(std::string(option.spec.key));
    CHECK(keys.insert(option.spec.key).second);
    CHECK(option.spec.help.ends_with('.'));
    CHECK(option.spec.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK(option.spec.value.empty() == (option.kind == config::OptionKind::toggle));
    CHECK((option.spec.letter == 0 || letters.insert(option.spec.letter).second));
  }
}

TEST_CASE("what can weaken a gate is never a change's own to set")
{
  config::CommonOptions options;
  config::OptionTable table;
  config::describe(options, table);
  for (const char* key : {"fail-on", "severity", "allow", "accept-gaps", "baseline", "inline-comments"}) {
    CAPTURE(key);
    CHECK(table.find(key)->spec.trust == config::Trust::base_ref);
  }
}

TEST_CASE("a description stands behind its name, or below it where that is too long")
{
  CHECK(cli::described("  -q", "one two three", 6, 14) == "  -q  one two\n      three\n");
  CHECK(cli::described("  --quiet", "one", 6, 14) == "  --quiet\n      one\n");
  CHECK(cli::described("  --x…", "one", 6, 14) == "  --x…\n      one\n");
  CHECK(cli::described("  -x…", "one", 6, 14) == "  -x… one\n");
}

TEST_CASE("help names choices and the built-in value")
{
  config::CommonOptions options;
  config::OptionTable table;
  config::describe(options, table);
  CHECK(cli::full_help(*table.find("fail-on"))
        == "The least severity that fails the run. One of none, low, medium, high, critical; default low.");
  CHECK(cli::flag_usage(table.find("quiet")->spec) == "-q, --quiet");
  CHECK(cli::flag_usage(table.find("fail-on")->spec) == "    --fail-on SEVERITY");
}
