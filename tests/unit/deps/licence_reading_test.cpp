// SPDX-License-Identifier: Apache-2.0
//
// What each format that tells of licences makes of them.
#include "base/path.hpp"
#include "deps/lockfile.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// The licence of the first third-party package of a lockfile.
std::string
licence_in(const std::string& path, std::string text)
{
  const auto directory = TemporaryDirectory::create();
  REQUIRE(directory);
  const gate::DiskTree tree(directory->path());
  const Lockfile* format = find_lockfile(path, text);
  REQUIRE_MESSAGE(format != nullptr, path);
  const PackageList list = read_lockfile(*format, path, std::move(text), tree);
  for (const Package& package : list.packages()) {
    if (package.part == Part::third_party) {
      return std::string(package.licence);
    }
  }
  FAIL("no package in ", path);
  return {};
}

std::string
npm(std::string_view licence)
{
  return licence_in("package-lock.json", fmt::format(R"({{"name":"x","lockfileVersion":3,"packages":{{
"":{{"name":"x","dependencies":{{"a":"1.0.0"}}}},"node_modules/a":{{"version":"1.0.0","license":{}}}}}}})",
                                                     licence));
}

std::string
composer(std::string_view licence)
{
  return licence_in(
      "composer.lock",
      fmt::format(R"({{"packages":[{{"name":"a/a","version":"1.0.0","license":{}}}],"packages-dev":[]}})", licence));
}

std::string
cyclonedx(std::string_view licences)
{
  return licence_in("bom.json", fmt::format(R"({{"bomFormat":"CycloneDX","specVersion":"1.6","components":[
{{"type":"library","name":"a","version":"1.0.0","purl":"pkg:npm/a@1.0.0","licenses":{}}}]}})",
                                            licences));
}

std::string
cyclonedx_xml(std::string_view licences)
{
  return licence_in("bom.xml", fmt::format(R"(<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6">
<components><component type="library"><name>a</name><version>1.0.0</version><licenses>{}</licenses>
<purl>pkg:npm/a@1.0.0</purl></component></components></bom>)",
                                           licences));
}

std::string
spdx(std::string_view concluded, std::string_view declared)
{
  return licence_in("x.spdx.json", fmt::format(R"({{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","packages":[
{{"SPDXID":"SPDXRef-a","name":"a","versionInfo":"1.0.0","licenseConcluded":"{}","licenseDeclared":"{}","externalRefs":[
{{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/a@1.0.0"}}]}}]}})",
                                               concluded, declared));
}

std::string
spdx_tags(std::string_view tags)
{
  return licence_in("x.spdx", fmt::format("SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n\nPackageName: a\n"
                                          "SPDXID: SPDXRef-a\nPackageVersion: 1.0.0\n{}"
                                          "ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1.0.0\n",
                                          tags));
}

}  // namespace

TEST_CASE("npm copies what package.json says, and several are a choice")
{
  CHECK(npm("\"(MIT OR ISC)\"") == "(MIT OR ISC)");
  CHECK(npm(R"({"type":"MIT","url":"https://example.org"})") == "MIT");
  CHECK(npm(R"(["MIT",{"type":"ISC"}])") == "MIT OR ISC");
  CHECK(npm("null").empty());
}

TEST_CASE("Composer has a list, which is a choice")
{
  CHECK(composer(R"(["MIT"])") == "MIT");
  CHECK(composer(R"(["LGPL-2.1-only","GPL-3.0-or-later"])") == "LGPL-2.1-only OR GPL-3.0-or-later");
  CHECK(composer("[]").empty());
}

TEST_CASE("CycloneDX has identifiers, names and expressions, and several are all of them")
{
  CHECK(cyclonedx(R"([{"license":{"id":"MIT"}}])") == "MIT");
  CHECK(cyclonedx(R"([{"license":{"name":"Acme Terms"}}])") == "Acme Terms");
  CHECK(cyclonedx(R"([{"expression":"MIT OR ISC"}])") == "MIT OR ISC");
  CHECK(cyclonedx(R"([{"license":{"id":"MIT"}},{"license":{"name":"Acme Terms"}}])") == "(MIT) AND (Acme Terms)");
  CHECK(cyclonedx(R"([{"license":{"name":"NOASSERTION"}}])").empty());
  CHECK(cyclonedx_xml("<license><id>MIT</id></license>") == "MIT");
  CHECK(cyclonedx_xml("<license><name>Acme Terms</name></license><license><id>MIT</id></license>")
        == "(Acme Terms) AND (MIT)");
  CHECK(cyclonedx_xml("<expression>MIT OR ISC</expression>") == "MIT OR ISC");
}

TEST_CASE("SPDX has what was concluded, else what was declared")
{
  CHECK(spdx("MIT", "ISC") == "MIT");
  CHECK(spdx("NOASSERTION", "ISC") == "ISC");
  CHECK(spdx("NOASSERTION", "NONE").empty());
  CHECK(spdx_tags("PackageLicenseConcluded: NOASSERTION\nPackageLicenseDeclared: ISC\n") == "ISC");
  CHECK(spdx_tags("PackageLicenseDeclared: ISC\nPackageLicenseConcluded: NOASSERTION\n") == "ISC");
  CHECK(spdx_tags("PackageLicenseDeclared: ISC\nPackageLicenseConcluded: MIT\n") == "MIT");
}

TEST_CASE("renv copies DESCRIPTION")
{
  constexpr std::string_view text = R"json({"R":{"Version":"4.4.1"},"Packages":{
"a":{"Package":"a","Version":"1.0.0","Source":"Repository","License":"GPL (>= 2)"}}})json";
  CHECK(licence_in("renv.lock", std::string(text)) == "GPL (>= 2)");
}
