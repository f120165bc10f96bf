// SPDX-License-Identifier: Apache-2.0
#include "git/objects/base_cache.hpp"

#include <doctest/doctest.h>

using sluice::git::BaseCache;
using sluice::git::CachedObject;
using sluice::git::ObjectKind;
using sluice::git::PackPlace;

namespace {

std::shared_ptr<const CachedObject>
object(std::string content)
{
  return std::make_shared<const CachedObject>(CachedObject{ObjectKind::blob, std::move(content)});
}

}  // namespace

TEST_CASE("an object is found again under its pack and offset only")
{
  BaseCache cache;
  cache.add({1, 100}, object("a"));
  CHECK(cache.find({1, 100})->content == "a");
  CHECK_FALSE(cache.find({1, 101}));
  CHECK_FALSE(cache.find({2, 100}));
}

TEST_CASE("the cache stays within its bound and keeps what was used last")
{
  constexpr std::uint64_t count = 60;
  constexpr std::size_t size = std::size_t{7} << 20U;
  BaseCache cache;
  for (std::uint64_t i = 0; i < count; ++i) {
    cache.add({0, i * 1000}, object(std::string(size, 'x')));
    CHECK(cache.find({0, 0}));  // used all the time
  }
  std::size_t kept = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    kept += cache.find({0, i * 1000}) ? size : 0;
  }
  CHECK(kept <= std::size_t{128} << 20U);
  CHECK(kept > 0);
  CHECK(cache.find({0, (count - 1) * 1000}));
}

TEST_CASE("an object that would push out all others is not kept")
{
  BaseCache cache;
  cache.add({0, 0}, object(std::string(std::size_t{9} << 20U, 'x')));
  CHECK_FALSE(cache.find({0, 0}));
}

TEST_CASE("an object that was dropped stays valid for whoever holds it")
{
  BaseCache cache;
  cache.add({0, 0}, object("held"));
  const auto held = cache.find({0, 0});
  for (std::uint64_t i = 1; i < 60; ++i) {
    cache.add({0, i * 1000}, object(std::string(std::size_t{7} << 20U, 'x')));
  }
  CHECK(held->content == "held");
}
