// SPDX-License-Identifier: Apache-2.0
//
// fixtures/windows/cases.json: instants, and what is right at them by another program's reckoning.
#include "base/json.hpp"
#include "base/path.hpp"
#include "support/source_directory.hpp"
#include "window_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

/// That program looked no further; what it has no answer for comes later, or never.
constexpr std::chrono::days its_horizon{21};

std::vector<std::string>
texts(const Json& list)
{
  std::vector<std::string> all;
  for (const Json& item : list.items()) {
    all.push_back(*item.text());
  }
  return all;
}

std::string
text(const Json& value)
{
  return value.text() == nullptr ? "" : *value.text();
}

std::vector<Window>
windows(const Json& list)
{
  std::vector<Window> all;
  for (const Json& item : list.items()) {
    all.push_back({.days = texts(item["days"]),
                   .from = text(item["from"]),
                   .to = text(item["to"]),
                   .dates = texts(item["dates"]),
                   .between = texts(item["between"]),
                   .cron = texts(item["cron"]),
                   .zone = text(item["zone"]),
                   .reason = {},
                   .origin = {}});
  }
  return all;
}

}  // namespace

TEST_CASE("windows are open and closed when another program says so")
{
  const auto path = test::source_directory() / "fixtures" / "windows" / "cases.json";
  const Json cases = Json::parse(read_file(path).value()).value();
  CHECK(cases.size() == 42);
  for (const Json& each : cases.items()) {
    const std::string at = text(each["at"]);
    CAPTURE(text(each["case"]) + ", " + at);
    const Calendar calendar =
        promote::calendar(windows(each["spec"]["allow"]), windows(each["spec"]["deny"]), "Pacific/Honolulu");
    const Calendar::State state = calendar.at(instant(at));
    CHECK(state.is_open == each["open"].boolean());
    const bool is_seen = state.next_change && *state.next_change <= instant(at) + its_horizon;
    CHECK((is_seen ? rfc3339(*state.next_change) : "") == text(each["next_change"]));
    CHECK_FALSE(state.why.empty());
  }
}
