// SPDX-License-Identifier: Apache-2.0
//
// What a finding says of how to get to a clean version, from lockfiles and manifests on disk.
#include "base/path.hpp"
#include "deps/hit_finding.hpp"
#include "deps/override_state.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

/// A directory with files, and its lockfiles.
class Project
{
public:
  explicit Project(const std::map<std::string, std::string>& files)
  {
    for (const auto& [path, text] : files) {
      fs::create_directories((directory_.path() / path).parent_path());
      REQUIRE(write_file(directory_.path() / path, text).has_value());
    }
    tree_.after = std::make_unique<gate::DiskTree>(directory_.path());
    locked_ = read_locked_files(tree_, {});
    std::erase_if(locked_.files, [](const LockedFile& file) { return file.format->id == "package-json"; });
    REQUIRE(!locked_.files.empty());
  }

  /// What is found where a package has a hole up to a version.
  [[nodiscard]] Finding
  finding(std::string_view name, std::optional<std::string> clean, std::size_t file = 0) const
  {
    Hit hit;
    hit.file = &locked_.files[file];
    for (Entries& entries : entries_of(hit.file->list)) {
      if (entries.package.name == name) {
        hit.entries = std::move(entries);
      }
    }
    REQUIRE(!hit.entries.ids.empty());
    WayFinder finder(hit.file->list);
    ManifestLines lines(locked_);
    hit.ways = finder.ways_to(hit.entries.ids, 5);
    hit.fixed_in = clean;
    hit.route = FixRoutes(*hit.file, &tree_, finder, lines).to(hit.entries.ids, clean);
    hit.group.ids = {"GHSA-0000-0000-0001"};
    const auto all = rules();
    const auto rule =
        std::find_if(all.begin(), all.end(), [](const Rule* each) { return each->meta.id == "vulnerable-dependency"; });
    return finding_of(**rule, hit);
  }

  [[nodiscard]] std::vector<std::string>
  dead() const
  {
    std::vector<std::string> dead;
    const std::vector<NodeOverride> overrides = overrides_beside(locked_.files.front(), &tree_);
    for (const DeadOverride& each :
         dead_overrides(locked_.files.front().format->installer, overrides, locked_.files.front().list)) {
      dead.push_back(fmt::format("{}:{} {}", each.override->path, each.override->line, each.override->key));
    }
    return dead;
  }

  [[nodiscard]] const LockedFiles&
  locked() const
  {
    return locked_;
  }

private:
  TemporaryDirectory directory_ = TemporaryDirectory::create().value();
  gate::ChangeTree tree_;
  LockedFiles locked_;
};

std::string
fact(const Finding& finding, std::string_view key)
{
  std::string values;
  for (const Fact& each : finding.facts) {
    if (each.key == key) {
      values += (values.empty() ? "" : "; ") + each.value;
    }
  }
  return values;
}

std::vector<std::string>
places_of_fix(const Finding& finding)
{
  std::vector<std::string> places;
  for (const RelatedPlace& each : finding.related) {
    if (each.role == PlaceRole::fix) {
      places.push_back(fmt::format("{}:{}", each.where.path, each.where.begin.line));
    }
  }
  return places;
}

using Texts = std::vector<std::string>;

constexpr std::string_view npm_lock = R"({
  "name": "x", "lockfileVersion": 3,
  "packages": {
    "": {"name": "x", "workspaces": ["packages/*"], "dependencies": {"express": "^4.17.0", "parser": "^1.0.0"}},
    "packages/web": {"name": "web", "dependencies": {"parser": "~1.2.0"}},
    "node_modules/web": {"resolved": "packages/web", "link": true},
    "node_modules/body-parser": {"version": "1.18.0", "dependencies": {"qs": "6.5.2"}},
    "node_modules/express": {"version": "4.17.1", "dependencies": {"body-parser": "1.18.0", "qs": "^6.5.0"}},
    "node_modules/parser": {"version": "1.2.0"},
    "node_modules/qs": {"version": "6.5.2"}
  }
})";

}  // namespace

TEST_CASE("the finding names who holds the fix back, by which range, and which direct dependency to update")
{
  const Project project({{"package-lock.json", std::string(npm_lock)}});
  const Finding finding = project.finding("qs", "6.5.3");
  CHECK(finding.help
        == "Update qs to 6.5.3 or later: body-parser 1.18.0 holds it back, which asks for 6.5.2; update express, which "
           "brings it");
  CHECK(fact(finding, "held-back-by") == "body-parser 1.18.0, which asks for 6.5.2");
}

