// SPDX-License-Identifier: Apache-2.0
#include "git/object_id.hpp"

#include <doctest/doctest.h>

#include <unordered_set>

using sluice::git::ObjectId;

TEST_CASE("an id goes from hexadecimal digits to bytes and back")
{
  const std::string sha1 = "0123456789abcdef0123456789abcdef01234567";
  const std::string sha256 = sha1 + "89abcdef0123456789abcdef";
  for (const std::string& hex : {sha1, sha256}) {
    const auto id = ObjectId::from_hex(hex);
    REQUIRE(id);
    CHECK(id->hex() == hex);
    CHECK(id->brief() == "01234567");
    CHECK(id->size == hex.size() / 2);
    CHECK(ObjectId::from_raw(id->bytes.data(), id->size) == *id);
  }
}

TEST_CASE("what is no id is refused")
{
  CHECK_FALSE(ObjectId::from_hex(""));
  CHECK_FALSE(ObjectId::from_hex("0123"));
  CHECK_FALSE(ObjectId::from_hex(std::string(39, 'a')));
  CHECK_FALSE(ObjectId::from_hex(std::string(41, 'a')));
  CHECK_FALSE(ObjectId::from_hex(std::string(39, 'a') + "g"));
}

TEST_CASE("capital digits are the same id")
{
  CHECK(ObjectId::from_hex(std::string(40, 'A')) == ObjectId::from_hex(std::string(40, 'a')));
}

TEST_CASE("ids of two lengths differ even where their bytes agree")
{
  const auto sha1 = ObjectId::from_hex(std::string(40, '0'));
  const auto sha256 = ObjectId::from_hex(std::string(64, '0'));
  CHECK(sha1 != sha256);
  CHECK(sha1->is_zero());
  CHECK(sha256->is_zero());
  CHECK_FALSE(ObjectId::from_hex(std::string(39, '0') + "1")->is_zero());
}

TEST_CASE("ids can be kept in a hash table")
{
  std::unordered_set<ObjectId> ids;
  ids.insert(*ObjectId::from_hex(std::string(40, 'a')));
  ids.insert(*ObjectId::from_hex(std::string(40, 'a')));
  ids.insert(*ObjectId::from_hex(std::string(39, 'a') + "b"));
  CHECK(ids.size() == 2);
}
