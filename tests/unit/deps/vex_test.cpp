// SPDX-License-Identifier: Apache-2.0
#include "deps/vex.hpp"
#include "deps/vex_rulings.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::deps;
using Kind = OwnRuling::Kind;

namespace {

std::string
document(std::string_view statements, std::string_view head = R"("author":"Ada","timestamp":"2026-01-01T00:00:00Z")")
{
  return fmt::format(R"({{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.org/1","version":1,{},
"statements":[{}]}})",
                     head, statements);
}

/// A statement about CVE-2026-1 in a product.
std::string
statement(std::string_view product, std::string_view status, std::string_view more = {})
{
  return fmt::format(R"({{"vulnerability":{{"name":"CVE-2026-1"}},"products":[{}],"status":"{}"{}}})", product, status,
                     more);
}

std::string
not_affected(std::string_view product, std::string_view more = {})
{
  return statement(product, "not_affected",
                   fmt::format(R"(,"justification":"vulnerable_code_not_in_execute_path"{})", more));
}

std::string
purl(std::string_view text)
{
  return fmt::format(R"({{"@id":"{}"}})", text);
}

std::string
holder(std::string_view product, std::string_view part)
{
  return fmt::format(R"({{"@id":"{}","subcomponents":[{{"@id":"{}"}}]}})", product, part);
}

/// app needs a and b, both need victim 1.0.0; a hit is CVE-2026-1 in victim.
class Project
{
public:
  Project()
  {
    locked_.list.path = "package-lock.json";
    app_ = add("app", "2.0.0", Part::root);
    a_ = add("a", "1.2.3");
    b_ = add("b", "1.0.0");
    victim_ = add("victim", "1.0.0");
    locked_.list.need(app_, a_);
    locked_.list.need(a_, victim_);
  }
  void
  need_by_b()
  {
    locked_.list.need(app_, b_);
    locked_.list.need(b_, victim_);
  }
  [[nodiscard]] Hit
  hit() const
  {
    Hit hit;
    hit.file = &locked_;
    hit.entries = {{victim_}, locked_.list.packages()[victim_]};
    hit.group.ids = {"GHSA-0000-0000-0001"};
    hit.group.aliases = {"CVE-2026-1"};
    hit.ruling = {Kind::fail, "policy"};
    return hit;
  }

private:
  PackageId
  add(std::string_view name, std::string_view version, Part part = Part::third_party)
  {
    Package package;
    package.ecosystem = "npm";
    package.name = name;
    package.version = version;
    package.part = part;
    return locked_.list.add(package);
  }

  LockedFile locked_;
  PackageId app_ = 0, a_ = 0, b_ = 0, victim_ = 0;
};

struct Outcome
{
  Hit hit;
  std::vector<std::string> notices;
};

Outcome
apply(const std::vector<std::string>& texts, const Hit& hit)
{
  std::vector<VexDocument> documents;
  for (const std::string& text : texts) {
    documents.push_back(read_vex("vex.json", text));
    REQUIRE_MESSAGE(documents.back().gaps.empty(), text);
  }
  Audit audit;
  audit.hits = {hit};
  apply_vex(documents, audit);
  return {audit.hits.front(), audit.notices};
}

bool
is_excused(const std::string& statements, const Project& project = {})
{
  return apply({document(statements)}, project.hit()).hit.ruling.kind == Kind::ignore;
}

std::string
gap_of(const std::string& text)
{
  const VexDocument read = read_vex("vex.json", text);
  return read.gaps.empty() ? "" : fmt::format("{} {}", read.gaps.front().subject, read.gaps.front().why);
}

}  // namespace

TEST_CASE("not affected and fixed rule out, with the justification as the reason")
{
  const Project project;
  const Outcome outcome = apply({document(not_affected(purl("pkg:npm/victim@1.0.0")))}, project.hit());
  CHECK(outcome.hit.ruling.kind == Kind::ignore);
  CHECK(outcome.hit.ruling.reason == "not affected: vulnerable_code_not_in_execute_path (OpenVEX of Ada, vex.json:2)");
  CHECK(outcome.notices.empty());
  CHECK(is_excused(statement(purl("pkg:npm/victim"), "fixed")));
}

TEST_CASE("affected and under investigation keep the finding and are told")
{
  for (const std::string_view status : {"affected", "under_investigation"}) {
    const Outcome outcome = apply({document(statement(purl("pkg:npm/victim"), status))}, Project().hit());
    CHECK(outcome.hit.ruling.kind == Kind::fail);
    REQUIRE(outcome.notices.size() == 1);
    CHECK(outcome.notices.front().find("stays") != std::string::npos);
  }
}

