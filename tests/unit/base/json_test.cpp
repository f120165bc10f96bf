// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/json_events.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace sluice {

namespace {

std::string
error_of(std::string_view text, const JsonLimits& limits = {})
{
  const auto json = Json::parse(text, limits);
  return json ? "" : json.error().message;
}

/// nlohmann's form of the same text, which files that others keep were written in.
std::string
theirs(std::string_view text, int indent, bool is_ascii)
{
  return nlohmann::ordered_json::parse(text).dump(indent, ' ', is_ascii);
}

constexpr std::string_view mixed =
    R"({"b":1,"a":[true,false,null,-5,18446744073709551615,-9223372036854775808],"":{},"e":[],"n":{"x":["y",[[]]]},)"
    R"("t":"\"\\\/\b\f\n\r\t\u0001\u007f\u0080\u00e4\u2028\ud83d\ude00"})";

}  // namespace

TEST_CASE("a braced list of pairs is an object, whatever is in it")
{
  const Json json{{"text", "x"}, {"list", Json::array({1, "two", {{"three", 3}}})}, {"inner", {{"key", "value"}}}};
  CHECK(json.dump() == R"({"text":"x","list":[1,"two",{"three":3}],"inner":{"key":"value"}})");
  CHECK(Json{{"a", "b"}}.dump() == R"({"a":"b"})");
  CHECK(Json::object().dump() == "{}");
  CHECK(Json::array().dump() == "[]");
  CHECK(Json().dump() == "null");
  CHECK(Json::array({{{"a", 1}, {"b", 2}}}).dump() == R"([{"a":1,"b":2}])");
  CHECK(Json::array_of(std::vector<std::string>{"a", "b"}).dump() == R"(["a","b"])");
  CHECK(Json::array_of(std::vector{1, 2}, [](int n) { return Json{{"n", n}}; }).dump() == R"([{"n":1},{"n":2}])");
}

TEST_CASE("integers are exact to 64 bits, and equal whatever their type was")
{
  CHECK(Json(std::numeric_limits<std::uint64_t>::max()).dump() == "18446744073709551615");
  CHECK(Json(std::numeric_limits<std::int64_t>::min()).dump() == "-9223372036854775808");
  CHECK(Json(5) == Json(5U));
  CHECK(Json(-5).integer() == -5);
  CHECK(Json(5).integer() == 5);
  CHECK(Json(5).natural() == 5);
  CHECK_FALSE(Json(-5).natural());
  CHECK_FALSE(Json(std::numeric_limits<std::uint64_t>::max()).integer());
  CHECK(Json(5).real() == 5.0);
  CHECK_FALSE(Json(5.5).integer());
  CHECK(Json(true).boolean() == true);
  CHECK_FALSE(Json(1).boolean());
}

TEST_CASE("a dump is byte for byte the one that files were written with before")
{
  const auto json = Json::parse(mixed);
  REQUIRE(json);
  for (const bool is_ascii : {true, false}) {
    const JsonText form = is_ascii ? JsonText::ascii : JsonText::utf8;
    CHECK(json->dump(2, form) == theirs(mixed, 2, is_ascii));
    CHECK(json->dump(std::nullopt, form) == theirs(mixed, -1, is_ascii));
    CHECK(json->dump(0, form) == theirs(mixed, 0, is_ascii));
  }
}

TEST_CASE("bytes that are not UTF-8 become U+FFFD, as many as nlohmann writes")
{
  for (const std::string_view bytes : {"\xff",
                                       "a\xc0\xaf"
                                       "b",
                                       "\xed\xa0\x80", "\xe2\x82", "\xe2\x82X", "\xf0\x9f\x98", "\xf0\x9f\x98\x80\x80",
                                       "\xf4\x90\x80\x80", "\xe0\x9f", "\xf5", "\xc3\xc3\xa4"}) {
    const nlohmann::ordered_json other{std::string(bytes)};
    const auto replace = nlohmann::ordered_json::error_handler_t::replace;
    CAPTURE(nlohmann::ordered_json(std::string(bytes)).dump(-1, ' ', true, replace));
    const Json json = Json::array({bytes});
    CHECK(json.dump(std::nullopt, JsonText::ascii) == other.dump(-1, ' ', true, replace));
    CHECK(json.dump() == other.dump(-1, ' ', false, replace));
  }
}

TEST_CASE("numbers that are not finite are null, others read back as they were")
{
  CHECK(Json(std::numeric_limits<double>::infinity()).dump() == "null");
  CHECK(Json(std::numeric_limits<double>::quiet_NaN()).dump() == "null");
  CHECK(Json(1.0).dump() == "1.0");
  for (const double value : {0.1, 1e300, -2.5e-7, 1e15, 123456789.125}) {
    CHECK(Json::parse(Json(value).dump())->real() == value);
  }
}

