// SPDX-License-Identifier: Apache-2.0
#include "data/data.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

using namespace sluice;

namespace {

/// "kind text@line", and of what has members all of them.
std::string
flat(const Value& value)
{
  switch (value.kind()) {
  case Data::Kind::list: {
    std::string out;
    for (const Value item : value) {
      out += flat(item) + ",";
    }
    return fmt::format("[{}]@{}", out, value.line());
  }
  case Data::Kind::table: {
    std::string out;
    for (const Value member : value) {
      out += fmt::format("{}:{},", member.key(), flat(member));
    }
    return fmt::format("{{{}}}@{}", out, value.line());
  }
  case Data::Kind::null:
    return fmt::format("null@{}", value.line());
  default:
    return fmt::format("{}@{}", value.scalar(), value.line());
  }
}

/// What is made of the text, or its defect.
std::string
read(std::string_view text, JsonDialect dialect = JsonDialect::strict)
{
  const auto data = read_json_data(text, dialect);
  return data ? flat(data->root()) : fmt::format("line {}: {}", data.error().line, data.error().what);
}

}  // namespace

TEST_SUITE("deps")
{
  TEST_CASE("a JSON document has each value at the line of its key, or its own in a list")
  {
    CHECK(read("{\n \"a\": 1,\n \"b\": [\n  true, null,\n  \"x\"],\n \"c\":\n {}\n}\n")
          == "{a:1@2,b:[true@4,null@4,x@5,]@3,c:{}@6,}@1");
    CHECK(read("{\r\n\"a\":\r\n-1.5e+3}") == "{a:-1.5e+3@2,}@1");
    CHECK(read("[[],{},\"\"]") == "[[]@1,{}@1,@1,]@1");
    CHECK(read("\n\n7 ") == "7@3");
  }

  TEST_CASE("escapes of JSON are what they stand for")
  {
    CHECK(read(R"({"a\"b":"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\ude00"})")
          == "{a\"b:\\/\b\f\n\r\t\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80@1,}@1");
    CHECK(read(R"(["ends\\", "\"", "a\u0000b"])").size() == std::string_view(R"([ends\@1,"@1,a b@1,]@1)").size());
  }

  TEST_CASE("what is no JSON is a defect at its line")
  {
    constexpr std::array<std::string_view, 33> texts{
        "\n{\"a\" 1}", "\n{\"a\":1,}",  "\n[1,]",          "\n[1 2]",         "\n[,1]",
        "\n{,}",       "\n[1}",         "\n{\"a\":1]",     "\n{1:2}",         "\n[01]",
        "\n[1.]",      "\n[.5]",        "\n[+1]",          "\n[1e]",          "\n[-]",
        "\n[tru]",     "\n[nulll]",     "\n[true false]",  "\n[\"a\"x]",      "\n[\"a\" \"b\"]",
        "\n[1]]",      "\n[1] 2",       "\n[[1]",          "\n{\"a\":{}",     "\n:",
        "\n[\"\\x\"]", "\n[\"\\u12\"]", "\n[\"\\ud800\"]", "\n[\"\\ude00\"]", "\n[\"\\ud800\\u0041\"]",
        "\n[1,2",      "\n{\"a\":}",    "\n{\"a\"}"};
    for (const std::string_view text : texts) {
      CAPTURE(text);
      CHECK(read(text).starts_with("line 2: not JSON: "));
    }
    CHECK(read("").starts_with("line 1: not JSON: "));
    CHECK(read("{\n\"a\": \"b\n}\n").starts_with("line "));
    CHECK(read("[\"\x01\"]").starts_with("line 1: not JSON: "));
    CHECK(read("[\"\xFF\"]").starts_with("line 1: not JSON: "));
  }

  TEST_CASE("nesting of JSON has a limit, and needs no stack")
  {
    CHECK(read(std::string(64, '[') + std::string(64, ']')).starts_with("[["));
    CHECK(read(std::string(65, '[') + std::string(65, ']')) == "line 1: nested more than 64 levels deep");
    CHECK(read(std::string(1'000'000, '[')) == "line 1: nested more than 64 levels deep");
  }

  TEST_CASE("JSON with comments may have commas before an end")
  {
    CHECK(read("// one\n{\n /* two\n */ \"a//\": [1,], // three\n}", JsonDialect::with_comments)
          == "{a//:[1@4,]@4,}@2");
    CHECK(read("[1] // no", JsonDialect::strict).starts_with("line 1: not JSON: "));
  }
}
