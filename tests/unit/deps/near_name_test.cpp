// SPDX-License-Identifier: Apache-2.0
#include "deps/ecosystem.hpp"
#include "deps/popular.hpp"
#include "deps/rule.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// "lodash: swapped", or nothing.
std::string
near(std::string_view ecosystem, std::string_view name)
{
  const auto found = near_popular(ecosystem, name);
  return found ? std::string(found->popular) + ": " + std::string(name_of(found->how)) : std::string();
}

/// What the rule finds in a package-lock.json with one package, which a change brings or which was always there.
std::vector<Finding>
found_in(const Package& package, bool is_change, const DepsOptions& options = {})
{
  LockedFiles locked;
  locked.is_change = is_change;
  LockedFile& file = locked.files.emplace_back();
  file.format = find_lockfile("package-lock.json", "{}");
  file.list.add(package);
  Audit audit;
  audit.options = &options;
  audit.locked = &locked;
  std::vector<Finding> found;
  for (const Rule* rule : rules()) {
    if (rule->meta.id == "near-name") {
      rule->check(*rule, audit, found);
    }
  }
  return found;
}

Package
package_named(std::string_view name, std::string_view version = "1.0.0")
{
  Package package;
  package.ecosystem = "npm";
  package.name = name;
  package.version = version;
  package.is_direct = true;
  return package;
}

}  // namespace

TEST_CASE("a finding names the popular package, and fails only what a change brings")
{
  const std::vector<Finding> brought = found_in(package_named("lodahs"), true);
  REQUIRE(brought.size() == 1);
  CHECK(brought[0].message
        == "lodahs 1.0.0 has the name of lodash with two letters swapped: whoever meant lodash runs the code of "
           "somebody else");
  const auto fact = [&brought](std::string_view key) {
    const auto found = std::find_if(brought[0].facts.begin(), brought[0].facts.end(),
                                    [key](const Fact& each) { return each.key == key; });
    return found == brought[0].facts.end() ? std::string() : found->value;
  };
  CHECK(fact("popular-name") == "lodash");
  CHECK(fact("name-difference") == "swapped");
  CHECK_FALSE(brought[0].ruling.has_value());

  const std::vector<Finding> there = found_in(package_named("lodahs", "2.0.0"), false);
  REQUIRE(there.size() == 1);
  REQUIRE(there[0].ruling.has_value());
  CHECK(there[0].ruling->kind == OwnRuling::Kind::warn);
  // Who accepted the name has accepted it at every version.
  CHECK(there[0].fingerprint == brought[0].fingerprint);
}

TEST_CASE("what others name counts only where a change brings it")
{
  Package package = package_named("lodahs");
  package.is_direct = false;
  CHECK(found_in(package, true).size() == 1);
  CHECK(found_in(package, false).empty());
}

TEST_CASE("what is approved, is the project's own, or is of no public registry is not told")
{
  DepsOptions options;
  options.approved_packages = {"loda*"};
  CHECK(found_in(package_named("lodahs"), true, options).empty());
  Package package = package_named("lodahs");
  package.part = Part::member;
  CHECK(found_in(package, true).empty());
  package = package_named("lodahs");
  package.source = Source::git;
  CHECK(found_in(package, true).empty());
  package.source = Source::registry;
  package.location = "https://npm.acme.example/lodahs/-/lodahs-1.0.0.tgz";
  CHECK(found_in(package, true).empty());
  package.location = "https://registry.npmjs.org/lodahs/-/lodahs-1.0.0.tgz";
  CHECK(found_in(package, true).size() == 1);
}

TEST_CASE("a name one edit from a popular one is near it, and how it differs is told")
{
  CHECK(near("npm", "lodahs") == "lodash: swapped");
  CHECK(near("npm", "lodashs") == "lodash: one-more");
  CHECK(near("npm", "xlodash") == "lodash: one-more");
  CHECK(near("npm", "lodas") == "lodash: one-less");
  CHECK(near("npm", "odash") == "lodash: one-less");
  CHECK(near("npm", "lodazh") == "lodash: other-letter");
  CHECK(near("npm", "l0dash") == "lodash: other-letter");
  CHECK(near("PyPI", "reqeusts") == "requests: swapped");
  CHECK(near("PyPI", "urlib3") == "urllib3: one-less");
  CHECK(near("crates.io", "rustdecimal") == "rust_decimal: marks");
  CHECK(near("RubyGems", "atlas-client").empty());
  CHECK(near("RubyGems", "nokogirl") == "nokogiri: other-letter");
}

TEST_CASE("hyphens, dots, slashes, scopes and capitals make no other name, as many as there are")
{
  CHECK(near("npm", "lodash-merge") == "lodash.merge: marks");
  CHECK(near("npm", "lodashmerge") == "lodash.merge: marks");
  CHECK(near("npm", "Lodash") == "lodash: marks");
  CHECK(near("npm", "jsonstream") == "JSONStream: marks");
  CHECK(near("npm", "types-node") == "@types/node: marks");
  CHECK(near("npm", "l-o-d-a-s-h") == "lodash: marks");
  CHECK(near("PyPI", "pythondateutil") == "python-dateutil: marks");
}

