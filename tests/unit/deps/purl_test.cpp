// SPDX-License-Identifier: Apache-2.0
#include "deps/purl.hpp"

#include <doctest/doctest.h>

using namespace sluice::deps;

namespace {

PurlPackage
package(std::string_view text, std::string_view system = {})
{
  return package_of(parse_purl(text).value(), system);
}

}  // namespace

TEST_CASE("a package URL is taken apart and put together again")
{
  const auto purl = parse_purl("pkg:Maven/org.apache//commons/io@1.0%2B2?Type=jar&empty=&b=%26#/a/./b/");
  REQUIRE(purl);
  CHECK(purl->type == "maven");
  CHECK(purl->space == "org.apache/commons");
  CHECK(purl->name == "io");
  CHECK(purl->version == "1.0+2");
  CHECK(purl->qualifier("type") == "jar");
  CHECK(purl->qualifier("b") == "&");
  CHECK(purl->qualifiers.size() == 2);
  CHECK(purl->subpath == "a/b");
  CHECK(to_text(*purl) == "pkg:maven/org.apache/commons/io@1.0%2B2?b=%26&type=jar#a/b");
}

TEST_CASE("what the specification does not allow is no package URL")
{
  for (const std::string_view text : {"", "npm/a@1", "pkg:", "pkg:npm", "pkg:npm/", "pkg:/a", "pkg:1npm/a",
                                      "pkg:n pm/a", "pkg:npm/a%2", "pkg:npm/a%zz", "pkg:npm/a@%1", "pkg:npm/a?b=%",
                                      "pkg:npm/a?=b", "pkg:npm/a?b=1&b=2", "pkg:npm/x%2Fy/a", "pkg:npm/a#%2e%2e"}) {
    CAPTURE(text);
    CHECK(!parse_purl(text));
  }
  CHECK(!parse_purl("pkg:npm/" + std::string(max_purl_bytes, 'a')));
}

TEST_CASE("names are put together as each registry spells them")
{
  CHECK(package("pkg:npm/%40babel/core@7.0.0").name == "@babel/core");
  CHECK(package("pkg:npm/@babel/core@7.0.0").name == "@babel/core");
  CHECK(package("pkg:npm/@babel/core").version.empty());
  CHECK(package("pkg:maven/com.google.guava/guava@31.1-jre").name == "com.google.guava:guava");
  CHECK(package("pkg:golang/golang.org/x/net@v0.1.0#http2").name == "golang.org/x/net");
  CHECK(package("pkg:composer/Laravel/Framework@9").name == "laravel/framework");
  CHECK(package("pkg:cargo/serde@1").ecosystem == "crates.io");
  CHECK(package("pkg:gem/rails@7?platform=java").ecosystem == "RubyGems");
  CHECK(package("pkg:githubactions/actions/checkout@v4").ecosystem == "GitHub Actions");
  CHECK(package("pkg:swift/github.com/apple/swift-nio@2.0.0").name == "github.com/apple/swift-nio");
  CHECK(package("pkg:generic/openssl@3").ecosystem.empty());
  CHECK(package("pkg:nothing/openssl@3").ecosystem.empty());
}

TEST_CASE("distributions are told with their release")
{
  CHECK(package("pkg:deb/debian/curl@7.88.1-10?distro=debian-12.4").ecosystem == "Debian:12");
  CHECK(package("pkg:deb/debian/curl@7.88.1-10?distro=bookworm").ecosystem == "Debian:12");
  CHECK(package("pkg:deb/debian/curl@7.88.1-10", "debian-11").ecosystem == "Debian:11");
  CHECK(package("pkg:deb/debian/curl@7.88.1-10").lacks_release);
  CHECK(package("pkg:deb/ubuntu/curl@7.81?distro=ubuntu-22.04").ecosystem == "Ubuntu:22.04:LTS");
  CHECK(package("pkg:deb/ubuntu/curl@7.81?distro=ubuntu-23.10").ecosystem == "Ubuntu:23.10");
  CHECK(package("pkg:deb/ubuntu/curl@7.81?distro=jammy").ecosystem == "Ubuntu:22.04:LTS");
  CHECK(package("pkg:apk/alpine/curl@8?distro=3.18.4").ecosystem == "Alpine:v3.18");
  CHECK(package("pkg:apk/wolfi/curl@8").ecosystem == "Wolfi");
  CHECK(!package("pkg:apk/wolfi/curl@8").lacks_release);
  CHECK(package("pkg:rpm/almalinux/bash@5?distro=almalinux-9.2&epoch=2").ecosystem == "AlmaLinux:9");
  CHECK(package("pkg:rpm/almalinux/bash@5?distro=almalinux-9.2&epoch=2").version == "2:5");
  CHECK(package("pkg:rpm/fedora/bash@5?distro=fedora-39").ecosystem.empty());
}

TEST_CASE("Debian, Ubuntu and Alpine name source packages")
{
  const PurlPackage found = package("pkg:deb/debian/libgcc-s1@12.2.0-14?upstream=gcc-12%4012.2.0&distro=debian-12");
  CHECK(found.name == "gcc-12");
  CHECK(found.version == "12.2.0");
  CHECK(package("pkg:apk/alpine/libcrypto3@3.1?upstream=openssl&distro=3.18").name == "openssl");
  CHECK(package("pkg:rpm/rocky/openssl-libs@3?upstream=openssl-3.src.rpm&distro=rocky-9").name == "openssl-libs");
  CHECK(package("pkg:deb/debian/curl@8?upstream=@7").name == "curl");
  CHECK(package("pkg:deb/debian/curl@8?upstream=@7").version == "8");
}
