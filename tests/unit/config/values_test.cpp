// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "config/values.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;
using namespace std::chrono_literals;

namespace {

Result<std::chrono::milliseconds>
duration(std::string_view text)
{
  return parse_duration(text, 0ms, std::chrono::days(30));
}

}  // namespace

TEST_CASE("durations are numbers with units from the largest down")
{
  CHECK(duration("90s").value() == 90s);
  CHECK(duration("15m").value() == 15min);
  CHECK(duration("2h").value() == 2h);
  CHECK(duration("1d").value() == 24h);
  CHECK(duration("1h30m").value() == 90min);
  CHECK(duration("1d2h3m4s5ms").value() == 26h + 3min + 4s + 5ms);
  CHECK(duration(" 250ms ").value() == 250ms);
  CHECK(duration("45").value() == 45s);
  CHECK(duration("0").value() == 0s);
}

TEST_CASE("whatever else is no duration")
{
  for (const char* text : {"", "s", "-5s", "+5s", "1.5h", "1 h", "1h 30m", "30m1h", "1h1h", "5s5", "5 0", "1w", "1H",
                           "0x10", "9223372036854775807d", "99999999999999999999", "31d", "720h1ms"}) {
    CAPTURE(text);
    CHECK_FALSE(duration(text).has_value());
  }
  CHECK(duration("720h").has_value());
  CHECK(parse_duration("1s", 2s, 1h).error().message
        == "must be a duration from 2s to 1h, such as 90s, 15m or 1h30m, not \"1s\"");
}

TEST_CASE("a duration is printed as it is read")
{
  CHECK(spelled_duration(0ms) == "0s");
  CHECK(spelled_duration(90s) == "1m30s");
  CHECK(spelled_duration(36h) == "1d12h");
  CHECK(spelled_duration(1500ms) == "1s500ms");
  for (const auto each : {1ms, 999ms, 61'001ms, 86'400'000ms, 90'061'001ms}) {
    CHECK(duration(spelled_duration(each)).value() == each);
  }
}

TEST_CASE("numbers are whole and within their bounds")
{
  CHECK(parse_number(" 7 ", 0, 9).value() == 7);
  CHECK(parse_number("-3", -5, 5).value() == -3);
  for (const char* text : {"", "7x", "0x7", "10", "-1", "7.0", "99999999999999999999"}) {
    CHECK_FALSE(parse_number(text, 0, 9).has_value());
  }
  CHECK(parse_real("2.5", 0, 8).value() == doctest::Approx(2.5));
  for (const char* text : {"", "nan", "inf", "8.1", "-0.1", "1,5", "1e999"}) {
    CHECK_FALSE(parse_real(text, 0, 8).has_value());
  }
}

TEST_CASE("a toggle is one of eight words")
{
  CHECK(parse_toggle("Yes").value());
  CHECK_FALSE(parse_toggle(" off ").value());
  CHECK_FALSE(parse_toggle("true" + std::string(100, ' ') + "x").has_value());
}

TEST_CASE("a name ends at the first equals sign")
{
  CHECK(parse_named(" a =b=c")->name == "a");
  CHECK(parse_named("a=b=c")->value == "b=c");
  CHECK(parse_named("a=")->value.empty());
  CHECK(parse_named("=b").error().message == "must be NAME=VALUE items, not \"=b\"");
  CHECK_FALSE(parse_named("a").has_value());
}

TEST_CASE("items are separated by newlines if there are any, else by commas")
{
  CHECK(items_of("a, b,,c") == std::vector<std::string>{"a", "b", "c"});
  CHECK(items_of("a,b\n c \n\n") == std::vector<std::string>{"a,b", "c"});
  CHECK(items_of(" , ").empty());
}

TEST_CASE("a message shows the beginning of a value and nothing that harms a line")
{
  CHECK(in_quotes("a\nb\x1b[1m") == "\"a\\x0ab\\x1b[1m\"");
  CHECK(in_quotes(std::string(80, 'x')) == "\"" + std::string(80, 'x') + "\"");
  const std::string cut = in_quotes(std::string(1'000'000, 'x'));
  CHECK(cut == "\"" + std::string(77, 'x') + "…\"");
  // A character that the cut would halve is left out whole.
  CHECK(in_quotes(std::string(76, 'x') + "€€€€") == "\"" + std::string(76, 'x') + "…\"");

  const std::string_view names[] = {"low", "high"};
  for (const auto& message :
       {parse_choice(std::string(999, 'x'), names).error().message,
        parse_number(std::string(999, 'x'), 0, 1).error().message,
        parse_real(std::string(999, 'x'), 0, 1).error().message, parse_toggle(std::string(999, 'x')).error().message,
        parse_named(std::string(999, 'x')).error().message, duration(std::string(999, 'x')).error().message}) {
    CHECK(message.find(std::string(77, 'x') + "…\"") != std::string::npos);
    CHECK(message.find(std::string(78, 'x')) == std::string::npos);
  }
}
