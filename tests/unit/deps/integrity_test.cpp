// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "deps/integrity.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;

namespace {

std::vector<Hash>
hashes(std::string_view integrity, std::string_view location = {})
{
  return hashes_of({.ecosystem = "npm", .location = location, .integrity = integrity});
}

std::string
hex(char digit, std::size_t count)
{
  return std::string(count, digit);
}

}  // namespace

TEST_CASE("one digest is one hash whatever way it is written")
{
  const std::string bytes(32, '\xAB');
  std::string digest;
  for (int i = 0; i < 32; ++i) {
    digest += "ab";
  }
  const std::vector<Hash> expected{{"sha256", digest}};
  CHECK(hashes("sha256-" + to_base64(bytes)) == expected);
  CHECK(hashes("sha256-" + to_base64(bytes) + "?foo") == expected);
  CHECK(hashes("sha256:" + digest) == expected);
  CHECK(hashes("sha256=" + digest) == expected);
  CHECK(hashes("SHA-256:" + digest) == expected);
  CHECK(hashes(digest) == expected);
  CHECK(hashes("sha256:" + digest + ",1234") == expected);
  CHECK(hashes("h1:" + to_base64(bytes)) == std::vector<Hash>{{"h1", digest}});
}

TEST_CASE(
    "bare digests are known by their length, Yarn's by what it packs with, and Yarn 1's stands behind the address")
{
  CHECK(hashes(hex('a', 32)).front().algorithm == "md5");
  CHECK(hashes(hex('a', 40)).front().algorithm == "sha1");
  CHECK(hashes(hex('a', 128)).front().algorithm == "sha512");
  CHECK(hashes(to_base64(std::string(64, 'x'))).front().algorithm == "sha512");
  CHECK(hashes("10c0/" + hex('a', 128)) == std::vector<Hash>{{"yarn 10c0", hex('a', 128)}});
  CHECK(hashes("", "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#" + hex('A', 40))
        == std::vector<Hash>{{"sha1", hex('a', 40)}});
  CHECK(hashes("", "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz").empty());
  CHECK(hashes("").empty());
}

TEST_CASE("weak is what has nothing but SHA-1 and MD5")
{
  CHECK(is_weak(hashes(hex('a', 40))));
  CHECK(is_weak(hashes(hex('a', 40) + " " + hex('b', 32))));
  CHECK_FALSE(is_weak(hashes(hex('a', 40) + " " + hex('b', 64))));
  CHECK_FALSE(is_weak({}));
  CHECK(algorithm_words(hashes(hex('a', 40) + " " + hex('b', 32))) == "MD5 and SHA-1");
}

TEST_CASE("contents are compared by the algorithms that both sides have")
{
  const auto sha1 = hashes(hex('1', 40));
  const auto sha512 = hashes(hex('5', 128));
  const auto both = hashes(hex('1', 40) + " " + hex('5', 128));
  const auto one = Release::one_file;
  CHECK(change_of(both, sha512, one) == ContentChange::none);
  CHECK(change_of(sha1, both, one) == ContentChange::none);
  CHECK(change_of(sha1, sha512, one) == ContentChange::incomparable);
  CHECK(change_of(sha512, sha1, one) == ContentChange::weakened);
  CHECK(change_of(sha512, {}, one) == ContentChange::lost);
  CHECK(change_of({}, sha512, one) == ContentChange::none);
  CHECK(change_of(sha512, hashes(hex('6', 128)), one) == ContentChange::changed);
  CHECK(change_of(both, hashes(hex('2', 40) + " " + hex('5', 128)), one) == ContentChange::changed);
}

TEST_CASE("a further hash is another content that is let in, except where a release has several files")
{
  const auto before = hashes(hex('a', 64) + " " + hex('b', 64));
  const auto more = hashes(hex('a', 64) + " " + hex('b', 64) + " " + hex('c', 64));
  const auto other = hashes(hex('a', 64) + " " + hex('c', 64));
  CHECK(change_of(before, more, Release::one_file) == ContentChange::changed);
  CHECK(change_of(before, more, Release::several_files) == ContentChange::none);
  CHECK(change_of(more, before, Release::one_file) == ContentChange::none);
  CHECK(change_of(before, other, Release::several_files) == ContentChange::changed);
}
