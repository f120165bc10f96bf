// SPDX-License-Identifier: Apache-2.0
#include "promote/watch/foresight.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

using Probes = std::map<std::string, ProbeSetting>;

ProbeSetting
probe(std::string kind, std::string query = "")
{
  ProbeSetting setting;
  setting.kind = std::move(kind);
  setting.query = std::move(query);
  return setting;
}

bool
is_blind(const Probes& probes, const Verify& verify = {})
{
  return !blind_spots(probes, verify).empty();
}

}  // namespace

TEST_CASE("without a probe nothing is looked at")
{
  REQUIRE(blind_spots({}, {}).size() == 1);
  CHECK(blind_spots({}, {}).front().starts_with("nothing is looked at"));
}

TEST_CASE("numbers alone can fail by a limit, and one of them is enough")
{
  const Probes numbers{{"errors", probe("prometheus")}, {"rows", probe("sql", "select 5")}};
  REQUIRE(blind_spots(numbers, {}).size() == 1);
  CHECK(blind_spots(numbers, {}).front()
        == "nothing can fail: no limit judges errors, rows, and a number alone is neither good nor bad");
  CHECK_FALSE(is_blind(numbers, {.limits = {{"rows", "above 3"}}}));
  for (const char* kind : {"command", "http", "samples", "log", "certificate", "headers", "redirect"}) {
    CHECK_FALSE(is_blind({{"errors", probe("prometheus")}, {"other", probe(kind)}}));
  }
}

TEST_CASE("a limit wants a probe of its name that can give a number")
{
  const Verify verify{.limits = {{"eror", "below 1"}}};
  REQUIRE(blind_spots({{"error", probe("command")}}, verify).size() == 1);
  CHECK(blind_spots({{"error", probe("command")}}, verify).front().starts_with("nothing measures eror: "));
  for (const char* kind : {"command", "http", "samples", "log", "certificate", "sql", "prometheus"}) {
    CHECK_FALSE(is_blind({{"eror", probe(kind)}}, verify));
  }
  CHECK(is_blind({{"eror", probe("headers")}}, verify));
  CHECK(is_blind({{"health", probe("http")}}, {.presets = {"replication-lag"}}));
}

TEST_CASE("the share of errors and the time are measured by what asks the service")
{
  const Verify verify{.presets = {"error-rate", "response-time"}};
  for (const char* kind : {"command", "http", "samples", "sql", "headers", "redirect"}) {
    CHECK_FALSE(is_blind({{"it", probe(kind)}}, verify));
  }
  CHECK(blind_spots({{"it", probe("log")}}, verify).size() == 2);
}

TEST_CASE("a query is of a number only where it cannot be of a truth")
{
  for (const char* number : {"select 5", "SELECT count(*) FROM item", " select\n avg(age) from item where a = 1",
                             "select count(*) / 2 from t;"}) {
    CAPTURE(std::string(number));
    CHECK(is_number_query(number));
  }
  for (const char* other : {"select true", "select count(*) > 0 from item", "select lag from replicas",
                            "select 5 in (5)", "select not count(*) = 1", "select pg_is_in_recovery()", "selected 5",
                            "with a as (select 1) select 2", "select 5::bool", "select 1 is null", "select 5 isnull",
                            "select max(word) from t", "select (1)", "select", "", "select countless(1)"}) {
    CAPTURE(std::string(other));
    CHECK_FALSE(is_number_query(other));
  }
}
