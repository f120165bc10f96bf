// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/groups.hpp"
#include "deps/advisories/matching.hpp"
#include "deps/advisories/remedy.hpp"
#include "unit/deps/advisory_maker.hpp"

#include <array>
#include <map>

using namespace sluice;
using deps::Judgement;
using test::advisory;
using test::index_of;

namespace {

/// What an npm record with these events says of versions: "1.0.0+ 2.0.0- x?".
std::string
says(std::string_view events, const std::vector<std::string>& versions, std::string_view ecosystem = "npm")
{
  const auto made = index_of(
      ecosystem,
      {advisory("A-1", ecosystem, "x", fmt::format(R"("ranges":[{{"type":"ECOSYSTEM","events":[{}]}}])", events))});
  std::string out;
  for (const std::string& version : versions) {
    const auto judgement = deps::match(made.index, ecosystem, "x", version).judgement;
    out += (out.empty() ? "" : " ") + version
           + (judgement == Judgement::affected ? "+" : (judgement == Judgement::clean ? "-" : "?"));
  }
  return out;
}

}  // namespace

TEST_CASE("a range is evaluated as the schema says")
{
  CHECK(says(R"({"introduced":"0"},{"fixed":"1.2.0"})", {"0.0.1", "1.1.9", "1.2.0", "2.0.0"})
        == "0.0.1+ 1.1.9+ 1.2.0- 2.0.0-");
  CHECK(says(R"({"introduced":"1.0.0"},{"last_affected":"1.2.0"})", {"0.9.0", "1.0.0", "1.2.0", "1.2.1"})
        == "0.9.0- 1.0.0+ 1.2.0+ 1.2.1-");
  // Events come in any order, and windows are never merged.
  CHECK(says(R"({"fixed":"3.1.0"},{"fixed":"2.1.0"},{"introduced":"3.0.0"},{"introduced":"2.0.0"})",
             {"1.9.9", "2.0.0", "2.1.0", "2.9.9", "3.0.0", "3.1.0"})
        == "1.9.9- 2.0.0+ 2.1.0- 2.9.9- 3.0.0+ 3.1.0-");
  CHECK(says(R"({"introduced":"0.0.0-0"},{"fixed":"1.0.0"})", {"0.0.0-alpha", "1.0.0-rc.1", "1.0.0"})
        == "0.0.0-alpha+ 1.0.0-rc.1+ 1.0.0-");
  CHECK(says(R"({"introduced":"1.0.0"})", {"0.9.0", "99.0.0"}) == "0.9.0- 99.0.0+");
}

TEST_CASE("limits are honoured")
{
  CHECK(says(R"({"introduced":"0"},{"limit":"2.0.0"})", {"1.0.0", "2.0.0", "3.0.0"}) == "1.0.0+ 2.0.0- 3.0.0-");
  CHECK(says(R"({"introduced":"0"},{"limit":"2.0.0"},{"limit":"3.0.0"})", {"2.5.0", "3.0.0"}) == "2.5.0+ 3.0.0-");
  CHECK(says(R"({"introduced":"0"},{"limit":"*"})", {"9.0.0"}) == "9.0.0+");
}

TEST_CASE("events at one version leave nothing out")
{
  CHECK(says(R"({"introduced":"1.0.0"},{"fixed":"2.0.0"},{"introduced":"2.0.0"},{"fixed":"3.0.0"})",
             {"1.5.0", "2.0.0", "2.5.0", "3.0.0"})
        == "1.5.0+ 2.0.0+ 2.5.0+ 3.0.0-");
  CHECK(says(R"({"introduced":"1.0.0"},{"fixed":"1.0.0"})", {"1.0.0", "2.0.0"}) == "1.0.0- 2.0.0-");
  CHECK(says(R"({"introduced":"1.0.0"},{"last_affected":"1.0.0"})", {"0.9.0", "1.0.0", "1.0.1"})
        == "0.9.0- 1.0.0+ 1.0.1-");
}

