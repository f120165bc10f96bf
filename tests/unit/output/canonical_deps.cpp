// SPDX-License-Identifier: Apache-2.0
#include "support/plain_redactor.hpp"
#include "unit/output/canonical_report.hpp"

#include <array>

namespace sluice::test {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 1> references{"https://osv.dev/"};
constexpr RuleMeta vulnerable{.id = "vulnerable",
                              .title = "Dependency with a known vulnerability",
                              .since = "0.2.0",
                              .doc = {.what = "Finds dependencies that an advisory names.", .references = references},
                              .severity = Severity::high,
                              .confidence = Confidence::high,
                              .tags = {},
                              .tool = "deps"};
constexpr RuleMeta typo{.id = "lookalike-name",
                        .title = "Name that looks like a popular one",
                        .since = "0.2.0",
                        .severity = Severity::high,
                        .confidence = Confidence::low,
                        .tags = {},
                        .tool = "deps"};

/// Its severity is the advisory's, above the rule's own.
Finding
vulnerable_dependency()
{
  Finding finding;
  finding.rule = &vulnerable;
  finding.where = {"package-lock.json", {812, 5}, {812, 26}, ""};
  finding.message = "left-pad 1.3.0 hands its input to a shell: whoever sends a name runs commands on your server";
  finding.help = "Update left-pad to 1.3.1.";
  finding.excerpt = "    \"node_modules/left-pad\": {";
  finding.subject = "pkg:npm/left-pad@1.3.0";
  finding.severity = Severity::critical;
  finding.identifiers = {{"CVE-2026-12345"}, {"GHSA-aaaa-bbbb-cccc"}, {"CWE-78"}, {"PYSEC-2026-1"}};
  finding.related = {{{"package.json", {14, 5}, {14, 20}, ""}, PlaceRole::cause, "web-kit asks for it"},
                     {{"package.json", {15, 5}, {15, 20}, ""}, PlaceRole::fix, ""},
                     {{"yarn.lock", {90, 1}, {90, 20}, ""}, PlaceRole::primary, "locked here as well"}};
  finding.facts = {{"cvss", "CVSS", "9.8"}, {"fixed-in", "fixed in", "1.3.1"}};
  finding.fingerprint = make_fingerprint(vulnerable.id, std::array<std::string_view, 1>{"left-pad"});
  return finding;
}

Finding
lookalike()
{
  Finding finding;
  finding.rule = &typo;
  finding.where = {"package.json", {20, 5}, {20, 12}, ""};
  finding.message = "expres looks like express";
  finding.help = "Compare the name with the one that you meant.";
  finding.subject = "pkg:npm/expres@1.0.0";
  finding.confidence = Confidence::low;
  finding.fingerprint = make_fingerprint(typo.id, std::array<std::string_view, 1>{"expres"});
  return finding;
}

/// left-pad and web-kit need each other.
Section
paths()
{
  return {"Paths", "How a vulnerable package gets in",
          Graph{{{"shop", Standing::plain}, {"web-kit 4.0.0", Standing::warning}, {"left-pad <1.3.0>", Standing::bad}},
                {{0, 1, ""}, {1, 2, "requires ^1"}, {2, 1, "peer"}}}};
}

Section
packages()
{
  return {"Packages", "",
          Table{{"Lockfile", "Packages"}, {{"package-lock.json", "1,204"}, {"a|b\n::error::x.lock", "<b>1</b>"}}}};
}

}  // namespace

Report
deps_report()
{
  RawReport report;
  report.tool = "deps";
  report.version = "0.2.0";
  report.scan = ScanType::dependency_scanning;
  report.judged = {{vulnerable_dependency(), Severity::critical, Disposition::active, ""},
                   {lookalike(), Severity::high, Disposition::warned, "everything else (rule at .sluice.yml:9:7)"}};
  report.gaps = {{{GapKind::stale_data, "advisories of crates.io", "the newest is 40 days old",
                   "Update the data: `sluice-deps db update`."},
                  true,
                  "no crate is deployed (until 2027-01-01, .sluice.yml:14:3)"}};
  report.coverage = {"package-lock.json, yarn.lock", {{1205, "packages"}}};
  report.sections = {packages(), paths()};
  report.verdict = Verdict::fail;
  report.context = {"https://github.com/example/shop",
                    "github",
                    "5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f",
                    "1a2b3c4d..5e6f7a8b",
                    "pull request 12: what `main` does not have",
                    "sluice-deps --base 1a2b3c4d --head 5e6f7a8b"};
  report.started = std::chrono::system_clock::time_point(1'795'233'908s);
  report.duration = 90ms;
  report.rules = {&vulnerable, &typo};
  return shown(std::move(report));
}

Report
env_report()
{
  RawReport report;
  report.tool = "env";
  report.version = "0.2.0";
  report.scan = ScanType::sast;
  report.absence = Absence{Absence::Kind::no_subject, "No file declares variables (.env.example, compose.yml)"};
  report.verdict = Verdict::not_applicable;
  report.started = std::chrono::system_clock::time_point(1'795'233'908s);
  report.duration = 3ms;
  return shown(std::move(report));
}

}  // namespace sluice::test
