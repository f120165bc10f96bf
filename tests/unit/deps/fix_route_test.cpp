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

/// A lock in which top 1.0.0, which the project asks for, needs leaf 1.2.0 by a range.
struct HeldLock
{
  std::string_view path, text;   ///< RANGE stands for the range
  std::string_view tight, wide;  ///< without and with 2.0.0
  std::string_view manifest = {}, manifest_text = {};
};

TEST_CASE("who holds a fix back is told of every format that says what packages ask for")
{
  const std::vector<HeldLock> locks{
      {"package-lock.json", R"({"lockfileVersion": 3, "packages": {"": {"dependencies": {"top": "^1.0.0"}},
"node_modules/top": {"version": "1.0.0", "dependencies": {"leaf": "RANGE"}}, "node_modules/leaf": {"version": "1.2.0"}}})",
       "^1.0.0", ">=1"},
      {"yarn.lock",
       "# yarn lockfile v1\n\n\nleaf@RANGE:\n  version \"1.2.0\"\n\ntop@^1.0.0:\n  version \"1.0.0\"\n"
       "  dependencies:\n    leaf \"RANGE\"\n",
       "~1.2.0", "1 - 2"},
      {"yarn.lock",
       "__metadata:\n  version: 8\n\n\"leaf@npm:RANGE\":\n  version: 1.2.0\n  resolution: \"leaf@npm:1.2.0\"\n"
       "  languageName: node\n  linkType: hard\n\n\"shop@workspace:.\":\n  version: 0.0.0-use.local\n"
       "  resolution: \"shop@workspace:.\"\n  dependencies:\n    top: \"npm:1.0.0\"\n  languageName: unknown\n"
       "  linkType: soft\n\n\"top@npm:1.0.0\":\n  version: 1.0.0\n  resolution: \"top@npm:1.0.0\"\n"
       "  dependencies:\n    leaf: \"npm:RANGE\"\n  languageName: node\n  linkType: hard\n",
       "^1.2.0", "^1 || ^2"},
      {"bun.lock", R"({"lockfileVersion": 1, "workspaces": {"": {"dependencies": {"top": "1"}}}, "packages": {
"top": ["top@1.0.0", "", {"dependencies": {"leaf": "RANGE"}}, "sha512-AAAA"], "leaf": ["leaf@1.2.0", "", {}, "sha512-AAAA"]}})",
       "1.2.0", "*"},
      {"poetry.lock",
       "[[package]]\nname = \"top\"\nversion = \"1.0.0\"\n\n[package.dependencies]\nleaf = \"RANGE\"\n\n"
       "[[package]]\nname = \"leaf\"\nversion = \"1.2.0\"\n\n[metadata]\nlock-version = \"2.0\"\n"
       "content-hash = \"00\"\n",
       ">=1.0,<2.0", ">=1.0"},
      {"poetry.lock",
       "[[package]]\nname = \"top\"\nversion = \"1.0.0\"\n\n[package.dependencies]\n"
       "leaf = {version = \"RANGE\", markers = \"python_version > '3'\"}\n\n"
       "[[package]]\nname = \"leaf\"\nversion = \"1.2.0\"\n\n[metadata]\nlock-version = \"2.1\"\n"
       "content-hash = \"00\"\n",
       "^1.2", "<1.0 || >=1.1"},
      {"pdm.lock",
       "[metadata]\nlock_version = \"4.5.0\"\ncontent_hash = \"sha256:00\"\n\n[[package]]\nname = \"top\"\n"
       "version = \"1.0.0\"\ngroups = [\"default\"]\ndependencies = [\"leaf RANGE\"]\n\n[[package]]\n"
       "name = \"leaf\"\nversion = \"1.2.0\"\ngroups = [\"default\"]\n",
       "~=1.2", "!=1.1.*"},
      {"Gemfile.lock",
       "GEM\n  remote: https://rubygems.org/\n  specs:\n    leaf (1.2.0)\n    top (1.0.0)\n      leaf (RANGE)\n\n"
       "PLATFORMS\n  ruby\n\nDEPENDENCIES\n  top\n",
       "~> 1.2, >= 1.2.0", ">= 1.2"},
      {"composer.lock", R"({"packages": [{"name": "acme/leaf", "version": "v1.2.0"},
{"name": "acme/top", "version": "1.0.0", "require": {"php": ">=8", "acme/leaf": "RANGE"}}], "packages-dev": []})",
       "^1.0 | ~1.2.0", "^1.0 || ^2.0", "composer.json", R"({"require": {"acme/top": "^1.0"}})"},
      {"mix.lock",
       "%{\n  \"leaf\": {:hex, :leaf, \"1.2.0\", \"h\", [:mix], [], \"hexpm\", \"h\"},\n"
       "  \"top\": {:hex, :top, \"1.0.0\", \"h\", [:mix], [{:leaf, \"RANGE\", [hex: :leaf, repo: \"hexpm\", "
       "optional: false]}], \"hexpm\", \"h\"},\n}\n",
       "~> 1.0", "~> 1.0 or ~> 2.0"},
      {"packages.lock.json", R"lock({"version": 1, "dependencies": {"net8.0": {
"Top": {"type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "h", "dependencies": {"Leaf": "RANGE"}},
"Leaf": {"type": "Transitive", "resolved": "1.2.0", "contentHash": "h"}}}})lock",
       "[1.0.0, 2.0.0)", "1.0.0"},
      {"paket.lock",
       "NUGET\n  remote: https://api.nuget.org/v3/index.json\n    Leaf (1.2)\n    Top (1.0)\n      Leaf (RANGE)\n",
       ">= 1.0 < 2.0", ">= 1.0"}};
  for (const HeldLock& lock : locks) {
    for (const bool is_held : {true, false}) {
      CAPTURE(lock.path);
      CAPTURE(lock.tight);
      CAPTURE(is_held);
      std::string text(lock.text);
      const std::string range(is_held ? lock.tight : lock.wide);
      for (std::size_t at = text.find("RANGE"); at != std::string::npos; at = text.find("RANGE")) {
        text.replace(at, 5, range);
      }
      std::map<std::string, std::string> files{{std::string(lock.path), text}};
      if (!lock.manifest.empty()) {
        files.emplace(lock.manifest, lock.manifest_text);
      }
      const Project project(files);
      const std::string name = lock.path == "composer.lock"      ? "acme/leaf"
                               : text.find("Leaf") < text.size() ? "Leaf"
                                                                 : "leaf";
      const Finding finding = project.finding(name, "2.0.0");
      const std::string said = fact(finding, "held-back-by");
      CHECK((said.find(range) != std::string::npos) == is_held);
      CHECK(said.empty() != is_held);
      CHECK((finding.help.find("holds it back, which asks for " + range + "; update ") != std::string::npos)
            == is_held);
    }
  }
}

