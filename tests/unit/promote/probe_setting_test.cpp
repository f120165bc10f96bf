// SPDX-License-Identifier: Apache-2.0
#include "probe_case.hpp"
#include "promote/options.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

namespace {

std::string
problem_in(const ProbeSetting& setting)
{
  const auto problem = problem_of(setting);
  return problem ? fmt::format("{} {}", problem->key, problem->what) : "";
}

ProbeSetting
http()
{
  ProbeSetting setting = setting_of("http");
  setting.url = "https://shop.example/health";
  return setting;
}

}  // namespace

TEST_CASE("every kind of probe says what it is, and what it must have")
{
  CHECK(probe_ids().size() == probes().size());
  for (const Probe* probe : probes()) {
    CAPTURE(std::string(probe->id));
    CHECK_FALSE(probe->title.empty());
    CHECK(probe->doc.ends_with('.'));
    CHECK(holds(problem_in(setting_of(std::string(probe->id))), "must have"));
  }
  CHECK(problem_in(setting_of("telepathy")) == "kind is no kind of probe");
}

TEST_CASE("a key that the kind does not heed is refused")
{
  CHECK(problem_in(http()).empty());
  ProbeSetting setting = http();
  setting.min_days = 30;
  CHECK(problem_in(setting) == "min_days is not heeded by a probe of the kind http");
  setting = setting_of("log");
  setting.file = "a";
  CHECK(problem_in(setting).empty());
  setting.run = {"b"};
  CHECK(problem_in(setting) == "file or run: a probe of the kind log must have one of them");
}

TEST_CASE("values that no probe can be taken with are refused")
{
  ProbeSetting setting = http();
  setting.url = "ftp://shop.example/";
  CHECK(problem_in(setting) == "url is neither an http nor an https address");
  setting.url = "$SERVICE";
  CHECK(problem_in(setting).empty());
  setting.method = "DELETE";
  CHECK(holds(problem_in(setting), "method is none of"));
  setting = http();
  setting.status = {"2xx", "204", "20x"};
  CHECK(holds(problem_in(setting), "status holds 20x"));
  setting.status = {"600"};
  CHECK(holds(problem_in(setting), "status holds 600"));
  setting = http();
  setting.json = {{"a[", "b"}};
  CHECK(holds(problem_in(setting), "json holds a["));
  setting = http();
  setting.version_path = "a..b";
  CHECK(holds(problem_in(setting), "version_path is no path"));
  setting = setting_of("headers");
  setting.url = "https://shop.example/";
  setting.presets = {"hts"};
  CHECK(holds(problem_in(setting), "(did you mean hsts?)"));
  setting = setting_of("certificate");
  setting.url = "http://shop.example/";
  CHECK(problem_in(setting) == "url is no https address");
  setting = setting_of("redirect");
  setting.url = "https://shop.example/";
  CHECK(problem_in(setting) == "url is no http address");
  setting = setting_of("sql");
  setting.database = "shop";
  setting.query = "\\! rm -r /";
  CHECK(problem_in(setting) == "query is no SQL");
}

TEST_CASE(
    "a probe that is not well formed is refused with its pipeline, and observes nothing if it is taken all the same")
{
  PromoteOptions options;
  ProbeSetting setting = http();
  setting.query = "select 1";
  options.environments["production"].verify.probes["api"] = setting;
  config::OptionTable table;
  describe(options, table);
  config::OptionChecks checks(table);
  check(options, checks);
  REQUIRE(checks.problems().size() == 1);
  CHECK(holds(checks.problems().front(), "is not heeded by a probe of the kind http"));

  ProbeCase probe;
  const Sample sample = probe.take(setting);
  CHECK(sample.health == Health::cannot_observe);
  CHECK(sample.why == "\"query\" is not heeded by a probe of the kind http");
  CHECK(sample.probe == "it");
}
