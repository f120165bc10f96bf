// SPDX-License-Identifier: Apache-2.0
#include "promote/options.hpp"
#include "promote/watch/limits.hpp"
#include "promote/watch/watch_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>

using namespace sluice;
using namespace sluice::promote;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::vector<std::string>
problems_of(const Verify& verify)
{
  PromoteOptions options;
  options.environments["production"].verify = verify;
  config::OptionTable table;
  describe(options, table);
  config::OptionChecks checks(table);
  check(options, checks);
  return checks.problems();
}

Limit
limit(std::string_view text)
{
  return limit_of("queue", text).value();
}

const Limit&
limit_named(const std::vector<Limit>& limits, std::string_view name)
{
  const auto at = std::find_if(limits.begin(), limits.end(), [&](const Limit& each) { return each.measure == name; });
  REQUIRE(at != limits.end());
  return *at;
}

}  // namespace

TEST_CASE("limits are read as they are said")
{
  CHECK(limit("at most 80").side == Side::at_most);
  CHECK(limit("at most 80").number == 80);
  CHECK(limit("below 0.01").side == Side::below);
  CHECK(limit("at least 99.9 %").side == Side::at_least);
  CHECK(limit("at least 99.9 %").unit == "%");
  CHECK(limit("  above   -1e3  messages a minute ").number == -1000);
  CHECK(limit("  above   -1e3  messages a minute ").unit == "messages a minute");
}

TEST_CASE("what is no limit is refused")
{
  for (const char* text :
       {"", " ", "80", "at most", "at most ", "atmost 80", "at  most 80", "below x", "below 1,5", "below nan",
        "at most inf", "under 3", "below 80%", "below 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "below 1e999", "Below 1"}) {
    CAPTURE(text);
    CHECK_FALSE(limit_of("queue", text));
  }
}

TEST_CASE("a limit is kept on its healthy side")
{
  CHECK(keeps(80, limit("at most 80")));
  CHECK_FALSE(keeps(80.001, limit("at most 80")));
  CHECK(keeps(79, limit("below 80")));
  CHECK_FALSE(keeps(80, limit("below 80")));
  CHECK(keeps(99.9, limit("at least 99.9")));
  CHECK_FALSE(keeps(99.89, limit("at least 99.9")));
  CHECK(keeps(1, limit("above 0")));
  CHECK_FALSE(keeps(0, limit("above 0")));
}

TEST_CASE("infinite keeps no limit, and what is no number none")
{
  for (const char* text : {"at most 80", "below 80", "at least 80", "above 80"}) {
    CAPTURE(text);
    CHECK_FALSE(keeps(infinite, limit(text)));
    CHECK_FALSE(keeps(-infinite, limit(text)));
    CHECK_FALSE(keeps(std::numeric_limits<double>::quiet_NaN(), limit(text)));
  }
}

TEST_CASE("what only rounding makes more is not more")
{
  for (int percent = 0; percent <= 100; ++percent) {
    CHECK_FALSE(exceeds(percent, percent / 100.0 * 100));
    CHECK_FALSE(exceeds(percent * 10, 1000 * (percent * 0.01)));
    CHECK(exceeds(percent + 1, percent / 100.0 * 100));
  }
  CHECK(exceeds(1e-12, 0));
  CHECK(exceeds(2e-12, 1e-12));
  CHECK(exceeds(infinite, 1e308));
}

TEST_CASE("every preset says what is measured, in which unit, and who says so")
{
  std::set<std::string_view> names;
  for (const Preset& preset : presets()) {
    CAPTURE(preset.name);
    CHECK(names.insert(preset.name).second);
    CHECK_FALSE(preset.measured.empty());
    CHECK_FALSE(preset.source.empty());
    CHECK(preset.number > 0);
    CHECK(find_preset(preset.name) == &preset);
  }
  CHECK(find_preset("disc") == nullptr);
}

TEST_CASE("presets have the numbers that checklists give")
{
  Verify verify;
  for (const Preset& preset : presets()) {
    verify.presets.emplace_back(preset.name);
  }
  const std::vector<Limit> limits = limits_of(verify);
  const auto told = [&](std::string_view name) { return wanted(limit_named(limits, name)); };
  CHECK(told("error-rate") == "at most 0.01 of 1");
  CHECK(told("response-time") == "at most 3000 ms");
  CHECK(told("disk") == "at most 80 %");
  CHECK(told("slow-query") == "at most 100 ms");
  CHECK(told("connections") == "at most 80 %");
  CHECK(told("failed-logins") == "at most 100 an hour");
  CHECK(told("lcp") == "at most 2500 ms");
  CHECK(told("inp") == "at most 200 ms");
  CHECK(told("cls") == "at most 0.1");
  CHECK(told("availability") == "at least 99.9 %");
  CHECK(problems_of(verify).empty());
}

TEST_CASE("presets and the defaults of a setting are one number")
{
  CHECK(Verify().error_rate == find_preset("error-rate")->number);
  CHECK(Verify().latency_ms == find_preset("response-time")->number);
}

TEST_CASE("a preset takes the number that the setting gives it")
{
  const Verify verify{.presets = {"error-rate", "response-time", "disk", "lcp", "lcp"},
                      .limits = {{"disk", "at most 90"}, {"queue", "below 5"}},
                      .error_rate = 0.05,
                      .latency_ms = 500};
  const std::vector<Limit> limits = limits_of(verify);
  CHECK(limits.size() == 5);
  CHECK(limit_named(limits, "error-rate").number == 0.05);
  CHECK(limit_named(limits, "response-time").number == 500);
  CHECK(wanted(limit_named(limits, "disk")) == "at most 90 %");
  CHECK(limit_named(limits, "queue").side == Side::below);
}

TEST_CASE("response-time counts where no latency was to")
{
  CHECK(rules_of(Verify{.latency_ms = 0}).latency_ms == 0);
  CHECK(rules_of(Verify{.presets = {"response-time"}, .latency_ms = 0}).latency_ms == 3000);
  CHECK(rules_of(Verify{.presets = {"response-time"}, .latency_ms = 200}).latency_ms == 200);
}

TEST_CASE("a preset that does not exist is refused with the one that was meant")
{
  const auto problems = problems_of(Verify{.presets = {"disk", "eror-rate", "xyzzy"}});
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].find("is no preset (did you mean error-rate?)") != std::string::npos);
  CHECK(problems[1].find("is no preset") != std::string::npos);
  CHECK(problems[1].find("did you mean") == std::string::npos);
}

