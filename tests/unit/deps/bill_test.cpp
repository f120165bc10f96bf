// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "deps/bill/bill.hpp"
#include "deps/bill/fetch_uri.hpp"
#include "deps/bill/licence_text.hpp"
#include "deps/integrity.hpp"
#include "deps/purl.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;

namespace {

std::string
licence(std::string_view written)
{
  using Kind = LicenceText::Kind;
  const LicenceText text = licence_text(written);
  const std::string_view kind = text.kind == Kind::id           ? "id "
                                : text.kind == Kind::expression ? "expression "
                                : text.kind == Kind::name       ? "name "
                                                                : "";
  return std::string(kind) + text.text;
}

std::string
uri(Source source, std::string_view location)
{
  return fetch_uri({.source = source, .location = location});
}

std::string
hashes(std::string_view ecosystem, std::string_view integrity)
{
  std::string text;
  for (const Hash& hash : file_hashes({.ecosystem = ecosystem, .integrity = integrity})) {
    text.append(text.empty() ? "" : " ").append(shown_algorithm(hash)).append(":").append(hash.digest);
  }
  return text;
}

Bill
bill_of(const std::vector<PackageList>& lists)
{
  std::vector<const PackageList*> pointers;
  for (const PackageList& list : lists) {
    pointers.push_back(&list);
  }
  return make_bill(pointers);
}

/// The root needs a, a needs b for development; the second file has b too, at another line and at runtime.
std::vector<PackageList>
two_files()
{
  std::vector<PackageList> lists(2);
  lists[0].path = "package-lock.json";
  const PackageId root = lists[0].add({.part = Part::root});
  const PackageId a = lists[0].add({.ecosystem = "npm", .name = "a", .version = "1.0.0", .line = 3});
  const PackageId b = lists[0].add({.ecosystem = "npm", .name = "b", .version = "2.0.0", .line = 9});
  lists[0].need(root, a);
  lists[0].need(a, b, Scope::dev);
  lists[0].need(b, a);
  lists[0].settle();
  lists[1].path = "web/yarn.lock";
  lists[1].add({.ecosystem = "npm", .name = "b", .version = "2.0.0", .is_direct = true, .line = 1, .licence = "MIT"});
  return lists;
}

}  // namespace

TEST_CASE("a licence is written as an identifier, an expression of such, or by its name")
{
  CHECK(licence("") == "");
  CHECK(licence(" mit ") == "id MIT");
  CHECK(licence("GPL-2.0+") == "expression GPL-2.0+");
  CHECK(licence("(MIT or apache-2.0)") == "expression (MIT OR Apache-2.0)");
  CHECK(licence("Apache-2.0+") == "expression Apache-2.0+");
  CHECK(licence("GPL-2.0-only WITH Classpath-exception-2.0 AND MIT")
        == "expression GPL-2.0-only WITH Classpath-exception-2.0 AND MIT");
  CHECK(licence("MPL-2.0-no-copyleft-exception") == "id MPL-2.0-no-copyleft-exception");
  for (const std::string_view none :
       {"UNLICENSED", "SEE LICENSE IN x", "MIT/Apache-2.0", "MIT OR", "OR MIT", "(MIT", "MIT)", "()", "MIT MIT",
        "MIT WITH MIT", "Classpath-exception-2.0", "(MIT) WITH Classpath-exception-2.0", "MIT AND (OR MIT)"}) {
    CHECK(licence(none) == "name " + std::string(none));
  }
  // As deep as it is long, and no deeper for it.
  const std::string deep = std::string(2000, '(') + "MIT" + std::string(2000, ')');
  CHECK(licence(deep).starts_with("expression "));
  CHECK(licence(deep + std::string(2000, ')')).starts_with("name "));
}