TEST_CASE("where a lock says what was chosen and not what was asked for, that is told")
{
  const std::string cargo =
      "version = 4\n\n[[package]]\nname = \"leaf\"\nversion = \"1.2.0\"\nsource = "
      "\"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"00\"\n\n[[package]]\n"
      "name = \"shop\"\nversion = \"0.1.0\"\ndependencies = [\"top\"]\n\n[[package]]\nname = "
      "\"top\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n"
      "checksum = \"00\"\ndependencies = [\"leaf\"]\n";
  const std::string manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[dependencies]\ntop = \"1\"\n";
  const Project transitive({{"Cargo.lock", cargo}, {"Cargo.toml", manifest}});
  CHECK(transitive.finding("leaf", "2.0.0").help.ends_with("; if top 1.0.0 does not admit it, update that first"));
  // What the project asks for itself, its manifest says.
  std::string asked = cargo;
  asked.replace(asked.find("[\"top\"]"), 7, "[\"leaf\", \"top\"]");
  const Project direct({{"Cargo.lock", asked}, {"Cargo.toml", manifest + "leaf = \"1.1\"\n"}});
  CHECK(fact(direct.finding("leaf", "2.0.0"), "held-back-by") == "the project itself, which asks for 1.1");
  CHECK(fact(direct.finding("leaf", "1.3.0"), "held-back-by").empty());
  const std::string uv =
      "version = 1\nrevision = 3\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\nsource = { virtual = "
      "\".\" }\ndependencies = [{ name = \"top\" }]\n\n[package.metadata]\nrequires-dist = [{ name = \"top\", "
      "specifier = \">=1,<2\" }]\n\n[[package]]\nname = \"top\"\nversion = \"1.0.0\"\nsource = { registry = "
      "\"https://pypi.org/simple\" }\ndependencies = [{ name = \"leaf\" }]\n\n[[package]]\nname = \"leaf\"\n"
      "version = \"1.2.0\"\nsource = { registry = \"https://pypi.org/simple\" }\n";
  const Project python({{"uv.lock", uv}});
  CHECK(fact(python.finding("top", "2.0.0"), "held-back-by") == "the project itself, which asks for >=1,<2");
  CHECK(python.finding("leaf", "2.0.0").help.ends_with("; if top 1.0.0 does not admit it, update that first"));
}

}  // namespace sluice::deps