TEST_CASE("names are compared as their registry does")
{
  CHECK(near("PyPI", "Python.DateUtil").empty());
  CHECK(near("PyPI", "typing_extensions").empty());
  CHECK(near("NuGet", "newtonsoft.json").empty());
  CHECK(near("NuGet", "Newtonsoft.Jsom") == "Newtonsoft.Json: other-letter");
  CHECK(near("Packagist", "Monolog/Monolog").empty());
  CHECK(near("Go", "github.com/Sirupsen/logrus").empty());
  CHECK(near("Go", "github.com/jackc/pgx/v5").empty());
  CHECK(near("Go", "gopkg.in/yaml.v3").empty());
  CHECK(near("Go", "gopkg.in/yam.v3") == "gopkg.in/yaml: one-less");
  CHECK(near("Go", "github.com/sirupsem/logrus") == "github.com/sirupsen/logrus: other-letter");
  CHECK(near("npm:lodash", "lodahs").empty());
  CHECK(near("Debian:12", "lodahs").empty());
  CHECK(near("", "lodahs").empty());
}

TEST_CASE("what is popular is near nothing, whatever else is")
{
  CHECK(near("npm", "color").empty());
  CHECK(near("npm", "colors").empty());
  CHECK(near("npm", "preact").empty());
  CHECK(near("npm", "redux").empty());
  CHECK(near("npm", "redis").empty());
  CHECK(near("npm", "babel-core").empty());
  CHECK(near("PyPI", "boto").empty());
  CHECK(near("crates.io", "md-5").empty());
  for (const PopularList& list : popular_lists()) {
    for (const std::string_view name : list.names) {
      CAPTURE(std::string(name));
      CHECK(near(list.ecosystem, name).empty());
    }
  }
}

TEST_CASE("an owner who has a popular package is nobody else")
{
  CHECK(near("npm", "@babel/cores").empty());
  CHECK(near("npm", "@bable/core") == "@babel/core: swapped");
  CHECK(near("Packagist", "symfony/consol").empty());
  CHECK(near("Packagist", "symfonny/console") == "symfony/console: one-more");
  CHECK(near("Maven", "org.springframework:spring-cor").empty());
  CHECK(near("Maven", "org.springframwork:spring-core") == "org.springframework:spring-core: one-less");
  CHECK(near("Go", "github.com/spf13/cobrah").empty());
  CHECK(near("Go", "k8s.io/apis").empty());
  CHECK(near("Go", "github.com/spf13x/cobra") == "github.com/spf13/cobra: one-more");
  CHECK(near("NuGet", "System.Text.Jsom").empty());
}

TEST_CASE("short names are near nothing, and those of five letters only by a slip of a finger")
{
  CHECK(near("npm", "vues").empty());
  CHECK(near("npm", "v-u-e").empty());
  CHECK(near("npm", "axois") == "axios: swapped");
  CHECK(near("npm", "axioss") == "axios: one-more");
  CHECK(near("npm", "rreact") == "react: one-more");
  CHECK(near("npm", "axiom").empty());
  CHECK(near("npm", "react2").empty());
  CHECK(near("npm", "axio").empty());
}

TEST_CASE("a digit in place of another is another generation, and in place of a letter a disguise if it looks like it")
{
  CHECK(near("PyPI", "urllib4").empty());
  CHECK(near("PyPI", "urllibx").empty());
  CHECK(near("PyPI", "urllibe") == "urllib3: other-letter");
  CHECK(near("npm", "parser").empty());
  CHECK(near("npm", "1odash") == "lodash: other-letter");
  CHECK(near("npm", "7odash").empty());
}

TEST_CASE("names of whatever length and bytes can be asked for")
{
  CHECK(near("npm", "").empty());
  CHECK(near("npm", "-").empty());
  std::string long_name = "lodash";
  long_name.resize(10'000'000, 'a');
  CHECK(near("npm", long_name).empty());
  CHECK(near("npm", std::string(60, '-') + "lodash") == "lodash: marks");
  CHECK(near("npm", std::string("lod\0sh", 6)) == "lodash: other-letter");
  CHECK(near("npm", "lod\xFFsh") == "lodash: other-letter");
  CHECK(near("Go", "v2").empty());
  CHECK(near("Go", "/").empty());
  CHECK(near("Maven", ":").empty());
}

TEST_CASE("every list is of an ecosystem that is known, sorted, and holds each name once as it is compared")
{
  for (const PopularList& list : popular_lists()) {
    CAPTURE(std::string(list.ecosystem));
    REQUIRE(find_ecosystem(list.ecosystem) != nullptr);
    CHECK(list.names.size() >= 150);
    CHECK(std::is_sorted(list.names.begin(), list.names.end()));
    std::vector<std::string> compared;
    for (const std::string_view name : list.names) {
      compared.push_back(normalised(list.ecosystem, name));
    }
    std::sort(compared.begin(), compared.end());
    CHECK(std::adjacent_find(compared.begin(), compared.end()) == compared.end());
  }
}
