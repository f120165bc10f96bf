// SPDX-License-Identifier: Apache-2.0
#include "promote/person.hpp"
#include "support/git_fixture.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

TEST_CASE("two are one person where any name of theirs may be the same")
{
  struct Case
  {
    std::string_view voter, other;
    bool is_same;
  };
  for (const Case& each : {
           Case{"ada", "Ada", true},
           Case{"ada@example.org", "Ada L <ADA@example.org>", true},
           Case{"ada", "Ada L <ada@example.org>", true},
           Case{"ada", "A L <12+ada@users.noreply.github.com>", true},
           Case{"*@example.org", "Ada L <ada@example.org>", true},
           Case{"ada@example.org", "ada@example.com", false},
           Case{"ada@example.org", "* <*@example.org>", false},
           Case{"ada", "adam", false},
           Case{"", "", false},
           Case{"ada", "Eve <eve@example.org>", false},
       }) {
    CAPTURE(each.voter);
    CAPTURE(each.other);
    CHECK(may_be_same(person_of(each.voter), person_of(each.other)) == each.is_same);
  }
}

TEST_CASE("who acts is who the platform says, else who git says, else the user of the machine")
{
  test::GitFixture fixture;
  const auto repository = git::Repository::open(fixture.path()).value();
  Environment environment{{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                          {"GIT_CONFIG_NOSYSTEM", "1"},
                          {"GIT_CONFIG_GLOBAL", "/dev/null"},
                          {"GIT_AUTHOR_NAME", "Ada L"},
                          {"GIT_AUTHOR_EMAIL", "ada@example.org"}};
  const auto who = [&] {
    git::RefStore refs(repository, environment);
    return text_of(actor_of(environment, refs).value());
  };
  CHECK(who() == "Ada L <ada@example.org>");
  environment["GITLAB_USER_LOGIN"] = "fox";
  CHECK(who() == "fox");
  environment["GITHUB_ACTOR"] = "octo";
  CHECK(who() == "octo");
}