TEST_CASE("a limit that is not well formed is refused")
{
  const auto problem = [](const char* measure, const char* text) {
    const auto problems = problems_of(Verify{.limits = {{measure, text}}});
    return problems.empty() ? std::string() : problems.front();
  };
  CHECK(problem("queue", "at most 5").empty());
  CHECK(problem("disk", "at most 70 %").empty());
  CHECK(problem("queue", "5").find("is no limit such as") != std::string::npos);
  CHECK(problem("slow-query", "at most 3 s").find("is measured in another unit: ms") != std::string::npos);
  CHECK(problem("cls", "at most 3 s").find("it has none") != std::string::npos);
  CHECK(problem("error-rate", "at most 0.5").find("has the key `error_rate`") != std::string::npos);
  CHECK(problem("response-time", "at most 5").find("has the key `latency_ms`") != std::string::npos);
}

TEST_CASE("what slipped through is a limit that nothing keeps")
{
  for (const Verify& verify : {Verify{.presets = {"nonsense"}}, Verify{.limits = {{"nonsense", "5"}}}}) {
    const std::vector<Limit> limits = limits_of(verify);
    REQUIRE(limits.size() == 1);
    CHECK(limits[0].measure == "nonsense");
    for (const double number : {-infinite, -1e308, 0.0, 1e308, infinite}) {
      CHECK_FALSE(keeps(number, limits[0]));
    }
  }
}

TEST_CASE("numbers are shown as people write them")
{
  CHECK(shown_number(3000) == "3000");
  CHECK(shown_number(0.01) == "0.01");
  CHECK(shown_number(1.0 / 3) == "0.333333");
  CHECK(shown_number(infinite) == "infinite");
}

TEST_CASE("a value is called as its sample says, or as its probe")
{
  CHECK(measure_of(Sample{.at = {}, .probe = "disk"}) == "disk");
  CHECK(measure_of(Sample{.at = {}, .probe = "db", .measure = "disk"}) == "disk");
}