TEST_CASE("hashes of the file that is fetched are told, others are not")
{
  const std::string zeros(64, '0');
  CHECK(hashes("npm", "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=") == "SHA-1:" + std::string(40, '0'));
  CHECK(hashes("npm", "sha512-" + std::string(85, 'A') + "A==?x") == "SHA-512:" + std::string(128, '0'));
  CHECK(hashes("PyPI", "sha256:" + zeros) == "SHA-256:" + zeros);
  CHECK(hashes("RubyGems", "sha256=" + zeros) == "SHA-256:" + zeros);
  CHECK(hashes("npm", "SHA-256:" + zeros) == "SHA-256:" + zeros);
  CHECK(hashes("crates.io", zeros) == "SHA-256:" + zeros);
  CHECK(hashes("SwiftURL", zeros) == "");
  CHECK(hashes("Go", "h1:" + std::string(43, 'A') + "=") == "");
  CHECK(hashes("npm", "10c0/" + zeros) == "");
  CHECK(hashes("npm", "sha512-AAAA") == "");
  CHECK(hashes("PyPI", "sha256:" + zeros + " md5:" + std::string(32, '1'))
        == "SHA-256:" + zeros + " MD5:" + std::string(32, '1'));
  // Of several files, any of which may be the one that is installed.
  CHECK(hashes("PyPI", "sha256:" + zeros + " sha256:" + std::string(64, '1')) == "");
}

TEST_CASE("an address is a URI without a user, or nothing")
{
  CHECK(uri(Source::registry, "https://registry.npmjs.org/a/-/a-1.0.0.tgz#sha")
        == "https://registry.npmjs.org/a/-/a-1.0.0.tgz#sha");
  CHECK(uri(Source::git, "git@github.com:acme/x.git") == "ssh://git@github.com/acme/x.git");
  CHECK(uri(Source::git, "git+ssh://git@github.com/acme/x.git#v1") == "git+ssh://git@github.com/acme/x.git#v1");
  CHECK(uri(Source::url, "https://me:word@example.org/a@1.tgz") == "https://example.org/a@1.tgz");
  CHECK(uri(Source::url, "https://word@example.org?a=@") == "https://example.org?a=@");
  CHECK(uri(Source::git, "ssh://me:word@example.org/x") == "ssh://example.org/x");
  CHECK(uri(Source::url, "https://example.org/a b\"<é>%zz%41#x#y")
        == "https://example.org/a%20b%22%3C%C3%A9%3E%25zz%41#x%23y");
  for (const std::string_view none : {"", "../x", "file:../x", "javascript:alert(1)", "https://", "https:///x", "x"}) {
    CHECK(uri(Source::url, none) == "");
  }
  CHECK(uri(Source::path, "https://example.org/x") == "");
  for (const std::string_view domain : {"https://a.org", "ssh://git@x.example.com:22/y", "http://a-b.c1.io?x"}) {
    CHECK(has_domain(domain));
  }
  for (const std::string_view none : {"", "https://", "http://localhost:4873/x", "http://10.0.0.1/x", "http://a_b.org",
                                      "http://a..org", "http://.org", "http://a.b.c", "http://[::1]/x", "a.org"}) {
    CHECK_FALSE(has_domain(none));
  }
}

TEST_CASE("packages of the same name from elsewhere are others")
{
  std::vector<PackageList> lists(1);
  lists[0].add({.ecosystem = "npm", .name = "a", .version = "1.0.0"});
  lists[0].add({.ecosystem = "npm", .name = "a", .version = "1.0.0", .source = Source::git});
  lists[0].add(
      {.ecosystem = "npm", .name = "a", .version = "1.0.0", .source = Source::git, .location = "git://x.org/a"});
  CHECK(bill_of(lists).components.size() == 3);
}

TEST_CASE("a package is one component, whatever names it")
{
  const auto lists = two_files();
  const Bill bill = bill_of(lists);
  REQUIRE(bill.components.size() == 2);
  const Bill::Component& b = bill.components[1];
  CHECK(b.reference == "pkg:npm/b@2.0.0");
  CHECK(b.package.scope == Scope::runtime);
  CHECK(b.package.is_direct);
  CHECK(b.package.licence == "MIT");
  REQUIRE(b.places.size() == 2);
  CHECK(b.places[0].path == "package-lock.json");
  CHECK(b.places[0].line == 9);
  CHECK(b.places[1].path == "web/yarn.lock");
  // A cycle, and what is direct though nobody is said to ask for it.
  CHECK(bill.components[0].needs.size() == 1);
  CHECK(b.needs.size() == 1);
  CHECK(bill.root_needs.size() == 2);
}

