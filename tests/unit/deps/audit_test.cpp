// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "deps/advisories/database.hpp"
#include "deps/audit.hpp"
#include "unit/deps/advisory_maker.hpp"

#include <array>

using namespace sluice;
using namespace sluice::deps;
using test::advisory;

namespace {

constexpr Date today{2026, 1, 10};
constexpr std::string_view up_to_two =
    R"("ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}])";
constexpr std::string_view severe =
    R"("severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],)";

std::chrono::sys_seconds
day(int year, unsigned month, unsigned of_month)
{
  return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(of_month));
}

PackageList
list_of(std::initializer_list<std::array<std::string_view, 2>> packages, std::string_view ecosystem = "npm")
{
  PackageList list;
  list.path = "package-lock.json";
  Package root;
  root.part = Part::root;
  const PackageId from = list.add(root);
  for (const auto& [name, version] : packages) {
    Package package;
    package.ecosystem = list.keep(std::string(ecosystem));
    package.name = list.keep(std::string(name));
    package.version = list.keep(std::string(version));
    package.line = 7;
    list.need(from, list.add(package));
  }
  list.settle();
  return list;
}

/// Indexes in a directory, and the lockfiles that are judged by them.
class JudgedFiles
{
public:
  void
  index(std::string_view ecosystem, const std::vector<std::string>& advisories,
        std::chrono::sys_seconds built = day(2026, 1, 9), std::uint64_t previous = 0)
  {
    std::vector<Record> records;
    for (const std::string& each : advisories) {
      records.push_back(test::record_of(each));
    }
    const auto written = write_index(records, {std::string(ecosystem), "test", built, previous}).value();
    REQUIRE(write_file(index_file(directory_.path(), ecosystem), written.bytes));
  }

  void
  file(PackageList list, std::optional<PackageList> before = std::nullopt)
  {
    LockedFile& file = locked_.files.emplace_back();
    file.format = lockfiles().front();
    file.list = std::move(list);
    file.before = std::move(before);
    locked_.is_change = locked_.is_change || file.before.has_value();
  }

  Audit
  audit()
  {
    database_ = std::make_unique<Database>(Database::open(directory_.path()).value());
    auto result = deps::audit(locked_, *database_, options, today);
    REQUIRE(result);
    return *std::move(result);
  }

  DepsOptions options;

private:
  TemporaryDirectory directory_ = TemporaryDirectory::create("sluice-audit").value();
  LockedFiles locked_;
  std::unique_ptr<Database> database_;
};

}  // namespace

TEST_CASE("each advisory group of each package is a hit, with what closes it")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two, severe),
                       advisory("GHSA-2", "npm", "left", up_to_two), advisory("GHSA-3", "npm", "right", up_to_two)});
  judged.file(list_of({{"left", "1.0.0"}, {"right", "2.0.0"}}));
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 2);
  CHECK(audit.judged == 2);
  CHECK(audit.hits[0].group.title() == "GHSA-1");
  CHECK(audit.hits[0].ruling.kind == OwnRuling::Kind::fail);
  CHECK(audit.hits[0].fixed_in == "2.0.0");
  CHECK(audit.hits[0].ways.count == 1);
  CHECK(audit.hits[1].group.title() == "GHSA-2");
  CHECK(audit.hits[1].ruling.kind == OwnRuling::Kind::warn);
  CHECK(audit.gaps.empty());
}

TEST_CASE("advisories that are one thing by alias, however far, are one hit")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two, R"("aliases":["CVE-2099-1"],)"),
                       advisory("CVE-2099-2", "npm", "left", up_to_two, R"("related":["X-1"],)"),
                       advisory("X-1", "npm", "left", up_to_two, R"("aliases":["CVE-2099-1"],)")});
  judged.file(list_of({{"left", "1.0.0"}}));
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 1);
  CHECK(audit.hits[0].group.ids == std::vector<std::string>{"CVE-2099-2", "GHSA-1", "X-1"});
}

TEST_CASE("an ignore excuses what it names by any alias, and nothing that is only related")
{
  JudgedFiles judged;
  judged.index("npm",
               {advisory("GHSA-1", "npm", "left", up_to_two, fmt::format(R"("aliases":["CVE-2099-1"],{})", severe)),
                advisory("GHSA-2", "npm", "left", up_to_two, R"("related":["CVE-2099-1"],)"),
                advisory("GHSA-3", "npm", "left", up_to_two, R"("aliases":["CVE-2099-3"],"related":["GHSA-2"],)")});
  judged.file(list_of({{"left", "1.0.0"}}));
  {
    const Audit audit = judged.audit();
    REQUIRE(audit.hits.size() == 1);
    CHECK(audit.hits[0].ruling.kind == OwnRuling::Kind::fail);
  }
  judged.options.ignore = {{.id = "CVE-2099-1", .reason = "no way in", .expires = "2026-12-31"}};
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 2);
  // What is left is not as severe as what is excused, and ruled on for itself.
  CHECK(audit.hits[0].group.ids == std::vector<std::string>{"GHSA-2", "GHSA-3"});
  CHECK(audit.hits[0].ruling.kind == OwnRuling::Kind::warn);
  CHECK(!audit.hits[0].group.severity);
  CHECK(audit.hits[0].parts.size() == 2);
  CHECK(audit.hits[1].group.ids == std::vector<std::string>{"GHSA-1"});
  CHECK(audit.hits[1].ruling.kind == OwnRuling::Kind::ignore);
  CHECK(audit.hits[1].parts.empty());
  judged.options.ignore.push_back({.id = "GHSA-2", .reason = "nor here", .expires = "2026-12-31"});
  judged.options.ignore.push_back({.id = "CVE-2099-3", .reason = "nor here", .expires = "2026-12-31"});
  const Audit excused = judged.audit();
  REQUIRE(excused.hits.size() == 1);
  CHECK(excused.hits[0].ruling.kind == OwnRuling::Kind::ignore);
  CHECK(excused.notices.empty());
}

