// SPDX-License-Identifier: Apache-2.0
#include "base/gzip.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace std::string_literals;

namespace {

/// What `printf 'cve,epss\n' | gzip -n` writes.
const std::string packed = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"s
                           "\x4b\x2e\x4b\xd5\x49\x2d\x28\x2e\xe6\x02\x00"s
                           "\x54\xda\xa5\xc8\x09\x00\x00\x00"s;

}  // namespace

TEST_CASE("a gzip file, and several one behind the other")
{
  CHECK(gunzip(packed, 9).value() == "cve,epss\n");
  CHECK(gunzip(packed + packed, 100).value() == "cve,epss\ncve,epss\n");
}

TEST_CASE("what is cut off, damaged, no gzip file or too long is refused")
{
  CHECK_FALSE(gunzip(packed, 8));
  CHECK_FALSE(gunzip("", 100));
  CHECK_FALSE(gunzip("cve,epss\n", 100));
  CHECK_FALSE(gunzip(packed + "rest", 100));
  for (std::size_t size = 0; size < packed.size(); ++size) {
    CHECK_FALSE(gunzip(packed.substr(0, size), 100));
  }
  for (std::size_t at = 10; at < packed.size(); ++at) {
    std::string changed = packed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_FALSE(gunzip(changed, 100));
  }
}

TEST_CASE("piece by piece, and no further than the reader wants")
{
  std::string text;
  CHECK(gunzip_to(packed + packed, 100, [&text](std::string_view piece) -> Result<> {
    text += piece;
    return {};
  }));
  CHECK(text == "cve,epss\ncve,epss\n");
  const auto stopped = gunzip_to(
      packed, 100, [](std::string_view) -> Result<> { return fail(ErrorKind::environment, "the disk is full"); });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message == "the disk is full");
  CHECK_FALSE(gunzip_to(packed.substr(0, 20), 100, [](std::string_view) -> Result<> { return {}; }));
  CHECK_FALSE(gunzip_to(packed, 8, [](std::string_view) -> Result<> { return {}; }));
}
