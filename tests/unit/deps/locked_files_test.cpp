// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "deps/locked_files.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// A tree on the disk, without a repository.
class Tree
{
public:
  Tree()
      : directory_(TemporaryDirectory::create("locked-files").value())
  {}

  void
  write(const std::string& path, std::string_view text)
  {
    const auto file = directory_.path() / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  [[nodiscard]] LockedFiles
  read(std::unique_ptr<gate::FileTree> before = nullptr) const
  {
    gate::ChangeTree tree;
    tree.after = std::make_unique<gate::DiskTree>(directory_.path());
    tree.before = std::move(before);
    tree.prefix = "services/";
    return read_locked_files(tree, {});
  }

  [[nodiscard]] std::unique_ptr<gate::FileTree>
  tree() const
  {
    return std::make_unique<gate::DiskTree>(directory_.path());
  }

private:
  TemporaryDirectory directory_;
};

std::vector<std::string>
names(const LockedFiles& locked, std::string_view path)
{
  std::vector<std::string> out;
  for (const LockedFile& file : locked.files) {
    for (const Package& package : file.list.path == path ? file.list.packages() : std::span<const Package>()) {
      out.push_back(std::string(package.name) + "@" + std::string(package.version));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("what a file of requirements includes is told once, where it stands")
{
  Tree tree;
  tree.write("requirements.txt", "one==1.0\nopen\n");
  tree.write("requirements-dev.txt", "-r requirements.txt\n-r more.in\ntwo==2.0\n");
  tree.write("more.in", "three==3.0\n");
  const LockedFiles locked = tree.read();
  CHECK(names(locked, "services/requirements.txt") == std::vector<std::string>{"one@1.0", "open@"});
  // more.in is judged by nobody else.
  CHECK(names(locked, "services/requirements-dev.txt") == std::vector<std::string>{"three@3.0", "two@2.0"});
  REQUIRE(locked.gaps.size() == 1);
  CHECK(locked.gaps.front().subject == "services/requirements.txt:2");
}

TEST_CASE("what a file for runtime includes is for runtime, whatever the included file is called")
{
  Tree tree;
  tree.write("requirements.txt", "one==1.0\n-r requirements-dev.txt\n");
  tree.write("requirements-dev.txt", "two==2.0\n");
  const LockedFiles locked = tree.read();
  CHECK(names(locked, "services/requirements.txt") == std::vector<std::string>{"one@1.0", "two@2.0"});
  CHECK(names(locked, "services/requirements-dev.txt") == std::vector<std::string>{"two@2.0"});
  for (const LockedFile& file : locked.files) {
    const bool is_dev = file.list.path.find("dev") != std::string::npos;
    CHECK(file.list.packages().back().scope == (is_dev ? Scope::dev : Scope::runtime));
  }
}

TEST_CASE("what a constraint pins for an include is told where the constraint counts")
{
  Tree tree;
  tree.write("requirements.txt", "open\n");
  tree.write("requirements-dev.txt", "-r requirements.txt\n-c constraints.txt\n");
  tree.write("constraints.txt", "open==1.0\n");
  const LockedFiles locked = tree.read();
  CHECK(names(locked, "services/requirements.txt") == std::vector<std::string>{"open@"});
  CHECK(names(locked, "services/requirements-dev.txt") == std::vector<std::string>{"open@1.0"});
  CHECK(locked.gaps.size() == 1);
}

TEST_CASE("files that include each other leave each its own")
{
  Tree tree;
  tree.write("a-requirements.txt", "-r b-requirements.txt\none==1.0\n");
  tree.write("b-requirements.txt", "-r a-requirements.txt\ntwo==2.0\n");
  const LockedFiles locked = tree.read();
  CHECK(names(locked, "services/a-requirements.txt") == std::vector<std::string>{"one@1.0"});
  CHECK(names(locked, "services/b-requirements.txt") == std::vector<std::string>{"two@2.0"});
}

TEST_CASE("what a file was before the change and cannot be read is told")
{
  Tree tree;
  tree.write("requirements.txt", "one==1.0\n");
  auto broken = std::make_unique<test::MemoryTree>();
  broken->others = "";
  broken->defect = "the object is missing";
  const LockedFiles locked = tree.read(std::move(broken));
  REQUIRE(locked.gaps.size() == 1);
  CHECK(locked.gaps.front().kind == GapKind::unreadable);
  CHECK(locked.gaps.front().subject == "services/requirements.txt");
  CHECK(locked.gaps.front().why.find("before the change") != std::string::npos);
  CHECK(locked.gaps.front().why.find("the object is missing") != std::string::npos);
}

TEST_CASE("a file is not what it was where one that it includes has changed")
{
  Tree before;
  Tree after;
  for (Tree* tree : {&before, &after}) {
    tree->write("a/requirements.txt", "-r more.in\n");
    tree->write("b/requirements.txt", "-r more.in\n");
    tree->write("b/more.in", "one==1.0\n");
  }
  before.write("a/more.in", "one==1.0\n");
  after.write("a/more.in", "one==1.1\n");
  const LockedFiles locked = after.read(before.tree());
  REQUIRE(locked.files.size() == 2);
  CHECK_FALSE(locked.files[0].is_unchanged);
  CHECK(locked.files[1].is_unchanged);
}

TEST_CASE("an archive of which no version is told is a gap, and a directory is none")
{
  Tree tree;
  tree.write("requirements.txt", "one @ file:vendor/one.whl\n./here\n./vendor/two-1.0.tar.gz\n");
  const LockedFiles locked = tree.read();
  REQUIRE(locked.gaps.size() == 1);
  CHECK(locked.gaps.front().subject == "services/requirements.txt:1");
}

TEST_CASE("what a restore left does not count instead of the project")
{
  Tree tree;
  tree.write("app/app.csproj",
             R"(<Project><ItemGroup><PackageReference Include="A" Version="1.0" /></ItemGroup></Project>)");
  tree.write("app/obj/project.assets.json", R"({"version": 3, "targets": {}, "libraries": {}})");
  const LockedFiles locked = tree.read();
  CHECK(locked.shadowed.empty());
  CHECK(locked.files.size() == 2);
  CHECK(names(locked, "services/app/app.csproj") == std::vector<std::string>{"A@1.0"});
}

TEST_CASE("names that differ in case are lockfiles each, and which of them counts is a gap")
{
  Tree tree;
  tree.write("a/Packages.config", R"(<packages><package id="A" version="1.0" /></packages>)");
  tree.write("b/Requirements.txt", "one==1.0\n");
  tree.write("b/requirements.txt", "two==1.0\n");
  const LockedFiles locked = tree.read();
  CHECK(names(locked, "services/a/Packages.config") == std::vector<std::string>{"A@1.0"});
  CHECK(names(locked, "services/b/Requirements.txt") == std::vector<std::string>{"one@1.0"});
  REQUIRE(locked.gaps.size() == 1);
  CHECK(locked.gaps.front().subject == "services/b/requirements.txt");
}

namespace {

std::vector<std::string>
told(const LockedFiles& locked)
{
  std::vector<std::string> lines;
  for (const Gap& gap : locked.gaps) {
    lines.push_back(gap.subject + ": " + gap.why);
  }
  return lines;
}

constexpr std::string_view node_lock =
    R"({"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","version":"1.0.0"}}})";

}  // namespace

TEST_CASE("a manifest without a lockfile of its own is a gap, alone and beside a lockfile of another ecosystem")
{
  struct Case
  {
    std::string_view name, text, told;
  };
  for (const Case& each :
       {Case{"pyproject.toml", "[project]\nname = \"a\"\ndependencies = [\"flask>=2\", \"jinja2\"]\n",
             ":3: flask and 1 other are asked for, and no lockfile tells the versions"},
        Case{"pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.9\"\nflask = \"^2\"\n",
             ":3: flask is asked for, and no lockfile tells the versions"},
        Case{"Pipfile", "[packages]\nflask = \"*\"\n", ":2: flask is asked for, and no lockfile tells the versions"},
        Case{"Gemfile", "source \"https://rubygems.org\"\ngem \"rack\", \"~> 3.0\"\n",
             ":2: rack is asked for, and no lockfile tells the versions"},
        Case{"gems.rb", "gem 'rack'\n", ":1: rack is asked for, and no lockfile tells the versions"},
        Case{"composer.json", R"({"require": {"php": ">=8", "monolog/monolog": "^3"}})",
             ":1: monolog/monolog is asked for, and no lockfile tells the versions"},
        Case{"Cargo.toml", "[package]\nname = \"a\"\n[dependencies]\nserde = \"1\"\nown = { path = \"own\" }\n",
             ":4: serde is asked for, and no lockfile tells the versions"},
        Case{"Cargo.toml", "[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n",
             ":2: libc is asked for, and no lockfile tells the versions"},
        Case{"pubspec.yaml", "name: a\ndependencies:\n  flutter:\n    sdk: flutter\n  http: ^1.0.0\n",
             ":5: http is asked for, and no lockfile tells the versions"},
        Case{"mix.exs", "defp deps do\n  [{:own, path: \"own\"}]\nend\n", ""},
        Case{"mix.exs", "defp deps do\n  [{:own, path: \"own\"}, {:plug, \"~> 1.0\"}]\nend\n",
             ":2: plug is asked for, and no lockfile tells the versions"},
        Case{"mix.exs", "defp deps do\n  [\n    {:plug, \"~> 1.0\"},\n    {:ok, value},\n  ]\nend\n",
             ":3: plug is asked for, and no lockfile tells the versions"},
        Case{"pyproject.toml", "[project\n", ":1: not TOML: "}}) {
    for (const bool is_alone : {true, false}) {
      Tree tree;
      tree.write("app/" + std::string(each.name), each.text);
      if (!is_alone) {
        tree.write("app/package-lock.json", node_lock);
      }
      const std::vector<std::string> lines = told(tree.read());
      CAPTURE(std::string(each.text));
      if (each.told.empty()) {
        CHECK(lines.empty());
      } else {
        REQUIRE(lines.size() == 1);
        CHECK(lines.front().starts_with("services/app/" + std::string(each.name) + std::string(each.told)));
      }
    }
  }
}

TEST_CASE("a manifest that asks for nothing of others, or has its lockfile, is none")
{
  Tree tree;
  tree.write("pyproject.toml", "[tool.black]\nline-length = 100\n");
  tree.write("web/composer.json", R"({"require": {"php": ">=8", "ext-json": "*"}})");
  tree.write("vendor/a/composer.json", R"({"require": {"b/b": "*"}})");
  tree.write("rust/Cargo.lock", "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"1.0.0\"\n");
  tree.write("rust/Cargo.toml", "[workspace]\nmembers = [\"a\"]\n");
  tree.write("rust/a/Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n[dependencies]\nserde = \"1\"\n");
  tree.write("py/requirements.txt", "flask==3.0.0\n");
  tree.write("py/pyproject.toml", "[project]\nname = \"a\"\ndependencies = [\"flask\"]\n");
  for (const std::string& line : told(tree.read())) {
    CHECK(line.find("no lockfile tells the versions") == std::string::npos);
  }
}

TEST_CASE("of tools without workspaces a lockfile above is another project's")
{
  Tree tree;
  tree.write("composer.lock", R"({"packages": [], "packages-dev": []})");
  tree.write("sub/composer.json", R"({"require": {"b/b": "*"}})");
  CHECK(told(tree.read())
        == std::vector<std::string>{
            "services/sub/composer.json:1: b/b is asked for, and no lockfile tells the versions"});
}
