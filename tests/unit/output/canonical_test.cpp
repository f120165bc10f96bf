// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/sink.hpp"
#include "support/difference.hpp"
#include "support/source_directory.hpp"
#include "unit/output/canonical_report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>

namespace sluice::output {

namespace {

void
compare_with_golden(const Sink& sink, std::string_view variant, const RenderOptions& options)
{
  const auto path =
      test::source_directory() / "fixtures" / "report" / fmt::format("canonical.{}{}.golden", sink.name, variant);
  const std::string actual = sink.render(test::canonical_reports(), options);
  if (std::getenv("SLUICE_UPDATE_GOLDEN") != nullptr) {
    REQUIRE(write_file(path, actual));
    return;
  }
  const std::string expected = read_file(path).value_or("");
  INFO(path.filename().string(), " is out of date; if the change is meant: SLUICE_UPDATE_GOLDEN=1 test_output");
  INFO(test::difference(expected, actual));
  CHECK(expected == actual);
}

}  // namespace

TEST_CASE("Every sink renders the canonical report as its golden file says")
{
  for (const Sink& sink : sinks()) {
    compare_with_golden(sink, "", {});
  }
  compare_with_golden(*find_sink("text"), "-verbose", {.verbose = true});
  compare_with_golden(*find_sink("text"), "-quiet", {.quiet = true});
  compare_with_golden(*find_sink("text"), "-colour", {.colour = Colour::on});
  compare_with_golden(*find_sink("text"), "-narrow", {.verbose = true, .width = 40});
}

TEST_CASE("Sinks are found by name, and every name is unique and sorted")
{
  const auto all = sinks();
  CHECK(all.size() == 13);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(find_sink(all[i].name) == &all[i]);
    CHECK((i == 0 || all[i - 1].name < all[i].name));
    CHECK(all[i].help.ends_with('.'));
  }
  CHECK(find_sink("pdf") == nullptr);
}

TEST_CASE("Every sink renders no report, a clean report and one without a rule")
{
  Report bare = test::report_with({test::active_finding(Severity::high, "a")});
  bare.judged.front().finding = Finding{};
  bare.rules.clear();
  for (const Sink& sink : sinks()) {
    CAPTURE(sink.name);
    CHECK(is_utf8(sink.render({}, {})));
    CHECK(is_utf8(sink.render(std::vector{test::clean_report()}, {})));
    CHECK(is_utf8(sink.render(std::vector{bare}, {})));
  }
}

}  // namespace sluice::output
