// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace sluice;
namespace fs = std::filesystem;

TEST_CASE("a file that was written is read back and replaced whole")
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  const fs::path file = directory->path() / "a";
  REQUIRE(write_file(file, std::string("x\0y", 3)));
  CHECK(read_file(file).value() == std::string("x\0y", 3));
  REQUIRE(write_file(file, "new"));
  CHECK(read_file(file).value() == "new");
  REQUIRE(append_file(file, "er"));
  CHECK(read_file(file).value() == "newer");
  CHECK(std::distance(fs::directory_iterator(directory->path()), fs::directory_iterator{}) == 1);
}

TEST_CASE("what is no file, too large or not there is refused by name")
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  CHECK(read_file(directory->path()).error().message.find("is not a regular file") != std::string::npos);
  CHECK(read_file(directory->path() / "none").error().message.find("cannot open: No such file") != std::string::npos);
  REQUIRE(write_file(directory->path() / "big", std::string(101, 'x')));
  CHECK(read_file(directory->path() / "big", 100).error().message.find("is larger than 100 bytes")
        != std::string::npos);
  CHECK(read_file(directory->path() / "big", 101).has_value());
  CHECK_FALSE(write_file(directory->path() / "no" / "where", "x"));
}

TEST_CASE("a text that was read takes the memory of its file, and one of unknown size is read whole")
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  for (const std::size_t size : {0U, 100U, 65'536U, 200'000U}) {
    REQUIRE(write_file(directory->path() / "a", std::string(size, 'x')));
    const std::string text = read_file(directory->path() / "a").value();
    CHECK(text == std::string(size, 'x'));
    CHECK(text.capacity() <= size + 64);
  }
  // Files of /proc have a size of 0 and more bytes than that.
  CHECK(read_file("/proc/self/maps").value().size() > 1000);
}

TEST_CASE("a temporary directory goes with its object")
{
  fs::path path;
  {
    auto directory = TemporaryDirectory::create();
    REQUIRE(directory);
    path = directory->path();
    const TemporaryDirectory moved = std::move(*directory);
    CHECK(fs::exists(path));
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("what root writes belongs to whoever owns the directory")
{
  if (::geteuid() != 0) {
    MESSAGE("skipped: what root writes: this is not root");
    return;
  }
  constexpr uid_t owner = 12345;
  const auto directory = TemporaryDirectory::create().value();
  REQUIRE(::chown(directory.path().c_str(), owner, owner) == 0);
  const auto owner_of = [](const fs::path& path) {
    struct stat status
    {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_uid : 0;
  };
  REQUIRE(write_file(directory.path() / "written", "x"));
  REQUIRE(append_file(directory.path() / "appended", "x"));
  REQUIRE(make_directories(directory.path() / "a" / "b"));
  REQUIRE(write_file(directory.path() / "a" / "b" / "deep", "x"));
  for (const char* name : {"written", "appended", "a", "a/b", "a/b/deep"}) {
    CAPTURE(name);
    CHECK(owner_of(directory.path() / name) == owner);
  }
}

TEST_CASE("what is replaced keeps who may read it")
{
  const auto directory = TemporaryDirectory::create().value();
  const fs::path file = directory.path() / "file";
  for (const auto mode :
       {fs::perms::owner_read | fs::perms::owner_write, fs::perms::owner_all | fs::perms::group_read}) {
    REQUIRE(write_file(file, "before"));
    fs::permissions(file, mode);
    REQUIRE(write_file(file, "after"));
    CHECK(read_file(file).value() == "after");
    CHECK(fs::status(file).permissions() == mode);
  }
}

TEST_CASE("whether a file can be written is known before it is")
{
  const auto directory = TemporaryDirectory::create().value();
  CHECK(check_writable(directory.path() / "new"));
  CHECK(check_writable("/dev/null"));
  CHECK(check_writable(directory.path()).error().message.find("is a directory") != std::string::npos);
  CHECK_FALSE(check_writable(directory.path() / "no" / "such" / "directory"));
  CHECK_FALSE(fs::exists(directory.path() / "new"));
}
