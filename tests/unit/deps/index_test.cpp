// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/index.hpp"
#include "deps/advisories/matching.hpp"
#include "unit/deps/advisory_maker.hpp"

using namespace sluice;
using test::advisory;
using test::index_of;

namespace {

std::vector<std::string>
many_advisories()
{
  std::vector<std::string> all;
  for (int i = 0; i < 3000; ++i) {
    all.push_back(advisory(
        fmt::format("A-{}", i), "npm", fmt::format("package-{}", i % 1700),
        R"("ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"2.0.0"}]}],"versions":["0.1.0"])",
        R"("aliases":["CVE-2099-1"],"summary":"Some text",)"));
  }
  return all;
}

/// Looks everything up that the index should have; whatever is wrong must be told and never crash.
std::size_t
found_in(const deps::Index& index)
{
  std::size_t found = 0;
  for (int i = 0; i < 1700; ++i) {
    found += deps::match(index, "npm", fmt::format("package-{}", i), "1.5.0").affected.size();
  }
  return found;
}

}  // namespace

TEST_CASE("every package of an index is found, and no other")
{
  const auto made = index_of("npm", many_advisories());
  CHECK(found_in(made.index) == 3000);
  CHECK(made.index.records() == 3000);
  CHECK(made.index.packages() == 1700);
  CHECK(made.index.find("npm", "package-1700").empty());
  CHECK(made.index.find("npm", "").empty());
  CHECK(made.index.damage().empty());
  CHECK(made.index.verify());
}

TEST_CASE("an index says again what it was made of")
{
  const auto made = index_of("npm", many_advisories());
  const auto records = deps::records_of(made.index);
  CHECK(deps::write_index(records, {"npm", "test", {}, 0}).value().bytes == *made.bytes);
}

TEST_CASE("what has no place in an index is refused and never cut")
{
  const auto made = index_of("npm", many_advisories());
  const auto records = deps::records_of(made.index);
  const std::uint64_t bytes = made.index.count(deps::index::SectionId::texts);
  CHECK(deps::write_index(records, {"npm", "test", {}, 0}, bytes));
  const auto refused = deps::write_index(records, {"npm", "test", {}, 0}, bytes - 1);
  REQUIRE(!refused);
  CHECK(refused.error().kind == ErrorKind::input);
}

TEST_CASE("an index that is cut off, of another format or damaged anywhere is refused or told of")
{
  const auto made = index_of("npm", many_advisories());
  const std::string& whole = *made.bytes;
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{7}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    CAPTURE(length);
    CHECK(!deps::Index::of_bytes(std::string_view(whole).substr(0, length), "cut"));
  }
  const std::string longer = whole + "x";
  CHECK(!deps::Index::of_bytes(longer, "longer"));
  std::size_t untold = 0;
  for (std::size_t at = 0; at < whole.size(); at += 997) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    const auto index = deps::Index::of_bytes(changed, "changed");
    if (index) {
      const std::size_t found = found_in(*index);
      // What was not touched may be wrong unnoticed; what was read may not.
      untold += index->damage().empty() && found != 3000 ? 1 : 0;
      CHECK(!index->verify());
    }
  }
  CHECK(untold == 0);
}