TEST_CASE("what is no version is unknown, and so is a range of such events")
{
  CHECK(says(R"({"introduced":"0"},{"fixed":"1.0.0"})", {"latest", "", "*", "1.0"}) == "latest? ? *? 1.0?");
  CHECK(says(R"({"introduced":"0"},{"fixed":"abc"})", {"1.0.0"}) == "1.0.0?");
  CHECK(says(R"({"introduced":"0"},{"fixed":"46.0.1"})", {"v45", "v46", "v47", "main"}, "GitHub Actions")
        == "v45+ v46? v47- main?");
}

TEST_CASE("ranges of commits say nothing of versions and end nothing")
{
  const auto made = index_of(
      "PyPI", {advisory("A-1", "PyPI", "x",
                        R"("ranges":[{"type":"GIT","repo":"r","events":[{"introduced":"0"},{"fixed":"abcdef"}]},)"
                        R"({"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}]}])")});
  CHECK(deps::match(made.index, "PyPI", "X", "1.4").judgement == Judgement::affected);
  CHECK(deps::match(made.index, "PyPI", "x", "2.0.0").judgement == Judgement::clean);
}

TEST_CASE("listed versions are compared by order, and literally what is none")
{
  const auto made =
      index_of("PyPI", {advisory("A-1", "PyPI", "x", R"("versions":["1.0","2.0.post1","weird one","10.0"])")});
  const auto judged = [&made](std::string_view version) {
    return deps::match(made.index, "PyPI", "x", version).judgement;
  };
  CHECK(judged("1.0.0") == Judgement::affected);
  CHECK(judged("2.0-1") == Judgement::affected);
  CHECK(judged("10") == Judgement::affected);
  CHECK(judged("weird one") == Judgement::affected);
  CHECK(judged("weird two") == Judgement::unknown);
  CHECK(judged("1.1") == Judgement::clean);
}

TEST_CASE("listed versions are found where the order goes in circles")
{
  const auto made =
      index_of("Maven", {advisory("A-1", "Maven", "g:a", R"("versions":["1","1-alpha","1.sp.1","2.0","1.10","1.9"])")});
  for (const std::string_view version : {"1", "1.0", "1-alpha", "1.sp.1", "2", "1.10", "1.9.0"}) {
    CAPTURE(version);
    CHECK(deps::match(made.index, "Maven", "g:a", version).judgement == Judgement::affected);
  }
  CHECK(deps::match(made.index, "Maven", "g:a", "1.8").judgement == Judgement::clean);
}

TEST_CASE("a listed version is affected beside versions that have no order to it")
{
  const auto judged = [](std::string_view ecosystem, std::string_view list, std::string_view version) {
    const auto made = index_of(ecosystem, {advisory("A-1", ecosystem, "x/y", fmt::format(R"("versions":[{}])", list))});
    return deps::match(made.index, ecosystem, "x/y", version).judgement;
  };
  constexpr std::string_view composer = R"("1.5.0","2.0.0","3.0.0","dev-master","v1.0.0","v1.7.0")";
  for (const std::string_view version : {"1.0.0", "v1.0.0", "1.5.0", "1.7.0", "2.0.0.0", "3.0.0", "dev-master"}) {
    CAPTURE(version);
    CHECK(judged("Packagist", composer, version) == Judgement::affected);
  }
  CHECK(judged("Packagist", composer, "1.6.0") == Judgement::clean);
  CHECK(judged("Packagist", composer, "dev-main") == Judgement::clean);
  constexpr std::string_view actions = R"("v4","v4.1.0","4.2.0","v5")";
  for (const std::string_view version : {"v4", "4", "v4.1.0", "4.1.0", "4.2.0", "v4.2.0", "v5", "5"}) {
    CAPTURE(version);
    CHECK(judged("GitHub Actions", actions, version) == Judgement::affected);
  }
  CHECK(judged("GitHub Actions", actions, "v3.9.9") == Judgement::clean);
  CHECK(judged("GitHub Actions", actions, "v3") == Judgement::clean);
  CHECK(judged("GitHub Actions", actions, "v4.3.0") == Judgement::unknown);
  CHECK(judged("GitHub Actions", R"("4.1.0")", "v4") == Judgement::unknown);
}

