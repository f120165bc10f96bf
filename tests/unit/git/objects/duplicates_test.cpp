// SPDX-License-Identifier: Apache-2.0
#include "git/objects/duplicates.hpp"

#include <doctest/doctest.h>

using sluice::git::for_each_duplicate;
using sluice::git::SortedIds;

namespace {

/// Ids of one byte, for reading. Result: "list:position" of each duplicate, in order of ids.
std::string
duplicates_in(const std::vector<std::string>& lists)
{
  std::vector<SortedIds> sorted;
  for (const std::string& list : lists) {
    sorted.push_back({static_cast<std::uint32_t>(list.size()), [&list](std::uint32_t position) {
                        return reinterpret_cast<const std::uint8_t*>(list.data()) + position;
                      }});
  }
  std::string found;
  for_each_duplicate(sorted, 1, [&](std::size_t list, std::uint32_t position) {
    found += fmt::format("{}{}:{}", found.empty() ? "" : " ", list, position);
  });
  return found;
}

}  // namespace

TEST_CASE("lists that share nothing have no duplicates")
{
  CHECK(duplicates_in({}).empty());
  CHECK(duplicates_in({"abc"}).empty());
  CHECK(duplicates_in({"ace", "bdf", ""}).empty());
}

TEST_CASE("the first list keeps an id, the others have duplicates")
{
  CHECK(duplicates_in({"abc", "b"}) == "1:0");
  CHECK(duplicates_in({"b", "abc"}) == "1:1");
  CHECK(duplicates_in({"ab", "ab", "bc", "c"}) == "1:0 1:1 2:0 3:0");
}

TEST_CASE("an id that is twice in one list is a duplicate")
{
  CHECK(duplicates_in({"abbc"}) == "0:2");
}
