// SPDX-License-Identifier: Apache-2.0
#include "env/fingerprints.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sluice::env;

namespace {

constexpr std::string_view key = "a key of an organisation";

}  // namespace

TEST_CASE("a set of fingerprints is read again as it was written")
{
  FingerprintSet set = begin_fingerprints("production", key);
  add_fingerprint(set, "STRONG", "q7Zr0vKx2mNp9TbY4hWc8LdEf6Gs1JuA", key);
  add_fingerprint(set, "WEAK", "1234", key);
  add_fingerprint(set, "EMPTY", "", key);
  REQUIRE(set.prints.size() == 1);
  CHECK(set.guessable == std::set<std::string, std::less<>>{"WEAK"});
  const auto again = parse_fingerprints(text_of(set));
  REQUIRE(again);
  CHECK(again->environment == "production");
  CHECK(again->key == set.key);
  CHECK(again->prints == set.prints);
  CHECK(again->guessable == set.guessable);
}

TEST_CASE("another key makes another fingerprint, and says so")
{
  FingerprintSet one = begin_fingerprints("a", key);
  FingerprintSet other = begin_fingerprints("a", "another key of another one");
  add_fingerprint(one, "X", "q7Zr0vKx2mNp9TbY4hWc8LdEf6Gs1JuA", key);
  add_fingerprint(other, "X", "q7Zr0vKx2mNp9TbY4hWc8LdEf6Gs1JuA", "another key of another one");
  CHECK(one.prints.at("X") != other.prints.at("X"));
  CHECK(one.key != other.key);
}

TEST_CASE("what is no file of fingerprints is refused")
{
  for (const char* text :
       {"", "{}", "[]", R"({"version":2,"environment":"a","key":"0123456789abcdef","fingerprints":{}})",
        R"({"version":1,"environment":"","key":"0123456789abcdef","fingerprints":{}})",
        R"({"version":1,"environment":"a","key":"x","fingerprints":{}})",
        R"({"version":1,"environment":"a","key":"0123456789abcdef","fingerprints":{"X":"secret"}})"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_fingerprints(text));
  }
}