TEST_CASE("what is the project's own has no package URL that others would look up")
{
  std::vector<PackageList> lists(1);
  lists[0].path = "pnpm-lock.yaml";
  lists[0].add({.ecosystem = "npm", .name = "web", .version = "1.0.0", .source = Source::path, .part = Part::member});
  lists[0].add({.ecosystem = "npm", .name = "web", .version = "1.0.0"});
  const Bill bill = bill_of(lists);
  REQUIRE(bill.components.size() == 2);
  CHECK(bill.components[0].purl == "pkg:npm/web@1.0.0");
  CHECK(bill.components[1].purl.empty());
  CHECK(bill.components[1].is_member());
}

TEST_CASE("the same bill gives the same bytes, another one another identity")
{
  const auto lists = two_files();
  for (const auto write : {cyclonedx_text, spdx_text}) {
    const Bill bill = bill_of(lists);
    CHECK(write(bill) == write(bill_of(lists)));
    Bill other = bill_of(lists);
    other.components[0].package.version = "1.0.1";
    const auto id = [write](const Bill& of) {
      const Json json = Json::parse(write(of)).value();
      return *(json.find("serialNumber") ? json["serialNumber"] : json["documentNamespace"]).text();
    };
    CHECK(id(bill) != id(other));
  }
}

TEST_CASE("names that no package URL can have, and texts that a log would obey, make documents all the same")
{
  std::vector<PackageList> lists(1);
  lists[0].path = "a\nb";
  lists[0].add({.ecosystem = "npm", .name = "", .version = "1"});
  lists[0].add({.ecosystem = "npm", .name = "##[error]\x01\"\\", .version = "::stop::"});
  const std::string longer(9000, 'x');
  lists[0].add({.ecosystem = "npm", .name = longer, .version = "1"});
  const Bill bill = bill_of(lists);
  REQUIRE(bill.components.size() == 3);
  for (const std::string& text : {cyclonedx_text(bill), spdx_text(bill)}) {
    CHECK(Json::parse(text));
    CHECK(text.find("##[") == std::string::npos);
  }
}

TEST_CASE("a package URL is made of a package and read back as the same")
{
  struct Case
  {
    std::string_view ecosystem, name, version, purl;
  };
  for (const Case& each : {Case{"npm", "@babel/core", "7.0.0", "pkg:npm/%40babel/core@7.0.0"},
                           Case{"Maven", "org.a:b", "1-RC", "pkg:maven/org.a/b@1-RC"},
                           Case{"Go", "golang.org/x/net", "0.1.0", "pkg:golang/golang.org/x/net@0.1.0"},
                           Case{"NuGet", "Newtonsoft.Json", "13.0.1", "pkg:nuget/Newtonsoft.Json@13.0.1"},
                           Case{"GitHub Actions", "actions/checkout", "v4", "pkg:github/actions/checkout@v4"},
                           Case{"Debian:12", "curl", "7.88.1-10", "pkg:deb/debian/curl@7.88.1-10?distro=debian-12"},
                           Case{"Ubuntu:22.04:LTS", "curl", "1", "pkg:deb/ubuntu/curl@1?distro=ubuntu-22.04"},
                           Case{"Alpine:v3.18", "curl", "1", "pkg:apk/alpine/curl@1?distro=alpine-3.18"},
                           Case{"Wolfi", "curl", "1", "pkg:apk/wolfi/curl@1"},
                           Case{"Rocky Linux:9", "curl", "1", "pkg:rpm/rocky/curl@1?distro=rocky-9"}}) {
    const Purl purl = purl_of(each.ecosystem, each.name, each.version);
    CHECK(to_text(purl) == each.purl);
    const PurlPackage back = package_of(parse_purl(each.purl).value());
    CHECK(back.ecosystem == each.ecosystem);
    CHECK(back.name == each.name);
    CHECK(back.version == each.version);
  }
  CHECK(to_text(purl_of("PyPI", "Foo_Bar", "1")) == "pkg:pypi/foo-bar@1");
  CHECK(to_text(purl_of("CocoaPods", "Sentry/HybridSDK", "1")) == "pkg:cocoapods/Sentry@1#HybridSDK");
  CHECK(to_text(purl_of("JSR", "@std/path", "1")) == "pkg:generic/%40std/path@1");
}
