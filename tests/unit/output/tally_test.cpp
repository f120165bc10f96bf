// SPDX-License-Identifier: Apache-2.0
#include "output/tally.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>

namespace sluice::output {

using namespace std::chrono_literals;

TEST_CASE("A tally counts every finding and every gap once")
{
  const auto reports = test::canonical_reports();
  const Tally counts = tally(reports);
  CHECK(counts.active == std::array<std::size_t, 5>{0, 0, 1, 1, 3});
  CHECK(counts.active_total() == 5);
  CHECK(counts.warned == 1);
  CHECK(counts.below_threshold == 1);
  CHECK(counts.baselined == 1);
  CHECK(counts.suppressed == 1);
  CHECK(counts.gaps == 1);
  CHECK(counts.accepted_gaps == 2);
  CHECK(active_text(counts) == "3 critical, 1 high, 1 medium, 1 gap");
  CHECK(passed_text(counts)
        == "1 warning, 1 below the threshold, 1 baselined, 1 suppressed (1 by a comment), 2 accepted gaps");
  CHECK(active_text({}) == "no findings");
  CHECK(passed_text({}).empty());
}

TEST_CASE("Findings of several reports come most severe first")
{
  const auto reports = test::canonical_reports();
  const auto active = active_findings(reports);
  REQUIRE(active.size() == 5);
  CHECK(active[3].report->tool == "migrations");
  CHECK(active[4].judged->severity == Severity::medium);
  CHECK(open_findings(reports).size() == 7);
  REQUIRE(warned_findings(reports).size() == 1);
  CHECK(warned_findings(reports)[0].report->tool == "deps");
}

TEST_CASE("Rules that only findings refer to are known as well")
{
  Report report = test::report_with({test::active_finding(Severity::low, "a")});
  report.rules.clear();
  REQUIRE(rules_of(report).size() == 1);
  CHECK(rules_of(report)[0]->id == "example-token");
  CHECK(rule_of(Finding{}).id == "unknown");
}

TEST_CASE("Coverage is in words, in human units, and adds up")
{
  CHECK(coverage_text({"", {{1, "commits"}, {1, "entries"}, {1, "branches"}, {2048, "bytes"}}})
        == "1 commit, 1 entry, 1 branch, 2.0 KiB");
  CHECK(coverage_text({"", {{1, "earlier files"}, {1, "files replayed"}, {1, "previous indexes"}, {1, "addresses"}}})
        == "1 earlier file, 1 file replayed, 1 previous index, 1 address");
  CHECK(coverage_text({"", {{2, "files replayed"}, {0, "earlier files"}}}) == "2 files replayed, 0 earlier files");
  CHECK(coverage_text({}) == "nothing");
  const std::vector reports{test::clean_report(), test::clean_report()};
  CHECK(coverage_text(merged_coverage(reports)) == "2 files, 6 statements");
}

TEST_CASE("Durations and places are short")
{
  CHECK(duration_text(842ms) == "0.84 s");
  CHECK(duration_text(61'500ms) == "1 min 1 s");
  CHECK(place_text({"a\nb", {3, 4}, {}, ""}) == "a\\x0ab:3:4");
  CHECK(place_text({"a", {3, 0}, {}, ""}) == "a:3");
  CHECK(place_text({"a", {}, {}, ""}) == "a");
  CHECK(place_text({"", {}, {}, "0123456789abcdef"}) == "commit 0123456789ab");
  CHECK(place_text({}) == "the repository");
  CHECK(path_or_stand_in({"", {}, {}, "0123"}) == "git/commit/0123");
  CHECK(path_or_stand_in({}) == "git/repository");
}

}  // namespace sluice::output
