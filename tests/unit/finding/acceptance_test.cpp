// SPDX-License-Identifier: Apache-2.0
#include "finding/acceptance.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace sluice;

namespace {

std::string
advice(const Acceptance& acceptance, CommentPlace place)
{
  return text_of(how_to_accept(acceptance, {"a-rule", "fingerprint aa", place}));
}

}  // namespace

TEST_CASE("the advice names the ways that work where it is given")
{
  CHECK(advice({}, CommentPlace::line)
        == "`sluice:allow[a-rule] REASON` in a comment on its line, or `sluice:allow-next-line[a-rule] REASON` in a "
           "comment on the line before it; or fingerprint aa with reason and expiry under `allow:` in `.sluice.yml`");
  CHECK(advice({}, CommentPlace::line_before)
        == "`sluice:allow-next-line[a-rule] REASON` in a comment on the line before it; or fingerprint aa with reason "
           "and "
           "expiry under `allow:` in `.sluice.yml`");
  CHECK(advice({.comments = InlineComments::ignore}, CommentPlace::line)
        == "fingerprint aa with reason and expiry under `allow:` in `.sluice.yml`");
  CHECK(advice({.comments = InlineComments::own, .baseline = "b.json", .branch = "main"}, CommentPlace::nowhere)
        == "fingerprint aa with reason and expiry under `allow:` in `.sluice.yml` of main, because this change's own "
           "does "
           "not count; or `sluice check --baseline=b.json --baseline-action update` on main");
}

TEST_CASE("what is printed to be pasted is quoted for a shell")
{
  CHECK(advice({.comments = InlineComments::ignore, .baseline = "x; touch y"}, CommentPlace::nowhere)
            .find("sluice check --baseline='x; touch y' --baseline-action update")
        != std::string::npos);
}

TEST_CASE("who accepts a weak secret by its fingerprint is told to name the path too")
{
  Finding finding;
  finding.fingerprint = make_coarse_fingerprint("a-rule", {1, 2});
  const std::string told = text_of(how_to_accept(
      {},
      {.rule = "a-rule", .entry = "fingerprint aa", .place = CommentPlace::nowhere, .names = entry_names(finding)}));
  CHECK(told == "fingerprint aa and its path with reason and expiry under `allow:` in `.sluice.yml`");
  finding.fingerprint = make_fingerprint("a-rule", std::array{std::string_view("x")});
  CHECK(entry_names(finding) == EntryNames::fingerprint);
}

TEST_CASE("a comment stands before what takes several lines, and nowhere in the past")
{
  Finding finding;
  finding.where = {.path = "a", .begin = {3, 1}, .end = {3, 9}};
  CHECK(comment_place(finding) == CommentPlace::line);
  finding.where.end.line = 7;
  CHECK(comment_place(finding) == CommentPlace::line_before);
  finding.where.commit = "c0ffee";
  CHECK(comment_place(finding) == CommentPlace::nowhere);
  finding.where = {};
  CHECK(comment_place(finding) == CommentPlace::nowhere);
}