TEST_CASE("every listed version is affected, in every order and with whatever is beside it")
{
  constexpr std::array<std::string_view, 32> odd{
      "1",         "1.0",         "1.0.0",     "v1.0.0",   "1.0.0-rc.1", "1.0.0+build", "1.0.0.Final", "1-SNAPSHOT",
      "2.0",       "v2",          "2.x-dev",   "dev-main", "dev-master", "10.0.0",      "9.0.0",       "1:1.0-1",
      "1.0-1~rc1", "1.0_p1-r2",   "1.0.post1", "1!1.0",    "2024.01.01", "20240101",    "latest",      "main",
      "go1.19",    "1.0.0-alpha", "1.sp.1",    "1-alpha",  "v4.1.0",     "4.2.0",       "abc",         "1.0a1"};
  for (const std::string_view ecosystem :
       {"npm",       "PyPI",     "Maven",       "NuGet",   "RubyGems",       "Packagist", "Go",
        "crates.io", "Hex",      "Pub",         "Hackage", "CRAN",           "Debian",    "Red Hat",
        "Alpine",    "SwiftURL", "ConanCenter", "Julia",   "GitHub Actions", "opam",      "Unheard"}) {
    CAPTURE(ecosystem);
    for (std::size_t first = 0; first < odd.size(); ++first) {
      // Every list of a length, from any place on, with gaps of any width.
      for (const std::size_t step : {1, 3, 5, 7}) {
        std::string list;
        for (std::size_t i = 0; i < 12; ++i) {
          list += fmt::format("{}\"{}\"", i == 0 ? "" : ",", odd[(first + i * step) % odd.size()]);
        }
        const auto made =
            index_of(ecosystem, {advisory("A-1", ecosystem, "x", fmt::format(R"("versions":[{}])", list))});
        for (std::size_t i = 0; i < 12; ++i) {
          const std::string_view version = odd[(first + i * step) % odd.size()];
          CAPTURE(version);
          CAPTURE(list);
          CHECK(deps::match(made.index, ecosystem, "x", version).judgement == Judgement::affected);
        }
      }
    }
  }
}

TEST_CASE("a fix is found where the order goes in circles, and none is sought among too many")
{
  const auto fixed_at = [](const std::vector<std::string>& versions) {
    std::vector<std::string> advisories;
    for (const std::string& version : versions) {
      advisories.push_back(advisory(fmt::format("A-{}", advisories.size()), "Maven", "g:a",
                                    fmt::format(R"("ranges":[{{"type":"ECOSYSTEM","events":[{{"introduced":"0"}},)"
                                                R"({{"fixed":"{}"}}]}}])",
                                                version)));
    }
    return deps::lowest_clean_version(index_of("Maven", advisories).index, "Maven", "g:a", "0.1");
  };
  CHECK(fixed_at({"1.2", "1.10", "1.9"}) == "1.10");
  CHECK(fixed_at({"2.0", "1", "1-alpha", "1.sp.1"}) == "2.0");
  std::vector<std::string> many;
  for (int i = 0; i < 1200; ++i) {
    many.push_back(fmt::format("1.{}", i));
  }
  CHECK(!fixed_at(many));
}

TEST_CASE("names are compared as the registry does, and ecosystems exactly")
{
  const std::string all = R"("ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}])";
  CHECK(deps::match(index_of("PyPI", {advisory("A", "PyPI", "Foo.Bar_baz", all)}).index, "PyPI", "foo-bar--baz", "1")
            .judgement
        == Judgement::affected);
  CHECK(deps::match(index_of("NuGet", {advisory("A", "NuGet", "Newtonsoft.Json", all)}).index, "NuGet",
                    "newtonsoft.json", "1")
            .judgement
        == Judgement::affected);
  CHECK(deps::match(index_of("npm", {advisory("A", "npm", "Foo", all)}).index, "npm", "foo", "1.0.0").judgement
        == Judgement::clean);
  const auto debian = index_of("Debian", {advisory("A", "Debian:12", "curl", all)});
  CHECK(deps::match(debian.index, "Debian:12", "curl", "7.0-1").judgement == Judgement::affected);
  CHECK(deps::match(debian.index, "Debian:11", "curl", "7.0-1").judgement == Judgement::clean);
  CHECK(deps::match(debian.index, "Debian", "curl", "7.0-1").judgement == Judgement::clean);
}

