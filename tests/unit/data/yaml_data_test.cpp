// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_document.hpp"
#include "data/data.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

using namespace sluice;

namespace {

std::string
flat(const Value& value)
{
  std::string out;
  switch (value.kind()) {
  case Data::Kind::list:
    for (const Value item : value) {
      out += flat(item) + ",";
    }
    return "[" + out + "]";
  case Data::Kind::table:
    for (const Value member : value) {
      out += fmt::format("{}:{}@{}", member.key(), flat(member), member.line()) + ",";
    }
    return "{" + out + "}";
  case Data::Kind::null:
    return "null";
  default:
    return fmt::format("<{}>", value.scalar());
  }
}

std::string
flat(const config::YamlNode& node)
{
  std::string out;
  switch (node.kind) {
  case config::YamlKind::sequence:
    for (const auto& item : node.items) {
      out += flat(item) + ",";
    }
    return "[" + out + "]";
  case config::YamlKind::mapping:
    for (const auto& [key, value] : node.entries) {
      out += fmt::format("{}:{}@{}", key.scalar, flat(value), key.where.line) + ",";
    }
    return "{" + out + "}";
  case config::YamlKind::null:
    return "null";
  case config::YamlKind::scalar:
    break;
  }
  return fmt::format("<{}>", node.scalar);
}

}  // namespace

TEST_CASE("what the quick reader of YAML reads is what yaml-cpp reads")
{
  constexpr std::array<std::string_view, 35> documents{
      "a: 1\nb: two words\nc: 'it''s'\nd: \"tab\\there \\u00e9 \\x41\"\n",
      "a:\n  b:\n    c: d\n  e: f\ng: h\n",
      "a:\n- 1\n- 2\nb:\n  - x: 1\n    y: 2\n  - z\n",
      "- - 1\n  - 2\n- a: 1\n  b:\n  - c\n-\n  d: e\n",
      "a: {b: 1, c: [2, 3], 'd e': \"f\", g: }\nh: []\ni: {}\n",
      "a: {\n  b: 1,\n  c: [\n    2, # comment\n    3\n  ]\n}\n",
      "# first\n\na: b # comment\n#c\nd: e#f\ng: 'h' # i\n",
      "a: |\n  one\n    two\n\n  three\nb: c\n",
      "a: |-\n  one\n\n\nb: c\n",
      "a: |+\n  one\n\n\nb: c\n",
      "a: >\n  folded\n  text\n\n  new\n    more\n  less\nb: c\n",
      "a: >-\n  one\n  two\n",
      "a: |2\n    two more\n  none\nb: c\n",
      "a: plain\n  goes on\n\n  here\nb: c\n",
      "a: \"quoted\n  goes on\\\n  joined\n\n  new\"\nb: c\n",
      "a: 'single\n  goes on'\n",
      "a:\nb: ~\nc: null\nd: 'null'\n",
      "'/@scope/a@1.0.0(b@2)':\n  resolution: {integrity: sha512-a+b/c==}\n  dev: true\n",
      "\"a b\": c\n'd: e': f\n? g\n: h\n",
      "a: http://host/path:80\nb: c:d\ne: -1\nf: -x\n",
      "a: &x {b: 1}\nc: *x\n",
      "a: !!str 1\n",
      "- [a, b]\n- {c: d}\n- \"e\"\n",
      "one\n",
      "'one'\n",
      "[1, 2]\n",
      "",
      "a:\r\n  b: c\r\n  d: |\r\n    x\r\n    y\r\ne: f\r\n",
      "a:   \n  b:   c   \n",
      "on:\n  push:\n    branches: [ main ]\njobs:\n  x:\n    steps:\n      - uses: a/b@v1\n        with:\n          "
      "c: d\n      - run: |\n          echo \"a: b\"\n          # no comment\n",
      "a: [b, \"c, d\", 'e]f', g h]\n",
      "a: b: c\n",
      "a: [1, 2\n",
      "a: {b: c} d\n",
      "a:\n   b: 1\n  c: 2\n",
  };
  for (const std::string_view text : documents) {
    CAPTURE(text);
    const auto expected = config::parse_yaml(text, "f");
    const auto actual = read_yaml_data(text);
    CHECK(expected.has_value() == actual.has_value());
    if (expected && actual) {
      CHECK(flat(*expected) == (actual->empty() ? "null" : flat(actual->front().root())));
    }
  }
}

TEST_CASE("a stream of YAML has several documents, each with its own lines")
{
  const auto documents = read_yaml_data("---\na: 1\n---\nb: 2\n...\n---\n- c\n");
  REQUIRE(documents);
  REQUIRE(documents->size() == 3);
  CHECK((*documents)[1].root()["b"].line() == 4);
  CHECK((*documents)[2].root().item(0).text() == "c");
  CHECK(read_yaml_data("--- {a: 1}\n")->front().root()["a"].scalar() == "1");
  // A document behind the end of one needs no mark of its own (YAML 1.2.2, 9.2).
  const auto bare = read_yaml_data("a: 1\n...\n\nb: 2\n... # end\n");
  REQUIRE(bare);
  REQUIRE(bare->size() == 2);
  CHECK((*bare)[1].root()["b"].line() == 4);
  const auto behind = read_yaml_data("a: 1\n... b: 2\n");
  REQUIRE(!behind);
  CHECK(behind.error().line == 2);
  CHECK(read_yaml_data("...\n...\n")->empty());
  const auto wrong = read_yaml_data("a: 1\n---\nb: 'x\n");
  REQUIRE(!wrong);
  CHECK(wrong.error().line == 3);
}

TEST_CASE("a scalar of YAML is of the kind that the core schema says")
{
  const auto kind = [](std::string text) { return read_yaml_data("a: " + text)->front().root()["a"].kind(); };
  CHECK(kind("1.10") == Data::Kind::number);
  CHECK(kind("1.10.0") == Data::Kind::text);
  CHECK(kind("0x1F") == Data::Kind::number);
  CHECK(kind("1e3") == Data::Kind::number);
  CHECK(kind("true") == Data::Kind::boolean);
  CHECK(kind("'true'") == Data::Kind::text);
  CHECK(kind("yes") == Data::Kind::text);
  CHECK(kind("-x") == Data::Kind::text);
  CHECK(!read_yaml_data("a: -"));
}

TEST_CASE("what parsers do not agree on is no text of ours")
{
  CHECK_FALSE(read_yaml_data("a:\n\tb:\n"));
  CHECK_FALSE(read_yaml_data("a: 1\n\tb: 2\n"));
  // Blank lines wider than the text that follows them: yaml-cpp's answer counts.
  const auto wide = read_yaml_data(">\n   \n # ");
  CHECK((!wide || wide->front().root().scalar().empty()));
}