TEST_CASE("where every range admits the fix, the command that updates the lockfile is enough")
{
  const Project project({{"package-lock.json", std::string(npm_lock)}});
  CHECK(project.finding("body-parser", "1.18.0").help
        == "Update body-parser to 1.18.0 or later: npm update body-parser");
  CHECK(project.finding("express", "4.18.0").help == "Update express to 4.18.0 or later: npm update express");
  CHECK(project.finding("express", "5.0.0").help == "Update express to 5.0.0 or later: npm install express@5.0.0");
}

TEST_CASE("a member that asks for an older version is named, with the manifests that name the package")
{
  const Project project({{"package-lock.json", std::string(npm_lock)},
                         {"package.json", "{\n  \"dependencies\": {\n    \"parser\": \"^1.0.0\"\n  }\n}\n"},
                         {"packages/web/package.json", "{\"dependencies\": {\n\"parser\": \"~1.2.0\"}}"},
                         {"packages/api/package.json", "{\"dependencies\": {\"parser\": \"~1.2.0\"}}"}});
  const Finding finding = project.finding("parser", "1.3.0");
  CHECK(fact(finding, "held-back-by") == "web, which asks for ~1.2.0");
  CHECK(fact(finding, "path") == "parser; web > parser");
  CHECK(places_of_fix(finding) == Texts{"package.json:3", "packages/web/package.json:2"});
  CHECK(finding.help
        == "Update parser to 1.3.0 or later: npm install parser@1.3.0 -w packages/web --include-workspace-root");
}

TEST_CASE("an override that pins the version is said first")
{
  const Project project(
      {{"package-lock.json", std::string(npm_lock)},
       {"package.json", "{\n  \"overrides\": {\n    \"express\": {\n      \"qs\": \"6.5.2\"\n    }\n  }\n}\n"}});
  const Finding finding = project.finding("qs", "6.5.3");
  CHECK(finding.help == "Update qs to 6.5.3 or later: overrides in package.json:4 pins it, so change it there first");
  CHECK(fact(finding, "pinned-by") == "overrides in package.json:4");
  CHECK(places_of_fix(finding) == Texts{"package.json:4"});
  CHECK(project.dead().empty());
}

TEST_CASE("Yarn's descriptors tell the ranges, and its resolutions are read as patterns")
{
  const std::string lock =
      "# yarn lockfile v1\n\n\na@^1.0.0:\n  version \"1.0.0\"\n  dependencies:\n    qs \"6.5.2\"\n\n"
      "qs@6.5.2:\n  version \"6.5.2\"\n";
  const Project project(
      {{"yarn.lock", lock},
       {"package.json", "{\"dependencies\": {\"a\": \"^1.0.0\"},\n\"resolutions\": {\n\"**/qs\": \"6.5.2\",\n"
                        "\"a/**/qs\": \"6.5.2\",\n\"@s/b/@t/c\": \"1.0.0\"}}"}});
  CHECK(fact(project.finding("qs", "6.5.3"), "held-back-by") == "a 1.0.0, which asks for 6.5.2");
  CHECK(project.dead() == Texts{"package.json:3 **/qs", "package.json:4 a/**/qs", "package.json:5 @s/b/@t/c"});
}

TEST_CASE("pnpm tells what the project and peers ask for, and what it was made with")
{
  const std::string lock =
      "lockfileVersion: '9.0'\n\noverrides:\n  a>qs: 6.5.2\n\nimporters:\n\n  .:\n    dependencies:\n"
      "      a:\n        specifier: 1.0.0\n        version: 1.0.0(p@1.0.0)\n      p:\n"
      "        specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n\n  a@1.0.0:\n"
      "    resolution: {integrity: sha512-x}\n    peerDependencies:\n      p: 1.0.0\n\n  p@1.0.0:\n"
      "    resolution: {integrity: sha512-x}\n\n  qs@6.5.2:\n    resolution: {integrity: sha512-x}\n\n"
      "snapshots:\n\n  a@1.0.0(p@1.0.0):\n    dependencies:\n      p: 1.0.0\n      qs: 6.5.2\n\n"
      "  p@1.0.0: {}\n\n  qs@6.5.2: {}\n";
  const Project project(
      {{"pnpm-lock.yaml", lock},
       {"package.json", "{\"pnpm\": {\"overrides\": {\n\"a>qs\": \"6.5.2\",\n\"p@>=1>qs\": \"1.0.0\"}}}"},
       {"pnpm-workspace.yaml", "packages:\n  - .\noverrides:\n  other: 1.0.0\n"}});
  CHECK(project.locked().gaps.empty());
  CHECK(fact(project.finding("p", "1.0.1"), "held-back-by") == "a 1.0.0, which asks for 1.0.0");
  const Finding qs = project.finding("qs", "6.5.3");
  CHECK(fact(qs, "held-back-by").empty());
  CHECK(fact(qs, "pinned-by") == "pnpm.overrides in package.json:2");
  const Project unpinned({{"pnpm-lock.yaml", lock}});
  CHECK(unpinned.finding("qs", "6.5.3").help
        == "Update qs to 6.5.3 or later: pnpm update qs --depth Infinity; if a 1.0.0 does not admit it, update that "
           "first");
  CHECK(project.dead() == Texts{"package.json:3 p@>=1>qs", "pnpm-workspace.yaml:4 other"});
}