TEST_CASE("what a database last knew to be affected bounds a range that nothing ends")
{
  const auto made =
      index_of("npm", {advisory("A-1", "npm", "x",
                                R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],)"
                                R"("database_specific":{"last_known_affected_version_range":"<= 1.4.2"})"),
                       advisory("A-2", "npm", "y",
                                R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],)"
                                R"("database_specific":{"last_known_affected_version_range":"< 2.0.0"})")});
  CHECK(deps::match(made.index, "npm", "x", "1.4.2").judgement == Judgement::affected);
  CHECK(deps::match(made.index, "npm", "x", "1.4.3").judgement == Judgement::clean);
  CHECK(deps::match(made.index, "npm", "y", "2.0.0").judgement == Judgement::clean);
  // A bound is no fix.
  CHECK(!deps::lowest_clean_version(made.index, "npm", "y", "1.0.0"));
}

TEST_CASE("advisories are grouped by aliases and related ids, however many steps that takes")
{
  const std::string all = R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}])";
  const auto made = index_of(
      "npm",
      {advisory(
           "GHSA-1", "npm", "x", all,
           R"("aliases":["CVE-1"],"summary":"one","severity":[{"score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],)"),
       advisory("OTHER-1", "npm", "x", all, R"("aliases":["CVE-1","CVE-2"],)"),
       advisory("OTHER-2", "npm", "x", all, R"("related":["CVE-2"],)"), advisory("MAL-1", "npm", "x", all)});
  const auto groups = deps::grouped(made.index, deps::match(made.index, "npm", "x", "1.0.0").affected);
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].ids == std::vector<std::string>{"GHSA-1", "OTHER-1", "OTHER-2"});
  CHECK(groups[0].aliases == std::vector<std::string>{"CVE-1", "CVE-2"});
  CHECK(groups[0].title() == "GHSA-1");
  CHECK(groups[0].score == 9.8);
  CHECK(groups[0].severity == Severity::critical);
  CHECK(groups[1].is_malware);
  CHECK(!groups[1].severity);
}

TEST_CASE("the version to update to is itself clean")
{
  const auto made = index_of(
      "npm",
      {advisory("A-1", "npm", "x", R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]}])"),
       advisory("A-2", "npm", "x",
                R"("ranges":[{"type":"SEMVER","events":[{"introduced":"1.2.0"},{"fixed":"1.3.0"}]}])"),
       advisory("A-3", "npm", "x",
                R"("ranges":[{"type":"SEMVER","events":[{"introduced":"5.0.0"},{"fixed":"5.0.1"}]}])")});
  CHECK(deps::lowest_clean_version(made.index, "npm", "x", "1.0.0") == "1.3.0");
  CHECK(deps::lowest_clean_version(made.index, "npm", "x", "2.0.0") == "5.0.1");
  CHECK(!deps::lowest_clean_version(made.index, "npm", "x", "6.0.0"));
}

TEST_CASE("withdrawn records are left out, and of several with one id the last counts")
{
  const std::string all = R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}])";
  const auto made = index_of("npm", {advisory("A-1", "npm", "x", all, R"("withdrawn":"2026-01-01T00:00:00Z",)"),
                                     advisory("A-2", "npm", "x", all), advisory("A-2", "npm", "y", all)});
  CHECK(deps::match(made.index, "npm", "x", "1.0.0").judgement == Judgement::clean);
  CHECK(test::ids_of(made.index, deps::match(made.index, "npm", "y", "1.0.0").affected)
        == std::vector<std::string>{"A-2"});
}