TEST_CASE("a record is named by the only vulnerability that it passes on, and not by one of several")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("DIST-CVE-1", "npm", "left", up_to_two, R"("upstream":["CVE-2099-1"],)"),
                       advisory("DIST-2", "npm", "right", up_to_two, R"("upstream":["CVE-2099-1","CVE-2099-2"],)")});
  judged.file(list_of({{"left", "1.0.0"}, {"right", "1.0.0"}}));
  judged.options.ignore = {{.id = "CVE-2099-1", .reason = "no way in", .expires = "2026-12-31"}};
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 2);
  CHECK(audit.hits[0].ruling.kind == OwnRuling::Kind::ignore);
  CHECK(audit.hits[1].ruling.kind == OwnRuling::Kind::warn);
  CHECK(audit.hits[1].group.names() == std::vector<std::string>{"DIST-2", "CVE-2099-1", "CVE-2099-2"});
}

TEST_CASE("entries of one package at one version are one hit, at the best scope of them")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)});
  PackageList list = list_of({{"left", "1.0.0"}, {"left", "1.0.0"}, {"left", "1.1.0"}});
  list.at(1).scope = Scope::dev;
  list.at(1).is_direct = false;
  judged.file(std::move(list));
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 2);
  CHECK(audit.judged == 2);
  CHECK(audit.hits[0].entries.ids == std::vector<PackageId>{1, 2});
  CHECK(audit.hits[0].entries.package.scope == Scope::runtime);
  CHECK(audit.hits[0].entries.package.is_direct);
}

TEST_CASE("what is of the project itself, has no version or comes from a path is not judged")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)});
  PackageList list = list_of({{"left", "1.0.0"}, {"left", ""}, {"left", "1.1.0"}});
  list.at(1).part = Part::member;
  list.at(3).source = Source::path;
  judged.file(std::move(list));
  const Audit audit = judged.audit();
  CHECK(audit.hits.empty());
  CHECK(audit.judged == 0);
}

TEST_CASE("an archive that lies in the repository is judged, and a directory is not")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("MAL-1", "npm", "left", up_to_two)});
  const std::vector<std::string_view> archives{"file:lib/left-1.0.0.tgz",
                                               "file:left.TAR.GZ#./left.tar.gz::hash=aa&locator=x",
                                               "w/left-1.0.0-py3-none-any.whl", "./left.zip?raw=1"};
  const std::vector<std::string_view> directories{"file:../left", "../left.tgz/src", ".tgz", ""};
  for (const auto* places : {&archives, &directories}) {
    for (const std::string_view place : *places) {
      PackageList list = list_of({{"left", "1.0.0"}});
      list.at(1).source = Source::path;
      list.at(1).location = place;
      judged.file(std::move(list));
    }
  }
  const Audit audit = judged.audit();
  CHECK(audit.hits.size() == archives.size());
  CHECK(audit.judged == archives.size());
}

TEST_CASE("a hole that was there for development alone is brought by what ships it")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two, severe)});
  const auto of_scope = [](Scope scope) {
    PackageList list;
    list.path = "package-lock.json";
    list.add({.ecosystem = "npm", .name = "left", .version = "1.0.0", .scope = scope});
    return list;
  };
  judged.file(of_scope(Scope::runtime), of_scope(Scope::dev));
  judged.file(of_scope(Scope::runtime), of_scope(Scope::runtime));
  judged.file(of_scope(Scope::dev), of_scope(Scope::runtime));
  judged.file(of_scope(Scope::dev), of_scope(Scope::dev));
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 4);
  CHECK_FALSE(audit.hits[0].is_older);
  CHECK(audit.hits[1].is_older);
  CHECK(audit.hits[2].is_older);
  CHECK(audit.hits[3].is_older);
}