TEST_CASE("the manifests of other ecosystems are told by their lines, and not those of another lockfile")
{
  const std::string lock =
      "version = 4\n\n[[package]]\nname = \"x\"\nversion = \"0.1.0\"\ndependencies = [\"time\"]\n\n"
      "[[package]]\nname = \"time\"\nversion = \"0.1.0\"\n"
      "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
  const std::string manifest = "[package]\nname = \"x\"\nversion = \"0.1.0\"\n\n[dependencies]\nclock = { package = "
                               "\"time\", version = \"0.1\" }\n";
  const Project project(
      {{"Cargo.lock", lock}, {"Cargo.toml", manifest}, {"z/Cargo.lock", lock}, {"z/Cargo.toml", manifest}});
  CHECK(places_of_fix(project.finding("time", "0.2.0")) == Texts{"Cargo.toml:6"});
  CHECK(places_of_fix(project.finding("time", "0.2.0", 1)) == Texts{"z/Cargo.toml:6"});
}

TEST_CASE("a requirement of Python is found by its normalised name in every table")
{
  const Project project(
      {{"poetry.lock", "[[package]]\nname = \"zope-interface\"\nversion = \"5.0\"\noptional = false\nfiles = []\n\n"
                       "[metadata]\nlock-version = \"2.1\"\ncontent-hash = \"x\"\n"},
       {"pyproject.toml",
        "[project]\nname = \"x\"\ndependencies = [\n  \"Zope.Interface[test] >=5 ; python_version > '3'\",\n]\n"
        "[tool.poetry.group.dev.dependencies]\nzope_interface = \"*\"\n"}});
  CHECK(places_of_fix(project.finding("zope-interface", "6.0")) == Texts{"pyproject.toml:4", "pyproject.toml:7"});
}

TEST_CASE("the command is called where the lockfile is, and there is none for an alias or a name that a shell reads")
{
  const auto lock = [](std::string_view key, std::string_view range, std::string_view name) {
    return fmt::format(R"({{"lockfileVersion": 3, "packages": {{"": {{"dependencies": {{"{0}": "{1}"}}}},
"node_modules/{0}": {{"version": "1.0.0", "name": "{2}", "resolved": "https://registry.npmjs.org/x/-/x-1.0.0.tgz"}}}}}})",
                       key, range, name);
  };
  CHECK(Project({{"my web/package-lock.json", lock("left", "^0.9.0", "left")}}).finding("left", "2.0.0").help
        == "Update left to 2.0.0 or later: cd 'my web' && npm install left@2.0.0");
  CHECK(Project({{"package-lock.json", lock("dash", "npm:left@1.0.0", "left")}}).finding("left", "2.0.0").help
        == "Update left to 2.0.0 or later");
  CHECK(Project({{"package-lock.json", lock("a;id", "^0.9.0", "a;id")}}).finding("a;id", "2.0.0").help
        == "Update a;id to 2.0.0 or later");
}

TEST_CASE("each package manager has its own command")
{
  const std::vector<std::array<std::string, 4>> locks{
      {"Cargo.lock",
       "version = 4\n\n[[package]]\nname = \"left\"\nversion = \"1.0.0\"\nsource = "
       "\"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"00\"\n",
       "left", "cargo update -p left@1.0.0 --precise 2.0.0"},
      {"go.mod", "module x\n\ngo 1.21\n\nrequire example.com/left v1.0.0\n", "example.com/left",
       "go get example.com/left@v2.0.0 && go mod tidy"},
      {"composer.lock", R"({"packages": [{"name": "a/left", "version": "1.0.0"}], "packages-dev": []})", "a/left",
       "composer update a/left --with-dependencies"},
      {"Gemfile.lock",
       "GEM\n  remote: https://rubygems.org/\n  specs:\n    left (1.0.0)\n\nPLATFORMS\n  ruby\n\n"
       "DEPENDENCIES\n  left\n\nBUNDLED WITH\n   2.5.0\n",
       "left", "bundle update left --conservative"}};
  for (const auto& each : locks) {
    const auto& [path, text, name, command] = each;
    INFO(each.front());
    CHECK(Project({{path, text}}).finding(name, "2.0.0").help
          == fmt::format("Update {} to 2.0.0 or later: {}", name, command));
  }
}

}  // namespace sluice::deps
