// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_contract.hpp"
#include "promote/probe/probe_path.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

Sample
read(std::string_view text)
{
  return read_contract(Json::parse(text).value(), "version").sample;
}

}  // namespace

TEST_CASE("degraded can be reached: some parts fail, and not all")
{
  CHECK(read(R"({"checks":{"a":{"ok":true},"b":{"ok":true}}})").health == Health::healthy);
  CHECK(read(R"({"checks":{"a":{"ok":true},"b":{"ok":false}}})").health == Health::degraded);
  CHECK(read(R"({"checks":{"a":{"ok":false},"b":{"ok":false}}})").health == Health::unhealthy);
  CHECK(read(R"({"checks":{"a":{"ok":false},"b":{"status":"warn"}}})").health == Health::degraded);
  CHECK(read(R"({"checks":{"a":{},"b":{}}})").health == Health::no_data);
}

TEST_CASE("a status and the parts make what is worse of the two")
{
  CHECK(read(R"({"status":"healthy","checks":{"a":{"ok":false}}})").health == Health::unhealthy);
  CHECK(read(R"({"status":"fail","checks":{"a":{"ok":true}}})").health == Health::unhealthy);
  CHECK(read(R"({"status":"WARN"})").health == Health::degraded);
  CHECK(read(R"({"status":false})").health == Health::unhealthy);
  CHECK(read(R"({"status":"dancing"})").health == Health::no_data);
  CHECK(read(R"({"status":["ok"]})").health == Health::no_data);
  CHECK(read(R"({"status":200})").health == Health::healthy);
  CHECK(read(R"({"checks":{"a":{"ok":"yes"}}})").health == Health::no_data);
  CHECK(read(R"({"checks":{"a":{"ok":true,"status":"down"}}})").health == Health::unhealthy);
}

TEST_CASE("ok is read as a status is, for the whole too")
{
  CHECK(read(R"({"ok":true})").health == Health::healthy);
  CHECK(read(R"({"ok":false})").health == Health::unhealthy);
  CHECK(read(R"({"ok":false})").why == "it says that ok is false");
  CHECK(read(R"({"ok":"degraded"})").health == Health::degraded);
  CHECK(read(R"({"ok":"dancing"})").why == "its ok is none that is known: dancing");
  CHECK(read(R"({"status":"healthy","ok":false})").health == Health::unhealthy);
  CHECK(read(R"({"status":"down","ok":true})").why == "it says that it is down");
  CHECK(read(R"({"ok":null})").health == Health::healthy);
  CHECK(read_contract(Json::parse(R"({"ok":true})").value(), "version").says_something);
}

TEST_CASE("the ledger's entry is an id, and nothing else is taken for one")
{
  const std::string id(40, 'a');
  CHECK(read(R"({"ledger_entry":")" + id + "\"}").ledger_entry == id);
  for (const char* none : {R"({"ledger_entry":"aaaa"})", R"({"ledger_entry":12})", R"({"ledger_entry":null})", "{}"}) {
    CHECK(read(none).ledger_entry.empty());
  }
}

TEST_CASE("a number alone is neither good nor bad, and anything beside it is")
{
  CHECK(read(R"({"value":9999})").is_number_alone);
  CHECK_FALSE(read("{}").is_number_alone);
  for (const char* more :
       {R"("status":"ok")", R"("ok":true)", R"("checks":{"a":true})", R"("latency_ms":3)", R"("requests":3)"}) {
    CHECK_FALSE(read(fmt::format(R"({{"value":9999,{}}})", more)).is_number_alone);
  }
}

TEST_CASE("an answer without one of the keys says nothing")
{
  CHECK_FALSE(read_contract(Json::parse("{}").value(), "version").says_something);
  CHECK_FALSE(read_contract(Json::parse("[1]").value(), "version").says_something);
  CHECK_FALSE(
      read_contract(Json::parse(R"({"checks":{},"version":null,"latency_ms":"3"})").value(), "version").says_something);
  CHECK(read_contract(Json::parse(R"({"a":{"v":3}})").value(), "a.v").says_something);
  CHECK(read_contract(Json::parse(R"({"value":0})").value(), "version").says_something);
}

TEST_CASE("what a hostile answer names is bounded and harmless")
{
  std::string text = R"({"checks":{)";
  for (int i = 0; i < 1000; ++i) {
    text += fmt::format("{}\"{}\\u001b[31m{}\":false", i == 0 ? "" : ",", i, std::string(300, 'x'));
  }
  const Sample sample = read(text + "}}");
  CHECK(sample.components.size() == 200);
  for (const Component& each : sample.components) {
    CHECK(each.name.size() <= 100);
    CHECK(each.name.find('\x1b') == std::string::npos);
  }
  CHECK(sample.why.size() < 500);
  CHECK(sample.why.ends_with("and 197 more are not well"));
}

TEST_CASE("a path leads to a value, and what is no path is refused")
{
  const Json json = Json::parse(R"({"a":{"b":[{"c":1},[2,"x"]]},"d":null})").value();
  const auto at = [&](std::string_view path) {
    const Json* const value = value_at(json, parse_path(path).value());
    return value == nullptr ? std::string("nothing") : plain_text(*value);
  };
  CHECK(at("a.b[0].c") == "1");
  CHECK(at("a.b[1][1]") == "x");
  CHECK(at("a.b[1]") == R"([2,"x"])");
  CHECK(at("d") == "null");
  CHECK(at("a.b[2]") == "nothing");
  CHECK(at("a.b.c") == "nothing");
  CHECK(at("d.e") == "nothing");
  const Json list = Json::parse("[7]").value();
  CHECK(plain_text(*value_at(list, parse_path("[0]").value())) == "7");
  for (const char* path : {"", ".", "a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "a]", "a[1", "a[1]b", "a[999999999]"}) {
    CAPTURE(std::string(path));
    CHECK_FALSE(parse_path(path));
  }
  std::string deep = "a";
  for (int i = 0; i < 32; ++i) {
    deep += ".a";
  }
  CHECK_FALSE(parse_path(deep));
}
