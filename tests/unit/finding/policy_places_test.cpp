// SPDX-License-Identifier: Apache-2.0
#include "unit/finding/policy_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::test;

TEST_CASE("every place needs an entry; those without one stay active and alone are listed")
{
  Finding copied = make(leak, "aaa/prod.env");
  copied.excerpt = "T=x";
  copied.related = {{{.path = "aaa/old"}, PlaceRole::cause, "brought by"},
                    {{.path = "docs/a.md"}, PlaceRole::also, ""},
                    {{.path = "src/prod.env"}, PlaceRole::also, ""}};
  Policy some = policy();
  const auto entry = [](std::string path, std::string origin) {
    return Suppression{.path = std::move(path), .reason = "x", .expires = "2026-12-31", .origin = std::move(origin)};
  };
  some.allow = {entry("docs/**", "f:1:1")};
  RawReport report = some.judge(with({copied}));
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.judged[0].finding.where.path == "aaa/prod.env");
  CHECK(report.judged[0].finding.excerpt == "T=x");
  REQUIRE(report.judged[0].finding.related.size() == 2);
  CHECK(report.judged[0].finding.related[1].where.path == "src/prod.env");
  CHECK(report.judged[0].reason == "other places of it are allowed: x (until 2026-12-31, f:1:1)");
  CHECK(report.unused_allowances.empty());

  some.allow.push_back(entry("aaa/*", "f:2:1"));
  report = some.judge(with({copied}));
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.judged[0].finding.where.path == "src/prod.env");
  CHECK(report.judged[0].finding.excerpt.empty());
  CHECK(report.judged[0].finding.related.size() == 1);

  some.allow.push_back(entry("src/**", "f:3:1"));
  report = some.judge(with({copied}));
  CHECK(report.verdict == Verdict::pass);
  CHECK(report.judged[0].finding.related.size() == 3);

  copied.places_left_out = 7;
  CHECK(some.judge(with({copied})).verdict == Verdict::fail);
  some.allow = {entry("", "f:1:1")};
  CHECK(some.judge(with({copied})).verdict == Verdict::pass);
}

TEST_CASE("an entry with a path covers no finding of which places were left out, whatever its facts are called")
{
  Policy some = policy();
  some.allow = {{.path = "a", .reason = "x", .expires = "2026-12-31", .origin = "f:1:1"}};
  Finding finding = make(leak);
  finding.facts = {{"more-places", "more places", "7"}};
  CHECK(some.judge(with({finding})).verdict == Verdict::pass);
  finding.facts.clear();
  finding.places_left_out = 1;
  CHECK(some.judge(with({finding})).judged[0].reason
        == "the allow entry at f:1:1 has a path, and not every place of this is listed");
}

TEST_CASE("an entry that names the fingerprint of a weak secret needs a path")
{
  Finding weak = make(leak);
  weak.fingerprint = make_coarse_fingerprint("leak", {1, 2});
  Policy some = policy();
  for (const std::string& fingerprint : {weak.fingerprint.hex, weak.fingerprint.hex.substr(0, 12)}) {
    some.allow = {{.fingerprint = fingerprint, .reason = "x", .expires = "2026-12-31", .origin = "f:1:1"}};
    const RawReport report = some.judge(with({weak}));
    CHECK(report.verdict == Verdict::fail);
    CHECK(report.judged[0].reason
          == "the allow entry at f:1:1 needs a path: others share the fingerprint of a weak secret");
    CHECK(report.notices.empty());
    some.allow.front().path = "b";
    CHECK(some.judge(with({weak})).verdict == Verdict::fail);
    some.allow.front().path = "a";
    CHECK(some.judge(with({weak})).verdict == Verdict::pass);
  }
  some.allow = {{.rule = "leak", .reason = "x", .expires = "2026-12-31", .origin = "f:1:1"}};
  CHECK(some.judge(with({weak})).verdict == Verdict::pass);
  weak.where.path.clear();
  some.allow = {
      {.path = "**", .fingerprint = weak.fingerprint.hex, .reason = "x", .expires = "2026-12-31", .origin = "f:1:1"}};
  CHECK(some.judge(with({weak})).verdict == Verdict::pass);
}

