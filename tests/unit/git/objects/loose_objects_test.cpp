// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/path.hpp"
#include "git/objects/loose_objects.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/objects/pack_forge.hpp"

#include <doctest/doctest.h>

using namespace std::literals;
using sluice::git::DecodeFault;
using sluice::git::Inflater;
using sluice::git::LooseObject;
using sluice::git::LooseObjects;
using sluice::git::ObjectId;
using sluice::git::ObjectKind;
using sluice::git::test::numbered_id;
using sluice::git::test::zlib_stored;

namespace {

/// The id of an object, "<kind> <size>\0" and content.
ObjectId
id_of(std::string_view bytes)
{
  return ObjectId::from_raw(sluice::sha1(bytes).data(), 20);
}

constexpr std::uint64_t no_limit = ~std::uint64_t{0};

/// A directory with forged loose objects.
class LooseDirectory
{
public:
  LooseDirectory()
      : directory_(*sluice::TemporaryDirectory::create())
  {}
  void
  add(const ObjectId& id, std::string_view file) const
  {
    const std::string hex = id.hex();
    std::filesystem::create_directories(directory_.path() / hex.substr(0, 2));
    REQUIRE(sluice::write_file(directory_.path() / hex.substr(0, 2) / hex.substr(2), file));
  }
  DecodeFault
  read(const ObjectId& id, std::uint64_t max_bytes = no_limit)
  {
    Inflater inflater;
    return LooseObjects(directory_.path(), 20).read(id, max_bytes, inflater, object_);
  }
  const LooseObject&
  object() const
  {
    return object_;
  }
  const std::filesystem::path&
  path() const
  {
    return directory_.path();
  }

private:
  sluice::TemporaryDirectory directory_;
  LooseObject object_;
};

}  // namespace

TEST_CASE("loose objects that git wrote are read, at every level of compression")
{
  for (const char* level : {"0", "1", "9"}) {
    sluice::test::GitFixture repository;
    repository.git({"config", "core.looseCompression", level});
    const std::string content(200000, 'z');
    const std::string hex = repository.git({"hash-object", "-w", "--stdin"}, content);
    const LooseObjects loose(repository.path() / ".git" / "objects", 20);
    const auto id = *ObjectId::from_hex(hex);
    CHECK(loose.contains(id));
    Inflater inflater;
    LooseObject object;
    REQUIRE(loose.read(id, no_limit, inflater, object) == DecodeFault::none);
    CHECK(object.kind == ObjectKind::blob);
    CHECK(object.content == content);
    CHECK(object.file_size > 0);
  }
}

TEST_CASE("an empty object is read")
{
  LooseDirectory directory;
  const ObjectId id = id_of("tree 0\0"sv);
  directory.add(id, zlib_stored("tree 0\0"sv));
  CHECK(directory.read(id) == DecodeFault::none);
  CHECK(directory.object().kind == ObjectKind::tree);
  CHECK(directory.object().content.empty());
}

TEST_CASE("what is wrong with a loose object is told")
{
  LooseDirectory directory;
  const auto fault_of = [&](std::string_view file) {
    directory.add(numbered_id(1), file);
    return directory.read(numbered_id(1));
  };
  CHECK(directory.read(numbered_id(2)) == DecodeFault::missing);
  CHECK(fault_of("") == DecodeFault::bad_stream);
  CHECK(fault_of("no zlib stream") == DecodeFault::bad_stream);
  CHECK(fault_of(zlib_stored("blob 3\0abc"sv).substr(0, 12)) == DecodeFault::bad_stream);
  CHECK(fault_of(zlib_stored("blob 4\0abc"sv)) == DecodeFault::wrong_size);
  CHECK(fault_of(zlib_stored("blob 2\0abc"sv)) == DecodeFault::wrong_size);
  CHECK(fault_of(zlib_stored("blob 3 abc"sv)) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("blob3\0abc"sv)) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("blub 3\0abc"sv)) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("blob 3x\0abc"sv)) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("blob -3\0abc"sv)) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("blob \0abc"sv)) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("")) == DecodeFault::bad_header);
  CHECK(fault_of(zlib_stored("blob 3\0abc"sv)) == DecodeFault::wrong_name);
  directory.add(id_of("blob 3\0abc"sv), zlib_stored("blob 3\0abc"sv));
  CHECK(directory.read(id_of("blob 3\0abc"sv)) == DecodeFault::none);
}

TEST_CASE("a damaged checksum of the stream is noticed")
{
  LooseDirectory directory;
  std::string file = zlib_stored("blob 3\0abc"sv);
  file.back() = static_cast<char>(file.back() ^ 1);
  directory.add(numbered_id(1), file);
  CHECK(directory.read(numbered_id(1)) == DecodeFault::bad_stream);
}

TEST_CASE("an object over the limit is not inflated beyond it")
{
  LooseDirectory directory;
  const std::string bytes = "blob 5000\0"s + std::string(5000, 'x');
  const ObjectId id = id_of(bytes);
  directory.add(id, zlib_stored(bytes));
  CHECK(directory.read(id, 4999) == DecodeFault::too_large);
  CHECK(directory.read(id, 100) == DecodeFault::too_large);
  CHECK(directory.read(id, 5000) == DecodeFault::none);
}

TEST_CASE("only files that are named as objects are listed, in order")
{
  LooseDirectory directory;
  for (const std::uint8_t first_byte : std::array<std::uint8_t, 3>{0xFE, 0x01, 0x10}) {
    directory.add(numbered_id(2, first_byte), "x");
    directory.add(numbered_id(1, first_byte), "x");
  }
  REQUIRE(sluice::write_file(directory.path() / "10" / "tmp_obj_abcdef", "x"));
  REQUIRE(sluice::write_file(directory.path() / "10" / std::string(38, 'A'), "x"));
  std::filesystem::create_directory(directory.path() / "info");
  std::vector<sluice::Gap> gaps;
  const std::vector<ObjectId> ids = LooseObjects(directory.path(), 20).list(gaps);
  const std::vector<ObjectId> expected{numbered_id(1, 0x01), numbered_id(2, 0x01), numbered_id(1, 0x10),
                                       numbered_id(2, 0x10), numbered_id(1, 0xFE), numbered_id(2, 0xFE)};
  CHECK(ids == expected);
  CHECK(gaps.empty());
}

TEST_CASE("a directory of loose objects that cannot be listed is a gap")
{
  LooseDirectory directory;
  REQUIRE(sluice::write_file(directory.path() / "ab", "a file where a directory belongs"));
  std::vector<sluice::Gap> gaps;
  CHECK(LooseObjects(directory.path(), 20).list(gaps).empty());
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].subject == (directory.path() / "ab").string());
}
