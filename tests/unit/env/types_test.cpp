// SPDX-License-Identifier: Apache-2.0
#include "credentials/foreign_pattern.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace sluice::env;

TEST_CASE("a type is found by what any schema calls it, whatever the case")
{
  const std::map<std::string_view, std::string_view> called{{"Integer", "integer"},
                                                            {"int32", "integer"},
                                                            {"str", "string"},
                                                            {"isoDate", "date"},
                                                            {"PostgresDsn", "database-url"},
                                                            {"AnyUrl", "url"},
                                                            {"array", "list"},
                                                            {"bool", "boolean"},
                                                            {"host", "hostname"},
                                                            {"num", "number"}};
  for (const auto& each : called) {
    REQUIRE_MESSAGE(find_type(each.first) != nullptr, each.first);
    CHECK(find_type(each.first)->id == each.second);
  }
  CHECK(find_type("") == nullptr);
  CHECK(find_type("colour") == nullptr);
}

TEST_CASE("every id is its own type, and no name is that of two")
{
  std::map<std::string, std::string_view> names;
  for (const Type* type : types()) {
    CHECK(find_type(type->id) == type);
    for (const std::string_view name : type->names) {
      CHECK_MESSAGE(names.emplace(name, type->id).second, name);
      CHECK_MESSAGE(find_type(name) == type, name);
    }
  }
}

TEST_CASE("what is said of a value holds nothing of it")
{
  const std::string secret = "zq9-planted \x01 value";
  for (const Type* type : types()) {
    for (const TypeOptions& options :
         {TypeOptions{}, TypeOptions{{"min", "1"}, {"minLength", "99"}, {"values", "a\nb"}}}) {
      const auto defect = type->defect(secret, options);
      CHECK_MESSAGE((!defect || defect->find("planted") == std::string::npos), type->id);
    }
  }
}

TEST_CASE("references to secrets are of no type")
{
  CHECK(is_reference("op://vault/item/field"));
  CHECK(is_reference("vault:secret/data/app#key"));
  CHECK(is_reference("ENC[AES256_GCM,data:abc]"));
  CHECK(is_reference("encrypted:BEabc"));
  CHECK_FALSE(is_reference("op://"));
  CHECK_FALSE(is_reference("ENC[not closed"));
  CHECK_FALSE(is_reference("https://op://"));
  CHECK_FALSE(is_reference(""));
}

TEST_CASE("PEM on one line has its newlines written")
{
  const Type* pem = find_type("pem");
  CHECK_FALSE(pem->defect("-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----", {}));
  CHECK_FALSE(pem->defect("-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----\n", {}));
}

TEST_CASE("an expression of a stranger is bounded")
{
  using sluice::credentials::finds;
  CHECK(finds("a+b", "xaab") == true);
  CHECK(finds("^a+b$", "xaab") == false);
  CHECK(finds("/AB/i", "xab") == true);
  CHECK(finds("/a.b/s", "a\nb") == true);
  CHECK(finds("a.b", "a\nb") == false);
  CHECK(finds("/^b$/m", "a\nb") == true);
  CHECK_FALSE(finds("(?=a)", "a"));
  CHECK_FALSE(finds("(a", "a"));
  CHECK_FALSE(finds("((a{100}){100}){100}", "a"));
  CHECK_FALSE(finds("a", std::string(sluice::credentials::max_foreign_text + 1, 'a')));
  CHECK(finds("(a+)+$", std::string(10'000, 'a') + "b") == false);
  CHECK(finds("/usr/bin", "/usr/bin/x") == true);
}

TEST_CASE("options that a type does not have, or cannot have so, are told")
{
  const Type& string = *find_type("string");
  CHECK_FALSE(defect_of_options(string, {{"minLength", "3"}, {"matches", "^a"}}));
  CHECK(defect_of_options(string, {{"minLength", "three"}}) == "wants a number for minLength");
  CHECK(defect_of_options(string, {{"min\x1b", "3"}}) == "has no option min\\x1b");
  CHECK_FALSE(defect_of_options(*find_type("duration"), {{"min", "1s"}}));
}