namespace {

/// At "a", where it is shown, at "b" and in a message; a comment covers what is at each of `paths`.
Finding
marked_at(const std::vector<std::string>& paths, InlineAllow allow = {"made up", {}})
{
  Finding finding = make(leak);
  finding.excerpt = "T=x";
  finding.related = {{{.path = "b"}, PlaceRole::also, ""}, {{.path = "", .commit = "c0ffee"}, PlaceRole::also, ""}};
  for (const std::string& path : paths) {
    finding.marked.push_back({path, allow});
  }
  return finding;
}

Suppression
entry_at(std::string path)
{
  return {.path = std::move(path), .reason = "x", .expires = "2026-12-31", .origin = "f:1:1"};
}

}  // namespace

TEST_CASE("entries, comments and the baseline each cover places, and together all of them")
{
  Policy some = policy();
  some.allow = {entry_at("a")};
  const RawReport all = some.judge(with({marked_at({"b", ""})}));
  CHECK(all.judged[0].disposition == Disposition::suppressed);
  CHECK(all.judged[0].reason == "x (until 2026-12-31, f:1:1); comment in the text: made up");
  REQUIRE(all.judged[0].finding.inline_allow);
  CHECK(all.judged[0].finding.inline_allow->counts);
  CHECK(some.suppresses(marked_at({"b", ""})));

  const RawReport open = some.judge(with({marked_at({"b"})}));
  CHECK(open.verdict == Verdict::fail);
  CHECK(open.judged[0].finding.where.commit == "c0ffee");
  CHECK(open.judged[0].finding.related.empty());
  CHECK(some.judge(with({marked_at({""})})).judged[0].finding.where.path == "b");

  some.inline_comments = InlineComments::own;
  CHECK(some.judge(with({marked_at({"b", ""})})).verdict == Verdict::pass);
  CHECK(some.judge(with({marked_at({"b", ""}, {"gitleaks:allow", {}, MarkOwner::peer})})).verdict == Verdict::fail);
  CHECK(some.judge(with({marked_at({"b", ""}, {"", {}})})).verdict == Verdict::fail);

  Policy based = policy();
  based.baseline = Baseline();
  based.baseline->add(make(leak, "a"));
  CHECK(based.judge(with({marked_at({"b", ""})})).judged[0].disposition == Disposition::baselined);
  CHECK(based.judge(with({marked_at({"b"})})).judged[0].finding.where.commit == "c0ffee");
}

TEST_CASE("a comment that counts least does not speak for the places that another covers")
{
  Finding finding = marked_at({"b", ""});
  finding.marked.insert(finding.marked.begin(), {"a", {"gitleaks:allow", {}, MarkOwner::peer}});
  finding.inline_allow = finding.marked.front().allow;
  Policy some = policy();
  some.inline_comments = InlineComments::own;
  const RawReport report = some.judge(with({finding}));
  CHECK(report.verdict == Verdict::fail);
  CHECK(report.judged[0].finding.where.path == "a");
  CHECK(report.judged[0].finding.related.empty());
  some.allow = {entry_at("a")};
  CHECK(some.judge(with({finding})).verdict == Verdict::pass);
}

TEST_CASE("where only paths without a listed place are open, the first of them is shown")
{
  Finding finding = make(leak, "a", "old");
  finding.excerpt = "T=x";
  finding.related = {{{.path = "b"}, PlaceRole::also, ""}};
  finding.unlisted = {"b", "c", "d", "e"};
  finding.places_left_out = 4;
  Policy based = policy();
  based.baseline = Baseline();
  for (const std::string_view path : {"a", "b", "d"}) {
    based.baseline->add(make(leak, std::string(path), "old"));
  }
  const RawReport report = based.judge(with({finding}));
  REQUIRE(report.judged[0].disposition == Disposition::active);
  const Finding& open = report.judged[0].finding;
  CHECK(open.where == Location{.path = "c"});
  CHECK(open.excerpt.empty());
  CHECK(open.related.empty());
  CHECK(open.unlisted == std::vector<std::string>{"e"});

  finding.marked = {{"c", {"made up", {}}}};
  const RawReport marked = based.judge(with({finding}));
  CHECK(marked.judged[0].finding.where.path == "e");
  CHECK(marked.judged[0].finding.unlisted.empty());
}
