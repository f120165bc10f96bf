// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "git/objects/pack_index.hpp"
#include "unit/git/objects/pack_forge.hpp"

#include <doctest/doctest.h>

using sluice::git::PackIndex;
using sluice::git::test::numbered_id;
using sluice::git::test::PackForge;

namespace {

/// An index of three objects, which the test may damage before it is opened.
class IndexFile
{
public:
  explicit IndexFile(int version = 2, bool large = false)
      : directory_(*sluice::TemporaryDirectory::create())
  {
    PackForge forge;
    for (const std::uint8_t first_byte : std::array<std::uint8_t, 3>{0x00, 0x7F, 0xFF}) {
      offsets_.push_back(forge.add_blob(numbered_id(first_byte, first_byte), "content"));
    }
    forge.write(directory_.path(), "a", version, large);
    checksum_ = forge.checksum();
  }
  const std::string&
  checksum() const
  {
    return checksum_;
  }
  sluice::Result<PackIndex>
  open() const
  {
    return PackIndex::open(path(), 20);
  }
  std::filesystem::path
  path() const
  {
    return directory_.path() / "pack-a.idx";
  }
  std::string
  bytes() const
  {
    return *sluice::read_file(path());
  }
  void
  replace(std::string_view bytes) const
  {
    REQUIRE(sluice::write_file(path(), bytes));
  }
  const std::vector<std::uint64_t>&
  offsets() const
  {
    return offsets_;
  }

private:
  sluice::TemporaryDirectory directory_;
  std::string checksum_;
  std::vector<std::uint64_t> offsets_;
};

}  // namespace

TEST_CASE("ids and offsets are found in every version of the index")
{
  for (const auto& [version, large] : {std::pair{1, false}, {2, false}, {2, true}}) {
    const IndexFile file(version, large);
    const auto index = file.open();
    REQUIRE(index);
    CHECK(index->count() == 3);
    CHECK(index->pack_checksum() == file.checksum());
    std::uint32_t ordinal = 0;
    for (const std::uint8_t first_byte : std::array<std::uint8_t, 3>{0x00, 0x7F, 0xFF}) {
      const auto id = numbered_id(first_byte, first_byte);
      CHECK(index->find(id) == ordinal);
      CHECK(index->id(ordinal) == id);
      CHECK(index->offset(ordinal) == file.offsets()[ordinal]);
      CHECK(index->with_first_byte(first_byte).begin == ordinal);
      CHECK(index->with_first_byte(first_byte).end == ordinal + 1);
      ++ordinal;
    }
  }
}

TEST_CASE("ids that are not there are not found")
{
  const IndexFile file;
  const auto index = file.open();
  REQUIRE(index);
  for (const std::uint8_t first_byte : std::array<std::uint8_t, 5>{0x00, 0x01, 0x7F, 0x80, 0xFF}) {
    CHECK_FALSE(index->find(numbered_id(1000, first_byte)));
  }
  auto longer = numbered_id(0, 0);
  longer.size = 32;
  CHECK_FALSE(index->find(longer));
}

TEST_CASE("an index that is cut off anywhere is refused")
{
  const IndexFile file;
  const std::string whole = file.bytes();
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{1000}, whole.size() - 1}) {
    file.replace(whole.substr(0, size));
    const auto index = file.open();
    REQUIRE_FALSE(index);
    CHECK(index.error().message.find("pack-a.idx") != std::string::npos);
  }
}

TEST_CASE("an index of an unknown version is refused")
{
  const IndexFile file;
  std::string bytes = file.bytes();
  bytes[7] = 3;
  file.replace(bytes);
  CHECK(file.open().error().message.find("version is 3") != std::string::npos);
}

TEST_CASE("an index whose fan-out table goes down is refused")
{
  const IndexFile file;
  std::string bytes = file.bytes();
  bytes[8 + 3] = 2;  // more objects below 0x01 than below 0x02
  file.replace(bytes);
  CHECK(file.open().error().message.find("fan-out") != std::string::npos);
}

TEST_CASE("an index that claims more objects than it has room for is refused")
{
  const IndexFile file;
  std::string bytes = file.bytes();
  bytes[8 + 255 * 4] = '\x7F';
  file.replace(bytes);
  CHECK(file.open().error().message.find("shorter") != std::string::npos);
}

TEST_CASE("a row beyond the table of large offsets lies beyond every pack")
{
  const IndexFile file(2, true);
  std::string bytes = file.bytes();
  const std::size_t last_offset = 8 + 1024 + 3 * 24 + 2 * 4;
  bytes[last_offset + 3] = '\x70';
  file.replace(bytes);
  CHECK(file.open()->offset(2) == ~std::uint64_t{0});
}

TEST_CASE("what is no file is refused without waiting for it")
{
  CHECK_FALSE(PackIndex::open("/nonexistent.idx", 20));
  CHECK_FALSE(PackIndex::open("/", 20));
}
