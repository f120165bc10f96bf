// SPDX-License-Identifier: Apache-2.0
#include "git/repository/config_file.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using sluice::git::GitConfig;

namespace {

std::string
value(std::string_view text, std::string_view name)
{
  const auto file = GitConfig::parse(text, "config");
  REQUIRE_MESSAGE(file, file.error().message);
  return std::string(file->get(name).value_or("(none)"));
}

}  // namespace

TEST_CASE("sections and keys do not mind case, subsections do")
{
  CHECK(value("[CORE]\n\tBare = true\n", "core.bare") == "true");
  CHECK(value("[remote \"Origin\"]\nPromisor=1\n", "remote.Origin.promisor") == "1");
  CHECK(value("[remote \"Origin\"]\nPromisor=1\n", "remote.origin.promisor") == "(none)");
  CHECK(value("[remote.Origin]\nurl=x\n", "remote.origin.url") == "x");
  CHECK(value("[a \"b\\\"c\\\\d]\"]\nk=v", "a.b\"c\\d].k") == "v");
}

TEST_CASE("the last value counts")
{
  CHECK(value("[a]\nk=1\n[b]\nk=2\n[a]\nk=3\n", "a.k") == "3");
}

TEST_CASE("values lose comments and outer blanks, quotes keep them")
{
  CHECK(value("[a] k =  one two  # three\n", "a.k") == "one two");
  CHECK(value("[a]\nk = \" one ; two \" ; three\n", "a.k") == " one ; two ");
  CHECK(value("[a]\nk = one\\\n  two\n", "a.k") == "one  two");
  CHECK(value("[a]\nk = \"tab\\tquote\\\"\"\n", "a.k") == "tab\tquote\"");
  CHECK(value("[a]\r\nk = windows\r\n", "a.k") == "windows");
  CHECK(value("\xEF\xBB\xBF[a]\nk = mark\n", "a.k") == "mark");
}

TEST_CASE("a key without a value is true")
{
  CHECK(value("[core]\nbare\n", "core.bare") == "true");
  CHECK(value("[core]\nbare ; comment\n", "core.bare") == "true");
  CHECK(value("[core]\nbare =\n", "core.bare").empty());
}

TEST_CASE("includes are entries like any other")
{
  CHECK(value("[include]\npath = /etc/passwd\n", "include.path") == "/etc/passwd");
}

TEST_CASE("lines that git refuses are refused with their number")
{
  for (const char* text : {"[a]\n\nk=\"open\n", "[a]\n\n[b\n", "[a]\n\n=x\n", "[a]\n\nk !\n", "[a]\n\nk=\\x\n",
                           "[a]\n\n[b \"c\n\"]\n", "[a]\n\n[]\n"}) {
    const auto file = GitConfig::parse(text, "some/config");
    REQUIRE_MESSAGE(!file, text);
    CHECK(file.error().message == "some/config:3: is not a line of a git configuration file");
  }
  CHECK_FALSE(GitConfig::parse("key = before any section\n", "config"));
}

TEST_CASE("booleans are read as git reads them")
{
  for (const char* yes : {"true", "Yes", "on", "1", "-3"}) {
    CHECK(git::config_bool(yes) == true);
  }
  for (const char* no : {"false", "NO", "off", "0", ""}) {
    CHECK(git::config_bool(no) == false);
  }
  CHECK_FALSE(git::config_bool("maybe").has_value());
  CHECK_FALSE(git::config_bool("1x").has_value());
}
