// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_document.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::config;

namespace {

std::string
error_of(std::string_view text)
{
  const auto node = parse_yaml(text, "f.yml");
  return node ? std::string("(none)") : node.error().message;
}

}  // namespace

TEST_CASE("values keep their kind and their place")
{
  const auto root = parse_yaml("a: 1\nb:\n  - x\n  - 'null'\nc: ~\n", "f.yml");
  REQUIRE(root);
  REQUIRE(root->kind == YamlKind::mapping);
  CHECK(root->find("a")->scalar == "1");
  const YamlNode* list = root->find("b");
  REQUIRE(list->items.size() == 2);
  CHECK(list->items[0].where.line == 3);
  CHECK(list->items[0].where.column == 5);
  CHECK(list->items[1].kind == YamlKind::scalar);
  CHECK(root->find("c")->kind == YamlKind::null);
  CHECK(root->find("d") == nullptr);
}

TEST_CASE("an empty file is null")
{
  CHECK(parse_yaml("", "f.yml")->kind == YamlKind::null);
  CHECK(parse_yaml("# only a comment\n", "f.yml")->kind == YamlKind::null);
}

TEST_CASE("a value that is left out is where its key is")
{
  const auto root = parse_yaml("a:\n\nb: 1\n", "f.yml");
  REQUIRE(root);
  CHECK(root->find("a")->kind == YamlKind::null);
  CHECK(place("f.yml", root->find("a")->where) == "f.yml:1:1");
}

TEST_CASE("defects say where they are")
{
  CHECK(error_of("a: 1\na: 2\n") == "f.yml:2:1: \"a\" is given twice");
  CHECK(error_of(std::string(900, 'a') + ": 1\n" + std::string(900, 'a') + ": 2\n")
        == "f.yml:2:1: \"" + std::string(77, 'a') + "…\" is given twice");
  CHECK(error_of("? [x]\n: 1\n") == "f.yml:1:3: a key must be plain text");
  CHECK(error_of("a: 1\n---\nb: 2\n") == "f.yml:3:1: a second document starts here; there must be one");
  CHECK(error_of("a: [1\n").rfind("f.yml:", 0) == 0);
  CHECK(error_of(std::string((1U << 20U) + 1, '#')) == "f.yml: is larger than 1 MiB");
}

TEST_CASE("nesting and aliases are bounded")
{
  std::string deep;
  for (int i = 0; i < 100; ++i) {
    deep += "[";
  }
  CHECK(error_of(deep).find("is nested more than 64 levels deep") != std::string::npos);

  std::string laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'j'; ++c) {
    laughs += std::string(1, c) + ": &" + c;
    laughs += " [";
    for (int i = 0; i < 9; ++i) {
      laughs += std::string("*") + static_cast<char>(c - 1) + ",";
    }
    laughs += std::string("*") + static_cast<char>(c - 1) + "]\n";
  }
  CHECK(error_of(laughs).find("holds more than 100,000 values") != std::string::npos);
}

TEST_CASE("an alias stands for a copy")
{
  const auto root = parse_yaml("a: &x [1, 2]\nb: *x\n", "f.yml");
  REQUIRE(root);
  CHECK(root->find("b")->items.size() == 2);
}
