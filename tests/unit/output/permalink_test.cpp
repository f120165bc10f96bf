// SPDX-License-Identifier: Apache-2.0
#include "output/permalink.hpp"

#include <doctest/doctest.h>

namespace sluice::output {

namespace {

RunContext
context_of(std::string url, std::string platform)
{
  RunContext context;
  context.repository_url = std::move(url);
  context.platform = std::move(platform);
  context.head = std::string(40, 'a');
  return context;
}

const std::string commit(40, 'b');

}  // namespace

TEST_CASE("Links lead to the commit's file on either platform")
{
  const RunContext github = context_of("https://github.com/o/r", "github");
  CHECK(permalink({"a b.c", {3, 1}, {3, 2}, commit}, github)
        == "https://github.com/o/r/blob/" + commit + "/a%20b.c#L3");
  CHECK(permalink({"a", {3, 1}, {5, 2}, ""}, github) == "https://github.com/o/r/blob/" + github.head + "/a#L3-L5");
  const RunContext gitlab = context_of("https://gitlab.example/g/s/r", "gitlab");
  CHECK(permalink({"a", {3, 1}, {5, 2}, commit}, gitlab)
        == "https://gitlab.example/g/s/r/-/blob/" + commit + "/a#L3-5");
  CHECK(permalink({"", {}, {}, commit}, gitlab) == "https://gitlab.example/g/s/r/-/commit/" + commit);
  CHECK(permalink({"a", {}, {}, commit}, github) == "https://github.com/o/r/blob/" + commit + "/a");
}

TEST_CASE("There is no link to what is not a web URL and a commit")
{
  CHECK(permalink({"a", {}, {}, commit}, context_of("", "github")).empty());
  CHECK(permalink({"a", {}, {}, commit}, context_of("javascript:alert(1)", "github")).empty());
  CHECK(permalink({"a", {}, {}, commit}, context_of("https://x\" onclick=\"y", "github")).empty());
  CHECK(permalink({"a", {}, {}, "main\"><b>"}, context_of("https://x", "github")).empty());
  CHECK(permalink({std::string(5000, 'a'), {}, {}, commit}, context_of("https://x", "github")).empty());
}

}  // namespace sluice::output
