// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "git/objects/pack_file.hpp"
#include "unit/git/objects/pack_forge.hpp"

#include <doctest/doctest.h>

using namespace std::literals;
using sluice::git::EntryType;
using sluice::git::Pack;
using sluice::git::test::DeltaText;
using sluice::git::test::numbered_id;
using sluice::git::test::PackForge;

namespace {

class PackDirectory
{
public:
  explicit PackDirectory(PackForge forge)
      : directory_(*sluice::TemporaryDirectory::create())
  {
    forge.write(directory_.path(), "a");
  }
  sluice::Result<Pack>
  open() const
  {
    return Pack::open(path(), 20);
  }
  std::filesystem::path
  path() const
  {
    return directory_.path() / "pack-a.pack";
  }
  void
  change(std::size_t at, char byte) const
  {
    std::string bytes = *sluice::read_file(path());
    bytes.at(at) = byte;
    REQUIRE(sluice::write_file(path(), bytes));
  }

private:
  sluice::TemporaryDirectory directory_;
};

PackForge
one_blob()
{
  PackForge forge;
  forge.add_blob(numbered_id(1), "content");
  return forge;
}

}  // namespace

TEST_CASE("the headers of all kinds of entries are read")
{
  PackForge forge;
  const std::string large(1000, 'x');
  const auto blob = forge.add_blob(numbered_id(1), large);
  forge.add_blob(numbered_id(2), std::string(70000, 'y'));  // so that the distance takes three bytes
  const std::string delta = DeltaText(1000, 1).copy(0, 1).bytes();
  const auto by_offset = forge.add_delta(numbered_id(3), blob, delta);
  const auto by_id = forge.add_delta(numbered_id(4), numbered_id(1), delta);
  const PackDirectory directory(forge);
  const auto pack = directory.open();
  REQUIRE(pack);

  CHECK(pack->entry(blob)->type == EntryType::blob);
  CHECK(pack->entry(blob)->size == 1000);
  CHECK(pack->entry(blob)->compressed.starts_with("\x78\x01"));
  CHECK(pack->entry(by_offset)->type == EntryType::offset_delta);
  CHECK(pack->entry(by_offset)->base_offset == blob);
  CHECK(pack->entry(by_offset)->size == delta.size());
  CHECK(pack->entry(by_id)->type == EntryType::id_delta);
  CHECK(std::memcmp(pack->entry(by_id)->base, numbered_id(1).bytes.data(), 20) == 0);
}

TEST_CASE("an offset outside of the entries has no entry")
{
  const PackDirectory directory(one_blob());
  const auto pack = directory.open();
  REQUIRE(pack);
  CHECK(pack->entry(12));
  CHECK_FALSE(pack->entry(0));
  CHECK_FALSE(pack->entry(11));
  CHECK_FALSE(pack->entry(pack->file_size() - 20));
  CHECK_FALSE(pack->entry(pack->file_size()));
  CHECK_FALSE(pack->entry(~std::uint64_t{0}));
}

TEST_CASE("headers that make no sense are refused")
{
  PackForge forge;
  const auto type_0 = forge.add(numbered_id(1), 0, 1, "");
  const auto type_5 = forge.add(numbered_id(2), 5, 1, "");
  const auto no_distance = forge.add(numbered_id(3), 6, 1, "\0"sv);
  const auto before_file = forge.add(numbered_id(4), 6, 1, "\xFF\xFF\x7F");
  const auto endless_distance = forge.add(numbered_id(5), 6, 1, std::string(20, '\xFF'));
  const auto endless_size = forge.add(numbered_id(6), 3, ~std::uint64_t{0}, std::string(20, '\xFF'));
  const auto cut_id = forge.add(numbered_id(7), 7, 1, "short");
  const PackDirectory directory(forge);
  const auto pack = directory.open();
  REQUIRE(pack);
  for (const auto offset : {type_0, type_5, no_distance, before_file, endless_distance, endless_size, cut_id}) {
    CAPTURE(offset);
    CHECK_FALSE(pack->entry(offset));
  }
}

TEST_CASE("a pack that is not the index's is refused")
{
  const PackDirectory directory(one_blob());
  SUBCASE("by its magic")
  {
    directory.change(0, 'X');
    CHECK(directory.open().error().message.find("no header") != std::string::npos);
  }
  SUBCASE("by its version")
  {
    directory.change(7, 9);
    CHECK(directory.open().error().message.find("version is 9") != std::string::npos);
  }
  SUBCASE("by its number of objects")
  {
    directory.change(11, 2);
    CHECK(directory.open().error().message.find("holds 2 objects and its index 1") != std::string::npos);
  }
  SUBCASE("by its checksum, which a truncated pack does not have at its end")
  {
    std::filesystem::resize_file(directory.path(), std::filesystem::file_size(directory.path()) - 1);
    CHECK(directory.open().error().message.find("checksum") != std::string::npos);
  }
  SUBCASE("by being empty")
  {
    std::filesystem::resize_file(directory.path(), 0);
    CHECK_FALSE(directory.open());
  }
}