TEST_CASE("a product is a package by its URL, of any version if it has none")
{
  CHECK(is_excused(not_affected(purl("pkg:npm/victim"))));
  CHECK(is_excused(not_affected(R"({"identifiers":{"purl":"pkg:npm/victim@1.0.0"}})")));
  CHECK(is_excused(not_affected(R"({"@id":"https://example.org/x","identifiers":{"purl":"pkg:npm/victim@1.0.0"}})")));
  CHECK_FALSE(is_excused(not_affected(purl("pkg:npm/victim@1.0.1"))));
  CHECK_FALSE(is_excused(not_affected(purl("pkg:npm/other"))));
  CHECK_FALSE(is_excused(not_affected(purl("pkg:pypi/victim"))));
  CHECK_FALSE(is_excused(not_affected(purl("pkg:npm/victim@1.0.0?arch=arm64"))));
}

TEST_CASE("a vulnerability is named by any of its names, on both sides, in any case")
{
  const auto named = [](std::string_view vulnerability) {
    return is_excused(fmt::format(R"({{"vulnerability":{},"products":[{}],"status":"fixed"}})", vulnerability,
                                  purl("pkg:npm/victim")));
  };
  CHECK(named(R"({"name":"cve-2026-1"})"));
  CHECK(named(R"({"name":"GHSA-0000-0000-0001"})"));
  CHECK(named(R"({"name":"X-1","aliases":["CVE-2026-1"]})"));
  CHECK(named(R"("CVE-2026-1")"));
  CHECK_FALSE(named(R"({"name":"CVE-2026-10"})"));
}

TEST_CASE("a product with subcomponents counts if it is the project, or the only way to the package")
{
  Project project;
  const auto held_by = [&project](std::string_view product) {
    return is_excused(not_affected(holder(product, "pkg:npm/victim@1.0.0")), project);
  };
  CHECK(held_by("https://example.org/our-app"));
  CHECK(held_by("pkg:oci/our-app@sha256%3A00"));
  CHECK(held_by("pkg:npm/app@2.0.0"));
  CHECK_FALSE(held_by("pkg:npm/app@1.0.0"));
  CHECK_FALSE(held_by("pkg:npm/someone-elses"));
  CHECK(held_by("pkg:npm/a@1.2.3"));
  CHECK_FALSE(held_by("pkg:npm/a@1.2.4"));
  CHECK_FALSE(held_by("pkg:npm/b"));
  project.need_by_b();
  CHECK_FALSE(held_by("pkg:npm/a@1.2.3"));
  CHECK_FALSE(is_excused(not_affected(holder("https://example.org/our-app", "pkg:npm/other")), project));
  // Subcomponents stood beside the products once.
  CHECK_FALSE(is_excused(not_affected(purl("pkg:npm/victim"), R"(,"subcomponents":["pkg:npm/other"])")));
}

TEST_CASE("a statement rules out the vulnerability that it names and none that is only related")
{
  const Project project;
  Hit hit = project.hit();
  AdvisoryGroup other;
  other.ids = {"GHSA-0000-0000-0002"};
  hit.parts = {{hit.group, std::nullopt}, {other, std::nullopt}};
  hit.group = merged({hit.group, other});
  std::vector<VexDocument> documents{read_vex("vex.json", document(not_affected(purl("pkg:npm/victim"))))};
  const DepsOptions options;
  Audit audit;
  audit.options = &options;
  audit.hits = {hit};
  apply_vex(documents, audit);
  REQUIRE(audit.hits.size() == 2);
  CHECK(audit.hits[0].group.ids == std::vector<std::string>{"GHSA-0000-0000-0002"});
  CHECK(audit.hits[0].ruling.kind != Kind::ignore);
  CHECK(audit.hits[1].group.ids == std::vector<std::string>{"GHSA-0000-0000-0001"});
  CHECK(audit.hits[1].ruling.kind == Kind::ignore);
}

TEST_CASE("the newest statement counts, and of two at the same time the one that keeps")
{
  const std::string out = not_affected(purl("pkg:npm/victim"), R"(,"timestamp":"2026-02-01T12:00:00+02:00")");
  const auto affected = [](std::string_view time) {
    return statement(purl("pkg:npm/victim"), "affected", fmt::format(R"(,"timestamp":"{}")", time));
  };
  CHECK(is_excused(out + "," + affected("2026-02-01T09:59:59.999Z")));
  CHECK_FALSE(is_excused(out + "," + affected("2026-02-01T10:00:00Z")));
  CHECK_FALSE(is_excused(affected("2026-02-01T10:00:01Z") + "," + out));
  // A statement without a time is of its document's.
  CHECK(is_excused(statement(purl("pkg:npm/victim"), "affected") + "," + out));
  CHECK(apply({document(affected("2026-02-02T00:00:00Z")), document(out)}, Project().hit()).hit.ruling.kind
        == Kind::fail);
}

TEST_CASE("what the policy ignores stays as the policy says, and statements that fit nothing are told")
{
  const Project project;
  Hit hit = project.hit();
  hit.ruling = {Kind::ignore, "policy"};
  CHECK(apply({document(not_affected(purl("pkg:npm/victim")))}, hit).hit.ruling.reason == "policy");
  const Outcome unused = apply({document(not_affected(purl("pkg:npm/other")))}, project.hit());
  REQUIRE(unused.notices.size() == 1);
  CHECK(unused.notices.front() == "vex.json: 1 statement fits nothing that was found: CVE-2026-1 (line 2)");
}

TEST_CASE("malware can be excused, and that is told")
{
  const Project project;
  Hit hit = project.hit();
  hit.group.is_malware = true;
  const Outcome outcome = apply({document(not_affected(purl("pkg:npm/victim")))}, hit);
  CHECK(outcome.hit.ruling.kind == Kind::ignore);
  REQUIRE(outcome.notices.size() == 1);
  CHECK(outcome.notices.front().find("is malware") != std::string::npos);
}

TEST_CASE("a document that is none is a gap, and nothing of it counts")
{
  const std::string fine = not_affected(purl("pkg:npm/victim"));
  CHECK(gap_of(document(fine)).empty());
  CHECK(gap_of("{").starts_with("vex.json"));
  CHECK(gap_of("[]").find("no VEX document") != std::string::npos);
  CHECK(gap_of(R"({"@context":"https://openvex.dev/ns/v9.0.0"})").find("v9.0.0 is no version") != std::string::npos);
  CHECK(gap_of(document(fine, R"("timestamp":"2026-01-01T00:00:00Z")")).find("has no author") != std::string::npos);
  CHECK(gap_of(document(fine, R"("author":"Ada")")).find("has no timestamp") != std::string::npos);
  CHECK(gap_of(document(fine, R"("author":"Ada","timestamp":"2026-13-01T00:00:00Z")")).find("timestamp is none")
        != std::string::npos);
  CHECK(gap_of(document(fine, R"("author":"Ada","author":"Eve","timestamp":"2026-01-01T00:00:00Z")")).find("twice")
        != std::string::npos);
  CHECK(read_vex("vex.json", document(fine, R"("author":"Ada")")).statements.empty());
}

TEST_CASE("a statement that is none is a gap at its line, and the others count")
{
  const std::string fine = not_affected(purl("pkg:npm/victim"));
  const std::string victim = purl("pkg:npm/victim");
  const std::vector<std::pair<std::string, std::string>> cases{
      {statement(victim, "not_affected"), "does not say why"},
      {statement(victim, "harmless"), "has no status that is one: harmless"},
      {statement(victim, "not_affected", R"(,"justification":"trust_me")"),
       "has a justification that is none: trust_me"},
      {statement(victim, "fixed", R"(,"timestamp":"yesterday")"), "has a timestamp that is none"},
      {R"({"products":[],"status":"fixed"})", "names no vulnerability"}};
  for (const auto& each : cases) {
    CAPTURE(each.second);
    const VexDocument read = read_vex("vex.json", document(fine + ",\n" + each.first));
    REQUIRE(read.gaps.size() == 1);
    CHECK(read.gaps.front().subject == "vex.json:3");
    CHECK(read.gaps.front().why.find(each.second) != std::string::npos);
    CHECK(read.statements.size() == 1);
  }
}

TEST_CASE("an impact statement is a reason too, and what names no product is told")
{
  CHECK(is_excused(statement(purl("pkg:npm/victim"), "not_affected", R"(,"impact_statement":"patched out")")));
  const VexDocument read = read_vex(
      "vex.json",
      document(R"({"vulnerability":{"name":"CVE-2026-1"},"status":"fixed"},)"
               R"({"vulnerability":{"name":"CVE-2026-1"},"products":[{"@id":"https://x"}],"status":"fixed"})"));
  CHECK(read.gaps.empty());
  CHECK(read.statements.empty());
  REQUIRE(read.notices.size() == 1);
  CHECK(read.notices.front().find("2 statements name no product") != std::string::npos);
}
