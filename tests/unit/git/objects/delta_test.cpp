// SPDX-License-Identifier: Apache-2.0
#include "git/objects/delta.hpp"
#include "unit/git/objects/pack_forge.hpp"

#include <doctest/doctest.h>

#include <optional>

using sluice::git::apply_delta;
using sluice::git::FreshRanges;
using sluice::git::parse_delta;
using sluice::git::test::DeltaText;

namespace {

struct Applied
{
  std::string content;
  std::string fresh;  ///< "2-5 9-11"
};

std::optional<Applied>
carry_out(std::string_view base, const std::string& delta)
{
  const auto header = parse_delta(delta);
  if (!header) {
    return std::nullopt;
  }
  Applied applied;
  applied.content.resize(header->result_size);
  FreshRanges fresh;
  if (!apply_delta(base, *header, applied.content.data(), &fresh)) {
    return std::nullopt;
  }
  for (const auto& range : fresh.ranges()) {
    applied.fresh += fmt::format("{}{}-{}", applied.fresh.empty() ? "" : " ", range.begin, range.end);
  }
  return applied;
}

const std::string base = "0123456789abcdef";

}  // namespace

TEST_CASE("inserted bytes are fresh")
{
  const auto applied = carry_out(base, DeltaText(16, 19).copy(0, 4).insert("new").copy(4, 12).bytes());
  REQUIRE(applied);
  CHECK(applied->content == "0123new456789abcdef");
  CHECK(applied->fresh == "4-7");
}

TEST_CASE("a copy of everything has nothing fresh")
{
  CHECK(carry_out(base, DeltaText(16, 16).copy(0, 16).bytes())->fresh.empty());
}

TEST_CASE("pieces that are neighbours in the base make no joint")
{
  CHECK(carry_out(base, DeltaText(16, 16).copy(0, 5).copy(5, 11).bytes())->fresh.empty());
}

TEST_CASE("where bytes were taken out, the bytes on both sides of the joint are fresh")
{
  const auto applied = carry_out(base, DeltaText(16, 12).copy(0, 4).copy(8, 8).bytes());
  REQUIRE(applied);
  CHECK(applied->content == "012389abcdef");
  CHECK(applied->fresh == "3-5");
}

TEST_CASE("a start or an end that the base does not have is a joint")
{
  CHECK(carry_out(base, DeltaText(16, 12).copy(4, 12).bytes())->fresh == "0-1");
  CHECK(carry_out(base, DeltaText(16, 12).copy(0, 12).bytes())->fresh == "11-12");
}

TEST_CASE("a piece that moved is joined on both sides")
{
  const auto applied = carry_out(base, DeltaText(16, 16).copy(8, 8).copy(0, 8).bytes());
  CHECK(applied->content == "89abcdef01234567");
  CHECK(applied->fresh == "0-1 7-9 15-16");
}

TEST_CASE("ranges that touch become one")
{
  const auto applied =
      carry_out(base, DeltaText(16, 7).copy(2, 1).copy(9, 1).insert("ab").copy(1, 1).copy(3, 1).copy(15, 1).bytes());
  CHECK(applied->content == "29ab13f");
  CHECK(applied->fresh == "0-7");
}

TEST_CASE("an empty result of a base that was not empty is allowed")
{
  const auto applied = carry_out(base, DeltaText(16, 0).bytes());
  REQUIRE(applied);
  CHECK(applied->content.empty());
  CHECK(applied->fresh.empty());
}

TEST_CASE("a size of zero in a copy means 65,536 bytes")
{
  const std::string large(65536, 'x');
  CHECK(carry_out(large, DeltaText(65536, 65536).copy(0, 0).bytes())->content == large);
  CHECK(carry_out(large, std::string("\x80\x80\x04\x80\x80\x04\x80", 7))->content == large);
}

TEST_CASE("offsets and sizes of several bytes are read in order")
{
  std::string large(0x020304, 'x');
  large.replace(0x010203, 3, "abc");
  CHECK(carry_out(large, DeltaText(large.size(), 3).copy(0x010203, 3).bytes())->content == "abc");
}

TEST_CASE("a delta that does not fit its base is refused")
{
  CHECK_FALSE(carry_out(base, DeltaText(15, 16).copy(0, 16).bytes()));
  CHECK_FALSE(carry_out(base, DeltaText(16, 17).copy(0, 17).bytes()));
  CHECK_FALSE(carry_out(base, DeltaText(16, 4).copy(14, 4).bytes()));
  CHECK_FALSE(carry_out(base, DeltaText(16, 4).copy(0xFFFFFFFF, 4).bytes()));
}

TEST_CASE("a delta that does not fill its result, or overfills it, is refused")
{
  CHECK_FALSE(carry_out(base, DeltaText(16, 5).copy(0, 4).bytes()));
  CHECK_FALSE(carry_out(base, DeltaText(16, 3).copy(0, 4).bytes()));
  CHECK_FALSE(carry_out(base, DeltaText(16, 3).insert("four").bytes()));
}

TEST_CASE("a delta that ends early or holds the reserved instruction is refused")
{
  const std::string whole = DeltaText(16, 7).copy(0, 4).insert("abc").bytes();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CHECK_FALSE(carry_out(base, whole.substr(0, length)));
  }
  CHECK_FALSE(carry_out(base, DeltaText(16, 4).copy(0, 4).bytes() + '\0'));
}

TEST_CASE("a size that never ends is refused")
{
  CHECK_FALSE(parse_delta(std::string(64, '\xFF')));
}

TEST_CASE("a delta of very many small pieces keeps its list of ranges short and loses nothing")
{
  const std::string large(300000, 'x');
  DeltaText delta(large.size(), 300000);
  for (std::uint32_t i = 0; i < 75000; ++i) {
    delta.copy(i * 4, 3).insert("y");
  }
  const auto header = parse_delta(delta.bytes());
  std::string content(header->result_size, '\0');
  FreshRanges fresh;
  REQUIRE(apply_delta(large, *header, content.data(), &fresh));
  CHECK(fresh.ranges().size() <= 65536);
  CHECK(fresh.ranges().back().end == 300000);
}