TEST_CASE("a hole that was there is older, at whatever version of the package and in whatever spelling")
{
  JudgedFiles judged;
  judged.index("npm",
               {advisory("GHSA-1", "npm", "left", up_to_two),
                advisory("GHSA-2", "npm", "left",
                         R"("ranges":[{"type":"SEMVER","events":[{"introduced":"1.1.0"},{"fixed":"2.0.0"}]}])")});
  judged.index("PyPI", {advisory("PYSEC-1", "PyPI", "snake-charmer",
                                 R"("ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}])")});
  judged.file(list_of({{"left", "1.1.0"}}), list_of({{"left", "1.0.0"}, {"other", "1.0.0"}}));
  judged.file(list_of({{"snake-charmer", "1.1"}}, "PyPI"), list_of({{"Snake_Charmer", "1.0"}}, "PyPI"));
  judged.file(list_of({{"left", "1.0.0"}}), list_of({{"right", "1.0.0"}}));
  judged.file(list_of({{"left", "1.0.0"}}));
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 5);
  CHECK(audit.hits[0].is_older);
  CHECK_FALSE(audit.hits[1].is_older);
  CHECK(audit.hits[2].is_older);
  CHECK_FALSE(audit.hits[3].is_older);
  CHECK_FALSE(audit.hits[4].is_older);
}

TEST_CASE("a former version that was fixed does not excuse the one that is not")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)});
  judged.file(list_of({{"left", "1.0.0"}}), list_of({{"left", "2.0.0"}}));
  CHECK_FALSE(judged.audit().hits.at(0).is_older);
}

TEST_CASE("a version that is none is a gap that names the advisories")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)});
  judged.file(list_of({{"left", "latest"}}));
  const Audit audit = judged.audit();
  CHECK(audit.hits.empty());
  REQUIRE(audit.gaps.size() == 1);
  CHECK(audit.gaps[0].kind == GapKind::unjudged);
  CHECK(audit.gaps[0].subject == "package-lock.json:7 left@latest");
  CHECK(audit.gaps[0].why.find("GHSA-1") != std::string::npos);
}

TEST_CASE("an ecosystem without an index is one gap, however many packages and files")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)});
  judged.file(list_of({{"a", "1"}, {"b", "1"}}, "PyPI"));
  judged.file(list_of({{"c", "1"}, {"a", "1"}}, "PyPI"));
  const Audit audit = judged.audit();
  REQUIRE(audit.gaps.size() == 1);
  CHECK(audit.gaps[0].kind == GapKind::no_data);
  CHECK(audit.gaps[0].subject == "advisories for PyPI");
  CHECK(audit.gaps[0].why.find("4 packages") != std::string::npos);
}

TEST_CASE("an index is too old from the day after its last one")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)}, day(2025, 12, 27));
  judged.file(list_of({{"left", "2.0.0"}}));
  CHECK(judged.audit().gaps.empty());
  judged.options.max_age = 13;
  const Audit audit = judged.audit();
  REQUIRE(audit.gaps.size() == 1);
  CHECK(audit.gaps[0].kind == GapKind::stale_data);
  CHECK(audit.gaps[0].why.find("2025-12-27") != std::string::npos);
  judged.options.max_age = 0;
  CHECK(judged.audit().gaps.empty());
}

TEST_CASE("an index that lost half of its records is a gap, and one that lost less is none")
{
  constexpr std::array<std::uint64_t, 4> all{0, 1, 3, 4};
  for (const std::uint64_t previous : all) {
    const std::size_t gaps = previous == 4 ? 1 : 0;
    CAPTURE(previous);
    JudgedFiles judged;
    judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two), advisory("GHSA-2", "npm", "left", up_to_two)},
                 day(2026, 1, 9), previous);
    judged.file(list_of({{"left", "2.0.0"}}));
    const Audit audit = judged.audit();
    REQUIRE(audit.gaps.size() == gaps);
    if (gaps == 1) {
      CHECK(audit.gaps[0].kind == GapKind::no_data);
      CHECK(audit.gaps[0].why == "there are 2 where there were 4");
    }
  }
}

TEST_CASE("only an index that is asked can be too old")
{
  JudgedFiles judged;
  judged.index("npm", {advisory("GHSA-1", "npm", "left", up_to_two)});
  judged.index("PyPI", {advisory("PYSEC-1", "PyPI", "x", R"("versions":["1"])")}, day(2020, 1, 1), 1000);
  judged.file(list_of({{"left", "2.0.0"}}));
  CHECK(judged.audit().gaps.empty());
}

TEST_CASE("ten thousand advisories about one package are ten thousand hits with one remedy")
{
  std::vector<std::string> advisories;
  for (int i = 0; i < 10'000; ++i) {
    advisories.push_back(advisory(
        fmt::format("GHSA-{}", i), "npm", "left",
        fmt::format(R"("ranges":[{{"type":"SEMVER","events":[{{"introduced":"0"}},{{"fixed":"2.{}.0"}}]}}])", i)));
  }
  JudgedFiles judged;
  judged.index("npm", advisories);
  judged.file(list_of({{"left", "1.0.0"}}), list_of({{"left", "1.0.0"}}));
  const Audit audit = judged.audit();
  REQUIRE(audit.hits.size() == 10'000);
  CHECK(audit.hits.front().fixed_in == "2.9999.0");
  CHECK(audit.hits.back().is_older);
}