TEST_CASE("members keep their order and are found, and what is not there is null")
{
  const auto json = Json::parse(R"({"z":1,"a":{"list":[10,20]}})");
  REQUIRE(json);
  CHECK(json->members()[0].key == "z");
  CHECK((*json)["a"]["list"][1] == 20);
  CHECK((*json)["a"]["list"][2].is_null());
  CHECK((*json)["no"]["such"][7]["thing"].is_null());
  CHECK((*json)["z"]["a"].is_null());
  CHECK(json->find("z") != nullptr);
  CHECK(json->find("y") == nullptr);
  CHECK((*json)["a"]["list"].size() == 2);
  CHECK((*json)["z"].size() == 0);
  CHECK((*json)["z"].items().empty());
  CHECK((*json)["z"].text() == nullptr);
}

TEST_CASE("a value can be changed in its depth")
{
  Json json;
  json.at("a").at("b").push_back(1);
  json.at("a").at("c") = "x";
  json.at("a").at("b").at(2) = 3;
  CHECK(json.dump() == R"({"a":{"b":[1,null,3],"c":"x"}})");
}

TEST_CASE("what is no JSON is refused with its place")
{
  CHECK(error_of("") == "not JSON (line 1, column 1)");
  CHECK(error_of("{\n \"a\": }") == "not JSON (line 2, column 7)");
  CHECK(error_of("[1] x") == "not JSON (line 1, column 5)");
  CHECK(error_of("\"\xff\"").starts_with("not JSON"));
  CHECK(error_of("nul").starts_with("not JSON"));
  CHECK(error_of("[1,]").starts_with("not JSON"));
  CHECK(error_of(std::string_view("[1]\0 x", 6)) == "not JSON (line 1, column 4)");
  CHECK(error_of("'a'").starts_with("not JSON"));
}

TEST_CASE("size and depth are bounded")
{
  CHECK(error_of("[[1]]", {.depth = 1}) == "nested more than 1 levels deep");
  CHECK(error_of("[[1]]", {.depth = 2}).empty());
  CHECK(error_of("[[],[],{}]", {.depth = 2}).empty());
  CHECK(error_of("[1,2]", {.bytes = 4}) == "more than 4 bytes of JSON");
  CHECK(error_of(std::string(1'000'000, '[')) == "nested more than 64 levels deep");
}

TEST_CASE("a value that is deeper than any stack can be made and destroyed")
{
  constexpr std::size_t depth = 300'000;
  const std::string text = std::string(depth, '[') + std::string(depth, ']');
  CHECK(Json::parse(text, {.depth = depth}));
  std::string objects;
  for (std::size_t i = 0; i < depth; ++i) {
    objects += "{\"a\":";
  }
  CHECK(Json::parse(objects + "1" + std::string(depth, '}'), {.depth = depth}));
}

TEST_CASE("a key that is there twice is refused, or counts as it was last")
{
  CHECK(error_of(R"({"a":1,"b":2,"a":3})") == "an object has a key twice");
  constexpr auto last_wins = JsonLimits::Duplicates::last_wins;
  CHECK(Json::parse(R"({"a":1,"b":2,"a":3})", {.duplicates = last_wins})->dump() == R"({"a":3,"b":2})");
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) {
    many += "\"k" + std::to_string(i) + "\":1,";
  }
  CHECK(error_of(many + "\"k\":1}").empty());
  CHECK(error_of(many + "\"k500\":1}") == "an object has a key twice");
}

namespace {

/// Counts texts, and stops at the third.
class ThreeTexts : public JsonEvents
{
public:
  std::size_t texts = 0;

  bool
  null() override
  {
    return true;
  }
  bool
  boolean(bool /*value*/) override
  {
    return true;
  }
  bool
  natural(std::uint64_t /*value*/) override
  {
    return true;
  }
  bool
  negative(std::int64_t /*value*/) override
  {
    return true;
  }
  bool
  real(double /*value*/) override
  {
    return true;
  }
  bool
  text(std::string& /*value*/) override
  {
    return ++texts < 3;
  }
  bool
  begin_object() override
  {
    return true;
  }
  bool
  key(std::string& /*name*/) override
  {
    return true;
  }
  bool
  end_object() override
  {
    return true;
  }
  bool
  begin_array() override
  {
    return true;
  }
  bool
  end_array() override
  {
    return true;
  }
};

}  // namespace

TEST_CASE("a reader of events may stop, which is no error")
{
  ThreeTexts reader;
  CHECK(read_json(R"(["a","b","c","d" no JSON)", {}, reader));
  CHECK(reader.texts == 3);
  ThreeTexts all;
  CHECK(read_json(R"({"a":["b",1,-1,1.5,null,true],"c":{"d":"e"}})", {}, all));
  CHECK(all.texts == 2);
}

}  // namespace sluice
